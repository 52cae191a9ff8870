"""Where words of an account stand in its original, and how much of it is known to stand anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tellings.ingest.bytemap import bytes_of
from tellings.records import Span

if TYPE_CHECKING:
    from tellings.records import Account


@dataclass(frozen=True, slots=True)
class Located:
    """The bytes `[first, last)` of an original that words of an account come from.

    The original - a page, a MIME part, a record's page, a line, a row - is `size` bytes with the digest `sha256`; it
    begins at byte `offset` of `path`, or, where it stands there packed, what holds it does.
    """

    path: str
    offset: int
    size: int
    sha256: str
    first: int
    last: int


def located(account: Account, span: Span) -> Located | None:
    """Return where a span of an account's text (code points, half-open) stands; None where it was not placed.

    None too for an empty span, and for one whose words stand in another order in the original. Raises SpanError for a
    span outside the text.
    """
    found = bytes_of(account, span)
    if found is None:
        return None
    original = account.original
    return Located(original.path, original.offset, original.size, original.sha256, *found)


def unplaced(account: Account) -> tuple[Span, ...]:
    """The stretches of an account's text that lead to no byte; white space at their edges is left out."""
    text = account.text
    edges = [(run.start, run.end) for run in account.original.runs]
    found, at = [], 0
    for start, end in [*edges, (len(text), len(text))]:
        told = text[at:start]
        if told.strip():
            first = at + len(told) - len(told.lstrip())
            found.append(Span(first, first + len(told.strip())))
        at = max(at, end)
    return tuple(found)
