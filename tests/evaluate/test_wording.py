"""Loaded wording: sentences and words, thresholds, and the lexicon beside."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.evaluate import wording
from tellings.evaluate.corpora import JudgedSentence, LoadedText
from tellings.evaluate.scores import macro
from tellings.evaluate.wording import CLASSES, Judged, Shares
from tellings.records import Span
from tests.evaluate import made
from tests.evaluate.fakes import Knowing, loaded

ARTICLE = LoadedText("a", "Vile people met. They left.", (Span(0, 11),))
WORDS = [Span(0, 4), Span(5, 11), Span(12, 15), Span(17, 21), Span(22, 26)]
SENTENCES = [Span(0, 16), Span(17, 27)]


def test_words_and_sentences_of_an_article():
    shares = Shares(WORDS, [0.9, 0.2, 0.1, 0.1, 0.7], SENTENCES)
    scores = wording.evaluate([], [(ARTICLE, shares)], sentence=0.5, word=0.15)
    # words: vile, people, left found; vile, people wanted
    assert (scores["PTC words"].precision, scores["PTC words"].recall) == (round(2 / 3, 4), 1.0)
    # sentences: both found, the first wanted
    assert (scores["PTC sentences"].precision, scores["PTC sentences"].recall) == (0.5, 1.0)


def test_a_sentence_is_biased_by_its_greatest_share():
    judged = [
        (JudgedSentence("1", "", "taxes", True), Shares(WORDS[:2], [0.1, 0.6], [])),
        (JudgedSentence("2", "", "taxes", False), Shares(WORDS[:2], [0.4, 0.4], [])),
        (JudgedSentence("3", "", "sport", False), Shares([], [], [])),
    ]
    assert wording.evaluate(judged, [], sentence=0.5, word=0.5)[wording.MEASURES[0]].value == 1.0
    assert wording.evaluate(judged, [], sentence=0.3, word=0.5)[wording.MEASURES[0]].value < 1.0


def test_the_threshold_of_a_topic_is_that_of_the_others():
    rows = [Judged(0.9, True, "a"), Judged(0.2, False, "a"), Judged(0.3, True, "b"), Judged(0.1, False, "b")]
    assert wording.thresholds_by_topic(rows) == [0.3, 0.3, 0.9, 0.9]


@given(
    st.lists(st.tuples(st.integers(0, 6).map(lambda n: n / 6), st.booleans()).map(lambda row: Judged(*row)), min_size=1)
)
def test_no_other_threshold_gives_a_better_macro_f1(rows):
    def value(least):
        return macro([(CLASSES[r.share < least], CLASSES[not r.loaded]) for r in rows], CLASSES).value

    best = wording.best_threshold(rows)
    assert value(best) >= max(value(row.share) for row in rows) - 1e-4


def test_without_sentences_the_threshold_is_the_constant():
    assert wording.best_threshold([]) == wording.SENTENCE


def test_the_lexicon_has_words_that_are_loaded_often_enough():
    texts = [
        LoadedText("1", "Vile VILE thing thing", (Span(0, 15),)),
        LoadedText("2", "thing thing thing odd", (Span(18, 21),)),
    ]
    # vile: 2 of 2; thing: 1 of 5; odd: 1 of 1
    assert wording.lexicon(texts) == {"vile": 1.0}


def test_the_lexicon_finds_its_words_whatever_their_case():
    shares = wording.lexicon_shares("A Vile plan", {"vile": 0.8}, [Span(0, 11)])
    assert list(shares.shares) == [0.0, 0.8, 0.0]


def test_only_words_have_shares_and_signs_none():
    shares = wording.shares_of("Vile! Plan.", Knowing(raised={"vile": [loaded()]}))
    assert [round(s) for s in shares.shares] == [1, 0]
    assert list(shares.sentences) == [Span(0, 5), Span(6, 11)]


@pytest.fixture
def folder(tmp_path):
    made.write(tmp_path, "wording/babe_sg2.jsonl")
    made.write(tmp_path, "wording/ptc_train.jsonl")
    return tmp_path


def test_reader_and_lexicon_are_measured_side_by_side(folder):
    measured = wording.measure(folder, Knowing(raised={"vile": [loaded()], "people": [loaded()]}))
    # the held-out article's loaded words: "Vile people"; the lexicon learnt "vile" from the other
    assert measured.scores["PTC words"].value == 1.0
    assert measured.scores["lexicon: PTC words"].recall == 0.5
    assert measured.scores["BABE sentences, macro F1"].value == 1.0
    assert measured.scores["BABE sentences, macro F1"].count == 2
    assert measured.wanted["PTC words"] == pytest.approx(measured.scores["lexicon: PTC words"].value + 0.1)
    assert {name for name, s in measured.scores.items() if not s.pinned} == {f"lexicon: {n}" for n in wording.MEASURES}


def test_babe_measures_and_never_trains():
    """Its licence forbids it for shipped weights: no module of the training asks for it."""
    training = Path(__file__).parents[2] / "training"
    assert [p.name for p in sorted(training.rglob("*.py")) if "babe" in p.read_text(encoding="utf-8").lower()] == []
