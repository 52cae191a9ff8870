"""The accounts that can still be compared with: their sketches as rows of arrays, and an index of their rare terms.

All is bounded: a window of n accounts takes 1.6 KB an account, and one account is compared with a bounded number of
others whatever the window holds. Accounts come in blocks, since a call of numpy costs more than what it does for one;
blocks never change what is found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tellings.grouping.background import BITS, background, cells
from tellings.grouping.minhash import SIGNS
from tellings.grouping.sketching import DAYS, FIGURES, NAMES, TERMS, WIDTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tellings.grouping.records import Sketch

UNDATED = np.iinfo(np.int32).min
BLOCK = 64
"""Accounts taken in together at most. A row is written again only when `BLOCK` accounts more than the window's
capacity have come, so that one that a block has forgotten can still be looked at by the accounts before."""
_INDEXED = 16
"""Terms of an account by which others find it: its rarest ones."""
_LOOKED = 40
"""Its terms by which it looks for others. With these, 16 candidates hold an account of the same story for 94 % of GVA's
accounts that have one and for 98 % of AllSides's (tuned half and kept half together); with 24 terms, 93 % and 97 %."""
_SHELF = 16
"""The latest accounts kept for each term."""
_PRIOR = 1000.0
"""Accounts of the stream that weigh as much as the whole background in how rare a term is."""
_OFTEN, _SELDOM, _EARLY = 64, 1024, 4096
"""Accounts after which it is counted anew how rare terms are: at first, and after so many."""
_LEAST = 1e-3  # how rare a term is that stands in every account: its worth is then still more than none's
_KEY_BITS = 6  # that a number of a key, under `_LOOKED`, takes
_FIXED = 1024  # parts of one in which worths are added up, so that they sort as whole numbers


class Window:
    """The last `capacity` accounts of a stream; the row of an account is its arrival number modulo `rows`."""

    def __init__(self, capacity: int) -> None:
        self.rows = capacity + BLOCK
        self.arrived = 0
        # Zeroed memory is taken from the system only when it is first written to.
        self.vectors = np.zeros((self.rows, WIDTH), dtype=np.int8)
        self.terms = np.zeros((self.rows, TERMS), dtype=np.uint32)
        self.weights = np.zeros((self.rows, TERMS), dtype=np.uint8)
        self.names = np.zeros((self.rows, NAMES), dtype=np.uint32)
        self.days = np.zeros((self.rows, DAYS), dtype=np.int32)
        self.figures = np.zeros((self.rows, FIGURES), dtype=np.uint32)
        self.signs = np.zeros((self.rows, SIGNS), dtype=np.uint32)
        self.day = np.full(self.rows, UNDATED, dtype=np.int32)
        self.norms = np.zeros((self.rows, 4), dtype=np.float32)  # of words, names, places by rarity; part of 96 terms
        shelves = 1 << max(10, (capacity * _INDEXED // _SHELF * 2 - 1).bit_length())
        self._shelves = np.full((shelves, _SHELF), -1, dtype=np.int32)
        self._next = np.zeros(shelves, dtype=np.uint8)
        self._counts = np.zeros(1 << BITS, dtype=np.float32)
        self._known = background().counts.astype(np.float32) / background().accounts
        self._rarity = self._rarities()

    def take(
        self, sketches: Sequence[Sketch], days: Sequence[int | None], most: int
    ) -> tuple[NDArray[np.int64], list[NDArray[np.int64]]]:
        """Take in accounts one after the other: their rows, and for each the accounts before it that share most.

        At most `most` are found, the likeliest first; they may be older than `capacity`. No more accounts than `BLOCK`
        at once, and none beyond the next multiple of it.
        """
        if self.arrived % (_OFTEN if self.arrived < _EARLY else _SELDOM) == 0:
            self._rarity = self._rarities()
        rows = (self.arrived + np.arange(len(sketches))) % self.rows
        self._write(rows, sketches, days)
        self.weigh(rows)
        shelves, worth, known = self._keys(rows)
        seen = np.full((len(rows), _LOOKED, _SHELF), -1, dtype=np.int64)
        for n, row in enumerate(rows.tolist()):
            mine = shelves[n, : known[n]]
            seen[n, : len(mine)] = self._shelves[mine]
            mine = mine[:_INDEXED]
            self._shelves[mine, self._next[mine] % _SHELF] = row
            self._next[mine] += 1
        self._count(sketches)
        return rows, _likeliest(seen, worth, most)

    def weigh(self, rows: NDArray[np.int64]) -> None:
        """Measure the norms of accounts by how rare their terms are now."""
        terms, names = self.terms[rows], self.names[rows]
        worth = self.weights[rows] * self.rarity(terms)
        rare = np.where(names > 0, np.square(self.rarity(names)), 0)
        place = (names & 1) == 1
        for column, held in enumerate((worth, np.where(place, 0, rare), np.where(place, rare, 0))):
            self.norms[rows, column] = np.sqrt(np.square(held).sum(axis=1))
        self.norms[rows, 3] = np.count_nonzero(terms, axis=1) / TERMS

    def rarity(self, terms: NDArray[np.uint32]) -> NDArray[np.float32]:
        """Inverse document frequency of terms, by the background and the stream so far."""
        return self._rarity[cells(terms)]

    def _write(self, rows: NDArray[np.int64], sketches: Sequence[Sketch], days: Sequence[int | None]) -> None:
        for held in (self.terms, self.weights, self.names, self.days, self.figures):
            held[rows] = 0
        for row, one in zip(rows.tolist(), sketches, strict=True):
            self.vectors[row] = one.vector
            self.terms[row, : len(one.terms)] = one.terms
            self.weights[row, : len(one.weights)] = one.weights
            self.names[row, : len(one.names)] = one.names
            self.days[row, : len(one.days)] = one.days
            self.figures[row, : len(one.figures)] = one.figures
            self.signs[row] = one.signs
        self.day[rows] = [UNDATED if day is None else day for day in days]

    def _count(self, sketches: Sequence[Sketch]) -> None:
        """Count the terms of accounts, for the next time that it is asked how rare they are."""
        for one in sketches:
            self._counts[cells(one.terms)] += 1
            self._counts[cells(one.names)] += 1
        self.arrived += len(sketches)

    def _keys(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.int64]]:
        """The shelves of the terms that say most of accounts, what each is worth, and how many an account has."""
        terms = self.terms[rows]
        worth = self.weights[rows] * self.rarity(terms) / 16
        best = np.argsort(-worth, axis=1, kind="stable")[:, :_LOOKED]
        keys = np.take_along_axis(terms, best, axis=1)
        spread = (keys.astype(np.uint64) * np.uint64(0x9E3779B1) >> np.uint64(8)).astype(np.int64)
        worths = np.square(np.take_along_axis(worth, best, axis=1))
        return spread & (len(self._shelves) - 1), worths, np.count_nonzero(keys, axis=1)

    def _rarities(self) -> NDArray[np.float32]:
        accounts = float(self.arrived)
        share = (_PRIOR * self._known + self._counts) / (_PRIOR + accounts)
        rarity = -np.log(share + np.float32(0.5) / np.float32(background().accounts + accounts))
        return np.maximum(rarity, np.float32(_LEAST))


def _likeliest(seen: NDArray[np.int64], worth: NDArray[np.float32], most: int) -> list[NDArray[np.int64]]:
    """Of what accounts saw on their shelves (accounts x keys x places, -1: none) the rows worth most in sum.

    Sorted as whole numbers that hold a row with its key, then a sum with its row: numpy sorts these fastest.
    """
    accounts, keys, places = seen.shape
    packed = ((seen + 1) << _KEY_BITS | np.arange(keys)[:, None]).reshape(accounts, keys * places)
    packed.sort(axis=1)
    rows, key = packed >> _KEY_BITS, packed & ((1 << _KEY_BITS) - 1)
    ends = np.ones(rows.shape, dtype=bool)
    ends[:, :-1] = rows[:, 1:] != rows[:, :-1]
    fixed = np.rint(worth * _FIXED).astype(np.int64)
    sums = np.cumsum(np.where(rows > 0, np.take_along_axis(fixed, key, axis=1), 0), axis=1)
    who, at = np.nonzero(ends)
    total = sums[who, at]
    begun = np.ones(len(who), dtype=bool)
    begun[1:] = who[1:] != who[:-1]
    total[1:] -= np.where(begun[1:], 0, sums[who[:-1], at[:-1]])
    ranked = np.zeros(rows.shape, dtype=np.int64)
    ranked[who, at] = total << 32 | ((1 << 32) - 1 - rows[who, at])
    ranked.sort(axis=1)
    best = ranked[:, : -most - 1 : -1]
    return [(1 << 32) - 2 - (one[one >> 32 > 0] & ((1 << 32) - 1)) for one in best]
