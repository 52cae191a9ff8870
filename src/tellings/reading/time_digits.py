"""Dates in digits: ISO 8601, with strokes or stops, and runs of years."""

from __future__ import annotations

import re

from tellings.reading.calendar import dated
from tellings.reading.time_rules import Found, Rule, Scene, after, before, rule
from tellings.reading.time_words import YEAR

_CENTURY = 69
"""Two digits up to this one stand for a year of the 2000s (POSIX)."""


def _iso(match: re.Match[str], _scene: Scene) -> Found:
    day = dated(int(match["y"]), int(match["m"]), int(match["d"]))
    if day is None or match["hour"] is None:
        return Found("date", day.isoformat() if day else None)
    return Found("time", f"{day.isoformat()}T{match['hour']}:{match['minute']}")


def _slashed(match: re.Match[str], _scene: Scene) -> Found:
    """Month first or day first: told only where no more than one order is possible."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    if len(match["y"]) == 2:
        year += 2000 if year < _CENTURY else 1900
    days = {day for day in (dated(year, a, b), dated(year, b, a)) if day}
    return Found("date", days.pop().isoformat() if len(days) == 1 else None)


def _is_date(match: re.Match[str]) -> bool:
    """Neither part of a longer number nor impossible in both orders."""
    if re.search(r"[\d./-]$", before(match, 1)) or re.match(r"[-./]?\d", after(match, 2)):
        return False
    a, b = int(match["a"]), int(match["b"])
    return 1 <= min(a, b) <= 12 and max(a, b) <= 31


def _stands_alone(match: re.Match[str]) -> bool:
    return not re.search(r"[\d./-]$", before(match, 1)) and not re.match(r"[-/.:]?\d", after(match, 2))


def _nine_eleven(_match: re.Match[str], _scene: Scene) -> Found:
    return Found("date", "2001-09-11")


def _years(match: re.Match[str], _scene: Scene) -> Found:
    """Two years, or a year and a month, or two of a season: "1914-18", "2024-03", "2019-20"."""
    first, second = int(match["y"]), int(match["z"])
    if len(match["z"]) == 2:
        if second <= 12 and second != (first + 1) % 100 and match["sign"] == "-" and second <= first % 100:
            return Found("date", f"{first:04d}-{second:02d}" if second else None)
        second += first - first % 100 + (100 if second < first % 100 else 0)
    return Found("date", f"{first:04d}/{second:04d}" if first < second else None)


DIGITS: tuple[Rule, ...] = (
    rule(
        r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:[T ](?P<hour>[01]\d|2[0-4]):(?P<minute>[0-5]\d)"
        r"(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?",
        _iso,
        _stands_alone,
    ),
    rule(r"(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>\d{4}|\d\d)", _slashed, _is_date),
    rule(r"(?P<a>\d{1,2})(?P<sign>[.-])(?P<b>\d{1,2})(?P=sign)(?P<y>(?:19|20)\d\d)", _slashed, _is_date),
    rule(r"9/11", _nine_eleven, _stands_alone),
    rule(rf"(?P<y>{YEAR})(?P<sign>[-–/])(?P<z>{YEAR}|\d\d)", _years, _stands_alone),
)
