"""Writing shards from the command line: what is said, what is left alone, exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tellings.cli import accounts, read
from tellings.cli.progress import Shown
from tellings.run import Failure
from tellings.run.markers import Made, Marker, Shard, Source, Statistics
from tellings.run.shards import Job, Position, Target
from tests.ingest.inputs import STORY

pytest.importorskip("pyarrow", reason="Parquet needs the extra `tables`")


@pytest.fixture
def given(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bridge.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "in" / "lines.jsonl").write_text('{"text": "The ferry to Orsa left late."}\nnot json\n')
    return tmp_path / "in"


def run(command, *arguments: object) -> Result:
    return CliRunner().invoke(command.command, [str(one) for one in arguments])


def test_accounts_are_written_once_and_the_second_time_left_alone(given: Path, tmp_path: Path):
    first = run(accounts, given, "-o", tmp_path / "out")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*.parquet")}
    second = run(accounts, given, "-o", tmp_path / "out")

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.stdout == ""
    assert "2 of 2 shards, 2 accounts" in first.stderr
    assert "1 left out" in first.stderr
    assert "2 shards were there already, 0 of 0 shards" in second.stderr
    assert len(before) == 2
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*.parquet")} == before


def test_without_a_file_there_is_nothing_to_write(tmp_path: Path):
    done = run(accounts, tmp_path / "none.txt", "-o", tmp_path / "out")

    assert done.exit_code == 2
    assert "none.txt: there is no such file" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", [accounts, read])
def test_a_cluster_needs_a_folder_to_write_to(given: Path, command):
    done = run(command, given, "--cluster", "local")

    assert done.exit_code == 2
    assert "--cluster needs -o FOLDER" in done.stderr


def test_progress_tells_shards_accounts_rate_and_time_left():
    shown = Shown(total=1000, before=200, shards=4, kept=1)
    shown.began -= 10
    source = Source("a", 300, 0, "")
    shown.add(Marker("a", "a.parquet", 1, "", Made("accounts", "1", ""), (source,), Statistics(30, 900)))
    told = shown.told([Position(10, 100)])

    assert told.startswith("1 shard was there already, 1 of 4 shards, 40 accounts, 4.0 a second")
    assert told.endswith("10 s left")
    assert shown.share([Position(10, 100)]) == pytest.approx(0.6)


def test_a_failed_shard_counts_as_gone_through(tmp_path: Path):
    (tmp_path / "a.txt").write_text("x" * 50)
    job = Job(lambda *_: Statistics(0, 0), Shard("a", (str(tmp_path / "a.txt"),)), Target(tmp_path, Made("x", "", "")))
    shown = Shown(total=100, before=0, shards=2)
    shown.add(Failure(job, "death", "ends the process that works on it (SIGKILL)"))

    assert shown.share([]) == pytest.approx(0.5)
