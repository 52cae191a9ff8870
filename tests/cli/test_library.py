"""The commands of a library as a person meets them, with the model made by hand."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

import tellings.cli
from tests.reading.fakes import HandMadeModel

STORY = "The roof fell in on Friday. Lind said: “Nine people were not hurt.” The hall is closed for a year."


@pytest.fixture(autouse=True)
def made_by_hand(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tellings.reading.model.load", lambda: HandMadeModel({"Lind": "PER"}))
    monkeypatch.setattr("tellings.reading.model.model_name", lambda: "hand-made")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(
        "tellings.library.rows.codes", lambda rows: np.zeros((len(rows), 32), np.uint8)
    )  # its are too short
    Path("one.txt").write_text(STORY, encoding="utf-8")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(tellings.cli._group, arguments)


def test_added_once_found_by_words_and_by_speaker():
    assert json.loads(run("add", "one.txt", "--json").stdout) == {"new": 1, "known": 0, "refused": 0}
    assert json.loads(run("add", "one.txt", "--json").stdout) == {"new": 0, "known": 1, "refused": 0}

    found = json.loads(run("search", "hurting", "--speaker", "lind", "--json").stdout)
    assert STORY[found["start"] : found["end"]] == found["text"] == "Nine people were not hurt."
    assert (found["speaker"], found["cue"]) == ("Lind", "said")
    shown = run("search", "roof").stdout
    assert "The roof fell in on Friday." in shown
    assert "\x1b[" not in shown
    assert "Lind (named person): 1 attribution in 1 account" in run("sources").stdout
    assert json.loads(run("accounts", "--library", "news.db", "--json").stdout)["characters"] == len(STORY)


def test_nothing_found_is_exit_one():
    run("add", "one.txt")
    assert run("search", "zeppelin").exit_code == 1


def test_originals_are_kept_unless_they_are_left_where_they_are():
    from tellings.library import open_library

    Path("page.html").write_bytes(b"<html><body><article><p>" + STORY.encode() * 3 + b"</p></article></body></html>")
    run("add", "page.html")
    run("add", "page.html", "--library", "bare.db", "--no-originals")
    with open_library("news.db") as kept, open_library("bare.db") as bare:
        (name,) = [one.account for one in kept.accounts()]
        assert kept.original(kept.account(name)) == Path("page.html").read_bytes()
        assert bare.original(bare.account(name)) is None


@pytest.mark.parametrize("command", [["search", "a"], ["sources"], ["stories"], ["story", "1"], ["check"]])
def test_a_library_that_is_not_there_is_not_made(command: list[str]):
    done = run(*command)

    assert "is not there" in str(done.exception)
    assert not Path("news.db").exists()


def test_days_must_be_days():
    run("add", "one.txt")
    assert "is no day" in str(run("search", "roof", "--since", "friday").exception)


def test_accounts_are_of_files_or_of_a_library():
    assert run("accounts").exit_code == 2
    assert run("accounts", "one.txt", "--library", "news.db").exit_code == 2


def test_a_library_is_checked():
    run("add", "one.txt")
    done = run("check")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "nothing wrong in 1 accounts of news.db" in done.stderr
