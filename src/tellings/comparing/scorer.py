"""How two statements of different accounts stand to each other: the one function behind which the pair score sits.

`score_pairs` gives each pair the probability that both tell the same thing and, if they do, how. A cascade: boosted
trees over the features of `features.py` settle the clear pairs, the pair model (`pair_model.py`) reads the doubtful
ones, and second trees weigh both together with what other pairs say (`consensus.py`). Trained on hand-labelled stories
(`training/claims`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from tellings.comparing.candidates import Candidates
from tellings.comparing.consensus import consensus
from tellings.comparing.features import best, features
from tellings.comparing.pair_model import PairModel
from tellings.comparing.pair_model import load as pair_models
from tellings.comparing.table import Table
from tellings.errors import ModelError
from tellings.records import RelationKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

KINDS: tuple[RelationKind, ...] = get_args(RelationKind)
WEIGHTS = "claims.npz"
_CHUNK = 1024
"""Pairs at a time: their features stay in the processor's cache."""
_AT_ONCE = 65_536
"""Pairs whose features are made at a time."""


@dataclass(frozen=True, slots=True)
class Sieve:
    """After so many trees a pair whose sum is below `least` is settled: it is unrelated."""

    trees: int
    least: float


@dataclass(frozen=True, slots=True)
class Trees:
    """Boosted trees: arrays of trees x nodes; a leaf's children are itself. `base` is the score before any tree."""

    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    left: NDArray[np.int16]
    right: NDArray[np.int16]
    value: NDArray[np.float32]
    depth: int
    base: float

    def scores(self, values: NDArray[np.float32], sieve: Sieve | None = None) -> NDArray[np.float64]:
        """The sum over trees for each row of feature values; minus infinity for rows that a sieve lets drop."""
        total = np.full(len(values), self.base)
        for start in range(0, len(values), _CHUNK):
            part = slice(start, start + _CHUNK)
            total[part] += self._sum(values[part], 0, sieve.trees if sieve else len(self.feature))
        if sieve:
            kept = np.flatnonzero(total >= sieve.least)
            dropped = total < sieve.least
            for start in range(0, len(kept), _CHUNK):
                rows = kept[start : start + _CHUNK]
                total[rows] += self._sum(values[rows], sieve.trees, len(self.feature))
            total[dropped] = -np.inf
        return total

    def _sum(self, values: NDArray[np.float32], first: int, last: int) -> NDArray[np.float64]:
        total = np.zeros(len(values))
        rows = np.arange(len(values))
        for n in range(first, last):
            node = np.zeros(len(values), dtype=np.int16)
            for _ in range(self.depth):
                low = values[rows, self.feature[n][node]] <= self.threshold[n][node]
                node = np.where(low, self.left[n][node], self.right[n][node])
            total += self.value[n][node]
        return total


@dataclass(frozen=True, slots=True)
class Cascade:
    """How the trees' log odds and the pair model's are weighed together, and the same for the logits of the kinds.

    Fitted, like the trees' own calibration, on stories that neither was trained on.
    """

    trees: float
    pair: float
    base: float
    kinds_trees: float
    kinds_pair: float


WORTH = 0.04
"""From this probability of the first trees on, a pair across accounts is looked at again,"""
MOST_ASKED = 8
"""And put to the pair model if it is among the likeliest so many of either statement."""
LIKELY = 0.05
"""From this probability on the kinds of relation are worth scoring."""


@dataclass(frozen=True, slots=True)
class Model:
    """The scorer's weights: feature names they were trained with, the trees with their sieve, and the calibration.

    `kinds` has one set of trees per KINDS; `calibration` is the slope and intercept of a logistic fit on stories not
    trained on (Platt 1999). `second` are the trees of the second look (see `second_values`) with theirs.
    """

    names: tuple[str, ...]
    same: Trees
    sieve: Sieve
    kinds: tuple[Trees, ...]
    calibration: tuple[float, float]
    cascade: Cascade
    second: Trees
    second_calibration: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Scores:
    """For each pair the probability that both tell the same thing, and of each of KINDS if they do (pairs x kinds)."""

    same: NDArray[np.float32]
    kinds: NDArray[np.float32]


def score_pairs(
    table: Table, pairs: Candidates, model: Model | None = None, pair_model: PairModel | None = None
) -> Scores:
    """Score candidate pairs of rows of the table; rounded to four places, so that equal pairs compare equal everywhere.

    A statement without word pieces (a reading made by hand) is never put to the pair model.

    Raises:
        ModelError: the shipped weights are missing or were made for features that are no more.

    """
    model = model or load()
    a, b = pairs.a, pairs.b
    odds, kept, values = _first_look(table, pairs, model)
    same = _sigmoid(odds)
    worth = np.flatnonzero((same >= WORTH) & (table.account[a] != table.account[b]))
    read = np.zeros((len(same), 1 + len(KINDS)), dtype=np.float32)
    asked = np.zeros(len(same), dtype=np.bool_)
    if len(worth):
        asked[worth[doubtful(table, a[worth], b[worth], same[worth])]] = True
        read[:, 0] = odds  # stands in where the pair model is not asked
        if asked.any():
            read[asked] = (pair_model or pair_models()).logits(
                table, a[asked], b[asked], odds[asked].astype(np.float32)
            )
        mixed = mixture(model.cascade, odds, read[:, 0], worth)
        seen = values[np.searchsorted(kept, worth)]
        again = model.second.scores(second_values(table, (a, b), worth, (odds, read[:, 0], mixed), seen))
        slope, intercept = model.second_calibration
        same[worth] = _sigmoid(slope * again + intercept)
    likely = same[kept] >= LIKELY
    kinds = _kinds(model, values[likely], len(same), kept[likely], (np.flatnonzero(asked), read[asked, 1:]))
    return Scores(same.round(4), kinds.round(4))


def _first_look(
    table: Table, pairs: Candidates, model: Model
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float32]]:
    """The first trees' log odds of all pairs, the numbers of those that may matter, and the features of these.

    Features are made of some pairs at a time: those of all the pairs of many accounts would fill the memory.
    """
    odds = np.zeros(len(pairs.a), dtype=np.float64)
    kept, values = [np.zeros(0, dtype=np.int64)], [np.zeros((0, len(model.names)), dtype=np.float32)]
    slope, intercept = model.calibration
    for start in range(0, len(odds), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        names, found = features(table, pairs.a[part], pairs.b[part], pairs.similar.chosen(part))
        if set(model.names) - set(names):
            raise ModelError(
                WEIGHTS, "the weights were made for other features", "train them anew with training/claims"
            )
        found = found[:, [names.index(name) for name in model.names]]
        odds[part] = slope * model.same.scores(found, model.sieve) + intercept
        matter = np.flatnonzero(_sigmoid(odds[part]) >= min(WORTH, LIKELY))
        kept.append(matter + start)
        values.append(found[matter])
    return odds, np.concatenate(kept), np.concatenate(values)


def doubtful(table: Table, a: NDArray[np.int64], b: NDArray[np.int64], same: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which of the pairs worth another look are put to the pair model, by the first trees' probabilities."""
    known = np.diff(table.pieces, axis=1)[:, 0] > 0
    asked: NDArray[np.bool_] = best(a, b, same, MOST_ASKED) & known[a] & known[b]
    return asked


def mixture(
    weights: Cascade, odds: NDArray[np.float64], read: NDArray[np.float32], worth: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Probabilities of all pairs: of those worth another look by trees and pair model, of the others by the trees."""
    mixed = _sigmoid(odds)
    mixed[worth] = _sigmoid(weights.trees * odds[worth] + weights.pair * read[worth] + weights.base)
    return mixed.round(4)


def second_values(
    table: Table,
    pairs: tuple[NDArray[np.int64], NDArray[np.int64]],
    worth: NDArray[np.int64],
    scored: tuple[NDArray[np.float64], NDArray[np.float32], NDArray[np.float32]],
    values: NDArray[np.float32],
) -> NDArray[np.float32]:
    """What the second trees see of the pairs `worth` a look (their numbers).

    `scored` are, for all pairs, the first trees' log odds, the pair model's, and the mixture's probabilities; then come
    what other pairs say (`consensus.NAMES`) and the features, `values` of the pairs worth a look.
    """
    odds, read, mixed = scored
    columns = [np.round(one[worth], 3).astype(np.float32)[:, None] for one in (odds, read, mixed)]
    return np.concatenate([*columns, consensus(table, pairs, mixed, worth), values], axis=1)


def _kinds(
    model: Model,
    values: NDArray[np.float32],
    count: int,
    likely: NDArray[np.int64],
    read: tuple[NDArray[np.int64], NDArray[np.float32]],
) -> NDArray[np.float32]:
    """The probabilities of KINDS (`count` x KINDS), all alike for pairs that are not likely.

    `values` are the features of the likely pairs; `read` the numbers of those the pair model was asked of, and its
    logits.
    """
    logits = np.zeros((count, len(KINDS)))
    logits[likely] = np.stack([trees.scores(values) for trees in model.kinds], axis=1)
    asked, said = read
    logits[asked] = model.cascade.kinds_trees * logits[asked] + model.cascade.kinds_pair * said
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)


def _sigmoid(values: NDArray[np.float64]) -> NDArray[np.float32]:
    return np.asarray(1 / (1 + np.exp(-np.maximum(values, -50.0))), dtype=np.float32)


def save(model: Model) -> dict[str, NDArray[np.generic]]:
    """The arrays of a model by name, as `numpy.savez_compressed` takes them and `load` finds them."""
    arrays: dict[str, NDArray[np.generic]] = {
        "names": np.array(model.names),
        "sieve": np.array([model.sieve.trees, model.sieve.least], dtype=np.float64),
        "calibration": np.array(model.calibration, dtype=np.float64),
        "cascade": np.array(astuple(model.cascade), dtype=np.float64),
        "second.calibration": np.array(model.second_calibration, dtype=np.float64),
    }
    for part, trees in zip(("same", "second", *KINDS), (model.same, model.second, *model.kinds), strict=True):
        arrays |= arrays_of(trees, part)
    return arrays


def arrays_of(trees: Trees, part: str) -> dict[str, NDArray[np.generic]]:
    """The arrays of some trees by names that begin with `part`."""
    arrays: dict[str, NDArray[np.generic]] = {
        f"{part}.{name}": getattr(trees, name) for name in ("feature", "threshold", "left", "right", "value")
    }
    return arrays | {f"{part}.shape": np.array([trees.depth, trees.base], dtype=np.float64)}


@cache
def load() -> Model:
    """The shipped model.

    Raises:
        ModelError: it is missing or damaged.

    """
    try:
        with (files("tellings.weights") / WEIGHTS).open("rb") as file, np.load(file) as arrays:
            return Model(
                tuple(str(name) for name in arrays["names"]),
                trees_of(arrays, "same"),
                Sieve(int(arrays["sieve"][0]), float(arrays["sieve"][1])),
                tuple(trees_of(arrays, kind) for kind in KINDS),
                (float(arrays["calibration"][0]), float(arrays["calibration"][1])),
                Cascade(*(float(weight) for weight in arrays["cascade"])),
                trees_of(arrays, "second"),
                (float(arrays["second.calibration"][0]), float(arrays["second.calibration"][1])),
            )
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(WEIGHTS, "the claim scorer's weights cannot be read", "install the package anew") from error


def trees_of(arrays: Mapping[str, NDArray[np.generic]], part: str) -> Trees:
    """The trees kept under a name by `arrays_of`."""
    depth, base = arrays[f"{part}.shape"].astype(np.float64)
    found: list[Any] = [arrays[f"{part}.{name}"] for name in ("feature", "threshold", "left", "right", "value")]
    return Trees(found[0], found[1], found[2], found[3], found[4], int(depth), float(base))
