"""Words made safe and short enough for a line of plain text."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, TypeVar

from tellings.show.signs import CUT

if TYPE_CHECKING:
    from collections.abc import Sequence

Item = TypeVar("Item")

_HIDDEN = {"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"}
_JOINERS = "\u200c\u200d"  # letters of several scripts and emoji are wrong without them
_OPENING = ('"', "“", "”", "„", "«", "‘", "'")
_REPLACEMENT = "\ufffd"


def clean(text: str) -> str:
    """Make an outsider's words safe for a terminal and a single line.

    Line ends and tabs become spaces; control characters (escape sequences among them) and invisible marks
    that would turn the direction of the line become a replacement mark: nobody can write in our name.
    """
    flat = " ".join(text.split())
    return "".join(_REPLACEMENT if _hidden(character) else character for character in flat)


def _hidden(character: str) -> bool:
    return unicodedata.category(character) in _HIDDEN and character not in _JOINERS


def clip(text: str, room: int) -> tuple[str, bool]:
    """Cut words at `room` characters, at a space where there is one, and say whether anything was cut.

    The mark of the cut is ours and stands outside: the words given back are a beginning of `clean(text)`.
    """
    safe = clean(text)
    if len(safe) <= room:
        return safe, False
    space = safe.rfind(" ", room // 2, room + 1)
    return safe[: space if space > 0 else room], True


def quoted(text: str, room: int) -> str:
    """Put an account's words between quotation marks, cut to `room` characters with our mark after them.

    Words that begin with a quotation mark of their own get none of ours.
    """
    words, cut = clip(text, room)
    shown = words if opens_quoted(words) else f"“{words}”"
    return shown + (f" {CUT}" if cut else "")


def opens_quoted(text: str) -> bool:
    """Say whether words begin with a quotation mark."""
    return text.lstrip().startswith(_OPENING)


def first_of(items: Sequence[Item], room: int) -> tuple[Sequence[Item], int]:
    """Give the first `room` items and how many are left; one over is shown rather than counted."""
    if len(items) <= room + 1:
        return items, 0
    return items[:room], len(items) - room
