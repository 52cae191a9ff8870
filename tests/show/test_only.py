"""Claims of some standings alone: what is kept, what goes with it, and that every renderer shows the same."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.records import Comparison, Gap, Setting, Standing
from tellings.show import check, only, render_page, render_terminal, to_json
from tellings.show.only import CHOICES, Choice, chosen

from .comparisons import crowd, harbour, harbour_all_layers


def ids(story: Comparison) -> list[str]:
    return [claim.id for claim in story.claims]


def test_claims_of_the_named_standings_are_kept_in_their_order():
    assert ids(only(harbour(), ("disputed", "updated"))) == ["hurt", "alarm"]
    assert ids(only(harbour(), ("single",))) == ["begin", "watchman", "open", "furniture"]


def test_shared_is_everything_but_what_one_tells():
    assert ids(only(harbour(), ("shared",))) == ["hurt", "crew", "alarm", "no-alarm", "gone"]
    assert only(harbour(), ("single", "shared")).claims == harbour().claims


def test_every_standing_can_be_chosen():
    assert set(CHOICES) == {*get_args(Standing), "shared"}
    assert sorted(name for one in get_args(Standing) for name in ids(only(harbour(), (one,)))) == sorted(ids(harbour()))


def test_gaps_dates_and_figures_of_claims_left_out_are_left_out():
    story = only(harbour_all_layers(), ("updated",))
    assert (story.gaps, story.timeline) == ((), ())
    assert {use.claim for use in story.figures} == {"hurt"}
    assert [gap.claim for gap in only(harbour(), ("differs", "agreed")).gaps] == ["crew"]
    assert [entry.claim for entry in only(harbour_all_layers(), ("agreed",)).timeline] == ["gone"]


def test_a_figure_of_a_claim_left_out_is_given_to_the_kept_one_that_holds_it():
    story = harbour()
    crew = next(use for use in story.figures if use.text.startswith("About 60"))
    moved = replace(story, figures=(replace(crew, claim="alarm"), replace(crew, claim=None)))
    assert {use.claim for use in only(moved, ("differs",)).figures} == {"crew"}
    assert only(moved, ("agreed",)).figures == ()


def test_what_is_of_no_claim_stays_whole():
    story, less = harbour_all_layers(), only(harbour_all_layers(), ("disputed",))
    for part in ("accounts", "quotes", "sources", "names", "wording", "copies"):
        assert getattr(less, part) == getattr(story, part)


def test_the_settings_say_what_was_chosen():
    assert only(harbour(), ("disputed", "shared")).manifest.settings == (
        *harbour().manifest.settings,
        Setting("only", "disputed, shared"),
    )


def test_terminal_page_and_json_show_the_same_claims():
    story = only(harbour(), ("disputed", "agreed"))
    terminal, page = render_terminal(story, color=False), render_page(story)
    for shown in (terminal, page):
        assert "2 claims (only disputed, agreed)" in shown
    assert "DISPUTED: 1 claim" in terminal
    assert "TOLD BY ONE" not in terminal
    assert set(re.findall(r"data-claim=(\d+)", page)) == {"1", "2"}
    assert [one["id"] for one in json.loads(to_json(story))["claims"]] == ["alarm", "gone"]


def test_a_story_without_such_claims_is_shown_without_any():
    story = only(crowd(3), ("differs",))
    assert "0 claims (only differs)" in render_terminal(story)
    assert "0 claims (only differs)" in render_page(story)


@settings(max_examples=20)
@given(st.sets(st.sampled_from(CHOICES), min_size=1))
def test_any_choice_passes_the_check_and_is_shown(names: set[Choice]):
    story = harbour_all_layers()
    story = replace(story, gaps=tuple(Gap(name, "letter", "not told", "no reason") for name in ids(story)))
    less = only(story, chosen(names))
    check(less)
    assert {gap.claim for gap in less.gaps} == set(ids(less))
    render_terminal(less)
    render_page(less)


def test_choices_come_in_the_order_of_reading_each_once():
    assert chosen([" single", "Disputed", "single", ""]) == ("disputed", "single")


@pytest.mark.parametrize(("names", "said"), [(["agree"], "agree: no such standing"), ([" "], "no standing is named")])
def test_a_wrong_name_is_refused_with_the_choices(names: list[str], said: str):
    with pytest.raises(ValueError, match=f"{said}; choose from disputed, differs, updated, .*, single, shared"):
        chosen(names)
