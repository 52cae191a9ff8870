"""The lines of a plain text that mark a post: who posted, when, its number, its subject, a rule before it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from tellings.ingest.dates import find_date
from tellings.ingest.pastedhead import is_quote_line, quote_author

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MarkKind = Literal["posted", "number", "named", "wrote", "subject"]

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
    for read in (_posted, _numbered, _wrote, _subject):
        mark = read(lines, number, line)
        if mark:
            return mark
    return _named(lines, number, line, before)


def _posted(lines: Sequence[str], number: int, line: str) -> Mark | None:  # noqa: ARG001 - one of several readers
    match = _POSTED.fullmatch(line)
    if not match:
        return None
    date = find_date(match["rest"])
    author = _author(match["rest"], date)
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
    date = None if _HEADER.match(line) else find_date(line)
    if date is None:
        return None
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
