"""The rows of a plain text mail: quotation marks, format=flowed, wrapped lines, links in brackets."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from tellings.ingest.bytemap import Piece
from tellings.ingest.rows import PARTED, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE = re.compile(r"([^\r\n]*)(\r\n?|\n)?")
_QUOTED = re.compile(r"(?: ?>)+")
_LINK = re.compile(
    r"(?<![ \t])[ \t]*(?:\[\s?https?://[^\s\[\]]{1,2000}\s?\]|\(\s?https?://[^\s()]{1,2000}\s?\)|<\s?https?://[^\s<>]{1,2000}\s?>)"
)
_RULE = re.compile(r"\s*(?:[-=_*~#+•·.—–]\s?){3,}\s*")
_BEGINS = re.compile(r"[-*•·–—>|+#]\s|\(?\d{1,3}[.)]\s|[\w*-]{2,20}:(?:\s|$)|-{2,}|https?://")
_MOST_DEPTH = 50
# Mailers wrap at 65 to 80 characters; a shorter line ended by itself, and above 100 nothing was wrapped.
_WRAPPED = range(40, 101)


class _Line(NamedTuple):
    """A line's words `[start, end)` in the source, its quotation depth, its length, and where its line end stands."""

    start: int
    end: int
    depth: int
    length: int
    stop: tuple[int, int]
    soft: bool


def rows_of_text(text: str, *, flowed: bool = False, delsp: bool = False, escaped: bool = False) -> list[Row]:
    """Return the rows of a plain text body; lines of white space alone part the others.

    `flowed` and `delsp` are the body's format parameters (RFC 3676); else lines that were plainly wrapped go on with
    one another. `escaped` says that `>From` at a line's start is an mbox's way to write `From`.
    """
    lines = list(_lines(text, flowed=flowed, escaped=escaped))
    width = 0.0 if flowed else _width(text, lines)
    rows: list[Row] = []
    before: _Line | None = None
    for line in lines:
        if line.start == line.end:
            before = None
            continue
        gap = _gap(text, before, line, width, delsp=delsp)
        pieces = tuple(_without_links(text, line.start, line.end))
        words = "".join(piece.text for piece in pieces)
        rows.append(Row(pieces, words.strip(), gap, line.depth, rule=bool(_RULE.fullmatch(words))))
        before = line
    return rows


def _lines(text: str, *, flowed: bool, escaped: bool) -> Iterator[_Line]:
    for match in _LINE.finditer(text):
        start, end = match.span(1)
        stop = (match.end() - 1, match.end()) if match[2] else (end, end)
        depth = 0
        if escaped and text.startswith(">From ", start):
            start += 1
        elif marks := _QUOTED.match(text, start, end):
            depth, start = min(marks[0].count(">"), _MOST_DEPTH), marks.end()
        soft = flowed and end > start and text[end - 1] == " " and text[start:end].strip() != "--"
        words = text[start:end]
        first = start + len(words) - len(words.lstrip())
        last = max(first, start + len(words.rstrip()))
        if soft and last < end:
            stop = (last, last + 1)
        yield _Line(first, last, depth, match.end(1) - match.start(1), stop, soft)


def _width(text: str, lines: list[_Line]) -> float:
    """Return the length that lines followed by another of their paragraph mostly have; 0 where they vary."""
    followed = [
        line.length
        for line, after in pairwise(lines)
        if line.length in _WRAPPED and after.start < after.end and not text.startswith("http", line.start)
    ]
    return median(followed) if len(followed) > 1 else 0.0


def _gap(text: str, before: _Line | None, line: _Line, width: float, *, delsp: bool) -> Piece:
    if before is None or before.depth != line.depth:
        return PARTED
    if before.soft:
        return Piece("") if delsp else Piece(" ", *before.stop)
    if width and before.length in _WRAPPED and not _BEGINS.match(text, line.start, line.end):
        word = text[line.start : min(line.end, line.start + 40)].split(maxsplit=1)
        if before.length + 1 + len(word[0]) > width:
            return Piece(" ", *before.stop)
    return Piece("\n") if line.depth else Piece("\n", *before.stop)


def _without_links(text: str, start: int, end: int) -> Iterator[Piece]:
    """Yield a line without the addresses in brackets that mailers put behind linked words."""
    at = start
    for match in _LINK.finditer(text, start, end):
        if match.start() > at:
            yield Piece(text[at : match.start()], at, match.start())
        at = match.end()
    if at < end:
        yield Piece(text[at:end], at, end)
