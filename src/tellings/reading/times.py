"""Time expressions by grammar, with their TIMEX3 values and the days they mean.

Expressions are found by rules (`time_dates`, `time_relative`, `time_lengths`, `time_clock`), the longest where several
begin at one word, and resolved in text order against the day of publication and the date named last, as HeidelTime does
(Strötgen and Gertz 2010). What is inside an expression follows TimeBank (Pustejovsky et al. 2003): its determiner and
what narrows it ("early", "about"), not the preposition before it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tellings.reading.calendar import Anchor, anchor, days_of
from tellings.reading.time_clock import CLOCK
from tellings.reading.time_dates import DATES
from tellings.reading.time_lengths import LENGTHS
from tellings.reading.time_relative import RELATIVE
from tellings.reading.time_rules import Found, Rule, Scene
from tellings.records import Span, Time

_RULES: tuple[Rule, ...] = (*DATES, *CLOCK, *RELATIVE, *LENGTHS)


class _Match(NamedTuple):
    """Where a rule matched."""

    match: re.Match[str]
    rule: Rule


def times(text: str, sentences: Sequence[Span], published: str | None) -> tuple[Time, ...]:
    """Every time expression of a text, in text order, without overlap.

    `published` is the account's date of publication (ISO 8601, to the precision given): without it only what names
    its year has a value. Linear in the length of the text.
    """
    return tuple(_resolved(text, sentences, anchor(published), list(_matches(text))))


def _matches(text: str) -> Iterator[_Match]:
    """The longest match at each word that may begin one; of equally long ones that of the first rule."""
    end = 0
    for start in _STARTS.finditer(text):
        if start.start() < end:
            continue
        found = [
            _Match(match, rule)
            for rule in _RULES
            if (match := rule.pattern.match(text, start.start())) and rule.guard(match)
        ]
        if found:
            best = max(found, key=lambda one: one.match.end())
            end = best.match.end()
            yield best


_STARTS = re.compile(r"(?<!\w)(?:[A-Za-z]|\d|['’‘]\d)")
_JOINED = re.compile(r",?[^\S\n]?\s?(?:on\s)?(?:the\s)?")


def _resolved(text: str, sentences: Sequence[Span], now: Anchor | None, matches: list[_Match]) -> Iterator[Time]:
    """Times in text order; a clock time right before a day is one with it ("9 a.m. Tuesday")."""
    named: str | None = None
    quarter: str | None = None
    beside: tuple[int, str] | None = None  # the sentence and the value of the date named last
    number = 0
    while number < len(matches):
        one, span = matches[number], Span(*matches[number].match.span())
        place = bisect_right(sentences, span.start, key=lambda s: s.start) - 1
        sentence = sentences[place] if place >= 0 else Span(0, len(text))
        here = beside[1] if beside and beside[0] == place else None
        day = _day_after(text, matches, number)
        if day:
            span = Span(span.start, day.match.end())
            here = day.rule.resolve(day.match, Scene(text, span, sentence, now, named)).value
            number += 1
        found = one.rule.resolve(one.match, Scene(text, span, sentence, now, named, here, quarter))
        made = _time(span, found)
        if made.first and not found.aside:
            quarter = found.value if "-Q" in (found.value or "") else quarter
            named, beside = found.value, (place, found.value or "")
        yield made
        number += 1


def _day_after(text: str, matches: list[_Match], number: int) -> _Match | None:
    """The day that stands right after a clock time."""
    if matches[number].rule not in CLOCK or number + 1 == len(matches):
        return None
    after = matches[number + 1]
    near = after.rule in _DAYS and _JOINED.fullmatch(text, matches[number].match.end(), after.match.start())
    return after if near else None


_DAYS = (*DATES[:6], *RELATIVE[:3])


def _time(span: Span, found: Found) -> Time:
    days = days_of(found.value) if found.placed else None
    if days is None:
        return Time(span, found.kind, found.value)
    return Time(span, found.kind, found.value, days[0].isoformat(), days[1].isoformat())
