"""The command `correct` as a person meets it, with the model made by hand."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

import tellings.cli
from tests.reading.fakes import HandMadeModel

STORY = (
    "The roof fell in on Friday. Lind said: “Nine people were not hurt.” The hall is closed for a year, Moss told us."
)
OTHER = "The roof of the hall fell in last Friday. Moss said: “Nobody was hurt at all in the hall.” It is closed now."


@pytest.fixture(autouse=True)
def made_by_hand(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tellings.reading.model.load", lambda: HandMadeModel({"Lind": "PER", "Moss": "PER"}))
    monkeypatch.setattr("tellings.reading.model.model_name", lambda: "hand-made")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TELLINGS_AUTHOR", "Ines")
    monkeypatch.setattr(
        "tellings.library.rows.codes", lambda rows: np.zeros((len(rows), 32), np.uint8)
    )  # its are too short
    Path("one.txt").write_text(STORY, encoding="utf-8")
    Path("two.txt").write_text(OTHER, encoding="utf-8")


@pytest.fixture
def filled() -> None:
    run("add", "one.txt", "two.txt")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(tellings.cli._group, arguments)


def correct(*arguments: str) -> Result:
    return run("correct", *arguments)


def listed(*options: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in correct("list", "--json", *options).stdout.splitlines()]


@pytest.mark.usefixtures("filled")
def test_a_speaker_is_put_right_and_holds_when_read_again():
    done = correct("speaker", "one", "Nine people were not hurt.", "--to", "Moss", "--note", "heard it")
    assert done.exit_code == 0, done.output
    assert "speaker “Nine people were not hurt.” 40:66 | “Moss”" in done.stderr
    read = run("read", "one.txt", "--corrections", "news.db", "--json", "--layers", "attributions")
    (said,) = json.loads(read.stdout)["attributions"]
    assert [part["text"] for part in said["source"]] == ["Moss"]


@pytest.mark.usefixtures("filled")
def test_every_kind_is_kept_listed_and_withdrawn():
    correct("merge", "one", "Lind", "two", "Moss")
    correct("split", "one", "Lind", "one", "Moss", "--by", "Otis")
    correct("appearance", "one", "0:27", "two", "0:41", "--same")
    correct("appearance", "one", "28:66", "two", "0:41", "--not")
    correct("relation", "one", "0:27", "two", "0:41", "conflict")
    correct("label", "one", "hall", "--of", "Lind", "--as", "title")
    correct("label", "one", "roof", "--none")
    correct("speaker", "one", "fell in", "--own-voice")
    correct("speaker", "one", "Nine people were not hurt.", "--left-out")
    found = listed()
    assert [one["correction"]["kind"] for one in found] == [  # type: ignore[index] # JSON
        "same entity", "different entity", "same claim", "different claim", "relation", "label", "label", "speaker",
        "speaker",
    ]  # fmt: skip
    assert {one["status"] for one in found} == {"applied"}
    key = str(found[0]["correction"]["key"])  # type: ignore[index] # JSON
    assert correct("undo", key).exit_code == 0
    assert len(listed()) == 8
    assert len(listed("--withdrawn")) == 9
    shown = correct("list", "--withdrawn").stdout
    assert "by Otis" in shown
    assert f"{key} same entity" in shown
    assert "withdrawn" in shown
    assert run("check").exit_code == 0


@pytest.mark.usefixtures("filled")
def test_an_appearance_is_rejected_from_several_at_once_all_or_none():
    done = correct("appearance", "one", "0:27", "two", "0:41", "two", "zeppelin", "--not")
    assert "does not stand there" in str(done.exception)
    assert listed() == []
    correct("appearance", "one", "0:27", "two", "0:41", "two", "42:90", "--not")
    assert [one["correction"]["kind"] for one in listed()] == ["different claim"] * 2  # type: ignore[index] # JSON


@pytest.mark.usefixtures("filled")
def test_lines_go_out_and_come_in_once():
    correct("label", "one", "roof", "--none")
    correct("export", "made.jsonl")
    assert "1 corrections added to other.db" in correct("import", "made.jsonl", "--library", "other.db").stderr
    assert "0 corrections added to other.db, 1 already there" in correct(
        "import", "made.jsonl", "--library", "other.db"
    ).stderr  # fmt: skip
    assert correct("export", "-", "--library", "other.db").stdout == Path("made.jsonl").read_text(encoding="utf-8")
    with Path("made.jsonl").open("a", encoding="utf-8") as file:
        file.write("nonsense\n")
    done = correct("import", "made.jsonl", "--library", "third.db")
    assert done.exit_code == 1
    assert "made.jsonl, line 2: is no correction" in done.stderr
    assert len(listed("--library", "third.db")) == 1


@pytest.mark.usefixtures("filled")
def test_a_new_version_is_accepted():
    correct("label", "one", "roof", "--none")
    Path("later.txt").write_text("Updated. " + STORY, encoding="utf-8")
    run("add", "later.txt", "--library", "later.db")
    correct("export", "made.jsonl")
    correct("import", "made.jsonl", "--library", "later.db")
    (one,) = listed("--library", "later.db")
    assert one["status"] == "moved"
    key = str(one["correction"]["key"])  # type: ignore[index] # JSON
    assert f"tellings correct accept {key}" in correct("list", "--library", "later.db").stdout
    assert correct("accept", key, "--library", "later.db").exit_code == 0
    assert [each["status"] for each in listed("--library", "later.db")] == ["not here", "applied"]


@pytest.mark.usefixtures("filled")
def test_two_people_are_measured():
    for by in ("Ines", "Otis"):
        correct("appearance", "one", "0:27", "two", "0:41", "--same", "--by", by)
        correct("relation", "one", "28:66", "two", "42:90", "agree" if by == "Ines" else "differ", "--by", by)
    done = [json.loads(line) for line in correct("agreement", "Ines", "Otis", "--json").stdout.splitlines()]
    assert {one["about"]: (one["both"], one["same"]) for one in done if one["both"]} == {
        "claim": (2, 2),
        "relation": (1, 0),
    }
    shown = correct("agreement", "Ines", "Otis").stdout
    assert "claim         2     2  1.000" in shown
    assert "has no correction by Vera" in str(correct("agreement", "Ines", "Vera").exception)


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("speaker", "three", "0:5", "--own-voice"), "has no account “three”"),
        (("speaker", "one", "0:5000", "--own-voice"), "has no span 0:5000"),
        (("speaker", "one", "5:5", "--own-voice"), "has no span 5:5"),
        (("speaker", "one", "zeppelin", "--own-voice"), "“zeppelin” does not stand there"),
        (("speaker", "one", " ", "--own-voice"), "no span is given"),
        (("speaker", "one", "oof", "--own-voice"), "“oof” does not stand there"),
        (("speaker", "one", "The", "--own-voice"), "times; give one of"),
        (("speaker", "one", "0:5", "--to", "Kroll"), "“Kroll” does not stand there"),
        (("speaker", "one", "0:5", "--to", "Moss", "--type", "wizard"), "use one of: named person"),
        (("speaker", "o", "0:5", "--to", "Moss", "--type", "wizard"), "use one of: named person"),
        (("undo", "k-000"), "has no correction k-000"),
        (("accept", "k-000"), "has nothing proposed"),
        (("import", "none.jsonl"), "cannot be read"),
        (("export", "no/where.jsonl"), "cannot be written"),
    ],
)
def test_bad_input_is_a_plain_error_and_keeps_nothing(arguments: tuple[str, ...], problem: str):
    done = correct(*arguments)
    assert done.exit_code == 1
    assert problem in str(done.exception)
    assert listed() == []


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    "arguments",
    [
        ("speaker", "one", "0:5"),
        ("speaker", "one", "0:5", "--to", "Moss", "--own-voice"),
        ("label", "one", "0:5"),
        ("label", "one", "0:5", "--of", "Moss"),
        ("label", "one", "0:5", "--none", "--of", "Moss", "--as", "title"),
        ("appearance", "one", "0:5", "two", "0:5"),
        ("appearance", "one", "0:5", "two", "--not"),
        ("relation", "one", "0:5", "two", "0:5", "likes"),
    ],
)
def test_what_is_half_said_is_a_usage_error(arguments: tuple[str, ...]):
    assert correct(*arguments).exit_code == 2


def test_a_library_that_is_not_there_is_not_made():
    assert "is not there" in str(correct("list").exception)
    assert not Path("news.db").exists()


def test_a_file_of_corrections_that_is_no_text_is_an_error():
    Path("made.jsonl").write_bytes(b"\xff\xfe\x00")
    assert "cannot be read" in str(run("compare", "one.txt", "two.txt", "--corrections", "made.jsonl").exception)
