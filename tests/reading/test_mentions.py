"""Names whole, and entities of one name."""

import numpy as np
import pytest

from tellings.reading.layout import layout
from tellings.reading.mentions import entities, name_words, runs, same_name, whole_name
from tellings.records import Span


def whole(text, first, last):
    span = whole_name(layout(text), first, last)
    return None if span is None else text[span.start : span.end]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Ana O'Neil left.", (0, 2), "Ana O'Neil"),
        ("Musa al-Hadi left.", (3, 4), "al-Hadi"),
        ("The U.S. said", (1, 4), "U.S."),
        ("Harbour Corp. said", (0, 2), "Harbour Corp."),
        ("He met Lind. Then", (2, 3), "Lind"),
        ("Lind's house", (0, 3), "Lind"),
        ("“Lind”", (0, 2), "Lind"),
        ("Ana-Maria", (0, 1), "Ana-Maria"),
        ("...", (0, 2), None),
    ],
)
def test_a_name_is_whole_without_signs_around_it(text, words, expected):
    assert whole(text, *words) == expected


def test_runs_begin_anew_where_beginning_beats_going_on():
    outside, begin, inside = [0.9, 0.05, 0.05], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8]
    shares = np.zeros((5, 9), dtype=np.float32)
    for word, (o, b, i) in enumerate([begin, inside, begin, outside, inside]):
        shares[word, [0, 1, 2]] = o, b, i
    assert runs(shares) == [(0, 2), (2, 3), (4, 5)]


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Ana Lind", "Lind", True),
        ("Mayor Ana Lind", "Ana Lind", True),
        ("Ana Lind", "Ana", True),
        ("Ana Lind", "Bo Lind", False),
        ("Lind's", "Lind", True),
        ("Ana Lind", "Ana Berg", False),
    ],
)
def test_persons_of_one_name(a, b, same):
    assert same_name(("PER", name_words(a)), ("PER", name_words(b))) is same


def test_organisations_go_by_their_initials_and_types_are_kept_apart():
    board = ("ORG", name_words("Harbour Safety Board"))
    assert same_name(board, ("ORG", name_words("HSB")))
    assert not same_name(board, ("PER", name_words("HSB")))


def test_an_entity_is_named_by_its_fullest_mention_and_numbered_by_its_first():
    text = "Lind met Bo Berg. Ana Lind left."
    names = ["Lind", "Bo Berg", "Ana Lind"]
    found = [(Span(text.index(n), text.index(n) + len(n)), "PER", 1.0) for n in names]
    mentions, known = entities(text, found)
    assert [m.entity for m in mentions] == [0, 1, 0]
    assert [text[e.name.start : e.name.end] for e in known] == ["Ana Lind", "Bo Berg"]
