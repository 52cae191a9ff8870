"""Attribution on PolNeAR dev: tokens of source, cue and content, and whole attributions.

An attribution is found where its content has a Dice coefficient of at least .5 with an annotated one's (in tokens)
and the sources overlap or are both absent: the agreement that Newell et al. (2018) report between two people.

PolNeAR never annotates an attribution inside another's content, so only attributions at the account's own level count
here; those inside others are scored by `nested`, on GUM, which does annotate them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tellings.evaluate.corpora import AttributionText, GoldAttribution, polnear, titled
from tellings.evaluate.readings import readings
from tellings.evaluate.scores import Evaluation, Score, Tally, covered, dice, matched, tokens
from tellings.records import Attribution, Span

if TYPE_CHECKING:
    from pathlib import Path

    from tellings.reading.model import Model

LEAST_DICE = 0.5
PUBLISHED = {
    "source": "BERT .841 (test)",
    "cue": "BERT .729 (test)",
    "content": "BERT .869 (test)",
    "content found": "two people .82",
    "whole": "two people .77",
}
WANTED = {"source": 0.86, "cue": 0.74, "content": 0.91, "whole": 0.77}


@dataclass(frozen=True, slots=True)
class _Tokens:
    """The token sets of one attribution."""

    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]


def measure(folder: Path, model: Model) -> Evaluation:
    """Attribution on PolNeAR's development articles as their first annotators saw them.

    Raises:
        CorpusError: when the file is missing.

    """
    path = folder / "polnear" / "dev.jsonl"
    corpus = titled("PolNeAR dev, first annotator", path)
    pairs = ((t, r.attributions) for t, r in readings((t for t in polnear(path) if t.first), model))
    return Evaluation("attribution", corpus, evaluate(pairs), WANTED, PUBLISHED)


def evaluate(pairs: Iterable[tuple[AttributionText, tuple[Attribution, ...]]]) -> dict[str, Score]:
    """Scores by name: `source`, `cue`, `content` (tokens), `content found` and `whole` (attributions)."""
    tally = Tally()
    for text, found in pairs:
        _count(text, [a for a in found if a.parent is None], tally)
    return {name: tally.score(name) for name in PUBLISHED}


def _count(text: AttributionText, found: list[Attribution], tally: Tally) -> None:
    words = tokens(text.text)
    ours = [_tokens(words, a) for a in found]
    theirs = [_tokens(words, a) for a in text.attributions]
    for part in ("source", "cue", "content"):
        one = set().union(*(getattr(a, part) for a in ours))
        other = set().union(*(getattr(a, part) for a in theirs))
        tally.add(part, len(one & other), len(one), len(other))
    pairs = matched(ours, theirs, _closeness)
    tally.add("content found", len(pairs), len(ours), len(theirs))
    whole = sum(_same_source(ours[i], theirs[k]) for i, k in pairs)
    tally.add("whole", whole, len(ours), len(theirs))


def _tokens(words: list[Span], parts: Attribution | GoldAttribution) -> _Tokens:
    return _Tokens(
        frozenset(covered(words, parts.source)),
        frozenset(covered(words, parts.cue)),
        frozenset(covered(words, parts.content)),
    )


def _closeness(ours: _Tokens, theirs: _Tokens) -> float:
    """Dice of the contents, 0 below LEAST_DICE; a shared source and cue decide between equals."""
    value = dice(set(ours.content), set(theirs.content))
    if value < LEAST_DICE or not (ours.content and theirs.content):
        return 0.0
    return value + 0.01 * _same_source(ours, theirs) + 0.001 * bool(ours.cue & theirs.cue)


def _same_source(ours: _Tokens, theirs: _Tokens) -> bool:
    return bool(ours.source & theirs.source) or not (ours.source or theirs.source)
