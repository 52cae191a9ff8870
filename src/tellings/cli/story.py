"""`tellings story`: one story of a library."""

from __future__ import annotations

import click

from tellings.cli import library as shared


@click.command("story")
@click.argument("number", type=int, metavar="ID")
@shared.option
@shared.as_json
def command(number: int, where: str, as_json: bool) -> None:
    """Show the accounts of story ID, and when each joined or left it."""
    with shared.opened(where) as library:
        found = library.story(number)
    if as_json:
        shared.write_json([found])
        return
    from tellings.show.library import render_story

    click.echo(render_story(found), nl=False)
