"""The two stores, SQLite and PostgreSQL, as far as they differ: connecting, writing alone, many rows at once."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote

from tellings.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection, Engine

MARK = 0x54656C6C  # "Tell": how a SQLite file says whose it is
PAGE = 32768  # bytes: texts and vectors are kilobytes each, and fill smaller pages badly
WAIT = 30.0  # seconds that one writer waits for another
_LOCK = 0x74656C6C  # the number of the advisory lock that a writer holds in PostgreSQL
OLDEST_SERVER = 150000


class Store(Protocol):
    """What the rest of the library needs of a database."""

    about: str
    engine: Engine

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction on a connection that no other writer shares; kept at its end, undone by an error."""

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection that sees one state of the library, whatever is written meanwhile."""

    def fill(self, connection: Connection, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        """Add many rows to a table."""

    def index(self, connection: Connection, name: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Make words findable: rows of (id, words, or title and words) for `told` or `said`."""


class Sqlite:
    """A library in one file."""

    def __init__(self, path: Path, *, create: bool) -> None:
        from sqlalchemy import QueuePool, create_engine

        self.about = str(path)
        self._path = path
        self._writable = self._checked(create)
        # Without a name in its URL SQLAlchemy would take the file for one in memory, and close connections in use.
        self.engine = create_engine("sqlite+pysqlite://", creator=self._connect, poolclass=QueuePool, max_overflow=-1)
        self._events()

    def _checked(self, create: bool) -> bool:
        """Whether the file can be written; raises where it can never be a library."""
        if self._path.is_dir():
            raise LibraryError(self.about, "is a folder", "name a file, such as news.db")
        if not self._path.exists():
            if not create:
                raise LibraryError(self.about, "is not there", "make it with `tellings add FILES --library FILE`")
            if not self._path.parent.is_dir():
                raise LibraryError(self.about, "lies in a folder that is not there", "make the folder first")
            return True
        return _may_write(self._path) and _may_write(self._path.parent)

    def _connect(self) -> sqlite3.Connection:
        """Connect; a file that cannot be written, in a folder that cannot, is read as it lies there."""
        name = quote(str(self._path.absolute()))
        still = "" if self._writable else "?mode=ro" if self._has_log() else "?mode=ro&immutable=1"
        connection = sqlite3.connect(f"file:{name}{still}", uri=True, timeout=WAIT, check_same_thread=False)
        connection.isolation_level = None  # transactions begin where `_events` says
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA cache_size = -65536")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _has_log(self) -> bool:
        log = self._path.with_name(self._path.name + "-wal")
        return log.exists() and log.stat().st_size > 0

    def _events(self) -> None:
        from sqlalchemy import event

        @event.listens_for(self.engine, "begin")
        def begin(connection: Connection) -> None:
            how = "BEGIN IMMEDIATE" if connection.get_execution_options().get("writing") else "BEGIN"
            connection.exec_driver_sql(how)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that holds the file's one writer's lock from its beginning."""
        with self.engine.connect().execution_options(writing=True) as connection, connection.begin():
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    def fill(self, connection: Connection, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        """Add many rows."""
        if rows:
            marks = ", ".join("?" * len(columns))
            named = ", ".join(f'"{column}"' for column in columns)
            connection.exec_driver_sql(f"INSERT INTO {table} ({named}) VALUES ({marks})", list(rows))

    def index(self, connection: Connection, name: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Add to a full-text index over a view."""
        columns = ("rowid", "title", "words") if name == "told" else ("rowid", "words")
        self.fill(connection, f"{name}_index", columns, rows)

    def claim(self) -> None:
        """Before the tables are made: the file's mark, and a log that lets others read while one writes."""
        connection = self._connect()
        try:
            mark = connection.execute("PRAGMA application_id").fetchone()[0]
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            if tables and mark != MARK:
                raise LibraryError(self.about, "is a database, but no library of Tellings", "name another file")
            if mark != MARK:
                connection.execute(f"PRAGMA page_size = {PAGE}")
                connection.execute(f"PRAGMA application_id = {MARK}")
            if self._writable:
                connection.execute("PRAGMA journal_mode = WAL")
        finally:
            connection.close()


class Postgres:
    """A library on a server, PostgreSQL 15 or later."""

    def __init__(self, url: str) -> None:
        from sqlalchemy import create_engine, make_url
        from sqlalchemy.exc import ArgumentError, NoSuchModuleError

        try:
            parsed = make_url(url).set(drivername="postgresql+psycopg")
            self.about = parsed.set(drivername="postgresql").render_as_string(hide_password=True)
            self.engine = create_engine(parsed, pool_pre_ping=True)
        except (ArgumentError, ValueError) as error:
            raise LibraryError("the URL of the library", "is no URL", "write postgresql://USER@HOST/NAME") from error
        except (ImportError, NoSuchModuleError) as error:
            advice = "install it: pip install 'tellings[postgres]'"
            raise LibraryError(self.about, "needs psycopg, which is not installed", advice) from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that holds the library's one writer's lock; it ends with the transaction."""
        with self.engine.connect() as connection, connection.begin():
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state."""
        one_state = self.engine.connect().execution_options(isolation_level="REPEATABLE READ")
        with one_state as connection, connection.begin():
            yield connection

    def fill(self, connection: Connection, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        """Add many rows by COPY."""
        if not rows:
            return
        named = ", ".join(f'"{column}"' for column in columns)
        cursor: Any = connection.connection.cursor()
        with cursor, cursor.copy(f"COPY {table} ({named}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def index(self, connection: Connection, name: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Add to a table of words; titles count like the text. Accents are taken off, as SQLite does."""
        from tellings.library.terms import folded

        given = [(row[0], folded(" \n".join(part or "" for part in row[1:]))) for row in rows]
        cursor: Any = connection.connection.cursor()
        with cursor:
            cursor.executemany(f"INSERT INTO {name}_index VALUES (%s, to_tsvector('tellings', %s))", given)

    def claim(self) -> None:
        """Before the tables are made: whether the server is new enough."""
        with self.engine.connect() as connection:
            version = connection.exec_driver_sql("SHOW server_version_num").scalar_one()
        if int(version) < OLDEST_SERVER:
            raise LibraryError(self.about, "is PostgreSQL before 15", "use a newer server")


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def store_at(where: str | Path, *, create: bool) -> Sqlite | Postgres:
    """The store that a path or a URL names."""
    name = str(where)
    if name.startswith(("postgresql:", "postgres:", "postgresql+psycopg:")):
        return Postgres("postgresql:" + name.partition(":")[2])
    if "://" in name and not Path(name).exists():
        raise LibraryError(name.partition("://")[0] + "://...", "is no store known here", "use a file or postgresql://")
    return Sqlite(Path(name), create=create)
