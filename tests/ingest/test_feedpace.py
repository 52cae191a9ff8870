"""How often feeds ask to be read, and when they may be."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.ingest.feedpace import Pace, not_before, pace_of_feed


def channel(inside: str) -> bytes:
    item = "<item><ttl>9</ttl></item>"
    return f'<rss version="2.0"><channel><title>Quay</title>{inside}{item}</channel></rss>'.encode()


@pytest.mark.parametrize(
    ("data", "pace"),
    [
        (channel("<ttl> 45 </ttl>"), Pace(45)),
        (channel("<ttl>100000000</ttl>"), Pace(0)),
        (channel("<ttl>99999999</ttl>"), Pace(1440)),
        (channel("<ttl>-5</ttl>"), Pace()),
        (channel(""), Pace()),
        (channel("<skipHours><hour>3</hour><hour>24</hour><hour>x</hour></skipHours>"), Pace(0, (0, 3))),
        (channel("<skipDays><day>Sunday</day><day>Caturday</day></skipDays>"), Pace(0, (), (6,))),
        (channel("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>"), Pace(30)),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', Pace()),
        (b"no feed", Pace()),
    ],
)
def test_what_a_feed_asks_for(data: bytes, pace: Pace):
    assert pace_of_feed(data) == pace


@given(st.binary(max_size=300))
def test_any_bytes_have_a_pace(data: bytes):
    assert pace_of_feed(b"<rss><channel>" + data).minutes >= 0


def at(hour: int, minute: int = 0, day: int = 2) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)  # the 2nd is a Monday


@pytest.mark.parametrize(
    ("when", "pace", "then"),
    [
        (at(9, 30), Pace(), at(9, 30)),
        (at(9, 30), Pace(hours=(9, 10)), at(11)),
        (at(23, 30), Pace(hours=(23, 0)), at(1, day=3)),
        (at(9), Pace(days=(0,)), at(0, day=3)),
        (at(9), Pace(days=tuple(range(7))), at(9)),
    ],
)
def test_hours_and_days_that_are_left_out(when: datetime, pace: Pace, then: datetime):
    assert not_before(when, pace) == then
