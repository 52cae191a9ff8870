"""How fast grouping is, vectors given, and how that grows: synthetic accounts with the statistics of real ones.

    python -m benchmarks.grouping [--accounts 1000000] [--a-day 100000]

What accounts are drawn like was measured of read GVA and AllSides accounts (`python -m benchmarks.grouping --measure
SKETCHES`, sketches as `training.grouping.leads` keeps them): the sizes of events and the days between their accounts
are GVA's, whose stories are not cut to three as AllSides's are; in how many accounts a term stands, what two accounts
of one event share and the cosines are AllSides's, whose events are of many kinds. A collection picks what it holds: a
crawl has larger events, and more accounts of no event at all. The same figures of the drawn accounts are printed.

Then, for a hundredth, a tenth and all of the accounts: accounts a second, the longest any thousand took, the bytes an
account in the window, B-cubed against the events, and the growth of the processor's time.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tellings.grouping import Sketch, Stream
from tellings.grouping.storing import stored

SIZES = {1: 1172, 2: 506, 3: 199, 4: 55, 5: 27, 6: 12, 7: 5, 8: 3, 9: 2, 10: 1, 12: 1, 17: 1}
"""How many of GVA's stories have so many accounts."""
LATER = ((0, 0.55), (1, 0.21), (2, 0.06), (4, 0.08), (8, 0.10), (30, 0.0))
"""Days after its event from which on an account comes, and how often before the next; two then are as far apart as
GVA's (.34 the same day, .24 one day, .15 two or three, .08 up to a week)."""
SPREAD = ((1, 0.4659), (10, 0.1265), (100, 0.0572), (1000, 0.0195), (10_000, 0.0012), (200_000, 0.0000334))
"""In what part of AllSides's sketches the term of each rank stands; beyond 10,000 the slope before it goes on."""
_OWN, _TOLD, _OTHER = 30, 0.8, 60  # terms of an event, the part that an account tells, terms of other things
_NAMES, _NAMED, _NAMES_ELSE = 6, 0.7, 5
_COMMON, _EVENT, _ALONE = 0.67, 0.60, 0.437  # what a vector has of all, of its event and of itself: cosines .45 and .81
_FIGURES, _FIGURED = 4, 0.25
_DAY = 0.72  # how often the event's day is told
_REPRINTED = 0.13  # how often an account has its event's wire text
_CHUNK = 1000
_COUNTED = ("terms", "names", "figures")


@dataclass(frozen=True, slots=True)
class Drawn:
    """What accounts are drawn from: terms by rank with their cumulated share, names likewise, the common vector."""

    terms: NDArray[np.uint32]
    share: NDArray[np.float64]
    names: NDArray[np.uint32]
    common: NDArray[np.float64]


def drawn(seed: int = 5) -> Drawn:
    """The vocabulary and the vector that all accounts have a part of."""
    rng = np.random.default_rng(seed)
    ranks, parts = np.array(SPREAD).T
    share = np.exp(np.interp(np.log(np.arange(1, int(ranks[-1]) + 1)), np.log(ranks), np.log(parts)))
    numbers = rng.permutation(np.arange(1, len(share) + 1, dtype=np.uint32) * np.uint32(21_467))
    return Drawn(numbers, np.cumsum(share / share.sum()), numbers[::10] & ~np.uint32(1), rng.normal(size=384))


def accounts(number: int, a_day: int, seed: int = 5) -> Iterator[tuple[Sketch, int]]:
    """Sketches in arrival order with the numbers of their events."""
    given = drawn(seed)
    event, days = _events(number, a_day, np.random.default_rng(seed))
    for n in range(number):
        yield _account(n, int(event[n]), int(days[n]), n // a_day, given), int(event[n])


def _events(number: int, a_day: int, rng: np.random.Generator) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The event of each arrival and the day it happened."""
    sizes = rng.choice(list(SIZES), p=np.array(list(SIZES.values())) / sum(SIZES.values()), size=number)
    sizes = sizes[: int(np.searchsorted(np.cumsum(sizes), number)) + 1]
    events = np.repeat(np.arange(len(sizes)), sizes)[:number]
    begun = rng.random(len(sizes)) * number / a_day
    days, parts = np.array(LATER).T
    later = np.interp(rng.random(number), np.concatenate([[0], np.cumsum(parts[:-1])]), days)
    order = np.argsort(begun[events] + later, kind="stable")
    return events[order], begun[events].astype(np.int64)[order]


def _account(n: int, event: int, happened: int, day: int, given: Drawn) -> Sketch:
    own, mine = np.random.default_rng([event, 1]), np.random.default_rng([n, 2])
    about = own.integers(100, len(given.terms) // 4, size=_OWN)
    centre = given.common * _COMMON + own.normal(size=384) * _EVENT
    other = np.searchsorted(given.share, mine.random(_OTHER))
    found = np.unique(given.terms[np.concatenate([about[mine.random(_OWN) < _TOLD], other])])
    vector = centre + mine.normal(size=384) * _ALONE
    named = given.names[about[:_NAMES] // 10][mine.random(_NAMES) < _NAMED]
    others = given.names[(mine.random(_NAMES_ELSE) ** 4 * len(given.names)).astype(np.int64)]
    names = np.unique(np.concatenate([named | (named >> 9 & 1), others | (others >> 9 & 1)]))
    figures = own.integers(1, 2**31, size=_FIGURES)[mine.random(_FIGURES) < _FIGURED]
    copied = mine.random() < _REPRINTED
    return Sketch(
        id=f"{n:012x}",
        outlet=None,
        day=730_000 + day,
        vector=np.rint(vector * (127 / np.linalg.norm(vector))).astype(np.int8),
        terms=found,
        weights=np.full(len(found), 20, dtype=np.uint8),
        names=names.astype(np.uint32),
        days=np.array([730_000 + (happened if mine.random() < _DAY else day)], dtype=np.int32),
        figures=np.unique(np.concatenate([figures, mine.integers(1, 2**31, size=2)])).astype(np.uint32),
        signs=(own if copied else mine).integers(0, 2**32, size=64, dtype=np.uint32),
    )


def told(title: str, sketches: Sequence[Sketch], events: Sequence[object]) -> None:
    """Print what accounts are like, and what two of one event and two of others have in common."""
    by: dict[object, list[Sketch]] = {}
    for one, event in zip(sketches, events, strict=True):
        by.setdefault(event, []).append(one)
    inside = [(a, b) for held in by.values() for n, a in enumerate(held[:4]) for b in held[:n]]
    places = np.random.default_rng(3).integers(0, len(sketches), size=(2000, 2))
    terms, names, figures = (np.mean([len(getattr(a, name)) for a in sketches]) for name in _COUNTED)
    each = len(sketches) / len(by)
    print(f"{title}: {each:.2f} accounts an event, {terms:.0f} terms, {names:.1f} names, {figures:.1f} figures")
    for name, pairs in (("one event", inside), ("others", [(sketches[a], sketches[b]) for a, b in places])):
        cosine, terms, names, figures, days, runs = np.mean([_common(*pair) for pair in pairs], axis=0)
        print(
            f"  two of {name} share {terms:.1f} terms, {names:.2f} names, {figures:.2f} figures, {days:.2f} days told; "
            f"cosine {cosine:.2f}, MinHash {runs:.3f}"
        )


def _common(one: Sketch, other: Sketch) -> tuple[float, ...]:
    mine, theirs = one.vector.astype(float), other.vector.astype(float)
    return (
        float(mine @ theirs / (np.linalg.norm(mine) * np.linalg.norm(theirs) + 1e-9)),
        *(
            len(np.intersect1d(getattr(one, name), getattr(other, name)))
            for name in ("terms", "names", "figures", "days")
        ),
        float((one.signs == other.signs).mean()),
    )


def measure(path: Path) -> None:
    """Print what read accounts of GVA and AllSides are like."""
    from tellings.evaluate.corpora import corpora_folder
    from tellings.evaluate.grouped import grouped

    held = {one.id: one for one in stored(path)}
    for name in ("gva", "allsides"):
        read = [one for one in grouped(corpora_folder(), name) if one.account.id in held]
        told(name, [held[one.account.id] for one in read], [one.story for one in read])


def run(number: int, a_day: int) -> float:
    """Group so many accounts and print how it went; the processor's seconds an account, without making sketches."""
    before = _resident()
    stream = Stream(number)
    spent, cpu, slowest, tenth, made = 0.0, 0.0, 0.0, 0.0, []
    batch: list[Sketch] = []
    for n, (sketch, event) in enumerate(accounts(number, a_day), 1):
        made.append(event)
        batch.append(sketch)
        if len(batch) == _CHUNK or n == number:
            begun, used = time.perf_counter(), time.process_time()
            stream.extend(batch)
            part = time.process_time() - used
            spent, cpu, slowest = spent + time.perf_counter() - begun, cpu + part, max(slowest, part)
            tenth += part
            batch = []
        if n % max(_CHUNK, number // 10) == 0:
            print(f"  {n:>9,}: {tenth * 1e6 / max(_CHUNK, number // 10):.0f} us each in the last tenth", flush=True)
            tenth = 0.0
    begun, used = time.perf_counter(), time.process_time()
    stream.settle(everything=True)
    last = time.process_time() - used
    spent, cpu = spent + time.perf_counter() - begun, cpu + last
    held = (_resident() - before) / number
    print(
        f"{number:>9,} accounts: {number / cpu:,.0f} a second of one core's time ({number / spent:,.0f} by the clock), "
        f"slowest thousand {slowest:.2f} s, settling all at the end {last:.1f} s, {held:,.0f} bytes an account, "
        f"B-cubed F1 {_b_cubed(stream, made):.3f}",
        flush=True,
    )
    return cpu / number


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize()


def _b_cubed(stream: Stream, events: list[int]) -> float:
    found = np.zeros(len(events), dtype=np.int64)
    for n, rows in enumerate(stream.stories().values()):
        found[[int(name, 16) for name in rows]] = n
    pairs = found * (max(events) + 1) + np.array(events)
    _, where = np.unique(pairs, return_inverse=True)
    shared = np.bincount(where)[where]
    precision = (shared / np.bincount(found)[found]).mean()
    recall = (shared / np.bincount(events)[np.array(events)]).mean()
    return float(2 * precision * recall / (precision + recall))


def main() -> None:
    """Say what is drawn, then group a hundredth of the accounts, a tenth, all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accounts", type=int, default=1_000_000)
    parser.add_argument("--a-day", type=int, default=100_000)
    parser.add_argument("--measure", type=Path)
    given = parser.parse_args()
    if given.measure:
        measure(given.measure)
    sketches, events = zip(*accounts(3000, 300), strict=True)
    told("drawn", sketches, events)
    steps = [max(1000, given.accounts // part) for part in (100, 10, 1)]
    costs = [run(number, given.a_day) for number in steps]
    for number, cost in zip(steps[1:], costs[1:], strict=True):
        print(f"time an account, {number:,} to {steps[0]:,}: {cost / costs[0]:.2f} times")


if __name__ == "__main__":
    main()
