"""The accounts that can still be compared with: their sketches as rows of arrays, and an index of their rare terms.

All is bounded: a window of n accounts takes 1.5 KB an account, and one account is compared with a bounded number of
others whatever the window holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tellings.grouping.background import BITS, background, cells
from tellings.grouping.minhash import SIGNS
from tellings.grouping.sketching import DAYS, FIGURES, NAMES, TERMS, WIDTH

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tellings.grouping.records import Sketch

UNDATED = np.iinfo(np.int32).min
_INDEXED = 16
"""Terms of an account by which others find it: its rarest ones."""
_LOOKED = 40
"""Its terms by which it looks for others. With these, 16 candidates hold an account of the same story for 94 % of GVA's
accounts that have one and for 98 % of AllSides's (tuned half and kept half together); with 24 terms, 93 % and 97 %."""
_SHELF = 16
"""The latest accounts kept for each term."""
_PRIOR = 1000.0
"""Accounts of the stream that weigh as much as the whole background in how rare a term is."""


class Window:
    """The last `capacity` accounts of a stream; the row of an account is its arrival number modulo `capacity`."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.arrived = 0
        # Zeroed memory is taken from the system only when it is first written to.
        self.vectors = np.zeros((capacity, WIDTH), dtype=np.int8)
        self.terms = np.zeros((capacity, TERMS), dtype=np.uint32)
        self.weights = np.zeros((capacity, TERMS), dtype=np.uint8)
        self.names = np.zeros((capacity, NAMES), dtype=np.uint32)
        self.days = np.zeros((capacity, DAYS), dtype=np.int32)
        self.figures = np.zeros((capacity, FIGURES), dtype=np.uint32)
        self.signs = np.zeros((capacity, SIGNS), dtype=np.uint32)
        self.day = np.full(capacity, UNDATED, dtype=np.int32)
        rows = 1 << max(10, (capacity * _INDEXED // _SHELF * 2 - 1).bit_length())
        self._shelves = np.full((rows, _SHELF), -1, dtype=np.int32)
        self._next = np.zeros(rows, dtype=np.uint8)
        self._counts = np.zeros(1 << BITS, dtype=np.float32)
        self._known = background().counts.astype(np.float32) / background().accounts
        self._rarity = self._rarities()

    def add(self, sketch: Sketch, day: int | None) -> int:
        """Take in an account; the number of its row."""
        row = self.arrived % self.capacity
        self.vectors[row] = sketch.vector
        for held, given in (
            (self.terms, sketch.terms),
            (self.weights, sketch.weights),
            (self.names, sketch.names),
            (self.days, sketch.days),
            (self.figures, sketch.figures),
        ):
            held[row] = 0
            held[row, : len(given)] = given
        self.signs[row] = sketch.signs
        self.day[row] = UNDATED if day is None else day
        self._counts[cells(sketch.terms)] += 1
        self._counts[cells(sketch.names)] += 1
        self.arrived += 1
        if self.arrived < 64 or self.arrived % (64 if self.arrived < 4096 else 1024) == 0:
            self._rarity = self._rarities()
        self._shelve(sketch, row)
        return row

    def rarity(self, terms: NDArray[np.uint32]) -> NDArray[np.float32]:
        """Inverse document frequency of terms, by the background and the stream so far."""
        return self._rarity[cells(terms)]

    def found(self, sketch: Sketch, most: int) -> NDArray[np.int64]:
        """Rows of the accounts that share most rare terms with this one, the likeliest first; at most `most`."""
        keys, worth = self._keys(sketch, _LOOKED)
        if not len(keys):
            return np.zeros(0, dtype=np.int64)
        shelves = self._shelves[self._row(keys)]
        rows, where = np.unique(shelves, return_inverse=True)
        sums = np.bincount(where.ravel(), weights=np.repeat(worth, _SHELF))
        sums[rows < 0] = 0.0
        best = np.argsort(-sums, kind="stable")[:most]
        return rows[best[sums[best] > 0]].astype(np.int64)

    def _keys(self, sketch: Sketch, most: int) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
        """The terms of an account that say most of it, at most so many, and what each is worth."""
        worth = sketch.weights.astype(np.float32) / 16 * self.rarity(sketch.terms)
        best = np.argsort(-worth, kind="stable")[:most]
        return sketch.terms[best], np.square(worth[best], dtype=np.float32)

    def _shelve(self, sketch: Sketch, row: int) -> None:
        rows = self._row(self._keys(sketch, _INDEXED)[0])
        self._shelves[rows, self._next[rows] % _SHELF] = row
        self._next[rows] += 1

    def _row(self, keys: NDArray[np.uint32]) -> NDArray[np.int64]:
        return (keys.astype(np.uint64) * np.uint64(0x9E3779B1) >> np.uint64(8)).astype(np.int64) & (
            len(self._shelves) - 1
        )

    def _rarities(self) -> NDArray[np.float32]:
        accounts = float(self.arrived)
        share = (_PRIOR * self._known + self._counts) / (_PRIOR + accounts)
        return -np.log(share + np.float32(0.5) / np.float32(background().accounts + accounts))
