"""Parts of a comparison as data frames of pandas or polars, whichever is installed, for a notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal, TypeAlias

from tellings.errors import FrameError
from tellings.records import Comparison
from tellings.show.contract import check
from tellings.show.csv import TABLES, Row, Table

Frame: TypeAlias = Any
"""A DataFrame of pandas or of polars; neither is needed to install Tellings, so its type cannot be named."""
Maker: TypeAlias = Literal["pandas", "polars"]
Name: TypeAlias = Table | Literal["accounts", "figures", "timeline", "gaps"]


def frame(comparison: Comparison, name: Name, *, library: Maker | None = None) -> Frame:
    """One table of a comparison as a data frame, a row a thing; `start` and `end` are code points, half-open.

    The tables are those of `--csv` and `accounts`, `figures`, `timeline`, `gaps`. `library` is what makes the frame;
    without it pandas does, or polars where pandas is not installed.

    Raises:
        FrameError: neither pandas nor polars is installed, or not the one asked for.
        SpanError: a shown text is not its account's `text[start:end]`.

    """
    check(comparison)
    heads, rows = FRAMES[name]
    made = list(rows(comparison))
    chosen: tuple[Maker, ...] = (library,) if library else ("pandas", "polars")
    for one in chosen:
        found = _made(one, heads, made)
        if found is not None:
            return found
    missing = " and ".join(chosen)
    raise FrameError(f"the frame “{name}”", f"{missing}: not installed", f"install {' or '.join(chosen)}")


def _made(library: Maker, heads: Row, rows: list[Row]) -> Frame | None:
    from importlib import import_module

    try:
        module = import_module(library)
    except ImportError:
        return None
    if library == "pandas":
        return module.DataFrame(rows, columns=list(heads))
    return module.DataFrame(rows, schema=list(heads), orient="row", infer_schema_length=None)


def _accounts(comparison: Comparison) -> Iterator[Row]:
    copies = {one.account: (one.of, one.share) for one in comparison.copies}
    for one in comparison.accounts:
        words = len(one.text.split())
        yield (
            one.id, one.outlet, one.title, one.author, one.published, one.updated, one.url, one.kind, words,
            *copies.get(one.id, (None, None)), one.sha256,
        )  # fmt: skip


def _figures(comparison: Comparison) -> Iterator[Row]:
    for use in comparison.figures:
        counted = use.counted.text if use.counted else None
        yield (
            use.claim, use.account, use.start, use.end, use.low, use.high, use.unit, use.bound, counted, use.voice,
            use.text,
        )  # fmt: skip


def _timeline(comparison: Comparison) -> Iterator[Row]:
    for entry in comparison.timeline:
        yield entry.value, entry.until, entry.claim, entry.account, entry.start, entry.end, entry.text


def _gaps(comparison: Comparison) -> Iterator[Row]:
    for gap in comparison.gaps:
        yield gap.claim, gap.account, gap.value, gap.why


FRAMES: dict[Name, tuple[Row, Callable[[Comparison], Iterator[Row]]]] = {
    "accounts": (
        ("account", "outlet", "title", "author", "published", "updated", "url", "kind", "words", "copy of", "share",
         "sha256"),
        _accounts,
    ),
    "figures": (
        ("claim", "account", "start", "end", "low", "high", "unit", "bound", "counted", "voice", "text"),
        _figures,
    ),
    "timeline": (("value", "until", "claim", "account", "start", "end", "text"), _timeline),
    "gaps": (("claim", "account", "value", "why"), _gaps),
    **{name: TABLES[name] for name in TABLES},
}  # fmt: skip
"""Heads and rows of each frame."""
