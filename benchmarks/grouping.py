"""How fast grouping is, vectors given, and how that grows: synthetic accounts with the statistics of real ones.

    python -m benchmarks.grouping [--accounts 1000000] [--a-day 100000]

A synthetic account has 70 terms drawn as words are (Zipf, exponent 1.05, over 200,000), those of its event among them;
events have 1 to many accounts (a power law with exponent 2.2, cut at 400) that come within some days; vectors of one
event have the cosine that accounts of one AllSides story have (.85 in the mean), of others about .45. Prints accounts a
second, the longest any thousand took, the bytes an account, B-cubed against the events, and the growth from a
hundredth of the accounts.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Iterator

import numpy as np

from tellings.grouping import Sketch, Stream

_WORDS, _OWN, _TERMS = 200_000, 40, 70
_CHUNK = 10_000


def accounts(number: int, a_day: int, seed: int = 5) -> Iterator[tuple[Sketch, int]]:
    """Sketches in arrival order with the numbers of their events."""
    rng = np.random.default_rng(seed)
    ranks = np.arange(1, _WORDS + 1) ** -1.05
    cumulative = np.cumsum(ranks / ranks.sum())
    terms = rng.permutation(np.arange(1, _WORDS + 1, dtype=np.uint32) * np.uint32(21_467))
    common = rng.normal(size=384)
    event = _events(number, a_day, rng)
    for first in range(0, number, _CHUNK):
        for n in range(first, min(first + _CHUNK, number)):
            yield _account(n, int(event[n]), n // a_day, terms, cumulative, common), int(event[n])


def _events(number: int, a_day: int, rng: np.random.Generator) -> np.typing.NDArray[np.int64]:
    """The event of each arrival: sizes by a power law, arrivals of one event within about a day and a half."""
    sizes = np.minimum((rng.random(number) ** (-1 / 1.2)).astype(np.int64), 400)
    sizes = sizes[: int(np.searchsorted(np.cumsum(sizes), number)) + 1]
    events = np.repeat(np.arange(len(sizes)), sizes)[:number]
    begun = rng.random(len(sizes)) * number
    when = begun[events] + rng.exponential(a_day / 2, size=number)
    return events[np.argsort(when, kind="stable")]


def _account(  # noqa: PLR0913 - all that an account is drawn from
    n: int,
    event: int,
    day: int,
    terms: np.typing.NDArray[np.uint32],
    cumulative: np.typing.NDArray[np.float64],
    common: np.typing.NDArray[np.float64],
) -> Sketch:
    own = np.random.default_rng([event, 1])
    about = own.integers(200, _WORDS, size=_OWN)
    centre = common * 0.67 + own.normal(size=384) * 0.62
    mine = np.random.default_rng([n, 2])
    told = about[mine.random(_OWN) < 0.6]
    other = np.searchsorted(cumulative, mine.random(_TERMS - len(told)))
    found = np.unique(terms[np.concatenate([told, other]).clip(max=_WORDS - 1)])
    vector = centre + mine.normal(size=384) * 0.38
    names = np.unique(terms[about[:8]][mine.random(8) < 0.5] & ~np.uint32(1))
    return Sketch(
        id=f"{n:012x}",
        outlet=None,
        day=730_000 + day,
        vector=np.rint(vector * (127 / np.linalg.norm(vector))).astype(np.int8),
        terms=found,
        weights=np.full(len(found), 20, dtype=np.uint8),
        names=names.astype(np.uint32),
        days=np.array([730_000 + day], dtype=np.int32),
        figures=np.sort(mine.integers(1, 2**31, size=4).astype(np.uint32)),
        signs=mine.integers(0, 2**32, size=64, dtype=np.uint32),
    )


def run(number: int, a_day: int) -> float:
    """Group so many accounts and print how it went; seconds an account, the making of sketches left out."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    stream = Stream(number)
    spent, cpu, slowest, part, made = 0.0, 0.0, 0.0, 0.0, []
    batch: list[Sketch] = []
    for sketch, event in accounts(number, a_day):
        made.append(event)
        batch.append(sketch)
        if len(batch) == 1000:
            begun, used = time.perf_counter(), time.process_time()
            for one in batch:
                stream.add(one)
            part = time.perf_counter() - begun
            spent, cpu, slowest = spent + part, cpu + time.process_time() - used, max(slowest, part)
            batch = []
    begun, used = time.perf_counter(), time.process_time()
    stream.settle(everything=True)
    last = time.perf_counter() - begun
    spent, cpu = spent + last, cpu + time.process_time() - used
    held = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 / number
    print(
        f"{number:>9,} accounts: {number / spent:,.0f} a second ({number / cpu:,.0f} a second of one core's time), "
        f"slowest thousand {slowest:.2f} s, settling all {last:.1f} s, {held:,.0f} bytes an account, "
        f"B-cubed F1 {_b_cubed(stream, made):.3f}"
    )
    return cpu / number


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
    """Group a hundredth of the accounts, then all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accounts", type=int, default=1_000_000)
    parser.add_argument("--a-day", type=int, default=100_000)
    given = parser.parse_args()
    small = run(max(1000, given.accounts // 100), given.a_day)
    large = run(given.accounts, given.a_day)
    print(f"time an account, {given.accounts:,} to a hundredth: {large / small:.2f} times")


if __name__ == "__main__":
    main()
