"""Dates as inputs write them, made ISO 8601 with the precision given; nothing is guessed."""

from __future__ import annotations

import datetime
import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[5-9]|20|21)\d\d)"
_CLOCK = (
    r"(?:(?:,|\s+at|\s*[|@–-])?\s*(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?:\.\d+)?"
    r"\s*(?P<half>[ap]\.?m\b\.?)?\s*(?P<zone>z\b|[+-]\d\d:?\d\d|[a-z]{2,4}\b)?)?"
)
_DATED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_YEAR}-(?P<number>\d\d)-(?P<day>\d\d)(?!\d)(?:T(?=\d))?{_CLOCK}",
        rf"(?<!\d){_YEAR}/(?P<number>\d\d?)/(?P<day>\d\d?)(?!\d){_CLOCK}",
        rf"\b{_WEEKDAY}{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}\b{_CLOCK}",
        rf"\b{_WEEKDAY}{_MONTH}\s+{_DAY}(?:,\s*|\s+){_YEAR}\b{_CLOCK}",
        rf"(?<!\d)(?P<one>\d\d?)(?P<mark>[/.])(?P<two>\d\d?)(?P=mark){_YEAR}(?!\d){_CLOCK}",
    )
)
_COARSE = tuple(
    re.compile(pattern, re.IGNORECASE) for pattern in (rf"{_MONTH},?\s+{_YEAR}", rf"{_YEAR}-(?P<number>\d\d)", _YEAR)
)
# Zone names that mean one offset only; others (CST, IST, BST, ET) are left out rather than guessed.
_ZONES = {
    "z": "Z", "utc": "Z", "gmt": "Z", "est": "-05:00", "edt": "-04:00", "pst": "-08:00", "pdt": "-07:00",
    "mdt": "-06:00", "cdt": "-05:00", "cet": "+01:00", "cest": "+02:00",
}  # fmt: skip


def parse_date(text: str) -> str | None:
    """Return the date a whole string gives, as ISO 8601 to the precision given; None if not plainly one.

    A numeric date whose day and month could be exchanged (`3/4/2025`) is not plainly one.
    """
    words = text.strip()
    if len(words) > 80:
        return None
    for pattern in (*_DATED, *_COARSE):
        match = pattern.fullmatch(words)
        if match and (value := _iso(match)):
            return value
    return None


def find_date(line: str) -> tuple[str, int, int] | None:
    """Return the first full date (year, month, day) inside a line as ISO 8601, and where it stands."""
    best: tuple[str, int, int] | None = None
    for pattern in _DATED:
        match = pattern.search(line)
        if match and (value := _iso(match)) and (best is None or match.start() < best[1]):
            best = value, match.start(), match.end()
    return best


def _iso(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    year = int(parts["year"])
    month, day = _month_and_day(parts)
    if month is None:
        return None if "one" in parts or parts.get("number") else f"{year:04d}"
    if not 1 <= month <= 12:
        return None
    if day is None:
        return f"{year:04d}-{month:02d}"
    try:
        date = datetime.date(year, month, day).isoformat()
    except ValueError:
        return None
    return date + _time(parts)


def _month_and_day(parts: dict[str, str | None]) -> tuple[int | None, int | None]:
    day = parts.get("day")
    if parts.get("month"):
        return _MONTHS.index((parts["month"] or "")[:3].lower()) + 1, int(day) if day else None
    if parts.get("number"):
        return int(parts["number"] or 0), int(day) if day else None
    if parts.get("one"):
        one, two = int(parts["one"] or 0), int(parts["two"] or 0)
        if parts["mark"] == "." or one > 12 or one == two:
            return two, one
        return (one, two) if two > 12 else (None, None)
    return None, None


def _time(parts: dict[str, str | None]) -> str:
    if not parts.get("hour"):
        return ""
    hour, minute = int(parts["hour"] or 0), int(parts["minute"] or 0)
    half = (parts.get("half") or "").lower()[:1]
    if half and not 1 <= hour <= 12:
        return ""
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59 or int(parts.get("second") or 0) > 59:
        return ""
    seconds = f":{parts['second']}" if parts.get("second") else ""
    return f"T{hour:02d}:{minute:02d}{seconds}{_zone(parts.get('zone'))}"


def _zone(name: str | None) -> str:
    if not name:
        return ""
    if name[0] in "+-":
        return f"{name[:3]}:{name[-2:]}"
    return _ZONES.get(name.lower(), "")
