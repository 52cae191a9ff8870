"""What a text shows about its own state: cut off, short, what kind of telling it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tellings.records import Note

if TYPE_CHECKING:
    from tellings.records import AccountKind

_SHORT = 25
_MEMBER = r"(?:subscribe|sign in|log in|register|create (?:a free|an) account|become a (?:member|subscriber))"
_GO_ON = (
    r"(?:(?:continue|keep) reading"
    r"|(?:read|unlock|access|view|see) (?:the (?:full|rest|whole|entire)|this (?:story|article)))"
)
_WALL = re.compile(
    rf"(?i)\b{_MEMBER}\b[^.!?\n]{{0,60}}\b(?:to|and) {_GO_ON}\b"
    rf"|\bto {_GO_ON}\b[^.!?\n]{{0,60}}\b{_MEMBER}\b"
    r"|\b(?:this|the full) (?:article|story|content|post) is (?:only |exclusively )?"
    r"(?:available |reserved )?(?:for|to) (?:paid |paying |our )?(?:subscribers|members)\b"
)
_TRAILS_OFF = re.compile(r"(?:\.\.\.|…|\[\+\d+ chars\])\s*$")
# `[^\S\n]` is white space within a line: with `\s` each of many empty lines would be gone through from each before it.
_READER = re.compile(r"(?im)^[^\S\n]*dear (?:readers?|subscribers?|friends)\b")
_MAIL_FOOT = re.compile(r"(?i)\bunsubscribe\b")
_POST = re.compile(
    r"(?im)^[^\S\n]*(?:(?:post|comment|reply)[^\S\n]*#?\d+\b.*|#\d+[^\S\n]*|posted by\b.*|.{1,40}\bwrote:[^\S\n]*"
    r"|re:\s.*)$"
)
_ENDS = 1200


def end_is_missing(text: str) -> Note | None:
    """Return a note where a text is plainly cut off: it trails off, or its end asks to subscribe."""
    last = text[-_ENDS:]
    if _TRAILS_OFF.search(last):
        return Note("cut off", "the text trails off at its end; what is not told here may have been cut off")
    return asks_to_subscribe(last)


def asks_to_subscribe(words: str) -> Note | None:
    """Return a note where a text's end, or what follows it on its page, asks to subscribe for the rest."""
    if _WALL.search(words):
        return Note("cut off", "the text ends at a request to subscribe or sign in; the rest is not here")
    return None


def too_short(text: str) -> Note | None:
    """Return a note for texts of fewer than 25 words."""
    count = len(text[:10_000].split())
    words = "word" if count == 1 else "words"
    return Note("short", f"has only {count} {words}") if count < _SHORT else None


def kind_of(text: str, *, mail: bool, dated: bool) -> AccountKind:
    """Return a text's kind by plain signs alone; `dated` says it has a title, an outlet or a date."""
    if mail or _READER.search(text[:2000]) or _MAIL_FOOT.search(text[-_ENDS:]):
        return "newsletter"
    posts = sum(1 for _ in _POST.finditer(text[:20_000]))
    if posts and not dated:
        return "thread" if posts > 1 else "post"
    return "article" if dated else "text"
