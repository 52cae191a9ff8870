"""Corpora in their own forms: what is read of them, and what is said of one that is missing or damaged."""

import gzip

import pytest

from tellings.errors import CorpusError
from tellings.evaluate import corpora
from tellings.records import Span
from tests.evaluate import made


def words(text, *spans):
    return [text[s.start : s.end] for s in spans]


def test_the_folder_is_the_one_given_else_the_one_named_by_the_variable(tmp_path, monkeypatch):
    monkeypatch.setenv("TELLINGS_CORPORA", str(tmp_path))
    assert corpora.corpora_folder() == tmp_path
    (tmp_path / "other").mkdir()
    assert corpora.corpora_folder(tmp_path / "other") == tmp_path / "other"


def test_a_missing_folder_or_file_says_what_to_do(tmp_path):
    with pytest.raises(CorpusError, match="TELLINGS_CORPORA"):
        corpora.corpora_folder(tmp_path / "nowhere")
    for asked in (corpora.polnear, corpora.uner, corpora.gap, corpora.babe, corpora.news_roles, corpora.propaganda):
        with pytest.raises(CorpusError, match="is missing"):
            list(asked(tmp_path / "dev.jsonl"))
    with pytest.raises(CorpusError, match="is missing"):
        corpora.digest(tmp_path / "dev.jsonl")


def test_a_damaged_file_is_named_with_its_line(tmp_path):
    (tmp_path / "dev.jsonl").write_text('{"id": 1}\n{"id": \n', encoding="utf-8")
    with pytest.raises(CorpusError, match=r"dev\.jsonl:2: is no JSON"):
        list(corpora.lines(tmp_path / "dev.jsonl"))
    (tmp_path / "dev.jsonl.gz").write_bytes(gzip.compress(b'{"id": 1}\n')[:-9])
    with pytest.raises(CorpusError, match="cannot be read"):
        list(corpora.lines(tmp_path / "dev.jsonl.gz"))


def test_the_digest_is_over_all_files_and_of_one_file_its_own(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_bytes(b"a")
    other.write_bytes(b"b")
    assert corpora.digest(one) == "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
    assert len({corpora.digest(one), corpora.digest(other), corpora.digest(one, other)}) == 3
    assert corpora.titled("A corpus", one) == "A corpus (ca978112ca1b)"


def test_names_are_found_again_from_tags():
    text = corpora.named_text(
        "n", "Ana Lind, Bo", ["Ana", "Lind", ",", "Bo"], ["B-PER", "I-PER", "O", "B-PER"], {"PER": "PER"}
    )
    assert text.names == ((Span(0, 8), "PER"), (Span(10, 12), "PER"))


def test_a_token_that_is_not_in_its_text_is_named():
    with pytest.raises(CorpusError, match="'Bo'"):
        corpora.named_text("n", "Ana", ["Bo"], ["O"], {})


def test_attribution_relations(tmp_path):
    news, court = corpora.gum_relations(made.write(tmp_path, "gum/rst_attribution_dev.jsonl"))
    assert (news.genre, court.genre) == ("news", "court")
    assert [words(news.text, *r.satellite) for r in news.relations] == [["Police say"], ["Lind told them"]]


def test_pronouns_with_their_two_names(tmp_path):
    she, him = corpora.gap(made.write(tmp_path, "coref/gap_validation.jsonl"))
    assert words(she.text, she.pronoun, she.a, she.b) == ["she", "Ana", "Eva"]
    assert words(him.text, him.pronoun, him.a, him.b) == ["him", "Bo", "Ib"]
    assert (she.a_right, she.b_right) == (True, False)


def test_sentences_of_an_article_are_joined_and_empty_ones_left_out(tmp_path):
    (article,) = corpora.news_roles(made.write(tmp_path, "newsdiscourse/validation.jsonl"))
    assert article.text == "The hall burned. It was a disgrace."
    assert [(words(article.text, s), role) for s, role in article.roles] == [
        (["The hall burned."], "Main"),
        (["It was a disgrace."], "Distant_Evaluation"),
    ]


def test_sentences_without_agreement_are_left_out(tmp_path):
    judged = list(corpora.babe(made.write(tmp_path, "wording/babe_sg2.jsonl")))
    assert [(s.id, s.biased) for s in judged] == [("b-1", True), ("b-2", False)]


def test_of_techniques_only_loaded_wording_is_kept(tmp_path):
    _, article = corpora.propaganda(made.write(tmp_path, "wording/ptc_train.jsonl"))
    assert words(article.text, *article.loaded) == ["Vile people"]


def test_about_a_fifth_is_held_out_and_always_the_same():
    kept = [n for n in range(1000) if corpora.held_out(f"ptc-{n}")]
    assert 150 < len(kept) < 250
    assert [name for name in ("ptc-1", "ptc-11") if corpora.held_out(name)] == ["ptc-11"]
