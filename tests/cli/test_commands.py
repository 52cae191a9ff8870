"""The command line as a person meets it: real processes, real files, the shipped model."""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tellings.cli.compare import _STANDINGS
from tellings.show.only import CHOICES

EXAMPLES = Path(__file__).parents[2] / "examples"
STORY = sorted(str(path) for path in EXAMPLES.iterdir())


def tellings(*arguments, stdin=b"", **environment):
    return subprocess.run(
        [sys.executable, "-m", "tellings", *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )


def compared(*arguments, **more):
    done = tellings("compare", "--json", *arguments, **more)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def test_help_comes_at_once_and_names_every_command():
    began = time.perf_counter()
    done = tellings("--help")
    assert time.perf_counter() - began < 2  # a floor against importing the model; the figure is in benchmarks
    assert {"compare", "evaluate"} <= set(done.stdout.decode().split())


def test_help_imports_nothing_heavy():
    heavy = {"numpy", "onnxruntime", "trafilatura", "rich"}
    code = f"import sys; import tellings.cli; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.decode().strip() == "[]"


def test_the_example_story_is_compared_in_the_terminal_without_colour_when_piped():
    done = tellings("compare", *STORY)
    assert done.returncode == 0, done.stderr.decode()
    shown = done.stdout.decode()
    assert "\x1b[" not in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_json_page_and_terminal_can_be_had(tmp_path):
    page = tmp_path / "story.html"
    done = tellings("compare", *STORY, "-o", str(page))
    assert done.returncode == 0
    assert page.read_text(encoding="utf-8").lower().startswith("<!doctype html>")
    assert compared(*STORY)["manifest"]["model"].startswith("reader-")


def test_the_order_of_the_files_and_the_number_of_processes_change_no_byte():
    once = tellings("compare", "--json", *STORY)
    again = tellings("compare", "--json", *reversed(STORY), "--processes", "2")
    assert once.stdout == again.stdout


def test_only_claims_of_the_standings_asked_for_are_shown(tmp_path):
    page = tmp_path / "story.html"
    story = compared("--only", "agreed, Narrower", "-o", str(page), *STORY)
    assert {claim["standing"] for claim in story["claims"]} == {"agreed", "narrower"}
    assert {"name": "only", "value": "narrower, agreed"} in story["manifest"]["settings"]
    shown = tellings("compare", "--only", "narrower,agreed", *STORY).stdout.decode()
    said = f"{len(story['claims'])} claims (only narrower, agreed)"
    assert said in shown
    assert "TOLD BY ONE" not in shown
    assert said in page.read_text(encoding="utf-8")


def test_a_wrong_standing_is_a_usage_error_that_names_those_there_are():
    done = tellings("compare", "--only", "disputed,agree", *STORY)
    told = " ".join(done.stderr.decode().split())
    assert done.returncode == 2
    assert f"'--only': agree: no such standing; choose from {_STANDINGS}, shared" in told
    assert tuple(f"{_STANDINGS}, shared".split(", ")) == CHOICES


def test_every_word_of_the_json_stands_where_it_says():
    story = compared(*STORY)
    texts = {account["id"]: account["text"] for account in story["accounts"]}

    def walk(node):
        if isinstance(node, dict):
            if {"account", "start", "end", "text"} <= set(node):
                assert texts[node["account"]][node["start"] : node["end"]] == node["text"]
                yield node
            for value in node.values():
                yield from walk(value)
        elif isinstance(node, list):
            for value in node:
                yield from walk(value)

    assert len(list(walk({key: value for key, value in story.items() if key != "accounts"}))) > 50


def test_standard_input_is_an_account():
    text = Path(STORY[0]).read_bytes()
    story = compared("-", *STORY[1:], stdin=text)
    assert len(story["accounts"]) == len(STORY)


@pytest.fixture
def rubbish(tmp_path):
    files = {
        "empty.txt": b"",
        "binary.txt": bytes(range(256)) * 40,
        "line.txt": b"word " * (50 * 1024 * 1024 // 5),
        "page.html": b"<html><body><nav><a href='/'>Home</a></nav></body></html>",
        "german.txt": (
            "Der Bürgermeister sagte am Freitag, dass das Dach der Halle in der Nacht eingestürzt sei. "
            "Die Feuerwehr war mit dreißig Leuten vor Ort, und die Straße bleibt bis auf Weiteres gesperrt. "
        ).encode()
        * 3,
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    return [str(tmp_path / name) for name in files]


def test_each_bad_input_is_named_with_what_to_do_and_the_others_are_compared(rubbish):
    done = tellings("compare", "--json", *rubbish, *STORY)
    told = done.stderr.decode()
    assert done.returncode == 0, told
    assert len(json.loads(done.stdout)["accounts"]) == len(STORY)
    for path in rubbish:
        assert re.search(rf"left out {re.escape(path)}\S*: .+; .+", told), told
    assert "Traceback" not in told


@pytest.mark.parametrize("inputs", [[STORY[0]], [STORY[0], STORY[0]], ["nowhere.txt"], []])
def test_nothing_to_compare_is_exit_two_without_a_traceback(inputs):
    done = tellings("compare", *inputs)
    assert done.returncode == 2
    assert done.stdout == b""
    assert "Traceback" not in done.stderr.decode()


def test_two_copies_of_one_file_are_said_to_be_the_same(tmp_path):
    copy = tmp_path / "copy.txt"
    copy.write_bytes(Path(STORY[-1]).read_bytes())
    done = tellings("compare", STORY[-1], str(copy))
    assert done.returncode == 2
    assert str(copy) in done.stderr.decode()


def test_broken_utf8_is_read_and_said_so(tmp_path):
    text = Path(STORY[-1]).read_bytes()
    broken = tmp_path / "broken.txt"
    broken.write_bytes(text[:200] + b"\xff" + text[200:])
    story = compared(str(broken), *STORY[:-1])
    notes = next(a["notes"] for a in story["accounts"] if a["id"].startswith("broken"))
    assert any(note["code"] == "encoding" for note in notes)


def test_debug_shows_the_traceback():
    assert "Traceback" in tellings("--debug", "compare", "nowhere.txt").stderr.decode()


def test_evaluate_says_where_to_find_corpora_when_there_are_none(tmp_path):
    done = tellings("evaluate", "mentions", "--corpora", str(tmp_path / "none"))
    assert done.returncode == 1
    assert "--corpora" in done.stderr.decode()
