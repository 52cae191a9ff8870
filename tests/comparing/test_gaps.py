"""What most accounts tell and one does not: told, not told, cannot tell."""

from __future__ import annotations

import numpy as np
import pytest

from tellings.comparing.candidates import candidates
from tellings.comparing.claims import Thresholds, claims
from tellings.comparing.gaps import NEAR, OTHER_WORDS, gaps
from tellings.comparing.scorer import Scores, score_pairs
from tellings.comparing.table import Table, build, in_order
from tests.comparing.accounts import reading

BRIDGE = "The footbridge at Marrow Ford collapsed on Monday night."


@pytest.mark.parametrize(("nearest", "value"), [(NEAR - 0.01, "not told"), (NEAR + 0.01, "cannot tell")])
def test_what_comes_near_a_claim_may_tell_it(nearest: float, value: str):
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
    found = gaps(table, made, pairs, scores)
    (gap,) = [gap for gap in found if gap.account == "c" and gap.claim == made[0].claim.id]
    assert gap.value == value
    assert (gap.why == OTHER_WORDS) is (value == "cannot tell")


def _score(table: Table, a: int, b: int, nearest: float) -> float:
    """The two bridges are one, and the third account comes as near to them as asked."""
    if table.text(a) == table.text(b):
        return 0.95
    return nearest if table.rows[b].reading == 2 else 0.0
