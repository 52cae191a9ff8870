"""Time expressions of many kinds, with the values that an annotator of TimeML would give them.

Invented; all are told on Wednesday, 15 March 2023.
"""

import pytest

from tellings.reading.layout import layout
from tellings.reading.times import times


def found(text):
    return [(text[slice(*time.span)], time.value) for time in times(text, layout(text).sentences, "2023-03-15")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("He left on April 24 and 25.", [("April 24", "2023-04-24"), ("25", "2023-04-25")]),
        ("They will meet on June 3, 4 and 5.", [("June 3", "2023-06-03"), ("4", "2023-06-04"), ("5", "2023-06-05")]),
        (
            "At 9 a.m. local time on Monday the gates opened.",
            [("9 a.m.", "2023-03-13T09:00"), ("Monday", "2023-03-13")],
        ),
        (
            "At about 6:30 p.m. she called on Tuesday evening.",
            [("about 6:30 p.m.", "2023-03-14T18:30"), ("Tuesday evening", "2023-03-14TEV")],
        ),
        ("The shop opens at half past nine.", [("half past nine", "2023-03-15T09:30")]),
        ("The shop shut at a quarter to six.", [("a quarter to six", "2023-03-15T05:45")]),
        ("It began at 1400 GMT.", [("1400 GMT", "2023-03-15T14:00")]),
        ("It began at 14:00 GMT.", [("14:00 GMT", "2023-03-15T14:00")]),
        ("It was built in the summer of 1969.", [("the summer of 1969", "1969-SU")]),
        ("It was built in the 1960s.", [("the 1960s", "196")]),
        ("It closed in the late nineties.", [("the late nineties", "199")]),
        ("It was founded in the 19th century.", [("the 19th century", "18")]),
        ("Sales fell in the first quarter of 2022.", [("the first quarter of 2022", "2022-Q1")]),
        ("Sales fell in the first two quarters of 2022.", [("the first two quarters of 2022", "2022-H1")]),
        ("Sales fell in the second half of last year.", [("the second half of last year", "2022-H2")]),
        ("Sales fell in Q3 2022.", [("Q3 2022", "2022-Q3")]),
        ("He was elected two years ago.", [("two years ago", "2021")]),
        ("He was elected three months ago.", [("three months ago", "2022-12")]),
        ("He fell ill ten days ago.", [("ten days ago", "2023-03-05")]),
        ("The vote is in two weeks' time.", [("two weeks' time", "2023-W13")]),
        ("The vote is two weeks from now.", [("two weeks from now", "2023-W13")]),
        ("The vote is a week from Tuesday.", [("a week from Tuesday", "2023-03-28")]),
        ("She returns the day after tomorrow.", [("the day after tomorrow", "2023-03-17")]),
        ("She came the day before yesterday.", [("the day before yesterday", "2023-03-13")]),
        ("He has worked there for six months.", [("six months", "P6M")]),
        ("He has worked there for a year and a half.", [("a year and a half", "P1Y6M")]),
        ("He has worked there for more than 20 years.", [("more than 20 years", "P20Y")]),
        ("The 90-minute film opened.", [("90-minute", "PT90M")]),
        ("The three-day strike ended.", [("three-day", "P3D")]),
        ("They meet every Monday.", [("every Monday", "XXXX-WXX-1")]),
        ("They meet twice a week.", [("twice a week", "P1W")]),
        ("They meet every other year.", [("every other year", "P2Y")]),
        ("The report is published annually.", [("annually", "P1Y")]),
        ("The fair is held every summer.", [("every summer", "XXXX-SU")]),
        ("The fair is held every June.", [("every June", "XXXX-06")]),
        ("It happened last night.", [("last night", "2023-03-14TNI")]),
        ("It happened this morning.", [("this morning", "2023-03-15TMO")]),
        ("It happened last Friday night.", [("last Friday night", "2023-03-10TNI")]),
        ("It happened late Tuesday.", [("late Tuesday", "2023-03-14")]),
        ("It happened over the weekend.", [("the weekend", "2023-W10-WE")]),
        ("It happened last month.", [("last month", "2023-02")]),
        ("It happened earlier this month.", [("earlier this month", "2023-03")]),
        ("It happened in early March.", [("early March", "2023-03")]),
        ("It happened in mid-January.", [("mid-January", "2023-01")]),
        ("It happened in January nineteen ninety-seven.", [("January nineteen ninety-seven", "1997-01")]),
        ("It happened on New Year's Eve.", [("New Year's Eve", "2022-12-31")]),
        ("It happened on Christmas Day 2014.", [("Christmas Day 2014", "2014-12-25")]),
        ("It happened on the 4th of July, 2018.", [("the 4th of July, 2018", "2018-07-04")]),
        ("It happened on 5 November 1995.", [("5 November 1995", "1995-11-05")]),
        ("It happened on Thursday, March 9.", [("Thursday, March 9", "2023-03-09")]),
        ("It happened on 2019-08-07.", [("2019-08-07", "2019-08-07")]),
        ("It happened on 25/12/2019.", [("25/12/2019", "2019-12-25")]),
        ("It happened between 1914 and 1918.", [("1914", "1914"), ("1918", "1918")]),
        ("It happened in 44 BC.", [("44 BC", "BC0044")]),
        ("Ask for it now.", [("now", "PRESENT_REF")]),
        ("It was recently sold.", [("recently", "PAST_REF")]),
        ("It will soon be sold.", [("soon", "FUTURE_REF")]),
        ("It is currently closed.", [("currently", "PRESENT_REF")]),
        ("He died two days later.", [("two days later", None)]),
        (
            "It rained on Monday. Two days later the dam broke.",
            [("Monday", "2023-03-13"), ("Two days later", "2023-03-15")],
        ),
        (
            "The storm hit in 2005. The following year it was rebuilt.",
            [("2005", "2005"), ("The following year", "2006")],
        ),
        (
            "The vote was on May 3, 2020. The next day he quit.",
            [("May 3, 2020", "2020-05-03"), ("The next day", "2020-05-04")],
        ),
        (
            "The vote was on May 3, 2020. Three weeks earlier he had led.",
            [("May 3, 2020", "2020-05-03"), ("Three weeks earlier", "2020-W15")],
        ),
        ("He brought it home in October.", [("October", "2022-10")]),
        ("She wrote to them in December.", [("December", "2022-12")]),
        ("It flew this year through February.", [("this year", "2023"), ("February", "2023-02")]),
        ("Only seconds later it blew.", [("seconds later", None)]),
        ("It lasted all day.", [("all day", "P1D")]),
        ("It lasted a few hours.", [("a few hours", "PTXH")]),
        ("It took decades.", [("decades", "PXE")]),
        ("The 2022-23 season ended.", [("2022-23", "2022/2023")]),
        ("Fiscal 2022 was poor.", [("Fiscal 2022", "2022")]),
        ("In the next five years it will grow.", [("the next five years", "P5Y")]),
        ("In the past 24 hours it grew.", [("the past 24 hours", "PT24H")]),
        ("By the end of the year it will be gone.", [("the end of the year", "2023")]),
        ("By year-end it will be gone.", [("year-end", "2023")]),
        ("He was jailed for 12 years and six months.", [("12 years", "P12Y"), ("six months", "P6M")]),
        ("The games will be in 2026.", [("2026", "2026")]),
        ("On Saturday and Sunday it will rain.", [("Saturday", "2023-03-18"), ("Sunday", "2023-03-19")]),
        ("They fly on Monday and Tuesday nights.", [("Monday", "XXXX-WXX-1TNI"), ("Tuesday nights", "XXXX-WXX-2TNI")]),
        ("On Wednesday afternoon it rained.", [("Wednesday afternoon", "2023-03-15TAF")]),
        ("It rained on mid-afternoon yesterday.", [("mid-afternoon yesterday", "2023-03-14TAF")]),
        ("It rained yesterday afternoon.", [("yesterday afternoon", "2023-03-14TAF")]),
        ("It rained in the wee hours of Friday.", [("Friday", "2023-03-10")]),
        ("The rule took effect on Jan. 1.", [("Jan. 1", "2023-01-01")]),
        ("The rule takes effect on Oct. 1.", [("Oct. 1", "2023-10-01")]),
        ("Next Tuesday they vote.", [("Next Tuesday", "2023-03-21")]),
        ("Next spring they vote.", [("Next spring", "2024-SP")]),
        ("He was last seen a day earlier.", [("a day earlier", "2023-03-14")]),
        ("It was the hottest day in 40 years.", [("40 years", "P40Y")]),
        ("About an hour later he left.", [("About an hour later", None)]),
        ("The decade-long war ended.", [("The decade-long", "P10Y")]),
        ("The week-long strike ended.", [("The week-long", "P1W")]),
        (
            "The blast came at 10:35 a.m. (0735 GMT) Friday.",
            [("10:35 a.m.", "2023-03-10T10:35"), ("0735 GMT", "2023-03-10T07:35"), ("Friday", "2023-03-10")],
        ),
        (
            "He left at 8 a.m. Tuesday. Six minutes later he was back.",
            [("8 a.m. Tuesday", "2023-03-14T08:00"), ("Six minutes later", "2023-03-14T08:06")],
        ),
        ("The club won in 2022. 108 years later it lost.", [("2022", "2022"), ("108 years later", None)]),
        ("It will grow over the next decade.", [("the next decade", "P10Y")]),
        ("They met on April 24 and 25, 2019.", [("April 24", "2019-04-24"), ("25, 2019", "2019-04-25")]),
        ("The case is heard in May.", [("May", "2023-05")]),
        ("She planned a march on Saturday.", [("Saturday", "2023-03-18")]),
        ("On April 24 and 25 people came.", [("April 24", "2023-04-24")]),
    ],
)
def test_expressions_have_the_values_of_an_annotator(text, told):
    assert found(text) == told


def test_a_length_has_the_days_that_a_day_beside_it_tells():
    text = "It fell two days after Thanksgiving and a week before the Dec. 12 vote."
    told = {
        text[slice(*time.span)]: (time.kind, time.value, time.first, time.last)
        for time in times(text, layout(text).sentences, "2023-03-15")
    }
    assert told["two days"] == ("duration", "P2D", "2022-11-26", "2022-11-26")
    assert told["a week"] == ("duration", "P1W", "2022-12-05", "2022-12-11")
