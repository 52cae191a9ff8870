"""What an owner has, joined across accounts; countries by their seats and governments."""

from __future__ import annotations

import pytest

from tellings.comparing.countries import countries
from tellings.comparing.entities import join
from tellings.comparing.groups import Phrase


def name(account: int, entity: int, text: str, kind: str = "PER", *, acts: bool = True) -> Phrase:
    return Phrase(account, entity, text, "name", kind, acts=acts)


def phrase(account: int, entity: int, text: str, kind: str = "ORG") -> Phrase:
    return Phrase(account, entity, text, "nominal", kind)


LIND = (name(0, 0, "Ana Lind"), name(1, 0, "Lind"))


@pytest.mark.parametrize("text", ["the Lind campaign", "Lind's campaign", "his campaign", "the campaign"])
def test_what_is_somebodys_is_one_whichever_way_its_owner_is_told(text: str):
    found = join([*LIND, phrase(0, 1, "Ana Lind's campaign"), phrase(1, 1, text)])
    assert found == (0, 0, 1, 1)


@pytest.mark.parametrize("text", ["a Lind campaign", "the first Lind campaign", "Moss's campaign", "the Lind bid"])
def test_another_thing_or_another_owner_is_kept_apart(text: str):
    found = join([*LIND, name(1, 2, "Bo Moss"), phrase(0, 1, "Ana Lind's campaign"), phrase(1, 1, text)])
    assert found[-1] != found[-2]


def test_the_campaign_is_nobodys_where_two_have_one():
    told = [*LIND, name(0, 1, "Bo Moss"), phrase(0, 2, "Lind's campaign"), phrase(0, 3, "Moss's campaign")]
    assert len(set(join([*told, phrase(0, 4, "the campaign")]))) == 5


def test_persons_of_whom_an_owner_has_several_stay_apart_in_their_account():
    lawyers = [phrase(0, 1, "Lind's lawyer", "PER"), phrase(0, 2, "Lind's lawyer", "PER")]
    assert len(set(join([*LIND, *lawyers]))) == 3


def test_a_body_is_meant_by_what_it_is():
    told = [name(0, 0, "Harbour Safety Board", "ORG"), phrase(0, 1, "the board"), phrase(1, 0, "the board")]
    assert len(set(join(told))) == 1


def test_a_house_is_not_every_house():
    assert len(set(join([name(0, 0, "White House", "ORG"), phrase(0, 1, "the house")]))) == 2


def test_a_government_and_an_acting_seat_stand_for_their_country():
    told = [name(0, 0, "North Korea", "LOC"), name(1, 0, "Pyongyang", "LOC"), name(1, 1, "North", "LOC")]
    assert len(set(join([*told, phrase(0, 2, "the North Korean government")]))) == 1


def test_a_city_where_something_happens_is_no_country():
    told = [name(0, 0, "France", "LOC"), name(1, 0, "Paris", "LOC", acts=False)]
    assert len(set(join(told))) == 2


def test_a_seat_whose_country_is_not_named_stays_a_city():
    assert len(set(join([name(0, 0, "Paris", "LOC"), name(0, 1, "Spain", "LOC")]))) == 2


def test_the_same_telling_words_mean_one_even_after_a():
    told = [phrase(0, 0, "a reckless harbour gamble", "MISC"), phrase(1, 0, "a reckless harbour gamble", "MISC")]
    assert len(set(join(told))) == 1
    vague = [phrase(0, 0, "a senior harbour official", "PER"), phrase(1, 0, "a senior harbour official", "PER")]
    assert len(set(join(vague))) == 2


def test_the_table_of_countries_is_whole():
    table = countries()
    assert table.by_adjective["french"] == table.by_seat["paris"] == "france"
    assert set(table.by_adjective.values()) | set(table.by_seat.values()) <= table.names
    assert all(word == word.strip() and word for word in [*table.names, *table.by_adjective, *table.by_seat])
