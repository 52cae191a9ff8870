"""New accounts join stories; whatever stops and opens a library, it comes to the same stories."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import islice

import pytest

from tellings.errors import LibraryError
from tellings.grouping import Change, Stream, sketch
from tellings.library import grouped, open_library
from tellings.library.opened import Library
from tellings.library.records import StoryChange
from tellings.library.sketches import packed, unpacked
from tests.library.events import stream, told
from tests.library.killing import state


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A window that moves on within a test."""
    monkeypatch.setattr(grouped, "WINDOW", 40)
    monkeypatch.setattr(grouped, "EPOCH", 25)
    monkeypatch.setattr(grouped, "SETTLE", 10)


def members(library: Library) -> set[frozenset[str]]:
    return {frozenset(one.account for one in library.story(listed.story).accounts) for listed in library.stories()}


def test_accounts_of_one_event_are_one_story_and_say_why(library: Library):
    library.add([told(1, 0), told(2, 0), told(1, 1), told(1, 2)], model="m")

    assert members(library) == {frozenset({"event-1-0", "event-1-1", "event-1-2"}), frozenset({"event-2-0"})}
    story = library.story(1)
    assert story.title == told(1, 0).account.title
    assert [(one.account, one.what, one.by) for one in story.changes[:2]] == [
        ("event-1-0", "joined", "grouping"),
        ("event-1-1", "joined", "grouping"),
    ]
    assert story.changes[0].why == "no story before it is near enough"
    assert "words" in (story.changes[1].why or "")


def test_the_stories_are_those_of_one_stream(library: Library):
    readings = stream(120)
    library.add(readings, model="m")

    alone = Stream(grouped.WINDOW + grouped.EPOCH)
    for number, one in enumerate(readings, 1):
        alone.add(replace(sketch(one), id=str(number)))
        if number % grouped.SETTLE == 0:
            alone.settle()
    names = [one.account.id for one in readings]
    assert members(library) == {frozenset(names[int(n) - 1] for n in held) for held in alone.stories().values()}
    assert len(members(library)) < 60


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("seed", range(3))
def test_a_library_opened_again_at_any_moment_groups_as_one_never_closed(place: str, tmp_path_factory, seed: int):
    readings, dice = stream(110), random.Random(seed)
    with open_library(place) as library:
        library.add(readings, model="m")
    parts, rest = str(tmp_path_factory.mktemp("parts") / "parts.db"), iter(readings)
    while some := list(islice(rest, dice.randrange(1, 30))):
        with open_library(parts) as library:
            library.add(some, model="m")

    assert state(parts) == state(place)


@pytest.mark.usefixtures("small")
def test_settling_moves_accounts_and_says_why(library: Library):
    library.add(stream(110), model="m")

    changes = [change for number in range(1, 40) for change in _changes(library, number)]
    assert "nearer to the accounts of this story" in {(one.why or "").partition(",")[0] for one in changes}
    assert sum(one.what == "joined" for one in changes) - sum(one.what == "left" for one in changes) == 110


def _changes(library: Library, number: int) -> tuple[StoryChange, ...]:
    try:
        return library.story(number).changes
    except LibraryError:
        return ()


def test_a_story_that_is_split_has_a_new_one_with_its_first_accounts_title(library: Library):
    library.add([told(1, 0), told(1, 1), told(1, 2)], model="m")
    apart = [
        Change("split", "1", None, "2", 0.9, "2 of its accounts are nearer to each other than to the others"),
        Change("moved", "2", "2", "1", 0.9, "nearer"),
        Change("moved", "2", "3", "1", 0.9, "nearer"),
    ]
    with library.writing() as connection:
        pages = grouped.Pages(library.store, connection, "2031-04-05T00:00:00Z")
        pages.settle(apart)
        pages.write()

    assert members(library) == {frozenset({"event-1-0"}), frozenset({"event-1-1", "event-1-2"})}
    assert library.story(2).title == told(1, 1).account.title
    assert [(one.account, one.what) for one in library.story(1).changes[3:]] == [
        ("event-1-1", "left"),
        ("event-1-2", "left"),
    ]


@pytest.mark.usefixtures("small")
def test_what_a_batch_that_failed_left_in_mind_is_forgotten(library: Library, tmp_path):
    readings = stream(60)
    library.add(readings[:20], model="m")
    with pytest.raises(ZeroDivisionError):
        library.add(readings[20:40], model="m", also=lambda _: 1 // 0)
    library.add(readings[20:], model="m")

    quiet = str(tmp_path / "quiet.db")
    with open_library(quiet) as other:
        other.add(readings, model="m")
    assert state(quiet)["story_accounts"] == [tuple(one) for one in _rows(library)]


def _rows(library: Library) -> list[tuple[int, int]]:
    from sqlalchemy import select

    from tellings.library import schema

    with library.reading() as connection:
        table = schema.story_accounts.c
        return sorted(connection.execute(select(table.story, table.account)).all(), key=repr)


@pytest.mark.usefixtures("small")
def test_what_a_person_put_in_order_stays(library: Library):
    readings = stream(110)
    library.add(readings[:30], model="m")
    names = [one.account.id for one in readings]
    mine = library.assign([names[0], names[7]], by="Ada")
    library.add(readings[30:], model="m")

    kept = {one.account for one in library.story(mine).accounts}
    assert {names[0], names[7]} <= kept
    assert all(one.what == "joined" for one in library.story(mine).changes)


@pytest.mark.usefixtures("small")
def test_sketches_are_kept_only_as_long_as_they_are_compared_with(library: Library):
    from sqlalchemy import func, select

    from tellings.library import schema

    library.add(stream(110), model="m")
    with library.reading() as connection:
        table = schema.sketches.c
        assert connection.scalar(select(func.min(table.account))) == 61  # the epoch of 101 begins 40 before it
        assert connection.scalar(select(func.max(func.length(table.numbers)))) < 1500


def test_a_sketch_comes_back_from_its_bytes():
    one = sketch(told(3, 1))
    again, near = unpacked(packed(one, [4, 9]), 17)
    assert near == [4, 9]
    assert (again.id, again.day) == ("17", one.day)
    for name in ("vector", "terms", "weights", "names", "days", "figures", "signs"):
        assert getattr(again, name).tolist() == getattr(one, name).tolist(), name
