"""Entities of one account put together and taken apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from tellings.correcting.parting import parted
from tellings.reading.coreference import is_pronoun
from tellings.records import Attribution, Entity, Mention, MentionForm, Participant, Reading, Span, Statement


def with_mentions(reading: Reading, new: Iterable[tuple[Span, int]]) -> Reading:
    """A reading with mentions that its reader does not know, each of the entity of a mention that it knows."""
    known = {one.span for one in reading.mentions}
    made = {
        span: Mention(span, reading.mentions[of].type, 1.0, reading.mentions[of].entity, _form(reading, span))
        for span, of in sorted(new)
        if span not in known
    }
    return _rebuilt(reading, (*reading.mentions, *made.values())) if made else reading


def _form(reading: Reading, span: Span) -> MentionForm:
    words = reading.account.text[span.start : span.end]
    if is_pronoun(words):
        return "pronoun"
    return "name" if words[:1].isupper() and not words.lower().startswith(("the ", "a ", "an ")) else "nominal"


def _rebuilt(reading: Reading, mentions: Sequence[Mention]) -> Reading:
    """The reading with other mentions, in text order if they were; entities keep their numbers."""
    order = list(range(len(mentions)))
    if [one.span for one in reading.mentions] == sorted(one.span for one in reading.mentions):
        order.sort(key=lambda n: mentions[n].span)
    ordered = tuple(mentions[n] for n in order)
    entities = tuple(
        replace(one, mentions=tuple(n for n, mention in enumerate(ordered) if mention.entity == number))
        for number, one in enumerate(reading.entities)
    )
    return replace(reading, mentions=ordered, entities=entities)


def with_people(reading: Reading, groups: Sequence[Collection[Span]], apart: AbstractSet[tuple[int, int]]) -> Reading:
    """The reading with its mentions put together by `groups` of their spans and those groups held `apart`.

    What nobody spoke of goes, of an entity that is taken apart, with the side that has its very name, else with the one
    named last before it.
    """
    order = sorted(range(len(reading.mentions)), key=lambda n: (reading.mentions[n].span, n))
    classes = {n: reading.mentions[n].entity for n in order}
    at = {reading.mentions[n].span: n for n in order}
    numbered = [[at[span] for span in sorted(group) if span in at] for group in groups]
    named = _Named(reading)
    home = parted(classes, numbered, apart, named.side)
    if _same(classes, home):
        return reading
    return _renumbered(reading, _numbers(reading, home))


def _same(before: dict[int, int], after: dict[int, int]) -> bool:
    """Whether two partitions are one."""
    pairs = {(before[n], after[n]) for n in before}
    return len(pairs) == len(set(before.values())) == len(set(after.values()))


class _Named:
    """Which side of an entity a mention goes with; mentions are asked about in text order."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def side(self, mention: int, sides: Sequence[Sequence[int]]) -> int:
        """The side that has the mention's words, else the one whose mention stands last before it, else the next."""
        words = self._words(mention)
        same = [n for n, side in enumerate(sides) if words in {self._words(one) for one in side}]
        if len(same) == 1:
            return same[0]
        here = self._reading.mentions[mention].span
        places = [(self._reading.mentions[one].span, n) for n, side in enumerate(sides) for one in side]
        before = [place for place in places if place[0] < here]
        return max(before)[1] if before else min(places)[1]

    def _words(self, mention: int) -> str:
        span = self._reading.mentions[mention].span
        return self._reading.account.text[span.start : span.end].lower()


def _numbers(reading: Reading, home: dict[int, int]) -> dict[int, int]:
    """Numbers of entities for classes of mentions: in the order of the entities before, then of the text."""
    first: dict[int, tuple[int, Span]] = {}
    for n, label in home.items():
        place = reading.mentions[n].entity, reading.mentions[n].span
        first[label] = min(first.get(label, place), place)
    order = sorted(first, key=lambda label: first[label])
    number = {label: n for n, label in enumerate(order)}
    return {n: number[label] for n, label in home.items()}


def _renumbered(reading: Reading, number: dict[int, int]) -> Reading:
    moved = defaultdict(list)
    for n, new in sorted(number.items(), key=lambda item: reading.mentions[item[0]].span):
        moved[reading.mentions[n].entity].append((reading.mentions[n].span, new))
    mentions = tuple(replace(one, entity=number[n]) for n, one in enumerate(reading.mentions))
    return replace(
        reading,
        mentions=mentions,
        entities=_entities(reading, mentions),
        attributions=tuple(_attribution(one, moved) for one in reading.attributions),
        statements=tuple(_statement(one, moved) for one in reading.statements),
    )


Moved = dict[int, list[tuple[Span, int]]]
"""For each entity before, its mentions in text order and the entity that each has now."""


def _entities(reading: Reading, mentions: Sequence[Mention]) -> tuple[Entity, ...]:
    held: dict[int, list[int]] = defaultdict(list)
    for n, one in enumerate(mentions):
        held[one.entity].append(n)
    before = {frozenset(one.mentions): one for one in reading.entities}
    return tuple(before.get(frozenset(those)) or _entity(reading, mentions, those) for _, those in sorted(held.items()))


def _entity(reading: Reading, mentions: Sequence[Mention], those: Sequence[int]) -> Entity:
    """Its fullest name, else its first phrase; the type most of its names have."""
    names = [n for n in those if mentions[n].form == "name"]
    kinds = Counter(mentions[n].type for n in names or those)
    kind = min(kinds, key=lambda kind: (-kinds[kind], kind))
    of_type = [n for n in names if mentions[n].type == kind]
    phrases = [n for n in those if mentions[n].form == "nominal"] or list(those)
    spans = [mentions[n].span for n in of_type]
    full = max(spans, key=lambda span: (*_fullness(reading, span), -span.start), default=None)
    return Entity(kind, full or min(mentions[n].span for n in phrases), tuple(those))


def _fullness(reading: Reading, span: Span) -> tuple[int, int]:
    words = reading.account.text[span.start : span.end]
    return len(words.split()), len(words)


def _now(entity: int | None, span: Span | None, moved: Moved) -> int | None:
    """The entity now of what meant one before: of its mention in a span, else of the last one before it."""
    if entity is None or entity not in moved:
        return entity
    places = moved[entity]
    if span is None or len({new for _, new in places}) == 1:
        return places[0][1]
    inside = [new for one, new in places if one.start < span.end and span.start < one.end]
    before = [new for one, new in places if one.start < span.start]
    return (inside or before[-1:] or [places[0][1]])[0]


def _attribution(one: Attribution, moved: Moved) -> Attribution:
    at = one.source or one.cue or one.content
    entity = _now(one.entity, at[0] if at else None, moved)
    return one if entity == one.entity else replace(one, entity=entity)


def _statement(one: Statement, moved: Moved) -> Statement:
    parts = tuple(_participant(part, moved) for part in one.participants)
    return one if parts == one.participants else replace(one, participants=parts)


def _participant(one: Participant, moved: Moved) -> Participant:
    entity = _now(one.entity, one.span, moved)
    return one if entity == one.entity else replace(one, entity=entity)
