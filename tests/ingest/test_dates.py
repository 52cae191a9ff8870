"""Dates as inputs write them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.ingest.dates import find_date, parse_date


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("2024-03-04", "2024-03-04"),
        ("2024-03-04T18:30:00Z", "2024-03-04T18:30:00Z"),
        ("2024-03-04T18:30:00.123+01:00", "2024-03-04T18:30:00+01:00"),
        ("2024-03-04 18:30", "2024-03-04T18:30"),
        ("2024-03-04T18:30:00-0500", "2024-03-04T18:30:00-05:00"),
        ("2024/3/4", "2024-03-04"),
        ("4 March 2024", "2024-03-04"),
        ("Monday, 4th of March 2024", "2024-03-04"),
        ("March 4, 2024", "2024-03-04"),
        ("Mar. 4, 2024, 6:30 PM EST", "2024-03-04T18:30-05:00"),
        ("Sept 4, 2024 at 12:05 a.m.", "2024-09-04T00:05"),
        ("Mon, 04 Mar 2024 18:30:00 +0100", "2024-03-04T18:30:00+01:00"),
        ("Mon, 04 Mar 2024 18:30:00 GMT", "2024-03-04T18:30:00Z"),
        ("4 March 2024 18:30 IST", "2024-03-04T18:30"),
        ("March 2024", "2024-03"),
        ("2024-03", "2024-03"),
        ("2024", "2024"),
        ("13/3/2024", "2024-03-13"),
        ("3/13/2024", "2024-03-13"),
        ("3/3/2024", "2024-03-03"),
        ("4.3.2024", "2024-03-04"),
        (" 2024-03-04\n", "2024-03-04"),
    ],
)
def test_a_date_keeps_the_precision_it_has(words: str, value: str):
    assert parse_date(words) == value


@pytest.mark.parametrize(
    "words",
    ["", "yesterday", "Monday", "March 4", "3/4/2024", "2024-13-01", "2024-02-30", "13/13/2024", "31 June 2024",
     "4 March 2024 or so", "12:30", "2024-03-04-05", "0001-01-01", "9999", "x" * 1000],
)  # fmt: skip
def test_what_is_not_plainly_a_date_is_none(words: str):
    assert parse_date(words) is None


def test_a_time_that_cannot_be_is_left_out():
    assert parse_date("2024-03-04 25:30") == "2024-03-04"
    assert parse_date("March 4, 2024 13:30 pm") == "2024-03-04"


def test_the_first_full_date_of_a_line_is_found_with_its_place():
    line = "Posted Monday, March 4, 2024 at 6:30 pm, updated 2024-03-05"
    found = find_date(line)
    assert found is not None
    assert found[0] == "2024-03-04T18:30"
    assert line[found[1] : found[2]] == "Monday, March 4, 2024 at 6:30 pm"
    assert find_date("in March 2024 and 2025") is None


@given(st.dates(datetime.date(1500, 1, 1), datetime.date(2199, 12, 31)))
def test_every_way_to_write_a_day_gives_the_same(day: datetime.date):
    value = day.isoformat()
    assert parse_date(value) == value
    assert parse_date(f"{day:%B} {day.day}, {day.year}") == value
    assert parse_date(f"{day:%A}, {day.day} {day:%b} {day.year}") == value


@given(st.text(max_size=40))
def test_any_words_give_a_date_or_none(words: str):
    value = parse_date(words)
    assert value is None or value[:4].isdigit()
