"""Posts and entries as a page's JSON-LD tells them (schema.org, embedded as `application/ld+json`)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from tellings.ingest.dates import parse_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tellings.ingest.elements import Element

_POSTS = frozenset(("DiscussionForumPosting", "SocialMediaPosting", "Comment", "UserComments"))
_LIVE = "LiveBlogPosting"
_ENTRIES = frozenset(("BlogPosting", "Article", "NewsArticle"))
_MOST = 100_000


class Told(NamedTuple):
    """What the data say of one post or entry; dates as ISO 8601."""

    text: str
    author: str | None
    published: str | None
    updated: str | None
    title: str | None


def posts_told(source: str, page: Sequence[Element]) -> list[Told]:
    """The posts that the data of a page tell, in their order; broken data tell none."""
    return [_told(node) for node, live in _nodes(source, page) if not live and _types(node) & _POSTS]


def entries_told(source: str, page: Sequence[Element]) -> list[Told]:
    """The entries of the live-blog that the data of a page tell, in their order."""
    return [_told(node) for node, live in _nodes(source, page) if live and _types(node) & _ENTRIES]


def _nodes(source: str, page: Sequence[Element]) -> Iterator[tuple[dict[str, object], bool]]:
    """Every object of the data, and whether it stands in a live-blog; walked without recursion."""
    waiting: list[tuple[object, bool]] = []
    for one in page:
        if one.name == "script" and "ld+json" in one.told:
            try:
                waiting.append((json.loads(source[one.inner : one.inner_end], strict=False), False))
            except (ValueError, RecursionError):
                continue
    waiting.reverse()
    for _ in range(_MOST):
        if not waiting:
            return
        node, live = waiting.pop()
        if isinstance(node, list):
            waiting.extend((item, live) for item in reversed(node))
        elif isinstance(node, dict):
            yield node, live
            inside = live or _LIVE in _types(node)
            waiting.extend((item, inside) for item in reversed(node.values()) if isinstance(item, list | dict))


def _types(node: dict[str, object]) -> set[str]:
    told = node.get("@type")
    return {str(one).rsplit("/", 1)[-1] for one in (told if isinstance(told, list) else [told])}


def _told(node: dict[str, object]) -> Told:
    text = next((node[key] for key in ("text", "articleBody", "commentText") if isinstance(node.get(key), str)), "")
    dates = [parse_date(str(node.get(key) or "")) for key in ("datePublished", "dateCreated", "dateModified")]
    title = node.get("headline")
    return Told(
        str(text),
        _name(node.get("author") or node.get("creator")),
        dates[0] or dates[1],
        dates[2],
        " ".join(title.split()) if isinstance(title, str) else None,
    )


def _name(told: object) -> str | None:
    if isinstance(told, list):
        return _name(told[0]) if told and not isinstance(told[0], list) else None
    name = told.get("name") if isinstance(told, dict) else told
    return " ".join(name.split())[:60] or None if isinstance(name, str) else None
