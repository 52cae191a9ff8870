"""Whole texts of others set into an account: quoted posts, pasted e-mails and letters, posts embedded in an article.

What stands in them is told in the voice of whoever wrote them. They are known by their marks alone (`ingest.nested`; an
embedded post by its line `- Name (@handle) date`), so that the reading rests on the account's text and nothing else.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from tellings.ingest.nested import all_voices
from tellings.reading.spans import is_inside, trimmed
from tellings.records import Attribution, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SCORE = 0.9  # as `signatures` has it: marks, not a model
LEAST = 3  # words of a text that is set in
_WORD = re.compile(r"\w+")
_POSTED = re.compile(
    r"""(?m)(?P<dash>[―—–]|--?)[ \t\u00a0]*(?P<name>[^\n(―—–]{1,60}?)[ \t\u00a0]*\(@[\w.-]{1,60}\)
    (?P<rest>[^\n]{0,60})$""",
    re.VERBOSE,
)
"""Who posted what stands before it, as X, Bluesky and their like write it below a post that is embedded."""
_SKIP = re.compile(r"\s*Skip [\w.]{1,20} post(?: \d+)? by @?[\w.]{1,60}\s+")
"""What some outlets write before a post, for readers who listen."""
_DATED = re.compile(r"[\s,·|]*(?:(?:on |posted )?[\w.,:/\s]*\d{4}\b[\w.,:/\s]*)?$")


class Pasted(NamedTuple):
    """A text of another inside the account: its words, its writer's name, the cue, and which other it stands in."""

    content: Span
    source: Span | None
    cue: Span | None
    inside: int | None = None


def with_pasted(text: str, found: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions, with one more for each text that is set in; those inside it become its own.

    A text set in comes after all that were there, the outer before the inner. What is cued by a text's lead-in
    (`X wrote:`) and tells of its first words is the same attribution, and is left out. Linear in the attributions.
    """
    pasted = pasted_in(text)
    if not pasted:
        return tuple(found)
    kept = [n for n, one in enumerate(found) if not any(_leads_in(one, part) for part in pasted)]
    numbers = {old: new for new, old in enumerate(kept)}
    first = len(kept)
    order = sorted(range(len(pasted)), key=lambda n: pasted[n].content)
    starts = [pasted[n].content.start for n in order]
    made = []
    for old in kept:
        one = found[old]
        parent = numbers.get(one.parent) if one.parent is not None else None
        if parent is None:
            around = _innermost(one, pasted, order, starts)
            parent = None if around is None else first + around
        made.append(replace(one, parent=parent))
    for part in pasted:
        made.append(
            Attribution(
                source=() if part.source is None else (part.source,),
                cue=() if part.cue is None else (part.cue,),
                content=(part.content,),
                manner="direct",
                source_type=None,
                parent=None if part.inside is None else first + part.inside,
                score=SCORE,
            )
        )
    return tuple(made)


def pasted_in(text: str) -> list[Pasted]:
    """The texts of others inside a text, an outer one before those in it."""
    found: list[Pasted] = []
    numbers: dict[int, int] = {}
    for number, (one, inside) in enumerate(all_voices(text)):
        content = _without_signature(trimmed(text, one.content or one.span, _EDGES), one.source, text)
        outer = None if inside is None else numbers.get(inside)
        fits = inside is None or (outer is not None and is_inside(content, found[outer].content))
        if fits and _is_told(text, content):
            numbers[number] = len(found)
            found.append(Pasted(content, one.source, one.cue, outer))
    posts = [post for post in _posts(text) if not any(_meet(post.content, part.content) for part in found)]
    return [*found, *posts]


_EDGES = " \t\n\u00a0>"


def _without_signature(content: Span, source: Span | None, text: str) -> Span:
    """The words before the name that they are signed with, where that stands among them."""
    if source is None or not is_inside(source, content) or 2 * source.start < content.start + content.end:
        return content
    return trimmed(text, Span(content.start, source.start), _EDGES)


def _is_told(text: str, span: Span) -> bool:
    return sum(1 for _, _ in zip(_WORD.finditer(text, *span), range(LEAST), strict=False)) == LEAST


def _posts(text: str) -> Iterator[Pasted]:
    """Posts embedded in an article: the paragraph, or the line, that ends with who posted it."""
    for match in _POSTED.finditer(text):
        if not _DATED.match(match["rest"]):
            continue
        line = text.rfind("\n", 0, match.start()) + 1
        start, end = line, match.start()
        if not text[line : match.start()].strip():  # who posted it stands on a line of its own
            end = len(text[:line].rstrip())
            start = text.rfind("\n", 0, end) + 1
        skip = _SKIP.match(text, start, end)
        content = trimmed(text, Span(skip.end() if skip else start, end), _EDGES + '“”"')
        if _is_told(text, content):
            at = match.start("name")
            yield Pasted(content, Span(at, at + len(match["name"].rstrip())), Span(*match.span("dash")))


def _leads_in(one: Attribution, part: Pasted) -> bool:
    """Whether an attribution that was found is the text's own: its cue leads in, its content begins in the text."""
    if part.cue is None or not one.cue or not one.content:
        return False
    cued = any(span.start < part.cue.end and part.cue.start < span.end for span in one.cue)
    return cued and all(span.end <= part.content.start or _meet(span, part.content) for span in one.content)


def _innermost(one: Attribution, pasted: Sequence[Pasted], order: Sequence[int], starts: Sequence[int]) -> int | None:
    """The number of the innermost text that an attribution stands in with cue and content, None for none."""
    spans = (*one.cue, *one.content)
    at = bisect_left(starts, min(span.start for span in spans) + 1) - 1
    number = order[at] if at >= 0 else None
    while number is not None and not all(is_inside(span, pasted[number].content) for span in spans):
        number = pasted[number].inside
    return number


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
