from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from tellings.comparing.clusters import groups

PAIRS = st.dictionaries(
    st.tuples(st.integers(0, 7), st.integers(8, 15)), st.integers(0, 100).map(lambda n: n / 100), max_size=40
)


def test_what_scores_high_is_one_group():
    assert groups({(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.7}, join=0.5, apart=0.2, again=0.5) == [(0, 1, 2)]


def test_a_chain_is_not_joined_through_its_middle():
    found = groups({(0, 1): 0.9, (1, 2): 0.6, (0, 2): 0.1}, join=0.5, apart=0.2, again=0.95)
    assert found == [(0, 1)]


def test_the_middle_of_a_chain_may_tell_two_things():
    found = groups({(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.1}, join=0.5, apart=0.2, again=0.7)
    assert found == [(0, 1), (1, 2)]


def test_a_missing_pair_is_held_apart():
    assert groups({(0, 1): 0.9, (1, 2): 0.6}, join=0.5, apart=0.2, again=0.95) == [(0, 1)]


def test_weak_pairs_make_no_group():
    assert groups({(0, 1): 0.4}, join=0.5, apart=0.2, again=0.5) == []


def test_items_far_from_the_others_change_nothing():
    near = {(0, 1): 0.9, (1, 2): 0.6, (0, 2): 0.6, (2, 3): 0.7}
    more = {**near, (8, 9): 0.9, (9, 10): 0.8, (1, 9): 0.05}
    alone = groups(near, join=0.5, apart=0.2, again=0.6)
    assert [group for group in groups(more, join=0.5, apart=0.2, again=0.6) if group[0] < 8] == alone


@given(PAIRS)
def test_no_group_holds_a_pair_held_apart(scores: dict[tuple[int, int], float]):
    for group in groups(scores, join=0.5, apart=0.3, again=0.6):
        assert all(scores.get(pair, 0.0) >= 0.3 for pair in combinations(group, 2))


@given(PAIRS)
def test_every_strong_pair_stands_in_some_group(scores: dict[tuple[int, int], float]):
    found = groups(scores, join=0.5, apart=0.3, again=0.5)
    together = {pair for group in found for pair in combinations(group, 2)}
    assert {pair for pair, score in scores.items() if score >= 0.5} <= together


@given(PAIRS, st.randoms())
def test_the_order_of_the_scores_does_not_matter(scores: dict[tuple[int, int], float], random):
    shuffled = list(scores.items())
    random.shuffle(shuffled)
    assert groups(dict(shuffled), 0.5, 0.3, 0.6) == groups(scores, 0.5, 0.3, 0.6)
