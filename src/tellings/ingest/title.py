"""The title of an article as its page's heading has it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tellings.ingest.page import Page, squeeze
from tellings.ingest.place import Place, pieces_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_FEWEST, _MOST = 3, 30


def find_title(
    page: Page, title: str | None, outlet: str | None, blocks: Sequence[str]
) -> tuple[str | None, Place | None]:
    """Return the title, and its place on the page unless the text begins with it or no heading has it.

    `title` is what the page's metadata say, often with the outlet's name after it: a heading that it holds,
    of half its length or more, is the title itself; so is the only first-level heading of a page.
    """
    headings = [spot for spot in page.headings if page.stream[spot[1] : spot[2]] != squeeze(outlet or "")]
    found = _in_title(page, headings, squeeze(title or "")) or _only_heading(page, headings)
    if found is None:
        return _without_outlet(title, outlet), None
    spot = Place((found,))
    name = " ".join("".join(piece.text for piece in pieces_of(page, spot)).split())
    told = page.stream[found[0] : found[1]]
    return name, None if told in map(squeeze, blocks[:2]) else spot


def _in_title(page: Page, headings: Sequence[tuple[int, int, int]], wanted: str) -> tuple[int, int] | None:
    best: tuple[int, int, int] | None = None
    for rank, start, end in headings:
        told = page.stream[start:end]
        if told == wanted or (len(told) >= 10 and told in wanted and 2 * len(told) >= len(wanted)):
            best = (rank, start, end) if best is None or rank < best[0] else best
    return best[1:] if best else None


def _only_heading(page: Page, headings: Sequence[tuple[int, int, int]]) -> tuple[int, int] | None:
    first = [(start, end) for rank, start, end in headings if rank == 1]
    if len({page.stream[start:end] for start, end in first}) != 1:
        return None
    count = sum(bool(word.gap) for word in page.words_of(*first[0])[1:]) + 1
    return first[0] if _FEWEST <= count <= _MOST else None


def _without_outlet(title: str | None, outlet: str | None) -> str | None:
    """Return a title without the outlet's name, where that is set off at its end."""
    parts = re.split(r"\s+[|–—-]\s+", title or "")
    if title and outlet and len(parts) > 1 and squeeze(parts[-1]).lower() == squeeze(outlet).lower():
        return title[: title.rindex(parts[-1])].rstrip(" |–—-")
    return title
