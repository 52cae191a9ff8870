"""Polls as an account tells them: pollster, dates, sample, margin, shares, lead and scenario, by grammar.

A sentence that names a poll opens one; the sentences behind it that give shares belong to it until another poll is
named. A share is of the person named last before it in its sentence, else of the one just behind.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tellings.records import Excerpt, Poll, PollAnswer, PollShare, PollTold, Span

if TYPE_CHECKING:
    from tellings.comparing.table import Table
    from tellings.records import Figure, Reading

_POLL = re.compile(r"\b(?:poll|polls|survey)\b(?!\s+(?:workers?|numbers|watchers?|tax|station))")
_POLLSTER = re.compile(
    r"(?:[A-Z][\w&.’'-]*(?:[/-][A-Z][\w&.’'-]*)*\s+){1,6}(?:(?:national|statewide|state|tracking|new)\s+)?$"
)
_BY = re.compile(
    r"(?:poll|survey)\s+(?:\w+\s+)?(?:by|from)\s+(?:the\s+)?((?:[A-Z][\w&.’'/-]*)(?:\s+(?:[A-Z][\w&.’'/-]*|of))*)"
)
_ARTICLES = frozenset({"A", "An", "The", "In", "Another", "One"})
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DATES = re.compile(
    rf"\b{_MONTH}\s\d{{1,2}}(?:\s?(?:-|–|to|through|and)\s?(?:{_MONTH}\s)?\d{{1,2}})?\b|\b(?:last\s+(?:week|month)|this\s+(?:week|month))\b"
)
_SAMPLE = re.compile(
    r"\s+(?:[\w-]+\s+){0,3}(?:voters|adults|people|respondents|residents|caucusgoers|caucus-goers|americans)\b",
    re.IGNORECASE,
)
_MARGIN = re.compile(r"(?:margin\s+of\s+(?:sampling\s+)?error|plus\s+or\s+minus|±)[^.;]{0,40}$", re.IGNORECASE)
_LEAD = re.compile(r"\b(?:lead\w*|ahead|advantage|edge|gap|by|up)\b[^.;]{0,30}$", re.IGNORECASE)
_SCENARIO = re.compile(
    r"\b(?:in\s+an?\s+(?:hypothetical\s+)?(?:head-to-head|two-way|three-way|general-election|hypothetical)[\w\s-]{0,24}?"
    r"(?:matchup|match-up|race|contest)|if\s+the\s+election\s+were\s+held\s+(?:today|now)|among\s+(?:[\w-]+\s+){0,3}voters)\b",
    re.IGNORECASE,
)
AFTER = 3
"""How many sentences behind the one that names a poll may give its shares."""
ROUNDING = 0.5
"""What each share may be rounded up by."""


def polls(reading: Reading) -> tuple[Poll, ...]:
    """The polls of an account that give at least one share."""
    return tuple(poll for span in _stretches(reading) if (poll := _poll(reading, span)).shares)


def polls_told(table: Table) -> tuple[PollTold, ...]:
    """The polls of all accounts, in the table's order, each part as the account's words."""
    return tuple(_told(reading, poll) for reading in table.readings for poll in polls(reading))


def _told(reading: Reading, poll: Poll) -> PollTold:
    def words(span: Span | None) -> Excerpt | None:
        return None if span is None else _excerpt(reading, span)

    def figure(number: int | None) -> Excerpt | None:
        return None if number is None else _excerpt(reading, reading.figures[number].span)

    whole = _excerpt(reading, poll.span)
    shares = tuple(
        PollAnswer(
            words(one.answer), _excerpt(reading, reading.figures[one.figure].span), reading.figures[one.figure].low
        )
        for one in poll.shares
    )
    return PollTold(
        whole.account, whole.start, whole.end, whole.text,
        pollster=words(poll.pollster), dates=words(poll.dates), sample=figure(poll.sample), margin=figure(poll.margin),
        lead=figure(poll.lead), scenario=words(poll.scenario), shares=shares, over_full=over_full(reading, poll),
    )  # fmt: skip


def _excerpt(reading: Reading, span: Span) -> Excerpt:
    return Excerpt(reading.account.id, span.start, span.end, reading.account.text[span.start : span.end])


def over_full(reading: Reading, poll: Poll) -> bool:
    """Whether the shares of one question add up to more than all, rounding let off."""
    shares = [reading.figures[one.figure].low for one in poll.shares if one.answer is not None]
    return sum(shares) > 100 + ROUNDING * len(shares)


def _stretches(reading: Reading) -> Iterator[Span]:
    """The sentences of each poll."""
    text = reading.account.text
    named = [n for n, one in enumerate(reading.sentences) if _POLL.search(text, one.start, one.end)]
    named = [n for n in named if not _goes_on(reading, n, named)]
    for at, first in enumerate(named):
        stop = min(named[at + 1] if at + 1 < len(named) else len(reading.sentences), first + 1 + AFTER)
        last = first
        while last + 1 < stop and any(
            one.unit in {"%", "points"} for _, one in _inside(reading, reading.sentences[last + 1])
        ):
            last += 1
        yield Span(reading.sentences[first].start, reading.sentences[last].end)


def _goes_on(reading: Reading, number: int, named: Sequence[int]) -> bool:
    """Whether a sentence tells more of "the poll" named up to three sentences before."""
    before = [n for n in named if number - AFTER <= n < number]
    sentence = reading.sentences[number]
    return bool(before) and bool(_THE_SAME.search(reading.account.text, sentence.start, sentence.end))


_THE_SAME = re.compile(r"\b(?:[Tt]he|[Tt]his|[Tt]hat)\s+(?:same\s+|new\s+)?(?:poll|survey)\b")


def _inside(reading: Reading, span: Span) -> list[tuple[int, Figure]]:
    first = bisect_right(reading.figures, span.start - 1, key=lambda one: one.span.start)
    last = bisect_right(reading.figures, span.end - 1, key=lambda one: one.span.start)
    return [(n, reading.figures[n]) for n in range(first, last)]


def _poll(reading: Reading, span: Span) -> Poll:
    text, found = reading.account.text, _inside(reading, span)
    margin = next((n for n, one in found if _before(text, one, span, _MARGIN)), None)
    told = [(n, one) for n, one in found if n != margin]
    dates, scenario = _DATES.search(text, span.start, span.end), _SCENARIO.search(text, span.start, span.end)
    return Poll(
        span=span,
        pollster=_pollster(text, span),
        dates=Span(*dates.span()) if dates else None,
        sample=next(
            (n for n, one in told if one.unit != "%" and one.low >= 50 and _SAMPLE.match(text, one.span.end)), None
        ),
        margin=margin,
        lead=next((n for n, one in told if one.unit == "points" and _before(text, one, span, _LEAD)), None),
        scenario=Span(*scenario.span()) if scenario else None,
        shares=tuple(PollShare(_answer(reading, one), n) for n, one in told if one.unit == "%"),
    )


def _before(text: str, one: Figure, span: Span, pattern: re.Pattern[str]) -> bool:
    return bool(pattern.search(text[max(span.start, one.span.start - 60) : one.span.start]))


def _pollster(text: str, span: Span) -> Span | None:
    """The names before the word for the poll, or behind "by"."""
    poll = _POLL.search(text, span.start, span.end)
    if poll is None:
        return None
    start = max(span.start, poll.start() - 80)
    if names := _POLLSTER.search(text[start : poll.start()]):
        first = start + names.start()
        words = names.group().split()
        if words[0] in _ARTICLES:
            first = text.index(words[1], first + len(words[0])) if len(words) > 1 else poll.start()
        end = first + len(text[first : poll.start()].rstrip())
        return Span(first, end) if first < end else None
    by = _BY.match(text, poll.start(), span.end)
    return Span(*by.span(1)) if by else None


def _answer(reading: Reading, one: Figure) -> Span | None:
    """Whose share it is: the person named last before it in its sentence, else the first behind.

    Of "Lind would beat Holt 50% to 45%" the first share is Lind's, the second Holt's.
    """
    at = bisect_right(reading.sentences, one.span.start, key=lambda sentence: sentence.start) - 1
    sentence, text = reading.sentences[at], reading.account.text
    people: Sequence[Span] = [
        mention.span for mention in reading.mentions
        if mention.type == "PER" and mention.form == "name" and sentence.start <= mention.span.start < sentence.end
    ]  # fmt: skip
    before = sorted(span for span in people if span.end <= one.span.start)
    behind = [span for span in people if span.start >= one.span.end]
    if len(before) > 1 and _BEATS.search(text, before[-2].end, before[-1].start) and _FIRST.match(text, one.span.end):
        return before[-2]
    return before[-1] if before else min(behind, default=None)


_BEATS = re.compile(r"\b(?:beat|beats|beating|defeat\w*|lead\w*|led|top\w*|best\w*|over|ahead\s+of|against)\b")
_FIRST = re.compile(r"\s*(?:to|-|–|against|versus|over)\s*\d")
"""Behind the first of two shares, another."""
