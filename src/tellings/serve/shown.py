"""Pieces of pages that templates call: words of accounts traced to their places, counts, days, links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote, urlencode

from markupsafe import Markup

from tellings.show.page.html import Html, el, join, stretch
from tellings.show.page.html import link as web_link
from tellings.show.signs import plural
from tellings.show.view import segments

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tellings.diffing import WordChange
    from tellings.library.records import Found
    from tellings.records import Account, Excerpt
    from tellings.serve.told import Mark

__all__ = ["address", "changed", "day", "found", "link", "path", "plural", "query", "schema", "text", "words"]

_TITLES = {
    "content": "given to {}",
    "source": "source",
    "cue": "word of saying",
    "figure": "figure",
    "wording": "loaded",
}


def path(*parts: str) -> str:
    """Parts of an address, each with its signs escaped."""
    return "/" + "/".join(quote(part, safe="") for part in parts)


def address(parts: Sequence[str]) -> str:
    """As `path`, of parts in one piece."""
    return path(*parts)


def query(**given: object) -> str:
    """A query; what is None or empty is left out."""
    return "?" + urlencode({key: value for key, value in given.items() if value not in (None, "")})


def day(iso: str | None) -> str:
    """A date as a reader writes it, to the minute; nothing where there is none."""
    return "" if iso is None else iso.replace("T", " ")[:16]


def link(url: str | None, words: str) -> Markup:
    """A link to a web page, and to nothing but one; nothing where the address is none."""
    return Markup(web_link(url, words) or "")


def words(one: Excerpt) -> Markup:
    """Words of an account, traced to their place."""
    return Markup(stretch("span", one.account, one.start, one.end, one.text, class_="w"))


def changed(one: Excerpt, changes: Sequence[WordChange], side: Literal["before", "after"]) -> Markup:
    """A statement of a version with the words that the other version has otherwise marked."""
    sides = [getattr(change, side) for change in changes if change.kind != "marks"]
    spans = [(words.start, words.end) for words in sides if words is not None]
    pieces = _pieces(one.text, one.start, one.end, spans, one.account)
    return Markup(stretch("span", one.account, one.start, one.end, *pieces, class_="w"))


def schema(of: Mapping[str, Any]) -> Markup:
    """A JSON Schema in a few words, with links to the records it names."""
    return Markup(_schema(of))


def _schema(of: Mapping[str, Any]) -> Html:
    if "$ref" in of:
        name = of["$ref"].rpartition("/")[2]
        return el("a", name, href=f"#schema-{name}")
    if "anyOf" in of:
        return join([_schema(one) for one in of["anyOf"]], " or ")
    if "enum" in of:
        return join([str(one) for one in of["enum"]], ", ")
    if of.get("type") == "array":
        inner = (
            of.get("prefixItems") or [of["items"]] if isinstance(of.get("items"), dict) or "prefixItems" in of else []
        )
        return join(["list", *([" of ", join([_schema(one) for one in inner], ", ")] if inner else [])])
    limits = f" {of.get('minimum', '')}–{of['maximum']}" if "maximum" in of else ""
    usual = f", {of['default']} unless given" if of.get("default") not in (None, "", []) else ""
    pattern = [" ", el("code", of["pattern"])] if "pattern" in of else []
    return join([str(of.get("type", "any")), *pattern, limits, usual])


def found(one: Found) -> Markup:
    """A stretch that was found, with the words searched marked; it leads to its place in the account."""
    pieces = _pieces(one.text, one.start, one.end, one.marks, one.account)
    inside = stretch("span", one.account, one.start, one.end, *pieces, class_="w")
    place = f"{path('accounts', one.account)}?start={one.start}&end={one.end}#here"
    return Markup(el("a", inside, href=place, class_="found"))


def _pieces(text: str, start: int, end: int, spans: Sequence[tuple[int, int]], account: str) -> list[str]:
    return [
        stretch("mark", account, piece.start, piece.end, text[piece.start - start : piece.end - start])
        if piece.marks
        else text[piece.start - start : piece.end - start]
        for piece in segments(start, end, spans)
    ]


def text(account: Account, marks: Sequence[Mark], here: tuple[int, int] | None) -> Markup:
    """An account's text in paragraphs with everything marked; the stretch that was asked for has the id `here`."""
    lines, at = [], 0
    for line in account.text.splitlines(keepends=True):
        start, end = at, at + len(line.rstrip("\r\n"))
        at += len(line)
        if account.text[start:end].strip():
            inside = [one for one in marks if one.start < end and start < one.end]
            lines.append(_paragraph(account, start, end, inside, here))
    return Markup(join(lines))


def _paragraph(account: Account, start: int, end: int, marks: Sequence[Mark], here: tuple[int, int] | None) -> Html:
    spans = [(one.start, one.end) for one in marks]
    wanted = here if here is not None and here[0] < end and start < here[1] else None
    pieces = segments(start, end, [*spans, *([wanted] if wanted else [])])
    shown, first = [], wanted is not None and here is not None and here[0] >= start
    for piece in pieces:
        named = [marks[number] for number in piece.marks if number < len(marks)]
        is_wanted = wanted is not None and len(marks) in piece.marks
        shown.append(_piece(account, piece.start, piece.end, named, wanted=is_wanted, first=is_wanted and first))
        first = first and not is_wanted
    return stretch("p", account.id, start, end, *shown)


def _piece(  # noqa: PLR0913 - what is known of a stretch
    account: Account, start: int, end: int, marks: Sequence[Mark], *, wanted: bool, first: bool
) -> Html | str:
    told = account.text[start:end]
    if not marks and not wanted:
        return told
    kinds = dict.fromkeys(f"k-{one.kind}" for one in marks)
    titles = dict.fromkeys(_title(one) for one in marks)
    return stretch(
        "mark" if wanted else "span", account.id, start, end, told, class_=" ".join(kinds) or None,
        title="; ".join(titles) or None, id="here" if first else None,
    )  # fmt: skip


def _title(mark: Mark) -> str:
    return _TITLES[mark.kind].format(mark.about or "nobody named")
