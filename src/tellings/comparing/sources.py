"""The sources of each account and everything attributed to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from tellings.comparing.reporting import sort_of, tells
from tellings.comparing.speakers import Speaker, same_speaker, told_one
from tellings.comparing.table import Table
from tellings.comparing.words import words
from tellings.records import Attribution, Excerpt, Reading, Source, SourceAttribution, SourceType, Span


def sources(table: Table) -> tuple[Source, ...]:
    """Every account's sources, in the order in which each is first named; attributions without a source are one.

    Sources of several accounts have one id where their names say that they are one (`same_speaker`); unnamed ones of
    two accounts never do: whether they are one cannot be told.
    """
    found = [one for n in range(len(table.readings)) for one in _of_account(table, n)]
    first: list[int] = []
    for n, (speaker, one) in enumerate(found):
        known = speaker is not None and (speaker.surname or one.type in _NAMED or speaker.one is not None)
        first.append(next((m for m in range(n) if first[m] == m and known and _one(found[m], (speaker, one))), n))
    return tuple(replace(one, id=f"s-{first[n] + 1}") for n, (_, one) in enumerate(found))


_NAMED = frozenset({"named person", "organisation", "outlet", "document"})


def _one(a: tuple[Speaker | None, Source], b: tuple[Speaker | None, Source]) -> bool:
    (one, first), (other, second) = a, b
    if one is None or other is None:
        return False
    return bool(told_one(one, other)) or (first.type == second.type and same_speaker(one, other))


def _speaks(reading: Reading, said: tuple[Speaker | None, ...], number: int) -> bool:
    """Whether an attribution is somebody's speaking; somebody named may also think or want."""
    speaker = said[number]
    return tells(reading, reading.attributions[number]) or bool(speaker and speaker.type != "anonymous")


_Group = tuple[Speaker | None, str | None, list[int]]
"""A source while it is gathered: how it was first named, who it came through, its attributions."""


def _of_account(table: Table, number: int) -> list[tuple[Speaker | None, Source]]:
    reading, said = table.readings[number], table.speakers[number]
    order = sorted(range(len(said)), key=lambda n: _start(reading.attributions[n]))
    order = [n for n in order if _speaks(reading, said, n)]
    found: list[_Group] = []
    for n in order:
        speaker, via = said[n], _via(table, reading, said, n)
        home = next((group for group in found if group[1] == via and _same(group[0], speaker)), None)
        home = home or _described_before(reading, found, speaker)
        if home:
            home[2].append(n)
        else:
            found.append((speaker, via, [n]))
    return [(_fullest(said, members), _source(reading, said, via, members)) for _, via, members in found]


_THE = frozenset({"the", "that", "this"})


def _described_before(reading: Reading, found: Sequence[_Group], speaker: Speaker | None) -> _Group | None:
    """The last source before that "the official" takes up: unnamed too, with all of its words."""
    if speaker is None or speaker.surname or speaker.type not in _UNNAMED:
        return None
    named = words(reading.account.text, speaker.span)
    if len(named) != _ALONE or named[0].key not in _THE:
        return None
    before = (one for one in reversed(found) if one[0] and one[0].type in _UNNAMED and not one[0].surname)
    return next((one for one in before if one[0] and speaker.keys <= one[0].keys), None)


_UNNAMED = frozenset({"anonymous", "role"})
_ALONE = 2
"""Words of a source that is taken up again: "the official"."""


def _fullest(said: tuple[Speaker | None, ...], members: list[int]) -> Speaker | None:
    named = [speaker for n in members if (speaker := said[n])]
    return max(named, key=lambda s: (len(s.keys), -s.span.start)) if named else None


def _same(one: Speaker | None, other: Speaker | None) -> bool:
    if one is None or other is None:
        return one is other
    if told_one(one, other) is False:
        return False
    return one.span == other.span or one.keys == other.keys or same_speaker(one, other)


def _via(table: Table, reading: Reading, said: tuple[Speaker | None, ...], number: int) -> str | None:
    """The name of who an attribution came through: the source of the one it stands in, or the outlet it was told to.

    An outlet goes by its full name where the account has that.
    """
    attribution = reading.attributions[number]
    speaker = said[attribution.parent] if attribution.parent is not None else None
    span = speaker.span if speaker and not _same(speaker, said[number]) else attribution.via
    if span is None:
        return None
    full = table.known.meant(reading, span)
    return full if full and full in reading.account.text else _text(reading, span)


def _source(reading: Reading, said: tuple[Speaker | None, ...], via: str | None, members: list[int]) -> Source:
    """The record; the name is the fullest naming, the type the one most of its attributions were given."""
    fullest = _fullest(said, members)
    name = _text(reading, fullest.span) if fullest else None
    kinds = [reading.attributions[n].source_type for n in members]
    types = Counter(kind for kind in kinds if kind)
    entity = name if fullest and any(one.name == fullest.span for one in reading.entities) else None
    return Source(
        account=reading.account.id,
        name=name,
        type=_type(types, fullest),
        entity=entity,
        via=via,
        attributions=tuple(_attribution(reading, reading.attributions[n]) for n in members),
    )


def _type(types: Counter[SourceType], fullest: Speaker | None) -> SourceType | None:
    """A person once named is a named person, however often he is "the official" after; so is an outlet "the agency"."""
    if fullest and fullest.surname:
        return "named person"
    if "outlet" in types:
        return "outlet"
    return min(types.items(), key=lambda counted: (-counted[1], counted[0]))[0] if types else None


def _attribution(reading: Reading, attribution: Attribution) -> SourceAttribution:
    parent = reading.attributions[attribution.parent] if attribution.parent is not None else None
    return SourceAttribution(
        source=_excerpts(reading, attribution.source),
        cue=_excerpts(reading, attribution.cue),
        content=_excerpts(reading, attribution.content),
        manner=attribution.manner,
        parent=parent.content[0].start if parent and parent.content else None,
        sort=sort_of(reading, attribution),
    )


def _start(attribution: Attribution) -> int:
    spans = attribution.source or attribution.cue or attribution.content
    return min((span.start for span in spans), default=0)


def _text(reading: Reading, span: Span) -> str:
    return reading.account.text[span.start : span.end]


def _excerpts(reading: Reading, spans: tuple[Span, ...]) -> tuple[Excerpt, ...]:
    return tuple(Excerpt(reading.account.id, s.start, s.end, _text(reading, s)) for s in spans)
