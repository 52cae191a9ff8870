"""`tellings diff` and `tellings accounts` as a person meets them, with the model made by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

import tellings.cli
from tellings.cli import accounts, diff
from tellings.errors import InputError
from tests.reading.fakes import HandMadeModel

if TYPE_CHECKING:
    from pathlib import Path

BEFORE = "The roof of the hall fell in on Friday. In the end 12 people were hurt by the snow. The hall is closed now."
AFTER = "The roof of the hall fell in on Friday. In the end 14 people were hurt by the snow. The hall is closed now."


@pytest.fixture(autouse=True)
def made_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tellings.reading.model.load", lambda: HandMadeModel({}))


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    for name, text in (("one.txt", BEFORE), ("two.txt", AFTER)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [str(tmp_path / "one.txt"), str(tmp_path / "two.txt")]


def run(command: Any, *arguments: str, **more: Any) -> Result:
    return CliRunner().invoke(command, arguments, **more)


def test_both_commands_are_named_with_what_they_do():
    told = run(tellings.cli._group, "--help").stdout.split()
    assert {"diff", "accounts"} <= set(told)


class TestDiff:
    def test_the_second_file_is_the_later_version(self, files: list[str]):
        done = run(diff.command, *files)
        assert done.exit_code == 0
        assert "1 altered, 0 added, 0 removed, 0 moved, 1 silently corrected" in " ".join(done.stdout.split())
        assert "figure: A “12”, B “14”" in done.stdout
        assert "figure: A “14”, B “12”" in run(diff.command, *reversed(files)).stdout

    def test_json(self, files: list[str]):
        found = json.loads(run(diff.command, *files, "--json").stdout)
        (altered,) = (one for one in found["differences"] if one["kind"] == "altered")
        assert [change["kind"] for change in altered["changes"]] == ["figure"]

    def test_a_version_with_itself_is_all_kept(self, files: list[str]):
        found = json.loads(run(diff.command, files[0], files[0], "--json").stdout)
        assert {one["kind"] for one in found["differences"]} == {"kept"}

    def test_one_version_may_come_from_standard_input(self, files: list[str]):
        assert "figure: A “12”, B “14”" in run(diff.command, files[0], "-", input=AFTER.encode()).stdout

    def test_an_input_without_an_account_is_an_error_about_it(self, files: list[str], tmp_path: Path):
        done = run(diff.command, files[0], "nowhere.txt")
        assert isinstance(done.exception, InputError)
        assert str(done.exception).startswith("nowhere.txt: there is no such file")

        (tmp_path / "both.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in (BEFORE, AFTER)))
        done = run(diff.command, files[0], str(tmp_path / "both.jsonl"))
        assert "holds 2 accounts, not one" in str(done.exception)


class TestAccounts:
    def test_accounts_and_errors_stand_in_the_order_named(self, files: list[str]):
        done = run(accounts.command, files[1], "nowhere.txt", files[0])
        assert done.exit_code == 0
        lines = done.stdout.splitlines()
        heads = [line for line in lines if line and not line.startswith(" ")]
        assert [head.split("-")[0] for head in heads] == ["two", "left out nowhere.txt", "one"]
        assert "text, 24 words; all of it placed on bytes 0 to 107" in " ".join(done.stdout.split())

    def test_json_is_an_object_a_line(self, files: list[str]):
        done = run(accounts.command, files[0], "nowhere.txt", "--json")
        first, second = map(json.loads, done.stdout.splitlines())
        assert (first["account"]["words"], first["account"]["placed"]) == (24, 1.0)
        assert second["error"]["about"] == "nowhere.txt"

    def test_no_account_at_all_is_exit_two(self):
        done = run(accounts.command, "nowhere.txt")
        assert done.exit_code == 2
        assert "left out nowhere.txt" in done.stdout

    def test_nothing_is_read(self, files: list[str], monkeypatch: pytest.MonkeyPatch):
        def refuse() -> None:
            raise AssertionError

        monkeypatch.setattr("tellings.reading.model.load", refuse)
        assert run(accounts.command, *files).exit_code == 0
