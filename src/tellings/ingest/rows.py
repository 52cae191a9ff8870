"""Rows: the lines and blocks of a mail or a feed's item, each with its pieces of the source, and texts made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tellings.ingest.bytemap import Piece, Source, cut, source_of
from tellings.records import Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

PARTED = Piece("\n\n")


class Row(NamedTuple):
    """One line of a plain text or one block of a page.

    `gap` is what parts it from the row before: white space, placed where the source has it; `depth` counts the
    quotations around it. `rule` says that a rule (a line across the page) is all it is; `heading` that the markup calls
    it one, `bold` that all of it is set bold; `linked` counts the characters of it that lead elsewhere, and `url` is
    where the first of them leads.
    """

    pieces: tuple[Piece, ...]
    text: str
    gap: Piece = PARTED
    depth: int = 0
    rule: bool = False
    heading: bool = False
    bold: bool = False
    linked: int = 0
    url: str = ""

    @property
    def goes_on(self) -> bool:
        """Whether the row goes on with the paragraph of the row before, cut by a wrapped line alone."""
        return "\n" not in self.gap.text


def paragraphs(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Yield rows in groups: a row and those that go on with it."""
    group: list[Row] = []
    for row in rows:
        if group and not row.goes_on:
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def words_of(rows: Iterable[Row]) -> str:
    """Return the words of rows in one line, for looking things up in."""
    return " ".join(row.text for row in rows if row.text)


def count_words(rows: Iterable[Row]) -> int:
    """How many words rows have."""
    return sum(len(row.text.split()) for row in rows)


def pieces_of_rows(rows: Sequence[Row]) -> Iterator[Piece]:
    """Yield the pieces of a text made of rows; those without a letter or a digit (rules) are left out."""
    begun = broken = False
    for row in rows:
        if not any(map(str.isalnum, row.text)):
            broken = True
            continue
        if begun:
            yield PARTED if broken else row.gap
        yield from row.pieces
        begun, broken = True, False


def fused(text: str, pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield pieces with those that are a source's own characters side by side as one: fewer to place."""
    first, last = 0, -1
    for piece in pieces:
        if piece.first < 0 or piece.text != text[piece.first : piece.last]:
            if first < last:
                yield Piece(text[first:last], first, last)
            first, last = 0, -1
            yield piece
        elif piece.first == last:
            last = piece.last
        else:
            if first < last:
                yield Piece(text[first:last], first, last)
            first, last = piece.first, piece.last
    if first < last:
        yield Piece(text[first:last], first, last)


def stretch(source: Source, start: int, end: int) -> Source:
    """Return a stretch of a source as a source of its own, leading to the same bytes."""
    text, runs = cut(source, [Piece(source.text[start:end], start, end)])
    return source_of(text, source.encoding, runs)


def rebased(runs: Iterable[Run], first: int) -> tuple[Run, ...]:
    """Return runs that count their bytes from `first` on."""
    return tuple(Run(run.start, run.end, run.first - first, run.last - first) for run in runs)
