"""What a library gives, for the terminal: every line of somebody else's words is cleaned of what steers one."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tellings.show.lines import Line
from tellings.show.plain import clean, quoted
from tellings.show.signs import plural
from tellings.show.terminal import laid_out, wants_color

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tellings.library.records import Found, Listed, SourceCount, Story, StoryListed

_WORDS = 600
_TITLE = 120


def render_found(found: Iterable[Found], *, width: int | None = None) -> str:
    """What a search found: account, span, who says it, the words."""
    return _laid(_found(found), width)


def render_accounts(accounts: Iterable[Listed], *, width: int | None = None) -> str:
    """Accounts, a few lines each."""
    return _laid((line for one in accounts for line in _account(one)), width)


def render_sources(sources: Iterable[SourceCount], *, width: int | None = None) -> str:
    """Sources with their counts."""
    return _laid(
        (
            Line(body=f"{clean(one.name)} ({one.type or 'cannot tell'}): {_counts(one)}")
            for one in sources
        ),
        width,
    )  # fmt: skip


def render_stories(stories: Iterable[StoryListed], *, width: int | None = None) -> str:
    """Stories, a line each."""
    return _laid(
        (
            Line(body=f"{one.story}  {clean(one.title or 'untitled')}: {plural(one.accounts, 'account')}{_days(one)}")
            for one in stories
        ),
        width,
    )


def render_story(story: Story, *, width: int | None = None) -> str:
    """A story's accounts, then its past."""
    return _laid(_story(story), width)


def _story(story: Story) -> Iterator[Line]:
    yield Line(body=f"story {story.story}: {plural(len(story.accounts), 'account')}", style="head")
    for one in story.accounts:
        yield from _account(one)
    for change in story.changes:
        why = f": {clean(change.why)}" if change.why else ""
        what = f"{change.at}: {clean(change.account)} {change.what} (by {clean(change.by)}){why}"
        yield Line(2, body=what, style="ours")


def _found(found: Iterable[Found]) -> Iterator[Line]:
    for one in found:
        where = " ".join(clean(part) for part in (one.outlet, one.published) if part)
        yield Line(body=f"{clean(one.account)} {one.start}-{one.end}  {where}".rstrip(), style="head")
        yield Line(2, body=quoted(one.text, _WORDS))
        if one.speaker or one.source_type:
            kind = f" ({one.source_type})" if one.source_type else ""
            cue = f", {quoted(one.cue, _TITLE)}" if one.cue else ""
            manner = f", {one.manner}" if one.manner else ""
            yield Line(2, body=f"{clean(one.speaker or 'nobody named')}{kind}{cue}{manner}", style="ours")


def _account(one: Listed) -> Iterator[Line]:
    yield Line(body=clean(one.account), style="head")
    said = [clean(part) for part in (one.outlet, one.published) if part]
    said += [one.kind, plural(one.characters, "character"), plural(one.statements, "statement")]
    said += [f"version {one.version}"] if one.version else []
    said += [f"story {one.story}"] if one.story is not None else []
    yield Line(2, body=", ".join(said))
    if one.title:
        yield Line(2, body=quoted(one.title, _TITLE))


def _counts(one: SourceCount) -> str:
    outlets = f" of {plural(one.outlets, 'outlet')}" if one.outlets else ""
    return f"{plural(one.attributions, 'attribution')} in {plural(one.accounts, 'account')}{outlets}"


def _days(one: StoryListed) -> str:
    if not one.first or not one.last:
        return ""
    return f", {one.first[:10]}" if one.first[:10] == one.last[:10] else f", {one.first[:10]} to {one.last[:10]}"


def _laid(lines: Iterable[Line], width: int | None) -> str:
    columns = shutil.get_terminal_size((80, 24)).columns if width is None else width
    return laid_out(list(lines), columns, wants_color())
