"""A smaller page of the same meaning: with forty accounts its traces and quotation marks would be a third of it."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from tellings.show.page.html import Html

if TYPE_CHECKING:
    from collections.abc import Mapping

_TRACE = re.compile(r' data-account="([^"]*)" data-start="(\d+)" data-end="(\d+)"')
_BARE = re.compile(r' ([a-z-]+)="([A-Za-z0-9_#.-]+)"')
"""An attribute whose value needs no quotation marks (HTML, unquoted attribute values)."""


def compact(html: Html, letters: Mapping[str, str]) -> Html:
    """Write each trace as `data-at="LETTER START END"`, and values without quotation marks where they need none.

    `html` is what `el` built, without a style or a script: a quotation mark in its words is escaped, so that words
    cannot be mistaken for an attribute. `letters` name the accounts by id.
    """

    def at(found: re.Match[str]) -> str:
        return f' data-at="{letters[unescape(found[1])]} {found[2]} {found[3]}"'

    return Html(_BARE.sub(r" \1=\2", _TRACE.sub(at, html)))
