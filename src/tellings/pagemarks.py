"""Which page of an article an address is of: `?page=2`, `/2/`, `/page/2`, `-2.html`."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_NAMES = frozenset(("page", "paged", "pagenum", "pageno", "page_no", "page_num", "pg"))
_PATH = re.compile(
    r"(?i)(?:/(?:page[/_-]?)?|[_-](?:page[_-]?|p)?)(?P<number>[1-9]\d?)(?P<end>\.(?:s?html?|php|aspx?))?/*$"
)
_DAY = re.compile(r"/(?:19|20)\d\d/\d\d?$")
"""What stands before the last part of an address where that is a day and no page."""
_ENDING = re.compile(r"(?i)(?:\.(?:s?html?|php|aspx?))?/*$")
_HOST = re.compile(r"(?i)(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)")
_MOST = 99
_TITLE = re.compile(r"(?i)\s*[-–—|:,(\[]*\s*(?:page|part)\s+\d{1,2}(?:\s*(?:of|/)\s*\d{1,2})?\s*[)\]]?\s*$")


class PageMark(NamedTuple):
    """An address without what says which page it is of, and the number of the page; 1 where nothing says it."""

    base: str
    number: int


def mark_of(url: str | None) -> PageMark | None:
    """Read the page off an address (http or https); None where there is no address or a broken one."""
    try:
        parts = urlsplit((url or "").strip())
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc:
        return None
    asked = parse_qsl(parts.query)
    numbers = [int(told) for name, told in asked if name.lower() in _NAMES and told.isascii() and told.isdigit()]
    rest = urlencode(sorted(pair for pair in asked if pair[0].lower() not in _NAMES))
    path, number = _without_mark(parts.path)
    number = next((told for told in numbers if 0 < told <= _MOST), number)
    host = _HOST.sub("", parts.netloc.lower(), count=1)
    return PageMark(urlunsplit(("", host, _ENDING.sub("", path), rest, "")), number)


def _without_mark(path: str) -> tuple[str, int]:
    match = _PATH.search(path)
    if match is None or _DAY.search(path[: match.start()]) or not path[: match.start()].strip("/"):
        return path, 1
    return path[: match.start()], int(match["number"])


def title_without_page(title: str) -> str:
    """A title in lower case without what says which page of an article it stands over."""
    return " ".join(_TITLE.sub("", title).lower().split())
