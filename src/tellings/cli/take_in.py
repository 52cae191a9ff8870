"""`tellings import`: what `tellings export` wrote, into a library."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from tellings.cli import library as shared
from tellings.cli.compare import tell
from tellings.cli.say import say
from tellings.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tellings.exporting.records import Kept
    from tellings.records import Account


@click.command("import")
@click.argument("file", metavar="FILE")
@shared.option
@click.option(
    "--texts",
    multiple=True,
    metavar="PATH",
    help="For a bundle: a file or folder with the texts, read as `tellings add` reads it; may be given again.",
)
@click.option("--json", "as_json", is_flag=True, help="Say as JSON on standard output what was added.")
def command(file: str, where: str, texts: tuple[str, ...], as_json: bool) -> None:
    """Take FILE, written by `tellings export` as jsonl or bundle, into a library, made where there is none.

    What the library has stays as it is, so a run that was stopped is finished by the same command. Nothing is read
    anew. A bundle's accounts are put onto texts with the very same digest; those without one are named and left out.
    Exit code 2 when nothing could be taken in.
    """
    records = _records(file)
    if texts:
        from tellings.exporting.bundle import attached

        records = attached(records, _texts(texts), missing=tell)
    with shared.opened(where, create=True) as library:
        added = library.take(records, about=file)
        say(f"{added.new} added to {library.name}, {added.known} already there")
    if as_json:
        shared.write_json([added])
    if added.new + added.known == 0:
        sys.exit(2)


def _records(file: str) -> Iterator[Kept]:
    from tellings.exporting import lines

    try:
        with click.open_file(file, "rb") as opened:
            yield from lines.read(opened, about=file)
    except OSError as error:
        raise InputError(file, f"cannot be read ({error.strerror})", "name what `tellings export` wrote") from error


def _texts(paths: tuple[str, ...]) -> dict[str, Account]:
    """The accounts that some files hold, by the digests of their texts."""
    from tellings.exporting.bundle import digest
    from tellings.ingest import ingest

    found: dict[str, Account] = {}
    for one in ingest(paths, stdin=sys.stdin.buffer):
        if isinstance(one, InputError):
            tell(one)
        else:
            found.setdefault(digest(one.text), one)
    return found
