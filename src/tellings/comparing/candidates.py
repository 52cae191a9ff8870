"""Which pairs of statements are worth scoring: those the vectors bring near, and those that share rare words.

Whether a pair is a candidate rests on its two accounts alone, so other accounts in the run change nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tellings.comparing.features import Cells, Near, best, block, near, ranks
from tellings.comparing.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

# Chosen together on the gold; training/claims/RESULTS.md has the recall of each.
NEAREST = 16
"""A pair is a candidate if either statement is among the other's nearest this many in its account by vector,"""
RAREST = 10
"""Or among the first this many by the words they share, each by its rarity in the two accounts: names and figures."""
LEAST_WORDS = 3
"""And neither is a fragment of fewer words,"""
LIKE, WORDS = 0.35, 0.05
"""And their cosine and WORDS times the weight of the words in common make this: it leaves out a fifth of what the ranks
would take in one story, nine tenths between two, and of 1,000 pairs that the trees hold for possible two,"""
APART, SHORT = 0.4, 8
"""Two accounts whose mean vectors' cosine is less have no candidates, if both have so many statements: so have half of
all accounts of two stories, and 4 in 1,000 pairs of accounts of one, with 4 in 10,000 of the gold's pairs."""
MOST = 70
"""And, of all candidates in other accounts, it is among the best so many of either: this keeps the pairs of many
accounts in proportion to their statements, and takes nothing from four,"""
SHARED = 0.03
"""Where shared words, each by its rarity, add so much to the cosine."""
_POOL = 1_000_000
"""Candidates that may wait for MOST: those of many accounts would fill the memory."""


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
    words = [_words(table, account) for account in range(accounts)]
    nothing = np.zeros(0, dtype=np.int64)
    none = np.zeros(0, dtype=np.float32)
    parts = [Candidates(nothing, nothing, Near(none, none, nothing, nothing, *[none] * 7))]
    count, least = 0, _POOL
    for x in range(accounts):
        found = [_between(table, x, y, shared(words[x], words[y])) for y in _near_accounts(table, x)]
        parts += found
        count += sum(len(part.a) for part in found)
        if count > least:
            parts = [_best(table, parts)]
            count = len(parts[0].a)
            least = 2 * count + _POOL
    return _best(table, parts)


def _near_accounts(table: Table, x: int) -> Iterator[int]:
    """An account itself and those after it that are not plainly about something else."""
    yield x
    rows = np.diff(table.first)
    for y in range(x + 1, len(table.readings)):
        own, other = (slice(table.first[n], table.first[n + 1]) for n in (x, y))
        if min(rows[x], rows[y]) < SHORT or _like(table, own, other) >= APART:
            yield y


def _best(table: Table, parts: list[Candidates]) -> Candidates:
    """All within an account, and of the others those among the best MOST of either row.

    What is not among the best of some pairs is not among those of more, so it may be let go before all are known.
    """
    similar = Near(*(np.concatenate([getattr(part.similar, name) for part in parts]) for name in Near.__slots__))
    found = Candidates(np.concatenate([part.a for part in parts]), np.concatenate([part.b for part in parts]), similar)
    within = table.account[found.a] == table.account[found.b]
    value = found.similar.centred + SHARED * found.similar.common
    return found.chosen(within | best(found.a, found.b, np.where(within, -np.inf, value), MOST))


def _between(table: Table, x: int, y: int, common: Floats) -> Candidates:
    """The candidates between two accounts, or of one with itself (each pair once); `common` as `shared` says."""
    own, other = slice(table.first[x], table.first[x + 1]), slice(table.first[y], table.first[y + 1])
    cosine, centred = block(table.vectors[own], table.vectors[other])
    if x == y:
        np.fill_diagonal(centred, -1.0)  # a statement is no rival to what else it resembles
        np.fill_diagonal(common, 0.0)
    long = table.column("length") >= LEAST_WORDS
    possible = (cosine + WORDS * common >= LIKE) & long[own, None] & long[None, other]
    if x == y:
        possible &= np.triu(np.ones_like(possible), 1)
    own_rows, other_rows = (one.astype(np.int64) for one in np.nonzero(possible))
    at = own_rows, other_rows
    cells = Cells(*at, ranks(centred, at, 1), ranks(centred, at, 0))
    near_by_words = ((ranks(common, at, 1) < RAREST) | (ranks(common, at, 0) < RAREST)) & (common[at] > 0)
    cells = cells.chosen((cells.rank_a < NEAREST) | (cells.rank_b < NEAREST) | near_by_words)
    similar = near(
        cells, (cosine, centred, common), (table.context[own], table.context[other]), _like(table, own, other)
    )
    return Candidates(cells.a + table.first[x], cells.b + table.first[y], similar)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of an account: the numbers of its terms in order, which statements have each (rows x terms, 0 or 1)."""

    terms: NDArray[np.int64]
    rows: Floats
    counts: Floats


def _words(table: Table, account: int) -> Words:
    bags, first, last = table.bags["stems"], table.first[account], table.first[account + 1]
    found = bags.terms[bags.start[first] : bags.start[last]]
    terms, number = np.unique(found, return_inverse=True)
    rows = np.zeros((last - first, len(terms)), dtype=np.float32)
    rows[np.repeat(np.arange(last - first), np.diff(bags.start[first : last + 1])), number] = 1.0
    return Words(terms, rows, rows.sum(axis=0))


def shared(left: Words, right: Words) -> Floats:
    """How much the terms weigh that two rows share, for all rows of two accounts.

    A term weighs by its rarity among the rows of the two accounts (inverse document frequency).
    """
    _, in_left, in_right = np.intersect1d(left.terms, right.terms, assume_unique=True, return_indices=True)
    one, two = left.rows[:, in_left], right.rows[:, in_right]
    seen = left.counts[in_left] + right.counts[in_right]
    weight = np.log((len(one) + len(two) + 1) / (seen + 0.5)).astype(np.float32)
    common: Floats = np.round((one * weight) @ two.T, 4).astype(np.float32)
    return common


def _like(table: Table, own: slice, other: slice) -> float:
    """The cosine of two accounts' mean vectors."""
    u, v = table.vectors[own].sum(axis=0), table.vectors[other].sum(axis=0)
    return float(u @ v / max(1e-6, float(np.linalg.norm(u) * np.linalg.norm(v))))
