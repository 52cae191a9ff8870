"""Phrases without a name: whom several accounts mean by "the mayor", "the campaign", "the gunman"."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from tellings.comparing.groups import Group, Phrase, Unit, alone, foremost, together, words
from tellings.comparing.owners import ANY, DEFINITE, GENERIC, by_owner
from tellings.records import MentionType

_TELLING = 3
"""Words of an indefinite phrase, the article beside, that are enough to tell it from others of its kind."""


def nameless(units: Sequence[Unit], groups: Sequence[Group], phrases: Sequence[Phrase]) -> list[Group]:
    """Phrases without a name: into the group of the one whose title they are, else with the same head elsewhere."""
    bearers: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        for title in sorted({title.split()[-1] for title in group.titles}) if group.type == "PER" else ():
            bearers[title].append(group)
    left: list[Unit] = []
    for unit in units:
        owners = _title_owners(unit, bearers, phrases)
        if len(owners) == 1:
            owners[0].take(unit)
        else:
            left.append(unit)
    owned, left = by_owner(left, groups, phrases)
    return owned + _by_head(left, phrases)


def _title_owners(unit: Unit, bearers: dict[str, list[Group]], phrases: Sequence[Phrase]) -> list[Group]:
    """Persons whose title a definite phrase ends in; of several, the one whom its account means by it."""
    found: list[Group] = []
    for text in sorted({phrases[n].text for n in unit.phrases if phrases[n].form == "nominal"}):
        said = text.lower().replace(".", "").split()
        others = set(said[:-1]) - DEFINITE
        owners = bearers.get(said[-1], []) if said and said[0] not in ANY else []
        nearer = [group for group in owners if words(group.titles) & others]
        if nearer or (len(said) > 1 and said[0] in DEFINITE):
            owners = nearer or owners
            found += [group for group in foremost(owners, unit.place[0]) if group not in found]
    return found


def _by_head(units: Sequence[Unit], phrases: Sequence[Phrase]) -> list[Group]:
    """One group for the units of a head of which every account has only one; the others stay apart."""
    heads: dict[tuple[str, MentionType], list[Unit]] = defaultdict(list)
    groups: list[Group] = []
    for unit in units:
        head = _head(unit, phrases)
        if head and head not in GENERIC:
            heads[head, unit.type].append(unit)
        else:
            groups.append(alone(unit))
    for alike in heads.values():
        accounts = Counter(unit.place[0] for unit in alike)
        single = [unit for unit in alike if accounts[unit.place[0]] == 1]
        groups += [alone(unit) for unit in alike if accounts[unit.place[0]] > 1]
        if single:
            groups.append(together(single))
    return groups


def _head(unit: Unit, phrases: Sequence[Phrase]) -> str | None:
    """The commonest last word of a unit's definite phrases; where none is definite, a whole phrase of some length.

    What two accounts call by the same three words, or more, is one thing even after "a"; not so where these are as
    general as "a senior administration official".
    """
    said = [phrases[n].text.lower().split() for n in unit.phrases if phrases[n].form == "nominal"]
    definite = [words[-1] for words in said if len(words) > 1 and words[0] in DEFINITE]
    plural = [words[-1] for words in said if len(words) == 1 and words[0].endswith("s")]
    whole = [" ".join(words[1:]) for words in said if len(words) > _TELLING and not GENERIC & set(words)]
    counts = Counter(definite or plural or whole)
    return min(counts, key=lambda word: (-counts[word], word)) if counts else None
