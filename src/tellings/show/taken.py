"""What was taken in: accounts before anything is read in them, for the terminal and as JSON."""

from __future__ import annotations

import shutil
from dataclasses import fields
from typing import TYPE_CHECKING

from tellings.errors import InputError
from tellings.show.lines import Line
from tellings.show.plain import clean, quoted
from tellings.show.signs import plural
from tellings.show.terminal import laid_out, wants_color

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tellings.records import Account

_TITLE = 160


def placed(account: Account) -> float:
    """The share of an account's characters, white space left out, that lead to bytes of its original; 1 for none."""
    text = account.text
    seen = sum(not character.isspace() for character in text)
    under = sum(not character.isspace() for run in account.original.runs for character in text[run.start : run.end])
    return under / seen if seen else 1.0


def render_taken(one: Account | InputError, *, width: int | None = None, color: bool | None = None) -> str:
    """Give one account, or what is wrong with one input, as lines for a terminal no wider than `width` columns.

    Id, kind and length; outlet, author, title and dates as the input says them; how much of the text is placed on the
    original's bytes; notes.
    """
    columns = shutil.get_terminal_size((80, 24)).columns if width is None else width
    lines = list(_error(one) if isinstance(one, InputError) else _account(one))
    return laid_out(lines, columns, wants_color() if color is None else color)


def taken_json(one: Account | InputError) -> str:
    """Give one account, or what is wrong with one input, as a line of JSON.

    An account comes as `{"account": ...}` without its text and runs, with `words`, `characters` and `placed` (a share);
    an error as `{"error": {"about", "problem", "advice"}}`.
    """
    import msgspec

    if isinstance(one, InputError):
        told: dict[str, object] = {"error": {"about": one.about, "problem": one.problem, "advice": one.advice}}
    else:
        told = {"account": _record(one)}
    return msgspec.json.encode(told).decode("utf-8") + "\n"


def _record(account: Account) -> dict[str, object]:
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
        "notes": account.notes,
    }


def _account(account: Account) -> Iterator[Line]:
    yield Line(body=clean(account.id), style="head")
    size = f"{account.kind}, {plural(len(account.text.split()), 'word')}"
    original = account.original
    where = f"bytes {original.offset} to {original.offset + original.size} of {clean(original.path)}"
    yield Line(2, body=f"{size}; {_share(placed(account))} placed on {where} ({original.encoding})")
    for name in ("title", "outlet", "author", "published", "updated", "url"):
        value = getattr(account, name)
        if value is not None:
            yield Line(2, body=f"{name}: {quoted(value, _TITLE) if name == 'title' else clean(value)}")
    missing = [name for name in ("title", "outlet", "author", "published") if getattr(account, name) is None]
    if missing:
        yield Line(2, body=f"does not say: {', '.join(missing)}", style="ours")
    for note in account.notes:
        yield Line(2, body=f"note: {clean(note.message)}", style="ours")


def _share(share: float) -> str:
    """A share in words that never round up to all."""
    if share >= 1:
        return "all of it"
    return f"{int(share * 1000) / 10:g} %" if share > 0 else "nothing of it"


def _error(error: InputError) -> Iterator[Line]:
    yield Line(body=f"left out {clean(error.about)}", style="head")
    yield Line(2, body=f"{clean(error.problem)}; {clean(error.advice)}", style="differ")
