"""`tellings stories`: the stories of a library."""

from __future__ import annotations

import click

from tellings.cli import library as shared


@click.command("stories")
@shared.option
@shared.as_json
def command(where: str, as_json: bool) -> None:
    """List the stories of a library, the one changed last first."""
    with shared.opened(where) as library:
        found = library.stories()
    if as_json:
        shared.write_json(found)
        return
    from tellings.show.library import render_stories

    click.echo(render_stories(found), nl=False)
