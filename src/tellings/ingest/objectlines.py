"""JSONL with names of its own: one object a line, its members mapped to what an account has."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from typing import TYPE_CHECKING

from tellings.errors import InputError
from tellings.ingest.begun import lines_of
from tellings.ingest.columns import Columns, checked, facts_of, listed
from tellings.ingest.files import too_large
from tellings.ingest.jsonscan import members, string_source
from tellings.ingest.make import made_id, make_account, stem_of
from tellings.records import Original

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tellings.ingest.begun import Lines
    from tellings.records import Account

_GIVE_UP = 20
_NEEDED = ("text", "html", "delimiter")
_MOST_NAMES = 200
_ADVICE = "write one object a line, and say which members hold what"


def accounts_of_objects(path: str, stream: Lines, columns: Columns | None = None) -> Iterator[Account | InputError]:
    """Yield the accounts of a JSONL stream, one a line; a bad line is an error about `path:line`.

    Members not given are guessed line by line from usual names. An account's original is its line, as in plain JSONL.
    After 20 lines, all bad, the file is given up.
    """
    good = bad = 0
    given = columns or Columns()
    awaited = [name for entry in fields(given) if entry.name not in _NEEDED and (name := getattr(given, entry.name))]
    had: set[str] = set()
    for number, (offset, line) in enumerate(lines_of(stream), 1):
        if line is not None and not line.strip():
            continue
        about = f"{path}:{number}"
        try:
            if line is None:
                raise too_large(about, 0)
            found = _members(about, line)
            had.update(list(found)[:_MOST_NAMES])
            yield _account(path, about, offset, line, found, _without(given, found))
            good += 1
        except InputError as error:
            yield error
            bad += 1
        if bad >= _GIVE_UP and not good:
            yield InputError(path, f"given up after {bad} bad lines and no good one", _ADVICE)
            return
    if not good and not bad:
        yield InputError(path, "is empty", "give a file that has accounts in it")
    lacking = [name for name in awaited if name not in had]
    if good and lacking:
        names = ", ".join(f"“{name[:40]}”" for name in lacking)
        yield InputError(path, f"has {names} in no line; its lines have {listed(sorted(had))}", "name what it has")


def _members(about: str, line: bytes) -> dict[str, object]:
    try:
        return members(line)
    except ValueError as error:
        raise InputError(about, str(error), _ADVICE) from None


def _without(given: Columns, found: dict[str, object]) -> Columns:
    """The given members that a line has; one that holds no text may be missing in some lines."""
    kept = {entry.name: getattr(given, entry.name) for entry in fields(given)}
    return Columns(**{key: name for key, name in kept.items() if key in _NEEDED or name in found})


def _account(  # noqa: PLR0913 - a line, where it stands, what is in it and what that means
    path: str, about: str, offset: int, line: bytes, found: dict[str, object], given: Columns
) -> Account:
    try:
        columns = checked(about, list(found), given)
        text = string_source(line, columns.text) if columns.text else None
        page = string_source(line, columns.html) if columns.html else None
    except ValueError as error:
        raise InputError(about, str(error), _ADVICE) from None
    said = {name: _said(value) for name, value in found.items() if name not in (columns.text, columns.html)}
    facts = facts_of(columns, said)
    sha256 = hashlib.sha256(line).hexdigest()
    given_id = said.get(columns.id or "") or made_id(facts.outlet or facts.title or stem_of(path), sha256)
    if text is not None and text.text.strip():
        original = Original(path, sha256, len(line), "utf-8", offset, text.runs)
        return make_account(about, text.text, original, facts, given_id=given_id)
    if page is None:
        raise InputError(about, f"has no words in its member “{columns.text or columns.html}”", _ADVICE)
    from tellings.ingest.html import account_of_source

    return account_of_source(
        about, page, Original(path, sha256, len(line), "utf-8", offset), given=facts, given_id=given_id
    )


def _said(value: object) -> str:
    """Return a member as text: strings, numbers and lists of them; an object's name; empty for all else."""
    if isinstance(value, str):
        return value[:5_000].encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, list):
        return (
            ", ".join(filter(None, map(_said, value[:20]))) if all(isinstance(item, str) for item in value[:20]) else ""
        )
    return _said(value["name"]) if isinstance(value, dict) and isinstance(value.get("name"), str) else ""
