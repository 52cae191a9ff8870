"""Figures: numbers with their unit, bound and what they count, by grammar.

Digits, number words, magnitudes ("1.2 million"), money, percentages and ranges. Years, dates, clock times, ordinals
and the numbers inside names are no figures.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from tellings.records import Bound, Figure, Span

_ONES = {
    word: float(value)
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10.0 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "k": 1e3, "m": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12,
}  # fmt: skip
_LOOSE = {
    "dozen": 12.0,
    "dozens": 12.0,
    "scores": 20.0,
    "hundreds": 100.0,
    "thousands": 1000.0,
    "millions": 1e6,
}

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WORD = "|".join(sorted([*_ONES, *_TENS], key=len, reverse=True))
_SCALE = "hundred|thousand|million|billion|trillion"
_WORDS = (
    rf"(?:a\s+)?half(?:\s+an?)?\s+(?:{_SCALE}|dozen)"
    rf"|(?:an?|{_WORD})(?:[-\s](?:{_WORD}))?(?:\s+(?:{_SCALE}|dozen))+"
    rf"(?:\s+(?:and\s+)?(?:{_WORD})(?:[-\s](?:{_WORD}))?(?:\s+(?:{_SCALE}))*)*"
    rf"|(?:{_WORD})(?:-(?:{_WORD}))?|dozens|scores|hundreds|thousands|millions|half"
)
_NUMBER = re.compile(
    rf"(?<![\w.,$£€-])(?P<money>(?:US|A|C)?[$£€]\s?)?"
    rf"(?:(?P<digits>{_DIGITS})(?![\d/:]|(?:st|nd|rd|th)\b)(?:[\s-]?(?P<scale>{_SCALE}|bn|tn|[kmb]))?\b|(?P<words>\b(?:{_WORDS})\b))"
    rf"(?P<percent>\s?(?:%|per\s?cent\b|percentage\s+points?\b|percent\b))?",
    re.IGNORECASE,
)

_BOUND_WORDS: tuple[tuple[str, Bound], ...] = (
    (
        "at least|no fewer than|no less than|more than|over|above|upwards of|just over|well over|in excess of",
        "at least",
    ),
    ("at most|up to|as many as|as much as|no more than|fewer than|less than|under|below", "at most"),
    ("about|around|roughly|approximately|some|an estimated|an average of|circa", "about"),
)
_BOUNDS = tuple(
    (re.compile(rf"\b(?:{words})\s+(?:a\s+|the\s+)?$", re.IGNORECASE), bound) for words, bound in _BOUND_WORDS
)
_NEAR = re.compile(r"\b(?:nearly|almost|close to|just under)\s+(?:a\s+|the\s+)?$", re.IGNORECASE)

_MONTHS = "jan(?:uary|\\.)?|feb(?:ruary|\\.)?|mar(?:ch|\\.)?|apr(?:il|\\.)?|may|june?|july?|aug(?:ust|\\.)?|sept?(?:ember|\\.)?|oct(?:ober|\\.)?|nov(?:ember|\\.)?|dec(?:ember|\\.)?"
_AFTER_MONTH = re.compile(rf"\b(?:{_MONTHS})\s+$|\b(?:{_MONTHS})\s+\d{{1,2}},?\s+$", re.IGNORECASE)
_BEFORE_MONTH = re.compile(rf"^\s+(?:of\s+)?(?:{_MONTHS})\b", re.IGNORECASE)
_CLOCK = re.compile(r"^(?::\d\d)?\s?(?:a\.?m\b|p\.?m\b|o.clock)", re.IGNORECASE)
_UNIT = re.compile(r"^[\s-]+([a-z]{2,})", re.IGNORECASE)
_NO_UNIT = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "by",
        "with",
        "from",
        "and",
        "or",
        "but",
        "as",
        "is",
        "was",
        "were",
        "are",
        "be",
        "been",
        "who",
        "that",
        "which",
        "when",
        "while",
        "than",
        "after",
        "before",
        "during",
        "since",
        "until",
        "have",
        "has",
        "had",
        "not",
        "more",
        "less",
        "other",
        "into",
        "over",
        "under",
        "its",
        "his",
        "her",
        "their",
        "this",
        "these",
        "those",
        "he",
        "she",
        "they",
        "we",
        "it",
        "there",
        "would",
        "will",
        "could",
        "may",
        "said",
        "told",
        "according",
        "per",
        "out",
        "came",
        "went",
        "left",
        "died",
        "voted",
    ]
)


class _Value(NamedTuple):
    low: float
    high: float
    loose: bool


def figures(text: str) -> tuple[Figure, ...]:
    """Every figure of a text, in text order; the span covers money sign, number, magnitude and percent sign."""
    return tuple(_found(text))


def _found(text: str) -> Iterator[Figure]:
    for match in _NUMBER.finditer(text):
        value = _value(match)
        if value is None or _is_other(text, match):
            continue
        span = Span(match.start(), match.end())
        bound = _bound(text[max(0, span.start - 24) : span.start])
        if value.loose and bound == "exactly":
            bound = "at least" if match["words"].lower().endswith("s") else "about"
        yield Figure(span, value.low, value.high, _unit(text, match), bound)


def _value(match: re.Match[str]) -> _Value | None:
    if match["digits"]:
        number = float(match["digits"].replace(",", ""))
        number *= _SCALES[match["scale"].lower()] if match["scale"] else 1.0
        return _Value(number, number, False) if math.isfinite(number) else None  # no quantity has 300 digits
    words = re.findall(r"[a-z]+", match["words"].lower())
    if words == ["half"]:
        return _Value(0.5, 0.5, False)
    if words in (["one"], ["zero"]) and not (match["percent"] or match["money"]):
        return None  # "one" is mostly a pronoun
    if words[0] in _LOOSE:
        return _Value(_LOOSE[words[0]], _LOOSE[words[0]], True)
    number = _words(words)
    return _Value(number, number, words[-1] == "dozen")


def _words(words: list[str]) -> float:
    total, current = 0.0, 0.0
    for word in words:
        if word in _ONES or word in _TENS:
            current += _ONES.get(word, _TENS.get(word, 0.0))
        elif word == "half":
            current = 0.5
        elif word == "hundred":
            current = (current or 1.0) * 100.0
        elif word == "dozen":
            current = (current or 1.0) * 12.0
        elif word in _SCALES:
            total += (current or 1.0) * _SCALES[word]
            current = 0.0
    return total + current


def _is_other(text: str, match: re.Match[str]) -> bool:
    """Whether a number is a date, a year, a clock time or part of a name."""
    if match["money"] or match["percent"]:
        return False
    before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + 16]
    if _CLOCK.match(after) or _AFTER_MONTH.search(before) or _BEFORE_MONTH.match(after):
        return True
    digits = match["digits"] or ""
    if len(digits) == 4 and digits.isdigit() and 1700 <= int(digits) <= 2100 and not match["scale"]:
        return True
    return bool(re.search(r"(?:No\.|Route|Highway|Flight|District|Section|Title|Article|Chapter|#)\s?$", before))


def _bound(before: str) -> Bound:
    if _NEAR.search(before):
        return "about"
    return next((bound for pattern, bound in _BOUNDS if pattern.search(before)), "exactly")


def _unit(text: str, match: re.Match[str]) -> str:
    if match["money"]:
        return match["money"].strip().upper().removeprefix("US")
    if match["percent"]:
        return "points" if "point" in match["percent"].lower() else "%"
    after = _UNIT.match(text[match.end() : match.end() + 40])
    if not after or after[1].lower() in _NO_UNIT:
        return ""
    word = after[1].lower()
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
