"""What is seen of two accounts that may tell one event, for many pairs at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tellings.grouping.minhash import NONE
from tellings.grouping.window import UNDATED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tellings.grouping.window import Window

FEATURES = (
    "words", "rarest words", "vectors", "names", "rarest name", "places",
    "days apart", "undated", "days told", "figures", "runs", "length",
)  # fmt: skip
_AT_ONCE = 512
"""Pairs looked at together: their arrays then fit the processor's cache."""
_RAREST = 3
_FAR = 3650  # days beyond which all are as far apart


def features(window: Window, ones: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.float32]:
    """The features of pairs of rows of a window: pairs x len(FEATURES).

    A pair has the same whichever other pairs are looked at with it.
    """
    found = np.zeros((len(ones), len(FEATURES)), dtype=np.float32)
    for first in range(0, len(ones), _AT_ONCE):
        part = slice(first, first + _AT_ONCE)
        _features(window, ones[part], others[part], found[part])
    return found


def _features(window: Window, ones: NDArray[np.int64], others: NDArray[np.int64], found: NDArray[np.float32]) -> None:
    norms, theirs = window.norms[ones], window.norms[others]
    lengths = np.maximum(norms * theirs, 1e-6)
    found[:, 0], found[:, 1] = _words(window, ones, others)
    # Products of numbers of eight bits add up to less than 2^24, so their sum is exact in any order.
    found[:, 2] = np.einsum(
        "ij,ij->i", window.vectors[ones].astype(np.float32), window.vectors[others].astype(np.float32)
    ) / (127 * 127)
    found[:, 3:6] = _names(window, ones, others)
    found[:, [0, 3, 5]] /= lengths[:, :3]
    day, days = window.day[ones].astype(np.int64), window.day[others].astype(np.int64)
    dated = (days != UNDATED) & (day != UNDATED)
    found[:, 6] = np.where(dated, np.log1p(np.abs(days - day).clip(0, _FAR)), 0.0)
    found[:, 7] = ~dated
    found[:, 8] = _thirds(window.days, ones, others)
    found[:, 9] = _thirds(window.figures, ones, others)
    signs = window.signs[ones]
    found[:, 10] = ((signs == window.signs[others]) & (signs != NONE)).mean(axis=1, dtype=np.float32)
    found[:, 11] = np.minimum(norms[:, 3], theirs[:, 3])


def _words(
    window: Window, ones: NDArray[np.int64], others: NDArray[np.int64]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The product of the words by count and rarity, and how rare the three rarest shared are together."""
    pair, numbers, low, high = _shared(_packed(window, ones), _packed(window, others))
    rarity = window.rarity(numbers)
    worth = (low * high) * np.square(rarity)
    dots = np.bincount(pair, weights=worth, minlength=len(ones)).astype(np.float32)
    order = np.lexsort((-rarity, pair))
    begins = np.searchsorted(pair, np.arange(len(ones)))
    rank = np.arange(len(pair)) - begins[pair]
    rarest = order[rank < _RAREST]
    sums = np.bincount(pair[rarest], weights=rarity[rarest], minlength=len(ones)) / 10
    return dots, sums.astype(np.float32)


def _names(window: Window, ones: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.float32]:
    """By rarity: the product of names that are no places, how rare the rarest shared is, the product of places."""
    found = np.zeros((len(ones), 3), dtype=np.float32)
    pair, names = _met(window.names[ones], window.names[others])
    rarity = window.rarity(names)
    place = (names & 1) == 1
    np.maximum.at(found[:, 1], pair[~place], rarity[~place] / 10)
    for column, of_kind in ((0, ~place), (2, place)):
        weights = np.square(np.square(rarity[of_kind]))
        found[:, column] = np.bincount(pair[of_kind], weights=weights, minlength=len(ones))
    return found


def _thirds(
    held: NDArray[np.int32] | NDArray[np.uint32], ones: NDArray[np.int64], others: NDArray[np.int64]
) -> NDArray[np.float32]:
    """How many numbers the two have in common, at most three, in thirds."""
    pair, _ = _met(held[ones].view(np.uint32), held[others].view(np.uint32))
    thirds = np.minimum(np.bincount(pair, minlength=len(ones)), 3) / 3
    return thirds.astype(np.float32)


def _met(one: NDArray[np.uint32], other: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """The numbers that stand in both of two rows, none of them twice in one, with the row; 0 is none."""
    both = np.concatenate([one, other], axis=1)
    both.sort(axis=1)
    pair, at = np.nonzero((both[:, 1:] == both[:, :-1]) & (both[:, 1:] != 0))
    return pair, both[pair, at]


def _packed(window: Window, rows: NDArray[np.int64]) -> NDArray[np.uint64]:
    """The terms of accounts, each with its weight in the lowest eight bits."""
    return window.terms[rows].astype(np.uint64) << np.uint64(8) | window.weights[rows]


def _shared(
    one: NDArray[np.uint64], other: NDArray[np.uint64]
) -> tuple[NDArray[np.int64], NDArray[np.uint32], NDArray[np.float64], NDArray[np.float64]]:
    """The terms that stand in both of two rows: the row, the term, the lower and the higher of its two weights."""
    both = np.concatenate([one, other], axis=1)
    both.sort(axis=1)
    terms = both >> np.uint64(8)
    pair, at = np.nonzero((terms[:, 1:] == terms[:, :-1]) & (terms[:, 1:] != 0))
    low, high = both[pair, at], both[pair, at + 1]
    weight = np.uint64(255)
    return pair, terms[pair, at].astype(np.uint32), (low & weight).astype(float), (high & weight).astype(float)
