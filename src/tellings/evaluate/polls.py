"""Polls against our own labels: pollster, dates, sample, lead and shares, in 44 passages of AllSides and BASIL.

A passage is read with some text before and after it. A poll of ours stands for the labelled one that it has the most
shares of (a lead counts as one). A share's answer is right where it is the labelled candidate, or none where none is
labelled: answers to other questions than whom one would vote for have no name that could be labelled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tellings.comparing.polls import polls
from tellings.evaluate.corpora import titled
from tellings.evaluate.figures import AFTER, BEFORE, labels, with_texts
from tellings.evaluate.scores import Evaluation, Score, Tally, matched
from tellings.records import Span

if TYPE_CHECKING:
    from pathlib import Path

    from tellings.reading.model import Model
    from tellings.records import Poll, Reading

HALVES = ("development", "report")


@dataclass(frozen=True, slots=True)
class Share:
    """A share's place, and the places that its answer may have; none where the answer names nobody."""

    figure: Span
    answers: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A poll as places in a passage; of `samples` any may be taken."""

    pollster: Span | None
    dates: Span | None
    samples: tuple[Span, ...]
    lead: Span | None
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article with the polls it tells; `span` is the labelled part of `text`."""

    id: str
    text: str
    span: Span
    polls: tuple[Told, ...]
    half: str = HALVES[0]


def measure(folder: Path, model: Model) -> Evaluation:
    """Polls of the labelled passages.

    Raises:
        CorpusError: when the labels or a text of theirs are missing.

    """
    from tellings.evaluate.readings import readings

    path = labels("polls.jsonl")
    read = [(passage, ours(reading, passage.span)) for passage, reading in readings(labelled(path, folder), model)]
    scores: dict[str, Score] = {}
    for half in HALVES:
        part = evaluate(pair for pair in read if pair[0].half == half)
        scores |= {f"{half}: {name}": score for name, score in part.items()}
    return Evaluation("polls", titled("own labels, polls", path), scores, {}, {})


def labelled(path: Path, folder: Path) -> Iterator[Passage]:
    """The labelled passages with the text around them.

    Raises:
        CorpusError: when a text of theirs is missing.

    """
    return (_cut(record, text) for record, text in with_texts(path, folder))


def _cut(record: Mapping[str, Any], text: str) -> Passage:
    begin = max(0, record["start"] - BEFORE)

    def place(span: Sequence[int]) -> Span:
        return Span(span[0] - begin, span[1] - begin)

    def places(spans: Iterable[Sequence[int]]) -> tuple[Span, ...]:
        return tuple(place(span) for span in spans)

    told = tuple(
        Told(
            place(one["pollster"]) if one["pollster"] else None,
            place(one["dates"]) if one["dates"] else None,
            places(one["samples"]),
            place(one["lead"]) if one["lead"] else None,
            tuple(Share(place(share["figure"]), places(share["answers"])) for share in one["shares"]),
        )
        for one in record["polls"]
    )
    whole = place((record["start"], record["end"]))
    return Passage(record["document"], text[begin : record["end"] + AFTER], whole, told, record["half"])


def ours(reading: Reading, within: Span) -> tuple[Told, ...]:
    """What we read of the polls of a stretch: those with a share or a lead inside it."""
    made = (_told(reading, poll, within) for poll in polls(reading))
    return tuple(one for one in made if one.shares or one.lead)


def _told(reading: Reading, poll: Poll, within: Span) -> Told:
    def figure(number: int | None) -> Span | None:
        span = None if number is None else reading.figures[number].span
        return span if span and _inside(span, within) else None

    sample = figure(poll.sample)
    shares = (Share(reading.figures[one.figure].span, (one.answer,) if one.answer else ()) for one in poll.shares)
    return Told(
        poll.pollster if poll.pollster and _inside(poll.pollster, within) else None,
        poll.dates if poll.dates and _inside(poll.dates, within) else None,
        (sample,) if sample else (),
        figure(poll.lead),
        tuple(share for share in shares if _inside(share.figure, within)),
    )


def _inside(span: Span, within: Span) -> bool:
    return within.start <= span.start < within.end


def evaluate(read: Iterable[tuple[Passage, Sequence[Told]]]) -> dict[str, Score]:
    """Scores of polls read (ours): shares, whose they are, and the parts of polls."""
    tally = Tally()
    for passage, found in read:
        pairs = [(found[i], passage.polls[k]) for i, k in matched(found, passage.polls, _common)]
        _add_shares(tally, pairs, found, passage.polls)
        for part, spans in _PARTS.items():
            right = sum(_meet(spans(one), spans(gold)) for one, gold in pairs)
            told = sum(bool(spans(one)) for one in found)
            tally.add(part, right, told, sum(bool(spans(gold)) for gold in passage.polls))
    return {name: tally.score(name) for name in ("shares", "shares with whose", *_PARTS)}


def _add_shares(tally: Tally, pairs: Sequence[tuple[Told, Told]], found: Sequence[Told], gold: Sequence[Told]) -> None:
    """Shares in the right poll, and with the right answer."""
    right = [(a, b) for one, other in pairs for a in one.shares for b in other.shares if _overlap(a.figure, b.figure)]
    whose = sum(_meet(a.answers, b.answers) or not (a.answers or b.answers) for a, b in right)
    total, wanted = sum(len(one.shares) for one in found), sum(len(one.shares) for one in gold)
    tally.add("shares", len(right), total, wanted)
    tally.add("shares with whose", whose, total, wanted)


def _lead(one: Told) -> tuple[Span, ...]:
    return (one.lead,) if one.lead else ()


_PARTS = {
    "pollster": lambda one: (one.pollster,) if one.pollster else (),
    "dates": lambda one: (one.dates,) if one.dates else (),
    "sample": lambda one: one.samples,
    "lead": _lead,
}


def _common(one: Told, other: Told) -> float:
    """How many shares two polls have in common."""
    here = [*(share.figure for share in one.shares), *_lead(one)]
    there = [*(share.figure for share in other.shares), *_lead(other)]
    return sum(any(_overlap(a, b) for b in there) for a in here)


def _meet(some: Sequence[Span], others: Sequence[Span]) -> bool:
    return any(_overlap(a, b) for a in some for b in others)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
