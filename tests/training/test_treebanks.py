"""Parsed documents as training examples, on invented sentences in the treebanks' form; no torch needed."""

import numpy as np
import pytest
from training.examples import NONE, Example, treebank_document, window_mentions
from training.treebanks import parts, proper_names

from tellings.evaluate.treebank import treebank
from tellings.reading.labels import NOMINAL_TAGS, RELATIONS, UPOS

CONLLU = """\
# newdoc id = GUM_news_hall
# sent_id = GUM_news_hall-1
# newpar
# text = Mayor Ana Lind said the hall fell.
1\tMayor\tmayor\tPROPN\tNNP\t_\t4\tnsubj\t_\tEntity=(1-person-new
2\tAna\tAna\tPROPN\tNNP\t_\t1\tflat\t_\t_
3\tLind\tLind\tPROPN\tNNP\t_\t1\tflat\t_\tEntity=1)
4\tsaid\tsay\tVERB\tVBD\t_\t0\troot\t_\t_
5\tthe\tthe\tDET\tDT\t_\t6\tdet\t_\tEntity=(2-place-new
6\thall\thall\tNOUN\tNN\t_\t7\tnsubj\t_\tEntity=2)
7\tfell\tfall\tVERB\tVBD\t_\t4\tccomp\t_\tSpaceAfter=No
8\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# sent_id = GUM_news_hall-2
# text = She didn't sleep.
1\tShe\tshe\tPRON\tPRP\t_\t4\tnsubj\t_\tEntity=(1-person-giv)
2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdid\tdo\tAUX\tVBD\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tsleep\tsleep\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_
"""


@pytest.fixture
def hall(tmp_path):
    path = tmp_path / "a.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    (text,) = treebank(path)
    return text


@pytest.fixture
def document(hall):
    return treebank_document(hall, "gum", list(proper_names(hall)))


def words(hall, spans):
    return [hall.text[start:end] for start, end in spans]


def test_words_stand_in_the_text_and_a_contraction_parts_its_letters(hall):
    assert hall.text == "Mayor Ana Lind said the hall fell. She didn't sleep."
    assert words(hall, [w.span for w in hall.words])[8:12] == ["She", "did", "n't", "sleep"]
    assert hall.firsts == (0, 8)
    assert [w.head for w in hall.words if w.relation == "root"] == [None, None]
    assert hall.words[8].head == 11


def test_mentions_of_one_chain_share_its_id(hall):
    found = [(hall.text[slice(*m.span)], m.form, m.type, m.entity) for m in hall.mentions]
    assert found == [
        ("Mayor Ana Lind", "name", "person", "1"),
        ("the hall", "nominal", "place", "2"),
        ("She", "pronoun", "person", "1"),
    ]


def test_the_proper_core_of_a_named_mention_is_a_name(hall):
    assert [(hall.text[slice(*span)], kind) for span, kind in proper_names(hall)] == [("Mayor Ana Lind", "PER")]


def test_a_word_s_label_stands_on_the_piece_that_stands_for_it(hall, document):
    at = document.parse.pieces
    assert [UPOS[document.tags["upos"][i]] for i in at] == [w.upos for w in hall.words]
    assert [RELATIONS[r] for r in document.parse.relations[:4]] == ["nsubj", "flat", "flat", "root"]
    assert document.parse.heads.tolist()[:4] == [3, 0, 0, -1]
    begins = np.flatnonzero(document.tags["sentence"])
    assert [hall.text[document.tokens.starts[i]] for i in begins] == ["M", "S"]


def test_the_head_of_a_phrase_is_labelled_with_what_it_means(hall, document):
    found = document.tags["nominal"]
    marked = [
        (hall.text[s:e], NOMINAL_TAGS[n])
        for s, e, n in zip(document.tokens.starts, document.tokens.ends, found, strict=True)
        if n > 0
    ]
    assert marked == [("hall", "LOC")]
    assert (found == NONE).any()  # a piece that stands for no word


def test_a_pronoun_s_right_candidate_is_its_chain(document):
    found = window_mentions(Example(document, 0, len(document.tokens)))
    assert found.right.tolist() == [[False] * 3, [False] * 3, [True, False, False]]


def test_a_satellite_s_verb_is_the_cue_and_its_subject_the_source(hall):
    satellite = hall.words[0].span.start, hall.words[3].span.end
    cue, source = parts(hall, [type(hall.sentences[0])(*satellite)])
    assert (words(hall, cue), words(hall, source)) == (["said"], ["Mayor Ana Lind"])


def test_a_satellite_without_a_verb_gives_no_cue(hall):
    assert parts(hall, [type(hall.sentences[0])(0, 14)]) == ((), ())
