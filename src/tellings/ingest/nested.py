"""Voices of others inside a post: quoted posts, pasted e-mails and letters, and who they are from where marked.

They are found by their marks alone (`> ` and `[quote]`, `-----Original Message-----`, From:/Subject: blocks, "taken
from an e-mail sent to me by ...", "Dear ..." with a signature) and stay in the text: what is told is where they begin
and end.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from tellings.ingest.pastedhead import field_in, is_mark, is_quote_line, lead_in, makes_head, sender_in
from tellings.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_OPENS = re.compile(r"(?i)\[quote(?:\s*=\s*[\"']?(?P<author>[^\]\"',;]{1,60}))?[^\]\n]{0,120}\]")
_CLOSES = re.compile(r"(?i)\[/quote\]")
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
_DEEPEST = 12
_GAP = 3  # blank lines in a row, from which what follows is taken for another part
_SIGNED_WORDS = 8


NestedKind = Literal["quoted post", "e-mail", "letter"]


class Nested(NamedTuple):
    """A voice inside a text: what it is, where it stands in code points, who wrote it and who passed it on.

    `source` is where the writer's name stands (else the sender's), `cue` the words that say so, `content` the writer's
    own words without marks and heads; None where that is not known, `content` is `span` then.
    """

    kind: NestedKind
    span: Span
    author: str | None = None
    sender: str | None = None
    source: Span | None = None
    cue: Span | None = None
    content: Span | None = None

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
    return [one for one, inside in all_voices(text, 1) if inside is None]


def all_voices(text: str, deepest: int = _DEEPEST) -> list[tuple[Nested, int | None]]:
    """Find the voices inside a text and inside each other, each with the number of the one it stands in.

    An outer voice comes before those in it; those deeper than `deepest` are left to the one around them.
    """
    found: list[tuple[Nested, int | None]] = []
    waiting: list[tuple[Sequence[_Line], int | None, int]] = [(_lines(text), None, 1)]
    while waiting:
        lines, inside, depth = waiting.pop(0)
        for one in _outermost(text, lines):
            found.append((one, inside))
            if depth < deepest:
                waiting.append((_inner_lines(lines, one), len(found) - 1, depth + 1))
    return found


def _outermost(text: str, lines: Sequence[_Line]) -> list[Nested]:
    told = [n for n, line in enumerate(lines) if line.text.strip()]
    if not told:
        return []
    whole = _span(lines, told[0], told[-1] + 1)
    found = [*_angled(lines), *_bracketed(text, whole), *_mails(lines), *_taken(lines), *_letters(lines)]
    kept: list[Nested] = []
    for one in sorted([*found, *_ruled(lines)], key=lambda nested: (nested.span.start, -nested.span.end)):
        if one.span.end <= one.span.start or (one.span == whole and one.kind == "letter"):
            continue
        if not kept or one.span.start >= kept[-1].span.end:
            kept.append(one)
    return kept


def _inner_lines(lines: Sequence[_Line], one: Nested) -> list[_Line]:
    """The lines of a voice's own words, of quoted ones without their outer mark."""
    content = one.content or one.span
    found = []
    first = bisect_left(lines, content.start, key=lambda line: line.end)
    for line in lines[first : bisect_right(lines, content.end, key=lambda line: line.start)]:
        start, end = max(line.start, content.start), min(line.end, content.end)
        told = line.text[start - line.start : end - line.start]
        if one.kind == "quoted post" and is_quote_line(told):
            mark = told.index(">") + 1
            start, told = start + mark, told[mark:]
        found.append(_Line(told, start, end))
    return found


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
        lead = lead_in(before.text) if before else None
        if first == last and lead is None and lines[first].text.lstrip().startswith(">>"):
            continue  # a pointer to another page
        start = lines[first].start + lines[first].text.index(">") + 1
        yield Nested(
            "quoted post",
            Span(lines[first].start, lines[last].end),
            lead and lead.author,
            source=lead and before and _moved(lead.at, before.start),
            cue=lead and before and _moved(lead.cue, before.start),
            content=Span(min(start, lines[last].end), lines[last].end),
        )


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _is_blank_between(lines: Sequence[_Line], number: int) -> bool:
    return not lines[number].text.strip() and number + 1 < len(lines) and is_quote_line(lines[number + 1].text)


def _bracketed(text: str, within: Span) -> Iterator[Nested]:
    """What stands between `[quote]` and `[/quote]`, the outermost; one left open ends with the text."""
    if "[quote" not in text[within.start : within.end].lower():
        return
    depth, opened = 0, None
    marks = [*_OPENS.finditer(text, *within), *_CLOSES.finditer(text, *within)]
    for mark in sorted(marks, key=lambda match: match.start()):
        if mark.re is _OPENS:
            opened = opened if depth else mark
            depth += 1
        elif depth:
            depth -= 1
            if not depth and opened:
                yield _in_brackets(opened, mark.end(), mark.start())
    if depth and opened:
        yield _in_brackets(opened, within.end, within.end)


def _in_brackets(opened: re.Match[str], end: int, content_end: int) -> Nested:
    author = opened["author"] and opened["author"].strip()
    at = opened.start("author")
    source = Span(at, at + len(author)) if author else None
    content = Span(opened.end(), max(opened.end(), content_end))
    return Nested("quoted post", Span(opened.start(), end), author, source=source, content=content)


def _mails(lines: Sequence[_Line]) -> Iterator[Nested]:
    """Messages with their heads: after a line that says so, or a block with From: and another key."""
    number = 0
    while number < len(lines):
        at = number
        marked = is_mark(lines[at].text)
        at += marked
        while marked and at < len(lines) and not lines[at].text.strip():
            at += 1
        source, stop = _head(lines, at)
        if not marked and source is None:
            number = max(number + 1, stop)
            continue
        end = _end(lines, stop)
        author = sender_in(source.text) if source else None
        where = None
        if source and author:
            at = source.start + max(0, source.text.find(author))
            where = Span(at, at + len(author))
        yield Nested("e-mail", _span(lines, number, end), author, source=where, content=_span(lines, stop, end))
        number = max(end, number + 1)


def _head(lines: Sequence[_Line], at: int) -> tuple[_Line | None, int]:
    """The From: of a head of `Key: value` lines, if it has one and another key; and the line after the head."""
    found: dict[str, _Line] = {}
    while at < len(lines) and (told := field_in(lines[at].text)) and told.value:
        span = _moved(told.at, lines[at].start)
        found.setdefault(told.name, _Line(told.value, *span))
        at += 1
    return (found["from"] if makes_head(found) else None), at


def _end(lines: Sequence[_Line], at: int) -> int:
    """The line after a message: before a rule, three blank lines, or another message's head; else the end."""
    blank = 0
    for number in range(at, len(lines)):
        told = lines[number].text
        blank = 0 if told.strip() else blank + 1
        if blank == _GAP or _RULE.fullmatch(told[:200]) or is_mark(told):
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
        sender = match["sender"].strip()
        at = line.start + match.start("sender") + len(match["sender"]) - len(match["sender"].lstrip())
        source = _signing(lines, near, signed) if signed else Span(at, at + len(sender))
        yield Nested(kind, _span(lines, first, end), signed and signed[1], sender, source)


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
            yield Nested("letter", _span(lines, at, end), signed[1], source=_signing(lines, at, signed))
        at = max(at + 1, end)


def _ruled(lines: Sequence[_Line]) -> Iterator[Nested]:
    """What stands between two rules and ends with a signature."""
    rules = [n for n, line in enumerate(lines) if _RULE.fullmatch(line.text[:200])]
    for before, after in pairwise(rules):
        near = max(before + 1, after - _SIGNED_LINES)
        signed = signature([line.text for line in lines[near:after]])
        if signed and not any(line.text.strip() for line in lines[near + signed[0] : after]):
            yield Nested("letter", _span(lines, before + 1, after), signed[1], source=_signing(lines, near, signed))


def _signing(lines: Sequence[_Line], first: int, signed: tuple[int, str]) -> Span | None:
    """Where the name of a signature stands: the first line of what is signed."""
    name = signed[1].split(", ")[0]
    for line in reversed(lines[first : first + signed[0]]):
        at = line.text.find(name)
        if at >= 0 and line.text.strip(" ,-–—").startswith(name):
            return Span(line.start + at, line.start + at + len(name))
    return None


def _span(lines: Sequence[_Line], first: int, end: int) -> Span:
    """The stretch of lines `[first, end)` without blank ones at its edges."""
    told = [n for n in range(first, min(end, len(lines))) if lines[n].text.strip()]
    if not told:
        return Span(0, 0)
    return Span(lines[told[0]].start, lines[told[-1]].end)
