"""What the other pairs say of a pair: rivals, neighbours, and third statements that match both or only one.

A pair of statements is likelier to be of one claim if a statement of a third account matches both, if the statements
before and after match as well, and if neither has a better match in the other's account. All of it rests on pairs that
are likely themselves, so an account that shares nothing with the others changes nothing among them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tellings.comparing.table import Table

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]

LEAST = 0.2
"""A pair bears on others from this probability on."""
SURE = 0.5
"""From this probability on, a statement that matches only one of a pair speaks against it."""
WIDEST = 24
"""So many of a statement's likeliest partners are asked whether they match the other one as well."""

NAMES = (
    "rival low", "rival high", "rivals low", "rivals high", "next", "next best", "beside", "sentence",
    "third", "thirds", "third count", "third against", "own", "own against",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Edges:
    """Probabilities of pairs in both directions, found by key row * rows + other; `start` of each row's edges."""

    size: int
    keys: Ints
    values: Floats

    def of(self, a: Ints, b: Ints) -> Floats:
        """The probability of each pair (a, b), 0 where it is no edge."""
        if not len(self.keys):
            return np.zeros(len(a), dtype=np.float32)
        inside = (a >= 0) & (b >= 0) & (a < self.size) & (b < self.size)
        wanted = np.where(inside, a * self.size + b, -1)
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return np.where(self.keys[at] == wanted, self.values[at], 0.0).astype(np.float32)


def consensus(table: Table, pairs: tuple[Ints, Ints], same: Floats, asked: Ints) -> Floats:
    """NAMES (asked x names) for some of the scored pairs, by their numbers, out of all pairs' probabilities."""
    likely = np.flatnonzero(same >= LEAST)
    edges = _edges(len(table.rows), pairs[0][likely], pairs[1][likely], same[likely])
    a, b = pairs[0][asked], pairs[1][asked]
    own = edges.of(a, b)
    columns = [
        *_low_high(*(_rivals(table, edges, one, other, own) for one, other in ((a, b), (b, a)))),
        *_around(table, edges, a, b),
        _sentence(table, pairs, same, asked),
        *_thirds(table, edges, a, b),
    ]
    return (
        np.round(np.stack(columns, axis=1), 4).astype(np.float32)
        if len(asked)
        else np.zeros((0, len(NAMES)), np.float32)
    )


def _edges(size: int, a: Ints, b: Ints, values: Floats) -> _Edges:
    keys = np.concatenate([a * size + b, b * size + a])
    order = np.argsort(keys, kind="stable")
    return _Edges(size, keys[order], np.concatenate([values, values])[order])


def _low_high(one: tuple[Floats, Floats], other: tuple[Floats, Floats]) -> list[Floats]:
    return [pick(x, y) for x, y in zip(one, other, strict=True) for pick in (np.minimum, np.maximum)]


def _rivals(table: Table, edges: _Edges, a: Ints, b: Ints, own: Floats) -> tuple[Floats, Floats]:
    """The likeliest partner of a in b's account other than b, and the sum of all such."""
    accounts = len(table.readings)
    row, other = edges.keys // edges.size, edges.keys % edges.size
    cell = row * accounts + table.account[other]
    order = np.lexsort((-edges.values, cell))
    cell, values = cell[order], edges.values[order]
    wanted = a * accounts + table.account[b]
    first = np.searchsorted(cell, wanted, side="left")
    last = np.searchsorted(cell, wanted, side="right")
    padded = np.concatenate([values, np.zeros(2, dtype=np.float32)])
    best = np.where(last > first, padded[np.minimum(first, len(values))], 0.0)
    second = np.where(last > first + 1, padded[np.minimum(first + 1, len(values))], 0.0)
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    total = sums[last] - sums[first] - own
    return np.where((own > 0) & (own >= best), second, best).astype(np.float32), total.astype(np.float32)


def _around(table: Table, edges: _Edges, a: Ints, b: Ints) -> list[Floats]:
    """The pairs of the statements before and after (their sum and the better one), and the best pair just beside."""

    def moved(rows: Ints, by: int) -> Ints:
        there = np.clip(rows + by, 0, max(0, edges.size - 1))
        inside = (rows + by >= 0) & (rows + by < edges.size) & (table.account[there] == table.account[rows])
        return np.where(inside, there, -1)

    before, after = edges.of(moved(a, -1), moved(b, -1)), edges.of(moved(a, 1), moved(b, 1))
    beside = [edges.of(moved(a, n), b) for n in (-1, 1)] + [edges.of(a, moved(b, n)) for n in (-1, 1)]
    return [before + after, np.maximum(before, after), np.maximum.reduce(beside)]


def _sentence(table: Table, pairs: tuple[Ints, Ints], same: Floats, asked: Ints) -> Floats:
    """How much likelier the likeliest pair of the same two sentences is."""
    numbers: dict[tuple[int, int], int] = {}
    sentence = np.array(
        [numbers.setdefault((row.reading, row.record.sentence), len(numbers)) for row in table.rows], dtype=np.int64
    )
    left, right = sentence[pairs[0]], sentence[pairs[1]]
    _, cell = np.unique(np.minimum(left, right) * len(numbers) + np.maximum(left, right), return_inverse=True)
    best = np.zeros(int(cell.max(initial=-1)) + 1, dtype=np.float32)
    np.maximum.at(best, cell, same)
    found: Floats = best[cell[asked]] - same[asked]
    return found


def _thirds(table: Table, edges: _Edges, a: Ints, b: Ints) -> list[Floats]:
    """Statements that match both or one of a pair, in other accounts and in the two accounts themselves."""
    both, several, count, against = (np.zeros(len(a), dtype=np.float32) for _ in range(4))
    own, own_against = np.zeros(len(a), dtype=np.float32), np.zeros(len(a), dtype=np.float32)
    start = np.searchsorted(edges.keys, np.arange(edges.size + 1) * edges.size)
    listed = _strongest(edges, start)
    counted = np.asarray(table.counted, dtype=np.int64)
    for one, other in ((a, b), (b, a)):
        for rank in range(listed.shape[1]):
            at = listed[one, rank]
            known = at >= 0
            third = np.where(known, edges.keys[at] % edges.size, 0) if len(edges.keys) else np.zeros_like(one)
            value = np.where(known, edges.values[at], 0.0) if len(edges.keys) else np.zeros(len(one))
            known &= third != other
            back = edges.of(third, other)
            least = np.where(known, np.minimum(value, back), 0.0)
            miss = np.where(known & (value > SURE), value - back, 0.0)
            where, told = table.account[third], counted[table.account[third]]
            # neither a copy of an account nor what one of the two is a copy of is a third account
            counts = (told == where) & (told != counted[table.account[a]]) & (told != counted[table.account[b]])
            home = (table.account[third] == table.account[a]) | (table.account[third] == table.account[b])
            against = np.where(home | ~counts, against, np.maximum(against, miss))
            own_against = np.where(home, np.maximum(own_against, miss), own_against)
            own = np.where(home, np.maximum(own, least), own)
            if one is a:  # seen from b the same statements are found again
                aside = home | ~counts
                both = np.where(aside, both, np.maximum(both, least))
                several += np.where(aside, 0.0, least)
                count += ~aside & (least > 0)
    return [both, several, count, against, own, own_against]


def _strongest(edges: _Edges, start: Ints) -> Ints:
    """For each row the places of its likeliest edges, the likeliest first, -1 where there are no more."""
    counts = np.diff(start)
    width = int(min(WIDEST, counts.max(initial=0)))
    row = np.repeat(np.arange(edges.size), counts)
    order = np.lexsort((-edges.values, row))
    rank = np.arange(len(row)) - start[row]
    listed = np.full((max(1, edges.size), width), -1, dtype=np.int64)
    kept = rank < width
    listed[row[kept], rank[kept]] = order[kept]
    return listed
