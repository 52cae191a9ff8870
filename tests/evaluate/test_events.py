"""Events across documents: which words a mention's head is, which statements hold it, and the three answers."""

from dataclasses import replace

import numpy as np
import pytest

from tellings.comparing.words import stem
from tellings.evaluate import events
from tellings.evaluate.corpora import EventText, GoldEvent, ecbplus
from tellings.evaluate.events import BASELINE, BOTH, CLAIM, EventPairs, Thresholds
from tellings.records import Word
from tests.comparing.accounts import reading
from tests.evaluate import made
from tests.evaluate.fakes import Knowing
from tests.evaluate.made import span


def event(text, words, chain="c"):
    return GoldEvent((span(text, words),), chain)


def telling(name, text, *mentions):
    """A text of topic 2 with its reading; mentions are (words, chain)."""
    return EventText(name, 2, text, tuple(event(text, *mention) for mention in mentions)), reading(name, text)


def parsed(text, *words):
    """A reading of a text whose words are (form, part of speech, governor's number)."""
    return made.reading(text, words=tuple(Word(span(text, form), upos, head, "dep") for form, upos, head in words))


def nothing(table):
    """No two rows tell the same claim."""
    return np.zeros((len(table.rows),) * 2, dtype=np.float32)


def test_the_head_hangs_on_a_word_outside_the_mention():
    text = "Rebels took control."
    read = parsed(text, ("Rebels", "NOUN", 1), ("took", "VERB", None), ("control", "NOUN", 1))
    assert events.head(event(text, "took control"), read) == events.head(event(text, "took"), read)
    assert events.head(event(text, "control"), read) == "control"


def test_a_function_word_is_no_head_while_there_is_another():
    text = "He was under attack."
    read = parsed(text, ("He", "PRON", 2), ("was", "AUX", 2), ("under", "ADP", 1), ("attack", "NOUN", 1))
    assert events.head(event(text, "under attack"), read) == "attack"
    assert events.head(event(text, "under"), read) == stem("under")


def test_forms_of_one_word_have_one_head():
    text = "He killed. She kills. A killing."
    read = made.reading(text)
    assert len({events.head(event(text, words), read) for words in ("killed", "kills", "killing")}) == 1


def test_without_parsed_words_the_last_one_is_the_head():
    text = "The fire took place."
    assert events.head(event(text, "took place"), made.reading(text)) == "plac"


def test_a_mention_stands_in_the_statement_that_holds_it():
    text, read = telling("a", "The hall burned. Lind slept.", ("slept", "c"))
    assert events.holding(text.events[0], read) == [1]


def test_a_mention_outside_all_statements_stands_in_those_of_its_sentence():
    text, read = telling("a", "Police said the hall burned.", ("said", "c"))
    (statement,) = read.statements
    cut = replace(read, statements=(replace(statement, span=span(text.text, "the hall burned")),))
    assert events.holding(text.events[0], cut) == [0]


def test_pairs_are_those_of_different_texts():
    one = telling("a", "The hall burned. Lind slept.", ("burned", "fire"), ("slept", "sleep"))
    other = telling("b", "A hall is burning.", ("burning", "fire"))
    pairs = events.topic_pairs([one, other], lambda table: np.eye(len(table.rows), dtype=np.float32)[::-1])
    # three statements: the mirrored unit matrix pairs the first with the last
    assert pairs.coreferent.tolist() == [True, False]
    assert pairs.heads.tolist() == [True, False]
    assert pairs.scores.tolist() == [1.0, 0.0]


def test_a_topic_of_one_text_has_no_pairs():
    pairs = events.topic_pairs([telling("a", "It burned.", ("burned", "c"))], nothing)
    assert not len(pairs.scores)


def test_the_order_of_texts_changes_no_pair():
    texts = [telling(name, f"The {name} hall burned.", ("burned", name)) for name in ("b", "a")]
    scores = {}
    for order in (texts, texts[::-1]):
        found = events.topic_pairs(order, lambda table: np.full((len(table.rows),) * 2, 0.3, dtype=np.float32))
        scores[order is texts] = (found.scores.tolist(), found.heads.tolist(), found.coreferent.tolist())
    assert scores[True] == scores[False]


PAIRS = EventPairs(
    heads=np.array([True, True, False, False]),
    scores=np.array([0.3, 0.1, 0.9, 0.6], dtype=np.float32),
    coreferent=np.array([True, False, True, False]),
)


def test_the_answers_and_their_scores():
    scores = events.evaluate(PAIRS, Thresholds(claim=0.5, heads=0.2, others=0.8))
    assert (scores[BASELINE].precision, scores[BASELINE].recall, scores[BASELINE].pinned) == (0.5, 0.5, False)
    assert (scores[CLAIM].precision, scores[CLAIM].recall) == (0.5, 0.5)
    assert scores[BOTH].value == 1.0
    assert scores[BOTH].count == 2


@pytest.fixture
def folder(tmp_path):
    made.write(tmp_path, events.DOCUMENTS)
    made.write(tmp_path, events.ANNOTATED)
    return tmp_path


def test_texts_have_the_events_of_their_annotated_sentences(folder):
    texts = list(ecbplus(folder / events.DOCUMENTS, folder / events.ANNOTATED))
    assert [(t.id, t.topic, [e.chain for e in t.events]) for t in texts] == [
        ("2_1ecb", 2, ["BURN", "2_1ecb 12"]),
        ("2_2ecb", 2, ["2_2ecb 12", "BURN"]),
        ("2_1ecbplus", 2, ["MILL"]),
        ("3_1ecb", 3, ["WIN"]),
    ]
    (folder / events.ANNOTATED).write_text('{"doc": "2_1ecb", "sentence": 1}\n')
    assert not any(t.events for t in ecbplus(folder / events.DOCUMENTS, folder / events.ANNOTATED))


def test_only_development_topics_are_measured(folder, monkeypatch):
    monkeypatch.setattr(events, "same_claim", nothing)
    measured = events.measure(folder, Knowing())
    # of the pairs of topic 2 only the two burnt halls are one event; the mill's head is theirs
    assert measured.scores[BASELINE].count == 1
    assert measured.scores[BASELINE].recall == 1.0
    assert measured.scores[BASELINE].precision == pytest.approx(1 / 3, abs=1e-4)
    assert measured.wanted[BOTH] == measured.scores[BASELINE].value
