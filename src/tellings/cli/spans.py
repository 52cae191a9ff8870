"""A span as a person types it: START:END, or the words that stand there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tellings.errors import LibraryError, SpanError
from tellings.records import Span

if TYPE_CHECKING:
    from tellings.correcting.records import Anchor
    from tellings.library.opened import Library
    from tellings.records import Account

_NUMBERS = re.compile(r"\s*(\d{1,12})\s*[:-]\s*(\d{1,12})\s*")
_SHOWN = 5


def _whole(typed: str) -> re.Pattern[str]:
    """The words as they were typed, and no part of longer ones: "Ann" is not in "Annual"."""
    before = r"(?<!\w)" if re.match(r"\w", typed) else ""
    after = r"(?!\w)" if re.search(r"\w$", typed) else ""
    return re.compile(before + re.escape(typed) + after)


def account_in(library: Library, typed: str) -> Account:
    """The account of that name, or the only one whose name begins so.

    Raises:
        LibraryError: there is none, or there are several.

    """
    found = library.named(typed, limit=_SHOWN) if typed else []
    if typed in found or len(found) < 2:
        return library.account(typed if typed in found or not found else found[0])
    advice = f"give more of the name: {', '.join(found)}"
    raise LibraryError(library.name, f"has several accounts that begin with “{typed}”", advice)


def anchor_in(account: Account, typed: str, *, first: bool = False) -> Anchor:
    """The anchor of what was typed: code points START:END of the account's text, or words that stand there.

    Words must stand there once, unless the `first` place does.

    Raises:
        SpanError: there is no such span, or the words do not stand there, or in several places.

    """
    from tellings.correcting.anchors import anchor_of

    numbers = _NUMBERS.fullmatch(typed)
    if numbers:
        return anchor_of(account.text, Span(int(numbers[1]), int(numbers[2])), about=account.id)
    if not typed.strip():
        raise SpanError(account.id, "no span is given", "give START:END, or words that stand there")
    found = [match.start() for match in _whole(typed).finditer(account.text)]
    if not found:
        raise SpanError(account.id, f"“{typed}” does not stand there", "give the very words, or START:END")
    if len(found) > 1 and not first:
        places = ", ".join(f"{at}:{at + len(typed)}" for at in found[:_SHOWN])
        more = ", ..." if len(found) > _SHOWN else ""
        raise SpanError(account.id, f"“{typed}” stands there {len(found)} times", f"give one of {places}{more}")
    return anchor_of(account.text, Span(found[0], found[0] + len(typed)), about=account.id)
