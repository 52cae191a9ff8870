"""`tellings evaluate`: the shipped models' scores on labelled texts, beside what is wanted and what is published."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tellings.cli.say import say
from tellings.evaluate import LAYERS

if TYPE_CHECKING:
    from tellings.errors import CorpusError
    from tellings.evaluate import Evaluation

COLUMNS = ("score", "precision", "recall", "value", "count", "wanted", "published")


@click.command("evaluate")
@click.argument("layer", type=click.Choice([*LAYERS, "all"]))
@click.option(
    "--corpora",
    type=click.Path(path_type=Path),
    help="The corpora folder (else TELLINGS_CORPORA, else ../shared/corpora).",
)
@click.option("--json", "as_json", is_flag=True, help="Write the scores as JSON: an object a layer, a line each.")
def command(layer: str, corpora: Path | None, as_json: bool) -> None:
    """Score LAYER, or all of them, on the development parts of their corpora.

    A value is an F1 where precision and recall stand before it. The layer claims is scored on the gold's stories, which
    TELLINGS_GOLD names (else ../shared/gold beside the checkout), and on those in TELLINGS_LABELS (else the checkout's
    own). Exit code 1 when a corpus is missing; the other layers are still scored.
    """
    from tellings.evaluate import evaluate

    missing: list[CorpusError] = []
    for result in evaluate(layer, corpora, on_problem=missing.append):
        if as_json:
            click.echo(json.dumps(as_record(result)))
        else:
            _table(result)
    for problem in missing:
        say(str(problem))
    if missing:
        sys.exit(1)


def as_record(result: Evaluation) -> dict[str, Any]:
    """An evaluation as plain data: layer, corpus, and each score with what is wanted and what others published."""
    return {
        "layer": result.layer,
        "corpus": result.corpus,
        "scores": {
            name: asdict(score) | {"wanted": result.wanted.get(name), "published": result.published.get(name) or None}
            for name, score in result.scores.items()
        },
    }


def rows(result: Evaluation) -> list[tuple[str, ...]]:
    """The cells of an evaluation's table, in the order of COLUMNS; empty where a score has none."""
    return [
        (
            name,
            _number(score.precision),
            _number(score.recall),
            _number(score.value),
            str(score.count),
            _number(result.wanted.get(name)),
            result.published.get(name, ""),
        )
        for name, score in result.scores.items()
    ]


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _table(result: Evaluation) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"{result.layer}: {result.corpus}")
    for column in COLUMNS:
        table.add_column(column, justify="left" if column in {"score", "published"} else "right")
    for row in rows(result):
        table.add_row(*row)
    Console().print(table)
