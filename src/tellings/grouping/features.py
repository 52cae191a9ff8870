"""What is seen of two accounts that may tell one event."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tellings.grouping.minhash import alike
from tellings.grouping.window import UNDATED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tellings.grouping.window import Window

FEATURES = (
    "words", "rarest words", "vectors", "names", "rarest name", "places",
    "days apart", "undated", "days told", "figures", "runs", "length",
)  # fmt: skip


def features(window: Window, row: int, others: NDArray[np.int64]) -> NDArray[np.float32]:
    """The features of one account with each of others: rows x len(FEATURES)."""
    found = np.zeros((len(others), len(FEATURES)), dtype=np.float32)
    found[:, 0], found[:, 1] = _words(window, row, others)
    mine = window.vectors[row].astype(np.float32) / 127
    found[:, 2] = window.vectors[others].astype(np.float32) @ mine / 127
    found[:, 3:6] = _names(window, row, others)
    day, days = int(window.day[row]), window.day[others].astype(np.int64)
    dated = (days != UNDATED) & (day != UNDATED)
    found[:, 6] = np.where(dated, np.log1p(np.abs(days - day).clip(0, 3650)), 0.0)
    found[:, 7] = ~dated
    found[:, 8] = _shared(window.days[row], window.days[others])
    found[:, 9] = _shared(window.figures[row], window.figures[others])
    found[:, 10] = alike(window.signs[row], window.signs[others])
    found[:, 11] = np.minimum(np.count_nonzero(window.terms[row]), np.count_nonzero(window.terms[others], axis=1)) / 96
    return found


def _words(window: Window, row: int, others: NDArray[np.int64]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The cosine of the words by count and rarity, and how rare the three rarest shared are together."""
    mine = window.terms[row]
    mine = mine[: np.count_nonzero(mine)]
    if not len(mine):
        return np.zeros(len(others), np.float32), np.zeros(len(others), np.float32)
    rarity = window.rarity(mine)
    my_worth = window.weights[row, : len(mine)] * rarity
    theirs = window.terms[others]
    at = np.searchsorted(mine, theirs).clip(max=len(mine) - 1)
    same = (mine[at] == theirs) & (theirs > 0)
    weights = window.weights[others].astype(np.float32)
    worth = weights * window.rarity(theirs)
    lengths = np.sqrt(np.einsum("ij,ij->i", worth, worth)) * np.sqrt(my_worth @ my_worth)
    dots = np.einsum("ij,ij->i", np.where(same, worth, 0), my_worth[at])
    rarest = np.where(same, rarity[at], 0)
    rarest.partition(rarest.shape[1] - 3, axis=1)
    return dots / np.maximum(lengths, 1e-6), rarest[:, -3:].sum(axis=1) / 10


def _names(window: Window, row: int, others: NDArray[np.int64]) -> NDArray[np.float32]:
    """By rarity: the cosine of names that are no places, how rare the rarest shared is, the cosine of places."""
    found = np.zeros((len(others), 3), dtype=np.float32)
    mine = window.names[row]
    mine = mine[mine > 0]
    if not len(mine):
        return found
    my_worth = window.rarity(mine)
    theirs = window.names[others]
    worth = window.rarity(theirs) * (theirs > 0)
    at = np.searchsorted(mine, theirs).clip(max=len(mine) - 1)
    shared = worth * (mine[at] == theirs)
    squares, worths = np.square(shared), np.square(worth)
    for column, place in ((0, 0), (2, 1)):
        of_kind, mine_of_kind = (theirs & 1) == place, (mine & 1) == place
        lengths = np.sqrt((worths * of_kind).sum(axis=1) * np.square(my_worth[mine_of_kind]).sum())
        found[:, column] = (squares * of_kind).sum(axis=1) / np.maximum(lengths, 1e-6)
    found[:, 1] = (shared * ((theirs & 1) == 0)).max(axis=1) / 10
    return found


def _shared(
    mine: NDArray[np.int32] | NDArray[np.uint32], theirs: NDArray[np.int32] | NDArray[np.uint32]
) -> NDArray[np.float32]:
    """How many of the numbers of the one stand in each of the others, at most three, in thirds."""
    mine = mine[mine != 0]
    if not len(mine):
        return np.zeros(len(theirs), dtype=np.float32)
    shared: NDArray[np.float32] = np.minimum((theirs[:, :, None] == mine).sum(axis=(1, 2)), 3).astype(np.float32) / 3
    return shared
