"""Who is who across accounts: phrases that name or mean somebody, put into groups that mean the same.

Only names and what stands before them decide, never how often two are told together: a wrong join puts one person's
labels on another, which is worse than two groups for one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from tellings.comparing.groups import Group, Index, Phrase, Unit, alone, foremost, words
from tellings.comparing.nameless import nameless
from tellings.comparing.nicknames import same_first
from tellings.comparing.owners import states
from tellings.comparing.spellings import Key, key_of, known_as, shortened, suffix_of
from tellings.records import MentionType

__all__ = ["Phrase", "join", "same_person"]


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
    groups = states(_across_types(groups), phrases)
    groups += nameless([unit for unit in units if not unit.names], groups, phrases)
    home = {n: g for g, group in enumerate(groups) for unit in group.units for n in unit.phrases}
    number: dict[int, int] = {}
    return tuple(number.setdefault(home[n], len(number)) for n in range(len(phrases)))


# ---------------------------------------------------------------- one account


def _units(phrases: Sequence[Phrase]) -> list[Unit]:
    """Each account's entities; one whose names cannot be one person's is taken apart, phrases to the commonest."""
    entities: dict[tuple[int, int], list[int]] = defaultdict(list)
    for n, phrase in enumerate(phrases):
        entities[phrase.account, phrase.entity].append(n)
    units: list[Unit] = []
    for (account, entity), numbers in entities.items():
        units += _parted(account, entity, numbers, phrases)
    return sorted(units, key=lambda unit: (_rank(unit), unit.place))


def _rank(unit: Unit) -> tuple[int, int, int, Key]:
    """Fuller names first, so that shorter ones find them; among them those told more."""
    if not unit.names:
        return 0, 0, -len(unit.phrases), ()
    return -len(unit.fullest), -len(" ".join(unit.fullest)), -sum(unit.names.values()), unit.fullest


def _parted(account: int, entity: int, numbers: Sequence[int], phrases: Sequence[Phrase]) -> list[Unit]:
    names: dict[Key, list[int]] = defaultdict(list)
    for n in numbers:
        key = key_of(phrases[n].text) if phrases[n].form == "name" else ()
        if key:
            names[key].append(n)
    typed = [n for held in names.values() for n in held] or numbers
    kind = Counter(phrases[n].type for n in typed).most_common(1)[0][0]
    units: list[Unit] = []
    for key in sorted(names, key=lambda key: (-len(key), -len(names[key]), key)):
        fits = [unit for unit in units if all(_fits(kind, key, other) for other in unit.names)]
        unit = fits[0] if fits else Unit((account, entity, len(units)), kind)
        if not fits:
            units.append(unit)
        unit.names[key] = len(names[key])
        unit.phrases += names[key]
        unit.titles |= set().union(*(phrases[n].titles for n in names[key]))
    units = units or [Unit((account, entity, 0), kind)]
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


def _persons(units: Sequence[Unit]) -> list[Group]:
    """Full names first, then bare ones."""
    people = Index()
    for unit in (u for u in units if len(u.fullest) > 1):
        full = [name for name in unit.names if len(name) > 1]
        ends = {word for name in full for word in _ends(name)}
        people.put(unit, {pair for name in full for pair in _pairs(name)}, _full_names_fit, ends)
    bare = Index()
    for unit in sorted(_told_together(units), key=lambda unit: not unit.titles):  # a title shows whom the others mean
        owners = _owners(unit, people)
        if len(owners) > 1:
            owners = [group for group in owners if words(group.titles) & words(unit.titles)] or owners
            owners = foremost(owners, unit.place[0])
        if len(owners) > 1:
            bare.groups.append(alone(unit))
        elif owners:
            owners[0].take(unit)
        else:
            bare.put(unit, set(unit.fullest), lambda unit, group: unit.fullest in group.names)
    return people.groups + bare.groups


def _told_together(units: Sequence[Unit]) -> list[Unit]:
    """Units of a bare name alone, those of one account and name made one: it has one whom it calls so."""
    made: dict[tuple[int, Key], Unit] = {}
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


def _full_names_fit(unit: Unit, group: Group) -> bool:
    full = [name for name in group.names if len(name) > 1]
    return all(same_person(one, other) for one in unit.names if len(one) > 1 for other in full)


def _owners(unit: Unit, people: Index) -> list[Group]:
    """Whose surname a bare name is; where it is nobody's, whose first name, or a name that he is given alone."""
    word = unit.fullest[0]
    near = people.near({word})
    for place in (1, 0):
        owners = [g for g in near if any(_ends(name)[place] == word for name in g.names if len(name) > 1)]
        fathers = [g for g in owners if not any(suffix_of(name)[1] == "jr" for name in g.names)]
        if owners:
            return fathers or owners
    return []


# ---------------------------------------------------------------- bodies and places


def _bodies(units: Sequence[Unit]) -> list[Group]:
    bodies = Index()
    for unit in units:
        bodies.put(unit, {_known(name) for name in unit.names}, _one_body)
    longer: dict[str, list[Group]] = defaultdict(list)
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


def _one_body(unit: Unit, group: Group) -> bool:
    return any(known_as(one) == known_as(other) for one in unit.names for other in group.names)


def _across_types(groups: list[Group]) -> list[Group]:
    """A name that readers gave two types goes to the type most have it as, if it is the same full name."""
    by_name: dict[Key, list[Group]] = defaultdict(list)
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
