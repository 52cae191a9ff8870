"""What a folder of shards holds, and what made it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tellings.run.markers import Made, Marker, Source


@dataclass(frozen=True, slots=True)
class Written:
    """One output: its file, digest and rows, the inputs it was made of, and what made it."""

    file: str
    sha256: str
    rows: int
    words: int
    problems: int
    inputs: tuple[Source, ...]
    made: Made


@dataclass(frozen=True, slots=True)
class Manifest:
    """A folder of shards: what made it last, sums, its files by name, and the shards that failed in the last run."""

    made: Made
    rows: int
    words: int
    problems: int
    files: tuple[Written, ...]
    failed: tuple[str, ...]


def manifest_of(made: Made, markers: Iterable[Marker], failed: Sequence[str]) -> Manifest:
    """Put the manifest of a folder together from its markers."""
    files = tuple(
        Written(
            marker.file, marker.sha256, marker.statistics.rows, marker.statistics.words,
            len(marker.statistics.problems), marker.sources, marker.made,
        )
        for marker in markers
    )  # fmt: skip
    rows, words = sum(file.rows for file in files), sum(file.words for file in files)
    return Manifest(made, rows, words, sum(file.problems for file in files), files, tuple(sorted(failed)))
