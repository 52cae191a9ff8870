"""A process that adds invented accounts to a library, and its killing at any moment.

As a program: `python -m tests.library.killing PLACE COUNT` adds; `python -m tests.library.killing --kills 100` does
on both stores what `test_killed.py` does a few times.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select

from tellings.errors import InputError
from tellings.library import open_library, schema
from tellings.records import Reading
from tests.library.bridges import read

ACCOUNTS = 500
TIMES = frozenset({"added", "fetched", "made", "changed", "at", "seen", "visited", "next"})
"""Columns that say when something was written."""
ROOT = Path(__file__).parents[2]


def accounts(count: int) -> Iterator[Reading]:
    """So many accounts, always the same, in one order."""
    return (read(f"account-{number}", outlet=f"Outlet {number % 7}") for number in range(count))


def added(place: str, count: int = ACCOUNTS) -> subprocess.Popen[bytes]:
    """A process that begins to add."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
    command = [sys.executable, "-m", "tests.library.killing", place, str(count)]
    return subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE)


def killed(place: str, after: float) -> bool:
    """Begin to add, and kill so many seconds after it opened the library; whether it was not done before."""
    with added(place) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
        return process.wait() == -signal.SIGKILL


def state(place: str) -> dict[str, list[tuple[object, ...]]]:
    """Everything in a library but when it was written."""
    with open_library(place) as library, library.reading() as connection:
        return {
            table.name: sorted(
                (
                    tuple(row)
                    for row in connection.execute(select(*(c for c in table.columns if c.name not in TIMES)))
                ),
                key=repr,
            )
            for table in schema.metadata.sorted_tables
        }  # fmt: skip


def disturbed(place: str, kills: int, seed: int) -> int:
    """Kill so often at random moments, checking each time; then let it be done. Gives how many were in the middle."""
    dice, hits = random.Random(seed), 0
    for _ in range(kills):
        hits += killed(place, dice.random() * 0.8)
        with open_library(place) as library:
            faults = library.check()
            assert faults == [], faults
    with added(place) as process:
        process.communicate()
        assert process.returncode == 0
    return hits


def _add(place: str, count: int) -> None:
    print("open", flush=True)  # noqa: T201 - what `killed` waits for

    def fail(error: InputError) -> None:
        raise error

    with open_library(place) as library:
        library.add(accounts(count), model="m", on_refused=fail)


def _many(kills: int) -> None:
    from tests.library.server import MISSING, new_database, programs, running

    with tempfile.TemporaryDirectory() as folder:
        _told("SQLite", f"{folder}/quiet.db", f"{folder}/killed.db", kills)
    found = programs()
    if found is None:
        print(MISSING)  # noqa: T201 - a program for people
        return
    with running(found) as urls:
        _told("PostgreSQL", new_database(urls, "quiet"), new_database(urls, "killed"), kills)


def _told(store: str, quiet: str, noisy: str, kills: int) -> None:
    with added(quiet) as process:
        process.communicate()
    hits = disturbed(noisy, kills, seed=1)
    same = state(quiet) == state(noisy)
    print(f"{store}: killed {hits} of {kills} times in the middle; nothing wrong; same in the end: {same}", flush=True)  # noqa: T201 - a program for people


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("place", nargs="*")
    arguments.add_argument("--kills", type=int)
    chosen = arguments.parse_args()
    if chosen.kills is not None:
        _many(chosen.kills)
    else:
        _add(chosen.place[0], int(chosen.place[1]))
