"""The type of a source by its words."""

import pytest

from tellings.reading.source_types import source_type


@pytest.mark.parametrize(
    ("words", "names", "expected"),
    [
        ("Ana Lind", [("Ana Lind", "PER")], "named person"),
        ("fire chief Ana Lind", [("Ana Lind", "PER")], "named person"),
        ("Ana Lind, the fire chief,", [("Ana Lind", "PER")], "named person"),
        ("fire chief Ana Lind", [("Ana Lind", "ORG")], "named person"),
        ("she", [], "named person"),
        ("a spokesman for Ana Lind", [("Ana Lind", "PER")], "role"),
        ("Ana Lind's spokesman", [("Ana Lind", "PER")], "role"),
        ("the police chief", [], "role"),
        ("Former President", [], "role"),
        ("prosecutors", [], "role"),
        ("Police", [], "organisation"),
        ("the Harbour Board", [("Harbour Board", "ORG")], "organisation"),
        ("two people familiar with the call", [], "anonymous"),
        ("multiple highly credible sources", [], "anonymous"),
        ("insiders", [], "anonymous"),
        ("a new poll", [], "document"),
        ("court papers filed Friday", [], "document"),
        ("The Northern Post", [("The Northern Post", "ORG")], "outlet"),
        ("the newspaper", [], "outlet"),
        ("critics", [], "collective"),
        ("many residents", [], "collective"),
        ("who", [], None),
        ("", [], None),
    ],
)
def test_source_types(words, names, expected):
    assert source_type(words, names) == expected
