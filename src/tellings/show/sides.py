"""How the appearances of one claim stand to each other, ready to be shown: versions, tellings, partings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tellings.show.signs import RELATIONS
from tellings.show.view import View, by_account

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tellings.records import Claim, Excerpt, Origin, Relation, RelationKind

_SAME = ("agree", "narrower")
_NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


def versions(v: View, claim: Claim) -> dict[int, str]:
    """Give each appearance the numeral of its version; empty where a claim is told in but one.

    Appearances that agree, or of which one says more than the other, tell one version. Numerals follow the
    order of the accounts and rank nothing.
    """
    apart = [relation for relation in claim.relations if relation.kind not in _SAME]
    if not apart:
        return {}
    group = list(range(len(claim.appearances)))
    for relation in claim.relations:
        if relation.kind in _SAME:
            old, new = group[relation.b], group[relation.a]
            group = [new if member == old else member for member in group]
    # A chain of agreements may join two that are held apart: then nothing can be said in numerals.
    if any(group[relation.a] == group[relation.b] for relation in apart):
        return {}
    names: dict[int, str] = {}
    for number in by_account(v, claim):
        names.setdefault(group[number], _numeral(len(names)))
    return {number: names[group[number]] for number in range(len(group))}


def _numeral(index: int) -> str:
    return _NUMERALS[index] if index < len(_NUMERALS) else str(index + 1)


def otherwise(claim: Claim) -> dict[int, RelationKind]:
    """Give the sharpest way in which an appearance parts from another, for those that part from one."""
    found: dict[int, RelationKind] = {}
    for relation in parting(claim):
        if relation.kind not in _SAME:
            found.setdefault(relation.a, relation.kind)
            found.setdefault(relation.b, relation.kind)
    return found


def says_more(claim: Claim) -> set[int]:
    """Give the numbers of the appearances that say more than another one."""
    return {relation.a for relation in claim.relations if relation.kind == "narrower"}


def parting(claim: Claim) -> list[Relation]:
    """Give the relations other than agreement, the sharpest first."""
    ranks = list(RELATIONS)
    chosen = [relation for relation in claim.relations if relation.kind != "agree"]
    return sorted(chosen, key=lambda r: (ranks.index(r.kind), -r.score, r.a, r.b))


def telling_choice(v: View, claim: Claim, room: int) -> tuple[list[Telling], int]:
    """Choose at most `room` (one more if that is all) tellings, every version before a second of one.

    Gives them in the order of the accounts, and how many are left out.
    """
    order = tellings(v, claim)
    if len(order) <= room + 1:
        return order, 0
    numerals = versions(v, claim)
    seen: dict[str, int] = {}
    turns = []
    for place, telling in enumerate(order):
        numeral = numerals.get(telling.numbers[0], "")
        turns.append((seen.get(numeral, 0), place))
        seen[numeral] = seen.get(numeral, 0) + 1
    chosen = sorted(place for _, place in sorted(turns)[:room])
    return [order[place] for place in chosen], len(order) - room


class Parting(NamedTuple):
    """All appearances of one side stand so to all of the other, for the same words.

    `left` and `right` number the appearances, `why` holds the words of the first pair, side by side; `low`
    and `high` are the least and the greatest score.
    """

    kind: RelationKind
    left: tuple[int, ...]
    right: tuple[int, ...]
    why: tuple[tuple[Excerpt, ...], tuple[Excerpt, ...]]
    low: float
    high: float


def partings(v: View, claim: Claim) -> list[Parting]:
    """Give the relations other than agreement, those alike as one, the sharpest first."""
    order = {number: place for place, number in enumerate(by_account(v, claim))}
    numerals = versions(v, claim)
    groups: dict[tuple[object, ...], list[Parting]] = {}
    for relation in parting(claim):
        single = _single_parting(claim, relation, numerals, order)
        words = tuple(tuple(excerpt.text for excerpt in side) for side in single.why)
        sides = (numerals.get(single.left[0]), numerals.get(single.right[0]))
        groups.setdefault((single.kind, words, sides), []).append(single)
    return [made for group in groups.values() for made in _merged(group, order)]


def _single_parting(claim: Claim, relation: Relation, numerals: Mapping[int, str], order: Mapping[int, int]) -> Parting:
    """Turn a relation without direction so that the version told first stands on the left."""
    a, b = relation.a, relation.b
    if relation.kind in ("conflict", "differ") and _turn(b, numerals, order) < _turn(a, numerals, order):
        a, b = b, a
    sides = tuple(
        tuple(words for words in relation.why if words.account == claim.appearances[n].account) for n in (a, b)
    )
    return Parting(relation.kind, (a,), (b,), (sides[0], sides[1]), relation.score, relation.score)


def _turn(number: int, numerals: Mapping[int, str], order: Mapping[int, int]) -> int:
    like = [other for other in order if numerals and numerals[other] == numerals[number]]
    return min((order[other] for other in like), default=order[number])


def _merged(group: list[Parting], order: Mapping[int, int]) -> list[Parting]:
    """Make one of several where all of the left stand so to all of the right, else leave them apart."""
    pairs = {(single.left[0], single.right[0]) for single in group}
    left, right = (tuple(sorted({pair[side] for pair in pairs}, key=order.__getitem__)) for side in (0, 1))
    if pairs != {(a, b) for a in left for b in right} or set(left) & set(right):
        return group
    first = next(single for single in group if single.left[0] == left[0] and single.right[0] == right[0])
    scores = [single.high for single in group]
    return [Parting(first.kind, left, right, first.why, min(scores), max(scores))]


class Telling(NamedTuple):
    """Appearances that tell a claim in the same words with the same voice, in the order of reading."""

    numbers: tuple[int, ...]
    accounts: tuple[str, ...]


def tellings(v: View, claim: Claim) -> list[Telling]:
    """Join the appearances of a claim that have the same words and voice, in the order of the accounts."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for number in by_account(v, claim):
        appearance = claim.appearances[number]
        steps = tuple((step.name, step.type) for step in appearance.voice)
        groups.setdefault((appearance.text, steps, appearance.certainty), []).append(number)
    return [
        Telling(tuple(group), tuple(dict.fromkeys(claim.appearances[n].account for n in group)))
        for group in groups.values()
    ]


def agreeing(claim: Claim) -> list[list[int]]:
    """Give the sets of appearances joined by agreement alone, each of at least two, in order.

    Where a claim is agreed by all there is nothing to tell apart, and no set is given.
    """
    groups: list[set[int]] = []
    for relation in claim.relations:
        if relation.kind != "agree":
            continue
        merged = {relation.a, relation.b}
        apart = []
        for group in groups:
            if group & merged:
                merged |= group
            else:
                apart.append(group)
        groups = [*apart, merged]
    if claim.standing == "agreed" and groups == [set(range(len(claim.appearances)))]:
        return []
    return sorted(sorted(group) for group in groups)


class Come(NamedTuple):
    """Origins of one kind and name as one, with the numbers of their appearances."""

    type: str | None
    name: str | None
    appearances: tuple[int, ...]


def origins(claim: Claim) -> list[Come]:
    """Join the origins of a claim that would read the same (own reporting of several accounts), in order."""
    groups: dict[tuple[str | None, str | None], list[Origin]] = {}
    for origin in claim.origins:
        groups.setdefault((origin.type, origin.name), []).append(origin)
    return [
        Come(type_, name, tuple(n for origin in group for n in origin.appearances))
        for (type_, name), group in groups.items()
    ]
