"""Time expressions by grammar, with their TIMEX3 values and the days they mean.

Expressions are found by rules (the modules `time_...`), the longest where several
begin at one word, and resolved in text order against the day of publication and the date named last, as HeidelTime does
(Strötgen and Gertz 2010). What is inside an expression follows TimeBank (Pustejovsky et al. 2003): its determiner and
what narrows it ("early", "about"), not the preposition before it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from tellings.reading.calendar import Anchor, anchor, anchor_of, days_of, relative
from tellings.reading.holidays import HOLIDAYS
from tellings.reading.time_clock import CLOCK
from tellings.reading.time_days import DAY_RULES, REFERENCES
from tellings.reading.time_digits import DIGITS
from tellings.reading.time_lengths import LENGTHS
from tellings.reading.time_months import MONTH_RULES
from tellings.reading.time_named import NAMED
from tellings.reading.time_periods import PERIODS
from tellings.reading.time_rules import Found, Rule, Scene, verbs
from tellings.reading.time_words import DAYS, MONTHS, PARTS, SEASON_WORDS, UNITS, count, listed, plain
from tellings.reading.time_years import YEARS
from tellings.records import Span, Time

_RULES: tuple[Rule, ...] = (*DIGITS, *MONTH_RULES, *NAMED, *YEARS, *CLOCK, *DAY_RULES, *REFERENCES, *PERIODS, *LENGTHS)
_OTHER = listed(
    "today yesterday tomorrow tonight overnight now currently current present nowadays moment recently recent past soon"
    " future term noon midday midnight ago nineteen eighteen thousand hourly daily nightly weekly fortnightly monthly"
    " annually yearly biweekly biennially twenties thirties forties fifties sixties seventies eighties nineties period"
    " half"
)


_CORE = frozenset(
    [
        *UNITS,
        *MONTHS,
        *DAYS,
        *SEASON_WORDS,
        *PARTS,
        *_OTHER,
        *(word for name in HOLIDAYS for word in re.findall(r"[a-z]+", name)),
    ]
)
"""Words of which each expression without a digit has one."""
_REACH = 72
"""How many characters before such a word, or a digit, an expression may begin."""
_TOKEN = re.compile(r"[A-Za-z]+|['’‘]?\d+")


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
    for start in _starts(text):
        if start < end:
            continue
        found = [
            _Match(match, rule) for rule in _RULES if (match := rule.pattern.match(text, start)) and rule.guard(match)
        ]
        if found:
            best = max(found, key=lambda one: one.match.end())
            end = best.match.end()
            yield best


def _starts(text: str) -> list[int]:
    """Where an expression may begin: at words no further before a word of _CORE, or a digit, than _REACH."""
    found, core = [], len(text) + _REACH
    for token in reversed(list(_TOKEN.finditer(text))):
        word = token[0].lower()
        if word in _CORE or word.removesuffix("s") in _CORE or word[-1].isdigit():
            core = token.start()
        if core - token.start() < _REACH and not (token.start() and text[token.start() - 1].isalnum()):
            found.append(token.start())
    return found[::-1]


_MONTHS_LONG = re.compile(r"P\d+M")
_JOINED = re.compile(r",?[^\S\n]?\s?(?:on\s)?(?:the\s)?")


@dataclass(slots=True)
class _Named:
    """What was named last, as the text goes on: a date, a quarter, and a date in the running sentence."""

    date: str | None = None
    quarter: str | None = None
    beside: str | None = None
    sentence: int = -1

    def enter(self, sentence: int) -> None:
        """Go on to an expression of a sentence."""
        if sentence != self.sentence:
            self.sentence, self.beside = sentence, None

    def name(self, value: str) -> None:
        """Take in a date; one that merely holds the one before ("that year") leaves the more exact one."""
        self.beside = value
        if "-Q" in value:
            self.quarter = value
        ours, theirs = days_of(self.date), days_of(value)
        if not (ours and theirs and theirs[0] <= ours[0] and ours[1] <= theirs[1]):
            self.date = value


def _resolved(text: str, sentences: Sequence[Span], now: Anchor | None, matches: list[_Match]) -> Iterator[Time]:
    """Times in text order; a clock time right before a day is one with it ("9 a.m. Tuesday")."""
    said, named, number = verbs(text), _Named(), 0
    while number < len(matches):
        one, span = matches[number], Span(*matches[number].match.span())
        place = bisect_right(sentences, span.start, key=lambda s: s.start) - 1
        sentence = sentences[place] if place >= 0 else Span(0, len(text))
        named.enter(place)
        scene = Scene(text, said, span, sentence, now, named.date, named.beside, named.quarter)
        day = _day_after(text, matches, number)
        later = None if day or named.beside else _day_later(matches, number, sentence)
        if later:
            scene = replace(scene, beside=later.rule.resolve(later.match, scene).value)
        if day:
            value = day.rule.resolve(day.match, replace(scene, span=Span(span.start, day.match.end()))).value
            span, scene = Span(span.start, day.match.end()), replace(scene, beside=value)
            number += 1
        from_day = _day_from(text, matches, number)
        found = one.rule.resolve(one.match, scene)
        made = _time(span, found)
        if from_day:
            days = _offset(one, from_day, replace(scene, span=Span(*from_day.match.span())))
            made = replace(made, first=days[0].isoformat(), last=days[1].isoformat()) if days else made
        if found.kind != "duration" and made.first and found.value and not found.aside:
            named.name(found.value)
        elif _MONTHS_LONG.fullmatch(found.value or ""):
            named.quarter = None  # what comes "a year earlier" is then no quarter either
        yield made
        number += 1


def _day_after(text: str, matches: list[_Match], number: int) -> _Match | None:
    """The day that stands right after a clock time."""
    if matches[number].rule not in CLOCK or number + 1 == len(matches):
        return None
    after = matches[number + 1]
    near = after.rule in _DATED and _JOINED.fullmatch(text, matches[number].match.end(), after.match.start())
    return after if near else None


def _day_later(matches: list[_Match], number: int, sentence: Span) -> _Match | None:
    """The day that a clock time's sentence names further on, where it names none before."""
    if matches[number].rule not in CLOCK:
        return None
    for other in matches[number + 1 : number + 4]:
        start = other.match.start()
        if start >= sentence.end or start - matches[number].match.end() > _FURTHER:
            return None
        if other.rule in _DATED:
            return other
    return None


def _day_from(text: str, matches: list[_Match], number: int) -> _Match | None:
    """The day that a length right before it is reckoned from: "two days after Thanksgiving"."""
    if (
        matches[number].rule not in LENGTHS
        or number + 1 == len(matches)
        or not matches[number].match.groupdict().get("n")
    ):
        return None
    after = matches[number + 1]
    near = _RECKONED.fullmatch(text, matches[number].match.end(), after.match.start())
    return after if near and after.rule in (*_DATED, *NAMED[1:]) else None


_RECKONED = re.compile(r"\s(?:after|before)\s(?:the\s)?")


def _offset(length: _Match, day: _Match, scene: Scene) -> tuple[date, date] | None:
    """The days so long after or before another."""
    start = anchor_of(day.rule.resolve(day.match, scene).value)
    number, unit = count(length.match["n"]), plain(length.match["unit"]).rstrip("s")
    between = scene.text[length.match.end() : day.match.start()]
    if start is None or number is None or number != int(number) or unit not in _STEPS:
        return None
    return days_of(relative(start, unit, int(number) * (1 if "after" in between else -1)))


_STEPS = frozenset(["day", "week", "month", "year"])
_FURTHER = 60
"""How many characters after a clock time the day that it belongs to may stand."""
_DATED = (*DIGITS[:3], *MONTH_RULES[:2], *DAY_RULES[:3])


def _time(span: Span, found: Found) -> Time:
    days = days_of(found.value) if found.placed else None
    if days is None:
        return Time(span, found.kind, found.value)
    return Time(span, found.kind, found.value, days[0].isoformat(), days[1].isoformat())
