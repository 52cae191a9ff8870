"""Exporting and importing as a person does it, with the model made by hand."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

import tellings.cli
from tellings.cli import compare as compare_command
from tellings.cli import export as export_command
from tellings.exporting.formats import formats
from tests.exporting.story import comparison
from tests.reading.fakes import HandMadeModel

STORY = "The roof fell in on Friday. Lind said: “Nine people were not hurt.” The hall is closed for a year."


@pytest.fixture(autouse=True)
def made_by_hand(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tellings.reading.model.load", lambda: HandMadeModel({"Lind": "PER"}))
    monkeypatch.setattr("tellings.reading.model.model_name", lambda: "hand-made")
    monkeypatch.setattr("tellings.library.rows.codes", lambda rows: np.zeros((len(rows), 32), np.uint8))
    monkeypatch.setattr("tellings.api.compare", lambda *_, **__: comparison())
    monkeypatch.chdir(tmp_path)
    Path("texts").mkdir()
    Path("texts/one.txt").write_text(STORY, encoding="utf-8")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(tellings.cli._group, arguments)


def test_a_library_goes_out_and_comes_in_again():
    run("add", "texts")
    assert run("export", "-o", "news.jsonl").exit_code == 0
    assert json.loads(run("import", "news.jsonl", "--library", "b.db", "--json").stdout) == {
        "new": 1, "known": 0, "refused": 0,
    }  # fmt: skip
    assert run("export", "--library", "b.db").stdout == Path("news.jsonl").read_text(encoding="utf-8")
    assert "roof" in run("search", "roof", "--library", "b.db").stdout


def test_a_bundle_needs_its_texts():
    run("add", "texts")
    run("export", "--format", "bundle", "-o", "news.bundle")
    assert "roof" not in Path("news.bundle").read_text(encoding="utf-8")
    bare = run("import", "news.bundle", "--library", "b.db")
    assert "--texts" in str(bare.exception)

    Path("other.txt").write_text(STORY + " More.", encoding="utf-8")
    wrong = run("import", "news.bundle", "--texts", "other.txt", "--library", "b.db")
    assert wrong.exit_code == 2
    assert "left out texts/one.txt: has no text among those given" in wrong.stderr
    assert run("import", "news.bundle", "--texts", "texts", "--library", "b.db").exit_code == 0
    assert run("export", "--library", "b.db").stdout == run("export").stdout


@pytest.mark.parametrize("form", ["web-annotation", "prov"])
def test_other_forms_of_a_library(form: str):
    run("add", "texts")
    written = json.loads(run("export", "--format", form).stdout)
    assert "hand-made" in json.dumps(written)
    assert "Nine people were not hurt." in json.dumps(written)


def test_tables_are_a_folder():
    run("add", "texts")
    assert "-o" in str(run("export", "--format", "csv").exception)
    assert run("export", "--format", "csv", "-o", "tables").exit_code == 0
    assert "The roof fell in on Friday" in Path("tables/statements.csv").read_text(encoding="utf-8")
    assert run("export", "--format", "jsonl", "-o", "tables").exit_code == 2


def test_claims_are_of_a_story():
    run("add", "texts")
    assert "--story" in run("export", "--format", "claims").output
    assert "has no story 4" in str(run("export", "--format", "claims", "--story", "4").exception)


@pytest.mark.parametrize("form", formats())
def test_a_comparison_in_every_form(form: str):
    out = Path("out")
    assert run("compare", "texts", "--format", form, "-o", str(out)).exit_code == 0
    files = sorted(out.iterdir()) if out.is_dir() else [out]
    assert any(b"Six people were hurt" in file.read_bytes() for file in files)
    if not out.is_dir():
        assert run("compare", "texts", "--format", form).stdout == out.read_text(encoding="utf-8")
    assert not list(Path().glob(".*.part"))


def test_the_help_names_the_forms_there_are():
    named = [
        set(param.type.choices)
        for command in (compare_command, export_command)
        for param in command.command.params
        if param.name == "form"
    ]  # type: ignore[attr-defined] # both are choices
    assert named == [set(formats()), {*formats(), "bundle"}]


def test_where_it_cannot_be_written_is_a_plain_error():
    run("add", "texts")
    assert "cannot be written" in str(run("export", "-o", "none/news.jsonl").exception)
    assert "cannot be read" in str(run("import", "none.jsonl").exception)
