"""Coreference scores: examples from the literature and by hand, and what holds for all chains."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.evaluate.chains import b_cubed, best_pairs, ceaf_e, conll, extended_b_cubed, muc, shared_rightly


def chains(*words):
    return [frozenset(word) for word in words]


# Pradhan et al. 2014, "Scoring Coreference Partitions of Predicted Mentions", section 4
WANTED, FOUND = chains("abc", "defg"), chains("ab", "cd", "fghi")


def test_the_reference_scorers_example():
    scores = conll([(WANTED, FOUND)])
    told = {name: (s.recall, s.precision, s.value) for name, s in scores.items()}
    assert told["MUC"] == (0.4, 0.4, 0.4)
    assert told["B-cubed"] == (0.4167, 0.5, 0.4545)
    assert told["CEAF-e"] == (0.65, 0.4333, 0.52)
    assert scores["CoNLL"].value == pytest.approx((0.4 + 0.4545 + 0.52) / 3, abs=1e-4)
    assert scores["CoNLL"].count == 7


def test_the_same_by_hand():
    assert muc(WANTED, FOUND) == (1 + 1, 2 + 3)  # {ab}{c}, {d}{e}{fg}
    assert b_cubed(WANTED, FOUND) == (pytest.approx(4 / 3 + 1 / 3 + 1 / 4 + 4 / 4), 7)
    assert ceaf_e(WANTED, FOUND) == (pytest.approx(4 / 5 + 4 / 8), 2)


def test_counts_are_summed_over_documents_before_they_are_divided():
    perfect, missed = (chains("ab"), chains("ab")), (chains("cdef"), [])
    scores = conll([perfect, missed])
    assert (scores["MUC"].recall, scores["MUC"].precision) == (0.25, 1.0)
    assert scores["B-cubed"].recall == round(2 / 6, 4)


def test_one_chain_for_all_is_found_out():
    """MUC hardly minds, the others do."""
    scores = conll([(chains("ab", "cd", "ef"), chains("abcdef"))])
    assert (scores["MUC"].recall, scores["MUC"].precision) == (1.0, 0.6)
    assert (scores["B-cubed"].recall, scores["B-cubed"].precision) == (1.0, 0.3333)
    assert scores["CEAF-e"].precision == 0.5  # of one chain: Dice 2*2/8
    assert scores["CEAF-e"].recall == 0.1667


def test_nothing_found_or_wanted_is_no_error():
    assert conll([(chains("ab"), [])])["CoNLL"].value == 0.0
    assert conll([([], [])])["CoNLL"].count == 0


PARTITIONS = st.lists(st.integers(0, 4), min_size=2, max_size=12).map(
    lambda homes: [
        chain for home in sorted(set(homes)) if len(chain := frozenset(i for i, h in enumerate(homes) if h == home)) > 1
    ]
)


@given(PARTITIONS, PARTITIONS)
def test_scores_lie_between_none_and_one_and_turn_about(one, other):
    here, there = conll([(one, other)]), conll([(other, one)])
    for name in ("MUC", "B-cubed", "CEAF-e"):
        assert 0.0 <= here[name].value <= 1.0
        assert (here[name].precision, here[name].recall) == (there[name].recall, there[name].precision)
    if one:
        assert conll([(one, one)])["CoNLL"].value == 1.0


@given(st.integers(1, 5), st.integers(1, 5), st.data())
def test_the_best_pairs_are_the_best_of_all(rows, columns, data):
    cell = st.integers(0, 20).map(lambda n: n / 20)
    values = data.draw(st.lists(st.lists(cell, min_size=columns, max_size=columns), min_size=rows, max_size=rows))
    found = best_pairs(values)
    assert len(found) == min(rows, columns) == len({i for i, _ in found}) == len({k for _, k in found})
    tall = values if rows <= columns else [list(c) for c in zip(*values, strict=True)]
    best = max(sum(tall[i][k] for i, k in enumerate(order)) for order in permutations(range(len(tall[0])), len(tall)))
    assert sum(values[i][k] for i, k in found) == pytest.approx(best)


def test_pairs_where_the_greedy_ones_are_not_the_best():
    assert best_pairs([[0.9, 0.8], [0.8, 0.1]]) == [(0, 1), (1, 0)]
    assert best_pairs([]) == []
    assert best_pairs([[], []]) == []


def test_overlapping_groups_are_alike_where_they_are_equal_and_less_where_one_is_split():
    overlapping = chains("abc", "cd")
    assert extended_b_cubed([(overlapping, overlapping)]).value == 1.0
    score = extended_b_cubed([(chains("abc"), chains("ab"))])
    # a: with itself and b of a, b, c; c has nothing
    assert (score.precision, score.recall, score.count) == (1.0, round((2 / 3 + 2 / 3 + 0) / 3, 4), 3)
    assert extended_b_cubed([]).value == 0.0


def test_two_items_that_share_more_groups_than_elsewhere_count_in_part():
    # Amigo et al. 2009, section 5: the multiplicity of a pair is the lesser number of groups that both share
    twice, once = chains("ab", "abc"), chains("abc")
    assert shared_rightly(twice, once) == pytest.approx([(0.5 + 0.5 + 1) / 3, (0.5 + 0.5 + 1) / 3, 1.0])
    assert set(shared_rightly(once, twice)) == {1.0}
