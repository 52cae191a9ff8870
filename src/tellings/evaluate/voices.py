"""Chains of voices and origins of claims, against labels of our own: `training/gold/voices` (see docs/labelling.md).

The labels say for each claim of the gold which of its sentences rest on one origin, and so how many origins it has; a
range where nobody could tell. And they give every content that is told through two voices or more.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tellings.comparing.origins import origins
from tellings.comparing.voices import chain, nested
from tellings.errors import CorpusError
from tellings.evaluate import stories
from tellings.evaluate.claims import Laid, laid, titled
from tellings.evaluate.corpora import content
from tellings.evaluate.scores import Evaluation, Score, score
from tellings.evaluate.stories import Sentence
from tellings.records import Span

if TYPE_CHECKING:
    from tellings.reading.model import Model

WANTED = {"origins": 0.85, "chains of two or more, recall": 0.75, "chains of two or more, precision": 0.85}
PUBLISHED = {"origins": "two readers 41 of 41"}
LEARNT = "gold stories with voices, which origins learnt from"
"""What is measured on. The shipped trees saw the origins of these stories; `python -m training.voices --dry` has the
figure of stories that they did not see."""
_COVERS = 0.5
"""Of the shorter of two contents that the other must cover to be the same."""


@dataclass(frozen=True, slots=True)
class Told:
    """On how many origins a claim of the gold, by its number, rests, and the sentences that rest on each."""

    claim: int
    origins: tuple[frozenset[Sentence], ...]
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Labelled:
    """A story's labels: of every claim its origins, and (letter, span) of every content of a chain."""

    claims: tuple[Told, ...]
    chains: tuple[tuple[str, Span], ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """What was found of a story: claims whose origins are right, claims; chains right, found, labelled."""

    right: int
    claims: int
    chains: int
    found: int
    labelled: int


def measure(folder: Path, model: Model) -> Evaluation:
    """Origins and chains of the stories whose voices are labelled.

    Raises:
        CorpusError: when the labels, the gold or the texts of a story are missing.

    """
    from tellings.reading import read

    labels = dict(labels_of())
    kept = [story for story in stories.load(folder) if story.name in labels]
    if not kept:
        raise CorpusError("voices", "no story of the gold is labelled so", "run in a checkout, with the whole gold")
    counts = [
        counted(laid(story, read([t.account for t in story.tellings], model=model)), labels[story.name])
        for story in kept
    ]
    return Evaluation("voices", titled(kept, LEARNT), evaluate(counts), WANTED, PUBLISHED)


def evaluate(counts: Sequence[Counted]) -> dict[str, Score]:
    """The share of claims whose number of origins is right; precision and recall of the chains."""
    right, claims, chains, found, labelled = (
        sum(getattr(one, name) for one in counts) for name in ("right", "claims", "chains", "found", "labelled")
    )
    both = score(chains, found, labelled)
    return {
        "origins": Score(round(right / max(1, claims), 4), claims),
        "chains of two or more": both,
        "chains of two or more, recall": Score(both.recall or 0.0, labelled),
        "chains of two or more, precision": Score(both.precision or 0.0, found),
    }


def labels_of() -> Iterator[tuple[str, Labelled]]:
    """The labelled stories by name, each as its first reader labelled it."""
    own = stories.own_labels()
    folder = own.parent / "voices" if own else None
    for path in sorted(folder.glob("*/*[0-9].json")) if folder else ():
        label = json.loads(content(path))
        claims = tuple(
            Told(one["claim"], tuple(map(_sentences, one["origins"])), one["least"], one["most"])
            for one in label["claims"]
        )
        chains = tuple((one["sentence"][0], Span(*one["content"])) for one in label["chains"])
        yield label["story"], Labelled(claims, chains)


def _sentences(names: Sequence[str]) -> frozenset[Sentence]:
    return frozenset((name[0], int(name[1:])) for name in names)


def asked(one: Laid, labels: Labelled) -> Iterator[tuple[Told, tuple[int, ...]]]:
    """The labelled claims of several accounts with the rows that tell them."""
    for label in labels.claims:
        members = one.story.claims[label.claim].members
        if len({letter for letter, _ in members}) > 1:
            yield label, appearances(one, members)


def counted(one: Laid, labels: Labelled) -> Counted:
    """Count what is right of one story."""
    told = list(asked(one, labels))
    come = origins(one.table, [rows for _, rows in told])
    right = sum(label.least <= len(found) <= label.most for (label, _), found in zip(told, come, strict=True))
    found = list(chains(one))
    taken: set[int] = set()
    for letter, span in labels.chains:
        hit = next((n for n, other in enumerate(found) if n not in taken and _same(other, (letter, span))), None)
        if hit is not None:
            taken.add(hit)
    return Counted(right, len(told), len(taken), len(found), len(labels.chains))


def appearances(one: Laid, members: Sequence[Sentence]) -> tuple[int, ...]:
    """For each sentence of a labelled claim the row that tells it: the one nearest to those of the other accounts."""
    rows: dict[Sentence, list[int]] = defaultdict(list)
    for row, places in enumerate(one.sentences):
        for place in places:
            rows[place].append(row)
    vectors = one.table.vectors
    found = set()
    for member in members:
        others = [row for other in members if other[0] != member[0] for row in rows[other]]
        near = {row: sorted((vectors[others] @ vectors[row]).tolist())[-2:] for row in rows[member]}
        found.update(sorted(near, key=lambda row: (-round(sum(near[row]), 4), row))[:1])
    return tuple(sorted(found))


def chains(one: Laid) -> Iterator[tuple[str, Span]]:
    """The innermost contents that are told through two voices or more, with their account's letter."""
    letters = {telling.account.id: telling.letter for telling in one.story.tellings}
    sentences = {telling.letter: telling.sentences for telling in one.story.tellings}
    for reading, said in zip(one.table.readings, one.table.speakers, strict=True):
        for number, attribution in enumerate(reading.attributions):
            links = chain(reading, said, nested(reading, number))
            if len(links) > 1 and links[-1] == number and attribution.content:
                letter = letters[reading.account.id]
                yield from ((letter, part) for part in _by_sentence(attribution.content, sentences[letter]))


def _by_sentence(spans: Sequence[Span], sentences: Sequence[Span]) -> Iterator[Span]:
    """The part of a content in each sentence, as the labels give it."""
    for sentence in sentences:
        parts = [part for span in spans if (part := _common(span, sentence))]
        if parts:
            yield Span(parts[0].start, parts[-1].end)


def _common(one: Span, other: Span) -> Span | None:
    start, end = max(one.start, other.start), min(one.end, other.end)
    return Span(start, end) if end > start else None


def _same(one: tuple[str, Span], other: tuple[str, Span]) -> bool:
    (letter, a), (wanted, b) = one, other
    common = min(a.end, b.end) - max(a.start, b.start)
    return letter == wanted and common > _COVERS * min(a.end - a.start, b.end - b.start)
