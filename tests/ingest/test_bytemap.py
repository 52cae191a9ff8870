"""Escapes of an original undone on the way back, one inside the other too."""

from __future__ import annotations

import pytest

from tellings.ingest.bytemap import read_back
from tellings.records import Account, Original, Run, Span


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("&mdash;", "—"),
        ("&amp;mdash;", "—"),
        ("&amp;amp;", "&"),
        (r"\u0026mdash;", "—"),
        (r"\u0026amp;mdash;", "—"),
        (r"\"", '"'),
        ("\\n", " "),
    ],
)
def test_a_character_is_read_back_through_its_escapes(raw: str, told: str):
    data = raw.encode()
    original = Original("a.jsonl", "0" * 64, len(data), "utf-8", 0, (Run(0, len(told), 0, len(data)),))
    account = Account("a", told, "0" * 64, original)
    assert read_back(account, Span(0, len(told)), data) == told


def test_bytes_of_another_original_are_not_made_to_fit():
    original = Original("a.html", "0" * 64, 7, "utf-8", 0, (Run(0, 1, 0, 7),))
    assert read_back(Account("a", "—", "0" * 64, original), Span(0, 1), b"&ndash;") == "–"
