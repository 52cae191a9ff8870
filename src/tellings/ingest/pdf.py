"""PDF files: the words of their text layer (pypdf), page by page.

What a PDF draws has no characters in the file to lead back to: fonts number their shapes, streams are compressed,
a word may be drawn in several strokes. So all of the text is unplaced, and a note says on which page it stands.
"""

from __future__ import annotations

import hashlib
import importlib
import io
import logging
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tellings.errors import InputError
from tellings.ingest.head import lay_out
from tellings.ingest.make import made_id, make_account, stem_of
from tellings.records import Note, Original

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tellings.records import Account

_ADVICE = "save its text as .txt and give that"
_MOST_PAGES = 300
# What a page draws, unpacked; pypdf reads some 0.5 MB of it a second, and a page of a newspaper has some 0.2 MB.
_MOST_DRAWN = 2 * 1024 * 1024
_MOST_DRAWN_ALL = 20 * 1024 * 1024
_MOST_TEXT = 5_000_000
_DRAW = re.compile(rb"/([^\s/<>\[\](){}%]{1,100})\s+Do\b")
_ESCAPED = re.compile(r"#([0-9a-fA-F]{2})")
_SOFT = re.compile("[\u00ad\x00-\x08\x0b-\x1f\x7f]")
_ENDS = (".", "!", "?", ":", ".”", "?”", "!”", '."', '?"', '!"', ".’", ".'", ".)")
# A line this much of a page's usual width goes on in the next one.
_FULL = 0.75


def accounts_of_pdf(path: str, data: bytes) -> Iterator[Account | InputError]:
    """Yield the account in a PDF's text layer. Raises InputError where it has none, is locked, broken or too large.

    Lines that a paragraph was broken into are joined, and running heads and feet (the same on three pages or more) left
    out. Nothing leads back to bytes: a note gives each page's characters. The file's own title is taken where the text
    begins with it; its author and dates are not, for they are those of the program that made the file.
    """
    pages, named = _pages(path, data)
    if not any(map(str.isalnum, "".join(pages))):
        raise InputError(
            path, "is a PDF without a text layer (a scan, or a drawing)", "run OCR on it, and give the text"
        )
    blocks = [paragraphs(page) for page in _without_running(pages)]
    text = "\n\n".join(paragraph for page in blocks for paragraph in page)
    facts, title, body = lay_out(text)
    body_first = title[0] if title[0] < title[1] else body[0]
    sha256 = hashlib.sha256(data).hexdigest()
    note = _unplaced(blocks, body_first, body[1])
    original = Original(path, sha256, len(data), "utf-8", 0, ())
    facts = replace(facts, title=facts.title or _title(named, text))
    yield make_account(
        path, text[body_first : body[1]], original, facts, given_id=made_id(stem_of(path), sha256), notes=(note,)
    )


def _pages(path: str, data: bytes) -> tuple[list[str], str]:
    """Return the text of each page as pypdf lays it out in lines, and the title in the file's properties."""
    try:
        reader = _reader(path, data)
        count = len(reader.pages)
        if count > _MOST_PAGES:
            raise InputError(path, f"is a PDF of more than {_MOST_PAGES} pages", "give the pages of the account alone")
        return list(_texts(path, reader)), str((reader.metadata or {}).get("/Title") or "")
    except InputError:
        raise
    except Exception as error:  # a hostile file may set off anything: an error about that file alone
        raise InputError(path, f"is a broken PDF ({type(error).__name__})", _ADVICE) from None


def _reader(path: str, data: bytes) -> Any:  # noqa: ANN401 - pypdf is loaded where it is needed alone
    try:
        pypdf: Any = importlib.import_module("pypdf")
    except ImportError:
        raise InputError(
            path, "is a PDF, and pypdf is not installed", "install pypdf, or save the text as .txt"
        ) from None
    logger = logging.getLogger("pypdf")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
        logger.propagate = False
    reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        try:
            opened = bool(reader.decrypt(""))  # many are locked against changes alone, with no password to read them
        except Exception:  # pypdf has no common error for what it cannot undo
            opened = False
        if not opened:
            raise InputError(path, "is a PDF that is locked (encrypted)", "save it without a password, or as .txt")
    return reader


def _texts(path: str, reader: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    drawn = told = 0
    for number, page in enumerate(reader.pages, 1):
        contents = page.get_contents()
        size = _drawn(page, contents.get_data(), {}) if contents is not None else 0
        drawn += size
        if size > _MOST_DRAWN or drawn > _MOST_DRAWN_ALL:
            raise InputError(f"{path}:page {number}", "draws more than any page of words does", _ADVICE)
        text = _SOFT.sub("", page.extract_text() or "")
        told += len(text)
        if told > _MOST_TEXT:
            raise InputError(path, "has more text than any account", "give the pages of the account alone")
        # fonts without a table of characters give halves of pairs
        yield text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _drawn(owner: Any, data: bytes, known: dict[int, int]) -> int:  # noqa: ANN401 - as above
    """Return how many bytes a page, or a form, draws: those of the forms it draws in turn counted each time.

    `known` holds what each form draws; one that draws itself is not counted again.
    """
    found = owner.get("/Resources")
    found = found.get_object().get("/XObject") if found is not None else None
    forms = found.get_object() if found is not None else {}
    total = len(data)
    for raw, times in Counter(_DRAW.findall(data)).items():
        name = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), raw.decode("latin-1"))
        form = forms.get(f"/{name}")
        form = form.get_object() if form is not None else None
        if form is None or form.get("/Subtype") != "/Form":
            continue
        if id(form) not in known:
            known[id(form)] = 0
            known[id(form)] = _drawn(form, form.get_data(), known)
        total += times * known[id(form)]
    return total


def paragraphs(page: str) -> list[str]:
    """Return a page's paragraphs: lines that go on joined, with words parted by a hyphen at a line's end made whole.

    A line goes on where it is nearly as wide as most lines are and does not end a sentence there, or where the next
    one goes on in lower case.
    """
    lines = [" ".join(line.split()) for line in page.splitlines()]
    widths = sorted(len(line) for line in lines if line)
    usual = widths[len(widths) * 3 // 4] if widths else 0
    found: list[str] = []
    before = ""
    for line in lines:
        if line and before and _goes_on(before, line, usual):
            found[-1] = _joined(found[-1], line)
        elif line:
            found.append(line)
        before = line
    return found


def _goes_on(before: str, line: str, usual: int) -> bool:
    if line[0].islower() or before[-1:] in ("-", ",", ";"):
        return True
    full = len(before) >= usual * _FULL
    return full and (not before.endswith(_ENDS) or len(before) >= usual * 0.9)


def _joined(before: str, line: str) -> str:
    if before[-1:] == "-" and before[-2:-1].islower() and line[0].islower():
        return before[:-1] + line
    return f"{before}{'' if before[-1:] == '-' else ' '}{line}"


def _without_running(pages: Sequence[str]) -> list[str]:
    """Leave out first and last lines that, but for their numbers, stand on three pages and on half of all."""
    parted = [[line for line in page.splitlines() if line.strip()] for page in pages]
    seen = Counter(key for lines in parted for key in {_key(line) for line in (*lines[:1], *lines[-1:])})
    running = {key for key, count in seen.items() if count >= 3 and count * 2 >= len(pages)}
    kept = []
    for page, lines in zip(pages, parted, strict=True):
        told = page.splitlines()
        for edge in (0, -1):
            if lines and _key(lines[edge]) in running:
                filled = [at for at, line in enumerate(told) if line.strip()]
                del told[filled[edge] : filled[edge] + 1]
        kept.append("\n".join(told))
    return kept


def _key(line: str) -> str:
    return re.sub(r"\d+", "0", " ".join(line.split()))


def _unplaced(blocks: Sequence[Sequence[str]], first: int, last: int) -> Note:
    """Return the note that says on which page the characters stand."""
    spots = []
    at = 0
    for number, page in enumerate(blocks, 1):
        end = at + sum(map(len, page)) + 2 * max(0, len(page) - 1)
        start, stop = max(at, first) - first, min(end, last) - first
        if page and start < stop:
            spots.append(f"page {number}: {start}-{stop}")
        at = end + 2 * bool(page)
    return Note(
        "unplaced",
        "the text was taken from the pages of a PDF, which have no characters to lead back to; characters by page: "
        + ", ".join(spots),
    )


def _title(named: str, text: str) -> str | None:
    """Return the title in the file's own properties, where the text begins with it."""
    title = " ".join(named.split())
    return title if len(title) > 5 and title.lower() in " ".join(text[:1000].split()).lower() else None
