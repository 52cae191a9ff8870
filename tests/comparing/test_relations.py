import pytest

from tellings.comparing.relations import STRENGTH, Found, added, relation
from tellings.comparing.table import Table, build, in_order
from tellings.records import RelationKind
from tests.comparing.accounts import reading


def pair(one: str, other: str, *, dates: tuple[str | None, str | None] = (None, None)) -> Table:
    return build(in_order([reading("a", one, published=dates[0]), reading("b", other, published=dates[1])]))


def told(table: Table, kind: RelationKind) -> Found:
    """The relation of the first statements of both accounts, where the scorer is sure of a kind."""
    kinds = dict.fromkeys(STRENGTH, 0.02) | {kind: 0.92}
    second = next(n for n, row in enumerate(table.rows) if row.reading == 1)
    return relation(table, 0, second, 0.9, kinds)


def shown(found: Found) -> list[str]:
    return [excerpt.text for excerpt in found.why]


def test_two_figures_differ():
    found = told(pair("The crane lifted 12 beams.", "The crane lifted 14 beams."), "differ")
    assert found.kind == "differ"
    assert shown(found) == ["12", "14"]


def test_a_conflict_without_words_to_show_is_none():
    found = told(pair("The crane lifted the beams.", "The crane lifted the beams."), "conflict")
    assert found.kind == "agree"
    assert found.why == ()


def test_equal_figures_are_no_ground_to_differ():
    found = told(pair("The crane lifted 12 beams.", "A crane lifted 12 beams."), "differ")
    assert found.kind == "agree"


def test_a_higher_figure_told_later_is_an_update():
    dates = ("2030-05-01", "2030-05-02")
    table = pair("Rescuers found 12 hikers.", "Rescuers found 14 hikers.", dates=dates)
    assert told(table, "update").kind == "update"
    assert told(table, "conflict").kind != "conflict"


@pytest.mark.parametrize("dates", [("2030-05-02", "2030-05-01"), ("2030-05-01", "2030-05-01"), (None, "2030-05-02")])
def test_a_higher_figure_not_told_later_is_no_update(dates: tuple[str | None, str | None]):
    table = pair("Rescuers found 12 hikers.", "Rescuers found 14 hikers.", dates=dates)
    first = table.readings[0].account.text
    if dates[0] and dates[1] and dates[0] != dates[1]:
        assert "14" in first  # accounts stand in the order of their dates: the later one tells less
    assert told(table, "update").kind != "update"


def test_two_weekdays_differ():
    found = told(pair("The hall closed on Monday.", "The hall closed on Tuesday."), "differ")
    assert shown(found) == ["Monday", "Tuesday"]


def test_a_shared_weekday_is_no_ground():
    found = told(pair("The hall closed on Monday.", "Open until Monday, the hall closed on Tuesday."), "differ")
    assert found.kind != "differ"


def test_a_negation_against_none_is_a_conflict():
    found = told(pair("The deck is not safe.", "The deck is safe."), "conflict")
    assert found.kind == "conflict"
    assert shown(found) == ["not safe", "deck is safe"]


def test_two_speakers_differ():
    found = told(pair("Ada Finch said the deck is rotten.", "Bram Holt said the deck is rotten."), "differ")
    assert shown(found) == ["Ada Finch", "Bram Holt"]


def test_one_speaker_named_shortly_is_no_ground():
    table = pair("Ada Finch said the deck is rotten.", "Ada Finch came. Finch said the deck is rotten.")
    kinds = dict.fromkeys(STRENGTH, 0.02) | {"differ": 0.92}
    assert relation(table, 0, 2, 0.9, kinds).kind != "differ"


def test_narrower_names_the_fuller_one_and_its_detail():
    found = told(pair("The hall closed.", "The hall on Quay Street closed after a leak."), "narrower")
    assert found.kind == "narrower"
    assert found.first == 1
    assert shown(found) == ["Quay Street"]


def test_nothing_added_is_no_narrower():
    assert told(pair("The hall closed.", "The hall has closed."), "narrower").kind == "agree"


def test_the_longest_added_stretch():
    table = pair("The hall closed.", "Yesterday the hall closed after a burst pipe flooded the cellar.")
    span = added(table, 1, 0)
    assert span is not None
    assert table.readings[1].account.text[span.start : span.end] == "burst pipe flooded the cellar"


def test_a_hedge_against_none_differs():
    found = told(pair("The deck is reportedly rotten.", "The deck is rotten."), "differ")
    assert found.kind == "differ"
    assert shown(found) == ["reportedly", "deck is rotten"]


def test_two_speakers_are_no_conflict():
    assert told(pair("Ada Finch said the deck rots.", "Bram Holt said the deck rots."), "conflict").kind == "differ"


def test_a_square_denial_is_a_conflict_though_the_scorer_only_doubts():
    table = pair("The council did not postpone the repairs.", "The repairs were postponed by the council.")
    kinds: dict[RelationKind, float] = {"agree": 0.2, "narrower": 0.4, "update": 0.05, "differ": 0.3, "conflict": 0.05}
    found = relation(table, 0, 1, 0.9, kinds)
    assert found.kind == "conflict"
    assert shown(found) == ["not postpone", "repairs were postponed by the council"]


def test_a_denial_of_something_else_is_no_conflict():
    table = pair("It did not rain when the council postponed the repairs.", "The council postponed the repairs.")
    assert told(table, "differ").kind != "conflict"
