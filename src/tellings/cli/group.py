"""`tellings group`: accounts to stories, as lines of JSON and as a list in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tellings.cli.compare import process_count, tell
from tellings.cli.intake import Intake, takes_in
from tellings.cli.say import say
from tellings.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tellings.grouping import Sketch
    from tellings.records import Account, Manifest

_SHOWN = 20  # stories of several accounts that the terminal lists


@click.command("group")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write stories (.jsonl) here.")
@click.option("--unread", is_flag=True, help="Group by words and days alone: much faster, less exact.")
@click.option("--processes", type=click.IntRange(1), default=None, help="Processes to read in (default: by size).")
@takes_in
def command(inputs: tuple[str, ...], output: Path | None, unread: bool, processes: int | None, intake: Intake) -> None:
    """Sort accounts into stories, the accounts of one event each.

    INPUT is as for `tellings compare`. Accounts arrive in the order of their dates, undated ones last. Of each the
    first 250 words are read. The lines of the file written name a story's accounts, what happened to it and why; give
    one to `tellings compare --story ID FILE`.
    """
    from tellings.cli.arrivals import arrived
    from tellings.cli.pace import paced
    from tellings.grouping import group
    from tellings.show.plain import clean
    from tellings.show.stories import lines

    accounts = arrived(inputs, on_problem=tell, intake=intake)
    held = _sketches(accounts, unread=unread, processes=processes or process_count(inputs))
    stories = group(
        paced(held, len(accounts), "accounts"), capacity=max(1, min(len(accounts), 200_000)), on_problem=tell
    )
    if output is not None:
        manifest = _manifest(accounts, unread=unread)
        output.write_text("".join(lines(stories, accounts, manifest)), encoding="utf-8")
        say(f"wrote {output}")
    several = [story for story in stories if len(story.accounts) > 1]
    click.echo(f"{len(accounts):,} accounts, {len(stories):,} stories, {len(several):,} of several accounts")
    titles = {account.id: clean(account.title or account.original.path) for account in accounts}
    for story in sorted(several, key=lambda story: -len(story.accounts))[:_SHOWN]:
        days = story.first if story.first == story.last else f"{story.first} to {story.last}"
        click.echo(f"{story.id}  {len(story.accounts):>4} accounts  {days or 'undated'}  {titles[story.accounts[0]]}")


def _manifest(accounts: Sequence[Account], *, unread: bool) -> Manifest:
    from importlib.metadata import version

    from tellings.reading.model import model_name
    from tellings.records import InputFile, Manifest, Setting

    inputs = sorted({(account.original.path, account.sha256) for account in accounts})
    return Manifest(
        version("tellings"),
        model_name(),
        tuple(InputFile(path, digest) for path, digest in inputs),
        (Setting("unread", "yes" if unread else "no"),),
        ("stories",),
    )


def _sketches(accounts: Sequence[Account], *, unread: bool, processes: int) -> Iterator[Sketch]:
    from tellings.grouping import unread as bare
    from tellings.run import Failure, runner

    if unread:
        yield from map(bare, accounts)
        return
    with runner(processes) as running:
        for found in running.map(sketched, accounts):
            if isinstance(found, Failure):
                tell(InputError(found.item.original.path, f"cannot be read: {found.problem}", "leave it out"))
            else:
                yield found


def sketched(account: Account) -> Sketch:
    """Read the beginning of an account and sketch it; a plain function so that other processes can import it."""
    from tellings.grouping import lead, sketch
    from tellings.reading import read

    return sketch(next(read([lead(account)])), account=account)
