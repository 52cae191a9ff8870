"""Boxes of mails (`.mbox`, RFC 4155), read as a stream, one mail at a time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO

from tellings.errors import InputError
from tellings.ingest.mail import LARGEST, tell
from tellings.ingest.parts import mapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tellings.records import Account
    from tellings.run import Runner

# "From " begins a mail only where a time stands in its line, for not every writer of a box escapes such lines.
_BEGINS = re.compile(rb"From .{0,300}\d\d?:\d\d")
_CHUNK = 1024 * 1024
_GIVE_UP = 20
_ADVICE = "give a box as mail programs save it, or one mail as .eml"


def accounts_of_mbox(
    path: str, stream: BinaryIO, start: bytes = b"", runner: Runner | None = None
) -> Iterator[Account | InputError]:
    """Yield the accounts in a box of mails of any size, as `accounts_of_mail` does for each.

    `start` are bytes that were read from the stream already. Errors name `path:number`. After 20 mails, all bad, the
    box is given up. The offsets of the originals count from the beginning of the file.
    """
    good = bad = 0
    mails = ((path, *mail) for mail in _mails(start, stream))
    for found in mapped(runner, _of_mail, mails, lambda mail: f"{path}:{mail[1]}"):
        for account in (found,) if isinstance(found, InputError) else found:
            yield account
            good, bad = (good, bad + 1) if isinstance(account, InputError) else (good + 1, bad)
        if bad >= _GIVE_UP and not good:
            yield InputError(path, f"given up after {bad} bad mails and no good one", _ADVICE)
            return
    if not good and not bad:
        yield InputError(path, "is no box of mails: no line in it begins one (“From ”)", _ADVICE)


def _of_mail(mail: tuple[str, int, int, bytes | None]) -> tuple[Account | InputError, ...]:
    """The accounts of one mail: its file, its number, the byte it begins at and its bytes, None where too many."""
    path, number, begin, data = mail
    about = f"{path}:{number}"
    if data is None:
        return (InputError(about, f"is more than the {LARGEST >> 20} MB one mail may have", _ADVICE),)
    return tuple(account for account, _ in tell(path, about, data, begin, escaped=True))


def is_mbox(start: bytes) -> bool:
    """Whether a file's first bytes begin a box of mails."""
    return _BEGINS.match(start) is not None


def original_in_mbox(stream: BinaryIO, account: Account) -> bytes | None:
    """Return the bytes of an account's original, decoded anew where need be; None where the box has it not."""
    told = account.original
    for number, begin, data in _mails(b"", stream):
        if data is not None and begin <= told.offset <= begin + len(data):
            found = tell(told.path, f"{told.path}:{number}", data, begin, escaped=True)
            return next((given for one, given in found if one == account), None)
    return None


def _mails(start: bytes, stream: BinaryIO) -> Iterator[tuple[int, int, bytes | None]]:
    """Yield each mail's number, the byte after its `From ` line, and its bytes from there on; None if too many."""
    number = offset = begin = 0
    held = bytearray()
    blank = at_start = True
    for line in _lines(start, stream):
        if blank and line.startswith(b"From ") and (not number or _BEGINS.match(line)):
            if number:
                yield number, begin, bytes(held) if len(held) <= LARGEST else None
            number, begin, held = number + 1, offset + len(line), bytearray()
        elif number and len(held) <= LARGEST:
            held += line
        blank = at_start and line in (b"\n", b"\r\n")
        at_start = line.endswith(b"\n")
        offset += len(line)
    if number:
        yield number, begin, bytes(held) if len(held) <= LARGEST else None


def _lines(start: bytes, stream: BinaryIO) -> Iterator[bytes]:
    """Yield lines with their ends, those over a megabyte in pieces."""
    at = 0
    while end := start.find(b"\n", at) + 1:
        yield start[at:end]
        at = end
    if rest := start[at:] + stream.readline(_CHUNK):
        yield rest
    while line := stream.readline(_CHUNK):
        yield line
