"""Heads of pasted mails and quoted posts: the lines by which another's words begin, and whose they say they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tellings.records import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAME = r"[^\s:>\"“”,.!?][^:>\"“”!?\n]{0,59}?"
_WROTE = re.compile(
    rf"(?i)\s*(?:on [^\n]{{6,70}}?(?:,|\d)\s+)?(?:originally posted by |quote:? ?(?:from:? )?)?(?P<author>{_NAME})"
    r"\s*(?:<[^<>\s]+>)?\s+(?P<cue>wrote|writes|said|says|posted)\s*:?\s*(?:↑\s*)?"
)
_POSTED = re.compile(rf"(?i)\s*(?P<cue>originally posted by|quote(?: from)?:?)\s+(?P<author>{_NAME})\s*:?\s*(?:↑\s*)?")
_LONGEST_LEAD = 160
_SENTENCE_END = re.compile(r"(?:(?<=[a-z]{3})|(?<=\b[a-z]{2}))[.!?] +")
_MARK = re.compile(
    r"(?i)[\s>*_-]*(?:begin forwarded message:?|[-_*]{2,}\s*(?:original|forwarded) (?:message|mail)(?: follows)?"
    r"\s*[-_*]{2,}|-{4,}\s*forwarded by .{3,120}-{4,})\s*"
)
_END_MARK = re.compile(r"(?i)[\s-]*end (?:of )?(?:the )?(?:original|forwarded) (?:message|mail):?[\s-]*")
_FIELD = re.compile(
    r"(?i)\s*[*_]?(?P<name>from|sent|date|to|cc|bcc|subject|reply-to|importance|attachments?)\s?:[*_]{0,2}"
    r"(?:\s+(?P<value>.*)|$)"
)
_LONGEST_MARK, _LONGEST_FIELD = 200, 600
_SENDER = re.compile(r"\s*[<\[(][^<>]*[>\])]\s*$")


class Lead(NamedTuple):
    """Who a line leads in, where the name stands in the line, and where the words that say so do."""

    author: str
    at: Span
    cue: Span


class HeadField(NamedTuple):
    """One `Key: value` line of a mail's head: its key in lower case, its value, and where that stands in the line."""

    name: str
    value: str
    at: Span


def is_mark(line: str) -> bool:
    """Whether a line says that a mail begins that is forwarded or answered ("Begin forwarded message:")."""
    return len(line) < _LONGEST_MARK and _MARK.fullmatch(line) is not None


def is_end_mark(line: str) -> bool:
    """Whether a line says that a forwarded mail ends here."""
    return _END_MARK.fullmatch(line[:_LONGEST_MARK]) is not None


def field_in(line: str) -> HeadField | None:
    """The field of a mail's head that a line is; None for another line. A field may be empty."""
    match = _FIELD.fullmatch(line[:_LONGEST_FIELD])
    if match is None:
        return None
    value = (match["value"] or "").strip()
    start = match.start("value") if match["value"] else match.end()
    start += len(line[start:]) - len(line[start:].lstrip()) if value else 0
    return HeadField(match["name"].lower(), value, Span(start, start + len(value)))


def makes_head(names: Mapping[str, object] | set[str]) -> bool:
    """Whether fields are a head that mailers write without a mark: From, and when, to whom, or what about."""
    return "from" in names and bool(set(names) & {"sent", "date", "to", "subject"})


def sender_in(value: str) -> str:
    """The name in a `From:` field, without address and quotation marks; the field itself where it has no name."""
    return _SENDER.sub("", value).strip("\" '") or value


def is_quote_line(line: str) -> bool:
    """Whether a line is marked as another's words."""
    return line.lstrip().startswith(">")


def lead_in(line: str) -> Lead | None:
    """Who a line that leads in a quotation (`X wrote:`) gives it to; None for another line."""
    if len(line) > _LONGEST_LEAD:
        return None
    match = _WROTE.fullmatch(line) or _POSTED.fullmatch(line)
    if match is None:
        return None
    start = max(
        (one.end() for one in _SENTENCE_END.finditer(line, *match.span("author"))), default=match.start("author")
    )
    told = line[start : match.end("author")]
    author = told.strip(" ,")
    start += len(told) - len(told.lstrip(" ,"))
    return Lead(author, Span(start, start + len(author)), Span(*match.span("cue")))


def quote_author(line: str) -> str | None:
    """The name in a line that leads in a quotation; None for another line."""
    lead = lead_in(line)
    return lead.author if lead else None
