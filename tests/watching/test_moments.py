"""When feeds and pages are visited next."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.watching import moments

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
EVERY = 900.0


def after(moment: str | None) -> float | None:
    return None if moment is None else (moments.read(moment) - NOW).total_seconds()


@pytest.mark.parametrize(
    ("failures", "wait", "pause"),
    [(1, None, 1800), (2, None, 3600), (20, None, 86_400), (1, 7200, 7200), (1, 1e9, 7 * 86_400), (1, 5, 1800)],
)
def test_a_feed_that_fails_is_asked_half_as_often_each_time_up_to_a_day(failures: int, wait: float, pause: float):
    assert after(moments.feed_later(NOW, EVERY, failures, wait)) == pause


def test_a_feed_is_read_as_often_as_it_asks_and_no_oftener_than_the_user_says():
    assert after(moments.feed_next(NOW, EVERY, None)) == 900
    assert after(moments.feed_next(NOW, EVERY, '{"minutes":60}')) == 3600
    assert after(moments.feed_next(NOW, EVERY, '{"minutes":5}')) == 900


@pytest.mark.parametrize(
    ("visits", "published", "pause"),
    [
        (1, ["2026-03-02T08:00:00Z"], 3600),
        (2, ["2026-03-02"], 4 * 3600),
        (3, [None], 86_400),
        (4, ["2026-03-02"], None),
        (1, ["2026-02-20"], None),
        (1, ["2026-02-20", "2026-03-01"], 3600),
        (1, ["soon"], 3600),
    ],
)
def test_a_page_is_looked_at_again_while_it_is_fresh(visits: int, published: list[str | None], pause: float | None):
    assert after(moments.page_next(NOW, visits, published)) == pause


def test_a_page_that_fails_again_and_again_is_left_alone():
    assert after(moments.page_later(NOW, EVERY, 1, None)) == 1800
    assert moments.page_later(NOW, EVERY, moments.TRIES, None) is None


@given(st.integers(0, 10**6), st.none() | st.floats(0, 1e12))
def test_every_failure_is_asked_again_within_a_week(failures: int, wait: float | None):
    assert EVERY <= (after(moments.feed_later(NOW, EVERY, failures, wait)) or 0) <= 7 * 86_400
