"""Polls as an account tells them: pollster, dates, sample, margin, shares, lead and scenario, by grammar.

A stretch that names a poll opens one; the sentences behind it that give shares and go on telling of it belong to it
until another poll is named. "The poll", "the June 3-6 poll" and a pollster named again are the poll told of before. A
share is of the person named last before it in its sentence, else of the one just behind.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tellings.comparing.poll_words import (
    GOES_ON,
    LEAD,
    MARGIN,
    NAMED_AGAIN,
    POINTING,
    POLL,
    SCENARIO,
    dates,
    is_sample,
    pollster,
)
from tellings.records import Excerpt, Poll, PollAnswer, PollShare, PollTold, Span

if TYPE_CHECKING:
    from tellings.comparing.table import Table
    from tellings.records import Figure, Reading


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a poll is named: its stretch, the word for it, who made it, and the number of its sentence.

    `points` says that it points back ("the poll"), `another` that it is told to be another one.
    """

    span: Span
    word: Span
    pollster: Span | None
    sentence: int
    points: bool
    another: bool


AFTER = 3
"""How many sentences behind the one that names a poll may give its shares."""
NEAR, GAP = 3000, 2
"""How far back "the poll" may point, and how far apart two stretches of one poll may stand to be one; code points."""
_PEOPLE = 200
"""How many mentions of a sentence are looked at."""
_SHARES = frozenset({"%", "share", "points"})
_ANOTHER = re.compile(r"\b(?:[Aa]nother|[Aa]\s+(?:separate|second|later|different|previous|new))\b")
ROUNDING = 0.5
"""What each share may be rounded up by."""


def polls(reading: Reading) -> tuple[Poll, ...]:
    """The polls of an account that give at least one share or a lead."""
    found: list[Poll] = []
    for opening in _stretches(reading):
        poll = _poll(reading, opening)
        earlier = _told_before(reading, found, poll, opening)
        if earlier is None:
            found.append(poll)
        else:
            found[earlier] = _joined(found[earlier], poll)
    return tuple(one for one in found if one.shares or one.lead is not None)


def _told_before(reading: Reading, found: Sequence[Poll], poll: Poll, opening: Opening) -> int | None:
    """The number of the poll that is told of again: the last where it is only pointed at, else the pollster's."""
    if not found:
        return None
    last, text = found[-1], reading.account.text
    gap = text[last.span.end : opening.span.start]
    near = len(gap) <= NEAR
    if opening.points and near and (poll.pollster is None or last.pollster is None):
        return len(found) - 1
    if poll.pollster is None:
        return None
    name = _key(text, poll.pollster)
    same = [n for n, one in enumerate(found) if one.pollster and _key(text, one.pollster) == name]
    apart = (
        same and poll.dates and found[same[-1]].dates and _key(text, poll.dates) != _key(text, found[same[-1]].dates)
    )
    return None if not same or apart or opening.another else same[-1]


def _key(text: str, span: Span | None) -> str:
    return "" if span is None else re.sub(r"\W+", " ", text[span.start : span.end].lower()).strip()


def _joined(one: Poll, more: Poll) -> Poll:
    """A poll with what is told of it further on; its span runs on where nothing but its own stands between."""
    return Poll(
        span=Span(one.span.start, more.span.end) if more.span.start - one.span.end <= GAP else one.span,
        pollster=one.pollster or more.pollster,
        dates=one.dates or more.dates,
        sample=more.sample if one.sample is None else one.sample,
        margin=more.margin if one.margin is None else one.margin,
        lead=more.lead if one.lead is None else one.lead,
        scenario=one.scenario or more.scenario,
        shares=(*one.shares, *(share for share in more.shares if share not in one.shares)),
    )


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


def _stretches(reading: Reading) -> Iterator[Opening]:
    """Where each poll is named, with the sentences behind that go on telling of it."""
    text = reading.account.text
    opened = [one for n in range(len(reading.sentences)) for one in _openings(text, reading.sentences[n], n)]
    for at, one in enumerate(opened):
        following = opened[at + 1] if at + 1 < len(opened) else None
        if following and following.sentence == one.sentence:
            yield replace(one, span=Span(one.span.start, following.span.start))
            continue
        stop = min(following.sentence if following else len(reading.sentences), one.sentence + 1 + AFTER)
        last = one.sentence
        while last + 1 < stop and _goes_on(reading, reading.sentences[last + 1]):
            last += 1
        yield replace(one, span=Span(one.span.start, reading.sentences[last].end))


def _openings(text: str, sentence: Span, number: int) -> Iterator[Opening]:
    """The polls that a sentence names: the first from its beginning, another from its own article or name."""
    start = sentence.start
    for found in POLL.finditer(text, sentence.start, sentence.end):
        word = Span(*found.span())
        pointed = any(one.end() == word.end for one in POINTING.finditer(text, start, sentence.end))
        whose = None if pointed else pollster(text, word, start, sentence.end)
        again = any(one.end() == word.end for one in NAMED_AGAIN.finditer(text, start, sentence.end))
        if start > sentence.start and not whose:
            continue
        first = sentence.start if start == sentence.start else min(word.start, whose.start if whose else word.start)
        another = bool(_ANOTHER.search(text, max(start, word.start - 60), word.start))
        yield Opening(Span(first, sentence.end), word, whose, number, pointed or again, another)
        start = word.end


def _goes_on(reading: Reading, sentence: Span) -> bool:
    """Whether a sentence behind a poll gives more of its shares."""
    shares = any(one.unit == "points" or _is_share(reading, n) for n, one in _inside(reading, sentence))
    first = bisect_left(reading.mentions, sentence.start, key=lambda one: one.span.start)
    named = any(
        one.type == "PER" and one.form == "name" and sentence.start <= one.span.start < sentence.end
        for one in reading.mentions[first : first + _PEOPLE]
    )
    return shares and (named or bool(GOES_ON.search(reading.account.text, sentence.start, sentence.end)))


def _inside(reading: Reading, span: Span) -> list[tuple[int, Figure]]:
    first = bisect_right(reading.figures, span.start - 1, key=lambda one: one.span.start)
    last = bisect_right(reading.figures, span.end - 1, key=lambda one: one.span.start)
    return [(n, reading.figures[n]) for n in range(first, last)]


def _poll(reading: Reading, opening: Opening) -> Poll:
    text, span = reading.account.text, opening.span
    found = _inside(reading, span)
    margin = next((n for n, one in found if _before(text, one, span, MARGIN)), None)
    told = [(n, one) for n, one in found if n != margin]
    scenario = SCENARIO.search(text, span.start, span.end)
    return Poll(
        span=span,
        pollster=opening.pollster,
        dates=dates(text, span.start, span.end),
        sample=next((n for n, one in told if _may_be_sample(one) and is_sample(text, one.span)), None),
        margin=margin,
        lead=next((n for n, one in told if one.unit == "points" and _before(text, one, span, LEAD)), None),
        scenario=Span(*scenario.span()) if scenario else None,
        shares=tuple(PollShare(_answer(reading, one), n) for n, one in told if _is_share(reading, n)),
    )


def _may_be_sample(one: Figure) -> bool:
    return one.unit not in _SHARES and one.low >= 50


def _is_share(reading: Reading, number: int) -> bool:
    """Whether a figure is a share: a percentage, "one in three", or the first of "56-33 percent"."""
    one, text = reading.figures[number], reading.account.text
    if one.unit == "%":
        return not _CHANGE.match(text, one.span.end)
    if one.unit == "share":
        return " in " in text[one.span.start : one.span.end]
    behind = reading.figures[number + 1] if number + 1 < len(reading.figures) else None
    between = text[one.span.end : behind.span.start] if behind and behind.unit == "%" else ""
    return between in {"-", "–", "—"} and one.low <= 100


def _before(text: str, one: Figure, span: Span, pattern: re.Pattern[str]) -> bool:
    return bool(pattern.search(text[max(span.start, one.span.start - 60) : one.span.start]))


def _answer(reading: Reading, one: Figure) -> Span | None:
    """Whose share it is: the person named last before it in its sentence, else the first behind.

    Of "Lind would beat Holt 50% to 45%" the first share is Lind's, the second Holt's.
    """
    if _OPINION.match(reading.account.text, one.span.end):
        return None
    at = bisect_right(reading.sentences, one.span.start, key=lambda sentence: sentence.start) - 1
    sentence, text = reading.sentences[at], reading.account.text
    people: Sequence[Span] = [
        mention.span for mention in reading.mentions
        if mention.type == "PER" and mention.form == "name" and sentence.start <= mention.span.start < sentence.end
    ]  # fmt: skip
    if listed := _LISTED.search(text[max(sentence.start, one.span.start - 60) : one.span.start]):
        start = max(sentence.start, one.span.start - 60)
        return Span(start + listed.start(1), start + listed.end(1))
    before = sorted(span for span in people if span.end <= one.span.start)
    behind = [span for span in people if span.start >= one.span.end]
    if len(before) > 1 and _BEATS.search(text, before[-2].end, before[-1].start) and _FIRST.match(text, one.span.end):
        return before[-2]
    return before[-1] if before else min(behind, default=None)


_LISTED = re.compile(r"((?:[A-Z][\w’'.-]+\s+){0,2}[A-Z][\w’'-]+)\s+\((?:at\s+|with\s+)?$")
"""A name with its share in brackets: "Lind (32%), Holt (19%)"."""
_OPINION = re.compile(
    r"\s+(?:of\s+[\w\s-]{0,30}?)?[“\"]?(?:\w+ly[”\"]?\s+)?(?:said|say|says|think|thinks|thought|favou?r|favou?rs|favou?red|oppos\w+|"
    r"disapprov\w+|approv\w+|agreed?|disagreed?|prefer\w*|feel|felt|believed?|wants?|wanted|supports?|supported|had|have|heard|go)\b"
)
"""Behind the share of those who hold an opinion: it is nobody's, whoever is named in it."""
_CHANGE = re.compile(r"\s+(?:increase|decrease|leap|jump|rise|drop|chance|chances|margin)\b")
_BEATS = re.compile(
    r"\b(?:beat|beats|beating|defeat\w*|lead\w*|led|top\w*|best\w*|edg\w+|trail\w*|over|ahead\s+of|behind|against)\b"
)
_FIRST = re.compile(r"\s*(?:to|-|–|against|versus|over)\s*\d")
"""Behind the first of two shares, another."""
