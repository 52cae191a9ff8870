"""Training texts and labels from corpora, on invented sentences in each corpus's form; no torch needed."""

import json
import random

import pytest
from training.corpora import LabelledText, detokenized, meantime, packed
from training.examples import NONE, attribution_document, cue_words, cut, labelled_document, links

from tellings.evaluate.corpora import AttributionText, GoldAttribution
from tellings.reading.labels import MENTION_TAGS
from tellings.records import Span


def texts(labelled, layer):
    return [(labelled.text[s.start : s.end], kind) for s, kind in layer]


def test_words_are_joined_as_an_author_would():
    assert detokenized(["It", "'s", "(", "not", ")", "$", "5", ",", "is", "n't", "?"]) == "It's (not) $5, isn't?"


def test_meantime_names_are_typed_through_what_they_refer_to(tmp_path):
    record = {
        "id": "1",
        "text": "the Harbour Board left",
        "sentences": [[0, 22]],
        "mentions": [{"id": "m", "tag": "ENTITY_MENTION", "syntactic_type": "NAM", "spans": [[0, 17]]}],
        "instances": [{"id": "i", "ent_type": "ORG"}],
        "relations": [{"type": "REFERS_TO", "source": ["m"], "target": ["i"]}],
    }
    path = tmp_path / "m.jsonl"
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    (text,) = meantime(path)
    assert texts(text, text.names) == [("Harbour Board", "ORG")]


def test_of_meantime_only_the_sentences_are_read_whose_names_are_all_annotated(tmp_path):
    named = {"tag": "ENTITY_MENTION", "syntactic_type": "NAM"}
    record = {
        "id": "1",
        "text": "\n".join(["Ana left ."] * 8),
        "sentences": [[11 * n, 11 * n + 10] for n in range(8)],
        "mentions": [{"id": f"m{n}", **named, "spans": [[11 * n, 11 * n + 3]]} for n in (0, 7)],
        "instances": [{"id": "i", "ent_type": "PER"}],
        "relations": [{"type": "REFERS_TO", "source": ["m0", "m7"], "target": ["i"]}],
    }
    path = tmp_path / "m.jsonl"
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    (text,) = meantime(path)
    assert text.text.count("Ana") == 6
    assert texts(text, text.names) == [("Ana", "PER")]


def test_packing_moves_labels_along():
    parts = [LabelledText(str(n), "Ana left.", ((Span(0, 3), "PER"),), None) for n in range(5)]
    joined = list(packed(parts, "\n\n", size=25))
    assert [text.text.count("Ana") for text in joined] == [2, 2, 1]
    assert all(word == "Ana" for text in joined for word, _ in texts(text, text.names))


def test_names_become_begin_and_inside_labels_of_pieces():
    document = labelled_document(LabelledText("n", "Ana Lind left", ((Span(0, 8), "PER"),), None))
    tags = [MENTION_TAGS[tag] for tag in document.tags["mention"]]
    assert tags[0] == "B-PER"
    assert set(tags[1:-1]) == {"I-PER"}
    assert tags[-1] == "O"
    assert set(document.tags) == {"mention"}


def test_a_proper_noun_without_a_type_is_left_out_and_teaches_where_names_are():
    upos = ((Span(0, 8), "PROPN"), (Span(9, 13), "VERB"))
    typed = labelled_document(LabelledText("n", "Harbour left", (), ((Span(0, 7), "PROPN"), (Span(8, 12), "VERB"))))
    assert typed.tags["mention"].tolist() == [NONE, 0]
    untyped = labelled_document(LabelledText("n", "Saturday left", None, upos))
    assert untyped.named.tolist() == [NONE, 0]  # days are no names


ARTICLE = "“It fell,” Lind said, “and broke.” Nobody was hurt."


@pytest.fixture
def article():
    def at(words):
        start = ARTICLE.index(words)
        return Span(start, start + len(words))

    gold = GoldAttribution((at("Lind"),), (at("said"),), (at("“It fell,”"), at("“and broke.”")))
    return attribution_document(AttributionText("a", True, ARTICLE, (gold,)))


def test_each_cue_has_a_row_that_says_what_every_piece_is_to_it(article):
    ((first, last, row),) = article.links
    words = [ARTICLE[s:e] for s, e in zip(article.tokens.starts, article.tokens.ends, strict=True)]
    assert words[first:last] == ["said"]
    assert "".join(w for w, label in zip(words, row, strict=True) if label == 1).lower() == "lind"
    assert "".join(w for w, label in zip(words, row, strict=True) if label == 2) == "“Itfell,”“andbroke.”"


def test_windows_of_a_document_cover_it_in_order(article):
    pieces = [i for window in cut(article, random.Random(1), 12) for i in range(window.first, window.last)]
    assert pieces == list(range(len(article.tokens)))


def test_links_of_a_window_are_those_whose_cue_is_inside(article):
    whole, *_ = cut(article, random.Random(1), 400)
    found = links(whole)
    assert found.labels.shape == (1, len(article.tokens))
    assert found.places.shape == (1, len(article.tokens), 5)


def test_a_word_that_is_often_a_cue_is_not_judged_inside_another_s_content():
    text = "Lind said Berg said it fell. Berg said so."
    parts = [
        GoldAttribution((Span(0, 4),), (Span(5, 9),), (Span(10, 27),)),
        GoldAttribution((Span(29, 33),), (Span(34, 38),), (Span(39, 41),)),
    ]
    read = AttributionText("a", True, text, tuple(parts))
    known = cue_words([read], least=2)
    assert known == {"said"}
    document = attribution_document(read, known)
    cues = {
        (text[s:e], int(tag))
        for s, e, tag in zip(document.tokens.starts, document.tokens.ends, document.tags["cue"], strict=True)
        if text[s:e] == "said"
    }
    assert cues == {("said", 1), ("said", NONE)}
