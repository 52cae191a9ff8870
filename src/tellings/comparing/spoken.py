"""What each account gives as somebody's very words, cut at sentence ends: the pieces that `quotes` collates.

Very words stand between quotation marks, in a post set into the text, or in a direct quotation without marks. Words are
compared as they are heard: contractions in full, numbers and ordinals as digits, letters of an abbreviation together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from tellings.comparing.speakers import Speaker
from tellings.comparing.table import Table
from tellings.comparing.words import STOP, Word, listed, words
from tellings.records import Reading, Span

Shown = Literal["marks", "post", "plain"]
"""How a piece is shown to be somebody's words: by quotation marks, as a post, or not at all."""

_POST = re.compile(r"pic\.twitter\.com|https?://t\.co/|\(@\w+\)|Skip Twitter post|^RT @", re.MULTILINE)
_SAID_NEAR = 60
"""Code points at a paragraph's end that say so."""
_FURNITURE = re.compile(r"pic\.twitter\.com|https?://|[—–-]\s*[^\n—–-]{2,60}\(@\w+\)|$")
"""What ends the words of a post: a picture's or link's address, or who wrote it."""
_SAYING = re.compile(r"\b(?:said|says|wrote|writes|tweeted|tweets|statement|message|reads?|posted)\b[^\n]{0,40}:\s*$")
"""The end of a paragraph after which another's words stand as a paragraph of their own."""
_BROKEN = re.compile(r"(?<=[.!?])[\s\"”’]*(?:\.\.\.|…|\. \. \.)\s*(?=[A-Z“\"‘'])|(?<=[a-z]{3}[.!?])\s+(?=[A-Z“\"‘'])")
"""Where a sentence of a quotation ends for certain, also with words left out after it."""
_SHORT = {
    "n't": "not", "'re": "are", "'m": "am", "'ll": "will", "'ve": "have", "'d": "would", "'s": "is",
}  # fmt: skip
_IRREGULAR = {"won't": ("will", "not"), "can't": ("can", "not"), "cannot": ("can", "not"), "gonna": ("going", "to")}
_IS = listed("he she it that there here what who where this how let")
"""Words after which "'s" is a verb."""
_CARDINALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ENDS = {1: "st", 2: "nd", 3: "rd"}
_NUMBERS = {name: str(n) for n, name in enumerate(_CARDINALS, start=1)} | {
    name: f"{n}{_ENDS.get(n, 'th')}" for n, name in enumerate(_ORDINALS, start=1)
}
_FULL = _NUMBERS | {"sen": "senator", "gov": "governor", "rep": "representative", "gen": "general", "percent": "%"}
"""Words that are heard as others."""
_SIC = frozenset({"sic"})
_BRACKETS = 40
"""Code points that brackets hold at most."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One sentence (or part of one) of somebody's words: its reading, span, words and speaker.

    `heard` are the words as they are compared, each with the number of the word it comes from. `named` says that the
    speaker's own name stands in the attribution, so that no pronoun had to be resolved; `row` is a row of the table
    whose statement it stands in, None where there is none.
    """

    reading: int
    span: Span
    words: tuple[Word, ...]
    heard: tuple[tuple[str, int], ...]
    speaker: Speaker | None
    named: bool
    shown: Shown
    row: int | None

    @property
    def keys(self) -> tuple[str, ...]:
        """The words as they are compared."""
        return tuple(key for key, _ in self.heard)


def pieces(table: Table) -> list[Piece]:
    """All pieces of all accounts, in text order within each."""
    return [piece for number in range(len(table.readings)) for piece in _of_account(table, number)]


def _of_account(table: Table, number: int) -> Iterator[Piece]:
    reading = table.readings[number]
    marked = list(reading.quotations)
    posts = [span for span in _posts(reading) if not any(_meet(span, other) for other in marked)]
    for span in marked:
        for cut in cuts(reading, span):
            piece = made(table, number, cut, "marks")
            if piece and not _is_title(reading.account.text, piece):
                yield piece
    seen: set[Span] = set()
    for span in posts:
        for cut in cuts(reading, span):
            piece = made(table, number, cut, "post")
            if piece and not any(_meet(piece.span, other) for other in seen):
                seen.add(piece.span)
                yield piece


def cuts(reading: Reading, span: Span) -> list[Span]:
    """A span cut at sentence ends, those within quotations included."""
    found = [
        Span(max(one.start, span.start), min(one.end, span.end))
        for one in reading.sentences
        if one.start < span.end and one.end > span.start
    ]
    parts = []
    for one in found or [span]:
        ends = [match.start() for match in _BROKEN.finditer(reading.account.text, one.start, one.end)]
        parts += [Span(first, last) for first, last in pairwise([one.start, *ends, one.end]) if last > first]
    return parts


def made(table: Table, number: int, span: Span, shown: Shown) -> Piece | None:
    """The piece of a span of an account, None where it has no word."""
    reading = table.readings[number]
    text = reading.account.text
    inside = words(text, span)
    if not inside:
        return None
    tight = Span(inside[0].start, _end(text, inside[-1].end, span.end))
    holder = _holder(reading, table.speakers[number], tight)
    speaker = table.speakers[number][holder] if holder is not None else None
    named = _is_named(reading, holder, speaker, tight)
    return Piece(number, tight, inside, tuple(heard(text, inside)), speaker, named, shown, _row(table, number, tight))


def heard(text: str, found: Iterable[Word]) -> Iterator[tuple[str, int]]:
    """The words as they are compared, with the number of the word each comes from; not what stands in brackets."""
    for number, word in enumerate(found):
        key = text[word.start : word.end].lower().replace("’", "'")
        key = word.key if key[0].isdigit() else _FULL.get(key, key)
        if key in _SIC or _in_brackets(text, word):
            continue
        if key in _IRREGULAR:
            yield from ((part, number) for part in _IRREGULAR[key])
            continue
        ending = next((one for one in _SHORT if key.endswith(one) and len(key) > len(one)), None)
        if ending and (ending != "'s" or key[:-2] in _IS):
            yield key.removesuffix(ending), number
            yield _SHORT[ending], number
        else:
            yield key.replace("'", ""), number


def _in_brackets(text: str, word: Word) -> bool:
    """Whether a word was put in by who quotes: "[the mayor]"."""
    opened = text.rfind("[", max(0, word.start - _BRACKETS), word.start)
    return opened >= 0 and "]" not in text[opened : word.start] and "]" in text[word.end : word.end + _BRACKETS]


def _posts(reading: Reading) -> Iterator[Span]:
    """Paragraphs that show the marks of a post or come after "said:", and direct quotations; all may lack the marks."""
    text = reading.account.text
    told = False
    for match in re.finditer(r"[^\n]*\S[^\n]*", text):
        paragraph = match.group()
        if told:
            yield Span(*match.span())
        elif _POST.search(paragraph):
            words_end = _FURNITURE.search(text, match.start(), match.end())
            yield Span(match.start(), words_end.start() if words_end else match.end())
        told = bool(_SAYING.search(paragraph[-_SAID_NEAR:]))
    for attribution in reading.attributions:
        if attribution.manner == "direct":
            yield from attribution.content


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _end(text: str, last: int, limit: int) -> int:
    """After the last word's own closing sign, within the quotation."""
    while last < limit and text[last] in ".!?…":
        last += 1
    return last


def _is_title(text: str, piece: Piece) -> bool:
    """Whether the marks stand around the name of a thing - a show, a programme - that nobody is said to say."""
    telling = [word for word in piece.words if word.key not in STOP]
    return (
        len(piece.words) > 1 and not piece.speaker and bool(telling) and all(text[w.start].isupper() for w in telling)
    )


def _holder(reading: Reading, said: tuple[Speaker | None, ...], span: Span) -> int | None:
    """The number of the attribution with a speaker whose content holds a span most closely."""
    best: tuple[int, int] | None = None
    for number, attribution in enumerate(reading.attributions):
        for content in attribution.content:
            covers = content.start <= span.start + 1 and span.end - 1 <= content.end
            if covers and said[number] and (best is None or content.end - content.start < best[0]):
                best = content.end - content.start, number
    return best[1] if best else None


def _is_named(reading: Reading, holder: int | None, speaker: Speaker | None, span: Span) -> bool:
    """Whether a speaker's surname stands in the piece's own sentence, as the attribution's source."""
    if holder is None or speaker is None or speaker.surname is None:
        return False
    around = [one for one in reading.sentences if one.start < span.end and one.end > span.start]
    source = [one for one in reading.attributions[holder].source if any(s.start <= one.start < s.end for s in around)]
    return any(word.key == speaker.surname for one in source for word in words(reading.account.text, one))


def _row(table: Table, number: int, span: Span) -> int | None:
    """The row whose statement has the most of a span."""
    rows = range(int(table.first[number]), int(table.first[number + 1]))
    best = max(rows, key=lambda row: (_common(table.rows[row].record.span, span), -row), default=None)
    return best if best is not None and _common(table.rows[best].record.span, span) > 0 else None


def _common(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)
