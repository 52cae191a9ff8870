"""Who an attribution's source is: the fullest naming of it in the account, and when two of them are the same."""

from __future__ import annotations

from typing import NamedTuple

from tellings.comparing.outlets import Outlets, shipped
from tellings.comparing.words import PRONOUNS, STOP, listed, stem, words
from tellings.records import Attribution, Mention, Reading, SourceType, Span

_BEFORE_OTHERS = listed("for of to by with from about in at on near outside against")
_GENERIC = listed("people person official source man woman spokesman spokeswoman spokesperson one other")
TITLES = listed(
    """president vice senator sen representative rep congressman congresswoman governor gov mayor justice judge
    secretary minister prime chancellor king queen prince princess pope bishop father sister reverend rev rabbi imam
    general gen colonel col major maj captain capt lieutenant lt sergeant sgt officer detective sheriff chief deputy
    commissioner attorney director chairman chairwoman chair speaker leader professor prof doctor lord lady sir dame
    former late majority minority house senate coach former-president ms miss"""
)
"""Words before a name that are no part of it."""
_PRONOUN_REACH = 3
"""How many sentences back a bare pronoun may find its speaker when the reading does not link it."""


class Speaker(NamedTuple):
    """A source as named: the span naming it most fully, its matching words, and whether it is a person by name.

    `one` numbers those whom people said to be one, or not: `apart` are the numbers of those it is not.
    """

    span: Span
    keys: frozenset[str]
    surname: str | None
    type: SourceType | None
    one: int | None = None
    apart: frozenset[int] = frozenset()


def speakers(reading: Reading, known: Outlets | None = None) -> tuple[Speaker | None, ...]:
    """The speaker of each attribution of a reading, None where the account leaves it out; outlets by the table's names.

    A pronoun that no mention resolves is given to the last person by name who was a source up to three sentences
    before it.
    """
    found: list[Speaker | None] = []
    last: tuple[int, Speaker] | None = None
    order = sorted(range(len(reading.attributions)), key=lambda n: _place(reading, n))
    by_number: dict[int, Speaker | None] = {}
    for number in order:
        speaker = _speaker(reading, number, known or shipped())
        at = _sentence(reading, _place(reading, number))
        if speaker and (speaker.keys <= PRONOUNS or _names_himself(reading, number, speaker)):
            fits = last and at - last[0] <= _PRONOUN_REACH and last[1].span != speaker.span
            speaker = last[1] if last and fits else _as_written(reading, number)
        elif speaker and speaker.surname:
            last = (at, speaker)
        by_number[number] = speaker
    found.extend(by_number[number] for number in range(len(reading.attributions)))
    return tuple(found)


_OTHERS = listed("he she they")
"""Pronouns that never mean who is speaking, inside a quotation of his words."""


def _names_himself(reading: Reading, number: int, speaker: Speaker) -> bool:
    """Whether "he" was taken for somebody whom the very words between quotation marks name: nobody so calls himself.

    The same goes for "he" inside somebody's quoted words taken for that somebody.
    """
    one, text = reading.attributions[number], reading.account.text
    if not speaker.surname or not one.source or text[slice(*one.source[0])].lower() not in _OTHERS:
        return False
    if one.parent is not None:
        outer = reading.attributions[one.parent]
        inside = any(q.start <= one.source[0].start and one.source[0].end <= q.end for q in reading.quotations)
        return inside and outer.entity is not None and outer.entity == one.entity
    return any(
        word.key == speaker.surname
        for quotation in reading.quotations
        for content in one.content
        if content.start <= quotation.start + 1 and quotation.end <= content.end + 1
        for word in words(text, quotation)
    )


def _as_written(reading: Reading, number: int) -> Speaker | None:
    """The speaker by nothing but the source's own words."""
    span = reading.attributions[number].source[0]
    keys = _keys(reading.account.text, span)
    return Speaker(span, keys, None, reading.attributions[number].source_type) if keys else None


_TITLE_STEMS = frozenset(stem(title) for title in TITLES)


def outlet_keys(name: str) -> frozenset[str]:
    """The words by which an outlet is matched, of its full name."""
    return frozenset(word.stem for word in words(name) if word.key not in STOP)


def told_one(a: Speaker, b: Speaker) -> bool | None:
    """Whether people said that two sources are one, or that they are not; None where nobody did."""
    if a.one is None or b.one is None:
        return None
    return True if a.one == b.one else False if b.one in a.apart else None


def same_speaker(a: Speaker, b: Speaker) -> bool:
    """Whether two sources of different accounts can be taken for one by their names, or are by what people said.

    Persons by surname, unless their first names differ; others where the words of one hold those of the other, unless
    these are too general ("officials") to say who is meant.
    """
    told = told_one(a, b)
    if told is not None:
        return told
    if a.surname and b.surname:
        return a.surname == b.surname and _first_names_fit(a, b)
    if a.surname or b.surname:
        return False
    if a.type == b.type == "outlet":
        return a.keys == b.keys
    shared = a.keys & b.keys
    if not shared or shared <= _GENERIC:
        return a.keys == b.keys and bool(a.keys) and a.type not in {None, "anonymous"}
    return shared in (a.keys, b.keys) or 2 * len(shared) > len(a.keys | b.keys)


def is_known(speaker: Speaker) -> bool:
    """Whether a source is somebody in particular: a person by name, or a named body, document or outlet."""
    return bool(speaker.surname) or speaker.type in {"organisation", "outlet", "document"}


def _first_names_fit(a: Speaker, b: Speaker) -> bool:
    rest_a, rest_b = (one.keys - {one.surname} - TITLES - _TITLE_STEMS for one in (a, b))
    return not rest_a or not rest_b or bool({k[:1] for k in rest_a if k} & {k[:1] for k in rest_b if k})


def _speaker(reading: Reading, number: int, known: Outlets) -> Speaker | None:
    """The speaker of one attribution by its own words and the mentions inside them."""
    attribution = reading.attributions[number]
    if not attribution.source:
        return None
    span = _tidy(reading.account.text, attribution.source[0])
    named, type_ = _name(reading, attribution, span)
    keys = _keys(reading.account.text, named)
    if not keys:
        return None
    outlet = known.meant(reading, span) if attribution.source_type == "outlet" else None
    if outlet:
        return Speaker(named, outlet_keys(outlet), None, "outlet")
    person = type_ == "PER" and attribution.source_type != "outlet" and not keys <= PRONOUNS
    surname = words(reading.account.text, named)[-1].key if person else None
    return Speaker(named, keys, surname, attribution.source_type)


_LEFT_HANGING = listed("who whom which that and or but in of to for at on by with from")


def _tidy(text: str, span: Span) -> Span:
    """A source without the words that only lead on from it: "a porter who", "two aides and"."""
    found = words(text, span)
    while len(found) > 1 and found[-1].key in _LEFT_HANGING:
        found = found[:-1]
    return Span(span.start, found[-1].end) if found and found[-1].end < span.end else span


_UNNAMED = frozenset({"anonymous", "role", "collective", "document"})
"""Types of sources that a name inside them does not name: "two people who told the Post", "a poll by the Post"."""


def _name(reading: Reading, attribution: Attribution, span: Span) -> tuple[Span, str | None]:
    """The fullest naming of a source and the type of what it names; the source's own words where it names nothing.

    An entity without a name is called by its phrase where the source is a pronoun, else by the source's own words.
    """
    number = attribution.entity
    if number is None and attribution.source_type not in _UNNAMED:
        head = _head_mention(reading, span)
        number = head.entity if head else None
    if number is None:
        return span, None
    entity = reading.entities[number]
    if any(reading.mentions[m].form == "name" for m in entity.mentions):
        return entity.name, entity.type
    return (entity.name if _keys(reading.account.text, span) <= PRONOUNS else span), None


def _head_mention(reading: Reading, span: Span) -> Mention | None:
    """The mention that names the source itself, not one it belongs to ("a spokesman for ...")."""
    text = reading.account.text
    inside = [
        mention
        for mention in reading.mentions
        if span.start <= mention.span.start < span.end and mention.form == "name" and mention.type in {"PER", "ORG"}
    ]
    for mention in sorted(inside, key=lambda m: (m.type != "PER", m.span.start)):
        before = words(text, Span(span.start, mention.span.start))
        if not before or before[-1].key not in _BEFORE_OTHERS:
            return mention
    return None


def _keys(text: str, span: Span) -> frozenset[str]:
    """The words by which a source is matched: stems, without function words unless there is nothing else."""
    found = words(text, span)
    stems = frozenset(word.stem for word in found if word.key not in STOP)
    return stems or frozenset(word.key for word in found)


def _place(reading: Reading, number: int) -> int:
    attribution = reading.attributions[number]
    spans = attribution.source or attribution.cue or attribution.content
    return spans[0].start if spans else 0


def _sentence(reading: Reading, place: int) -> int:
    """The number of the last sentence that begins at or before a place."""
    from bisect import bisect_right

    return bisect_right(reading.sentences, place, key=lambda span: span.start) - 1
