"""Figures against our own labels: value, unit and bound, in 300 sentences of GVA, BASIL and AllSides articles.

A sentence is read with some text before and after it, as the reader would meet it. A figure of ours stands for a
labelled one where their spans overlap; it is right where value, unit and bound are. Shares are right to three places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tellings.errors import CorpusError
from tellings.evaluate.corpora import lines, titled
from tellings.evaluate.scores import Evaluation, Score, Tally, matched
from tellings.records import Figure, Span

if TYPE_CHECKING:
    from pathlib import Path

    from tellings.reading.model import Model

WANTED = {"value, unit and bound": 0.92}
BEFORE, AFTER = 400, 200
"""How much text around a sentence is read with it, in code points."""
_CLOSE = 1e-3


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence with its labelled figures: `id` names corpus and place, spans count in `text`."""

    id: str
    text: str
    sentence: Span
    figures: tuple[Figure, ...]


def measure(folder: Path, model: Model) -> Evaluation:
    """Figures of the labelled sentences.

    Raises:
        CorpusError: when the labels or a text of theirs are missing.

    """
    from tellings.evaluate.readings import readings

    path = labels("figures.jsonl")
    read = [(text, reading.figures) for text, reading in readings(labelled(path, folder), model)]
    return Evaluation("figures", titled("own labels, figures", path), evaluate(read), WANTED, {})


def labels(name: str) -> Path:
    """A file beside the folder of our own labelled stories.

    Raises:
        CorpusError: there is none.

    """
    from tellings.evaluate.stories import OWN, own_labels

    path = (own_labels() or OWN).parent / name
    if not path.is_file():
        raise CorpusError(str(path), "is missing", "run this in a checkout, which has our own labels")
    return path


def with_texts(path: Path, folder: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """The labels of a file, each with the text of its document, corpus by corpus.

    Raises:
        CorpusError: when a text of theirs is missing.

    """
    from tellings.evaluate.stories import bodies

    records = list(lines(path))
    for corpus in sorted({record["corpus"] for record in records}):
        of_corpus = [record for record in records if record["corpus"] == corpus]
        texts = bodies(corpus, {record["document"] for record in of_corpus}, folder)
        for record in of_corpus:
            if record["document"] not in texts:
                raise CorpusError(str(path), f"has no text for {record['document']}", "check the corpora folder")
            yield record, texts[record["document"]]


def labelled(path: Path, folder: Path) -> Iterator[Labelled]:
    """The labelled sentences with the text around them.

    Raises:
        CorpusError: when a text of theirs is missing.

    """
    return (_cut(record, text) for record, text in with_texts(path, folder))


def _cut(record: Mapping[str, Any], text: str) -> Labelled:
    """A labelled sentence; offsets count from where the text around it begins."""
    begin = max(0, record["start"] - BEFORE)
    figures = tuple(Figure(_shifted(f, begin), f["low"], f["high"], f["unit"], f["bound"]) for f in record["figures"])
    name = f"{record['corpus']}/{record['document']}/{record['start']}"
    return Labelled(name, text[begin : record["end"] + AFTER], _shifted(record, begin), figures)


def _shifted(record: Mapping[str, Any], begin: int) -> Span:
    return Span(record["start"] - begin, record["end"] - begin)


def evaluate(read: Iterable[tuple[Labelled, Sequence[Figure]]]) -> dict[str, Score]:
    """F1 of the figures in the labelled sentences: with all that is told of them, and of the value alone."""
    tally = Tally()
    for text, figures in read:
        ours = [one for one in figures if text.sentence.start <= one.span.start < text.sentence.end]
        pairs = [(ours[i], text.figures[k]) for i, k in matched(ours, text.figures, _overlap)]
        for name, same in _MEASURED.items():
            tally.add(name, sum(same(one, gold) for one, gold in pairs), len(ours), len(text.figures))
    return {name: tally.score(name) for name in _MEASURED}


def _overlap(one: Figure, other: Figure) -> float:
    return min(one.span.end, other.span.end) - max(one.span.start, other.span.start)


def same_value(one: Figure, other: Figure) -> bool:
    """Whether two figures have one value, or one range."""
    pairs = ((one.low, other.low), (one.high, other.high))
    return all(abs(a - b) <= _CLOSE * max(1.0, abs(b)) for a, b in pairs)


_Same = Callable[[Figure, Figure], bool]
_MEASURED: dict[str, _Same] = {
    "value, unit and bound": lambda one, gold: (
        same_value(one, gold) and (one.unit, one.bound) == (gold.unit, gold.bound)
    ),
    "value": same_value,
    "value and unit": lambda one, gold: same_value(one, gold) and one.unit == gold.unit,
    "found": lambda _one, _gold: True,
}
