"""Pronouns on GAP's form and chains of people on GUM's."""

from dataclasses import replace

import pytest

from tellings.evaluate import coreference
from tellings.evaluate.corpora import gap
from tellings.evaluate.readings import encoded
from tellings.evaluate.treebank import treebank
from tests.evaluate import made
from tests.evaluate.fakes import Nearest


@pytest.fixture
def snippets(tmp_path):
    return list(gap(made.write(tmp_path, "coref/gap_validation.jsonl")))


@pytest.fixture
def hall(tmp_path):
    return next(treebank(made.write(tmp_path, "gum/dev.conllu")))


def test_the_pronoun_stands_for_the_name_that_the_head_likes_best(snippets):
    for text in snippets:
        assert coreference.answer(encoded(text.text, Nearest(least=-2.0)), text) == (False, True)


def test_it_stands_for_nobody_if_the_head_likes_that_better(snippets):
    for text in snippets:
        assert coreference.answer(encoded(text.text, Nearest(least=3.0)), text) == (False, False)


def test_both_answers_count_and_genders_are_told_apart(snippets):
    she, him = snippets
    scores = coreference.on_pronouns([(she, (True, False)), (him, (False, True))])
    assert (scores["GAP feminine"].value, scores["GAP masculine"].value) == (1.0, 0.0)
    assert (scores["GAP"].precision, scores["GAP"].recall, scores["GAP"].count) == (0.5, 0.5, 2)
    assert scores["GAP bias (feminine / masculine)"].value == 0.0


def test_bias_is_a_ratio_and_has_no_floor(snippets):
    she, him = snippets
    # she: 1 right of 2 found; him: 1 right of 1
    bias = coreference.on_pronouns([(she, (True, True)), (him, (True, False))])["GAP bias (feminine / masculine)"]
    assert bias.value == pytest.approx(2 / 3, abs=1e-3)
    assert not bias.pinned


def score(hall, *mentions):
    return coreference.on_people([(hall, made.reading(made.HALL, mentions=mentions))])


LIND = ("Ana Lind", "name", "PER", 0, 0)
SHE = ("She", "pronoun", "PER", 0, 0)
HER = ("her", "pronoun", "PER", 0, 0)


def test_the_annotated_chain_scores_one(hall):
    scores = score(hall, LIND, SHE, HER)
    assert (scores["CoNLL"].value, scores["CoNLL"].count) == (1.0, 3)


def test_singletons_and_what_is_no_person_do_not_count(hall):
    alone = ("The mayor", "nominal", "PER", 1, 0)
    place = [("Harbour", "name", "LOC", 2, 0), ("the fire", "nominal", "LOC", 2, 0)]
    assert score(hall, LIND, SHE, HER, alone, *place) == score(hall, LIND, SHE, HER)


def test_chains_of_things_are_not_wanted(hall):
    things = replace(hall, mentions=tuple(replace(m, type="object") for m in hall.mentions))
    assert score(things, LIND, SHE, HER)["CoNLL"].count == 0


def test_a_name_must_hold_the_head_and_a_phrase_end_with_it(hall):
    assert score(hall, ("Ana", "name", "PER", 0, 0), SHE, HER)["CoNLL"].value == 1.0
    assert score(hall, ("Lind", "name", "PER", 0, 0), SHE, HER)["MUC"].precision == 0.5
    # GUM's head of a name is its first word, so a phrase that ends with "Lind" has another head
    assert score(hall, ("Ana Lind", "nominal", "PER", 0, 0), SHE, HER)["MUC"].precision == 0.5


def test_a_chain_that_takes_in_another_person_costs_precision(hall):
    brother = ("her brother", "nominal", "PER", 0, 0)
    scores = score(hall, LIND, SHE, brother, HER)
    assert (scores["MUC"].recall, scores["MUC"].precision) == (1.0, round(2 / 3, 4))


def test_a_mention_found_twice_is_found_once(hall):
    twice = score(hall, LIND, ("Ana", "name", "PER", 0, 0), SHE, HER)
    assert twice["B-cubed"].recall == 1.0
    assert twice["B-cubed"].precision < 1.0


def test_the_corpora_are_measured_as_they_lie(tmp_path):
    for name in ("coref/gap_validation.jsonl", "gum/dev.conllu"):
        made.write(tmp_path, name)
    measured = coreference.measure(tmp_path, Nearest(names={"Ana Lind": "PER"}))
    assert (measured.scores["GAP"].value, measured.scores["GAP"].count) == (0.0, 2)
    assert measured.scores["GUM people: CoNLL"].count == 3
