"""How well the reading does on public corpora: their development parts, the scores, the published ones beside."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tellings.errors import TellingsError
from tellings.evaluate.scores import Score
from tellings.records import Account, Original, Reading

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores by name, the corpus they were measured on (named with its digest), the published scores."""

    corpus: str
    scores: dict[str, Score]
    published: dict[str, str]


def evaluate(layer: str, corpora: Path | None = None) -> Evaluation:
    """Score `attribution` (PolNeAR dev, first annotator) or `mentions` (UNER English-EWT dev) by the shipped model.

    Raises:
        CorpusError: when the corpora folder or a file of it is missing.
        TellingsError: for a layer that there is no evaluation of.

    """
    if layer == "attribution":
        return _attribution(corpora)
    if layer == "mentions":
        return _mentions(corpora)
    raise TellingsError(layer, "is no layer that can be scored", "ask for attribution or mentions")


def _attribution(corpora: Path | None) -> Evaluation:
    from tellings.evaluate import attribution
    from tellings.evaluate.corpora import corpora_folder, digest, polnear

    path = corpora_folder(corpora) / "polnear" / "dev.jsonl"
    texts = [text for text in polnear(path) if text.first]
    pairs = ((text, reading.attributions) for text, reading in _readings(texts, lambda t: (t.id, t.text)))
    title = f"PolNeAR dev, first annotator ({digest(path)[:12]})"
    return Evaluation(title, attribution.evaluate(pairs), attribution.PUBLISHED)


def _mentions(corpora: Path | None) -> Evaluation:
    from tellings.evaluate import mentions
    from tellings.evaluate.corpora import corpora_folder, digest, uner

    path = corpora_folder(corpora) / "ner" / "uner_english_ewt_dev.jsonl"
    pairs = ((text, reading.mentions) for text, reading in _readings(uner(path), lambda t: (t.id, t.text)))
    return Evaluation(f"UNER English-EWT dev ({digest(path)[:12]})", mentions.evaluate(pairs), mentions.PUBLISHED)


def _readings(texts: Iterable[T], named: Callable[[T], tuple[str, str]]) -> Iterator[tuple[T, Reading]]:
    """Texts with their readings; corpus texts go straight to the reader, past the checks that inputs meet."""
    from tellings.reading import read

    for text in texts:
        name, words = named(text)
        sha256 = hashlib.sha256(words.encode()).hexdigest()
        account = Account(name, words, sha256, Original(name, sha256, len(words.encode()), "utf-8"))
        yield text, next(read([account]))
