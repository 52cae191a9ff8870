"""Who says it, as a person says: the source of an attribution set, left out, or taken back to the account's own voice.

Words that the reader gives nobody become an attribution of their own, so that a correction outlives a reader that no
longer finds one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import get_args

from tellings.correcting.places import attribution_at, content_of, mention_at, overlap
from tellings.correcting.records import LEFT_OUT, OWN_VOICE, Correction
from tellings.reading.source_types import source_type
from tellings.records import Attribution, Manner, Reading, SourceType, Span, Statement


def with_speakers(reading: Reading, corrections: Iterable[Correction]) -> Reading:
    """The reading with what some corrections of kind "speaker" say; no two of them are of one attribution."""
    order = sorted(corrections, key=lambda one: (one.at.span, one.key))
    found = {one.key: attribution_at(reading, one.at.span) for one in order}
    attributions = list(reading.attributions)
    gone: set[int] = set()
    new: list[Correction] = []
    for one in order:
        number = found[one.key]
        if number is None:
            new += [one] if one.value != OWN_VOICE else []
        elif one.value == OWN_VOICE:
            gone.add(number)
        else:
            attributions[number] = _spoken(reading, attributions[number], one)
    made = replace(reading, attributions=tuple(attributions))
    for one in new:
        made = _given(made, one)
    return _without(made, gone) if gone else made


def _spoken(reading: Reading, attribution: Attribution, one: Correction) -> Attribution:
    if one.value == LEFT_OUT or one.other is None:
        return replace(attribution, source=(), source_type=None, entity=None, via=None, score=1.0)
    span = one.other.span
    mention = mention_at(reading, span)
    entity = reading.mentions[mention].entity if mention is not None else None
    return replace(
        attribution, source=(span,), source_type=_type(reading, span, entity, one.value), entity=entity, score=1.0
    )


def _type(reading: Reading, span: Span, entity: int | None, value: str | None) -> SourceType | None:
    """The type that the person gives, else what the words tell."""
    given: SourceType | None = next((kind for kind in get_args(SourceType) if kind == value), None)
    if given is not None:
        return given
    text = reading.account.text
    those = [one for one in reading.mentions if one.entity == entity and one.form == "name"]
    if any(one.type == "PER" for one in those):
        return "named person"
    names = [(text[one.span.start : one.span.end], one.type) for one in those if overlap(one.span, span)]
    return source_type(text[span.start : span.end], names)


def _given(reading: Reading, one: Correction) -> Reading:
    """The reading with an attribution more: its content are the correction's words."""
    span = one.at.span
    number = len(reading.attributions)
    parent = _around(reading, span)
    plain = Attribution((), (), (span,), _manner(reading, span), None, parent, 1.0)
    made = _spoken(reading, plain, one)
    others = tuple(
        replace(other, parent=number) if other.parent == parent and _is_in(content_of(other), span) else other
        for other in reading.attributions
    )
    statements = tuple(_told(each, span, number, parent) for each in reading.statements)
    return replace(reading, attributions=(*others, made), statements=statements)


def _around(reading: Reading, span: Span) -> int | None:
    holding = [
        (content.end - content.start, n)
        for n, other in enumerate(reading.attributions)
        if (content := content_of(other)) and _is_in(span, content) and content != span
    ]
    return min(holding)[1] if holding else None


def _is_in(one: Span | None, other: Span) -> bool:
    return one is not None and other.start <= one.start and one.end <= other.end


def _manner(reading: Reading, span: Span) -> Manner:
    quoted = sum(overlap(one, span) for one in reading.quotations)
    if not quoted:
        return "indirect"
    return "direct" if 2 * quoted > span.end - span.start else "mixed"


def _told(one: Statement, span: Span, number: int, parent: int | None) -> Statement:
    """A statement that is mostly in a content is told in its voice, too."""
    if 2 * overlap(one.span, span) < one.span.end - one.span.start:
        return one
    at = one.voice.index(parent) + 1 if parent in one.voice else 0
    return replace(one, voice=(*one.voice[:at], number, *one.voice[at:]))


def _without(reading: Reading, gone: set[int]) -> Reading:
    """The reading without some attributions: what stands in them stands in what is around them."""
    left = [n for n in range(len(reading.attributions)) if n not in gone]
    number = {n: new for new, n in enumerate(left)}

    def outer(n: int | None) -> int | None:
        while n is not None and n in gone:
            n = reading.attributions[n].parent
        return None if n is None else number[n]

    return replace(
        reading,
        attributions=tuple(
            replace(reading.attributions[n], parent=outer(reading.attributions[n].parent)) for n in left
        ),
        statements=tuple(
            replace(one, voice=tuple(number[n] for n in one.voice if n not in gone)) for one in reading.statements
        ),
    )
