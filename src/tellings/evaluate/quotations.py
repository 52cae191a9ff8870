"""Quotations that several accounts share, against the gold: found, and how their wording differs.

A labelled quotation is found where one of ours joins sentences of two of its accounts. Its kind is the strongest
difference between versions that stand in its own sentences; who says it does not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tellings.comparing.outlets import with_outlets
from tellings.comparing.quotes import quotes
from tellings.comparing.spoken import Piece, made
from tellings.comparing.table import Table, build, in_order
from tellings.comparing.versions import strongest
from tellings.evaluate.readings import of_stories
from tellings.evaluate.scores import Evaluation, Score
from tellings.records import Span

if TYPE_CHECKING:
    from tellings.evaluate.stories import GoldStory, Sentence
    from tellings.reading.model import Model
    from tellings.records import Quote, Reading

WANTED = {"found": 0.97, "kind, of those found": 0.92}
_KINDS = ("identical", "clipped", "altered")


@dataclass(frozen=True, slots=True)
class Collated:
    """A labelled quotation: the kind its reader gave it, and the kind of ours, None where it was not found."""

    gold: str
    ours: str | None


def measure(folder: Path, model: Model) -> Evaluation:
    """Shared quotations of the gold's development stories.

    Raises:
        CorpusError: when the gold or the texts of a story are missing.

    """
    from tellings.evaluate.claims import titled

    kept = of_stories(folder, model, lambda story: story.quotes)
    found = [one for story, readings in kept for one in collated(story, readings)]
    return Evaluation("quotations", titled(story for story, _ in kept), evaluate(found), WANTED, {})


def evaluate(found: Sequence[Collated]) -> dict[str, Score]:
    """The share of the labelled quotations that are found, and of these whose kind is right."""
    there = [one for one in found if one.ours is not None]
    right = sum(one.gold == one.ours for one in there)
    return {
        "found": Score(round(len(there) / max(1, len(found)), 4), len(found)),
        "kind, of those found": Score(round(right / max(1, len(there)), 4), len(there)),
    }


def collated(story: GoldStory, readings: Sequence[Reading]) -> Iterable[Collated]:
    """Each labelled quotation of a story beside ours."""
    table = build(with_outlets(in_order(list(readings))))
    number = {reading.account.id: n for n, reading in enumerate(table.readings)}
    ours = [_versions(story, table, number, quote) for quote in quotes(table)]
    for gold in story.quotes:
        kinds = [kind for versions in ours if (kind := _kind(table, set(gold.members), versions)) is not None]
        yield Collated(gold.same, max(kinds, key=_KINDS.index, default=None))


def _versions(
    story: GoldStory, table: Table, number: dict[str, int], quote: Quote
) -> list[tuple[Piece, frozenset[Sentence]]]:
    """The versions of a quotation of ours, each with the gold's sentences it stands in."""
    tellings = {telling.account.id: telling for telling in story.tellings}
    found = []
    for use in quote.appearances:
        telling, span = tellings[use.account], Span(use.start, use.end)
        piece = made(table, number[use.account], span, "marks" if use.marked else "plain")
        places = [(telling.letter, n) for n, one in enumerate(telling.sentences) if _mostly(one, span)]
        if piece:
            found.append((piece, frozenset(places)))
    return found


def _mostly(one: Span, other: Span) -> bool:
    """Whether more than half of the shorter of two spans stands in the other."""
    shorter = min(one.end - one.start, other.end - other.start)
    return 2 * (min(one.end, other.end) - max(one.start, other.start)) > shorter


def _kind(table: Table, members: set[Sentence], versions: Sequence[tuple[Piece, frozenset[Sentence]]]) -> str | None:
    """The kind of the versions that stand in some sentences, None unless these are of two accounts."""
    inside = [piece for piece, places in versions if places & members]
    if len({piece.reading for piece in inside}) < 2:
        return None
    return strongest([(piece, table.readings[piece.reading].account.text) for piece in inside])
