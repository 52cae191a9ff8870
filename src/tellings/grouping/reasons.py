"""Why two accounts count as of one event, in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tellings.grouping.features import FEATURES, features

if TYPE_CHECKING:
    from tellings.grouping.window import Window

_SHOWN = ("words", "vectors", "names", "places", "runs")


def because(window: Window, row: int, other: int) -> str:
    """What two accounts share, as likenesses from 0 to 1, and how far apart their days are."""
    seen = dict(zip(FEATURES, features(window, row, np.array([other]))[0], strict=True))
    parts = [f"{name} {seen[name]:.2f}" for name in _SHOWN if seen[name] >= 0.005]
    if seen["undated"]:
        parts.append("undated")
    else:
        days = round(float(np.expm1(seen["days apart"])))
        parts.append("same day" if days == 0 else f"{days} {'day' if days == 1 else 'days'} apart")
    return ", ".join(parts)
