"""Mails (`.eml`) and boxes of them (`.mbox`): the sender's own words, and those of each mail quoted or passed on.

The original of an account is a MIME part or, for a quoted mail and an item of a newsletter, the stretch of the part
that it stands in. Where the part is not encoded, its bytes are the file's at `Original.offset`. Where it is (base64,
quoted-printable) the original is the decoded part or a stretch of that, with its own SHA-256; the runs lead into the
decoded bytes, `offset` says where the encoded part begins, and `original_in_mail` gives the decoded bytes again.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from tellings.errors import InputError
from tellings.ingest.bytemap import cut
from tellings.ingest.forwarded import Telling, tellings_of
from tellings.ingest.issue import Item, items_of
from tellings.ingest.mailfoot import is_footed, is_more, reads_on, without_furniture
from tellings.ingest.mailhead import MailHead, as_newsletter, mail_head
from tellings.ingest.mailparts import Parts, Told, parts_of, read_text
from tellings.ingest.make import made_id, make_account, stem_of
from tellings.ingest.mime import Part, headers, mail_of
from tellings.ingest.rows import fused, pieces_of_rows, rebased
from tellings.records import Note, Original

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tellings.ingest.head import Facts
    from tellings.ingest.rows import Row
    from tellings.records import Account, AccountKind

LARGEST = 64 * 1024 * 1024
_HEADERS = frozenset(("from", "date", "subject", "message-id", "received", "to", "mime-version", "return-path"))
_SENT = frozenset(("received", "return-path", "message-id", "mime-version", "delivered-to", "dkim-signature"))
_ADVICE = "save the mail's text as .txt and give that"
_OTHER = "give a mail as .eml, or text as .txt"
_LEFT = "left out of it and told apart"
_BETWEEN = "the few words around the items are left out"
_CUT = Note("cut off", "the mail's closing boundary is missing; its end may have been cut off")
_MORE = Note("cut off", "ends in a link to read on; the rest is not here")
Given = tuple["Account | InputError", bytes]


class _Mail(NamedTuple):
    """A mail on its way: the file it is from, the bytes at hand and where they begin in the file, what it is about."""

    path: str
    about: str
    data: bytes
    base: int
    escaped: bool


def accounts_of_mail(path: str, data: bytes) -> Iterator[Account | InputError]:
    """Yield the accounts in one mail: its own first, then those of the mails that it quotes or holds.

    Attachments are neither opened nor written, their names never looked at. A part that cannot be read is an
    InputError about `path:part` in its place. One mail may have 64 MB, one text in it 10 MB.
    """
    for account, _ in tell(path, path, data):
        yield account


def is_mail(start: bytes) -> bool:
    """Whether a file's first bytes (some 4,000) are the head of a mail as it was sent: one that a relay or sender made.

    A text that begins with `From:` and `Subject:` lines somebody wrote is none.
    """
    head, _, _ = headers(start, 0, len(start))
    return bool(_SENT & head.keys()) and bool({"from", "subject", "date"} & head.keys())


def original_in_mail(data: bytes, account: Account) -> bytes | None:
    """Return the bytes of an account's original, decoded anew from its mail where need be; None for another mail's."""
    told = account.original
    there = data[told.offset : told.offset + told.size]
    if hashlib.sha256(there).hexdigest() == told.sha256:
        return there
    return next((given for found, given in tell(told.path, told.path, data) if found == account), None)


def tell(path: str, about: str, data: bytes, base: int = 0, *, escaped: bool = False) -> Iterator[Given]:
    """Yield each account of a mail with the bytes of its original, or an error with none.

    `about` is what errors name; `base` is where `data` begins in the file; `escaped` as in `rows_of_text`.
    """
    mail = _Mail(path, about, data, base, escaped)
    try:
        if len(data) > LARGEST:
            raise InputError(about, f"is more than the {LARGEST >> 20} MB one mail may have", _ADVICE)
        root = mail_of(about, data)
        if not _HEADERS & root.head.keys():
            raise InputError(about, "has no head of a mail (From, Date, Subject)", _OTHER)
    except InputError as error:
        yield error, b""
        return
    yield from _tell_mail(mail, root, "")


def _tell_mail(mail: _Mail, root: Part, outer: str) -> Iterator[Given]:
    """Yield what one mail and the mails inside it give; `outer` is the id of the mail that holds it, if one does."""
    parts = parts_of(root)
    head = mail_head(root.head)
    whole = hashlib.sha256(mail.data[root.first : root.last]).hexdigest()
    own_id = head.id or made_id(head.facts.title or stem_of(mail.path), whole)
    for index, text in enumerate(parts.texts):
        given_id = f"{own_id}:part-{index + 1}" if index else own_id
        notes = _notes_of(parts, outer)
        try:
            told = read_text(mail.about, mail.data, text, escaped=mail.escaped)
        except InputError as error:
            yield error, b""
            continue
        yield from _tell_text(mail, told, head, given_id, notes)
    for part in parts.wrong:
        yield InputError(f"{mail.about}:{part.number}" if part.number else mail.about, part.wrong, _ADVICE), b""
    if not (parts.texts or parts.mails or parts.wrong):
        problem = "is encrypted" if parts.encrypted else "has no text that can be read"
        yield InputError(mail.about, problem, _ADVICE), b""
    for inner in parts.mails:
        yield from _tell_mail(mail, inner, own_id)


def _notes_of(parts: Parts, outer: str) -> list[Note]:
    notes = [_CUT] if parts.cut_off else []
    told = [f"stood inside the mail {outer}"] if outer else []
    if parts.attachments:
        told.append(_counted(parts.attachments, "attachment was not opened", "attachments were not opened"))
    if len(parts.texts) > 1:
        told.append(f"is one of {len(parts.texts)} texts of its mail")
    if parts.mails:
        told.append(_counted(len(parts.mails), "mail inside it is told apart", "mails inside it are told apart"))
    return [*notes, *(Note("other", words) for words in told)]


def _counted(count: int, one: str, more: str) -> str:
    return f"1 {one}" if count == 1 else f"{count} {more}"


def _tell_text(mail: _Mail, told: Told, head: MailHead, given_id: str, notes: Sequence[Note]) -> Iterator[Given]:
    footed = head.listed or not (head.reply or head.posted or not is_footed(told.rows))
    tellings = tellings_of(told.rows, reply=head.reply)
    spoken = [without_furniture(telling.rows) for telling in tellings]
    given = False
    for number, (telling, rows) in enumerate(zip(tellings, spoken, strict=True)):
        if not any(any(map(str.isalnum, row.text)) for row in rows):
            continue
        given = True
        if telling.said is None:
            facts = as_newsletter(head.facts) if footed else head.facts
            kind: AccountKind = "newsletter" if footed else "post"
            own = [*told.notes, *notes, *_doubts(telling)]
            yield from _tell_issue(mail, told, rows, facts, given_id, own, kind)
        else:
            outer = f"{given_id}:q{telling.inside}" if telling.inside else given_id
            own = [*told.notes, _quoted_in(outer, head, telling), *_doubts(telling)]
            yield _made(mail, told, rows, telling.said.facts, f"{given_id}:q{number}", own, "post")
    if not given:
        yield InputError(mail.about, "has no text that can be read", _ADVICE), b""


def _doubts(telling: Telling) -> list[Note]:
    told = [*dict.fromkeys(telling.doubts)]
    if telling.quoted:
        told.append(_counted(telling.quoted, f"mail quoted in it is {_LEFT}", f"mails quoted in it are {_LEFT}"))
    return [Note("other", words) for words in told]


def _quoted_in(outer: str, head: MailHead, telling: Telling) -> Note:
    by = f" of {head.facts.author}" if head.facts.author else ""
    known = "" if telling.said and telling.said.author else "; no line says who wrote it"
    return Note("other", f"stood as a quotation in the mail {outer}{by}, which may have changed it{known}")


def _tell_issue(  # noqa: PLR0913 - what an account is made of
    mail: _Mail, told: Told, rows: list[Row], facts: Facts, given_id: str, notes: list[Note], kind: AccountKind
) -> Iterator[Given]:
    """Yield a mail's own words: one account, or one an article where it is an issue with several."""
    items: list[Item] = items_of(rows) if kind == "newsletter" else []
    if not items:
        yield _made(mail, told, rows, facts, given_id, notes, kind, whole=True)
    for number, item in enumerate(items, 1):
        own = [*notes, Note("other", f"is item {number} of {len(items)} of an issue; {_BETWEEN}")]
        about = replace(facts, title=item.title or facts.title, url=item.url or None)
        yield _made(mail, told, item.rows, about, f"{given_id}:{number}", own, kind)


def _made(  # noqa: PLR0913 - what an account is made of
    mail: _Mail,
    told: Told,
    rows: list[Row],
    facts: Facts,
    given_id: str,
    notes: Sequence[Note],
    kind: AccountKind,
    *,
    whole: bool = False,
) -> Given:
    """Make an account of rows; its original is the whole part, or the stretch of it that the rows come from."""
    more = [_MORE] if reads_on(rows) else []
    text, runs = cut(told.source, fused(told.source.text, pieces_of_rows([row for row in rows if not is_more(row)])))
    first = 0 if whole else min((run.first for run in runs), default=0)
    last = len(told.data) if whole else max((run.last for run in runs), default=0)
    data = told.data[first:last]
    offset = mail.base + told.offset + (0 if told.decoded else first)
    sha256 = hashlib.sha256(data).hexdigest()
    original = Original(mail.path, sha256, len(data), told.source.encoding, offset, rebased(runs, first))
    try:
        account = make_account(
            mail.about, text, original, facts, given_id=given_id, kind=kind, notes=[*_as_one(notes), *more]
        )
    except InputError as error:
        return error, b""
    return account, data


def _as_one(notes: Sequence[Note]) -> Iterator[Note]:
    """Yield notes with those of one code as one, for an account keeps one note a code."""
    told: dict[str, list[Note]] = {}
    for note in notes:
        told.setdefault(note.code, []).append(note)
    for same in told.values():
        yield Note(same[0].code, "; ".join(dict.fromkeys(note.message for note in same)))
