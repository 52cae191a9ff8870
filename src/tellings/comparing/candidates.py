"""Which pairs of statements are worth scoring: all of two small accounts, else those the vectors bring near.

Whether a pair is a candidate rests on its two accounts alone, so other accounts in the run change nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tellings.comparing.features import Near, block, near
from tellings.comparing.table import Table

if TYPE_CHECKING:
    from numpy.typing import NDArray

NEAREST = 12
"""A pair is a candidate if either statement is among the other's nearest this many in its account."""

FLOOR = 0.25
"""And if its cosine is at least this,"""

LEAST_WORDS = 4
"""And neither is a fragment of fewer words."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of rows (the first one's account sorts before the second's) with their similarities."""

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    similar: Near


def candidates(table: Table) -> Candidates:
    """The candidate pairs between every two accounts, and within each account."""
    accounts = len(table.readings)
    nothing = np.zeros(0, dtype=np.int64)
    none = np.zeros(0, dtype=np.float32)
    parts = [Candidates(nothing, nothing, Near(none, none, nothing, nothing, *[none] * 6))]
    parts += [_between(table, x, y) for x in range(accounts) for y in range(x, accounts)]
    return Candidates(
        np.concatenate([part.a for part in parts]),
        np.concatenate([part.b for part in parts]),
        _joined([part.similar for part in parts]),
    )


def _between(table: Table, x: int, y: int) -> Candidates:
    """The candidates between two accounts, or of one with itself (each pair once)."""
    own, other = slice(table.first[x], table.first[x + 1]), slice(table.first[y], table.first[y + 1])
    cosine, centred = block(table.vectors[own], table.vectors[other])
    if x == y:
        np.fill_diagonal(centred, -1.0)  # a statement is no rival to what else it resembles
    rank_a = (-centred).argsort(axis=1, kind="stable").argsort(axis=1, kind="stable")
    rank_b = (-centred).argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    worth = ((rank_a < NEAREST) | (rank_b < NEAREST)) & (cosine >= FLOOR)
    long = table.column("length") >= LEAST_WORDS
    worth &= long[own, None] & long[None, other]
    if x == y:
        worth &= np.triu(np.ones_like(worth), 1)
    a, b = np.nonzero(worth)
    context = block(table.context[own], table.context[other])
    return Candidates(
        a + table.first[x], b + table.first[y], near((cosine, centred), context, _like(table, own, other), a, b)
    )


def _like(table: Table, own: slice, other: slice) -> float:
    """The cosine of two accounts' mean vectors."""
    u, v = table.vectors[own].sum(axis=0), table.vectors[other].sum(axis=0)
    return float(u @ v / max(1e-6, float(np.linalg.norm(u) * np.linalg.norm(v))))


def _joined(parts: list[Near]) -> Near:
    return Near(*(np.concatenate([getattr(part, name) for part in parts]) for name in Near.__slots__))
