"""Polarity, certainty and kind: from a parse written by hand, from scores, from words alone."""

from dataclasses import replace

import numpy as np
import pytest

from tellings.reading import labels, modality
from tellings.reading.layout import layout
from tellings.records import Span
from tests.reading.parses import NO_STATES, told

# a sentence of one or more statements, and which of them are negated
POLARITY = {
    # "not" and its like at the predicate
    "The/DET/2/det roof/NOUN/5/nsubj did/AUX/5/aux n't/PART/5/advmod fall/VERB/0/root": [True],
    "The/DET/2/det roof/NOUN/3/nsubj fell/VERB/0/root": [False],
    "Lind/PROPN/3/nsubj never/ADV/3/advmod paid/VERB/0/root": [True],
    "Lind/PROPN/5/nsubj has/AUX/5/aux not/PART/4/advmod yet/ADV/5/advmod paid/VERB/0/root": [True],
    "Lind/PROPN/2/nsubj cannot/AUX/3/aux pay/VERB/0/root": [True],
    "The/DET/2/det hall/NOUN/6/nsubj is/AUX/6/cop no/DET/5/advmod longer/ADV/6/advmod safe/ADJ/0/root": [True],
    "Lind/PROPN/5/nsubj is/AUX/5/cop not/PART/5/advmod the/DET/5/det mayor/NOUN/0/root": [True],
    "Lind/PROPN/4/nsubj is/AUX/4/cop no/DET/4/det mayor/NOUN/0/root": [True],
    "Lind/PROPN/2/nsubj paid/VERB/0/root not/PART/5/advmod only/ADV/3/fixed the/DET/6/det fee/NOUN/2/obj": [False],
    "Lind/PROPN/5/nsubj did/AUX/5/aux not/PART/5/advmod only/ADV/5/advmod pay/VERB/0/root": [False],
    # nobody, nothing, no such thing
    "Nobody/PRON/3/nsubj:pass was/AUX/3/aux:pass hurt/VERB/0/root": [True],
    "The/DET/2/det council/NOUN/3/nsubj found/VERB/0/root no/DET/5/det fault/NOUN/3/obj": [True],
    "The/DET/2/det council/NOUN/3/nsubj found/VERB/0/root nothing/PRON/3/obj": [True],
    "Neither/CCONJ/2/cc:preconj Lind/PROPN/5/nsubj nor/CCONJ/4/cc Berg/PROPN/2/conj paid/VERB/0/root": [True],
    "No/DET/2/advmod fewer/ADJ/3/amod people/NOUN/4/nsubj came/VERB/0/root": [False],
    "There/PRON/2/expl is/VERB/0/root no/DET/4/det doubt/NOUN/2/nsubj": [False],
    "At/ADP/3/case no/DET/3/det time/NOUN/5/obl Lind/PROPN/5/nsubj paid/VERB/0/root": [True],
    "Lind/PROPN/2/nsubj left/VERB/0/root with/ADP/5/case no/DET/5/det coat/NOUN/2/obl": [False],
    # complements
    "Lind/PROPN/2/nsubj decided/VERB/0/root not/PART/5/advmod to/PART/5/mark pay/VERB/2/xcomp": [True],
    "Lind/PROPN/2/nsubj refused/VERB/0/root to/PART/4/mark pay/VERB/2/xcomp": [True],
    "Lind/PROPN/3/nsubj never/ADV/3/advmod failed/VERB/0/root to/PART/5/mark pay/VERB/3/xcomp": [False],
    "Lind/PROPN/2/nsubj rejected/VERB/0/root the/DET/4/det offer/NOUN/2/obj": [False],
    "Lind/PROPN/2/nsubj denied/VERB/0/root that/SCONJ/5/mark she/PRON/5/nsubj paid/VERB/2/ccomp": [True],
    # "not" of another clause
    "Berg/PROPN/2/nsubj knows/VERB/0/root the/DET/4/det man/NOUN/2/obj who/PRON/8/nsubj did/AUX/8/aux "
    "not/PART/8/advmod "
    "pay/VERB/4/acl:relcl": [False],
    "Lind/PROPN/2/nsubj paid/VERB/0/root the/DET/4/det fee/NOUN/2/obj and/CCONJ/9/cc Berg/PROPN/9/nsubj did/AUX/9/aux "
    "not/PART/9/advmod come/VERB/2/conj to/ADP/11/case court/NOUN/9/obl": [False, True],
    # an auxiliary shared
    "Lind/PROPN/4/nsubj did/AUX/4/aux not/PART/4/advmod come/VERB/0/root here/ADV/4/advmod and/CCONJ/7/cc "
    "pay/VERB/4/conj "
    "the/DET/9/det fee/NOUN/7/obj": [True, True],
    "Lind/PROPN/4/nsubj did/AUX/4/aux not/PART/4/advmod wait/VERB/0/root here/ADV/4/advmod and/CCONJ/7/cc "
    "left/VERB/4/conj "
    "the/DET/9/det hall/NOUN/7/obj": [True, False],
}


@pytest.mark.parametrize("sentence", POLARITY)
def test_what_is_negated(sentence):
    assert [s.polarity == "negated" for s in told(sentence)] == POLARITY[sentence]


CERTAINTY = {
    "The/DET/2/det roof/NOUN/4/nsubj may/AUX/4/aux fall/VERB/0/root": [True],
    "The/DET/2/det roof/NOUN/4/nsubj will/AUX/4/aux fall/VERB/0/root": [False],
    "The/DET/2/det roof/NOUN/3/nsubj fell/VERB/0/root in/ADP/5/case May/PROPN/3/obl": [False],
    "Lind/PROPN/5/nsubj:pass could/AUX/5/aux not/PART/5/advmod be/AUX/5/aux:pass reached/VERB/0/root": [False],
    "Lind/PROPN/3/nsubj reportedly/ADV/3/advmod paid/VERB/0/root": [True],
    "Lind/PROPN/2/nsubj reported/VERB/0/root the/DET/4/det theft/NOUN/2/obj": [False],
    "The/DET/3/det alleged/ADJ/3/amod thief/NOUN/4/nsubj left/VERB/0/root": [True],
    "Lind/PROPN/2/nsubj opened/VERB/0/root a/DET/4/det search/NOUN/2/obj for/ADP/7/case suspected/ADJ/7/amod "
    "thieves/NOUN/4/nmod": [False],
    "The/DET/2/det roof/NOUN/3/nsubj appears/VERB/0/root to/PART/5/mark leak/VERB/3/xcomp": [True],
    "Lind/PROPN/2/nsubj appeared/VERB/0/root in/ADP/4/case court/NOUN/2/obl": [False],
    "Lind/PROPN/3/nsubj:pass is/AUX/3/aux:pass believed/VERB/0/root to/PART/6/mark have/AUX/6/aux paid/VERB/3/xcomp": [
        True
    ],
    "I/PRON/2/nsubj think/VERB/0/root it/PRON/4/nsubj fell/VERB/2/ccomp": [True],
    "Berg/PROPN/2/nsubj thinks/VERB/0/root it/PRON/4/nsubj fell/VERB/2/ccomp": [False],
    "Pay/VERB/0/root as/ADV/3/advmod soon/ADV/1/advmod as/ADP/5/mark possible/ADJ/3/advcl": [False],
    # conditions
    "Lind/PROPN/3/nsubj will/AUX/3/aux pay/VERB/0/root if/SCONJ/6/mark Berg/PROPN/6/nsubj pays/VERB/3/advcl": [True],
    "Lind/PROPN/3/nsubj will/AUX/3/aux pay/VERB/0/root even/ADV/7/advmod if/SCONJ/7/mark Berg/PROPN/7/nsubj "
    "leaves/VERB/3/advcl": [False],
    "Berg/PROPN/2/nsubj asked/VERB/0/root if/SCONJ/5/mark Lind/PROPN/5/nsubj paid/VERB/2/ccomp": [False],
    "If/SCONJ/3/mark it/PRON/3/nsubj falls/VERB/6/advcl ,/PUNCT/3/punct Lind/PROPN/6/nsubj pays/VERB/0/root "
    "us/PRON/6/obj "
    "and/CCONJ/10/cc Berg/PROPN/10/nsubj leaves/VERB/6/conj town/NOUN/10/obj": [True, True],
    # of another clause
    "Berg/PROPN/2/nsubj knows/VERB/0/root the/DET/4/det man/NOUN/2/obj who/PRON/7/nsubj may/AUX/7/aux "
    "pay/VERB/4/acl:relcl": [False],
    "Lind/PROPN/3/nsubj may/AUX/3/aux resign/VERB/0/root and/CCONJ/5/cc repay/VERB/3/conj the/DET/7/det "
    "fee/NOUN/5/obj": [
        True,
        True,
    ],
    "Lind/PROPN/3/nsubj may/AUX/3/aux resign/VERB/0/root but/CCONJ/6/cc Berg/PROPN/6/nsubj stays/VERB/3/conj "
    "here/ADV/6/advmod": [
        True,
        False,
    ],
}


@pytest.mark.parametrize("sentence", CERTAINTY)
def test_what_is_hedged(sentence):
    assert [s.certainty == "hedged" for s in told(sentence)] == CERTAINTY[sentence]


def states_of(text, best, sure):
    """States whose every piece scores one kind `sure` above the others."""
    pieces = len(layout(text).tokens)
    scores = np.zeros((pieces, labels.SCORES), dtype=np.float32)
    scores[:, labels.KIND.start + labels.KINDS.index(best)] = sure
    return replace(NO_STATES, labels=scores)


def test_the_kind_is_the_best_by_the_statements_pieces_and_none_where_the_best_is_weak():
    text = "The roof fell in."
    whole = Span(0, len(text))
    assert modality.kind_of(layout(text), states_of(text, "evaluation", 4.0), whole) == "evaluation"
    assert modality.kind_of(layout(text), states_of(text, "evaluation", 0.3), whole) is None


def test_only_the_pieces_of_the_statement_count():
    text = "The roof fell in. The hall is old."
    states = states_of(text, "state", 4.0)
    first, last = layout(text).pieces(Span(0, 17))
    states.labels[first:last, labels.KIND.start + labels.KINDS.index("event")] = 8.0
    assert modality.kind_of(layout(text), states, Span(0, 17)) == "event"
    assert modality.kind_of(layout(text), states, Span(18, len(text))) == "state"


def test_what_ends_with_a_question_mark_is_a_question():
    text = "“Who paid?”"
    assert modality.kind_of(layout(text), states_of(text, "event", 9.0), Span(0, len(text))) == "question"


def test_without_scores_words_tell_the_kind():
    for words, kind in {
        "The roof will fall.": "forecast",
        "The mayor must resign.": "demand",
        "Who paid?": "question",
        "The roof fell.": None,
    }.items():
        assert modality.kind_of(layout(words), NO_STATES, Span(0, len(words))) == kind


def test_without_a_parse_cue_words_tell_polarity_and_certainty():
    assert modality.polarity("it did not fall") == "negated"
    assert modality.polarity("it fell") == "affirmed"
    assert modality.certainty("it may fall") == "hedged"
    assert modality.certainty("it fell") == "certain"
