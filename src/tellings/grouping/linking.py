"""Average-link clustering of a few accounts by the probability that two tell one event."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def average_link(likely: NDArray[np.float32], least: float) -> list[list[int]]:
    """Clusters of 0 ... n-1 by a symmetric matrix n x n, each sorted, in the order of their first.

    The two clusters whose pairs are likeliest in the mean are joined until the best mean is under `least`; of equal
    ones the first two. Memory n^2, time n^3 with a small constant: for a few hundred at most.
    """
    sums = likely.astype(np.float64)
    np.fill_diagonal(sums, -np.inf)
    sizes = np.ones(len(likely))
    members = [[n] for n in range(len(likely))]
    alive = np.ones(len(likely), dtype=bool)
    means = sums.copy()
    for _ in range(len(likely) - 1):
        at = int(np.argmax(means))
        one, other = divmod(at, len(likely))
        if round(float(means[one, other]), 6) < least:
            break
        one, other = min(one, other), max(one, other)
        sums[one] += sums[other]
        sums[:, one] = sums[one]
        sums[one, one] = -np.inf
        sizes[one] += sizes[other]
        members[one] += members[other]
        alive[other] = False
        means[other] = means[:, other] = sums[other] = sums[:, other] = -np.inf
        means[one] = np.where(alive, sums[one] / (sizes[one] * sizes), -np.inf)
        means[one, one] = -np.inf
        means[:, one] = means[one]
    return sorted(sorted(found) for n, found in enumerate(members) if alive[n])


class Sets:
    """Disjoint sets of numbers, joined two at a time; the least number stands for its set."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def find(self, one: int) -> int:
        """The number that stands for the set of this one."""
        while (above := self._above.setdefault(one, one)) != one:
            self._above[one] = self._above[above]
            one = self._above[one]
        return one

    def join(self, one: int, other: int) -> None:
        """Make one set of two."""
        one, other = sorted((self.find(one), self.find(other)))
        if one != other:
            self._above[other] = one

    def all(self) -> list[list[int]]:
        """The sets, each sorted, in the order of their first."""
        found: dict[int, list[int]] = {}
        for one in sorted(self._above):
            found.setdefault(self.find(one), []).append(one)
        return list(found.values())
