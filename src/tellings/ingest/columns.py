"""Which column of a table, or member of an object, holds what: given, or guessed from usual headings."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from tellings.errors import InputError
from tellings.ingest.dates import parse_date
from tellings.ingest.head import Facts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Headings as exports of media monitors, scrapers and archives write them (Media Cloud, GDELT and NewsAPI dumps, Nexis
# and Factiva tables, newspaper3k, common Kaggle sets), the likelier first; compared without case, blanks, `_` and `-`.
_USUAL: dict[str, tuple[str, ...]] = {
    "text": (
        "text", "fulltext", "body", "content", "articletext", "articlebody", "bodytext", "maintext", "storytext",
        "article", "story", "plaintext", "textcontent",
    ),
    "html": ("html", "bodyhtml", "contenthtml", "rawhtml"),
    "id": ("id", "articleid", "storyid", "storiesid", "docid", "documentid", "guid", "uuid", "uri"),
    "title": ("title", "headline", "heading", "articletitle", "storytitle"),
    "outlet": (
        "outlet", "source", "publication", "publisher", "medianame", "sourcename", "newspaper", "outletname", "media",
        "journal", "site", "sitename", "sourcedomain", "domain",
    ),
    "author": ("author", "authors", "byline", "writer", "journalist", "by", "creator"),
    "published": (
        "published", "date", "publishdate", "publisheddate", "publishedat", "datepublished", "publicationdate",
        "pubdate", "datetime", "articledate", "publishedon", "datepublish", "time", "timestamp",
    ),
    "updated": ("updated", "updatedat", "modified", "lastmodified", "datemodified", "dateupdated", "datemodify"),
    "url": ("url", "link", "articleurl", "permalink", "weburl", "address"),
}  # fmt: skip
_FACTS = ("title", "outlet", "author", "published", "updated", "url")


@dataclass(frozen=True, slots=True)
class Columns:
    """The headings of the columns (or the names of the members) that hold each thing; None where none does.

    `delimiter` parts the cells of a table; None has it told from the heading line.
    """

    text: str | None = None
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    updated: str | None = None
    url: str | None = None
    id: str | None = None
    html: str | None = None
    delimiter: str | None = None

    def __post_init__(self) -> None:
        if self.delimiter is not None and (len(self.delimiter) != 1 or self.delimiter in '"\r\n'):
            raise InputError(
                repr(self.delimiter), "cannot part the cells of a table", "give one character, as , ; or |"
            )


_TOLD = re.compile(r",(?=\s*[A-Za-z]+\s*=)")


def columns_of(told: str) -> Columns:
    """Return the columns a line like `text=Full text,title=Headline,published=Day` names; commas in a heading are kept.

    Raises InputError for a part without `=` and for a thing no account has.
    """
    known_names = [item.name for item in fields(Columns)]
    found: dict[str, str] = {}
    for part in _TOLD.split(told):
        name, mark, heading = part.partition("=")
        if not mark or name.strip() not in known_names or not heading:
            advice = f"write THING=COLUMN with one of {', '.join(known_names)}"
            raise InputError(repr(part.strip()), "does not say which column holds what", advice)
        found[name.strip()] = heading if name.strip() == "delimiter" else heading.strip()
    if found.get("delimiter") in ("tab", "\\t"):
        found["delimiter"] = "\t"
    return Columns(**found)


def guessed(headings: Sequence[str], given: Columns | None = None) -> Columns:
    """Return what is given, with what is not guessed from usual headings; no heading is guessed twice."""
    plain = {re.sub(r"[\W_]+", "", heading).lower(): heading for heading in reversed(headings)}
    found = {item.name: getattr(given, item.name) if given else None for item in fields(Columns)}
    taken = {heading for heading in found.values() if heading}
    for name, usual in _USUAL.items():
        if found[name] is None:
            found[name] = next((plain[word] for word in usual if word in plain and plain[word] not in taken), None)
            taken.add(found[name])
    return Columns(**found)


def known(headings: Sequence[str]) -> int:
    """Return how many of a table's headings are usual ones."""
    found = guessed(headings)
    return sum(getattr(found, name) is not None for name in _USUAL)


def checked(about: str, headings: Sequence[str], given: Columns | None) -> Columns:
    """Return the columns of a table with such headings. Raises InputError where the text's is not among them."""
    columns = guessed(headings, given)
    named = [getattr(columns, name) for name in _USUAL]
    missing = [name for name in named if name and name not in headings]
    told = listed(headings)
    if missing:
        lacking = "columns" if len(missing) > 1 else "column"
        names = ", ".join(f"“{heading[:40]}”" for heading in missing)
        raise InputError(about, f"has no {lacking} {names}; it has {told}", "name a column that it has")
    if columns.text is None and columns.html is None:
        raise InputError(
            about,
            f"has no column that is plainly the text; it has {told}",
            "say which column the text is in: --columns text=NAME",
        )
    return columns


def listed(headings: Sequence[str]) -> str:
    """Return headings as an error names them: the first thirty, each cut to forty characters."""
    return ", ".join(f"“{heading[:40]}”" for heading in headings[:30]) or "none"


def facts_of(columns: Columns, cells: Mapping[str, str]) -> Facts:
    """Return what a row says of its account: `cells` by heading, as text."""
    said: dict[str, str | None] = {}
    for name in _FACTS:
        value = " ".join(cells.get(getattr(columns, name) or "", "").split())
        said[name] = value if value and value.lower() not in ("nan", "null", "none", "n/a", "-") else None
    published = parse_date(said["published"] or "")
    return Facts(
        said["title"], said["outlet"], said["author"], published, parse_date(said["updated"] or ""), said["url"],
        unread_date=None if published else said["published"],
    )  # fmt: skip
