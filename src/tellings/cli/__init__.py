"""The command line: one file a command, each loaded only when it is called."""

from __future__ import annotations

import importlib
import sys

import click

from tellings.cli.say import say
from tellings.errors import NothingToCompareError, TellingsError

_COMMANDS = {
    "compare": "Compare the accounts of one story.",
    "read": "Show what is read in each account, layer by layer.",
    "accounts": "Show what was taken in, before anything is read; or what a library has.",
    "add": "Read accounts and keep them in a library.",
    "watch": "Read feeds again and again, keep what they name, say what is new.",
    "search": "Search a library by words, by who speaks, by meaning.",
    "sources": "List who is given words in a library.",
    "stories": "List the stories of a library.",
    "story": "Show one story of a library.",
    "export": "Write a library, or one story of it, for other programs.",
    "import": "Take an export of a library into another.",
    "correct": "Overrule what was found in a library, and keep that.",
    "check": "Verify every hash and span of a library.",
    "serve": "Serve a library in the browser and as an HTTP interface.",
    "diff": "Show what a later version of an account has otherwise.",
    "group": "Sort accounts into stories, the accounts of one event each.",
    "copies": "Show which accounts print another's text, passage by passage.",
    "reproduce": "Make a comparison again, and say what of it is the same.",
    "evaluate": "Score reading and comparing on public corpora and the gold.",
}


_FILES = {"import": "take_in"}
"""Files of commands whose names are words of Python."""


class _Commands(click.Group):
    """Commands found by name, so that `--help` imports none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"tellings.cli.{_FILES.get(cmd_name, cmd_name)}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_Commands)
@click.version_option(package_name="tellings")
@click.option("--debug", is_flag=True, help="Show the full traceback of an error.")
def _group(debug: bool) -> None:
    """Read several accounts of one event: what they agree on, where they part, and who says so."""


def main() -> None:
    """Run the command line; a foreseen error becomes one line to stderr and exit code 2."""
    try:
        _group(standalone_mode=True)
    except TellingsError as error:
        if "--debug" in sys.argv[1:]:
            raise
        say(str(error))
        sys.exit(2 if isinstance(error, NothingToCompareError) else 1)
