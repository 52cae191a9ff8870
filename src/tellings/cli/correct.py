"""`tellings correct`: overrule the program, and keep that."""

from __future__ import annotations

import getpass
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tellings.cli import library as shared
from tellings.cli.corrections import lines_of
from tellings.cli.say import say
from tellings.cli.spans import account_in, anchor_in
from tellings.errors import InputError, LibraryError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tellings.correcting.records import Correction, Kind

    F = TypeVar("F", bound=Callable[..., Any])

Places = list[tuple[str, str, bool]]
"""Accounts with a span of each as it was typed, and whether the first place of such words will do."""

_SPAN = "START:END|WORDS"


@click.group("correct")
def command() -> None:
    """Overrule the program: who is who, who speaks, what tells the same, how two tellings stand, what a label is.

    A correction is kept in a library beside the texts, keyed to a text's hash and a span, and holds in every reading
    and comparison from then on. ACCOUNT is an account of the library (`tellings accounts --library`); a span is
    START:END in characters of its text, END not counted, or the words that stand there once. The beginning of a name
    will do, where no other account begins so.
    """


def _makes(function: F) -> F:
    """The options of every command that makes a correction."""
    for one in (
        click.option("--note", help="Why, in a few words."),
        click.option("--by", "author", envvar="TELLINGS_AUTHOR", help="Who says so (default: the user's name)."),
        shared.option,
    ):
        function = one(function)
    return function


@command.command("speaker")
@click.argument("account")
@click.argument("span", metavar=_SPAN)
@click.option("--to", metavar=_SPAN, help="The words of the account that name who speaks.")
@click.option("--type", "kind", help="What kind of source that is (named person, role, organisation, anonymous, ...).")
@click.option("--own-voice", is_flag=True, help="Nobody's words: the account says it itself.")
@click.option("--left-out", is_flag=True, help="Somebody's words, but the account does not say whose.")
@_makes
def _speaker(  # noqa: PLR0913 - each is an option of the command
    account: str,
    span: str,
    to: str | None,
    kind: str | None,
    own_voice: bool,
    left_out: bool,
    **said: str | None,
) -> None:
    """Say who speaks the words at a span of ACCOUNT."""
    if (to is not None) + own_voice + left_out != 1:
        raise click.UsageError("Give one of --to, --own-voice and --left-out.")
    value = "own voice" if own_voice else "left out" if left_out else kind
    _keep("speaker", [(account, span, False)] + ([(account, to, True)] if to else []), value, said)


def _of_two(name: str, kind: Kind, about: str) -> None:
    """A command that says one thing of two spans."""

    @command.command(name, help=about)
    @click.argument("account")
    @click.argument("span", metavar=_SPAN)
    @click.argument("other_account", metavar="ACCOUNT")
    @click.argument("other_span", metavar=_SPAN)
    @_makes
    def made(account: str, span: str, other_account: str, other_span: str, **said: str | None) -> None:
        first = kind.endswith("entity")  # a name may stand in many places, and each of them means its entity
        _keep(kind, [(account, span, first), (other_account, other_span, first)], None, said)


_of_two("merge", "same entity", "Say that two names or phrases, of one account or of two, mean the same.")
_of_two("split", "different entity", "Say that two names or phrases, of one account or of two, do not mean the same.")


@command.command("appearance")
@click.argument("account")
@click.argument("span", metavar=_SPAN)
@click.argument("others", nargs=-1, required=True, metavar=f"ACCOUNT {_SPAN}...")
@click.option("--same/--not", "same", default=None, help="Whether they tell the same claim.")
@_makes
def _appearance(account: str, span: str, others: tuple[str, ...], same: bool | None, **said: str | None) -> None:
    """Say that a statement tells the same claim as one other or several, or as none of them."""
    if same is None:
        raise click.UsageError("Give --same or --not.")
    if len(others) % 2:
        raise click.UsageError("Give an account and a span of each other statement.")
    kind: Kind = "same claim" if same else "different claim"
    pairs = [(others[n], others[n + 1], False) for n in range(0, len(others), 2)]
    _keep_all(kind, [[(account, span, False), pair] for pair in pairs], None, said)


@command.command("relation")
@click.argument("account")
@click.argument("span", metavar=_SPAN)
@click.argument("other_account", metavar="ACCOUNT")
@click.argument("other_span", metavar=_SPAN)
@click.argument("kind", type=click.Choice(["agree", "narrower", "differ", "update", "conflict"]))
@_makes
def _relation(account: str, span: str, other_account: str, other_span: str, kind: str, **said: str | None) -> None:
    """Say how two tellings of one claim stand to each other; for narrower, the first says more."""
    _keep("relation", [(account, span, False), (other_account, other_span, False)], kind, said)


@command.command("label")
@click.argument("account")
@click.argument("span", metavar=_SPAN)
@click.option("--of", metavar=_SPAN, help="A name of, or phrase for, whom it is a label of, in the same account.")
@click.option(
    "--as", "kind", type=click.Choice(["title", "apposition", "modifier", "predicate"]), help="How it stands."
)
@click.option("--none", "nobody", is_flag=True, help="It is no label of anybody.")
@_makes
def _label(account: str, span: str, of: str | None, kind: str | None, nobody: bool, **said: str | None) -> None:
    """Say what a stretch of ACCOUNT is a label of, or that it is none."""
    if not nobody == (of is None) == (kind is None):
        raise click.UsageError("Give --of and --as, or --none.")
    places = [(account, span, False)] + ([(account, of, True)] if of else [])
    _keep("label", places, "none" if nobody else kind, said)


@command.command("list")
@shared.option
@click.option("--withdrawn", is_flag=True, help="Those that were withdrawn, too.")
@shared.as_json
def _list(where: str, withdrawn: bool, as_json: bool) -> None:
    """List the corrections of a library, and which of them cannot hold, or have a newer version of their text."""
    with shared.opened(where) as library:
        found = library.standing()
        gone = [one for one in library.corrections(withdrawn=True) if one.withdrawn] if withdrawn else []
    if as_json:
        shared.write_json([*found, *gone])
        return
    from tellings.show.corrections import render_outcomes, render_withdrawn

    click.echo(render_outcomes(found) + render_withdrawn(gone), nl=False)


@command.command("undo")
@click.argument("key")
@shared.option
def _undo(key: str, where: str) -> None:
    """Withdraw the correction with KEY (or whose key begins so); it is kept, but holds no more."""
    with shared.opened(where) as library:
        one = library.withdraw(key, at=now())
    say(f"withdrew {one.key} ({one.kind})")


@command.command("accept")
@click.argument("key")
@click.option("--by", "author", envvar="TELLINGS_AUTHOR", help="Who says so (default: the user's name).")
@shared.option
def _accept(key: str, author: str | None, where: str) -> None:
    """Accept the correction with KEY for the other version of its text that `correct list` proposes."""
    from tellings.correcting.making import make

    with shared.opened(where) as library:
        found = [one for one in library.standing() if one.correction.key.startswith(key) and one.proposed]
        if len(found) != 1 or found[0].proposed is None:
            raise LibraryError(library.name, f"has nothing proposed for {key}", "see `tellings correct list`")
        said, (at, other) = found[0].correction, found[0].proposed
        note = f"carried over from {said.key}"
        made = make(said.kind, at, other, said.value, author=_author(author), made=now(), note=note)
        library.correct([made])
    say(f"kept {made.key} ({made.kind})")


@command.command("export")
@click.argument("file", metavar="FILE")
@shared.option
def _export(file: str, where: str) -> None:
    """Write all corrections of a library, withdrawn ones too, to FILE as JSONL; - for standard output."""
    from tellings.correcting.lines import to_lines

    with shared.opened(where) as library:
        found = library.corrections(withdrawn=True)
    data = "".join(to_lines(found)).encode("utf-8")
    if file == "-":
        sys.stdout.buffer.write(data)
        return
    try:
        Path(file).write_bytes(data)
    except OSError as error:
        raise InputError(file, f"cannot be written ({error.strerror})", "name another file") from error
    say(f"wrote {len(found)} corrections to {file}")


@command.command("import")
@click.argument("file", metavar="FILE")
@shared.option
def _import(file: str, where: str) -> None:
    """Take the corrections of FILE (JSONL; - for standard input) into a library, each once.

    A line that is no correction is said and left out, and the exit code is then 1.
    """
    found, problems = lines_of(file)
    with shared.opened(where, create=True) as library:
        kept = library.correct(found)
        name = library.name
    for problem in problems:
        say(f"left out {problem}")
    say(f"{kept.new} corrections added to {name}, {kept.known} already there")
    if problems:
        sys.exit(1)


@command.command("agreement")
@click.argument("a", metavar="AUTHOR")
@click.argument("b", metavar="AUTHOR")
@shared.option
@shared.as_json
def _agreement(a: str, b: str, where: str, as_json: bool) -> None:
    """Measure how far two people put right the same things alike: raw agreement and Krippendorff's alpha."""
    from tellings.correcting.agreement import agreement
    from tellings.show.corrections import render_agreement

    with shared.opened(where) as library:
        found = library.corrections()
        name = library.name
    for author in (a, b):
        if not any(one.author == author for one in found):
            known = ", ".join(sorted({one.author for one in found})) or "nobody"
            raise LibraryError(name, f"has no correction by {author}", f"there are some by {known}")
    measured = agreement(found, a, b)
    if as_json:
        shared.write_json(measured)
    else:
        click.echo(render_agreement(measured, a, b), nl=False)


def now() -> str:
    """The time of a correction, UTC, to the microsecond, so that of two the later is known."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _author(given: str | None) -> str:
    try:
        return given or getpass.getuser()
    except (ImportError, KeyError, OSError) as error:  # no user has this number
        raise InputError("the correction", "has no author", "say with --by who makes it") from error


def _keep(kind: Kind, places: Places, value: str | None, said: dict[str, str | None]) -> None:
    """Make a correction of one or two spans of accounts of a library, keep it there and say so."""
    _keep_all(kind, [places], value, said)


def _keep_all(kind: Kind, each: list[Places], value: str | None, said: dict[str, str | None]) -> None:
    """Make several corrections, keep all or none, and say so."""
    from tellings.correcting.making import make

    author, time = _author(said["author"]), now()
    with shared.opened(said["where"] or shared.WHERE) as library:
        made = []
        for places in each:
            found = [anchor_in(account_in(library, account), span, first=first) for account, span, first in places]
            at, other = found[0], found[1] if len(found) > 1 else None
            made.append(make(kind, at, other, value, author=author, made=time, note=said["note"]))
        library.correct(made)
    for one in made:
        say(f"kept {_line(one)}")


def _line(one: Correction) -> str:
    from tellings.show.corrections import line_of

    return f"{one.key} {line_of(one)}"
