"""Fit the weights of `tellings.evaluate.events`: `python -m training.claims.events [--documents N]`.

Logistic regressions (one for pairs of mentions with the same head, one for others) and the thresholds of the best F1,
over all pairs of event mentions of ECB+'s train topics; its development topics are never looked at. The threshold is
chosen on probabilities of five folds by topic, whose F1 is told as well. Of a topic's two events the first N documents
each are compared, by their number, so that the largest topics do not decide alone (and the run takes minutes).
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from tellings.evaluate.corpora import EventText, corpora_folder, ecbplus
from tellings.evaluate.event_pairs import EVIDENCE, EventPairs, joined, topic_pairs
from tellings.evaluate.events import (
    ANNOTATED,
    DEVELOPMENT,
    DOCUMENTS,
    Weights,
    by_topic,
    evaluate,
    probabilities,
    same_claim,
)
from tellings.evaluate.readings import account
from training.claims.examples import kept, reader

FOLDS = 5


def main() -> None:
    """Read the train topics, compare each, fit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, help="the corpora folder")
    parser.add_argument("--reader", default="tellings.reading:read", help="module:function from accounts to readings")
    parser.add_argument("--readings", type=Path, default=Path("out/readings"), help="where readings are kept")
    parser.add_argument("--documents", type=int, default=10, help="documents of each event of a topic")
    options = parser.parse_args()
    folder = corpora_folder(options.corpora)
    texts = [t for t in ecbplus(folder / DOCUMENTS, folder / ANNOTATED) if t.topic not in DEVELOPMENT]
    read = kept(reader(options.reader), options.readings)
    topics = []
    for topic in by_topic((text, next(iter(read([account(text)])))) for text in sample(texts, options.documents)):
        began = time.perf_counter()
        topics.append(topic_pairs(topic, same_claim))
        told = f"{len(topic)} documents, {len(topics[-1].heads)} pairs, {int(topics[-1].coreferent.sum())} of one event"
        print(f"topic {topic[0][0].topic}: {told}, {time.perf_counter() - began:.1f} s", flush=True)
    best, across = fitted(topics)
    print(f"same event, across folds: F1 {across:.4f}")
    print(best)
    for name, score in evaluate(joined(topics), best).items():
        print(f"{name}: precision {score.precision}, recall {score.recall}, F1 {score.value}, of {score.count}")


def sample(texts: Iterable[EventText], most: int) -> Iterator[EventText]:
    """The first `most` documents of each event of each topic that have annotated mentions, by their numbers."""
    ordered = sorted((text for text in texts if text.events), key=lambda text: (_event_of(text), _number(text)))
    for _, group in groupby(ordered, key=_event_of):
        yield from list(group)[:most]


def _event_of(text: EventText) -> tuple[int, bool]:
    return text.topic, text.id.endswith("plus")


def _number(text: EventText) -> int:
    return int("".join(sign for sign in text.id.partition("_")[2] if sign.isdigit()))


def fitted(topics: Sequence[EventPairs]) -> tuple[Weights, float]:
    """The weights by all topics, their thresholds by five folds, and the F1 of `same event` across these."""
    across = np.concatenate([np.zeros(0), *(_unseen(topics, n) for n in range(len(topics)))])
    pairs = joined(topics)
    event, value = best(across, pairs.coreferent)
    return replace(regressed(pairs), event=event, claim=best(pairs.claim, pairs.coreferent)[0]), value


def _unseen(topics: Sequence[EventPairs], number: int) -> NDArray[np.float64]:
    """A topic's probabilities by the topics of other folds."""
    others = [topic for n, topic in enumerate(topics) if n % FOLDS != number % FOLDS]
    return probabilities(topics[number], regressed(joined(others)))


def regressed(pairs: EventPairs) -> Weights:
    """Weights without thresholds."""
    return Weights(_logistic(pairs, pairs.heads), _logistic(pairs, ~pairs.heads), 0.5, 0.5)


def _logistic(pairs: EventPairs, which: NDArray[np.bool_]) -> tuple[float, ...]:
    """Base and weights by some pairs; of one class alone all but the base are 0."""
    values, right = pairs.evidence[which].astype(np.float64), pairs.coreferent[which]
    if len(set(right.tolist())) < 2:
        return (9.0 if right.any() else -9.0, *(0.0 for _ in EVIDENCE))
    made = LogisticRegression(max_iter=1000).fit(values, right)
    return tuple(round(float(weight), 3) for weight in (made.intercept_[0], *made.coef_[0]))


def best(scores: NDArray[np.floating], right: NDArray[np.bool_]) -> tuple[float, float]:
    """The threshold of the best F1 over pairs, in hundredths, and that F1."""
    tried = np.arange(101) / 100
    said = scores[:, None] >= tried
    value = 2 * (said & right[:, None]).sum(axis=0) / np.maximum(1, said.sum(axis=0) + right.sum())
    at = int(np.argmax(value))
    return float(tried[at]), float(value[at])


if __name__ == "__main__":
    main()
