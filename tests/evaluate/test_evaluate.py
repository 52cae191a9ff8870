"""All layers one after another, and the table that a person sees."""

import json
import re

import pytest
from click.testing import CliRunner

from tellings.cli.evaluate import command, rows
from tellings.errors import CorpusError, TellingsError
from tellings.evaluate import LAYERS, Evaluation, Score, evaluate
from tests.evaluate import gold, made
from tests.evaluate.fakes import Knowing, by_cosine


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for name in made.FILES:
        made.write(tmp_path, name)
    labels = str(gold.write(tmp_path))
    gold.write_incidents(tmp_path)
    gold.write_others(tmp_path)
    monkeypatch.setenv("TELLINGS_GOLD", labels)
    monkeypatch.setenv("TELLINGS_LABELS", labels)
    monkeypatch.setattr("tellings.evaluate.claims.score_pairs", by_cosine)
    monkeypatch.setattr("tellings.evaluate.events.score_pairs", by_cosine)
    monkeypatch.setattr("tellings.evaluate.tolls.FIRST", 0)
    monkeypatch.setattr("tellings.evaluate.claimdiff.seen", lambda _table, pairs: pairs.similar.cosine[:, None])
    return tmp_path


def asked(monkeypatch, *arguments):
    """What the command gives with a model made by hand for the shipped one."""
    monkeypatch.setattr("tellings.reading.model.load", Knowing)
    return CliRunner(env={"COLUMNS": "160"}).invoke(command, arguments)


def test_every_layer_is_measured_once_and_names_its_corpus(folder):
    measured = list(evaluate("all", folder, model=Knowing()))
    assert tuple(m.layer for m in measured) == LAYERS
    for result in measured:
        assert result.scores
        assert result.wanted.keys() | result.published.keys() <= result.scores.keys()
        assert re.search(r" \([0-9a-f]{12}\)$", result.corpus)


def test_one_layer_is_measured_alone(folder):
    (measured,) = evaluate("mentions", folder, model=Knowing())
    assert measured.layer == "mentions"


def test_the_same_corpora_give_the_same_scores(folder):
    assert list(evaluate("all", folder, model=Knowing())) == list(evaluate("all", folder, model=Knowing()))


def test_a_layer_nobody_knows_is_refused_at_once(folder):
    with pytest.raises(TellingsError, match="ask for attribution, nested"):
        evaluate("poetry", folder)


@pytest.mark.parametrize("name", made.FILES)
def test_a_missing_corpus_is_told_and_the_other_layers_go_on(folder, name):
    (folder / name).unlink()
    with pytest.raises(CorpusError, match="is missing"):
        list(evaluate("all", folder, model=Knowing()))
    problems = []
    measured = list(evaluate("all", folder, model=Knowing(), on_problem=problems.append))
    assert problems
    assert len(measured) + len(problems) == len(LAYERS)
    assert {problem.about for problem in problems} == {str(folder / name)}


def test_a_row_is_empty_where_a_score_has_no_such_number():
    scores = {"UAS": Score(0.9, 7), "all": Score(0.5, 3, 0.4, 0.6667)}
    result = Evaluation("parse", "corpus (abc)", scores, {"UAS": 0.91}, {"all": "somebody .5"})
    assert rows(result) == [
        ("UAS", "", "", "0.900", "7", "0.910", ""),
        ("all", "0.400", "0.667", "0.500", "3", "", "somebody .5"),
    ]


def test_the_table_shows_scores_counts_and_what_is_wanted(folder, monkeypatch):
    done = asked(monkeypatch, "attribution", "--corpora", str(folder))
    assert done.exit_code == 0, done.output
    for word in ("PolNeAR dev", "precision", "recall", "wanted", "0.770", "two people .77"):
        assert word in done.output


def test_json_has_a_line_a_layer(folder, monkeypatch):
    done = asked(monkeypatch, "all", "--json", "--corpora", str(folder))
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [r["layer"] for r in records] == list(LAYERS)
    whole = records[0]["scores"]["whole"]
    assert (whole["wanted"], whole["published"], whole["count"]) == (0.77, "two people .77", 2)
    wording = next(r for r in records if r["layer"] == "wording")
    assert wording["scores"]["PTC words"]["published"] is None


def test_the_command_tells_what_is_missing_and_fails(folder, monkeypatch):
    (folder / "ner" / "uner_english_ewt_dev.jsonl").unlink()
    done = asked(monkeypatch, "all", "--json", "--corpora", str(folder))
    assert done.exit_code == 1
    assert len(done.stdout.splitlines()) == len(LAYERS) - 1
    assert "uner_english_ewt_dev.jsonl: is missing" in done.stderr
