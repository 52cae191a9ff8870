"""Sketches kept as bytes come back the same."""

from dataclasses import fields

import numpy as np
import pytest

from tellings.errors import InputError
from tellings.grouping import unread
from tellings.grouping.storing import store, stored
from tests.grouping import made


def test_sketches_come_back_as_they_were_and_a_broken_last_one_is_left_out(tmp_path):
    path = tmp_path / "some.sketches"
    kept = [unread(one) for one in made.told()]
    with path.open("wb") as file:
        for one in kept:
            store(one, file)
    path.write_bytes(path.read_bytes()[:-3])
    found = list(stored(path))
    assert len(found) == len(kept) - 1
    for one, other in zip(found, kept, strict=False):
        assert all(np.array_equal(getattr(one, f.name), getattr(other, f.name)) for f in fields(one))


def test_bytes_that_are_no_sketch_are_named(tmp_path):
    path = tmp_path / "other.sketches"
    path.write_bytes(b"\x03\x00\x00\x00abc")
    with pytest.raises(InputError, match="sketch"):
        list(stored(path))
