"""Readings as rows of the library's tables. Pure: which numbers are free, and who is known, come as arguments."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from tellings.comparing.speakers import TITLES, Speaker
from tellings.errors import InputError
from tellings.library.codes import codes
from tellings.library.runs import packed
from tellings.library.terms import name_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tellings.records import Account, Attribution, Reading, Span

COLUMNS: dict[str, tuple[str, ...]] = {
    "texts": ("id", "sha256", "text"),
    "accounts": (
        "id",
        "name",
        "text",
        "sha256",
        "kind",
        "title",
        "outlet",
        "author",
        "published",
        "updated",
        "fetched",
        "url",
        "path",
        "offset",
        "size",
        "encoding",
        "runs",
        "notes",
        "reader",
        "added",
    ),
    "sources": ("id", "key", "type", "name"),
    "source_words": ("word", "source"),
    "attributions": (
        "id",
        "account",
        "source",
        "manner",
        "start",
        "end",
        "source_start",
        "source_end",
        "cue_start",
        "cue_end",
        "parent",
        "parts",
    ),
    "statements": ("account", "number", "start", "end", "attribution", "kind", "quoted", "negated", "hedged"),
    "vectors": ("account", "codes"),
    "entities": ("account", "number", "type", "name", "places"),
    "figures": ("account", "number", "start", "end", "low", "high", "unit", "bound", "counted_start", "counted_end"),
    "times": ("account", "number", "start", "end", "kind", "value", "first", "last"),
    "wording": ("account", "number", "start", "end", "score", "quoted"),
}
"""The columns of each table that an account fills, tables in the order in which they can be filled."""

Row = tuple[Any, ...]


class SourceKey(NamedTuple):
    """By what two namings are one source: words in common order, and the type ("" where it cannot be told)."""

    key: str
    type: str


@dataclass(slots=True)
class Free:
    """The next free number of each table that numbers its rows; counts on as they are given."""

    accounts: int
    texts: int
    sources: int
    attributions: int


@dataclass(slots=True)
class Batch:
    """Rows to be added, by table, and words to be made findable; `sources` numbers those known and those added."""

    free: Free
    sources: dict[SourceKey, int]
    texts: dict[str, int]
    rows: dict[str, list[Row]] = field(default_factory=lambda: {table: [] for table in COLUMNS})
    told: list[Row] = field(default_factory=list)
    said: list[Row] = field(default_factory=list)


def text_hash(text: str) -> str:
    """The digest by which corrections find a text: SHA-256 of its UTF-8 bytes."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def storable(account: Account) -> None:
    """Refuse what no database keeps as it is.

    Raises:
        InputError: for the character NUL, or half a surrogate pair, in the text or in what the account says of itself.

    """
    about = account.original.path
    for value in (account.text, account.id, about, account.title, account.outlet, account.author, account.url):
        if value is None:
            continue
        if "\x00" in value:
            raise InputError(about, "has the character NUL in it, which no database keeps", "take it out")
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as error:
            raise InputError(about, "has half a surrogate pair in it", "replace it with U+FFFD") from error


Said = tuple[Speaker | None, ...]
"""The speaker of each attribution of a reading."""


def put(  # noqa: PLR0913 - what is the same for a whole batch comes from outside
    batch: Batch, reading: Reading, said: Said, *, name: str, reader: int, added: str
) -> int:
    """Add one reading's rows to a batch; gives the account's number."""
    account = reading.account
    number = batch.free.accounts
    batch.free.accounts += 1
    batch.rows["accounts"].append(account_row(batch, account, number, name, reader, added))
    batch.told.append((number, account.title or "", account.text))
    ids = _attributions(batch, reading, said, number)
    _statements(batch, reading, number, ids)
    _names(batch, reading, number)
    _layers(batch, reading, number)
    return number


def account_row(  # noqa: PLR0913 - as `put`
    batch: Batch, account: Account, number: int, name: str, reader: int, added: str
) -> Row:
    """An account's row; its text is put into the batch where it is new."""
    digest = text_hash(account.text)
    text = batch.texts.get(digest)
    if text is None:
        text = batch.texts[digest] = batch.free.texts
        batch.free.texts += 1
        batch.rows["texts"].append((text, digest, account.text))
    one, notes = account.original, [asdict(note) for note in account.notes]
    dates = (account.published, account.updated, account.fetched)
    heads = (account.title, account.outlet, account.author, *dates, account.url)
    said = json.dumps(notes, ensure_ascii=False, separators=(",", ":")) if notes else None
    where = (one.path, one.offset, one.size, one.encoding, packed(one.runs))
    return (number, name, text, account.sha256, account.kind, *heads, *where, said, reader, added)


def _attributions(batch: Batch, reading: Reading, said: Said, account: int) -> list[int]:
    """The numbers of the reading's attributions in the library."""
    first = batch.free.attributions
    ids = list(range(first, first + len(reading.attributions)))
    batch.free.attributions += len(ids)
    text = reading.account.text
    for at in outer_first(reading.attributions):
        one, speaker, number = reading.attributions[at], said[at], ids[at]
        start, end = _hull(one.content) or (_place(one), _place(one))
        kind = "named person" if speaker and speaker.surname else one.source_type
        source = _source(batch, text, speaker, kind)
        spans = (*_ends(one.source), *_ends(one.cue))
        parent = None if one.parent is None else ids[one.parent]
        parts = json.dumps(one.content, separators=(",", ":")) if len(one.content) > 1 else None
        row = (number, account, source, one.manner, start, end, *spans, parent, parts)
        batch.rows["attributions"].append(row)
        batch.said.append((number, text[start:end]))
    return ids


def _source(batch: Batch, text: str, speaker: Speaker | None, kind: str | None) -> int | None:
    """The number of a source in the library, given now where it is new."""
    if speaker is None:
        return None
    name = text[speaker.span.start : speaker.span.end]
    key = source_key(name, kind)
    number = batch.sources.get(key)
    if number is None:
        number = batch.sources[key] = batch.free.sources
        batch.free.sources += 1
        batch.rows["sources"].append((number, key.key, key.type, name))
        batch.rows["source_words"] += [(word, number) for word in name_words(name)]
    return number


_ARTICLES = frozenset({"the", "a", "an"})


def source_key(name: str, kind: str | None) -> SourceKey:
    """By what a source is known: its words without articles, and a person's without titles."""
    words = [word for word in name_words(name) if word not in _ARTICLES]
    if kind == "named person":
        words = [word for word in words if word not in TITLES] or words
    return SourceKey(" ".join(words) or name.casefold(), kind or "")


def source_keys(reading: Reading, said: Said) -> set[SourceKey]:
    """The sources that a reading names; to ask once which of them the library has."""
    text = reading.account.text
    return {
        source_key(text[one.span.start : one.span.end], "named person" if one.surname else told.source_type)
        for one, told in zip(said, reading.attributions, strict=True)
        if one
    }


def _statements(batch: Batch, reading: Reading, account: int, ids: list[int]) -> None:
    rows = batch.rows["statements"]
    for number, one in enumerate(reading.statements):
        voice = ids[one.voice[-1]] if one.voice else None
        flags = (one.quoted, one.polarity == "negated", one.certainty == "hedged")
        rows.append((account, number, one.span.start, one.span.end, voice, one.kind, *flags))
    if reading.statements:
        batch.rows["vectors"].append((account, codes(reading.vectors).tobytes()))


def _names(batch: Batch, reading: Reading, account: int) -> None:
    """Entities that are named, and where; descriptions and pronouns are read again where they are needed."""
    text, named = reading.account.text, defaultdict(list)
    for one in reading.mentions:
        if one.form == "name":
            named[one.entity].append(one.span)
    for number, spans in sorted(named.items()):
        entity = reading.entities[number]
        name, places = text[entity.name.start : entity.name.end], json.dumps(spans, separators=(",", ":"))
        batch.rows["entities"].append((account, number, entity.type, name, places))


def _layers(batch: Batch, reading: Reading, account: int) -> None:
    for number, one in enumerate(reading.figures):
        counted = one.counted or (None, None)
        batch.rows["figures"].append((account, number, *one.span, one.low, one.high, one.unit, one.bound, *counted))
    for number, time in enumerate(reading.times):
        days = (day if day != time.value else None for day in (time.first, time.last))
        batch.rows["times"].append((account, number, *time.span, time.kind, time.value, *days))
    for number, loaded in enumerate(reading.wording):
        score = round(100 * loaded.score)
        batch.rows["wording"].append((account, number, *loaded.span, score, loaded.quoted))


class _Inside(Protocol):
    @property
    def parent(self) -> int | None: ...


def outer_first(attributions: Sequence[_Inside]) -> list[int]:
    """The numbers of attributions in an order in which each comes after the one it stands in.

    SQLite checks a foreign key row by row; to check it later instead costs it a look at all rows for each.
    """

    def depth(number: int) -> int:
        found, seen = attributions[number].parent, {number}
        while found is not None and found not in seen:
            seen.add(found)
            found = attributions[found].parent
        return len(seen)

    return sorted(range(len(attributions)), key=depth)


def _place(one: Attribution) -> int:
    return _ends(one.cue or one.source)[0] or 0


def _hull(spans: tuple[Span, ...]) -> tuple[int, int] | None:
    return (spans[0].start, spans[-1].end) if spans else None


def _ends(spans: Iterable[Span]) -> tuple[int | None, int | None]:
    return _hull(tuple(spans)) or (None, None)
