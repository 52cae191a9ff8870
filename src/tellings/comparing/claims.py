"""From scored pairs to claims: clusters of statements with their relations, and what one account alone tells."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from tellings.comparing.candidates import Candidates
from tellings.comparing.clusters import groups
from tellings.comparing.origins import origins
from tellings.comparing.relations import Found, relation, strongest
from tellings.comparing.rulings import filled, joined, spread
from tellings.comparing.scorer import KINDS, Scores
from tellings.comparing.table import Table, span_of
from tellings.comparing.voices import heard_through
from tellings.records import Appearance, Claim, Relation, RelationKind, Standing, Voice

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

STANDING: dict[RelationKind, Standing] = {
    "agree": "agreed", "narrower": "narrower", "update": "updated", "differ": "differs", "conflict": "disputed",
}  # fmt: skip
_ORDER: tuple[Standing, ...] = ("disputed", "differs", "updated", "narrower", "agreed", "single")
UNKNOWN: dict[RelationKind, float] = {"agree": 0.3, "narrower": 0.25, "update": 0.15, "differ": 0.15, "conflict": 0.15}
"""The kinds of a pair that was not scored, because a person alone took it for one claim: figures, dates, negations and
speakers in its words decide (they need at most this doubt, see `relations`), other wording does not."""
_LEAST_TOLD = 4
"""A statement of fewer words is no claim by itself."""
_FURNITURE = re.compile(
    r"^\W*(advertisement|read more|click here|sign up|subscribe|follow (us|@)|share (this|on)|copyright|all rights"
    r"|photo(graph)?s? (by|credit|:)|image(s)?\b.{0,20}:|getty images|watch( the)? video|related( stor|:)|comments?$"
    r"|please enable|this material may not|download the|loading|posted:|updated:|editor'?s note)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What the clustering goes by; see `clusters.groups`."""

    join: float
    apart: float
    again: float


@dataclass(frozen=True, slots=True)
class Made:
    """A claim and the rows of its appearances."""

    claim: Claim
    rows: tuple[int, ...]


def claims(table: Table, pairs: Candidates, scores: Scores, thresholds: Thresholds) -> tuple[Made, ...]:
    """All claims, disputed ones first, then by how many accounts tell them, single ones last."""
    same = {
        (int(a), int(b)): float(score)
        for a, b, score in zip(pairs.a, pairs.b, scores.same, strict=True)
        if score >= thresholds.apart
    }
    same = one_to_one(table, same)
    kinds = {
        (int(pairs.a[n]), int(pairs.b[n])): dict(zip(KINDS, scores.kinds[n].tolist(), strict=True))
        for n in range(len(pairs.a))
        if scores.same[n] >= thresholds.apart
    }
    items, members = joined(table.rulings, same)
    found = spread(groups(items, thresholds.join, thresholds.apart, thresholds.again), members)
    same = filled(table.rulings, found, same) if members else same
    shared = [group for group in found if len({table.rows[row].reading for row in group}) > 1]
    made = [_shared(table, group, same, kinds) for group in shared]
    taken = {row for group in shared for row in group}
    alone = [group for group in found if group not in shared and not taken & set(group)]
    taken |= {row for group in alone for row in group}
    alone += [(row,) for row in range(len(table.rows)) if row not in taken]
    best: dict[int, float] = {}
    for (a, b), score in same.items():
        if table.rows[a].reading != table.rows[b].reading:
            best[a], best[b] = max(best.get(a, 0.0), score), max(best.get(b, 0.0), score)
    made += [_single(table, group, best) for group in alone if any(_tells(table, row) for row in group)]
    come = origins(table, [one.rows for one in made])
    made = [replace(one, claim=replace(one.claim, origins=from_)) for one, from_ in zip(made, come, strict=True)]
    return tuple(sorted(made, key=lambda one: _order(table, one)))


def one_to_one(table: Table, same: Mapping[tuple[int, int], float]) -> dict[tuple[int, int], float]:
    """The pairs left when each clause of a sentence matches at most one clause of another sentence, the nearer first.

    What is labelled are sentences, so the scorer likes every clause of one with every clause of the other; of "the roof
    fell, nine were hurt" and "nine hurt as the roof fell" only the two fitting pairs stay. Which fit, the statements'
    own vectors tell; that the sentences tell the same, the scorer: the nearest clauses have the score of the likeliest.
    """
    sentences: dict[tuple[int, int, int, int], list[tuple[int, int]]] = defaultdict(list)
    for a, b in same:
        left, right = table.rows[a], table.rows[b]
        sentences[left.reading, left.record.sentence, right.reading, right.record.sentence].append((a, b))
    kept = {}
    for pairs in sentences.values():
        likeliest = max(same[pair] for pair in pairs)
        for n, pair in enumerate(_fitting(table, pairs)):
            kept[pair] = same[pair] if n else likeliest
    return kept


def _fitting(table: Table, pairs: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The pairs of clauses of two sentences that stay, each clause in one at most, the best fitting first."""
    fit = {pair: _fit(table, *pair) for pair in pairs} if len(pairs) > 1 else dict.fromkeys(pairs, 0.0)
    taken: set[int] = set()
    for a, b in sorted(pairs, key=lambda pair: (-fit[pair], pair)):
        if a not in taken and b not in taken:
            taken |= {a, b}
            yield a, b


def _fit(table: Table, a: int, b: int) -> float:
    """How well two clauses fit: the cosine of their vectors, and the share of stems that they have in common (Dice)."""
    one, other = _stems(table, a), _stems(table, b)
    shared = 2 * len(one & other) / max(1, len(one) + len(other))
    return round(float(table.vectors[a] @ table.vectors[b]) + shared, 4)


def _stems(table: Table, row: int) -> frozenset[int]:
    bags = table.bags["stems"]
    return frozenset(bags.terms[bags.start[row] : bags.start[row + 1]].tolist())


def _order(table: Table, made: Made) -> tuple[int, int, float, tuple[int, ...]]:
    """By standing, then by how many accounts tell it, the surer ones first; single ones as they stand in the texts.

    Copies are counted as one account.
    """
    accounts = {table.teller(row) for row in made.rows}
    score = 0.0 if made.claim.standing == "single" else made.claim.score
    return _ORDER.index(made.claim.standing), -len(accounts), -score, made.rows


def _shared(
    table: Table,
    rows: tuple[int, ...],
    same: Mapping[tuple[int, int], float],
    kinds: Mapping[tuple[int, int], Mapping[RelationKind, float]],
) -> Made:
    """The claim of a group of rows of several accounts; copies, which always agree, make it no surer."""
    across = [(a, b) for a, b in combinations(rows, 2) if table.rows[a].reading != table.rows[b].reading]
    found = [_relation(table, a, b, same[a, b], kinds.get((a, b), UNKNOWN)) for a, b in across]
    counting = [(a, b) for a, b in across if table.teller(a) != table.teller(b)]
    scores = [same[pair] for pair in counting or across]
    place = {row: n for n, row in enumerate(rows)}
    return Made(
        Claim(
            id=_id(table, rows),
            standing=STANDING[strongest([one.kind for one in found])],
            score=round(sum(scores) / len(scores), 4),
            appearances=tuple(appearance(table, row) for row in rows),
            relations=tuple(_record(one, place) for one in found),
            origins=(),
        ),
        rows,
    )


def _relation(table: Table, a: int, b: int, same: float, kinds: Mapping[RelationKind, float]) -> Found:
    """What a person says, else what the scorer and the words do."""
    told = table.rulings.relations.get((a, b))
    if told is not None:
        return Found(told.first, told.second, told.kind, 1.0, told.why)
    return relation(table, a, b, same, kinds)


def _record(found: Found, place: Mapping[int, int]) -> Relation:
    return Relation(place[found.first], place[found.second], found.kind, found.score, found.why)


def _single(table: Table, rows: tuple[int, ...], best: Mapping[int, float]) -> Made:
    """What one account alone tells; the score is how far the nearest statement of another account is."""
    claim = Claim(
        id=_id(table, rows),
        standing="single",
        score=round(1 - max(best.get(row, 0.0) for row in rows), 4),
        appearances=tuple(appearance(table, row) for row in rows),
        relations=(),
        origins=(),
    )
    return Made(claim, rows)


def _tells(table: Table, row: int) -> bool:
    """Whether a statement tells something by itself: no page furniture, no fragment of a few words."""
    return table.scalars[row][0] >= _LEAST_TOLD and not _FURNITURE.match(table.text(row))


def _id(table: Table, rows: tuple[int, ...]) -> str:
    """From the appearances alone, so that the same claim has the same id in every run."""
    key = sorted((account, span.start, span.end) for account, span in (span_of(table, row) for row in rows))
    return "c-" + hashlib.sha256(repr(key).encode()).hexdigest()[:8]


def appearance(table: Table, row: int) -> Appearance:
    """The record of a row, with its chain of voices; who tells what himself said ("I said") is one voice."""
    found = table.rows[row]
    account = table.readings[found.reading].account
    record = found.record
    voices: list[Voice] = []
    for number in record.voice:
        speaker = table.speakers[found.reading][number]
        kind = table.readings[found.reading].attributions[number].source_type
        if speaker and voices and voices[-1].span == speaker.span:
            continue
        through = heard_through(table, found.reading, number)
        if through:
            voices.append(Voice(account.text[through.span.start : through.span.end], "outlet", through.span))
        name = account.text[speaker.span.start : speaker.span.end] if speaker else None
        voices.append(Voice(name, kind, speaker.span if speaker else None))
    return Appearance(
        account=account.id,
        start=record.span.start,
        end=record.span.end,
        text=account.text[record.span.start : record.span.end],
        voice=tuple(voices),
        kind=record.kind,
        polarity=record.polarity,
        certainty=record.certainty,
    )
