"""Talk to the user, on stderr."""

from __future__ import annotations

import click


def say(message: str) -> None:
    """Say one line on stderr, after the program's name.

    Names of files, ids and whatever else an outsider chose may stand in it: what would steer a terminal is taken out.
    """
    from tellings.show.plain import clean

    click.echo(f"tellings: {clean(message)}", err=True)
