"""Accounts that stand as stretches of one decoded file (exports of archives), each its own original."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from tellings.ingest.bytemap import Piece, Source, cut
from tellings.ingest.make import made_id, make_account, stem_of
from tellings.ingest.stretches import part_of_file
from tellings.ingest.text import without_returns
from tellings.records import Original, Run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tellings.ingest.head import Facts
    from tellings.records import Account, Note


class File(NamedTuple):
    """A file that was decoded whole."""

    path: str
    data: bytes
    source: Source
    notes: tuple[Note, ...] = ()


class Part(NamedTuple):
    """One document of a file: its stretch, the stretches its text is made of, and what it says of itself."""

    start: int
    end: int
    body: Sequence[tuple[int, int]]
    facts: Facts
    id: str | None = None


def account_of_part(file: File, number: int, part: Part) -> Account:
    """Return a document's account; its text is its stretches with blank lines between, LF as the only line end.

    Its original is the document's bytes, from `Original.offset` on. Raises InputError about `path:number`.
    """
    first, last = part_of_file(file.source, part.start, part.end, len(file.data))
    sha256 = hashlib.sha256(file.data[first:last]).hexdigest()
    text, runs = cut(file.source, _pieces(file.source, part.body))
    moved = tuple(Run(run.start, run.end, run.first - first, run.last - first) for run in runs)
    original = Original(file.path, sha256, last - first, file.source.encoding, first, moved)
    given_id = part.id or made_id(part.facts.outlet or part.facts.title or stem_of(file.path), sha256)
    about = f"{file.path}:{number}"
    return make_account(about, text, original, part.facts, given_id=given_id, kind="article", notes=file.notes)


def _pieces(source: Source, body: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    told = False
    for start, end in body:
        begin, stop = trimmed(source.text, start, end)
        if begin >= stop:
            continue
        if told:
            yield Piece("\n\n")
        yield from without_returns(source, begin, stop)
        told = True


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
