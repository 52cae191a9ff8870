"""Where a piece stands as seen from a cue: the coarse distances that the link head learns from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_STEPS = np.asarray([1, 2, 3, 4, 6, 8, 12, 16, 24, 36, 54, 80, 120])
SIZES = (
    2 * len(_STEPS) + 1,
    7,
    7,
    5,
    7,
)  # buckets: pieces, cues between, sentences, paragraphs, quotation marks


def places(
    cue_first: NDArray[np.int64],
    cue_last: NDArray[np.int64],
    sentence_of: NDArray[np.int64],
    paragraph_of: NDArray[np.int64],
    quoted: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Distances from each cue to each piece of one window, bucketed (cues x pieces x 5; see SIZES).

    `cue_first`, `cue_last` are half-open piece ranges sorted by position; the others have one number a piece.
    """
    at = np.arange(len(sentence_of))
    distance = np.where(
        at[None] < cue_first[:, None],
        at[None] - cue_first[:, None],
        np.maximum(at[None] - cue_last[:, None] + 1, 0),
    )
    steps = np.searchsorted(_STEPS, np.abs(distance), side="right")
    pieces = np.sign(distance) * steps + len(_STEPS)
    marks = np.zeros(len(at), dtype=np.int64)
    marks[cue_first] += 1
    rank = np.cumsum(marks)
    changes = np.cumsum(np.abs(np.diff(quoted, prepend=quoted[:1])))
    return np.stack(
        [
            pieces,
            _from(rank, cue_first, 3),
            _from(sentence_of, cue_first, 3),
            _from(paragraph_of, cue_first, 2),
            _from(changes, cue_first, 3),
        ],
        axis=-1,
    )


def _from(number_of: NDArray[np.int64], cue_first: NDArray[np.int64], reach: int) -> NDArray[np.int64]:
    """How many numbers on from the cue each piece is, cut at `reach` either way, counted from 0."""
    steps: NDArray[np.int64] = number_of[None] - number_of[cue_first][:, None]
    return np.clip(steps, -reach, reach) + reach
