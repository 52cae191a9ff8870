"""Figures by grammar: value, unit, bound."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.reading.figures import figures


def one(text):
    (figure,) = figures(text)
    return text[figure.span.start : figure.span.end], figure.low, figure.unit, figure.bound


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("At least nine people were hurt.", ("nine", 9, "people", "at least")),
        ("More than $1.2 billion was lost.", ("$1.2 billion", 1.2e9, "$", "at least")),
        ("It fell to 44.1 percent of votes.", ("44.1 percent", 44.1, "%", "exactly")),
        ("He won by 4.5 percentage points.", ("4.5 percentage points", 4.5, "points", "exactly")),
        ("They knocked on 200,000 doors.", ("200,000", 200_000, "door", "exactly")),
        ("Roughly 30 minutes passed.", ("30", 30, "minute", "about")),
        ("Twenty-three cars burned.", ("Twenty-three", 23, "car", "exactly")),
        ("A crowd of two thousand five hundred.", ("two thousand five hundred", 2500, "", "exactly")),
        ("About half a million people came.", ("half a million", 500_000, "people", "about")),
        ("Nearly 40 boats sank.", ("40", 40, "boat", "about")),
        ("Up to 12 boats sank.", ("12", 12, "boat", "at most")),
        ("There were a dozen dogs.", ("a dozen", 12, "dog", "about")),
        ("Dozens of birds flew.", ("Dozens", 12, "bird", "at least")),
        ("The 34-year-old candidate", ("34", 34, "year", "exactly")),
        ("US$ 40 billion contract", ("US$ 40 billion", 4e10, "$", "exactly")),
    ],
)
def test_a_figure_has_value_unit_and_bound(text, expected):
    assert one(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It happened on March 12, 2018.",
        "It happened on 12 March.",
        "In 2019 he left.",
        "At 3:40 p.m. it rained, and at 5 p.m. too.",
        "The 21st of them",
        "One of them left.",
        "Flight 370 was late.",
    ],
)
def test_dates_years_clock_times_ordinals_and_names_are_no_figures(text):
    assert figures(text) == ()


@given(st.text(alphabet=st.sampled_from("0123456789,.$%- onetwhuadmilk\n"), max_size=120))
def test_figures_are_in_order_and_lead_back_to_the_text(text):
    found = figures(text)
    assert all(0 <= f.span.start < f.span.end <= len(text) for f in found)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))
    assert all(f.low <= f.high for f in found)


@given(st.integers(min_value=2101, max_value=10**9))
def test_a_number_with_commas_is_read_back(number):
    assert one(f"They counted {number:,} stones.")[1] == number
