"""Holidays and other days with a name: fixed ones, the nth weekday of a month, and those counted from Easter.

They are those of the United States where countries differ.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from tellings.reading.calendar import dated, moved

_FIXED = {
    "christmas": (12, 25), "christmas day": (12, 25), "xmas": (12, 25), "christmas eve": (12, 24),
    "boxing day": (12, 26), "new year's day": (1, 1), "new year's": (1, 1), "new year's eve": (12, 31),
    "independence day": (7, 4), "july fourth": (7, 4), "fourth of july": (7, 4), "halloween": (10, 31),
    "valentine's day": (2, 14), "veterans day": (11, 11), "armistice day": (11, 11), "may day": (5, 1),
    "st. patrick's day": (3, 17), "bastille day": (7, 14), "juneteenth": (6, 19), "april fools' day": (4, 1),
    "groundhog day": (2, 2), "d-day": (6, 6), "earth day": (4, 22), "flag day": (6, 14), "anzac day": (4, 25),
    "epiphany": (1, 6), "all saints' day": (11, 1), "guy fawkes night": (11, 5), "burns night": (1, 25),
}  # fmt: skip
# month, weekday (Monday 0), which of its kind (-1 the last), days after it
_NTH = {
    "thanksgiving": (11, 3, 4, 0), "thanksgiving day": (11, 3, 4, 0), "black friday": (11, 3, 4, 1),
    "cyber monday": (11, 3, 4, 4), "election day": (11, 0, 1, 1), "labor day": (9, 0, 1, 0),
    "memorial day": (5, 0, -1, 0), "columbus day": (10, 0, 2, 0), "presidents' day": (2, 0, 3, 0),
    "martin luther king jr. day": (1, 0, 3, 0), "martin luther king day": (1, 0, 3, 0), "mother's day": (5, 6, 2, 0),
    "father's day": (6, 6, 3, 0),
}  # fmt: skip
_EASTER = {
    "easter": 0, "easter sunday": 0, "good friday": -2, "maundy thursday": -3, "palm sunday": -7, "ash wednesday": -46,
    "easter monday": 1, "ascension day": 39, "pentecost": 49, "whit monday": 50, "mardi gras": -47,
    "shrove tuesday": -47,
}  # fmt: skip
HOLIDAYS = (*_FIXED, *_NTH, *_EASTER)


def holiday(name: str, year: int) -> date | None:
    """The day of a holiday (of HOLIDAYS) in a year."""
    if not 1 <= year <= 9999:
        return None
    if name in _FIXED:
        return dated(year, *_FIXED[name])
    if name in _EASTER:
        return moved(easter(year), "day", _EASTER[name])
    month, weekday, nth, after = _NTH[name]
    begin = date(year, month, 1 if nth > 0 else monthrange(year, month)[1] - 6)
    first = begin + timedelta(days=(weekday - begin.weekday()) % 7)
    return first + timedelta(days=7 * (max(nth, 1) - 1) + after)


def easter(year: int) -> date:
    """Easter Sunday by the Gregorian calendar (the rule of Butcher, 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + k - 7 * ((a + 11 * h + 22 * k) // 451) + 114, 31)
    return date(year, month, day + 1)
