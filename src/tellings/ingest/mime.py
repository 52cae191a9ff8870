"""MIME: the parts of a mail with the bytes of the file each stands in (RFC 2045, 2046, 5322).

A reader of its own, because the standard library's does not tell where a part stands; single headers go through
`email` (see `mailhead`). Linear in the size of the mail, whatever that holds.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field, replace
from email.message import Message
from typing import TYPE_CHECKING, NamedTuple

from tellings.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_HEAD = 256 * 1024
_MOST_LINES = 5_000
_MOST_VALUE = 4_000
_MOST_DEPTH = 20
_MOST_PARTS = 500
_LONGEST_BOUNDARY = 200
_HEAD_END = re.compile(rb"\r?\n[ \t]*\r?\n|\r\r")
_FIELD = re.compile(r"([!-9;-~]{1,80})[ \t]*:(.*)", re.DOTALL)
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=]")
_ADVICE = "save the mail again, or its text as .txt"


@dataclass(frozen=True, slots=True)
class Part:
    """A MIME part: its headers (names in lower case, unfolded, the first of each name), its type and its body.

    The body is `data[first:last]` of the mail's file. `children` are the parts of a multipart, or the one mail inside
    a `message/rfc822`; `closed` is False where a multipart's last boundary is missing. `number` counts as IMAP does:
    "2.1" is the first part of the second.
    """

    head: dict[str, str]
    kind: str
    first: int
    last: int
    number: str = ""
    children: tuple[Part, ...] = ()
    closed: bool = True
    wrong: str = field(default="")

    def parameter(self, name: str, header: str = "content-type") -> str | None:
        """Return a parameter of a header, None where there is none or it cannot be read."""
        if name not in self.head.get(header, "").lower():
            return None
        try:
            message = Message()
            message[header] = self.head[header]
            found = message.get_param(name, header=header)
        except Exception:  # the standard library raises many kinds for hostile headers
            return None
        return found if isinstance(found, str) else (found[2] if isinstance(found, tuple) else None)

    @property
    def attached(self) -> bool:
        """Whether the part is an attachment; its name is never looked at."""
        return self.head.get("content-disposition", "").strip().lower().startswith("attachment")

    @property
    def encoding(self) -> str:
        """How the body is encoded for transport, in lower case; "" where it is not."""
        told = self.head.get("content-transfer-encoding", "").split(";")[0].strip().lower()
        return "" if told in ("7bit", "8bit", "binary") else told


class Body(NamedTuple):
    """A part's decoded bytes, and whether they are other than the file's."""

    data: bytes
    decoded: bool


def mail_of(about: str, data: bytes, first: int = 0, last: int | None = None) -> Part:
    """Return the parts of one mail in `data[first:last]`.

    Raises InputError for a head of more than 256 KB; what is wrong with one part is said in its `wrong`.
    """
    budget = [_MOST_PARTS]
    part = _part(data, first, len(data) if last is None else last, "", 0, budget)
    if part.wrong and not part.head:
        raise InputError(about, part.wrong, _ADVICE)
    return part


def body_of(part: Part, data: bytes) -> Body:
    """Return a part's body with base64 or quoted-printable undone, as far as they can be.

    Raises ValueError, with a plain reason as its message, for an encoding that cannot be undone.
    """
    raw = data[part.first : part.last]
    if not part.encoding:
        return Body(raw, decoded=False)
    if part.encoding == "quoted-printable":
        return Body(binascii.a2b_qp(raw), decoded=True)
    if part.encoding == "base64":
        letters = _NOT_BASE64.sub(b"", raw).split(b"=", 1)[0] if raw.count(b"=") < 3 else _joined(raw)
        return Body(_whole(letters), decoded=True)
    raise ValueError(f"is encoded in a way that is not known (“{part.encoding[:30]}”)")


def _joined(raw: bytes) -> bytes:
    """Return base64 that was padded in more than one place as if it had been written at once."""
    pieces = (_whole(piece) for piece in re.split(rb"=+", _NOT_BASE64.sub(b"", raw)))
    return binascii.b2a_base64(b"".join(pieces), newline=False).rstrip(b"=")


def _whole(letters: bytes) -> bytes:
    """Decode base64 letters without padding; a last letter alone stands for nothing."""
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def leaves(part: Part) -> Iterator[Part]:
    """Yield the parts without children, and the whole of any mail inside, in order."""
    if not part.children or part.kind == "message/rfc822":
        yield part
        return
    for child in part.children:
        yield from leaves(child)


def _part(data: bytes, first: int, last: int, number: str, depth: int, budget: list[int], default: str = "") -> Part:  # noqa: PLR0913
    budget[0] -= 1
    head, begin, wrong = headers(data, first, last)
    kind = _kind(head, default or "text/plain")
    part = Part(head, kind, begin, last, number, wrong=wrong)
    if wrong or not kind.startswith(("multipart/", "message/")):
        return part
    if depth >= _MOST_DEPTH:
        return replace(part, wrong=f"has parts nested more than {_MOST_DEPTH} deep")
    if kind == "message/rfc822" and not part.encoding:
        return replace(part, children=(_part(data, begin, last, f"{number}.1".strip("."), depth + 1, budget),))
    boundary = (part.parameter("boundary") or "").rstrip()[:_LONGEST_BOUNDARY] if kind.startswith("multipart/") else ""
    return _with_children(part, data, boundary, depth, budget) if boundary else part


def _with_children(part: Part, data: bytes, boundary: str, depth: int, budget: list[int]) -> Part:
    spans, closed = _between(data, part.first, part.last, b"--" + boundary.encode("utf-8", "replace"))
    default = "message/rfc822" if part.kind == "multipart/digest" else "text/plain"
    children: list[Part] = []
    for index, (first, last) in enumerate(spans, 1):
        if budget[0] <= 0:
            return replace(part, children=tuple(children), wrong=f"has more than {_MOST_PARTS} parts")
        number = f"{part.number}.{index}".strip(".")
        children.append(_part(data, first, last, number, depth + 1, budget, default))
    return replace(part, children=tuple(children), closed=closed)


def _between(data: bytes, first: int, last: int, mark: bytes) -> tuple[list[tuple[int, int]], bool]:
    """Return the stretches between the lines of a boundary, and whether its closing line is there."""
    spans: list[tuple[int, int]] = []
    begin = -1
    at = data.find(mark, first, last)
    while at >= 0:
        end = data.find(b"\n", at, last)
        end = last if end < 0 else end
        rest = data[at + len(mark) : min(end, at + len(mark) + 100)].rstrip()
        if (at == first or data[at - 1 : at] == b"\n") and rest in (b"", b"--"):
            if begin >= 0:
                spans.append((begin, max(begin, _before_line_end(data, at))))
            if rest:
                return spans, True
            begin = min(end + 1, last)
            if len(spans) > _MOST_PARTS:
                break
        at = data.find(mark, max(at + 1, end), last)
    if begin >= 0:
        spans.append((begin, last))
    return spans, False


def _before_line_end(data: bytes, at: int) -> int:
    """Return where a line end before `at` begins: it belongs to the boundary."""
    if data[at - 1 : at] != b"\n":
        return at
    return at - 2 if data[at - 2 : at - 1] == b"\r" else at - 1


def headers(data: bytes, first: int, last: int) -> tuple[dict[str, str], int, str]:
    """Return the headers that begin at a byte, where the body begins, and what is wrong ("" for nothing)."""
    for blank in (b"\n", b"\r\n"):
        if data.startswith(blank, first, last):
            return {}, first + len(blank), ""
    end = _HEAD_END.search(data, first, min(last, first + MOST_HEAD))
    if end is None and last - first > MOST_HEAD:
        return {}, last, f"has a head of more than {MOST_HEAD // 1024} KB"
    stop, begin = (end.start(), end.end()) if end else (last, last)
    found: dict[str, str] = {}
    for line in _unfolded(data[first:stop]):
        match = _FIELD.match(line)
        if match:
            found.setdefault(match[1].lower(), match[2].strip())
    return found, begin, ""


def _unfolded(raw: bytes) -> Iterator[str]:
    """Yield header lines, each with those that go on with it, cut to a length no honest one has."""
    words: list[str] = []
    for count, line in enumerate(re.split(rb"\r?\n|\r", raw)):
        if count > _MOST_LINES:
            break
        text = _text(line[:_MOST_VALUE])
        if line[:1] in (b" ", b"\t") and words:
            words.append(text.strip())
            continue
        if words:
            yield " ".join(words[:100])[:_MOST_VALUE]
        words = [text]
    if words:
        yield " ".join(words[:100])[:_MOST_VALUE]


def _text(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def _kind(head: dict[str, str], default: str) -> str:
    match = re.match(r"\s*([\w.+-]{1,60})\s*/\s*([\w.+-]{1,100})", head.get("content-type", ""))
    return f"{match[1]}/{match[2]}".lower() if match else default
