"""Parts of speech and dependencies on UD's treebanks, as the CoNLL 2018 shared task scores them (Zeman et al. 2018).

Over the treebank's own words and sentences: the share of words with the right part of speech (UPOS), governor (UAS),
governor and relation (LAS); signs count, a relation's subtype does not. On the raw text, with the reader's own
sentences and words: F1 of words that are cut alike, and of words that besides have their part of speech (UPOS) or
their governor, cut alike too, and relation (LAS).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tellings.evaluate.corpora import titled
from tellings.evaluate.goldwords import parsed_gold_words
from tellings.evaluate.readings import readings
from tellings.evaluate.scores import Evaluation, Score, Tally
from tellings.evaluate.treebank import GoldWord, treebank
from tellings.records import Span, Word

if TYPE_CHECKING:
    from pathlib import Path

    from tellings.reading.model import Model

PUBLISHED = {"EWT LAS": "TurkuNLP .89 (a large model)", "GUM LAS": ""}
_LEAST = {"UPOS": 0.96, "UAS": 0.91, "LAS": 0.88}
WANTED = {f"{part} {name}": least for part in ("EWT", "GUM") for name, least in _LEAST.items()}


def measure(folder: Path, model: Model) -> Evaluation:
    """Parses of EWT's and GUM's development parts.

    Raises:
        CorpusError: when a file is missing.

    """
    paths = {"EWT": folder / "ud_ewt" / "en_ewt-ud-dev.conllu", "GUM": folder / "gum" / "dev.conllu"}
    corpus = titled("EWT dev, GUM dev", *paths.values())
    scores: dict[str, Score] = {}
    for part, path in paths.items():
        texts = list(treebank(path))
        given = on_gold_words((text.words, parsed_gold_words(text, model)) for text in texts)
        raw = on_raw_text((text.words, reading.words) for text, reading in readings(texts, model))
        scores |= {f"{part} {name}": score for name, score in (given | raw).items()}
    return Evaluation("parse", corpus, scores, WANTED, PUBLISHED)


def on_gold_words(pairs: Iterable[tuple[Sequence[GoldWord], Sequence[Word]]]) -> dict[str, Score]:
    """UPOS, UAS and LAS of parses over the words as annotated."""
    tally = Tally()
    for gold, found in pairs:
        for wanted, word in zip(gold, found, strict=True):
            tally.add("UPOS", word.upos == wanted.upos, 0, 1)
            tally.add("UAS", word.head == wanted.head, 0, 1)
            tally.add("LAS", word.head == wanted.head and _universal(word) == _universal(wanted), 0, 1)
    return {name: tally.share(name) for name in _LEAST}


def on_raw_text(pairs: Iterable[tuple[Sequence[GoldWord], Sequence[Word]]]) -> dict[str, Score]:
    """F1 of words, UPOS and LAS of parses over words of the reader's own."""
    tally = Tally()
    names = ("words", "UPOS", "LAS")
    for gold, found in pairs:
        alike = aligned([word.span for word in found], [word.span for word in gold])
        right = Counter(words=len(alike))
        for ours, theirs in alike.items():
            word, wanted = found[ours], gold[theirs]
            right["UPOS"] += word.upos == wanted.upos
            governor = wanted.head is None if word.head is None else alike.get(word.head, -1) == wanted.head
            right["LAS"] += governor and _universal(word) == _universal(wanted)
        for name in names:
            tally.add(name, right[name], len(found), len(gold))
    return {f"{name}, raw text": tally.score(name) for name in names}


def aligned(found: Sequence[Span], gold: Sequence[Span]) -> dict[int, int]:
    """The number of the annotated word that each found word is: the one of the same span.

    Words of a contraction that cannot be parted by their letters share its span; the first goes to the first.
    """
    numbers = {key: i for i, key in enumerate(_counted(gold))}
    return {i: numbers[key] for i, key in enumerate(_counted(found)) if key in numbers}


def _counted(spans: Sequence[Span]) -> list[tuple[Span, int]]:
    """Each span with how often it stood before."""
    before: Counter[Span] = Counter()
    keys = []
    for span in spans:
        keys.append((span, before[span]))
        before[span] += 1
    return keys


def _universal(word: Word | GoldWord) -> str:
    return word.relation.split(":")[0]
