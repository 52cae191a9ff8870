"""`tellings sources`: who is given words in a library, how often, by how many."""

from __future__ import annotations

import click

from tellings.cli import library as shared
from tellings.records import SourceType


@click.command("sources")
@click.argument("name", nargs=-1, metavar="[NAME]...")
@shared.option
@click.option("--source-type", type=shared.choice_of(SourceType), help="Only such sources.")
@shared.narrowing
@click.option("--limit", type=click.IntRange(1, 100_000), default=30, show_default=True, help="How many to show.")
@shared.as_json
def command(  # noqa: PLR0913 - each is an option of the command
    name: tuple[str, ...],
    where: str,
    source_type: SourceType | None,
    outlet: str | None,
    since: str | None,
    until: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """List who is given words: those in most accounts first, or those with NAME in their name."""
    from tellings.library import Query

    query = Query(
        speaker=" ".join(name) or None,
        source_type=source_type,
        outlet=outlet,
        since=shared.day(since, "--since"),
        until=shared.day(until, "--until"),
        limit=limit,
    )
    with shared.opened(where) as library:
        found = library.sources(query)
    if as_json:
        shared.write_json(found)
        return
    from tellings.show.library import render_sources

    click.echo(render_sources(found), nl=False)
