"""How likely two accounts tell one event: a small network over what is seen of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Scorer:
    """One hidden layer: weights (features x hidden), bias, and what the hidden units weigh (hidden), with its bias."""

    hidden: NDArray[np.float32]
    hidden_bias: NDArray[np.float32]
    out: NDArray[np.float32]
    out_bias: float

    def __call__(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """The probability for each row of features, rounded so that the last bits of a machine decide nothing.

        Worked out in 64 bits: how many rows are given together then changes nothing either.
        """
        inner = np.maximum(features.astype(np.float64) @ self.hidden + self.hidden_bias, 0)
        logits = inner @ self.out.astype(np.float64) + self.out_bias
        likely: NDArray[np.float32] = np.round(1 / (1 + np.exp(-logits.clip(-30, 30))), 4).astype(np.float32)
        return likely


@cache
def scorer() -> Scorer:
    """The network that ships."""
    with files("tellings.weights").joinpath("grouping.npz").open("rb") as file:
        held = np.load(file)
        return Scorer(held["hidden"], held["hidden_bias"], held["out"], float(held["out_bias"]))
