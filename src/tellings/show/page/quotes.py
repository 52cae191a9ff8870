"""Quotes collated: each version under the other, left-out words struck, altered words marked."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from tellings.show.page.html import Html, el, excerpt, stretch
from tellings.show.page.parts import letter, ours
from tellings.show.signs import plural
from tellings.show.view import View, segments

if TYPE_CHECKING:
    from tellings.records import Excerpt, Quote, QuoteAppearance

_TOKEN = re.compile(r"\w+")


def quotes(v: View) -> Html:
    """Build the list of shared utterances."""
    return el("div", *(_quote(v, quote) for quote in v.comparison.quotes), class_="quotes")


def _quote(v: View, quote: Quote) -> Html:
    who = [el("span", quote.speaker, class_="w"), ours(", ")] if quote.speaker else []
    accounts = len({appearance.account for appearance in quote.appearances})
    head = el(
        "h3",
        *who,
        el("span", quote.kind, class_="standing"),
        ours(f" {plural(accounts, 'account')}", "count"),
    )
    lines = [_version(v, quote, n) for n in range(len(quote.appearances))]
    return el("article", head, el("ol", *lines, class_="told-by"), class_="quote")


def _version(v: View, quote: Quote, number: int) -> Html:
    version = quote.appearances[number]
    altered = [
        (words.start, words.end)
        for change in quote.changes
        for at, words, other in (
            (change.a, change.a_words, change.b_words),
            (change.b, change.b_words, change.a_words),
        )
        if at == number and words is not None and other is not None
    ]
    missing = _missing(quote, number)
    points = [(point, point + 1) for point, _ in missing if point < version.end]
    speaker = [excerpt(version.speaker), ours(": ")] if version.speaker is not None else []
    pieces: list[str] = []
    for start, end in _cuts(version, altered, [point for point, _ in points]):
        pieces += [_struck(words) for point, words in missing if point == start]
        text = version.text[start - version.start : end - version.start]
        inside = any(first <= start and end <= last for first, last in altered)
        pieces.append(
            stretch(
                "mark" if inside else "span",
                version.account,
                start,
                end,
                text,
                class_="altered" if inside else "w",
            )
        )
    pieces += [_struck(words) for point, words in missing if point >= version.end]
    body = el("span", *pieces, class_="version-text w")
    return el("li", letter(v, version.account), el("p", *speaker, body))


def _cuts(version: QuoteAppearance, spans: list[tuple[int, int]], points: list[int]) -> list[tuple[int, int]]:
    pairs = [*spans, *((version.start, point) for point in points)]
    return [(piece.start, piece.end) for piece in segments(version.start, version.end, pairs)]


def _struck(words: Excerpt) -> Html:
    return el("del", excerpt(words), " ", title=f"left out; in {words.account}")


def _missing(quote: Quote, number: int) -> list[tuple[int, Excerpt]]:
    """Find what a version leaves out of another, and before which code point of it the words would stand."""
    found = []
    for change in quote.changes:
        for here, there, words, own in (
            (change.b, change.a, change.a_words, change.b_words),
            (change.a, change.b, change.b_words, change.a_words),
        ):
            if here == number and words is not None and own is None:
                found.append((_place(quote.appearances[there], quote.appearances[here], words), words))
    return found


def _place(fuller: QuoteAppearance, version: QuoteAppearance, words: Excerpt) -> int:
    """Find where words of a fuller version would stand: after the last word before them that both have."""
    theirs, own = (list(_TOKEN.finditer(text)) for text in (fuller.text, version.text))
    matcher = SequenceMatcher(
        None, [m[0].lower() for m in theirs], [m[0].lower() for m in own], autojunk=False
    )
    place = 0
    for block in matcher.get_matching_blocks():
        for offset in range(block.size):
            if fuller.start + theirs[block.a + offset].end() <= words.start:
                place = own[block.b + offset].end()
    following = _TOKEN.search(version.text, place)
    if place == 0 or following is None:
        return version.start if place == 0 else version.end
    return version.start + following.start()
