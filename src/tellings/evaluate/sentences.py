"""Sentence ends on UD's treebanks: where sentences begin inside paragraphs, precision, recall and F1.

A paragraph's first sentence begins where everybody sees it, so it does not count. The splitter's rules were made while
reading errors on GUM (train and dev) and EWT train, so only a part kept back measures them cleanly; GUM's train part is
told as well because its development part has two news texts only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tellings.evaluate.corpora import titled
from tellings.evaluate.readings import readings
from tellings.evaluate.scores import Evaluation, Score, Tally
from tellings.evaluate.treebank import TreebankText, treebank
from tellings.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tellings.reading.model import Model

NEWS = "GUM_news"
TRAINED = "GUM news, train part (the head learnt from it)"
PARTS = ("GUM news", "GUM", "EWT", TRAINED)  # as they are told
PUBLISHED = {
    "GUM news": "nupunkt .948 (dev and train)",
    TRAINED: "nupunkt .948 (dev and train)",
    "EWT": "nupunkt .892 (its newsgroups and weblogs)",
}
WANTED = {"GUM news": 0.95}


def measure(folder: Path, model: Model) -> Evaluation:
    """Sentence beginnings in GUM's and EWT's development parts and in GUM's news of the train part.

    Raises:
        CorpusError: when a file is missing.

    """
    dev, train = folder / "gum" / "dev.conllu", folder / "gum" / "train.conllu.gz"
    ewt = folder / "ud_ewt" / "en_ewt-ud-dev.conllu"
    corpus = titled("GUM and EWT dev, GUM news of train", dev, train, ewt)
    texts = [*_named(treebank(dev), "GUM"), *_named(treebank(ewt), "EWT"), *_named(treebank(train), "train")]
    pairs = (
        (names, text, reading.sentences)
        for (names, text), (_, reading) in zip(texts, readings((text for _, text in texts), model), strict=True)
    )
    return Evaluation("sentences", corpus, evaluate(pairs), WANTED, PUBLISHED)


def _named(texts: Iterable[TreebankText], part: str) -> Iterator[tuple[tuple[str, ...], TreebankText]]:
    """Texts with the names of the scores that they count in; of `train` the news alone."""
    for text in texts:
        news = text.id.startswith(NEWS)
        if part != "train":
            yield (("GUM news", "GUM") if news else (part,)), text
        elif news:
            yield (TRAINED,), text


def evaluate(texts: Iterable[tuple[Sequence[str], TreebankText, Sequence[Span]]]) -> dict[str, Score]:
    """Scores by name of texts with the names that they count in and the sentences found in them."""
    tally = Tally()
    met: dict[str, None] = {}
    for names, text, found in texts:
        paragraphs = _paragraph_starts(text.text)
        ours = {span.start for span in found} - paragraphs
        theirs = {span.start for span in text.sentences} - paragraphs
        for name in names:
            met[name] = None
            tally.add(name, len(ours & theirs), len(ours), len(theirs))
    return {name: tally.score(name) for name in sorted(met, key=_place)}


def _place(name: str) -> int:
    return PARTS.index(name) if name in PARTS else len(PARTS)


def _paragraph_starts(text: str) -> set[int]:
    """Where the paragraphs of a treebank's text begin: after its empty lines."""
    starts = {0}
    at = text.find("\n\n")
    while at >= 0:
        starts.add(at + 2)
        at = text.find("\n\n", at + 2)
    return starts
