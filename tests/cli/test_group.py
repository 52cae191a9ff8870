"""`tellings group` and `tellings copies`, and a story of the one's file for `compare`."""

import json

import pytest
from click.testing import CliRunner

from tellings.cli.compare import accounts_of
from tellings.cli.copies import command as copies
from tellings.cli.group import command as group
from tellings.cli.intake import Intake
from tellings.cli.pace import line
from tellings.errors import InputError
from tests.grouping import made


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "feeds"
    place.mkdir()
    for name, text in (("a", made.FIRE), ("b", made.VOTE), ("c", made.FIRE + " A third weaver is missing.")):
        (place / f"{name}.txt").write_text(f"Title: {text[:30]}\nDate: 2031-04-0{'abc'.index(name) + 1}\n\n{text}\n")
    return place


@pytest.fixture
def stories(folder, tmp_path):
    out = tmp_path / "stories.jsonl"
    done = CliRunner().invoke(group, [str(folder), "--unread", "-o", str(out)])
    assert done.exit_code == 0, done.output
    return out


def test_stories_are_lines_after_a_manifest_with_what_leads_back_to_each_account(stories, folder):
    head, *told = [json.loads(one) for one in stories.read_text().splitlines()]
    assert sorted(one["path"] for one in head["manifest"]["inputs"]) == sorted(str(path) for path in folder.iterdir())
    fire, vote = told
    assert [one["path"][-5:] for one in fire["accounts"]] == ["a.txt", "c.txt"]
    assert (fire["first"], fire["last"]) == ("2031-04-01", "2031-04-03")
    assert [change["kind"] for change in fire["changes"]] == ["begun", "joined"]
    assert len(vote["accounts"]) == 1


def test_the_same_inputs_give_the_same_bytes_in_any_order(stories, folder, tmp_path):
    other = tmp_path / "other.jsonl"
    paths = sorted((str(path) for path in folder.iterdir()), reverse=True)
    CliRunner().invoke(group, [*paths, "--unread", "-o", str(other)])
    assert other.read_bytes() == stories.read_bytes()


def test_a_story_leads_back_to_its_accounts(stories):
    story = json.loads(stories.read_text().splitlines()[1])["story"]
    found = accounts_of(story[:6], (str(stories),), Intake())
    assert [one.original.path[-5:] for one in found] == ["a.txt", "c.txt"]


def test_an_account_changed_since_is_named_and_left_out(stories, folder, capsys):
    story = json.loads(stories.read_text().splitlines()[1])["story"]
    (folder / "c.txt").write_text(made.LOST)
    assert len(accounts_of(story, (str(stories),), Intake())) == 1
    assert "is not as it was when it was grouped" in capsys.readouterr().err


def test_a_story_that_is_not_there_says_where_ids_come_from(stories):
    with pytest.raises(InputError, match="take an id that `tellings group` shows"):
        accounts_of("zzz", (str(stories),), Intake())


def test_copies_are_told_with_their_passages(folder):
    done = CliRunner().invoke(copies, [str(folder)])
    assert "c.txt is a copy of" in done.stdout
    assert "3 accounts, 1 with text of another" in done.stderr


def test_copies_as_json_have_spans_of_both_texts(folder):
    (told,) = CliRunner().invoke(copies, [str(folder), "--json"]).stdout.splitlines()
    assert json.loads(told)["passages"] == [{"span": [0, len(made.FIRE) - 1], "source": [0, len(made.FIRE) - 1]}]


def test_progress_says_how_much_how_fast_and_how_long():
    assert line(120, 400, 4.0, "accounts").split(", ") == ["120 of 400 accounts", "30 a second", "0 min 9 s left "]
