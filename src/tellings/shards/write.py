"""Accounts or readings of any amount of inputs, written to a folder shard by shard."""

from __future__ import annotations

import atexit
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from tellings.errors import InputError, TellingsError
from tellings.ingest import LIMITS, ingest
from tellings.run import Failure, Here, workers
from tellings.run.markers import Made, Marker, Problem, Shard, Statistics, held, marker_path, markers_in, written
from tellings.run.shards import Job, Position, Report, Target, map_shards
from tellings.shards.manifest import manifest_of
from tellings.shards.plan import group_of
from tellings.shards.table import Row, Table, account_row, needs_tables, reading_row

if TYPE_CHECKING:
    from tellings.records import Account
    from tellings.run import Runner

Kind = Literal["accounts", "readings"]
_RowOf = Callable[["Account"], Row]
MANIFEST = "_manifest.json"


def write(
    kind: Kind, shards: Sequence[Shard], folder: Path, runner: Runner, *, with_pieces: bool = False
) -> Iterator[Marker | Failure[Job]]:
    """Write the shards that are not there yet, and yield a marker for each as it is done, a Failure for each not.

    A shard becomes `NAME.parquet` and `_NAME.done.json`; `_manifest.json` is written at the end and says what is there
    of this and earlier runs. Readings are kept without their word pieces, by which accounts are compared, unless they
    are asked for. Pages and mails are parsed in a process beside each worker, within limits.

    Raises:
        TellingsError: when the folder holds another kind, another run writes there, it is full, or pyarrow is missing.
        ModelError: when the shipped model cannot be loaded.

    """
    needs_tables()
    made = made_now(kind, with_pieces=with_pieces)
    with held(folder):
        _refuse_others(folder, kind)
        _clear_superseded(folder, shards)
        stage = write_accounts if kind == "accounts" else partial(write_readings, with_pieces=with_pieces)
        failed: list[str] = []
        for found in map_shards(stage, shards, Target(folder.resolve(), made), runner):
            if isinstance(found, Failure):
                failed.append(found.item.shard.name)
            yield found
        manifest = manifest_of(made, markers_in(folder), failed)
        written(folder / MANIFEST, msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")


def made_now(kind: Kind, *, with_pieces: bool = False) -> Made:
    """What this version makes."""
    from importlib.metadata import version

    from tellings.coding import FORM
    from tellings.reading.model import model_name

    settings = [("form", str(FORM))]
    if kind == "readings":
        settings.append(("pieces", "kept" if with_pieces else "left out"))
    return Made(kind, version("tellings"), model_name() if kind == "readings" else "", tuple(settings))


def _refuse_others(folder: Path, kind: Kind) -> None:
    for marker in markers_in(folder):
        if marker.made.kind != kind:
            raise TellingsError(str(folder), f"holds {marker.made.kind}, not {kind}", "name another folder")


def _clear_superseded(folder: Path, shards: Sequence[Shard]) -> None:
    """Remove groups of a folder beyond those there are now: their files stand in other groups, or are gone."""
    names = {shard.name for shard in shards}
    groups = {group_of(shard.name) for shard in shards if shard.name.endswith("-00000")}
    for marker in list(markers_in(folder)):
        if marker.name not in names and group_of(marker.name) in groups:
            marker_path(folder, marker.name).unlink(missing_ok=True)
            (folder / marker.file).unlink(missing_ok=True)


def write_accounts(shard: Shard, path: Path, report: Report) -> Statistics:
    """Write a shard's accounts; a stage of `map_shards`."""
    return _write(shard, path, report, "accounts", account_row)


def write_readings(shard: Shard, path: Path, report: Report, *, with_pieces: bool) -> Statistics:
    """Write a shard's readings; a stage of `map_shards`."""
    from tellings.reading import read_one
    from tellings.reading.model import load

    model = load()
    return _write(
        shard, path, report, "readings", lambda account: reading_row(read_one(account, model), with_pieces=with_pieces)
    )


def _write(shard: Shard, path: Path, report: Report, kind: Kind, row_of: _RowOf) -> Statistics:
    rows = words = 0
    problems: list[Problem] = []
    before = _beginnings(shard)
    accounts = _accounts(shard, problems)
    with Table(path, kind) as table:
        for found in Here().map(lambda account: (account, row_of(account)), accounts):
            if isinstance(found, Failure):
                problems.append(Problem(found.item.original.path, f"cannot be read: {found.problem}", "leave it out"))
                continue
            account, row = found
            table.add(row)
            rows, words = rows + 1, words + row["words"]
            original = account.original
            report(Position(rows, before.get(original.path, 0) + original.offset + original.size))
    return Statistics(rows, words, tuple(problems))


def _accounts(shard: Shard, problems: list[Problem]) -> Iterator[Account]:
    for found in ingest(shard.inputs, runner=_guard()):
        if isinstance(found, InputError):
            problems.append(Problem(found.about, found.problem, found.advice))
        else:
            yield found


@cache
def _guard() -> Runner:
    """The process beside this one that parses what others wrote, kept from shard to shard."""
    guard = workers(1, LIMITS)
    atexit.register(guard.__exit__)
    return guard


def _beginnings(shard: Shard) -> dict[str, int]:
    """The bytes of a shard's inputs that come before each of them."""
    found, total = {}, 0
    for path in shard.inputs:
        found[path] = total
        total += Path(path).stat().st_size
    return found
