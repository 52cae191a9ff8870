"""Which pairs of statements are worth scoring: those the vectors bring near, and those that share rare words.

Whether a pair is a candidate rests on its two accounts alone, so other accounts in the run change nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tellings.comparing.features import Blocks, Near, best, block, near, ranks
from tellings.comparing.table import Bags, Table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

# Chosen together on the gold; training/claims/RESULTS.md has the recall of each.
NEAREST = 16
"""A pair is a candidate if either statement is among the other's nearest this many in its account by vector,"""
RAREST = 10
"""Or among the first this many by the words they share, each by its rarity in the two accounts: names and figures."""
LEAST_WORDS = 3
"""And neither is a fragment of fewer words,"""
MOST = 70
"""And, of all candidates in other accounts, it is among the best so many of either: this keeps the pairs of many
accounts in proportion to their statements, and takes nothing from four,"""
SHARED = 0.03
"""Where shared words, each by its rarity, add so much to the cosine."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of rows (the first one's account sorts before the second's) with their similarities."""

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    similar: Near

    def chosen(self, which: NDArray[np.bool_]) -> Candidates:
        """Some of them."""
        return Candidates(self.a[which], self.b[which], self.similar.chosen(which))


def candidates(table: Table) -> Candidates:
    """The candidate pairs between every two accounts, and within each account."""
    accounts = len(table.readings)
    nothing = np.zeros(0, dtype=np.int64)
    none = np.zeros(0, dtype=np.float32)
    parts = [Candidates(nothing, nothing, Near(none, none, nothing, nothing, *[none] * 7))]
    parts += [_between(table, x, y) for x in range(accounts) for y in range(x, accounts)]
    found = Candidates(
        np.concatenate([part.a for part in parts]),
        np.concatenate([part.b for part in parts]),
        Near(*(np.concatenate([getattr(part.similar, name) for part in parts]) for name in Near.__slots__)),
    )
    within = table.account[found.a] == table.account[found.b]
    value = found.similar.centred + SHARED * found.similar.common
    return found.chosen(within | best(found.a, found.b, np.where(within, -np.inf, value), MOST))


def _between(table: Table, x: int, y: int) -> Candidates:
    """The candidates between two accounts, or of one with itself (each pair once)."""
    own, other = slice(table.first[x], table.first[x + 1]), slice(table.first[y], table.first[y + 1])
    cosine, centred = block(table.vectors[own], table.vectors[other])
    common = shared(table.bags["stems"], own, other)
    if x == y:
        np.fill_diagonal(centred, -1.0)  # a statement is no rival to what else it resembles
        np.fill_diagonal(common, 0.0)
    rank_a, rank_b = ranks(centred, 1), ranks(centred, 0)
    worth = (rank_a < NEAREST) | (rank_b < NEAREST)
    worth |= ((ranks(common, 1) < RAREST) | (ranks(common, 0) < RAREST)) & (common > 0)
    long = table.column("length") >= LEAST_WORDS
    worth &= long[own, None] & long[None, other]
    if x == y:
        worth &= np.triu(np.ones_like(worth), 1)
    a, b = np.nonzero(worth)
    blocks = Blocks(cosine, centred, *block(table.context[own], table.context[other]), common, rank_a, rank_b)
    return Candidates(a + table.first[x], b + table.first[y], near(blocks, _like(table, own, other), a, b))


def shared(bags: Bags, own: slice, other: slice) -> Floats:
    """How much the terms weigh that two rows share, for all rows of two accounts (own x other).

    A term weighs by its rarity among the rows of the two accounts (inverse document frequency).
    """
    left, right = _terms(bags, own), _terms(bags, other)
    both = np.intersect1d(left[1], right[1])
    one, two = _filled(left, both, own.stop - own.start), _filled(right, both, other.stop - other.start)
    rows = one.shape[0] + two.shape[0]
    weight = np.log((rows + 1) / (one.sum(axis=0) + two.sum(axis=0) + 0.5))
    common: Floats = np.round((one * weight) @ two.T, 4).astype(np.float32)
    return common


def _terms(bags: Bags, part: slice) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The rows (from nought) and the terms of a stretch of rows."""
    counts = np.diff(bags.start[part.start : part.stop + 1])
    return np.repeat(np.arange(len(counts)), counts), bags.terms[bags.start[part.start] : bags.start[part.stop]]


def _filled(found: tuple[NDArray[np.int64], NDArray[np.int64]], terms: NDArray[np.int64], rows: int) -> Floats:
    """Rows x terms: one where a row has the term."""
    filled = np.zeros((rows, len(terms)), dtype=np.float32)
    inside = np.isin(found[1], terms)
    filled[found[0][inside], np.searchsorted(terms, found[1][inside])] = 1.0
    return filled


def _like(table: Table, own: slice, other: slice) -> float:
    """The cosine of two accounts' mean vectors."""
    u, v = table.vectors[own].sum(axis=0), table.vectors[other].sum(axis=0)
    return float(u @ v / max(1e-6, float(np.linalg.norm(u) * np.linalg.norm(v))))
