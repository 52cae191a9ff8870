"""Inputs taken in by a runner: the same as without one, and what a worker cannot bear is an error about that input."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Self

import pytest

from tellings.errors import InputError
from tellings.ingest import LIMITS, guard, ingest
from tellings.records import Account
from tellings.run import Failure, Here, Processes
from tests.ingest.inputs import PAGE, STORY, written
from tests.ingest.test_warc import answer, page, record

MAIL = """From: Ada Lindqvist <ada@tidewater.example>
Subject: The bridge number {number}
Date: Mon, 4 Mar 2024 18:30:00 +0100
Message-ID: <{number}@tidewater.example>

The harbour council voted on Monday to close the old swing bridge number {number} for repairs.
"""


class Doomed:
    """A runner in which the items that hold some bytes kill their worker."""

    def __init__(self, doomed: str) -> None:
        self.doomed = doomed

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def map(self, stage: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        for item in items:
            if self.doomed in repr(item):
                yield Failure(item, "death", "ends the process that works on it (SIGSEGV)")
            else:
                yield stage(item)


def shape(found: Iterable[Account | InputError]) -> list[str]:
    return [one.about if isinstance(one, InputError) else one.original.path for one in found]


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    told = [json.dumps({"id": f"n{i}", "text": f"The ferry number {i} left late on Tuesday."}) for i in range(4)]
    return written(tmp_path, "lines.jsonl", "\n".join([told[0], "", *told[1:]]))


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    return written(tmp_path, "crawl.warc", b"".join(record(answer(page(number)), number) for number in range(1, 4)))


@pytest.fixture
def box(tmp_path: Path) -> Path:
    mails = [f"From ada Mon Mar  4 18:30:00 2024\n{MAIL.format(number=number)}\n" for number in range(3)]
    return written(tmp_path, "box.mbox", "".join(mails))


def test_of_files_the_one_is_an_error_and_the_others_go_on_in_order(tmp_path: Path):
    for number in range(4):
        written(tmp_path, f"{number}.html", page(number))

    found = list(ingest([tmp_path], runner=Doomed("2.html")))

    assert shape(found) == [f"{tmp_path}/{number}.html" for number in range(4)]
    error = found[2]
    assert isinstance(error, InputError)
    assert str(error) == (
        f"{tmp_path}/2.html: cannot be taken in: ends the process that works on it (SIGSEGV); "
        "leave it out, or save it again"
    )


def test_of_lines_the_one_is_named_by_its_number(lines: Path):
    assert shape(ingest([lines], runner=Doomed("number 2"))) == [str(lines), str(lines), f"{lines}:4", str(lines)]


def test_of_records_the_one_is_named_by_number_and_address(crawl: Path):
    found = shape(ingest([crawl], runner=Doomed("number 2")))

    assert found == [str(crawl), f"{crawl}:2 (https://tidewater.example/2)", str(crawl)]


def test_of_mails_the_one_is_named_by_its_number(box: Path):
    assert shape(ingest([box], runner=Doomed("bridge number 1"))) == [str(box), f"{box}:2", str(box)]


def test_standard_input_is_given_to_the_runner_too():
    assert shape(ingest(["-"], stdin=io.BytesIO(PAGE.encode()), runner=Doomed("harbour"))) == ["-"]


def test_processes_give_what_this_process_gives(tmp_path: Path, lines: Path, crawl: Path, box: Path):
    written(tmp_path, "bridge.html", PAGE)
    written(tmp_path, "bridge.txt", STORY)
    written(tmp_path, "copy.html", PAGE)
    written(tmp_path, "empty.html", "")
    written(tmp_path, "torn.pdf", b"%PDF-1.7 and no more")
    named = [lines, tmp_path, crawl, box, tmp_path / "none.html"]

    here = list(ingest(named))
    with Processes(2, LIMITS) as two:
        beside = list(ingest(named, runner=two))

    assert [str(one) if isinstance(one, InputError) else one for one in beside] == [
        str(one) if isinstance(one, InputError) else one for one in here
    ]
    assert sum(isinstance(one, Account) for one in beside) == 12


@pytest.mark.parametrize(
    ("names", "runner"),
    [
        (["a.txt", "b.txt", "none.txt"], Here),
        (["a.txt", "p.html"], Processes),
        (["page.txt"], Processes),
        (["."], Processes),
        (["https://tidewater.example/"], Processes),
        (["a.txt"] * 9, Processes),
    ],
)
def test_a_few_plain_texts_alone_need_no_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: list[str], runner: type
):
    monkeypatch.chdir(tmp_path)
    for name, told in (("a.txt", STORY), ("b.txt", STORY), ("p.html", PAGE), ("page.txt", PAGE)):
        written(tmp_path, name, told)

    assert isinstance(guard(names), runner)
