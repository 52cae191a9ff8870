"""Scores worked out by hand beside what the code gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.evaluate.scores import (
    Score,
    Tally,
    accuracy,
    covered,
    dice,
    f1,
    macro,
    matched,
    score,
    share,
    tokens,
)
from tellings.records import Span


def test_precision_recall_and_f1():
    assert score(1, 2, 4) == Score(0.3333, 4, 0.5, 0.25)
    assert score(0, 0, 0) == Score(0.0, 0, 0.0, 0.0)
    assert f1(0.5, 0.25, 7) == Score(0.3333, 7, 0.5, 0.25)


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_f1_lies_between_precision_and_recall(right, more_found, more_wanted):
    made = score(right, right + more_found, right + more_wanted)
    assert min(made.precision, made.recall) - 1e-4 <= made.value <= max(made.precision, made.recall) + 1e-4


def test_a_share_has_neither_precision_nor_recall():
    assert share(3, 4) == Score(0.75, 4)
    assert share(0, 0) == Score(0.0, 0)


def test_a_tally_keeps_its_scores_apart():
    tally = Tally()
    tally.add("one", 1, 2, 4)
    tally.add("one", 1, 1, 1)
    tally.add("other", 0, 3, 2)
    assert tally.score("one") == score(2, 3, 5)
    assert tally.share("one") == share(2, 5)
    assert tally.score("other").value == 0.0


def test_macro_f1_is_the_mean_over_classes_however_rare():
    pairs = [("state", "state"), ("state", "state"), ("event", "state"), ("event", "event")]
    assert accuracy(pairs) == Score(0.75, 4)
    # state: precision 1, recall 2/3, F1 .8; event: precision 1/2, recall 1, F1 2/3
    assert macro(pairs, ["state", "event"]).value == pytest.approx((0.8 + 2 / 3) / 2, abs=1e-4)
    assert macro(pairs, ["state", "event", "forecast"]).value == pytest.approx((0.8 + 2 / 3) / 3, abs=1e-4)


def test_a_token_is_covered_where_it_begins():
    words = tokens("ab cd, ef")
    assert covered(words, [Span(1, 5)]) == {1}
    assert covered(words, [Span(0, 6)]) == {0, 1, 2}


def test_dice_and_matching_take_the_closest_pairs_once():
    assert dice({1, 2}, {2, 3}) == 0.5
    assert matched([1, 2], [2, 1], lambda a, b: float(a == b)) == [(0, 1), (1, 0)]
    assert matched([1, 1], [1], lambda a, b: float(a == b)) == [(0, 0)]
