"""kill -9 in the middle of adding: nothing is wrong after, and a second run comes to the same end."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.library.killing import added, disturbed, state
from tests.library.server import new_database


def test_killed_processes_leave_a_whole_library(place: str, request: pytest.FixtureRequest, tmp_path: Path):
    on_server = "://" in place
    quiet = new_database(request.getfixturevalue("server"), "quiet") if on_server else str(tmp_path / "quiet.db")
    with added(quiet) as process:
        process.communicate()

    assert disturbed(place, kills=5, seed=3) > 0
    assert state(place) == state(quiet)
