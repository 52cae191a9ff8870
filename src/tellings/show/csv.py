"""Parts of a comparison as CSV tables, one row a thing, for spreadsheets and data frames (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Literal

from tellings.records import Comparison, Source
from tellings.show.contract import check

Table = Literal["claims", "names", "quotes", "sources", "wording"]
Row = tuple[object, ...]


def render_csv(comparison: Comparison, name: Table) -> str:
    """One table of a comparison, its heads in the first row; offsets are code points, half-open.

    Raises:
        SpanError: a shown text is not its account's `text[start:end]`.

    """
    check(comparison)
    heads, rows = TABLES[name]
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(map(safe, chain([heads], rows(comparison))))
    return out.getvalue()


def safe(row: Row) -> list[object]:
    """Words that a spreadsheet would take for a formula stand after an apostrophe (OWASP: CSV injection)."""
    return [f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" and cell else cell for cell in row]


def _sources(comparison: Comparison) -> Iterator[Row]:
    for source in comparison.sources:
        manners = Counter(one.manner for one in source.attributions)
        direct = manners["direct"] + manners["mixed"]
        verbs = Counter(part.text.lower() for one in source.attributions for part in one.cue)
        sorts = Counter(one.sort for one in source.attributions if one.sort)
        yield (
            source.account,
            source.id,
            source.name or "",
            source.type or "",
            source.via or "",
            len(source.attributions),
            _words(source),
            direct,
            len(source.attributions) - direct,
            "; ".join(f"{verb} ({count})" for verb, count in sorted(verbs.items(), key=lambda one: (-one[1], one[0]))),
            *(sorts[sort] for sort in ("neutral", "doubting", "committing", "coloured")),
        )


def _words(source: Source) -> int:
    return sum(len(part.text.split()) for one in source.attributions for part in one.content)


def _quotes(comparison: Comparison) -> Iterator[Row]:
    for number, quote in enumerate(comparison.quotes, start=1):
        for use in quote.appearances:
            speaker = use.speaker.text if use.speaker else ""
            marked = "marks" if use.marked else "no marks"
            yield number, quote.kind, use.account, use.start, use.end, speaker, marked, use.text


def _claims(comparison: Comparison) -> Iterator[Row]:
    for claim in comparison.claims:
        origin = {n: (one.id, one.name or one.type or "") for one in claim.origins for n in one.appearances}
        for number, use in enumerate(claim.appearances):
            voice = " < ".join(step.name or "left out" for step in reversed(use.voice))
            yield (
                claim.id, claim.standing, claim.score, len(claim.origins), use.account, use.start, use.end,
                voice, use.kind, use.polarity, use.certainty, *origin.get(number, ("", "")), use.text,
            )  # fmt: skip


def _names(comparison: Comparison) -> Iterator[Row]:
    for name in comparison.names:
        for use in name.labels:
            speaker = use.speaker.text if use.speaker else ""
            yield name.entity, name.type or "", use.account, use.start, use.end, use.voice, use.kind, speaker, use.text


def _wording(comparison: Comparison) -> Iterator[Row]:
    for use in comparison.wording:
        yield use.account, use.start, use.end, use.score, use.voice, use.claim or "", use.text


TABLES: dict[Table, tuple[Row, Callable[[Comparison], Iterator[Row]]]] = {
    "claims": (
        ("claim", "standing", "score", "origins", "account", "start", "end", "voice", "kind", "polarity", "certainty",
         "origin", "origin name", "text"),
        _claims,
    ),
    "names": (("name", "type", "account", "start", "end", "voice", "kind", "speaker", "text"), _names),
    "quotes": (("quote", "kind", "account", "start", "end", "speaker", "shown by", "text"), _quotes),
    "sources": (
        ("account", "id", "source", "type", "via", "attributions", "words", "direct", "indirect", "verbs", "neutral",
         "doubting", "committing", "coloured"),
        _sources,
    ),
    "wording": (("account", "start", "end", "score", "voice", "claim", "text"), _wording),
}  # fmt: skip
