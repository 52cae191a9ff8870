"""Web archives: pages in records, plain and gzipped, whole and damaged, and the way back to their bytes."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import tracemalloc
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.errors import InputError
from tellings.ingest import read_back
from tellings.ingest.warc import accounts_of_wacz, accounts_of_warc
from tellings.ingest.warcbytes import chunks_of
from tellings.ingest.warcrecords import records_of
from tellings.records import Account, Span
from tests.ingest.inputs import PAGE, bytes_for, every_run_reads_back

PATH = "crawl.warc.gz"
HTML = PAGE.encode()


def answer(body: bytes, *fields: str, kind: str = "text/html", status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", *fields, "", ""]
    return "\r\n".join(lines).encode() + body


def record(
    block: bytes, number: int = 1, *, kind: str = "response", length: int | None = None, more: str = ""
) -> bytes:
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012d}>\r\n"
        f"WARC-Target-URI: https://tidewater.example/{number}\r\nWARC-Date: 2024-03-06T08:00:00Z\r\n{more}"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def page(number: int) -> bytes:
    return PAGE.replace("old\n   swing", f"old number {number} swing").encode()


def read(data: bytes, path: str = PATH) -> list[Account | InputError]:
    return list(accounts_of_warc(path, io.BytesIO(data)))


def one_of(data: bytes) -> Account:
    (found,) = read(data)
    assert isinstance(found, Account), found
    return found


def shapes(found: list[Account | InputError]) -> str:
    return "".join("a" if isinstance(item, Account) else "e" for item in found)


class TestPages:
    @pytest.mark.parametrize("pack", [bytes, gzip.compress])
    def test_a_page_is_an_account_that_leads_back_to_it(self, pack):
        found = one_of(pack(record(answer(HTML))))
        assert found.text.startswith("Swing bridge to close for repairs\n\nThe harbour council voted")
        assert (found.outlet, found.published) == ("The Tidewater Post", "2024-03-04T18:30:00+01:00")
        assert (found.id, found.url) == ("urn:uuid:00000000-0000-4000-8000-000000000001", "https://tidewater.example/1")
        assert found.sha256 == found.original.sha256 == hashlib.sha256(HTML).hexdigest()
        assert bytes_for(found, "rust & cracks", HTML) == b"rust &amp; cracks"
        assert every_run_reads_back(found, HTML)
        assert ["archived 2024-03-06T08:00:00Z" in note.message for note in found.notes] == [True]

    def test_a_plain_page_stands_at_its_offset_in_the_file(self):
        data = record(b"software: x", kind="warcinfo") + record(answer(HTML))
        found = one_of(data)
        assert data[found.original.offset :][: found.original.size] == HTML

    def test_a_gzipped_page_s_offset_is_that_of_its_member(self):
        first = gzip.compress(record(b"software: x", kind="warcinfo"))
        data = first + gzip.compress(record(answer(HTML)))
        found = one_of(data)
        assert found.original.offset == len(first)
        assert HTML in gzip.decompress(data[found.original.offset :])

    @pytest.mark.parametrize(
        ("body", "fields"),
        [
            (b"%x\r\n%s\r\n0\r\n\r\n" % (len(HTML), HTML), ["Transfer-Encoding: chunked"]),
            (b"9;a=b\r\n%s\r\n%X\r\n%s\r\n0\r\n\r\n" % (HTML[:9], len(HTML) - 9, HTML[9:]),
             ["transfer-encoding: Chunked"]),
            (gzip.compress(HTML), ["Content-Encoding: gzip"]),
            (gzip.compress(HTML[:99]) + gzip.compress(HTML[99:]), ["Content-Encoding: x-gzip"]),
            (zlib.compress(HTML), ["Content-Encoding: deflate"]),
            (zlib.compress(HTML)[2:-4], ["Content-Encoding: deflate"]),
            (b"%x\r\n%s\r\n0\r\n\r\n" % (len(gzip.compress(HTML)), gzip.compress(HTML)),
             ["Transfer-Encoding: chunked", "Content-Encoding: gzip"]),
            (HTML, ["Transfer-Encoding: chunked", "Content-Encoding: gzip"]),
            (HTML, ["Content-Encoding: br"]),
        ],
    )  # fmt: skip
    def test_chunks_and_compression_are_undone_where_the_bytes_have_them(self, body, fields):
        found = one_of(record(answer(body, *fields)))
        assert (found.original.size, found.sha256) == (len(HTML), hashlib.sha256(HTML).hexdigest())
        assert every_run_reads_back(found, HTML)

    def test_the_answer_s_charset_is_used(self):
        body = (
            PAGE.replace('<meta charset="utf-8">', "").replace("after a survey", "after a café survey").encode("cp1252")
        )
        found = one_of(record(answer(body, kind="text/html; charset=ISO-8859-1")))
        assert "café survey" in found.text
        assert bytes_for(found, "café", body) == b"caf\xe9"
        assert "encoding" not in [note.code for note in found.notes]

    def test_what_is_no_page_is_passed_by(self):
        records = [
            record(b"software: x", kind="warcinfo"), record(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
            record(answer(HTML), kind="revisit"), record(answer(HTML, status="404 Not Found")),
            record(answer(HTML, status="302 Found")), record(answer(b"{}", kind="application/json")),
            record(b"via: x", kind="metadata"), record(answer(HTML), 9),
        ]  # fmt: skip
        assert one_of(b"".join(map(gzip.compress, records))).id.endswith("9")

    def test_a_resource_and_an_answer_without_a_type_are_read(self):
        resource = record(HTML, kind="resource", more="Content-Type: text/html\r\n")
        bare = record(b"HTTP/1.0 200 OK\r\nServer: x\r\n\r\n" + page(2), 2)
        assert shapes(read(resource + bare)) == "aa"

    def test_a_digest_that_differs_and_a_kept_part_are_noted(self):
        block = answer(HTML)
        right = base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()
        assert [note.code for note in one_of(record(block, more=f"WARC-Block-Digest: sha1:{right}\r\n")).notes] == [
            "other"
        ]
        wrong = one_of(record(block, more="WARC-Block-Digest: sha1:AAAA\r\nWARC-Truncated: length\r\n"))
        assert [note.code for note in wrong.notes] == ["other", "cut off", "other"]

    def test_one_gzip_member_may_hold_all_records(self):
        assert shapes(read(gzip.compress(record(answer(page(1)), 1) + record(answer(page(2)), 2)))) == "aa"

    @pytest.mark.parametrize("size", [1, 255, 256, 257, 1000, 3000])
    @pytest.mark.parametrize("level", [0, 1, 9])
    def test_records_of_any_size_follow_each_other(self, size, level):
        filler = (b"%d words of it. " % size) * (size * 1024 // 16)
        blocks = [answer(filler, kind="text/plain") + b"x" * number for number in range(5)]
        members = [gzip.compress(record(block, number), level) for number, block in enumerate(blocks)]
        found = list(records_of(chunks_of(io.BytesIO(b"".join(members)))))
        assert [(item.problem, item.block) for item in found] == [(None, block) for block in blocks]
        assert [item.offset for item in found] == [sum(map(len, members[:number])) for number in range(5)]

    def test_an_archive_without_pages_is_an_error(self):
        (found,) = read(record(b"software: x", kind="warcinfo"))
        assert isinstance(found, InputError)
        assert "no web page" in found.problem
        assert shapes(read(b"")) == "e"


def three(pack=bytes) -> list[bytes]:
    return [pack(record(answer(page(number)), number)) for number in (1, 2, 3)]


class TestDamage:
    def test_a_cut_archive_gives_what_was_whole(self):
        for pack in (bytes, gzip.compress):
            data = b"".join(three(pack))
            found = read(data[:-200])
            assert shapes(found) == "aae"
            assert "cut off" in str(found[2])
            assert str(found[2]).startswith(f"{PATH}:3")

    @pytest.mark.parametrize("at", [0, 1, 12, 40, 300, -6, -1])
    def test_a_damaged_gzip_member_is_one_error(self, at):
        members = three(gzip.compress)
        broken = bytearray(members[1])
        broken[at] ^= 0xFF
        found = read(members[0] + bytes(broken) + members[2])
        assert shapes(found) == ("aaa" if at == 1 and len(found) == 3 and isinstance(found[1], Account) else "aea")
        assert [item.id[-1] for item in found if isinstance(item, Account)] == ["1", "3"]

    @pytest.mark.parametrize("length", [10, 1000, 3000, 5_000, 100_000, 50_000_000, 10**14])
    @pytest.mark.parametrize("pack", [bytes, gzip.compress])
    def test_a_wrong_content_length_is_one_error(self, pack, length):
        whole = [record(answer(page(number)), number) for number in (1, 2, 3)]
        whole[1] = record(answer(page(2)), 2, length=length)
        found = read(b"".join(map(pack, whole)))
        assert shapes(found) == "aea"
        assert "Content-Length" in str(found[1])

    @pytest.mark.parametrize(
        "junk", [b"not a record at all\r\n\r\n", b"WARC/1.0\r\n\r\n", b"\0" * 3000, b"WARC/1.0\r\nA: b\r\n" * 9000]
    )
    def test_what_is_no_record_is_one_error(self, junk):
        first, second, _ = three()
        assert shapes(read(first + junk + second)) == "aea"

    def test_a_file_that_is_no_archive_is_an_error(self):
        assert shapes(read(b"just some words\n" * 10_000)) == "e"
        assert shapes(read(b"\x1f\x8b\x08" * 50_000)) == "ee"

    @pytest.mark.parametrize(
        ("block", "word"),
        [
            (answer(gzip.compress(HTML)[:-300], "Content-Encoding: gzip"), "cut off"),
            (answer(gzip.compress(HTML)[:30] + b"x" * 300, "Content-Encoding: gzip"), "damaged body"),
            (answer(b"\x0b\x02\x80", "Content-Encoding: br"), "Brotli"),
            (answer(gzip.compress(b" " * 11_000_000), "Content-Encoding: gzip"), "10 MB"),
            (answer(b"<html>" + b" " * 11_600_000), "10 MB"),
            (answer(b"<html><p>Shop</p></html>"), "no article"),
            (answer(b"<html>\0\0"), "binary"),
        ],
    )
    def test_a_page_that_cannot_be_used_is_one_error(self, block, word):
        found = read(record(block, 1) + record(answer(page(2)), 2))
        assert shapes(found) == "ea"
        assert word in str(found[0])
        assert "https://tidewater.example/1" in str(found[0])

    def test_a_body_whose_chunks_are_cut_is_noted(self):
        body = b"%x\r\n%s" % (len(HTML) + 500, HTML)
        assert "cut off" in [note.code for note in one_of(record(answer(body, "Transfer-Encoding: chunked"))).notes]

    def test_a_gzip_bomb_is_left_early(self):
        bomb = record(answer(b"x", kind="video/mp4") + b"\0" * 60_000_000, 1)
        found = read(gzip.compress(bomb, 9) + gzip.compress(record(answer(page(2)), 2)))
        assert shapes(found) == "ea"
        assert "bombs" in str(found[0])

    def test_a_large_record_of_another_kind_is_passed_by(self):
        film = record(answer(b"film " * 3_000_000, kind="video/mp4"), 1)
        assert shapes(read(film + record(answer(page(2)), 2))) == "a"


def package(entries: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in entries.items():
            archive.writestr(zipfile.ZipInfo(name), data, compress_type=method)
    return out.getvalue()


def unpacked(data: bytes) -> list[Account | InputError]:
    return list(accounts_of_wacz("crawl.wacz", io.BytesIO(data)))


class TestPackages:
    @pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
    def test_the_archives_in_a_package_are_read(self, method):
        warc = b"".join(three(gzip.compress))
        data = package({"datapackage.json": b"{}", "archive/data.warc.gz": warc, "pages/pages.jsonl": b"{}"}, method)
        found = unpacked(data)
        assert shapes(found) == "aaa"
        for number, item in enumerate(found, 1):
            assert isinstance(item, Account)
            assert every_run_reads_back(item, page(number))
            if method == zipfile.ZIP_STORED:
                inside = zlib.decompressobj(31).decompress(data[item.original.offset :])
                assert page(number) in inside

    def test_a_plain_page_stands_at_its_offset_in_the_package(self):
        data = package({"indexes/index.idx": b"x" * 999, "archive/data.warc": record(answer(HTML))})
        (found,) = unpacked(data)
        assert isinstance(found, Account)
        assert data[found.original.offset :][: found.original.size] == HTML

    @pytest.mark.parametrize(
        "name", ["../up.warc", "/root.warc", "a/../../b.warc", "C:\\x.warc", "..\\x.warc", "a\n.warc"]
    )
    def test_a_name_that_leads_out_is_refused_and_named(self, name):
        found = unpacked(package({name: record(answer(page(1))), "archive/a.warc": record(answer(page(2)))}))
        assert shapes(found) == "ea"
        assert "leads out" in str(found[0])
        assert "\n" not in str(found[0])

    def test_a_bomb_is_refused(self):
        data = package(
            {"archive/a.warc": b"\0" * 50_000_000, "archive/b.warc": record(answer(page(2)))}, zipfile.ZIP_DEFLATED
        )
        found = unpacked(data)
        assert shapes(found) == "ea"
        assert "bombs" in str(found[0])

    def test_entries_that_overlap_are_refused(self):
        data = bytearray(package({"a.warc": b"x" * 50, "b.warc": b"x" * 50}))
        second = data.rindex(b"PK\x01\x02")
        data[second + 42 : second + 46] = bytes(4)
        with pytest.raises(InputError, match="overlap"):
            unpacked(bytes(data))

    def test_a_damaged_entry_is_an_error_and_the_next_is_read(self):
        data = bytearray(package({"a.warc": record(answer(page(1)), 1), "b.warc": record(answer(page(2)), 2)}))
        data[data.index(b"harbour")] ^= 1
        found = unpacked(bytes(data))
        assert shapes(found) == "aea"
        assert "a.warc: is damaged" in str(found[1])

    @pytest.mark.parametrize("data", [b"", b"PK\x03\x04nothing", package({"a.warc": b"x" * 200})[:-30]])
    def test_a_broken_package_is_an_error(self, data):
        with pytest.raises(InputError, match="broken ZIP"):
            unpacked(data)

    def test_a_package_without_archives_is_an_error(self):
        assert shapes(unpacked(package({"pages/pages.jsonl": b"{}"}))) == "e"


class TestProperties:
    @settings(deadline=None, max_examples=25)
    @given(
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30),
        st.booleans(), st.booleans(), st.booleans(), st.data(),
    )  # fmt: skip
    def test_every_span_leads_back(self, words, chunked, packed, member, data):
        import html

        body = PAGE.replace("on the north side", f"on the {html.escape(words)} north side").encode()
        sent, fields = body, []
        if packed:
            sent, fields = gzip.compress(sent), ["Content-Encoding: gzip"]
        if chunked:
            sent, fields = b"%x\r\n%s\r\n0\r\n\r\n" % (len(sent), sent), [*fields, "Transfer-Encoding: chunked"]
        whole = record(answer(sent, *fields))
        found = one_of(gzip.compress(whole) if member else whole)
        start = data.draw(st.integers(0, len(found.text) - 1))
        end = data.draw(st.integers(start + 1, len(found.text)))
        if "unplaced" not in [note.code for note in found.notes]:
            assert read_back(found, Span(start, end), body) == found.text[start:end]

    @settings(deadline=None, max_examples=60)
    @given(st.data())
    def test_no_damage_loses_more_than_it_touches(self, data):
        pack = data.draw(st.sampled_from([bytes, gzip.compress]))
        parts = [pack(record(answer(b"<p>%d" % number), number)) for number in range(6)]
        whole = bytearray(b"".join(parts))
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at] ^= data.draw(st.integers(1, 255))
        hit = next(number for number in range(6) if at < sum(map(len, parts[: number + 1])))
        good = {
            item.fields.get("warc-record-id", "")[-2:-1]
            for item in records_of(chunks_of(io.BytesIO(whole)))
            if not item.problem
        }
        assert {str(number) for number in range(6) if number != hit} <= good


def test_two_thousand_records_are_read_in_flat_memory():
    filler = b"<!-- %s -->" % (b"word " * 10_000)
    members = [gzip.compress(record(answer(b"<p>%d</p>" % number + filler), number), 1) for number in range(2000)]
    data = b"".join(members)
    del members
    assert len(filler) > 50_000
    tracemalloc.start()
    seen = sum(item.problem is None for item in records_of(chunks_of(io.BytesIO(data))))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert seen == 2000
    assert peak < 4_000_000
