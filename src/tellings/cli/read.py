"""`tellings read`: readings to look at, layer by layer, in the terminal, as a page, as JSON or as a table."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tellings.cli import corrections as people
from tellings.cli.compare import process_count, tell
from tellings.cli.intake import Intake, takes_in
from tellings.cli.say import say
from tellings.errors import InputError, SpanError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tellings.records import Reading
    from tellings.show.reading import Drawn, Layer

_NAMES = "sentences, words, mentions, attributions, quotations, statements, figures, times, wording"
"""The layers as the help names them, so that it need not import them; a test holds them to the layers there are."""


def _layers(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[Layer, ...] | None:
    """Make layers of a comma list; an unknown one is a usage error that names those there are."""
    from tellings.show.reading import chosen

    if value is None:
        return None
    try:
        return chosen(value.split(","))
    except ValueError as error:
        raise click.BadParameter(str(error), ctx, param) from error


@click.command("read")
@click.argument("inputs", nargs=-1, required=True, metavar="FILE...")
@click.option("--layers", callback=_layers, metavar="LAYER,...", help=f"Show these layers whole: {_NAMES}.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON to standard output, an object a line an account.")
@click.option("--table", "as_table", is_flag=True, help="Write CSV to standard output, a row an item.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Write a page here (a name in .html), or Parquet, a file a shard of the inputs (a folder).",
)
@click.option(
    "--processes",
    type=click.IntRange(1),
    default=None,
    help="Processes to read in (default: by size, 1 or 2).",
)
@click.option("--cluster", metavar="ADDRESS", help="Read on a Ray cluster, in as many actors as --processes says.")
@people.option
@takes_in
def command(  # noqa: PLR0913 - each is an option of the command
    inputs: tuple[str, ...],
    layers: tuple[Layer, ...] | None,
    as_json: bool,
    as_table: bool,
    output: Path | None,
    processes: int | None,
    cluster: str | None,
    corrected: str | None,
    intake: Intake,
) -> None:
    """Show what is read in each account, layer by layer.

    FILE is a text file, a saved web page, a JSONL file of accounts, a folder of these, or - for standard input.
    Without options every layer but the words is shown in short. Nothing is fetched but links.
    Exit code 2 when nothing could be read. With -o FOLDER the readings are written there as Parquet, shard by shard;
    the same command goes on where it was ended (docs/running.md).
    """
    if as_json and as_table:
        raise click.UsageError("--json and --table both write to standard output: give one of them.")
    if output is not None and output.suffix.lower() not in (".html", ".htm"):
        from tellings.cli.shards import write_shards

        write_shards("readings", inputs, output, processes or process_count(inputs), cluster, intake)
        return
    if cluster is not None:
        raise click.UsageError("--cluster needs -o FOLDER to write to.")
    from tellings.api import read

    drawn = _drawn(
        read(
            inputs,
            on_problem=tell,
            processes=processes or process_count(inputs),
            fetching=intake.fetching(inputs),
            columns=intake.columns,
            corrections=people.corrections_at(corrected),
            on_conflict=people.tell_conflict,
        )
    )
    form = "json" if as_json else "table" if as_table else "page" if output else "terminal"
    kept = [one for one in _written(drawn, layers, form) if output is not None]
    if output is not None:
        _write_page(kept, layers, output)


def _drawn(readings: Iterable[Reading]) -> Iterator[Drawn]:
    """What to draw of each reading; one that does not round-trip is named and the others go on.

    Ends the program with exit code 2 when there was none.
    """
    from tellings.show.reading import draw

    none = True
    for reading in readings:
        try:
            drawn = draw(reading)
        except SpanError as error:
            say(f"left out {error}")
            continue
        none = False
        yield drawn
    if none:
        problem = InputError("the inputs", "hold no account that could be read", "name a file with an English text")
        say(str(problem))
        sys.exit(2)


def _written(drawn: Iterable[Drawn], layers: Sequence[Layer] | None, form: str) -> Iterator[Drawn]:
    """Write each to standard output as it comes, so that any number of accounts takes the memory of one."""
    from tellings.show.reading import LAYERS, render_terminal, to_json, to_table

    for number, one in enumerate(drawn):
        if form == "json":
            sys.stdout.buffer.write(to_json(one, layers or tuple(LAYERS)).encode())
        elif form == "table":
            sys.stdout.buffer.write(to_table(one, layers or tuple(LAYERS), with_heads=number == 0).encode())
        elif form == "terminal":
            click.echo(("\n\n" if number else "") + render_terminal(one, layers), nl=False)
        yield one


def _write_page(kept: Sequence[Drawn], layers: Sequence[Layer] | None, output: Path) -> None:
    from importlib.metadata import version

    from tellings.reading.model import model_name
    from tellings.show.reading import render_page

    made_with = f"Tellings {version('tellings')}, model {model_name()}"
    output.write_text(render_page(kept, layers, made_with=made_with), encoding="utf-8")
    say(f"wrote {output}")
