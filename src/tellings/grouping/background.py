"""How many accounts of a general collection have a term: counts by hash, shipped; what a stream begins with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

BITS = 18
"""Terms are counted in 2^18 cells; two that share one count as one."""


@dataclass(frozen=True, slots=True)
class Background:
    """In how many of `accounts` accounts the terms of each cell stand (uint16, 2^18)."""

    accounts: int
    counts: NDArray[np.uint16]

    def rarity(self, terms: NDArray[np.uint32]) -> NDArray[np.float32]:
        """Inverse document frequency of each term."""
        counts = self.counts[cells(terms)].astype(np.float32)
        rarity: NDArray[np.float32] = np.log(np.float32(self.accounts + 1) / (counts + np.float32(0.5)))
        return rarity


def cells(terms: NDArray[np.uint32]) -> NDArray[np.int64]:
    """The cell in which each term is counted."""
    return (terms >> np.uint32(32 - BITS)).astype(np.int64)


@cache
def background() -> Background:
    """The counts that ship."""
    with files("tellings.weights").joinpath("grouping.npz").open("rb") as file:
        held = np.load(file)
        counts = np.zeros(1 << BITS, dtype=np.uint16)
        counts[held["cells"]] = held["counts"]
        return Background(int(held["accounts"]), counts)
