"""Any bytes are accounts or plain errors; every account leads back to its bytes; time grows little faster than size.

Each form has its hostile documents by number, the same in every run; `make fuzz` goes on from there for as long as one
likes. What was found so far stands at the end, made small.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.growing import grown, seconds
from tests.fuzz.holds import taken
from tests.fuzz.hostile import hostile
from tests.fuzz.seeds import SHAPES

FORMS = sorted(SHAPES)
SLOW = {"page", "thread", "mails", "warc", "gzip-warc", "packed-wacz", "pdf", "whole-feed"}
"""Forms of which a document takes some milliseconds: fewer are tried, so that all take half a minute."""
PART = st.sampled_from(FORMS).flatmap(
    lambda form: st.tuples(
        st.just(form),
        st.lists(
            st.one_of(
                st.sampled_from(SHAPES[form].marks),
                st.binary(max_size=6),
                st.tuples(st.sampled_from(SHAPES[form].seeds), st.integers(0, 2_000), st.integers(0, 2_000)).map(
                    lambda one: one[0][min(one[1:]) : max(one[1:])]
                ),
            ),
            max_size=12,
        ),
    )
)
"""A form, and stretches that a document of it is put together from."""


@pytest.mark.parametrize("form", FORMS)
def test_good_documents_are_taken_in_whole(form: str):
    shape = SHAPES[form]
    for seed in shape.seeds:
        accounts, errors = taken(shape.name, shape.packed(seed))
        assert accounts
        assert errors <= 1  # one export has a document without a text


@pytest.mark.parametrize("form", FORMS)
def test_hostile_documents_are_accounts_or_plain_errors(form: str):
    used = 0
    for number in range(200 if form in SLOW else 700):
        data = hostile(form, number)
        try:
            used += taken(SHAPES[form].name, data)[0]
        except Exception as error:
            error.add_note(f"hostile({form!r}, {number})")
            raise
    assert used  # they are not so broken that nothing is tried


@settings(max_examples=300)
@given(PART)
def test_documents_of_any_stretches_are_accounts_or_plain_errors(made: tuple[str, list[bytes]]):
    form, parts = made
    taken(SHAPES[form].name, SHAPES[form].packed(b"".join(parts)))


@settings(max_examples=200)
@given(st.sampled_from(sorted({shape.name for shape in SHAPES.values()})), st.binary(max_size=3_000))
def test_any_bytes_are_accounts_or_plain_errors(name: str, data: bytes):
    taken(name, data)


@pytest.mark.parametrize("form", FORMS)
def test_time_grows_with_size(form: str):
    """Eight times the size may take some 12 times as long; 24, for a busy machine."""
    for mark in SHAPES[form].marks[:: 1 + len(SHAPES[form].marks) // 4]:
        small, large = (seconds(form, grown(form, mark, size)) for size in (4_000, 32_000))
        assert large < max(1.5, 24 * small), mark


def test_the_same_number_makes_the_same_bytes():
    assert [hostile("mail", n) for n in range(20)] == [hostile("mail", n) for n in range(20)]
    assert all(a != b for a, b in pairwise(hostile("mail", n) for n in range(20)))


@pytest.mark.skipif(sys.platform != "linux", reason="atheris is made for Linux")
def test_guided_fuzzing_runs(tmp_path: Path):
    pytest.importorskip("atheris", reason="atheris is not installed")
    command = [sys.executable, "-m", "tests.fuzz.run", "factiva", "-runs=300", "-seed=1"]
    here = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(command, cwd=tmp_path, env=here, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2_000:]
    assert re.search(rb"Done \d{3,} runs", done.stderr)


@pytest.mark.parametrize("empty", [b"\n", b"\r\n\r\n", b" " * 40 + b"\n", b"\t\n"])
def test_many_empty_lines_take_little_time(empty: bytes):
    assert seconds("talk", grown("talk", empty, 60_000)) < 2.0


def test_half_a_surrogate_pair_in_an_address_is_no_part_of_an_account():
    name, seeds, *_ = SHAPES["posts"]
    taken(name, seeds[0].replace(b"/r/harbour", rb"/r/har\ud83dbour"))


def test_many_blanks_in_a_line_of_markdown_take_little_time():
    assert seconds("markdown", grown("markdown", b"\n" + b" " * 15_000 + b"x", 30_100)) < 1.0
