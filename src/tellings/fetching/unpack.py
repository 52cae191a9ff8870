"""Packed bodies unpacked as they come, never further than the limits allow."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import Any

from tellings.fetching.records import MB, Refusal, Trouble

ACCEPTED = "gzip, deflate"
"""What is asked for. Brotli and zstd are not: the standard library of Python 3.11 cannot unpack them within limits."""
_MEMBERS = 64  # so many gzip files in one body; a real one has one
_STEP = 64 * 1024
# Below this much the ratio says nothing: a body of one line repeated is well packed, and harmless.
_HARMLESS = MB
_SAVE = "save the page from a browser and give that"


@dataclass(slots=True)
class Unpacker:
    """Takes the parts of a body as they come; `coding` is the Content-Encoding header's value.

    Raises Refusal for a coding that was not asked for, a body over `limit` bytes, and one more than `ratio` times as
    large as what came; Trouble for one that is broken.
    """

    coding: str
    limit: int
    ratio: int
    body: bytearray = field(default_factory=bytearray)
    _came: int = 0
    _members: int = 0
    _machine: Any = None  # zlib has no public name for the type

    def __post_init__(self) -> None:
        names = [name for name in self.coding.lower().replace(" ", "").split(",") if name not in ("", "identity")]
        self.coding = {"x-gzip": "gzip"}.get(names[0], names[0]) if names else ""
        if len(names) > 1 or self.coding not in ("", "gzip", "deflate"):
            raise Refusal("comes packed in a way that was not asked for", _SAVE)

    def feed(self, part: bytes) -> None:
        """Take the next part of what came."""
        self._came += len(part)
        if not self.coding:
            self._add(part)
        while self.coding and part:
            part = self._unpack(part)

    def finish(self) -> bytes:
        """Return the whole body."""
        if self._machine is not None and not self._machine.eof:
            raise Trouble("comes packed, and its end is missing", "try again later")
        return bytes(self.body)

    def _unpack(self, part: bytes) -> bytes:
        """Unpack one step; return what of the part is left."""
        if self._machine is None:
            self._machine = zlib.decompressobj(31 if self.coding == "gzip" else _deflate_bits(part))
        try:
            self._add(self._machine.decompress(part, _STEP))
        except zlib.error:
            raise Trouble("comes packed, and cannot be unpacked", _SAVE) from None
        if not self._machine.eof:
            return bytes(self._machine.unconsumed_tail)
        rest: bytes = self._machine.unused_data
        if self.coding != "gzip" or not rest.startswith(b"\x1f"):
            return b""  # what follows the end is no part of the body
        self._members += 1
        if self._members >= _MEMBERS:
            raise Refusal("comes packed in too many parts", _SAVE)
        self._machine = None
        return rest

    def _add(self, part: bytes) -> None:
        self.body += part
        if len(self.body) > self.limit:
            raise Refusal(f"is larger than the {self.limit // MB or 1} MB one account may have", _SAVE)
        if self.coding and len(self.body) > max(_HARMLESS, self.ratio * self._came):
            raise Refusal("is packed so tightly that it is no page", _SAVE)


def _deflate_bits(start: bytes) -> int:
    """Deflate is to come in a zlib frame (RFC 9110), but some servers leave that out; the first two bytes tell."""
    framed = start[0] & 0x0F == 8 and (len(start) < 2 or (start[0] * 256 + start[1]) % 31 == 0)
    return 15 if framed else -15
