"""Invented mails the tests share, and what makes them."""

from __future__ import annotations

import base64
import quopri

from tellings.errors import InputError
from tellings.ingest import read_back
from tellings.ingest.mail import accounts_of_mail, original_in_mail
from tellings.records import Account, Span

BRIDGE = (
    "The harbour council voted on Monday to close the old swing bridge for repairs, after a survey found rust and "
    "cracks in its main bearing, and two shops on the north quay will have to move before the winter."
)
FERRY = (
    "The ferry will run every ten minutes until the bridge opens again, and the council will pay the fares of all who "
    "live on the north side of the water, as the harbour master has asked for since the spring."
)
HEAD = (
    "From: Ada Lindqvist <ada@quay.example>\nTo: bo@quay.example\nSubject: The bridge\n"
    "Date: Mon, 4 Mar 2024 18:30:00 +0100\nMessage-ID: <abc.1@quay.example>\n"
)


def mail(body: str | bytes, head: str = "", *, base: str = HEAD) -> bytes:
    """Return a mail with these headers beside the usual ones, its body as given or in UTF-8."""
    return (base + head + "\n").encode("utf-8") + (body.encode("utf-8") if isinstance(body, str) else body)


def part(body: str | bytes, kind: str = "text/plain; charset=utf-8", encoding: str = "", head: str = "") -> bytes:
    """Return a MIME part; `encoding` encodes it for transport."""
    raw = body.encode("utf-8") if isinstance(body, str) else body
    if encoding == "base64":
        raw = base64.encodebytes(raw)
    elif encoding == "quoted-printable":
        raw = quopri.encodestring(raw)
    told = f"Content-Transfer-Encoding: {encoding}\n" if encoding else ""
    return f"Content-Type: {kind}\n{told}{head}\n".encode() + raw


def multipart(*parts: bytes, kind: str = "mixed", boundary: str = "b1", head: str = HEAD, closed: bool = True) -> bytes:
    """Return a mail of several parts."""
    mark = f"--{boundary}".encode()
    body = b"".join(mark + b"\n" + each + b"\n" for each in parts)
    told = f'{head}MIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary="{boundary}"\n\n'.encode()
    return told + body + (mark + b"--\n" if closed else b"")


def accounts(data: bytes) -> list[Account]:
    """Return a mail's accounts, all of which are expected to be good and to lead back to their bytes."""
    found = list(accounts_of_mail("a.eml", data))
    good = [item for item in found if isinstance(item, Account)]
    assert good == found, found
    for account in good:
        leads_back(account, original_in_mail(data, account))
    return good


def errors(data: bytes) -> list[InputError]:
    """Return the errors of a mail."""
    return [item for item in accounts_of_mail("a.eml", data) if isinstance(item, InputError)]


def leads_back(account: Account, original: bytes | None) -> None:
    """Assert that the bytes of an original say what the account says, run by run and as a whole."""
    assert original is not None
    assert len(original) == account.original.size
    assert read_back(account, Span(0, len(account.text)), original) == account.text
    for run in account.original.runs:
        assert read_back(account, Span(run.start, run.end), original) == account.text[run.start : run.end]


def note_of(account: Account, code: str) -> str:
    """Return what an account's note of a code says, "" where it has none."""
    return next((note.message for note in account.notes if note.code == code), "")
