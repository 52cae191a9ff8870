"""How two appearances of a claim stand to each other, and the words of both accounts it rests on.

The scorer proposes, the words decide: a relation of `differ`, `update` or `conflict` is given only where there is a
span in each account to show for it - two figures, two dates, a negation or denial against none, two speakers, or the
words that each has for itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tellings.comparing.circumstances import Sentences
from tellings.comparing.quantities import Counted, compared, counted, grows
from tellings.comparing.speakers import is_known, same_speaker
from tellings.comparing.table import Row, Table
from tellings.comparing.timeline import is_day, own_date
from tellings.comparing.words import DENIALS, HEDGES, MONTHS, NEGATIONS, STOP, WEEKDAYS, Word
from tellings.records import Excerpt, RelationKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

LEAST_FIGURE, LEAST_DATE, LEAST_NEGATION, LEAST_HEDGE, LEAST_SPEAKER, LEAST_WORDING = 0.25, 0.3, 0.4, 0.4, 0.45, 0.5
"""How probable a relation stronger than narrower must be, by what there is to show for it.

Chosen on train stories by scores of models that had not seen them: there half to two thirds of what each ground shows
was labelled so, by claim. On the dev stories it is a third (training/claims/RESULTS.md).
"""
LEAST_DENIED = 0.3
"""The same for a square denial; on the gold two in five of these are labelled conflicts, a fifth differ."""
_LEAST = min(LEAST_FIGURE, LEAST_DATE, LEAST_NEGATION, LEAST_HEDGE, LEAST_SPEAKER, LEAST_WORDING, LEAST_DENIED)
"""Under this no ground carries a relation, and none is looked for."""
LEAST_CONFLICT = 0.25
"""How probable a conflict must be to be called one."""
_DOUBT: frozenset[RelationKind] = frozenset({"differ", "update"})
STRENGTH: tuple[RelationKind, ...] = ("agree", "narrower", "update", "differ", "conflict")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Two spans, one of each appearance, the relations they can carry, and the probability these must have."""

    a: Span
    b: Span
    carries: frozenset[RelationKind]
    least: float


@dataclass(frozen=True, slots=True)
class Found:
    """A relation of rows: `first` is the one that says more where the kind is `narrower`, else the earlier row."""

    first: int
    second: int
    kind: RelationKind
    score: float
    why: tuple[Excerpt, ...]


def relation(table: Table, a: int, b: int, same: float, kinds: Mapping[RelationKind, float]) -> Found:
    """The relation of two rows of one claim by the scorer's kinds and the evidence in their words."""
    apart = kinds["differ"] + kinds["update"] + kinds["conflict"]
    for ground in _evidence(table, a, b) if apart >= _LEAST else ():
        if apart >= ground.least:
            kind = max((k for k in STRENGTH if k in ground.carries), key=lambda k: _weight(k, kinds))
            if table.are_versions(a, b):  # what a later version says otherwise is its update
                kind = "update"
            why = (excerpt(table, a, ground.a), excerpt(table, b, ground.b))
            return Found(a, b, kind, round(same * apart, 4), why)
    return _compatible(table, a, b, same, kinds)


def _weight(kind: RelationKind, kinds: Mapping[RelationKind, float]) -> float:
    """A conflict is claimed only where it is likely, or where nothing else can be."""
    return kinds[kind] if kind != "conflict" or kinds[kind] >= LEAST_CONFLICT else 0.0


def _compatible(table: Table, a: int, b: int, same: float, kinds: Mapping[RelationKind, float]) -> Found:
    """Agree or narrower; narrower needs a detail that one has and the other has not."""
    if kinds["narrower"] >= kinds["agree"]:
        more, less = _fuller(table, a, b)
        detail = added(table, more, less)
        if detail:
            return Found(more, less, "narrower", round(same * kinds["narrower"], 4), (excerpt(table, more, detail),))
    return Found(a, b, "agree", round(same * kinds["agree"], 4), ())


def excerpt(table: Table, row: int, span: Span) -> Excerpt:
    """The words of a span of a row's account."""
    account = table.readings[table.rows[row].reading].account
    return Excerpt(account.id, span.start, span.end, account.text[span.start : span.end])


def _fuller(table: Table, a: int, b: int) -> tuple[int, int]:
    """The two rows, the one with more words of its own first."""
    more_a, more_b = _own_words(table, a, b), _own_words(table, b, a)
    return (a, b) if len(more_a) >= len(more_b) else (b, a)


def _own_words(table: Table, row: int, other: int) -> list[Word]:
    """Content words of a row whose stem or beginning the other lacks."""
    there = table.rows[other].words
    stems = {word.stem for word in there} | {word.key[:5] for word in there if len(word.key) > 5}
    return [
        word
        for word in table.rows[row].words
        if word.key not in STOP and word.stem not in stems and word.key[:5] not in stems
    ]


_REACH = 3
"""How many function words may stand between two words of one added detail."""
_SQUARELY = 0.6
"""How much of the shorter statement's content a square denial must share."""
_NEAR = 3
"""How many words from a negation or hedge a shared word may stand."""
_BREAK = re.compile(r"[,;:!?()\[\]“”\"—–…]|(?<=\w\w\w)\.\s")
"""What ends a stretch: a detail is shown as a phrase, not across clauses."""


def added(table: Table, row: int, other: int) -> Span | None:
    """The stretch of a row that tells most of what the other does not have."""
    return _stretch(table, row, {word.start for word in _own_words(table, row, other)})


def _stretch(table: Table, row: int, chosen: set[int]) -> Span | None:
    """The phrase of a row that tells most by words that begin at the chosen places."""
    text = table.readings[table.rows[row].reading].account.text
    best: list[Word] = []
    current: list[Word] = []
    between = last = 0
    for word in table.rows[row].words:
        if _BREAK.search(text, last, word.start):
            current = []
        if word.start in chosen:
            current.append(word)
            between = 0
        elif word.key in STOP and current and between < _REACH:
            between += 1
        else:
            current, between = [], 0
        last = word.end
        best = max(best, list(current), key=lambda stretch: _telling(text, stretch))
    return Span(best[0].start, best[-1].end) if best else None


def _telling(text: str, stretch: list[Word]) -> float:
    """How much a stretch tells: its words, names and numbers half as much again."""
    return sum(1.5 if text[word.start].isupper() or text[word.start].isdigit() else 1.0 for word in stretch)


# ---------------------------------------------------------------- evidence


def _evidence(table: Table, a: int, b: int) -> Iterator[Evidence]:
    """What in the words can carry a relation stronger than narrower, strongest grounds first, each when asked for."""
    first, second = table.rows[a], table.rows[b]
    yield from _figures(table, first, second)
    yield from _dates(table, first, second)
    yield from _denied(table, a, b)
    yield from _denied(table, b, a)
    yield from _marked(table, (a, b), NEGATIONS | DENIALS, _DOUBT | {"conflict"}, LEAST_NEGATION)
    yield from _marked(table, (a, b), HEDGES, _DOUBT, LEAST_HEDGE)
    yield from _speakers(first, second)
    yield from _wording(table, a, b)


def _figures(table: Table, a: Row, b: Row) -> list[Evidence]:
    """Figures of one quantity that cannot both hold; one that has its like in the other row shows nothing."""
    here, there = _counted(table, a), _counted(table, b)
    verdicts = [[compared(one, other).verdict for _, other in there] for _, one in here]
    found = []
    for n, (span, one) in enumerate(here):
        for m, (span_there, other) in enumerate(there):
            met = "compatible" in verdicts[n] or any(row[m] == "compatible" for row in verdicts)
            if verdicts[n][m] in {"conflicting", "update"} and not met:
                carries = _UPDATE if grows(one, other) else _CLASH
                found.append(Evidence(span, span_there, carries, LEAST_FIGURE))
    return found


_UPDATE: frozenset[RelationKind] = frozenset({"update", "differ"})
_CLASH: frozenset[RelationKind] = frozenset({"differ", "conflict"})
"""The relations that figures of one quantity can carry: a higher count told later may be an update."""


MOST = 40
"""How many figures of one statement are compared with those of another."""


def _counted(table: Table, row: Row) -> list[tuple[Span, Counted]]:
    """The figures of a row with what tells their quantity."""
    reading, day = table.readings[row.reading], float(table.day[row.reading])
    sentences = Sentences(reading)
    return [(reading.figures[n].span, counted(reading, n, day, sentences)) for n in row.record.figures[:MOST]]


def _dates(table: Table, a: Row, b: Row) -> list[Evidence]:
    """Two dates of what is told, each exact to the day; else two weekdays or months where neither has the other's."""
    ours, theirs = (own_date(table.readings[row.reading], row.record) for row in (a, b))
    if ours and theirs and is_day(ours) and is_day(theirs):
        alike = ours.first == theirs.first or _words(table, a, ours.span) == _words(table, b, theirs.span)
        return [] if alike else [Evidence(ours.span, theirs.span, frozenset({"differ", "conflict"}), LEAST_DATE)]
    found = []
    for listed in (WEEKDAYS, MONTHS):
        here = [word for word in a.words if word.key in listed]
        there = [word for word in b.words if word.key in listed]
        if here and there and not {word.key for word in here} & {word.key for word in there}:
            spans = Span(here[0].start, here[0].end), Span(there[0].start, there[0].end)
            found.append(Evidence(*spans, frozenset({"differ", "conflict"}), LEAST_DATE))
    return found


def _words(table: Table, row: Row, span: Span) -> str:
    return table.readings[row.reading].account.text[span.start : span.end].casefold()


def _denied(table: Table, denying: int, other: int) -> list[Evidence]:
    """A "not" squarely before a word of the other's, where little else is told: they cannot both be true."""
    shared, back = _shared(table, denying, other), _shared(table, other, denying)
    told = min(table.column("content")[denying], table.column("content")[other])
    found = table.rows[denying].words
    for n, word in enumerate(found):
        denied = next((one for one in found[n + 1 : n + 1 + _NEAR] if one.key not in STOP), None)
        if _is_not(word.key) and denied and denied.start in shared and len(shared) >= _SQUARELY * told:
            if _mark(table, other, denying, NEGATIONS | DENIALS):
                return []
            held = _stretch(table, other, back)
            here = Span(word.start, denied.end)
            first, second = (here, held) if denying < other else (held, here)
            return [Evidence(first, second, frozenset({"conflict"}), LEAST_DENIED)] if first and second else []
    return []


def _is_not(key: str) -> bool:
    return key in {"not", "never"} or key.endswith("n't")


def _marked(
    table: Table, rows: tuple[int, int], marks: frozenset[str], carries: frozenset[RelationKind], least: float
) -> list[Evidence]:
    """One of some words in one row where the other has none; the other shows the words it holds against it."""
    a, b = rows
    mark_a, mark_b = _mark(table, a, b, marks), _mark(table, b, a, marks)
    if bool(mark_a) == bool(mark_b):
        return []
    words_a = mark_a or _stretch(table, a, _shared(table, a, b))
    words_b = mark_b or _stretch(table, b, _shared(table, b, a))
    return [Evidence(words_a, words_b, carries, least)] if words_a and words_b else []


def _mark(table: Table, row: int, other: int, marks: frozenset[str]) -> Span | None:
    """The first of some words in a row that bears on what the other tells too: a shared word stands near it."""
    shared = _shared(table, row, other)
    found = table.rows[row].words
    for n, word in enumerate(found):
        near = found[max(0, n - _NEAR) : n + _NEAR + 1]
        if word.key in marks and any(one.start in shared for one in near):
            return Span(word.start, word.end)
    return None


def _shared(table: Table, row: int, other: int) -> set[int]:
    """Where the content words of a row begin that the other has as well."""
    stems = {word.stem for word in table.rows[other].words if word.key not in STOP}
    return {word.start for word in table.rows[row].words if word.stem in stems}


def _speakers(a: Row, b: Row) -> list[Evidence]:
    """The same told on the word of two different speakers, both of them known: "they" may be anybody."""
    if a.speaker is None or b.speaker is None or same_speaker(a.speaker, b.speaker):
        return []
    if not is_known(a.speaker) or not is_known(b.speaker):
        return []
    return [Evidence(a.speaker.span, b.speaker.span, frozenset({"differ"}), LEAST_SPEAKER)]


def _wording(table: Table, a: int, b: int) -> list[Evidence]:
    """What each tells that the other has not: another actor, another judgement, other circumstances."""
    here, there = added(table, a, b), added(table, b, a)
    return [Evidence(here, there, frozenset({"differ"}), LEAST_WORDING)] if here and there else []


def strongest(kinds: Sequence[RelationKind]) -> RelationKind:
    """The strongest of some relations."""
    return max(kinds, key=STRENGTH.index)
