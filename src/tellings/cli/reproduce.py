"""`tellings reproduce`: a written comparison made again from the inputs that its manifest names."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tellings.cli.compare import judge_named, process_count, tell
from tellings.errors import InputError

if TYPE_CHECKING:
    from tellings.records import Comparison


@click.command("reproduce")
@click.argument("result", type=click.Path(dir_okay=False, path_type=Path), metavar="RESULT.json")
@click.option(
    "--inputs",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder that the inputs' paths are relative to (default: this one).",
)
@click.option(
    "--outlets",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The file of outlets it was made with.",
)
@click.option("--judge", metavar="WHERE", help="The judge it was made with.")
def command(result: Path, folder: Path | None, outlets: Path | None, judge: str | None) -> None:
    """Make the comparison in RESULT.json (of `tellings compare --json`) again, and say part by part what is the same.

    Version, model, settings and every input's digest are held against those in its manifest first; an input that has
    changed or is gone is named. Links are never fetched anew: an account of one cannot be repeated without its bytes.
    Exit code 0 when all parts are the same, 1 when one differs, 2 when nothing could be compared.
    """
    from tellings.repeating import repeated, unlike

    before, asked = written(result), None if judge is None else judge_named(judge)
    outlets = outlets and outlets.resolve()
    with contextlib.chdir(folder or Path()):
        count = process_count(tuple(one.path for one in before.manifest.inputs))
        after = repeated(before, outlets=outlets, judge=asked, processes=count, on_problem=tell)
    differences = unlike(before, after)
    for one in differences:
        click.echo(str(one))
    if any(not one.same for one in differences):
        sys.exit(1)


def written(result: Path) -> Comparison:
    """The comparison in a file. Raises InputError for one that has none."""
    from tellings.show import from_json

    try:
        text = result.read_bytes()
    except OSError as error:
        raise InputError(str(result), f"cannot be read ({error.strerror})", "check its name") from error
    return from_json(text, about=str(result))
