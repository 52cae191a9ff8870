"""The pair model: two layers of the encoder that read two statements together, from where the reading left off.

The reading keeps the states of every piece half way through the encoder, where each has seen its own account around
it; the pair model puts those of two statements side by side and goes on (as PreTTR does for search: MacAvaney et al.
2020). So who "he" is and who speaks is known, and only two of six layers are run for a pair.

Pairs run in batches of one size, padded to a few lengths, so a pair's scores rest on nothing but the pair.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from tellings.errors import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tellings.comparing.table import Table

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]

WEIGHTS = "pairs.onnx"
LONGEST = 40
"""Pieces of a statement that are read; few have more."""
BATCH = 16
_STEP = 8
"""Lengths of a batch are multiples of this."""
FIRST, SECOND, NEITHER = 0, 1, 2
"""The sides of a piece: of the first statement, of the second, or padding."""


class PairModel(Protocol):
    """What scoring needs of a pair model."""

    def logits(self, table: Table, a: Ints, b: Ints, values: Floats) -> Floats:
        """For pairs of rows with pieces: the log odds of one claim, then a logit for each of KINDS (n x 1 + KINDS).

        `values` (n x features) are the pair features in the order the model was trained with.
        """


@dataclass(frozen=True, slots=True)
class OnnxPairModel:
    """The shipped pair model; `session` belongs to the process that made it."""

    session: Any  # onnxruntime.InferenceSession, which ships no types

    def logits(self, table: Table, a: Ints, b: Ints, values: Floats) -> Floats:
        """See PairModel."""
        lengths = np.minimum(np.diff(table.pieces, axis=1)[:, 0], LONGEST)
        padded = -(-(lengths[a] + lengths[b]) // _STEP) * _STEP
        found: list[tuple[Ints, Floats]] = []
        for length in np.unique(padded):
            chosen = np.flatnonzero(padded == length)
            for start in range(0, len(chosen), BATCH):
                part = chosen[start : start + BATCH]
                found.append((part, self._run(table, (a[part], b[part]), values[part], int(length))))
        width = found[0][1].shape[1] if found else 0
        logits = np.zeros((len(a), width), dtype=np.float32)
        for part, scores in found:
            logits[part] = scores
        return logits

    def _run(self, table: Table, pairs: tuple[Ints, Ints], values: Floats, length: int) -> Floats:
        states, side = side_by_side(table, *pairs, BATCH, length)
        features = np.zeros((BATCH, values.shape[1]), dtype=np.float32)
        features[: len(values)] = values
        (logits,) = self.session.run(None, {"states": states, "side": side, "features": features})
        return np.asarray(logits[: len(values)], dtype=np.float32)


def side_by_side(table: Table, a: Ints, b: Ints, rows: int, length: int) -> tuple[Floats, Ints]:
    """States (rows x length x width) and sides (rows x length) of the pieces of pairs, padded."""
    width = table.readings[0].pieces.states.shape[1]
    states = np.zeros((rows, length, width), dtype=np.float32)
    side = np.full((rows, length), NEITHER, dtype=np.int64)
    for n, pair in enumerate(zip(a, b, strict=True)):
        at = 0
        for which, row in zip((FIRST, SECOND), pair, strict=True):
            first, last = table.pieces[row]
            last = min(last, first + LONGEST)
            states[n, at : at + last - first] = table.readings[table.account[row]].pieces.states[first:last]
            side[n, at : at + last - first] = which
            at += last - first
    return states, side


@cache
def load() -> OnnxPairModel:
    """The shipped pair model, loaded once a process.

    Raises:
        ModelError: it is missing or damaged.

    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        with as_file(files("tellings.weights").joinpath(WEIGHTS)) as path:
            session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except (OSError, RuntimeError) as problem:
        raise ModelError("the shipped pair model", f"cannot be read ({problem})", "install Tellings again") from problem
    return OnnxPairModel(session)
