"""Where the appearances of a claim finally come from: distinct origins, not outlets, are counted."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from tellings.comparing.clusters import partition
from tellings.comparing.same_origin import Rest, probabilities, sort, speaks_for_police, telling
from tellings.comparing.scorer import Trees
from tellings.comparing.speakers import Speaker, outlet_keys, same_speaker, told_one
from tellings.comparing.table import Row, Table
from tellings.comparing.voices import chain, heard_through
from tellings.records import Attribution, Origin, Reading, SourceType

_JOIN = 0.45
"""Mean probability over the pairs of two groups of appearances from which on they have one origin; chosen across folds
of the labelled stories (`python -m training.voices`), where .42 to .48 are within half a point."""
_SURE, _NEVER, _FLOOR = 0.98, 0.01, 0.02
"""What stands for the trees' probability where a rule is sure; no group has a pair below the floor."""
_SAME_WORDS = 5
"""Statements of so many words that are the very same are taken to be one report."""
_COPY_WORDS, _COPY_SHARE = 8, 0.85
"""So are statements of so many words that share this much of them,"""
_QUOTED_WORDS, _QUOTED_SHARE = 3, 0.8
"""and quotations of so many words that share this much of the shorter one: one utterance has one speaker."""
_GOES_ON = 2
"""Sentences after which a quotation that nobody is given goes on with the one before."""
_TOLD_ALIKE = 0.6
"""Share of the shorter statement's words from which on two differently named persons may have said one thing: one of
the two namings is then more likely wrong."""


def origins(
    table: Table, claims: Sequence[tuple[int, ...]], trees: Trees | None = None
) -> Iterator[tuple[Origin, ...]]:
    """For each claim, given as its rows, the origins of its appearances, numbered by their place there.

    The innermost speaker of an appearance who tells it is its origin; the same one in several accounts counts once, as
    do all who speak for the police. An account's own reporting is an origin of its own, unless its words are a near
    copy of another's, the two accounts are copies as a whole, or another account names it as its source. Between
    these, trees weigh what speaks for one origin (`same_origin`); the shipped ones unless others are given.

    Raises:
        ModelError: the shipped weights are missing or damaged.

    """
    told = [[rest(table, row) for row in rows] for rows in claims]
    for rests, alike in zip(told, probabilities(table, told, trees), strict=True):
        joined = partition(_alike(table, rests, alike), _JOIN, _FLOOR) if alike else []
        alone = set(range(len(rests))) - {place for group in joined for place in group}
        found = sorted([*joined, *((place,) for place in alone)])
        yield tuple(_origin(table, rests, places) for places in found)


def _alike(
    table: Table, rests: Sequence[Rest], scores: Mapping[tuple[int, int], float]
) -> dict[tuple[int, int], float]:
    """For every two appearances the probability that they have one origin, a rule's where one is sure."""
    found = dict(scores)
    for pair in found:
        a, b = (rests[place] for place in pair)
        told = told_one(a.last, b.last) if a.last and b.last else None
        if told is not None:
            found[pair] = _SURE if told else _NEVER
        elif _one_origin(table, a, b):
            found[pair] = _SURE
        elif _never_one(table, a, b):
            found[pair] = _NEVER
    return found


def _never_one(table: Table, a: Rest, b: Rest) -> bool:
    """Whether two sources are named and not one; or unnamed, where nobody can tell.

    Two persons, a person and a body, an outlet and anybody who did not speak through it.
    """
    if not a.last or not b.last:
        return False
    sorts = {sort(a.last), sort(b.last)}
    first, second = table.rows[a.row], table.rows[b.row]
    if sorts == {"named person", "organisation"} or (sorts == {"anonymous"} and first.reading != second.reading):
        return True
    if "outlet" in sorts and len(sorts) > 1:
        return not any(same_speaker(one, other) for one in a.told_by for other in b.told_by)
    return sorts == {"named person"} and not same_speaker(a.last, b.last) and not _told_alike(first, second)


def _told_alike(a: Row, b: Row) -> bool:
    one, other = telling(a), telling(b)
    return a.reading != b.reading and len(one & other) >= _TOLD_ALIKE * min(len(one), len(other))


def rest(table: Table, row: int) -> Rest:
    """On whose word a row rests."""
    found = table.rows[row]
    reading, said = table.readings[found.reading], table.speakers[found.reading]
    numbers = chain(reading, said, found.record.voice)
    links = [one for n in numbers for one in (heard_through(table, found.reading, n), said[n])]
    told = tuple(speaker for speaker in links if speaker)
    if not found.record.voice and found.record.quoted:
        before = _speaking(reading, said, found.record.sentence)
        told = (before,) if before else told
    return Rest(row, told, bool(numbers) and not told)


def _speaking(reading: Reading, said: tuple[Speaker | None, ...], sentence: int) -> Speaker | None:
    """Whose words a quotation that nobody is given goes on with: the last one quoted, a sentence or two before."""
    found = [
        (at, n)
        for n, one in enumerate(reading.attributions)
        if one.manner != "indirect" and one.parent is None and said[n] and one.content
        if sentence - _GOES_ON <= (at := _sentence(reading, one)) <= sentence
    ]
    return said[max(found)[1]] if found else None


def _sentence(reading: Reading, one: Attribution) -> int:
    """The sentence in which the last of a content begins."""
    return bisect_right(reading.sentences, one.content[-1].start, key=lambda span: span.start) - 1


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
    return same_speaker(a.last, b.last) or (speaks_for_police(table, a) and speaks_for_police(table, b))


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
    one, other = telling(a), telling(b)
    shorter = min(len(one), len(other))
    return shorter >= _QUOTED_WORDS and len(one & other) >= _QUOTED_SHARE * shorter


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


def _origin(table: Table, rests: Sequence[Rest], places: Sequence[int]) -> Origin:
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
    return Origin("o-" + hashlib.sha256(key.encode()).hexdigest()[:8], kind, name, tuple(places))  # type: ignore[arg-type] # one of the literals
