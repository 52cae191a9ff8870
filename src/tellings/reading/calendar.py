"""Days, and the periods they lie in, as TIMEX3 writes them (ISO 8601 with quarters, halves, seasons and decades).

Weeks are those of ISO 8601; seasons are the meteorological ones of the northern half of the earth, a winter named by
the year in which it begins.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Literal, NamedTuple

Unit = Literal["day", "week", "weekend", "month", "quarter", "half", "year", "decade", "century"]
Precision = Literal["day", "week", "month", "quarter", "year"]

_RANK: dict[str, int] = {
    "day": 4, "week": 3, "weekend": 3, "month": 2, "quarter": 1, "half": 0, "year": 0, "decade": 0, "century": 0,
}  # fmt: skip
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""The month each season begins in."""


class Anchor(NamedTuple):
    """A day to reckon from, and how exactly it is known: of a `month` only the year and month are told."""

    day: date
    precision: Precision

    def tells(self, unit: str) -> bool:
        """Whether it is known in which such period the day lies."""
        return _RANK[unit] <= _RANK[self.precision]


def anchor(published: str | None) -> Anchor | None:
    """The day of an ISO 8601 date as told, whatever its time zone; None where it is none."""
    found = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", published or "")
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    made = dated(year or 0, month or 1, day or 1)
    return Anchor(made, "day" if day else "month" if month else "year") if made else None


def dated(year: int, month: int, day: int) -> date | None:
    """A day of the calendar, None where there is none such."""
    return date(year, month, day) if 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= _days(year, month) else None


def _days(year: int, month: int) -> int:
    return monthrange(year, month)[1]


def moved(day: date, unit: str, count: int) -> date | None:
    """The day so many units later (earlier where negative); the last of its month where that is shorter."""
    if unit in _MONTHS:
        months = day.year * 12 + day.month - 1 + count * _MONTHS[unit]
        year, month = months // 12, months % 12 + 1
        return dated(year, month, min(day.day, _days(year, month))) if 1 <= year <= 9999 else None
    try:
        return day + timedelta(days=count * (7 if unit in {"week", "weekend"} else 1))
    except OverflowError:
        return None


def period(day: date, unit: str) -> str:  # noqa: PLR0911 - one line a unit
    """The TIMEX3 value of the period in which a day lies."""
    match unit:
        case "day":
            return day.isoformat()
        case "week" | "weekend":
            year, week, _ = day.isocalendar()
            return f"{year:04d}-W{week:02d}" + ("-WE" if unit == "weekend" else "")
        case "month":
            return f"{day.year:04d}-{day.month:02d}"
        case "quarter":
            return f"{day.year:04d}-Q{(day.month + 2) // 3}"
        case "half":
            return f"{day.year:04d}-H{(day.month + 5) // 6}"
        case "decade":
            return f"{day.year // 10:03d}"
        case "century":
            return f"{day.year // 100:02d}"
    return f"{day.year:04d}"


def relative(start: Anchor | None, unit: str, count: int) -> str | None:
    """The period of a unit so many units from an anchor's own; None where the anchor is not known so exactly."""
    if start is None or not start.tells(unit):
        return None
    day = moved(start.day, unit, count)
    return period(day, unit) if day else None


_SHAPES = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T.*)?)?|-W(?P<week>\d\d)(?P<end>-WE)?|-Q(?P<quarter>[1-4])"
    r"|-H(?P<half>[12])|-(?P<season>SP|SU|FA|WI))?|(?P<decade>\d{3})|(?P<century>\d\d)"
)


def days_of(value: str | None) -> tuple[date, date] | None:
    """The first and the last day of a value, both in it; None where it is no stretch of the calendar."""
    if value and "/" in value:
        first, _, last = value.partition("/")
        begins, ends = days_of(first), days_of(last)
        return (begins[0], ends[1]) if begins and ends and begins[0] <= ends[1] else None
    found = _SHAPES.fullmatch(value or "")
    if not found:
        return None
    return _days_of_week(found) if found["week"] else _days_of_months(found)


def _days_of_week(found: re.Match[str]) -> tuple[date, date] | None:
    try:
        monday = date.fromisocalendar(int(found["year"]), int(found["week"]), 1)
        return monday + timedelta(days=5 if found["end"] else 0), monday + timedelta(days=6)
    except (ValueError, OverflowError):
        return None


def _days_of_months(found: re.Match[str]) -> tuple[date, date] | None:
    """The days of what is no week: a day itself, or a run of whole months."""
    year, month, length = int(found["year"] or 0), 1, 12
    if found["day"]:
        day = dated(year, int(found["month"]), int(found["day"]))
        return (day, day) if day else None
    if found["month"]:
        month, length = int(found["month"]), 1
    elif found["quarter"]:
        month, length = 3 * int(found["quarter"]) - 2, 3
    elif found["half"]:
        month, length = 6 * int(found["half"]) - 5, 6
    elif found["season"]:
        month, length = SEASONS[found["season"]], 3
    elif found["decade"]:
        year, length = 10 * int(found["decade"]), 120
    elif found["century"]:
        year, length = 100 * int(found["century"]), 1200
    first = dated(year, month, 1)
    after = moved(first, "month", length) if first else None
    return (first, after - timedelta(days=1)) if first and after else None


def anchor_of(value: str | None) -> Anchor | None:
    """A value as something to reckon from; None where it is longer than a year or no stretch of the calendar."""
    days = days_of(value)
    if not days or not value or len(value) < 4 or "/" in value:
        return None
    kinds: tuple[tuple[str, Precision], ...] = (("W", "week"), ("Q", "quarter"), ("H", "year"))
    precision = next((precision for sign, precision in kinds if sign in value[4:6]), None)
    if precision is None:
        precision = "day" if len(value) >= 10 else "month" if value[5:7].isdigit() else "year"
    return Anchor(days[0], precision)
