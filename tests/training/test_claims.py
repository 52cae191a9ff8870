"""The measures of the claims, on labels made by hand."""

import numpy as np
import pytest
from training.claims.evaluate import _cubed, best_f1, measure
from training.claims.examples import across, gold_pairs
from training.stories import GoldClaim, GoldStory, Telling

from tests.comparing.accounts import account

A1, A2, B1, B2 = ("A", 1), ("A", 2), ("B", 1), ("B", 2)


def story(*claims: GoldClaim) -> GoldStory:
    tellings = tuple(Telling(letter, account(letter, "It rained."), ()) for letter in "AB")
    return GoldStory("invented/s01", tellings, claims, (), ())


def test_precision_recall_and_f1():
    found = measure(predicted=4, correct=2, gold=8)
    assert (found.precision, found.recall, found.f1, found.count) == (0.5, 0.25, 0.3333, 8)
    assert measure(0, 0, 0).f1 == 0.0


def test_a_pair_of_several_claims_has_its_strongest_relation():
    found = gold_pairs(story(GoldClaim((A1, B1), "agree", ""), GoldClaim((A1, B1, B2), "conflict", "")))
    assert found[frozenset((A1, B1))] == "conflict"
    assert across(found) == {frozenset((A1, B1)), frozenset((A1, B2))}


def test_the_best_threshold_counts_gold_pairs_that_were_no_candidates():
    found = {frozenset((A1, B1)): 0.9, frozenset((A2, B2)): 0.4, frozenset((A1, B2)): 0.2}
    gold = {frozenset((A1, B1)), frozenset((A2, B2)), frozenset((A2, B1))}
    threshold, f1 = best_f1([(found, gold)])
    assert threshold == 0.4
    assert f1 == pytest.approx(0.8)


def test_b_cubed_is_one_for_equal_groups_and_less_for_split_ones():
    whole = [frozenset((A1, B1, B2))]
    assert set(_cubed(whole, whole)) == {1.0}
    assert np.mean(_cubed(whole, [frozenset((A1, B1))])) < 1.0
    assert set(_cubed([frozenset((A1, B1))], whole)) == {1.0}
