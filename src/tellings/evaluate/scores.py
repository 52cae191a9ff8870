"""Precision, recall, F1 and counts, and the matching that they rest on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tellings.records import Span

T = TypeVar("T")
U = TypeVar("U")
_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1, each from 0 to 1, over `count` annotated items."""

    precision: float
    recall: float
    f1: float
    count: int


def score(right: int, found: int, wanted: int) -> Score:
    """The score of `right` items among `found` where `wanted` were annotated."""
    precision = right / found if found else 0.0
    recall = right / wanted if wanted else 0.0
    both = precision + recall
    f1 = 2 * precision * recall / both if both else 0.0
    return Score(round(precision, 4), round(recall, 4), round(f1, 4), wanted)


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
