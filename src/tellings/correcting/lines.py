"""Corrections as JSONL, an object a line: what is exported, imported, and handed to `tellings compare`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tellings.correcting.making import make
from tellings.correcting.records import Anchor, Correction, Kind
from tellings.errors import InputError

LONGEST = 1_000_000
"""Code points of a line beyond which it is no correction."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A correction as it is written: the key may be left out, and what a correction need not say."""

    kind: Kind
    at: Anchor
    author: str
    made: str
    key: str | None = None
    other: Anchor | None = None
    value: str | None = None
    note: str | None = None
    withdrawn: str | None = None


def to_lines(corrections: Iterable[Correction]) -> Iterator[str]:
    """Each correction as a line, its line end with it; what is not said is left out."""
    for one in corrections:
        said = {
            "key": one.key, "kind": one.kind, "at": _anchor(one.at), "other": one.other and _anchor(one.other),
            "value": one.value, "author": one.author, "made": one.made, "note": one.note, "withdrawn": one.withdrawn,
        }  # fmt: skip
        yield json.dumps({name: value for name, value in said.items() if value is not None}, ensure_ascii=False) + "\n"


def _anchor(one: Anchor) -> dict[str, str | int]:
    said: dict[str, str | int] = {"sha256": one.sha256, "start": one.start, "end": one.end}
    words = {"exact": one.exact, "prefix": one.prefix, "suffix": one.suffix}
    return {**said, **{name: value for name, value in words.items() if value}}


def from_lines(lines: Iterable[str], about: str) -> Iterator[Correction | InputError]:
    """The correction of each line, or what is wrong with it; empty lines are passed over, `about` names the file.

    A line need not have a key; one whose key is not that of what it says was edited, and is refused.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            where = f"{about}, line {number}"
            try:
                yield _correction(line, where)
            except InputError as error:
                yield error


def _correction(line: str, where: str) -> Correction:
    import msgspec

    if len(line) > LONGEST:
        raise InputError(where, "is far too long for a correction", "give one object a line")
    try:
        read = msgspec.json.decode(line, type=_Line)
    except (msgspec.MsgspecError, UnicodeEncodeError) as error:
        raise InputError(where, f"is no correction ({error})", "see docs/corrections.md for the form") from error
    made = make(
        read.kind, read.at, read.other, read.value, author=read.author, made=read.made, note=read.note,
        withdrawn=read.withdrawn, about=where,
    )  # fmt: skip
    if read.key is not None and read.key != made.key:
        raise InputError(where, "was changed after it was made: its key is of something else", "leave the key out")
    return made
