"""Polls as an account tells them."""

import numpy as np
import pytest

from tellings.comparing.polls import over_full, polls, polls_told
from tellings.comparing.table import build
from tellings.reading.figures import figures
from tellings.reading.layout import layout
from tellings.records import Account, Mention, Original, Pieces, Reading, Span

PEOPLE = ("Ada Lind", "Bram Holt", "Cato Reed")


def read(text):
    sentences = layout(text).sentences
    named = sorted(Span(at, at + len(name)) for name in PEOPLE for at in range(len(text)) if text.startswith(name, at))
    return Reading(
        account=Account("a", text, "", Original("a.txt", "", 0, "utf-8")),
        sentences=sentences, quotations=(), words=(),
        mentions=tuple(Mention(span, "PER", 1.0, n) for n, span in enumerate(named)), entities=(), attributions=(),
        figures=figures(text, (), sentences), statements=(), wording=(),
        vectors=np.zeros((0, 384), np.float32),
        pieces=Pieces(np.zeros((0, 2), np.int32), np.zeros((0, 384), np.float16)),
    )  # fmt: skip


TOLD = (
    "A Quay College poll of 800 likely voters, taken May 3-6, has Ada Lind at 47% and Bram Holt at 41%, in a "
    "head-to-head matchup. The margin of error is plus or minus 3 percentage points."
)


def test_a_poll_is_read_whole():
    reading = read(TOLD)
    (poll,) = polls(reading)
    word = lambda span: TOLD[slice(*span)]  # noqa: E731
    assert word(poll.pollster) == "Quay College"
    assert word(poll.dates) == "May 3-6"
    assert word(poll.scenario) == "in a head-to-head matchup"
    assert reading.figures[poll.sample].low == 800
    assert reading.figures[poll.margin].low == 3
    assert [(word(s.answer), reading.figures[s.figure].low) for s in poll.shares] == [
        ("Ada Lind", 47),
        ("Bram Holt", 41),
    ]


def test_a_lead_is_told_in_points():
    reading = read("In a survey by Pier Research, Ada Lind has 50% and leads by 9 points.")
    (poll,) = polls(reading)
    assert reading.account.text[slice(*poll.pollster)] == "Pier Research"
    assert reading.figures[poll.lead].low == 9


@pytest.mark.parametrize(("shares", "over"), [((50, 49, 2), False), ((60, 50, 10), True)])
def test_shares_of_more_than_all_are_noted(shares, over):
    told = ", ".join(f"{name} at {share}%" for name, share in zip(PEOPLE, shares, strict=True))
    reading = read(f"The Quay poll has {told}.")
    (poll,) = polls(reading)
    assert over_full(reading, poll) is over


@pytest.mark.parametrize("text", ["", "The poll opened at noon.", "Ada Lind won 47% of votes.", "A poll worker left."])
def test_texts_without_shares_of_a_poll_have_none(text):
    assert polls(read(text)) == ()


def test_who_beats_whom_has_the_first_share():
    reading = read("A Quay College poll finds that Ada Lind would defeat Bram Holt 50% to 45%.")
    (poll,) = polls(reading)
    told = [(reading.account.text[slice(*s.answer)], reading.figures[s.figure].low) for s in poll.shares]
    assert told == [("Ada Lind", 50), ("Bram Holt", 45)]


def test_the_poll_named_again_is_the_same():
    reading = read("A Quay College poll has Ada Lind ahead by 5 points. The poll puts her at 50%, Bram Holt at 45%.")
    (poll,) = polls(reading)
    assert reading.account.text[slice(*poll.pollster)] == "Quay College"
    assert reading.figures[poll.lead].low == 5
    assert [reading.figures[s.figure].low for s in poll.shares] == [50, 45]


def test_a_poll_is_told_in_the_accounts_own_words():
    reading_ = read(TOLD)
    (told,) = polls_told(build((reading_,)))
    assert told.text == TOLD
    assert (told.pollster.text, told.sample.text, told.over_full) == ("Quay College", "800", False)
    assert [(one.answer.text, one.share) for one in told.shares] == [("Ada Lind", 47), ("Bram Holt", 41)]
