"""A page's source as a tree, for the libraries that find its article and for what it says of itself."""

from __future__ import annotations

import html
import logging
import re
from typing import Any

_REFERENCE = re.compile("&#[xX]?[0-9a-fA-F]{1,9};?")
# One such character in a page makes the parser give up all of it. In UTF-8 these bytes stand for nothing else.
_XML_CANNOT = bytes((*range(1, 9), 11, *range(14, 32)))
_UNSHOWN = ("style", "svg", "noscript", "iframe", "template", "object", "canvas", "video", "audio")
"""Elements that never hold an article's words; without them every later walk over the tree is shorter."""


def tree_of(source: str) -> Any:  # noqa: ANN401 - lxml ships no types
    """Return a page's source as an lxml tree, None where it is no page; nothing is fetched, no entity expanded.

    References to characters that XML cannot hold give way to nothing. What the parser raises is raised.
    """
    from lxml.etree import strip_elements
    from trafilatura import load_html

    _hush()
    readable = source.encode("utf-8", "surrogatepass").translate(None, _XML_CANNOT).decode("utf-8", "surrogatepass")
    readable = readable.replace("\ufffe", "").replace("\uffff", "")
    tree = load_html(_REFERENCE.sub(_blank, readable) if "&#" in readable else readable)
    if tree is not None:
        strip_elements(tree, *_UNSHOWN, with_tail=False)
    return tree


def _blank(match: re.Match[str]) -> str:
    """Give way for a character reference that stands for no character, or for one that XML cannot hold."""
    told = html.unescape(match[0])
    return match[0] if (told.isprintable() and told not in ("", "\ufffd")) or told.isspace() else ""


def _hush() -> None:
    """Keep the libraries' warnings about a page off standard error; an application may still log them."""
    for name in ("trafilatura", "htmldate"):
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
