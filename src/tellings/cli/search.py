"""`tellings search`: who says what, over all accounts of a library."""

from __future__ import annotations

import click

from tellings.cli import library as shared
from tellings.cli.say import say
from tellings.records import SourceType, StatementKind


@click.command("search")
@click.argument("words", nargs=-1, metavar="[WORDS]...")
@shared.option
@click.option("--speaker", metavar="NAME", help="Only what is attributed to sources with these words in their name.")
@click.option("--source-type", type=shared.choice_of(SourceType), help="Only what such sources say.")
@click.option("--kind", type=shared.choice_of(StatementKind), help="Only statements of this kind.")
@shared.narrowing
@click.option("--meaning", is_flag=True, help="Find statements like WORDS in meaning, whatever their words.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="How many to show.")
@shared.as_json
def command(  # noqa: PLR0913 - each is an option of the command
    words: tuple[str, ...],
    where: str,
    speaker: str | None,
    source_type: SourceType | None,
    kind: StatementKind | None,
    outlet: str | None,
    since: str | None,
    until: str | None,
    meaning: bool,
    limit: int,
    as_json: bool,
) -> None:
    """Search a library by WORDS, by who speaks, or by meaning.

    All WORDS must be there, in any form ("vote" finds "voted"); "in quotation marks" as a phrase; -word not at all.
    Everything anybody quoted X as saying about Y: tellings search Y --speaker X. Exit code 1 when nothing is found.
    """
    from tellings.library import Query

    asked = " ".join(words)
    if meaning and not asked:
        raise click.UsageError("--meaning needs WORDS that say what is meant.")
    query = Query(
        words=None if meaning else asked or None,
        meaning=asked if meaning else None,
        speaker=speaker,
        source_type=source_type,
        outlet=outlet,
        since=shared.day(since, "--since"),
        until=shared.day(until, "--until"),
        kind=kind,
        limit=limit,
    )
    with shared.opened(where) as library:
        found = library.search(query)
    if as_json:
        shared.write_json(found)
    else:
        from tellings.show.library import render_found

        click.echo(render_found(found), nl=False)
    if not found:
        say("nothing found")
        raise SystemExit(1)
