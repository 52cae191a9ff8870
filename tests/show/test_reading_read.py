"""Small texts really read, by the model made by hand: every output shows only the accounts' words where they stand."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tellings.ingest import account_from_text
from tellings.reading import read
from tellings.show.plain import clean
from tellings.show.reading import LAYERS, Drawn, draw, render_page, render_terminal, to_json, to_table
from tellings.show.signs import CUT
from tests.reading.fakes import HandMadeModel

from .parsed import parse
from .test_reading_data import spans

NAMES = {"Lind": "PER", "Orrin": "LOC"}
STORY = (
    "Roof falls in\n\n"
    "The roof of the market hall in Orrin fell in on Friday. Lind said: “Nine people were not hurt.”\n\n"
    "“It was old,” Lind said, “and it may fall again.” The hall is closed."
)
PARTS = ["Lind", "Orrin", "said", "“it fell.”", "told", "denied", "nine", "12 to 15 %", "<b>", "&amp;", '"so"', "«so»"]
SIGNS = ["\n\n", "\t", "🚨", "\u200b", "Ж.", "\x1b[2J", "may not", "=1+1", ",", "\u202e", "’s", "Who?"]
TEXTS = st.lists(st.sampled_from(PARTS + SIGNS), max_size=40).map(lambda parts: " ".join(["It", *parts]))


def drawn_of(text: str) -> Drawn:
    return draw(next(read([account_from_text(text)], model=HandMadeModel(NAMES))))


def test_a_read_story_is_shown_in_every_form():
    drawn = drawn_of(STORY)

    shown = render_terminal(drawn, width=100, color=False)
    assert "a1  Lind (named person, P2), “said”, direct: “Nine people were not hurt.”" in shown
    assert json.loads(to_json(drawn))["attributions"][1]["content"][1]["text"] == "and it may fall again."
    assert "mentions,0," in to_table(drawn)
    assert len(parse(render_page([drawn])).named("svg")) == len(drawn.sentences)


@given(TEXTS)
def test_the_json_of_any_text_round_trips(text: str):
    told = json.loads(to_json(drawn_of(text)))

    assert told["account"]["text"] == text
    assert all(text[one["start"] : one["end"]] == one["text"] for one in spans(told))


@given(TEXTS)
def test_the_table_of_any_text_round_trips(text: str):
    for row in csv.DictReader(StringIO(to_table(drawn_of(text)), newline="")):
        assert text[int(row["start"]) : int(row["end"])] == row["text"]
        for column in ("source", "cue", "content", "via", "name", "predicate"):
            places = [tuple(map(int, place.split("-"))) for place in row[f"{column}_at"].split()]
            assert row[column] == f" {CUT} ".join(text[start:end] for start, end in places)


@given(TEXTS)
def test_the_page_of_any_text_round_trips(text: str):
    page = parse(render_page([drawn_of(text)]))
    traced = page.traced()

    assert "".join(e.text for e in traced if e.name == "p") == text
    for element in traced:
        assert element.text == text[int(element.get("data-start")) : int(element.get("data-end"))]


@given(TEXTS, st.integers(20, 120))
def test_the_terminal_shows_every_sentence_and_no_control_character(text: str, width: int):
    drawn = drawn_of(text)
    told = render_terminal(drawn, tuple(LAYERS), width=width, color=False)

    assert not any(sign in told for sign in ("\x1b", "\u202e", "\t"))
    joined = "".join(told.split())
    for sentence in drawn.sentences:
        assert squeezed(sentence.text) in joined


def squeezed(text: Any) -> str:
    """Words as the terminal has them, without the spaces at which it may break a line."""
    return "".join(clean(text).split())
