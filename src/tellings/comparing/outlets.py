"""Sources that are outlets because an account of the comparison says it is theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tellings.comparing.words import STOP, words
from tellings.records import Attribution, Reading


def with_outlets(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Readings whose sources named as the outlet of an account of the comparison are typed outlets."""
    outlets = {_key(reading.account.outlet) for reading in readings if reading.account.outlet} - {()}
    return tuple(
        replace(reading, attributions=tuple(_typed(reading, one, outlets) for one in reading.attributions))
        for reading in readings
    )


def _typed(reading: Reading, attribution: Attribution, outlets: set[tuple[str, ...]]) -> Attribution:
    if len(attribution.source) != 1:
        return attribution
    start, end = attribution.source[0]
    if _key(reading.account.text[start:end]) not in outlets:
        return attribution
    return replace(attribution, source_type="outlet")


def _key(name: str) -> tuple[str, ...]:
    return tuple(word.key for word in words(name) if word.key not in STOP)
