"""Labels against NewsWCL50 and the voices that were read."""

from __future__ import annotations

import pytest

from tellings.comparing.table import build
from tellings.comparing.whose import Voices
from tellings.evaluate.label_voices import scored
from tellings.evaluate.labels import head, is_somebody, joining, ours, phrases
from tellings.evaluate.phrases import alike, cut, people
from tests.comparing.accounts import reading


def record(number: int, doc: str, concept: str, mention: str) -> dict:
    return {
        "id": f"w-0-{number}", "event": 0, "doc": doc, "concept": concept, "mention": mention,
        "paragraph_begin": number,
    }  # fmt: skip


SAID = phrases(
    [
        record(0, "0_L", "VEL\\Lind", "President Ana Lind"),
        record(1, "0_L", "VEL\\Lind", "Ms. Lind"),
        record(2, "0_R", "VEL\\Lind", "Lind"),
        record(3, "0_R", "VEL\\Moss", "Bo Moss, a lawyer"),
        record(4, "0_R", "VEL\\VEL-I", "officials"),
        record(5, "0_R", "The treaty", "the deal"),
    ]
)


def test_only_somebody_is_counted():
    assert [one.concept for one in SAID] == ["VEL\\Lind"] * 3 + ["VEL\\Moss"]
    assert is_somebody("EU\\FRA")
    assert not is_somebody("Middle East")


def test_a_phrase_of_two_concepts_is_left_out():
    both = [record(1, "0_L", "VEL", "both"), {**record(1, "0_L", "ORS", "both"), "id": "w-0-9"}]
    assert phrases(both) == []


def test_joining_is_scored_beside_the_same_head():
    assert joining(SAID, ours(SAID)).value == 1.0
    assert joining(SAID, {one.id: one.id for one in SAID}).recall == 0.5
    assert [head(one.text) for one in SAID] == ["lind", "lind", "lind", "moss"]


@pytest.mark.parametrize(
    ("text", "form", "said", "titles"),
    [
        ("President Ana Lind", "name", "Ana Lind", {"president"}),
        ("the president", "nominal", "the president", set()),
        ("Velm's Lind", "name", "Lind", {"velm's"}),
        ("Lind, a lawyer", "name", "Lind", set()),
        ("", "nominal", "", set()),
    ],
)
def test_a_phrase_without_its_context(text: str, form: str, said: str, titles: set[str]):
    made = cut(text, 0, 0, people(["President Ana Lind", "Mr. Lind"]))
    assert (made.form, made.text, made.titles) == (form, said, titles)


def test_phrases_that_a_reader_takes_for_one():
    assert alike("the President's") == alike("President") != alike("a president")


def test_voices_are_scored_apart():
    voices = Voices(build((reading("a", "Ada Finch said it rains. “It pours.”"),)), 0)
    gold = [
        {"document": "a", "start": 0, "end": 9, "voice": "own", "held": False},
        {"document": "a", "start": 26, "end": 28, "voice": "own", "held": True},
    ]
    scores = scored(gold, {"a": voices})
    assert (scores["voice, dev"].value, scores["voice, held out"].value) == (1.0, 0.0)


@pytest.mark.parametrize(
    ("text", "form", "said", "kind"),
    [
        ("Lind ally Bo Moss", "name", "Bo Moss", "ORG"),
        ("the mayor, Rita Moss", "name", "Rita Moss", "PER"),
        ("his lawyer, Bo K. Moss", "name", "Bo K. Moss", "ORG"),
        ("a weary, nearly broke Harbour Party", "name", "Harbour Party", "ORG"),
        ("the Velmese News Agency", "name", "Velmese News Agency", "ORG"),
        ("the Justice Department", "name", "Justice Department", "ORG"),
        ("President Ana Lind's campaign", "nominal", "President Ana Lind's campaign", "ORG"),
        ("a friend of Ms. Lind", "nominal", "a friend", "PER"),
    ],
)
def test_phrases_are_cut_as_a_reading_has_them(text: str, form: str, said: str, kind: str):
    made = cut(text, 0, 0, people(["Rita Moss", "Ms. Lind"]) - {"moss"})
    assert (made.form, made.text, made.type) == (form, said, kind)
