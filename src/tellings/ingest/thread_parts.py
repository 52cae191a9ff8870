"""A stretch of a source as an original of its own, and accounts cut from it with notes of the voices inside."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from tellings.ingest.bytemap import Piece, Source, cut
from tellings.ingest.make import make_account
from tellings.records import Note, Original, Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tellings.ingest.head import Facts
    from tellings.ingest.nested import Nested
    from tellings.records import Account, AccountKind


def part_of(source: Source, whole: Original, data: bytes, start: int, end: int) -> Original:
    """The original of a part: bytes of `data` under a stretch `[start, end)` of its source, with their own digest.

    `data` are the bytes of `whole`; the part begins at its own offset in the file. It comes without runs.
    """
    first, last = bytes_under(source, start, end)
    raw = data[first:last]
    return Original(whole.path, hashlib.sha256(raw).hexdigest(), len(raw), whole.encoding, whole.offset + first)


def bytes_under(source: Source, start: int, end: int) -> tuple[int, int]:
    """The bytes `[first, last)` of an original that a stretch of its source comes from."""
    _, runs = cut(source, [Piece(source.text[start:end], start, end)])
    return (runs[0].first, runs[-1].last) if runs else (0, 0)


def account_of_part(  # noqa: PLR0913 - the parts of the record, each made elsewhere
    about: str,
    source: Source,
    pieces: Sequence[Piece],
    original: Original,
    facts: Facts,
    *,
    begins: int,
    given_id: str,
    kind: AccountKind,
    voices: Sequence[Nested] = (),
    notes: Sequence[Note] = (),
) -> Account:
    """Cut a part's account from its source; `begins` is the byte of the source's original that the part begins at.

    Raises InputError for a part without words, and for one that is clearly not in English.
    """
    text, runs = cut(source, pieces)
    placed = tuple(Run(run.start, run.end, run.first - begins, run.last - begins) for run in runs)
    account = make_account(about, text, replace(original, runs=placed), facts, given_id=given_id, kind=kind)
    # Notes of one code are kept once when an account is made; of the voices inside, each has its own.
    return replace(account, notes=(*account.notes, *notes, *(Note("other", voice.told()) for voice in voices)))
