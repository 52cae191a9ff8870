"""Fit the thresholds of `tellings.evaluate.events`: `python -m training.claims.events [--documents N]`.

They are those of the best F1 over all pairs of event mentions of ECB+'s train topics; its development topics are never
looked at. Of a topic's two events the first N documents each are compared, by their number, so that the largest topics
do not decide alone (and the run takes minutes).
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tellings.evaluate.corpora import EventText, corpora_folder, ecbplus
from tellings.evaluate.events import (
    ANNOTATED,
    DEVELOPMENT,
    DOCUMENTS,
    EventPairs,
    Thresholds,
    by_topic,
    evaluate,
    joined,
    same_claim,
    topic_pairs,
)
from tellings.evaluate.readings import account
from training.claims.examples import kept, reader

STEPS = 100
"""Thresholds are tried in hundredths."""


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
    parts = []
    for topic in by_topic((text, next(iter(read([account(text)])))) for text in sample(texts, options.documents)):
        began = time.perf_counter()
        parts.append(topic_pairs(topic, same_claim))
        told = f"{len(topic)} documents, {len(parts[-1].scores)} pairs, {int(parts[-1].coreferent.sum())} of one event"
        print(f"topic {topic[0][0].topic}: {told}, {time.perf_counter() - began:.1f} s", flush=True)
    pairs = joined(parts)
    best = fitted(pairs)
    print(best)
    for name, score in evaluate(pairs, best).items():
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


def fitted(pairs: EventPairs) -> Thresholds:
    """The thresholds of the best F1, tried in hundredths; of equal ones the lowest."""
    wanted = int(pairs.coreferent.sum())
    right, found = _at_least(pairs, np.ones_like(pairs.heads))
    one = _best(right, found, wanted)
    right_heads, found_heads = _at_least(pairs, pairs.heads)
    right_others, found_others = _at_least(pairs, ~pairs.heads)
    both = _best(
        (right_heads[:, None] + right_others[None, :]).ravel(),
        (found_heads[:, None] + found_others[None, :]).ravel(),
        wanted,
    )
    heads, others = divmod(both, STEPS + 2)
    return Thresholds(one / STEPS, heads / STEPS, others / STEPS)


def _at_least(pairs: EventPairs, which: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How many pairs, and how many right ones, score at least each threshold; the last one no pair reaches."""
    step = np.floor(pairs.scores * STEPS + 1e-4).astype(np.int64)
    counts = [np.bincount(step[which & kind], minlength=STEPS + 2) for kind in (pairs.coreferent, ~pairs.coreferent)]
    right, wrong = (np.cumsum(one[::-1])[::-1] for one in counts)
    return right, right + wrong


def _best(right: NDArray[np.int64], found: NDArray[np.int64], wanted: int) -> int:
    return int(np.argmax(2 * right / np.maximum(1, found + wanted)))


if __name__ == "__main__":
    main()
