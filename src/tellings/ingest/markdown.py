"""Markdown files: their text without the marks, each character with the byte it stands at."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from tellings.ingest.bytemap import Piece, Source, cut
from tellings.ingest.dates import parse_date
from tellings.ingest.decode import decode
from tellings.ingest.head import Facts, Line, lay_out, line_at
from tellings.ingest.make import made_id, make_account, stem_of
from tellings.records import Original

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tellings.errors import InputError
    from tellings.records import Account

_MOST_HEAD = 200
_KEYS = {
    "title": "title", "headline": "title", "outlet": "outlet", "source": "outlet", "publisher": "outlet",
    "publication": "outlet", "site": "outlet",
    "author": "author", "authors": "author", "byline": "author", "by": "author",
    "date": "published", "published": "published", "pubdate": "published", "publishdate": "published",
    "updated": "updated", "lastmod": "updated", "modified": "updated", "url": "url", "link": "url", "canonical": "url",
}  # fmt: skip
_ENTRY = re.compile(r"([A-Za-z][\w -]{0,40}?)[ \t]*[:=][ \t]*(.*)")
_LIST_ENTRY = re.compile(r"[ \t]+-[ \t]+(.*)|-[ \t]+(.*)")
# What a line may begin with: quotation marks, list marks, a heading's; each is cut off, list marks stay.
_QUOTED = re.compile(r"(?: {0,3}>[ \t]?)+")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)")
_HEADING_END = re.compile(r"(?<![ \t])[ \t]+#+[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_DEFINITION = re.compile(r" {0,3}\[[^\[\]\n]{1,200}\]:[ \t]+\S.*$")
_ROW_RULE = re.compile(r"(?:[ \t]*\|)?(?:[ \t]*:?-{2,}:?[ \t]*\|)+[ \t]*(?::?-{2,}:?[ \t]*)?$")
# Marks inside a line. Bounded, so that a line of any length and content is read in linear time.
_MARK = re.compile(
    r"(?P<escaped>\\[!-/:-@\[-`{-~])"
    r"|(?P<image>\[?!\[[^\[\]\n]{0,500}\]\([^()\s]{0,2000}(?:[ \t]+\"[^\"\n]{0,300}\")?\)(?:\]\([^()\s]{0,2000}\))?)"
    r"|\[(?P<link>[^\[\]\n]{1,500})\](?:\([^()\s]{0,2000}(?:[ \t]+\"[^\"\n]{0,300}\")?\)|\[[^\[\]\n]{0,200}\])"
    r"|(?P<note>\[\^[^\[\]\s]{1,50}\])"
    r"|<(?P<address>https?://[^<>\s]{1,2000})>"
    r"|(?P<tag></?[A-Za-z][A-Za-z0-9-]{0,20}(?:[ \t][^<>\n]{0,500})?/?>|<!--(?:[^<\n]|<(?!!--)){0,2000}?-->)"
    r"|(?P<code>`{1,3})"
    r"|(?P<strong>\*{1,3}|_{1,3}|~~)"
)


class _Cut(NamedTuple):
    """A stretch of the source that is markup and is left out."""

    first: int
    last: int


def accounts_of_markdown(path: str, data: bytes) -> Iterator[Account | InputError]:
    """Yield the account in a Markdown file. Raises InputError for binary and foreign-language data.

    Facts come from the front matter (`---` or `+++`: plain `key: value` lines; what is nested there is passed over),
    else from the head of the text as in plain text files. Marks of headings, quotations, emphasis, links, images,
    footnotes, code and tags are left out of the text; every character kept leads to its own byte.
    """
    source, notes = decode(path, data)
    sha256 = hashlib.sha256(data).hexdigest()
    facts, at = front_matter(source.text)
    if not at:
        laid = lay_out(source.text)
        at = laid.title[0] if laid.title[0] < laid.title[1] else laid.body[0]
        facts = replace(laid.facts, title=None) if _HEADING.match(source.text, at) else laid.facts
    heading, pieces = _body(source, at)
    facts = replace(facts, title=facts.title or heading)
    text, runs = cut(source, pieces)
    original = Original(path, sha256, len(data), source.encoding, 0, runs)
    yield make_account(path, text, original, facts, given_id=made_id(stem_of(path), sha256), notes=notes)


def front_matter(text: str) -> tuple[Facts, int]:
    """Return the facts of a front matter and where the text after it begins; 0 where there is none."""
    first = line_at(text, 0)
    mark = first.text.lstrip("\ufeff").rstrip()
    if mark not in ("---", "+++"):
        return Facts(), 0
    found: dict[str, str] = {}
    key = ""
    at = first.next
    for _ in range(_MOST_HEAD):
        line = line_at(text, at)
        if line.next <= at:
            break
        at = line.next
        if line.text.rstrip() in (mark, "..." if mark == "---" else mark):
            return _facts(found), at
        key = _entry(line.text, key, found)
    return Facts(), 0


def _entry(line: str, key: str, found: dict[str, str]) -> str:
    """Read one line of front matter; return the key whose list may follow."""
    entry = _ENTRY.fullmatch(line)
    if entry:
        name = _KEYS.get(re.sub(r"[\s_-]", "", entry[1]).lower(), "")
        value = _unquoted(entry[2])
        if name and value:
            found.setdefault(name, value)
        return name if not value else ""
    listed = _LIST_ENTRY.fullmatch(line)
    if listed and key:
        value = _unquoted(listed[1] or listed[2] or "")
        found[key] = f"{found[key]}, {value}" if key in found else value
        return key
    return ""


def _unquoted(value: str) -> str:
    value = value.strip()
    if value[:1] == "[" and value[-1:] == "]":
        return ", ".join(filter(None, map(_unquoted, value[1:-1].split(","))))
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].strip()
    return "" if value[:1] in ("{", "|", ">") else re.sub(r"\s+#.*", "", value)


def _facts(found: dict[str, str]) -> Facts:
    published = parse_date(found.get("published", ""))
    return Facts(
        found.get("title"), found.get("outlet"), found.get("author"), published, parse_date(found.get("updated", "")),
        found.get("url"), unread_date=None if published else found.get("published"),
    )  # fmt: skip


def _body(source: Source, start: int) -> tuple[str | None, list[Piece]]:
    """Return the first heading of the first rank before any text, and the pieces of the text from `start` on."""
    pieces: list[Piece] = []
    heading = fence = ""
    text = source.text
    at, blank, one_line = start, 0, False
    while at < len(text):
        line = line_at(text, at)
        at = line.next
        begin, told, fence = _line(text, line, fence, follows=bool(pieces) and not blank)
        kept = [piece for piece in told if piece.text]
        if not "".join(piece.text for piece in kept).strip():
            blank += bool(begin) or not told
            if one_line and _UNDERLINE.match(line.text):
                heading = "".join(piece.text for piece in pieces).strip()
            continue
        one_line = not pieces
        if pieces:
            pieces.append(Piece("\n\n") if blank else _line_end(source, line.start))
        elif _HEADING.match(text, line.start, line.end):
            heading = "".join(piece.text for piece in kept).strip()
        pieces += kept
        blank = int(bool(_HEADING.match(text, line.start, line.end)))
    return heading or None, pieces


def _line_end(source: Source, start: int) -> Piece:
    """Return the line end before a line, led to its LF where it has one."""
    return Piece("\n", start - 1, start) if source.text[start - 1 : start] == "\n" else Piece("\n")


def _line(text: str, line: Line, fence: str, *, follows: bool) -> tuple[bool, list[Piece], str]:
    """Return whether a line parts paragraphs, its pieces, and the code fence that is open after it."""
    mark = _FENCE.match(line.text)
    if fence:
        closes = bool(mark and mark[1].startswith(fence) and not line.text[mark.end() :].strip("`~ \t"))
        return True, [] if closes else [Piece(line.text, line.start, line.end)], "" if closes else fence
    if mark and "`" not in line.text[mark.end() :]:
        return True, [], mark[1]
    if not line.text.strip() or _RULE.match(line.text) or _DEFINITION.match(line.text) or _ROW_RULE.match(line.text):
        return True, [], ""
    if follows and _UNDERLINE.match(line.text):
        return True, [], ""
    begin, end = line.start, line.end
    for pattern in (_QUOTED, _HEADING):
        found = pattern.match(text, begin, end)
        begin = found.end() if found else begin
        if found and pattern is _HEADING and (tail := _HEADING_END.search(text[begin:end][-200:])):
            end -= min(end - begin, 200) - tail.start()
    end = begin + len(text[begin:end].rstrip())
    return False, _without(text, begin, end, _cuts(text, begin, end)), ""


def _without(text: str, begin: int, end: int, cuts: list[_Cut]) -> list[Piece]:
    pieces = []
    at = begin
    for first, last in cuts:
        if at < first:
            pieces.append(Piece(text[at:first], at, first))
        at = max(at, last)
    pieces.append(Piece(text[at:end], at, end))
    return pieces


def _cuts(text: str, begin: int, end: int) -> list[_Cut]:
    """Return the marks inside a line, in order; marks of emphasis only in pairs, as far as CommonMark's rules go."""
    cuts: list[_Cut] = []
    open_marks: dict[str, _Cut] = {}
    code = ""
    at = begin
    while match := _MARK.search(text, at, end):
        kind, at = match.lastgroup or "link", match.end()
        if kind == "code":
            code = _code_mark(match, code, open_marks, cuts)
        elif code:
            continue
        elif kind == "escaped":
            cuts.append(_Cut(match.start(), match.start() + 1))
        elif kind in ("link", "address"):
            cuts += [_Cut(match.start(), match.start(kind)), _Cut(match.end(kind), match.end())]
            if kind == "link":
                cuts += _cuts(text, *match.span("link"))
        elif kind == "strong":
            _strong_mark(match, begin, open_marks, cuts)
        else:
            cuts.append(_Cut(*match.span()))
    return sorted(cuts)


def _code_mark(match: re.Match[str], code: str, open_marks: dict[str, _Cut], cuts: list[_Cut]) -> str:
    """Open or close a stretch of code; return the mark that is open after it."""
    if not code:
        if match.string.find(match[0], match.end(), match.endpos) < 0:
            return ""
        open_marks[match[0]] = _Cut(*match.span())
        return match[0]
    if match[0] != code:
        return code
    cuts += [open_marks.pop(code), _Cut(*match.span())]
    return ""


def _strong_mark(match: re.Match[str], begin: int, open_marks: dict[str, _Cut], cuts: list[_Cut]) -> None:
    mark = match[0]
    before = match.string[match.start() - 1] if match.start() > begin else " "
    after = match.string[match.end()] if match.end() < match.endpos else " "
    within = mark[0] == "_" and before.isalnum() and after.isalnum()
    if mark in open_marks and not before.isspace() and not within:
        cuts += [open_marks.pop(mark), _Cut(*match.span())]
    elif not after.isspace() and not within and not (mark[0] == "_" and before.isalnum()):
        open_marks[mark] = _Cut(*match.span())
