"""Accounts to stories and copies: `group` sketches as a stream; `copies` tells who printed whose text."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tellings.errors import InputError
from tellings.grouping.copies import copies
from tellings.grouping.leads import lead
from tellings.grouping.ledger import Ledger
from tellings.grouping.records import Change, Passage, Reuse, Sketch, Story
from tellings.grouping.scoring import Scorer
from tellings.grouping.sketching import sketch, unread
from tellings.grouping.stream import JOIN, Stream
from tellings.grouping.window import BLOCK

__all__ = ["Change", "Passage", "Reuse", "Sketch", "Story", "Stream", "copies", "group", "lead", "sketch", "unread"]


def group(
    sketches: Iterable[Sketch],
    *,
    capacity: int = 200_000,
    on_problem: Callable[[InputError], None] | None = None,
    model: Scorer | None = None,
    join: float = JOIN,
) -> tuple[Story, ...]:
    """The stories of sketches in the order they arrive, each story in the order of its first account.

    The last `capacity` accounts are compared with (1.6 KB each). The same order gives the same stories; another gives
    nearly the same. `model` scores two accounts (the shipped one by default), `join` is the least mean probability
    inside a story. A second account with an id that was there before is given to `on_problem` and left out.
    """
    stream, ledger = Stream(capacity, model=model, join=join), Ledger()
    days: dict[str, int | None] = {}
    block: list[Sketch] = []
    for one in sketches:
        if one.id in days:
            if on_problem is not None:
                on_problem(InputError(one.id, "has an id that an account before it has", "give each account an id"))
            continue
        days[one.id] = one.day
        block.append(one)
        if len(block) == BLOCK:
            ledger.add(stream.extend(block))
            block = []
    ledger.add(stream.extend(block))
    ledger.add(stream.settle(everything=True))
    return ledger.stories(days)
