"""Sentence beginnings inside paragraphs."""

import pytest

from tellings.evaluate import sentences
from tellings.evaluate.treebank import treebank
from tellings.records import Span
from tests.evaluate import made
from tests.reading.fakes import HandMadeModel


@pytest.fixture
def hall(tmp_path):
    return next(treebank(made.write(tmp_path, "gum/dev.conllu")))


def score(text, *found):
    return sentences.evaluate([(("all",), text, [made.span(text.text, words) for words in found])])["all"]


def test_a_paragraphs_first_sentence_does_not_count(hall):
    same = score(hall, "Ana Lind didn't see the fire.", "She slept.", "The mayor of Harbour praised her brother.")
    assert (same.value, same.count) == (1.0, 1)
    joined = score(hall, "Ana Lind didn't see the fire. She slept.", "The mayor of Harbour praised her brother.")
    assert (joined.recall, joined.value) == (0.0, 0.0)


def test_a_sentence_too_many_costs_precision(hall):
    cut = score(hall, "Ana Lind", "didn't see the fire.", "She slept.", "The mayor of Harbour praised her brother.")
    assert (cut.precision, cut.recall) == (0.5, 1.0)


def test_a_text_counts_in_every_name_it_has(hall):
    scores = sentences.evaluate([(("a", "b"), hall, hall.sentences), (("b",), hall, [Span(0, 9)])])
    assert (scores["a"].recall, scores["b"].recall) == (1.0, 0.5)


def test_news_are_told_apart_from_the_rest(tmp_path):
    for name in ("gum/dev.conllu", "gum/train.conllu.gz", "ud_ewt/en_ewt-ud-dev.conllu"):
        made.write(tmp_path, name)
    scores = sentences.measure(tmp_path, HandMadeModel()).scores
    assert {name: s.count for name, s in scores.items()} == {
        "GUM news": 1, "GUM": 1, "EWT": 0, sentences.TRAINED: 1,
    }  # fmt: skip
    assert scores["GUM news"].value == 1.0
