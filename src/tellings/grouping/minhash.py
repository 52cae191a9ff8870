"""MinHash of the runs of words of a text (Broder 1997): how much two texts share, from 64 numbers each."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from tellings.comparing.copies import RUN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from tellings.comparing.words import Word

SIGNS = 64
NONE = np.uint32(0xFFFFFFFF)


def shingles(told: Iterable[Word], run: int = RUN) -> NDArray[np.uint64]:
    """The runs of words of a text as numbers, in text order; none where it has fewer words."""
    keys = np.array([crc32(word.key.encode()) for word in told], dtype=np.uint64)
    return rolled(keys, run)


def rolled(keys: NDArray[np.uint64], run: int = RUN) -> NDArray[np.uint64]:
    """The runs of a text from the numbers of its words."""
    if len(keys) < run:
        return np.zeros(0, dtype=np.uint64)
    mixed = np.zeros(len(keys) - run + 1, dtype=np.uint64)
    for n in range(run):
        mixed = _mix(mixed * np.uint64(3) + keys[n : n + len(mixed)])
    return mixed


def signs(told: Iterable[Word]) -> NDArray[np.uint32]:
    """The MinHash of a text by its words, 64 numbers; all 2^32 - 1 where it is shorter than a run."""
    return signs_of(shingles(told))


def signs_of(runs: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """The MinHash of runs given as numbers."""
    if not len(runs):
        return np.full(SIGNS, NONE, dtype=np.uint32)
    seeds = _seeds()
    least = np.empty(SIGNS, dtype=np.uint32)
    for n in range(0, SIGNS, 8):  # eight at a time: the rows stay in the processor's cache
        least[n : n + 8] = (_mix(runs[None, :] ^ seeds[n : n + 8, None]) >> np.uint64(32)).min(axis=1)
    return least


def alike(one: NDArray[np.uint32], others: NDArray[np.uint32]) -> NDArray[np.float32]:
    """The estimated share of runs in common (Jaccard) of one text with each of others (n x 64)."""
    equal = (others == one) & (others != NONE)
    share: NDArray[np.float32] = equal.mean(axis=1, dtype=np.float32)
    return share


@cache
def _seeds() -> NDArray[np.uint64]:
    return _mix(np.arange(1, SIGNS + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15))


def _mix(x: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The finalizer of SplitMix64 (Steele, Lea & Flood 2014)."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))
