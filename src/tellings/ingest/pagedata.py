"""What a page's own data say of its article: JSON-LD (schema.org), Open Graph, meta names, microdata."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from tellings.ingest.dates import parse_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ARTICLE = re.compile(r"(?i)(?:article|posting|report|review|recipe)$")
_ABOUT = re.compile(r"(?i)(?:page|podcastepisode|videoobject|creativework)$")
_MOST = 20_000
_PUBLISHED = (
    "article:published_time", "og:published_time", "datepublished", "article.published", "parsely-pub-date",
    "sailthru.date", "publish-date", "publishdate", "publication_date", "published_date", "pubdate", "bt:pubdate",
    "shareaholic:article_published_time", "cxenseparse:recs:publishtime", "citation_publication_date",
    "citation_online_date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "date",
)  # fmt: skip
"""Names under which pages give their date of publication, the plainest first."""
_UPDATED = (
    "article:modified_time", "datemodified", "og:updated_time", "article.updated", "last-modified", "lastmod",
    "dcterms.modified", "dc.date.modified", "revised",
)  # fmt: skip
_TITLES = (
    "headline",
    "parsely-title",
    "sailthru.title",
    "citation_title",
    "dc.title",
    "title",
    "twitter:title",
)
_OUTLETS = ("og:site_name", "citation_journal_title", "dc.publisher", "publisher", "application-name")
_AUTHORS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "citation_author", "byl")
_STATED = re.compile(r"\"(datePublished|dateModified)\"\s*:\s*\"([^\"]{4,40})\"")


class Stated(NamedTuple):
    """What the data say; dates as ISO 8601. `titles` in the order they are to be believed.

    `free` is False where the article is said not to be readable for free, True where it is said to be.
    """

    titles: tuple[str, ...] = ()
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    updated: str | None = None
    url: str | None = None
    free: bool | None = None


def stated_by(tree: Any) -> Stated:  # noqa: ANN401 - lxml ships no types
    """Read what a page's tree says of its article; broken data say nothing."""
    metas = _metas(tree)
    nodes = list(_nodes(tree))
    main = [node for node in nodes if _is(node, _ARTICLE)] or [node for node in nodes if _is(node, _ABOUT)]
    loose = dict(reversed(_STATED.findall(_scripts(tree)))) if not main else {}
    published = _first_date([*(node.get("datePublished") for node in main), *(metas.get(name) for name in _PUBLISHED)])
    updated = _first_date([*(node.get("dateModified") for node in main), *(metas.get(name) for name in _UPDATED)])
    titles = [
        metas.get("og:title"),
        *(node.get("headline") for node in main[:1]),
        *map(metas.get, _TITLES),
        _head(tree),
    ]
    outlets = [metas.get("og:site_name"), *(_name(node.get("publisher")) for node in main), *map(metas.get, _OUTLETS)]
    return Stated(
        tuple(_texts(titles)),
        next(_texts(outlets), None),
        _author(main, metas, tree),
        published or _first_date([loose.get("datePublished"), *(node.get("dateCreated") for node in main)]),
        updated or _first_date([loose.get("dateModified")]),
        _url(tree, metas),
        next((free for node in main if (free := _free(node)) is not None), None),
    )


def _metas(tree: Any) -> dict[str, str]:  # noqa: ANN401 - lxml ships no types
    """The first content of each name in lower case, of `meta` and of elements with a date as microdata."""
    found: dict[str, str] = {}
    for one in tree.iter("meta"):
        name = one.get("property") or one.get("itemprop") or one.get("name") or ""
        content = (one.get("content") or "").strip()
        if name and content:
            found.setdefault(name.lower(), content)
    for one in tree.xpath("//*[@itemprop='datePublished' or @itemprop='dateModified' or @pubdate]"):
        name = (one.get("itemprop") or "datePublished").lower()
        content = one.get("content") or one.get("datetime") or " ".join(one.text_content().split())
        if one.tag != "meta" and parse_date(content):
            found.setdefault(name, content)
    return found


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - lxml ships no types
    """Every object of a page's JSON-LD, outer ones first; walked without recursion."""
    waiting: list[Any] = []
    for one in tree.iter("script"):
        if "ld+json" in (one.get("type") or "") and one.text:
            try:
                waiting.append(json.loads(one.text.strip().removeprefix("<!--").removesuffix("-->"), strict=False))
            except (ValueError, RecursionError):
                continue
    waiting.reverse()
    for _ in range(_MOST):
        if not waiting:
            return
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            node = list(node.values())
        if isinstance(node, list):
            waiting.extend(item for item in reversed(node) if isinstance(item, dict | list))


def _is(node: dict[str, Any], pattern: re.Pattern[str]) -> bool:
    told = node.get("@type")
    return any(pattern.search(str(one)) for one in (told if isinstance(told, list) else [told]))


def _scripts(tree: Any) -> str:  # noqa: ANN401 - lxml ships no types
    return "\n".join(one.text for one in tree.iter("script") if one.text and "datePublished" in one.text)


def _first_date(values: Iterable[object]) -> str | None:
    return next((date for value in values if isinstance(value, str) and (date := parse_date(value))), None)


def _texts(values: Iterable[object]) -> Iterator[str]:
    for value in values:
        told = " ".join(value.split()) if isinstance(value, str) else ""
        if told:
            yield told


def _head(tree: Any) -> str | None:  # noqa: ANN401 - lxml ships no types
    title = tree.find(".//title")
    return None if title is None else str(title.text_content())


def _free(node: dict[str, Any]) -> bool | None:
    told = str(node.get("isAccessibleForFree", "")).strip().lower()
    return {"true": True, "false": False}.get(told.rsplit("/", 1)[-1])


def _name(told: object) -> str | None:
    if isinstance(told, list):
        return _name(told[0]) if told and not isinstance(told[0], list) else None
    name = told.get("name") if isinstance(told, dict) else told
    return next(_texts([name]), None)


_BYLINE = (
    "//*[@rel='author' or contains(@itemprop,'author') or contains(@class,'author') or contains(@class,'Author')"
    " or contains(@class,'byline') or contains(@class,'Byline')]"
)
_BY = re.compile(r"(?i)^(?:(?:written|posted|reported|story|words)\s+)?by\s*:?\s+")
_PERSON = re.compile(r"[^\W\d_][\w.’'-]*(?:\s+(?:[^\W\d_][\w.’'-]*|and|&)){1,7}")
_NOT_NAMES = re.compile(
    r"(?i)\b(?:about|posts?|articles?|more|view|share|follow|updated|published|read|minutes?|https?)\b"
)
_MOST_MARKS = 40


def _author(main: Iterable[dict[str, Any]], metas: dict[str, str], tree: Any) -> str | None:  # noqa: ANN401 - as above
    for node in main:
        told = node.get("author") or node.get("creator")
        names = [name for one in (told if isinstance(told, list) else [told]) if (name := _name(one))]
        if names and not any("://" in name for name in names):
            return "; ".join(dict.fromkeys(names))
    for name in _texts(map(metas.get, _AUTHORS)):
        if "://" not in name:
            return _BY.sub("", name)
    return _marked_author(tree)


def _marked_author(tree: Any) -> str | None:  # noqa: ANN401 - lxml ships no types
    """The author as an element's own marks name them: links and microdata before class names."""
    best: tuple[int, str] | None = None
    for one in tree.xpath(_BYLINE)[:_MOST_MARKS]:
        told = " ".join((one.get("content") or " ".join(one.itertext())).split())[:200]
        plain = _BY.sub("", told)
        rank = (one.get("rel") != "author") + (not one.get("itemprop")) + (plain == told and one.get("rel") != "author")
        if (
            len(plain) <= 60
            and _PERSON.fullmatch(plain)
            and not _NOT_NAMES.search(plain)
            and (best is None or rank < best[0])
        ):
            best = rank, plain
    return best[1] if best else None


def _url(tree: Any, metas: dict[str, str]) -> str | None:  # noqa: ANN401 - lxml ships no types
    links = (one.get("href") for one in tree.iter("link") if (one.get("rel") or "").lower() == "canonical")
    told = (
        url for url in _texts([*links, metas.get("og:url")]) if re.fullmatch(r"(?i)https?://[^\s<>\"]{3,2000}", url)
    )
    return next(told, None)
