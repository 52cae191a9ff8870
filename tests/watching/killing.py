"""A process that watches feeds of a server on this machine, and its killing at any moment.

As a program: `python -m tests.watching.killing PLACE FEED...` watches for one round; `python -m tests.watching.killing
--kills 100` does on both stores what `test_killed.py` does a few times.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path

import msgspec

from tellings.fetching import Settings
from tellings.ingest.links import Link
from tellings.ingest.taking import accounts_of_stream
from tellings.library import open_library
from tellings.watching import News, Watch
from tests.fetching.server import Site, said, serving
from tests.library.killing import state
from tests.watching.sites import EVENTS, Newsroom, page
from tests.watching.tools import TOOLS

ROOT = Path(__file__).parents[2]
ROOMS, PAGES = 3, 6


def newsrooms(site: Site) -> list[str]:
    """Feeds with pages of two events each, some of which are not there; gives their addresses."""
    dice, feeds = random.Random(3), []
    for number in range(ROOMS):
        room = Newsroom(site, f"/feed-{number}")
        for at in range(PAGES):
            more = (f"{dice.choice(('Four', 'Nine'))} weavers died.", f"Told by paper {number} as number {at}.")
            room.publish(f"/{number}/{at}", page(dice.choice(sorted(EVENTS)), *more, title=f"News {number} {at}"))
        site.pages[f"/{number}/3"] = said(b"no", "404 Not Found")
        feeds.append(site.url(room.path))
    return feeds


def watching(place: str, feeds: list[str]) -> subprocess.Popen[bytes]:
    """A process that begins to watch."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
    command = [sys.executable, "-m", "tests.watching.killing", place, *feeds]
    return subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE)


def quiet(place: str, feeds: list[str]) -> list[bytes]:
    """Watch for one whole round; what was said."""
    with watching(place, feeds) as process:
        told, _ = process.communicate()
        assert process.returncode == 0
        return told.splitlines()[1:]


def disturbed(place: str, feeds: list[str], kills: int, seed: int, longest: float = 0.5) -> tuple[int, list[bytes]]:
    """Kill so often at random moments, checking each time, then let it be done; how many were killed in the middle."""
    dice, hits, heard = random.Random(seed), 0, list[bytes]()
    for _ in range(kills):
        with watching(place, feeds) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(dice.random() * longest)
            process.send_signal(signal.SIGKILL)
            heard += process.stdout.read().splitlines()
            hits += process.wait() == -signal.SIGKILL
        with open_library(place) as library:
            faults = library.check()
            assert faults == [], faults
    return hits, heard + quiet(place, feeds)


def news_of(lines: list[bytes]) -> list[str]:
    """What was said, without how many accounts a story had at that moment; a line that was cut off is none."""
    found = []
    for line in lines:
        try:
            told = json.loads(line)
        except ValueError:
            continue
        told.pop("accounts", None)
        found.append(json.dumps(told, sort_keys=True))
    return found


def _watch(place: str, feeds: list[str]) -> None:
    list(accounts_of_stream("warm.html", BytesIO(page("mill"))))  # what that loads is not what is tested
    print("open", flush=True)  # noqa: T201 - what `disturbed` waits for

    def say(one: News) -> None:
        print(msgspec.json.encode(one).decode(), flush=True)  # noqa: T201 - what is heard

    with open_library(place) as library:
        Watch(
            library, [Link(feed) for feed in feeds], TOOLS, tell=say, problem=lambda _: None,
            settings=Settings(allow_loopback=True, delay=0.0),
        ).once()  # fmt: skip


def _many(kills: int) -> None:
    from tests.library.server import MISSING, new_database, programs, running

    with serving() as site:
        feeds = newsrooms(site)
        with tempfile.TemporaryDirectory() as folder:
            _told("SQLite", f"{folder}/quiet.db", f"{folder}/killed.db", feeds, kills)
        found = programs()
        if found is None:
            print(MISSING)  # noqa: T201 - a program for people
            return
        with running(found) as urls:
            _told("PostgreSQL", new_database(urls, "quiet"), new_database(urls, "killed"), feeds, kills)


def _told(store: str, still: str, noisy: str, feeds: list[str], kills: int) -> None:
    said_once = news_of(quiet(still, feeds))
    hits, heard = disturbed(noisy, feeds, kills, seed=1, longest=0.3)
    same, all_heard = state(still) == state(noisy), set(said_once) <= set(news_of(heard))
    print(  # noqa: T201 - a program for people
        f"{store}: killed {hits} of {kills} times in the middle; nothing wrong; same in the end: {same}; "
        f"all that is new was said: {all_heard}",
        flush=True,
    )


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("place", nargs="*")
    arguments.add_argument("--kills", type=int)
    chosen = arguments.parse_args()
    if chosen.kills is not None:
        _many(chosen.kills)
    else:
        _watch(chosen.place[0], chosen.place[1:])
