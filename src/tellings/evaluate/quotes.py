"""Direct quotations with the right speaker, on PolNeAR dev: the share of annotated quotations that are given rightly.

A quotation is an annotated attribution with a source whose content stands between quotation marks. It is given rightly
where the content of an attribution that was found has a Dice coefficient of at least .5 with it (in tokens) and the
speaker is the same: the sources overlap, or the annotated source holds a mention of the entity that the found one was
resolved to ("she" and "Lind").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tellings.evaluate.corpora import AttributionText, GoldAttribution, polnear, titled
from tellings.evaluate.readings import readings
from tellings.evaluate.scores import Evaluation, Score, Tally, covered, dice, tokens
from tellings.records import Attribution, Reading, Span

if TYPE_CHECKING:
    from pathlib import Path

    from tellings.reading.model import Model

LEAST_DICE = 0.5
QUOTED_SHARE = 0.85  # of a content between quotation marks: a direct quotation
MARKS = frozenset("\"“”„«»'‘’")
PUBLISHED = {"right speaker": "GenderGapTracker .865 (its own articles)"}
WANTED = {"right speaker": 0.9}


def measure(folder: Path, model: Model) -> Evaluation:
    """Quotations in PolNeAR's development articles as their first annotators saw them.

    Raises:
        CorpusError: when the file is missing.

    """
    path = folder / "polnear" / "dev.jsonl"
    corpus = titled("PolNeAR dev, first annotator: direct quotations", path)
    scores = evaluate(readings((t for t in polnear(path) if t.first), model))
    return Evaluation("quotes", corpus, scores, WANTED, PUBLISHED)


def evaluate(pairs: Iterable[tuple[AttributionText, Reading]]) -> dict[str, Score]:
    """Shares of quotations by name: `right speaker`, and on the way to it `found` and `overlapping source`."""
    tally = Tally()
    for text, reading in pairs:
        words = tokens(text.text)
        for gold in quotations(text, reading.quotations):
            near = list(_near(words, gold, reading.attributions))
            overlapping = any(_overlap(gold.source, a.source) for a in near)
            tally.add("right speaker", overlapping or any(_same_entity(gold, a, reading) for a in near), 0, 1)
            tally.add("overlapping source", overlapping, 0, 1)
            tally.add("found", bool(near), 0, 1)
    return {name: tally.share(name) for name in ("right speaker", "overlapping source", "found")}


def quotations(text: AttributionText, between_marks: Iterable[Span]) -> Iterator[GoldAttribution]:
    """The annotated attributions of quoted content with a source; `between_marks` are the stretches between marks."""
    marked = tuple(between_marks)
    for gold in text.attributions:
        if not (gold.source and gold.content):
            continue
        length = sum(span.end - span.start - 2 for span in gold.content)  # the marks themselves are in no stretch
        quoted = sum(max(0, min(c.end, m.end) - max(c.start, m.start)) for c in gold.content for m in marked)
        ends = {text.text[gold.content[0].start], text.text[gold.content[-1].end - 1]}
        if quoted >= QUOTED_SHARE * max(1, length) or ends <= MARKS:
            yield gold


def _near(words: list[Span], gold: GoldAttribution, found: Iterable[Attribution]) -> Iterator[Attribution]:
    """The attributions whose content is close to the annotated one's."""
    theirs = covered(words, gold.content)
    for attribution in found:
        ours = covered(words, attribution.content)
        if ours and dice(ours, theirs) >= LEAST_DICE:
            yield attribution


def _overlap(one: Iterable[Span], other: tuple[Span, ...]) -> bool:
    return any(a.start < b.end and b.start < a.end for a in one for b in other)


def _same_entity(gold: GoldAttribution, found: Attribution, reading: Reading) -> bool:
    """Whether the annotated source holds a mention of the found attribution's entity."""
    return any(
        mention.entity == found.entity and _overlap(gold.source, (mention.span,)) for mention in reading.mentions
    )
