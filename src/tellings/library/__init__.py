"""The library: accounts and what was read in them, kept in one SQLite file or on a PostgreSQL server.

with open_library("news.db") as library:
    library.add(tellings.read(["bridge.txt"]))
    for one in library.search(Query(words="bolts", speaker="Kroll")):
        print(one.account, one.start, one.end, one.text)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tellings.library.records import Query

if TYPE_CHECKING:
    from pathlib import Path

    from tellings.library.opened import Library

__all__ = ["Query", "open_library"]


def open_library(where: str | Path, *, create: bool = True) -> Library:
    """Open a library: a path of a file, or postgresql://USER@HOST/NAME; made where there is none, unless told not to.

    To be used in a `with`, which closes it. A library of an older version is brought up to this one.

    Raises:
        LibraryError: for what is no library, or one of a newer version, or cannot be opened.

    """
    from tellings.library.opened import Library
    from tellings.library.problems import plain_errors
    from tellings.library.stores import store_at
    from tellings.library.versions import brought_up

    store = store_at(where, create=create)
    try:
        with plain_errors(store.about):
            brought_up(store, create=create)
    except BaseException:
        store.engine.dispose()
        raise
    return Library(store)
