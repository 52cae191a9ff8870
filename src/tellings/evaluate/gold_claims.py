"""What the gold says of a story's sentences: which tell the same thing, and how they stand to each other.

Statements may be parts of sentences: a statement stands for every gold sentence that holds at least half of it, or half
of which it holds.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from tellings.comparing.relations import STRENGTH
from tellings.evaluate.stories import GoldStory, Sentence, Telling
from tellings.records import Span

if TYPE_CHECKING:
    from tellings.comparing.table import Table

Pair: TypeAlias = frozenset[Sentence]
"""Two sentences of a story."""
GROUP = {"agree": "same", "narrower": "same", "differ": "differ", "update": "differ", "conflict": "conflict"}
"""The three groups of relations."""


def sentences_of(story: GoldStory, table: Table) -> tuple[tuple[Sentence, ...], ...]:
    """The gold sentences that each row of a story's table stands for."""
    tellings = {telling.account.id: telling for telling in story.tellings}
    return tuple(
        tuple(_sentences(tellings[table.readings[row.reading].account.id], row.record.span)) for row in table.rows
    )


def _sentences(telling: Telling, span: Span) -> Iterator[Sentence]:
    for number, sentence in enumerate(telling.sentences):
        common = overlap(span, sentence)
        if common > 0 and 2 * common >= min(span.end - span.start, sentence.end - sentence.start):
            yield telling.letter, number


def overlap(one: Span, other: Span) -> int:
    """How many code points two spans share; negative where they lie apart."""
    return min(one.end, other.end) - max(one.start, other.start)


def gold_pairs(story: GoldStory) -> dict[Pair, str]:
    """Every labelled pair of sentences with the strongest relation of its claims, pairs of one account included."""
    found: dict[Pair, str] = {}
    for claim in story.claims:
        for pair in itertools.combinations(claim.members, 2):
            strengthen(found, frozenset(pair), claim.relation)
    return found


def pair_kinds(story: GoldStory) -> dict[Pair, str]:
    """The relation of each pair of sentences itself, the strongest where it is in several claims, where known."""
    found: dict[Pair, str] = {}
    unknown = set()
    for claim in story.claims:
        for pair in itertools.combinations(claim.members, 2):
            key, kind = frozenset(pair), claim.kind(*pair)
            if kind is None:
                unknown.add(key)
            else:
                strengthen(found, key, kind)
    return {pair: kind for pair, kind in found.items() if pair not in unknown}


def strengthen(found: dict[Pair, str], pair: Pair, kind: str) -> None:
    """Note a relation of a pair, unless a stronger one is."""
    found[pair] = max(found.get(pair, "agree"), kind, key=STRENGTH.index)


def across(pairs: Iterable[Pair]) -> set[Pair]:
    """The pairs whose sentences are of two accounts."""
    return {pair for pair in pairs if len({letter for letter, _ in pair}) == 2}


def quote_kinds(story: GoldStory) -> dict[Pair, str]:
    """Every pair of sentences of two accounts that quote the same utterance: identical, clipped or altered."""
    return {
        frozenset(pair): quote.same
        for quote in story.quotes
        for pair in itertools.combinations(quote.members, 2)
        if pair[0][0] != pair[1][0]
    }
