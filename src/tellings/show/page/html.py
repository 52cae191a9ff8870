"""HTML as a type: what is text is escaped, what is HTML was built here.

`el` escapes every child that is not `Html`, and every attribute: words can never become markup.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

_VOID = {"meta", "input", "br"}
_SPECIAL = re.compile("[&<>\"'\r]")


class Html(str):
    """A string that is HTML already."""

    __slots__ = ()


class Words(Protocol):
    """Any record that shows words of an account."""

    @property
    def account(self) -> str:
        """The id of the account."""

    @property
    def start(self) -> int:
        """The first code point."""

    @property
    def end(self) -> int:
        """The code point after the last."""

    @property
    def text(self) -> str:
        """The words."""


Attribute = str | int | bool | None


def el(name: str, *children: str, **attributes: Attribute) -> Html:
    """Build an element: `class_` and `data_start` are written `class` and `data-start`, None is left out."""
    head = name + "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return Html(f"<{head}>")
    return Html(f"<{head}>{join(children)}</{name}>")


def join(parts: Iterable[str], between: str = "") -> Html:
    """Join parts; text is escaped, HTML is kept."""
    return Html(safe(between).join(safe(part) for part in parts))


def safe(text: str) -> Html:
    """Escape text and keep HTML; a carriage return, which would be read as a line end, gets its number."""
    if isinstance(text, Html):
        return text
    if _SPECIAL.search(text) is None:
        return Html(text)
    return Html(escape(text, quote=True).replace("\r", "&#13;"))


def _attribute(key: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    if value is True:
        return f" {name}"
    return f' {name}="{value if isinstance(value, int) else safe(value)}"'


def stretch(name: str, account: str, start: int, end: int, *children: str, **attributes: Attribute) -> Html:
    """Build an element that holds an account's `text[start:end]` and nothing else, and says so."""
    return el(name, *children, data_account=account, data_start=start, data_end=end, **attributes)


def excerpt(words: Words, name: str = "span", class_: str | None = "w", **attributes: Attribute) -> Html:
    """Show words of an account, traced to their place."""
    return stretch(name, words.account, words.start, words.end, words.text, class_=class_, **attributes)


def link(url: str | None, *children: str) -> Html | None:
    """Link to a web page, and to nothing but a web page; None where the address is none."""
    if url is None or not url.lower().startswith(("https://", "http://")):
        return None
    return el("a", *(children or (url,)), href=url, rel="noopener noreferrer")
