"""The timeline: when what a claim tells happened, or is to happen, by the dates in its statements."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from tellings.records import Reading, Span, Statement, Time, TimelineEntry

if TYPE_CHECKING:
    from tellings.comparing.claims import Made
    from tellings.comparing.table import Table

_OF_A_NOUN = frozenset(["compound", "nummod", "amod", "nmod", "nmod:poss", "nmod:unmarked"])
"""Relations by which a date before a noun belongs to the noun: "the 2016 election", "Tuesday's vote"."""
_CLOCK = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


def timeline(table: Table, made: Sequence[Made]) -> tuple[TimelineEntry, ...]:
    """An entry for each statement with a date of its own that stands in a claim, the earliest first.

    On one day they stand by the time of day, those that tell none first. Of several claims the first (the most
    disputed) is named, as for figures. Sets are no dates, durations only where a day beside them tells their days.
    """
    claim: dict[int, str] = {}
    for one in made:
        for row in one.rows:
            claim.setdefault(row, one.claim.id)
    entries = []
    for row, name in sorted(claim.items()):
        reading = table.readings[table.rows[row].reading]
        found = own_date(reading, table.rows[row].record)
        if found:
            entries.append((_hour(found), _entry(reading, found, name)))
    return tuple(entry for _hour, entry in sorted(entries, key=_place))


def _place(told: tuple[str, TimelineEntry]) -> tuple[str, str, str, str, int]:
    """Where an entry stands: by its first and last day, then by the time of day, then by its account."""
    hour, entry = told
    return entry.value[:10], entry.until or "", hour, entry.account, entry.start


_PARTS = {"MO": "08:00", "MI": "12:00", "AF": "14:00", "EV": "18:00", "NI": "21:00"}


def _hour(time: Time) -> str:
    """The time of day that a date tells, as its clock time or about when its part of the day begins; else ""."""
    told = (time.value or "").partition("T")[2]
    return _PARTS.get(told, told)


def _entry(reading: Reading, time: Time, claim: str) -> TimelineEntry:
    start, end = time.span
    first, last = time.first or "", time.last
    value = time.value if time.value and _CLOCK.fullmatch(time.value) else first
    until = last if last != first else None
    return TimelineEntry(claim, reading.account.id, start, end, reading.account.text[start:end], value, until)


def own_date(reading: Reading, statement: Statement) -> Time | None:
    """The date of what a statement tells: its most exact one, of several the first; none that only names a thing."""
    dates = [reading.times[n] for n in statement.times]
    own = [time for time in dates if time.first is not None and not _names_a_thing(reading, time.span)]
    return min(own, key=_length, default=None)


def _length(time: Time) -> int:
    """How many days a date leaves open."""
    return (date.fromisoformat(time.last or "") - date.fromisoformat(time.first or "")).days


def _names_a_thing(reading: Reading, span: Span) -> bool:
    """Whether a date stands before a noun and belongs to it, by the parse; without one it does not."""
    words = reading.words
    first, after = (bisect_left(words, place, key=lambda word: word.span.start) for place in span)
    heads = [(word.head, word.relation) for word in words[first:after] if word.head is not None]
    outside = [(head, relation) for head, relation in heads if not first <= head < after]
    return any(head >= after and relation in _OF_A_NOUN for head, relation in outside)


def is_day(time: Time) -> bool:
    """Whether a date is exact to the day."""
    return time.first is not None and time.first == time.last
