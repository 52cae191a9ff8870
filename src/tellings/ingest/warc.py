"""Web archives: the pages in WARC files (ISO 28500:2017), plain or gzipped record by record, and in WACZ packages."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO, NamedTuple
from zipfile import ZIP_STORED

from tellings.errors import InputError
from tellings.ingest.decode import decode
from tellings.ingest.files import too_large
from tellings.ingest.head import Facts
from tellings.ingest.html import account_of_source
from tellings.ingest.httpanswer import Head, body_of, is_page, read_head
from tellings.ingest.make import made_id, stem_of
from tellings.ingest.parts import mapped
from tellings.ingest.warcbytes import chunks_of
from tellings.ingest.warcrecords import Record, records_of
from tellings.ingest.zips import BROKEN, StoredEntry, data_offset, leads_out, open_zip, refused_entry, shown
from tellings.records import Note, Original

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zipfile import ZipFile, ZipInfo

    from tellings.ingest.begun import Readable
    from tellings.records import Account
    from tellings.run import Runner

_ADVICE = "get the archive again, or crawl the page again"
_NONE = "give an archive that has pages with an article in it"
_ENDINGS = (".warc", ".warc.gz")
# As a package may hold: some ten times the largest crawls of one story. Stored entries are as large as their file.
_MOST_UNPACKED = 20 * 1024**3


_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?Z")  # W3CDTF, as WARC writes it


class _Place(NamedTuple):
    """Where an archive stands: its file, what errors call it, and the byte of the file its first byte stands at.

    `exact` is False where the archive itself is compressed in a package, so that only its beginning can be told.
    """

    path: str
    about: str
    at: int = 0
    exact: bool = True


def accounts_of_warc(path: str, stream: Readable, runner: Runner | None = None) -> Iterator[Account | InputError]:
    """Yield the accounts in a WARC stream: its answers and resources that are web pages, whatever else is in it.

    Records are read one at a time, so an archive may be of any size. An account's original is the page as the
    server meant it, its chunks and compression undone, with its own digest, and the runs lead into those bytes.
    `Original.offset` is the byte of the file at which that page stands where it stands there as it is; else the byte
    at which its record begins, or the gzip member that holds it. The id is the record's, `url` what was asked for; when
    it was asked for is in a note, for it is no date of publication. Answers other than 200 to 299, revisits, requests
    and metadata are passed by. A damaged record is an error about `path:number`, and reading goes on at the next.
    """
    yield from _accounts(_Place(path, path), stream, runner)


def accounts_of_wacz(path: str, stream: BinaryIO, runner: Runner | None = None) -> Iterator[Account | InputError]:
    """Yield the accounts in the WARC files of a WACZ package (Webrecorder, WACZ 1.1.1); nothing is unpacked to disk.

    Errors name `path:archive/name:number`. An entry that has a name leading out of the archive, a password, an
    unusual compression or the size of a bomb is one error. Raises InputError where the package itself is broken.
    """
    archive = open_zip(path, stream)
    found = False
    room = _MOST_UNPACKED
    for entry in archive.infolist():
        wanted = entry.filename.lower().endswith(_ENDINGS)
        refused = refused_entry(path, entry) if wanted or leads_out(entry.filename) else None
        if refused is None and wanted and entry.compress_type != ZIP_STORED:
            room -= entry.file_size
            if room < 0:
                refused = too_much_in(path)
        if refused:
            yield refused
        elif wanted:
            yield from _packed(path, stream, archive, entry, runner)
        found = found or wanted
    if not found:
        yield InputError(path, "is a package without a WARC file in it", _NONE)


def too_much_in(path: str) -> InputError:
    """Return the error for a package that unpacks to more than any crawl."""
    return InputError(path, f"unpacks to more than {_MOST_UNPACKED // 1024**3} GB", "give its WARC files one by one")


def _packed(
    path: str, stream: BinaryIO, archive: ZipFile, entry: ZipInfo, runner: Runner | None
) -> Iterator[Account | InputError]:
    about = f"{path}:{shown(entry.filename)}"
    exact = entry.compress_type == ZIP_STORED
    try:
        if exact:  # read past the archive's own check, so that one damaged record does not spoil the others
            at = data_offset(stream, entry)
            stored = StoredEntry(stream, at, entry.file_size)
            yield from _accounts(_Place(path, about, at), stored, runner)
            if stored.checksum != entry.CRC:
                yield InputError(about, "is damaged: its checksum is another; accounts from it may be, too", _ADVICE)
            return
        with archive.open(entry) as packed:
            yield from _accounts(_Place(path, about, entry.header_offset, exact=False), packed, runner)
    except (*BROKEN, RuntimeError) as error:
        yield InputError(about, f"cannot be read ({' '.join(str(error).split())[:100]})", _ADVICE)


def _accounts(place: _Place, stream: Readable, runner: Runner | None) -> Iterator[Account | InputError]:
    found = False
    records = ((place, record) for record in records_of(chunks_of(stream)))
    for account in mapped(runner, _of_record, records, lambda item: _about(*item)):
        if account:
            yield account
            found = True
    if not found:
        yield InputError(place.about, "has no web page in it", _NONE)


def _of_record(item: tuple[_Place, Record]) -> Account | InputError | None:
    try:
        return account_of_record(*item)
    except InputError as error:
        return error


def _about(place: _Place, record: Record) -> str:
    uri = _uri(record)
    return f"{place.about}:{record.number}" + (f" ({shown(uri)})" if uri else "")


def _uri(record: Record) -> str:
    return record.fields.get("warc-target-uri", "").strip("<> ")


def account_of_record(place: _Place, record: Record) -> Account | None:
    """Return the account in one record; None for a record that is no page. Raises InputError about `path:number`."""
    uri, about = _uri(record), _about(place, record)
    if record.problem:
        raise InputError(about, record.problem, _ADVICE)
    head = _head(record)
    if head is None or not 200 <= head.status < 300 or not is_page(head.kind, record.start[head.at :]):
        return None
    if record.block is None:
        raise too_large(about, int(record.fields["content-length"]))
    body, undone, notes = body_of(about, head, record.block)
    offset = record.offset if undone or record.block_at is None else record.block_at + head.at
    sha256 = hashlib.sha256(body).hexdigest()
    source, told = decode(about, body, page=True, charset=head.charset)
    original = Original(place.path, sha256, len(body), source.encoding, place.at + offset if place.exact else place.at)
    name = record.fields.get("warc-record-id", "").strip("<> ") or made_id(uri or stem_of(place.path), sha256)
    account = account_of_source(
        about,
        source,
        original,
        given=Facts(url=uri if uri.isprintable() and uri else None),
        given_id=name,
        notes=(*notes, *told),
    )
    when = record.fields.get("warc-date", "")
    fetched = when if _DATE.fullmatch(when) else None
    return replace(account, notes=(*account.notes, *_told_of(record)), fetched=fetched)


def _head(record: Record) -> Head | None:
    """Return what a record says of its page; None where it is of no kind that has one."""
    kind = record.fields.get("warc-type", "").lower()
    if kind == "response":
        return read_head(record.start)
    if kind == "resource":
        return Head(200, {"content-type": record.fields.get("content-type", "")}, 0)
    return None


def _told_of(record: Record) -> Iterator[Note]:
    """Yield notes on when a page was archived, and on what the record says, or shows, of its own state."""
    date = record.fields.get("warc-date")
    if date:
        yield Note("other", f"archived {shown(date)}; that is not when it was published")
    if record.fields.get("warc-truncated") or record.fields.get("warc-segment-number"):
        yield Note("cut off", "the archive says that it kept only a part of the page")
    if _differs(record.fields.get("warc-block-digest", ""), record.block or b""):
        yield Note("other", "the record is not what its own digest says: it was damaged, or changed after archiving")


def _differs(stated: str, block: bytes) -> bool:
    """Tell whether a record's digest (`sha1:` and base 32 or hexadecimal) is surely not that of its block."""
    name, _, value = stated.partition(":")
    if name.lower() not in ("md5", "sha1", "sha256", "sha512"):
        return False
    digest = hashlib.new(name.lower(), block, usedforsecurity=False)
    told = (digest.hexdigest(), base64.b32encode(digest.digest()).decode("ascii").rstrip("=").lower())
    return value.strip().rstrip("=").lower() not in told
