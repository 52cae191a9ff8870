"""Groups of items out of scored pairs, such that no two items of a group were held apart by the scorer.

Agglomeration by average link under a complete-link condition: two groups are joined, the best pair of groups first,
while the mean score over their pairs is high enough and no single pair of them is below the floor. The strong pairs
that this partition leaves apart are then grouped once more among themselves, so that an item that tells two things
can stand in two groups, and no pair is told twice. The result rests on scores and item numbers alone.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations

Pair = tuple[int, int]
Scores = Mapping[Pair, float]


def groups(scores: Scores, join: float, apart: float, again: float) -> list[tuple[int, ...]]:
    """Groups of at least two items, each sorted, in the order of their items.

    Args:
        scores: score of each scored pair (a, b), a < b; a pair that is missing counts as 0, held apart.
        join: the mean score two groups need to be joined.
        apart: a pair that scores less than this never stands in one group.
        again: a pair left over by the partition that scores at least this is grouped in a further round.

    """
    found: set[tuple[int, ...]] = set()
    left = {pair: score for pair, score in scores.items() if score >= join}
    while left:
        made = _partition(left, scores if not found else left, join, apart)
        found.update(made)
        covered = {pair for group in made for pair in combinations(group, 2)}
        left = {pair: score for pair, score in left.items() if pair not in covered and score >= again}
        if not made:
            break
    return sorted(_maximal(found))


def partition(scores: Scores, join: float, apart: float) -> list[tuple[int, ...]]:
    """Groups of at least two items such that every item stands in one at most; as `groups`, but for the last rounds."""
    return sorted(_partition({pair: score for pair, score in scores.items() if score >= join}, scores, join, apart))


def _maximal(found: set[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Groups that are no part of another."""
    holders: dict[int, list[frozenset[int]]] = defaultdict(list)
    kept = []
    for group in sorted(found, key=lambda one: (-len(one), one)):
        members = frozenset(group)
        if not any(members <= other for other in holders[group[0]]):
            kept.append(group)
            for item in group:
                holders[item].append(members)
    return kept


def _partition(edges: Scores, scores: Scores, join: float, apart: float) -> list[tuple[int, ...]]:
    """One partition of the items of `edges`: groups of two or more."""
    members: dict[int, tuple[int, ...]] = {item: (item,) for pair in edges for item in pair}
    near: dict[int, set[int]] = defaultdict(set)
    heap: list[tuple[float, int, int]] = []
    for (a, b), score in edges.items():
        near[a].add(b)
        near[b].add(a)
        heapq.heappush(heap, (-score, a, b))
    following = max(members, default=0) + 1
    while heap:
        _, a, b = heapq.heappop(heap)
        if a not in members or b not in members:
            continue
        joined = tuple(sorted(members.pop(a) + members.pop(b)))
        rivals = (near.pop(a) | near.pop(b)) & members.keys()
        members[following] = joined
        for rival in sorted(rivals):
            mean = _link(joined, members[rival], scores, apart)
            if mean >= join:
                near[following].add(rival)
                near[rival].add(following)
                heapq.heappush(heap, (-round(mean, 6), rival, following))
        following += 1
    return [group for group in members.values() if len(group) > 1]


def _link(one: Iterable[int], other: tuple[int, ...], scores: Scores, apart: float) -> float:
    """The mean score over the pairs of two groups, -1 where any pair is held apart."""
    total, count = 0.0, 0
    for a in one:
        for b in other:
            score = scores.get((a, b) if a < b else (b, a), 0.0)
            if score < apart:
                return -1.0
            total += score
            count += 1
    return total / max(1, count)
