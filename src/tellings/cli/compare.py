"""`tellings compare`: from files to a comparison in the terminal, as a page or as JSON."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tellings.cli import corrections as people
from tellings.cli.intake import Intake, takes_in
from tellings.cli.say import say
from tellings.errors import InputError, JudgeError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tellings.comparing.judge import Judge
    from tellings.exporting.formats import Format
    from tellings.records import Account
    from tellings.show.csv import Table
    from tellings.show.only import Choice
    from tellings.show.terminal import Part

MANY = 60_000  # bytes of input from which a second process pays for its start

_STANDINGS = "disputed, differs, updated, narrower, agreed, single"
"""The standings as the help names them, so that it need not import them; a test holds them to those there are."""


def _chosen(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[Choice, ...] | None:
    """Make choices of a comma list; an unknown one is a usage error that names those there are."""
    from tellings.show.only import chosen

    if value is None:
        return None
    try:
        return chosen(value.split(","))
    except ValueError as error:
        raise click.BadParameter(str(error), ctx, param) from error


_PARTS = "claims, quotes, sources, figures, timeline, labels, wording, gaps"
"""The parts as the help names them; a test holds them to those there are."""


def _parts(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[Part, ...]:
    """Make parts of a comma list; an unknown one is a usage error that names those there are."""
    from tellings.show.terminal import parts_named

    if value is None:
        return ()
    try:
        return parts_named(value.split(","))
    except ValueError as error:
        raise click.BadParameter(str(error), ctx, param) from error


@click.command("compare")
@click.argument("inputs", nargs=-1, metavar="INPUT...")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write a page (.html) here, or what --format says."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["web-annotation", "claims", "prov", "parquet", "csv", "jsonl"]),
    help="Write this to the output: a file, a folder for parquet and csv; without -o to standard output.",
)
@click.option("--json", "as_json", is_flag=True, help="Write the comparison as JSON to standard output.")
@click.option(
    "--csv",
    "csv_table",
    type=click.Choice(["claims", "names", "quotes", "sources", "wording"]),
    help="Write one table as CSV to standard output.",
)
@click.option(
    "--outlets",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="More outlets: lines of name, kind and other names between tabs, as in the package's outlets.tsv.",
)
@click.option(
    "--only",
    "choices",
    callback=_chosen,
    metavar="STANDING,...",
    help=f"Show only claims of these standings: {_STANDINGS}; or shared, all but single.",
)
@click.option(
    "--show", "parts", callback=_parts, metavar="PART,...", help=f"Show only these parts in the terminal: {_PARTS}."
)
@click.option(
    "--processes",
    type=click.IntRange(1),
    default=None,
    help="Processes to read in (default: by size, 1 or 2).",
)
@click.option(
    "--judge",
    metavar="WHERE",
    help="Ask a stronger judge about doubtful pairs: a folder with an ONNX model, or the URL of a chat server, which "
    "is then sent the statements of these pairs.",
)
@click.option(
    "--story",
    metavar="ID",
    help="Compare this story of a file that `tellings group` wrote (the INPUT), or of --library.",
)
@click.option("--library", "kept_in", metavar="FILE|URL", help="Take the accounts of --story from this library.")
@people.option
@takes_in
def command(  # noqa: PLR0913 - each is an option of the command
    inputs: tuple[str, ...],
    output: Path | None,
    form: Format | None,
    as_json: bool,
    csv_table: Table | None,
    outlets: Path | None,
    choices: tuple[Choice, ...] | None,
    parts: tuple[Part, ...],
    processes: int | None,
    judge: str | None,
    story: str | None,
    kept_in: str | None,
    corrected: str | None,
    intake: Intake,
) -> None:
    """Compare accounts of one story.

    INPUT is a file - text, saved web page, JSONL, mail, feed, web archive, wire copy, Word, PDF, Markdown, table,
    export -, a folder of these, a link, or - for standard input. Nothing is fetched but the links named, and nothing
    leaves this machine unless --judge names a server. Exit code 2 when nothing could be compared.
    """
    from tellings.api import compare

    if output is not None and output.is_dir() and form not in {"csv", "parquet"}:
        raise click.BadParameter(f"{output} is a folder; name a file.", param_hint="-o")
    asked = judge_named(judge) if judge is not None else None
    given = _given(inputs, story, kept_in, intake)
    count = processes or process_count(tuple(inputs_of(given)))
    comparison = compare(
        given,
        on_problem=tell,
        processes=count,
        judge=asked,
        outlets=outlets,
        fetching=intake.fetching(inputs),
        columns=intake.columns,
        corrections=people.corrections_at(corrected),
    )
    if corrected is not None:
        comparison = people.told(comparison, corrected)
    if choices:
        from tellings.show import only

        comparison = only(comparison, choices)
    if as_json:
        from tellings.show import to_json

        sys.stdout.buffer.write(to_json(comparison).encode())
    if csv_table is not None:
        from tellings.show import render_csv

        sys.stdout.buffer.write(render_csv(comparison, csv_table).encode())
    if form is not None:
        from tellings.exporting.formats import write_comparison

        write_comparison(comparison, form, output)
    elif output is not None:
        from tellings.show import render_page

        output.write_text(render_page(comparison), encoding="utf-8")
    if output is not None:
        say(f"wrote {output}")
    if not as_json and csv_table is None and output is None and form is None:
        from tellings.show import render_terminal

        click.echo(render_terminal(comparison, parts=parts), nl=False)


def _given(inputs: tuple[str, ...], story: str | None, kept_in: str | None, intake: Intake) -> Sequence[str | Account]:
    """What is compared: INPUTs as named, or the accounts of a story."""
    if kept_in is not None:
        if inputs or story is None or not story.isdecimal():
            raise click.UsageError("--library takes no INPUT, and --story with the number of one of its stories.")
        return accounts_kept(kept_in, int(story))
    if not inputs:
        raise click.UsageError("Missing argument 'INPUT...'.")
    return inputs if story is None else accounts_of(story, inputs, intake)


def accounts_kept(kept_in: str, story: int) -> list[Account]:
    """The accounts of a library's story, as they were added."""
    from tellings.cli.library import opened

    with opened(kept_in) as library:
        return [library.account(one.account) for one in library.story(story).accounts]


def accounts_of(story: str, inputs: tuple[str, ...], intake: Intake) -> list[Account]:
    """The accounts of a story in a file that `tellings group` wrote; what has changed since is named and left out."""
    from tellings.cli.arrivals import arrived
    from tellings.show.stories import story_in

    if len(inputs) != 1:
        raise click.UsageError("--story takes one INPUT, the file that `tellings group` wrote.")
    try:
        text = Path(inputs[0]).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(inputs[0], "cannot be read as text", "name the file that `tellings group` wrote") from error
    kept = story_in(text, story, about=inputs[0]).accounts
    paths = sorted({one.path for one in kept})
    found = {account.id: account for account in arrived(paths, on_problem=tell, intake=intake)}
    for one in kept:
        if one.id not in found or found[one.id].sha256 != one.sha256:
            tell(InputError(one.path, "is not as it was when it was grouped", "group the inputs again"))
    return [found[one.id] for one in kept if one.id in found and found[one.id].sha256 == one.sha256]


def inputs_of(given: Sequence[str | Account]) -> list[str]:
    """The paths of what is given."""
    return [one if isinstance(one, str) else one.original.path for one in given]


def tell(problem: InputError) -> None:
    """Say on stderr which input was left out and why."""
    say(f"left out {problem}")


def judge_named(where: str) -> Judge:
    """The judge the user named, with answers kept in the user's cache; what it leaves open is said on stderr."""
    from tellings.judging import judge_at
    from tellings.judging.cache import usual_folder

    def unanswered(problem: JudgeError) -> None:
        say(str(problem))

    return judge_at(where, usual_folder(os.environ), on_problem=unanswered)


def process_count(inputs: tuple[str, ...]) -> int:
    """Two processes where there is much to read, else one: starting one costs more than a short text."""
    return 2 if sum(_size(Path(name)) for name in inputs) > MANY else 1


def _size(path: Path) -> int:
    if path.is_dir():
        return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    return path.stat().st_size if path.is_file() else 0
