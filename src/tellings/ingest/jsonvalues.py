"""Where the values inside a JSON document stand in its bytes."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from tellings.ingest.bytemap import Source, source_of
from tellings.ingest.jsonscan import string_source
from tellings.records import Run

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"|[{}\[\]:,]', re.DOTALL)
_BEFORE = b'{"v":'
Path = tuple[str | int, ...]


class Value(NamedTuple):
    """A string, object or array of a document: how it is reached, and its bytes `[first, last)`, quotes and all."""

    path: Path
    first: int
    last: int


def values(data: bytes, deepest: int) -> Iterator[Value]:
    """Yield the strings, objects and arrays of a valid JSON document that are reached in up to `deepest` steps.

    A container comes after what is in it. Where a key comes twice, so do the values: the last one counts.
    """
    steps: list[str | int] = []  # the key or the number of the value read now, a step a container
    begins: list[int] = []
    key_next = False
    for token in _TOKEN.finditer(data):
        mark = token[0][:1]
        if mark == b'"' and key_next:
            steps[-1] = json.loads(token[0]) if len(steps) <= deepest else ""
            key_next = False
        elif mark == b'"' and len(steps) <= deepest:
            yield Value(tuple(steps), token.start(), token.end())
        elif mark in b"{[":
            begins.append(token.start())
            steps.append("" if mark == b"{" else 0)
            key_next = mark == b"{"
        elif mark in b"}]":
            steps.pop()
            first = begins.pop()
            if len(steps) <= deepest:
                yield Value(tuple(steps), first, token.end())
            key_next = False
        elif mark == b",":
            step = steps[-1]
            key_next = isinstance(step, str)
            steps[-1] = step + 1 if isinstance(step, int) else ""


def text_at(data: bytes, value: Value, shift: int = 0) -> Source:
    """Return a string's characters with the bytes each comes from, counted from byte `shift` of the document.

    Raises ValueError, with a plain reason as its message, for more escapes than any text has.
    """
    source = string_source(_BEFORE + data[value.first : value.last] + b"}", "v")
    if source is None:
        raise ValueError("is no string")
    step = value.first - len(_BEFORE) - shift
    runs = (Run(run.start, run.end, run.first + step, run.last + step) for run in source.runs)
    return source_of(source.text, source.encoding, runs)
