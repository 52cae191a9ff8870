"""The parts of a reading that versions are compared by: its statements, and what its sentences have beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tellings.comparing.words import STOP, Word, words
from tellings.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tellings.records import Reading


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of an account with its words; `text` is as it stands, white space made one."""

    span: Span
    words: tuple[Word, ...]
    text: str

    @property
    def keys(self) -> tuple[str, ...]:
        """The words as they are compared: lower case, without marks."""
        return tuple(word.key for word in self.words)


def units(reading: Reading) -> list[Unit]:
    """Cut a reading up: every word of the account stands in one unit, in text order.

    Statements are units; words between them that tell something ("the mayor said") are units of their own, others
    ("and") go with the statement after them, or before them at a sentence's end.
    """
    text = reading.account.text
    found = []
    for span in _spans(reading):
        told = words(text, span)
        if told:
            found.append(Unit(span, told, " ".join(text[slice(*span)].split())))
    return found


def _spans(reading: Reading) -> Iterator[Span]:
    """The spans of the units: a cover of all sentences, and of what stands outside them, without overlap."""
    text = reading.account.text
    taken = _apart(sorted(statement.span for statement in reading.statements))
    edges = [edge for sentence in reading.sentences for edge in sentence]
    at, number = 0, 0
    for start, end in _stretches(text, edges):
        inside = []
        while number < len(taken) and taken[number].start < end:
            inside.append(taken[number])
            number += 1
        yield from _with_rests(text, max(at, start), end, inside)
        at = max(at, end, inside[-1].end if inside else 0)


def _apart(spans: Sequence[Span]) -> list[Span]:
    """Spans in order without what an earlier one has of them."""
    kept: list[Span] = []
    at = 0
    for span in spans:
        if span.end > at:
            kept.append(Span(max(at, span.start), span.end))
            at = span.end
    return kept


def _stretches(text: str, edges: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The text cut at the edges of its sentences."""
    at = 0
    for edge in [*sorted(edges), len(text)]:
        if edge > at:
            yield at, edge
            at = edge


def _with_rests(text: str, start: int, end: int, inside: Sequence[Span]) -> Iterator[Span]:
    """The statements of one sentence with the words between them."""
    begin: int | None = None
    at = start
    found: list[Span] = []
    for span in inside:
        rest = Span(at, max(at, span.start))
        if _tells(text, rest):
            found.append(rest)
        elif words(text, rest):
            begin = rest.start
        found.append(Span(span.start if begin is None else begin, span.end))
        begin, at = None, max(at, span.end)
    rest = Span(at, max(at, end))
    if found and words(text, rest) and not _tells(text, rest):
        found[-1] = Span(found[-1].start, rest.end)
    elif words(text, rest):
        found.append(rest)
    yield from (_trimmed(text, span) for span in found)


def _tells(text: str, span: Span) -> bool:
    return any(word.key not in STOP for word in words(text, span))


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    told = text[start:end]
    start += len(told) - len(told.lstrip(" \t\r\n,;"))
    return Span(start, max(start, end - (len(told) - len(told.rstrip()))))
