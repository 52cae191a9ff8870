"""Whose words are whose in a mail: replies and forwards told apart from what their sender writes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from tellings.ingest.dates import find_date
from tellings.ingest.head import Facts
from tellings.ingest.mailhead import mail_date, one_line, plain_sender
from tellings.ingest.pastedhead import field_in, is_end_mark, is_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tellings.ingest.rows import Row

_WROTE = re.compile(r"(?i)(?:(on)\s.{4,280}|.{2,100}?),?\s*\b(?:wrote|writes)\s*:")
_NUMERIC = re.compile(r"(?i)^on\s[\d/.:\s,-]+(?:\s?[ap]\.?m\.?)?[\s,-]*(?:at\s[\d:]+\s?(?:[ap]m)?[\s,]*)?")
_ADDRESS = re.compile(r"\s*(?:<[^<>]*>|\[mailto:[^\]]*\]|\(?\S+@\S+\)?)\s*")
_MOST_DEPTH = 12
_MOST_HEAD_ROWS = 14

UNTOLD = (
    "a mail quoted in it could not be told apart, as its lines do not mark where it begins and ends; "
    "words of another may be among its own"
)
DEEP = "mails quoted more than twelve deep are kept as they stand"
WHOSE = "lines marked as quoted are kept, as it cannot be told whose they are"


class Said(NamedTuple):
    """What the lines before a quoted mail say of it; None where they do not say."""

    author: str | None = None
    published: str | None = None
    title: str | None = None
    unread_date: str | None = None

    @property
    def facts(self) -> Facts:
        """The same as the facts of an account."""
        return Facts(self.title, None, self.author, self.published, unread_date=self.unread_date)


@dataclass(slots=True)
class Telling:
    """The rows of one writer in a mail.

    `said` is None for the mail's sender; `inside` numbers the telling that quotes this one, -1 for the sender's.
    `quoted` counts the mails that are quoted in it.
    """

    rows: list[Row]
    said: Said | None = None
    inside: int = -1
    doubts: list[str] = field(default_factory=list)
    quoted: int = 0


class _Open(NamedTuple):
    rows: list[Row]
    said: Said | None
    level: int
    inside: int
    reply: bool
    base: int | None = None


def tellings_of(rows: Sequence[Row], *, reply: bool) -> list[Telling]:
    """Return the mail's own rows and those of each mail quoted in it, the sender's first.

    Told apart are lines with quotation marks (`>`) or in quoting blocks, where a line says who wrote them or `reply`
    says that the mail answers one; and what follows a forward's mark ("Begin forwarded message") or a head of
    `From:`, `Sent:` and `Subject:` lines. What is not marked so stays, with a doubt.
    """
    found: list[Telling] = []
    waiting = [_Open(list(rows), None, 0, -1, reply, 0)]
    while waiting:
        at = waiting.pop(0)
        number = len(found)
        telling, quoted = _Splitter(at).split()
        telling.inside = at.inside
        found.append(telling)
        waiting.extend(part._replace(inside=number) for part in quoted)
    return found


class _Splitter:
    """Parts the rows of one telling from the mails quoted in it."""

    def __init__(self, at: _Open) -> None:
        self.at = at
        self.rows = at.rows
        self.base = at.base if at.base is not None else min((row.depth for row in at.rows), default=0)
        self.own: list[Row] = []
        self.quoted: list[_Open] = []
        self.telling = Telling(self.own, at.said)
        self.answered: _Open | None = None

    def split(self) -> tuple[Telling, list[_Open]]:
        index = 0
        while index < len(self.rows):
            row = self.rows[index]
            if row.depth > self.base:
                index = self._block(index)
            elif is_mark(row.text):
                index = self._forward(index + 1)
            elif (head := _said_in(self.rows, index))[1] and _full_head(self.rows, index, head[1]):
                index = self._forward(index)
            else:
                self.own.append(row)
                index += 1
        self._doubt_unmarked()
        kept = [part for part in self.quoted if any(any(map(str.isalnum, row.text)) for row in part.rows)]
        self.telling.quoted = len(kept)
        return self.telling, kept

    def _forward(self, index: int) -> int:
        """Take what follows a forward's mark, to its end mark or to the end."""
        while self.own and self.own[-1].rule:
            self.own.pop()
        said, begin = _said_in(self.rows, index)
        end = begin or index
        while end < len(self.rows) and not is_end_mark(self.rows[end].text):
            end += 1
        self._open(self.rows[begin or index : end], said, self.base)
        return end + 1

    def _block(self, index: int) -> int:
        """Take rows that are deeper than the telling's own."""
        end = index
        while end < len(self.rows) and self.rows[end].depth > self.base:
            end += 1
        block = self.rows[index:end]
        said, count = _said_before(self.own)
        if said:
            del self.own[len(self.own) - count :]
            self.answered = self._open(block, said)
        elif self.answered is not None:
            self.answered.rows.extend(block)
        elif self.at.reply or self.base:
            self.answered = self._open(block, Said())
        else:
            self.own.extend(block)
            self.telling.doubts.append(WHOSE)
        return end

    def _open(self, rows: list[Row], said: Said, base: int | None = None) -> _Open | None:
        if self.at.level >= _MOST_DEPTH:
            self.own.extend(rows)
            self.telling.doubts.append(DEEP)
            return None
        part = _Open(list(rows), said, self.at.level + 1, -1, reply=True, base=base)
        self.quoted.append(part)
        return part

    def _doubt_unmarked(self) -> None:
        """Doubt a line that says who wrote what follows where nothing marks how far that goes."""
        for index, row in enumerate(self.own[:-1]):
            if row.text.endswith(":") and (match := _WROTE.fullmatch(_line_to(self.own, index)[0])) and match[1]:
                self.telling.doubts.append(UNTOLD)
                return


def _line_to(rows: Sequence[Row], index: int) -> tuple[str, int]:
    """Return the attribution line that ends at a row, put together from up to three rows, and how many these are."""
    text = rows[index].text
    if text.lower().startswith("on "):
        return text, 1
    for count in (2, 3):
        if index - count + 1 < 0 or len(text) > 300:
            break
        before = rows[index - count + 1]
        text = f"{before.text[:300]} {text}"
        if before.text.lower().startswith("on "):
            return text, count
    return rows[index].text, 1


def _said_before(own: Sequence[Row]) -> tuple[Said | None, int]:
    """Return what the line before a quotation says of it, and how many rows the line has."""
    if not own or len(own[-1].text) > 320 or not own[-1].text.endswith(":"):
        return None, 0
    text, count = _line_to(own, len(own) - 1)
    if not _WROTE.fullmatch(text):
        return None, 0
    return _said_by(text), count


def _said_by(text: str) -> Said:
    """Return who wrote and when by an attribution line ("On 4 March 2024 at 18:30, Ada Lindqvist wrote:")."""
    words = re.sub(r"(?i),?\s*\b(?:wrote|writes)\s*:$", "", text)
    words = re.sub(r"(?i),?\s+at\s+(?=\d\d?:\d\d)", " at ", words)
    date, unread = find_date(words), None
    if date:
        # A short first name after the time is no zone.
        zone = re.search(r"\s[A-Z][a-z]{1,3}$", words[date[1] : date[2]])
        begin, end = date[1], date[1] + zone.start() if zone else date[2]
        name = words[:begin].removeprefix("On").removeprefix("on") + " " + words[end:]
        name = re.sub(r"(?i)^\s*(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur?|sun)(?:day)?[.,]*\s+)?", "", name)
    elif match := _NUMERIC.match(words):
        name, unread = words[match.end() :], match[0][2:].strip(" ,")
    else:  # a date in words nobody can part from the name
        name = plain_sender(words)[1] if words.lower().startswith("on ") else words
    plain = one_line(_ADDRESS.sub(" ", name)).strip("\"'* ,;()-")
    name = plain or plain_sender(words)[1]
    return Said(name[:200] or None, date[0] if date else None, None, unread or None)


def _said_in(rows: Sequence[Row], index: int) -> tuple[Said, int]:
    """Return what a head of `From:` lines says, and the row after it; 0 where there is no head."""
    found: dict[str, str] = {}
    last = ""
    end = index
    while end < min(len(rows), index + _MOST_HEAD_ROWS):
        row = rows[end]
        field_told = field_in(row.text)
        if field_told:
            last = field_told.name
            found.setdefault(last, field_told.value)
        elif not found or row.gap.text == "\n\n" or not _goes_on(rows, end, last):
            break
        else:
            found[last] += " " + row.text
        end += 1
    if not found:
        return Said(), 0
    name, address = plain_sender(found.get("from", "")[:500])
    told = found.get("sent") or found.get("date") or ""
    date = mail_date(told)
    if date is None and (inside := find_date(told[:200])):
        date = inside[0]
    title = one_line(found.get("subject", "")).strip("* ")[:500]
    said = Said(name or address or None, date, title or None, one_line(told)[:100] or None if not date else None)
    return said, end


def _goes_on(rows: Sequence[Row], index: int, last: str) -> bool:
    """Whether a row goes on with the field before it: one after which the head goes on or a line is left out."""
    if last not in ("to", "cc", "bcc", "subject") or index + 1 >= len(rows):
        return False
    after = rows[index + 1]
    return after.gap.text == "\n\n" or field_in(after.text) is not None


def _full_head(rows: Sequence[Row], begin: int, end: int) -> bool:
    """Whether the rows of a head are one that mailers write without a mark: From, a date, and to whom or what."""
    names = {told.name for row in rows[begin:end] if (told := field_in(row.text))}
    first = rows[begin].text.lstrip("*_").lower().startswith("from")
    return first and bool(names & {"sent", "date"}) and bool(names & {"to", "subject"}) and end < len(rows)
