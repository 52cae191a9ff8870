"""Out of a library and into an empty one: everything is as it was, whichever stores they are in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import insert, select, text

from tellings.errors import InputError, LibraryError
from tellings.exporting import lines
from tellings.exporting.bundle import attached, bare, digest
from tellings.exporting.records import Head, Kept, KeptAccount
from tellings.library import Query, open_library, schema
from tellings.library.opened import Library
from tellings.library.records import Added
from tests.library.bridges import read
from tests.library.server import new_database
from tests.show.readings import BRIDGE, empty
from tests.show.readings import account as made

OTHER = "Nobody looked at the “old” beam \U0001f309 in Ostrel, Edda Kroll said. Twelve people saw it."


@pytest.fixture
def full(library: Library) -> Library:
    """Three tellings, two of them versions, one with a text of its own; stories, a correction, a feed."""
    link = "https://bridge.example/1"
    other = empty(made("other", OTHER, title="Beam", url="https://other.example/\u00e9"))
    given = [read("first", url=link), read("second", url=link, published="2026-04-03"), other, read("blog", None)]
    library.add(given, model="m", originals=lambda one: b"the bytes" if one.id == "first" else None, stories=False)
    library.add([read("late")], model="a later model", stories=False)
    number = library.assign(["first", "second"], by="grouping")
    library.assign(["blog"], by="grouping")
    library.assign(["blog"], number, by="Ada")
    feed = {"id": 1, "url": "https://feed.example/", "failures": 0, "title": "A feed"}
    where = {"sha256": digest(BRIDGE), "start": 37, "end": 47, "kind": "speaker", "author": "Ada", "made": "2026-05-01"}
    where |= {"prefix": BRIDGE[5:37], "exact": BRIDGE[37:47], "suffix": BRIDGE[47:79]}
    with library.writing() as connection:
        connection.execute(insert(schema.corrections).values(key="k1", **where))
        connection.execute(insert(schema.feeds).values(**feed))
        links = [{"feed": 1, "url": f"https://{n}.example/", "seen": "2026-05-01", "account": n} for n in (1, None)]
        connection.execute(insert(schema.feed_links), links)
    return library


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Library]:
    if request.param == "sqlite":
        place = str(tmp_path / "target.db")
    else:
        place = new_database(request.getfixturevalue("server"), f"target_{uuid4().hex[:12]}")
    with open_library(place) as opened:
        yield opened


def everything(library: Library) -> dict[str, list[tuple[object, ...]]]:
    with library.reading() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in schema.metadata.sorted_tables
            if table.name not in _OWN
        }


_OWN = {"sketches", "conflicts"}
"""What grouping and watching have in mind is a library's own and not exported."""


def exported(library: Library, **asked: Any) -> list[str]:
    return list(lines.written(library.give(**asked)))


def bundle(library: Library) -> list[str]:
    return list(lines.written(bare(library.give)))


def back(written: list[str]) -> Iterator[Kept]:
    return lines.read(written, about="news.jsonl")


def texts_of(*accounts: Any) -> dict[str, Any]:
    return {digest(one.text): one for one in accounts}


def test_exported_and_imported_is_equal_from_either_store_into_either(full: Library, target: Library):
    assert target.take(back(exported(full, originals=True))) == Added(new=5)

    assert everything(target) == everything(full)
    assert [one.text for one in target.search(Query(words="bolts"))] == [
        one.text for one in full.search(Query(words="bolts"))
    ]
    assert exported(target, originals=True) == exported(full, originals=True)


def test_a_second_import_changes_nothing(full: Library, target: Library):
    target.take(back(exported(full)))
    before = everything(target)

    assert target.take(back(exported(full))) == Added(known=5)
    assert everything(target) == before


def test_an_import_that_was_stopped_is_finished_by_the_next(
    full: Library, target: Library, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("tellings.library.taking.BATCH", 2)
    written = exported(full, originals=True)
    middle = next(number for number, line in enumerate(written) if '"name":"late"' in line or '"id":"late"' in line)
    with pytest.raises(InputError):
        target.take(back([*written[:middle], "cut off"]))
    assert len(target.accounts()) == 4
    assert target.check() == [one for one in full.check() if one.table == "originals"]

    assert target.take(back(written)) == Added(new=1, known=4)
    assert everything(target) == everything(full)


def test_what_a_library_has_stays_when_more_is_taken_in(full: Library, target: Library):
    target.add([read("mine"), read("late")], model="mine", stories=False)
    mine = target.assign(["mine"], by="Ada")

    assert target.take(back(exported(full))) == Added(new=4, known=1)
    assert {one.account for one in target.accounts()} == {"mine", "late", "first", "second", "other", "blog"}
    assert [len(target.story(one.story).accounts) for one in target.stories() if one.story != mine] == [3]
    assert {one.account: one.version for one in target.accounts()}["second"] == 2
    assert target.check() == []


def test_one_story_is_exported_with_what_is_of_it(full: Library, target: Library):
    target.take(back(exported(full, story=1)))

    assert {one.account for one in target.accounts()} == {"first", "second", "blog"}
    assert len(target.story(1).accounts) == 3
    assert target.check() == []
    said = [(one.account, one.text) for one in target.search(Query(speaker="Kroll", limit=99))]
    assert said == [(n, t) for n, t in ((o.account, o.text) for o in full.search(Query(speaker="Kroll", limit=99)))
                    if n in {"first", "second", "blog"}]  # fmt: skip


def test_a_bundle_has_no_words_of_a_text(full: Library):
    whole = "".join(bundle(full))

    assert digest(BRIDGE) in whole
    assert "https://bridge.example/1" in whole
    for words in ("missing", "Kroll", "scandal", "familiar", "Beam", "Twelve", "Harrow"):
        assert words in BRIDGE + OTHER + "Beam"
        assert words not in whole
    heads = [one for one in back(bundle(full)) if isinstance(one, KeptAccount)]
    assert (heads[0].text_sha256, heads[0].text_length) == (digest(BRIDGE), len(BRIDGE))
    said = heads[0].attributions[0]
    assert said.sha256 == hashlib.sha256(BRIDGE[said.start : said.end].encode()).hexdigest()


def test_a_bundle_is_put_onto_texts_of_the_same_digest(full: Library, target: Library):
    left: list[InputError] = []
    texts = texts_of(full.account("first"), full.account("other"))
    target.take(attached(back(bundle(full)), texts, missing=left.append))

    kept, wanted = everything(target), everything(full)
    assert left == []
    assert {name: rows for name, rows in kept.items() if name != "originals"} == {
        name: rows for name, rows in wanted.items() if name != "originals"
    }


def test_a_text_that_changed_is_left_out_and_named(full: Library, target: Library):
    first = full.account("first")
    changed = replace(full.account("other"), text=OTHER.replace("Twelve", "Thirteen"))
    left: list[InputError] = []

    assert target.take(attached(back(bundle(full)), texts_of(first, changed), missing=left.append)).new == 4
    assert [error.about for error in left] == ["https://other.example/\u00e9"]
    assert target.check() == []
    nothing = attached(back(bundle(full)), {}, missing=left.append)
    with open_library(Path(target.name).parent / "none.db" if "://" not in target.name else target.name) as none:
        assert none.take(nothing).new == 0


def test_what_cannot_be_taken_in_is_a_plain_error_and_changes_nothing(full: Library, target: Library):
    written = exported(full)
    head = next(full.give())
    assert isinstance(head, Head)
    bad = [
        (bundle(full), LibraryError, "--texts"),
        (list(lines.written([replace(head, form=99)])), LibraryError, "another version"),
        (list(lines.written([replace(head, vectors="other")])), LibraryError, "another form"),
        (written[1:], InputError, "does not begin"),
        ([written[0], "{}"], InputError, "no line of an export"),
        ([written[0], '{"account": {"text": 3}}'], InputError, "no line of an export"),
        ([written[0], "\x00\xff"], InputError, "no line of an export"),
    ]
    for given, kind, said in bad:
        with pytest.raises(kind, match=said):
            target.take(back(given))
    assert target.accounts() == []


def test_a_span_outside_its_text_is_refused(full: Library):
    one = next(record for record in full.give() if isinstance(record, KeptAccount))
    bad = replace(one, statements=(replace(one.statements[0], end=99999),))
    voiced = replace(one, statements=(replace(one.statements[0], attribution=77),))

    for each, said in ((bad, "not in its text"), (voiced, "does not have")):
        with pytest.raises(InputError, match=said):
            list(back([next(iter(exported(full))), *lines.written([each])]))


def test_a_library_coded_by_other_directions_is_noticed(full: Library):
    with full.writing() as connection:
        connection.execute(text("UPDATE about SET value = 'other' WHERE name = 'vectors'"))

    with pytest.raises(LibraryError, match="in another form"):
        full.add([read("new")], model="m", stories=False)
    with pytest.raises(LibraryError, match="in another form"):
        full.search(Query(meaning="the bridge"))
    assert full.search(Query(words="bridge")) != []
