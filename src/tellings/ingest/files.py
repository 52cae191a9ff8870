"""Files, folders and standard input: which there are, their form, and their bytes within the limit."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from tellings.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

Form = Literal[
    "text", "page", "lines", "mail", "mails", "feed", "warc", "wacz", "wire", "word", "pdf", "markdown", "table"
]

LIMIT = 10 * 1024 * 1024
_FORMS: dict[str, Form] = {
    ".txt": "text", ".html": "page", ".htm": "page", ".jsonl": "lines", ".ndjson": "lines", ".eml": "mail",
    ".mbox": "mails", ".rss": "feed", ".atom": "feed", ".warc": "warc", ".wacz": "wacz", ".docx": "word",
    ".pdf": "pdf", ".md": "markdown", ".markdown": "markdown", ".csv": "table", ".tsv": "table",
}  # fmt: skip
"""What a file's ending says. One that can stand for several things (.xml, .json) is left to the first bytes."""
_PACKED = re.compile(r"\.(?:warc|mbox)\.gz$", re.IGNORECASE)
_WALKED = (*_FORMS, ".xml", ".json", ".warc.gz")
_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_LINES = re.compile(rb'\s*\{\s*(?:"|\}|$)')


def walk(path: str) -> Iterator[str | InputError]:
    """Yield the files a named input stands for: itself, or those of a folder in the order of their paths."""
    if path == "-" or not Path(path).is_dir():
        yield path
        return
    found = sorted(_inside(path))
    yield from found
    if not found:
        yield InputError(path, "is a folder without accounts", "put .txt, .html or .jsonl files into it")


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


def form_of(path: str, start: bytes) -> Form:
    """Return an input's form by its name; where that says nothing or hides a page, by its first bytes."""
    form = _FORMS.get(Path(path).suffix.lower())
    if form in ("page", "lines"):
        return form
    plain = start.removeprefix(b"\xef\xbb\xbf")
    if _PAGE.match(plain):
        return "page"
    return "lines" if form is None and _LINES.match(plain) else "text"


def read_rest(path: str, start: bytes, stream: BinaryIO) -> bytes:
    """All bytes of an input whose first were read already. Raises InputError over 10 MB."""
    try:
        size = os.fstat(stream.fileno()).st_size
    except (OSError, AttributeError):  # a stream without a file behind it has no size beforehand
        size = 0
    data = b"" if size > LIMIT else start + stream.read(LIMIT + 1)
    if size > LIMIT or len(data) > LIMIT:
        raise too_large(path, size)
    return data


def too_large(about: str, size: int) -> InputError:
    """Return the error for an input over the limit; a size of 0 is an unknown one."""
    told = f"is {size / 1024 / 1024:.0f} MB, more than" if size > LIMIT else "is larger than"
    return InputError(
        about,
        f"{told} the 10 MB one account may have",
        "give one account a file, or many as JSONL, one a line",
    )
