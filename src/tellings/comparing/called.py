"""Labels, and who is who across accounts, as people put them right."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from tellings.comparing.groups import Phrase
from tellings.comparing.labels import Use
from tellings.comparing.rulings import Rulings
from tellings.correcting.parting import parted
from tellings.records import Span


def corrected_labels(used: list[tuple[Use, ...]], rulings: Rulings) -> list[tuple[Use, ...]]:
    """The labels of each account with those that people set, and without those that they say are none."""
    if not rulings.labels:
        return used
    said: dict[int, set[Span]] = defaultdict(set)
    new: dict[int, list[Use]] = defaultdict(list)
    for one in rulings.labels:
        said[one.account].add(one.span)
        if one.kind is not None and one.entity is not None:
            new[one.account].append(Use(one.entity, one.span, one.kind))
    return [
        tuple(sorted([*(use for use in uses if use.span not in said[n]), *new[n]], key=lambda use: use.span))
        for n, uses in enumerate(used)
    ]


def corrected_people(group: tuple[int, ...], phrases: Sequence[Phrase], rulings: Rulings) -> tuple[int, ...]:
    """The group of each phrase, as `entities.join` numbers them, with entities put together and taken apart."""
    if not rulings.people:
        return group
    held: dict[tuple[int, int], list[int]] = defaultdict(list)
    for n, phrase in enumerate(phrases):
        held[phrase.account, phrase.entity].append(n)
    groups = [[n for local in those for n in held.get(local, ())] for those in rulings.people]
    home = parted(dict(enumerate(group)), groups, rulings.strangers, _Namesakes(phrases, held).side)
    return tuple(home[n] for n in range(len(group)))


class _Namesakes:
    """Which side an entity that nobody spoke of goes with: the one with its names, else the one told of most."""

    def __init__(self, phrases: Sequence[Phrase], held: dict[tuple[int, int], list[int]]) -> None:
        self._phrases, self._held = phrases, held

    def side(self, phrase: int, sides: Sequence[Sequence[int]]) -> int:
        one = self._phrases[phrase]
        own = self._names(self._held[one.account, one.entity])
        told = [self._names(side) for side in sides]
        return max(range(len(sides)), key=lambda n: ((own & told[n]).total(), len(sides[n]), -n))

    def _names(self, numbers: Sequence[int]) -> Counter[str]:
        return Counter(self._phrases[n].text.lower() for n in numbers if self._phrases[n].form == "name")
