"""Who is meant: names, phrases and pronouns of one account that belong together.

Names join by their words (see `mentions.entities`); a phrase or pronoun goes to its best candidate by the coreference
head, or begins an entity of its own (mention ranking, Lee et al. 2017; features in `pairs`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tellings.reading.gender import Gender, of_name, of_pronoun
from tellings.reading.model import pair_scores
from tellings.reading.pairs import KINDS, NAME, NOMINAL, PERSONAL, PRONOUN, Shape, candidates, pair_features, shape
from tellings.records import MentionForm, MentionType, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tellings.reading.layout import Layout
    from tellings.reading.states import Encoded

REACH = 60  # mentions back that one may refer to, so that time grows linearly
FORMS: dict[MentionForm, int] = {"name": NAME, "nominal": NOMINAL, "pronoun": PRONOUN}
# Calibrated on GUM dev's chains of people (training/RESULTS.md): what a candidate must be better by than having none.
LEAST = {"name": 0.5, "nominal": 0.5, "pronoun": 0.0}


@dataclass(frozen=True, slots=True)
class Found:
    """A mention before it has an entity; names that share a `group` are one by their words, other forms have none."""

    span: Span
    type: MentionType | None
    form: MentionForm
    score: float
    group: int | None


def clusters(encoded: Encoded, found: Sequence[Found]) -> list[int]:
    """The number of each mention's entity, mentions in text order, entities numbered by their first mention."""
    if not found:
        return []
    home = _Homes(found)
    genders = _genders(encoded.layout.text, found)
    for first in range(0, len(found), REACH):
        near = range(max(0, first - REACH), min(len(found), first + 2 * REACH))
        block = range(first, min(len(found), first + REACH))
        _link(encoded, found, block, near, home, _agree(genders, block, near))
    return home.numbered()


def _genders(text: str, found: Sequence[Found]) -> NDArray[np.int64]:
    """What each mention tells of he (1) and she (2), else 0: a pronoun itself, a name by all names of its group."""
    numbers: dict[Gender | None, int] = {"he": 1, "she": 2, None: 0}
    told: dict[int | None, set[int]] = {}
    for mention in found:
        if mention.form == "name" and mention.type == "PER":
            told.setdefault(mention.group, {0}).add(numbers[of_name(text, *mention.span)])
    of_group = {group: max(some) for group, some in told.items() if len(some) == 2}
    return np.asarray(
        [
            numbers[of_pronoun(text[slice(*mention.span)])]
            if mention.form == "pronoun"
            else of_group.get(mention.group, 0) if mention.form == "name" else 0
            for mention in found
        ],
        dtype=np.int64,
    )  # fmt: skip


def _agree(genders: NDArray[np.int64], block: range, near: range) -> NDArray[np.bool_]:
    """Which mentions of `block` may be which of `near` (block x near): all but a he and a she."""
    own, other = genders[block.start : block.stop, None], genders[None, near.start : near.stop]
    agreed: NDArray[np.bool_] = (own == other) | (own == 0) | (other == 0)
    return agreed


def _link(  # noqa: PLR0913 - one block of one account
    encoded: Encoded, found: Sequence[Found], block: range, near: range, home: _Homes, agreed: NDArray[np.bool_]
) -> None:
    """Give each mention of `block` its best candidate of `near` among those that agree with it."""
    shapes = [_shape(encoded.layout, found[i]) for i in near]
    rows = slice(block.start - near.start, block.stop - near.start)
    scores, first = ranked(encoded, [found[i].span for i in near], shapes, rows)
    allowed = candidates(shapes)[rows] & agreed
    for i in block:
        mention = found[i]
        if mention.group is not None and home.has_company(i):
            continue  # a name said before
        row = np.where(allowed[i - block.start], scores[i - block.start], -np.inf)
        best = int(row.argmax())
        if row[best] > first[i - block.start] + LEAST[mention.form]:
            home.join(i, near.start + best)


def ranked(
    encoded: Encoded, spans: Sequence[Span], shapes: Sequence[Shape], rows: slice
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Scores of the mentions `rows` with every candidate, and of having none."""
    states = encoded.states
    places = [encoded.layout.pieces(span) for span in spans]
    one = np.stack([states.anaphors[a:b].mean(0) for a, b in places[rows]])
    other = np.stack([states.antecedents[a:b].mean(0) for a, b in places])
    return pair_scores(encoded.model.pair, one, other, pair_features(shapes)[rows])


def _shape(layout: Layout, mention: Found) -> Shape:
    start, end = mention.span
    kind = KINDS.index(mention.type) if mention.type in KINDS else len(KINDS) - 1
    return shape(
        layout.text[start:end],
        FORMS[mention.form],
        kind,
        layout.sentence_at(start),
        quoted=layout.is_quoted(start),
    )


class _Homes:
    """Which mentions are one: a forest of joined mentions whose root is the earliest."""

    def __init__(self, found: Sequence[Found]) -> None:
        self.parent = list(range(len(found)))
        first: dict[int, int] = {}
        self.alone = [True] * len(found)
        for i, mention in enumerate(found):
            if mention.group is not None:
                if mention.group in first:
                    self.join(i, first[mention.group])
                first.setdefault(mention.group, i)

    def root(self, i: int) -> int:
        while self.parent[i] != i:
            self.parent[i] = self.parent[self.parent[i]]
            i = self.parent[i]
        return i

    def has_company(self, i: int) -> bool:
        return self.root(i) != i

    def join(self, i: int, k: int) -> None:
        a, b = sorted((self.root(i), self.root(k)))
        self.parent[b] = a

    def numbered(self) -> list[int]:
        number: dict[int, int] = {}
        return [number.setdefault(self.root(i), len(number)) for i in range(len(self.parent))]


def is_pronoun(word: str) -> bool:
    """Whether a word is a personal or possessive pronoun that may stand for somebody."""
    return word.lower() in PERSONAL
