"""The options on what is taken in: columns of tables and members of JSONL, the cache, the pace, the limit."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import tellings
from tellings.cli.accounts import command as accounts
from tellings.cli.compare import command as compare
from tellings.cli.diff import command as diff
from tellings.cli.intake import Intake
from tellings.cli.read import command as read
from tellings.ingest import ingest

TOLD = "The crane on the north quay fell on Monday and nobody was hurt by it, the harbour office said in the evening."
TABLE = f'Story head;The words, in full;Printed;Of\nCrane falls;"{TOLD}";2024-03-04;Quay News\n'
LINE = f'{{"head": "Crane falls", "words": "{TOLD}"}}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "cranes.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "cranes.jsonl").write_text(LINE + LINE.replace("north", "south"), encoding="utf-8")
    return tmp_path


def said(*arguments: str) -> str:
    return " ".join(CliRunner().invoke(accounts, arguments).output.split())


class TestColumns:
    def test_columns_named_on_the_command_line_are_taken_for_what_they_hold(self, folder):
        told = said(
            str(folder / "cranes.csv"), "--columns", "text=The words, in full,title=Story head,published=Printed"
        )
        assert "title: “Crane falls”" in told
        assert "published: 2024-03-04" in told
        assert "all of it placed" in told

    def test_the_option_may_be_given_a_column_at_a_time(self, folder):
        told = said(str(folder / "cranes.csv"), "--columns", "text=The words, in full", "--columns", "outlet=Of")
        assert "outlet: Quay News" in told

    def test_a_missing_column_is_named_with_those_there_are(self, folder):
        told = said(str(folder / "cranes.csv"), "--columns", "text=Body,author=Writer")
        assert "has no columns “Body”, “Writer”; it has “Story head”, “The words, in full”, “Printed”, “Of”" in told

    def test_members_of_lines_are_named_in_the_same_way(self, folder):
        assert said(str(folder / "cranes.jsonl"), "--columns", "text=words,title=head").count("Crane falls”") == 2

    def test_a_member_that_some_lines_lack_is_none_there_and_one_that_all_lack_is_an_error(self, folder):
        told = said(str(folder / "cranes.jsonl"), "--columns", "text=words,author=writer")
        assert told.count("all of it placed") == 2
        assert "has “writer” in no line; its lines have “head”, “words”" in told

    def test_lines_of_other_members_say_how_to_name_them(self, folder):
        assert 'has neither "text" nor "html"; it has “head”, “words”; say which' in said(str(folder / "cranes.jsonl"))

    @pytest.mark.parametrize("told", ["body", "words=body", "text=", "text"])
    def test_what_names_no_column_is_a_usage_error_that_says_what_can_be_named(self, folder, told):
        found = CliRunner().invoke(accounts, [str(folder / "cranes.csv"), "--columns", told])
        assert found.exit_code == 2
        assert "title, outlet, author" in " ".join(found.output.split())

    def test_python_says_the_same_with_one_record(self, folder):
        columns = tellings.Columns(text="The words, in full", title="Story head")
        (account,) = ingest([folder / "cranes.csv"], columns=columns)
        assert isinstance(account, tellings.Account)
        assert (account.text, account.title) == (TOLD, "Crane falls")

    def test_a_tab_can_be_named_as_what_parts_the_cells(self, tmp_path):
        (tmp_path / "one.csv").write_text(f"text, or so\tday\n{TOLD}\t2024-03-04\n", encoding="utf-8")
        assert "all of it placed" in said(str(tmp_path / "one.csv"), "--columns", "text=text, or so,delimiter=tab")


class TestLinks:
    def test_without_a_link_there_are_no_settings_for_any(self):
        assert Intake(delay=2.0).fetching(["story.txt"]) is None

    def test_the_folder_the_pace_and_the_limit_go_into_the_settings(self, tmp_path):
        settings = Intake(cache=tmp_path, delay=2.5, limit=2_000).fetching(["https://news.example/story"])
        assert settings is not None
        assert (settings.cache, settings.delay, settings.limit) == (tmp_path, 2.5, 2_000)

    def test_what_is_not_given_stays_as_it_is(self):
        settings = Intake().fetching(["https://news.example/story"])
        assert settings is not None
        assert settings.cache is not None
        assert (settings.delay, settings.limit) == (1.0, 10 * 1024 * 1024)

    @pytest.mark.parametrize("wrong", [["--delay", "-1"], ["--limit", "0"], ["--limit", "much"]])
    def test_no_pace_below_nothing_and_no_limit_of_nothing(self, wrong):
        assert CliRunner().invoke(accounts, ["a.txt", *wrong]).exit_code == 2

    @pytest.mark.parametrize("command", [accounts, compare, diff, read])
    def test_every_command_that_takes_accounts_in_has_the_options(self, command):
        told = CliRunner().invoke(command, ["--help"]).output
        assert all(name in told for name in ("--columns", "--cache", "--delay", "--limit"))
