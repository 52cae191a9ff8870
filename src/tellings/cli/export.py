"""`tellings export`: a library, or one story of it, in forms that other programs read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tellings.cli import library as shared
from tellings.cli.say import say

if TYPE_CHECKING:
    from tellings.exporting.records import Made
    from tellings.library.opened import Library


@click.command("export")
@shared.option
@click.option("--story", type=int, metavar="ID", help="Only the accounts of this story.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "bundle", "csv", "parquet", "web-annotation", "prov", "claims"]),
    default="jsonl",
    show_default=True,
    help="jsonl and bundle can be imported; a bundle has no text in it; claims are of one story, compared anew.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to: a file; a folder for csv and parquet.")
@click.option("--originals", is_flag=True, help="Put the original bytes into jsonl, too, where the library has them.")
def command(where: str, story: int | None, form: str, output: Path | None, originals: bool) -> None:
    """Write what a library keeps, or what it keeps of one story's accounts.

    Without -o it goes to standard output. Nothing that is written depends on when it is written.
    """
    if originals and form != "jsonl":
        raise click.UsageError("--originals go with --format jsonl.")
    if output is not None and output.is_dir() and form not in {"csv", "parquet"}:
        raise click.BadParameter(f"{output} is a folder; name a file.", param_hint="-o")
    with shared.opened(where) as library:
        if story is not None:
            library.story(story)
        if form == "claims":
            _claims(library, story, output)
        else:
            _kept(library, story, form, output, originals)
    if output is not None:
        say(f"wrote {output}")


def _kept(library: Library, story: int | None, form: str, output: Path | None, originals: bool) -> None:
    from tellings.exporting import formats, lines
    from tellings.exporting.bundle import bare
    from tellings.exporting.marks import of_library
    from tellings.library.giving import given

    if form == "bundle":
        with library.reading() as connection:  # one state for both of its passes
            formats.write_text(lines.written(bare(lambda: given(connection, story=story))), output)
    elif form == "jsonl":
        formats.write_text(lines.written(library.give(story=story, originals=originals)), output)
    else:
        formats.write_marked(of_library(library.give(story=story)), _made(library), form, output)


def _made(library: Library) -> Made:
    from importlib.metadata import version

    from tellings.exporting.records import Made

    return Made(version("tellings"), "; ".join(library.models()), "reading")


def _claims(library: Library, story: int | None, output: Path | None) -> None:
    """The claims of a story: its accounts are compared anew, as a library keeps no comparison."""
    from tellings.api import compare
    from tellings.cli.compare import tell
    from tellings.exporting.formats import write_comparison

    if story is None:
        raise click.UsageError("Claims are of one story: say which with --story (see `tellings stories`).")
    accounts = [library.account(one.account) for one in library.story(story).accounts]
    write_comparison(compare(accounts, on_problem=tell), "claims", output)
