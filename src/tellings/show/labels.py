"""Labels of one account and voice put together: the same words once, with how often and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tellings.records import Excerpt, LabelUse

_ORDER = ("name", "title", "apposition", "predicate", "nominal", "modifier", "verb", "noun")


class Group(NamedTuple):
    """The same words used the same way: their first place, how often, and the speakers told for them, each once."""

    first: LabelUse
    times: int
    speakers: tuple[Excerpt, ...]


def grouped(labels: Iterable[LabelUse]) -> tuple[Group, ...]:
    """Labels of one account and voice by their words, capitals apart: names before others, common ones first."""
    held: dict[tuple[str, str], list[LabelUse]] = {}
    for label in labels:
        held.setdefault((label.kind, " ".join(label.text.lower().split())), []).append(label)
    groups = [Group(uses[0], len(uses), _speakers(uses)) for uses in held.values()]
    return tuple(sorted(groups, key=lambda group: (_ORDER.index(group.first.kind), -group.times, group.first.start)))


def _speakers(uses: Iterable[LabelUse]) -> tuple[Excerpt, ...]:
    found = {use.speaker.text: use.speaker for use in uses if use.speaker is not None}
    return tuple(found.values())
