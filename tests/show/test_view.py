"""The order of reading, the names of accounts and claims, and segments of overlapping spans."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.records import Comparison, Copy, Origin
from tellings.show.view import (
    count_of_origins,
    letter,
    name_of,
    plain_date,
    references,
    segments,
    standing_counts,
    told_by,
    view,
)

from .comparisons import account, claim, harbour, manifest, told


def dated(*dates: str | None) -> Comparison:
    accounts = tuple(account(f"n{n}", f"Text {n}.", published=date) for n, date in enumerate(dates))
    return Comparison(accounts, (), (), (), (), (), (), (), (), manifest(accounts))


def order_of(story: Comparison) -> list[str]:
    return [entry.id for entry in view(story).accounts]


def test_accounts_stand_by_publication_and_undated_ones_last():
    assert order_of(dated(None, "2026-03-12", "2026-03-11T09:00")) == ["n2", "n1", "n0"]


def test_a_time_zone_counts():
    assert order_of(dated("2026-03-12T12:30:00+02:00", "2026-03-12T11:00")) == ["n0", "n1"]


def test_a_date_that_is_no_day_stands_after_those_that_are():
    assert order_of(dated("2026-03", "2027-01-01")) == ["n1", "n0"]


def test_accounts_of_one_time_stand_by_their_ids():
    assert order_of(dated("2026-03-12", "2026-03-12")) == ["n0", "n1"]


def test_letters_follow_the_order_of_the_accounts():
    assert view(harbour()).letters == {"wire": "A", "echo": "B", "letter": "C"}


@pytest.mark.parametrize(("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ")])
def test_letters_go_on_after_z(index: int, name: str):
    assert letter(index) == name


def test_claims_stand_by_standing_and_single_ones_as_they_are_read():
    ids = [entry.id for entry in view(harbour()).claims]

    assert ids == ["alarm", "crew", "hurt", "no-alarm", "gone", "begin", "open", "watchman", "furniture"]


def test_the_order_in_which_claims_and_accounts_come_changes_nothing():
    story = harbour()
    turned = replace(story, accounts=story.accounts[::-1], claims=story.claims[::-1])

    assert view(turned).claims == view(story).claims
    assert view(turned).numbers == view(story).numbers


def test_copies_are_counted_with_their_account_and_named_beside():
    story = harbour()
    gone, crew = (next(one for one in story.claims if one.id == name) for name in ("gone", "crew"))
    assert told_by(view(story), gone) == "told by 3 of 3, 1 origin"

    copied = replace(story, copies=(Copy("letter", "wire", 0.9), Copy("echo", "wire", 0.9)))

    assert told_by(view(copied), gone) == "told by 1 of 1 and 2 copies, 1 origin"
    assert told_by(view(replace(story, copies=(Copy("letter", "wire", 0.9),))), crew) == "told by 2 of 2, 1 origin"


def test_what_only_copies_tell_stands_after_what_two_tell():
    wire, echo, letter = harbour().accounts
    first = claim("first", "agreed", (told(wire, "The alarm worked"), told(letter, "the alarm worked")))
    second = claim("second", "agreed", (told(echo, "The alarm never sounded"), told(letter, "heard none")))
    story = replace(harbour(), claims=(first, second), gaps=(), figures=())
    assert [one.id for one in view(story).claims] == ["first", "second"]
    copied = replace(story, copies=(Copy("letter", "wire", 0.9),))
    assert [one.id for one in view(copied).claims] == ["second", "first"]


def test_an_account_is_named_by_its_outlet_or_its_file():
    assert name_of(account("a", "Text.", outlet="The Wire")) == "The Wire"
    assert name_of(account("a", "Text.", path="papers/today/a.txt")) == "a.txt"


def test_an_account_that_tells_a_claim_twice_has_numbered_references():
    story = harbour()
    wire, echo, _ = story.accounts
    twice = claim("alarm-again", "agreed", (told(wire, "no alarm"), told(echo, "no alarm"), told(wire, "alarm", nth=2)))

    assert references(view(story), twice) == ("A1", "B", "A2")


def test_every_standing_is_counted_even_with_none():
    assert standing_counts(harbour().claims[:1]) == {
        "disputed": 0,
        "differs": 0,
        "updated": 0,
        "narrower": 0,
        "agreed": 0,
        "single": 1,
    }


def test_a_layer_is_there_when_the_manifest_names_it_or_it_holds_something():
    story = harbour()
    unnamed = replace(story, manifest=manifest(story.accounts))

    assert view(replace(story, gaps=())).has("gaps")
    assert view(unnamed).has("gaps")
    assert not view(replace(unnamed, gaps=())).has("gaps")


@pytest.mark.parametrize(
    ("iso", "shown"),
    [
        ("2026-03-12T10:15:30+01:00", "2026-03-12 10:15"),
        ("2026-03-12", "2026-03-12"),
        ("2026-03", "2026-03"),
        (None, "no date"),
    ],
)
def test_dates_are_shown_to_the_minute_at_most(iso: str | None, shown: str):
    assert plain_date(iso) == shown


def test_overlapping_spans_are_split_where_they_begin_and_end():
    assert segments(0, 10, [(2, 6), (4, 8)]) == [
        (0, 2, ()),
        (2, 4, (0,)),
        (4, 6, (0, 1)),
        (6, 8, (1,)),
        (8, 10, ()),
    ]


def test_spans_reaching_over_the_ends_are_cut_to_the_stretch():
    assert segments(5, 8, [(0, 6), (7, 20), (9, 12), (6, 6)]) == [(5, 6, (0,)), (6, 7, ()), (7, 8, (1,))]


pairs = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted).map(tuple), max_size=8)


@given(pairs, st.integers(0, 20), st.integers(0, 20))
def test_segments_cover_the_stretch_once_and_carry_just_the_marks_over_them(
    spans: list[tuple[int, int]], start: int, length: int
):
    found = segments(start, start + length, spans)

    assert [n for piece in found for n in range(piece.start, piece.end)] == list(range(start, start + length))
    for piece in found:
        for position in range(piece.start, piece.end):
            over = {n for n, (first, last) in enumerate(spans) if first <= position < last}
            assert set(piece.marks) == over


@pytest.mark.parametrize(
    ("origins", "expected"),
    [
        ([("named person", (0,)), ("own reporting", (1, 2))], "2 origins"),
        ([("anonymous", (0,)), ("anonymous", (1,)), ("own reporting", (2,))], "2 or 3 origins"),
        ([("anonymous", (0,)), ("anonymous", (0,)), ("anonymous", (1,))], "2 or 3 origins"),
        ([("anonymous", (0, 1, 2))], "1 origin"),
    ],
)
def test_unnamed_sources_of_two_accounts_may_be_one(origins, expected):
    one = harbour().claims[0]
    uses = tuple(replace(one.appearances[0], account=name) for name in ("wire", "echo", "letter"))
    made = tuple(Origin(f"o-{n}", kind, None, places) for n, (kind, places) in enumerate(origins))
    assert count_of_origins(replace(one, appearances=uses, relations=(), origins=made)) == expected
