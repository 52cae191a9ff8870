"""Threads, comment pages and live-blogs: one account a post or entry, with the author and time it is marked with.

The original of a post is the stretch of the file it stands in, with its marks: it has a digest and an offset of its
own, so that two posts with the same words are still two, and the runs lead into that stretch.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from tellings.errors import InputError
from tellings.ingest.bytemap import Piece, Source, cut, source_of
from tellings.ingest.elements import elements, plain
from tellings.ingest.head import Facts
from tellings.ingest.nested import Nested, nested_voices
from tellings.ingest.page import scan, squeeze
from tellings.ingest.place import Place, pieces_of, place
from tellings.ingest.thread_data import Told, entries_told, posts_told
from tellings.ingest.thread_hints import may_hold_parts
from tellings.ingest.thread_pages import Found, entries_on, posts_on
from tellings.ingest.thread_parts import account_of_part, bytes_under, part_of
from tellings.ingest.thread_texts import posts_of_text
from tellings.records import Run, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tellings.ingest.elements import Element
    from tellings.ingest.thread_marks import Post
    from tellings.records import Account, AccountKind, Note, Original

__all__ = ["entries_of_page", "parts_of_page", "posts_of_page", "posts_of_text"]

_MATCHED = 60
"""Characters, white space left out, by which a post on the page is known to be one that the page's data tell."""
_RULE = "<hr>"
_LEAST_ARTICLE = 40
"""The fewest words on a page beside its comments that are looked at for an article."""


class _Page(NamedTuple):
    """A page, what is known of all of its parts, and of which kind these are."""

    about: str
    source: Source
    original: Original
    data: bytes
    elements: list[Element]
    given: Facts
    given_id: str
    notes: tuple[Note, ...]
    kind: AccountKind

    def named(self, number: int) -> tuple[str, str]:
        """What errors about a part name, and its id."""
        return f"{self.about}:{_PARTS[self.kind]} {number}", f"{self.given_id[:90]}.{number}"


_PARTS: dict[AccountKind, str] = {"post": "post", "article": "entry"}


def posts_of_page(  # noqa: PLR0913 - a page comes with what its file or its line of JSONL says
    about: str,
    source: Source,
    original: Original,
    data: bytes,
    *,
    given: Facts | None = None,
    given_id: str,
    notes: Sequence[Note] = (),
) -> list[Account | InputError] | None:
    """Return the posts of a forum or comment page, in its order; None where the page shows none.

    Below an article the article comes first, as an account of kind `article`; each post is of kind `post`, its `title`
    its own heading, else the thread's. `data` are the bytes of `original`, which comes without runs; `notes` go with
    every account. A post without words, or not in English, is an InputError in its place.
    """
    page = _page(about, source, original, data, given or Facts(), given_id, tuple(notes), "post")
    return _posts(page) if page else None


def _posts(page: _Page) -> list[Account | InputError] | None:
    told = posts_told(page.source.text, page.elements)
    found = posts_on(page.source.text, page.elements)
    if found is None:
        return _of_data(page, told)
    article = _article(page, found)
    return [*([article] if article else []), *_accounts(page, found, told)]


def entries_of_page(  # noqa: PLR0913 - as above
    about: str,
    source: Source,
    original: Original,
    data: bytes,
    *,
    given: Facts | None = None,
    given_id: str,
    notes: Sequence[Note] = (),
) -> list[Account | InputError] | None:
    """Return the entries of a live-blog, in the page's order, each of kind `article` with its own time.

    None where the page is no live-blog: schema.org's LiveBlogPosting, or repeated entries with times on a page that
    calls itself live. An entry that gives a clock time without a day has no date, and a note that says so.
    """
    page = _page(about, source, original, data, given or Facts(), given_id, tuple(notes), "article")
    return _entries(page) if page else None


def parts_of_page(  # noqa: PLR0913 - as above
    about: str,
    source: Source,
    original: Original,
    data: bytes,
    *,
    given: Facts | None = None,
    given_id: str,
    notes: Sequence[Note] = (),
) -> list[Account | InputError] | None:
    """Return the entries of a live-blog, else the posts of a page, reading its elements once; None without either."""
    if not may_hold_parts(source.text):
        return None
    page = _page(about, source, original, data, given or Facts(), given_id, tuple(notes), "article")
    if page is None:
        return None
    entries = _entries(page)
    return _posts(page._replace(kind="post")) if entries is None else entries


def _entries(page: _Page) -> list[Account | InputError] | None:
    told = entries_told(page.source.text, page.elements)
    found = entries_on(page.source.text, page.elements)
    return _of_data(page, told) if found is None else list(_accounts(page, found, told))


def _page(  # noqa: PLR0913 - the parts of the record
    about: str,
    source: Source,
    original: Original,
    data: bytes,
    given: Facts,
    given_id: str,
    notes: tuple[Note, ...],
    kind: AccountKind,
) -> _Page | None:
    try:
        found = elements(source.text)
    except ValueError:  # more tags than a page has: the reader of articles says so
        return None
    return _Page(about, source, original, data, found, given, given_id, notes, kind)


def _accounts(page: _Page, found: Found, told: Sequence[Told]) -> Iterator[Account | InputError]:
    facts = _page_facts(page)
    waiting: dict[str, deque[Told]] = {}
    for one in told:
        waiting.setdefault(squeeze(one.text)[:_MATCHED], deque()).append(one)
    for number, post in enumerate(found.posts, 1):
        pieces = _pieces(page.source, post)
        start = squeeze("".join(piece.text for piece in pieces[: 2 * _MATCHED]))[:_MATCHED]
        known = waiting[start].popleft() if start and waiting.get(start) else None
        quoted = list(_quoted(post, pieces))
        try:
            yield _account(page, number, post.whole, pieces, _facts(post, known, facts), quoted)
        except InputError as error:
            yield error


def _account(  # noqa: PLR0913 - what was read of one part
    page: _Page,
    number: int,
    whole: tuple[int, int],
    pieces: Sequence[Piece],
    facts: Facts,
    quoted: Sequence[Nested] = (),
) -> Account:
    about, given_id = page.named(number)
    return account_of_part(
        about,
        page.source,
        pieces,
        part_of(page.source, page.original, page.data, *whole),
        facts,
        begins=bytes_under(page.source, *whole)[0],
        given_id=given_id,
        kind=page.kind,
        voices=[*quoted, *nested_voices("".join(piece.text for piece in pieces))],
        notes=page.notes,
    )


def _facts(post: Post, known: Told | None, page: Facts) -> Facts:
    """What a post says of itself, else what the page's data say of it; an address only where it has one of its own."""
    known = known or Told("", None, None, None, None)
    published = post.published or known.published
    return Facts(
        post.title or known.title or page.title,
        page.outlet,
        post.author or known.author,
        published,
        post.updated or known.updated,
        f"{page.url}#{post.key}" if page.url and post.key else None,
        unread_date=None if published else post.unread,
    )


def _pieces(source: Source, post: Post) -> list[Piece]:
    """The words of a post's body; what a page puts on another line stands in another paragraph."""
    pieces: list[Piece] = []
    for start, end in post.body:
        try:
            stretch = scan(source.text[start:end])
        except ValueError:  # more tags or words than any post has
            continue
        if pieces and stretch.stream:
            pieces.append(Piece("\n\n"))
        found = pieces_of(stretch, Place(((0, len(stretch.stream)),) if stretch.stream else ()))
        pieces += _joined(
            source,
            (
                piece._replace(first=piece.first + start, last=piece.last + start) if piece.first >= 0 else piece
                for piece in found
            ),
        )
    return pieces


def _joined(source: Source, pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Pieces with those made one that are as the source has them and stand side by side in it."""
    first = last = -1
    for piece in pieces:
        verbatim = piece.first >= 0 and piece.text == source.text[piece.first : piece.last]
        if verbatim and piece.first == last:
            last = piece.last
            continue
        if first >= 0:
            yield Piece(source.text[first:last], first, last)
        first, last = (piece.first, piece.last) if verbatim else (-1, -1)
        if not verbatim:
            yield piece._replace(text="\n\n") if piece.text == "\n" else piece
    if first >= 0:
        yield Piece(source.text[first:last], first, last)


def _quoted(post: Post, pieces: Sequence[Piece]) -> Iterator[Nested]:
    """The quotations that a post's elements mark, as stretches of its text."""
    at = number = 0
    for start, end, author in post.quotes:
        edges: list[int] = []
        while number < len(pieces) and pieces[number].last <= end:
            if pieces[number].text.strip() and pieces[number].first >= start:
                edges += [at, at + len(pieces[number].text)]
            at += len(pieces[number].text)
            number += 1
        if edges:
            yield Nested("quoted post", Span(edges[0], edges[-1]), author)


def _page_facts(page: _Page) -> Facts:
    """The title, site and address that a page gives for all of its posts; what is given wins."""
    found: dict[str, str] = {}
    for one in page.elements:
        if one.name == "meta" and (told := " ".join(one.values.get("content", "").split())):
            found.setdefault((one.values.get("property") or one.values.get("name") or "").lower(), told)
        elif one.name == "link" and one.values.get("rel", "").lower() == "canonical" and one.values.get("href"):
            found.setdefault("canonical", one.values["href"])
        elif one.name in ("h1", "title") and (words := plain(page.source.text, one, 200)):
            found.setdefault(one.name, words)
    return Facts(
        page.given.title or found.get("h1") or found.get("og:title") or found.get("title"),
        page.given.outlet or found.get("og:site_name"),
        url=page.given.url or found.get("canonical") or found.get("og:url"),
    )


def _article(page: _Page, found: Found) -> Account | None:
    """The article that comments stand below, read off the page without them; None where there is none."""
    words = sum(one.words for one in page.elements if one.parent < 0)
    told = sum(len(page.source.text[a:b].split()) for post in found.posts for a, b in post.body)
    if not found.comments or words - told < _LEAST_ARTICLE:
        return None
    from tellings.ingest.html import account_of_source

    around = _without(page.source, [post.whole for post in found.posts])
    try:
        return account_of_source(
            page.about, around, page.original, given=page.given, given_id=page.given_id, notes=page.notes
        )
    except InputError:
        return None


def _without(source: Source, stretches: Sequence[tuple[int, int]]) -> Source:
    """A source with stretches made blank, each a rule across the page; what is left keeps its place and its bytes."""
    words: list[str] = []
    runs: list[Run] = []
    at = 0
    for start, end in (*sorted(stretches), (len(source.text), len(source.text))):
        if start > at:
            _, kept = cut(source, [Piece(source.text[at:start], at, start)])
            runs += [Run(run.start + at, run.end + at, run.first, run.last) for run in kept]
            words.append(source.text[at:start])
        at = max(at, start)
        if end > at:
            words.append(_RULE.ljust(end - at) if end - at >= len(_RULE) else " " * (end - at))
            runs.append(Run(at, end, *bytes_under(source, at, end)))
            at = end
    return source_of("".join(words), source.encoding, runs)


def _of_data(page: _Page, told: Sequence[Told]) -> list[Account | InputError] | None:
    """Accounts of what only the page's data tell apart, their words placed where the page shows them."""
    told = [one for one in told if squeeze(one.text)]
    if len(told) < 2:
        return None
    try:
        words = scan(page.source.text)
    except ValueError:
        return None
    facts = _page_facts(page)
    found: list[Account | InputError] = []
    for number, (one, spot) in enumerate(zip(told, place(words, [one.text for one in told]), strict=True), 1):
        own = Facts(one.title or facts.title, facts.outlet, one.author, one.published, one.updated)
        try:
            if not spot.parts:
                about, _ = page.named(number)
                raise InputError(about, "is told by the page's data and not shown on the page", "give it as JSONL")
            under = words.words_of(spot.parts[0][0], spot.parts[-1][1])
            pieces = [Piece("\n\n") if piece.text == "\n" else piece for piece in pieces_of(words, spot)]
            found.append(_account(page, number, (under[0].first, under[-1].last), pieces, own))
        except InputError as error:
            found.append(error)
    return found
