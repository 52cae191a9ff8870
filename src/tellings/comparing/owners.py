"""Whose something is: "the Lind campaign", "Lind's campaign" and "his campaign"; countries by seat and government.

Two phrases mean one where they name the same owner and the same thing of his. A seat of government ("Paris") means the
country where it acts, the country is named in the story too, and no name of a person or body is the same word.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from tellings.comparing.countries import countries
from tellings.comparing.groups import FOREMOST, Group, Phrase, Unit, alone, together
from tellings.comparing.spellings import Key, key_of, known_as, suffix_of
from tellings.comparing.words import listed

GENERIC = listed(
    """man woman person people one other official officials source sources spokesman spokeswoman spokesperson group
    member members leader leaders country countries party state government administration company team family friend
    men women child children guy critic critics expert experts american americans lawmaker lawmakers voter voters
    agency office department nation side author reporter reporters colleague colleagues city town place area home
    """
)
"""Heads that mean another in every account, so that only more words could tell who is meant."""
DEFINITE = frozenset({"the", "this", "that"})
ANY = listed("a an any some another every no two three other his her their its my our")
"""Words before a phrase that do not mean the one whom everybody knows."""
_HIS = listed("his her its their our my")
_SOME = ANY - _HIS
_RULES = listed("government regime")
"""Words for who rules a country, which stand for it."""
_LANDS = listed("country nation")
_SIDES = listed("north south east west")
_OTHERS = listed(
    "own then new former next first last future late ex top senior other two three four five six seven eight nine ten"
)
"""Words before an owner that tell another of a kind, or a part of it; so does a figure."""
_NO_KINDS = listed("house street state city town avenue road")
"""Last words of names that do not say what is named (the White House is none, nor is each street "the street")."""
_LONGEST_OWNER = 5

Owned = tuple[int, str]
"""The number of an owner's group and what of his is meant."""


def states(groups: list[Group], phrases: Sequence[Phrase]) -> list[Group]:
    """Groups with seats of government, and sides of the compass ("the North"), put to the countries they mean."""
    home = _countries(groups)
    gone: set[int] = set()
    for group in groups:
        names = {" ".join(name) for name in group.names}
        (name,) = names if len(names) == 1 else ("",)
        side = [land for land in sorted(home) if name in _SIDES and land.split()[0] == name]
        of = side[0] if len(side) == 1 else countries().by_seat.get(name, "")
        if group.type == "PER" or of not in home or home[of] is group:
            continue
        for unit in group.units if side or _act(group, phrases) else ():
            home[of].take(unit)
            gone.add(id(group))
    return [group for group in groups if id(group) not in gone]


def _act(group: Group, phrases: Sequence[Phrase]) -> bool:
    return all(phrases[n].acts for unit in group.units for n in unit.phrases)


def _countries(groups: Iterable[Group]) -> dict[str, Group]:
    """The countries named, by their usual names."""
    found: dict[str, Group] = {}
    for group in groups:
        for name in sorted(group.names):
            known = known_as(name)
            usual = _USUAL.get(known)
            if group.type != "PER" and usual:
                found.setdefault(usual, group)
    return found


_USUAL = {frozenset(name.split()): name for name in countries().names}


def by_owner(
    units: Sequence[Unit], groups: Sequence[Group], phrases: Sequence[Phrase]
) -> tuple[list[Group], list[Unit]]:
    """Groups of units by owner and head, and the units left; a country's government goes to the country."""
    known = _Known(groups)
    owned: dict[Owned, list[Unit]] = defaultdict(list)
    left: list[Unit] = []
    for unit in units:
        found = known.owned(unit, phrases)
        if found is None:
            left.append(unit)
        elif found[1] in _RULES and found[0] in known.lands:
            groups[found[0]].take(unit)
        else:
            owned[found].append(unit)
    made: list[Group] = []
    things: dict[str, list[Group]] = defaultdict(list)
    for (_, thing), alike in owned.items():
        one, apart = _of_one(alike)
        made += [*one, *apart]
        if one and one[0].type != "PER":
            things[thing.split()[-1]] += one
    for group in groups:
        for head in sorted(_body_heads(group)):
            things[head].append(group)
    return made, [unit for unit in left if not _meant(unit, things, known, phrases)]


def _of_one(units: Sequence[Unit]) -> tuple[list[Group], list[Group]]:
    """One group of what an owner has one of; of persons, units of an account that tells several stay apart."""
    accounts = Counter(unit.place[0] for unit in units)
    single = [unit for unit in units if unit.type != "PER" or accounts[unit.place[0]] == 1]
    return [together(single)] if single else [], [alone(unit) for unit in units if unit not in single]


def _body_heads(group: Group) -> set[str]:
    """What a body with a name of several words is: "committee", "agency"; of a country, "country"."""
    if group.type == "PER":
        return set()
    if any(known_as(name) in _USUAL for name in group.names):
        return set(_LANDS)
    last = {(name[: name.index("of")] if "of" in name[1:] else name)[-1] for name in group.names if len(name) > 1}
    return {word for word in last if word.isalpha()} - _NO_KINDS


def _meant(unit: Unit, things: dict[str, list[Group]], known: _Known, phrases: Sequence[Phrase]) -> bool:
    """Put a unit of a definite phrase, or one with "his", to the thing of that head that its account tells of."""
    for said in known.said(unit, phrases):
        head = said[-1]
        his = said[0] in _HIS and head not in _LANDS
        if unit.type != "PER" and len(said) == 2 and (said[0] in DEFINITE or his):
            near = _told_most(things.get(head, []), unit.place[0])
            if near is not None:
                near.take(unit)
                return True
    return False


def _told_most(groups: Sequence[Group], account: int) -> Group | None:
    """The one group of an account, or else of the story; of several one told many times as often as each other."""
    counts = [sum(len(unit.phrases) for unit in group.units if unit.place[0] == account) for group in groups]
    if not any(counts):
        counts = [sum(len(unit.phrases) for unit in group.units) for group in groups]
    most = max(counts, default=0)
    return groups[counts.index(most)] if sum(count * FOREMOST > most for count in counts) == 1 else None


class _Known:
    """Groups by the words of their names, for finding owners."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self.lands: set[int] = set()
        self._by_name: dict[frozenset[str], list[int]] = defaultdict(list)
        for number, group in enumerate(groups):
            for words in sorted(_ways(group), key=sorted):
                self._by_name[words].append(number)
            if group.type != "PER" and any(known_as(name) in _USUAL for name in group.names):
                self.lands.add(number)
        self._groups = groups

    def said(self, unit: Unit, phrases: Sequence[Phrase]) -> list[list[str]]:
        """A unit's phrases without a name as words, the commonest first."""
        texts = Counter(phrases[n].text for n in unit.phrases if phrases[n].form == "nominal")
        ranked = sorted(texts, key=lambda text: (-texts[text], text))
        return [words for text in ranked if (words := _words(text))]

    def owned(self, unit: Unit, phrases: Sequence[Phrase]) -> Owned | None:
        """The owner that a unit's phrases tell, and what of his; None where they tell none, or "a" stands first."""
        for words in self.said(unit, phrases):
            if words[0] in _SOME:
                continue
            found = self._owner(words[:-1], unit.place[0])
            if found is not None:
                number, before, between = found
                others = [word for word in before if word in _OTHERS or word.isdigit()]
                return number, " ".join([*others, *between, words[-1]])
        return None

    def _owner(self, words: Sequence[str], account: int) -> tuple[int, Sequence[str], Sequence[str]] | None:
        """The name nearest to the end of some words, and the words before and after it."""
        for last in range(len(words), 0, -1):
            for first in range(max(0, last - _LONGEST_OWNER), last):
                numbers = self._named(tuple(words[first:last]))
                one = _told_most([self._groups[n] for n in numbers], account)
                if one is not None:
                    return next(n for n in numbers if self._groups[n] is one), words[:first], words[last:]
        return None

    def _named(self, words: Key) -> list[int]:
        land = countries().by_adjective.get(" ".join(words))
        known = frozenset(land.split()) if land else known_as(words)
        return self._by_name.get(known, [])


def _words(text: str) -> list[str]:
    """A phrase's words with the article before them kept: whether it is definite hangs on that."""
    first = text.split(maxsplit=1)[0].lower() if text.split() else ""
    key = list(key_of(text))
    return [first, *key] if first == "the" and key and key[0] != "the" else key


def _ways(group: Group) -> set[frozenset[str]]:
    """Word sets by which an owner is named: a body's known words; a person's full names, surnames and bare names."""
    if group.type != "PER":
        return {known_as(name) for name in group.names}
    bare = [suffix_of(name)[0] for name in group.names]
    titles = {title.split()[-1] for title in group.titles} - GENERIC
    return (
        {frozenset(name) for name in bare} | {frozenset(name[-1:]) for name in bare} | {frozenset({t}) for t in titles}
    )
