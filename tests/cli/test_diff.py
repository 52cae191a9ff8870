"""`tellings diff` and `tellings accounts` as a person meets them, with the model made by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

import tellings.cli
from tellings.cli import accounts, diff
from tellings.errors import InputError
from tests.ingest.test_warc import answer, page, record
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
        assert "hold 3 accounts, of which no two are versions of one" in str(done.exception)


def line(text: str, url: str, **more: str) -> str:
    return json.dumps({"text": text, "url": url, "outlet": "Quay News", **more}) + "\n"


class TestVersionsFound:
    """Several fetches of one page among other accounts: they are found, and laid over each other in time."""

    LAST = AFTER.replace("is closed now", "is open again")

    @pytest.fixture
    def crawl(self, tmp_path: Path) -> Path:
        page = "https://quay.example/roof"
        (tmp_path / "b.jsonl").write_text(
            line(self.LAST, f"{page}?utm_source=letter", updated="2024-03-06")
            + line(BEFORE, "http://www.quay.example/roof/", updated="2024-03-04"),
            encoding="utf-8",
        )
        (tmp_path / "a.jsonl").write_text(
            line(AFTER, f"{page}#top", updated="2024-03-05") + line("Another story, of a ferry at sea.", f"{page}/2"),
            encoding="utf-8",
        )
        return tmp_path

    def test_each_is_laid_over_the_one_before_it(self, crawl: Path):
        done = run(diff.command, str(crawl), "--json")
        found = [json.loads(one) for one in done.stdout.splitlines()]
        dates = [(one["before"]["account"]["updated"], one["after"]["account"]["updated"]) for one in found]
        assert dates == [("2024-03-04", "2024-03-05"), ("2024-03-05", "2024-03-06")]

    def test_a_date_of_change_breaks_the_silence_and_does_not_say_what_was_changed(self, crawl: Path):
        told = " ".join(run(diff.command, str(crawl)).stdout.split())
        assert told.count("0 silently corrected") == 2
        assert told.count("says by its date that it was changed, not what was") == 2

    def test_text_that_changed_while_the_date_of_change_did_not_is_silently_corrected(self, tmp_path: Path):
        page = "https://quay.example/roof"
        (tmp_path / "two.jsonl").write_text(
            line(BEFORE, page, updated="2024-03-04") + line(AFTER, page, updated="2024-03-04"), encoding="utf-8"
        )
        told = " ".join(run(diff.command, str(tmp_path / "two.jsonl")).stdout.split())
        assert "1 silently corrected" in told

    def test_accounts_says_which_is_a_version_of_which(self, crawl: Path):
        told = run(accounts.command, str(crawl)).stdout
        assert told.count("it gives the same address") == 2
        lines = run(accounts.command, str(crawl), "--json").stdout.splitlines()
        assert ["version_of" in json.loads(one)["account"] for one in lines] == [False, False, True, True]


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

    def test_the_place_of_a_stretch_is_told(self, files: list[str]):
        told = " ".join(run(accounts.command, files[0], "--where", "4:8").stdout.split())
        assert "characters 4 to 8, “roof”: bytes 4 to 8 of the 107 bytes from byte 0 of" in told
        (found,) = map(json.loads, run(accounts.command, files[0], "--where", "4:8", "--json").stdout.splitlines())
        where = found["account"]["where"]
        assert (where["path"], where["offset"], where["first"], where["last"]) == (files[0], 0, 4, 8)
        assert found["account"]["unplaced"] == []

    def test_a_stretch_past_the_end_is_said_to_be_there(self, files: list[str]):
        assert "characters 4 to 8000: it has 107" in run(accounts.command, files[0], "--where", "4:8000").stdout

    @pytest.mark.parametrize("wrong", ["4", "8:4", "4:4", "a:b", "-1:4", "²:4"])
    def test_what_is_no_stretch_is_a_usage_error(self, files: list[str], wrong: str):
        assert run(accounts.command, files[0], "--where", wrong).exit_code == 2

    def test_nothing_is_read(self, files: list[str], monkeypatch: pytest.MonkeyPatch):
        def refuse() -> None:
            raise AssertionError

        monkeypatch.setattr("tellings.reading.model.load", refuse)
        assert run(accounts.command, *files).exit_code == 0

    def test_the_fetches_in_an_archive_are_laid_over_each_other_by_when_they_were_made(self, tmp_path: Path):
        later = page(2).replace(b"number 2", b"number 1").replace(b"swing", b"lift")
        records = [record(answer(body), number=1) for body in (later, page(1))]
        records[1] = records[1].replace(b"03-06T08", b"03-05T08").replace(b"0000001>", b"0000009>")
        (tmp_path / "crawl.warc").write_bytes(b"".join(records))
        done = run(diff.command, str(tmp_path / "crawl.warc"), "--json")
        found = json.loads(done.stdout)
        assert [found[side]["account"]["fetched"] for side in ("before", "after")] == [
            "2024-03-05T08:00:00Z",
            "2024-03-06T08:00:00Z",
        ]
