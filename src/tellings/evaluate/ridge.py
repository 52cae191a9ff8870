"""A small linear classifier where one is needed to score numbers: ridge regression onto class columns, cross-validated.

Hoerl and Kennard 1970; in closed form by the eigenvectors of the standardized numbers' products, so one decomposition
serves every penalty and the same numbers give the same answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

PENALTIES = (30.0, 100.0, 300.0, 1e3, 3e3, 1e4, 3e4, 1e5)


@dataclass(frozen=True, slots=True)
class _Fit:
    """Standardized numbers turned into their eigenvectors' directions, ready for any penalty."""

    mean: Floats
    scale: Floats
    directions: Floats
    sizes: Floats
    products: Floats
    base: Floats

    def answers(self, values: Floats, penalty: float) -> Floats:
        """A value for each class (values x classes)."""
        turned = (values - self.mean) / self.scale @ self.directions
        return np.asarray(turned / (self.sizes + penalty) @ self.products + self.base)


def _fit(values: Floats, targets: Floats) -> _Fit:
    mean, spread = values.mean(axis=0), values.std(axis=0)
    scale = np.where(spread > 1e-9, spread, 1.0)
    plain = (values - mean) / scale
    sizes, directions = np.linalg.eigh(plain.T @ plain)
    base = targets.mean(axis=0)
    return _Fit(mean, scale, directions, np.maximum(sizes, 0.0), (plain @ directions).T @ (targets - base), base)


def predicted(values: Floats, targets: Floats, folds: Ints, penalties: Sequence[float] = PENALTIES) -> Floats:
    """For each row a value for each class, by what the other folds taught (rows x classes).

    `values` are rows x numbers, `targets` rows x classes with a one at the right class. The penalty of a fold is the
    one with which the other folds answer each other with the least squared error; of equal ones the greatest. A fold
    that stands alone is answered by its own classes' shares, for there is nothing to learn from.
    """
    answered = np.tile(targets.mean(axis=0), (len(values), 1))
    for fold in np.unique(folds):
        others = folds != fold
        if others.any():
            penalty = _penalty(values[others], targets[others], folds[others], penalties)
            answered[~others] = _fit(values[others], targets[others]).answers(values[~others], penalty)
    return answered


def _penalty(values: Floats, targets: Floats, folds: Ints, penalties: Sequence[float]) -> float:
    """The penalty with which the others answer each fold with the least squared error."""
    wrong = dict.fromkeys(sorted(penalties, reverse=True), 0.0)
    for fold in np.unique(folds):
        others = folds != fold
        if others.any():
            made = _fit(values[others], targets[others])
            for penalty in wrong:
                wrong[penalty] += float(((made.answers(values[~others], penalty) - targets[~others]) ** 2).sum())
    return min(wrong, key=lambda penalty: wrong[penalty])
