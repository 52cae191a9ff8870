"""What holds of any bytes taken in: accounts and plain errors alone, and every account leads back to its bytes."""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import TYPE_CHECKING

from tellings.errors import InputError
from tellings.ingest import bytes_of, read_back
from tellings.ingest.feeds import original_in_feed
from tellings.ingest.files import LIMIT
from tellings.ingest.forms import form_of
from tellings.ingest.mail import original_in_mail
from tellings.ingest.mbox import original_in_mbox
from tellings.ingest.taking import SNIFFED, accounts_of_stream
from tellings.records import Account, Span

if TYPE_CHECKING:
    from tellings.ingest.forms import Form


def taken(name: str, data: bytes) -> tuple[int, int]:
    """Take bytes in as a file of this name would be, and check what holds; how many accounts, how many errors."""
    form = form_of(name, data[:SNIFFED])
    found = accounts_and_errors(name, data)
    assert found, "neither an account nor an error"
    accounts = [one for one in found if isinstance(one, Account)]
    for one in found:
        if isinstance(one, InputError):
            assert one.about.startswith(name), one
            assert one.problem
            assert one.advice
    for account in accounts:
        whole(account)
        leads_back(account, original_of(form, data, account))
    return len(accounts), len(found) - len(accounts)


def accounts_and_errors(name: str, data: bytes) -> list[Account | InputError]:
    """What bytes in a file of this name are taken in as, in this process."""
    return list(accounts_of_stream(name, BytesIO(data)))


def whole(account: Account) -> None:
    """An account has a text of legal characters within the limit, an id, and runs in order inside its original."""
    assert account.text.strip()
    assert len(account.text) <= LIMIT
    assert account.id
    for told in (account.text, account.title, account.author, account.outlet, account.url, account.id):
        (told or "").encode("utf-8")  # no half of a surrogate pair
    at = 0
    for run in account.original.runs:
        assert at <= run.start < run.end <= len(account.text), run
        assert 0 <= run.first <= run.last <= account.original.size, run
        at = run.end


def original_of(form: Form, data: bytes, account: Account) -> bytes | None:
    """The bytes of an account's original: a stretch of the input, or what a part of it unpacks to; None where a
    web archive, a package or a PDF holds it packed."""
    told = account.original
    there = data[told.offset : told.offset + told.size]
    if hashlib.sha256(there).hexdigest() == told.sha256:
        return there
    if form == "mail":
        return original_in_mail(data, account) or b""
    if form == "mails":
        return original_in_mbox(BytesIO(data), account) or b""
    if form == "feed":
        return original_in_feed(data, account) or b""
    assert form in ("warc", "wacz", "word", "pdf"), f"{form} has an original that is not its bytes"
    return None


def leads_back(account: Account, original: bytes | None) -> None:
    """Each run, and every stretch from one run to the next, is read back from the original's bytes as it stands."""
    if original is None:
        return
    assert hashlib.sha256(original).hexdigest() == account.original.sha256
    assert len(original) == account.original.size
    for run in account.original.runs:
        span = Span(run.start, run.end)
        assert read_back(account, span, original) == account.text[run.start : run.end], (run, account.original.encoding)
        if account.text[run.start : run.end].strip():
            assert bytes_of(account, span) is not None
