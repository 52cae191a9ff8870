"""A model made by hand: it knows a few words, and gives each the scores a trained one would."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from tellings.reading import labels, pairs
from tellings.reading.model import LinkWeights, PairWeights, ParseWeights, Scores
from tellings.reading.places import SIZES
from tellings.reading.tokens import Tokens, tokens
from tellings.reading.windows import Window

CUES = ("said", "says", "told", "denied")
SURE = 8.0


@dataclass(frozen=True)
class HandMadeModel:
    """Tags the words of CUES as cues and `names` as typed names.

    Its link head finds content in quotation marks of the cue's own sentence, and its source in the two pieces
    before the cue.
    """

    names: dict[str, str] = field(default_factory=dict)
    name: str = "hand-made"

    @property
    def link(self) -> LinkWeights:
        """One hidden unit a kind of meeting: 0 the pieces before the cue, 1 a quoted piece in the cue's sentence."""
        tables = [np.zeros((size, 3), dtype=np.float32) for size in SIZES]
        tables[0][SIZES[0] // 2 - 2 : SIZES[0] // 2, 0] = SURE  # the two pieces before the cue: "lin", "##d"
        tables[2][:, 1] = -SURE
        tables[2][3, 1] = 0.0  # another sentence takes quoted pieces away, the cue's own does not
        weight = np.asarray([[0, 0, 0], [2, -2, 0], [0, 2, 0]], dtype=np.float32)
        return LinkWeights(tuple(tables), weight, np.asarray([SURE / 2, 0, 0], dtype=np.float32))

    @property
    def parse(self) -> ParseWeights:
        """Every word hangs on the first of its sentence, which is the root; every relation is the same."""
        return ParseWeights(
            np.ones(2, dtype=np.float32),
            np.zeros(2, dtype=np.float32),
            np.zeros((len(labels.RELATIONS), 1), dtype=np.float32),
            np.zeros(len(labels.RELATIONS), dtype=np.float32),
        )

    @property
    def pair(self) -> PairWeights:
        """Nobody is anybody else but by name."""
        tables = tuple(np.zeros((size, 1), dtype=np.float32) for size in pairs.SIZES)
        return PairWeights(tables, np.zeros(1, dtype=np.float32), -1.0, np.zeros(2, dtype=np.float32), 0.0)

    def run(self, tokens: Tokens, window: Window) -> Scores:
        """Scores by the ids of the known words; a piece inside quotation marks raises the second hidden unit."""
        ids = tokens.ids[window.first : window.last]
        scores = np.zeros((len(ids), labels.SCORES), dtype=np.float32)
        for column in (labels.CUE, labels.SOURCE, labels.CONTENT, labels.MENTION, labels.NOMINAL, labels.LOADED):
            scores[:, column.start] = SURE / 2
        scores[:, labels.PART_OF_SPEECH.start + labels.UPOS.index("PROPN")] = SURE
        for word in CUES:
            scores[np.isin(ids, piece_ids(word)), labels.CUE.start + 1] = SURE
        for name, kind in self.names.items():
            column = labels.MENTION.start + labels.MENTION_TAGS.index(f"B-{kind}")
            for at, piece in enumerate(piece_ids(name)):
                scores[ids == piece, column + min(at, 1)] = SURE
        quoted = tokens.features[window.first : window.last] % 2
        parts = np.zeros((len(ids), 6), dtype=np.float32)
        parts[:, 1] = SURE * quoted
        states = np.stack([np.cos(ids), np.sin(ids)], axis=1).astype(np.float32)
        nothing = np.zeros((len(ids), 2), dtype=np.float32)
        return Scores(scores, states, np.zeros((len(ids), 6), dtype=np.float32), parts, *[nothing] * 7)


def piece_ids(words: str) -> list[int]:
    """The vocabulary ids of some words."""
    return tokens(words).ids.tolist()
