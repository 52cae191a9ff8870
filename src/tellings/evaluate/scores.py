"""What a layer's evaluation gives: values with their counts, and the counting and matching that they rest on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tellings.records import Span

T = TypeVar("T")
U = TypeVar("U")
DECIMALS = 4
_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Score:
    """A value over `count` annotated items: an F1 with its precision and recall, or another measure with neither.

    `pinned` says that a floor is put under it; what is told beside the reader's own scores (a baseline) has none.
    """

    value: float
    count: int
    precision: float | None = None
    recall: float | None = None
    pinned: bool = True


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of one layer by name, and beside them the least that is wanted and what others have published.

    `corpus` names what they were measured on, with the digest of its files.
    """

    layer: str
    corpus: str
    scores: dict[str, Score]
    wanted: dict[str, float]
    published: dict[str, str]


class Tally:
    """Right, found and wanted items, counted by the name of their score."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, name: str, right: int, found: int, wanted: int) -> None:
        """Count `right` items among `found` where `wanted` were annotated."""
        self._counts[name, "right"] += right
        self._counts[name, "found"] += found
        self._counts[name, "wanted"] += wanted

    def score(self, name: str) -> Score:
        """Precision, recall and F1 of what was counted under `name`."""
        return score(self._counts[name, "right"], self._counts[name, "found"], self._counts[name, "wanted"])

    def share(self, name: str) -> Score:
        """The share of the wanted items counted under `name` that were right."""
        return share(self._counts[name, "right"], self._counts[name, "wanted"])


def score(right: float, found: float, wanted: int) -> Score:
    """Precision, recall and F1 of `right` items among `found` where `wanted` were annotated."""
    return f1(right / found if found else 0.0, right / wanted if wanted else 0.0, wanted)


def f1(precision: float, recall: float, count: int) -> Score:
    """The harmonic mean of precision and recall, 0 where both are."""
    both = precision + recall
    value = 2 * precision * recall / both if both else 0.0
    return Score(round(value, DECIMALS), count, round(precision, DECIMALS), round(recall, DECIMALS))


def share(right: int, count: int) -> Score:
    """The share of `count` annotated items that were right, 0 where there are none."""
    return Score(round(right / count, DECIMALS) if count else 0.0, count)


def accuracy(pairs: Sequence[tuple[str, str]]) -> Score:
    """The share of (found, wanted) classes that are the same."""
    return share(sum(found == wanted for found, wanted in pairs), len(pairs))


def macro(pairs: Sequence[tuple[str, str]], classes: Sequence[str]) -> Score:
    """The mean over `classes` of each one's F1 in (found, wanted) pairs; a class never met counts as 0."""
    found, wanted = Counter(p[0] for p in pairs), Counter(p[1] for p in pairs)
    right = Counter(p[0] for p in pairs if p[0] == p[1])
    each = [2 * right[c] / (found[c] + wanted[c]) if found[c] + wanted[c] else 0.0 for c in classes]
    return Score(round(sum(each) / len(classes), DECIMALS), len(pairs))


def tokens(text: str) -> list[Span]:
    """Words and signs of a text: what token scores count."""
    return [Span(match.start(), match.end()) for match in _WORD.finditer(text)]


def covered(words: Sequence[Span], spans: Iterable[Span]) -> set[int]:
    """The numbers of the tokens that begin inside any of the spans."""
    inside = sorted(spans)
    return {i for i, word in enumerate(words) if any(s.start <= word.start < s.end for s in inside)}


def dice(a: set[int], b: set[int]) -> float:
    """Dice coefficient of two token sets; 1 where both are empty."""
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


def matched(found: Sequence[T], wanted: Sequence[U], closeness: Callable[[T, U], float]) -> list[tuple[int, int]]:
    """One-to-one pairs (found, wanted) with closeness above 0, the closest first (ties by position)."""
    pairs = [
        (-value, i, k)
        for i, one in enumerate(found)
        for k, other in enumerate(wanted)
        if (value := closeness(one, other)) > 0
    ]
    taken_found: set[int] = set()
    taken_wanted: set[int] = set()
    result = []
    for _, i, k in sorted(pairs):
        if i not in taken_found and k not in taken_wanted:
            taken_found.add(i)
            taken_wanted.add(k)
            result.append((i, k))
    return result
