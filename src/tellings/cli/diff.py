"""`tellings diff`: what later versions of accounts have otherwise, statement by statement."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from tellings.cli.compare import tell
from tellings.cli.intake import Intake, takes_in
from tellings.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tellings.diffing import Versions
    from tellings.records import Account
    from tellings.run import Runner


@click.command("diff")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--json", "as_json", is_flag=True, help="Write what became of each statement as JSON, a line a pair.")
@takes_in
def command(inputs: tuple[str, ...], as_json: bool, intake: Intake) -> None:
    """Show what a later version of an account has otherwise than the earlier one.

    Two INPUTs that hold one account each are taken for its earlier and its later version, as named. In a folder, an
    archive, or more INPUTs versions are found: accounts that give one address and tell the same; each is laid
    over the one before it.

    Statements are kept, altered (with the words that changed), moved, added or removed; those that are altered are
    said to be silently corrected where neither new words nor a later date of change in the later version say that
    anything was. Nothing is fetched but links.
    """
    from tellings.show.versions import render_versions, versions_json

    for number, versions in enumerate(_laid(_pairs(inputs, intake))):
        if as_json:
            sys.stdout.buffer.write(versions_json(versions).encode())
        else:
            click.echo(("\n\n" if number else "") + render_versions(versions), nl=False)


def _pairs(inputs: Sequence[str], intake: Intake) -> list[tuple[Account, ...]]:
    """Versions that belong together, the earliest first: the two as named, else those found among all."""
    from tellings.comparing.pages import versions
    from tellings.ingest import guard

    with guard(inputs) as runner:
        found = [_taken(name, runner, intake, alone=len(inputs) == 2) for name in inputs]
    if [len(accounts) for accounts in found] == [1, 1]:
        return [(found[0][0], found[1][0])]
    every = [account for accounts in found for account in accounts]
    groups = versions(every)
    if not groups:
        problem = f"hold {len(every)} accounts, of which no two are versions of one"
        raise InputError(", ".join(inputs), problem, "name two inputs with one version each of one account")
    return [tuple(every[n] for n in group) for group in groups]


def _taken(name: str, runner: Runner, intake: Intake, *, alone: bool) -> list[Account]:
    """The accounts of an input; where it was to be one version and is none, its error is raised."""
    from tellings.ingest import ingest

    found: list[Account] = []
    fetching = intake.fetching([name])
    for one in ingest([name], stdin=sys.stdin.buffer, fetching=fetching, columns=intake.columns, runner=runner):
        if not isinstance(one, InputError):
            found.append(one)
        elif alone and not found and one.about == name:
            raise one
        else:
            tell(one)
    return found


def _laid(groups: Sequence[tuple[Account, ...]]) -> Iterator[Versions]:
    """Each version laid over the one before it; every version is read once."""
    from itertools import pairwise

    from tellings.api import read
    from tellings.diffing import differences

    for group in groups:
        for before, after in pairwise(read(group)):
            yield differences(before, after)
