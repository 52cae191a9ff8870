"""Both stores, empty, and a few readings of an invented bridge."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tellings.library import open_library
from tellings.library.opened import Library
from tests.library.server import MISSING, new_database, programs, running


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    found = programs()
    if found is None:
        pytest.skip(MISSING)
    with running(found) as urls:
        yield urls


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a library may be made, in each store."""
    if request.param == "sqlite":
        return str(tmp_path / "news.db")
    return new_database(request.getfixturevalue("server"), f"news_{uuid4().hex[:12]}")


@pytest.fixture
def library(place: str) -> Iterator[Library]:
    with open_library(place) as opened:
        yield opened
