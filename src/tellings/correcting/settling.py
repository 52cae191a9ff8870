"""Which of several corrections hold: the later ones first, each unless it contradicts those that hold already.

What is said of two pairs says something of a third (one, and one, so one; one, and another, so another), so the
contradiction of a chain is found, too. The order in which corrections are given does not matter.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

from tellings.correcting.records import GROUP, Correction, Node, Outcome, Placed

_T = TypeVar("_T", bound=Hashable)


def in_order(corrections: Iterable[Correction]) -> list[Correction]:
    """Each correction once, oldest first; one that is withdrawn anywhere is withdrawn."""
    known: dict[str, Correction] = {}
    for one in corrections:
        held = known.get(one.key)
        if held is None or (one.withdrawn and (held.withdrawn is None or one.withdrawn < held.withdrawn)):
            known[one.key] = one
    return sorted(known.values(), key=lambda one: (one.made, one.author, one.key))


def settled(placed: Iterable[Placed]) -> tuple[list[Placed], list[Outcome]]:
    """Those of some corrections that hold, oldest first, and what became of the others."""
    books = {"entity": Links(), "claim": Links()}
    said: dict[Hashable, tuple[Hashable, Placed]] = {}
    held: list[Placed] = []
    against: list[Outcome] = []
    for one in sorted(placed, key=lambda one: _age(one.correction), reverse=True):
        found = _stands_against(one, books, said)
        if found:
            against.append(_outcome(one.correction, found))
        else:
            held.append(one)
    return held[::-1], against[::-1]


def _age(one: Correction) -> tuple[str, str, str]:
    return one.made, one.author, one.key


def _stands_against(
    one: Placed, books: Mapping[str, Links], said: dict[Hashable, tuple[Hashable, Placed]]
) -> list[Correction]:
    """The corrections that hold and contradict this one; where there is none, it is taken among them."""
    group = GROUP[one.correction.kind]
    if group in books and one.other is not None:
        links = books[group]
        apart = one.correction.kind.startswith("different")
        found = links.between(one.at, one.other) if apart else links.against(one.at, one.other)
        if found:
            return found
        if one.correction.kind != "relation":
            links.add(one.at, one.other, one.correction, apart=apart)
            return []
    subject = (group, frozenset((one.at, one.other)) if group == "claim" else one.at)
    value, first = said.setdefault(subject, (_value(one), one))
    if value != _value(one):
        return [first.correction]
    if group == "claim" and one.other is not None:
        books["claim"].add(one.at, one.other, one.correction, apart=False)
    return []


def _value(one: Placed) -> Hashable:
    """What a correction says of its subject."""
    if one.correction.kind == "relation":
        return one.correction.value, one.at if one.correction.value == "narrower" else None
    return one.correction.value, one.other


def _outcome(one: Correction, found: list[Correction]) -> Outcome:
    keys = tuple(sorted(other.key for other in found))
    if len(found) > 1:
        why = f"what {', '.join(keys)} say together is against it"
        return Outcome(one, "contradicted", why, keys)
    if found[0].author == one.author:
        return Outcome(one, "superseded", f"{found[0].author} said otherwise later ({keys[0]})", keys)
    return Outcome(one, "overruled", f"{found[0].author} says otherwise, and later ({keys[0]})", keys)


class Links:
    """Things said to be one, and held apart, with the corrections that say so."""

    def __init__(self) -> None:
        self._near: dict[Node, dict[Node, Correction]] = defaultdict(dict)
        self._apart: dict[Node, dict[Node, Correction]] = defaultdict(dict)

    def add(self, a: Node, b: Node, said: Correction, *, apart: bool) -> None:
        """Take in that two things are one, or are not."""
        book = self._apart if apart else self._near
        book[a].setdefault(b, said)
        book[b].setdefault(a, said)

    def between(self, a: Node, b: Node) -> list[Correction]:
        """The corrections by which two things are one, none where they need not be."""
        came = self._reached(a)
        return _way(came, b) if b in came else []

    def against(self, a: Node, b: Node) -> list[Correction]:
        """The corrections that hold apart what two things are one with, none where they may be one."""
        first, second = self._reached(a), self._reached(b)
        for one in sorted(first):
            for other in sorted(self._apart.get(one, {})):
                if other in second:
                    return [self._apart[one][other], *_way(first, one), *_way(second, other)]
        return []

    def groups(self) -> tuple[tuple[Node, ...], ...]:
        """The things that are one, and each that is held apart from another, in their order."""
        seen: set[Node] = set()
        found = []
        for one in sorted({*self._near, *self._apart}):
            if one not in seen:
                reached = self._reached(one)
                seen |= set(reached)
                found.append(tuple(sorted(reached)))
        return tuple(found)

    def held_apart(self, groups: tuple[tuple[Node, ...], ...]) -> frozenset[tuple[int, int]]:
        """Numbers of groups that are not one, each pair both ways."""
        home = {one: n for n, group in enumerate(groups) for one in group}
        return frozenset((home[a], home[b]) for a, others in self._apart.items() for b in others)

    def _reached(self, start: Node) -> dict[Node, tuple[Node, Correction] | None]:
        """Everything that is one with a thing, with the step that led there."""
        came: dict[Node, tuple[Node, Correction] | None] = {start: None}
        waiting = deque([start])
        while waiting:
            one = waiting.popleft()
            for other, said in sorted(self._near.get(one, {}).items(), key=lambda item: item[0]):
                if other not in came:
                    came[other] = one, said
                    waiting.append(other)
        return came


def links(placed: Iterable[Placed], group: str) -> Links:
    """What some corrections that hold say of entities, or of claims."""
    found = Links()
    for one in placed:
        if GROUP[one.correction.kind] == group and one.other is not None:
            found.add(one.at, one.other, one.correction, apart=one.correction.kind.startswith("different"))
    return found


def _way(came: Mapping[Node, tuple[Node, Correction] | None], end: Node) -> list[Correction]:
    """The corrections on the way to a thing."""
    found: list[Correction] = []
    step = came[end]
    while step is not None:
        found.append(step[1])
        step = came[step[0]]
    return found
