"""The shipped model: the encoder and its per-piece heads in ONNX Runtime, the link head in NumPy.

Each window runs by itself, padded to one of a few lengths, on one thread: its scores depend on nothing but its own
text. Scores are rounded before anything is decided by them, since kernels differ in the last bits between machines.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from tellings.errors import ModelError
from tellings.reading.tokens import CLS, PAD, SEP

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tellings.reading.tokens import Tokens
    from tellings.reading.windows import Window

DECIMALS = 4  # of every score that decides something
MODEL_FILES = ("reader.onnx", "link.npz", "tokenizer.json", "claims.npz")


@dataclass(frozen=True, slots=True)
class Scores:
    """What the encoder's pass gives for n pieces.

    Label scores (n x SCORES), statement states (n x 384), link projections as a cue and as a part (each n x 2W).
    """

    labels: NDArray[np.float32]
    statements: NDArray[np.float32]
    cues: NDArray[np.float32]
    parts: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LinkWeights:
    """The link head: one table of place embeddings a kind of place (buckets x W), the output layer (3 x W; 3)."""

    places: tuple[NDArray[np.float32], ...]
    weight: NDArray[np.float32]
    bias: NDArray[np.float32]


class Model(Protocol):
    """What reading needs of a model; tests give it a small one built by hand."""

    @property
    def name(self) -> str:
        """The model's name for a manifest."""

    @property
    def link(self) -> LinkWeights:
        """The weights of the link head."""

    def run(self, tokens: Tokens, window: Window) -> Scores:
        """The scores of the pieces `[window.first, window.last)`."""


@dataclass(frozen=True, slots=True)
class OnnxModel:
    """The shipped model; `session` belongs to the process that made it."""

    name: str
    link: LinkWeights
    session: Any  # onnxruntime.InferenceSession, which ships no types

    def run(self, tokens: Tokens, window: Window) -> Scores:
        """The scores of the pieces `[window.first, window.last)`."""
        ids = np.full((1, window.length), PAD, dtype=np.int64)
        features = np.zeros((1, window.length), dtype=np.int64)
        count = window.last - window.first
        ids[0, 0], ids[0, count + 1] = CLS, SEP
        ids[0, 1 : count + 1] = tokens.ids[window.first : window.last]
        features[0, 1 : count + 1] = tokens.features[window.first : window.last]
        mask = (np.arange(window.length) < count + 2).astype(np.int64)[None]
        found = self.session.run(None, {"ids": ids, "features": features, "mask": mask})
        return Scores(*(layer[0, 1 : count + 1] for layer in found))


@cache
def load() -> OnnxModel:
    """The shipped model, loaded once a process.

    Raises:
        ModelError: when a file of it is missing or cannot be read.

    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        with as_file(files("tellings.weights").joinpath("reader.onnx")) as path:
            session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        with as_file(files("tellings.weights").joinpath("link.npz")) as path, np.load(path) as stored:
            tables = tuple(stored[f"places{i}"] for i in range(len(stored.files) - 2))
            link = LinkWeights(tables, stored["weight"], stored["bias"])
    except (OSError, KeyError, RuntimeError) as problem:
        raise ModelError("the shipped model", f"cannot be read ({problem})", "install Tellings again") from problem
    return OnnxModel(model_name(), link, session)


@cache
def model_name() -> str:
    """The shipped weights' name for a manifest: the digest of their bytes, shortened."""
    digest = hashlib.sha256()
    for name in MODEL_FILES:
        digest.update(files("tellings.weights").joinpath(name).read_bytes())
    return f"reader-{digest.hexdigest()[:12]}"


def link_scores(
    weights: LinkWeights, cue: NDArray[np.float32], parts: NDArray[np.float32], places: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Probabilities that each piece is neither, source or content of each cue (cues x pieces x 3), rounded.

    `cue` are the cues' projections (cues x 2W), `parts` the pieces' (pieces x 2W), `places` from `places.places`.
    """
    width = cue.shape[1] // 2
    met = cue[:, None, :width] + parts[None, :, :width] + cue[:, None, width:] * parts[None, :, width:]
    for i, table in enumerate(weights.places):
        met += table[places[..., i]]
    scores = np.maximum(met, 0.0) @ weights.weight.T + weights.bias
    return softmax(scores)


def softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Probabilities over the last axis, rounded to DECIMALS."""
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    shares: NDArray[np.float32] = np.round(powers / powers.sum(-1, keepdims=True), DECIMALS)
    return shares
