"""Web pages: the article trafilatura finds, as the page's own source has it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from tellings.errors import InputError
from tellings.ingest.bytemap import Piece, Source, cut
from tellings.ingest.decode import decode
from tellings.ingest.furniture import is_furniture
from tellings.ingest.head import Facts
from tellings.ingest.make import made_id, make_account, stem_of
from tellings.ingest.neighbours import missing_pages
from tellings.ingest.page import Page, scan, squeeze
from tellings.ingest.pagedata import stated_by
from tellings.ingest.pagedates import dates_of
from tellings.ingest.pagetree import tree_of
from tellings.ingest.place import Place, pieces_of, place
from tellings.ingest.signs import asks_to_subscribe
from tellings.ingest.title import find_title
from tellings.records import Note, Original, Run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tellings.records import Account, AccountKind

Focus = Literal["recall", "balanced", "precision"]
_LITTLE = 0.25
"""The share of a page's characters below which its article may be more than the wide setting found."""
_FEWEST_WORDS = 15
_FEWEST_LOOSE_WORDS = 60
_LOOSE = Note(
    "other", "the article was found only by a loose reading; words of the page around it may be among its own"
)
_CHANGED = Note("no date", "says only when it was changed; that date stands for the one of publication")
_PAID = Note("cut off", "the page says that all of it is for subscribers only; the rest may not be here")
_BEYOND = 600
_BLOCKS = frozenset(
    re.findall(
        r"\S+",
        "p head item row quote list table code ab body main div",
    )
)


class Article(NamedTuple):
    """What was taken from a page: its blocks of text in order, and what it says of itself."""

    blocks: tuple[str, ...]
    facts: Facts
    notes: tuple[Note, ...] = ()


def account_of_page(path: str, data: bytes, sha256: str) -> Account:
    """Return the account in a web page. Raises InputError where it holds no English article."""
    source, notes = decode(path, data, page=True)
    original = Original(path, sha256, len(data), source.encoding)
    return account_of_source(path, source, original, given_id=made_id(stem_of(path), sha256), notes=notes)


def account_of_source(  # noqa: PLR0913 - a page comes with what its file or its line of JSONL says
    about: str,
    source: Source,
    original: Original,
    *,
    given: Facts | None = None,
    given_id: str,
    kind: AccountKind | None = None,
    notes: Sequence[Note] = (),
) -> Account:
    """Return the account in a decoded page; `given` is what is known of it already and wins over the page.

    `original` comes without runs: they are worked out here.
    """
    try:
        page = scan(source.text)
    except ValueError as error:
        raise InputError(about, str(error), _SAVE) from None
    article = extract(about, page)
    blocks, places = article.blocks, place(page, article.blocks)
    title, spot = find_title(page, article.facts.title, article.facts.outlet, blocks)
    if spot:
        blocks, places = (title or "", *blocks), [spot, *places]
    text, runs = cut(source, _pieces(page, blocks, places))
    facts = _merged(given or Facts(), replace(article.facts, title=title))
    if facts.title and squeeze(facts.title) not in squeeze(text[: 4 * len(facts.title) + 400]):
        notes = (*notes, Note("title", "the title is not in the text, as it could not be placed on the page"))
    ends = [spot.parts[-1][1] for spot in places if spot.parts]
    beyond = " ".join(word.text for word in page.words_of(ends[-1], ends[-1] + _BEYOND)) if ends else ""
    return make_account(
        about, text, replace(original, runs=runs), facts, given_id=given_id, kind=kind or "article",
        notes=(*notes, *_still_true(article.notes, given), _unplaced(text, runs, places), asks_to_subscribe(beyond)),
    )  # fmt: skip


def _still_true(notes: Sequence[Note], given: Facts | None) -> list[Note]:
    """The notes but those about what is known from elsewhere."""
    return [note for note in notes if not (note is _CHANGED and given and given.published)]


def extract(about: str, page: Page) -> Article:
    """Return the article of a page. Raises InputError where there is none.

    trafilatura (Barbaresi 2021) is given a tree, so nothing is fetched. It is asked to find all: on WCXB's pages that
    gives more of the articles and no more of what stands around them than its precise setting (mean word F1 .939
    against .915, precision .941 against .937). Where it found little of what the page shows, its balanced setting,
    which tries other ways then, is taken if that finds twice as much. What a page then says of itself is left out
    (`furniture`). Where hardly a sentence is left, or little but a list, the precise setting has the word; what that
    finds no article in is one by a loose reading, and noted.
    """
    tree = _tree(about, page)
    facts, notes = _facts(page, tree)
    _drop_data(tree)
    found = _extraction(about, tree, "recall")
    blocks = _found_blocks(found)
    if _size(blocks) < _LITTLE * len(page.stream):
        other = _found_blocks(_extraction(about, _tree(about, page), "balanced"))
        blocks = other if _size(other) > 2 * _size(blocks) else blocks
    if _is_doubtful(found, blocks):
        strictly = _found_blocks(_extraction(about, _tree(about, page), "precision"))
        if _count(strictly) >= _FEWEST_WORDS:
            blocks = strictly
        else:
            notes = (*notes, _LOOSE)
            if _count(_told(blocks)) < max(_FEWEST_LOOSE_WORDS, _count(blocks) / 2):  # headlines and menus
                raise InputError(about, "no article was found in the page", _SAVE)
    return Article(blocks, facts, notes)


def _size(blocks: Sequence[str]) -> int:
    return sum(len(squeeze(block)) for block in blocks)


def _tree(about: str, page: Page) -> Any:  # noqa: ANN401 - lxml ships no types
    try:
        tree = tree_of(page.source)
    except Exception as error:  # a hostile page may set off anything: an error about that page alone
        raise InputError(about, f"could not be read as a page ({type(error).__name__})", _SAVE) from None
    if tree is None:
        raise InputError(about, "no article was found in the page", _SAVE)
    return tree


def _facts(page: Page, tree: Any) -> tuple[Facts, tuple[Note, ...]]:  # noqa: ANN401 - lxml ships no types
    stated = stated_by(tree)
    dates = dates_of(stated, page, tree)
    title = next(iter(stated.titles), None)
    facts = Facts(title, stated.outlet, stated.author, dates.published, dates.updated, stated.url)
    notes = ((_CHANGED,) if dates.only_changed else ()) + ((_PAID,) if stated.free is False else ())
    return facts, (*notes, *missing_pages(tree, stated.url))


def _drop_data(tree: Any) -> None:  # noqa: ANN401 - lxml ships no types
    """Take out of a tree what shows nothing and has been read, so that every later walk over it is shorter."""
    from lxml.etree import strip_elements

    strip_elements(tree, "link", "meta", with_tail=False)
    for script in tree.xpath("//script[not(contains(@type, 'ld+json'))]"):
        script.drop_tree()


def _extraction(about: str, tree: Any, focus: Focus) -> Any:  # noqa: ANN401 - trafilatura's own record
    """Return what trafilatura finds in a tree, which it uses up; None where it finds nothing."""
    import trafilatura
    from trafilatura.settings import Extractor

    # Any form but its own record's spares the rendering of a text that is not used here.
    options = Extractor(output_format="txt", recall=focus == "recall", precision=focus == "precision", comments=False)
    try:
        return trafilatura.bare_extraction(tree, options=options)
    except Exception as error:  # a hostile page may set off anything: an error about that page alone
        raise InputError(about, f"could not be read as a page ({type(error).__name__})", _SAVE) from None


def _found_blocks(found: Any) -> tuple[str, ...]:  # noqa: ANN401 - trafilatura's own record
    if found is None or found.body is None:
        return ()
    return tuple(block for block in _blocks(found.body) if not is_furniture(block))


def _is_doubtful(found: Any, blocks: Sequence[str]) -> bool:  # noqa: ANN401 - trafilatura's own record
    """Whether what was found may be no article: next to nothing, hardly a sentence, or little but a list."""
    words = _count(blocks)
    if words < _FEWEST_WORDS or 3 * _count(_told(blocks)) < words:
        return True
    listed = sum(len("".join(item.itertext()).split()) for item in found.body.iter("item"))
    return 10 * listed > 9 * words


def _told(blocks: Sequence[str]) -> list[str]:
    """Of each block what goes up to its last sentence's end."""
    return [block[: match.end()] for block in blocks if (match := _LAST_END.match(block))]


_LAST_END = re.compile(r"(?s).*[.!?][”\"’')\]]{0,3}(?=\s|$)")


def _count(blocks: Sequence[str]) -> int:
    return sum(len(block.split()) for block in blocks)


_SAVE = "save the article's text as .txt and give that"


def _blocks(body: Any) -> Iterator[str]:  # noqa: ANN401 - lxml ships no types
    """Return the blocks of trafilatura's tree in order: paragraphs, headings, list items, rows of tables.

    Walks without recursion, for a page may nest as deep as it likes.
    """
    words: list[str] = []
    from lxml.etree import iterwalk

    row = 0
    for event, element in iterwalk(body, events=("start", "end")):
        name = element.tag if isinstance(element.tag, str) else ""
        if not row and name in _BLOCKS:
            yield from _joined(words)
            words = []
        row += (name == "row") * (1 if event == "start" else -1)
        if not row and name == "row":
            yield from _joined(words)
            words = []
        if row and name in ("cell", "p"):
            words.append(" ")
        words.append("\n" if name == "lb" and event == "start" else "")
        words.append((element.text if event == "start" else element.tail) or "")
    yield from _joined(words)


def _joined(words: list[str]) -> Iterator[str]:
    lines = [" ".join(line.split()) for line in "".join(words).split("\n")]
    text = "\n".join(line for line in lines if line)
    if squeeze(text):
        yield text


def _pieces(page: Page, blocks: Sequence[str], places: Sequence[Place]) -> Iterator[Piece]:
    for index, (block, spot) in enumerate(zip(blocks, places, strict=True)):
        if index:
            yield Piece("\n\n")
        if spot.parts:
            yield from pieces_of(page, spot)
        else:
            yield Piece(block)


def _unplaced(text: str, runs: Sequence[Run], places: Sequence[Place]) -> Note | None:
    """Return a note naming the stretches of the text that could not be placed."""
    missing = sum(not spot.parts for spot in places)
    if not missing:
        return None
    edges = [0, *(edge for run in runs for edge in (run.start, run.end)), len(text)]
    gaps = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if text[a:b].strip()]
    where = ", ".join(f"{start}-{end}" for start, end in gaps[:20])
    blocks = "block" if len(places) == 1 else "blocks"
    return Note(
        "unplaced",
        f"{missing} of {len(places)} {blocks} could not be placed on the page exactly: characters {where}",
    )


def _merged(given: Facts, found: Facts) -> Facts:
    return Facts(
        given.title or found.title, given.outlet or found.outlet, given.author or found.author,
        given.published or found.published, given.updated or found.updated, given.url or found.url,
        unread_date=given.unread_date,
    )  # fmt: skip
