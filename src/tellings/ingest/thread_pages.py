"""Where the posts of a page stand: schema.org types first, then common engines, then what repeats with its marks."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from tellings.ingest.thread_marks import Post, has_author_mark, has_time_mark, is_quote, post_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tellings.ingest.elements import Element

_POSTING = frozenset(("discussionforumposting", "socialmediaposting"))
_QUESTION = frozenset(("question",))
_COMMENT = frozenset(("comment", "usercomments"))
_ANSWER = frozenset(("answer",))
"""A post on a page of questions that people asked (QAPage); on others (FAQPage) it is the page's own."""
_ENTRY = frozenset(("blogposting", "article", "newsarticle"))
_MOST_GROUPS = 24
_MARKED = 0.6
"""The share of repeated elements that must have an author and a time mark to be taken for posts."""
_LEAST_WORDS = 3
_MOST_SHARED = 4
_TALK = re.compile(
    r"(?:^|[-_ ])(?:comments?|commentlist|posts?|repl(?:y|ies)|messages?|discussion|thread|respon[ds]e?s?)"
)
_ASIDE = re.compile(
    r"(?:^|[-_ ])(?:sidebar|related|teasers?|promo|recommend\w*|recirc\w*|most-?read|trending|popular|latest|river|"
    r"headlines?|more-?stories|footer|nav|menu|widget|carousel|newsletter)(?:$|[-_ ])"
)
LIVE = re.compile(r"(?:^|[-_ ])(?:live-?(?:blog\w*|feed|updates?|post|entry)|block-live|ticker)(?:$|[-_ ])")


class Engine(NamedTuple):
    """How the posts of one engine can be known: the element's name, a class, its id, an attribute, its label."""

    name: str
    tags: tuple[str, ...] = ()
    class_name: str = ""
    id: str = ""
    value: str = ""
    comments: bool = False
    numbered: str = ""
    label: str = ""


ENGINES = (
    Engine("phpBB", ("div", "article"), "post", r"p\d+"),
    Engine("vBulletin", ("table", "div", "li"), "", r"(?:post_?|td_post_)\d+"),
    Engine("vBulletin", ("li",), "b-post"),
    Engine("XenForo", ("article", "div"), "message--post"),
    Engine("XenForo", ("li",), "message", r"post-\d+"),
    Engine("Discourse", ("div",), "crawler-post"),
    Engine("Discourse", ("article",), "", r"post_\d+", "data-post-id"),
    Engine("MyBB", ("div",), "post", r"post_\d+"),
    Engine("SMF", ("div",), "post_wrapper"),
    Engine("Reddit", ("div",), "thing", "", "data-author"),
    Engine("Hacker News", ("tr",), "comtr"),
    Engine("Disqus", ("post",), "", ""),
    Engine("Disqus", ("li",), "post", r"post-\d+", comments=True),
    Engine("WordPress", ("article", "div"), "comment-body", comments=True),
    Engine("WordPress", ("li", "div"), "comment", numbered=r"(?:comment|depth)-\d+", comments=True),
    Engine("Substack", ("div", "article"), label=r"(?:comment|reply) by .+", comments=True),
    Engine("WordPress", ("li", "div", "article"), "comment", r"(?:li-)?comment-\d+", comments=True),
)


class Found(NamedTuple):
    """The posts of a page in their order; `comments` says that they stand below something else, `marked` how."""

    posts: tuple[Post, ...]
    comments: bool
    marked: str


def posts_on(source: str, page: Sequence[Element]) -> Found | None:
    """Find the posts of a page; None where nothing shows that it holds any."""
    asked = _QUESTION if any("qapage" in _type(one) for one in page) else frozenset[str]()
    postings, answers = _POSTING | asked, _COMMENT | (_ANSWER if asked else asked)
    typed = [n for n, one in enumerate(page) if _type(one) & (postings | answers)]
    if typed:
        found = _read(source, page, typed)
        if found:
            comments = not any(_type(page[n]) & postings for n in typed)
            return Found(found, comments, "schema.org")
    best: Found | None = None
    named = _by_class(page)
    for engine in ENGINES:
        fit = named.get(engine.class_name, ()) if engine.class_name else named[""]
        found = _read(source, page, [n for n in fit if _is_of(engine, page[n])])
        if sum(bool(post.author) for post in found) >= (1 if engine.comments or engine.tags == ("post",) else 2):
            best = max(best or Found((), False, ""), Found(found, engine.comments, engine.name), key=_count)
    return best or _repeated(source, page, has_author=True)


def entries_on(source: str, page: Sequence[Element]) -> Found | None:
    """Find the entries of a live-blog; None where nothing shows that the page is one."""
    whole = next((n for n, one in enumerate(page) if "liveblogposting" in _type(one)), None)
    if whole is not None:
        inside = range(whole + 1, page[whole].last)
        found = _read(source, page, [n for n in inside if _type(page[n]) & _ENTRY])
        if len(found) > 1:
            return Found(found, False, "schema.org")
    named = [n for n, one in enumerate(page) if _named(one, LIVE)]
    if not named and "LiveBlogPosting" not in source:
        return None
    return _repeated(source, page, has_author=False)


_ENGINE_CLASSES = frozenset(engine.class_name for engine in ENGINES if engine.class_name)
_ENGINE_TAGS = frozenset(tag for engine in ENGINES if not engine.class_name for tag in engine.tags)


def _by_class(page: Sequence[Element]) -> dict[str, list[int]]:
    """The elements of each class that engines go by; under no class those that other signs may tell."""
    found: dict[str, list[int]] = defaultdict(list)
    for n, one in enumerate(page):
        for name in _ENGINE_CLASSES.intersection(one.classes) if one.told else ():
            found[name].append(n)
        if one.name in _ENGINE_TAGS:
            found[""].append(n)
    return found


def _count(found: Found) -> int:
    return len(found.posts)


def _type(element: Element) -> set[str]:
    if "itemtype" not in element.told.lower():
        return set()
    told = element.values.get("itemtype", "").lower().split()
    return {one.rsplit("/", 1)[-1] for one in told if "schema.org/" in one}


def _is_of(engine: Engine, element: Element) -> bool:
    if element.name not in engine.tags:
        return False
    if engine.class_name and engine.class_name not in element.classes:
        return False
    if engine.value and engine.value not in element.values:
        return False
    if engine.numbered and not any(re.fullmatch(engine.numbered, name) for name in element.classes):
        return False
    if engine.label and not re.fullmatch(engine.label, element.values.get("aria-label", "").lower()):
        return False
    return not engine.id or bool(re.fullmatch(engine.id, element.values.get("id", "").lower()))


def _read(source: str, page: Sequence[Element], numbers: Sequence[int]) -> tuple[Post, ...]:
    """Read the posts that elements hold, in order, those around others without the inner ones' words.

    A wrapper around posts that has no words marked as its own is none itself.
    """
    inside = _nested(page, numbers)
    found = []
    for n in numbers:
        post = post_of(source, page, n, inside[n])
        if inside[n] and not (post.author or post.published or post.marked):
            continue
        found.append(post)
    size = sum(post.whole[1] - post.whole[0] for post in found)
    return tuple(found) if size <= _MOST_SHARED * len(source) else ()  # else most are around most others


def _nested(page: Sequence[Element], numbers: Iterable[int]) -> dict[int, list[int]]:
    """For each of some elements those of them that stand directly inside it."""
    inside: dict[int, list[int]] = {}
    around: list[int] = []
    for n in numbers:
        while around and page[around[-1]].last <= n:
            around.pop()
        inside[n] = []
        if around:
            inside[around[-1]].append(n)
        around.append(n)
    return inside


def _repeated(source: str, page: Sequence[Element], *, has_author: bool) -> Found | None:
    """Find posts by their repeated structure alone: elements alike that most have an author, a time and words."""
    total = sum(one.words for one in page if one.parent < 0)
    groups = _groups(page, has_author=has_author)
    best: tuple[tuple[int, int], Found] | None = None
    for numbers in sorted(groups, key=lambda group: (-len(group), group[0]))[:_MOST_GROUPS]:
        if any(_is_aside(page, n) for n in numbers[:5]):
            continue
        found = _read(source, page, numbers)
        if not _are_posts(found, has_author=has_author) or _are_teasers(source, page, numbers, found):
            continue
        talk = any(_named(one, _TALK if has_author else LIVE) for one in _around(page, numbers[0]))
        inside = _nested(page, numbers)
        words = sum(page[n].words - sum(page[m].words for m in inside[n]) for n in numbers)
        if not talk and 2 * words < total:
            continue
        weight = len(found), numbers[0]  # of elements inside each other the inner ones: less stands around the post
        if best is None or weight > best[0]:
            best = weight, Found(found, 2 * words < total, "structure")
    return best[1] if best else None


def _groups(page: Sequence[Element], *, has_author: bool) -> Iterator[list[int]]:
    """Groups of elements with the same name and classes, most of which hold the marks of a post."""
    times = [0, *accumulate(has_time_mark(one) for one in page)]
    if times[-1] < 2:
        return
    authors = [0, *accumulate(has_author_mark(one) for one in page)]
    if has_author and authors[-1] < 2:
        return
    alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
    keys: dict[tuple[str, ...], tuple[str, ...]] = {}
    for n, one in enumerate(page):
        if one.last - n < 3 or one.name in ("html", "body", "main"):
            continue
        place = () if one.classes else (str(one.parent),)
        names = keys.get(one.classes) or tuple(re.sub(r"\d+", "#", name) for name in sorted(one.classes))
        alike[(one.name, *keys.setdefault(one.classes, names), *place)].append(n)
    for numbers in alike.values():
        if len(numbers) < 2:
            continue
        timed = sum(times[page[n].last] > times[n] for n in numbers)
        named = sum(authors[page[n].last] > authors[n] for n in numbers)
        if timed >= _MARKED * len(numbers) and (not has_author or named >= _MARKED * len(numbers)):
            yield numbers


def _are_posts(found: Sequence[Post], *, has_author: bool) -> bool:
    if len(found) < 2:
        return False
    timed = sum(bool(post.published or post.unread) for post in found)
    named = sum(bool(post.author) for post in found)
    told = sum(bool(post.body) for post in found)
    enough = _MARKED * len(found)
    return timed >= enough and told >= enough and (not has_author or named >= enough)


def _are_teasers(source: str, page: Sequence[Element], numbers: Sequence[int], found: Sequence[Post]) -> bool:
    """Whether the elements lead to other pages: most have a heading that is a link, or few words that are no link."""
    headed = 0
    for n in numbers:
        inner = range(n + 1, min(page[n].last, n + 200))
        headed += any(_is_linked_heading(page, m, n) for m in inner)
    words = [sum(len(source[a:b].split()) for a, b in post.body) for post in found]
    return 2 * headed >= len(numbers) or sum(count >= _LEAST_WORDS for count in words) < _MARKED * len(words)


def _is_linked_heading(page: Sequence[Element], number: int, outer: int) -> bool:
    """Whether an element is a link that leads elsewhere, inside or around a heading."""
    one = page[number]
    if one.name != "a" or one.values.get("href", "#").startswith("#"):
        return False
    up = one.parent
    for _ in range(3):
        if up <= outer:
            break
        if page[up].name in ("h1", "h2", "h3", "h4", "h5"):
            return True
        up = page[up].parent
    return any(page[m].name in ("h1", "h2", "h3", "h4", "h5") for m in range(number + 1, min(one.last, number + 6)))


def _is_aside(page: Sequence[Element], number: int) -> bool:
    return any(one.name in ("aside", "nav", "footer") or _named(one, _ASIDE) for one in _around(page, number)) or (
        any(is_quote(one) for one in _around(page, number))
    )


def _around(page: Sequence[Element], number: int) -> Iterator[Element]:
    """An element and the nearest twelve around it, inwards out."""
    for _ in range(12):
        if number < 0 or page[number].name in ("body", "html"):
            return
        yield page[number]
        number = page[number].parent


def _named(element: Element, pattern: re.Pattern[str]) -> bool:
    told = element.told.lower()
    if "class" not in told and "id" not in told:
        return False
    return bool(pattern.search(" ".join((*element.classes, element.values.get("id", "").lower()))))
