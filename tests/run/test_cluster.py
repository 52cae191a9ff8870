"""On a cluster of two workers on this machine everything is as in one process."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tellings.run import Failure, Processes
from tellings.shards import shards_of, write
from tests.ingest.inputs import PAGE, STORY
from tests.run import stages

pytest.importorskip("ray", reason="the cluster's test needs the extra `cluster`")


def killing(processes: Iterator[int]) -> Iterator[str]:
    """Words, while the actors that work on them are killed, as when their nodes leave."""
    for number, process in enumerate(processes):
        if number == 2:
            os.kill(process, signal.SIGKILL)
        yield f"word {number}"


@pytest.mark.slow
def test_a_cluster_gives_the_bytes_of_one_process_and_outlives_its_workers(tmp_path: Path):
    from tellings.run.cluster import LOCAL, Cluster

    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bridge.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "in" / "bridge.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "in" / "lines.jsonl").write_text('{"text": "The ferry to Orsa left late on Tuesday."}\n')
    shards = list(shards_of([str(tmp_path / "in")]))

    with Cluster(LOCAL, 2) as cluster:
        words = ["one", "bug", "two", "abort", "three"]
        found = list(cluster.map(stages.shout, words))
        first, *_ = cluster.map(stages.process, range(4))
        assert isinstance(first, int)
        after = list(cluster.map(stages.shout, killing(iter([first] * 9))))
        on_cluster = list(write("readings", shards, tmp_path / "cluster", cluster))  # type: ignore[arg-type]
    with Processes(1) as one:
        beside = list(write("readings", shards, tmp_path / "one", one))  # type: ignore[arg-type]

    causes = [one.cause if isinstance(one, Failure) else one for one in found]
    assert causes == ["ONE", "error", "TWO", "death", "THREE"]
    assert after == [f"WORD {i}" for i in range(9)]
    assert on_cluster == beside
    assert len(shards) == 2
    files = sorted(path.name for path in (tmp_path / "one").iterdir() if not path.name.startswith("."))
    assert [(tmp_path / "cluster" / name).read_bytes() for name in files] == [
        (tmp_path / "one" / name).read_bytes() for name in files
    ]
