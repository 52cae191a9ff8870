"""Phrases of several accounts put together that mean the same."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.comparing.entities import Phrase, join, same_person
from tellings.comparing.nicknames import same_first
from tellings.comparing.spellings import key_of, known_as, shortened


def phrases(*told: tuple[int, int, str] | tuple[int, int, str, str], kind: str = "PER") -> list[Phrase]:
    """Names as (account, entity, text, title); a text in lower case is a phrase without a name."""
    made = []
    for account, entity, text, *title in told:
        form = "name" if text[0].isupper() else "nominal"
        made.append(Phrase(account, entity, text, form, kind, frozenset(title)))
    return made


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ana Lind", "Ana Lind", True),
        ("Ana Lind", "Bo Lind", False),
        ("Ana Lind", "A. Lind", True),
        ("Ana M. Lind", "Ana Lind", True),
        ("Ana M. Lind", "Ana K. Lind", False),
        ("Robert Moss", "Bob Moss", True),
        ("Robert Moss", "Rupert Moss", False),
        ("Carl Moss Jr.", "Carl Moss", False),
        ("Carl Moss III", "Carl Moss", True),
        ("Doe Jong-un", "Doe Jong Un", True),
        ("José Orrel", "Jose Orrel", True),
    ],
)
def test_two_full_names_of_one_person(one: str, other: str, same: bool):
    assert same_person(key_of(one), key_of(other)) is same
    assert same_person(key_of(other), key_of(one)) is same


def test_a_surname_goes_to_the_one_who_has_it():
    assert join(phrases((0, 0, "Ana Lind"), (0, 0, "Lind"), (1, 0, "Lind"), (1, 1, "Moss"))) == (0, 0, 0, 1)


def test_a_family_is_kept_apart_and_its_bare_name_is_nobodys():
    found = join(phrases((0, 0, "Ana Lind"), (0, 1, "Bo Lind"), (1, 0, "Lind")))
    assert len(set(found)) == 3


def test_a_title_says_which_of_a_family_is_meant():
    told = phrases((0, 0, "Ana Lind", "mayor"), (0, 1, "Bo Lind", "lawyer"), (1, 0, "Lind", "mayor"))
    assert join(told) == (0, 1, 0)


def test_by_far_the_most_mentions_say_which_of_a_family_is_meant():
    often = [(0, 0, "Ana Lind")] * 8
    assert join(phrases(*often, (0, 1, "Bo Lind"), (1, 0, "Lind")))[-1] == 0


def test_an_initial_of_two_persons_joins_neither():
    found = join(phrases((0, 0, "John Lind"), (1, 0, "James Lind"), (2, 0, "J. Lind")))
    assert len(set(found)) == 3


def test_what_one_reader_took_for_one_is_taken_apart_where_two_full_names_differ():
    assert len(set(join(phrases((0, 0, "Ana Lind"), (0, 0, "Carla Orrel"))))) == 2


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Federal Bureau of Investigation", "FBI", True),
        ("Federal Bureau of Investigation", "F.B.I.", True),
        ("Department of Justice", "Justice Department", True),
        ("U.S. Coast Guard", "Coast Guard", True),
        ("Lodestar Inc.", "Lodestar", True),
        ("United States", "U.S.", True),
        ("White House", "House", False),
        ("North Korea", "South Korea", False),
        ("Harrow Works", "Harrow Bank", False),
    ],
)
def test_bodies_by_their_names(one: str, other: str, same: bool):
    found = join(phrases((0, 0, one), (1, 0, other), kind="ORG"))
    assert (found[0] == found[1]) is same


def test_an_acronym_of_two_bodies_joins_neither():
    told = phrases((0, 0, "Northern Banking Council"), (0, 1, "National Bridge Council"), (1, 0, "NBC"), kind="ORG")
    assert len(set(join(told))) == 3


def test_a_definite_phrase_goes_to_the_one_who_has_the_title():
    assert join(phrases((0, 0, "Ana Lind", "embattled mayor"), (1, 0, "the mayor"))) == (0, 0)
    assert len(set(join(phrases((0, 0, "Ana Lind", "mayor"), (1, 0, "a mayor"))))) == 2
    assert len(set(join(phrases((0, 0, "Ana Lind", "campaign chairman"), (1, 0, "the campaign"))))) == 2


def test_the_same_phrase_of_two_accounts_is_one_unless_an_account_has_several_or_it_says_too_little():
    assert join(phrases((0, 0, "the gunman"), (1, 0, "the gunman"))) == (0, 0)
    assert len(set(join(phrases((0, 0, "the gunman"), (1, 0, "the gunman"), (1, 1, "the gunman"))))) == 3
    assert len(set(join(phrases((0, 0, "the man"), (1, 0, "the man"))))) == 2


def test_first_names_and_keys():
    assert same_first("bill", "william")
    assert not same_first("bill", "robert")
    assert key_of("Mr. O’Neil's") == ("o'neil",)
    assert key_of("…") == ()
    assert known_as(key_of("the GOP")) == known_as(key_of("Republicans"))
    assert "fbi" in shortened(key_of("Federal Bureau of Investigation"))


NAMES = st.sampled_from(
    ["Ana Lind", "Bo Lind", "Lind", "A. Lind", "Carl Moss", "Moss", "FBI", "Federal Bureau of Investigation",
     "the mayor", "the gunman", "gunmen", "…"]
)  # fmt: skip
TOLD = st.lists(
    st.builds(
        lambda account, entity, text, kind, title: Phrase(
            account, entity, text, "name" if text[0].isupper() else "nominal", kind, frozenset(title)
        ),
        st.integers(0, 3),
        st.integers(0, 3),
        NAMES,
        st.sampled_from(["PER", "ORG"]),
        st.sets(st.sampled_from(["mayor", "former mayor", "lawyer"]), max_size=1),
    ),
    max_size=14,
)


@given(TOLD)
def test_no_group_has_two_full_names_that_differ(told: list[Phrase]):
    found = join(told)
    assert len(found) == len(told)
    people = [(n, key_of(p.text)) for n, p in zip(found, told, strict=True) if p.form == "name" and p.type == "PER"]
    full = [(n, key) for n, key in people if key in {("ana", "lind"), ("bo", "lind"), ("carl", "moss")}]
    by_entity = {(p.account, p.entity) for p in told if p.type == "ORG"}
    if not by_entity:
        assert all(a[0] != b[0] or a[1] == b[1] for a, b in itertools.combinations(full, 2))
    assert join(told) == found


def test_ten_thousand_names_are_joined_in_moments():
    told = [Phrase(n % 7, n, f"Name{n % 5000} Lind{n % 911}", "name", "PER") for n in range(10_000)]
    assert len(join(told)) == 10_000
