"""Chains of voices: through whom a statement came to the account, from the account inwards to who first told it.

Only telling makes a link: what somebody thinks or wants inside another's words has no voice of its own, and who tells
what he himself said ("I said") is one voice.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tellings.comparing.reporting import tells
from tellings.comparing.speakers import Speaker, outlet_keys, same_speaker
from tellings.comparing.words import listed, words
from tellings.records import Attribution, Reading, Span

if TYPE_CHECKING:
    from tellings.comparing.table import Table

_SELF = listed("i we my our me us myself ourselves")
_POLICE = listed(
    """police officer officers detective detectives investigator investigators deputy deputies agents authorities
    prosecutors fbi"""
)
"""Whom people tell what an account can only have out of a document that it names,"""
_BEFORE, _AFTER = 4, 1
"""so many sentences before or after."""
_REPORTEDLY = 2
"""What somebody "reportedly" said was reported by an outlet or document named up to so many sentences before."""


def chain(reading: Reading, said: tuple[Speaker | None, ...], numbers: Iterable[int]) -> tuple[int, ...]:
    """Of attributions that stand one inside the other, outermost first, those that are links of their own.

    `said` has the speaker of each attribution of the reading, None where the account leaves it out.
    """
    links: list[int] = []
    for number in numbers:
        if not tells(reading, reading.attributions[number]):
            continue
        speaker = said[number]
        outer = said[links[-1]] if links else None
        if links and (_own(reading, number) or (outer and speaker and same_speaker(outer, speaker))):
            continue
        if links and (speaker is None or _holds_source(reading.attributions[number])):
            continue
        if links and outer is None:
            links.pop()
        links.append(number)
    around = carried(reading, said, links[0]) if links else None
    if around is None:
        return tuple(links)
    return (around, *links) if said[links[0]] else (around, *links[1:])


def carried(reading: Reading, said: tuple[Speaker | None, ...], number: int) -> int | None:
    """The attribution to a document, or outlet, around that an attribution at the account's level rests on.

    What somebody told the police, or the police asked him, stands in the court papers named just before; what he
    "reportedly" said was in the report.
    """
    one = reading.attributions[number]
    if one.parent is not None or not one.cue:
        return None
    here = _sentence(reading, one)
    if "reportedly" in _keys(reading, one.cue):
        return _nearest(reading, said, number, range(here - _REPORTEDLY, here), frozenset({"outlet", "document"}))
    if _to_police(reading, one):
        around = range(here - _BEFORE, here + _AFTER + 1)
        return _nearest(reading, said, number, around, frozenset({"document"}))
    return None


def _nearest(
    reading: Reading, said: tuple[Speaker | None, ...], number: int, around: range, types: frozenset[str]
) -> int | None:
    """The nearest attribution at the account's level to a source of some types, the earlier of two as near."""
    here = _sentence(reading, reading.attributions[number])
    found = [
        (abs(at - here), at, n)
        for n, one in enumerate(reading.attributions)
        if n != number and one.parent is None and one.cue and said[n] and one.source_type in types
        if (at := _sentence(reading, one)) in around and tells(reading, one)
    ]
    return min(found)[2] if found else None


def _to_police(reading: Reading, one: Attribution) -> bool:
    """Whether it was told to the police, or asked by them."""
    text = reading.account.text
    after = words(text, Span(one.cue[-1].end, min(len(text), one.cue[-1].end + _TOLD_TO)))[:_NEAR_CUE]
    if {word.key for word in after} & _POLICE and _keys(reading, one.cue) & _TOLD:
        return True
    return bool(_keys(reading, one.source) & _POLICE and _keys(reading, one.cue) & _ASKED)


_TOLD, _ASKED = listed("told tells telling"), listed("asked asks")
_TOLD_TO, _NEAR_CUE = 30, 2
"""Code points and words after the cue in which it stands who was told."""


def _keys(reading: Reading, spans: Iterable[Span]) -> frozenset[str]:
    return frozenset(word.key for span in spans for word in words(reading.account.text, span))


def _sentence(reading: Reading, one: Attribution) -> int:
    return bisect_right(reading.sentences, one.cue[0].start, key=lambda span: span.start) - 1


def heard_through(table: Table, reading: int, number: int) -> Speaker | None:
    """The outlet to whom an unnamed source spoke, by its full name: all that the account has of it came through it.

    Who speaks by name to an outlet speaks for himself, and to everybody.
    """
    attribution, speaker = table.readings[reading].attributions[number], table.speakers[reading][number]
    if attribution.via is None or speaker is None or speaker.type not in {"anonymous", "role"}:
        return None
    text = table.readings[reading].account.text
    name = table.known.meant(table.readings[reading], attribution.via) or text[slice(*attribution.via)]
    return Speaker(attribution.via, outlet_keys(name), None, "outlet")


def nested(reading: Reading, number: int) -> tuple[int, ...]:
    """An attribution after all it stands in, outermost first."""
    found: list[int] = []
    at: int | None = number
    while at is not None and at not in found:
        found.append(at)
        at = reading.attributions[at].parent
    return tuple(reversed(found))


def _holds_source(one: Attribution) -> bool:
    """Whether what is told names who tells it: "what he called a scramble" is no telling of its own."""
    if not one.content:
        return False
    return any(one.content[0].start <= span.start and span.end <= one.content[-1].end for span in one.source)


def _own(reading: Reading, number: int) -> bool:
    """Whether the source is the speaker around it, by a pronoun of the first person."""
    keys = _keys(reading, reading.attributions[number].source)
    return bool(keys) and keys <= _SELF
