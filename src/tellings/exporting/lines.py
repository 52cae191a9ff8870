"""JSON lines: an object a line with one key, which says what the line is (UTF-8; bytes in base64)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from tellings.errors import InputError
from tellings.exporting.records import (
    Head,
    Kept,
    KeptAccount,
    KeptCorrection,
    KeptFeed,
    KeptSource,
    KeptStory,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tellings.records import Comparison

_KINDS: dict[str, type[Kept]] = {
    "tellings": Head,
    "source": KeptSource,
    "account": KeptAccount,
    "story": KeptStory,
    "correction": KeptCorrection,
    "feed": KeptFeed,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}
_AGAIN = "export the library again"


def written(records: Iterable[Kept]) -> Iterator[str]:
    """What a library keeps, a record a line."""
    for record in records:
        yield msgspec.json.encode({_NAMES[type(record)]: record}).decode() + "\n"


def read(lines: Iterable[str | bytes], *, about: str) -> Iterator[Kept]:
    """The records that `written` wrote.

    Raises:
        InputError: for a line that is none of them; `about` names the file.

    """
    for number, line in enumerate(lines, start=1):
        yield _record(line, f"{about}:{number}", first=number == 1)


def _record(line: str | bytes, about: str, *, first: bool) -> Kept:
    try:
        ((name, raw),) = msgspec.json.decode(line, type=dict[str, msgspec.Raw]).items()
        record = msgspec.json.decode(raw, type=_KINDS[name])
    except (msgspec.MsgspecError, ValueError, KeyError) as error:
        raise InputError(about, "is no line of an export of a library", _AGAIN) from error
    if first != isinstance(record, Head):
        raise InputError(about, "does not begin as an export of a library does", _AGAIN)
    if isinstance(record, KeptAccount):
        sound(record, about)
    return record


def sound(one: KeptAccount, about: str) -> None:
    """Refuse an account whose spans lie outside its text, or that numbers what it does not have.

    Raises:
        InputError: naming the line, or the account.

    """
    ends = [
        (each.start, each.end)
        for layer in (one.attributions, one.statements, one.figures, one.times, one.wording)
        for each in layer
    ]
    ends += [(span.start, span.end) for each in one.entities for span in each.places]
    ends += [(span.start, span.end) for each in one.attributions for span in each.parts]
    for said in one.attributions:
        ends += [(said.source_start or 0, said.source_end or 0), (said.cue_start or 0, said.cue_end or 0)]
    ends += [(each.counted_start or 0, each.counted_end or 0) for each in one.figures]
    if any(not 0 <= start <= end <= one.text_length for start, end in ends):
        raise InputError(about, "has a span that is not in its text", _AGAIN)
    numbers = [said.parent for said in one.attributions] + [told.attribution for told in one.statements]
    if any(number is not None and not 0 <= number < len(one.attributions) for number in numbers):
        raise InputError(about, "numbers an attribution that it does not have", _AGAIN)


def compared(comparison: Comparison) -> Iterator[str]:
    """A comparison, each entry of each list of its JSON contract in a line of its own, and its manifest.

    Raises:
        SpanError: a shown text is not its account's `text[start:end]`.

    """
    from tellings.show import to_json

    data = msgspec.json.decode(to_json(comparison))
    yield msgspec.json.encode({"manifest": data.pop("manifest")}).decode() + "\n"
    for name, entries in data.items():
        for entry in entries:
            yield msgspec.json.encode({_ONE.get(name, name): entry}).decode() + "\n"


_ONE = {
    "accounts": "account", "claims": "claim", "quotes": "quote", "sources": "source", "names": "name",
    "figures": "figure", "gaps": "gap", "copies": "copy", "quantities": "quantity", "polls": "poll",
}  # fmt: skip
"""What one entry is called; wording and timeline keep their names."""
