"""Accounts from text that a program holds already."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from tellings.errors import InputError
from tellings.ingest.dates import parse_date
from tellings.ingest.files import LIMIT, too_large
from tellings.ingest.head import Facts
from tellings.ingest.make import made_id, make_account
from tellings.records import Original, Run

if TYPE_CHECKING:
    from tellings.records import Account, AccountKind


def account_from_text(  # noqa: PLR0913 - one keyword for each thing that can be known of an account
    text: str,
    *,
    id: str | None = None,  # noqa: A002 - the record's own name for it
    title: str | None = None,
    outlet: str | None = None,
    author: str | None = None,
    published: str | None = None,
    updated: str | None = None,
    url: str | None = None,
    kind: AccountKind | None = None,
) -> Account:
    """Return an account with exactly this text; its original is the text in UTF-8, its path the id.

    Dates may be written as inputs write them and become ISO 8601. Raises InputError for a text that is empty,
    over 10 MB, not to be encoded (half a surrogate pair) or clearly not in English.
    """
    about = id or title or "text"
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError(about, f"has half a surrogate pair at {error.start}", "replace it with U+FFFD") from None
    if len(data) > LIMIT:
        raise too_large(about, len(data))
    sha256 = hashlib.sha256(data).hexdigest()
    given_id = id or made_id(outlet or title or "text", sha256)
    runs = (Run(0, len(text), 0, len(data)),) if text else ()
    date = parse_date(published or "")
    facts = Facts(title, outlet, author, date, parse_date(updated or ""), url, unread_date=None if date else published)
    return make_account(
        about,
        text,
        Original(given_id, sha256, len(data), "utf-8", 0, runs),
        facts,
        given_id=given_id,
        kind=kind,
    )
