"""The passages that one text has word for word from another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from tellings.comparing.words import words
from tellings.grouping.minhash import rolled
from tellings.grouping.records import Passage
from tellings.records import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST = 8
"""Words of a passage: fewer in a row two people may write alike (a name with its title, a usual phrase)."""
_PLACES = 4  # places of the other text that a run is looked up at


@dataclass(frozen=True, slots=True)
class Sequenced:
    """The words of a text as numbers with their spans, and its runs of five as numbers."""

    keys: NDArray[np.uint64]
    spans: tuple[Span, ...]
    runs: NDArray[np.uint64]


def sequenced(text: str) -> Sequenced:
    """A text made ready to be aligned."""
    found = words(text)
    keys = np.array([crc32(word.key.encode()) for word in found], dtype=np.uint64)
    return Sequenced(keys, tuple(Span(word.start, word.end) for word in found), rolled(keys))


@dataclass(frozen=True, slots=True)
class Taken:
    """Words `[start, end)` of a text that are the words from `source` on of another."""

    start: int
    end: int
    source: int


def taken(text: Sequenced, source: Sequenced, *, free: NDArray[np.bool_] | None = None) -> tuple[Taken, ...]:
    """The passages of a text that stand in the source, longest first at each word, in text order, none overlapping.

    `free` says which words of the text may still be given to a source (all by default). A passage has at least LEAST
    words; of equal places in the source the first counts. Greedy string tiling (Wise 1993) from left to right.
    """
    shared = np.flatnonzero(np.isin(text.runs, source.runs))
    if not len(shared):
        return ()
    wanted = set(text.runs[shared].tolist())
    places: dict[int, list[int]] = {}
    for n, run in enumerate(source.runs.tolist()):
        if run in wanted and len(held := places.setdefault(run, [])) < _PLACES:
            held.append(n)
    found: list[Taken] = []
    end = 0
    for at in shared.tolist():
        if at < end:
            continue
        length, place = max(
            ((_length(text, at, source, n, free), -n) for n in places[int(text.runs[at])]), default=(0, 0)
        )
        if length >= LEAST:
            end = at + length
            found.append(Taken(at, end, -place))
    return tuple(found)


def passages(found: Sequence[Taken], text: Sequenced, source: Sequenced) -> tuple[Passage, ...]:
    """The same as spans of both texts."""
    return tuple(
        Passage(
            Span(text.spans[one.start].start, text.spans[one.end - 1].end),
            Span(source.spans[one.source].start, source.spans[one.source + one.end - one.start - 1].end),
        )
        for one in found
    )


def _length(text: Sequenced, at: int, source: Sequenced, place: int, free: NDArray[np.bool_] | None) -> int:
    """How many words from two places on are the same and may be given."""
    most = min(len(text.keys) - at, len(source.keys) - place)
    same = text.keys[at : at + most] == source.keys[place : place + most]
    if free is not None:
        same &= free[at : at + most]
    return most if same.all() else int(np.argmin(same))
