"""Which part of the later version each part of the earlier one became.

First by the same words in the same order, then by words shared: nearby, among what stands between the same neighbours,
or anywhere where rare words are shared. Each step is linear in the number of parts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict, deque
from typing import TYPE_CHECKING

from tellings.comparing.words import STOP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tellings.diffing.units import Unit

_NEAR, _FAR = 0.4, 0.6
"""The least share of words (Dice, function words at a quarter) by which parts are versions of one: between the same
neighbours, and anywhere. Set by hand: "Nine people were hurt" and "Twelve people were hurt" share .7, two sentences
of one news text rarely .5."""
_STOP_WEIGHT = 0.25
_RARE = 8
"""A word that more parts than this have leads to no candidates."""
_ROUNDS = 2
"""The pairs found in one round are neighbours in the next."""
_MOST_NEAR = 12
"""So many parts on either side are tried between two neighbours."""


def paired(before: Sequence[Unit], after: Sequence[Unit]) -> dict[int, int]:
    """For each part of the earlier version that the later one has, kept or altered, its number there."""
    found = _same(before, after)
    for _ in range(_ROUNDS):
        _pair_alike(before, after, found)
    return found


def _pair_alike(before: Sequence[Unit], after: Sequence[Unit], found: dict[int, int]) -> None:
    """Add pairs of parts with words in common, the likest first."""
    anchors = in_order(found)
    taken = set(found.values())
    scored = []
    for a, b in _candidates(before, after, found, taken, anchors):
        near = _between(anchors, a) == _between_after(anchors, b)
        likeness = alike(before[a], after[b])
        if likeness >= (_NEAR if near else _FAR):
            scored.append((-likeness - 0.1 * near, abs(a - b), a, b))
    for _, _, a, b in sorted(scored):
        if a not in found and b not in taken:
            found[a] = b
            taken.add(b)


def alike(one: Unit, other: Unit) -> float:
    """The share of two parts' words that both have, by stems (Dice 1945), function words counting a quarter."""
    mine, its = (Counter(word.stem for word in unit.words) for unit in (one, other))
    both = sum(_weight(stem) * count for stem, count in (mine & its).items())
    total = sum(_weight(stem) * count for stem, count in (mine + its).items())
    return 2 * both / total if total else 0.0


def in_order(pairs: dict[int, int], weights: dict[int, float] | None = None) -> list[tuple[int, int]]:
    """The pairs of most weight that stand in the same order in both: the heaviest increasing run (Fredman 1975).

    `weights` are by the first of a pair, 1 where none are given; of two runs as heavy that which ends earlier is taken.
    """
    if not pairs:
        return []
    rank = {b: number for number, b in enumerate(sorted(pairs.values()), 1)}
    best: list[tuple[float, int]] = [(0.0, -1)] * (len(rank) + 1)  # a Fenwick tree of the heaviest run up to each rank
    came: dict[int, int] = {}
    for a in sorted(pairs):
        at = rank[pairs[a]]
        weight, came[a] = _heaviest(best, at - 1)
        weight += 1.0 if weights is None else weights[a]
        while at < len(best):
            if weight > best[at][0]:
                best[at] = weight, a
            at += at & -at
    chain = []
    last = _heaviest(best, len(rank))[1]
    while last >= 0:
        chain.append((last, pairs[last]))
        last = came[last]
    return chain[::-1]


def _heaviest(best: Sequence[tuple[float, int]], at: int) -> tuple[float, int]:
    found = 0.0, -1
    while at > 0:
        if best[at][0] > found[0]:
            found = best[at]
        at -= at & -at
    return found


def _weight(stem: str) -> float:
    return _STOP_WEIGHT if stem in STOP else 1.0


def _same(before: Sequence[Unit], after: Sequence[Unit]) -> dict[int, int]:
    """Parts with the very same text, then with the same words; of several alike the first goes with the first."""
    found: dict[int, int] = {}
    taken: set[int] = set()
    for key in (_text, _keys):
        places: dict[object, deque[int]] = defaultdict(deque)
        for b, unit in enumerate(after):
            if b not in taken:
                places[key(unit)].append(b)
        for a, unit in enumerate(before):
            if a not in found and places.get(key(unit)):
                found[a] = places[key(unit)].popleft()
                taken.add(found[a])
    return found


def _text(unit: Unit) -> str:
    return unit.text


def _keys(unit: Unit) -> tuple[str, ...]:
    return unit.keys


def _candidates(
    before: Sequence[Unit],
    after: Sequence[Unit],
    found: dict[int, int],
    taken: set[int],
    anchors: Sequence[tuple[int, int]],
) -> Iterator[tuple[int, int]]:
    """Pairs of parts not yet paired that are worth a look, each once."""
    left = [b for b in range(len(after)) if b not in taken]
    rare = _rare(after, left)
    for a, unit in enumerate(before):
        if a in found:
            continue
        near = _near(before, left, anchors, a)
        shared = (b for stem in {word.stem for word in unit.words} for b in rare.get(stem, ()))
        yield from ((a, b) for b in sorted({*near, *shared}))


def _rare(after: Sequence[Unit], left: Iterable[int]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for b in left:
        for stem in {word.stem for word in after[b].words} - STOP:
            places[stem].append(b)
    return {stem: numbers for stem, numbers in places.items() if len(numbers) <= _RARE}


def _near(before: Sequence[Unit], left: Sequence[int], anchors: Sequence[tuple[int, int]], a: int) -> Sequence[int]:
    """The later version's unpaired parts between the same neighbours, nearest by their place among these."""
    number = _between(anchors, a)
    first = anchors[number - 1] if number else (-1, -1)
    end = anchors[number][1] if number < len(anchors) else (left[-1] + 1 if left else 0)
    low, high = bisect_right(left, first[1]), bisect_left(left, end)
    stop = anchors[number][0] if number < len(anchors) else len(before)
    share = (a - first[0]) / (stop - first[0])
    middle = low + int(share * (high - low))
    return left[max(low, middle - _MOST_NEAR) : min(high, middle + _MOST_NEAR)]


def _between(anchors: Sequence[tuple[int, int]], a: int) -> int:
    return bisect_left(anchors, (a, -1))


def _between_after(anchors: Sequence[tuple[int, int]], b: int) -> int:
    return bisect_left(anchors, b, key=lambda pair: pair[1])
