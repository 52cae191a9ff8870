"""Events across documents: which words a mention's head is, which statements hold it, and the three answers."""

from dataclasses import replace

import numpy as np
import pytest

from tellings.comparing.table import build
from tellings.comparing.words import stem
from tellings.evaluate import event_pairs, events
from tellings.evaluate.corpora import EventText, GoldEvent, ecbplus
from tellings.evaluate.event_pairs import EVIDENCE, EventPairs
from tellings.evaluate.events import CLAIM, EVENT, HEAD, Weights
from tellings.records import Pieces, Word
from tests.comparing.accounts import reading
from tests.evaluate import made
from tests.evaluate.fakes import Knowing, by_cosine
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
    assert event_pairs.head(event(text, "took control"), read) == event_pairs.head(event(text, "took"), read)
    assert event_pairs.head(event(text, "control"), read) == "control"


def test_a_function_word_is_no_head_while_there_is_another():
    text = "He was under attack."
    read = parsed(text, ("He", "PRON", 2), ("was", "AUX", 2), ("under", "ADP", 1), ("attack", "NOUN", 1))
    assert event_pairs.head(event(text, "under attack"), read) == "attack"
    assert event_pairs.head(event(text, "under"), read) == stem("under")


def test_forms_of_one_word_have_one_head():
    text = "He killed. She kills. A killing."
    read = made.reading(text)
    assert len({event_pairs.head(event(text, words), read) for words in ("killed", "kills", "killing")}) == 1


def test_without_parsed_words_the_last_one_is_the_head():
    text = "The fire took place."
    assert event_pairs.head(event(text, "took place"), made.reading(text)) == "plac"


def test_a_mention_stands_in_the_statement_that_holds_it():
    text, read = telling("a", "The hall burned. Lind slept.", ("slept", "c"))
    assert event_pairs.holding(text.events[0], read) == [1]


def test_a_mention_outside_all_statements_stands_in_those_of_its_sentence():
    text, read = telling("a", "Police said the hall burned.", ("said", "c"))
    (statement,) = read.statements
    cut = replace(read, statements=(replace(statement, span=span(text.text, "the hall burned")),))
    assert event_pairs.holding(text.events[0], cut) == [0]


def test_pairs_are_those_of_different_texts():
    one = telling("a", "The hall burned. Lind slept.", ("burned", "fire"), ("slept", "sleep"))
    other = telling("b", "A hall is burning.", ("burning", "fire"))
    pairs = event_pairs.topic_pairs([one, other], lambda table: np.eye(len(table.rows), dtype=np.float32)[::-1])
    # three statements: the mirrored unit matrix pairs the first with the last
    assert pairs.coreferent.tolist() == [True, False]
    assert pairs.heads.tolist() == [True, False]
    assert pairs.claim.tolist() == [1.0, 0.0]


def test_a_topic_of_one_text_has_no_pairs():
    pairs = event_pairs.topic_pairs([telling("a", "It burned.", ("burned", "c"))], nothing)
    assert not len(pairs.heads)


def test_the_order_of_texts_changes_no_pair():
    texts = [telling(name, f"The {name} hall burned.", ("burned", name)) for name in ("b", "a")]
    scores = {}
    for order in (texts, texts[::-1]):
        found = event_pairs.topic_pairs(order, lambda table: np.full((len(table.rows),) * 2, 0.3, dtype=np.float32))
        scores[order is texts] = (found.evidence.tolist(), found.heads.tolist(), found.coreferent.tolist())
    assert scores[True] == scores[False]


def test_mentions_of_a_like_word_in_a_like_place_have_like_states():
    def state(*values):
        return np.array(values, dtype=np.float16)

    def with_pieces(both, states):
        text, read = both
        spans = np.array([e.spans[0] for e in text.events], dtype=np.int32)
        return text, replace(read, pieces=Pieces(spans, np.stack(states)))

    one = with_pieces(telling("a", "The hall burned.", ("burned", "c")), [state(1, 0)])
    other = with_pieces(
        telling("b", "A fire came. Lind slept.", ("fire", "c"), ("slept", "d")), [state(1, 0), state(0, 1)]
    )
    pairs = event_pairs.topic_pairs([one, other], nothing)
    like = pairs.evidence[:, EVIDENCE.index("mention")]
    assert like.tolist() == [1.0, -1.0]


def test_accounts_that_share_claims_are_of_one_story():
    texts = [telling(name, f"{name} burned.", ("burned", name)) for name in "abcd"]
    table = build(tuple(read for _, read in texts))
    square = np.zeros((4, 4), dtype=np.float32)
    for one, other in ((0, 1), (2, 3)):
        square[one, other] = square[other, one] = 0.9
    alike = event_pairs.stories(square, table)
    assert alike[0] == pytest.approx([1, 1, -1, -1])
    assert pytest.approx(alike) == alike.T


def evidence(*claims):
    """Evidence of pairs that only the probability of the same claim is told of."""
    found = np.zeros((len(claims), len(EVIDENCE)), dtype=np.float32)
    found[:, EVIDENCE.index("claim")] = claims
    return found


PAIRS = EventPairs(
    heads=np.array([True, True, False, False]),
    evidence=evidence(0.3, 0.1, 0.9, 0.6),
    coreferent=np.array([True, False, True, False]),
)


def test_the_answers_and_their_scores():
    # one event from a claim of .2 on with the same head, of .8 on without
    weights = Weights((-2.0, 10.0, 0.0, 0.0, 0.0), (-8.0, 10.0, 0.0, 0.0, 0.0), event=0.5, claim=0.5)
    scores = events.evaluate(PAIRS, weights)
    assert (scores[HEAD].precision, scores[HEAD].recall, scores[HEAD].pinned) == (0.5, 0.5, False)
    assert (scores[CLAIM].precision, scores[CLAIM].recall) == (0.5, 0.5)
    assert scores[EVENT].value == 1.0
    assert scores[EVENT].count == 2


def test_the_shipped_scorer_gives_a_square(monkeypatch):
    monkeypatch.setattr(events, "score_pairs", by_cosine)
    table = build((reading("a", "The hall burned. Lind slept."), reading("b", "The hall burned.")))
    square = events.same_claim(table)
    assert square.shape == (3, 3)
    assert (square == square.T).all()
    assert square[0, 2] == pytest.approx(1.0)


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
    assert measured.scores[HEAD].count == 1
    assert measured.scores[HEAD].recall == 1.0
    assert measured.scores[HEAD].precision == pytest.approx(1 / 3, abs=1e-4)
    assert measured.wanted[EVENT] == measured.scores[HEAD].value
