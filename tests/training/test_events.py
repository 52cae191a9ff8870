"""Thresholds for events across documents: which documents they are fitted on, and that they are the best."""

import numpy as np
from training.claims.events import fitted, sample

from tellings.evaluate import events
from tellings.evaluate.corpora import EventText, GoldEvent
from tellings.evaluate.events import BOTH, CLAIM, EventPairs, Thresholds
from tellings.records import Span

PAIRS = EventPairs(
    heads=np.array([True, True, False, False]),
    scores=np.array([0.3, 0.1, 0.9, 0.6], dtype=np.float32),
    coreferent=np.array([True, False, True, False]),
)


def test_the_thresholds_fitted_are_the_best():
    best = fitted(PAIRS)
    assert events.evaluate(PAIRS, best)[BOTH].value == 1.0
    assert 0.1 < best.heads <= 0.3
    assert 0.6 < best.others <= 0.9
    value = events.evaluate(PAIRS, best)[CLAIM].value
    assert value == max(events.evaluate(PAIRS, Thresholds(n / 100, 0, 0))[CLAIM].value for n in range(102))


def test_pairs_of_one_event_that_no_score_tells_are_left_apart():
    pairs = EventPairs(np.zeros(9, dtype=np.bool_), np.full(9, 0.5, dtype=np.float32), np.arange(9) == 0)
    best = fitted(pairs)
    assert events.evaluate(pairs, best)[CLAIM].recall == 1.0


def test_the_sample_takes_the_first_documents_of_each_event():
    def text(name, *events):
        return EventText(name, int(name.partition("_")[0]), "It burned.", tuple(events))

    one = GoldEvent((Span(3, 9),), "c")
    texts = [text("2_10ecb", one), text("2_9ecb", one), text("2_1ecb"), text("2_3ecbplus", one), text("3_1ecb", one)]
    assert [t.id for t in sample(texts, 1)] == ["2_9ecb", "2_3ecbplus", "3_1ecb"]
