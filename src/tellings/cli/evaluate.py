"""`tellings evaluate`: the shipped model's scores on public corpora, beside the published ones."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from tellings.evaluate.scores import Score


@click.command("evaluate")
@click.argument("layer", type=click.Choice(["attribution", "mentions"]))
@click.option(
    "--corpora",
    type=click.Path(path_type=Path),
    help="The corpora folder (else TELLINGS_CORPORA, else ../shared/corpora).",
)
@click.option("--json", "as_json", is_flag=True, help="Write the scores as JSON: an object a score.")
def command(layer: str, corpora: Path | None, as_json: bool) -> None:
    """Score LAYER on the development part of its corpus."""
    from tellings.evaluate import evaluate

    result = evaluate(layer, corpora)
    if as_json:
        click.echo(json.dumps({name: asdict(score) for name, score in result.scores.items()}, indent=1))
    else:
        _table(result.corpus, result.scores, result.published)


def _table(corpus: str, scores: dict[str, Score], published: dict[str, str]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=corpus)
    for column in ("score", "precision", "recall", "F1", "count", "published"):
        table.add_column(column, justify="left" if column in {"score", "published"} else "right")
    for name, score in scores.items():
        numbers = (f"{value:.3f}" for value in (score.precision, score.recall, score.f1))
        table.add_row(name, *numbers, str(score.count), published.get(name, ""))
    Console().print(table)
