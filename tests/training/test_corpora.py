"""Training texts and labels from corpora, on invented sentences in each corpus's form; no torch needed."""

import json
import random

import pytest
from training.corpora import LabelledText, conllu, detokenized, meantime, packed
from training.examples import NONE, attribution_document, cut, labelled_document, links

from tellings.evaluate.corpora import AttributionText, GoldAttribution
from tellings.reading.labels import MENTION_TAGS
from tellings.records import Span

CONLLU = """\
# sent_id = s-1
# text = Mayor Ana Lind left Harbour City's hall.
1\tMayor\tmayor\tPROPN\tNNP\t_\t4\tnsubj\t_\tEntity=(1-person-new
2\tAna\tAna\tPROPN\tNNP\t_\t1\tflat\t_\t_
3\tLind\tLind\tPROPN\tNNP\t_\t1\tflat\t_\tEntity=1)
4\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_
5-6\tHarbour City's\t_\t_\t_\t_\t_\t_\t_\t_
5\tHarbour City\tHarbour City\tPROPN\tNNP\t_\t7\tnmod\t_\tEntity=(2-place-new)
6\t's\t's\tPART\tPOS\t_\t5\tcase\t_\t_
7\thall\thall\tNOUN\tNN\t_\t4\tobj\t_\tEntity=(3-place-new)|SpaceAfter=No
8\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_
"""


def texts(labelled, layer):
    return [(labelled.text[s.start : s.end], kind) for s, kind in layer]


def test_words_are_joined_as_an_author_would():
    assert detokenized(["It", "'s", "(", "not", ")", "$", "5", ",", "is", "n't", "?"]) == "It's (not) $5, isn't?"


def test_proper_cores_of_conllu_mentions_are_names(tmp_path):
    path = tmp_path / "a.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    (sentence,) = conllu(path, with_names=True)
    assert sorted(texts(sentence, sentence.names), reverse=True) == [("Mayor Ana Lind", "PER"), ("Harbour City", "LOC")]
    assert ("left", "VERB") in texts(sentence, sentence.upos)


def test_meantime_names_are_typed_through_what_they_refer_to(tmp_path):
    record = {
        "id": "1",
        "text": "the Harbour Board left",
        "mentions": [{"id": "m", "tag": "ENTITY_MENTION", "syntactic_type": "NAM", "spans": [[0, 17]]}],
        "instances": [{"id": "i", "ent_type": "ORG"}],
        "relations": [{"type": "REFERS_TO", "source": ["m"], "target": ["i"]}],
    }
    path = tmp_path / "m.jsonl"
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    (text,) = meantime(path)
    assert texts(text, text.names) == [("Harbour Board", "ORG")]


def test_packing_moves_labels_along():
    parts = [LabelledText(str(n), "Ana left.", ((Span(0, 3), "PER"),), None) for n in range(5)]
    joined = list(packed(parts, "\n\n", size=25))
    assert [text.text.count("Ana") for text in joined] == [2, 2, 1]
    assert all(word == "Ana" for text in joined for word, _ in texts(text, text.names))


def test_names_become_begin_and_inside_labels_of_pieces():
    document = labelled_document(LabelledText("n", "Ana Lind left", ((Span(0, 8), "PER"),), None))
    tags = [MENTION_TAGS[tag] for tag in document.mention]
    assert tags[0] == "B-PER"
    assert set(tags[1:-1]) == {"I-PER"}
    assert tags[-1] == "O"
    assert set(document.upos) == {NONE}


def test_a_proper_noun_without_a_type_is_left_out_and_teaches_where_names_are():
    upos = ((Span(0, 8), "PROPN"), (Span(9, 13), "VERB"))
    typed = labelled_document(LabelledText("n", "Harbour left", (), ((Span(0, 7), "PROPN"), (Span(8, 12), "VERB"))))
    assert typed.mention.tolist() == [NONE, 0]
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
