"""Reading, comparing and laying over without a model: a statement is a sentence, a conflict two with the same end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from types import SimpleNamespace
from typing import Any

from tellings.diffing import Difference
from tellings.records import Account, Excerpt
from tellings.watching import Tools
from tests.show.readings import empty

_DIED = re.compile(r"(\w+) weavers died\.")


def sentences(account: Account) -> Iterator[Excerpt]:
    for match in re.finditer(r"[^.\n]+\.", account.text):
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        yield Excerpt(account.id, start, match.end(), account.text[start : match.end()])


def compared(accounts: Sequence[Account]) -> Any:
    """Accounts that give another number of dead are in conflict."""
    found = [
        SimpleNamespace(account=one.id, start=match.start(), end=match.end(), text=match.group(), value=match[1])
        for one in accounts
        for match in _DIED.finditer(one.text)
    ]
    relations = [
        SimpleNamespace(a=a, b=b, kind="agree" if found[a].value == found[b].value else "conflict", score=0.9)
        for a, b in combinations(range(len(found)), 2)
    ]
    claim = SimpleNamespace(appearances=found, relations=relations)
    return SimpleNamespace(claims=[claim], quantities=_quantities(accounts))


def _quantities(accounts: Sequence[Account]) -> list[Any]:
    """Another quantity: how many looms burned, the figure before what it counts."""
    uses = []
    for one in accounts:
        for match in re.finditer(r"(\d+)( looms)? burned", one.text):
            counted = Excerpt(one.id, match.start(2) + 1, match.end(2), "looms") if match[2] else None
            uses.append(
                SimpleNamespace(account=one.id, start=match.start(1), end=match.end(1), text=match[1], counted=counted)
            )
    pairs = [
        SimpleNamespace(a=a, b=b, verdict="compatible" if uses[a].text == uses[b].text else "conflicting")
        for a, b in combinations(range(len(uses)), 2)
    ]
    return [SimpleNamespace(uses=uses, pairs=pairs)]


def differences(before: Account, after: Account) -> Any:
    mine, its = list(sentences(before)), list(sentences(after))
    old, new = {one.text for one in mine}, {one.text for one in its}
    removed = [Difference("removed", one, None) for one in mine if one.text not in new]
    added = [Difference("added", None, one) for one in its if one.text not in old]
    return SimpleNamespace(differences=(*removed, *added))


TOOLS = Tools(lambda one: empty(replace(one)), compared, differences, "none")
