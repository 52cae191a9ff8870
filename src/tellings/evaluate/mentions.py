"""Names on UNER English-EWT dev: exact spans with type (PER, ORG, LOC), as the benchmark scores them.

UNER annotates names alone, so phrases and pronouns do not count. Its sentences are read together by document, each a
line, so that the reader sees the context that it would have in use. The line ends give it the benchmark's sentences, as
others are given them; the benchmark's words, which others are given too, it does not see.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tellings.evaluate.corpora import NamedText, titled, uner
from tellings.evaluate.readings import readings
from tellings.evaluate.scores import Evaluation, Score, Tally
from tellings.records import Mention

if TYPE_CHECKING:
    from pathlib import Path

    from tellings.reading.model import Model

TYPES = ("PER", "ORG", "LOC")
PUBLISHED = {"all": "XLM-R-large .860 (test)", "PER": "", "ORG": "", "LOC": "", "span alone": ""}
WANTED = {"all": 0.82}


def measure(folder: Path, model: Model) -> Evaluation:
    """Names in UNER's development documents.

    Raises:
        CorpusError: when the file is missing or a token of it does not stand in its sentence.

    """
    path = folder / "ner" / "uner_english_ewt_dev.jsonl"
    corpus = titled("UNER English-EWT dev", path)
    scores = evaluate((text, reading.mentions) for text, reading in readings(uner(path), model))
    return Evaluation("mentions", corpus, scores, WANTED, PUBLISHED)


def evaluate(pairs: Iterable[tuple[NamedText, tuple[Mention, ...]]]) -> dict[str, Score]:
    """Scores by name: `all`, each type, and `span alone` (type not counted)."""
    tally = Tally()
    for text, found in pairs:
        ours = {(m.span, m.type) for m in found if m.form == "name" and m.type in TYPES}
        theirs = set(text.names)
        for kind in TYPES:
            one = {m for m in ours if m[1] == kind}
            other = {m for m in theirs if m[1] == kind}
            tally.add(kind, len(one & other), len(one), len(other))
            tally.add("all", len(one & other), len(one), len(other))
        spans, wanted = {m[0] for m in ours}, {m[0] for m in theirs}
        tally.add("span alone", len(spans & wanted), len(spans), len(wanted))
    return {name: tally.score(name) for name in PUBLISHED}
