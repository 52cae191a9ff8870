"""What holds for a library, whichever store it is in: the same tests over SQLite and a real PostgreSQL server."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, inspect, select, text

from tellings.errors import InputError, LibraryError
from tellings.library import Query, open_library, schema
from tellings.library.opened import Library
from tellings.library.records import Added
from tellings.library.versions import KNOWN, migrate
from tellings.records import Run
from tests.library.bridges import read, vectors
from tests.show.readings import BRIDGE, empty
from tests.show.readings import account as made

DAYS = ("2026-04-02", "2026-04-03T08:30:00+02:00", None)


@pytest.fixture
def filled(library: Library) -> Library:
    names = ("courier", "post", "blog")
    outlets = ("Ostrel Courier", "The Évening Post", None)
    library.add(
        (read(*pair, published=day, url=None) for *pair, day in zip(names, outlets, DAYS, strict=True)),
        model="m",
        stories=False,
    )
    return library


def told(library: Library, **asked: Any) -> list[tuple[str, str]]:
    return [(one.account, one.text) for one in library.search(Query(**asked))]


def test_an_account_comes_back_as_it_was_added(library: Library):
    one = read(updated="2026-04-03", author="A. Pen", url="https://bridge.example/1")
    runs = (Run(0, 40, 3, 43), Run(40, 200, 50, 220))
    one = replace(one, account=replace(one.account, original=replace(one.account.original, runs=runs, offset=7)))

    assert library.add([one], model="m") == Added(new=1)
    assert library.account("bridge") == one.account
    assert library.check() == []


def test_the_same_account_twice_is_kept_once(library: Library):
    assert library.add([read("a"), read("b"), read("a")], model="m") == Added(new=2, known=1)
    assert library.add([read("b"), read("c")], model="m") == Added(new=1, known=1)

    assert [one.account for one in library.accounts()] == ["a", "b", "c"]
    assert library.known([read("a").account.sha256, "0" * 64]) == {read("a").account.sha256}
    with library.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(schema.texts)) == 1


def test_another_original_under_a_known_name_gets_a_name_of_its_own(library: Library):
    one = read("a")
    other = replace(one, account=replace(one.account, sha256="f" * 64))
    library.add([one, other], model="m")

    assert [one.account for one in library.accounts()] == ["a", "a-ffffffffffff"]


def test_words_find_statements_with_their_speaker_and_their_marks(filled: Library):
    found = filled.search(Query(words="bolts missing"))

    assert {one.account for one in found} == {"courier", "post", "blog"}
    best = found[0]
    assert best.text == "at least 40 bolts were missing"
    assert BRIDGE[best.start : best.end] == best.text
    assert (best.speaker, best.source_type, best.kind) == ("the council", "organisation", "state")
    assert [BRIDGE[start:end] for start, end in best.marks] == ["bolts", "missing"]


@pytest.mark.parametrize(
    ("words", "fits"),
    [
        ("bolt", True),
        ("BOLTS", True),
        ("the", True),
        ('"bolts were missing"', True),
        ('"missing bolts"', False),
        ("bolts -scandal", False),
        ('bolts -"nobody missing"', True),
        ("bolts zeppelin", False),
        ("Ostrél", True),
        ("bolts AND crack", True),
        ("words:bolts", False),
        ("bol*", False),
    ],
)
def test_what_is_typed_means_words_phrases_and_minus_in_both_stores(filled: Library, words: str, fits: bool):
    assert bool(filled.search(Query(words=words))) is fits


def test_everything_somebody_is_quoted_as_saying_about_something(filled: Library):
    (found,) = {(one.text, one.speaker) for one in filled.search(Query(words="closed", speaker="Kroll"))}

    assert found == ("The bridge at Ostrel was closed on Monday", "Edda Kroll")
    assert len(filled.search(Query(speaker="kroll"))) == 9
    assert filled.search(Query(words="bolts", speaker="Kroll")) == []
    assert filled.search(Query(words="closed", speaker="Kroll Ostrel")) == []


@pytest.mark.parametrize(
    ("words", "fits"),
    [('"nobody looked"', True), ('"looked nobody"', False), ("nobody looked", True), ("old -nobody", False)],
)
def test_phrases_in_what_is_said(filled: Library, words: str, fits: bool):
    assert bool(filled.search(Query(words=words, speaker="Kroll"))) is fits


def test_filters_narrow(filled: Library):
    assert {name for name, _ in told(filled, words="bolts", outlet="evening post")} == {"post"}
    assert {name for name, _ in told(filled, words="bolts", since="2026-04-03")} == {"post"}
    assert {name for name, _ in told(filled, words="bolts", until="2026-04-02")} == {"courier"}
    assert {name for name, _ in told(filled, words="bolts", until="2026-04")} == {"courier", "post"}
    assert {text for _, text in told(filled, source_type="anonymous")} == {
        "the firm was told by the council that at least 40 bolts were missing"
    }
    assert {text for _, text in told(filled, kind="question")} == {"Who pays?"}
    assert {text for _, text in told(filled, words="Ostrel", kind="event")} == {
        "The bridge at Ostrel was closed on Monday"
    }
    assert len(told(filled, kind="event", limit=2)) == 2
    assert told(filled, words="bolts", limit=0) == []


def test_meaning_finds_the_nearest_statements_among_those_that_fit(filled: Library):
    rows = vectors(6)

    def nearest(number: int, **asked: Any) -> list[str]:
        query = Query(meaning="asked", limit=3, **asked)
        return [one.text for one in filled.search(query, vector_of=lambda _: rows[number])]

    assert nearest(5) == ["Who pays?"] * 3
    assert nearest(1) == ["It was old"] * 3
    assert nearest(5, outlet="Courier")[0] == "Who pays?"
    assert len(nearest(5, outlet="nobody")) == 0
    assert "Who pays?" not in nearest(5, speaker="Kroll")
    filled.add([read("later")], model="m")
    assert nearest(5, outlet="Ostrel") == ["Who pays?", "Who pays?", nearest(5, outlet="Ostrel")[2]]


def test_a_search_that_asks_for_nothing_is_a_plain_error(filled: Library):
    for asked in (Query(), Query(words="?!"), Query(words="-bolts"), Query(speaker="..."), Query(meaning=" ")):
        with pytest.raises(LibraryError):
            filled.search(asked)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30), st.sampled_from(["words", "speaker", "outlet"]))
def test_nothing_that_is_typed_is_syntax(filled: Library, typed: str, field: str):
    with suppress(LibraryError):  # nothing else may come of it
        filled.search(Query(**{"words": "bolts", field: typed}))


def test_sources_are_counted_over_accounts(filled: Library):
    first = filled.sources(Query(speaker="Kroll"))[0]

    assert (first.name, first.type, first.attributions, first.accounts, first.outlets) == (
        "Edda Kroll", "named person", 9, 3, 2,
    )  # fmt: skip
    assert [one.type for one in filled.sources(Query(source_type="anonymous"))] == ["anonymous"]


def test_stories_keep_their_past(filled: Library):
    number = filled.assign(["courier", "post"], by="grouping")
    other = filled.assign(["blog"], by="grouping")
    assert filled.assign(["post"], other, by="Ada") == other
    filled.assign(["post"], other, by="Ada")

    assert {(one.story, one.accounts) for one in filled.stories()} == {(number, 1), (other, 2)}
    story = filled.story(other)
    assert {one.account for one in story.accounts} == {"blog", "post"}
    assert [(one.account, one.what, one.by) for one in story.changes] == [
        ("blog", "joined", "grouping"), ("post", "joined", "Ada"),
    ]  # fmt: skip
    assert [one.what for one in filled.story(number).changes] == ["joined", "joined", "left"]
    assert filled.check() == []


def test_what_is_not_there_is_a_plain_error_and_changes_nothing(filled: Library):
    for ask in (
        lambda: filled.account("nobody"),
        lambda: filled.story(9),
        lambda: filled.assign(["courier", "nobody"], by="Ada"),
        lambda: filled.assign(["courier"], 9, by="Ada"),
    ):
        with pytest.raises(LibraryError, match="has no"):
            ask()
    assert filled.stories() == []


def test_a_later_version_of_a_page_is_known_by_its_link_and_words(library: Library):
    link = "https://bridge.example/1"
    library.add([read("first", url=link), read("second", url=link)], model="m")
    other = made("other", "Nothing at all like it stands here.", url=link)
    library.add([empty(other)], model="m")

    assert {one.account: one.version for one in library.accounts()} == {"first": 1, "second": 2, "other": 0}


def test_hostile_texts_are_kept_as_they_are_or_refused(library: Library):
    strange = "Ro\u0301bert'); DROP TABLE accounts;-- \ue000\ue001 \U0001f309 \\N \x01\t“bolts”\r\nend"
    refused: list[InputError] = []
    readings = [empty(made("strange", strange)), empty(made("nul", "a\x00b")), empty(made("half", "a", title="\ud800"))]
    added = library.add(readings, model="m", on_refused=refused.append)

    assert added == Added(new=1, refused=2)
    assert [error.about for error in refused] == ["nul.txt", "half.txt"]
    assert library.account("strange").text == strange
    (found,) = library.search(Query(words="bolts"))
    assert strange[found.start : found.end] == found.text
    assert library.check() == []


def test_originals_are_kept_once_and_come_back(library: Library):
    data = b"the very bytes"
    one = read("a")
    library.add([one, read("b")], model="m", originals=lambda account: data if account.id == "a" else None)

    assert library.original(one.account) == data
    assert library.original(read("b").account) is None
    (fault,) = library.check()  # the digest of these bytes is not the one the account names
    assert fault.table == "originals"


def test_a_text_that_is_its_own_original_need_not_be_kept_twice(library: Library):
    one = made("plain", "The bridge is open.")
    library.add([empty(one)], model="m", originals=lambda _: b"never asked")

    assert library.original(one) == b"The bridge is open."


@pytest.mark.parametrize(
    ("harm", "table"),
    [
        ("UPDATE texts SET text = 'altered' || text", "texts"),
        ('UPDATE statements SET "end" = 99999 WHERE number = 3', "statements"),
        ("UPDATE figures SET start = -1 WHERE number = 0", "figures"),
        ("UPDATE entities SET name = 'Nobody' WHERE number = 1", "entities"),
        ("DELETE FROM vectors", "vectors"),
        ("DELETE FROM told_index", "told_index"),
    ],
)
def test_check_finds_what_is_wrong(filled: Library, harm: str, table: str):
    if table == "told_index" and "news.db" in filled.name:
        harm = "INSERT INTO told_index (told_index, rowid, title, words) SELECT 'delete', id, title, words FROM told"
    with filled.writing() as connection:
        connection.execute(text(harm))

    assert table in {fault.table for fault in filled.check()}


def test_readers_see_one_state_while_a_writer_writes(place: str):
    with open_library(place) as one, open_library(place) as other:
        one.add([read("a")], model="m")
        with other.reading() as seen:
            count = select(func.count()).select_from(schema.accounts)
            assert seen.scalar(count) == 1
            one.add([read("b")], model="m")
            assert seen.scalar(count) == 1
        assert len(other.accounts()) == 2


def test_two_writers_lose_none_of_each_others_work(place: str):
    def write(which: int) -> int:
        with open_library(place) as library:
            return sum(library.add([read(f"{which}-{n}"), read(f"both-{n}")], model="m").new for n in range(8))

    with ThreadPoolExecutor(3) as pool:
        added = list(pool.map(write, range(3)))
    with open_library(place) as library:
        assert sum(added) == len(library.accounts()) == 3 * 8 + 8
        assert library.check() == []


def test_what_fails_in_the_middle_leaves_nothing_of_its_batch(library: Library):
    library.add([read("a")], model="m")

    def broken() -> Any:
        yield read("b")
        bad = read("c")
        yield replace(bad, statements=(replace(bad.statements[0], kind=object()),))  # type: ignore[arg-type]

    with pytest.raises(Exception):  # noqa: B017, PT011 - whatever the driver says to a value that is none
        library.add(broken(), model="m")
    assert [one.account for one in library.accounts()] == ["a"]
    assert library.check() == []
    library.add([read("b")], model="m")
    assert len(library.accounts()) == 2


def test_the_tables_are_those_of_the_schema_after_every_migration(library: Library):
    with library.reading() as connection:
        seen = inspect(connection)
        for table in schema.metadata.sorted_tables:
            columns = {one["name"]: one["nullable"] for one in seen.get_columns(table.name)}
            assert columns == {one.name: bool(one.nullable) for one in table.columns}, table.name
            keys = {tuple(one["constrained_columns"]) for one in seen.get_foreign_keys(table.name)}
            assert keys == {tuple(key.column_keys) for key in table.foreign_key_constraints}, table.name
            indexes = {one["name"] for one in seen.get_indexes(table.name)}
            assert {one.name for one in table.indexes} <= indexes, table.name
        assert set(schema.VIEWS) <= set(seen.get_view_names())


def test_the_views_give_words(filled: Library):
    with filled.reading() as connection:
        rows = connection.execute(text("SELECT speaker, words FROM quotations WHERE account = 'post'")).all()
        assert ("the council", "at least 40 bolts were missing") in [tuple(row) for row in rows]
        for view in schema.VIEWS:
            assert connection.execute(text(f"SELECT count(*) FROM {view}")).scalar_one() > 0


@pytest.mark.parametrize("version", KNOWN)
def test_every_version_there_was_leads_to_this_one(place: str, version: str):
    from tellings.library.stores import store_at

    store = store_at(place, create=True)
    store.claim()
    with store.writing() as connection:
        migrate(connection, version)
    store.engine.dispose()
    with open_library(place) as library:
        assert library.add([read()], model="m") == Added(new=1)
        assert library.check() == []


def test_a_newer_version_is_refused(place: str):
    with open_library(place) as library, library.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(LibraryError, match="newer version of Tellings"):
        open_library(place)


def test_sqlite_and_tellings_agree_what_a_code_point_is(tmp_path: Any):
    with open_library(tmp_path / "n.db") as library:
        library.add([read()], model="m")
    with sqlite3.connect(tmp_path / "n.db") as plain:
        words = [row[0] for row in plain.execute("SELECT words FROM statements_text ORDER BY number")]
    assert words == [BRIDGE[one.span.start : one.span.end] for one in read().statements]
