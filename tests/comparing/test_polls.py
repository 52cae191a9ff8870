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


def told_shares(reading, poll):
    word = reading.account.text
    return [(word[slice(*s.answer)] if s.answer else None, reading.figures[s.figure].low) for s in poll.shares]


def test_a_pollster_named_again_tells_of_the_same_poll():
    reading = read(
        "A Quay poll has Ada Lind at 50%. It rained. It rained. It rained. The Quay poll gives Bram Holt 45%."
    )
    (poll,) = polls(reading)
    assert told_shares(reading, poll) == [("Ada Lind", 50), ("Bram Holt", 45)]


def test_two_polls_of_one_sentence_are_two():
    reading = read("One poll taken by Pier Research had Ada Lind at 50%, while a Quay poll had Bram Holt at 51%.")
    first, second = polls(reading)
    assert [reading.account.text[slice(*one.pollster)] for one in (first, second)] == ["Pier Research", "Quay"]
    assert (told_shares(reading, first), told_shares(reading, second)) == ([("Ada Lind", 50)], [("Bram Holt", 51)])


def test_another_poll_of_one_pollster_is_another():
    text = "A Quay poll has Ada Lind at 50%. Another Quay poll had Ada Lind at 44%."
    assert [told_shares(read(text), one) for one in polls(read(text))] == [[("Ada Lind", 50)], [("Ada Lind", 44)]]


@pytest.mark.parametrize(
    ("text", "pollster"),
    [
        ("A poll released Tuesday from the Harbour Foundation has 60% for it.", "Harbour Foundation"),
        ("A University of Ostby poll has 60% for it.", "University of Ostby"),
        ("Quay VoteCast, an election day survey, has 60% for it.", "Quay VoteCast"),
        ("Holt was behind in Quay’s tracking poll, with 41%.", "Quay"),
        ("Some 60% would go, of firms surveyed by Pier.", "Pier"),
    ],
)
def test_who_asked_is_found_before_behind_and_beside_the_poll(text, pollster):
    (poll,) = polls(read(text))
    assert text[slice(*poll.pollster)] == pollster


def test_names_with_shares_in_brackets_and_opinions_of_nobody():
    listed = "A Quay poll has Ada Lind with 8%, behind Holt (32%) and Reed (19%)."
    (poll,) = polls(read(listed))
    assert told_shares(read(listed), poll) == [("Ada Lind", 8), ("Holt", 32), ("Reed", 19)]
    opinion = "A Quay poll on Ada Lind found that 60% of adults oppose the plan."
    (poll,) = polls(read(opinion))
    assert told_shares(read(opinion), poll) == [(None, 60)]


@pytest.mark.parametrize(
    "text", ["Ada Lind fell below 5% in the polls.", "A Quay poll is due. Its staff grew. Sales rose 5%."]
)
def test_polls_in_general_and_other_percentages_are_no_shares(text):
    assert polls(read(text)) == ()
