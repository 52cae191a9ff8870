"""What became of the words of one altered statement, and what kind of words they are."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from tellings.comparing.words import NEGATIONS, STOP, words
from tellings.diffing.versions import WordChange
from tellings.records import Excerpt, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tellings.comparing.words import Word
    from tellings.diffing.units import Unit
    from tellings.diffing.versions import ChangeKind
    from tellings.records import Figure, Reading

_LONGEST = 400
"""Words of a statement that are aligned one by one; of longer ones all between a shared start and end is one change."""


@dataclass(frozen=True, slots=True)
class Layers:
    """The figures and names of a reading, sorted for look-ups."""

    reading: Reading
    figures: tuple[Figure, ...]
    names: tuple[Span, ...]

    def figure_at(self, start: int, end: int) -> Figure | None:
        """The first figure that a stretch touches."""
        at = bisect_left(self.figures, start + 1, key=lambda figure: figure.span.end)
        return self.figures[at] if at < len(self.figures) and self.figures[at].span.start < end else None

    def is_name(self, start: int, end: int) -> bool:
        """Whether a stretch touches a name."""
        at = bisect_left(self.names, start + 1, key=lambda span: span.end)
        return at < len(self.names) and self.names[at].start < end


def layers(reading: Reading) -> Layers:
    """The layers of a reading that tell figures and names; names inside others are left out."""
    names: list[Span] = []
    for span in sorted(mention.span for mention in reading.mentions if mention.form == "name"):
        if not names or span.start >= names[-1].end:
            names.append(span)
    return Layers(reading, tuple(sorted(reading.figures, key=lambda figure: figure.span)), tuple(names))


def changes(before: Layers, one: Unit, after: Layers, other: Unit) -> tuple[WordChange, ...]:
    """What two forms of a statement have otherwise, in order; none where they are the same but for white space."""
    if one.text == other.text:
        return ()
    if one.keys == other.keys:
        marks = (
            _excerpt(before, one.words[0], one.words[-1], one.span),
            _excerpt(after, other.words[0], other.words[-1], other.span),
        )
        return (WordChange("marks", *marks),)
    return tuple(_change(before, one, a, after, other, b) for a, b in gaps(one.keys, other.keys))


def corrects(change: WordChange) -> bool:
    """Whether a change takes back what was told: another figure, a name gone, a negation, telling words for others.

    Words put in or left out alone tell more or less.
    """
    if change.kind in {"figure", "negation"}:
        return True
    if change.before is None or change.kind == "name":
        return change.before is not None
    if change.kind == "marks" or change.after is None:
        return False
    return any(word.key not in STOP for side in (change.before, change.after) for word in words(side.text))


def gaps(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """The stretches of two sequences that are not the same in both, either may be empty."""
    start = _common(one, other)
    end = _common(one[start:][::-1], other[start:][::-1])
    mine, its = one[start : len(one) - end], other[start : len(other) - end]
    if not mine and not its:
        return
    if max(len(mine), len(its)) > _LONGEST:
        yield (start, start + len(mine)), (start, start + len(its))
        return
    for tag, a, a_end, b, b_end in SequenceMatcher(None, mine, its, autojunk=False).get_opcodes():
        if tag != "equal":
            yield (start + a, start + a_end), (start + b, start + b_end)


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _change(  # noqa: PLR0913 - both sides of one change
    before: Layers, one: Unit, a: tuple[int, int], after: Layers, other: Unit, b: tuple[int, int]
) -> WordChange:
    mine, its = one.words[slice(*a)], other.words[slice(*b)]
    sides = (
        _excerpt(before, mine[0], mine[-1]) if mine else None,
        _excerpt(after, its[0], its[-1]) if its else None,
    )
    figures = _figure(before, one, a), _figure(after, other, b)
    return WordChange(_kind(before, mine, after, its, figures), *sides)


def _kind(
    before: Layers,
    mine: Sequence[Word],
    after: Layers,
    its: Sequence[Word],
    figures: tuple[Figure | None, Figure | None],
) -> ChangeKind:
    if figures != (None, None) and _told(figures[0]) != _told(figures[1]):
        return "figure"
    if figures == (None, None) and _has_digits(mine) != _has_digits(its):
        return "figure"
    if _named(before, mine) or _named(after, its):
        return "name"
    if {word.key for word in mine} & NEGATIONS or {word.key for word in its} & NEGATIONS:
        return "negation"
    return "words"


def _figure(side: Layers, unit: Unit, place: tuple[int, int]) -> Figure | None:
    """The figure among changed words; where there is none, the one of the next word ("at least" before "12")."""
    first, end = place
    inside = side.figure_at(unit.words[first].start, unit.words[end - 1].end) if end > first else None
    if inside or end >= len(unit.words):
        return inside
    return side.figure_at(unit.words[end].start, unit.words[end].end)


def _told(figure: Figure | None) -> tuple[float, float, str, str] | None:
    return None if figure is None else (figure.low, figure.high, figure.unit, figure.bound)


def _has_digits(told: Sequence[Word]) -> tuple[str, ...]:
    """Numbers that the reader takes for no figures: years, dates, clock times."""
    return tuple(word.key for word in told if word.key[:1].isdigit())


def _named(side: Layers, told: Sequence[Word]) -> bool:
    return bool(told) and side.is_name(told[0].start, told[-1].end)


def _excerpt(side: Layers, first: Word, last: Word, whole: Span | None = None) -> Excerpt:
    account = side.reading.account
    start, end = whole or (first.start, last.end)
    return Excerpt(account.id, start, end, account.text[start:end])
