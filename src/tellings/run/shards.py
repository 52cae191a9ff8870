"""A stage over shards: one output file and one marker each, so that a run that was killed goes on where it was.

An output is written under another name, flushed to disk and renamed; its marker is written after it. So a marker means
a whole output, and whatever has none is made again: nothing twice, nothing lost.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from tellings.errors import TellingsError
from tellings.run.markers import PARTIAL, Made, Marker, Shard, Statistics, is_done, marker_path, source_of, written
from tellings.run.records import Failure, Runner

_FULL = (errno.ENOSPC, errno.EDQUOT)
_EVERY = 1.0  # seconds between two reports of a worker

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Position:
    """How far a shard is: rows written and bytes of its inputs gone through."""

    rows: int
    size: int


Report = Callable[[Position], None]
ShardStage = Callable[[Shard, Path, Report], Statistics]
"""Makes a shard's output at a path, reporting how far it is; the function of a module, or one bound to plain values."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where outputs go, what they are and what makes them, and the ending of their files."""

    folder: Path
    made: Made
    ending: str = ".parquet"


@dataclass(frozen=True, slots=True)
class Job:
    """A shard to be done."""

    stage: ShardStage
    shard: Shard
    target: Target


def map_shards(
    stage: ShardStage, shards: Sequence[Shard], target: Target, runner: Runner
) -> Iterator[Marker | Failure[Job]]:
    """Do the shards that are not done yet, and yield a marker for each as it is, a Failure for each that cannot be.

    The folder is `held` by who calls this. A shard that fails leaves nothing, and a later run tries it again.

    Raises:
        TellingsError: what the stage raises, or when the disk is full.

    """
    jobs = (Job(stage, shard, target) for shard in shards if not is_done(target.folder, shard, target.made))
    yield from runner.map(do, jobs)


def do(job: Job) -> Marker:
    """Make one shard's output and its marker. Raises TellingsError where the disk is full."""
    folder, name = job.target.folder, job.shard.name
    partial = folder / f".{name}.{os.getpid()}{PARTIAL}"
    output, mark = folder / f"{name}{job.target.ending}", marker_path(folder, name)
    reports = _Reports(folder / f".{name}.progress{PARTIAL}")
    try:
        mark.unlink(missing_ok=True)  # from here on the old output does not count
        sources = tuple(source_of(path) for path in job.shard.inputs)
        statistics = job.stage(job.shard, partial, reports.tell)
        with partial.open("rb") as file:
            os.fsync(file.fileno())
            digest, size = hashlib.file_digest(file, "sha256").hexdigest(), os.fstat(file.fileno()).st_size
        partial.replace(output)
        marker = Marker(name, output.name, size, digest, job.target.made, sources, statistics)
        written(mark, msgspec.json.format(msgspec.json.encode(marker), indent=1) + b"\n")
    except OSError as error:
        if error.errno not in _FULL:
            raise
        problem = "is full"
        raise TellingsError(str(folder), problem, "make room and run the same again: what is done is kept") from error
    finally:
        for left in (partial, reports.path):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)
    return marker


class _Reports:
    """A small file that says how far a worker is, written now and then."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._last = time.monotonic()

    def tell(self, position: Position) -> None:
        if time.monotonic() - self._last >= _EVERY:
            self._last = time.monotonic()
            with contextlib.suppress(OSError):  # a report that cannot be written stops nothing
                self.path.write_bytes(msgspec.json.encode(position))


def positions(folder: Path) -> Iterator[Position]:
    """Yield how far the shards are that are being worked on, on this machine or another that shares the folder."""
    for path in folder.glob(f".*.progress{PARTIAL}"):
        with contextlib.suppress(OSError, msgspec.MsgspecError):
            yield msgspec.json.decode(path.read_bytes(), type=Position)


def size_of(shards: Iterable[Shard]) -> int:
    """Return the bytes of the inputs of some shards."""
    total = 0
    for path in (path for shard in shards for path in shard.inputs):
        with contextlib.suppress(OSError):
            total += Path(path).stat().st_size
    return total
