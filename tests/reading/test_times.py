"""Time expressions by grammar: where they are, what they are worth, which days they mean."""

import itertools
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.reading.times import times
from tellings.records import Span

THURSDAY = "2024-03-07"


def found(text, published=THURSDAY):
    """The times of a text of one sentence a line, with their words."""
    ends = list(itertools.accumulate(len(line) + 1 for line in text.split("\n")))
    sentences = [Span(start, end - 1) for start, end in itertools.pairwise([0, *ends])]
    return [(text[t.span.start : t.span.end], t) for t in times(text, sentences, published)]


def read(text, published=THURSDAY):
    """Words, value, first and last day of each time."""
    return [(words, t.value, t.first, t.last) for words, t in found(text, published)]


def only(text, published=THURSDAY):
    (one,) = read(text, published)
    return one


def values(text, published=THURSDAY):
    return [t.value for _, t in found(text, published)]


def day(value):
    return value, value, value


@pytest.mark.parametrize(
    ("text", "words", "value", "first", "last"),
    [
        ("It fell on March 3, 2021.", "March 3, 2021", *day("2021-03-03")),
        ("It fell on 3 March 2021.", "3 March 2021", *day("2021-03-03")),
        ("It fell on 3rd of March, 2021.", "3rd of March, 2021", *day("2021-03-03")),
        ("It fell on Sat., Sept. 3rd 2022.", "Sat., Sept. 3rd 2022", *day("2022-09-03")),
        ("It fell on 2021-03-03.", "2021-03-03", *day("2021-03-03")),
        ("It fell on 13/04/2021.", "13/04/2021", *day("2021-04-13")),
        ("It fell on 04/13/2021.", "04/13/2021", *day("2021-04-13")),
        ("It fell on 04/04/21.", "04/04/21", *day("2021-04-04")),
        ("It fell on March 3-5, 2021.", "March 3-5, 2021", "2021-03-03/2021-03-05", "2021-03-03", "2021-03-05"),
        ("It fell in March 2021.", "March 2021", "2021-03", "2021-03-01", "2021-03-31"),
        ("It fell in February 2024.", "February 2024", "2024-02", "2024-02-01", "2024-02-29"),
        ("It fell in 2021.", "2021", "2021", "2021-01-01", "2021-12-31"),
        ("The 2016 vote", "2016", "2016", "2016-01-01", "2016-12-31"),
        ("the war of 1939-45", "1939-45", "1939/1945", "1939-01-01", "1945-12-31"),
        ("In the 1990s it grew.", "the 1990s", "199", "1990-01-01", "1999-12-31"),
        ("In the '90s it grew.", "the '90s", "199", "1990-01-01", "1999-12-31"),
        ("In the ’90s it grew.", "the ’90s", "199", "1990-01-01", "1999-12-31"),
        ("In the 90s it grew.", "the 90s", "199", "1990-01-01", "1999-12-31"),
        ("In the 19th century it grew.", "the 19th century", "18", "1800-01-01", "1899-12-31"),
        ("In summer 2022 it grew.", "summer 2022", "2022-SU", "2022-06-01", "2022-08-31"),
        ("the third quarter of 2023", "the third quarter of 2023", "2023-Q3", "2023-07-01", "2023-09-30"),
        ("The first half of 2023", "The first half of 2023", "2023-H1", "2023-01-01", "2023-06-30"),
        ("Q4 2022 was good.", "Q4 2022", "2022-Q4", "2022-10-01", "2022-12-31"),
        ("Easter 2025 came.", "Easter 2025", *day("2025-04-20")),
        ("Thanksgiving 2022 came.", "Thanksgiving 2022", *day("2022-11-24")),
    ],
)
def test_what_names_its_year_needs_no_publication(text, words, value, first, last):
    assert only(text) == (words, value, first, last)
    assert only(text, None) == (words, value, first, last)


@pytest.mark.parametrize(
    ("text", "words", "value", "first", "last"),
    [
        ("He left on Tuesday.", "Tuesday", *day("2024-03-05")),
        ("He left Thursday.", "Thursday", *day("2024-03-07")),
        ("He left last Thursday.", "last Thursday", *day("2024-02-29")),
        ("The council will vote Tuesday.", "Tuesday", *day("2024-03-12")),
        ("The council said Tuesday that it will vote.", "Tuesday", *day("2024-03-05")),
        ("On Tuesday, the council will vote.", "Tuesday", *day("2024-03-12")),
        ("They meet next Monday.", "next Monday", *day("2024-03-11")),
        ("He left today.", "today", *day("2024-03-07")),
        ("He left yesterday.", "yesterday", *day("2024-03-06")),
        ("He leaves the day after tomorrow.", "the day after tomorrow", *day("2024-03-09")),
        ("It shut last year.", "last year", "2023", "2023-01-01", "2023-12-31"),
        ("It shut earlier this month.", "earlier this month", "2024-03", "2024-03-01", "2024-03-31"),
        ("It shut this week.", "this week", "2024-W10", "2024-03-04", "2024-03-10"),
        ("It shut over the weekend.", "the weekend", "2024-W09-WE", "2024-03-02", "2024-03-03"),
        ("It shut a year ago.", "a year ago", "2023", "2023-01-01", "2023-12-31"),
        ("It shut three days ago.", "three days ago", *day("2024-03-04")),
        ("It shut two weeks ago.", "two weeks ago", "2024-W08", "2024-02-19", "2024-02-25"),
        ("It shut about two decades ago.", "about two decades ago", "2004", "2004-01-01", "2004-12-31"),
        ("It shut in December.", "December", "2023-12", "2023-12-01", "2023-12-31"),
        ("It will shut in December.", "December", "2024-12", "2024-12-01", "2024-12-31"),
        ("It shut in March last year.", "March last year", "2023-03", "2023-03-01", "2023-03-31"),
        ("It shut in late January.", "late January", "2024-01", "2024-01-01", "2024-01-31"),
        ("It shut on Jan. 20.", "Jan. 20", *day("2024-01-20")),
        ("It will shut on Jan. 20.", "Jan. 20", *day("2025-01-20")),
        ("It was put off to April 2.", "April 2", *day("2024-04-02")),
        ("It shut last summer.", "last summer", "2023-SU", "2023-06-01", "2023-08-31"),
        ("It shut in the fall.", "the fall", "2023-FA", "2023-09-01", "2023-11-30"),
        ("It fell in the third quarter.", "the third quarter", "2023-Q3", "2023-07-01", "2023-09-30"),
        ("It fell on Christmas Eve.", "Christmas Eve", *day("2023-12-24")),
        ("They met on the eve of Election Day.", "the eve of Election Day", *day("2023-11-06")),
        ("It was open on the Fourth of July.", "the Fourth of July", *day("2023-07-04")),
        ("It will open on New Year’s Day.", "New Year’s Day", *day("2025-01-01")),
    ],
)
def test_what_is_told_from_the_day_of_publication(text, words, value, first, last):
    assert only(text)[0].removeprefix("the ") == words.removeprefix("the ")
    assert only(text)[1:] == (value, first, last)
    assert only(text, None)[1:] == (None, None, None)


@pytest.mark.parametrize(
    ("text", "words", "value", "on"),
    [
        ("He left at 10:30 p.m. Tuesday.", "10:30 p.m. Tuesday", "2024-03-05T22:30", "2024-03-05"),
        ("He left at 9 a.m. EST on Tuesday.", "9 a.m. EST on Tuesday", "2024-03-05T09:00", "2024-03-05"),
        ("He left at 22:30 GMT.", "22:30 GMT", "2024-03-07T22:30", "2024-03-07"),
        ("He left at 10:30.", "10:30", "2024-03-07T10:30", "2024-03-07"),
        ("He left at noon.", "noon", "2024-03-07T12:00", "2024-03-07"),
        ("He left at 4 in the morning.", "4 in the morning", "2024-03-07T04:00", "2024-03-07"),
        ("He left at 12:05 a.m.", "12:05 a.m.", "2024-03-07T00:05", "2024-03-07"),
        ("He left Tuesday night.", "Tuesday night", "2024-03-05TNI", "2024-03-05"),
        ("He left last night.", "last night", "2024-03-06TNI", "2024-03-06"),
        ("He left this morning.", "this morning", "2024-03-07TMO", "2024-03-07"),
        ("He leaves tonight.", "tonight", "2024-03-07TNI", "2024-03-07"),
        ("At 2021-03-03T10:30:00+02:00 it rang.", "2021-03-03T10:30:00+02:00", "2021-03-03T10:30", "2021-03-03"),
    ],
)
def test_times_of_the_day(text, words, value, on):
    ((told, one),) = found(text)
    assert (told, one.kind, one.value, one.first, one.last) == (words, "time", value, on, on)


@pytest.mark.parametrize(
    ("text", "words", "kind", "value"),
    [
        ("It took three days.", "three days", "duration", "P3D"),
        ("It took two hours.", "two hours", "duration", "PT2H"),
        ("It took years.", "years", "duration", "PXY"),
        ("It took a few weeks.", "a few weeks", "duration", "PXW"),
        ("It took two and a half years.", "two and a half years", "duration", "P2Y6M"),
        ("It took 2 1/2 hours.", "2 1/2 hours", "duration", "PT2H30M"),
        ("It took a minute and a half.", "a minute and a half", "duration", "PT1M30S"),
        ("It took a two-day strike.", "two-day", "duration", "P2D"),
        ("It grew over the past two decades.", "the past two decades", "duration", "P20Y"),
        ("Hours after the vote he left.", "Hours", "duration", "PTXH"),
        ("It meets every Tuesday.", "every Tuesday", "set", "XXXX-WXX-2"),
        ("It meets Tuesdays.", "Tuesdays", "set", "XXXX-WXX-2"),
        ("It meets every two weeks.", "every two weeks", "set", "P2W"),
        ("It meets annually.", "annually", "set", "P1Y"),
        ("It meets daily.", "daily", "set", "P1D"),
        ("It costs $3 million a year.", "a year", "set", "P1Y"),
    ],
)
def test_durations_and_sets_are_no_days(text, words, kind, value):
    ((told, one),) = found(text)
    assert (told, one.kind, one.value, one.first, one.last) == (words, kind, value, None, None)


@pytest.mark.parametrize(
    ("text", "value"),
    [("It is shut now.", "PRESENT_REF"), ("It shut recently.", "PAST_REF"), ("It opens soon.", "FUTURE_REF")],
)
def test_now_and_its_like_are_no_days(text, value):
    assert only(text)[1:] == (value, None, None)


def test_what_is_told_from_a_date_named_before():
    text = (
        "It began on March 3, 2020.\nThe next day it grew.\nTwo days later all left.\nThat year was bad.\n"
        "It shut a week later."
    )
    assert values(text) == ["2020-03-03", "2020-03-04", "2020-03-06", "2020", "2020-W11"]


@pytest.mark.parametrize("text", ["The next day it grew.", "Two weeks later it grew.", "That year was bad."])
def test_what_has_no_date_before_it_cannot_be_told(text):
    assert only(text)[1] is None


def test_the_year_earlier_quarter_is_that_of_the_quarter_talked_of():
    text = (
        "Sales rose in the third quarter of 2023 from the year-earlier quarter.\nThe quarter was good.\n"
        "A year ago it lost."
    )
    assert values(text) == ["2023-Q3", "2022-Q3", "2023-Q3", "2022-Q3"]


def test_a_fiscal_year_has_a_value_but_no_days():
    assert only("It grew in fiscal 2023.") == ("fiscal 2023", "2023", None, None)
    assert only("It grew in FY2023.") == ("FY2023", "2023", None, None)


@pytest.mark.parametrize(
    ("published", "text", "value"),
    [
        ("2024-03", "It shut this month.", "2024-03"),
        ("2024-03", "It shut Tuesday.", None),
        ("2024", "It shut last year.", "2023"),
        ("2024", "It shut last month.", None),
        ("2024-03-07T23:30:00-05:00", "It shut today.", "2024-03-07"),
        ("2024-03-07T23:30:00Z", "It shut today.", "2024-03-07"),
        ("in March", "It shut today.", None),
        ("2023-02-29", "It shut today.", None),
        ("0001-01-01", "It shut yesterday.", None),
        ("9999-12-31", "It shuts tomorrow.", None),
    ],
)
def test_a_publication_told_to_its_own_precision(published, text, value):
    assert only(text, published)[1] == value


@pytest.mark.parametrize(
    "text",
    ["On 03/04/2021 it fell.", "On 29 February 2023 it fell.", "On February 30, 2021 it fell.", "It fell on June 31."],
)
def test_a_date_of_two_orders_or_of_no_calendar_is_one_without_value(text):
    assert only(text)[1:] == (None, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "A Boeing 737 and a Boeing 1900 landed.",
        "Call 202-555-2019, 555-2024 or +1 (202) 555-2011.",
        "They won 3-2 and lost 10-12.",
        "2,000 people and 2010 votes, some 2000 soldiers.",
        "Theresa May said so, and April Smith sang.",
        "They march, they may go, and May I ask?",
        "Billy Sunday wrote to The Sunday Times.",
        "He is in his 90s, 34 years old, a 34-year-old man.",
        "Leaves fall after the fall of Rome.",
        "Room 2010, $2010, 2010%, version 10.0.2024.1, 1999.5 and 3/4.",
        "Luke 10:30 and a ratio of 10:30.",
        "One second man had a quarter of the votes.",
        "The sun shines, he sat, mon ami.",
    ],
)
def test_what_only_looks_like_a_time(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("In May, May resigned.", ["May"]),
        ("The attacks of 9/11 came.", ["9/11"]),
        ("On Sunday Billy Sunday sang.", ["Sunday"]),
        ("It fell by 2010.\n\n2011 was dry.", ["2010", "2011"]),
        ("In\nMarch\n\n2021 was dry.", ["March", "2021"]),
    ],
)
def test_a_name_and_a_time_side_by_side(text, words):
    assert [told for told, _ in found(text)] == words


_PIECES = (
    "the a last next this two several 3 31 2024 1999 12/11/2024 2024-02-30 March May Feb. Tuesday days weeks year"
    " quarter ago later earlier every of in until will said : - , . 10:30 p.m. noon night fiscal 9999 0 '90s century"
    " \n Easter morning half and early Q3 1990s-2024"
)
PIECES = st.sampled_from(_PIECES.split(" "))


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.lists(PIECES, max_size=24).map(" ".join), st.text(max_size=80)),
    st.sampled_from([None, "", THURSDAY, "0001-01-01", "9999-12-31", "2024-02", "2024", "x"]),
)
def test_times_lead_back_to_the_text_and_their_days_are_in_order(text, published):
    made = times(text, [Span(0, len(text))], published)
    assert all(0 <= t.span.start < t.span.end <= len(text) for t in made)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(made))
    for t in made:
        assert (t.first is None) == (t.last is None)
        assert t.first is None or date.fromisoformat(t.first) <= date.fromisoformat(t.last)
        assert t.kind != "set" or t.first is None
    assert made == times(text, [Span(0, len(text))], published)


@settings(deadline=None)
@given(st.dates(min_value=date(1500, 1, 1), max_value=date(2090, 12, 31)))
def test_a_day_is_read_back_however_it_is_written(told):
    month = told.strftime("%B")
    for text in (f"{month} {told.day}, {told.year:04d}", f"{told.day} {month} {told.year:04d}", told.isoformat()):
        assert only(f"On {text} it fell.") == (text, *day(told.isoformat()))


@pytest.mark.parametrize("date", ["March 3, 2024. ", "on Tuesday, ", "two weeks later ", "12/13/2024 ", "in 1999 and "])
def test_ten_thousand_dates_are_read_in_time_that_grows_with_the_text(date):
    def seconds(number):
        text = date * number
        start = time.process_time()
        assert len(times(text, [Span(0, len(text))], THURSDAY)) == number
        return time.process_time() - start

    seconds(10)
    assert seconds(10_000) < 8.0  # about one on a free machine


@pytest.mark.parametrize("piece", ["1", " ", "the ", "-", "about ", "3/", "\n", "two ", "a ", "'", "early "])
def test_no_text_runs_away(piece):
    start = time.process_time()
    text = piece * (60_000 // len(piece))
    times(text, [Span(0, len(text))], THURSDAY)
    assert time.process_time() - start < 4.0
