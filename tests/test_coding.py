"""Readings come back from bytes equal, and the same reading is the same bytes."""

import numpy as np
import pytest

import tellings
from tellings.coding import FORM, decode, decode_account, encode, encode_account
from tellings.errors import InputError
from tellings.records import Reading

TEXT = """Title: Ferry late again
Outlet: Lake Courier
Date: 2031-05-06

The ferry to Orsa left "two hours late" on Tuesday, harbour master Ada Brink said. Some 40 people waited.
"""


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    path = tmp_path_factory.mktemp("coding") / "ferry.txt"
    path.write_text(TEXT, encoding="utf-8")
    return next(tellings.read(path))


def test_a_reading_comes_back_equal(reading: Reading) -> None:
    back = decode(encode(reading))
    assert back == reading
    assert back.times
    assert back.attributions
    np.testing.assert_array_equal(back.vectors, reading.vectors)
    np.testing.assert_array_equal(back.pieces.spans, reading.pieces.spans)
    np.testing.assert_array_equal(back.pieces.states, reading.pieces.states)


def test_the_same_reading_is_the_same_bytes(reading: Reading) -> None:
    assert encode(decode(encode(reading))) == encode(reading)


def test_without_pieces_it_is_smaller_and_has_none(reading: Reading) -> None:
    small = encode(reading, with_pieces=False)
    assert len(small) < len(encode(reading)) / 2
    assert decode(small).pieces.spans.shape == (0, 2)
    assert decode(small) == reading


def test_an_account_comes_back_equal(reading: Reading) -> None:
    assert decode_account(encode_account(reading.account)) == reading.account


@pytest.mark.parametrize("data", [b"", b"\xff", bytes([FORM]), bytes([FORM]) + b"\x90", bytes([FORM + 1]) + b"\x90"])
def test_other_bytes_are_an_error_about_them(data: bytes) -> None:
    with pytest.raises(InputError, match=r"shelf 3"):
        decode(data, about="shelf 3")
    with pytest.raises(InputError, match=r"shelf 3"):
        decode_account(data, about="shelf 3")


def test_a_half_written_reading_is_an_error(reading: Reading) -> None:
    with pytest.raises(InputError, match="whole reading"):
        decode(encode(reading)[:-7])
