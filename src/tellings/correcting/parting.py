"""Things that a program put into classes, put together and taken apart as people say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeVar

_T = TypeVar("_T", bound=Hashable)

Near = Callable[[_T, Sequence[Sequence[_T]]], int]
"""Which of the sides of a class that is taken apart a thing goes with that nobody spoke of."""


def parted(
    classes: dict[_T, int], groups: Sequence[Sequence[_T]], apart: AbstractSet[tuple[int, int]], near: Near[_T]
) -> dict[_T, int]:
    """The new class of each thing, in the order of `classes`, numbered by first things.

    Classes that share a group of `groups` become one; then each class is cut into sides such that no two groups of one
    side are `apart` (pairs of numbers of groups, both ways); a group is never cut. No thing is in two groups.
    """
    joined = _joined(classes, groups)
    home = {thing: n for n, group in enumerate(groups) for thing in group if thing in classes}
    members: dict[int, list[_T]] = defaultdict(list)
    for thing, number in joined.items():
        members[number].append(thing)
    side: dict[_T, int] = {}
    for those in members.values():
        side.update(_sides(those, home, apart, near))
    numbers: dict[tuple[int, int], int] = {}
    return {thing: numbers.setdefault((joined[thing], side[thing]), len(numbers)) for thing in classes}


def _joined(classes: dict[_T, int], groups: Sequence[Sequence[_T]]) -> dict[_T, int]:
    first: dict[int, int] = {}

    def root(number: int) -> int:
        while (before := first.get(number, number)) != number:
            number = before
        return number

    for group in groups:
        roots = sorted({root(classes[thing]) for thing in group if thing in classes})
        for other in roots[1:]:
            first[other] = roots[0]
    return {thing: root(number) for thing, number in classes.items()}


def _sides(
    those: Sequence[_T], home: dict[_T, int], apart: AbstractSet[tuple[int, int]], near: Near[_T]
) -> dict[_T, int]:
    """The side of each thing of a class."""
    numbers = list(dict.fromkeys(home[thing] for thing in those if thing in home))
    disputed = sorted(n for n in numbers if any((n, m) in apart for m in numbers))
    sides: list[list[int]] = []
    for number in disputed:
        free = (side for side in sides if not any((number, other) in apart for other in side))
        found = next(free, None)
        if found is None:
            sides.append([number])
        else:
            found.append(number)
    if len(sides) < 2:
        return dict.fromkeys(those, 0)
    of_group = {number: n for n, side in enumerate(sides) for number in side}
    told = [[thing for thing in those if of_group.get(home.get(thing, -1)) == n] for n in range(len(sides))]
    found_side: dict[_T, int] = {thing: n for n, side in enumerate(told) for thing in side}
    for thing in those:
        if thing not in found_side:
            number = home.get(thing, -1)
            n = of_group[number] if number in of_group else near(thing, told)
            if number >= 0:
                of_group.setdefault(number, n)
            found_side[thing] = n
    return found_side
