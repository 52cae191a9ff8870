"""Who the sources of each account are, against the gold: found, of the right type, and the unnamed ones.

The gold names a source in its reader's words and lists the sentences attributed to it. A source of ours stands for it
if the two share a telling word of their names, or lack one both, and a sentence; or if most sentences of either are the
other's. Each stands for one at most, the closest first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tellings.comparing.outlets import with_outlets
from tellings.comparing.sources import sources
from tellings.comparing.table import build, in_order
from tellings.comparing.words import STOP, listed, words
from tellings.evaluate.readings import of_stories
from tellings.evaluate.scores import Evaluation, Score, score
from tellings.records import Source, Span

if TYPE_CHECKING:
    from tellings.evaluate.stories import GoldSource, GoldStory
    from tellings.reading.model import Model
    from tellings.records import Reading

TYPES = {
    "named person": "named person",
    "role only": "role",
    "organisation": "organisation",
    "anonymous": "anonymous",
    "document": "document",
    "media outlet": "outlet",
    "public/collective": "collective",
}
"""The gold's types by ours."""
WANTED = {"found": 0.85, "right type": 0.80, "anonymous": 0.85}
_MOST = 0.5
"""Of the sentences of either that both must have, where the names do not tell."""
_GENERIC = listed("source sources official officials person people unnamed anonymous spokesman spokeswoman statement")


@dataclass(frozen=True, slots=True)
class Found:
    """A source of ours with the gold's sentences that something is attributed to it in, and the words of its names."""

    type: str | None
    sentences: frozenset[int]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Matched:
    """The gold's sources of one account, our source for each where there is one, and those of ours left over."""

    gold: tuple[GoldSource, ...]
    ours: tuple[Found | None, ...]
    left: tuple[Found, ...]


def measure(folder: Path, model: Model) -> Evaluation:
    """Sources of the gold's development stories.

    Raises:
        CorpusError: when the gold or the texts of a story are missing.

    """
    from tellings.evaluate.claims import titled

    kept = of_stories(folder, model, lambda story: story.sources)
    matches = [one for story, readings in kept for one in matched(story, readings)]
    return Evaluation("sources", titled(story for story, _ in kept), evaluate(matches), WANTED, {})


def evaluate(matches: Sequence[Matched]) -> dict[str, Score]:
    """The figures; a type counts among all the gold's sources, as the issue of a missed one is that it is missed."""
    total = sum(len(one.gold) for one in matches)
    pairs = [(gold, ours) for one in matches for gold, ours in zip(one.gold, one.ours, strict=True) if ours]
    right = sum(TYPES.get(gold.type) == ours.type for gold, ours in pairs)
    unnamed = sum(gold.type == "anonymous" for one in matches for gold in one.gold)
    said = sum(ours.type == "anonymous" for _, ours in pairs)
    said += sum(ours.type == "anonymous" for one in matches for ours in one.left)
    both = sum(gold.type == "anonymous" and ours.type == "anonymous" for gold, ours in pairs)
    every = len(pairs) + sum(len(one.left) for one in matches)
    return {
        "found": Score(round(len(pairs) / max(1, total), 4), total),
        "right type": Score(round(right / max(1, total), 4), total),
        "right type, of those found": Score(round(right / max(1, len(pairs)), 4), len(pairs)),
        "of ours in the gold": Score(round(len(pairs) / max(1, every), 4), every),
        "anonymous": score(both, said, unnamed),
    }


def matched(story: GoldStory, readings: list[Reading]) -> Iterator[Matched]:
    """The sources of each labelled account of a story, matched."""
    table = build(with_outlets(in_order(readings)))
    letters = {telling.account.id: telling for telling in story.tellings}
    found: dict[str, list[Found]] = {telling.letter: [] for telling in story.tellings}
    for source in sources(table):
        telling = letters[source.account]
        found[telling.letter].append(_found(source, telling.sentences))
    for telling in story.tellings:
        gold = tuple(one for one in story.sources if one.letter == telling.letter)
        if gold:
            yield _matched(gold, found[telling.letter])


def _found(source: Source, sentences: Sequence[Span]) -> Found:
    where = {
        number
        for attribution in source.attributions
        for part in attribution.content or attribution.cue
        for number, span in enumerate(sentences)
        if span.start < part.end and part.start < span.end
    }
    names = [source.name or "", *(part.text for one in source.attributions for part in one.source)]
    keys = {word.stem for name in names for word in words(name) if word.key not in STOP}
    return Found(source.type, frozenset(where), frozenset(keys))


def _matched(gold: tuple[GoldSource, ...], ours: list[Found]) -> Matched:
    scored = sorted(
        ((_closeness(one, other), -n, -m) for n, one in enumerate(gold) for m, other in enumerate(ours)), reverse=True
    )
    taken: dict[int, int] = {}
    for close, n, m in scored:
        if close > 0 and -n not in taken and -m not in taken.values():
            taken[-n] = -m
    left = tuple(one for m, one in enumerate(ours) if m not in taken.values())
    return Matched(gold, tuple(ours[taken[n]] if n in taken else None for n in range(len(gold))), left)


def _closeness(gold: GoldSource, ours: Found) -> float:
    """How well a source of ours stands for one of the gold, 0 where it does not."""
    theirs = {word.stem for word in words(gold.name) if word.key not in STOP}
    listed_in = frozenset(gold.sentences)
    common = len(listed_in & ours.sentences)
    share = common / max(1, min(len(listed_in), len(ours.sentences)))
    names = len((theirs & ours.words) - _GENERIC)
    alike = names > 0 or (not (theirs - _GENERIC) and not (ours.words - _GENERIC))
    if not common or not (alike or share >= _MOST):
        return 0.0
    return names + common / max(1, len(listed_in | ours.sentences))
