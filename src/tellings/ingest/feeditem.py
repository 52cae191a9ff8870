"""What the items of all feeds have in common: their rows, what is put under them, and accounts made of them."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from tellings.ingest.files import LIMIT, too_large
from tellings.ingest.fragment import rows_of_html
from tellings.ingest.mailfoot import is_more
from tellings.ingest.make import made_id, make_account, stem_of
from tellings.ingest.plainrows import rows_of_text
from tellings.records import Note, Original

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tellings.ingest.head import Facts
    from tellings.ingest.rows import Row
    from tellings.records import Account, Run

ADVICE = "give the feed as it was fetched"
NO_FEED = "no feed (RSS, Atom or JSON Feed)"
_FOOT = re.compile(
    r"(?i)the post .{1,300} (?:appeared first|first appeared) on .{1,120}"
    r"|(?:share|tweet|like) this:?|related(?: posts)?:?"
)
SUMMARY = Note("cut off", "only the feed's summary is here; the rest stands on its page")
TITLE = Note("cut off", "only the title is in the feed; the rest stands on its page")
MORE = Note("cut off", "ends in a link to read on; the rest is not here")


def made(  # noqa: PLR0913 - what an account is made of
    path: str,
    about: str,
    text: str,
    data: bytes,
    place: tuple[int, str, tuple[Run, ...]],
    facts: Facts,
    notes: Sequence[Note],
) -> Account:
    """Make an account whose original is `data`; `place` is its offset in the feed, its encoding and its runs."""
    offset, encoding, runs = place
    if len(data) > LIMIT:
        raise too_large(about, len(data))
    sha256 = hashlib.sha256(data).hexdigest()
    original = Original(path, sha256, len(data), encoding, offset, runs)
    given_id = made_id(facts.title or facts.outlet or stem_of(path), sha256)
    return make_account(about, text, original, facts, given_id=given_id, kind="article", notes=notes)


def item_rows(text: str, *, page: bool) -> list[Row]:
    """Return the rows of an item's HTML or plain text. Raises ValueError, with a plain reason, for one too large."""
    if len(text) > LIMIT:
        raise ValueError("is larger than the 10 MB one account may have")
    return rows_of_html(text) if page else rows_of_text(text)


def without_foot(rows: list[Row]) -> tuple[list[Row], tuple[Note, ...]]:
    """Return rows without what feeds put under their items, and a note where they end in a link to read on."""
    kept = [row for row in rows if len(row.text) > 500 or not _FOOT.fullmatch(row.text)]
    more = bool(kept) and is_more(kept[-1])
    without = [row for row in kept if not is_more(row)]
    return (without, (MORE,) if more else ()) if without else (rows, ())
