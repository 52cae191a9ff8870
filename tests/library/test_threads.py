"""A library that several threads use at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tellings.library import Query
from tellings.library.opened import Library
from tests.library.bridges import read


def test_more_threads_than_a_pool_has_connections_read_and_write(library: Library):
    library.add([read(f"bridge {number}") for number in range(4)], model="hand-made")

    def used(number: int) -> int:
        if number % 8 == 0:
            library.add([read(f"later bridge {number}")], model="hand-made")
        return len(library.accounts()) * len(library.search(Query(words="bridge")))

    with ThreadPoolExecutor(12) as threads:
        assert all(threads.map(used, range(24)))
    assert len(library.accounts()) == 7
    assert library.check() == []
