"""Figures of two accounts by meaning: amounts that can both be true, and what quantity they are of."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.comparing.amounts import amount, meet, rounded, significant
from tellings.comparing.circumstances import LONGEST, Circumstances, Sentences
from tellings.comparing.quantities import Counted, compared, counted
from tellings.reading.figures import figures
from tellings.reading.layout import layout
from tellings.records import Account, Figure, Original, Pieces, Reading, Span


def figure(value: float, unit: str = "", bound: Any = "exactly", high: float | None = None) -> Figure:
    return Figure(Span(0, 1), value, value if high is None else high, unit, bound)


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [
        (figure(12), figure(12), True),
        (figure(12), figure(14), False),
        (figure(10, bound="at least"), figure(14), True),
        (figure(10, bound="at most"), figure(14), False),
        (figure(30, bound="about"), figure(32), True),
        (figure(30, bound="about"), figure(40), False),
        (figure(10, high=15), figure(12), True),
        (figure(10, high=15), figure(16), False),
        (figure(1.2e9, "$"), figure(1.23e9, "$"), True),
        (figure(700, "$"), figure(716, "$"), True),
        (figure(700, "$"), figure(816, "$"), False),
        (figure(0.2, "share"), figure(20, "%"), True),
        (figure(2, "kilometer"), figure(2000, "meter"), True),
        (figure(2, "week"), figure(14, "day"), True),
    ],
)
def test_amounts_leave_room_for_one_truth(one, other, fits):
    assert meet(amount(one), amount(other)) is fits
    assert meet(amount(other), amount(one)) is fits


def told(value: float, noun: str = "people", **more: Any) -> Counted:
    given = {
        "amount": amount(figure(value, noun)), "measure": "count", "noun": noun, "fate": None, "others": False,
        "part": False, "keys": frozenset({"people"}), "about": frozenset({"ferry", "sink", "storm"}),
        "day": 1.0,
    }  # fmt: skip
    return Counted(**(given | more))


FIRE = "A fire in Ostby left 4 people injured."
NEAR = Circumstances(near=frozenset({"harbour", "sink"}))


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (told(4, fate="killed"), told(4, fate="killed"), "compatible"),
        (told(4, fate="killed"), told(4, fate="injured"), "different quantity"),
        (told(4, fate="killed"), told(6, fate="killed"), "conflicting"),
        (told(4, fate="killed"), told(6, fate="killed", day=2.0), "update"),
        (told(6, fate="killed"), told(4, fate="killed", day=2.0), "conflicting"),
        (told(0, fate="injured"), told(4, fate="injured", day=2.0), "conflicting"),
        (told(4, fate="injured"), told(3, noun="other", others=True, fate="injured"), "different quantity"),
        (told(4, fate="injured"), told(2, noun="woman", fate="injured"), "different quantity"),
        (told(4, noun="boat", around=NEAR), told(6, noun="boat", around=NEAR), "conflicting"),
        (told(4, noun="boat", around=NEAR), told(9, noun="boat", around=NEAR), "different quantity"),
        (told(4, noun="boat"), told(6, noun="boat", about=frozenset({"budget"})), "different quantity"),
        (told(4, noun="boat"), told(4, noun="engine", about=frozenset({"budget"})), "different quantity"),
        (told(38, noun="boat"), told(38, noun="vessel", about=frozenset({"budget"})), "compatible"),
        (told(34, noun="year", measure="age"), told(34, noun="year", measure="age"), "compatible"),
        (told(34, noun="year", measure="age"), told(36, noun="year", measure="age"), "different quantity"),
        (told(34, noun="year", measure="age"), told(34, noun="year", measure="time"), "different quantity"),
        (told(4, noun="%", measure="part"), told(4, noun="points", measure="points"), "different quantity"),
        (told(5, noun="$", measure="money"), told(5, noun="£", measure="money"), "different quantity"),
        (
            told(6, noun="$", measure="money", around=NEAR),
            told(8, noun="$", measure="money", around=NEAR),
            "conflicting",
        ),
    ],
)
def test_figures_are_compared_by_what_they_count(one, other, verdict):
    assert compared(one, other).verdict == verdict
    assert compared(other, one).verdict == verdict
    assert compared(one, other).why


def test_two_ages_of_one_named_person_conflict():
    around = Circumstances(whom=("ada", "lind"))
    one, other = (told(age, noun="year", measure="age", around=around) for age in (34, 36))
    assert compared(one, other).verdict == "conflicting"


def read(text: str) -> Reading:
    sentences = layout(text).sentences
    return Reading(
        account=Account("a", text, "", Original("a.txt", "", 0, "utf-8")),
        sentences=sentences, quotations=(), words=(), mentions=(), entities=(), attributions=(),
        figures=figures(text, (), sentences), statements=(), wording=(), vectors=np.zeros((0, 384), np.float32),
        pieces=Pieces(np.zeros((0, 2), np.int32), np.zeros((0, 384), np.float16)),
    )  # fmt: skip


def verdict(one: str, other: str, days: tuple[float, float] = (1.0, 1.0)) -> str:
    """The verdict on the first figures of two texts."""
    here, there = (counted(read(text), 0, day) for text, day in zip((one, other), days, strict=True))
    return compared(here, there).verdict


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        (FIRE, "The Ostby fire left 5 people injured.", "conflicting"),
        (
            "A fire in Ostby left 4 people injured.",
            "Fires left 5 people injured in Ostby since Friday.",
            "different quantity",
        ),
        (FIRE, "Last month 5 people were injured in Ostby.", "different quantity"),
        (
            "A fire in Ostby left 4 people injured.",
            "In Ostby 5 people were injured in critical condition.",
            "different quantity",
        ),
        ("The fire in Ostby killed 4 people.", "The Ostby man killed 5 people, then himself.", "different quantity"),
        ("Ada Lind, 34, was hurt.", "The 36-year-old Ada Marie Lind was hurt.", "conflicting"),
        ("Ada Lind, 34, was hurt.", "The 36-year-old Cato Lind was hurt.", "different quantity"),
        ("Lind, 34, was hurt.", "Ada Lind, 61, was hurt.", "different quantity"),
        ("The 30-year-old Ostby man fled.", "A 45-year-old Ostby man fled.", "different quantity"),
        ("Of those on board the Vega 82 were Norwegians.", "On the Vega 78 were Norwegians.", "conflicting"),
        ("Holt grounded 12 boats in 2019.", "Holt grounded 16 boats in 2012.", "different quantity"),
        ("The Holt plan names 48 towns and two ports.", "The Holt plan names 50 towns.", "different quantity"),
    ],
)
def test_the_words_around_two_figures_tell_quantities_apart(one, other, wanted):
    assert verdict(one, other) == wanted
    assert verdict(other, one) == wanted


def test_an_age_told_years_later_is_no_conflict():
    one, other = "Ada Lind, 34, was charged.", "Ada Lind, 35, was sentenced."
    assert verdict(one, other, (0.0, 3.0)) == "conflicting"
    assert verdict(one, other, (0.0, 400.0)) == "different quantity"


def test_others_beside_the_dead_are_the_injured():
    one, other = "Two died in Ostby and 4 others were injured.", "5 were injured in Ostby."
    here = counted(read(one), 1)
    assert compared(here, counted(read(other), 0)).verdict == "conflicting"


def test_figures_of_a_very_long_sentence_look_only_around_themselves():
    reading = read("The port counted " + ", ".join(str(n) for n in range(2, 5002)) + " boats.")
    sentences = Sentences(reading)
    told = [counted(reading, n, 1.0, sentences) for n in range(0, len(reading.figures), 50)]
    assert all(len(one.around.twins) <= 50 for one in told)
    assert max(end - start for start, end in (sentences.around(one.span) for one in reading.figures)) <= LONGEST


@given(st.floats(min_value=1, max_value=1e12), st.integers(min_value=1, max_value=6))
def test_a_rounded_value_has_no_more_digits_than_asked(value, digits):
    assert significant(rounded(value, digits)) <= digits


@given(st.floats(min_value=-1e9, max_value=1e9))
def test_an_amount_meets_itself(value):
    assert meet(amount(figure(value)), amount(figure(value)))
