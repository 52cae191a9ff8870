"""Claims that strengthen or weaken others: folds by topic, what is seen of two claims, and the figures."""

import numpy as np
import pytest

from tellings.evaluate import claimdiff
from tellings.evaluate.corpora import ClaimPair
from tellings.evaluate.corpora import claimdiff as load
from tests.comparing.accounts import reading
from tests.evaluate import made
from tests.evaluate.fakes import Knowing


def pair(topic, stance):
    return ClaimPair("", topic, "", "", stance)


def test_no_topic_is_in_two_folds_and_folds_are_alike_in_size():
    topics = [f"topic {n % 13}" for n in range(130)]
    found = claimdiff.folds(topics)
    assert len({(topic, fold) for topic, fold in zip(topics, found, strict=True)}) == 13
    assert np.bincount(found).tolist() == [30, 30, 30, 20, 20]


def test_folds_do_not_rest_on_the_order_of_pairs():
    topics = [f"topic {n % 7}" for n in range(40)]
    places = dict(zip(topics, claimdiff.folds(topics), strict=True))
    assert dict(zip(topics[::-1], claimdiff.folds(topics[::-1]), strict=True)) == places


def test_a_stance_that_the_numbers_tell_is_found():
    pairs = [pair(f"t{n % 10}", claimdiff.STANCES[n % 3]) for n in range(90)]
    values = np.array([[n % 3 == 0, n % 3 == 1, 1.0] for n in range(90)], dtype=float)
    scores = claimdiff.evaluate(pairs, values)
    assert scores["stance"].value == scores["stance, macro F1"].value == 1.0
    assert scores["strengthens"].value == scores["weakens"].value == 1.0


def test_the_majority_is_told_beside_and_not_pinned():
    pairs = [pair(f"t{n % 10}", "weakens" if n % 4 == 0 else "strengthens") for n in range(40)]
    scores = claimdiff.evaluate(pairs, np.zeros((40, 2)))
    assert [scores[f"majority: {name}"].value for name in ("stance", "strengthens", "weakens")] == [0.75] * 3
    assert scores["stance"].value == 0.75  # numbers that tell nothing leave the commonest answer
    assert {name for name, score in scores.items() if not score.pinned} == {n for n in scores if "majority" in n}


def test_numbers_are_as_many_however_many_statements_there_are():
    def see(table, pairs):
        return np.stack([table.column("length")[pairs.a], table.column("length")[pairs.b]], axis=1)

    short = claimdiff.numbers(reading("a", "The hall burned."), reading("b", "Lind slept well."), see)
    long = claimdiff.numbers(reading("a", "The hall burned. It fell."), reading("b", "Lind slept, I say."), see)
    none = claimdiff.numbers(reading("a", "Burned."), reading("b", "Slept."), see)
    assert short.shape == long.shape == none.shape
    # greatest, then mean lengths of the statements of a and b
    assert long[:4].tolist() == [3.0, 4.0, 2.5, 4.0]
    assert none[:4].tolist() == [0.0] * 4
    assert np.isfinite(np.stack([short, long, none])).all()


def test_what_is_seen_of_a_pair_has_the_pair_models_logits_last(monkeypatch):
    class Trained:
        names = ("cosine", "centred")

    class Pair:
        def logits(self, _table, a, _b, values):
            assert values.shape == (len(a), 2)
            return np.full((len(a), 1 + len(claimdiff.KINDS)), 7.0, dtype=np.float32)

    monkeypatch.setattr(claimdiff, "scorer", Trained)
    monkeypatch.setattr(claimdiff, "pair_model", Pair)
    monkeypatch.setattr(claimdiff, "score_pairs", scores)
    found = claimdiff.numbers(reading("a", "The hall burned."), reading("b", "A hall burned."), claimdiff.seen)
    none = claimdiff.numbers(reading("a", "Burned."), reading("b", "Slept."), claimdiff.seen)
    assert found.shape == none.shape
    assert (found == 7.0).sum() == 2 * (1 + len(claimdiff.KINDS))


def scores(_table, pairs):
    """Scores that say nothing."""
    from tellings.comparing.scorer import Scores

    size = len(pairs.a)
    return Scores(np.full(size, 0.5, np.float32), np.full((size, len(claimdiff.KINDS)), 0.2, np.float32))


@pytest.fixture
def folder(tmp_path):
    for name in claimdiff.FILES:
        made.write(tmp_path, name)
    return tmp_path


def test_the_two_files_tell_three_stances(folder):
    found = list(load(*(folder / name for name in claimdiff.FILES)))
    assert [one.stance for one in found] == ["strengthens", "weakens", "neither", "strengthens", "strengthens"]


def test_the_corpus_is_measured_and_wants_more_than_the_majority(folder, monkeypatch):
    monkeypatch.setattr(claimdiff, "seen", lambda _table, pairs: pairs.similar.cosine[:, None])
    measured = claimdiff.measure(folder, Knowing())
    assert measured.scores["majority: stance"].value == 0.6
    assert measured.scores["stance"].count == 5
    assert measured.wanted == {"stance": 0.7}
