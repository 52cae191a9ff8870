"""Author, time and body of a post on a page: by microdata, by the class names of common engines, by plain structure."""

from __future__ import annotations

import datetime
import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from tellings.ingest.dates import find_date, parse_date
from tellings.ingest.elements import Element, inner_of, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

AUTHOR_NAMES = frozenset(
    re.findall(
        r"\S+",
        "author username username-coloured user-name user_name poster post-author post_author postauthor fn nickname "
        "comment-author comment_author commenter hnuser publisher-anchor-color message-userdetails message-name names "
        "userlink user-link author-name author_name byline creator comment-author-name posted-by",
    )
)
TIME_NAMES = frozenset(
    re.findall(
        r"\S+",
        "time date timestamp posted post-date post_date postdate posttime post-time comment-date comment_date "
        "comment-time comment-metadata commentmetadata comment-meta datetime relative-date live-timestamp age "
        "published created "
        "createdat time-ago message-date messagedate dateline entry-time block-time entry-date keyinfo",
    )
)
_BODY_NAMES = tuple(
    re.findall(
        r"\S+",
        "bbwrapper messagetext postcontent js-post__content-text post_body post-body postbody__text cooked "
        "usertext-body post-message comment-content comment_content comment-text comment-body-text "
        "commenttext commtext post-content post_content message-content message-text entry-content "
        "comment__content comment__body post__body post__content comment-message content message text inner "
        "body comment-body comment_body block-body entry-body e-content ",
    )
)
_BODY_RANK = {name: rank for rank, name in enumerate(_BODY_NAMES)}
_BODY_ID = re.compile(r"(?:post_message|post-message|comment-content|msg)[_-]?\d+")
_BODY_PROPERTIES = frozenset(("text", "articlebody", "commenttext"))
TIME_PROPERTIES = ("datepublished", "datecreated", "commenttime", "uploaddate", "coveragestarttime")
_CHANGED = frozenset(("datemodified",))
_QUOTES = frozenset(("quote", "bbcodeblock--quote", "quotecontainer", "bbcode_container", "quotecontent"))
_LEFT_OUT = frozenset(re.findall(r"\S+", "button form nav select script style template noscript svg input"))
_CONTROLS = re.compile(
    r"(?:^|[-_])(?:reply|replies|actions?|controls?|avatar|signature|meta|metadata|toolbar|share|votes?|likes?|edit|"
    r"buttons?|report|permalink|children|postprofile|userinfo|profile|flat-list|expando)(?:$|[-_])"
)
_LABEL = re.compile(r"(?i)(?:(?:comment|reply|post|message) by|reply to(?: comment by)?)\s+(?P<name>\S.{0,60})")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")
_DASHED = re.compile(r"(?<!\d)(\d\d)-(\d\d)-(\d{4})(?!\d)")  # vBulletin's own
_SAYS = re.compile(r"(?i)\s+(?:says|said|wrote|writes)\s*:?$")
_BY = re.compile(r"(?i)^(?:posted |written |re: .{0,80} )?by:?\s+")
_LONGEST_NAME = 60
_NEAR = 30
"""So many elements inside a mark are looked at for the name in it."""


class Post(NamedTuple):
    """One post of a page, as places in its source.

    `whole` is the post with its marks, `body` the stretches of its words, `quotes` the elements quoted inside the body
    with who is quoted where that is marked. `marked` says that a property or an id, no mere class, names its body.
    """

    whole: tuple[int, int]
    body: tuple[tuple[int, int], ...]
    author: str | None
    published: str | None
    updated: str | None
    unread: str | None
    title: str | None
    key: str | None
    quotes: tuple[tuple[int, int, str | None], ...]
    marked: bool


def post_of(source: str, page: Sequence[Element], number: int, nested: Sequence[int]) -> Post:
    """Read one post; `nested` numbers the posts that stand inside it, whose words and marks are theirs alone."""
    own = list(_own(page, number, nested))
    quoted = list(_outermost(page, (n for n in own if is_quote(page[n]))))
    outside = set(own) - {inner for n in quoted for inner in range(n, page[n].last)}
    marked = [n for n in own if n in outside]
    writer, author = _author(source, page, number, marked)
    clock, published, unread = _time(source, page, number, marked)
    body = _body(source, page, number, own, [*nested, *(n for n in (writer, clock) if n is not None)], nested)
    changed = (_moment(source, page[n]) for n in marked if page[n].values.get("itemprop", "").lower() in _CHANGED)
    return Post(
        _whole(page, number, body, nested),
        tuple(_parted(body, [page[m].end for n in quoted for m in range(n, page[n].last) if page[m].name == "cite"])),
        author,
        published,
        next((date for date in changed if date), None),
        unread,
        _title(source, page, marked),
        page[number].values.get("id"),
        tuple((page[n].start, page[n].end, _quoted_author(source, page, n)) for n in quoted),
        any((_body_rank(page[n]) or 0) < 0 for n in own),
    )


def _whole(
    page: Sequence[Element], number: int, body: Sequence[tuple[int, int]], nested: Sequence[int]
) -> tuple[int, int]:
    """The post with its marks; of one with others inside it only what stands before these, where its words do."""
    start, end = page[number].start, page[number].end
    if not nested or not body:
        return start, page[nested[0]].start if nested else end
    first = page[nested[0]].start
    return (start, first) if body[-1][1] <= first else (body[0][0], body[-1][1])


def _parted(body: Sequence[tuple[int, int]], places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Stretches cut up at some places: a line like `X wrote:` stands apart from what is quoted."""
    for start, end in body:
        edges = [start, *sorted(place for place in places if start < place < end), end]
        yield from pairwise(edges)


def is_quote(element: Element) -> bool:
    """Whether an element holds what another post says."""
    names = element.classes
    plain_quote = element.name == "blockquote" and "postcontent" not in names and "messagetext" not in names
    return plain_quote or bool(_QUOTES.intersection(names))


def has_author_mark(element: Element) -> bool:
    """Whether an element, by its attributes, names who wrote what is around it."""
    values = element.values if element.told else {}
    return (
        element.name == "author"
        or "data-author" in values
        or values.get("itemprop", "").lower() in ("author", "creator")
        or values.get("rel", "").lower() == "author"
        or any(name in AUTHOR_NAMES for name in element.classes)
    )


def has_time_mark(element: Element) -> bool:
    """Whether an element, by its attributes, may say when what is around it was written."""
    values = element.values if element.told else {}
    return (
        element.name in ("time", "createdat")
        or "data-time" in values
        or values.get("itemprop", "").lower() in TIME_PROPERTIES
        or any(name in TIME_NAMES for name in element.classes)
    )


def _own(page: Sequence[Element], number: int, nested: Sequence[int]) -> Iterator[int]:
    """The elements inside one that are not inside another post."""
    at = number + 1
    for inner in nested:
        yield from range(at, inner)
        at = max(at, page[inner].last)
    yield from range(at, page[number].last)


def _outermost(page: Sequence[Element], numbers: Iterable[int]) -> Iterator[int]:
    last = -1
    for number in numbers:
        if number >= last:
            yield number
            last = page[number].last


def _author(source: str, page: Sequence[Element], number: int, own: Sequence[int]) -> tuple[int | None, str | None]:
    """The element that names the author, and the name; the post's own attribute first."""
    told = _name(page[number].values.get("data-author", ""))
    if told:
        return None, told
    ranked = sorted((_author_rank(page[n]), n) for n in own if has_author_mark(page[n]))
    for _, n in ranked:
        inner = next(
            (m for m in range(n, min(page[n].last, n + _NEAR)) if page[m].values.get("itemprop", "").lower() == "name"),
            None,
        )
        inner = inner or next((m for m in range(n, min(page[n].last, n + _NEAR)) if page[m].name == "name"), None)
        inner = inner or next(
            (m for m in range(n + 1, min(page[n].last, n + _NEAR)) if AUTHOR_NAMES & set(page[m].classes)), None
        )
        chosen = page[n if inner is None else inner]
        name = _name(chosen.values.get("content") or chosen.values.get("data-author") or plain(source, chosen, 200))
        if name:
            return n, name
    labels = (
        _LABEL.fullmatch(page[n].values.get("aria-label", "")) for n in (number, *own) if "aria-l" in page[n].told
    )
    return None, next((_name(label["name"]) for label in labels if label), None)


def _author_rank(element: Element) -> int:
    if element.values.get("itemprop", "").lower() in ("author", "creator"):
        return 0
    return 1 if element.name == "author" or "data-author" in element.values else 2


def _name(told: str) -> str | None:
    name = _SAYS.sub("", _BY.sub("", " ".join(told.split()))).strip(" :,·|-–—»«")
    name = re.split(r"(?i)\s+(?:»|·|\|)\s+|\s+(?:says|wrote|on)\s+(?=\w+ \d|\d)", name)[0]
    return name if 0 < len(name) <= _LONGEST_NAME and any(map(str.isalnum, name)) else None


def _time(
    source: str, page: Sequence[Element], number: int, own: Sequence[int]
) -> tuple[int | None, str | None, str | None]:
    """The element that says when, the date as ISO 8601, and what it says where that is no plain date."""
    unread: str | None = None
    clock: int | None = None
    ranked = sorted((_time_rank(page[n]), n) for n in own if has_time_mark(page[n]))
    for _, n in [*ranked, (9, number)]:
        date = _moment(source, page[n]) if n != number else _epoch(page[n])
        if date:
            return n if n != number else clock, date, None
        if unread is None and n != number and (words := plain(source, page[n], 80)):
            unread, clock = words[:60], n
    beside = (find_date(plain(source, page[n], 200)) for n in own if has_author_mark(page[n]))
    titles = (parse_date(page[n].values.get("title", "")) for n in own if "title" in page[n].told)
    return clock, next((date[0] for date in beside if date), None) or next(filter(None, titles), None), unread


def _time_rank(element: Element) -> int:
    if element.values.get("itemprop", "").lower() in TIME_PROPERTIES:
        return 0
    return 1 if element.name in ("time", "createdat") else 2


def _moment(source: str, element: Element) -> str | None:
    for key in ("datetime", "content", "title"):
        date = parse_date(element.values.get(key, ""))
        if date:
            return date
    words = _DASHED.sub(r"\1/\2/\3", plain(source, element, 200))
    found = find_date(words)
    return _epoch(element) or parse_date(words) or (found[0] if found else None)


def _epoch(element: Element) -> str | None:
    """The time that an attribute gives in seconds, or milliseconds, since 1970."""
    told = element.values.get("data-time") or element.values.get("data-timestamp") or ""
    if not _EPOCH.fullmatch(told):
        return None
    seconds = int(told[:10])
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).isoformat().replace("+00:00", "Z")


def _title(source: str, page: Sequence[Element], own: Sequence[int]) -> str | None:
    for n in own:
        if page[n].name in ("h2", "h3", "h4") or page[n].values.get("itemprop", "").lower() == "headline":
            told = page[n].values.get("content") or plain(source, page[n], 200)
            if told:
                return told
    return None


def _body(  # noqa: PLR0913 - the parts that bound it
    source: str, page: Sequence[Element], number: int, own: Sequence[int], marks: Sequence[int], nested: Sequence[int]
) -> list[tuple[int, int]]:
    """The stretches of a post's words: of the element marked as its body, else all but its marks and controls."""
    ranked = sorted((rank, n) for n in own if (rank := _body_rank(page[n])) is not None)
    ranked = [one for one in ranked if page[one[1]].words] or ranked[:1]
    if ranked:
        rank, first = ranked[0]
        same = [n for r, n in ranked if r == rank]
        chosen = list(_outermost(page, same)) if rank < 0 else [first]
        return [part for n in chosen for part in _without(source, page, n, [*nested, *_hidden(page, n)])]
    aside = [n for n in own if page[n].name in ("h2", "h3", "h4") or _is_control(page[n])]
    parts = list(_without(source, page, number, [*marks, *aside, *(n for n in own if page[n].name in _LEFT_OUT)]))
    before = [part for part in parts if nested and part[1] <= page[nested[0]].start]
    return before if any(source[a:b].strip() for a, b in before) else parts  # answers stand after what they answer


def _body_rank(element: Element) -> int | None:
    if element.values.get("itemprop", "").lower() in _BODY_PROPERTIES:
        return -2
    if element.name == "message" or _BODY_ID.fullmatch(element.values.get("id", "").lower()):
        return -1
    ranks = [_BODY_RANK[name] for name in element.classes if name in _BODY_RANK]
    return min(ranks) if ranks else None


def _hidden(page: Sequence[Element], number: int) -> list[int]:
    return [n for n in range(number + 1, page[number].last) if page[n].name in _LEFT_OUT]


def _is_control(element: Element) -> bool:
    return element.name == "footer" or any(_CONTROLS.search(name) for name in element.classes)


def _without(source: str, page: Sequence[Element], number: int, left_out: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The stretches of an element's content that are in none of the others."""
    at, end = inner_of(source, page[number])
    for n in sorted(left_out):
        start, stop = page[n].start, page[n].end
        if stop <= at or start >= end:
            continue
        if start > at:
            yield at, start
        at = max(at, stop)
    if at < end:
        yield at, end


def _quoted_author(source: str, page: Sequence[Element], number: int) -> str | None:
    """Who is quoted: by an attribute, or by a line like `X wrote:` in a heading of the quotation."""
    values = page[number].values
    told = values.get("data-quote") or values.get("data-username") or values.get("data-author")
    if told:
        return _name(told)
    for n in range(number + 1, min(page[number].last, number + _NEAR)):
        if page[n].name == "cite" or any("title" in name or "attribution" in name for name in page[n].classes):
            words = plain(source, page[n], 200)
            if _SAYS.search(words.removesuffix("↑").strip()) or page[n].name == "cite":
                return _name(words.removesuffix("↑").strip())
    return None
