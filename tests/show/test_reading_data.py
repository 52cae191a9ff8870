"""A reading as JSON and as a table: what each layer tells, and that its words stand where they say."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest

from tellings.errors import SpanError
from tellings.show.reading import LAYERS, draw, to_json, to_table
from tellings.show.signs import CUT

from .readings import BRIDGE, account, bridge, empty


def as_json(*layers: Any) -> dict[str, Any]:
    line = to_json(draw(bridge()), layers or tuple(LAYERS))
    assert line.endswith("}\n")
    assert line.count("\n") == 1
    return json.loads(line)


def spans(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of JSON that says where it stands."""
    if isinstance(value, dict):
        if {"start", "end"} <= set(value):
            yield value
        for part in value.values():
            yield from spans(part)
    elif isinstance(value, list):
        for part in value:
            yield from spans(part)


def rows(*layers: Any) -> list[dict[str, str]]:
    table = to_table(draw(bridge()), layers or tuple(LAYERS))
    return list(csv.DictReader(StringIO(table, newline="")))


class TestJson:
    def test_every_layer_is_there_in_order_with_entities_after_mentions(self):
        assert list(as_json()) == [
            "account",
            "sentences",
            "words",
            "mentions",
            "entities",
            "attributions",
            "quotations",
            "statements",
            "figures",
            "times",
            "wording",
        ]

    def test_layers_can_be_chosen(self):
        assert list(as_json("figures", "sentences")) == ["account", "sentences", "figures"]

    def test_every_span_has_its_words(self):
        found = list(spans(as_json()))

        assert len(found) > 80
        assert all(BRIDGE[one["start"] : one["end"]] == one["text"] for one in found)

    def test_the_account_is_told_without_its_bytes(self):
        told = as_json()["account"]

        assert told["text"] == BRIDGE
        assert told["path"] == "bridge.txt"
        assert told["notes"] == [{"code": "other", "message": "a note about the input"}]
        assert "original" not in told

    def test_a_telling_inside_a_telling(self):
        outer, inner = as_json("attributions")["attributions"][3:5]

        assert (outer["parent"], outer["depth"], outer["source_type"]) == (None, 0, "anonymous")
        assert inner == {
            "source": [{"start": 301, "end": 312, "text": "the council"}],
            "cue": [{"start": 289, "end": 300, "text": "was told by"}],
            "content": [{"start": 318, "end": 348, "text": "at least 40 bolts were missing"}],
            "manner": "mixed",
            "source_type": "organisation",
            "entity": None,
            "via": None,
            "parent": 3,
            "depth": 1,
            "score": 0.7,
        }

    def test_a_statement_with_all_its_parts(self):
        told = as_json("statements")["statements"][0]

        assert told["voice"] == [
            {
                "attribution": 0,
                "name": {"start": 85, "end": 95, "text": "Edda Kroll"},
                "type": "named person",
            }
        ]
        assert told["predicate"]["text"] == "was closed"
        assert [(p["text"], p["role"], p["entity"]) for p in told["participants"]] == [
            ("The bridge at Ostrel", "subject", 0),
            ("Monday", "oblique", None),
        ]

    def test_nothing_found_is_an_empty_list(self):
        told = json.loads(to_json(draw(empty(account("a", "Nothing.")))))

        assert all(told[layer] == [] for layer in (*LAYERS, "entities"))

    def test_offsets_are_code_points(self):
        where = account("a", "🚨🚨 fire")
        told = json.loads(to_json(draw(empty(where, sentences=(bridge().sentences[0]._replace(start=3, end=7),)))))

        assert told["sentences"] == [{"start": 3, "end": 7, "text": "fire"}]


class TestTable:
    def test_a_row_an_item_and_nothing_left_out(self):
        counted = {layer: len(getattr(draw(bridge()), layer)) for layer in LAYERS}

        assert {layer: sum(row["layer"] == layer for row in rows()) for layer in LAYERS} == counted

    def test_every_text_stands_where_the_row_says(self):
        assert all(BRIDGE[int(row["start"]) : int(row["end"])] == row["text"] for row in rows())

    def test_every_other_cell_of_words_says_where_its_words_stand(self):
        checked = 0
        for row in rows():
            for column in ("source", "cue", "content", "via", "name", "predicate"):
                places = [tuple(map(int, place.split("-"))) for place in row[f"{column}_at"].split()]
                assert row[column] == f" {CUT} ".join(BRIDGE[start:end] for start, end in places)
                checked += len(places)
        assert checked > 20

    def test_columns_are_those_of_the_layers_asked_for(self):
        table = to_table(draw(bridge()), ["wording", "figures"])

        assert table.splitlines()[0] == "account,layer,item,start,end,text,low,high,unit,bound,quoted,score"

    def test_heads_are_given_once_for_many_accounts(self):
        assert to_table(draw(bridge()), ["figures"], with_heads=False).startswith("bridge,figures,0,318,335,")

    def test_an_attribution_runs_over_all_of_its_content_and_keeps_the_parts(self):
        told = rows("attributions")[1]

        assert told["text"] == "It was old,” Kroll told the Post, “and nobody looked after it."
        assert told["content"] == "It was old, […] and nobody looked after it."
        assert (told["via"], told["manner"], told["entity"]) == ("Post", "direct", "2")

    def test_a_statement_tells_its_voice_in_words(self):
        told = rows("statements")

        assert told[2]["voice"] == "Edda Kroll (named person) […] source left out (kind not known)"
        assert (told[2]["voice_at"], told[2]["attributions"]) == ("85-95", "1 5")
        assert told[0]["participants"] == "subject: The bridge at Ostrel […] oblique: Monday"
        assert told[0]["participants_at"] == "36-56 71-77"
        assert [row["voice"] for row in told[4:]] == ["own voice", "own voice"]

    def test_a_word_names_its_head(self):
        told = rows("words")

        assert [(row["text"], row["head"], row["relation"]) for row in told[-3:]] == [
            ("Who", "22", "nsubj"),
            ("pays", "", "root"),
            ("?", "22", "punct"),
        ]

    @pytest.mark.parametrize("text", ['a "b", c', "two\nlines", "car\rriage", "tab\tand ;", "=1+1", "\u2028", " "])
    def test_words_come_back_as_they_were_whatever_signs_are_in_them(self, text: str):
        where = account("a", text)
        reading = empty(where, sentences=(bridge().sentences[0]._replace(start=0, end=len(text)),))
        (row,) = csv.DictReader(StringIO(to_table(draw(reading), ["sentences"]), newline=""))

        assert row["text"] == text


@pytest.mark.parametrize("write", [to_json, to_table])
def test_records_that_show_other_words_are_refused(write: Any):
    drawn = draw(bridge())
    changed = replace(drawn, figures=(replace(drawn.figures[0], text="at least 50 bolts"),))

    with pytest.raises(SpanError):
        write(changed)
