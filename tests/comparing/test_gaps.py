"""What most accounts tell and one does not: told, not told, cannot tell."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tellings.comparing.candidates import candidates
from tellings.comparing.claims import Thresholds, claims
from tellings.comparing.gaps import LOOSE, NEAR, OTHER_WORDS, SURE, gaps
from tellings.comparing.scorer import Scores, score_pairs
from tellings.comparing.table import Table, build, in_order
from tellings.records import Gap
from tests.comparing.accounts import reading

BRIDGE = "The footbridge at Marrow Ford collapsed on Monday night."


@pytest.mark.parametrize(("nearest", "value"), [(NEAR - 0.01, "not told"), (NEAR + 0.01, "cannot tell")])
def test_what_comes_near_a_claim_may_tell_it(nearest: float, value: str):
    gap = _gap_of_c(nearest, alike=0.9)
    assert gap.value == value
    assert (gap.why == OTHER_WORDS) is (value == "cannot tell")


@pytest.mark.parametrize(("alike", "value"), [(SURE, "not told"), (SURE - 0.01, "cannot tell")])
def test_a_claim_whose_tellings_hardly_agree_is_missed_by_nobody(alike: float, value: str):
    gap = _gap_of_c(0.1, alike=alike)
    assert gap.value == value
    assert (gap.why == LOOSE) is (value == "cannot tell")


def _gap_of_c(nearest: float, *, alike: float) -> Gap:
    """The gap of an account that comes so near to what two others tell, whose relation has such a score."""
    texts = {
        "a": f"{BRIDGE} Rain had fallen on the hills for a week before, a farmer wrote in his diary of that spring.",
        "b": f"{BRIDGE} A market was held on the green as usual, with cheese, geese and a brass band from the town.",
        "c": "The footbridge at Marrow Ford, collapsed or not, is old.",
    }
    table = build(in_order([reading(name, text) for name, text in texts.items()]))
    pairs = candidates(table)
    scores = score_pairs(table, pairs)
    same = np.array([_score(table, int(a), int(b), nearest) for a, b in zip(pairs.a, pairs.b, strict=True)])
    scores = Scores(same, scores.kinds)
    made = [one for one in claims(table, pairs, scores, Thresholds(0.35, 0.32, 0.4)) if len(one.rows) == 2]
    made = [one for one in made if {table.rows[row].reading for row in one.rows} == {0, 1}]
    assert made
    claim = made[0].claim
    relations = tuple(replace(one, kind="agree", score=alike) for one in claim.relations)
    made = [replace(made[0], claim=replace(claim, relations=relations))]
    found = gaps(table, made, pairs, scores)
    (gap,) = [gap for gap in found if gap.account == "c" and gap.claim == claim.id]
    return gap


def _score(table: Table, a: int, b: int, nearest: float) -> float:
    """The two bridges are one, and the third account comes as near to them as asked."""
    if table.text(a) == table.text(b):
        return 0.95
    return nearest if table.rows[b].reading == 2 else 0.0
