"""How fast a library takes accounts in and finds them, and how large it is: `python -m benchmarks.library [OPTIONS]`.

Accounts are made up from real ones: PolNeAR's training articles are read once (kept in --readings), and each made-up
account has the shape of one of them, every layer and span, with its rarer words and names changed for invented ones of
the same length. How many different words and sources there are in all grows as it does in the real articles. Vectors
are those of the statements with noise. Reading is not timed.

Prints accounts a second by wall clock and by this process's own time, the size of the file, and medians of searches.
Recall of the search by meaning is measured by `training.codes`: here each statement has dozens of near copies.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import pickle
import re
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from math import log2
from pathlib import Path
from random import Random
from zlib import crc32

import numpy as np

from tellings import coding
from tellings.library import Query, open_library
from tellings.library.opened import Library
from tellings.records import Reading

CORPORA = Path(os.environ.get("TELLINGS_CORPORA", "../shared/corpora"))
COMMON = 2000  # words that are the same in every account
OUTLETS, DAYS = 300, 1800
ASKED = 100
NOISE = 0.02  # a number of a vector: its cosine to the one it is made of is .93

_WORD = re.compile(r"[^\W\d_]{4,}")
_LETTERS = "etaoinshrdlucmfwypvbgkjqxz"


def readings(path: Path, count: int) -> list[Reading]:
    """Real readings, made once and kept."""
    if not path.exists():
        from tellings.evaluate.corpora import polnear
        from tellings.ingest import account_from_text
        from tellings.reading import read

        texts = [one.text for one in polnear(CORPORA / "polnear" / "train.jsonl.gz") if one.first]
        Random(1).shuffle(texts)  # they stand by outlet, and what is of one outlet uses fewer words than so many do
        made = [coding.encode(one, with_pieces=False) for one in read(map(account_from_text, texts[:count]))]
        path.write_bytes(pickle.dumps(made))
    return [coding.decode(one) for one in pickle.loads(path.read_bytes())[:count]]


class Maker:
    """Makes accounts up; the same number is always the same account."""

    def __init__(self, real: list[Reading], size: int) -> None:
        self.real = real
        words = [set(_WORD.findall(one.account.text)) for one in real]
        counts = Counter(word for one in words for word in one)
        self.common = {word for word, _ in counts.most_common(COMMON)}
        times = max(1.0, size / len(real))
        self.growth = log2(len(set().union(*words)) / len(set().union(*words[: len(real) // 2])))
        self.worlds = max(1, round(times**self.growth))
        print(f"{size} accounts made of {len(real)} real ones; words grow as size^{self.growth:.2f}")

    def account(self, number: int) -> Reading:
        """One made-up reading."""
        one, dice = self.real[number % len(self.real)], Random(number)
        text = _WORD.sub(lambda found: self._word(found.group(), number), one.account.text)
        digest = hashlib.sha256(f"{number} {text}".encode()).hexdigest()
        outlet = int(OUTLETS * dice.random() ** 2)
        day = np.datetime64("2020-01-01") + int(DAYS * dice.random())
        account = replace(
            one.account, id=f"made-{number}", text=text, sha256=digest, title=text[:60].strip().replace("\n", " "),
            original=replace(one.account.original, sha256=digest, path=f"made/{number}.txt"), published=str(day),
            outlet=f"The Outlet {outlet}", url=f"https://outlet{outlet}.example/{number}", kind="article",
        )  # fmt: skip
        noise = np.random.default_rng(number).standard_normal(one.vectors.shape, dtype=np.float32)
        vectors = one.vectors + NOISE * noise
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        return replace(one, account=account, vectors=vectors)

    def _word(self, word: str, number: int) -> str:
        """Each rarer word from a world of its own: an account's text is no other's, though all its words are."""
        if word in self.common:
            return word
        world = crc32(f"{number} {word.lower()}".encode()) % self.worlds
        return word if world == 0 else _invented(word, world)


@lru_cache(1 << 20)
def _invented(word: str, world: int) -> str:
    dice = Random(f"{word.lower()} {world}")
    made = "".join(_LETTERS[int(26 * dice.random() ** 2)] for _ in word)
    return made.capitalize() if word[0].isupper() else made


def filled(library: Library, maker: Maker, size: int) -> tuple[int, float, float]:
    """Add all; gives bytes of text, wall seconds and seconds of this process, both without the making up."""
    numbers = iter(range(size))
    text, wall, own = 0, 0.0, 0.0
    while part := [maker.account(number) for number in islice(numbers, 500)]:
        text += sum(len(one.account.text.encode()) for one in part)
        began, cpu = time.perf_counter(), time.process_time()
        library.add(part, model="made up")
        wall, own = wall + time.perf_counter() - began, own + time.process_time() - cpu
    return text, wall, own


def medians(ask: Callable[[Query], object], queries: list[Query]) -> tuple[float, float, float]:
    """Milliseconds, the first query not counted: median and slowest tenth by the clock, median of the process's own.

    The own time leaves out what a server does, and what else runs on the machine.
    """
    ask(queries[0])
    wall, own = [], []
    for query in queries:
        began, cpu = time.perf_counter(), time.process_time()
        ask(query)
        wall.append(1000 * (time.perf_counter() - began))
        own.append(1000 * (time.process_time() - cpu))
    return statistics.median(wall), statistics.quantiles(wall, n=10)[-1], statistics.median(own)


def asked(maker: Maker, size: int) -> Iterator[tuple[str, list[Query]]]:
    """Queries of each sort, from accounts that are there."""
    dice = Random(7)
    told = [maker.account(dice.randrange(size)) for _ in range(ASKED)]

    def two(one: Reading) -> str:
        return " ".join(dice.sample(sorted(set(_WORD.findall(one.account.text))), 2))

    def speaker(one: Reading) -> str:
        sources = [a.source[0] for a in one.attributions if a.source and a.source_type == "named person"]
        span = dice.choice(sources) if sources else one.sentences[0]
        words = re.findall(r"\w+", one.account.text[span.start : span.end])
        return words[-1] if words else "president"

    yield "two words", [Query(words=two(one)) for one in told]
    yield "a speaker", [Query(speaker=speaker(one)) for one in told]
    yield "a speaker about a word", [Query(speaker=speaker(one), words=two(one).split()[0]) for one in told]
    yield "meaning", [Query(meaning=str(number)) for number in range(ASKED)]
    yield "meaning, one outlet", [Query(meaning=str(n), outlet=f"Outlet {n % OUTLETS}") for n in range(ASKED)]


@contextmanager
def places(store: str) -> Iterator[str]:
    """An empty place in a store."""
    if store == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield f"{folder}/news.db"
        return
    from tests.library.server import MISSING, new_database, programs, running

    found = programs()
    if found is None:
        raise SystemExit(MISSING)
    with running(found) as urls:
        yield new_database(urls, "news")


def size_of(library: Library, place: str) -> int:
    """Bytes of the file, its log written back; of the database on a server."""
    if "://" in place:
        with library.reading() as connection:
            return int(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one())
    with library.store.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    return Path(place).stat().st_size


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--size", type=int, default=10_000)
    options.add_argument("--store", choices=["sqlite", "postgresql"], default="sqlite")
    options.add_argument("--readings", type=Path, default=Path("out/readings.pickle"))
    options.add_argument("--real", type=int, default=260)
    chosen = options.parse_args()
    maker = Maker(readings(chosen.readings, chosen.real), chosen.size)
    with places(chosen.store) as place, open_library(place) as library:
        text, wall, own = filled(library, maker, chosen.size)
        size = chosen.size
        print(f"add: {size / wall:.0f} accounts/s by the clock, {size / own:.0f} by the process's own time")
        print(f"size: {size_of(library, place) / text:.2f} times the text ({text / 1e6:.0f} MB)", flush=True)
        vectors = [maker.account(n * 7919 % size).vectors for n in range(ASKED)]
        for name, queries in asked(maker, size):
            began = time.perf_counter()
            ask = lambda query: library.search(query, vector_of=lambda n: vectors[int(n)][0])  # noqa: E731
            ask(queries[0])
            first = time.perf_counter() - began
            middle, slow, own = medians(ask, queries)
            print(
                f"{name:<24}{middle:>8.1f} ms median{slow:>9.1f} ms slowest tenth{own:>8.1f} ms median of own time; "
                f"the first {1000 * first:.0f} ms",
                flush=True,
            )
        began = time.perf_counter()
        print(f"check: {len(library.check())} faults, {time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
