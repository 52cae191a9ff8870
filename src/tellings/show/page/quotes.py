"""Quotes collated: each version under the other, left-out words struck, altered words marked."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from tellings.show.page.html import Html, el, excerpt, join, stretch
from tellings.show.page.parts import counted, letter, ours
from tellings.show.signs import plural
from tellings.show.view import View, segments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tellings.records import Excerpt, Quote, QuoteAppearance, QuoteKind

KINDS: tuple[QuoteKind, ...] = ("other speaker", "altered", "clipped", "paraphrased", "identical")
"""In the order in which a reader should see them."""
_TOKEN = re.compile(r"\w+")
UNMARKED = ("without quotation marks", "in other words")
"""What stands before a version without marks, and before one that tells the same in other words."""


def quotes(v: View) -> Html:
    """Build the list of shared utterances, those that are told otherwise first; what only copies share is folded."""
    ordered = sorted(v.comparison.quotes, key=lambda quote: KINDS.index(quote.kind))
    shared = [quote for quote in ordered if len(_counted(v, quote)) > 1]
    copied = [quote for quote in ordered if len(_counted(v, quote)) < 2]
    parts = [el("div", *(_quote(v, quote) for quote in shared), class_="quotes")]
    if copied:
        head = el("summary", counted(len(copied), "quotation"), ours(" that only an account and its copies have"))
        parts.append(
            el("details", head, el("div", *(_quote(v, quote) for quote in copied), class_="quotes"), class_="rest")
        )
    return join(parts)


def _counted(v: View, quote: Quote) -> set[str]:
    """The accounts that have an utterance, a copy as the one it is counted with."""
    return {v.copies.get(version.account, version.account) for version in quote.appearances}


def _quote(v: View, quote: Quote) -> Html:
    who = [el("span", quote.speaker, class_="w"), ours(", ")] if quote.speaker else []
    accounts = len({appearance.account for appearance in quote.appearances})
    head = el(
        "h3",
        *who,
        el("span", quote.kind, class_="standing"),
        ours(f" {plural(accounts, 'account')}", "count"),
    )
    lines = [_version(v, quote, numbers) for numbers in _alike(quote)]
    return el("article", head, el("ol", *lines, class_="told-by"), class_="quote")


def _alike(quote: Quote) -> list[list[int]]:
    """Number the versions, those together that have the same words, speaker and marks."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for number, version in enumerate(quote.appearances):
        speaker = version.speaker.text if version.speaker else None
        shown = tuple(re.sub(r" data-\w+=\S+", "", piece) for piece in _pieces(quote, number))
        groups.setdefault((speaker, version.marked, shown), []).append(number)
    return list(groups.values())


def _version(v: View, quote: Quote, numbers: Sequence[int]) -> Html:
    version = quote.appearances[numbers[0]]
    names = dict.fromkeys(quote.appearances[n].account for n in numbers)
    letters = el("span", join([letter(v, name) for name in names], " "), class_="letters")
    speaker = [excerpt(version.speaker), ours(": ")] if version.speaker is not None else []
    marks = [] if version.marked else [ours(f"{UNMARKED[quote.kind == 'paraphrased']}: ")]
    body = el("span", *_pieces(quote, numbers[0]), class_="version-text w")
    return el("li", letters, el("p", *speaker, *marks, body))


def _pieces(quote: Quote, number: int) -> list[Html]:
    """Cut a version where words are marked or struck in, and give the pieces in order."""
    version = quote.appearances[number]
    altered = _altered(quote, number)
    missing = _missing(quote, number)
    spans = [*altered, *((version.start, place) for place, _ in missing)]
    pieces = []
    for start, end, _ in segments(version.start, version.end, spans):
        pieces += [_struck(words, first=start == version.start) for place, words in missing if place == start]
        text = version.text[start - version.start : end - version.start]
        inside = any(first <= start and end <= last for first, last in altered)
        name, class_ = ("mark", "altered") if inside else ("span", "w")
        pieces.append(stretch(name, version.account, start, end, text, class_=class_))
    return pieces + [_struck(words, first=False) for place, words in missing if place == version.end]


def _altered(quote: Quote, number: int) -> list[tuple[int, int]]:
    """Give the spans of a version that another has in other words."""
    return [
        (words.start, words.end)
        for change in quote.changes
        for side, words in ((change.a, change.a_words), (change.b, change.b_words))
        if side == number and words is not None and change.a_words is not None and change.b_words is not None
    ]


def _struck(words: Excerpt, *, first: bool) -> Html:
    before = " " if _TOKEN.match(words.text) and not first else ""
    return el("del", before, excerpt(words), " " if first else "", title="left out here")


def _missing(quote: Quote, number: int) -> list[tuple[int, Excerpt]]:
    """Find what a version leaves out of another, and before which code point of it the words would stand."""
    found = []
    for change in quote.changes:
        for here, there, words, own in (
            (change.b, change.a, change.a_words, change.b_words),
            (change.a, change.b, change.b_words, change.a_words),
        ):
            if here == number and words is not None and own is None:
                place = _place(quote.appearances[there], quote.appearances[here], words)
                found.append((place, words))
    return found


def _place(fuller: QuoteAppearance, version: QuoteAppearance, words: Excerpt) -> int:
    """Find where words of a fuller version would stand: after the last word before them that both have.

    The words of both are matched with difflib, as the stage gives what was left out but not where.
    """
    theirs, own = (list(_TOKEN.finditer(text)) for text in (fuller.text, version.text))
    matcher = SequenceMatcher(None, [m[0].lower() for m in theirs], [m[0].lower() for m in own], autojunk=False)
    place = 0
    for block in matcher.get_matching_blocks():
        for offset in range(block.size):
            if fuller.start + theirs[block.a + offset].end() <= words.start:
                place = own[block.b + offset].end()
    if place and _TOKEN.match(words.text):
        # Words, unlike a comma, come after what closes the word before them.
        while place < len(version.text) and not version.text[place].isspace() and not version.text[place].isalnum():
            place += 1
    return version.start + place
