"""Quotations signed with a dash: `"We will stay." - Anna Lind`, as readers' comments and mottoes are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tellings.reading.quotations import CLOSERS
from tellings.reading.spans import is_inside, overlap
from tellings.records import Attribution, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tellings.reading.layout import Layout

LEAST = 4  # words of a quotation that may be signed
SCORE = 0.9  # of the 8 such quotations among 200 read by hand all were signed with their speaker
LONGEST = 120  # code points after a quotation that its signature may end in
_CLOSING = CLOSERS | {"’"}
_SIGNATURE = re.compile(
    r"""[ \t\u00a0]*\n{0,2}[ \t\u00a0]*(?P<dash>[―—–]|--?)[ \t\u00a0]?
        (?P<name>[^\W\d_a-z][\w.'’-]*(?:[ ]["“”]?(?:[^\W\d_a-z][\w.'’-]*["“”]?|of|de|la|van|von|der|al|bin))*)
        (?P<role>,[ ][^\n.]{1,60})?
        (?=\.?\s*\n)""",
    re.VERBOSE,
)


def signed(layout: Layout, found: Sequence[Attribution]) -> Iterator[Attribution]:
    """Attributions of signed quotations that nobody else is given: the name the source, the dash the cue."""
    text = layout.text
    taken = sorted((span, a.cue[0]) for a in found for span in a.content)
    at = 0
    for quotation in layout.quotations:
        while at < len(taken) and taken[at][0].end <= quotation.start:
            at += 1
        end = quotation.end + 1  # past the closing mark
        after = text[end : end + LONGEST] + ("\n" if end + LONGEST >= len(text) else "")
        match = _SIGNATURE.match(after) if text[quotation.end : end] in _CLOSING else None
        if match is None or len(text[slice(*quotation)].split()) < LEAST:
            continue
        # what is told by a cue inside the quotation is an inner attribution: the signature stands all the same
        if at < len(taken) and _covers(taken[at][0], quotation) and not is_inside(taken[at][1], quotation):
            continue
        last = match.end("role") if match["role"] else match.start("name") + len(match["name"].rstrip("."))
        yield Attribution(
            source=(Span(end + match.start("name"), end + last),),
            cue=(Span(end + match.start("dash"), end + match.end("dash")),),
            content=(Span(quotation.start - 1, end),),
            manner="direct",
            source_type=None,
            parent=None,
            score=SCORE,
        )


def _covers(content: Span, quotation: Span) -> bool:
    return 2 * overlap(content, quotation) > quotation.end - quotation.start
