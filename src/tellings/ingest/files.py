"""Files, folders and standard input: which there are, their form, and their bytes within the limit."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from tellings.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT = 10 * 1024 * 1024
_WALKED = (
    ".txt", ".html", ".htm", ".jsonl", ".eml", ".mbox", ".rss", ".atom", ".warc", ".warc.gz", ".wacz", ".docx", ".pdf",
)  # fmt: skip
"""Endings of the files that are taken out of a folder; others (.md, .csv, .xml) have to be named."""


def is_link(name: str) -> bool:
    """Whether an input named by a user is a link, not a file."""
    return name[:8].lower().startswith(("http://", "https://"))


def walk(path: str) -> Iterator[str | InputError]:
    """Yield the files a named input stands for: itself, or those of a folder in the order of their paths."""
    if path == "-" or not Path(path).is_dir():
        yield path
        return
    found = sorted(_inside(path))
    yield from found
    if not found:
        yield InputError(path, "is a folder without accounts", "put .txt, .html, .jsonl files or the like into it")


def _inside(folder: str) -> Iterator[str]:
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in files:
            if name.lower().endswith(_WALKED) and not name.startswith("."):
                yield (Path(where) / name).as_posix()


def open_input(path: str, stdin: BinaryIO | None) -> BinaryIO:
    """Open a named input. Raises InputError, in plain words, for one that cannot be read."""
    if path == "-":
        if stdin is None:
            raise InputError(path, "standard input is not there", "name a file instead")
        return stdin
    try:
        return Path(path).open("rb")
    except FileNotFoundError:
        raise InputError(path, "there is no such file", "check its name") from None
    except PermissionError:
        raise InputError(path, "may not be read", "change its permissions or copy it") from None
    except (OSError, ValueError) as error:
        raise InputError(path, f"cannot be opened ({error})", "check its name") from None


def read_rest(path: str, start: bytes, stream: BinaryIO, limit: int = LIMIT) -> bytes:
    """All bytes of an input whose first were read already. Raises InputError over the limit, 10 MB unless given."""
    try:
        size = os.fstat(stream.fileno()).st_size
    except (OSError, AttributeError):  # a stream without a file behind it has no size beforehand
        size = 0
    data = b"" if size > limit else start + stream.read(limit + 1)
    if size > limit or len(data) > limit:
        raise too_large(path, size, limit)
    return data


def too_large(about: str, size: int, limit: int = LIMIT) -> InputError:
    """Return the error for an input over the limit; a size of 0 is an unknown one."""
    told = f"is {size / 1024 / 1024:.0f} MB, more than" if size > limit else "is larger than"
    of_what = "one account" if limit == LIMIT else "such a file"
    return InputError(
        about,
        f"{told} the {limit // 1024 // 1024} MB {of_what} may have",
        "give one account a file, or many as JSONL, one a line",
    )
