"""`tellings copies`: which accounts print another's text, passage by passage."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from tellings.cli.compare import tell
from tellings.cli.intake import Intake, takes_in
from tellings.cli.say import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tellings.grouping import Reuse
    from tellings.records import Account

_SHOWN = 3  # passages, the longest, that the terminal shows
_WIDE = 100  # code points of a passage that it shows


@click.command("copies")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--json", "as_json", is_flag=True, help="Write JSON to standard output, a line for what one took.")
@click.option("--least", type=click.FloatRange(0, 1), default=0.0, help="Show only what takes up this share or more.")
@takes_in
def command(inputs: tuple[str, ...], as_json: bool, least: float, intake: Intake) -> None:
    """Show which accounts print another's text, passage by passage.

    INPUT is as for `tellings compare`. An account that comes later by its date has taken the text; that of undated ones
    cannot be told, and the order of their ids stands. Passages are half-open [start, end) in code points of both texts.
    """
    from tellings.cli.arrivals import arrived
    from tellings.cli.pace import paced
    from tellings.grouping import copies

    accounts = arrived(inputs, on_problem=tell, intake=intake)
    by_id = {account.id: account for account in accounts}
    found = 0
    for one in copies(paced(accounts, len(accounts), "accounts")):
        if one.share < least:
            continue
        found += 1
        if as_json:
            import msgspec

            sys.stdout.buffer.write(msgspec.json.encode(one) + b"\n")
        else:
            click.echo(_told(one, by_id))
    say(f"{len(accounts):,} accounts, {found:,} with text of another")


def _told(one: Reuse, by_id: Mapping[str, Account]) -> str:
    from tellings.show.plain import clean

    account, source = by_id[one.account], by_id[one.source]
    verb = {"copy": "is a copy of", "version": "is a version of", "partial": "took a part from"}[one.kind]
    head = (
        f"{clean(account.original.path)} {verb} {clean(source.original.path)}: "
        f"{one.share:.0%} of its words, {one.taken:.0%} of the other's, {len(one.passages)} passages"
    )
    longest = sorted(one.passages, key=lambda passage: passage.span.start - passage.span.end)[:_SHOWN]
    shown = []
    for passage in sorted(longest, key=lambda passage: passage.span):
        text = clean(account.text[passage.span.start : passage.span.end])
        cut = text if len(text) <= _WIDE else text[: _WIDE - 1] + "…"
        shown.append(f"  {passage.span.start}-{passage.span.end} from {passage.source.start}: {cut}")
    return "\n".join([head, *shown])
