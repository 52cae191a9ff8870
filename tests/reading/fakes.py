"""A model made by hand: it knows a few words, and gives each the scores a trained one would."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from tellings.reading import labels
from tellings.reading.model import LinkWeights, Scores
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

    def run(self, tokens: Tokens, window: Window) -> Scores:
        """Scores by the ids of the known words; a piece inside quotation marks raises the second hidden unit."""
        ids = tokens.ids[window.first : window.last]
        scores = np.zeros((len(ids), labels.SCORES), dtype=np.float32)
        for column in (labels.CUE, labels.SOURCE, labels.CONTENT, labels.MENTION):
            scores[:, column.start] = SURE / 2
        scores[:, labels.PART_OF_SPEECH.start + labels.UPOS.index("PROPN")] = SURE
        for word in CUES:
            scores[np.isin(ids, _ids(word)), labels.CUE.start + 1] = SURE
        for name, kind in self.names.items():
            column = labels.MENTION.start + labels.MENTION_TAGS.index(f"B-{kind}")
            for at, piece in enumerate(_ids(name)):
                scores[ids == piece, column + min(at, 1)] = SURE
        quoted = tokens.features[window.first : window.last] % 2
        parts = np.zeros((len(ids), 6), dtype=np.float32)
        parts[:, 1] = SURE * quoted
        states = np.stack([np.cos(ids), np.sin(ids)], axis=1).astype(np.float32)
        return Scores(scores, states, np.zeros((len(ids), 6), dtype=np.float32), parts)


def _ids(words: str) -> list[int]:
    return tokens(words).ids.tolist()
