"""`tellings check`: is a library whole."""

from __future__ import annotations

import sys

import click

from tellings.cli import library as shared
from tellings.cli.say import say


@click.command("check")
@shared.option
@shared.as_json
def command(where: str, as_json: bool) -> None:
    """Verify every hash and every span of a library, and that what is in it can be found.

    Each fault is a line of standard output; exit code 1 when there is one.
    """
    with shared.opened(where) as library:
        faults = library.check()
        count = len(library.accounts())
        name = library.name
    if as_json:
        shared.write_json(faults)
    else:
        from tellings.show.plain import clean

        for one in faults:
            click.echo(f"{clean(one.table)}: {clean(one.about)}: {clean(one.problem)}")
    found = "nothing wrong" if not faults else f"{len(faults)} faults"
    say(f"{found} in {count} accounts of {name}")
    if faults:
        sys.exit(1)
