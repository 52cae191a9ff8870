"""Sources of attributions: their type, and the person a pronoun stands for where the text before it tells."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tellings.reading.source_types import source_type
from tellings.reading.spans import is_inside, overlap
from tellings.records import Attribution, Mention, SourceType, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tellings.reading.layout import Layout

PRONOUNS = frozenset({"he", "she", "him", "her", "his"})
SUBJECT = 30  # code points from a sentence's beginning that its subject begins in
REACH = 3  # sentences back that a pronoun may look


def with_sources(
    layout: Layout,
    attributions: Sequence[Attribution],
    mentions: Sequence[Mention],
) -> tuple[Attribution, ...]:
    """Attributions with their source's type and entity, in the order given."""
    known: list[Attribution] = []
    for attribution in attributions:
        entity = _named(layout, attribution, mentions)
        if entity is None and _is_pronoun(layout, attribution):
            entity = _before(layout, attribution, known, mentions)
        kind = _type(layout, attribution, mentions)
        via = None if kind == "outlet" else _via(layout.text, attribution, mentions)
        known.append(replace(attribution, entity=entity, source_type=kind, via=via))
    return tuple(known)


_TELLING_TO = re.compile(
    r"\b(?:told|tells?|telling|(?:spoke|speaking|talked|talking) (?:to|with)|interview with)\W+(?:the\s+)?$",
    re.IGNORECASE,
)


def _via(text: str, attribution: Attribution, mentions: Sequence[Mention]) -> Span | None:
    """The outlet named right after a word of telling, in the source's own words or after the cue."""
    parts = [*attribution.source, *attribution.cue]
    if not parts:
        return None
    first, last = min(p.start for p in parts), max(p.end for p in parts)
    for mention in mentions:
        near = first <= mention.span.start <= last + 40
        if near and _TELLING_TO.search(text[max(first, mention.span.start - 30) : mention.span.start]):
            words = text[mention.span.start : mention.span.end]
            if source_type(words, [(words, mention.type)]) == "outlet":
                return mention.span
    return None


def _type(layout: Layout, attribution: Attribution, mentions: Sequence[Mention]) -> SourceType | None:
    if not attribution.source:
        return None
    span = Span(attribution.source[0].start, attribution.source[-1].end)
    names = [(layout.text[m.span.start : m.span.end], m.type) for m in mentions if is_inside(m.span, span)]
    return source_type(layout.text[span.start : span.end], names)


def _named(layout: Layout, attribution: Attribution, mentions: Sequence[Mention]) -> int | None:
    """The entity named by the source itself: a person in it if its type says so, else a name at its head."""
    kind = _type(layout, attribution, mentions)
    wanted = {"named person": {"PER"}, "organisation": {"ORG", "LOC"}, "outlet": {"ORG", "MISC"}}.get(kind or "", set())
    inside = [m for span in attribution.source for m in mentions if overlap(m.span, span) and m.type in wanted]
    return max(inside, key=lambda m: (m.span.end, m.score)).entity if inside else None


def _is_pronoun(layout: Layout, attribution: Attribution) -> bool:
    words = [layout.text[s.start : s.end].lower() for s in attribution.source]
    return len(words) == 1 and words[0] in PRONOUNS


def _before(
    layout: Layout, attribution: Attribution, known: Sequence[Attribution], mentions: Sequence[Mention]
) -> int | None:
    """The person that `he` or `she` as a source stands for: the last who spoke or whom a sentence began with.

    Where there is none of these, the last person named; beyond REACH sentences nothing is said.
    """
    at = attribution.source[0].start
    starts = [sentence.start for sentence in layout.sentences if sentence.start <= at]
    floor = starts[max(0, len(starts) - 1 - REACH)] if starts else 0
    near = [m for m in mentions if m.type == "PER" and floor <= m.span.start < at]
    persons = {m.entity for m in mentions if m.type == "PER"}
    heads = [(m.span.start, m.entity) for m in near if _begins(layout, m)]
    heads += [
        (a.source[0].start, a.entity)
        for a in known
        if a.source and a.entity in persons and floor <= a.source[0].start < at
    ]
    named = heads or [(m.span.start, m.entity) for m in near]
    return max(named)[1] if named else None


def _begins(layout: Layout, mention: Mention) -> bool:
    """Whether a mention stands within the first words of its sentence, where subjects stand."""
    starts = [sentence.start for sentence in layout.sentences if sentence.start <= mention.span.start]
    return bool(starts) and mention.span.start - starts[-1] <= SUBJECT
