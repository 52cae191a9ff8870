"""No pattern goes back and forth over what it reads: each is run over what makes careless ones do so."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time

import tellings

LENGTH = 120
"""Characters: what takes exponential time has not ended by the limit, what takes square time has.

Square time over a whole input is found by tests/fuzz/test_hostile.py; many here see short stretches alone.
"""
LIMIT = 1.0  # seconds of a processor; the slowest of all takes some hundredths
UNITS = (
    " ", "\n", "\t", "a", "A", "1", ".", ",", "-", '"', "'", "(", "<", "&", "=", "/", "[", "{", ":", "_", "#", "*", ">",
    "a ", "A ", "1 ", "1,", "a.", "A. ", "a\n", " \n", "<a ", '="', "a@", "--", "(a", "“a", "the ", "and ", "of the ",
)  # fmt: skip


def patterns() -> dict[re.Pattern[str] | re.Pattern[bytes], str]:
    """Every compiled pattern of the package, with where it stands."""
    found: dict[re.Pattern[str] | re.Pattern[bytes], str] = {}
    for module in pkgutil.walk_packages(tellings.__path__, "tellings."):
        if module.name.endswith("__main__") or ".migrations" in module.name or ".evaluate" in module.name:
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            many = value if isinstance(value, tuple | list) else value.values() if isinstance(value, dict) else [value]
            found.update((one, f"{module.name}.{name}") for one in many if isinstance(one, re.Pattern))
    return found


def seconds(pattern: re.Pattern[str] | re.Pattern[bytes], text: str) -> float:
    began = time.process_time()
    if isinstance(pattern.pattern, bytes):
        pattern.search(text.encode())  # type: ignore[arg-type]
    else:
        pattern.search(text)  # type: ignore[arg-type]
    return time.process_time() - began


def test_no_pattern_goes_back_and_forth():
    known = patterns()
    assert len(known) > 300
    slow = [
        (where, unit)
        for pattern, where in known.items()
        for unit in UNITS
        if seconds(pattern, (unit * LENGTH)[:LENGTH] + "\x01") > LIMIT
    ]
    assert slow == []


def test_a_careless_pattern_is_found():
    assert seconds(re.compile(r"(?:a|a)*b"), "a" * 21 + "\x01") > 0.02
