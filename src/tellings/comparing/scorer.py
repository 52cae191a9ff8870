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
_CHUNK = 8192


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

    def scores(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """The sum over trees for each row of feature values (float32)."""
        parts = [self._chunk(values[n : n + _CHUNK]) for n in range(0, len(values), _CHUNK)]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=np.float32)

    def _chunk(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        total = np.full(len(values), self.base, dtype=np.float64)
        rows = np.arange(len(values))
        for n in range(len(self.feature)):
            node = np.zeros(len(values), dtype=np.int16)
            for _ in range(self.depth):
                low = values[rows, self.feature[n][node]] <= self.threshold[n][node]
                node = np.where(low, self.left[n][node], self.right[n][node])
            total += self.value[n][node]
        return total.astype(np.float32)


@dataclass(frozen=True, slots=True)
class Model:
    """The scorer's weights: feature names they were trained with, the trees, and the calibration.

    `kinds` has one set of trees per KINDS; `calibration` is the slope and intercept of a logistic fit on stories not
    trained on (Platt 1999).
    """

    names: tuple[str, ...]
    same: Trees
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
    same = _sigmoid(slope * model.same.scores(values) + intercept)
    likely = np.flatnonzero(same >= 0.05)
    kinds = np.full((len(a), len(KINDS)), 1 / len(KINDS), dtype=np.float32)
    if len(likely):
        logits = np.stack([trees.scores(values[likely]) for trees in model.kinds], axis=1)
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        kinds[likely] = powers / powers.sum(axis=1, keepdims=True)
    return Scores(same.round(4), kinds.round(4))


def _sigmoid(values: NDArray[np.float32]) -> NDArray[np.float32]:
    out: NDArray[np.float32] = (1 / (1 + np.exp(-values.astype(np.float64)))).astype(np.float32)
    return out


def save(model: Model) -> dict[str, NDArray[np.generic]]:
    """The arrays of a model by name, as `numpy.savez_compressed` takes them and `load` finds them."""
    arrays: dict[str, NDArray[np.generic]] = {
        "names": np.array(model.names),
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
                tuple(_trees(arrays, kind) for kind in KINDS),
                (float(arrays["calibration"][0]), float(arrays["calibration"][1])),
            )
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(WEIGHTS, "the claim scorer's weights cannot be read", "install the package anew") from error


def _trees(arrays: dict[str, NDArray[np.generic]], part: str) -> Trees:
    depth, base = arrays[f"{part}.shape"].astype(np.float64)
    found: list[Any] = [arrays[f"{part}.{name}"] for name in ("feature", "threshold", "left", "right", "value")]
    return Trees(found[0], found[1], found[2], found[3], found[4], int(depth), float(base))
