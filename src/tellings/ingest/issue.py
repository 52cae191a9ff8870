"""The items of a newsletter's issue, where it plainly has several articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tellings.ingest.head import is_title
from tellings.ingest.mailfoot import is_more, reads_on
from tellings.ingest.rows import count_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tellings.ingest.rows import Row

# An item has a heading and more words than this; a shorter one is a line of news among others.
FEWEST_WORDS = 60
_LONGEST_TITLE = 20


class Item(NamedTuple):
    """One article of an issue: its heading ("" for an opening without one), where that leads, its rows with it."""

    title: str
    url: str
    rows: list[Row]


def items_of(rows: Sequence[Row]) -> list[Item]:
    """Return the articles of an issue in order; none where it is one, or where that is not plain.

    Plain are two or more stretches, each of a heading and more than sixty words, which rules part from each other or
    whose headings lead elsewhere or which end in a link to read on. Subheadings of one article are none of that.
    """
    for opening, items in (_at_rules(rows), _at_headings(rows)):
        if len(items) > 1 and all(map(_is_long, items)):
            whole = count_words(opening) > FEWEST_WORDS
            return [Item("", "", opening), *map(_item, items)] if whole else list(map(_item, items))
    return []


def _at_rules(rows: Sequence[Row]) -> tuple[list[Row], list[list[Row]]]:
    """Part rows at rules into an opening and items; a short stretch at the end (a goodbye) is none."""
    parts = _parted(rows, lambda row: row.rule)
    opening, parts = _opened([part for part in ([row for row in part if not row.rule] for part in parts) if part])
    if len(parts) > 2 and not _is_long(parts[-1]):
        parts.pop()
    return opening, parts if all(map(_headed, parts)) else []


def _at_headings(rows: Sequence[Row]) -> tuple[list[Row], list[list[Row]]]:
    """Part rows at headings, where each leads elsewhere or each stretch ends in a link to read on."""
    opening, parts = _opened(_parted([row for row in rows if not row.rule], _is_heading))
    return opening, parts if all(_is_heading(part[0]) and (part[0].url or reads_on(part)) for part in parts) else []


def _opened(parts: list[list[Row]]) -> tuple[list[Row], list[list[Row]]]:
    """Part an issue's opening from its stretches: the first, if without a heading or short."""
    if parts and not (_headed(parts[0]) and _is_long(parts[0])):
        return parts[0], parts[1:]
    return [], parts


def _is_long(rows: Sequence[Row]) -> bool:
    return count_words(rows[1:]) > FEWEST_WORDS


def _parted(rows: Sequence[Row], begins: Callable[[Row], bool]) -> list[list[Row]]:
    parts: list[list[Row]] = [[]]
    for row in rows:
        if begins(row) and parts[-1]:
            parts.append([])
        parts[-1].append(row)
    return [part for part in parts if part]


def _is_heading(row: Row) -> bool:
    """Whether the markup calls a row a heading, or sets a short line bold that leads elsewhere."""
    return row.heading or (row.bold and bool(row.url) and _is_titled(row) and not is_more(row))


def _is_titled(row: Row) -> bool:
    return is_title(row.text) and 2 < len(row.text.split()) <= _LONGEST_TITLE


def _headed(rows: Sequence[Row]) -> bool:
    """Whether rows begin with a heading: marked as one, or a short line without a full stop before a blank one."""
    first = rows[0]
    if first.heading:
        return True
    return (
        len(rows) > 1
        and "\n\n" in rows[1].gap.text
        and is_title(first.text)
        and len(first.text.split()) <= _LONGEST_TITLE
    )


def _item(rows: list[Row]) -> Item:
    return Item(rows[0].text, rows[0].url, rows)
