"""Chains of voices: through whom a statement came to the account, from the account inwards to who first told it.

Only telling makes a link: what somebody thinks or wants inside another's words has no voice of its own, and who tells
what he himself said ("I said") is one voice.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tellings.comparing.reporting import sort_of, tells
from tellings.comparing.speakers import Speaker, outlet_keys, same_speaker
from tellings.comparing.words import listed, words
from tellings.records import Reading

if TYPE_CHECKING:
    from tellings.comparing.table import Table

_SELF = listed("i we my our me us myself ourselves")


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
        if links and speaker is None and sort_of(reading, reading.attributions[number]) is None:
            continue
        if links and outer is None:
            links.pop()
        links.append(number)
    return tuple(links)


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


def _own(reading: Reading, number: int) -> bool:
    """Whether the source is the speaker around it, by a pronoun of the first person."""
    text = reading.account.text
    keys = {word.key for span in reading.attributions[number].source for word in words(text, span)}
    return bool(keys) and keys <= _SELF
