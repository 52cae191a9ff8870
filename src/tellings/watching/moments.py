"""When a feed or a page is visited next. Pure: now comes as an argument."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from tellings.ingest.feedpace import Pace, not_before

if TYPE_CHECKING:
    from collections.abc import Sequence

DAY = 86_400.0
AGAIN = (3_600.0, 4 * 3_600.0, DAY)
"""Seconds after which a page is looked at again for a later version: most corrections come within a day."""
FRESH = 2 * DAY
"""A page published longer ago than this is looked at once."""
TRIES = 6
"""Times a page that fails is asked for before it is left alone."""
_LONGEST_WAIT = 7 * DAY


def written(when: datetime) -> str:
    """A moment as the library keeps it."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read(moment: str) -> datetime:
    """A moment as it was kept."""
    return datetime.fromisoformat(moment)


def feed_next(now: datetime, every: float, pace: str | None) -> str:
    """When a feed that was had is visited again: not before it asks to be, nor in hours in which it asks for none."""
    asked = msgspec.json.decode(pace, type=Pace) if pace else Pace()
    return written(not_before(now + timedelta(seconds=max(every, 60.0 * asked.minutes)), asked))


def feed_later(now: datetime, every: float, failures: int, wait: float | None) -> str:
    """When a feed that failed so many times in a row is asked again: each time after twice as long, up to a day."""
    pause = min(every * 2.0 ** min(failures, 20), max(DAY, every))
    return written(now + timedelta(seconds=max(pause, min(wait or 0.0, _LONGEST_WAIT))))


def page_next(now: datetime, visits: int, published: Sequence[str | None]) -> str | None:
    """When a page that was had so many times is looked at again; None for never."""
    days = [moment for one in published if one and (moment := _day(one)) is not None]
    if visits > len(AGAIN) or (days and (now - max(days)).total_seconds() > FRESH + DAY):
        return None
    return written(now + timedelta(seconds=AGAIN[visits - 1]))


def page_later(now: datetime, every: float, failures: int, wait: float | None) -> str | None:
    """When a page that failed so many times is asked again; None when it is left alone."""
    return None if failures >= TRIES else feed_later(now, every, failures, wait)


def _day(told: str) -> datetime | None:
    try:
        return datetime.fromisoformat(told[:10]).replace(tzinfo=UTC)
    except ValueError:
        return None
