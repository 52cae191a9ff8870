"""Roles and kinds of sentences on NewsDiscourse's form."""

import numpy as np

from tellings.evaluate import kinds
from tellings.reading import labels
from tests.evaluate import made
from tests.evaluate.fakes import Knowing, kind, role


def scored(**columns):
    scores = np.zeros(labels.SCORES, dtype=np.float32)
    for name, value in columns.items():
        column = role(name) if name in labels.ROLES else kind(name)
        scores[column] = value
    return scores


def values(*sentences):
    return {name: score.value for name, score in kinds.evaluate(sentences).items()}


def test_every_role_but_na_maps_to_a_kind():
    assert set(kinds.KIND_OF) == set(labels.ROLES) - {"NA"}
    assert set(kinds.KIND_OF.values()) == set(kinds.MAPPED) <= set(labels.KINDS)


def test_roles_are_the_best_scored_and_the_mean_is_over_all_nine():
    made_scores = values(("Main", scored(Main=1)), ("NA", scored(NA=1)), ("Main", scored(Cause_General=1)))
    assert made_scores["roles, accuracy"] == 0.6667
    assert made_scores["roles, macro F1"] == round((2 / 3 + 1) / 9, 4)


def test_kinds_leave_na_out_and_are_chosen_among_the_mapped():
    made_scores = values(
        ("Main", scored(event=1, demand=5)),
        ("Distant_Evaluation", scored(evaluation=2)),
        ("Cause_General", scored(event=1)),
        ("NA", scored(state=1)),
    )
    assert made_scores["kinds, accuracy"] == 0.6667
    assert made_scores["kinds, macro F1"] == round((2 / 3 + 1 + 0 + 0) / 4, 4)


def test_kinds_by_role_sum_the_shares_of_the_roles():
    """Two event roles together outweigh the one best role."""
    sentence = scored(Cause_General=1.2, Main=1.0, Cause_Specific=1.0)
    assert values(("Main", sentence))["kinds by role, accuracy"] == 1.0
    assert values(("Main", sentence))["roles, accuracy"] == 0.0


def test_an_article_is_scored_by_the_mean_of_each_sentences_pieces(tmp_path):
    made.write(tmp_path, "newsdiscourse/validation.jsonl")
    model = Knowing(
        raised={
            "burned": [role("Main"), kind("event")],
            "disgrace": [role("Distant_Evaluation"), kind("evaluation")],
        }
    )
    measured = kinds.measure(tmp_path, model)
    assert measured.scores["roles, accuracy"].value == measured.scores["kinds, accuracy"].value == 1.0
    assert measured.scores["roles, accuracy"].count == 2
    assert measured.wanted == {}
