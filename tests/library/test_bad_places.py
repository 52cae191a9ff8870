"""Places that are no library, and stores that fail: plain errors, and nothing lost."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tellings.errors import LibraryError
from tellings.library import Query, open_library, stores
from tellings.records import Account
from tests.library.bridges import read
from tests.library.server import new_database


def test_a_folder_is_no_library(tmp_path: Path):
    with pytest.raises(LibraryError, match="is a folder"):
        open_library(tmp_path)


def test_what_is_not_there_is_only_made_when_something_is_added(tmp_path: Path):
    with pytest.raises(LibraryError, match="is not there"):
        open_library(tmp_path / "news.db", create=False)
    with pytest.raises(LibraryError, match="folder that is not there"):
        open_library(tmp_path / "none" / "news.db")
    assert list(tmp_path.iterdir()) == []


def test_another_program_s_database_is_left_alone(tmp_path: Path):
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE accounts (id)")
    before = (tmp_path / "other.db").read_bytes()

    with pytest.raises(LibraryError, match="no library of Tellings"):
        open_library(tmp_path / "other.db")
    assert (tmp_path / "other.db").read_bytes() == before


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path):
    (tmp_path / "story.txt").write_text("The bridge was closed on Monday. " * 99)

    with pytest.raises(LibraryError, match="is no database"):
        open_library(tmp_path / "story.txt")
    assert (tmp_path / "story.txt").read_text().startswith("The bridge")


def test_a_full_disk_loses_nothing_that_was_kept(tmp_path: Path):
    with open_library(tmp_path / "n.db") as library:
        library.add([read("a")], model="m")
        with library.store.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        given = [read(f"account-{n}") for n in range(300)]
        with pytest.raises(LibraryError, match="no room left on its disk"):
            library.add(given, model="m")
        batches = [{"a", *(one.account.id for one in given[: 100 * whole])} for whole in range(3)]
        assert {one.account for one in library.accounts()} in batches
        assert library.check() == []


def test_a_locked_file_is_waited_for_and_then_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(stores, "WAIT", 0.1)
    with open_library(tmp_path / "n.db") as library:
        library.add([read("a")], model="m")
        with sqlite3.connect(tmp_path / "n.db", isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(LibraryError, match="being written by another program"):
                library.add([read("b")], model="m")
            assert [one.account for one in library.accounts()] == ["a"]
            other.execute("ROLLBACK")
        library.add([read("b")], model="m")


@contextmanager
def nobody() -> Iterator[None]:
    """As a user whom the rights of files bind, where we are root."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(before)


def test_a_library_that_may_only_be_read_is_read(tmp_path: Path):
    place = tmp_path / "kept" / "n.db"
    place.parent.mkdir()
    with open_library(place) as library:
        library.add([read("a")], model="m")
    for folder in (tmp_path, *tmp_path.parents[:3]):
        folder.chmod(0o755)
    place.chmod(0o444)
    place.parent.chmod(0o555)

    with nobody(), open_library(place) as library:
        assert library.search(Query(words="bolts"))
        with pytest.raises(LibraryError, match="can only be read"):
            library.add([read("b")], model="m")
    place.parent.chmod(0o755)


def test_a_server_that_is_not_there_is_said_without_its_password():
    with pytest.raises(LibraryError, match="does not answer") as told:
        open_library("postgresql://ada:secret@127.0.0.1:1/news")
    assert "secret" not in str(told.value)


def test_a_server_gone_in_the_middle_is_said_and_what_was_kept_stays(server: str):
    place = new_database(server, "gone")

    def cut_off(account: Account) -> bytes | None:
        """Called in the middle of a batch, when its rows are written and not yet kept."""
        del account
        with open_library(place) as other, other.reading() as connection:
            connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        return None

    with open_library(place) as library:
        library.add([read("a")], model="m")
        with pytest.raises(LibraryError, match="went away in the middle"):
            library.add([read("b"), read("c")], model="m", originals=cut_off)
        assert [one.account for one in library.accounts()] == ["a"]
        assert library.check() == []


def test_an_unknown_kind_of_store_is_refused_without_its_password():
    with pytest.raises(LibraryError, match="no store known here") as told:
        open_library("mysql://ada:secret@host/news")
    assert "secret" not in str(told.value)


def test_damage_is_said(tmp_path: Path):
    place = tmp_path / "n.db"
    with open_library(place) as library:
        library.add([read(str(n)) for n in range(50)], model="m")
    data = bytearray(place.read_bytes())
    data[3 * stores.PAGE :] = bytes(len(data) - 3 * stores.PAGE)
    place.write_bytes(bytes(data))

    def use() -> None:
        with open_library(place) as library:
            library.search(Query(words="bolts"))
            library.accounts()

    with pytest.raises(LibraryError, match="is damaged"):
        use()
