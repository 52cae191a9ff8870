"""A claim scorer's figures on some stories: those of `tellings evaluate claims`, for weights that need not ship."""

from __future__ import annotations

from collections.abc import Sequence

from tellings.comparing.scorer import Model, score_pairs
from tellings.comparing.stage import Settings
from tellings.evaluate.claims import evaluate, told
from tellings.evaluate.scores import Score
from training.claims.examples import Example


def report(examples: Sequence[Example], model: Model, settings: Settings | None = None) -> list[str]:
    """The figures as lines to print; the pair model is the one that lies beside the shipped weights."""
    scored = ((one, score_pairs(one.table, one.pairs, model)) for one in examples)
    scores = evaluate([told(one, found, settings or Settings()) for one, found in scored])
    return [f"stories: {len(examples)}", *(f"{name}: {_line(score)}" for name, score in scores.items())]


def _line(score: Score) -> str:
    if score.precision is None:
        return f"{score.value} of {score.count}"
    return f"precision {score.precision}, recall {score.recall}, F1 {score.value} of {score.count}"
