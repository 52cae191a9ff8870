"""Parses against the treebank's own, over its words and over ours."""

from dataclasses import replace

import pytest

from tellings.evaluate import parse
from tellings.evaluate.goldwords import parsed_gold_words, word_spans
from tellings.evaluate.treebank import treebank
from tellings.records import Span, Word
from tests.evaluate import made
from tests.reading.fakes import HandMadeModel


@pytest.fixture
def hall(tmp_path):
    return next(treebank(made.write(tmp_path, "gum/dev.conllu")))


def as_found(text):
    return [Word(w.span, w.upos, w.head, w.relation) for w in text.words]


def values(scores):
    return {name: score.value for name, score in scores.items()}


def test_the_treebanks_own_parse_scores_one(hall):
    assert values(parse.on_gold_words([(hall.words, as_found(hall))])) == {"UPOS": 1.0, "UAS": 1.0, "LAS": 1.0}
    assert set(values(parse.on_raw_text([(hall.words, as_found(hall))])).values()) == {1.0}


def test_subtypes_of_relations_do_not_count_and_signs_do(hall):
    found = as_found(hall)
    found[0] = replace(found[0], relation="nsubj:pass")
    found[7] = replace(found[7], head=0)  # the full stop
    scores = parse.on_gold_words([(hall.words, found)])
    assert scores["LAS"].value == scores["UAS"].value == round(18 / 19, 4)


def test_a_wrong_relation_costs_las_alone(hall):
    found = as_found(hall)
    found[0] = replace(found[0], relation="obj", upos="NOUN")
    assert values(parse.on_gold_words([(hall.words, found)])) == {"UPOS": 0.9474, "UAS": 1.0, "LAS": 0.9474}


def test_words_cut_otherwise_are_lost_with_what_hangs_on_them(hall):
    first, ours = hall.words[:8], as_found(hall)[:8]
    # "didn't" whole: 7 words for 8, of which 6 are cut alike
    whole = Word(Span(ours[2].span.start, ours[3].span.end), "AUX", 3, "aux")
    moved = [replace(w, head=None if w.head is None else w.head - (w.head > 2)) for w in (*ours[:2], *ours[4:])]
    scores = parse.on_raw_text([(first, [*moved[:2], whole, *moved[2:]])])
    assert scores["words, raw text"].precision == round(6 / 7, 4)
    assert scores["words, raw text"].recall == 0.75
    assert scores["LAS, raw text"].recall == 0.75
    lost = [replace(w, head=2) if w.head == 3 else w for w in moved]  # hang them on what is no word of the treebank's
    assert parse.on_raw_text([(first, [*lost[:2], whole, *lost[2:]])])["LAS, raw text"].recall < 0.75


def test_words_that_share_a_span_are_aligned_in_order():
    zum, fest = Span(0, 5), Span(6, 11)
    assert parse.aligned([zum, zum, fest], [zum, zum, fest]) == {0: 0, 1: 1, 2: 2}
    assert parse.aligned([zum, fest], [zum, zum, fest]) == {0: 0, 1: 2}
    assert parse.aligned([zum, zum, fest], [zum, fest]) == {0: 0, 2: 1}


def test_given_words_are_parsed_sentence_by_sentence(hall):
    found = parsed_gold_words(hall, HandMadeModel())
    assert [w.span for w in found] == [w.span for w in hall.words]
    assert [len(s) for s in word_spans(hall)] == [8, 3, 8]
    # every word hangs on the first of its sentence
    assert [w.head for w in found[8:11]] == [None, 8, 8]


def test_the_corpora_are_measured_as_they_lie(tmp_path):
    for name in ("gum/dev.conllu", "ud_ewt/en_ewt-ud-dev.conllu"):
        made.write(tmp_path, name)
    scores = parse.measure(tmp_path, HandMadeModel()).scores
    # the hand-made model calls every word PROPN and hangs it on the first: of GUM's 23 words 5 are PROPN, and Lind and
    # Berg hang so; of EWT's 6 words the two first ones are roots, and "Fest", "?" and "." hang so
    assert scores["GUM UPOS"].value == round(5 / 23, 4)
    assert scores["GUM UAS"].value == round(2 / 23, 4)
    assert scores["EWT UAS"].value == round(5 / 6, 4)
    assert scores["GUM words, raw text"].value == 1.0
    assert scores["EWT words, raw text"].recall == round(5 / 6, 4)  # nobody can see that "Zum" is two
