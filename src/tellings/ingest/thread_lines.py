"""The lines of a plain text that mark a post: who posted, when, its number, its subject, a rule before it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from tellings.ingest.dates import find_date
from tellings.ingest.mailhead import mail_date, plain_sender
from tellings.ingest.pastedhead import field_in, is_quote_line, makes_head, quote_author, sender_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MarkKind = Literal["posted", "number", "named", "wrote", "subject", "headed"]

_LONGEST = 160
_NAME_WORDS = 4
_POSTED = re.compile(
    r"(?i)\s*(?:posted|submitted|written|comment(?:ed)?|repl(?:y|ied)|answer(?:ed)?|asked|post|message)\s*"
    r"(?P<rest>(?:by|on|at)?:?\s+\S.*)"
)
_NUMBER = re.compile(
    r"\s*(?:(?:post|comment|reply|message|answer)\s*)?(?:#|no\. ?)\s?(?P<number>\d{1,6})\b(?P<rest>.{0,100})", re.I
)
_COUNTED = re.compile(r"\s*(?:post|comment|reply|message|answer)\s+(?P<number>\d{1,6})\s*:?(?P<rest>.{0,100})", re.I)
_SUBJECT = re.compile(r"\s*(?:subject:\s*)?re:\s*(?P<title>\S.{0,140})", re.IGNORECASE)
_RULE = re.compile(r"\s*(?:(?:[-_=*~#–—]\s?){3,}|<hr ?/?>)\s*")
_BY = re.compile(r"(?i)[\s,:–-]*(?:posted )?by\s")
_HEADER = re.compile(r"(?i)\s*(?:from|to|cc|sent|date|subject|updated|published):\s")
_CLOCK = r"\d{1,2}[:.]\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?"
_AGO = re.compile(
    rf"(?i)(?<![\w.])(?:(?:\d{{1,3}}|an?|a few)\s?(?:[smhdwy]|mo|mins?|hrs?|sec|"
    rf"(?:second|minute|hour|day|week|month|year)s?)\.? ago|just now|(?:yesterday|today) at {_CLOCK}|"
    rf"\d\d?[-/]\d\d?[-/]\d{{4}}, {_CLOCK})(?!\w)"
)
"""A time that is no date: told from when the page was read, or with day and month in an order nobody knows."""
_SPACED = re.compile(rf"(?i)(?P<name>\S[^\t\n]{{0,38}}?)(?:[ \u00a0]{{2,}}|\t)(?P<clock>{_CLOCK})\s*")
"""A name, a wide gap and a clock, as chats copied from a window have it."""
_PROFILE = re.compile(
    r"(?i)(?:(?:join(?:ed)?(?: date)?|location|posts|threads|reputation|likes|registered|messages|gender|age)\s*:"
    r".{0,60}|(?:senior |junior |new |super |veteran )?(?:member|moderator|administrator|poster|user))\s*"
)
"""What forum programs print of a writer beside a post."""
_FLAGS = re.compile(r"(?i)\s+(?:op|mod|admin|author|moderator|verified|\[s\]|\[m\])$|^/?u/")
_TO_WHOM = re.compile(r"\s*(?:[ \u00a0]{2,}|\t|➤|→|▶|›|>|»)\s*")
_COUNTER = re.compile(r"\s*\|\s*#(?P<number>\d{1,6})\s*$")
_EDGES = " \t,.;:|·•»«()[]<>–—-@/"
_LINKS = frozenset(
    re.findall(r"\S+", "by on at posted wrote said says wrote: author date user from joined written submitted the post")
)
_NO_NAME = frozenset(
    re.findall(
        r"\S+", "the a an of in to for and or is was were are with from this that it its as by on at after before"
    )
)


class Mark(NamedTuple):
    """One line, or a name line with the time line beside it, that marks a post."""

    kind: MarkKind
    first: int
    last: int
    author: str | None = None
    published: str | None = None
    title: str | None = None
    number: int | None = None
    unread_date: str | None = None


def is_rule(line: str) -> bool:
    """Whether a line is a rule of dashes or the like."""
    return len(line) <= 400 and bool(_RULE.fullmatch(line))


def marks_of(lines: Sequence[str]) -> list[Mark]:
    """The marks of a text's lines in order; lines that quote have none."""
    found: list[Mark] = []
    for number, line in enumerate(lines):
        if found and found[-1].last >= number:
            continue
        mark = (
            _mark(lines, number, line, found[-1].last if found else -1)
            if line.strip() and len(line) <= _LONGEST
            else None
        )
        if mark and (not found or mark.first > found[-1].last):
            found.append(mark)
    return found


def _mark(lines: Sequence[str], number: int, line: str, before: int) -> Mark | None:
    """The mark of one line; `before` is the last line of the mark before it."""
    if is_quote_line(line) or is_rule(line):
        return None
    for read in (_headed, _posted, _numbered, _wrote, _subject):
        mark = read(lines, number, line)
        if mark:
            return mark
    return _named(lines, number, line, before)


def _posted(lines: Sequence[str], number: int, line: str) -> Mark | None:  # noqa: ARG001 - one of several readers
    match = _POSTED.fullmatch(line)
    if not match:
        return None
    ago = _AGO.search(match["rest"])
    date = None if ago else find_date(match["rest"])
    author = _author(_AGO.sub(" | ", match["rest"]) if ago else match["rest"], date)
    author = author and _FLAGS.sub("", author)
    if ago and author:
        return Mark("posted", number, number, author, unread_date=ago[0])
    if author is None and date is None:
        return None
    left = match["rest"] if date is None else match["rest"][: date[1]] + " " + match["rest"][date[2] :]
    if author is None and len(left.split()) > 3:
        return None
    return Mark("posted", number, number, author, date and date[0])


def _numbered(lines: Sequence[str], number: int, line: str) -> Mark | None:
    match = _NUMBER.fullmatch(line) or _COUNTED.fullmatch(line)
    if not match:
        return None
    date = find_date(match["rest"])
    author = _author(match["rest"], date)
    if match["rest"].strip(_EDGES) and date is None and not _BY.match(match["rest"]):
        return None  # a list has numbers with words too
    if author is None and date is None:
        follows = _named(lines, number + 1, lines[number + 1]) if number + 1 < len(lines) else None
        if follows:
            return follows._replace(kind="number", first=number, number=int(match["number"]))
    return Mark("number", number, number, author, date and date[0], None, int(match["number"]))


def _wrote(lines: Sequence[str], number: int, line: str) -> Mark | None:
    """`X wrote:` before words that are not marked as quoted."""
    author = quote_author(line) if line.rstrip().endswith(":") else None
    if author is None or len(author.split()) > _NAME_WORDS:
        return None
    after = next((one for one in lines[number + 1 : number + 4] if one.strip()), "")
    if is_quote_line(after) or after.lstrip().startswith(("“", '"', "[quote")):
        return None
    date = find_date(line)
    return Mark("wrote", number, number, author, date and date[0])


def _subject(lines: Sequence[str], number: int, line: str) -> Mark | None:  # noqa: ARG001 - one of several readers
    match = _SUBJECT.fullmatch(line)
    return Mark("subject", number, number, None, None, f"Re: {match['title'].strip()}") if match else None


def _named(lines: Sequence[str], number: int, line: str, before_it: int = -1) -> Mark | None:
    """A line of only an author and a time, or a line of only a time beside one of only a name."""
    counter = _COUNTER.search(line)
    line = line[: counter.start()] if counter else line
    ago = _AGO.search(line) or _SPACED.fullmatch(line)
    if ago and not _HEADER.match(line):
        return _unread(lines, number, line, ago, before_it)
    date = None if _HEADER.match(line) else find_date(line)
    return _dated(lines, number, line, date, before_it) if date else None


def _dated(lines: Sequence[str], number: int, line: str, date: tuple[str, int, int], before_it: int) -> Mark | None:
    """The mark of a line with a date: with the name in it, or above it."""
    before, after = line[: date[1]].strip(_EDGES), line[date[2] :].strip(_EDGES)
    before, after = (" ".join(w for w in part.split() if w.lower() not in _LINKS) for part in (before, after))
    if before and not after:
        return Mark("named", number, number, before, date[0]) if is_name(before) else None
    if after and not before:  # a list of dates and events has the date first, but no clock
        return Mark("named", number, number, after, date[0]) if "T" in date[0] and is_name(after) else None
    if before or after or number == 0:
        return None
    name = lines[number - 1].strip(_EDGES)
    ends = lines[number - 1].rstrip()[-1:]
    starts = number < 2 or number - 2 == before_it or not lines[number - 2].strip() or is_rule(lines[number - 2])
    if starts and is_name(name) and ends not in (".", "!", "?", "”"):
        return Mark("named", number - 1, number, name, date[0])
    return None


def _unread(lines: Sequence[str], number: int, line: str, ago: re.Match[str], before_it: int) -> Mark | None:
    """The mark of a line with a time that is no date: with the name in it, above it, or, for a stamp, below it."""
    told = ago["clock"] if ago.re is _SPACED else ago[0]
    rest = (ago["name"] if ago.re is _SPACED else line[: ago.start()] + " " + line[ago.end() :]).strip(_EDGES)
    if rest:
        name = _plain_name(rest)
        return Mark("named", number, number, name, unread_date=told) if name else None
    above = lines[number - 1] if number else ""
    starts = number < 2 or number - 2 == before_it or not lines[number - 2].strip() or is_rule(lines[number - 2])
    if above.strip() and starts and above.rstrip()[-1:] not in (".", "!", "?", "”"):
        name = _plain_name(above)
        return Mark("named", number - 1, number, name, unread_date=told) if name else None
    below = lines[number + 1] if number + 1 < len(lines) else ""
    name = _plain_name(below) if not above.strip() else None
    if name is None:
        return None
    last = number + 1
    while last + 1 < len(lines) and (not lines[last + 1].strip() or _PROFILE.fullmatch(lines[last + 1])):
        last += 1
    return Mark("named", number, last, name, unread_date=told)


def _plain_name(words: str) -> str | None:
    """The name at the head of a post, without flags and without whom it answers; None where it can be none."""
    name = _FLAGS.sub("", _FLAGS.sub("", _TO_WHOM.split(words.strip(_EDGES))[0].strip(_EDGES))).strip(_EDGES)
    return name if is_name(name) else None


def _headed(lines: Sequence[str], number: int, line: str) -> Mark | None:
    """The head of one mail of a digest (RFC 1153): after a rule, or after `Message: 12`, its fields."""
    told = _MESSAGE.fullmatch(line)
    if told is None and (field_in(line) is None or not _after_rule(lines, number)):
        return None
    at = number + (told is not None)
    found: dict[str, str] = {}
    while at < len(lines) and _ANY_FIELD.match(lines[at][:200]):
        one = field_in(lines[at])
        if one:
            found.setdefault(one.name, one.value)
        at += 1
    if not makes_head(found):
        return None
    when = found.get("date") or found.get("sent") or ""
    date, subject = mail_date(when), found.get("subject")
    return Mark(
        "headed", number, at - 1, plain_sender(found["from"])[0] or sender_in(found["from"]), date, subject,
        int(told[1]) if told else None, when if when and not date else None,
    )  # fmt: skip


_MESSAGE = re.compile(r"Message:\s*(\d{1,6})\s*")
_ANY_FIELD = re.compile(r"[A-Z][\w-]{1,30}:(?:\s|$)")


def _after_rule(lines: Sequence[str], number: int) -> bool:
    before = next((lines[n] for n in range(number - 1, max(-1, number - 3), -1) if lines[n].strip()), "")
    return is_rule(before)


def is_control(line: str) -> bool:
    """Whether a line holds nothing but what is pressed below a post ("Upvote 12 Downvote Reply")."""
    return len(line) <= 120 and bool(_CONTROL.fullmatch(line)) and any(map(str.isalpha, line))


_CONTROL = re.compile(
    r"(?i)\s*(?:(?:\d[\d.,k]*|up ?votes?|down ?votes?|reply|replies|share|report|save|follow|likes?|award|give|"
    r"permalink|quote|edit|thanks?|views?|comments?|[-–—−•·|›»+▲▼↑↓()])\s*)+"
)


def is_name(words: str) -> bool:
    """Whether words can be a name or a handle: at most four, no function word, no sentence."""
    parts = words.split()
    if not 0 < len(parts) <= _NAME_WORDS or len(words) > 40 or not any(map(str.isalpha, words)):
        return False
    if any(part.lower() in _NO_NAME for part in parts):
        return False
    return len(parts) == 1 or all(part[:1].isupper() or part[:1].isdigit() for part in parts)


def _author(told: str, date: tuple[str, int, int] | None) -> str | None:
    """The name in what follows `posted`, with the date taken out."""
    left = told if date is None else f"{told[: date[1]]} | {told[date[2] :]}"
    match = re.search(r"(?i)\bby:?\s+(?P<name>[^|,]{1,60})", left)
    words = match["name"] if match else left
    words = re.split(r"\s+(?:on|at|»|·|in)\s*(?:\||$)|\s+(?:»|·|–|—|-)\s", words.strip())[0].strip(_EDGES)
    words = " ".join(word for word in words.split() if word.lower() not in {"by", "by:", "on", "at"})
    return words if is_name(words) else None


def texts_between(lines: Sequence[str], first: int, end: int) -> Iterator[int]:
    """The numbers of the lines in `[first, end)` that hold words and are no rule."""
    return (n for n in range(first, end) if lines[n].strip() and not is_rule(lines[n]))
