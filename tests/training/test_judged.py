"""What a judge said of pairs outlives the reader that cut the statements."""

from types import SimpleNamespace

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="the pair scorer's training is not installed")

from training.claims import judged


def example(spans, pairs):
    """Two accounts' statements as (account, start, end), and candidate pairs of them."""
    readings = [SimpleNamespace(account=SimpleNamespace(id=name)) for name in "ab"]
    rows = [SimpleNamespace(reading=r, record=SimpleNamespace(span=(start, end))) for r, start, end in spans]
    a, b = np.asarray(pairs).T
    return SimpleNamespace(
        story=SimpleNamespace(name="gva/x", tellings=[SimpleNamespace(account=r.account) for r in readings]),
        table=SimpleNamespace(rows=rows, readings=readings),
        pairs=SimpleNamespace(a=a, b=b),
        kind=np.full(len(a), -1),
        within=np.asarray([spans[i][0] == spans[k][0] for i, k in pairs]),
    )


def test_scores_are_kept_and_found_again_for_statements_cut_a_little_otherwise(tmp_path):
    first = example([(0, 0, 40), (0, 41, 80), (1, 0, 50)], [(0, 2), (1, 2), (0, 1)])
    kinds = np.asarray([[1.0, 0, 0, 0, 0], [0, 1.0, 0, 0, 0]], np.float32)
    judged.save(judged.gathered([first], np.asarray([0.9, 0.1], np.float32), kinds), tmp_path / "judged.npz")
    found = judged.load(tmp_path / "judged.npz")["gva_x"]

    other = example([(1, 2, 50), (0, 0, 38), (0, 60, 80)], [(1, 0), (2, 0)])
    same, told = judged.matched(other, found)
    assert same[0] == pytest.approx(0.9, abs=0.003)
    assert told[0].tolist() == [1, 0, 0, 0, 0]
    assert np.isnan(same[1])  # half a statement stands for none


def test_scores_of_other_examples_are_refused():
    one = example([(0, 0, 40), (1, 0, 50)], [(0, 1)])
    with pytest.raises(ValueError, match="3 scores for 1 pairs"):
        judged.gathered([one], np.zeros(3, np.float32), np.zeros((3, 5), np.float32))
