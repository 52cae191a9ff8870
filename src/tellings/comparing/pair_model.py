"""The pair model: two layers of the encoder that read two statements together, from where the reading left off.

The reading keeps the states of every piece half way through the encoder, where each has seen its own account around
it; the pair model puts those of two statements side by side, each with the rest of its sentence and its speaker's
naming, and goes on (as PreTTR does for search: MacAvaney et al. 2020). So who "he" is and who speaks is known, and only
two of six layers are run for a pair.

Pairs run in batches of one size, padded to a few lengths, so a pair's scores rest on nothing but the pair.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
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
SIDE = 64
"""Pieces that are read of one side of a pair at most."""
NAMING = 12
"""Pieces of a speaker's naming at most."""
BATCH = 16
_STEP = 8
"""Lengths of a batch are multiples of this."""
_THREADS = 2
"""Batches run at a time; each is run by one thread, so its scores are the same bytes whatever runs beside it."""
FIRST, SECOND, AROUND_FIRST, AROUND_SECOND, NEITHER = range(5)
"""The marks of a piece: of the first statement, of the second, of what stands around each, or padding."""


class PairModel(Protocol):
    """What scoring needs of a pair model."""

    def logits(self, table: Table, a: Ints, b: Ints, odds: Floats) -> Floats:
        """For pairs of rows with pieces: the log odds of one claim, then a logit for each of KINDS (n x 1 + KINDS).

        `odds` are the log odds that the first trees give each pair.
        """


@dataclass(frozen=True, slots=True)
class Views:
    """What is read of each row: its pieces by number (rows x SIDE), which are the statement's own, how many there are.

    First the speaker's naming, where the sentence does not hold it, then the sentence, cut around the statement.
    """

    at: Ints
    told: NDArray[np.bool_]
    length: Ints


def views(statement: Ints, sentence: Ints, speaker: Ints) -> Views:
    """The views of rows whose statement, sentence and speaker's naming (empty where there is none) are these pieces.

    All three are rows x 2, half-open.
    """
    naming = np.minimum(speaker[:, 1] - speaker[:, 0], NAMING)
    naming[(speaker[:, 0] < sentence[:, 1]) & (speaker[:, 1] > sentence[:, 0])] = 0
    room = SIDE - naming
    spare = np.maximum(room - (statement[:, 1] - statement[:, 0]), 0)
    left = np.minimum(statement[:, 0] - sentence[:, 0], spare // 2)
    right = np.minimum(sentence[:, 1] - statement[:, 1], spare - left)
    left = np.minimum(statement[:, 0] - sentence[:, 0], spare - right)
    first = statement[:, 0] - left
    last = np.minimum(statement[:, 1] + right, first + room)
    length = naming + last - first
    place = np.arange(SIDE)[None]
    named = place < naming[:, None]
    at = np.where(named, speaker[:, :1] + place, first[:, None] + place - naming[:, None])
    told = ~named & (at >= statement[:, :1]) & (at < statement[:, 1:]) & (place < length[:, None])
    return Views(np.where(place < length[:, None], at, 0), told, length)


def ranges(table: Table) -> tuple[Ints, Ints, Ints]:
    """The pieces of every row's statement, sentence and speaker's naming in its reading (each rows x 2, half-open)."""
    sentence, speaker = np.zeros_like(table.pieces), np.zeros_like(table.pieces)
    for n, row in enumerate(table.rows):
        reading, span = table.readings[row.reading], row.record.span
        around = reading.sentences[row.record.sentence] if reading.sentences else span
        sentence[n] = _pieces(reading.pieces.spans, min(around.start, span.start), max(around.end, span.end))
        if row.speaker:
            speaker[n] = _pieces(reading.pieces.spans, *row.speaker.span)
    return table.pieces, sentence, speaker


def _pieces(spans: NDArray[np.int32], start: int, end: int) -> tuple[int, int]:
    """The pieces that stand in a span, if only in part."""
    first = int(np.searchsorted(spans[:, 1], start, side="right"))
    return first, max(first, int(np.searchsorted(spans[:, 0], end, side="left")))


@dataclass(frozen=True, slots=True)
class OnnxPairModel:
    """The shipped pair model; `session` belongs to the process that made it."""

    session: Any  # onnxruntime.InferenceSession, which ships no types

    def logits(self, table: Table, a: Ints, b: Ints, odds: Floats) -> Floats:
        """See PairModel."""
        seen = views(*ranges(table))
        padded = -(-(seen.length[a] + seen.length[b]) // _STEP) * _STEP

        def run(part: Ints) -> Floats:
            states, side = side_by_side(table, seen, (a[part], b[part]), (BATCH, int(padded[part[0]])))
            given = np.zeros(BATCH, dtype=np.float32)
            given[: len(part)] = odds[part]
            (logits,) = self.session.run(None, {"states": states, "side": side, "odds": given})
            return np.asarray(logits[: len(part)], dtype=np.float32)

        alike = [np.flatnonzero(padded == length) for length in np.unique(padded)]
        parts = [chosen[start : start + BATCH] for chosen in alike for start in range(0, len(chosen), BATCH)]
        with ThreadPoolExecutor(_THREADS) as pool:
            found = list(pool.map(run, parts))
        logits = np.zeros((len(a), found[0].shape[1] if found else 0), dtype=np.float32)
        for part, scores in zip(parts, found, strict=True):
            logits[part] = scores
        return logits


def side_by_side(table: Table, seen: Views, pairs: tuple[Ints, Ints], shape: tuple[int, int]) -> tuple[Floats, Ints]:
    """States (rows x length x width) and marks (rows x length) of the pieces of pairs, padded to `shape`."""
    width = table.readings[0].pieces.states.shape[1]
    states = np.zeros((*shape, width), dtype=np.float32)
    side = np.full(shape, NEITHER, dtype=np.int64)
    for n, pair in enumerate(zip(*pairs, strict=True)):
        start = 0
        for own, around, row in zip((FIRST, SECOND), (AROUND_FIRST, AROUND_SECOND), pair, strict=True):
            count = seen.length[row]
            part = slice(start, start + count)
            states[n, part] = table.readings[table.account[row]].pieces.states[seen.at[row, :count]]
            side[n, part] = np.where(seen.told[row, :count], own, around)
            start += count
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
