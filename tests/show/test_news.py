"""What watching says, as lines for a terminal."""

from __future__ import annotations

from dataclasses import replace

from tellings.show.news import render_news
from tellings.watching.records import AccountNews, ConflictNews, StoryNews, Stretch, VersionNews


def stretch(text: str, outlet: str | None = "Quay") -> Stretch:
    return Stretch("mill", outlet, 3, 3 + len(text), text)


def test_a_story_that_begins():
    one = StoryNews(4, "mill", "Mill burns", "Quay", "2026-03-02", None)
    assert render_news(one, width=80) == "story 4 begins: Quay “Mill burns”\n"


def test_an_account_that_came_or_moved_and_why():
    one = AccountNews(4, "mill", None, None, None, None, 3, "words 0.80", moved=True)
    head, why = render_news(one, width=120).splitlines()
    assert head == "story 4 has gained an account (3 accounts now), from another story: mill"
    assert why == "  words 0.80"


def test_a_conflict_has_both_sides():
    one = ConflictNews(4, stretch("Four died."), stretch("Nine died.", None), "statements", 0.914)
    assert render_news(one, width=80).splitlines() == [
        "story 4 has a conflict of statements (0.91)",
        "  Quay: “Four died.”",
        "  mill: “Nine died.”",
    ]
    figures = render_news(replace(one, what="figures", score=None), width=80)
    assert figures.startswith("story 4 has a conflict of figures\n")


def test_a_version_begins_with_what_was_silently_corrected_and_counts_what_is_not_shown():
    pair = (stretch("Four died."), stretch("Five died."))
    many = tuple(stretch(f"Line {number}.") for number in range(11))
    one = VersionNews(4, "mill", "mill-1", 2, "Mill burns", "Quay", None, many, (), (), (pair,))
    lines = render_news(one, width=80).splitlines()
    assert lines[:3] == [
        "story 4: version 2 of Quay “Mill burns”",
        "  silently corrected: “Four died.”",
        "  now: “Five died.”",
    ]
    assert lines[-1] == "  and 3 more added"


def test_a_version_with_the_same_statements_says_so():
    one = VersionNews(4, "mill", "mill-1", 2, "Other title", None, None, (), (), (), ())
    assert "no statement is another" in render_news(one, width=80)


def test_a_title_steers_no_terminal():
    one = StoryNews(4, "mill", "Mill\x1b[2J burns", "Qu\x07ay", None, None)
    assert "\x1b[2J" not in render_news(one, width=80)
    assert "\x07" not in render_news(one, width=80)
