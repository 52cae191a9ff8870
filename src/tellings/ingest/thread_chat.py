"""Chats written out as text: lines of `[when] Name: words`, as WhatsApp, Telegram, Signal and IRC clients save them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tellings.ingest.dates import find_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CLOCK = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:[\s\u202f]?[APap]\.?[Mm]\.?)?"
_DAY = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2} \w{3,9}\.? \d{4}|\w{3,9}\.? \d{1,2}, \d{4}"
_WHEN = rf"(?:(?:{_DAY})(?:,| at|T)?\s{{0,2}})?{_CLOCK}(?:\s?UTC[+-]?[\d:]{{0,5}})?"
_STAMP = re.compile(rf"\u200e?(?:\[(?P<boxed>{_WHEN})\]\s?|(?P<bare>{_WHEN})\s[-–—]\s)")
_SAID = re.compile(r"~?\s?(?:<(?P<angled>[^<>\s]{1,40})>\s|(?P<name>[^:\n<>]{1,40}):\s)")
_LEFT_OUT = re.compile(r"\u200e?(?:<[^<>]{3,40}>|(?:image|video|audio|sticker|GIF|document) omitted)\s*")
_LEAST_SHARE = 0.5
"""The share of a text's lines with words that are messages, above which it is a chat: long messages go on for lines."""


class Message(NamedTuple):
    """One message: its lines `[first, end)`, where its words begin in the first one, who sent it, and when."""

    first: int
    end: int
    at: int
    author: str
    published: str | None
    unread_date: str | None


def messages_of(lines: Sequence[str]) -> list[Message]:
    """The messages of a chat in order; none where fewer than two, or by fewer than two writers, are marked.

    A message goes on to the next stamp; lines with a stamp and no writer are the program's own, and are left out.
    """
    found = list(_messages(lines))
    filled = [n for n, line in enumerate(lines) if line.strip()]
    marked = sum(1 for n in filled if _STAMP.match(lines[n][:200]))
    if len({one.author for one in found}) < 2 or not filled or filled[0] != _first_stamp(lines):
        return []
    return found if marked >= 2 and (marked >= _LEAST_SHARE * len(filled) or len(found) >= 4) else []


def _first_stamp(lines: Sequence[str]) -> int:
    return next((n for n, line in enumerate(lines) if _STAMP.match(line[:200])), -1)


def _messages(lines: Sequence[str]) -> Iterator[Message]:
    stamps = [(n, match) for n, line in enumerate(lines) if (match := _STAMP.match(line[:200]))]
    ends = [n for n, _ in stamps[1:]] + [len(lines)]
    for (number, stamp), end in zip(stamps, ends, strict=False):  # without a stamp there is one end too many
        said = _SAID.match(lines[number], stamp.end())
        if said is None or _LEFT_OUT.fullmatch(lines[number], said.end()):
            continue
        when = stamp["boxed"] or stamp["bare"]
        date = find_date(when)
        name = (said["angled"] or said["name"]).strip()
        yield Message(number, end, said.end(), name, date and date[0], None if date else when)
