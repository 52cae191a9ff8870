"""Writing shards from the command line: what the commands share, and how far they are."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tellings.cli.say import say
from tellings.errors import InputError

if TYPE_CHECKING:
    from tellings.cli.intake import Intake
    from tellings.shards import Kind


def write_shards(  # noqa: PLR0913 - what the commands' options say
    kind: Kind, inputs: tuple[str, ...], folder: Path, processes: int, cluster: str | None, intake: Intake
) -> None:
    """Write accounts or readings of the inputs into a folder, a Parquet file a shard; go on where a run was ended.

    Ends the program with exit code 2 when there is nothing to write, 1 when a shard could not be made.
    """
    if intake.columns is not None:
        raise click.UsageError("--columns does not go with -o FOLDER: give the columns their usual names first.")
    from tellings.cli.compare import tell
    from tellings.cli.progress import progress
    from tellings.run import Failure, runner, workers
    from tellings.run.markers import Shard
    from tellings.shards import made_now, shards_of, write

    shards: list[Shard] = []
    for one in shards_of(inputs):
        if isinstance(one, InputError):
            tell(one)
        else:
            shards.append(one)
    if not shards:
        sys.exit(2)
    failed = 0
    with (
        workers(processes) if cluster is None else runner(processes, cluster) as running,
        progress(shards, folder, made_now(kind)) as shown,
    ):
        for done in write(kind, shards, folder, running):
            shown.add(done)
            if isinstance(done, Failure):
                failed += 1
                say(f"{done.item.shard.name}: {done.problem}; run the same again to retry")
    told = f"wrote {folder}: {shown.told()}" + (f"; {failed} shards failed" if failed else "")
    say(told)
    if failed:
        sys.exit(1)
