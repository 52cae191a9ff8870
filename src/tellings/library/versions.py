"""Which version of the tables a library has, and the way to the newest one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tellings.errors import LibraryError
from tellings.library.schema import HEAD

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tellings.library.stores import Postgres, Sqlite

KNOWN = ("0001", "0002", "0003")
"""Every version there was, oldest first."""


def brought_up(store: Sqlite | Postgres, *, create: bool) -> None:
    """Make the tables where there are none, and bring older ones up, in one transaction.

    Raises:
        LibraryError: for a library of a newer version, and for a place without one where none is to be made.

    """
    store.claim()
    with store.reading() as connection:
        version = version_of(connection)
    if version == HEAD:
        return
    if version is None and not create:
        raise LibraryError(store.about, "is no library yet", "add accounts to it with `tellings add`")
    if version is not None and version not in KNOWN:
        raise LibraryError(store.about, "was made by a newer version of Tellings", "install that one to use it")
    with store.writing() as connection:
        if version_of(connection) != HEAD:  # another process may have been first
            migrate(connection, HEAD)


def version_of(connection: Connection) -> str | None:
    """The version that a database says it has, None where it says none."""
    from sqlalchemy import inspect, text

    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def migrate(connection: Connection, to: str) -> None:
    """Run the migrations up to a version on a connection in a transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
