"""What a caller said that changes a result, as settings of its manifest, and back."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from typing import TYPE_CHECKING

from tellings.errors import InputError
from tellings.records import Setting

if TYPE_CHECKING:
    from pathlib import Path

    from tellings.ingest import Columns

COLUMNS, OUTLETS = "columns", "outlets"
"""Settings of a manifest: the columns named, as JSON; the SHA-256 of the file of outlets."""


def said(columns: Columns | None, outlets: Path | None) -> tuple[Setting, ...]:
    """What the caller said that changes a result, for its manifest."""
    import msgspec

    listed: list[Setting] = []
    if columns is not None:
        named = {each.name: getattr(columns, each.name) for each in fields(columns)}
        told = {name: heading for name, heading in named.items() if heading is not None}
        listed.append(Setting(COLUMNS, msgspec.json.encode(told).decode("utf-8")))
    if outlets is not None:
        listed.append(Setting(OUTLETS, hashlib.sha256(outlets.read_bytes()).hexdigest()))
    return tuple(listed)


def columns_said(told: str | None) -> Columns | None:
    """The columns of a manifest's setting. Raises InputError for what names none."""
    import msgspec

    from tellings.ingest import Columns

    try:
        return None if told is None else Columns(**msgspec.json.decode(told, type=dict[str, str]))
    except (msgspec.MsgspecError, TypeError) as error:
        raise InputError("the manifest", "does not say which columns were named", "give what --json wrote") from error
