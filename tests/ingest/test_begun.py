"""A stream whose first bytes were read already is read from its start."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.ingest.begun import Begun
from tellings.ingest.tables import accounts_of_objects, accounts_of_table
from tellings.ingest.warc import accounts_of_warc
from tellings.records import Account

CALLS = st.lists(st.tuples(st.booleans(), st.integers(1, 9)), max_size=20)


@given(st.binary(max_size=30).map(lambda data: data.replace(b"\xff", b"\n")), st.integers(0, 30), CALLS)
def test_lines_and_bytes_come_as_from_the_whole(data, first, calls):
    stream, whole = io.BytesIO(data), io.BytesIO(data)
    begun = Begun(stream.read(first), stream)
    for by_line, size in calls:
        if by_line:
            assert begun.readline(size) == whole.readline(size)
        else:
            found = begun.read(size)
            assert found == whole.read(len(found))
            assert bool(found) == (whole.tell() <= len(data) and len(found) > 0)


@pytest.mark.parametrize(
    ("read", "data"),
    [
        (accounts_of_table, b"title,text\na,One two.\n"),
        (accounts_of_objects, b'{"body": "One two."}\n'),
    ],
)
@pytest.mark.parametrize("first", [0, 1, 5, 15, 4096])
def test_importers_read_what_was_begun(read, data, first):
    stream = io.BytesIO(data)
    (found,) = read("-", Begun(stream.read(first), stream))
    assert isinstance(found, Account)
    assert found.text == "One two."


def test_an_archive_may_be_begun():
    from tests.ingest.test_warc import HTML, answer, record

    stream = io.BytesIO(record(answer(HTML)))
    (found,) = accounts_of_warc("-", Begun(stream.read(100), stream))
    assert isinstance(found, Account)
