"""`tellings compare` and `tellings read` with corrections of a file or a library, read by the shipped model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import tellings.cli
from tellings.correcting.lines import to_lines
from tellings.ingest import ingest
from tellings.library import open_library
from tellings.records import Account
from tests.correcting.made import at, says

STORY = "The roof of the hall at Marle fell in on Friday. Mayor Ada Lind said nine people were hurt.\n"
OTHER = "The roof of the town hall at Marle fell in last Friday. Mayor Ada Lind said that nine people were hurt.\n"


@pytest.fixture
def accounts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Account]:
    monkeypatch.chdir(tmp_path)
    Path("one.txt").write_text(STORY, encoding="utf-8")
    Path("two.txt").write_text(OTHER, encoding="utf-8")
    return [one for one in ingest(["one.txt", "two.txt"]) if isinstance(one, Account)]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(tellings.cli._group, arguments)


def test_compare_holds_to_lines_and_to_a_library(accounts: list[Account]):
    one, two = accounts
    said = says(1, "relation", at(one, "fell in on Friday"), at(two, "fell in last Friday"), "conflict")
    elsewhere = says(2, "label", at(Account("x", "A bakery.", "0" * 64, one.original), "bakery"), value="none")
    Path("made.jsonl").write_text("".join([*to_lines([said, elsewhere]), "nonsense\n"]), encoding="utf-8")
    with open_library("news.db") as library:
        library.correct([said, elsewhere])

    for where, listed in (("made.jsonl", ["applied", "not here"]), ("news.db", ["applied"])):
        done = run("compare", "one.txt", "two.txt", "--corrections", where, "--json")
        comparison = json.loads(done.stdout)
        assert [told["status"] for told in comparison["corrections"]] == listed
        shaped = next(claim for claim in comparison["claims"] if claim["id"] in comparison["corrections"][0]["claims"])
        assert shaped["standing"] == "disputed"
        assert f"1 of {len(listed)} corrections hold" in done.stderr
    assert (
        "made.jsonl, line 3: is no correction"
        in run("compare", "one.txt", "two.txt", "--corrections", "made.jsonl").stderr
    )
    assert "corrections" not in json.loads(run("compare", "one.txt", "two.txt", "--json").stdout)


def test_read_holds_to_lines_and_says_what_does_not_hold(accounts: list[Account]):
    one, _ = accounts
    text = [at(one, "nine people were hurt"), at(one, "The roof of the hall")]
    wrong = says(2, "same entity", at(one, "Ada Lind"), at(one, "Mayor Ada Lind"))
    Path("made.jsonl").write_text("".join(to_lines([says(1, "speaker", *text), wrong])), encoding="utf-8")

    done = run("read", "one.txt", "--corrections", "made.jsonl", "--json", "--layers", "attributions")
    assert "The roof of the hall" in json.dumps(json.loads(done.stdout)["attributions"])
    assert f"correction {wrong.key} (same entity) does not hold: both its spans mean the same thing" in done.stderr
