"""`tellings accounts`: what was taken in from files, before anything is read in it; or what a library has."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tellings.cli import library as shared
from tellings.cli.compare import process_count
from tellings.cli.intake import Intake, takes_in
from tellings.errors import InputError

if TYPE_CHECKING:
    from tellings.comparing.pages import Page
    from tellings.records import Account, Span


def _span(ctx: click.Context, param: click.Parameter, value: str | None) -> Span | None:
    """Make a span of two offsets; anything else is a usage error."""
    from tellings.records import Span

    if value is None:
        return None
    start, _, end = value.partition(":")
    if not (start.isascii() and start.isdecimal() and end.isascii() and end.isdecimal() and int(start) < int(end)):
        raise click.BadParameter(
            "give two characters of the text, the first and the one after the last: 120:160", ctx, param
        )
    return Span(int(start), int(end))


@click.command("accounts")
@click.argument("inputs", nargs=-1, metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="Write JSON to standard output, an object a line an account.")
@click.option("--where", callback=_span, metavar="START:END", help="Tell where these characters of each text stand.")
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="Write Parquet into a folder.")
@click.option("--processes", type=click.IntRange(1), default=None, help="Processes (default: by size, 1 or 2).")
@click.option("--cluster", metavar="ADDRESS", help="With -o: on a Ray cluster, in as many actors as --processes says.")
@click.option("--library", "kept_in", metavar="FILE|URL", help="Instead of FILEs: list the accounts of this library.")
@shared.narrowing
@takes_in
def command(  # noqa: PLR0913 - each is an option of the command
    inputs: tuple[str, ...],
    as_json: bool,
    where: Span | None,
    output: Path | None,
    processes: int | None,
    cluster: str | None,
    kept_in: str | None,
    outlet: str | None,
    since: str | None,
    until: str | None,
    intake: Intake,
) -> None:
    """Show the accounts that FILEs hold: what each says of itself, its length, and how much of it leads to its bytes.

    FILE is a file of any form that accounts come in, a folder of these, a link, or - for standard input. What cannot be
    taken in is listed in its place with the reason. An account that gives the address of one before it and tells the
    same is said to be a version of that one. Nothing is fetched but the links named. Exit code 2 when no account could
    be taken in. With -o FOLDER the accounts are written there as Parquet, a file a shard of the inputs; the same
    command goes on where it was ended (docs/running.md). With --library and no FILE, the accounts of that library are
    listed by date.
    """
    if bool(inputs) == (kept_in is not None):
        raise click.UsageError("Name FILEs to see what is taken in from them, or a --library to see what it has.")
    if kept_in is not None:
        _of_library(kept_in, as_json, outlet, since, until)
        return
    count = processes or process_count(inputs)
    if output is None and cluster is not None:
        raise click.UsageError("--cluster needs -o FOLDER to write to.")
    if output is None:
        _of_inputs(inputs, as_json, where, count, intake)
        return
    from tellings.cli.shards import write_shards

    write_shards("accounts", inputs, output, count, cluster, intake)


def _of_library(kept_in: str, as_json: bool, outlet: str | None, since: str | None, until: str | None) -> None:
    from tellings.library import Query

    query = Query(outlet=outlet, since=shared.day(since, "--since"), until=shared.day(until, "--until"))
    with shared.opened(kept_in) as library:
        found = library.accounts(query)
    if as_json:
        shared.write_json(found)
        return
    from tellings.show.library import render_accounts

    click.echo(render_accounts(found), nl=False)


def _of_inputs(inputs: tuple[str, ...], as_json: bool, where: Span | None, processes: int, intake: Intake) -> None:
    from tellings.ingest import guard, ingest
    from tellings.show.taken import Asked, render_taken, taken_json

    none = True
    before: dict[str, list[tuple[str, Page]]] = {}
    fetching = intake.fetching(inputs)
    with guard(inputs, processes) as runner:
        found = ingest(inputs, stdin=sys.stdin.buffer, fetching=fetching, columns=intake.columns, runner=runner)
        for number, one in enumerate(found):
            none = none and isinstance(one, InputError)
            asked = Asked(where, None if isinstance(one, InputError) else _version_of(one, before))
            if as_json:
                sys.stdout.buffer.write(taken_json(one, asked).encode())
            else:
                click.echo(("\n" if number else "") + render_taken(one, asked), nl=False)
    if none:
        sys.exit(2)


def _version_of(account: Account, before: dict[str, list[tuple[str, Page]]]) -> str | None:
    """The id of the first account before this one that it is a version of; it is kept in mind for those after it."""
    from tellings.comparing.pages import alike, page_of

    page = page_of(account)
    if page is None:
        return None
    known = before.setdefault(page.address, [])
    found = next((name for name, other in known if alike(page, other)), None)
    if found is None and len(known) < _MOST_KNOWN:
        known.append((account.id, page))
    return found


_MOST_KNOWN = 50
"""Different texts under one address that are kept in mind: more are no page's."""
