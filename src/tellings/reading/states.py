"""The scores of a whole text: each window's core, one after another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tellings.reading import labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tellings.reading.layout import Layout
    from tellings.reading.model import Model, Scores
    from tellings.reading.windows import Window


@dataclass(frozen=True, slots=True)
class States:
    """What the heads that look at a whole text see of its n pieces; shapes as in `model.Scores`."""

    labels: NDArray[np.float32]
    statements: NDArray[np.float32]
    dependents: NDArray[np.float32]
    governors: NDArray[np.float32]
    relation_dependents: NDArray[np.float32]
    relation_governors: NDArray[np.float32]
    anaphors: NDArray[np.float32]
    antecedents: NDArray[np.float32]
    middle: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text after the encoder's pass: its layout, its states, and the model whose small heads read them."""

    layout: Layout
    states: States
    model: Model


_LAYERS = tuple(States.__dataclass_fields__)


def states(scored: Sequence[tuple[Window, Scores]]) -> States:
    """The cores of all windows joined: one row a piece of the text."""
    cores = [(slice(w.core_first - w.first, w.core_last - w.first), s) for w, s in scored]
    if not cores:
        return States(np.zeros((0, labels.SCORES), np.float32), *(np.zeros((0, 2), np.float32) for _ in _LAYERS[1:]))
    return States(*(np.concatenate([getattr(s, name)[core] for core, s in cores]) for name in _LAYERS))
