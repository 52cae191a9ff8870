"""How far long work is, on standard error: a bar on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tellings.cli.say import say
from tellings.run.markers import Made, Marker, Shard, is_done
from tellings.run.records import Failure
from tellings.run.shards import Job, positions, size_of

if TYPE_CHECKING:
    from tellings.run.shards import Position

_EVERY = 30.0  # seconds between plain lines
_REDRAWN = 1.0


@dataclass(slots=True)
class Shown:
    """What is done: bytes of input gone through and rows written in this run; what earlier runs had done."""

    total: int
    before: int
    shards: int
    kept: int = 0
    size: int = 0
    rows: int = 0
    problems: int = 0
    done: int = 0
    began: float = field(default_factory=time.monotonic)

    def add(self, found: Marker | Failure[Job]) -> None:
        """Count a shard."""
        self.done += 1
        if isinstance(found, Failure):
            self.size += size_of([found.item.shard])
            return
        self.size += sum(source.size for source in found.sources)
        self.rows += found.statistics.rows
        self.problems += len(found.statistics.problems)

    def told(self, working: Sequence[Position] = ()) -> str:
        """Say how far it is: shards, accounts, rate, and the time left where that can be told."""
        rows, size = self.rows + sum(p.rows for p in working), self.size + sum(p.size for p in working)
        seconds = max(time.monotonic() - self.began, 1e-3)
        parts = [f"{self.done} of {self.shards} shards", f"{rows:,} accounts", f"{rows / seconds:.1f} a second"]
        if self.kept:
            were = "shard was" if self.kept == 1 else "shards were"
            parts.insert(0, f"{self.kept} {were} there already")
        if self.problems:
            parts.append(f"{self.problems:,} left out")
        left = self.total - self.before - size
        if size and left > 0:
            parts.append(f"{_time(left * seconds / size)} left")
        return ", ".join(parts)

    def share(self, working: Sequence[Position]) -> float:
        """The share of the inputs' bytes gone through, also by earlier runs."""
        return min(1.0, (self.before + self.size + sum(p.size for p in working)) / max(self.total, 1))


@contextmanager
def progress(shards: Sequence[Shard], folder: Path, made: Made) -> Iterator[Shown]:
    """Show how far the work on some shards is until it is done."""
    kept = [shard for shard in shards if is_done(folder, shard, made)]
    shown = Shown(size_of(shards), size_of(kept), len(shards) - len(kept), len(kept))
    ended = threading.Event()
    talk = threading.Thread(target=_bar if sys.stderr.isatty() else _lines, args=(shown, folder, ended), daemon=True)
    talk.start()
    try:
        yield shown
    finally:
        ended.set()
        talk.join()


def _lines(shown: Shown, folder: Path, ended: threading.Event) -> None:
    while not ended.wait(_EVERY):
        working = list(positions(folder))
        say(f"{shown.share(working):.0%}, {shown.told(working)}")


def _bar(shown: Shown, folder: Path, ended: threading.Event) -> None:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (BarColumn(), TextColumn("{task.percentage:>3.0f} %  {task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=1.0)
        while not ended.wait(_REDRAWN):
            working = list(positions(folder))
            bar.update(task, completed=shown.share(working), description=shown.told(working))


def _time(seconds: float) -> str:
    minutes, hours = round(seconds / 60), round(seconds / 3600)
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 90 else f"{hours} h"
