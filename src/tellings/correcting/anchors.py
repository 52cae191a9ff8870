"""Anchors: made of a text, held to it, and found again in another version of it, strictly or not at all."""

from __future__ import annotations

import hashlib

from tellings.correcting.records import Anchor
from tellings.errors import SpanError
from tellings.records import Span

AROUND = 32
"""Code points kept before and after the words, as in the W3C's examples of TextQuoteSelector."""


def text_hash(text: str) -> str:
    """The digest by which a text is known: SHA-256 of its UTF-8 bytes."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def anchor_of(text: str, span: Span, *, about: str = "the text", digest: str | None = None) -> Anchor:
    """The anchor of a span of a text; `about` names the text in errors, `digest` is its hash where that is known.

    Raises:
        SpanError: for a span outside the text, or without a character.

    """
    start, end = span
    if not 0 <= start < end <= len(text):
        problem = f"has no span {start}:{end} (it is {len(text)} characters long)"
        raise SpanError(about, problem, "give START:END of characters inside it, END not counted")
    return Anchor(
        digest or text_hash(text),
        start,
        end,
        text[start:end],
        text[max(0, start - AROUND) : start],
        text[end : end + AROUND],
    )


def fits(anchor: Anchor, text: str) -> bool:
    """Whether an anchor's words stand at its span of the text with its hash."""
    if not 0 <= anchor.start < anchor.end <= len(text):
        return False
    return not anchor.exact or text[anchor.start : anchor.end] == anchor.exact


def found_again(anchor: Anchor, text: str, digest: str) -> Anchor | None:
    """The same words between the same words in another text, if they stand there exactly once (TextQuoteSelector).

    An anchor without words, or with the same surroundings twice, is found nowhere: it must never drift.
    """
    if not anchor.exact:
        return None
    wanted = anchor.prefix + anchor.exact + anchor.suffix
    at = text.find(wanted)
    if at < 0 or text.find(wanted, at + 1) >= 0:
        return None
    start = at + len(anchor.prefix)
    return anchor_of(text, Span(start, start + len(anchor.exact)), digest=digest)
