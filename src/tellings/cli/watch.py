"""`tellings watch`: read feeds, keep what they name in a library, say what is new of its stories."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tellings.cli import library as shared
from tellings.cli.compare import tell
from tellings.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tellings.diffing import Versions
    from tellings.ingest.links import Link
    from tellings.records import Account, Comparison, Reading
    from tellings.watching import News, Tools

_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}
_LEAST = 60.0  # seconds: nobody may be asked more often


def _pause(ctx: click.Context, param: click.Parameter, value: str) -> float:
    """Make seconds of 15m, 2h, 90s; anything else is a usage error."""
    found = re.fullmatch(r"([0-9]{1,5})([smhd])", value.strip().lower())
    seconds = float(found[1]) * _UNITS[found[2]] if found else 0.0
    if seconds < _LEAST:
        raise click.BadParameter("write it as 15m, 2h or 90s; a minute at least", ctx, param)
    return seconds


@click.command("watch")
@click.argument("feeds", metavar="FEEDS.opml", type=click.Path(dir_okay=False, path_type=Path))
@shared.option
@click.option("--every", default="15m", show_default=True, callback=_pause, help="How often a feed is read at most.")
@click.option("--once", is_flag=True, help="Read what is due, say what is new, and end.")
@click.option("--delay", type=click.FloatRange(0.0, 3600.0), help="Seconds between two requests to one host (1).")
@click.option("--no-originals", is_flag=True, help="Keep the hashes of pages alone, not their bytes.")
@shared.as_json
def command(  # noqa: PLR0913 - each is an option of the command
    feeds: Path, where: str, every: float, once: bool, delay: float | None, no_originals: bool, as_json: bool
) -> None:
    """Read the feeds that FEEDS.opml names again and again, and keep the pages they name in a library.

    Says when a story gains an account, when two accounts of it are newly in conflict, and what a later version of an
    account has otherwise; with --json an object a line. Nothing is fetched but the feeds and the pages they name, each
    host at its pace. A run that was stopped is gone on with by the same command.
    """
    from tellings.fetching import Settings
    from tellings.ingest import guard
    from tellings.watching import Watch

    links = _links(feeds)
    settings = Settings() if delay is None else replace(Settings(), delay=delay)
    with shared.opened(where, create=True) as library, guard([link.url for link in links]) as runner:
        watch = Watch(
            library, links, tools(), tell=_say_json if as_json else _say, problem=tell,
            every=every, settings=settings, runner=runner, originals=not no_originals,
        )  # fmt: skip
        if once:
            watch.once()
            return
        try:
            watch.run()
        except KeyboardInterrupt:
            click.echo("tellings: stopped; the same command goes on", err=True)


def tools() -> Tools:
    """What the commands for single accounts do, for watching."""
    from tellings.reading.model import model_name
    from tellings.watching import Tools

    return Tools(_read, _compared, _differences, model_name())


def _links(feeds: Path) -> Sequence[Link]:
    """The feeds of a list."""
    from tellings.ingest.links import feeds_of_opml

    try:
        data = feeds.read_bytes()
    except OSError as error:
        raise InputError(str(feeds), f"cannot be read ({error.strerror})", "name a list of feeds (OPML)") from error
    found = feeds_of_opml(data, str(feeds))
    if not found:
        raise InputError(str(feeds), "names no feed", "give its outlines an xmlUrl")
    return found


def _read(account: Account) -> Reading:
    from tellings.reading import read

    return next(iter(read([account])))


def _compared(accounts: Sequence[Account]) -> Comparison | None:
    from tellings.api import compare
    from tellings.errors import NothingToCompareError

    try:
        return compare(accounts, on_problem=tell)
    except NothingToCompareError:
        return None


def _differences(before: Account, after: Account) -> Versions:
    from tellings.diffing import differences

    return differences(_read(before), _read(after))


def _say(one: News) -> None:
    from tellings.show.news import render_news

    click.echo(render_news(one), nl=False)
    sys.stdout.flush()


def _say_json(one: News) -> None:
    shared.write_json([one])
    sys.stdout.buffer.flush()
