"""The form of an input, by its name and first bytes, and the importer that takes it."""

from __future__ import annotations

import hashlib
import importlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, NamedTuple

from tellings.errors import InputError
from tellings.ingest.begun import Begun
from tellings.ingest.files import LIMIT, read_rest
from tellings.ingest.parts import mapped
from tellings.records import Original

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tellings.ingest.columns import Columns
    from tellings.records import Account
    from tellings.run import Runner

Form = Literal[
    "text", "page", "lines", "mail", "mails", "feed", "warc", "wacz", "wire", "word", "pdf", "markdown", "table",
    "lexis", "factiva", "posts",
]  # fmt: skip
FORMS: dict[str, Form] = {
    ".txt": "text", ".html": "page", ".htm": "page", ".jsonl": "lines", ".ndjson": "lines", ".eml": "mail",
    ".mbox": "mails", ".rss": "feed", ".atom": "feed", ".warc": "warc", ".wacz": "wacz", ".docx": "word",
    ".pdf": "pdf", ".md": "markdown", ".markdown": "markdown", ".csv": "table", ".tsv": "table",
}  # fmt: skip
"""What a name's ending says. Endings of several forms (.xml, .json) are left to the first bytes."""
CONTAINERS: frozenset[Form] = frozenset({"lines", "mails", "warc", "wacz", "table"})
"""Forms of any size, read as a stream; the lines, mails and records in them are items of a runner."""
_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_LINES = re.compile(rb'\s*\{\s*(?:"|\}|$)')
_HEAD = re.compile(rb"\s*(?:from|to|subject|date|title|outlet|author|published|url)\s*:", re.IGNORECASE)
_LARGE = 64 * 1024 * 1024
"""Bytes of one mail, one feed or one export of many documents; each account in it has the usual limit."""


def form_of(path: str, start: bytes) -> Form:
    """Return an input's form by its name; where that says nothing or hides another, by its first bytes."""
    name = path.lower()
    form: Form | None = "warc" if name.endswith(".warc.gz") else FORMS.get(Path(name).suffix)
    if form not in (None, "text"):
        return form
    plain = start.removeprefix(b"\xef\xbb\xbf")
    told = _by_bytes(plain, named=form is not None)
    return told or form or "text"


def _by_bytes(start: bytes, *, named: bool) -> Form | None:
    """What the first bytes say; a file named as text is only taken for what cannot be anybody's text."""
    from tellings.ingest.factiva import is_factiva
    from tellings.ingest.feeds import is_feed
    from tellings.ingest.lexis import is_lexis

    tests: list[tuple[Form, Callable[[bytes], bool]]] = [("lexis", is_lexis), ("factiva", is_factiva)]
    if not named:
        from tellings.ingest.mail import is_mail
        from tellings.ingest.mbox import is_mbox
        from tellings.ingest.ninjs import is_ninjs
        from tellings.ingest.threadjson import is_thread_json
        from tellings.ingest.wire import is_newsml

        tests += [("posts", is_thread_json)]
        tests += [("wire", is_newsml), ("feed", is_feed), ("wire", is_ninjs), ("mails", is_mbox), ("mail", is_mail)]
        tests += [("warc", _is_warc), ("pdf", _is_pdf)]
    tests += [("page", lambda given: bool(_PAGE.match(given)))]
    if not named:
        tests += [("lines", lambda given: bool(_LINES.match(given)))]
    return next((form for form, fits in tests if fits(start)), None)


def _is_warc(start: bytes) -> bool:
    return start.startswith(b"WARC/1.")


def _is_pdf(start: bytes) -> bool:
    return start.startswith(b"%PDF-")


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of an input beside it: by the user, which columns hold what; by its server, a page's charset."""

    columns: Columns | None = None
    charset: str | None = None


def accounts_in(  # noqa: PLR0913 - an input, what is known of it, and who parses it
    form: Form, path: str, start: bytes, stream: BinaryIO, told: Told | None = None, runner: Runner | None = None
) -> Iterator[Account | InputError]:
    """Yield the accounts of an input in a form; `start` are the first bytes of its stream, read already.

    Large inputs of many accounts are read a part at a time. What parses a part is given to the runner; tables, and
    JSONL with members named by the user, are parsed here, cell by cell. Raises InputError where the input as a whole is
    bad.
    """
    told = told or Told()
    if form == "lines" and told.columns is not None:
        from tellings.ingest.objectlines import accounts_of_objects

        yield from accounts_of_objects(path, Begun(start, stream), told.columns)
    elif form == "lines":
        from tellings.ingest.jsonl import accounts_of_lines

        yield from accounts_of_lines(path, start, stream, runner)
    elif form == "mails":
        from tellings.ingest.mbox import accounts_of_mbox

        yield from accounts_of_mbox(path, stream, start, runner)
    elif form == "warc":
        from tellings.ingest.warc import accounts_of_warc

        yield from accounts_of_warc(path, Begun(start, stream), runner)
    elif form == "wacz":
        from tellings.ingest.warc import accounts_of_wacz

        yield from accounts_of_wacz(path, _wound_back(path, start, stream), runner)
    elif form == "table":
        from tellings.ingest.csvtable import accounts_of_table

        yield from accounts_of_table(path, Begun(start, stream), told.columns)
    else:
        limit = _LARGE if form in ("mail", "feed", "lexis", "factiva", "wire", "posts") else LIMIT
        whole = _Whole(form, path, read_rest(path, start, stream, limit), told.charset)
        for found in mapped(runner, _of_whole, (whole,), lambda item: item.path):
            yield from (found,) if isinstance(found, InputError) else found


class _Whole(NamedTuple):
    """An input held whole."""

    form: Form
    path: str
    data: bytes
    charset: str | None


def _of_whole(whole: _Whole) -> tuple[Account | InputError, ...]:
    """The accounts of an input held whole, what makes it bad as a whole as an error after them."""
    found: list[Account | InputError] = []
    try:
        found.extend(accounts_of_bytes(whole.form, whole.path, whole.data, charset=whole.charset))
    except InputError as error:
        found.append(error)
    return tuple(found)


def accounts_of_bytes(
    form: Form, path: str, data: bytes, *, charset: str | None = None
) -> Iterator[Account | InputError]:
    """Yield the accounts of an input that is held whole. Raises InputError where it is bad as a whole."""
    if not data.strip():
        raise InputError(path, "is empty", "give a file that has text in it")
    if form == "page":
        yield from _of_page(path, data, charset)
    elif form == "text":
        yield from _of_text(path, data)
    else:
        yield from _importer(form)(path, data)


def _of_page(path: str, data: bytes, charset: str | None) -> Iterator[Account | InputError]:
    """A page's article; of a live-blog its entries, of a forum or an article with comments each post besides."""
    from tellings.ingest.decode import decode
    from tellings.ingest.html import account_of_source
    from tellings.ingest.make import made_id, stem_of
    from tellings.ingest.threads import parts_of_page

    sha256 = hashlib.sha256(data).hexdigest()
    source, notes = decode(path, data, page=True, charset=charset)
    original, own = Original(path, sha256, len(data), source.encoding), made_id(stem_of(path), sha256)
    found = parts_of_page(path, source, original, data, given_id=own, notes=notes)
    if found is None:
        yield account_of_source(path, source, original, given_id=own, notes=notes)
    else:
        yield from found


def _of_text(path: str, data: bytes) -> Iterator[Account | InputError]:
    """A text's account, or the posts of a thread in it; a head of "Key: value" lines makes it one account."""
    from tellings.ingest.text import account_of_text
    from tellings.ingest.thread_texts import posts_of_text

    sha256 = hashlib.sha256(data).hexdigest()
    found = None if _HEAD.match(data) else posts_of_text(path, data, sha256)
    if found is None:
        yield account_of_text(path, data, sha256)
    else:
        yield from found


def _importer(form: Form) -> Callable[[str, bytes], Iterator[Account | InputError]]:
    """The importer of a form; each is loaded when its first input comes."""
    module, function = _IMPORTERS[form]
    found: Callable[[str, bytes], Iterator[Account | InputError]] = getattr(
        importlib.import_module(f"tellings.ingest.{module}"), function
    )
    return found


_IMPORTERS: dict[Form, tuple[str, str]] = {
    "mail": ("mail", "accounts_of_mail"),
    "feed": ("feeds", "accounts_of_feed"),
    "wire": ("wire", "accounts_of_wire"),
    "word": ("docx", "accounts_of_docx"),
    "pdf": ("pdf", "accounts_of_pdf"),
    "markdown": ("markdown", "accounts_of_markdown"),
    "lexis": ("lexis", "accounts_of_lexis"),
    "factiva": ("factiva", "accounts_of_factiva"),
    "posts": ("threadjson", "accounts_of_thread_json"),
}


def _wound_back(path: str, start: bytes, stream: BinaryIO) -> BinaryIO:
    """A stream at its beginning; what cannot be wound back is held in memory."""
    from io import BytesIO

    if stream.seekable():
        stream.seek(0)
        return stream
    return BytesIO(read_rest(path, start, stream, _LARGE))
