"""The parse step: a reading to the plain records of what to draw. Nothing here knows how it will look."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from tellings.show.reading.check import check, depths
from tellings.show.reading.drawn import (
    Drawn,
    DrawnAttribution,
    DrawnEntity,
    DrawnFigure,
    DrawnLoaded,
    DrawnMention,
    DrawnParticipant,
    DrawnStatement,
    DrawnStep,
    DrawnTime,
    DrawnWord,
    Stretch,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tellings.records import Attribution, Reading, Span, Statement


def draw(reading: Reading) -> Drawn:
    """Give what to draw of a reading, each span with its words (code points, half-open).

    Raises:
        SpanError: a span does not lie in the account's text, or a number leads to no item.

    """
    check(reading)
    text = reading.account.text
    starts = [span.start for span in reading.sentences]
    return Drawn(
        account=reading.account,
        sentences=_stretches(text, reading.sentences),
        words=tuple(
            DrawnWord(*_cut(text, word.span), _sentence(starts, word.span), word.upos, word.head, word.relation)
            for word in reading.words
        ),
        mentions=tuple(
            DrawnMention(*_cut(text, one.span), one.type, one.form, one.entity, one.score) for one in reading.mentions
        ),
        entities=tuple(
            DrawnEntity(entity.type, Stretch(*_cut(text, entity.name)), entity.mentions) for entity in reading.entities
        ),
        attributions=_attributions(reading),
        quotations=_stretches(text, reading.quotations),
        statements=tuple(_statement(reading, statement) for statement in reading.statements),
        figures=tuple(
            DrawnFigure(*_cut(text, one.span), one.low, one.high, one.unit, one.bound) for one in reading.figures
        ),
        times=tuple(
            DrawnTime(*_cut(text, one.span), one.kind, one.value, one.first, one.last) for one in reading.times
        ),
        wording=tuple(DrawnLoaded(*_cut(text, one.span), one.score, one.quoted) for one in reading.wording),
    )


def _cut(text: str, span: Span) -> tuple[int, int, str]:
    return span.start, span.end, text[span.start : span.end]


def _stretches(text: str, spans: Iterable[Span]) -> tuple[Stretch, ...]:
    return tuple(Stretch(*_cut(text, span)) for span in spans)


def _sentence(starts: list[int], span: Span) -> int | None:
    """The number of the last sentence that begins at or before a span."""
    at = bisect_right(starts, span.start) - 1
    return at if at >= 0 else None


def _attributions(reading: Reading) -> tuple[DrawnAttribution, ...]:
    text = reading.account.text
    return tuple(
        DrawnAttribution(
            source=_stretches(text, one.source),
            cue=_stretches(text, one.cue),
            content=_stretches(text, one.content),
            manner=one.manner,
            source_type=one.source_type,
            entity=one.entity,
            via=None if one.via is None else Stretch(*_cut(text, one.via)),
            parent=one.parent,
            depth=depth,
            score=one.score,
        )
        for one, depth in zip(reading.attributions, depths(reading), strict=True)
    )


def _statement(reading: Reading, statement: Statement) -> DrawnStatement:
    text = reading.account.text
    return DrawnStatement(
        *_cut(text, statement.span),
        sentence=statement.sentence,
        voice=tuple(_step(reading, number) for number in statement.voice),
        quoted=statement.quoted,
        kind=statement.kind,
        polarity=statement.polarity,
        certainty=statement.certainty,
        predicate=None if statement.predicate is None else Stretch(*_cut(text, statement.predicate)),
        participants=tuple(
            DrawnParticipant(*_cut(text, one.span), one.role, one.entity) for one in statement.participants
        ),
        figures=statement.figures,
        times=statement.times,
    )


def _step(reading: Reading, number: int) -> DrawnStep:
    attribution = reading.attributions[number]
    named = _naming(reading, attribution)
    name = None if named is None else Stretch(*_cut(reading.account.text, named))
    return DrawnStep(number, name, attribution.source_type)


def _naming(reading: Reading, attribution: Attribution) -> Span | None:
    """The fullest name of a source: its entity's where one is known ("she" is Ana Lind), else its own words."""
    if attribution.entity is not None:
        return reading.entities[attribution.entity].name
    return attribution.source[0] if attribution.source else None
