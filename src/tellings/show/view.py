"""What the renderers share: the order of accounts and claims, letters, names, versions, segments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from tellings.records import Account, Appearance, Claim, Comparison, Relation, Told
from tellings.show.signs import RELATIONS, STANDINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_SAME = ("agree", "narrower")
_NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


@dataclass(frozen=True, slots=True)
class View:
    """A comparison in the order of reading: `letters` name the accounts, `numbers` the claims (from 1)."""

    comparison: Comparison
    accounts: tuple[Account, ...]
    claims: tuple[Claim, ...]
    letters: Mapping[str, str]
    numbers: Mapping[str, int]
    told: Mapping[tuple[str, str], Told]
    reasons: Mapping[tuple[str, str], str]

    def account(self, name: str) -> Account:
        """Give the account of an id."""
        return next(account for account in self.accounts if account.id == name)

    def has(self, layer: str) -> bool:
        """Say whether a layer was computed: the manifest names it, or it holds something."""
        return layer in self.comparison.manifest.layers or bool(getattr(self.comparison, layer))


def view(comparison: Comparison) -> View:
    """Order a comparison for reading: accounts by publication, claims by standing and by tellers."""
    accounts = tuple(sorted(comparison.accounts, key=_published))
    ranks = {standing: rank for rank, standing in enumerate(STANDINGS)}
    claims = tuple(sorted(comparison.claims, key=lambda claim: (ranks[claim.standing], -len(tellers(claim)))))
    gaps = comparison.gaps
    return View(
        comparison=comparison,
        accounts=accounts,
        claims=claims,
        letters={account.id: letter(index) for index, account in enumerate(accounts)},
        numbers={claim.id: number for number, claim in enumerate(claims, 1)},
        told={(gap.claim, gap.account): gap.value for gap in gaps},
        reasons={(gap.claim, gap.account): gap.why for gap in gaps},
    )


def _published(account: Account) -> tuple[bool, float, str, str]:
    """Sort key: dated accounts first, in time (times without a zone are taken as UTC), then by id."""
    if account.published is None:
        return (True, 0.0, "", account.id)
    try:
        moment = datetime.fromisoformat(account.published)
    except ValueError:
        # A date of less precision than a day (2026-03) still sorts well as text among its like.
        return (True, 0.0, account.published, account.id)
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return (False, aware.timestamp(), "", account.id)


def letter(index: int) -> str:
    """Name the account at an index: A to Z, then AA, AB, ..."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def tellers(claim: Claim) -> set[str]:
    """Give the ids of the accounts in which a claim appears."""
    return {appearance.account for appearance in claim.appearances}


def title_of(claim: Claim) -> Appearance:
    """Name a claim, which has no title of its own, by its shortest appearance (the first of equals)."""
    return min(claim.appearances, key=lambda a: (len(a.text), a.account, a.start))


def references(v: View, claim: Claim) -> tuple[str, ...]:
    """Name each appearance by its account's letter, numbered where one account has several: A, B1, B2."""
    counts: dict[str, int] = {}
    names = []
    for appearance in claim.appearances:
        counts[appearance.account] = counts.get(appearance.account, 0) + 1
        names.append((appearance.account, counts[appearance.account]))
    return tuple(
        v.letters[account] + (str(number) if counts[account] > 1 else "") for account, number in names
    )


def by_account(v: View, claim: Claim) -> list[int]:
    """Give the numbers of a claim's appearances in the order of the accounts, then of the text."""
    order = {account.id: index for index, account in enumerate(v.accounts)}
    appearances = claim.appearances
    return sorted(
        range(len(appearances)), key=lambda n: (order[appearances[n].account], appearances[n].start)
    )


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


def says_more(claim: Claim) -> set[int]:
    """Give the numbers of the appearances that say more than another one."""
    return {relation.a for relation in claim.relations if relation.kind == "narrower"}


def parting(claim: Claim) -> list[Relation]:
    """Give the relations other than agreement, the sharpest first."""
    ranks = list(RELATIONS)
    chosen = [relation for relation in claim.relations if relation.kind != "agree"]
    return sorted(chosen, key=lambda r: (ranks.index(r.kind), -r.score, r.a, r.b))


def telling_choice(v: View, claim: Claim, room: int) -> tuple[list[int], int]:
    """Choose at most `room` (one more if that is all) appearances, every version before a second of one.

    Gives their numbers in the order of the accounts, and how many are left out.
    """
    order = by_account(v, claim)
    if len(order) <= room + 1:
        return order, 0
    numerals = versions(v, claim)
    seen: dict[str, int] = {}
    turns = {}
    for number in order:
        numeral = numerals.get(number, "")
        turns[number] = seen.get(numeral, 0)
        seen[numeral] = turns[number] + 1
    chosen = set(sorted(order, key=lambda number: turns[number])[:room])
    return [number for number in order if number in chosen], len(order) - room


def parting_choice(v: View, claim: Claim, room: int) -> tuple[list[Relation], int]:
    """Choose at most `room` relations other than agreement, every kind between two versions before its like.

    Gives them with how many are left out.
    """
    numerals = versions(v, claim)
    seen: dict[tuple[str, ...], int] = {}
    turns = []
    for relation in parting(claim):
        like = (relation.kind, *sorted((numerals.get(relation.a, ""), numerals.get(relation.b, ""))))
        turns.append((seen.get(like, 0), relation))
        seen[like] = seen.get(like, 0) + 1
    turns.sort(key=lambda turn: turn[0])
    chosen = [relation for _, relation in turns]
    return (chosen, 0) if len(chosen) <= room + 1 else (chosen[:room], len(chosen) - room)


def agreeing(claim: Claim) -> list[list[int]]:
    """Give the sets of appearances joined by agreement alone, each of at least two, in order."""
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
    return sorted(sorted(group) for group in groups)


class Segment(NamedTuple):
    """A stretch of text in which the same marks hold; `marks` number the spans given, in their order."""

    start: int
    end: int
    marks: tuple[int, ...]


def segments(start: int, end: int, spans: Sequence[tuple[int, int]]) -> list[Segment]:
    """Split `[start, end)` where any of the spans begins or ends, so that overlapping spans can be marked.

    The segments cover the stretch without gap or overlap, in order; empty spans mark nothing.
    """
    inside = [(max(first, start), min(last, end)) for first, last in spans]
    points = sorted({start, end, *(point for pair in inside if pair[0] < pair[1] for point in pair)})
    return [
        Segment(a, b, tuple(n for n, (first, last) in enumerate(inside) if first <= a and b <= last))
        for a, b in pairwise(points)
    ]


def standing_counts(claims: Iterable[Claim]) -> dict[str, int]:
    """Count claims by standing, every standing named, in the order of reading."""
    counts: dict[str, int] = dict.fromkeys(STANDINGS, 0)
    for claim in claims:
        counts[claim.standing] += 1
    return counts


def plain_date(iso: str | None) -> str:
    """Give an ISO 8601 date as a reader writes it: `2026-03-12 10:15`; a word where there is none."""
    if iso is None:
        return "no date"
    return iso.replace("T", " ")[:16]
