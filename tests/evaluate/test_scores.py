"""Scores worked out by hand beside what the code gives."""

import json

import pytest

from tellings.errors import CorpusError
from tellings.evaluate import attribution, mentions
from tellings.evaluate.corpora import (
    AttributionText,
    GoldAttribution,
    NamedText,
    corpora_folder,
    named_text,
    polnear,
)
from tellings.evaluate.scores import covered, dice, matched, score, tokens
from tellings.records import Attribution, Mention, Span

TEXT = "Lind said the hall burned. Nobody was hurt, police said."


def span(words):
    start = TEXT.index(words)
    return Span(start, start + len(words))


def gold(source, cue, content):
    return GoldAttribution(tuple(map(span, source)), tuple(map(span, cue)), tuple(map(span, content)))


def found(source, cue, content):
    return Attribution(
        tuple(map(span, source)),
        tuple(map(span, cue)),
        tuple(map(span, content)),
        "indirect",
        None,
        None,
        1.0,
    )


ARTICLE = AttributionText(
    "a",
    True,
    TEXT,
    (gold(["Lind"], ["said the"], ["hall burned"]), gold(["police"], ["said."], ["Nobody was hurt"])),
)


def test_precision_recall_and_f1():
    assert (score(1, 2, 4).precision, score(1, 2, 4).recall, score(1, 2, 4).f1) == (0.5, 0.25, 0.3333)
    assert score(0, 0, 0).f1 == 0.0


def test_a_token_is_covered_where_it_begins():
    words = tokens("ab cd, ef")
    assert covered(words, [Span(1, 5)]) == {1}
    assert covered(words, [Span(0, 6)]) == {0, 1, 2}


def test_dice_and_matching_take_the_closest_pairs_once():
    assert dice({1, 2}, {2, 3}) == 0.5
    assert matched([1, 2], [2, 1], lambda a, b: float(a == b)) == [(0, 1), (1, 0)]
    assert matched([1, 1], [1], lambda a, b: float(a == b)) == [(0, 0)]


def test_all_annotated_attributions_found_score_one():
    same = (found(["Lind"], ["said the"], ["hall burned"]), found(["police"], ["said."], ["Nobody was hurt"]))
    assert {name: s.f1 for name, s in attribution.evaluate([(ARTICLE, same)]).items()} == dict.fromkeys(
        ("source", "cue", "content", "content found", "whole"), 1.0
    )


def test_another_source_is_content_found_but_not_whole():
    scores = attribution.evaluate([(ARTICLE, (found(["police"], ["said the"], ["hall burned"]),))])
    assert (scores["content found"].recall, scores["whole"].recall) == (0.5, 0.0)


def test_a_missing_source_agrees_with_a_missing_source_only():
    article = AttributionText("a", True, TEXT, (gold([], ["said the"], ["hall burned"]),))
    assert attribution.evaluate([(article, (found([], ["said the"], ["hall burned"]),))])["whole"].f1 == 1.0
    assert attribution.evaluate([(article, (found(["Lind"], ["said the"], ["hall burned"]),))])["whole"].f1 == 0.0


def test_a_content_under_half_alike_is_not_found():
    scores = attribution.evaluate(
        [(ARTICLE, (found(["Lind"], ["said the"], ["the hall burned. Nobody was hurt, police said."]),))]
    )
    assert scores["content found"].f1 == 0.0


def test_mentions_need_span_and_type():
    text = NamedText("n", "Lind of Harbour", ((Span(0, 4), "PER"), (Span(8, 15), "LOC")))
    ours = (Mention(Span(0, 4), "PER", 1.0, 0), Mention(Span(8, 15), "ORG", 1.0, 1))
    scores = mentions.evaluate([(text, ours)])
    assert (scores["all"].f1, scores["PER"].f1, scores["span alone"].f1) == (0.5, 1.0, 1.0)


def test_names_are_found_again_from_tags():
    text = named_text("n", "Ana Lind, Bo", ["Ana", "Lind", ",", "Bo"], ["B-PER", "I-PER", "O", "B-PER"], {"PER": "PER"})
    assert text.names == ((Span(0, 8), "PER"), (Span(10, 12), "PER"))


def test_a_token_that_is_not_in_its_text_is_named():
    with pytest.raises(CorpusError, match="'Bo'"):
        named_text("n", "Ana", ["Bo"], ["O"], {})


def test_corpora_are_read_from_the_folder_named(tmp_path, monkeypatch):
    record = {
        "id": "a",
        "first": True,
        "text": TEXT,
        "attributions": [{"source": [], "cue": [[5, 9]], "content": [[10, 25]]}],
    }
    (tmp_path / "dev.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    monkeypatch.setenv("TELLINGS_CORPORA", str(tmp_path))
    (article,) = polnear(corpora_folder() / "dev.jsonl")
    assert article.attributions == (GoldAttribution((), (Span(5, 9),), (Span(10, 25),)),)


def test_a_missing_folder_or_file_says_what_to_do(tmp_path):
    with pytest.raises(CorpusError, match="TELLINGS_CORPORA"):
        corpora_folder(tmp_path / "nowhere")
    with pytest.raises(CorpusError, match="is missing"):
        list(polnear(tmp_path / "dev.jsonl"))
