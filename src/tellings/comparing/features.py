"""What the scorer sees of a pair of statements: numbers that rest on the two accounts alone.

So adding an account to a comparison changes no feature of the others. A pair is two row numbers of the table, the
first one's account before the second's. Rarity of a word is counted over the statements of the two accounts: what
every sentence of a story repeats says little.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from tellings.comparing.table import Bags, Table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]
    Columns = dict[str, NDArray[Any]]

WEIGHTED = ("stems", "sentence", "names", "trigrams", "quoted", "numbers", "heads", "dates")
COUNTED = ("values", "units", "speakers")


@dataclass(frozen=True, slots=True)
class Near:
    """Vector similarity of pairs: cosine, cosine about the two accounts' mean, and how each stands among its rivals.

    `rank_a` counts the statements of b's account nearer to a than b is (0: none), `rank_b` the other way round;
    `lead_a` is the pair's centred cosine less that of the best of these rivals other than itself.
    `around` is the mean centred cosine of the neighbours before and after; `context` and `context_centred` are the
    cosines of the whole sentences; `accounts` is the cosine of the two accounts' mean vectors; `common` the weight of
    the words that the two share.
    """

    cosine: Floats
    centred: Floats
    rank_a: Ints
    rank_b: Ints
    lead_a: Floats
    lead_b: Floats
    around: Floats
    context: Floats
    context_centred: Floats
    accounts: Floats
    common: Floats

    def chosen(self, which: NDArray[np.bool_] | slice) -> Near:
        """Those of some pairs."""
        return Near(*(getattr(self, name)[which] for name in Near.__slots__))


def block(u: Floats, v: Floats) -> tuple[Floats, Floats]:
    """Cosines and centred cosines of all statements of one account (rows) with all of another (columns).

    Centring takes off the mean of the two accounts' vectors, which is what their story shares as a topic. Rounded,
    so that the last bits of a matrix product decide nothing.
    """
    mean = (u.sum(axis=0) + v.sum(axis=0)) / max(1, len(u) + len(v))
    cu, cv = u - mean, v - mean
    norm_u = np.linalg.norm(cu, axis=1, keepdims=True) + 1e-6
    norm_v = np.linalg.norm(cv, axis=1, keepdims=True) + 1e-6
    centred = (cu / norm_u) @ (cv / norm_v).T
    return np.round(u @ v.T, 4).astype(np.float32), np.round(centred, 4).astype(np.float32)


def best(a: NDArray[np.int64], b: NDArray[np.int64], value: NDArray[np.floating[Any]], most: int) -> NDArray[np.bool_]:
    """Which pairs are among the highest `most` of either row; of equal ones those that stand first."""
    pairs = np.arange(len(a))
    row, pair = np.concatenate([a, b]), np.concatenate([pairs, pairs])
    order = np.lexsort((pair, -value[pair], row))
    row = row[order]
    rank = np.arange(len(row)) - np.searchsorted(row, row, side="left")
    kept = np.zeros(len(a), dtype=np.bool_)
    kept[pair[order[rank < most]]] = True
    return kept


def ranks(values: Floats, at: tuple[Ints, Ints], axis: int) -> Ints:
    """How many values of its row (axis 1) or column (axis 0) are higher than that of each cell `at`.

    Of equal ones those before it count as higher.
    """
    own, other = at if axis else at[::-1]
    lines = (values if axis else values.T)[own]
    value = values[at][:, None]
    before = np.arange(lines.shape[1]) < other[:, None]
    found: Ints = np.count_nonzero((lines > value) | ((lines == value) & before), axis=1)
    return found


@dataclass(frozen=True, slots=True)
class Cells:
    """Some pairs of statements of two accounts: row numbers in each, and each one's ranks among its rivals."""

    a: Ints
    b: Ints
    rank_a: Ints
    rank_b: Ints

    def chosen(self, which: NDArray[np.bool_]) -> Cells:
        """Some of them."""
        return Cells(*(getattr(self, name)[which] for name in Cells.__slots__))


def near(cells: Cells, vectors: tuple[Floats, Floats, Floats], context: tuple[Floats, Floats], accounts: float) -> Near:
    """The similarities of pairs of two accounts.

    `vectors` are the cosines of all statements of one with all of the other, the centred ones, and the weights of the
    words in common; `context` the vectors of the sentences they stand in.
    """
    cosine, centred, common = vectors
    a, b = cells.a, cells.b
    own = centred[a, b]
    return Near(
        cosine[a, b],
        own,
        cells.rank_a,
        cells.rank_b,
        own - _rival(centred, a, b, 1),
        own - _rival(centred, a, b, 0),
        _around(centred, a, b),
        *_few(*context, a, b),
        np.full(len(a), round(accounts, 4), dtype=np.float32),
        common[a, b],
    )


def _few(u: Floats, v: Floats, a: Ints, b: Ints) -> tuple[Floats, Floats]:
    """As `block`, of few pairs."""
    mean = (u.sum(axis=0) + v.sum(axis=0)) / max(1, len(u) + len(v))
    cu, cv = u - mean, v - mean
    norms = (np.linalg.norm(cu, axis=1) + 1e-6)[a] * (np.linalg.norm(cv, axis=1) + 1e-6)[b]
    cosine, centred = np.einsum("nd,nd->n", u[a], v[b]), np.einsum("nd,nd->n", cu[a], cv[b]) / norms
    return np.round(cosine, 4).astype(np.float32), np.round(centred, 4).astype(np.float32)


def _rival(centred: Floats, a: Ints, b: Ints, axis: int) -> Floats:
    """For each cell the highest value of its row (axis 1) or column (axis 0) that is not its own, 0 if it is alone."""
    if centred.shape[axis] < 2:
        return np.zeros(len(a), dtype=np.float32)
    highest = np.partition(centred, -2, axis=axis)
    second, best = (np.take(highest, n, axis=axis)[a if axis else b] for n in (-2, -1))
    found: Floats = np.where(centred[a, b] >= best, second, best)
    return found


def _around(centred: Floats, a: Ints, b: Ints) -> Floats:
    """The mean of the diagonal neighbours: whether the statements before and after match as well."""
    padded = np.pad(centred, 1)
    return np.asarray((padded[a, b] + padded[a + 2, b + 2]) / 2, dtype=np.float32)


class Overlap(NamedTuple):
    """Weights of terms for each pair: shared, all of a, all of b, and the heaviest shared one."""

    shared: Floats
    in_a: Floats
    in_b: Floats
    top: Floats


def overlap(bags: Bags, a: Ints, b: Ints, account: Ints, rows: Floats | None) -> Overlap:
    """How the terms of two rows meet.

    With `rows` (statements per account) a term weighs by its rarity in the two accounts, without it each weighs one.
    """
    shared, top, total_b = _one_way(bags, a, b, account, rows)
    _, _, total_a = _one_way(bags, b, a, account, rows)
    return Overlap(shared, total_a, total_b, top)


def _one_way(bags: Bags, a: Ints, b: Ints, account: Ints, rows: Floats | None) -> tuple[Floats, Floats, Floats]:
    """Walk the terms of b and look each up among those of a: weights shared, heaviest shared, and all of b."""
    lengths = bags.start[b + 1] - bags.start[b]
    pair = np.repeat(np.arange(len(a)), lengths)
    offset = np.arange(len(pair)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    term = bags.terms[bags.start[b][pair] + offset]
    weight = np.ones(len(pair), dtype=np.float32)
    if rows is not None:
        left, right = account[a][pair], account[b][pair]
        seen = bags.frequency[left, term] + bags.frequency[right, term]
        weight = np.log((rows[left] + rows[right] + 1) / (seen + 0.5)).astype(np.float32)
    wanted = a[pair] * bags.size + term
    at = np.minimum(np.searchsorted(bags.keys, wanted), max(0, len(bags.keys) - 1))
    hit = weight * (bags.keys[at] == wanted) if len(bags.keys) else np.zeros_like(weight)
    top = np.zeros(len(a), dtype=np.float32)
    np.maximum.at(top, pair, hit)
    return (
        np.bincount(pair, hit, len(a)).astype(np.float32),
        top,
        np.bincount(pair, weight, len(a)).astype(np.float32),
    )


def features(table: Table, a: Ints, b: Ints, similar: Near) -> tuple[tuple[str, ...], Floats]:
    """The names and the values (pairs x names, float32) of all features of pairs of rows."""
    columns: Columns = {}
    rows = np.diff(table.first).astype(np.float32)
    _vector_columns(columns, similar)
    for name in WEIGHTED:
        _overlap_columns(columns, name, overlap(table.bags[name], a, b, table.account, rows))
    for name in COUNTED:
        shared, in_a, in_b, _ = overlap(table.bags[name], a, b, table.account, None)
        columns[f"{name} shared"] = shared
        columns[f"{name} apart"] = np.minimum(in_a, in_b) - shared
        columns[f"{name} in one"] = ((in_a > 0) != (in_b > 0)).astype(np.float32)
    columns["figure differs"] = np.maximum(0, columns["units shared"] - columns["values shared"])
    _pair_columns(columns, table, a, b)
    return tuple(columns), np.stack([column.astype(np.float32) for column in columns.values()], axis=1)


def _vector_columns(columns: Columns, similar: Near) -> None:
    columns["cosine"] = similar.cosine
    columns["centred"] = similar.centred
    columns["rank low"] = np.log1p(np.minimum(similar.rank_a, similar.rank_b)).astype(np.float32)
    columns["rank high"] = np.log1p(np.maximum(similar.rank_a, similar.rank_b)).astype(np.float32)
    columns["lead low"] = np.minimum(similar.lead_a, similar.lead_b)
    columns["lead high"] = np.maximum(similar.lead_a, similar.lead_b)
    columns["around"] = similar.around
    columns["context"] = similar.context
    columns["context centred"] = similar.context_centred
    columns["accounts"] = similar.accounts


def _overlap_columns(columns: Columns, name: str, found: Overlap) -> None:
    shared, in_a, in_b, top = found
    small, large = np.minimum(in_a, in_b), np.maximum(in_a, in_b)
    columns[f"{name} shared"] = shared
    columns[f"{name} top"] = top
    columns[f"{name} of smaller"] = shared / np.maximum(small, 1e-3)
    columns[f"{name} of larger"] = shared / np.maximum(large, 1e-3)
    columns[f"{name} apart"] = small - shared


def _pair_columns(columns: Columns, table: Table, a: Ints, b: Ints) -> None:
    """What the single statements' own numbers say of the pair."""
    for name in ("length", "content", "position"):
        left, right = table.column(name)[a], table.column(name)[b]
        columns[f"{name} low"], columns[f"{name} high"] = np.minimum(left, right), np.maximum(left, right)
    columns["position apart"] = columns["position high"] - columns["position low"]
    columns["length ratio"] = columns["length low"] / np.maximum(columns["length high"], 1)
    for name in ("first", "own", "quoted", "negated", "denial", "hedged", "figured"):
        left, right = table.column(name)[a], table.column(name)[b]
        columns[f"{name} both"] = left * right
        columns[f"{name} one"] = np.abs(left - right)
    days = np.abs(table.day[table.account[a]] - table.day[table.account[b]])
    columns["days apart"] = np.log1p(np.nan_to_num(days, nan=0.0)).astype(np.float32)
    rows = np.diff(table.first)[table.account]
    columns["rows low"] = np.minimum(rows[a], rows[b]).astype(np.float32)
    columns["within"] = (table.account[a] == table.account[b]).astype(np.float32)
    columns["rows high"] = np.maximum(rows[a], rows[b]).astype(np.float32)
