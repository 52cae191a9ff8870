"""Boxes of mails: read as a stream, one mail at a time."""

from __future__ import annotations

import io
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.errors import InputError
from tellings.ingest.mbox import accounts_of_mbox, is_mbox, original_in_mbox
from tellings.records import Account
from tests.ingest.mails import BRIDGE, FERRY, HEAD, leads_back, mail, multipart, part

if TYPE_CHECKING:
    from collections.abc import Iterator

FROM = b"From ada@quay.example Mon Mar  4 18:30:00 2024\n"


def box(*mails: bytes, end: bytes = b"\n") -> bytes:
    return b"".join(FROM + each + b"\n\n" for each in mails).replace(b"\n", end)


def read(data: bytes, start: int = 0) -> list[Account | InputError]:
    stream = io.BytesIO(data)
    return list(accounts_of_mbox("a.mbox", stream, stream.read(start)))


def numbered(number: int, words: str) -> bytes:
    return mail(f"{words} {number}.", base=HEAD.replace("abc.1", f"n.{number}"))


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("start", [0, 3, 100, 4096])
def test_each_mail_gives_its_accounts_and_leads_back(end: bytes, start: int):
    data = box(numbered(1, BRIDGE), multipart(part(FERRY, encoding="base64")), end=end)
    found = read(data, start)
    assert [item.text for item in found if isinstance(item, Account)] == [f"{BRIDGE} 1.", FERRY]
    for item in found:
        assert isinstance(item, Account)
        leads_back(item, original_in_mbox(io.BytesIO(data), item))
    first = found[0].original if isinstance(found[0], Account) else None
    assert first is not None
    assert data[first.offset :].startswith(BRIDGE.encode())


def test_a_box_is_told_by_its_first_bytes():
    assert is_mbox(box(mail(BRIDGE))[:4096])
    assert not is_mbox(mail(BRIDGE))
    assert not is_mbox(b"From the quay it went on.\nAt 10:30 it rained.")


def test_lines_that_begin_with_from_inside_a_mail():
    body = f"{BRIDGE}\n\nFrom the quay it went on.\n\n>From here too, at 10:30.\nFrom x Mon Mar  4 18:30:00 2024\n"
    found = read(box(mail(body), numbered(2, FERRY)))
    assert len(found) == 2
    assert isinstance(found[0], Account)
    assert found[0].text.endswith(
        "From the quay it went on.\n\nFrom here too, at 10:30.\nFrom x Mon Mar  4 18:30:00 2024"
    )


def test_a_bad_mail_is_an_error_about_it_and_stops_no_other():
    found = read(box(b"no head\n\nof a mail", numbered(2, BRIDGE)))
    assert isinstance(found[0], InputError)
    assert found[0].about == "a.mbox:1"
    assert isinstance(found[1], Account)


def test_a_box_of_bad_mails_alone_is_given_up():
    found = read(box(*[b"no head\n\nof a mail"] * 100))
    assert len(found) == 21
    assert isinstance(found[-1], InputError)
    assert "given up" in found[-1].problem


@pytest.mark.parametrize("data", [b"", b"\n\n", BRIDGE.encode(), b"\x00" * 10_000, b"x" * 3_000_000])
def test_what_is_no_box_is_an_error(data: bytes):
    (error,) = read(data)
    assert isinstance(error, InputError)
    assert error.about == "a.mbox"


def test_a_mail_that_is_too_large_is_an_error_and_the_next_is_read():
    class Stream(io.RawIOBase):
        """A box whose first mail has 100 MB, made as it is read."""

        def __init__(self) -> None:
            self.lines = self.made()

        def made(self) -> Iterator[bytes]:
            yield FROM + HEAD.encode() + b"\n"
            yield from (b"x" * 1_000_000 + b"\n" for _ in range(100))
            yield from (line + b"\n" for line in (b"\n" + FROM + numbered(2, BRIDGE)).split(b"\n"))

        def readline(self, size: int | None = -1, /) -> bytes:  # noqa: ARG002
            return next(self.lines, b"")

    first, second = accounts_of_mbox("a.mbox", Stream())  # type: ignore[arg-type]
    assert isinstance(first, InputError)
    assert "64 MB" in first.problem
    assert isinstance(second, Account)


def test_memory_does_not_grow_with_the_box():
    def lines(count: int) -> Iterator[bytes]:
        for number in range(count):
            yield from (line + b"\n" for line in (FROM + numbered(number, BRIDGE * 50) + b"\n").split(b"\n"))

    class Stream:
        def __init__(self, count: int) -> None:
            self.lines = lines(count)

        def readline(self, size: int) -> bytes:  # noqa: ARG002
            return next(self.lines, b"")

    def peak(count: int) -> int:
        tracemalloc.start()
        assert sum(isinstance(item, Account) for item in accounts_of_mbox("a.mbox", Stream(count))) == count  # type: ignore[arg-type]
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(400) < peak(10) + 1_000_000  # 4 MB of mails more


@settings(max_examples=60, deadline=None)
@given(st.lists(st.binary(max_size=120), max_size=4), st.integers(0, 60))
def test_any_bytes_give_accounts_or_errors(parts: list[bytes], start: int):
    for data in (b"\n".join(parts), box(*parts), box(*(mail(each) for each in parts))):
        for item in read(data, start):
            assert isinstance(item, (Account, InputError))
            if isinstance(item, Account):
                leads_back(item, original_in_mbox(io.BytesIO(data), item))
