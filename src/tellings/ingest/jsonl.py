"""JSONL: one account a line, each line its own original."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast, get_args

from tellings.errors import InputError
from tellings.ingest.begun import Begun, lines_of
from tellings.ingest.columns import listed
from tellings.ingest.dates import parse_date
from tellings.ingest.decode import refuse_known_binaries
from tellings.ingest.files import too_large
from tellings.ingest.head import Facts
from tellings.ingest.jsonscan import members, string_source
from tellings.ingest.make import made_id, make_account, stem_of
from tellings.ingest.parts import mapped
from tellings.records import AccountKind, Note, Original

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tellings.records import Account
    from tellings.run import Runner

_GIVE_UP = 20
_ADVICE = 'write one object a line, with "text" or "html"'


def accounts_of_lines(
    path: str, start: bytes, stream: BinaryIO, runner: Runner | None = None
) -> Iterator[Account | InputError]:
    """Yield the accounts of a JSONL stream of which `start` was read; a bad line is an error about it.

    Lines are read one at a time, so a file may be of any size. After 20 lines, all bad, the file is given up.
    """
    refuse_known_binaries(path, start)
    if b"\0" in start:
        raise InputError(path, "is binary data, not JSONL", _ADVICE)
    good = bad = 0
    lines = (
        _Line(path, number, offset, line)
        for number, (offset, line) in enumerate(lines_of(Begun(start, stream)), 1)
        if line is None or line.strip()
    )
    for found in mapped(runner, _of_line, lines, lambda line: f"{path}:{line.number}"):
        yield found
        good, bad = (good, bad + 1) if isinstance(found, InputError) else (good + 1, bad)
        if bad >= _GIVE_UP and not good:
            yield InputError(path, f"given up after {bad} bad lines and no good one", _ADVICE)
            return
    if not good and not bad:
        yield InputError(path, "is empty", "give a file that has accounts in it")


class _Line(NamedTuple):
    """A line, its number and the byte it begins at; None for one that is too long."""

    path: str
    number: int
    offset: int
    line: bytes | None


def _of_line(line: _Line) -> Account | InputError:
    try:
        if line.line is None:
            raise too_large(f"{line.path}:{line.number}", 0)
        return account_of_line(line.path, line.number, line.offset, line.line)
    except InputError as error:
        return error


def account_of_line(path: str, number: int, offset: int, line: bytes) -> Account:
    """Return the account one line (without its end) holds. Raises InputError about `path:number`."""
    about = f"{path}:{number}"
    try:
        found = members(line)
        text, page = string_source(line, "text"), string_source(line, "html")
    except ValueError as error:
        raise InputError(about, str(error), _ADVICE) from None
    sha256 = hashlib.sha256(line).hexdigest()
    facts, notes = _facts(found)
    named = found.get("id")
    given = str(named) if isinstance(named, (str, int)) and not isinstance(named, bool) and named != "" else None
    name = given or facts.outlet or facts.title or stem_of(path)
    own_id = given or made_id(name, sha256)
    kind = cast(AccountKind, found["kind"]) if found.get("kind") in get_args(AccountKind) else None
    if text is not None and text.text.strip():
        original = Original(path, sha256, len(line), "utf-8", offset, text.runs)
        return make_account(about, text.text, original, facts, given_id=own_id, kind=kind, notes=notes)
    if page is None:
        problem = f'has neither "text" nor "html"; it has {listed(list(found))}'
        raise InputError(about, problem, "say which member the text is in: --columns text=NAME")
    from tellings.ingest.html import account_of_source

    original = Original(path, sha256, len(line), "utf-8", offset)
    return account_of_source(about, page, original, given=facts, given_id=own_id, kind=kind, notes=notes)


def _facts(found: dict[str, object]) -> tuple[Facts, list[Note]]:
    words = {
        key: value.strip()
        for key in ("title", "outlet", "author", "published", "updated", "url")
        if isinstance(value := found.get(key), str) and value.strip()
    }
    published = parse_date(words.get("published", ""))
    unread = words.get("published") if not published else None
    notes = []
    if any(
        "\ud800" <= character <= "\udfff" for value in found.values() if isinstance(value, str) for character in value
    ):
        notes.append(Note("encoding", "half of a surrogate pair is shown as \ufffd"))
        words = {key: _whole(value) for key, value in words.items()}
    facts = Facts(
        words.get("title"), words.get("outlet"), words.get("author"), published,
        parse_date(words.get("updated", "")), words.get("url"), unread_date=unread,
    )  # fmt: skip
    return facts, notes


def _whole(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
