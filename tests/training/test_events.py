"""Weights for events across documents: which documents they are fitted on, and that they tell what can be told."""

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="the pair scorer's training is not installed")

from training.claims.events import best, fitted, sample

from tellings.evaluate import events
from tellings.evaluate.corpora import EventText, GoldEvent
from tellings.evaluate.event_pairs import EVIDENCE, EventPairs, joined
from tellings.records import Span


def topic(seed):
    """A topic in which pairs of one event are those with the same head of one story, and those with like mentions."""
    made = np.random.default_rng(seed)
    heads = made.random(400) < 0.3
    values = made.uniform(-1, 1, (400, len(EVIDENCE))).astype(np.float32)
    story, mention = (values[:, EVIDENCE.index(name)] for name in ("story", "mention"))
    return EventPairs(heads, values, np.where(heads, story > 0, mention > 0.8))


def test_the_weights_tell_one_event_from_another():
    topics = [topic(n) for n in range(6)]
    weights, across = fitted(topics)
    scores = events.evaluate(joined(topics), weights)
    assert scores["same event"].value > 0.9 > scores["same head"].value
    assert across == pytest.approx(scores["same event"].value, abs=0.05)


def test_the_threshold_is_that_of_the_best_f1():
    scores, right = np.array([0.9, 0.6, 0.3, 0.1]), np.array([True, True, False, False])
    threshold, value = best(scores, right)
    assert value == 1.0
    assert 0.3 < threshold <= 0.6


def test_pairs_of_one_answer_alone_teach_that_answer():
    one = topic(1)
    never = EventPairs(one.heads, one.evidence, np.zeros(400, dtype=np.bool_))
    weights, _ = fitted([never, never])
    assert not (events.probabilities(never, weights) > 0.01).any()


def test_the_sample_takes_the_first_documents_of_each_event():
    def text(name, *events):
        return EventText(name, int(name.partition("_")[0]), "It burned.", tuple(events))

    one = GoldEvent((Span(3, 9),), "c")
    texts = [text("2_10ecb", one), text("2_9ecb", one), text("2_1ecb"), text("2_3ecbplus", one), text("3_1ecb", one)]
    assert [t.id for t in sample(texts, 1)] == ["2_9ecb", "2_3ecbplus", "3_1ecb"]
