"""Numbers as they are written, before it is decided which of them are figures.

One pattern, tried once at each place: a money sign, digits or words, a magnitude, percent or points. A hyphen may stand
before digits only where it joins them to other digits ("10-15"); "F-16" and "COVID-19" are names.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tellings.reading.number_words import FEW, HALF, LOOSE, SCALES, SHARE, WRITTEN, magnitude, part, sign, written
from tellings.records import Span

Sort = Literal["digits", "written", "loose", "share", "half"]


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number with its span and value; `scale` is the magnitude written behind its digits, 1 where there is none.

    `unit` is "%", "points" or a currency, "" where the number itself has none.
    """

    span: Span
    value: float
    unit: str
    sort: Sort
    scale: float = 1.0


_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+,\d{1,2}(?![\d,])|\d+(?:\.\d+)?|\.\d+"
_SIGN = r"[½¼¾⅓⅔]|(?:1/2|1/3|2/3|1/4|3/4)(?![\w/])"
_MEASURES = r"(?:km|kg|lbs?|ft|mph|kph|cm|mi|hrs?|mins?|yrs?|oz|sq|kwh|mw|gw|gb|tb|m)\b"
_COUNT = r"(?:hundred|thousand|million|billion|trillion|bn|tn|mn|mln)\b"
_SMALL = "one|two|three|four|five|six|seven|eight|nine|ten"
_TIMES = "seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|locations?|places?|separate|different|other"
_RATIO = (
    rf"(?P<above>\d{{1,3}}|{_SMALL})[-\s](?:in|out[-\s]of)[-\s](?:every[-\s])?(?P<below>\d{{1,3}}(?:,\d{{3}})*|{_SMALL})"
    rf"(?![\w/:]|[.,-]\d|-[a-z]|\s+(?:{_TIMES})\b)"
)
_NUMBER = re.compile(
    r"(?P<money>(?<![\w$£€])(?:USD\s?|(?:US|AU?|CA?|NZ|HK)?\$\s?|[£€¥]\s?))?"
    r"(?:"
    rf"(?<![\w.,$£€/#-])(?P<ratio>{_RATIO})"
    rf"|(?(money)|(?:(?<![\w.,/#-])(?P<minus>[-−])?|(?<=[\d%][-–])))"
    rf"(?P<digits>{_DIGITS})(?:\s?(?P<fraction>{_SIGN}))?"
    rf"(?![\d/:]|[.,]\d|(?:st|nd|rd|th)\b)(?:[\s-]?(?P<scale>{_COUNT})|(?P<letter>[kmb])\b)?(?=[^a-z_]|$|{_MEASURES})"
    rf"|(?<![\w.,/])(?P<sign>{_SIGN})"
    rf"|(?<![\w-])(?:(?P<loose>{LOOSE})|(?P<few>{FEW})|(?P<share>{SHARE})|(?P<half>{HALF})|(?P<written>{WRITTEN}))\b"
    r")"
    r"(?P<percent>\s?%|[\s-](?:per\s?cent|percent|pct)\b|[\s-]percentage[\s-]points?\b|[\s-]points?\b)?",
    re.IGNORECASE,
)
_DOLLARS = frozenset({"USD", "US$", "$"})


def numerals(text: str) -> Iterator[Numeral]:
    """Every number of a text in text order; those of ranges, dates and names too."""
    for match in _NUMBER.finditer(text):
        found = _numeral(match)
        if found is not None and math.isfinite(found.value):  # no quantity has 300 digits
            yield found


def _numeral(match: re.Match[str]) -> Numeral | None:
    span, unit = Span(match.start(), match.end()), _unit(match)
    if match["ratio"]:
        return _ratio(match)
    if match["digits"]:
        return _digits(match, unit)
    if match["sign"] or match["share"]:
        value = sign(match["sign"]) if match["sign"] else part(match["share"])
        return Numeral(span, value, unit or "share", "share")
    if match["loose"] or match["few"]:
        return Numeral(span, magnitude(match["loose"] or match["few"]), unit, "loose")
    if match["half"]:
        return Numeral(span, 0.5, unit, "half")
    return Numeral(span, written(match["written"]), unit, "written")


def _digits(match: re.Match[str], unit: str) -> Numeral | None:
    digits = match["digits"]
    # "1,5" has a decimal comma, "2,000" and "12,000.5" group their thousands
    plain = digits.replace(",", "") if re.search(r",\d{3}", digits) else digits.replace(",", ".")
    value, start = float(plain), match.start()
    if match["letter"] and match["letter"].isupper() and not _scaled(match):
        return None
    if match["fraction"]:
        value += sign(match["fraction"])
    scale = SCALES[(match["scale"] or match["letter"] or "").lower()] if _scaled(match) else 1.0
    if match["minus"]:
        value, start = (-value, start) if unit in {"%", "points"} else (value, start + 1)
    end = match.end() if _scaled(match) or not match["letter"] else match.end("letter") - 1
    return Numeral(Span(start, end), value * scale, unit, "digits", scale)


def _scaled(match: re.Match[str]) -> bool:
    """Whether a magnitude follows; "5m" is five million of money or people, else five metres; "4K" alone is a name."""
    letter = match["letter"] or ""
    if letter in {"m", "M", "K", "B"} and not match["money"]:
        return bool(re.match(r"\s[a-z]{3,}s\b|\speople\b", match.string[match.end() : match.end() + 24]))
    return bool(match["scale"] or letter)


def _ratio(match: re.Match[str]) -> Numeral | None:
    """One in five; where it cannot be a part ("five in two") only its first number counts."""
    above, below = _count(match["above"]), _count(match["below"])
    if 0 < above < below:
        return Numeral(Span(match.start(), match.end("ratio")), above / below, "share", "share")
    digits = match["above"].isdigit()
    return Numeral(Span(*match.span("above")), above, "", "digits" if digits else "written")


def _count(text: str) -> float:
    return float(text.replace(",", "")) if text[0].isdigit() else written(text)


def _unit(match: re.Match[str]) -> str:
    if match["money"]:
        sort = match["money"].strip().upper()
        return "$" if sort in _DOLLARS else sort
    told = (match["percent"] or "").lower()
    if "point" in told:
        return "points"
    return "%" if told else ""
