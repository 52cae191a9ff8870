"""Figures of two accounts by meaning: amounts that can both be true, and what quantity they are of."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.comparing.amounts import amount, meet, rounded, significant
from tellings.comparing.quantities import Counted, compared
from tellings.records import Figure, Span


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
        "who": frozenset(), "day": 1.0,
    }  # fmt: skip
    return Counted(**(given | more))


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
        (told(4, noun="boat"), told(6, noun="boat"), "conflicting"),
        (told(4, noun="boat"), told(6, noun="boat", about=frozenset({"budget"})), "different quantity"),
        (told(4, noun="boat"), told(4, noun="engine", about=frozenset({"budget"})), "different quantity"),
        (told(38, noun="boat"), told(38, noun="vessel", about=frozenset({"budget"})), "compatible"),
        (told(34, noun="year", measure="age"), told(34, noun="year", measure="age"), "compatible"),
        (told(34, noun="year", measure="age"), told(36, noun="year", measure="age"), "different quantity"),
        (told(34, noun="year", measure="age"), told(34, noun="year", measure="time"), "different quantity"),
        (told(4, noun="%", measure="part"), told(4, noun="points", measure="points"), "different quantity"),
        (told(5, noun="$", measure="money"), told(5, noun="£", measure="money"), "different quantity"),
        (told(5, noun="$", measure="money"), told(8, noun="$", measure="money"), "conflicting"),
    ],
)
def test_figures_are_compared_by_what_they_count(one, other, verdict):
    assert compared(one, other).verdict == verdict
    assert compared(other, one).verdict == verdict
    assert compared(one, other).why


def test_two_ages_of_one_named_person_conflict():
    who = frozenset({"ada", "lind"})
    one, other = (told(age, noun="year", measure="age", who=who) for age in (34, 36))
    assert compared(one, other).verdict == "conflicting"


@given(st.floats(min_value=1, max_value=1e12), st.integers(min_value=1, max_value=6))
def test_a_rounded_value_has_no_more_digits_than_asked(value, digits):
    assert significant(rounded(value, digits)) <= digits


@given(st.floats(min_value=-1e9, max_value=1e9))
def test_an_amount_meets_itself(value):
    assert meet(amount(figure(value)), amount(figure(value)))
