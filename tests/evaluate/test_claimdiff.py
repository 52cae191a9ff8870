"""Claims that strengthen or weaken others: folds by topic, what is seen of two claims, and the figures."""

import numpy as np
import pytest

from tellings.evaluate import claimdiff
from tellings.evaluate.corpora import ClaimPair
from tellings.evaluate.corpora import claimdiff as load
from tests.comparing.accounts import reading
from tests.evaluate import made
from tests.evaluate.fakes import Knowing, by_cosine


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


def told(*texts):
    """Pairs of texts as pairs of claims of one topic, and the readings of the texts."""
    pairs = [ClaimPair(str(n), "t", a, b, "neither") for n, (a, b) in enumerate(texts)]
    every = sorted({text for both in texts for text in both})
    return pairs, {text: reading(f"{n:02}", text) for n, text in enumerate(every)}


def lengths(table, pairs):
    """The lengths of both statements of each pair."""
    return np.stack([table.column("length")[pairs.a], table.column("length")[pairs.b]], axis=1).astype(np.float64)


def test_numbers_are_the_greatest_and_the_mean_over_pairs_of_statements():
    pairs, read = told(
        ("The hall burned. The hall roof fell.", "The hall slept, I say."),
        ("Burned.", "Slept."),
        ("The hall burned.", "The hall burned. The hall fell down."),
    )
    found = claimdiff.numbers(pairs, read, lengths)
    assert found[:, :4].tolist() == [[4, 5, 3.5, 5], [0, 0, 0, 0], [3, 4, 3, 3.5]]
    assert np.isfinite(found).all()


def test_the_numbers_of_a_pair_do_not_rest_on_the_order_of_pairs():
    pairs, read = told(("The hall burned.", "A hall burned."), ("Lind slept well.", "The hall burned."))
    found = claimdiff.numbers(pairs, read, lengths)
    assert claimdiff.numbers(pairs[::-1], read, lengths)[::-1].tolist() == found.tolist()


def test_features_are_those_of_the_two_claims_alone():
    from tellings.comparing.features import features

    def see(table, pairs):
        return features(table, pairs.a, pairs.b, pairs.similar)[1].astype(np.float64)

    pairs, read = told(("The hall burned.", "A hall burned down."), ("A hall burned down.", "Lind saw the hall."))
    together = claimdiff.numbers(pairs, read, see)
    for n, pair in enumerate(pairs):
        assert claimdiff.numbers([pair], read, see)[0] == pytest.approx(together[n])


def test_what_is_seen_of_a_pair_has_the_kinds_of_the_pair_model_last(monkeypatch):
    class Pair:
        def logits(self, _table, a, _b, odds):
            assert odds.shape == a.shape
            return np.full((len(a), 1 + len(claimdiff.KINDS)), 7.0, dtype=np.float32)

    monkeypatch.setattr(claimdiff, "pair_model", Pair)
    monkeypatch.setattr(claimdiff, "score_pairs", by_cosine)
    columns = []

    def see(table, pairs):
        columns.append(claimdiff.seen(table, pairs))
        return columns[-1]

    claimdiff.numbers(*told(("The hall burned.", "A hall burned.")), see)
    claimdiff.numbers(*told(("Burned.", "Slept.")), see)
    assert columns[0].shape[1] == columns[1].shape[1]
    # the logit, and the logarithm of a fifth for each of five kinds
    assert columns[0][0, -6:] == pytest.approx([7.0, *[np.log(0.2)] * 5])


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
