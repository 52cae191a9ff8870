"""Many readers and a few writers at a server: how long answers take. Run: `python -m benchmarks.serving --seconds 20`.

A real server (`tellings serve`) over a library of invented accounts in three stories of 10, 40 and 4. First the view of
each story is asked for once its comparison is made; then READERS ask for views and for the interface without a pause,
each waiting for its answer, while WRITERS add accounts, which are read by the shipped model beside. Server, model and
readers share the machine's cores.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx2

if TYPE_CHECKING:
    from collections.abc import Iterator

_WHO = ("harbour master Orrel", "fire chief Lind", "a dock worker", "the port company", "mayor Tamm", "a watchman")
_SHARED = ("two warehouses burned down", "nine people were hurt", "the quay was closed until Friday")
_THINGS = [
    "alarm",
    "roof",
    "crane",
    "gate",
    "ferry",
    "pump",
    "ladder",
    "hose",
    "cable",
    "fence",
    "boat",
    "truck",
    "engine",
    "window",
    "stair",
    "tank",
]
_DONE = [
    "checked",
    "repaired",
    "sold",
    "painted",
    "moved",
    "locked",
    "opened",
    "broken",
    "lost",
    "found",
    "replaced",
    "hired",
]
_SIZES = (10, 40, 4)


def account(seed: int, sentences: int) -> dict[str, str]:
    """An invented account of so many sentences: three things that all tell, the others its own."""
    chance = random.Random(seed)
    lines = [f"{chance.choice(_WHO).capitalize()} said on Tuesday that {what}." for what in _SHARED]
    for number in range(sentences - len(_SHARED)):
        what = f"the {chance.choice(_THINGS)} of pier {chance.randrange(2, 900)} was {chance.choice(_DONE)}"
        who = chance.choice(_WHO)
        forms = (f"“{what.capitalize()},” {who} told reporters.", f"In {1930 + (seed + number) % 90} {what}.")
        lines.append(chance.choice(forms))
    chance.shuffle(lines)
    text = "\n\n".join(" ".join(lines[at : at + 4]) for at in range(0, sentences, 4))
    day = f"2026-03-{1 + seed % 28:02}T{seed % 24:02}:{seed % 60:02}"
    return {"text": text, "title": f"Harbour fire, report {seed}", "outlet": f"Paper {seed % 12}", "published": day}


@contextmanager
def server(folder: str) -> Iterator[str]:
    """A server of its own on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    run = "from tellings.cli import main; main()"
    command = [
        sys.executable,
        "-c",
        run,
        "serve",
        "--library",
        f"{folder}/news.db",
        "--port",
        str(port),
        "--time",
        "3600",
    ]
    with subprocess.Popen(command, env=os.environ.copy()) as process:
        where = f"http://127.0.0.1:{port}"
        for _ in range(300):
            try:
                httpx2.get(f"{where}/api/stories")
                break
            except httpx2.TransportError:
                time.sleep(0.1)
        try:
            yield where
        finally:
            process.terminate()


def filled(client: httpx2.Client, sentences: int) -> list[str]:
    """Fill the library and compare its stories; gives the accounts' names."""
    names: list[str] = []
    for number, size in enumerate(_SIZES):
        given = [account(100 * number + n, sentences) for n in range(size)]
        begun = time.perf_counter()
        added = client.post("/api/accounts", json={"accounts": given}).raise_for_status().json()["accounts"]
        client.post("/api/stories", json={"accounts": added}).raise_for_status()
        read = time.perf_counter() - begun
        begun = time.perf_counter()
        client.get(f"/api/stories/{number + 1}/comparison").raise_for_status()
        print(f"{size} accounts: read and kept in {read:.1f} s, compared in {time.perf_counter() - begun:.1f} s")
        names += added
    return names


def first_views(client: httpx2.Client) -> None:
    """A story's view once its comparison is made: best and worst of seven."""
    for number, size in enumerate(_SIZES, 1):
        times = []
        for _ in range(7):
            begun = time.perf_counter()
            page = client.get(f"/stories/{number}").raise_for_status()
            times.append(time.perf_counter() - begun)
        shown = f"{min(times) * 1000:.0f} to {max(times) * 1000:.0f} ms, {len(page.content) // 1024} kB"
        print(f"view of a story of {size} accounts: {shown}")


async def readers(where: str, names: list[str], count: int, writers: int, seconds: float) -> dict[str, list[float]]:
    """Times of answers by what was asked; an answer that is no success is an error."""
    times: dict[str, list[float]] = defaultdict(list)
    until = time.perf_counter() + seconds
    asked = [
        ("a story", lambda c: f"/stories/{c.choice([1, 2, 3])}"),
        ("stories", lambda _: "/stories"),
        ("accounts", lambda _: "/accounts"),
        ("an account", lambda c: f"/accounts/{c.choice(names)}"),
        ("search", lambda c: f"/search?words={c.choice(['alarm', 'roof', 'quay', 'crane'])}"),
        ("who said", lambda c: f"/api/search?speaker={c.choice(['Lind', 'Tamm', 'Orrel'])}&words=alarm"),
        ("a person", lambda c: f"/people?name={c.choice(['Lind', 'Tamm'])}"),
        ("sources", lambda _: "/api/sources"),
    ]

    async def one(client: httpx2.AsyncClient, name: str, method: str, path: str, **given: object) -> None:
        begun = time.perf_counter()
        try:
            answer = await client.request(method, path, **given)  # type: ignore[arg-type] # what a request takes
            kind = name if answer.is_success else f"ERROR {answer.status_code} {name}"
        except httpx2.TransportError as error:
            kind = f"ERROR {type(error).__name__} {name}"
        times[kind].append(time.perf_counter() - begun)

    async def read(client: httpx2.AsyncClient, seed: int) -> None:
        chance = random.Random(seed)
        while time.perf_counter() < until:
            name, path = chance.choice(asked)
            await one(client, name, "GET", path(chance))

    async def write(client: httpx2.AsyncClient, seed: int) -> None:
        for number in range(10_000):
            if time.perf_counter() > until:
                return
            given = {"accounts": [account(seed + number, 12)]}
            await one(client, "adding an account", "POST", "/api/accounts", json=given)

    limits = httpx2.Limits(max_connections=count + writers)
    async with httpx2.AsyncClient(base_url=where, timeout=60, limits=limits) as client:
        tasks = [read(client, n) for n in range(count)] + [write(client, 100_000 * (n + 1)) for n in range(writers)]
        await asyncio.gather(*tasks)
    return times


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--writers", type=int, default=2)
    parser.add_argument("--sentences", type=int, default=12, help="of each account in the stories")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, server(folder) as where:
        with httpx2.Client(base_url=where, timeout=600) as client:
            names = filled(client, given.sentences)
            first_views(client)
        load = os.getloadavg()[0]
        times = asyncio.run(readers(where, names, given.readers, given.writers, given.seconds))
    every = sorted(time for kind, found in times.items() if not kind.startswith(("ERROR", "adding")) for time in found)
    who = f"{given.readers} readers, {given.writers} writers, {given.seconds:.0f} s"
    print(f"{who}; load of the machine before: {load:.1f}")
    for kind, found in sorted(times.items()):
        print(f"  {kind}: {len(found)} answers, {_shown(sorted(found))}")
    print(f"all that was read: {len(every) / given.seconds:.0f} answers a second, {_shown(every)}")
    errors = sum(len(found) for kind, found in times.items() if kind.startswith("ERROR"))
    print(f"errors: {errors}")


def _shown(times: list[float]) -> str:
    at = {part: times[min(len(times) - 1, len(times) * part // 100)] for part in (50, 95, 99)}
    return ", ".join(f"p{part} {seconds * 1000:.0f} ms" for part, seconds in at.items())


if __name__ == "__main__":
    main()
