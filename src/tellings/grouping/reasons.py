"""Why two accounts count as of one event, in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tellings.grouping.features import FEATURES

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SHOWN = ("words", "vectors", "names", "places", "runs")


def because(found: NDArray[np.float32]) -> str:
    """What two accounts share by their features: likenesses from 0 to 1, and how far apart their days are."""
    seen = dict(zip(FEATURES, found.tolist(), strict=True))
    parts = [f"{name} {seen[name]:.2f}" for name in _SHOWN if seen[name] >= 0.005]
    if seen["undated"]:
        parts.append("undated")
    else:
        days = round(float(np.expm1(seen["days apart"])))
        parts.append("same day" if days == 0 else f"{days} {'day' if days == 1 else 'days'} apart")
    return ", ".join(parts)
