"""What the ends of a plain text say about it: a `Key: value` head, page furniture, title, byline."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from tellings.ingest.dates import find_date, parse_date

_LONGEST = 400
_KEYS = {
    "title": "title", "headline": "title", "subject": "title", "outlet": "outlet", "source": "outlet",
    "publisher": "outlet", "publication": "outlet", "author": "author", "by": "author", "byline": "author",
    "from": "author", "date": "published", "published": "published", "sent": "published",
    "updated": "updated", "modified": "updated", "url": "url", "link": "url",
}  # fmt: skip
_HEAD_LINE = re.compile(r"\s*([A-Za-z][A-Za-z -]{0,23}?)\s*:(?:\s+(.*?))?\s*")
_FURNITURE = frozenset(
    re.findall(
        r"\S+",
        "date published posted updated on at by share shared save print email mail copy link facebook "
        "instagram twitter youtube x tiktok linkedin whatsapp telegram reddit pinterest threads bluesky "
        "snapchat rss menu search home login log in sign up subscribe newsletter follow us comments "
        "comment min mins minute read listen advertisement am pm today news skip to content main",
    )
)
_DESK = (
    "headquarters",
    "newsroom",
    "news desk",
    "desk",
    "bureau",
    "staff",
    "editors",
    "editorial board",
    "team",
)
_MEDIA = re.compile(
    r"(?i)\b(?:news(?:wire|paper|feed)?|times|post|herald|tribune|press|wire|media|radio|tv|gazette|journal|courier"
    r"|chronicle|observer|dispatch|record|bulletin|weekly|daily|mail|mirror|telegraph|examiner|\w+\.(?:com|org|net))\b"
)
_BYLINE = re.compile(r"(?i:by)\s+([A-Z][\w.’'-]+(?:\s+(?:[A-Z][\w.’'-]*|and|de|van|von|di|la)){1,6})")


@dataclass(frozen=True, slots=True)
class Facts:
    """What an input says of itself; dates as ISO 8601, `unread_date` one in a form that cannot be read."""

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    updated: str | None = None
    url: str | None = None
    mail: bool = False
    unread_date: str | None = None


class Line(NamedTuple):
    """One line without its end, where it stands `[start, end)` in its text, and where the next one begins."""

    text: str
    start: int
    end: int
    next: int


class Layout(NamedTuple):
    """What of a plain text is its title (a stretch, empty where there is none) and what its body."""

    facts: Facts
    title: tuple[int, int]
    body: tuple[int, int]


def lay_out(text: str) -> Layout:
    """Part a plain text into what it says of itself, its title line and its body (half-open stretches)."""
    facts, at = _key_value_head(text)
    title = at, at
    if not at:
        facts, title, at = _scraped_head(text)
    outlet, end = _closing_byline(text, at)
    facts = replace(facts, outlet=facts.outlet or outlet)
    while at < end and text[at] in " \t\r\n\ufeff":
        at += 1
    return Layout(facts, title, (min(at, end), end))


def line_at(text: str, start: int) -> Line:
    """Return the line that begins at a code point; ended by LF, CR LF or CR."""
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    lone = text.find("\r", start, end)
    if 0 <= lone < end - 1:
        return Line(text[start:lone], start, lone, lone + 1)
    stop = lone if lone >= 0 else end
    return Line(text[start:stop], start, stop, min(end + 1, len(text)))


def _key_value_head(text: str) -> tuple[Facts, int]:
    """Facts from a head of `Key: value` lines, and where it ends; 0 where there is no such head."""
    found: dict[str, str] = {}
    keys: set[str] = set()
    at = 0
    for _ in range(30):
        line = line_at(text, at)
        at = line.next
        if not line.text.strip():
            known = _facts_of(found, mail={"from", "subject"} <= keys)
            return (known, at) if known != Facts() else (Facts(), 0)
        match = _HEAD_LINE.fullmatch(line.text) if len(line.text) <= _LONGEST else None
        if match is None or line.next >= len(text):
            return Facts(), 0
        keys.add(match[1].lower())
        field = _KEYS.get(match[1].lower())
        if field and match[2]:
            found.setdefault(field, match[2])
    return Facts(), 0


def _facts_of(found: dict[str, str], *, mail: bool) -> Facts:
    dates = {key: parse_date(found[key]) for key in ("published", "updated") if key in found}
    unread = found.get("published") if "published" in dates and dates["published"] is None else None
    others = {key: value for key, value in found.items() if key not in dates}
    if not others and not any(dates.values()):
        return Facts()
    author = re.sub(r"\s*<[^<>]*>$", "", others.get("author", "")).strip('" ') or None
    return Facts(
        others.get("title"), others.get("outlet"), author, dates.get("published"), dates.get("updated"),
        others.get("url"), mail, unread,
    )  # fmt: skip


def _scraped_head(text: str) -> tuple[Facts, tuple[int, int], int]:
    """Read the furniture, title and byline a text begins with: facts, title stretch, body start."""
    facts = Facts()
    title: tuple[int, int] | None = None
    at = 0
    for _ in range(20):
        line = line_at(text, at)
        if line.next <= at:
            break
        words = line.text.strip()
        date = None if not words else _furniture_date(words)
        if not words or date is not None:
            facts = replace(facts, published=facts.published or date or None)
        elif title is None and is_title(words) and _blank_follows(text, line):
            start = line.start + len(line.text) - len(line.text.lstrip())
            title = start, start + len(words)
            facts = replace(facts, title=words)
        elif title and facts.author is None and (byline := _BYLINE.fullmatch(words)):
            facts = replace(facts, author=byline[1])
        else:
            break
        at = line.next
    return facts, title or (0, 0), at


def is_title(words: str) -> bool:
    """Whether a line can be a title: short, and without a full stop at its end."""
    return (
        len(words) <= 180 and len(words.split()) <= 30 and words.rstrip("”\"’')]")[-1:] not in (".", ":", ",", ";", "…")
    )


def _blank_follows(text: str, line: Line) -> bool:
    after = line_at(text, line.next)
    return line.next < len(text) and not after.text.strip() and bool(text[after.next : after.next + 4000].strip())


def _furniture_date(words: str) -> str | None:
    """Return the date of a line of page furniture alone; "" where that has none; None for others."""
    if len(words) > _LONGEST:
        return None
    date = find_date(words)
    rest = words[: date[1]] + " " + words[date[2] :] if date else words
    left = re.findall(r"\w+", rest.lower())
    if any(word not in _FURNITURE and not word.isdigit() for word in left):
        return None
    if date:
        return date[0]
    return "" if len(left) >= 3 else None


def _closing_byline(text: str, at: int) -> tuple[str | None, int]:
    """Return the outlet that a bracketed byline as the last line names, and where the body ends before it."""
    end = len(text.rstrip())
    start = max(text.rfind("\n", at, end), text.rfind("\r", at, end)) + 1
    words = text[max(start, at) : end].strip()
    if start <= at or len(words) > 90 or not re.fullmatch(r"\([^()]+\)|\{[^{}]+\}|\[[^\[\]]+\]", words):
        return None, end
    outlet = _outlet_of(words[1:-1])
    return (outlet, len(text[:start].rstrip())) if outlet else (None, end)


def _outlet_of(words: str) -> str | None:
    """Return the outlet in a byline like `Some Desk - Some Outlet` or `Outlet World Headquarters – Town`."""
    parts = [part.strip() for part in re.split(r"\s+[-–—|]\s+|/", words)]
    if not 1 <= len(parts) <= 3 or any(len(part.split()) > 6 or not part[:1].isupper() for part in parts):
        return None
    desks = [_without_desk(part) for part in parts]
    others = [part for part, desk in zip(parts, desks, strict=True) if desk is None]
    for part in parts:
        if part.lower().endswith("headquarters"):
            return re.sub(r"(?i)\s*(?:world |global |news )?headquarters$", "", part) or None
    named = [part for part in others if _MEDIA.search(part)]
    if named:
        return named[-1]
    if len(others) < len(parts):
        return others[-1] if others else next((desk for desk in desks if desk and _MEDIA.search(desk)), None)
    return None


def _without_desk(part: str) -> str | None:
    """Return a part without the word for a desk at its end; None where there is no such word."""
    for desk in _DESK:
        if part.lower().endswith(desk):
            return part[: -len(desk)].strip()
    return None
