"""Models made by hand whose heads know what a test tells them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from tellings.comparing.scorer import KINDS, Scores
from tellings.reading import labels, pairs
from tellings.reading.model import PairWeights
from tests.reading.fakes import SURE, HandMadeModel, piece_ids


@dataclass(frozen=True)
class Knowing(HandMadeModel):
    """Gives the label columns of `raised` words a sure score: {word: [column, ...]}."""

    raised: dict[str, list[int]] = field(default_factory=dict)

    def run(self, tokens, window):
        """The hand-made scores with the columns raised."""
        scores = super().run(tokens, window)
        ids = tokens.ids[window.first : window.last]
        made = scores.labels.copy()
        for word, columns in self.raised.items():
            for column in columns:
                made[np.isin(ids, piece_ids(word)), column] = SURE
        return replace(scores, labels=made)


@dataclass(frozen=True)
class Nearest(HandMadeModel):
    """Likes the mention right before a pronoun better than none; any other one less."""

    least: float = 1.0

    @property
    def pair(self):
        """A pair's score is 2 with no mention between, else 0; having none scores `least`."""
        tables = [np.zeros((size, 1), dtype=np.float32) for size in pairs.SIZES]
        tables[1][:2] = 2.0
        tables[0][len(tables[0]) // 2 :] = -5.0  # what stands after the pronoun is not meant
        return PairWeights(tuple(tables), np.ones(1, dtype=np.float32), 0.0, np.zeros(2, dtype=np.float32), self.least)


def loaded():
    """The column that says loaded."""
    return labels.LOADED.start + labels.LOADED_TAGS.index("loaded")


def role(name):
    """The column of a sentence's role."""
    return labels.ROLE.start + labels.ROLES.index(name)


def kind(name):
    """The column of a statement's kind."""
    return labels.KIND.start + labels.KINDS.index(name)


def by_cosine(_table, pairs):
    """Scores of candidate pairs by their cosine alone, all of them likeliest to agree."""
    kinds = np.full((len(pairs.a), len(KINDS)), 0.1, dtype=np.float32)
    kinds[:, KINDS.index("agree")] = 0.6
    return Scores(np.clip(pairs.similar.cosine, 0.0, 1.0), kinds)
