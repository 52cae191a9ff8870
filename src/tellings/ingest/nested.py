"""Voices of others inside a post: quoted posts, pasted e-mails and letters, and who they are from where marked.

They are found by their marks alone (`> ` and `[quote]`, `-----Original Message-----`, From:/Subject: blocks, "taken
from an e-mail sent to me by ...", "Dear ..." with a signature) and stay in the text: what is told is where they begin
and end.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from tellings.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NAME = r"[^\s:>\"“”,.!?][^:>\"“”!?\n]{0,59}?"
_WROTE = re.compile(
    rf"(?i)\s*(?:on [^\n]{{6,70}}?(?:,|\d)\s+)?(?:originally posted by |quote:? ?(?:from:? )?)?(?P<author>{_NAME})"
    r"\s*(?:<[^<>\s]+>)?\s+(?:wrote|writes|said|says|posted)\s*:?\s*(?:↑\s*)?"
)
_POSTED = re.compile(rf"(?i)\s*(?:originally posted by|quote(?: from)?:?)\s+(?P<author>{_NAME})\s*:?\s*(?:↑\s*)?")
_OPENS = re.compile(r"(?i)\[quote(?:\s*=\s*[\"']?(?P<author>[^\]\"',;]{1,60}))?[^\]\n]{0,120}\]")
_CLOSES = re.compile(r"(?i)\[/quote\]")
_FORWARDED = re.compile(
    r"(?i)\s*(?:[-_*]{2,}\s*(?:original|forwarded)\s+message\s*[-_*]{2,}|begin forwarded message\s*:)\s*"
)
_HEADER = re.compile(r"\s*(From|To|Cc|Sent|Date|Subject|Reply-To)\s*:\s+(\S.*)", re.IGNORECASE)
_RULE = re.compile(r"\s*(?:[-_=*~–—]\s?){4,}\s*")
_WHAT = r"(?:\w+\s+)?(?P<what>e-?mail|letter|message|newsletter|statement|press release)"
_SENT = (
    r"\s+(?:(?:that\s+|which\s+)?(?:was\s+)?(?:sent|mailed|forwarded|addressed|written|i\s+(?:got|received))\s+)?"
    r"(?:(?:out\s+)?to\s+[\w ]{1,30}?\s+)?(?:(?:yesterday|today|on \w+|this \w+|last \w+),?\s+)?(?:by|from)\s+"
    r"(?P<sender>[^\s.,:;()][^.:;()\n]{1,78})"
)
_TAKEN = re.compile(
    rf"(?i)\b(?:taken|copied|pasted|reposted|forwarded|excerpted) from (?:an?|the|this)\s+{_WHAT}\b{_SENT}"
)
_FOLLOWS = re.compile(
    r"(?i)\b(?:here is|here['’]s|this is|below is|the following is|i (?:just |also )?(?:got|received))\s+"
    rf"(?:an?|the|this|part of an?|part of the)\s+{_WHAT}\b{_SENT}"
)
_CLOSING = re.compile(
    r"(?i)\s*(?:(?:yours|best|kind(?:est)?|warm(?:est)?|many|with|in|sincerely|regards|cheers|thanks|thank you|"
    r"love|respectfully|faithfully|gratefully|solidarity|cordially)\b[\w ]{0,30}|\w+(?: \w+)?,)\s*[,!]?\s*"
)
_DEAR = re.compile(r"\s*(?:Dear|Hello|Hi|To)\s[^\n.!?]{2,60}[,:]\s*")
_GAP = 3  # blank lines in a row, from which what follows is taken for another part
_SIGNED_WORDS = 8


class Nested(NamedTuple):
    """A voice inside a text: what it is, where it stands in code points, who wrote it and who passed it on."""

    kind: Literal["quoted post", "e-mail", "letter"]
    span: Span
    author: str | None = None
    sender: str | None = None

    def told(self) -> str:
        """Say it in a sentence for a note."""
        article = "an" if self.kind == "e-mail" else "a"
        author = f", by {self.author}" if self.author else ", its author not named"
        sender = f", sent by {self.sender}" if self.sender else ""
        return (
            f"characters {self.span.start}-{self.span.end} are {article} {self.kind} of another voice{author}{sender}"
        )


class _Line(NamedTuple):
    text: str
    start: int
    end: int


def nested_voices(text: str) -> list[Nested]:
    """Find the voices inside a text, in its order; one that stands inside another is left to that one.

    A voice that is all of the text is the account's own.
    """
    lines = _lines(text)
    found = [*_angled(lines), *_bracketed(text), *_mails(lines), *_taken(lines), *_letters(lines), *_ruled(lines)]
    whole = Span(len(text) - len(text.lstrip()), len(text.rstrip()))
    kept: list[Nested] = []
    for one in sorted(found, key=lambda nested: (nested.span.start, -nested.span.end)):
        if one.span.end <= one.span.start or (one.span == whole and one.kind == "letter"):
            continue
        if not kept or one.span.start >= kept[-1].span.end:
            kept.append(one)
    return kept


def is_quote_line(line: str) -> bool:
    """Whether a line is marked as another's words."""
    return line.lstrip().startswith(">")


def quote_author(line: str) -> str | None:
    """The name in a line that leads in a quotation (`X wrote:`); None for another line."""
    if len(line) > 160:
        return None
    match = _WROTE.fullmatch(line) or _POSTED.fullmatch(line)
    return match["author"].strip(" ,") if match else None


def signature(lines: Sequence[str]) -> tuple[int, str] | None:
    """The last signature in some lines: the number of the line after it, and name and office as told.

    A closing line ("Regards,"), then up to three short lines that begin with capitals and end without a full stop.
    """
    for number in range(len(lines) - 2, -1, -1):
        if len(lines[number]) > 50 or not _CLOSING.fullmatch(lines[number]):
            continue
        at = number + 1
        while at < len(lines) and not lines[at].strip() and at < number + 3:
            at += 1
        signed: list[str] = []
        while at < len(lines) and len(signed) < 3 and _is_signing(lines[at]):
            signed.append(lines[at].strip(" ,-–—"))
            at += 1
        if signed:
            return at, ", ".join(signed)
    return None


def _is_signing(line: str) -> bool:
    words = line.strip(" -–—").split()
    return 0 < len(words) <= _SIGNED_WORDS and words[0][:1].isupper() and words[-1][-1:] not in '.!?:;”")'


def _lines(text: str) -> list[_Line]:
    found, at = [], 0
    for told in text.split("\n"):
        found.append(_Line(told, at, at + len(told)))
        at += len(told) + 1
    return found


def _angled(lines: Sequence[_Line]) -> Iterator[Nested]:
    """Blocks of lines that begin with `>`, with the line before that says whose they are."""
    number = 0
    while number < len(lines):
        if not is_quote_line(lines[number].text):
            number += 1
            continue
        first = last = number
        while number < len(lines) and (is_quote_line(lines[number].text) or _is_blank_between(lines, number)):
            last = number if lines[number].text.strip() else last
            number += 1
        before = next((one for one in reversed(lines[max(0, first - 2) : first]) if one.text.strip()), None)
        author = quote_author(before.text) if before else None
        if first == last and author is None and lines[first].text.lstrip().startswith(">>"):
            continue  # a pointer to another page
        yield Nested("quoted post", Span(lines[first].start, lines[last].end), author)


def _is_blank_between(lines: Sequence[_Line], number: int) -> bool:
    return not lines[number].text.strip() and number + 1 < len(lines) and is_quote_line(lines[number + 1].text)


def _bracketed(text: str) -> Iterator[Nested]:
    """What stands between `[quote]` and `[/quote]`, the outermost; one left open ends with the text."""
    if "[quote" not in text.lower():
        return
    depth, begun, author = 0, 0, None
    marks = sorted([*_OPENS.finditer(text), *_CLOSES.finditer(text)], key=lambda match: match.start())
    for mark in marks:
        if mark.re is _OPENS:
            if not depth:
                begun, author = mark.start(), mark["author"]
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                yield Nested("quoted post", Span(begun, mark.end()), author and author.strip())
    if depth:
        yield Nested("quoted post", Span(begun, len(text.rstrip())), author and author.strip())


def _mails(lines: Sequence[_Line]) -> Iterator[Nested]:
    """Messages with their heads: after a line that says so, or a block with From: and another key."""
    number = 0
    while number < len(lines):
        at = number
        marked = bool(_FORWARDED.fullmatch(lines[at].text)) if len(lines[at].text) < 80 else False
        at += marked
        while marked and at < len(lines) and not lines[at].text.strip():
            at += 1
        author, stop = _head(lines, at)
        if not marked and author is None:
            number = max(number + 1, stop)
            continue
        end = _end(lines, stop)
        yield Nested("e-mail", _span(lines, number, end), author)
        number = max(end, number + 1)


def _head(lines: Sequence[_Line], at: int) -> tuple[str | None, int]:
    """Who a head of `Key: value` lines is from, if it has a From: and another key; and the line after it."""
    found: dict[str, str] = {}
    while at < len(lines) and (match := _HEADER.fullmatch(lines[at].text[:300])):
        found.setdefault(match[1].lower(), match[2])
        at += 1
    if "from" not in found or len(found) < 2:
        return None, at
    return re.sub(r"\s*[<\[(][^<>]*[>\])]\s*$", "", found["from"]).strip("\" '") or found["from"], at


def _end(lines: Sequence[_Line], at: int) -> int:
    """The line after a message: before a rule, three blank lines, or another message's head; else the end."""
    blank = 0
    for number in range(at, len(lines)):
        told = lines[number].text
        blank = 0 if told.strip() else blank + 1
        if blank == _GAP or _RULE.fullmatch(told[:200]) or (len(told) < 80 and _FORWARDED.fullmatch(told)):
            return number
        if number > at and told[:5].lower() == "from:" and _head(lines, number)[0]:
            return number
    return len(lines)


def _taken(lines: Sequence[_Line]) -> Iterator[Nested]:
    """What a line says is taken from an e-mail or a letter: it stands before the line, or after one with a colon."""
    for number, line in enumerate(lines):
        told = line.text[:400]
        after = told.rstrip(" )]").endswith(":")
        match = _TAKEN.search(told) or (_FOLLOWS.search(told) if after else None)
        if match is None:
            continue
        first = _begin(lines, number)
        if after or first == number:
            after, first, end = True, number + 1, _end(lines, number + 1)
        else:
            end = number
        near = max(first, end - _SIGNED_LINES)
        signed = signature([one.text for one in lines[near:end]])
        if signed and after:
            end = near + signed[0]
        kind: Literal["e-mail", "letter"] = "e-mail" if match["what"].lower() in _MAILED else "letter"
        yield Nested(kind, _span(lines, first, end), signed and signed[1], match["sender"].strip())


_MAILED = ("email", "e-mail", "message", "newsletter")
_SIGNED_LINES = 40


def _begin(lines: Sequence[_Line], at: int) -> int:
    """The first line of the part that a line ends: after three blank lines or a rule, else the first of all."""
    blank = 0
    for number in range(at - 1, -1, -1):
        told = lines[number].text
        blank = 0 if told.strip() else blank + 1
        if blank == _GAP or _RULE.fullmatch(told[:200]):
            return number + blank if blank else number + 1
    return 0


def _letters(lines: Sequence[_Line]) -> Iterator[Nested]:
    """A letter among other words: from its `Dear ...` to its signature, where both are there."""
    at = 0
    while at < len(lines):
        if len(lines[at].text) > 80 or not _DEAR.fullmatch(lines[at].text):
            at += 1
            continue
        end = _end(lines, at + 1)
        signed = signature([one.text for one in lines[at:end]])
        if signed:
            end = at + signed[0]
            yield Nested("letter", _span(lines, at, end), signed[1])
        at = max(at + 1, end)


def _ruled(lines: Sequence[_Line]) -> Iterator[Nested]:
    """What stands between two rules and ends with a signature."""
    rules = [n for n, line in enumerate(lines) if _RULE.fullmatch(line.text[:200])]
    for before, after in pairwise(rules):
        near = max(before + 1, after - _SIGNED_LINES)
        signed = signature([line.text for line in lines[near:after]])
        if signed and not any(line.text.strip() for line in lines[near + signed[0] : after]):
            yield Nested("letter", _span(lines, before + 1, after), signed[1])


def _span(lines: Sequence[_Line], first: int, end: int) -> Span:
    """The stretch of lines `[first, end)` without blank ones at its edges."""
    told = [n for n in range(first, min(end, len(lines))) if lines[n].text.strip()]
    if not told:
        return Span(0, 0)
    return Span(lines[told[0]].start, lines[told[-1]].end)
