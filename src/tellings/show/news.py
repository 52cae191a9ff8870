"""What watching says, for the terminal: every line of somebody else's words is cleaned of what steers one."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tellings.show.lines import Line
from tellings.show.plain import clean, quoted
from tellings.show.signs import plural
from tellings.show.terminal import laid_out, wants_color
from tellings.watching.records import AccountNews, ConflictNews, StoryNews, VersionNews

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tellings.watching.records import News, Stretch

_WORDS, _TITLE, _SHOWN = 400, 120, 8
"""Characters of a statement and of a title, and how many statements of each kind are shown."""


def render_news(one: News, *, width: int | None = None) -> str:
    """One piece of news in a few lines."""
    columns = shutil.get_terminal_size((80, 24)).columns if width is None else width
    return laid_out(list(_lines(one)), columns, wants_color())


def _lines(one: News) -> Iterator[Line]:
    if isinstance(one, StoryNews):
        yield Line(body=f"story {one.story} begins: {_about(one)}", style="head")
    elif isinstance(one, AccountNews):
        moved = ", from another story" if one.moved else ""
        head = f"story {one.story} has gained an account ({plural(one.accounts, 'account')} now){moved}: {_about(one)}"
        yield Line(body=head, style="head")
        if one.why:
            yield Line(2, body=clean(one.why), style="ours")
    elif isinstance(one, ConflictNews):
        score = "" if one.score is None else f" ({one.score:.2f})"
        yield Line(body=f"story {one.story} has a conflict of {one.what}{score}", style="head")
        yield from (_stretch(side) for side in (one.a, one.b))
    else:
        yield from _version(one)


def _version(one: VersionNews) -> Iterator[Line]:
    yield Line(body=f"story {one.story}: version {one.version} of {_about(one)}", style="head")
    yield from _pairs("silently corrected", one.silent)
    yield from _pairs("altered", one.altered)
    for what, found in (("added", one.added), ("removed", one.removed)):
        for side in found[:_SHOWN]:
            yield Line(2, body=f"{what}: {quoted(side.text, _WORDS)}")
        yield from _more(len(found), what)
    if not (one.silent or one.altered or one.added or one.removed):
        yield Line(2, body="no statement is another", style="ours")


def _pairs(what: str, found: Sequence[tuple[Stretch, Stretch]]) -> Iterator[Line]:
    for before, after in found[:_SHOWN]:
        yield Line(2, body=f"{what}: {quoted(before.text, _WORDS)}")
        yield Line(2, body=f"now: {quoted(after.text, _WORDS)}")
    yield from _more(len(found), what)


def _more(count: int, what: str) -> Iterator[Line]:
    if count > _SHOWN:
        yield Line(2, body=f"and {count - _SHOWN} more {what}", style="ours")


def _stretch(one: Stretch) -> Line:
    return Line(2, body=f"{clean(one.outlet or one.account)}: {quoted(one.text, _WORDS)}")


def _about(one: StoryNews | AccountNews | VersionNews) -> str:
    title = quoted(one.title, _TITLE) if one.title else clean(one.account)
    return " ".join(part for part in (clean(one.outlet or ""), title) if part)
