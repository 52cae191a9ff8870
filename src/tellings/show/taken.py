"""What was taken in: accounts before anything is read in them, for the terminal and as JSON."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from tellings.errors import InputError
from tellings.ingest.located import unplaced
from tellings.show.lines import Line
from tellings.show.plain import clean, quoted
from tellings.show.signs import plural
from tellings.show.terminal import laid_out, wants_color

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tellings.ingest.located import Located
    from tellings.records import Account, Span

_TITLE = 160


def placed(account: Account) -> float:
    """The share of an account's characters, white space left out, that lead to bytes of its original; 1 for none."""
    text = account.text
    seen = sum(not character.isspace() for character in text)
    under = sum(not character.isspace() for run in account.original.runs for character in text[run.start : run.end])
    return under / seen if seen else 1.0


@dataclass(frozen=True, slots=True)
class Asked:
    """What to tell of an account besides: where a stretch of its text stands, and what it is a version of (its id)."""

    where: Span | None = None
    version_of: str | None = None


def render_taken(
    one: Account | InputError, asked: Asked = Asked(), *, width: int | None = None, color: bool | None = None
) -> str:
    """Give one account, or what is wrong with one input, as lines for a terminal no wider than `width` columns.

    Id, kind and length; outlet, author, title and dates as the input says them; how much of the text is placed on the
    original's bytes; notes; and what is asked for besides.
    """
    columns = shutil.get_terminal_size((80, 24)).columns if width is None else width
    lines = list(_error(one) if isinstance(one, InputError) else _account(one, asked))
    return laid_out(lines, columns, wants_color() if color is None else color)


def taken_json(one: Account | InputError, asked: Asked = Asked()) -> str:
    """Give one account, or what is wrong with one input, as a line of JSON.

    An account comes as `{"account": ...}` without its text and runs, with `words`, `characters`, `placed` (a share),
    `unplaced` (stretches of the text that lead to no byte), and, where asked for, `where` and
    `version_of`; an error as `{"error": {"about", "problem", "advice"}}`.
    """
    import msgspec

    if isinstance(one, InputError):
        told: dict[str, object] = {"error": {"about": one.about, "problem": one.problem, "advice": one.advice}}
    else:
        told = {"account": _record(one, asked)}
    return msgspec.json.encode(told).decode("utf-8") + "\n"


def _record(account: Account, asked: Asked) -> dict[str, object]:
    left_out = ("text", "original", "notes")
    original = account.original
    return {
        **{entry.name: getattr(account, entry.name) for entry in fields(account) if entry.name not in left_out},
        "path": original.path,
        "offset": original.offset,
        "size": original.size,
        "encoding": original.encoding,
        "words": len(account.text.split()),
        "characters": len(account.text),
        "placed": round(placed(account), 4),
        "unplaced": unplaced(account),
        **({"version_of": asked.version_of} if asked.version_of else {}),
        **({"where": _located(account, asked.where)} if asked.where else {}),
        "notes": account.notes,
    }


def _located(account: Account, span: Span) -> Located | None:
    """Where a span stands; None too where the account ends before it does."""
    return account.locate(span) if span.end <= len(account.text) else None


def _where(account: Account, span: Span) -> Iterator[Line]:
    """Tell where a stretch of an account's text stands, with its words."""
    if span.end > len(account.text):
        yield Line(2, body=f"characters {span.start} to {span.end}: it has {len(account.text)}", style="differ")
        return
    told = quoted(account.text[slice(*span)], _TITLE)
    found = account.locate(span)
    if found is None:
        yield Line(2, body=f"characters {span.start} to {span.end}, {told}: not placed", style="differ")
        return
    original = f"the {found.size} bytes from byte {found.offset} of {clean(found.path)}, SHA-256 {found.sha256[:12]}…"
    yield Line(
        2, body=f"characters {span.start} to {span.end}, {told}: bytes {found.first} to {found.last} of {original}"
    )


def _account(account: Account, asked: Asked) -> Iterator[Line]:
    yield Line(body=clean(account.id), style="head")
    size = f"{account.kind}, {plural(len(account.text.split()), 'word')}"
    original = account.original
    where = f"bytes {original.offset} to {original.offset + original.size} of {clean(original.path)}"
    yield Line(2, body=f"{size}; {_share(placed(account))} placed on {where} ({original.encoding})")
    for name in ("title", "outlet", "author", "published", "updated", "url"):
        value = getattr(account, name)
        if value is not None:
            yield Line(2, body=f"{name}: {quoted(value, _TITLE) if name == 'title' else clean(value)}")
    if asked.version_of:
        yield Line(2, body=f"a version of {clean(asked.version_of)}: it gives the same address", style="ours")
    missing = [name for name in ("title", "outlet", "author", "published") if getattr(account, name) is None]
    if missing:
        yield Line(2, body=f"does not say: {', '.join(missing)}", style="ours")
    for note in account.notes:
        yield Line(2, body=f"note: {clean(note.message)}", style="ours")
    loose = unplaced(account)
    if loose:
        length = sum(end - start for start, end in loose)
        stretches = plural(len(loose), "stretch", "stretches")
        yield Line(2, body=f"not placed: {plural(length, 'character')} in {stretches}", style="ours")
    if asked.where:
        yield from _where(account, asked.where)


def _share(share: float) -> str:
    """A share in words that never round up to all."""
    if share >= 1:
        return "all of it"
    return f"{int(share * 1000) / 10:g} %" if share > 0 else "nothing of it"


def _error(error: InputError) -> Iterator[Line]:
    yield Line(body=f"left out {clean(error.about)}", style="head")
    yield Line(2, body=f"{clean(error.problem)}; {clean(error.advice)}", style="differ")
