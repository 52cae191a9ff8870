"""Who printed whose text: near-duplicates, later versions and partial reuse, passage by passage.

Candidates share sampled runs of five words (a run is kept by its number alone, so both texts keep the same ones); what
they share is then laid over each other word by word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tellings.comparing.copies import RUN
from tellings.grouping.alignment import Sequenced, Taken, passages, sequenced, taken
from tellings.grouping.records import CopyKind, Reuse

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tellings.records import Account

TAKEN = 0.1
"""The least weight of what is shared for it to count as taken: the words of the passages, five of each left out so that
usual phrases weigh little, as a part of the shorter text's. Chosen on half of 200 labelled pairs."""
COPIED = 0.7
"""The part from which an account is a copy rather than one that took a part."""
_SAMPLED = 4  # one run in so many is looked up
_SHORT = 200  # runs: of a shorter text all are
_KEPT = 8  # first accounts kept for a run: the one it came from is among them
_ALIGNED = 4  # accounts that one is laid over
_NEARLY = 0.95  # a share from which no other source is looked for


@dataclass(frozen=True, slots=True)
class _Earlier:
    account: Account
    text: Sequenced


def copies(accounts: Iterable[Account]) -> Iterator[Reuse]:
    """What each account took from ones before it, in the order of their dates (undated ones last, by arrival).

    An account may have taken from several; a word is given to one source, that of which most was taken first. Spans are
    code points of both texts, half-open. Memory grows with the texts; time with their length and what they share.
    """
    before: list[_Earlier] = []
    places: dict[int, list[int]] = {}
    for account in sorted(accounts, key=lambda one: one.published or "9999"):
        one = _Earlier(account, sequenced(account.text))
        sampled = _sample(one.text.runs)
        found = Counter(n for run in sampled for n in places.get(run, ()))
        likeliest = sorted(found, key=lambda n: (-found[n], n))[:_ALIGNED]
        yield from _reused(one, [before[n] for n in likeliest])
        for run in sampled:
            held = places.setdefault(run, [])
            if len(held) < _KEPT:
                held.append(len(before))
        before.append(one)


def copied(source: str, text: str) -> bool:
    """Whether so much of one text stands in another that it counts as taken; the order of the two hardly matters."""
    one, other = sequenced(text), sequenced(source)
    return _weight(taken(one, other), one, other) >= TAKEN


def _sample(runs: NDArray[np.uint64]) -> list[int]:
    found = np.unique(runs if len(runs) < _SHORT else runs[runs % np.uint64(_SAMPLED) == 0])
    return [int(run) for run in found]


def _reused(one: _Earlier, sources: list[_Earlier]) -> Iterator[Reuse]:
    words = len(one.text.keys)
    free = np.ones(words, dtype=bool)
    laid = []
    for source in sources:
        found = taken(one.text, source.text)
        laid.append((source, found))
        if _covered(found) >= _NEARLY * words:
            break
    for source, _ in sorted(laid, key=lambda pair: -_covered(pair[1])):
        found = taken(one.text, source.text, free=free)
        if _weight(found, one.text, source.text) < TAKEN:
            continue
        yield _told(one, source, found)
        for part in found:
            free[part.start : part.end] = False


def _told(one: _Earlier, source: _Earlier, found: tuple[Taken, ...]) -> Reuse:
    covered = _covered(found)
    share = covered / len(one.text.keys)
    # A passage that the account repeats is taken from one place: the places count once.
    places = {n for part in found for n in range(part.source, part.source + part.end - part.start)}
    kind: CopyKind = "partial"
    if share >= COPIED:
        mine, theirs = one.account.outlet, source.account.outlet
        kind = "version" if mine is not None and mine == theirs else "copy"
    return Reuse(
        one.account.id,
        source.account.id,
        kind,
        round(share, 4),
        round(len(places) / len(source.text.keys), 4),
        passages(found, one.text, source.text),
    )


def _weight(found: tuple[Taken, ...], text: Sequenced, source: Sequenced) -> float:
    shorter = min(len(text.keys), len(source.keys))
    return sum(part.end - part.start - RUN for part in found) / shorter if shorter else 0.0


def _covered(found: tuple[Taken, ...]) -> int:
    return sum(part.end - part.start for part in found)
