"""Figures: numbers with their unit, bound and what they count, by grammar and, where it is given, by the parse.

Digits, number words, magnitudes ("1.2 million"), money, percentages, ages, shares ("one in five" is .2 with the unit
"share") and ranges. A score or a vote ("3-2", "217 to 213") and a change ("from 10 to 15") are two figures. "No
injuries" is a figure of 0. `not_figures` has what is none, `bounds` the bounds, `counted` what is counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tellings.reading.ages import is_age
from tellings.reading.bounds import bound
from tellings.reading.counted import Phrases
from tellings.reading.not_figures import kept
from tellings.reading.numerals import Numeral, numerals
from tellings.reading.ones import counts_one
from tellings.reading.ranges import Pair, paired
from tellings.reading.zeros import zeros
from tellings.records import Figure, Span, Word

_LISTED = re.compile(r"\s+(?:and|or|to)\s+|,\s+(?:and\s+|or\s+)?")
_OLD = re.compile(r"[\s-](year|month|week|day)s?[\s-]old", re.IGNORECASE)
_AGE_SAID = re.compile(r"\bage\s+of\s+$", re.IGNORECASE)
_NOT_COUNTED = re.compile(r"-(?:way|sided|piece|liner|pronged|fold)\b", re.IGNORECASE)


def figures(text: str, words: Sequence[Word] = (), sentences: Sequence[Span] = ()) -> tuple[Figure, ...]:
    """Every figure of a text, in text order; the span covers money sign, number, magnitude and percent sign.

    `words` and `sentences` are those of its reading; without them units are guessed from the endings of words.
    """
    found = [one for one in kept(text, numerals(text), sentences) if _counts(text, one)]
    phrases = Phrases(text, words)
    made = _carried(text, [_figure(text, pair, phrases) for pair in paired(text, found)])
    taken = {at for one in made for at in (one.span.start, one.span.end)}
    made += [one for one in zeros(text, phrases) if one.span.start not in taken and one.span.end not in taken]
    return tuple(sorted(made, key=lambda one: one.span))


def _counts(text: str, one: Numeral) -> bool:
    """Whether a number that is in no name or date counts something: "one" and "zero" mostly do not."""
    start, end = one.span
    if one.sort == "share" or one.unit in {"%", "$", "£", "€"}:
        return True
    if _NOT_COUNTED.match(text, end):
        return False
    if one.unit == "points" and text[max(0, start - 3) : start].lower() == "at ":
        return False
    if one.sort == "written" and one.value == 1:
        return counts_one(text, Span(start, start + 3))
    return one.value != 0 or one.sort == "digits" or bool(one.unit)


def _figure(text: str, pair: Pair, phrases: Phrases) -> Figure:
    told = phrases.counted(pair.span, pair.unit)
    unit, low, high = told.unit, pair.low, pair.high
    if pair.scored:
        unit = "vote" if pair.scored == "vote" else ""
    elif aged := _OLD.match(text, pair.span.end):
        unit = aged[1].lower()
    elif (
        not unit
        or _AGE_SAID.search(text, max(0, pair.span.start - 12), pair.span.start)
        or text.startswith(" of ", pair.span.end)
    ) and is_age(text, pair.span, pair.high):
        unit = "year"
    elif unit == "cent":
        unit, low, high = "$", low / 100, high / 100
    limit = bound(text, pair.span)
    if pair.sort == "loose" and limit == "exactly":
        limit = "at least"
    if limit == "exactly" and text[pair.span.start : pair.span.end].lower().endswith("dozen"):
        limit = "about"
    return Figure(pair.span, low, high, unit, limit, told.span)


def _carried(text: str, made: Sequence[Figure]) -> list[Figure]:
    """Figures of a list have its last one's unit ("1, 3 and 6 years", "from 5 to 8 percent"), ages of a list the first one's."""
    result = list(made)
    for at in range(len(result) - 2, -1, -1):
        one, after = result[at], result[at + 1]
        bare = not one.unit and after.unit not in {"", "$", "share"} and text[one.span.start].isalnum()
        if bare and _listed(text, one, after):
            result[at] = replace(one, unit=after.unit, counted=after.counted)
    for at in range(1, len(result)):
        one, before = result[at], result[at - 1]
        if not one.unit and before.unit == "year" and _listed(text, before, one):
            result[at] = replace(one, unit="year", counted=before.counted)
    return result


def _listed(text: str, one: Figure, after: Figure) -> bool:
    """Whether nothing but a comma, "and", "or" or "to" stands between two figures."""
    return _LISTED.fullmatch(text, one.span.end, after.span.start) is not None
