"""JSON Feed 1.0 and 1.1 (jsonfeed.org): its items with the bytes each stands in."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

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
