"""The type of a source by its words."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.reading.source_types import source_type
from tellings.records import SourceType

LIND = [("Ana Lind", "PER")]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Ana Lind", LIND),
        ("fire chief Ana Lind", LIND),
        ("Ana Lind, the fire chief,", LIND),
        ("the mayor of Velm, Ana Lind", LIND),
        ("the mayor of Velm, Dr. Ana Lind, who left,", LIND),
        ("fire chief Ana Lind", [("Ana Lind", "ORG")]),
        ("Ana Post", [("Ana Post", "PER")]),
        ("she", []),
    ],
)
def test_persons(words, names):
    assert source_type(words, names) == "named person"


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("a spokesman for Ana Lind", LIND),
        ("Ana Lind's spokesman", LIND),
        ("the sister of Ana Lind", LIND),
        ("a Harbour Board spokesperson", [("Harbour Board", "ORG")]),
        ("Department of Harbour Affairs spokeswoman", []),
        ("the police chief", []),
        ("Former President", []),
        ("prosecutors", []),
        ("an eyewitness", []),
        ("the victim's cousin", []),
        ("Bo Berg's daughters", [("Bo Berg", "PER")]),
        ("city officials", []),
        ("a school official", []),
        ("officers involved in the chase", []),
        ("the 12-year-old", []),
        ("a carpenter", []),
    ],
)
def test_unnamed_people_told_by_what_they_do_are_roles(words, names):
    assert source_type(words, names) == "role"


@pytest.mark.parametrize(
    "words",
    [
        "two people familiar with the call",
        "multiple highly credible sources",
        "insiders",
        "a person close to the mayor",
        "someone in the audience",
        "aides with knowledge of the plan",
        "a senior adviser",
        "a council official",
        "senior officials",
        "administration officials",
        "officials who asked not to be named",
        "an unnamed relative",
        "a Democrat involved with the project",
        "some in the administration",
        "lawmakers speaking on condition of anonymity",
        "one person",
    ],
)
def test_unnamed_insiders_are_anonymous(words):
    assert source_type(words) == "anonymous"


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Police", []),
        ("the Harbour Board", [("Harbour Board", "ORG")]),
        ("the Harbour Board", []),
        ("Velmia", [("Velmia", "LOC")]),
        ("Justice Department", []),
        ("the Sheriff's Office", []),
        ("Centre for Harbour Safety", []),
        ("the company involved in the crash", []),
        ("Lind's office", [("Lind", "PER")]),
        ("a shipping company", []),
    ],
)
def test_bodies_are_organisations(words, names):
    assert source_type(words, names) == "organisation"


@pytest.mark.parametrize(
    "words",
    [
        "a new poll",
        "a Northern Post poll",
        "court papers filed Friday",
        "a report last month",
        "the lawsuit",
        "a post on social media",
        "the Harbour Safety Act",
        "an anonymous letter",
        "a statement from the mayor",
        "surveillance video",
    ],
)
def test_what_is_written_or_recorded_is_a_document(words):
    assert source_type(words) == "document"


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("The Northern Post", [("The Northern Post", "ORG")]),
        ("the Times", [("Times", "ORG")]),
        ("the Northern Herald", []),
        ("Reuters", []),
        ("WXYZ-TV", []),
        ("velmnews.com", []),
        ("the newspaper", []),
        ("local media", []),
    ],
)
def test_bringers_of_news_are_outlets(words, names):
    assert source_type(words, names) == "outlet"


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("critics", []),
        ("many residents", []),
        ("Republicans", [("Republicans", "ORG")]),
        ("a group of neighbours", []),
        ("people at the meeting", []),
        ("four in 10 voters", []),
        ("62 percent", []),
        ("harbour workers, clergy and shop owners", []),
        ("they", []),
    ],
)
def test_many_are_a_collective(words, names):
    assert source_type(words, names) == "collective"


@pytest.mark.parametrize("words", ["who", "it", "", "...", "Walker", "Sessions"])
def test_words_that_tell_nothing_have_no_type(words):
    assert source_type(words) is None


def test_a_common_word_is_an_outlet_only_as_a_name():
    assert source_type("People") != "outlet"
    assert source_type("People", [("People", "ORG")]) == "outlet"


WORDS = ["the", "Lind", "aide", "of", "who", ",", "post", "familiar with", "Ana", "’s", "police", "(", "42%", "—", "“"]


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.booleans())
def test_every_phrase_has_a_type_of_ours_or_none(words, named):
    names = [("Ana Lind", "PER")] if named else []
    assert source_type(" ".join(words), names) in {None, *get_args(SourceType)}
