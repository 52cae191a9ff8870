"""One line of terminal output: an indent, a mark that hangs to the left, and a body that wraps beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tellings.show.signs import CUT, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

_STYLES = {
    "disputed": "bold red",
    "conflict": "bold red",
    "differs": "yellow",
    "differ": "yellow",
    "updated": "magenta",
    "update": "magenta",
    "narrower": "cyan",
    "agreed": "green",
    "agree": "green",
    "single": "",
    "ours": "dim",
    "head": "bold",
    "": "",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line before it is wrapped; `room` is the width kept for the mark (columns), at least its own."""

    indent: int = 0
    mark: str = ""
    body: str = ""
    style: str = ""
    mark_style: str = "head"
    room: int = 0

    def renderable(self) -> RenderableType:
        """Give what rich prints: text is never read as markup, and wraps to the right of the mark."""
        from rich.padding import Padding
        from rich.table import Table
        from rich.text import Text

        body = Text(self.body, style=_STYLES[self.style])
        room = max(self.room, len(self.mark))
        if not room:
            return Padding(body, (0, 0, 0, self.indent))
        grid = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
        grid.add_column(width=room, no_wrap=True)
        grid.add_column(ratio=1, overflow="fold")
        grid.add_row(Text(self.mark, style=_STYLES[self.mark_style]), body)
        return Padding(grid, (0, 0, 0, self.indent))


def rest(indent: int, left: int, what: str, room: int = 0) -> Iterator[Line]:
    """Give the line that counts what is not shown, if anything is not."""
    if left:
        yield Line(indent, "", f"{CUT} {plural(left, f'more {what}')}", style="ours", room=room)


def section(title: str, style: str = "head") -> Iterator[Line]:
    """Give the heading of a section, after an empty line."""
    yield Line()
    yield Line(body=title, style=style)
