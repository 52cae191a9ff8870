"""Figures by grammar: value, unit, bound, what is counted, and what is no figure."""

import itertools
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tellings.reading.figures import figures
from tests.reading.parses import parsed


def told(text):
    return [(text[f.span.start : f.span.end], f.low, f.high, f.unit, f.bound) for f in figures(text)]


def one(text):
    ((words, low, high, unit, bound),) = told(text)
    assert low == high
    return words, low, unit, bound


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
        ("Just under 40 boats sank.", ("40", 40, "boat", "about")),
        ("Just over 40 boats sank.", ("40", 40, "boat", "at least")),
        ("Up to 12 boats sank.", ("12", 12, "boat", "at most")),
        ("Fewer than 12 boats sank.", ("12", 12, "boat", "at most")),
        ("No fewer than 12 boats sank.", ("12", 12, "boat", "at least")),
        ("They sank 30 or more boats.", ("30", 30, "boat", "at least")),
        ("There were a dozen dogs.", ("a dozen", 12, "dog", "about")),
        ("Dozens of birds flew.", ("Dozens", 12, "bird", "at least")),
        ("Tens of thousands left.", ("Tens of thousands", 10_000, "", "at least")),
        ("Several hundred birds flew.", ("Several hundred", 100, "bird", "at least")),
        ("The 34-year-old candidate", ("34", 34, "year", "exactly")),
        ("Ada Lind, 34, rowed.", ("34", 34, "year", "exactly")),
        ("She was aged 34.", ("34", 34, "year", "exactly")),
        ("Nobody under the age of 18 rowed.", ("18", 18, "year", "at most")),
        ("A six-month-old pup", ("six", 6, "month", "exactly")),
        ("US$ 40 billion contract", ("US$ 40 billion", 4e10, "$", "exactly")),
        ("It cost £3m.", ("£3m", 3e6, "£", "exactly")),
        ("It cost 50 cents.", ("50", 0.5, "$", "exactly")),
        ("It cost 30 dollars.", ("30", 30, "$", "exactly")),
        ("One in five rowers drowned.", ("One in five", 0.2, "share", "exactly")),
        ("A one-in-five chance", ("one-in-five", 0.2, "share", "exactly")),
        ("Half of the pier burned.", ("Half", 0.5, "share", "exactly")),
        ("A quarter of rowers left.", ("A quarter", 0.25, "share", "exactly")),
        ("He was late by half an hour.", ("half", 0.5, "hour", "exactly")),
        ("It took 2½ hours.", ("2½", 2.5, "hour", "exactly")),
        ("It took two and a half hours.", ("two and a half", 2.5, "hour", "exactly")),
        ("They drank 1,5 liters.", ("1,5", 1.5, "liter", "exactly")),
        ("They drank 2,000 liters.", ("2,000", 2000, "liter", "exactly")),
        ("It lies 5 km away.", ("5", 5, "kilometer", "exactly")),
        ("Shares moved -2.5% today.", ("-2.5%", -2.5, "%", "exactly")),
        ("They counted 2010 votes.", ("2010", 2010, "vote", "exactly")),
        ("No injuries were reported.", ("No", 0, "injury", "exactly")),
        ("No one was hurt.", ("No one", 0, "people", "exactly")),
        ("One person died.", ("One", 1, "people", "exactly")),
        ("It was more than one boat.", ("one", 1, "boat", "at least")),
    ],
)
def test_a_figure_has_value_unit_and_bound(text, expected):
    assert one(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Between 10 and 15 boats sank.", [("10 and 15", 10, 15, "boat", "exactly")]),
        ("Some 10 to 15 boats sank.", [("10 to 15", 10, 15, "boat", "about")]),
        ("It took 10-15 minutes.", [("10-15", 10, 15, "minute", "exactly")]),
        ("A $2-3 million pier", [("$2-3 million", 2e6, 3e6, "$", "exactly")]),
        ("Two or three boats sank.", [("Two or three", 2, 3, "boat", "exactly")]),
        ("It won 49.7% to 44.1%.", [("49.7%", 49.7, 49.7, "%", "exactly"), ("44.1%", 44.1, 44.1, "%", "exactly")]),
        ("It rose from 10 to 15 percent.", [("10", 10, 10, "%", "exactly"), ("15 percent", 15, 15, "%", "exactly")]),
        ("It is up 4 points to 53.", [("4 points", 4, 4, "points", "exactly"), ("53", 53, 53, "", "exactly")]),
        ("They won 3-2.", [("3", 3, 3, "", "exactly"), ("2", 2, 2, "", "exactly")]),
        ("It voted 217 to 213.", [("217", 217, 217, "vote", "exactly"), ("213", 213, 213, "vote", "exactly")]),
        ("Pups aged 1, 3 and 6 years", [(n, int(n), int(n), "year", "exactly") for n in "136"]),
    ],
)
def test_ranges_are_one_figure_scores_and_changes_two(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It happened on March 12, 2018.",
        "It happened on 12 March, or 12/3/2018, or 2018-03-12.",
        "In 2019 he left.",
        "It was in the 1980s, the '90s and her 30s.",
        "At 3:40 p.m. it rained, and at 5 p.m. and six o'clock too.",
        "The 21st of them, in the third row",
        "One of them left, and one neighbour said so.",
        "At one point he left.",
        "Flight 370 was late.",
        "The Boeing 737 and the F-16 flew.",
        "They met on Route 66 under Section 230 after 9/11.",
        "He is No. 1, open 24/7.",
        "Call 555-123-4567 or (555) 123-4567.",
        "She lives at 12 Main Street, Ostby, NY 10001, in the 2300 block of Quay Road.",
        "Version 2.3.1 runs on iOS 14.",
        "1. Row home",
        "A 9 mm pistol and a .22-caliber rifle",
        "See https://example.org/12 or @rower34.",
        "Nobody likes it and no doubt remains.",
        "",
    ],
)
def test_dates_years_clock_times_ordinals_and_names_are_no_figures(text):
    assert figures(text) == ()


def test_over_and_under_are_bounds_only_right_before_a_number():
    assert one("She presided over two hearings.")[3] == "exactly"
    assert one("It is under a six-month review.")[3] == "exactly"


@pytest.mark.parametrize(
    ("sentence", "unit", "words"),
    [
        ("five/NUM/4/nummod senior/ADJ/4/amod harbour/NOUN/4/compound officers/NOUN/5/nsubj left/VERB/0/root",
         "officer", "senior harbour officers"),
        ("Three/NUM/2/nummod people/NOUN/0/root killed/VERB/2/acl", "people", "people killed"),
        ("five/NUM/2/nsubj suffered/VERB/0/root minor/ADJ/4/amod injuries/NOUN/2/obj", "", "suffered"),
        ("The/DET/2/det toll/NOUN/3/nsubj rose/VERB/0/root to/ADP/5/case 12/NUM/3/obl", "", "toll"),
        ("two/NUM/0/root of/ADP/4/case the/DET/4/det boats/NOUN/1/nmod", "boat", "boats"),
    ],
)  # fmt: skip
def test_what_is_counted_is_found_by_the_parse(sentence, unit, words):
    text, parse = parsed(sentence)
    (figure,) = figures(text, parse)
    assert figure.unit == unit
    assert text[slice(*figure.counted)] == words


@pytest.mark.parametrize(
    "piece",
    ["12 people, ", "1-2 ", "555-", "one in five ", "twenty ", "hundred and ", "Ann, 34, ", "$ ", "12 Main ", "a few "],
)
def test_ten_thousand_numbers_are_read_in_about_a_second(piece):
    began = time.process_time()
    figures(piece * 10_000)
    assert time.process_time() - began < 10  # about a second on an idle machine


@given(st.text(alphabet=st.sampled_from("0123456789,.$%- onetwhuadmilk\n"), max_size=120))
def test_figures_are_in_order_and_lead_back_to_the_text(text):
    found = figures(text)
    assert all(0 <= f.span.start < f.span.end <= len(text) for f in found)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))
    assert all(f.low <= f.high for f in found)
    assert all(f.counted is None or 0 <= f.counted.start < f.counted.end <= len(text) for f in found)


@example(3_927_911)  # no call for help
@given(st.integers(min_value=2101, max_value=10**9))
def test_a_number_with_commas_is_read_back(number):
    assert one(f"They counted {number:,} stones.")[1] == number


def test_a_number_of_three_hundred_digits_is_no_figure():
    assert figures("9" * 400 + " boats") == ()
