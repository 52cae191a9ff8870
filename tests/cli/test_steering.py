"""What outsiders wrote steers no terminal, in any command: names of files, ids, titles, words, errors about them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import tellings.cli

STEERS = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202egnorw\u2066\r\x08\x7f\u2028"
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]")
WORDS = (
    f"The roof {STEERS} fell in on Friday. Lind{STEERS} said: “Nine people {STEERS} were not hurt.” The hall is closed."
)
NAME = "roof\x1b[31m\u202e\x9b2J.txt"


def account(number: int, *, id: str) -> str:  # noqa: A002 - the member's name
    told = {
        "id": id,
        "title": f"Roof {STEERS}",
        "outlet": f"Post {STEERS}",
        "author": f"Ada {STEERS}",
        "published": "2031-05-06",
    }
    return json.dumps({**told, "url": f"https://post.example/{STEERS}", "text": f"{WORDS} So it is told by {number}."})


@pytest.fixture(autouse=True)
def hostile(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder of accounts that try to steer, bad ones among them."""
    monkeypatch.chdir(tmp_path)
    lines = [account(n, id=f"a{n}{STEERS}") for n in (1, 2)]
    twice = json.dumps({f"te{STEERS}xt": "x"})
    Path("in").mkdir()
    Path("in/story.jsonl").write_text(
        "\n".join([*lines, lines[0].replace("told by 1", "told by 3"), twice]), encoding="utf-8"
    )
    Path("in", NAME).write_text(f"Title: {STEERS}\n\n{WORDS}", encoding="utf-8")
    Path("in", f"empty{NAME}").write_text("", encoding="utf-8")
    Path("in", f"broken{NAME[:-4]}.docx").write_bytes(b"PK\x03\x04 no zip")


def shown(*arguments: str) -> str:
    done = CliRunner().invoke(tellings.cli._group, arguments)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("accounts", "in"), ("compare", "in"), ("read", "in"), ("group", "in", "--unread"), ("copies", "in"), ("diff", "in"),
        ("add", "in"), ("accounts", "in", "--where", "2:30"), ("accounts", "in", "-o", "out"), ("compare", "in", "-o", "a.html"),
    ],
)  # fmt: skip
def test_nothing_that_steers_reaches_the_terminal(arguments: tuple[str, ...]):
    try:
        told = shown(*arguments)
    except tellings.TellingsError as error:
        pytest.fail(f"{error} is not about the terminal")
    assert told.strip()
    assert STEERING.findall(told) == []


@pytest.mark.parametrize(
    "arguments",
    [("search", "roof"), ("sources",), ("stories",), ("accounts", "--library", "news.db"), ("check", "news.db")],
)
def test_nor_from_a_library(arguments: tuple[str, ...]):
    shown("add", "in")
    assert STEERING.findall(shown(*arguments)) == []


def test_an_error_that_ends_a_command_steers_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr("sys.argv", ["tellings", "compare", f"in/empty{NAME}"])
    with pytest.raises(SystemExit) as left:
        tellings.cli.main()
    assert left.value.code == 2
    told = capsys.readouterr().err
    assert "is empty" in told
    assert STEERING.findall(told) == []
