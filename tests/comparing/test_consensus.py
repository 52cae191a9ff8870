"""What other pairs say of a pair, on three accounts of two statements each."""

import numpy as np
import pytest

from tellings.comparing.consensus import NAMES, consensus
from tellings.comparing.table import Table, build, in_order
from tests.comparing.accounts import reading

# rows: 0, 1 of a; 2, 3 of b; 4, 5 of c
TEXTS = {
    "a": "The bridge closed on Monday. The mayor praised the crew.",
    "b": "Crews shut the old bridge. Its mayor spoke well of them.",
    "c": "Nobody may cross any more. Praise came from the town hall.",
}


def table() -> Table:
    return build(in_order([reading(letter, text) for letter, text in TEXTS.items()]))


def said(pairs: dict[tuple[int, int], float], of: tuple[int, int], where: Table | None = None) -> dict[str, float]:
    """The numbers of one pair, given the probabilities of all scored pairs."""
    ends = (np.array([a for a, _ in pairs]), np.array([b for _, b in pairs]))
    same = np.array(list(pairs.values()), dtype=np.float32)
    values = consensus(where or table(), ends, same, np.array([list(pairs).index(of)]))
    return dict(zip(NAMES, values[0].tolist(), strict=True))


def test_a_third_statement_that_matches_both_speaks_for_a_pair():
    found = said({(0, 2): 0.4, (0, 4): 0.8, (2, 4): 0.7}, (0, 2))
    assert found["third"] == pytest.approx(0.7)
    assert found["third count"] == 1
    assert found["third against"] == pytest.approx(0.1)


def test_a_third_statement_that_matches_only_one_speaks_against_it():
    found = said({(0, 2): 0.4, (0, 4): 0.9}, (0, 2))
    assert found["third"] == 0
    assert found["third against"] == pytest.approx(0.9)


def test_a_statement_of_the_two_accounts_themselves_is_told_apart():
    found = said({(0, 2): 0.4, (0, 1): 0.6, (1, 2): 0.5}, (0, 2))
    assert found["own"] == pytest.approx(0.5)
    assert found["third"] == 0


def test_rivals_are_the_other_partners_in_the_same_account():
    found = said({(0, 2): 0.4, (0, 3): 0.7}, (0, 2))
    assert (found["rival low"], found["rival high"]) == (0, pytest.approx(0.7))
    assert said({(0, 2): 0.8, (0, 3): 0.7}, (0, 2))["rivals high"] == pytest.approx(0.7)


def test_neighbours_that_match_as_well_are_seen():
    found = said({(0, 2): 0.5, (1, 3): 0.6, (1, 2): 0.3}, (0, 2))
    assert found["next"] == pytest.approx(0.6)
    assert found["beside"] == pytest.approx(0.3)


def test_pairs_that_are_unlikely_change_nothing():
    likely = {(0, 2): 0.5, (0, 3): 0.6}
    assert said(likely, (0, 2)) == said(likely | {(0, 4): 0.19, (2, 4): 0.19, (2, 5): 0.1}, (0, 2))


def test_without_pairs_there_is_nothing_to_say():
    nothing = np.zeros(0, dtype=np.int64)
    values = consensus(table(), (nothing, nothing), nothing.astype(np.float32), nothing)
    assert values.shape == (0, len(NAMES))
