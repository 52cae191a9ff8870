"""Plain text files: their head, their title and byline, and their text with its line ends made one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tellings.ingest.bytemap import Piece, Source, cut
from tellings.ingest.decode import decode
from tellings.ingest.head import lay_out
from tellings.ingest.make import made_id, make_account, stem_of
from tellings.records import Original

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tellings.records import Account

_RETURN = re.compile(r"\r\n?")


def account_of_text(path: str, data: bytes, sha256: str) -> Account:
    """Return the account in a plain text file. Raises InputError for binary and foreign-language data."""
    source, notes = decode(path, data)
    facts, title, body = lay_out(source.text)
    text, runs = cut(source, _pieces(source, title, body))
    original = Original(path, sha256, len(data), source.encoding, 0, runs)
    return make_account(path, text, original, facts, given_id=made_id(stem_of(path), sha256), notes=notes)


def _pieces(source: Source, title: tuple[int, int], body: tuple[int, int]) -> Iterator[Piece]:
    if title[0] < title[1]:
        yield Piece(source.text[title[0] : title[1]], *title)
        if body[0] < body[1]:
            yield Piece("\n\n")
    yield from without_returns(source, *body)


def without_returns(source: Source, start: int, end: int) -> Iterator[Piece]:
    """Return a stretch of a source with LF as its only line end.

    The LF of a CR LF leads to its own byte and the CR is left out, so a line and its end stay one run.
    """
    at = start
    for match in _RETURN.finditer(source.text, start, end):
        yield Piece(source.text[at : match.start()], at, match.start())
        if match[0] == "\r":
            yield Piece("\n", match.start(), match.end())
        at = match.end() - (match[0] == "\r\n")
    yield Piece(source.text[at:end], at, end)
