"""Gold stories with their texts, and what is said where something is missing."""

import pytest

from tellings.errors import CorpusError
from tellings.evaluate.stories import OWN, GoldClaim, load, own_labels
from tests.evaluate import gold

A1, A2, B1, B2 = ("A", 1), ("A", 2), ("B", 1), ("B", 2)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("TELLINGS_GOLD", str(gold.write(tmp_path)))
    (tmp_path / "own").mkdir()
    monkeypatch.setenv("TELLINGS_LABELS", str(tmp_path / "own"))
    return tmp_path


def texts(telling):
    return [telling.account.text[start:end] for start, end in telling.sentences]


def test_a_story_has_its_accounts_with_numbered_sentences_and_its_labels(folder):
    _, story = load(folder)
    assert (story.name, story.dev) == ("allsides/s09", True)
    a, b = story.tellings
    assert texts(a) == ["Hall burns", "The hall burned.", "Three were hurt."]
    assert (a.account.title, a.account.outlet, a.account.published) == ("Hall burns", "Wire", "2020-01-02")
    assert texts(b)[-1] == "It rained."
    assert [(claim.members, claim.relation) for claim in story.claims] == [((A1, B1), "narrower"), ((A2, B2), "differ")]
    assert story.quotes[0].same == "altered"
    assert story.sources[0].sentences == (2,)


def test_only_those_kept_for_development_are_loaded_where_asked(folder):
    assert [story.name for story in load(folder)] == ["allsides/s00", "allsides/s09"]
    assert [story.name for story in load(folder, dev=True)] == ["allsides/s09"]


def test_basil_brings_its_sentences_and_our_labels_their_own(folder):
    gold.write_others(folder)
    found = {story.name: story for story in load(folder, dev=True)}
    assert list(found) == ["5w1h/s01", "allsides/s09", "basil/s06"]
    a, b = found["basil/s06"].tellings
    assert a.account.text == "Hall burns\n\nIt burned.\n\nAll fled."
    assert texts(a) == ["Hall burns", "It burned.", "All fled."]
    assert texts(b) == ["", "It burned.", "It rained."]
    assert [telling.account.outlet for telling in found["5w1h/s01"].tellings] == ["Wire", "Local"]


def test_files_of_parts_without_labels_are_not_asked_for(folder):
    assert not (folder / "stories" / "gva").exists()
    assert list(load(folder))


@pytest.mark.parametrize(
    ("variable", "advice"),
    [("TELLINGS_GOLD", "set TELLINGS_GOLD"), ("TELLINGS_LABELS", "set TELLINGS_LABELS")],
)
def test_a_folder_that_is_not_there_is_told_with_its_variable(folder, monkeypatch, variable, advice):
    monkeypatch.setenv(variable, str(folder / "none"))
    with pytest.raises(CorpusError, match=advice) as problem:
        list(load(folder))
    assert problem.value.about == str(folder / "none")


def test_our_own_labels_are_the_checkouts_where_none_are_named(monkeypatch):
    monkeypatch.delenv("TELLINGS_LABELS", raising=False)
    assert own_labels() == (OWN if OWN.is_dir() else None)


def test_missing_texts_are_told(folder):
    gold.label(folder / "gold" / "allsides" / "s11.json", "g-2")
    with pytest.raises(CorpusError, match="the texts of story g-2 are missing"):
        list(load(folder))
    (folder / gold.ALLSIDES).unlink()
    with pytest.raises(CorpusError, match="is missing") as problem:
        list(load(folder))
    assert problem.value.about == str(folder / gold.ALLSIDES)


def test_damaged_labels_are_told(folder):
    (folder / "gold" / "allsides" / "s09.json").write_text("{", encoding="utf-8")
    with pytest.raises(CorpusError, match="is no JSON"):
        list(load(folder))


def test_the_relation_of_two_members_is_known_where_it_was_labelled_or_there_is_but_one():
    assert GoldClaim((A1, B1), "conflict", "").kind(A1, B1) == "conflict"
    assert GoldClaim((A1, B1, B2), "agree", "").kind(A1, B2) == "agree"
    assert GoldClaim((A1, B1, B2), "differ", "").kind(A1, B2) is None
    told = GoldClaim((A1, A2, B1, B2), "differ", "", apart=((A1, B1, "differ"),), more=((B2, A1),))
    assert [told.kind(A1, B1), told.kind(A1, B2), told.kind(A2, B2)] == ["differ", "narrower", "agree"]
