"""The shipped model: the encoder and its per-piece heads in ONNX Runtime, heads of few items in NumPy.

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
MODEL_FILES = ("reader.onnx", "heads.npz", "tokenizer.json", "claims.npz", "pairs.onnx")


@dataclass(frozen=True, slots=True)
class Scores:
    """What the encoder's pass gives for n pieces, in the order of the graph's outputs.

    Label scores (n x SCORES), statement states (n x 384), link projections as a cue and as a part (each n x 2W), arc
    projections as a dependent and as a governor (each n x A), relation projections likewise (each n x 2R), coreference
    projections as an anaphor and as an antecedent (each n x 2C), and the states of the encoder's fourth
    layer (n x 384), from where the pair model of `comparing` goes on.
    """

    labels: NDArray[np.float32]
    statements: NDArray[np.float32]
    cues: NDArray[np.float32]
    parts: NDArray[np.float32]
    dependents: NDArray[np.float32]
    governors: NDArray[np.float32]
    relation_dependents: NDArray[np.float32]
    relation_governors: NDArray[np.float32]
    anaphors: NDArray[np.float32]
    antecedents: NDArray[np.float32]
    middle: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LinkWeights:
    """The link head: one table of place embeddings a kind of place (buckets x W), the output layer (3 x W; 3)."""

    places: tuple[NDArray[np.float32], ...]
    weight: NDArray[np.float32]
    bias: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ParseWeights:
    """The parse head: a root's projections (A; 2R) and the relation layer (relations x R; relations)."""

    arc_root: NDArray[np.float32]
    relation_root: NDArray[np.float32]
    weight: NDArray[np.float32]
    bias: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class PairWeights:
    """The coreference head: a table a pair feature (buckets x C), the layer of a pair (C) and of having none (2C)."""

    tables: tuple[NDArray[np.float32], ...]
    weight: NDArray[np.float32]
    bias: float
    first_weight: NDArray[np.float32]
    first_bias: float


class Model(Protocol):
    """What reading needs of a model; tests give it a small one built by hand."""

    @property
    def name(self) -> str:
        """The model's name for a manifest."""

    @property
    def link(self) -> LinkWeights:
        """The weights of the link head."""

    @property
    def parse(self) -> ParseWeights:
        """The weights of the parse head."""

    @property
    def pair(self) -> PairWeights:
        """The weights of the coreference head."""

    def run(self, tokens: Tokens, window: Window) -> Scores:
        """The scores of the pieces `[window.first, window.last)`."""


@dataclass(frozen=True, slots=True)
class OnnxModel:
    """The shipped model; `session` belongs to the process that made it."""

    name: str
    link: LinkWeights
    parse: ParseWeights
    pair: PairWeights
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
        with as_file(files("tellings.weights").joinpath("heads.npz")) as path, np.load(path) as stored:
            heads = dict(stored)
        return OnnxModel(model_name(), _link(heads), _parse(heads), _pair(heads), session)
    except (OSError, KeyError, RuntimeError) as problem:
        raise ModelError("the shipped model", f"cannot be read ({problem})", "install Tellings again") from problem


def _tables(heads: dict[str, NDArray[np.float32]], name: str) -> tuple[NDArray[np.float32], ...]:
    return tuple(heads[f"{name}{i}"] for i in range(sum(key.startswith(name) for key in heads)))


def _link(heads: dict[str, NDArray[np.float32]]) -> LinkWeights:
    return LinkWeights(_tables(heads, "link_places"), heads["link_weight"], heads["link_bias"])


def _parse(heads: dict[str, NDArray[np.float32]]) -> ParseWeights:
    return ParseWeights(heads["arc_root"], heads["relation_root"], heads["relation_weight"], heads["relation_bias"])


def _pair(heads: dict[str, NDArray[np.float32]]) -> PairWeights:
    return PairWeights(
        _tables(heads, "pair_features"),
        heads["pair_weight"],
        float(heads["pair_bias"][0]),
        heads["pair_first_weight"],
        float(heads["pair_first_bias"][0]),
    )


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
    met += _summed(weights.places, places)
    scores = np.maximum(met, 0.0, out=met) @ weights.weight.T + weights.bias
    return softmax(scores)


def _summed(tables: tuple[NDArray[np.float32], ...], features: NDArray[np.int64]) -> NDArray[np.float32]:
    """The sum of each table's row for features (... x tables), each combination of features summed once."""
    number = np.zeros(features.shape[:-1], dtype=np.int64)
    for i, table in enumerate(tables):
        number = number * len(table) + features[..., i]
    _, first, back = np.unique(number, return_index=True, return_inverse=True)
    rows = features.reshape(-1, len(tables))[first]
    total = np.zeros((len(rows), tables[0].shape[1]), dtype=np.float32)
    for i, table in enumerate(tables):
        total += table[rows[:, i]]
    summed: NDArray[np.float32] = total[back.reshape(number.shape)]
    return summed


def pair_scores(
    weights: PairWeights,
    anaphors: NDArray[np.float32],
    antecedents: NDArray[np.float32],
    features: NDArray[np.int64],
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Scores of k mentions with m candidates (k x m) and of having none (k), rounded.

    `anaphors` (k x 2C) and `antecedents` (m x 2C) are projections, `features` (k x m x f) from `pairs.pair_features`.
    """
    width = anaphors.shape[1] // 2
    met = anaphors[:, None, :width] + antecedents[None, :, :width]
    met += anaphors[:, None, width:] * antecedents[None, :, width:]
    met += _summed(weights.tables, features)
    scores = np.maximum(met, 0.0, out=met) @ weights.weight + weights.bias
    first = anaphors @ weights.first_weight + weights.first_bias
    return np.round(scores, DECIMALS), np.round(first, DECIMALS)


def relation_scores(
    weights: ParseWeights, dependents: NDArray[np.float32], governors: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Scores of every relation (words x relations) of words under their governors (both words x 2R), rounded."""
    width = dependents.shape[1] // 2
    met = dependents[:, :width] + governors[:, :width] + dependents[:, width:] * governors[:, width:]
    scores: NDArray[np.float32] = np.round(np.maximum(met, 0.0) @ weights.weight.T + weights.bias, DECIMALS)
    return scores


def softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Probabilities over the last axis, rounded to DECIMALS."""
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    shares: NDArray[np.float32] = np.round(powers / powers.sum(-1, keepdims=True), DECIMALS)
    return shares
