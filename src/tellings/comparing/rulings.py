"""What people said of the statements, entities and labels of several accounts, as the stages of comparing use it.

A plan of corrections (`tellings.correcting`) becomes numbers of rows and entities of one table. Without corrections
there are no rulings, and nothing is otherwise than without this file.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import TYPE_CHECKING, cast

import numpy as np

from tellings.records import Excerpt, LabelKind, RelationKind, Span

if TYPE_CHECKING:
    from tellings.comparing.candidates import Candidates
    from tellings.comparing.scorer import Scores
    from tellings.comparing.speakers import Speaker
    from tellings.comparing.table import Table
    from tellings.correcting.records import Anchor, Correction, Node, Placed
    from tellings.correcting.stage import Plan

Pair = tuple[int, int]
Local = tuple[int, int]
"""An entity of one account: the numbers of both."""


@dataclass(frozen=True, slots=True)
class Related:
    """A relation that a person set; `first` is the row that says more where the kind is "narrower"."""

    first: int
    second: int
    kind: RelationKind
    why: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Whether a stretch of an account is a label, how it stands and of which entity; None for no label of anybody."""

    account: int
    span: Span
    kind: LabelKind | None
    entity: int | None


@dataclass(frozen=True, slots=True)
class Rulings:
    """What holds whatever the scores say; rows and accounts are numbered as in the table.

    `one` are groups of rows that tell the same, `apart` pairs (a < b) that do not; `relations` by pair (a < b).
    `people` are groups of entities that are one, `strangers` pairs of numbers of groups that are not, both ways.
    """

    one: tuple[tuple[int, ...], ...] = ()
    apart: frozenset[Pair] = frozenset()
    relations: Mapping[Pair, Related] = field(default_factory=dict)
    people: tuple[tuple[Local, ...], ...] = ()
    strangers: frozenset[Pair] = frozenset()
    labels: tuple[Labelled, ...] = ()


NONE = Rulings()


def ruled(table: Table, plan: Plan) -> Table:
    """The table with the rulings of a plan, and speakers that know whom they are said to be one with, or not."""
    places = _Places(table)
    one, apart = _rows(plan, places)
    people, strangers = _people(plan, places)
    made = Rulings(one, apart, _relations(plan, places, table), people, strangers, tuple(_labels(plan, places)))
    return _with_speakers(replace(table, rulings=made)) if people else replace(table, rulings=made)


class _Places:
    """Where things of texts stand in a table: one text may be that of several accounts."""

    def __init__(self, table: Table) -> None:
        from tellings.correcting.anchors import text_hash

        self.readings = table.readings
        self._accounts: dict[str, list[int]] = defaultdict(list)
        for n, reading in enumerate(table.readings):
            self._accounts[text_hash(reading.account.text)].append(n)
        self._rows: dict[tuple[int, Span], int] = {(r.reading, r.record.span): n for n, r in enumerate(table.rows)}

    def accounts(self, sha256: str) -> list[int]:
        return self._accounts.get(sha256, [])

    def rows(self, node: Node) -> list[int]:
        found = (self._rows.get((n, node.span)) for n in self.accounts(node.sha256))
        return [row for row in found if row is not None]

    def entities(self, node: Node) -> Iterator[Local]:
        for n in self.accounts(node.sha256):
            yield from ((n, one.entity) for one in self.readings[n].mentions if one.span == node.span)

    def entity(self, account: int, span: Span) -> int | None:
        """The entity of a name of an account."""
        return next((one.entity for one in self.readings[account].mentions if one.span == span), None)


def _rows(plan: Plan, places: _Places) -> tuple[tuple[tuple[int, ...], ...], frozenset[Pair]]:
    from tellings.correcting.settling import links

    claims = links(plan.held, "claim")
    groups = claims.groups()
    rows = [sorted(row for node in group for row in places.rows(node)) for group in groups]
    apart = {
        (min(a, b), max(a, b)) for x, y in claims.held_apart(groups) for a, b in product(rows[x], rows[y]) if a != b
    }
    return tuple(tuple(group) for group in rows if len(group) > 1), frozenset(apart)


def _relations(plan: Plan, places: _Places, table: Table) -> dict[Pair, Related]:
    found = {}
    for one in plan.held:
        if one.correction.kind == "relation" and one.other is not None and one.correction.other is not None:
            for a, b in product(places.rows(one.at), places.rows(one.other)):
                said = _related(table, one.correction, a, b)
                if said is not None:
                    found[min(a, b), max(a, b)] = said
    return found


def _related(table: Table, one: Correction, a: int, b: int) -> Related | None:
    if a == b or one.other is None:
        return None
    kind = cast("RelationKind", one.value)
    at, other = _words(table, table.rows[a].reading, one.at), _words(table, table.rows[b].reading, one.other)
    why = () if kind == "agree" else (at,) if kind == "narrower" else (at, other) if a < b else (other, at)
    first, second = (a, b) if kind == "narrower" or a < b else (b, a)
    return Related(first, second, kind, why)


def _words(table: Table, account: int, anchor: Anchor) -> Excerpt:
    said = table.readings[account].account
    return Excerpt(said.id, anchor.start, anchor.end, said.text[anchor.start : anchor.end])


def _people(plan: Plan, places: _Places) -> tuple[tuple[tuple[Local, ...], ...], frozenset[Pair]]:
    """Groups of entities; two that share an entity are one, unless that would join what is held apart."""
    sets = [{local for node in group for local in places.entities(node)} for group in plan.people]
    apart = {n: {b for a, b in plan.apart if a == n} for n in range(len(sets))}
    home = list(range(len(sets)))
    for n in range(len(sets)):
        for m in range(n):
            held = {k for k in range(len(sets)) if home[k] == home[m]}
            own = {k for k in range(len(sets)) if home[k] == home[n]}
            if home[n] != home[m] and sets[n] & sets[m] and not any(apart[k] & own for k in held):
                home = [home[m] if number == home[n] else number for number in home]
    order = sorted(set(home))
    taken: set[Local] = set()
    people = []
    for number in order:
        group = set().union(*(sets[n] for n in range(len(sets)) if home[n] == number)) - taken
        taken |= group
        people.append(tuple(sorted(group)))
    strangers = {(order.index(home[a]), order.index(home[b])) for a, b in plan.apart}
    return tuple(people), frozenset(strangers)


def _labels(plan: Plan, places: _Places) -> Iterator[Labelled]:
    for one in plan.held:
        if one.correction.kind != "label":
            continue
        for account in places.accounts(one.at.sha256):
            yield _label(one, account, places)


def _label(one: Placed, account: int, places: _Places) -> Labelled:
    span, anchor = one.at.span, one.correction.other
    if one.correction.value == "none" or anchor is None:
        return Labelled(account, span, None, None)
    from tellings.correcting.places import mention_at

    reading = places.readings[account]
    number = mention_at(reading, anchor.span)
    entity = None if number is None else reading.mentions[number].entity
    return Labelled(account, span, cast("LabelKind", one.correction.value), entity)


# ---------------------------------------------------------------- speakers


def _with_speakers(table: Table) -> Table:
    """Speakers with the number of the group they are of; by it, not by name, they are one or are not."""
    home, apart = _homes(table)
    said = tuple(
        tuple(_marked(table, n, number, speaker, home, apart) for number, speaker in enumerate(speakers))
        for n, speakers in enumerate(table.speakers)
    )
    rows = tuple(replace(row, speaker=_innermost(said[row.reading], row.record.voice)) for row in table.rows)
    return replace(table, speakers=said, rows=rows)


def _homes(table: Table) -> tuple[dict[Local, int], dict[int, frozenset[int]]]:
    """The group of each entity that people spoke of, and of those taken for one with it by name; and who is apart."""
    from tellings.comparing.called import corrected_people  # both know rulings
    from tellings.comparing.entities import join
    from tellings.comparing.labels import labels
    from tellings.comparing.names import phrases_of

    rulings = table.rulings
    phrases, _ = phrases_of(table.readings, [labels(reading) for reading in table.readings])
    counts: dict[Local, Counter[int]] = defaultdict(Counter)
    for phrase, group in zip(phrases, corrected_people(join(phrases), phrases, rulings), strict=True):
        counts[phrase.account, phrase.entity][group] += 1
    usual = {local: min(count, key=lambda group: (-count[group], group)) for local, count in counts.items()}
    number = {  # of somebody who is nowhere named, one of its own
        n: min((usual[local] for local in those if local in usual), default=-1 - n)
        for n, those in enumerate(rulings.people)
    }
    home = {local: group for local, group in usual.items() if group in number.values()}
    home.update({local: number[n] for n, those in enumerate(rulings.people) for local in those})
    apart: dict[int, set[int]] = {group: set() for group in number.values()}
    for a, b in rulings.strangers:
        apart[number[a]].add(number[b])
    return home, {group: frozenset(others) for group, others in apart.items()}


def _innermost(said: Sequence[Speaker | None], voice: Sequence[int]) -> Speaker | None:
    return next((said[number] for number in reversed(voice) if said[number]), None)


def _marked(  # noqa: PLR0913 - what a speaker is found by
    table: Table,
    account: int,
    number: int,
    speaker: Speaker | None,
    home: Mapping[Local, int],
    apart: Mapping[int, frozenset[int]],
) -> Speaker | None:
    if speaker is None:
        return None
    reading = table.readings[account]
    named = [one.entity for one in reading.mentions if one.span == speaker.span]
    inside = [one.entity for one in reading.mentions if one.form == "name" and _in(one.span, speaker.span)]
    entity = reading.attributions[number].entity
    entities = [*named, *([] if entity is None else [entity]), *inside]
    group = next((home[account, one] for one in entities[:1] if (account, one) in home), None)
    return speaker if group is None else speaker._replace(one=group, apart=apart[group])


def _in(one: Span, other: Span) -> bool:
    return other.start <= one.start and one.end <= other.end


# ---------------------------------------------------------------- scores and groups


def scored(table: Table, pairs: Candidates, scores: Scores) -> Scores:
    """The scores with the pairs that people spoke of: surely the same, or surely not."""
    rulings = table.rulings
    if not rulings.one and not rulings.apart:
        return scores
    home = {row: n for n, group in enumerate(rulings.one) for row in group}
    same = scores.same.copy()
    for n, (a, b) in enumerate(zip(pairs.a.tolist(), pairs.b.tolist(), strict=True)):
        if (a, b) in rulings.apart:
            same[n] = 0.0
        elif a in home and home[a] == home.get(b):
            same[n] = 1.0
    return replace(scores, same=np.asarray(same, dtype=np.float32))


def joined(rulings: Rulings, same: Mapping[Pair, float]) -> tuple[dict[Pair, float], dict[int, tuple[int, ...]]]:
    """Scores between items, each a row or a group of rows that are one, by its first row; and the rows of each group.

    Two items are as near as the nearest of their rows: what tells the same as one tells the same as all.
    """
    if not rulings.one and not rulings.apart:
        return dict(same), {}
    members = {group[0]: group for group in rulings.one}
    item = {row: group[0] for group in rulings.one for row in group}
    held = {tuple(sorted((item.get(a, a), item.get(b, b)))) for a, b in rulings.apart}
    found: dict[Pair, float] = {}
    for (a, b), score in same.items():
        x, y = sorted((item.get(a, a), item.get(b, b)))
        if x != y and (x, y) not in held:
            found[x, y] = max(score, found.get((x, y), 0.0))
    return found, members


def spread(found: Iterable[tuple[int, ...]], members: Mapping[int, tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Groups of items as groups of rows; groups of rows that are in none stand for themselves."""
    made = [tuple(sorted(row for one in group for row in members.get(one, (one,)))) for group in found]
    taken = {row for group in made for row in group}
    return sorted([*made, *(group for group in members.values() if group[0] not in taken)])


def filled(rulings: Rulings, groups: Iterable[tuple[int, ...]], same: Mapping[Pair, float]) -> dict[Pair, float]:
    """Scores of all pairs of rows that stand in one group: of those without one, what their groups of rows have."""
    between, _ = joined(rulings, same)
    item = {row: group[0] for group in rulings.one for row in group}
    found = dict(same)
    for group in groups:
        for a, b in ((a, b) for n, a in enumerate(group) for b in group[n + 1 :]):
            x, y = sorted((item.get(a, a), item.get(b, b)))
            found[a, b] = 1.0 if x == y else found.get((a, b), between.get((x, y), 0.0))
    return found
