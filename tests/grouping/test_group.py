"""Sketches to stories: what goes together, in any order, whatever the input."""

import random
from dataclasses import replace

import numpy as np
import pytest

from tellings.grouping import Stream, group, unread
from tellings.grouping.scoring import Scorer
from tests.grouping import made


def by_words():
    """A scorer that goes by shared words alone: likely from a cosine of a fifth on."""
    hidden = np.zeros((12, 1), dtype=np.float32)
    hidden[0, 0] = 1
    return Scorer(hidden, np.zeros(1, np.float32), np.array([40], np.float32), -8.0)


def sorted_into(accounts, **settings):
    stories = group([unread(one) for one in accounts], capacity=64, model=by_words(), **settings)
    return {frozenset(story.accounts) for story in stories}


EVENTS = {frozenset({"fire-1", "fire-2"}), frozenset({"vote-1", "vote-2"}), frozenset({"lost-1"})}


def test_accounts_of_one_event_are_one_story():
    assert sorted_into(made.told()) == EVENTS


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_arrival_changes_nothing_here(seed):
    mixed = made.told()
    random.Random(seed).shuffle(mixed)
    assert sorted_into(mixed) == EVENTS


def test_the_same_order_gives_the_same_stories_and_changes():
    sketches = [unread(one) for one in made.told()]
    assert group(sketches, capacity=64) == group(sketches, capacity=64)


def test_a_story_says_its_days_and_why_each_account_is_in_it():
    accounts = [replace(one, published=f"2031-04-0{n + 1}") for n, one in enumerate(made.told())]
    fire = next(s for s in group([unread(one) for one in accounts], model=by_words()) if "fire-1" in s.accounts)
    assert (fire.first, fire.last) == ("2031-04-01", "2031-04-03")
    begun, joined = fire.changes
    assert (begun.kind, begun.account, joined.kind, joined.account) == ("begun", "fire-1", "joined", "fire-2")
    assert "words" in joined.why
    assert "2 days apart" in joined.why


def test_undated_accounts_are_grouped_by_the_rest():
    assert sorted_into([replace(one, published=None) for one in made.told()]) == EVENTS


def test_a_clock_a_century_off_counts_as_undated():
    accounts = made.told()
    late = [made.account(f"{made.LOST} Week {n}.", f"more-{n}") for n in range(5)]
    wrong = replace(accounts[2], published="1931-04-05")
    stories = group([unread(one) for one in [*late, *accounts[:2], wrong, *accounts[3:]]], model=by_words())
    joined = next(c for s in stories for c in s.changes if c.account == "fire-2")
    assert joined.kind == "joined"
    assert joined.why.endswith("undated")


def test_a_second_account_of_an_id_is_named_and_left_out():
    problems = []
    accounts = [*made.told(), made.account(made.VOTE, "fire-1")]
    stories = group([unread(one) for one in accounts], capacity=64, on_problem=problems.append, model=by_words())
    assert sorted(name for story in stories for name in story.accounts) == sorted(one.id for one in made.told())
    assert [problem.about for problem in problems] == ["fire-1"]


def test_accounts_of_five_words_stay_alone_where_they_share_none():
    short = [made.account(text, text[:3]) for text in ("Owl found in Aldmoor barn", "Tram works begin this spring", "")]
    assert len(sorted_into(short)) == 3


def test_many_copies_are_one_story_and_take_bounded_time():
    copies = [made.account(made.FIRE, f"copy-{n:04}") for n in range(400)]
    assert sorted_into([*copies, made.account(made.VOTE, "vote")]) == {
        frozenset(one.id for one in copies[:64]) | frozenset(one.id for one in copies[64:]),
        frozenset({"vote"}),
    }


def test_copies_of_one_text_are_one_story_though_nothing_in_them_is_rare_any_more():
    one = unread(made.account(f"{made.FIRE} {made.VOTE} {made.LOST}", "copy"))
    stream = Stream(4096)
    stream.extend([replace(one, id=f"copy-{n}") for n in range(1500)])
    assert [len(names) for names in stream.stories().values()] == [1500]


def test_two_stories_become_one_with_a_reason_when_an_account_between_them_comes():
    words = [f"word{letter}" for letter in "abcdefghijklmnopqrst"]
    apart = [made.account(" ".join(words[first : first + 10]), f"part-{first}") for first in (0, 10)]
    whole = made.account(" ".join(words), "whole")
    stream = Stream(64, model=by_words())
    changes = [stream.add(unread(one))[0] for one in [*apart, whole]]
    assert [change.kind for change in changes] == ["begun", "begun", "joined"]
    (merged,) = stream.settle(everything=True)
    assert merged.kind == "merged"
    assert {merged.story, merged.other} == {changes[0].story, changes[1].story}
    assert merged.why == "their accounts are near each other, all pairs seen"
    assert list(stream.stories().values()) == [["part-0", "part-10", "whole"]]


@pytest.mark.parametrize("block", [3, 64, 97])
def test_accounts_in_blocks_become_the_same_stories_as_one_by_one(block):
    texts = [made.FIRE, made.VOTE, made.LOST, made.FIRE_AGAIN, made.VOTE_AGAIN]
    sketches = [unread(made.account(f"{texts[n % 5]} Page {n % 7}.", f"n{n:03}")) for n in range(150)]
    alone, together = Stream(100, model=by_words()), Stream(100, model=by_words())
    one_by_one = [change for one in sketches for change in alone.add(one)]
    blocks = [change for n in range(0, 150, block) for change in together.extend(sketches[n : n + block])]
    assert one_by_one + alone.settle(everything=True) == blocks + together.settle(everything=True)
    assert alone.stories() == together.stories()


def test_a_window_forgets_the_oldest():
    stream = Stream(2, model=by_words())
    for one in made.told():
        stream.add(unread(one))
    assert sorted(name for names in stream.stories().values() for name in names) == ["lost-1", "vote-2"]
