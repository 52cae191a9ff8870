"""What goes wrong with a store, as plain errors: what it is about, what is wrong, what to do."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tellings.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Iterator

_MEND = "copy what can be read with `sqlite3 FILE .recover`, or restore a copy"
_SQLITE = (
    ("database is locked", "is being written by another program", "try again when that one is done"),
    ("disk is full", "has no room left on its disk", "free some room and run the command again"),
    ("disk i/o error", "cannot be read or written (the disk says no)", "look at the disk, then run the command again"),
    ("readonly database", "can only be read", "give yourself the right to write the file and its folder"),
    ("unable to open", "cannot be opened", "check that its folder is there and that you may write in it"),
    ("not a database", "is no database", "name a library that Tellings made, or a new file"),
    (
        "vtable constructor failed",
        "is damaged",
        "copy what can be read with `sqlite3 FILE .recover`, or restore a copy",
    ),
    ("malformed", "is damaged", _MEND),
    ("too big", "takes no text as long as this", "leave it out"),
)
_POSTGRES = {
    "53100": ("has no room left on its disk", "free some room and run the command again"),
    "25006": ("can only be read", "name a server that may be written"),
    "42501": ("lets this user do too little", "give the user the right to write, and to create tables once"),
    "55P03": ("is being written by another program", "try again when that one is done"),
    "57014": ("took too long to answer", "try again"),
}
_GONE = "does not answer, or went away in the middle"
_AGAIN = "see that the server runs and the URL is right, then run the command again: what was kept stays kept"


@contextmanager
def plain_errors(about: str) -> Iterator[None]:
    """Turn what the database's own modules raise into LibraryError; `about` names the library, without a password."""
    from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

    try:
        yield
    except DBAPIError as error:
        message = str(error.orig).strip()
        known = _known(message, getattr(error.orig, "sqlstate", None))
        if known is None and (error.connection_invalidated or isinstance(error, OperationalError | InterfaceError)):
            known = (_GONE, _AGAIN) if getattr(error.orig, "diag", None) is not None else None
        problem, advice = known or (f"cannot be used ({_line(message)})", "check it, and run the command again")
        raise LibraryError(about, problem, advice) from error
    except sqlite3.Error as error:  # before there are tables the file is looked at directly
        message = str(error)
        problem, advice = _known(message, None) or (f"cannot be used ({_line(message)})", "check it, and try again")
        raise LibraryError(about, problem, advice) from error


def _known(message: str, state: str | None) -> tuple[str, str] | None:
    if state is not None:
        return _POSTGRES.get(state)
    low = message.lower()
    return next(((problem, advice) for part, problem, advice in _SQLITE if part in low), None)


def _line(message: str) -> str:
    return message.splitlines()[0][:200] if message else "no reason given"
