"""An account from its text, its original and what it says of itself."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath
from typing import TYPE_CHECKING

from tellings.errors import InputError
from tellings.ingest.language import other_language
from tellings.ingest.signs import end_is_missing, kind_of, too_short
from tellings.records import STARTS_BEFORE, Account, Note

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tellings.ingest.head import Facts
    from tellings.records import AccountKind, Original

_PLAIN_ID = re.compile(r"[\w.:-]{1,100}")


def make_account(  # noqa: PLR0913 - the parts of the record, each made elsewhere
    about: str,
    text: str,
    original: Original,
    facts: Facts,
    *,
    given_id: str | None = None,
    kind: AccountKind | None = None,
    notes: Iterable[Note | None] = (),
) -> Account:
    """Put an account together; notes that are None are left out.

    Raises InputError for a text without words, and for one that is clearly not in English.
    """
    if not any(map(str.isalnum, text)):
        raise InputError(about, "is empty", "give a file that has text in it")
    language = other_language(text)
    if language:
        raise InputError(about, f"is not in English (it looks like {language})", "give an English text")
    dated = bool(facts.title or facts.outlet or facts.published)
    found = [*notes, _no_date(facts), end_is_missing(text), too_short(text)]
    return Account(
        id=given_id if given_id and _PLAIN_ID.fullmatch(given_id) else made_id(given_id or about, original.sha256),
        text=text,
        sha256=original.sha256,
        original=original,
        title=_whole(facts.title),
        outlet=_whole(facts.outlet),
        author=_whole(facts.author),
        published=facts.published,
        updated=facts.updated,
        url=_whole(facts.url),
        kind=kind or kind_of(text, mail=facts.mail, dated=dated),
        notes=_without_repeats(found),
    )


def _whole(told: str | None) -> str | None:
    """What an input says of itself, half a surrogate pair (an escape in JSON) as U+FFFD: it could not be written."""
    return told if told is None else told.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def made_id(name: str, sha256: str) -> str:
    """Return an id from a name and a digest: `harbour-roof-1a2b3c4d`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))[:40].strip("-")
    return f"{slug or 'account'}-{sha256[:8]}"


def stem_of(path: str) -> str:
    """Return the name of a file without folder and ending; `stdin` for `-`."""
    return "stdin" if path == "-" else PurePath(path).stem


def _no_date(facts: Facts) -> Note | None:
    if facts.published:
        return None
    if facts.unread_date:
        return Note("no date", f"gives its date as “{facts.unread_date[:60]}”, which cannot be read as one")
    return Note("no date", "does not say when it was published")


def _without_repeats(notes: Iterable[Note | None]) -> tuple[Note, ...]:
    kept: dict[str, Note] = {}
    for note in notes:
        if note:  # a page in the middle of its article misses those before it beside what comes after
            kept.setdefault(STARTS_BEFORE if note.message.startswith(STARTS_BEFORE[:8]) else note.code, note)
    return tuple(kept.values())
