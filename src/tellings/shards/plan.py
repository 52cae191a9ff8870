"""From inputs to shards: an archive, a box or a file of lines is one; small files of a folder go together."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, cast

from tellings.errors import InputError
from tellings.ingest.files import is_link, walk
from tellings.ingest.make import made_id
from tellings.ingest.taking import is_container
from tellings.run.markers import Shard

# Some seconds to a minute of work: little is lost with a killed one, and its file is worth its head.
_FILES = 256
_BYTES = 32 * 1024 * 1024


def shards_of(names: Iterable[str]) -> Iterator[Shard | InputError]:
    """Yield the shards that files and folders make, in the order named; an InputError for what is none.

    The small files of a named folder, and those named one by one of a folder, are grouped in the order of their paths;
    a group is named by the folder and its number, so that files added later change the groups from there on alone.
    """
    loose: dict[str, list[str]] = {}
    seen: set[Path] = set()
    for name in names:
        if is_link(name) or name == "-":
            yield InputError(name, "is no file", "save it first: shards are made of files and folders")
        elif Path(name).is_dir():
            yield from _of_files(name, walk(name), seen)
        else:
            loose.setdefault(str(Path(name).parent), []).append(name)
    for folder, files in loose.items():
        yield from _of_files(folder, sorted(files), seen)


def _of_files(owner: str, paths: Iterable[str | InputError], seen: set[Path]) -> Iterator[Shard | InputError]:
    group: list[str] = []
    size = number = 0
    for path in paths:
        sort = path if isinstance(path, InputError) else _sort(path, seen)
        if isinstance(path, InputError) or isinstance(sort, InputError):
            yield cast(InputError, sort)
        elif sort == "alone":
            yield Shard(_named(path), (path,))
        else:
            length = Path(path).stat().st_size
            if group and (len(group) >= _FILES or size + length > _BYTES):
                yield Shard(_named(owner, number), tuple(group))
                group, size, number = [], 0, number + 1
            group.append(path)
            size += length
    if group:
        yield Shard(_named(owner, number), tuple(group))


def _sort(path: str, seen: set[Path]) -> Literal["alone", "grouped"] | InputError:
    """Whether a file is a shard or goes with others; an error for one that cannot be read or was named before."""
    try:
        alone = is_container(path)
    except InputError as error:
        return error
    real = Path(path).resolve()
    if real in seen:
        return InputError(path, "is named twice", "leave it out once")
    seen.add(real)
    return "alone" if alone else "grouped"


def _named(path: str, number: int | None = None) -> str:
    whole = Path(path).resolve()
    digest = hashlib.sha256(whole.as_posix().encode("utf-8", "surrogateescape")).hexdigest()
    name = made_id(whole.name, digest) + digest[8:16]
    return name if number is None else f"{name}-{number:05}"


def group_of(name: str) -> str:
    """Return what the groups of one folder have in common in their names."""
    return name.rpartition("-")[0]
