"""The rows of a table of values parted by commas, semicolons, tabs or bars (RFC 4180), as a stream of any size.

The standard library's reader does not tell where a cell stands in the file, so this is a reader of its own.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, NamedTuple

from tellings.ingest.files import LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tellings.ingest.begun import Readable

_CHUNK = 1024 * 1024
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MOST_CELLS = 2_000
_LINE_END = re.compile(r"[\r\n]")
_QUOTE = re.compile('"')
_LONGEST_HEADING = 200_000
_JUNK = "has words after a closing quote, so its cells cannot be told"
_OPEN = "has a quote that is never closed, or more than 10 MB"


class Row(NamedTuple):
    """One row without its line end: its number, as a spreadsheet counts, the byte it begins at, its characters.

    Bytes that are not UTF-8 are lone surrogates in `text` (PEP 383). `problem` says, in plain words, why it is no
    row; its text is then its first line alone.
    """

    number: int
    offset: int
    text: str
    problem: str | None = None


class Cell(NamedTuple):
    """One cell: the stretch of its row inside its quotes, and whether it has quotes."""

    first: int
    last: int
    quoted: bool


def encoded(text: str, encoding: str) -> bytes:
    """Return the bytes that a row's characters were read from."""
    return text.encode(encoding, "surrogateescape" if encoding == "utf-8" else "surrogatepass")


def cells_of(row: str, delimiter: str, *, quotes: bool = True) -> list[Cell]:
    """Return the cells of a whole row. Raises ValueError, with a plain reason, for more than any table has."""
    found: list[Cell] = []
    at = 0
    while True:
        if quotes and row.startswith('"', at):
            end = _closing(row, at + 1)
            found.append(Cell(at + 1, end, quoted=True))
            at = end + 1
        else:
            end = row.find(delimiter, at)
            end = len(row) if end < 0 else end
            found.append(Cell(at, end, quoted=False))
            at = end
        if len(found) > _MOST_CELLS:
            raise ValueError(f"has more than {_MOST_CELLS:,} cells")
        if at >= len(row):
            return found
        at += 1


def _closing(row: str, at: int) -> int:
    while row.startswith('""', at := row.find('"', at)):
        at += 2
    return at if at >= 0 else len(row)


class Rows:
    """The rows of a stream. `encoding` is what its byte order mark says, else UTF-8."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        start = stream.read(_CHUNK)
        self.encoding, skip = next(((name, len(mark)) for mark, name in _BOMS if start.startswith(mark)), ("utf-8", 0))
        errors = "surrogateescape" if self.encoding == "utf-8" else "surrogatepass"
        self._decoder = codecs.getincrementaldecoder(self.encoding)(errors)
        self._offset = skip
        self._buffer = self._decoder.decode(start[skip:])
        self._at = 0

    def first_line(self) -> str:
        """Return the first line that is not blank, without reading past it; empty where there is none."""
        for line in re.split(r"[\r\n]+", self._buffer[:_LONGEST_HEADING]):
            if line.strip():
                return line
        return ""

    def rows(self, delimiter: str) -> Iterator[Row]:
        """Yield the rows, blank ones too; a cell in quotes may have line ends in it.

        A row that has a quote that is never closed, words after a closing quote, or more than 10 MB, has a `problem`;
        reading goes on at the line after its first one.
        """
        stop = re.compile(f"[{re.escape(delimiter)}\r\n]")
        number = 0
        while self._char(0):
            number += 1
            end, problem = self._end(delimiter, stop)
            text = self._buffer[self._at : self._at + end]
            yield Row(number, self._offset, text, problem)
            self._pass(end)
            self._pass(2 if self._char(0) == "\r" and self._char(1) == "\n" else 1)

    def _end(self, delimiter: str, stop: re.Pattern[str]) -> tuple[int, str | None]:
        at = 0
        while True:
            if self._char(at) == '"':
                at = self._after_quote(at + 1)
                if at < 0 or self._char(at) not in ("", delimiter, "\r", "\n"):
                    return self._first_line_end(), _OPEN if at < 0 else _JUNK
            else:
                at = self._find(stop, at)
            if at > LIMIT:
                return self._first_line_end(), _OPEN
            if self._char(at) in ("", "\r", "\n"):
                return at, None
            at += 1

    def _after_quote(self, at: int) -> int:
        """Return where the quoted cell that `at` is in ends, its quote passed; -1 where it does not."""
        while True:
            at = self._find(_QUOTE, at)
            if at > LIMIT or not self._char(at):
                return -1
            if self._char(at + 1) != '"':
                return at + 1
            at += 2

    def _first_line_end(self) -> int:
        return self._find(_LINE_END, 0)

    def _find(self, pattern: re.Pattern[str], at: int) -> int:
        """Return where a pattern is found next; the end of the stream, or of what is read beyond 10 MB, else."""
        while True:
            found = pattern.search(self._buffer, self._at + at)
            if found:
                return found.start() - self._at
            at = max(at, len(self._buffer) - self._at)
            if at > LIMIT or not self._more():
                return at

    def _char(self, at: int) -> str:
        while self._at + at >= len(self._buffer):
            if not self._more():
                return ""
        return self._buffer[self._at + at]

    def _more(self) -> bool:
        found = self._stream.read(_CHUNK)
        if not found:
            return False
        self._buffer = self._buffer[self._at :] + self._decoder.decode(found)
        self._at = 0
        return True

    def _pass(self, count: int) -> None:
        passed = self._buffer[self._at : self._at + count]
        self._offset += len(encoded(passed, self.encoding))
        self._at += count
