"""Loaded wording on BABE and PTC, beside a lexicon.

BABE (Spinde et al. 2021) asks whether a sentence is biased; a sentence is, here, where one of its words is loaded
enough. Nothing is learnt from it. It is told once with one threshold for all and once with the threshold that is
best on the other topics, since biased sentences are half of BABE and far fewer in any newspaper.

Of PTC (Da San Martino et al. 2019), the fifth of the articles that training leaves out: sentences that hold loaded
language or name-calling, and the words inside.

The lexicon is what can be had of the other four fifths by counting: words that stand in loaded stretches at least twice
and in .2 of their places (of counts 2, 3, 5 and shares .05 to .3 the pair that is best for it, on all four measures). A
sentence is loaded where it has one of them. What is wanted is .10 above it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tellings.evaluate.corpora import JudgedSentence, LoadedText, babe, held_out, propaganda, titled
from tellings.evaluate.readings import encoded
from tellings.evaluate.scores import Evaluation, Score, Tally, covered, macro
from tellings.records import Span

if TYPE_CHECKING:
    from pathlib import Path

    from tellings.reading.model import Model

WORD = 0.15  # loaded share from which a word is; of .05 to .5 the best for PTC's words, as the lexicon's is
SENTENCE = 0.25  # greatest loaded share of a word from which its sentence is loaded
LEAST_COUNT, LEAST_SHARE = 2, 0.2  # of a word of the lexicon, in loaded stretches
ABOVE_LEXICON = 0.1
CLASSES = ("Biased", "Non-biased")
_BABE, _BY_TOPIC = "BABE sentences, macro F1", "BABE sentences, threshold of other topics"
MEASURES = (_BABE, _BY_TOPIC, "PTC sentences", "PTC words")
PUBLISHED = {_BABE: "Spinde et al. .804 (trained on BABE)"}
_WORD = re.compile(r"\w+(?:['’-]\w+)*")


@dataclass(frozen=True, slots=True)
class Judged:
    """One sentence: the greatest loaded share among its words, whether it is loaded, and its topic where it has one."""

    share: float
    loaded: bool
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Shares:
    """The words of one text, the share of being loaded that each has, and the text's sentences."""

    words: Sequence[Span]
    shares: Sequence[float]
    sentences: Sequence[Span]


def measure(folder: Path, model: Model) -> Evaluation:
    """Loaded wording on BABE SG2 and the held-out fifth of PTC's articles, with the lexicon of the other four.

    Raises:
        CorpusError: when a file is missing.

    """
    paths = folder / "wording" / "babe_sg2.jsonl", folder / "wording" / "ptc_train.jsonl"
    corpus = titled("BABE SG2, PTC held-out fifth", *paths)
    sentences, articles = list(babe(paths[0])), list(propaganda(paths[1]))
    words = lexicon(text for text in articles if not held_out(text.id))
    kept = [text for text in articles if held_out(text.id)]
    # the reader's sentences are the lexicon's too: both are asked of the same ones
    read_articles = [(text, shares_of(text.text, model)) for text in kept]
    ours = evaluate(((s, shares_of(s.text, model)) for s in sentences), read_articles, sentence=SENTENCE, word=WORD)
    theirs = evaluate(
        ((s, lexicon_shares(s.text, words, [Span(0, len(s.text))])) for s in sentences),
        ((text, lexicon_shares(text.text, words, shares.sentences)) for text, shares in read_articles),
        sentence=LEAST_SHARE,
        word=LEAST_SHARE,
    )
    baseline = {f"lexicon: {name}": replace(score, pinned=False) for name, score in theirs.items()}
    wanted = {name: round(score.value + ABOVE_LEXICON, 4) for name, score in theirs.items()}
    return Evaluation("wording", corpus, ours | baseline, wanted, PUBLISHED)


def evaluate(
    judged: Iterable[tuple[JudgedSentence, Shares]],
    articles: Iterable[tuple[LoadedText, Shares]],
    *,
    sentence: float,
    word: float,
) -> dict[str, Score]:
    """Scores by the names of MEASURES; `sentence` and `word` are the shares from which either is loaded."""
    rows = [Judged(max(shares.shares, default=0.0), one.biased, one.topic) for one, shares in judged]
    tally = Tally()
    for text, shares in articles:
        _count(text, shares, sentence, word, tally)
    return {
        _BABE: _macro(rows, [sentence] * len(rows)),
        _BY_TOPIC: _macro(rows, thresholds_by_topic(rows)),
        "PTC sentences": tally.score("PTC sentences"),
        "PTC words": tally.score("PTC words"),
    }


def _macro(rows: Sequence[Judged], thresholds: Sequence[float]) -> Score:
    found = [CLASSES[row.share < least] for row, least in zip(rows, thresholds, strict=True)]
    return macro([(f, CLASSES[not row.loaded]) for f, row in zip(found, rows, strict=True)], CLASSES)


def thresholds_by_topic(rows: Sequence[Judged]) -> list[float]:
    """For each sentence the threshold that gives the best macro F1 on the sentences of all other topics."""
    best = {topic: best_threshold([row for row in rows if row.topic != topic]) for topic in {row.topic for row in rows}}
    return [best[row.topic] for row in rows]


def best_threshold(rows: Sequence[Judged]) -> float:
    """The share from which to call sentences loaded for the best macro F1, the least of equals; SENTENCE for none."""
    if not rows:
        return SENTENCE
    shares = np.asarray([row.share for row in rows])
    loaded = np.asarray([row.loaded for row in rows])
    order = np.argsort(-shares, kind="stable")
    falling = shares[order]
    ends = np.flatnonzero(np.append(falling[1:] != falling[:-1], True))  # only between unequal shares can one cut
    hits = np.cumsum(loaded[order])[ends]
    said, all_loaded = ends + 1, int(loaded.sum())
    plain_hits = len(rows) - all_loaded - (said - hits)
    one = 2 * hits / (said + all_loaded)
    other = 2 * plain_hits / np.maximum(1, 2 * len(rows) - said - all_loaded)
    values = np.round(one + other, 9)
    return float(falling[ends[np.flatnonzero(values == values.max())[-1]]])


def _count(text: LoadedText, shares: Shares, sentence: float, word: float, tally: Tally) -> None:
    inside = covered(shares.words, text.loaded)
    found = {i for i, share in enumerate(shares.shares) if share >= word}
    tally.add("PTC words", len(inside & found), len(found), len(inside))
    starts = np.asarray([span.start for span in shares.words], dtype=np.int64)
    for span in shares.sentences:
        first, last = np.searchsorted(starts, [span.start, span.end]).tolist()
        said = max(shares.shares[first:last], default=0.0) >= sentence
        loaded = any(s.start < span.end and span.start < s.end for s in text.loaded)
        tally.add("PTC sentences", said and loaded, said, loaded)


def shares_of(text: str, model: Model) -> Shares:
    """The loaded shares that the reader gives the words of a text, signs left out."""
    from tellings.reading.wording import loaded_shares

    seen = encoded(text, model)
    kept = [
        (span, float(share))
        for span, share in zip(seen.layout.words, loaded_shares(seen.layout, seen.states), strict=True)
        if any(sign.isalnum() for sign in text[span.start : span.end])
    ]
    return Shares([span for span, _ in kept], [share for _, share in kept], seen.layout.sentences)


def lexicon(texts: Iterable[LoadedText]) -> dict[str, float]:
    """The words of loaded stretches, lower-cased, with the share of their places that lie in one.

    Those with the highest odds of it: in loaded stretches at least LEAST_COUNT times and in LEAST_SHARE of places.
    """
    loaded: Counter[str] = Counter()
    everywhere: Counter[str] = Counter()
    for text in texts:
        spans = _words(text.text)
        everywhere.update(text.text[s.start : s.end].lower() for s in spans)
        loaded.update(text.text[spans[i].start : spans[i].end].lower() for i in covered(spans, text.loaded))
    return {
        word: round(count / everywhere[word], 4)
        for word, count in sorted(loaded.items())
        if count >= LEAST_COUNT and count >= LEAST_SHARE * everywhere[word]
    }


def lexicon_shares(text: str, words: Mapping[str, float], sentences: Sequence[Span]) -> Shares:
    """The shares that a lexicon gives the words of a text."""
    spans = _words(text)
    return Shares(spans, [words.get(text[s.start : s.end].lower(), 0.0) for s in spans], sentences)


def _words(text: str) -> list[Span]:
    return [Span(*match.span()) for match in _WORD.finditer(text)]
