"""`tellings accounts`: what was taken in from files, before anything is read in it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tellings.cli.compare import process_count
from tellings.errors import InputError


@click.command("accounts")
@click.argument("inputs", nargs=-1, required=True, metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="Write JSON to standard output, an object a line an account.")
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="Write Parquet into a folder.")
@click.option("--processes", type=click.IntRange(1), default=None, help="Processes (default: by size, 1 or 2).")
@click.option("--cluster", metavar="ADDRESS", help="With -o: on a Ray cluster, in as many actors as --processes says.")
def command(
    inputs: tuple[str, ...], as_json: bool, output: Path | None, processes: int | None, cluster: str | None
) -> None:
    """Show the accounts that FILEs hold: what each says of itself, its length, and how much of it leads to its bytes.

    FILE is a file of any form that accounts come in, a folder of these, a link, or - for standard input. What cannot be
    taken in is listed in its place with the reason. Nothing is fetched but the links named. Exit code 2 when no account
    could be taken in. With -o FOLDER the accounts are written there as Parquet, a file a shard of the inputs; the same
    command goes on where it was ended (docs/running.md).
    """
    count = processes or process_count(inputs)
    if output is not None:
        from tellings.cli.shards import write_shards

        write_shards("accounts", inputs, output, count, cluster)
        return
    if cluster is not None:
        raise click.UsageError("--cluster needs -o FOLDER to write to.")
    from tellings.cli.links import fetching
    from tellings.ingest import guard, ingest
    from tellings.show.taken import render_taken, taken_json

    none = True
    with guard(inputs, count) as runner:
        found = ingest(inputs, stdin=sys.stdin.buffer, fetching=fetching(inputs), runner=runner)
        for number, one in enumerate(found):
            none = none and isinstance(one, InputError)
            if as_json:
                sys.stdout.buffer.write(taken_json(one).encode())
            else:
                click.echo(("\n" if number else "") + render_taken(one), nl=False)
    if none:
        sys.exit(2)
