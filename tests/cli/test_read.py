"""`tellings read` as a person meets it, with the model made by hand in place of the shipped one."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import tellings.cli
from tellings.cli.read import _NAMES, command
from tellings.records import Reading, Span
from tellings.show.reading import LAYERS
from tests.reading.fakes import HandMadeModel
from tests.show.readings import account, empty

STORY = "The roof fell in on Friday. Lind said: “Nine people were not hurt.” The hall is closed for a year."
OTHER = "The ferry to the islands sailed late on Sunday. Lind told the crew: “It was the wind.” Nobody minded it."


@pytest.fixture(autouse=True)
def made_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tellings.reading.model.load", lambda: HandMadeModel({"Lind": "PER"}))
    monkeypatch.setattr("tellings.reading.model.model_name", lambda: "hand-made")


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    for name, text in (("one.txt", STORY), ("two.txt", OTHER)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [str(tmp_path / "one.txt"), str(tmp_path / "two.txt")]


def read(*arguments: str, **more: Any) -> Result:
    return CliRunner().invoke(command, arguments, **more)


def test_the_command_is_named_with_what_it_does():
    told = CliRunner().invoke(tellings.cli._group, ["--help"]).stdout

    assert "read" in told.split()


def test_the_help_names_every_layer():
    assert ", ".join(LAYERS) == _NAMES
    assert all(layer in read("--help").stdout for layer in LAYERS)


def test_accounts_come_one_after_another_in_the_order_named(files: list[str]):
    done = read(*reversed(files))

    assert done.exit_code == 0
    assert done.stdout.index("sailed late") < done.stdout.index("\n\n\none.txt") < done.stdout.index("roof fell in")
    assert "a1  Lind (named person, P1), “said”, direct: “Nine people were not hurt.”" in done.stdout
    assert "WORDS" not in done.stdout
    assert "\x1b[" not in done.stdout


def test_named_layers_are_shown_alone(files: list[str]):
    done = read(files[0], "--layers", "words,figures")

    assert done.stdout.index("WORDS: 26") < done.stdout.index("FIGURES: 1 figure")
    assert "STATEMENTS" not in done.stdout


@pytest.mark.parametrize("layers", ["statements,vibes", "", ","])
def test_a_layer_that_is_none_is_a_usage_error_that_names_those_there_are(files: list[str], layers: str):
    done = read(files[0], "--layers", layers)

    assert done.exit_code == 2
    assert "the layers are" in done.stderr
    assert all(layer in done.stderr for layer in LAYERS)
    assert done.stdout == ""


def test_json_is_an_object_a_line_with_every_layer(files: list[str]):
    done = read(*files, "--json")
    first, second = (json.loads(line) for line in done.stdout.splitlines())

    assert (first["account"]["text"], second["account"]["text"]) == (STORY, OTHER)
    assert set(first) == {"account", "entities", *LAYERS}
    (told,) = first["attributions"]
    assert STORY[told["content"][0]["start"] : told["content"][0]["end"]] == "Nine people were not hurt."


def test_a_table_has_its_heads_once(files: list[str]):
    done = read(*files, "--table", "--layers", "attributions,quotations")
    rows = list(csv.DictReader(StringIO(done.stdout_bytes.decode(), newline="")))

    assert [(row["layer"], row["text"]) for row in rows] == [
        ("attributions", "Nine people were not hurt."),
        ("quotations", "Nine people were not hurt."),
        ("attributions", "It was the wind."),
        ("quotations", "It was the wind."),
    ]
    assert rows[0]["account"].startswith("one-")


def test_a_page_holds_all_accounts_and_says_what_made_it(files: list[str], tmp_path: Path):
    page = tmp_path / "reading.html"
    done = read(*files, "-o", str(page))

    assert (done.exit_code, done.stdout) == (0, "")
    assert f"wrote {page}" in done.stderr
    html = page.read_text(encoding="utf-8")
    assert html.startswith("<!DOCTYPE html>")
    assert 'id="account-B"' in html
    assert "model hand-made" in html


def test_a_page_and_json_can_be_had_at_once(files: list[str], tmp_path: Path):
    page = tmp_path / "reading.html"

    assert json.loads(read(files[0], "--json", "-o", str(page)).stdout)["account"]["text"] == STORY
    assert page.is_file()


def test_json_and_a_table_on_one_output_are_refused(files: list[str]):
    done = read(files[0], "--json", "--table")

    assert done.exit_code == 2
    assert "give one of them" in done.stderr


def test_standard_input_is_an_account():
    done = read("-", "--json", input=STORY.encode())

    assert json.loads(done.stdout)["account"]["text"] == STORY


def test_a_bad_input_is_named_and_the_others_are_read(files: list[str], tmp_path: Path):
    (tmp_path / "empty.txt").write_bytes(b"")
    done = read(str(tmp_path / "empty.txt"), "nowhere.txt", files[0], "--json")

    assert done.exit_code == 0
    assert [json.loads(line)["account"]["text"] for line in done.stdout.splitlines()] == [STORY]
    assert f"left out {tmp_path / 'empty.txt'}: is empty; " in done.stderr
    assert "left out nowhere.txt: " in done.stderr


@pytest.mark.parametrize("form", [[], ["--json"], ["--table"], ["-o", "page.html"]])
def test_nothing_that_could_be_read_is_exit_two_and_no_output(form: list[str], tmp_path: Path, monkeypatch: Any):
    monkeypatch.chdir(tmp_path)
    done = read("nowhere.txt", *form)

    assert done.exit_code == 2
    assert done.stdout == ""
    assert "the inputs: hold no account that could be read; " in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_reading_that_does_not_round_trip_is_named_and_the_others_are_shown(monkeypatch: pytest.MonkeyPatch):
    def readings(*_: Any, **__: Any) -> list[Reading]:
        where = account("bad", "Short.")
        return [empty(where, sentences=(Span(0, 99),)), empty(account("good", "Fine."), sentences=(Span(0, 5),))]

    monkeypatch.setattr("tellings.api.read", readings)
    done = read("any.txt", "--layers", "sentences")

    assert done.exit_code == 0
    assert "left out bad.txt: a span from 0 to 99 is not in its 6 characters" in done.stderr
    assert "“Fine.”" in done.stdout
