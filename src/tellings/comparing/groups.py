"""What the joining of entities works on: phrases, one account's units of them, and groups of units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from tellings.comparing.spellings import Key
from tellings.records import MentionForm, MentionType

FOREMOST = 4
"""So many times as often as each other of his surname, or title, must somebody be named to be meant by it alone."""


class Phrase(NamedTuple):
    """One mention as the joining sees it.

    `account` and `entity` number its account and what that account's reader takes it to mean; `titles` are the phrases
    that stand before a name, or beside it, in lower case and up to their heads ("former mayor"). A nominal's text runs
    to its head. `acts` says that what is meant does something in its account: only then can "Paris" mean France.
    """

    account: int
    entity: int
    text: str
    form: MentionForm
    type: MentionType
    titles: frozenset[str] = frozenset()
    acts: bool = True


Local: TypeAlias = tuple[int, int, int]
"""What one account's reader takes for one: account, entity, and a number where its names are of several."""


@dataclass(slots=True)
class Unit:
    """A local entity: its phrases by number, its names, and the titles that stand before them."""

    place: Local
    type: MentionType
    phrases: list[int] = field(default_factory=list)
    names: dict[Key, int] = field(default_factory=dict)
    titles: set[str] = field(default_factory=set)

    @property
    def fullest(self) -> Key:
        """The name of most words, of these the longest."""
        return max(self.names, key=lambda key: (len(key), len(" ".join(key)), key))


@dataclass(slots=True)
class Group:
    """Units taken for one."""

    type: MentionType
    units: list[Unit] = field(default_factory=list)
    names: set[Key] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)

    def take(self, unit: Unit) -> None:
        """Take a unit in, with its names and titles."""
        self.units.append(unit)
        self.names |= set(unit.names)
        self.titles |= unit.titles


class Index:
    """Groups by the words that a unit must share with one to be of it."""

    def __init__(self) -> None:
        self.groups: list[Group] = []
        self._by_word: dict[str, dict[int, Group]] = defaultdict(dict)

    def near(self, words: Iterable[str]) -> list[Group]:
        """Groups that have one of the words, each once."""
        found = {key: group for word in sorted(words) for key, group in self._by_word.get(word, {}).items()}
        return list(found.values())

    def put(self, unit: Unit, words: set[str], fits: Callable[[Unit, Group], bool], ends: Iterable[str] = ()) -> None:
        """Into the one group that fits, the one with its very name before others; else into one of its own.

        The group is found again by `words`, and by `ends`.
        """
        found = [group for group in self.near(words) if fits(unit, group)]
        exact = [group for group in found if unit.fullest in group.names]
        one = exact if len(exact) == 1 else found if len(found) == 1 else []
        group = one[0] if one else Group(unit.type)
        group.take(unit)
        if not one:
            self.groups.append(group)
        for word in sorted(words.union(ends)):
            self._by_word[word].setdefault(id(group), group)


def alone(unit: Unit) -> Group:
    """A group of one unit."""
    group = Group(unit.type)
    group.take(unit)
    return group


def together(units: Iterable[Unit]) -> Group:
    """One group of units, one at least."""
    first, *others = units
    group = alone(first)
    for unit in others:
        group.take(unit)
    return group


def words(titles: Iterable[str]) -> frozenset[str]:
    """The words of titles."""
    return frozenset(word for title in titles for word in title.split())


def foremost(owners: list[Group], account: int) -> list[Group]:
    """The one of several whom an account names many times as often as each other; where it names none, the story."""
    if len(owners) < 2:
        return owners
    counts = [sum(sum(u.names.values()) for u in group.units if u.place[0] == account) for group in owners]
    if not any(counts):
        counts = [sum(sum(u.names.values()) for u in group.units) for group in owners]
    most = max(counts)
    return [owners[counts.index(most)]] if sum(count * FOREMOST > most for count in counts) == 1 else owners
