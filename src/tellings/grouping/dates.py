"""Which dates of accounts to believe: a clock that is decades off tells nothing, so its account counts as undated."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from tellings.grouping.window import UNDATED

if TYPE_CHECKING:
    from numpy.typing import NDArray

FAR = 18_300
"""Days (fifty years) from the median day of what came last, beyond which a date is not believed."""
_LATEST = 501  # dates that the median is taken of
_EVERY = 50  # dates after which it is taken anew
_LEAST = 3  # dates: of two nobody can say which is wrong


class Clock:
    """The days that the accounts of a window say they are of, and about when the stream is."""

    def __init__(self, capacity: int) -> None:
        self._said = np.full(capacity, UNDATED, dtype=np.int32)
        self._latest: list[int] = []
        self._taken = 0
        self._about: float | None = None

    def believed(self, row: int, day: int | None) -> int | None:
        """The day of an account that comes now, None where it has none or none to be believed."""
        self._said[row] = UNDATED if day is None else day
        if day is None:
            return None
        self._latest.append(day)
        self._taken += 1
        if self._taken < _EVERY or self._taken % _EVERY == 0:
            self._latest = self._latest[-_LATEST:]
            self._about = median(self._latest) if self._taken >= _LEAST else None
        return day if self._about is None or abs(day - self._about) <= FAR else None

    def correct(self, days: NDArray[np.int32]) -> None:
        """Believe or doubt the days of the whole window by what is known now."""
        if self._about is None:
            return
        dated = self._said != UNDATED
        far = np.abs(self._said.astype(np.int64) - self._about) > FAR
        days[:] = np.where(dated & ~far, self._said, UNDATED)
