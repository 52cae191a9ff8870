"""Shards and the markers that say they are done: what was made of which inputs, by what, with what result."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from tellings.errors import TellingsError

PARTIAL = ".partial"
_BEGIN, _END = "_", ".done.json"  # what reads a folder of Parquet passes by names that begin so


@dataclass(frozen=True, slots=True)
class Shard:
    """A unit of work: inputs that become one output file; `name` is that of the file, without its ending."""

    name: str
    inputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """What an output is and what made it: another version, model or setting makes it anew."""

    kind: str
    version: str
    model: str
    settings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """An input as it was: its size in bytes, when it was last changed (nanoseconds), its SHA-256."""

    path: str
    size: int
    changed: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Problem:
    """An input, or a part of one, that gave nothing."""

    about: str
    problem: str
    advice: str


@dataclass(frozen=True, slots=True)
class Statistics:
    """What came of a shard: rows written, words in them, inputs and parts of inputs left out."""

    rows: int
    words: int
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Marker:
    """A shard that is done. It holds no times, so that the same work leaves the same marker."""

    name: str
    file: str
    size: int
    sha256: str
    made: Made
    sources: tuple[Source, ...]
    statistics: Statistics


def marker_path(folder: Path, name: str) -> Path:
    """Return where the marker of a shard stands."""
    return folder / f"{_BEGIN}{name}{_END}"


def source_of(path: str) -> Source:
    """Return what an input is now. Raises OSError where it cannot be read."""
    with Path(path).open("rb") as file:
        told = os.fstat(file.fileno())
        return Source(path, told.st_size, told.st_mtime_ns, hashlib.file_digest(file, "sha256").hexdigest())


def is_done(folder: Path, shard: Shard, made: Made) -> bool:
    """Tell whether a shard's output is there, whole, and what these inputs and this version would make again.

    Inputs are compared by size and time of change, the output by its size: neither is read again.
    """
    marker = marker_of(marker_path(folder, shard.name))
    if marker is None or marker.made != made or tuple(source.path for source in marker.sources) != shard.inputs:
        return False
    try:
        return all(map(_is_as_it_was, marker.sources)) and (folder / marker.file).stat().st_size == marker.size
    except OSError:
        return False


def _is_as_it_was(source: Source) -> bool:
    now = Path(source.path).stat()
    return (now.st_size, now.st_mtime_ns) == (source.size, source.changed)


def marker_of(path: Path) -> Marker | None:
    """Read a marker; None where there is none, or half of one."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Marker)
    except (OSError, msgspec.MsgspecError):
        return None


def markers_in(folder: Path) -> Iterator[Marker]:
    """Yield the markers in a folder, by name."""
    for path in sorted(folder.glob(f"{_BEGIN}*{_END}")):
        marker = marker_of(path)
        if marker is not None:
            yield marker


def written(path: Path, data: bytes) -> None:
    """Write a small file so that it is there whole or not at all."""
    partial = path.with_name(f".{path.name}.{os.getpid()}{PARTIAL}")
    with partial.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold a folder for one run, and clear away what a killed one left half-written.

    Raises:
        TellingsError: when another run writes there, or nothing can be written there.

    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / ".lock").open("w")
    except OSError as error:
        problem = f"cannot be written to ({error.strerror})"
        raise TellingsError(str(folder), problem, "name a folder that can") from error
    with lock:
        try:
            import fcntl
        except ImportError:  # not there on Windows: nothing tells two runs apart
            pass
        else:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                problem = "is being written to by another run"
                raise TellingsError(str(folder), problem, "wait for it, or name another folder") from None
        for left in folder.glob(f".*{PARTIAL}"):
            left.unlink(missing_ok=True)
        yield
