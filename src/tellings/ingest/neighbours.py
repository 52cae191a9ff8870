"""The pages of an article beside the one at hand, as its links say (`rel=next`, `rel=prev`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from tellings.pagemarks import PageMark, mark_of
from tellings.records import GOES_ON, STARTS_BEFORE, Note

if TYPE_CHECKING:
    from collections.abc import Iterator


def missing_pages(tree: Any, url: str | None) -> tuple[Note, ...]:  # noqa: ANN401 - lxml ships no types
    """Return notes on the pages of the same article that stand before and after this one.

    A link to the next post of a blog is none: the address has to be the page's own but for the number of the page.
    """
    own = mark_of(url)
    if own is None or url is None:
        return ()
    notes: list[Note] = []
    for way, mark in _linked(tree, url):
        if mark.base != own.base:
            continue
        if way == "next" and mark.number == own.number + 1:
            notes.append(Note("cut off", GOES_ON.format(number=mark.number)))
        elif way == "prev" and mark.number == own.number - 1:
            notes.append(Note("cut off", STARTS_BEFORE.format(number=own.number)))
    return tuple(dict.fromkeys(notes))


def _linked(tree: Any, url: str) -> Iterator[tuple[str, PageMark]]:  # noqa: ANN401 - as above
    for one in tree.xpath("//link[@rel and @href] | //a[@rel and @href]"):
        ways = {"prev" if way == "previous" else way for way in one.get("rel").lower().split()} & {"next", "prev"}
        try:
            mark = mark_of(urljoin(url, one.get("href"))) if ways else None
        except ValueError:  # a broken link
            continue
        if mark:
            yield from ((way, mark) for way in ways)
