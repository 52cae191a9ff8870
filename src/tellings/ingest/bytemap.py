"""From text offsets to byte offsets: decoded sources, texts cut from them, and the way back to the bytes."""

from __future__ import annotations

import html
import json
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from tellings.errors import SpanError
from tellings.records import Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tellings.records import Account, Span

_STEP = 256
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Source:
    """Decoded characters of an original and, as sorted runs over all of them, the bytes each comes from."""

    text: str
    encoding: str
    runs: tuple[Run, ...]
    # Bytes of the text encoded up to every `_STEP`th code point, so that a lookup encodes at most one step.
    marks: tuple[int, ...] = field(default=(), repr=False)


class Piece(NamedTuple):
    """A stretch of an account's text, and the stretch `[first, last)` of its source it stands for.

    `first` is -1 where the source has no such stretch. A text unlike its stretch (an entity, collapsed white
    space) is one piece with it and has one character, or two from one entity.
    """

    text: str
    first: int = -1
    last: int = -1


def source_of(text: str, encoding: str, runs: Iterable[Run]) -> Source:
    """Return a source ready for lookups; `runs` cover `text` and are sorted."""
    marks = [0]
    for at in range(0, len(text), _STEP):
        marks.append(marks[-1] + _width(text[at : at + _STEP], encoding))
    return Source(text, encoding, tuple(runs), tuple(marks))


def cut(source: Source, pieces: Iterable[Piece]) -> tuple[str, tuple[Run, ...]]:
    """Join pieces into a text and work out its runs: verbatim ones as long as can be, the rest one by one."""
    words: list[str] = []
    runs: list[Run] = []
    at, joinable = 0, False
    for piece in _verbatim_joined(source.text, pieces):
        words.append(piece.text)
        end = at + len(piece.text)
        if piece.first >= 0 and piece.text:
            for run, verbatim in _runs_of(source, piece, at):
                before = runs[-1] if runs else None
                if before and joinable and verbatim and (before.end, before.last) == (run.start, run.first):
                    runs[-1] = Run(before.start, run.end, before.first, run.last)
                else:
                    runs.append(run)
                joinable = verbatim
        at = end
    return "".join(words), tuple(runs)


def _verbatim_joined(text: str, pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces, those that stand side by side in the source and are written as there made one."""
    first = last = -1
    for piece in pieces:
        verbatim = piece.last - piece.first == len(piece.text) > 0 and text.startswith(piece.text, piece.first)
        if verbatim and piece.first == last:
            last = piece.last
            continue
        if last > first:
            yield Piece(text[first:last], first, last)
        first = last = -1
        if verbatim:
            first, last = piece.first, piece.last
        else:
            yield piece
    if last > first:
        yield Piece(text[first:last], first, last)


def bytes_of(account: Account, span: Span) -> tuple[int, int] | None:
    """Return the bytes `[first, last)` of the account's original that a span of its text comes from.

    Offsets count from where the original begins (`Original.offset` in its file). White space between placed
    parts may stand for markup; None where the span is empty or touches other characters that were not placed,
    or where its parts stand in another order in the original. Raises SpanError for a span outside the text.
    """
    parts = _parts(account, span)
    if not parts or span.start == span.end:
        return None
    if any(after.first < before.last for before, after in pairwise(parts)):
        return None
    return parts[0].first, parts[-1].last


def read_back(account: Account, span: Span, original: bytes) -> str:
    """Read a span's characters from the bytes of the account's original, undoing its escapes and entities.

    White space that the original writes otherwise (several blanks, a no-break space, a tag) is given as the account
    has it. Raises SpanError where a part was not placed. Bytes of another original give other characters.
    """
    parts = _parts(account, span)
    if parts is None:
        raise SpanError(account.id, f"{span.start}-{span.end} was not placed in the original", "leave it out")
    read: list[str] = []
    at = span.start
    for part in parts:
        read.append(account.text[at : part.start])
        told = account.text[part.start : part.end]
        read.append(_unescaped(original[part.first : part.last], account.original.encoding, told))
        at = part.end
    read.append(account.text[at : span.end])
    return "".join(read)


def _parts(account: Account, span: Span) -> list[Run] | None:
    """Return the runs under a span, cut to it; None where a character other than white space has none."""
    start, end = span
    text, original = account.text, account.original
    if not 0 <= start <= end <= len(text):
        raise SpanError(account.id, f"{start}-{end} is outside its text", f"give offsets up to {len(text)}")
    parts: list[Run] = []
    at = start
    for index in range(max(0, bisect_right(original.runs, start, key=lambda run: run.start) - 1), len(original.runs)):
        run = original.runs[index]
        if run.start >= end:
            break
        if run.end <= start:
            continue
        part = _clipped(run, text, original.encoding, start, end)
        if text[at : part.start].strip():
            return None
        parts.append(part)
        at = part.end
    return None if text[at:end].strip() else parts


def _clipped(run: Run, text: str, encoding: str, start: int, end: int) -> Run:
    whole = _width(text[run.start : run.end], encoding)
    if whole != run.last - run.first or (start <= run.start and run.end <= end):
        return run
    begin, stop = max(run.start, start), min(run.end, end)
    first = run.first + _width(text[run.start : begin], encoding)
    return Run(begin, stop, first, first + _width(text[begin:stop], encoding))


def _unescaped(raw: bytes, encoding: str, told: str) -> str:
    """Undo the escapes of a run, one inside the other (an entity in a feed's own entity, in a line of JSON)."""
    read = raw.decode(encoding, "replace")
    for _ in range(_DEEPEST):
        if read == told:
            return read
        before = read
        read = _json_unescaped(read) if "\\" in read else read
        if read == before:
            read = html.unescape(read) if read.startswith("&") else read
        if read == before:
            break
    return told if read.isspace() and told.isspace() else read


def _json_unescaped(raw: str) -> str:
    try:
        read = str(json.loads(f'"{raw}"', strict=False))
    except ValueError:  # not the account's original
        return raw
    return read.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # half a pair is told as U+FFFD


def _width(text: str, encoding: str) -> int:
    return len(text) if text.isascii() and not encoding.startswith("utf-16") else len(text.encode(encoding, "replace"))


def _encoded_to(source: Source, at: int) -> int:
    step = at // _STEP
    return source.marks[step] + _width(source.text[step * _STEP : at], source.encoding)


def _runs_of(source: Source, piece: Piece, at: int) -> list[tuple[Run, bool]]:
    """Return the runs of one piece whose text begins at `at`, each with whether it is verbatim."""
    under = _source_runs(source, piece.first, piece.last)
    if piece.text != source.text[piece.first : piece.last]:
        return [(Run(at, at + len(piece.text), under[0][0].first, under[-1][0].last), False)]
    found = []
    for run, verbatim in under:
        start = at + run.start - piece.first
        found.append((Run(start, start + run.end - run.start, run.first, run.last), verbatim))
    return found


def _source_runs(source: Source, start: int, end: int) -> list[tuple[Run, bool]]:
    """Return the source's runs under a stretch of it, verbatim ones clipped to the stretch."""
    found: list[tuple[Run, bool]] = []
    index = max(0, bisect_right(source.runs, start, key=lambda run: run.start) - 1)
    while index < len(source.runs) and source.runs[index].start < end:
        run = source.runs[index]
        index += 1
        base = _encoded_to(source, run.start)
        verbatim = _encoded_to(source, run.end) - base == run.last - run.first
        if verbatim and (run.start < start or run.end > end):
            begin, stop = max(run.start, start), min(run.end, end)
            first = run.first + _encoded_to(source, begin) - base
            run = Run(begin, stop, first, run.first + _encoded_to(source, stop) - base)
        found.append((run, verbatim))
    return found
