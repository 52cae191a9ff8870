"""How two statements of different accounts stand to each other: the one function behind which the pair score sits.

`score_pairs` gives each pair the probability that both tell the same thing and, if they do, how: boosted trees over the
features of `features.py`, trained on hand-labelled stories (`training/claims`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from tellings.comparing.features import Near, features
from tellings.comparing.table import Table
from tellings.errors import ModelError
from tellings.records import RelationKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

KINDS: tuple[RelationKind, ...] = get_args(RelationKind)
WEIGHTS = "claims.npz"
_CHUNK = 1024
"""Pairs at a time: their features stay in the processor's cache."""


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
class Model:
    """The scorer's weights: feature names they were trained with, the trees with their sieve, and the calibration.

    `kinds` has one set of trees per KINDS; `calibration` is the slope and intercept of a logistic fit on stories not
    trained on (Platt 1999).
    """

    names: tuple[str, ...]
    same: Trees
    sieve: Sieve
    kinds: tuple[Trees, ...]
    calibration: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Scores:
    """For each pair the probability that both tell the same thing, and of each of KINDS if they do (pairs x kinds)."""

    same: NDArray[np.float32]
    kinds: NDArray[np.float32]


def score_pairs(
    table: Table, a: NDArray[np.int64], b: NDArray[np.int64], similar: Near, model: Model | None = None
) -> Scores:
    """Score pairs of rows of the table; rounded to four places, so that equal pairs compare equal everywhere.

    Raises:
        ModelError: the shipped weights are missing or were made for features that are no more.

    """
    model = model or load()
    names, values = features(table, a, b, similar)
    if set(model.names) - set(names):
        raise ModelError(WEIGHTS, "the weights were made for other features", "train them anew with training/claims")
    values = values[:, [names.index(name) for name in model.names]]
    slope, intercept = model.calibration
    same = _sigmoid(slope * model.same.scores(values, model.sieve) + intercept)
    likely = np.flatnonzero(same >= 0.05)
    kinds = np.full((len(a), len(KINDS)), 1 / len(KINDS), dtype=np.float32)
    if len(likely):
        logits = np.stack([trees.scores(values[likely]) for trees in model.kinds], axis=1)
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        kinds[likely] = powers / powers.sum(axis=1, keepdims=True)
    return Scores(same.round(4), kinds.round(4))


def _sigmoid(values: NDArray[np.float64]) -> NDArray[np.float32]:
    return np.asarray(1 / (1 + np.exp(-np.maximum(values, -50.0))), dtype=np.float32)


def save(model: Model) -> dict[str, NDArray[np.generic]]:
    """The arrays of a model by name, as `numpy.savez_compressed` takes them and `load` finds them."""
    arrays: dict[str, NDArray[np.generic]] = {
        "names": np.array(model.names),
        "sieve": np.array([model.sieve.trees, model.sieve.least], dtype=np.float64),
        "calibration": np.array(model.calibration, dtype=np.float64),
    }
    for part, trees in zip(("same", *KINDS), (model.same, *model.kinds), strict=True):
        for name in ("feature", "threshold", "left", "right", "value"):
            arrays[f"{part}.{name}"] = getattr(trees, name)
        arrays[f"{part}.shape"] = np.array([trees.depth, trees.base], dtype=np.float64)
    return arrays


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
                _trees(arrays, "same"),
                Sieve(int(arrays["sieve"][0]), float(arrays["sieve"][1])),
                tuple(_trees(arrays, kind) for kind in KINDS),
                (float(arrays["calibration"][0]), float(arrays["calibration"][1])),
            )
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(WEIGHTS, "the claim scorer's weights cannot be read", "install the package anew") from error


def _trees(arrays: dict[str, NDArray[np.generic]], part: str) -> Trees:
    depth, base = arrays[f"{part}.shape"].astype(np.float64)
    found: list[Any] = [arrays[f"{part}.{name}"] for name in ("feature", "threshold", "left", "right", "value")]
    return Trees(found[0], found[1], found[2], found[3], found[4], int(depth), float(base))
