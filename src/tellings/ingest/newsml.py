"""Wire copy in NewsML-G2 (IPTC): one newsItem, or those of a newsMessage, with inline NITF, XHTML or plain text."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tellings.errors import InputError
from tellings.ingest.bytemap import Piece, Source, cut
from tellings.ingest.dates import parse_date
from tellings.ingest.files import LIMIT, too_large
from tellings.ingest.head import Facts
from tellings.ingest.make import made_id, make_account
from tellings.ingest.stretches import Stretch, flowed, source_from, without_unread
from tellings.ingest.xmlread import local, read_xml
from tellings.records import Note, Original

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tellings.records import Account

_ADVICE = "give items with inlineXML or inlineData, or save their text as .txt"
# Elements inside a line of text (NITF 3.6, XHTML); all others part the words before them from those after.
_INLINE = frozenset(
    re.findall(
        r"\S+",
        "a abbr acronym b bdo big chron city classifier cite code copyrite country del dfn em event frac "
        "frac-num frac-den frac-sep function i ins kbd lang location money num object.title org person "
        "pronounce q region s samp small span state strong strike sub sublocation sup time tt u var virtloc "
        "alt-code",
    )
)
_UNSEEN = frozenset(("script", "style", "head", "media", "tobject", "docdata", "figure"))
# NITF repeats the headline and the byline before the text; both are in the item's own fields.
_REPEATED = frozenset(("hedline", "byline", "dateline"))
_FIELDS = frozenset(
    (
        "versionCreated",
        "firstCreated",
        "contentCreated",
        "contentModified",
        "headline",
        "by",
        "creditline",
        "title",
        "embargoed",
    )
)
_OTHER_MEDIA = ("ninat:picture", "ninat:video", "ninat:audio", "ninat:graphic", "ninat:animation")
_ASKED = {
    "stat:canceled": "the agency cancelled this item; it should not be relied on",
    "stat:withheld": "the agency withheld this item; it should not be relied on",
}


def accounts_of_newsml(path: str, data: bytes) -> Iterator[Account | InputError]:
    """Yield the accounts of a NewsML-G2 document, one a newsItem of text; errors are about `path:number`.

    An account's original is its newsItem element as it stands in the file, with its own digest, from
    `Original.offset` on. Pictures, films, packages and planning items are passed by. Raises InputError for broken XML
    and for XML that defines entities.
    """
    if len(data) > 10 * LIMIT:
        raise too_large(path, len(data))
    reader = _Items()
    encoding = read_xml(path, data, reader)
    if not reader.items:
        raise InputError(path, "has no newsItem in it", "give a NewsML-G2 document, or the text as .txt")
    for number, item in enumerate(reader.items, 1):
        if item.media in _OTHER_MEDIA:
            continue
        try:
            yield _account(path, f"{path}:{number}", item, data[item.first : item.last], encoding)
        except InputError as error:
            yield error


@dataclass(slots=True)
class _Item:
    """What is gathered of one newsItem, the bytes `[first, last)` of the file."""

    first: int
    last: int = 0
    guid: str = ""
    media: str = ""
    status: str = ""
    provider: str = ""
    source: str = ""
    creator: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    blocks: list[list[Stretch]] = field(default_factory=list)
    escaped: list[Stretch] = field(default_factory=list)


def _account(path: str, about: str, item: _Item, part: bytes, encoding: str) -> Account:
    if len(part) > LIMIT:
        raise too_large(about, len(part))
    sha256 = hashlib.sha256(part).hexdigest()
    facts = _facts(item)
    given_id = item.guid or made_id(facts.outlet or facts.title or "item", sha256)
    notes = tuple(_notes(item))
    original = Original(path, sha256, len(part), encoding, item.first)
    if not item.blocks and item.escaped:
        from tellings.ingest.html import account_of_source

        page = source_from(item.escaped, encoding, item.first)
        account = account_of_source(about, page, original, given=facts, given_id=given_id, notes=notes)
        return without_unread(account, part)
    if not item.blocks:
        raise InputError(about, "has no text of its own", _ADVICE)
    text, runs = cut(*_flow(item, encoding))
    original = Original(path, sha256, len(part), encoding, item.first, runs)
    return make_account(about, text, original, facts, given_id=given_id, kind="article", notes=notes)


def _flow(item: _Item, encoding: str) -> tuple[Source, Iterator[Piece]]:
    """Return a source of all blocks, and the pieces of the text: a block a paragraph, white space made one blank."""
    source = source_from((stretch for block in item.blocks for stretch in block), encoding, item.first)

    def pieces() -> Iterator[Piece]:
        at = 0
        for number, block in enumerate(item.blocks):
            end = at + sum(len(stretch.text) for stretch in block)
            if number:
                yield Piece("\n\n")
            yield from flowed(source, at, end)
            at = end

    return source, pieces()


def _facts(item: _Item) -> Facts:
    said = {key: " ".join(value.split()) for key, value in item.fields.items()}
    first = parse_date(said.get("firstCreated", "")) or parse_date(said.get("contentCreated", ""))
    version = parse_date(said.get("versionCreated", "")) or parse_date(said.get("contentModified", ""))
    published = first or version
    return Facts(
        title=said.get("headline") or said.get("title") or None,
        outlet=item.provider or item.source or said.get("creditline") or None,
        author=_without_by(said.get("by", "")) or item.creator or None,
        published=published,
        updated=version if version != published else None,
        url=item.guid if item.guid.startswith(("http://", "https://")) else None,
        unread_date=None if published else said.get("firstCreated") or said.get("versionCreated"),
    )


def _without_by(byline: str) -> str:
    return byline[3:] if byline[:3].lower() == "by " else byline


def _notes(item: _Item) -> Iterator[Note]:
    if item.status in _ASKED:
        yield Note("other", _ASKED[item.status])
    elif item.fields.get("embargoed"):
        yield Note("other", f"the agency asks that it be held until {item.fields['embargoed'].strip()[:40]}")


class _Items:
    """Gathers the items while the document is read."""

    def __init__(self) -> None:
        self.items: list[_Item] = []
        self.path: list[str] = []
        self.item: _Item | None = None
        self.content = ""
        self.skipped = 0
        self.block: list[Stretch] = []
        self.told: set[str] = set()

    def start(self, name: str, attributes: Mapping[str, str], at: int) -> None:
        name = local(name)
        self.path.append(name)
        if name == "newsItem" and self.item is None:
            self.told = set()
            self.item = _Item(at, guid=attributes.get("guid", ""))
        elif self.item and self.content:
            self._inside(name)
        elif self.item and name in ("inlineXML", "inlineData"):
            kind = attributes.get("contenttype", "")
            self.content = "marked up" if name == "inlineXML" else "escaped" if "html" in kind else "plain"
        elif self.item:
            self._field(self.item, name, attributes)

    def _inside(self, name: str) -> None:
        if name in _UNSEEN or name in _REPEATED:
            self.skipped += 1
        elif name not in _INLINE:
            self._close()

    def _field(self, item: _Item, name: str, attributes: Mapping[str, str]) -> None:
        code = attributes.get("qcode", "")
        named = attributes.get("literal") or code.partition(":")[2] or code
        if name == "itemClass":
            item.media = code
        elif name == "pubStatus":
            item.status = code
        elif name == "provider":
            item.provider = item.provider or named
        elif name == "infoSource":
            item.source = item.source or named

    def text(self, stretch: Stretch) -> None:
        if self.item is None:
            return
        if self.content == "escaped":
            self.item.escaped.append(stretch)
        elif self.content:
            if self.content == "plain" and stretch.text == "\n" and self.block and self.block[-1].text == "\n":
                self._close()  # a blank line
            elif not self.skipped:
                self.block.append(stretch)
        else:
            self._field_text(self.item, stretch.text)

    def _field_text(self, item: _Item, text: str) -> None:
        name, parent = self.path[-1], self.path[-2] if len(self.path) > 1 else ""
        key = name if name in _FIELDS and parent in ("itemMeta", "contentMeta") else ""
        key = parent if name == "name" and parent in ("provider", "infoSource", "creator") else key
        if key and key not in self.told:
            item.fields[key] = item.fields.get(key, "") + text

    def _field_end(self, name: str) -> None:
        """Remember that a field was told: of several, in other languages or roles, the first one counts."""
        key = self.path[-1] if name == "name" and self.path else name
        if self.item and not self.content and key in self.item.fields:
            self.told.add(key)

    def end(self, name: str, at: int) -> None:
        name = local(name)
        self.path.pop()
        self._field_end(name)
        item = self.item
        if item is None:
            return
        if self.content and name in ("inlineXML", "inlineData"):
            self._close()
            self.content, self.skipped = "", 0
        elif self.content:
            if name in _UNSEEN or name in _REPEATED:
                self.skipped = max(0, self.skipped - 1)
            elif name not in _INLINE:
                self._close()
        elif name == "newsItem":
            item.last = at
            item.provider = _line(item.fields.get("provider", "")) or item.provider
            item.source = _line(item.fields.get("infoSource", "")) or item.source
            item.creator = _line(item.fields.get("creator", ""))
            self.items.append(item)
            self.item = None

    def _close(self) -> None:
        """End a block, if it has words."""
        if self.item and any(not stretch.text.isspace() for stretch in self.block):
            self.item.blocks.append(self.block)
        self.block = []


def _line(text: str) -> str:
    return " ".join(text.split())
