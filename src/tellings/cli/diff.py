"""`tellings diff`: what a later version of an account has otherwise, statement by statement."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from tellings.errors import InputError

if TYPE_CHECKING:
    from tellings.records import Account


@click.command("diff")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("--json", "as_json", is_flag=True, help="Write what became of each statement as JSON to standard output.")
def command(before: str, after: str, as_json: bool) -> None:
    """Show what version B of an account has otherwise than the earlier version A.

    A and B are files of any form, or links, of one account each. Statements are kept, altered (with the words
    that changed), moved, added or removed; those that are altered are said to be silently corrected where nothing new
    in B says that anything was. Nothing is fetched but links.
    """
    from tellings.api import read
    from tellings.diffing import differences

    first, second = read([_only(before), _only(after)])
    versions = differences(first, second)
    if as_json:
        from tellings.show.versions import versions_json

        sys.stdout.buffer.write(versions_json(versions).encode())
        return
    from tellings.show.versions import render_versions

    click.echo(render_versions(versions), nl=False)


def _only(path: str) -> Account:
    """The one account of an input. Raises InputError where it has none, or several."""
    from tellings.cli.links import fetching
    from tellings.ingest import ingest

    found: list[Account] = []
    for one in ingest([path], stdin=sys.stdin.buffer, fetching=fetching([path])):
        if isinstance(one, InputError):
            raise one
        found.append(one)
    if len(found) != 1:
        raise InputError(path, f"holds {len(found)} accounts, not one", "give one version of one account a file")
    return found[0]
