"""Where the appearances of a claim finally come from: distinct origins, not outlets, are counted."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import product

from tellings.comparing.speakers import Speaker, outlet_keys, same_speaker
from tellings.comparing.table import Row, Table
from tellings.comparing.voices import chain, heard_through
from tellings.comparing.words import STOP, listed, stem, words
from tellings.records import Origin, SourceType, Span

_SAME_WORDS = 5
"""Statements of so many words that are the very same are taken to be one report."""
_COPY_WORDS, _COPY_SHARE = 8, 0.85
"""So are statements of so many words that share this much of them,"""
_QUOTED_WORDS, _QUOTED_SHARE = 3, 0.8
"""and quotations of so many words that share this much of the shorter one: one utterance has one speaker."""
_REACH = 2
"""What an account tells in its own voice so many sentences from where it gives a source for it rests on that source."""
_LAW = frozenset(
    stem(word)
    for word in listed(
        """police officer officers investigator investigators detective detectives sheriff deputies deputy trooper
        troopers cops constable constables policeman policewoman"""
    )
)
"""Words by which accounts of a crime call one and the same force,"""
_BARE = frozenset(stem(word) for word in listed("authorities authority officials"))
"""and words that mean it only where they stand alone: "Pentagon officials" are others."""
_FORCE = frozenset({"police", "sheriff", "detective", "deputy", "trooper", "patrol", "marshal"})
"""Titles that make a person speak for it."""
_MAY_BE_ONE = frozenset(
    {
        frozenset({"named person", "role"}),
        frozenset({"document"}),
        frozenset({"document", "role"}),
        frozenset({"document", "collective"}),
        frozenset({"organisation", "role"}),
    }
)
"""Types of sources that, telling the same, may be one: described here and named there; never two that are named."""


@dataclass(frozen=True, slots=True)
class Rest:
    """On whose word a row rests: those who tell it, from the account inwards; nobody where it is the account's own.

    `left_out` says that the account has it from somebody it does not name in any way ("reportedly").
    """

    row: int
    told_by: tuple[Speaker, ...]
    left_out: bool

    @property
    def last(self) -> Speaker | None:
        """Who tells it first of all."""
        return self.told_by[-1] if self.told_by else None


def origins(table: Table, rows: tuple[int, ...]) -> tuple[Origin, ...]:
    """The origins of the appearances in `rows`, numbered by their place there.

    The innermost speaker of an appearance who tells it is its origin; the same one in several accounts counts once, as
    do all who speak for the police, and all versions of one utterance. An account's own reporting is an origin of its
    own, unless its words are a near copy of another's, the two accounts are copies as a whole, another account names
    it as its source, or it gives a source for the same just beside.
    """
    rests = [rest(table, row) for row in rows]
    found: list[list[int]] = []
    for place in range(len(rows)):
        homes = [one for one in found if any(_one_origin(table, rests[p], rests[place]) for p in one)]
        joined = sorted([place, *(p for home in homes for p in home)])
        found = [one for one in found if one not in homes] + [joined]
    found = _folded(table, rests, _described(table, rests, sorted(found)))
    return tuple(_origin(table, rests, tuple(places)) for places in sorted(found))


def _described(table: Table, rests: list[Rest], found: list[list[int]]) -> list[list[int]]:
    """Join groups of sources that may be one, the first ones first."""
    made: list[list[int]] = []
    for group in found:
        own = [rests[place] for place in group]
        home = next((one for one in made if _may_be_one(table, [rests[place] for place in one], own)), None)
        if home is None:
            made.append(group)
        else:
            home[:] = sorted([*home, *group])
    return made


def rest(table: Table, row: int) -> Rest:
    """On whose word a row rests."""
    found = table.rows[row]
    reading, said = table.readings[found.reading], table.speakers[found.reading]
    numbers = chain(reading, said, found.record.voice)
    links = [one for n in numbers for one in (heard_through(table, found.reading, n), said[n])]
    told = tuple(speaker for speaker in links if speaker)
    return Rest(row, told, bool(numbers) and not told)


def _one_origin(table: Table, a: Rest, b: Rest) -> bool:
    first, second = table.rows[a.row], table.rows[b.row]
    if _again(table, a, b) or _one_utterance(first, second):
        return True
    if a.last and b.last:
        return _one_source(table, a, b)
    if _copied(first, second):
        return True
    if a.last or b.last:
        named, own = (a, second) if a.last else (b, first)
        return _reports(table, own, named)
    if a.left_out != b.left_out:
        return False
    agency = table.agencies[first.reading]
    return table.teller(a.row) == table.teller(b.row) or (
        agency is not None and agency == table.agencies[second.reading]
    )


def _one_source(table: Table, a: Rest, b: Rest) -> bool:
    """Whether two sources who tell the same are taken for one: by name, or as the police."""
    if not a.last or not b.last:
        return False
    if a.last.type == "anonymous" or b.last.type == "anonymous":
        alike = a.last.type == b.last.type and same_speaker(a.last, b.last)
        return alike and (table.rows[a.row].reading == table.rows[b.row].reading or _same_way(a, b))
    return same_speaker(a.last, b.last) or (_speaks_for_police(table, a) and _speaks_for_police(table, b))


def _may_be_one(table: Table, one: list[Rest], other: list[Rest]) -> bool:
    """Whether two groups of sources who tell the same may be one, described in one account and named in another."""
    sources = [[rest.last for rest in group if rest.last] for group in (one, other)]
    if not all(sources) or any(a.surname and b.surname for a, b in product(*sources)):
        return False
    if {table.rows[rest.row].reading for rest in one} & {table.rows[rest.row].reading for rest in other}:
        return False
    return all(frozenset((_sort(a), _sort(b))) in _MAY_BE_ONE for a, b in product(*sources))


def _sort(speaker: Speaker) -> str:
    return "named person" if speaker.surname else speaker.type or "role"


def _again(table: Table, a: Rest, b: Rest) -> bool:
    """Whether two statements of two copies are the same, however short, with speakers named alike."""
    first, second = table.rows[a.row], table.rows[b.row]
    if first.reading == second.reading or table.teller(a.row) != table.teller(b.row):
        return False
    named = [one.last.keys if one.last else None for one in (a, b)]
    return named[0] == named[1] and _keys(first) == _keys(second)


def _keys(row: Row) -> list[str]:
    return [word.key for word in row.words]


def _one_utterance(a: Row, b: Row) -> bool:
    """Whether two quoted statements are versions of one utterance."""
    if not (a.record.quoted and b.record.quoted) or a.reading == b.reading:
        return False
    one, other = ({word.key for word in row.words if word.key not in STOP} for row in (a, b))
    shorter = min(len(one), len(other))
    return shorter >= _QUOTED_WORDS and len(one & other) >= _QUOTED_SHARE * shorter


def _speaks_for_police(table: Table, one: Rest) -> bool:
    """Whether a source is the police, somebody of it, or a person whose title is of it."""
    if one.last is None:
        return False
    text = table.readings[table.rows[one.row].reading].account.text
    if one.last.surname:
        before = words(text, Span(max(0, one.last.span.start - 40), one.last.span.start))
        return bool({word.key for word in before[-4:]} & _FORCE)
    force = bool(one.last.keys & _LAW) or one.last.keys <= _BARE
    return force and one.last.type in {"role", "organisation", "collective", "anonymous", None}


def _same_way(a: Rest, b: Rest) -> bool:
    """Whether unnamed sources came through the same outer voice, or are described alike word for word."""
    if len(a.told_by) > 1 and len(b.told_by) > 1:
        return same_speaker(a.told_by[0], b.told_by[0])
    first, second = a.last, b.last
    return bool(first and second and len(first.keys) > 1 and first.keys == second.keys)


def _reports(table: Table, row: Row, named: Rest) -> bool:
    """Whether a source is the outlet whose own voice a statement is; a source left out is not known to be anybody."""
    names = {table.outlets[row.reading], table.agencies[row.reading]} - {None}
    keys = {outlet_keys(name) for name in names if name} - {frozenset()}
    return not row.record.voice and named.last is not None and named.last.keys in keys


def _copied(a: Row, b: Row) -> bool:
    """Whether two statements are word for word the same, or nearly."""
    first, second = _keys(a), _keys(b)
    if first == second:
        return len(first) >= _SAME_WORDS
    if min(len(first), len(second)) < _COPY_WORDS:
        return False
    return len({*first} & {*second}) >= _COPY_SHARE * len({*first, *second})


def _folded(table: Table, rests: list[Rest], found: list[list[int]]) -> list[list[int]]:
    """An account's own telling joins the origin that the same account gives for the claim just beside it."""
    given = [place for place, one in enumerate(rests) if one.last]
    for place, one in enumerate(rests):
        if one.last:
            continue
        reading, sentence = table.rows[one.row].reading, table.rows[one.row].record.sentence
        near = [
            (abs(table.rows[rests[p].row].record.sentence - sentence), p)
            for p in given
            if table.rows[rests[p].row].reading == reading
        ]
        own = next(group for group in found if place in group)
        if near and min(near)[0] <= _REACH and own == [place]:
            found = [group for group in found if group is not own]
            home = next(group for group in found if min(near)[1] in group)
            found = [sorted([*group, place]) if group is home else group for group in found]
    return found


def _origin(table: Table, rests: list[Rest], places: tuple[int, ...]) -> Origin:
    """The record: named after its fullest naming."""
    named = [(table.rows[rests[p].row].reading, rests[p].last) for p in places]
    speakers = [(reading, speaker) for reading, speaker in named if speaker]
    name: str | None = None
    kind: SourceType | str | None = None if rests[places[0]].left_out else "own reporting"
    if speakers:
        reading, speaker = max(speakers, key=lambda one: (len(one[1].keys), -one[0]))
        name = table.readings[reading].account.text[speaker.span.start : speaker.span.end]
        kind = speaker.type
    first = table.rows[rests[places[0]].row]
    account = table.readings[first.reading].account.id
    key = f"{account} {first.record.span.start} {first.record.span.end} {name}"
    return Origin("o-" + hashlib.sha256(key.encode()).hexdigest()[:8], kind, name, places)  # type: ignore[arg-type] # one of the literals
