"""kill -9 in the middle of watching: nothing is wrong after; going on comes to the same end, and all of it is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fetching.server import serving
from tests.library.conftest import place, server
from tests.library.killing import state
from tests.library.server import new_database
from tests.watching.killing import disturbed, news_of, newsrooms, quiet

__all__ = ["place", "server"]


def test_killed_while_watching(place: str, request: pytest.FixtureRequest, tmp_path: Path):
    on_server = "://" in place
    still = new_database(request.getfixturevalue("server"), "still") if on_server else str(tmp_path / "still.db")
    with serving() as site:
        feeds = newsrooms(site)
        said = news_of(quiet(still, feeds))
        hits, heard = disturbed(place, feeds, kills=2, seed=2)

    assert hits > 0
    assert state(place) == state(still)
    assert set(said) <= set(news_of(heard))
    assert len(said) > 15
