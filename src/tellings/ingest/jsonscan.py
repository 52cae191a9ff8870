"""The strings of one JSON object with the bytes each of their characters comes from."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from tellings.ingest.bytemap import Source, source_of
from tellings.records import Run

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"|[{}\[\]:,]', re.DOTALL)
_ESCAPE = re.compile(rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\[^u]")
_SHORT = {b"\\n": "\n", b'\\"': '"', b"\\/": "/", b"\\\\": "\\", b"\\t": "\t", b"\\r": "\r"}
_MOST_ESCAPES = 500_000


def members(line: bytes) -> dict[str, object]:
    """Return the members of the one JSON object a line holds.

    Raises ValueError, with a plain reason as its message, for anything else.
    """
    try:
        found = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise ValueError("is not UTF-8") from None
    except RecursionError:
        raise ValueError("is nested too deep") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"is broken JSON ({error.msg} at character {error.pos + 1})") from None
    if not isinstance(found, dict):
        raise ValueError("is not a JSON object")
    return found


def string_source(line: bytes, key: str) -> Source | None:
    """Return the string a top-level member has, and the bytes of the line that each character comes from.

    `line` is one valid JSON object in UTF-8. Where a key comes twice the last one counts, as in Python's
    `json`. Half a surrogate pair becomes U+FFFD. None where the member is missing or no string. Raises
    ValueError, with a plain reason as its message, for more than half a million escapes.
    """
    found = None
    for name, value in _top_strings(line):
        if name == key:
            found = value
    return None if found is None else _unescape(line, *found)


def _top_strings(line: bytes) -> Iterator[tuple[str, tuple[int, int] | None]]:
    """Yield each top-level key and the byte range inside its value's quotes; None for no string."""
    depth = 0
    key: str | None = None
    value: tuple[int, int] | None = None
    after_colon = False
    for token in _TOKEN.finditer(line):
        mark = token[0][:1]
        if mark == b'"' and depth == 1:
            if after_colon:
                value = token.start() + 1, token.end() - 1
            else:
                key = json.loads(token[0])
        elif mark == b":" and depth == 1:
            after_colon = True
        elif mark in b"{[":
            depth += 1
        elif mark in b"}]":
            depth -= 1
        if key is not None and ((mark == b"," and depth == 1) or depth == 0):
            yield key, value
            key, value, after_colon = None, None, False


def _unescape(line: bytes, first: int, last: int) -> Source:
    words: list[str] = []
    runs: list[Run] = []
    at, byte = 0, first

    def add(text: str, begin: int, end: int) -> None:
        nonlocal at
        if text:
            words.append(text)
            runs.append(Run(at, at + len(text), begin, end))
            at += len(text)

    for count, escape in enumerate(_ESCAPE.finditer(line, first, last)):
        if count == _MOST_ESCAPES:
            raise ValueError(f"has more than {_MOST_ESCAPES:,} escaped characters in one string")
        add(line[byte : escape.start()].decode("utf-8"), byte, escape.start())
        character = _SHORT.get(escape[0]) or json.loads(b'"' + escape[0] + b'"')
        add("\ufffd" if "\ud800" <= character <= "\udfff" else character, escape.start(), escape.end())
        byte = escape.end()
    add(line[byte:last].decode("utf-8"), byte, last)
    return source_of("".join(words), "utf-8", runs)
