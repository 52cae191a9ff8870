"""How well reading and comparing do on labelled texts: their development parts, what is wanted and what is published.

A layer's module of the same name has one function `measure(folder, model)` that reads its corpora and scores the layer.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tellings.errors import CorpusError, TellingsError
from tellings.evaluate.scores import Evaluation, Score

if TYPE_CHECKING:
    from tellings.reading.model import Model

__all__ = ["LAYERS", "Evaluation", "Score", "evaluate"]

LAYERS = (
    "attribution", "nested", "quotes", "sentences", "parse", "mentions", "coreference", "kinds", "wording", "times",
    "figures", "figure_pairs", "polls", "tolls", "claims", "labels", "quotations", "voices", "sources", "events",
    "claimdiff", "grouping", "copied",
)  # fmt: skip


def evaluate(
    layer: str,
    corpora: Path | None = None,
    *,
    model: Model | None = None,
    on_problem: Callable[[CorpusError], None] | None = None,
) -> Iterator[Evaluation]:
    """Score one layer, or `all` one after another, by the shipped reader unless another is given.

    A layer whose corpus is missing is left out and its error given to `on_problem`, or raised where that is None.

    Raises:
        CorpusError: when the corpora folder is missing, or a file of it and there is no `on_problem`.
        ModelError: when the shipped model cannot be loaded.
        TellingsError: for a layer that there is no evaluation of.

    """
    from tellings.evaluate.corpora import corpora_folder

    if layer not in {*LAYERS, "all"}:
        raise TellingsError(layer, "is no layer that can be scored", f"ask for {', '.join(LAYERS)} or all")
    return _evaluated(LAYERS if layer == "all" else (layer,), corpora_folder(corpora), model, on_problem)


def _evaluated(
    layers: tuple[str, ...], folder: Path, model: Model | None, on_problem: Callable[[CorpusError], None] | None
) -> Iterator[Evaluation]:
    from tellings.reading.model import load

    for layer in layers:
        measure: Callable[[Path, Model], Evaluation] = importlib.import_module(f"tellings.evaluate.{layer}").measure
        try:
            yield measure(folder, model or load())
        except CorpusError as problem:
            if on_problem is None:
                raise
            on_problem(problem)
