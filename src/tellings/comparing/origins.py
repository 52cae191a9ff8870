"""Where the appearances of a claim finally come from: distinct origins, not outlets, are counted."""

from __future__ import annotations

import hashlib

from tellings.comparing.speakers import Speaker, same_speaker
from tellings.comparing.table import Row, Table
from tellings.comparing.words import STOP, words
from tellings.records import Origin, SourceType

_SAME_WORDS = 5
"""Statements of so many words that are the very same are taken to be one report."""
_COPY_WORDS, _COPY_SHARE = 8, 0.85
"""So are statements of so many words that share this much of them."""


def origins(table: Table, rows: tuple[int, ...]) -> tuple[Origin, ...]:
    """The origins of the appearances in `rows`, numbered by their place there.

    The innermost speaker of an appearance is its origin; the same one by name in several accounts counts once. An
    account's own reporting is an origin of its own, unless its words are a near copy of another's, the two accounts are
    copies as a whole, or another account names it as its source.
    """
    found: list[list[int]] = []
    for place, row in enumerate(rows):
        home = next((one for one in found if any(_one_origin(table, rows[p], row) for p in one)), None)
        if home is None:
            found.append([place])
        else:
            home.append(place)
    return tuple(_origin(table, rows, tuple(places)) for places in found)


def _one_origin(table: Table, a: int, b: int) -> bool:
    first, second = table.rows[a], table.rows[b]
    if _again(table, a, b) or ((not first.speaker or not second.speaker) and _copied(table, a, b)):
        return True
    if first.speaker and second.speaker:
        if first.reading == second.reading and first.speaker.span == second.speaker.span:
            return True
        known = first.speaker.type != "anonymous" or _same_way(table, a, b)
        return known and same_speaker(first.speaker, second.speaker)
    if first.speaker:
        return _reports(table, second, first.speaker)
    if second.speaker:
        return _reports(table, first, second.speaker)
    return table.teller(a) == table.teller(b) and bool(first.record.voice) == bool(second.record.voice)


def _again(table: Table, a: int, b: int) -> bool:
    """Whether two statements of two copies are the same, however short, with speakers named alike."""
    first, second = table.rows[a], table.rows[b]
    if first.reading == second.reading or table.teller(a) != table.teller(b):
        return False
    named = [row.speaker.keys if row.speaker else None for row in (first, second)]
    return named[0] == named[1] and _keys(first) == _keys(second)


def _keys(row: Row) -> list[str]:
    return [word.key for word in row.words]


def _same_way(table: Table, a: int, b: int) -> bool:
    """Whether unnamed sources came through the same outer voice, or are described alike word for word."""
    outer_a, outer_b = _outer(table, a), _outer(table, b)
    if outer_a and outer_b:
        return same_speaker(outer_a, outer_b)
    first, second = table.rows[a].speaker, table.rows[b].speaker
    return bool(first and second and len(first.keys) > 1 and first.keys == second.keys)


def _outer(table: Table, row: int) -> Speaker | None:
    found = table.rows[row]
    if len(found.record.voice) < 2:
        return None
    return table.speakers[found.reading][found.record.voice[0]]


def _reports(table: Table, row: Row, speaker: Speaker) -> bool:
    """Whether a source is the outlet whose own voice a statement is; a source left out is not known to be anybody."""
    account = table.readings[row.reading].account
    outlet = {word.stem for word in words(account.outlet or "") if word.key not in STOP}
    return not row.record.voice and bool(outlet) and speaker.keys == outlet


def _copied(table: Table, a: int, b: int) -> bool:
    """Whether two statements are word for word the same, or nearly."""
    first, second = _keys(table.rows[a]), _keys(table.rows[b])
    if first == second:
        return len(first) >= _SAME_WORDS
    if min(len(first), len(second)) < _COPY_WORDS:
        return False
    return len({*first} & {*second}) >= _COPY_SHARE * len({*first, *second})


def _origin(table: Table, rows: tuple[int, ...], places: tuple[int, ...]) -> Origin:
    """The record: named after its fullest naming."""
    named = [(table.rows[rows[p]].reading, table.rows[rows[p]].speaker) for p in places]
    speakers = [(reading, speaker) for reading, speaker in named if speaker]
    name: str | None = None
    kind: SourceType | str | None = None if table.rows[rows[places[0]]].record.voice else "own reporting"
    if speakers:
        reading, speaker = max(speakers, key=lambda one: (len(one[1].keys), -one[0]))
        name = table.readings[reading].account.text[speaker.span.start : speaker.span.end]
        kind = speaker.type
    first = table.rows[rows[places[0]]]
    account = table.readings[first.reading].account.id
    key = f"{account} {first.record.span.start} {first.record.span.end} {name}"
    return Origin("o-" + hashlib.sha256(key.encode()).hexdigest()[:8], kind, name, places)  # type: ignore[arg-type] # one of the literals
