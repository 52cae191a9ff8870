"""Who is who across accounts: phrases that name or mean somebody, put into groups that mean the same.

Only names and what stands before them decide, never how often two are told together: a wrong join puts one person's
labels on another, which is worse than two groups for one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from tellings.comparing.nicknames import same_first
from tellings.comparing.spellings import Key, key_of, known_as, shortened, suffix_of
from tellings.comparing.words import listed
from tellings.records import MentionForm, MentionType

_GENERIC = listed(
    """man woman person people one other official officials source sources spokesman spokeswoman spokesperson group
    member members leader leaders country countries party state government administration company team family friend
    men women child children guy critic critics expert experts american americans lawmaker lawmakers voter voters
    agency office department nation side author reporter reporters colleague colleagues city town place area home
    """
)
"""Heads that mean another in every account, so that only more words could tell who is meant."""
_DEFINITE = frozenset({"the", "this", "that"})
_ANY = listed("a an any some another every no two three other his her their its my our")
"""Words before a phrase that do not mean the one whom everybody knows."""


_FOREMOST = 4
"""So many times as often as each other of his surname, or title, must somebody be named to be meant by it alone."""


class Phrase(NamedTuple):
    """One mention as the joining sees it.

    `account` and `entity` number its account and what that account's reader takes it to mean; `titles` are the phrases
    that stand before a name, or beside it, in lower case and up to their heads ("former mayor"). A nominal's text runs
    to its head.
    """

    account: int
    entity: int
    text: str
    form: MentionForm
    type: MentionType
    titles: frozenset[str] = frozenset()


Local: TypeAlias = tuple[int, int, int]
"""What one account's reader takes for one: account, entity, and a number where its names are of several."""


@dataclass(slots=True)
class _Unit:
    """A local entity: its phrases by number, its names, and the titles that stand before them."""

    place: Local
    type: MentionType
    phrases: list[int] = field(default_factory=list)
    names: dict[Key, int] = field(default_factory=dict)
    titles: set[str] = field(default_factory=set)

    @property
    def fullest(self) -> Key:
        return max(self.names, key=lambda key: (len(key), len(" ".join(key)), key))


@dataclass(slots=True)
class _Group:
    """Units taken for one."""

    type: MentionType
    units: list[_Unit] = field(default_factory=list)
    names: set[Key] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)

    def take(self, unit: _Unit) -> None:
        self.units.append(unit)
        self.names |= set(unit.names)
        self.titles |= unit.titles


class _Index:
    """Groups by the words that a unit must share with one to be of it."""

    def __init__(self) -> None:
        self.groups: list[_Group] = []
        self._by_word: dict[str, dict[int, _Group]] = defaultdict(dict)

    def near(self, words: Iterable[str]) -> list[_Group]:
        """Groups that have one of the words, each once."""
        found = {key: group for word in sorted(words) for key, group in self._by_word.get(word, {}).items()}
        return list(found.values())

    def put(
        self, unit: _Unit, words: set[str], fits: Callable[[_Unit, _Group], bool], ends: Iterable[str] = ()
    ) -> None:
        """Into the one group that fits, the one with its very name before others; else into one of its own.

        The group is found again by `words`, and by `ends`.
        """
        found = [group for group in self.near(words) if fits(unit, group)]
        exact = [group for group in found if unit.fullest in group.names]
        one = exact if len(exact) == 1 else found if len(found) == 1 else []
        group = one[0] if one else _Group(unit.type)
        group.take(unit)
        if not one:
            self.groups.append(group)
        for word in sorted(words.union(ends)):
            self._by_word[word].setdefault(id(group), group)


def join(phrases: Sequence[Phrase]) -> tuple[int, ...]:
    """The group of each phrase, numbered by their first phrases; what is joined does not hang on the phrases' order.

    Names decide first: a person's group holds no two full names that differ; a bare surname goes to the one person
    who has it, of several to whom its title or by far the most mentions point, else to nobody. Bodies are one by the
    same words in any order, by an acronym, or by a fuller form. Then phrases without a name: by a title that one person
    has ("the mayor"), or by the same head where each account has but one such ("the gunman").
    """
    units = _units(phrases)
    named = [unit for unit in units if unit.names]
    groups = _persons([u for u in named if u.type == "PER"]) + _bodies([u for u in named if u.type != "PER"])
    groups = _across_types(groups)
    groups += _nameless([unit for unit in units if not unit.names], groups, phrases)
    home = {n: g for g, group in enumerate(groups) for unit in group.units for n in unit.phrases}
    number: dict[int, int] = {}
    return tuple(number.setdefault(home[n], len(number)) for n in range(len(phrases)))


# ---------------------------------------------------------------- one account


def _units(phrases: Sequence[Phrase]) -> list[_Unit]:
    """Each account's entities; one whose names cannot be one person's is taken apart, phrases to the commonest."""
    entities: dict[tuple[int, int], list[int]] = defaultdict(list)
    for n, phrase in enumerate(phrases):
        entities[phrase.account, phrase.entity].append(n)
    units: list[_Unit] = []
    for (account, entity), numbers in entities.items():
        units += _parted(account, entity, numbers, phrases)
    return sorted(units, key=lambda unit: (_rank(unit), unit.place))


def _rank(unit: _Unit) -> tuple[int, int, int, Key]:
    """Fuller names first, so that shorter ones find them; among them those told more."""
    if not unit.names:
        return 0, 0, -len(unit.phrases), ()
    return -len(unit.fullest), -len(" ".join(unit.fullest)), -sum(unit.names.values()), unit.fullest


def _parted(account: int, entity: int, numbers: Sequence[int], phrases: Sequence[Phrase]) -> list[_Unit]:
    names: dict[Key, list[int]] = defaultdict(list)
    for n in numbers:
        key = key_of(phrases[n].text) if phrases[n].form == "name" else ()
        if key:
            names[key].append(n)
    typed = [n for held in names.values() for n in held] or numbers
    kind = Counter(phrases[n].type for n in typed).most_common(1)[0][0]
    units: list[_Unit] = []
    for key in sorted(names, key=lambda key: (-len(key), -len(names[key]), key)):
        fits = [unit for unit in units if all(_fits(kind, key, other) for other in unit.names)]
        unit = fits[0] if fits else _Unit((account, entity, len(units)), kind)
        if not fits:
            units.append(unit)
        unit.names[key] = len(names[key])
        unit.phrases += names[key]
        unit.titles |= set().union(*(phrases[n].titles for n in names[key]))
    units = units or [_Unit((account, entity, 0), kind)]
    main = max(units, key=lambda unit: (len(unit.phrases), -unit.place[2]))
    main.phrases += [n for n in numbers if not (phrases[n].form == "name" and key_of(phrases[n].text))]
    return units


def _fits(kind: MentionType, one: Key, other: Key) -> bool:
    """Whether two names that an account's reader takes for one can be: no two full names that differ, no other word."""
    if kind != "PER" or one == other:
        return True
    if min(len(one), len(other)) > 1:
        return same_person(one, other)
    (word,), full = sorted((one, other), key=len)
    return len(full) > 1 and any(same_first(word, part) for part in full)


# ---------------------------------------------------------------- persons


def same_person(one: Key, other: Key) -> bool:
    """Whether two names of two words or more can be one person's.

    The same surname with first names that fit (equal, an initial, a short form), or all words of one in the other in
    their order; "jr" and "sr" tell apart.
    """
    (one, left), (other, right) = suffix_of(one), suffix_of(other)
    if left and right and left != right:
        return False
    if bool(left) != bool(right) and (left or right) == "jr":
        return False  # the father's name is the son's too
    if one == other:
        return True
    if one[-1] == other[-1]:
        return same_first(one[0], other[0]) and _middles_fit(one[1:-1], other[1:-1])
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= 2 and len(longer) > len(shorter) and _in_order(shorter, longer)


def _middles_fit(one: Key, other: Key) -> bool:
    return not one or not other or one[0][0] == other[0][0]


def _in_order(shorter: Key, longer: Key) -> bool:
    rest = iter(longer)
    return shorter[0] == longer[0] and all(word in rest for word in shorter)


def _persons(units: Sequence[_Unit]) -> list[_Group]:
    """Full names first, then bare ones."""
    people = _Index()
    for unit in (u for u in units if len(u.fullest) > 1):
        full = [name for name in unit.names if len(name) > 1]
        ends = {word for name in full for word in _ends(name)}
        people.put(unit, {pair for name in full for pair in _pairs(name)}, _full_names_fit, ends)
    alone = _Index()
    for unit in sorted(_told_together(units), key=lambda unit: not unit.titles):  # a title shows whom the others mean
        owners = _owners(unit, people)
        if len(owners) > 1:
            owners = [group for group in owners if _words(group.titles) & _words(unit.titles)] or owners
            owners = _foremost(owners, unit.place[0])
        if len(owners) > 1:
            alone.groups.append(_alone(unit))
        elif owners:
            owners[0].take(unit)
        else:
            alone.put(unit, set(unit.fullest), lambda unit, group: unit.fullest in group.names)
    return people.groups + alone.groups


def _told_together(units: Sequence[_Unit]) -> list[_Unit]:
    """Units of a bare name alone, those of one account and name made one: it has one whom it calls so."""
    made: dict[tuple[int, Key], _Unit] = {}
    for unit in (u for u in units if len(u.fullest) == 1):
        held = made.setdefault((unit.place[0], unit.fullest), unit)
        if held is not unit:
            held.phrases += unit.phrases
            held.titles |= unit.titles
            for name, count in unit.names.items():
                held.names[name] = held.names.get(name, 0) + count
    return list(made.values())


def _pairs(name: Key) -> list[str]:
    """What two names of one person share one of: the surname, or the first name with another."""
    first, last = _ends(name)
    return [f"… {last}", *(f"{first} {word}" for word in name[1:])]


def _ends(name: Key) -> tuple[str, str]:
    bare, _ = suffix_of(name)
    return bare[0], bare[-1]


def _full_names_fit(unit: _Unit, group: _Group) -> bool:
    full = [name for name in group.names if len(name) > 1]
    return all(same_person(one, other) for one in unit.names if len(one) > 1 for other in full)


def _owners(unit: _Unit, people: _Index) -> list[_Group]:
    """Whose surname a bare name is; where it is nobody's, whose first name, or a name that he is given alone."""
    word = unit.fullest[0]
    near = people.near({word})
    for place in (1, 0):
        owners = [g for g in near if any(_ends(name)[place] == word for name in g.names if len(name) > 1)]
        fathers = [g for g in owners if not any(suffix_of(name)[1] == "jr" for name in g.names)]
        if owners:
            return fathers or owners
    return []


def _alone(unit: _Unit) -> _Group:
    group = _Group(unit.type)
    group.take(unit)
    return group


# ---------------------------------------------------------------- bodies and places


def _bodies(units: Sequence[_Unit]) -> list[_Group]:
    bodies = _Index()
    for unit in units:
        bodies.put(unit, {_known(name) for name in unit.names}, _one_body)
    longer: dict[str, list[_Group]] = defaultdict(list)
    for group in bodies.groups:
        for short in sorted({one for name in group.names for one in shortened(name)}):
            longer[short].append(group)
    gone: set[int] = set()
    for group in bodies.groups:
        owners = [g for g in longer[" ".join(group.units[0].fullest)] if g is not group and id(g) not in gone]
        if len(owners) == 1 and len(group.names) == 1:
            for unit in group.units:
                owners[0].take(unit)
            gone.add(id(group))
    return [group for group in bodies.groups if id(group) not in gone]


def _known(name: Key) -> str:
    return " ".join(sorted(known_as(name)))


def _one_body(unit: _Unit, group: _Group) -> bool:
    return any(known_as(one) == known_as(other) for one in unit.names for other in group.names)


def _across_types(groups: list[_Group]) -> list[_Group]:
    """A name that readers gave two types goes to the type most have it as, if it is the same full name."""
    by_name: dict[Key, list[_Group]] = defaultdict(list)
    for group in groups:
        for name in sorted(group.names):
            if len(name) > 1 or group.type != "PER":
                by_name[name].append(group)
    gone: set[int] = set()
    for name in sorted(by_name):
        held = [group for group in by_name[name] if id(group) not in gone]
        if len({group.type for group in held}) > 1:
            main = max(held, key=lambda group: (sum(unit.names.get(name, 0) for unit in group.units), group.type))
            for group in held:
                if group is not main and group.type != main.type and group.names == {name}:
                    for unit in group.units:
                        main.take(unit)
                    gone.add(id(group))
    return [group for group in groups if id(group) not in gone]


# ---------------------------------------------------------------- without a name


def _nameless(units: Sequence[_Unit], groups: Sequence[_Group], phrases: Sequence[Phrase]) -> list[_Group]:
    """Phrases without a name: into the group of the one whose title they are, else with the same head elsewhere."""
    bearers: dict[str, list[_Group]] = defaultdict(list)
    for group in groups:
        for title in sorted({title.split()[-1] for title in group.titles}) if group.type == "PER" else ():
            bearers[title].append(group)
    left: list[_Unit] = []
    for unit in units:
        owners = _title_owners(unit, bearers, phrases)
        if len(owners) == 1:
            owners[0].take(unit)
        else:
            left.append(unit)
    return _by_head(left, phrases)


def _title_owners(unit: _Unit, bearers: dict[str, list[_Group]], phrases: Sequence[Phrase]) -> list[_Group]:
    """Persons whose title a definite phrase ends in; of several, the one whom its account means by it."""
    found: list[_Group] = []
    for text in sorted({phrases[n].text for n in unit.phrases if phrases[n].form == "nominal"}):
        said = text.lower().replace(".", "").split()
        others = set(said[:-1]) - _DEFINITE
        owners = bearers.get(said[-1], []) if said and said[0] not in _ANY else []
        nearer = [group for group in owners if _words(group.titles) & others]
        if nearer or (len(said) > 1 and said[0] in _DEFINITE):
            owners = nearer or owners
            found += [group for group in _foremost(owners, unit.place[0]) if group not in found]
    return found


def _words(titles: Iterable[str]) -> frozenset[str]:
    return frozenset(word for title in titles for word in title.split())


def _foremost(owners: list[_Group], account: int) -> list[_Group]:
    """The one of several whom an account names many times as often as each other; where it names none, the story."""
    if len(owners) < 2:
        return owners
    counts = [sum(sum(u.names.values()) for u in group.units if u.place[0] == account) for group in owners]
    if not any(counts):
        counts = [sum(sum(u.names.values()) for u in group.units) for group in owners]
    most = max(counts)
    return [owners[counts.index(most)]] if sum(count * _FOREMOST > most for count in counts) == 1 else owners


def _by_head(units: Sequence[_Unit], phrases: Sequence[Phrase]) -> list[_Group]:
    """One group for the units of a head of which every account has only one; the others stay apart."""
    heads: dict[tuple[str, MentionType], list[_Unit]] = defaultdict(list)
    groups: list[_Group] = []
    for unit in units:
        head = _head(unit, phrases)
        if head and head not in _GENERIC:
            heads[head, unit.type].append(unit)
        else:
            groups.append(_alone(unit))
    for alike in heads.values():
        accounts = Counter(unit.place[0] for unit in alike)
        single = [unit for unit in alike if accounts[unit.place[0]] == 1]
        groups += [_alone(unit) for unit in alike if accounts[unit.place[0]] > 1]
        if single:
            groups.append(_together(single))
    return groups


def _together(units: Iterable[_Unit]) -> _Group:
    first, *others = units
    group = _alone(first)
    for unit in others:
        group.take(unit)
    return group


def _head(unit: _Unit, phrases: Sequence[Phrase]) -> str | None:
    """The commonest last word of a unit's definite phrases, None where none is definite."""
    said = [phrases[n].text.lower().split() for n in unit.phrases if phrases[n].form == "nominal"]
    definite = [words[-1] for words in said if len(words) > 1 and words[0] in _DEFINITE]
    plural = [words[-1] for words in said if len(words) == 1 and words[0].endswith("s")]
    counts = Counter(definite or plural)
    return min(counts, key=lambda word: (-counts[word], word)) if counts else None
