"""The words that name a claim, and claims told in like words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tellings.records import Appearance, Claim
from tellings.show.titles import near_ones, titles_of
from tellings.show.view import view

from .comparisons import account, claim, harbour, told, voice


def named(*choices: tuple[str, str], speaker: int | None = None) -> str:
    """The words that name a claim told once in each of these texts; the numbered one gives them to a speaker."""
    accounts = [account(f"n{n}", text) for n, (text, _) in enumerate(choices)]
    steps = [(voice(a, "Orrel", "named person"),) if n == speaker else () for n, a in enumerate(accounts)]
    found = tuple(told(a, words, *said) for a, said, (_, words) in zip(accounts, steps, choices, strict=True))
    one = claim("c", "agreed", found)
    return titles_of((one,), {a.id: a.text for a in accounts})["c"].text


def test_a_whole_sentence_goes_before_a_fragment():
    assert (
        named(
            ("Panic at the quay as tower falls on boats", "as tower falls on boats"),
            ("The old tower fell on the boats.", "The old tower fell on the boats."),
        )
        == "The old tower fell on the boats."
    )


def test_the_own_voice_goes_before_a_quoted_one():
    text = "The ferry left an hour late."
    assert named(
        (f"{text} So Orrel says.", text), ("A ferry left one hour late.", "A ferry left one hour late."), speaker=0
    ) == ("A ferry left one hour late.")


def test_words_that_point_back_go_after_words_that_name():
    assert named(("It sank at dawn.", "It sank at dawn."), ("The Heron sank at dawn.", "The Heron sank at dawn.")) == (
        "The Heron sank at dawn."
    )


def test_what_most_tell_goes_before_what_one_adds():
    common = "The pier is closed to visitors."
    odd = "A pigeon racing club lost its clubhouse."
    assert named((odd, odd), (common, common), ("The pier is closed.", "The pier is closed.")) != odd


def test_a_long_sentence_goes_after_a_handy_one():
    short = "The mill burned down on Sunday night."
    long = f"{short[:-1]}, {'and there was more to be told of it ' * 6}."
    assert named((long, long), (short, short)) == short


def test_a_claim_told_once_is_named_by_what_is_told():
    titles = view(harbour()).titles
    assert titles["furniture"].text == "What burned was furniture, mostly"


def test_the_same_words_do_not_name_two_claims_while_there_are_others():
    wire, echo, _ = harbour().accounts
    first = claim("1", "agreed", (told(wire, "The alarm worked"), told(echo, "The alarm never sounded")))
    claims = tuple(replace(first, id=name) for name in "123")

    titles = titles_of(claims, {a.id: a.text for a in (wire, echo)})

    assert [title.text for title in titles.values()] == [
        "The alarm never sounded", "The alarm worked", "The alarm never sounded",
    ]  # fmt: skip


def test_like_claims_stand_together_behind_the_first_of_them():
    where = account("a", "The bridge closed. Rain fell all week. The bridge closed early.")

    def one(name: str, text: str, nth: int = 0) -> Claim:
        shown: Appearance = told(where, text, nth=nth)
        return claim(name, "agreed", (shown,))

    claims = [
        one("bridge", "The bridge closed"),
        one("rain", "Rain fell all week"),
        one("again", "The bridge closed early"),
    ]

    assert [c.id for c in near_ones(claims)] == ["bridge", "again", "rain"]


@pytest.mark.parametrize("text", ["...", "!?"])
def test_words_without_a_word_name_a_claim_only_where_there_is_nothing_else(text: str):
    assert named((f"{text} Then it rained.", text), ("Rain.", "Rain.")) == "Rain."
