"""Figures and days in the terminal, and the parts that can be asked for."""

from dataclasses import astuple, replace

import pytest

from tellings.comparing.gaps import LOOSE as LOOSELY_TOLD
from tellings.comparing.gaps import OTHER_WORDS
from tellings.records import Excerpt, PollAnswer, PollTold, Quantity, QuantityPair, TimelineEntry
from tellings.show import render_page, render_terminal
from tellings.show.measures import MORE_THAN_ALL, amount, day, told_first, worst
from tellings.show.signs import LOOSE, NEAR
from tellings.show.terminal import PARTS, parts_named
from tellings.show.view import view
from tests.show.comparisons import harbour


def of_figures():
    """The harbour story with one quantity."""
    story = harbour()
    uses = tuple(use for use in story.figures if use.unit == "people")[:2]
    pair = QuantityPair(0, 1, "conflicting", "at least 9 and 14 of people")
    return replace(story, quantities=(Quantity(uses[0].claim, uses, (pair,)),))


def test_a_quantity_shows_its_verdict_and_each_accounts_words():
    told = render_terminal(of_figures(), parts=("figures",), width=100, color=False)
    assert "FIGURES that several accounts give: 1" in told
    assert "! conflicting, claim 3" in told
    assert "A  “at least nine people”: at least 9 people" in told
    assert "DISPUTED" not in told


def test_days_show_claims_words_and_who_told_first():
    story = harbour()
    claim, account = story.claims[0], story.accounts[0]
    entry = TimelineEntry(claim.id, account.id, 0, 3, account.text[:3], "2024-03-01", "2024-03-31")
    told = render_terminal(replace(story, timeline=(entry,)), parts=("timeline",), width=100, color=False)
    assert "WHEN: 1 day or span of days" in told
    assert "  2024-03\n" in told
    assert f"“{account.text[:3]}”" in told


def test_a_poll_of_more_than_all_is_marked():
    story = harbour()
    account = story.accounts[0]
    words = Excerpt(account.id, 0, 5, account.text[:5])
    poll = PollTold(*astuple(words), words, None, words, None, None, None, (PollAnswer(None, words, 120.0),), True)
    told = replace(story, polls=(poll,))
    shown = render_terminal(told, parts=("figures",), width=100, color=False)
    assert f"“{account.text[:5]}”; sample “{account.text[:5]}”; shares answer not named" in shown
    assert MORE_THAN_ALL in shown
    assert MORE_THAN_ALL in render_page(told)


def test_parts_come_in_their_order_each_once():
    assert parts_named(["gaps", " Claims", "gaps"]) == ("claims", "gaps")
    assert set(parts_named(PARTS)) == set(PARTS)


@pytest.mark.parametrize(("names", "told"), [(["rubbish"], "rubbish: no such part"), ([""], "no part is named")])
def test_a_part_that_is_none_is_named(names: list[str], told: str):
    with pytest.raises(ValueError, match=told):
        parts_named(names)


def test_the_help_names_the_parts_there_are():
    from tellings.cli.compare import _PARTS

    assert tuple(_PARTS.split(", ")) == tuple(PARTS)


def test_the_reason_that_is_counted_is_the_one_that_comparing_gives():
    assert (NEAR, LOOSE) == (OTHER_WORDS, LOOSELY_TOLD)


def test_what_is_said_of_figures_and_days():
    (quantity,) = of_figures().quantities
    assert worst(quantity) == "conflicting"
    assert worst(replace(quantity, pairs=())) == "compatible"
    assert amount(quantity.uses[0]) == "at least 9 people"


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("2024-03-01", None, "2024-03-01"),
        ("2024-03-01", "2024-03-31", "2024-03"),
        ("2024-02-01", "2024-02-28", "2024-02-01 to 2024-02-28"),
        ("1931-01-01", "1931-12-31", "1931"),
        ("1990-01-01", "1999-12-31", "1990-01-01 to 1999-12-31"),
    ],
)
def test_days_by_their_shortest_name(first: str, last: str | None, told: str):
    assert day(first, last) == told


def test_who_told_first_cannot_be_told_where_an_account_has_no_date():
    story = harbour()
    shared = next(one for one in story.claims if len({use.account for use in one.appearances}) > 1)
    undated = replace(story, accounts=tuple(replace(one, published=None) for one in story.accounts))
    assert told_first(view(undated), shared.id) is None
