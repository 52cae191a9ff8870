"""Characters gathered from several places of an original, made a source and texts cut from it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from tellings.errors import SpanError
from tellings.ingest.bytemap import Piece, Source, read_back, source_of
from tellings.records import Note, Run, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tellings.records import Account

_SPACE = re.compile(r"\s+")


class Stretch(NamedTuple):
    """Characters and the bytes `[first, last)` they come from; -1 where they come from markup alone.

    `whole` says that the characters stand for those bytes as one piece (an entity).
    """

    text: str
    first: int = -1
    last: int = -1
    whole: bool = False


def source_from(stretches: Iterable[Stretch], encoding: str, shift: int = 0) -> Source:
    """Join stretches into a source; what comes from markup alone has no run in it. `shift` is taken off the bytes."""
    words: list[str] = []
    runs: list[Run] = []
    at, joinable = 0, False
    for text, first, last, whole in stretches:
        words.append(text)
        end = at + len(text)
        if first >= 0 and text:
            run = Run(at, end, first - shift, last - shift)
            before = runs[-1] if runs else None
            if before and joinable and not whole and (before.end, before.last) == (run.start, run.first):
                run = Run(before.start, end, before.first, run.last)
                runs.pop()
            runs.append(run)
            joinable = not whole
        at = end
    return source_of("".join(words), encoding, runs)


def placed(source: Source, start: int, end: int) -> Iterator[Piece]:
    """Yield a stretch of a source as pieces, those without bytes as pieces without a place."""
    at = start
    for index in range(max(0, bisect_right(source.runs, start, key=lambda run: run.start) - 1), len(source.runs)):
        run = source.runs[index]
        if run.start >= end:
            break
        first, last = max(run.start, at), min(run.end, end)
        if first >= last:
            continue
        if at < first:
            yield Piece(source.text[at:first])
        yield Piece(source.text[first:last], first, last)
        at = last
    if at < end:
        yield Piece(source.text[at:end])


def flowed(source: Source, start: int, end: int) -> Iterator[Piece]:
    """Yield a stretch of a source, its ends trimmed and each white space inside made one blank."""
    words = source.text[start:end]
    begin = start + len(words) - len(words.lstrip())
    end = start + len(words.rstrip())
    at = begin
    for match in _SPACE.finditer(source.text, begin, max(begin, end)):
        if match[0] == " ":
            continue
        yield from placed(source, at, match.start())
        yield Piece(" ")
        at = match.end()
    yield from placed(source, at, max(begin, end))


def part_of_file(source: Source, start: int, end: int, size: int) -> tuple[int, int]:
    """Return the bytes `[first, last)` that a stretch of a decoded file of `size` bytes stands in."""
    runs = source.runs
    index = max(0, bisect_right(runs, start, key=lambda run: run.start) - 1)
    first = _byte_at(source, index, start) if runs else 0
    if end >= len(source.text):
        return first, size
    return first, _byte_at(source, max(0, bisect_right(runs, end, key=lambda run: run.start) - 1), end)


def _byte_at(source: Source, index: int, at: int) -> int:
    run = source.runs[index]
    return (
        run.first + len(source.text[run.start : at].encode(source.encoding, "replace")) if at > run.start else run.first
    )


def without_unread(account: Account, original: bytes) -> Account:
    """Return an account without the runs that do not read back (markup escaped twice), and with a note on them."""
    kept = tuple(run for run in account.original.runs if _reads_back(account, run, original))
    missing = len(account.original.runs) - len(kept)
    if not missing:
        return account
    told = Note("unplaced", f"{missing} characters written with two escapes could not be placed exactly")
    return replace(account, original=replace(account.original, runs=kept), notes=(*account.notes, told))


def _reads_back(account: Account, run: Run, original: bytes) -> bool:
    try:
        return read_back(account, Span(run.start, run.end), original) == account.text[run.start : run.end]
    except SpanError:
        return False
