"""One output and one marker a shard: what was killed, torn or changed is made again, what is done is not."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tellings.errors import TellingsError
from tellings.run import Failure, Here, Processes, Runner
from tellings.run.markers import Made, Marker, Shard, Statistics, held, marker_of, marker_path
from tellings.run.shards import Job, Position, Report, Target, map_shards, positions

MADE = Made("words", "1", "none")


def upper(shard: Shard, path: Path, report: Report, log: str = "") -> Statistics:
    """Write the inputs in capitals, and into a log which shard it was."""
    text = "".join(Path(one).read_text() for one in shard.inputs)
    if log:
        with Path(log).open("a") as file:
            file.write(f"{shard.name}\n")
    report(Position(1, len(text)))
    path.write_text(text.upper())
    return Statistics(1, len(text.split()))


def killed_in_the_middle(shard: Shard, path: Path, report: Report, only: str) -> Statistics:
    if shard.name == only:
        path.write_text("half of wh")
        os.kill(os.getpid(), signal.SIGKILL)
    return upper(shard, path, report)


def onto_a_full_disk(shard: Shard, path: Path, report: Report) -> Statistics:
    if shard.name == "b":
        path.write_text("half")
        with Path("/dev/full").open("w") as full:
            full.write("more than there is room for")
    return upper(shard, path, report)


def wrong(shard: Shard, path: Path, report: Report) -> Statistics:
    if shard.name == "b":
        raise ValueError("b is wrong")
    return upper(shard, path, report)


@pytest.fixture
def shards(tmp_path: Path) -> list[Shard]:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(f"{name} told\n")
    return [Shard(name, (str(tmp_path / f"{name}.txt"),)) for name in "abc"]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture(scope="module")
def beside() -> Iterator[Processes]:
    with Processes(2) as runner:
        yield runner


def run(stage, shards: list[Shard], out: Path, made: Made = MADE, runner: Runner | None = None):
    with held(out):
        return list(map_shards(stage, shards, Target(out, made, ".txt"), runner or Here()))


def names(found: list[Marker | Failure[Job]]) -> str:
    return " ".join(one.name if isinstance(one, Marker) else f"{one.item.shard.name}!" for one in found)


def files(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(out.iterdir()) if path.name != ".lock"}


def test_each_shard_has_its_output_and_a_marker_of_what_it_was_made_of(shards: list[Shard], out: Path):
    found = run(upper, shards, out)

    assert names(found) == "a b c"
    assert sorted(files(out)) == ["_a.done.json", "_b.done.json", "_c.done.json", "a.txt", "b.txt", "c.txt"]
    marker = marker_of(marker_path(out, "a"))
    assert marker == found[0]
    assert marker.statistics == Statistics(1, 2)
    assert marker.sources[0].path == shards[0].inputs[0]
    assert marker.made == MADE


def test_nothing_is_made_twice(shards: list[Shard], out: Path, tmp_path: Path):
    stage = partial(upper, log=str(tmp_path / "log"))
    run(stage, shards[:2], out)
    again = run(stage, shards, out)

    assert names(again) == "c"
    assert (tmp_path / "log").read_text().split() == ["a", "b", "c"]


def test_a_worker_killed_in_the_middle_loses_nothing_and_leaves_nothing_half(
    shards: list[Shard], out: Path, tmp_path: Path, beside: Processes
):
    first = run(partial(killed_in_the_middle, only="b"), shards, out, runner=beside)
    assert names(first) == "a b! c"
    assert "b.txt" not in files(out)
    again = run(upper, shards, out)
    run(upper, shards, tmp_path / "undisturbed")

    assert names(again) == "b"
    assert files(out) == files(tmp_path / "undisturbed")


def test_a_failed_shard_stops_no_other_and_is_tried_again(shards: list[Shard], out: Path):
    assert names(run(wrong, shards, out)) == "a b! c"
    assert names(run(upper, shards, out)) == "b"


@pytest.mark.parametrize(
    "harm",
    [
        lambda out: (out / "b.txt").unlink(),
        lambda out: (out / "b.txt").write_text("B T"),
        lambda out: marker_path(out, "b").unlink(),
        lambda out: marker_path(out, "b").write_text('{"name": "b", "fi'),
        lambda out: marker_path(out, "b").write_text("{}"),
    ],
    ids=["a marker without its file", "a torn file", "a file without its marker", "a torn marker", "an empty marker"],
)
def test_what_is_not_whole_is_made_again(shards: list[Shard], out: Path, harm):
    run(upper, shards, out)
    whole = files(out)
    harm(out)

    assert names(run(upper, shards, out)) == "b"
    assert files(out) == whole


def test_a_changed_input_is_worked_on_again(shards: list[Shard], out: Path):
    run(upper, shards, out)
    Path(shards[2].inputs[0]).write_text("c told otherwise\n")

    assert names(run(upper, shards, out)) == "c"
    assert (out / "c.txt").read_text() == "C TOLD OTHERWISE\n"


def test_another_version_makes_everything_again(shards: list[Shard], out: Path):
    run(upper, shards, out)

    assert names(run(upper, shards, out, made=Made("words", "2", "none"))) == "a b c"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a file that is a full disk")
@pytest.mark.parametrize("processes", [0, 2])
def test_a_full_disk_ends_the_run_and_what_is_done_is_kept(
    shards: list[Shard], out: Path, beside: Processes, processes: int
):
    with pytest.raises(TellingsError, match=r"out: is full; make room"):
        run(onto_a_full_disk, shards, out, runner=beside if processes else None)

    assert "b.txt" not in files(out)
    assert "b" in names(run(upper, shards, out))
    assert files(out)["b.txt"] == b"B TOLD\n"


def test_what_a_killed_run_left_half_written_is_cleared_away(shards: list[Shard], out: Path):
    out.mkdir()
    (out / ".a.4711.partial").write_text("half")
    (out / ".a.progress.partial").write_text("{}")
    run(upper, shards, out)

    assert not [name for name in files(out) if name.startswith(".")]


def test_a_folder_is_written_to_by_one_run_at_a_time(out: Path):
    with held(out), pytest.raises(TellingsError, match="is being written to by another run"), held(out):
        pass


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path):
    (tmp_path / "file").write_text("")

    with pytest.raises(TellingsError, match="file/out: cannot be written to"), held(tmp_path / "file" / "out"):
        pass


def test_how_far_a_shard_is_can_be_seen_from_outside(out: Path):
    out.mkdir()
    (out / ".a.progress.partial").write_text('{"rows": 3, "size": 700}')
    (out / ".b.progress.partial").write_text('{"rows"')

    assert list(positions(out)) == [Position(3, 700)]
