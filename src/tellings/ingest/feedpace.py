"""How often a feed asks to be read: `ttl`, `skipHours` and `skipDays` of RSS 2.0, `sy:` of RSS 1.0 (syndication)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from tellings.errors import InputError
from tellings.ingest.links import is_json, read_xml
from tellings.ingest.xmlfeed import ROOTS
from tellings.ingest.xmlscan import elements, plain_text

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PERIODS = {"hourly": 60, "daily": 1440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}
LONGEST = 1440
"""Minutes: a feed that asks for more is read once a day all the same."""


@dataclass(frozen=True, slots=True)
class Pace:
    """At least `minutes` between two visits; none in `hours` (0 to 23) and on `days` (Monday is 0) of UTC."""

    minutes: int = 0
    hours: tuple[int, ...] = ()
    days: tuple[int, ...] = ()


def pace_of_feed(data: bytes) -> Pace:
    """What a feed says of its pace; nothing where it says nothing, or says it so that it cannot be read."""
    if is_json(data):
        return Pace()
    ttl, period, frequency = 0, 0, 1
    hours, days = set[int](), set[int]()
    try:
        source = read_xml("feed", data, ROOTS, "no feed")
        for element in elements(source.text):
            if element.name in ("item", "entry"):
                break
            words = plain_text(source, element).strip().lower() if not element.mixed else ""
            number = int(words) if words.isascii() and words.isdecimal() and len(words) < 9 else None
            if element.name == "ttl" and element.around == "channel":
                ttl = number or 0
            elif element.name == "hour" and element.around == "skiphours" and number is not None:
                hours.add(number % 24)
            elif element.name == "day" and element.around == "skipdays" and words in _DAYS:
                days.add(_DAYS.index(words))
            elif element.name == "sy:updateperiod":
                period = _PERIODS.get(words, 0)
            elif element.name == "sy:updatefrequency":
                frequency = number or 1
    except (InputError, ValueError):
        return Pace()
    return Pace(min(ttl or period // frequency, LONGEST), tuple(sorted(hours)), tuple(sorted(days)))


def not_before(when: datetime, pace: Pace) -> datetime:
    """The first moment from `when` (UTC) on in which a feed may be visited; `when` itself where it allows none."""
    at = when
    for _ in range(8 * 24):
        if at.hour not in pace.hours and at.weekday() not in pace.days:
            return at
        at = at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return when
