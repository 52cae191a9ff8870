"""Stories from the changes of a stream: which accounts each holds in the end, and what happened to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from tellings.grouping.records import Change, Story


class Ledger:
    """Folds changes into stories; unlike a stream it keeps every account's id."""

    def __init__(self) -> None:
        self._accounts: dict[str, dict[str, None]] = {}
        self._changes: dict[str, list[Change]] = {}

    def add(self, changes: Iterable[Change]) -> None:
        """Repeat what happened, in its order."""
        for change in changes:
            self._repeat(change)
            self._changes.setdefault(change.story, []).append(change)

    def stories(self, days: Mapping[str, int | None]) -> tuple[Story, ...]:
        """The stories, each with its accounts in the order of `days`, which has the day of every account by its id."""
        order = {name: n for n, name in enumerate(days)}
        found = []
        for name, accounts in self._accounts.items():
            held = tuple(sorted(accounts, key=order.__getitem__))
            dated = [day for one in held if (day := days[one]) is not None]
            first, last = (_iso(min(dated)), _iso(max(dated))) if dated else (None, None)
            found.append(Story(name, held, first, last, tuple(self._changes[name])))
        return tuple(sorted(found, key=lambda story: order[story.accounts[0]]))

    def _repeat(self, change: Change) -> None:
        if change.kind in {"begun", "joined"}:
            self._accounts.setdefault(change.story, {})[_named(change.account)] = None
        elif change.kind == "split":
            self._accounts.setdefault(_named(change.other), {})
            self._changes.setdefault(_named(change.other), []).append(change)
        elif change.kind == "moved":
            self._accounts[_named(change.other)].pop(_named(change.account))
            self._accounts[change.story][_named(change.account)] = None
        else:
            self._accounts[change.story].update(self._accounts.pop(_named(change.other)))
            taken = self._changes.pop(_named(change.other), [])
            self._changes.setdefault(change.story, []).extend(taken)


def _named(name: str | None) -> str:
    if name is None:
        raise ValueError("a change without the name that its kind has")
    return name


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()
