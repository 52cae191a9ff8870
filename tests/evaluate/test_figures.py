"""Scores of figures, of pairs of figures and of tolls."""

import json

import pytest

from tellings.comparing.tolls import Toll
from tellings.errors import CorpusError
from tellings.evaluate import figure_pairs, figures, polls, tolls
from tellings.evaluate.figures import Labelled, labels
from tellings.evaluate.tolls import Incident, Stated
from tellings.records import Figure, Span
from tests.evaluate import gold


def figure(start, value, unit="boat", bound="exactly"):
    return Figure(Span(start, start + 2), value, value, unit, bound)


def values(gold, ours):
    text = Labelled("a", "", Span(0, 50), tuple(gold))
    return {name: score.value for name, score in figures.evaluate([(text, ours)]).items()}


def test_a_figure_is_right_by_value_unit_and_bound():
    assert set(values([figure(3, 12)], [figure(3, 12)]).values()) == {1.0}
    made = values([figure(3, 12)], [figure(3, 12, unit="ship")])
    assert (made["value"], made["value and unit"], made["found"]) == (1.0, 0.0, 1.0)


def test_figures_outside_the_sentence_do_not_count():
    assert values([figure(3, 12)], [figure(3, 12), figure(60, 5)])["value, unit and bound"] == 1.0


def test_a_figure_elsewhere_is_not_found():
    assert values([figure(3, 12)], [figure(9, 12)])["found"] == 0.0


def test_shares_are_right_to_three_places():
    assert values([figure(3, 0.3333, "share")], [figure(3, 1 / 3, "share")])["value"] == 1.0


def test_labels_that_are_not_there_are_told():
    with pytest.raises(CorpusError, match="is missing"):
        labels("none.jsonl")


def test_verdicts_are_scored_apart_and_together():
    made = figure_pairs.evaluate([
        ("conflicting", "conflicting"), ("compatible", "conflicting"), ("update", "update"),
        ("different quantity", "compatible"),
    ])  # fmt: skip
    assert made["conflicting, of one quantity"].recall == 0.5
    assert made["conflicting, of one quantity"].count == 2
    assert made["verdicts, accuracy"].value == 0.5


def test_a_toll_counts_where_it_is_told():
    told = Span(0, 3)
    made = tolls.evaluate([
        (Incident("a", "", 1, 2), Toll(1, 3, told, told)),
        (Incident("b", "", 0, 2), Toll(0, 2, None, told)),
        (Incident("c", "", 1, 0), Toll(None, None)),
    ])  # fmt: skip
    assert (made["killed"].value, made["killed"].count) == (1.0, 1)
    assert (made["injured"].value, made["injured"].count) == (0.5, 2)
    assert (made["both, where either is told"].value, made["told of anybody"].value) == (0.5, 0.6667)


def test_a_toll_is_scored_by_what_the_article_states():
    told = Span(0, 3)
    made = tolls.by_article([
        (Stated("a", "", frozenset([2, 1]), frozenset([3])), Toll(1, 2, told, told)),
        (Stated("b", "", frozenset([0]), frozenset([2])), Toll(0, 2, None, told)),
        (Stated("c", "", frozenset([0]), frozenset([0])), Toll(1, 0, told, None)),
        (Stated("d", "", frozenset([1]), frozenset([0, 3])), Toll(None, None)),
    ])  # fmt: skip
    assert (made["killed, as stated"].value, made["killed, as stated"].count) == (0.5, 2)
    assert (made["killed, silent"].value, made["killed, silent"].count) == (0.5, 2)
    assert (made["injured, as stated"].value, made["injured, silent"].value) == (0.5, 1.0)
    assert made["both, as stated"].value == 0.25


def test_only_labels_held_apart_of_one_incident_are_scored(tmp_path):
    labels = gold.write(tmp_path).parent / "tolls.jsonl"
    gold.write_incidents(tmp_path)
    (one,) = tolls.stated(labels, tmp_path / tolls.INCIDENTS)
    assert (one.id, one.killed, one.injured) == ("v-1", {0}, {3})
    assert one.text.startswith("Hall burns\n\nThree")


def test_a_labelled_article_without_text_is_named(tmp_path):
    labels = tmp_path / "tolls.jsonl"
    labels.write_text(json.dumps({"article": "gone", "killed": [1], "injured": [0], "held": True}), encoding="utf-8")
    gold.write_incidents(tmp_path)
    with pytest.raises(CorpusError, match="no text for gone"):
        tolls.stated(labels, tmp_path / tolls.INCIDENTS)


def test_articles_without_facts_or_of_other_incidents_are_left_out(tmp_path):
    path = tmp_path / "incidents.jsonl"
    article = {"id": "x", "title": "Boats", "text": "Boats sank. " * 40}
    rows = [{"incident": str(n), "facts": None, "articles": [article]} for n in range(20)]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    assert tolls.sample(path) == []


def test_near_pairs_are_scored_by_half():
    made = figure_pairs.evaluate_near("report", [("conflicting", "update"), ("compatible", "compatible")])
    assert made["near, report: conflicting"].value == 0.0
    assert made["near, report: apart (conflicting or update)"].value == 1.0
    assert made["near, report: accuracy"].value == 0.5


def test_polls_are_matched_by_their_shares():
    share, answer = Span(10, 13), Span(0, 4)
    gold = polls.Told(Span(20, 24), None, (), None, (polls.Share(share, (answer,)),))
    passage = polls.Passage("a", "", Span(0, 40), (gold,))
    right, wrong = gold, polls.Told(Span(30, 34), None, (), None, (polls.Share(share, (Span(5, 8),)),))
    assert polls.evaluate([(passage, [right])])["shares with whose"].value == 1.0
    made = polls.evaluate([(passage, [wrong])])
    assert (made["shares"].value, made["shares with whose"].value, made["pollster"].value) == (1.0, 0.0, 0.0)
