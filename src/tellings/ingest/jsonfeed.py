"""JSON Feed 1.0 and 1.1 (jsonfeed.org): its items with the bytes each stands in, and their words."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from tellings.errors import InputError
from tellings.ingest.bytemap import cut
from tellings.ingest.feeditem import ADVICE, NO_FEED, SUMMARY, TITLE, item_rows, made, without_foot
from tellings.ingest.head import Facts
from tellings.ingest.jsonscan import members, string_source
from tellings.ingest.links import LARGEST, address
from tellings.ingest.mailhead import mail_date, one_line
from tellings.ingest.rows import pieces_of_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tellings.records import Account

_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"|[{}\[\]:,]', re.DOTALL)


def item_spans(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield the bytes `[first, last)` of each object in the top-level list `items` of one valid JSON object."""
    depth = first = 0
    key: object = None
    inside = after_colon = False
    for token in _TOKEN.finditer(data):
        mark = token[0][:1]
        if mark == b'"':
            if depth == 1 and not after_colon:
                key = json.loads(token[0])
        elif mark == b":":
            after_colon = depth == 1 or after_colon
        elif mark in b"{[":
            depth += 1
            inside = inside or (depth == 2 and mark == b"[" and key == "items")
            first = token.start() if depth == 3 and mark == b"{" else first
        elif mark in b"}]":
            depth -= 1
            if depth == 2 and mark == b"}" and inside:
                yield first, token.end()
            inside = inside and depth >= 2
        after_colon = after_colon and not (mark == b"," and depth == 1)


def json_items(about: str, data: bytes) -> Iterator[tuple[str | None, int, int]]:
    """Yield the feed's title with the bytes of each item. Raises InputError for what is no JSON Feed."""
    if len(data) > LARGEST:
        raise InputError(about, f"is more than the {LARGEST >> 20} MB a feed may have", ADVICE)
    start = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    try:
        found = members(data[start:])
    except ValueError as error:
        raise InputError(about, str(error), ADVICE) from None
    version = found.get("version")
    if not isinstance(found.get("items"), list) or not (isinstance(version, str) and "jsonfeed.org" in version):
        raise InputError(about, f"is {NO_FEED}", ADVICE)
    title = plain_json(found.get("title")) or None
    for first, last in item_spans(data):
        yield title, first, last


def tell_json(path: str, data: bytes) -> Iterator[tuple[Account | InputError, bytes]]:
    """Yield each item's account with the bytes of its original, or an error with none."""
    for number, (title, first, last) in enumerate(json_items(path, data), 1):
        about = f"{path}:{number}"
        item = data[first:last]
        try:
            yield _json_account(path, about, first, item, title), item
        except (InputError, ValueError) as error:
            told = error if isinstance(error, InputError) else InputError(about, str(error), ADVICE)
            yield told, b""


def _json_account(path: str, about: str, offset: int, item: bytes, outlet: str | None) -> Account:
    facts = json_facts(members(item), outlet)
    for key in ("content_html", "content_text", "summary", "title"):
        source = string_source(item, key)
        rows = item_rows(source.text, page=key == "content_html") if source else []
        if source and any(any(map(str.isalnum, row.text)) for row in rows):
            kept, notes = without_foot(rows)
            notes = (TITLE,) if key == "title" else (SUMMARY,) if key == "summary" else notes
            text, runs = cut(source, pieces_of_rows(kept))
            return made(path, about, text, item, (offset, "utf-8", runs), facts, notes)
    raise InputError(about, "is an item without words", ADVICE)


def json_facts(found: dict[str, object], outlet: str | None) -> Facts:
    """Return what an item says of itself; `outlet` is the feed's title."""
    authors = found.get("authors")
    first = authors[0] if isinstance(authors, list) and authors else found.get("author")
    author = plain_json(first.get("name")) if isinstance(first, dict) else ""
    told = plain_json(found.get("date_published"))
    date = mail_date(told)
    urls = (address(value) for key in ("url", "external_url") if isinstance(value := found.get(key), str))
    url = next(filter(None, urls), None)
    title = one_line(plain_json(found.get("title"))) or None
    updated = mail_date(plain_json(found.get("date_modified")))
    return Facts(title, outlet, author or None, date, updated, url, unread_date=None if date else told or None)


def plain_json(value: object) -> str:
    """Return a JSON string in one line, "" for anything else."""
    return one_line(value[:1_000]) if isinstance(value, str) else ""
