from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from tellings.errors import InputError
from tellings.fetching import Fetched, Settings, fetch
from tests.fetching.server import Clock, Site, serving

QUICK = Settings(allow_loopback=True)  # quick by its clock; what waits for a slow server sets its own limits

Get = Callable[..., Fetched | InputError]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def get(site: Site, clock: Clock) -> Get:
    """Fetch one path of the site (or a whole link) with quick settings and a clock that goes on by sleeping."""

    def get_one(path: str, **settings: object) -> Fetched | InputError:
        link = path if "://" in path else site.url(path)
        (found,) = fetch([link], replace(QUICK, **settings), time=clock.time)  # type: ignore[arg-type]
        return found

    return get_one


def problem(found: Fetched | InputError) -> str:
    assert isinstance(found, InputError), found
    return found.problem
