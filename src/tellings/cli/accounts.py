"""`tellings accounts`: what was taken in from files, before anything is read in it; or what a library has."""

from __future__ import annotations

import sys

import click

from tellings.cli import library as shared
from tellings.errors import InputError


@click.command("accounts")
@click.argument("inputs", nargs=-1, metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="Write JSON to standard output, an object a line an account.")
@click.option("--library", "where", metavar="FILE|URL", help="Instead of FILEs: list the accounts of this library.")
@shared.narrowing
def command(  # noqa: PLR0913 - each is an option of the command
    inputs: tuple[str, ...],
    as_json: bool,
    where: str | None,
    outlet: str | None,
    since: str | None,
    until: str | None,
) -> None:
    """Show the accounts that FILEs hold: what each says of itself, its length, and how much of it leads to its bytes.

    FILE is a file of any form that accounts come in, a folder of these, a link, or - for standard input. What cannot be
    taken in is listed in its place with the reason. Nothing is fetched but the links named. Exit code 2 when no account
    could be taken in. With --library and no FILE, the accounts of that library are listed by date.
    """
    if bool(inputs) == (where is not None):
        raise click.UsageError("Name FILEs to see what is taken in from them, or a --library to see what it has.")
    if where is not None:
        _of_library(where, as_json, outlet, since, until)
    else:
        _of_inputs(inputs, as_json)


def _of_library(where: str, as_json: bool, outlet: str | None, since: str | None, until: str | None) -> None:
    from tellings.library import Query

    query = Query(outlet=outlet, since=shared.day(since, "--since"), until=shared.day(until, "--until"))
    with shared.opened(where) as library:
        found = library.accounts(query)
    if as_json:
        shared.write_json(found)
        return
    from tellings.show.library import render_accounts

    click.echo(render_accounts(found), nl=False)


def _of_inputs(inputs: tuple[str, ...], as_json: bool) -> None:
    from tellings.cli.links import fetching
    from tellings.ingest import ingest
    from tellings.show.taken import render_taken, taken_json

    none = True
    for number, one in enumerate(ingest(inputs, stdin=sys.stdin.buffer, fetching=fetching(inputs))):
        none = none and isinstance(one, InputError)
        if as_json:
            sys.stdout.buffer.write(taken_json(one).encode())
        else:
            click.echo(("\n" if number else "") + render_taken(one), nl=False)
    if none:
        sys.exit(2)
