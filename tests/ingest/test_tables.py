"""Tables, mapped JSONL, LexisNexis and Factiva exports: right, broken and hostile, and the way back to their bytes."""

from __future__ import annotations

import csv
import io
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.errors import InputError
from tellings.ingest import bytes_of, read_back
from tellings.ingest.tables import (
    Columns,
    accounts_of_factiva,
    accounts_of_lexis,
    accounts_of_objects,
    accounts_of_table,
    is_factiva,
    is_lexis,
)
from tellings.records import Account, Span
from tests.ingest.inputs import PAGE, STORY, bytes_for, every_run_reads_back

Found = list[Account | InputError]


def rows(data: bytes | str, columns: Columns | None = None) -> Found:
    return list(accounts_of_table("t.csv", io.BytesIO(data.encode() if isinstance(data, str) else data), columns))


def only(found: Found) -> Account:
    (account,) = found
    assert isinstance(account, Account), account
    return account


def part_of(account: Account, data: bytes) -> bytes:
    return data[account.original.offset :][: account.original.size]


def shapes(found: Found) -> str:
    return "".join("a" if isinstance(item, Account) else "e" for item in found)


def written(*table: list[str], delimiter: str = ",", encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(table)
    return out.getvalue().encode(encoding)


class TestTables:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_a_row_is_an_account_that_leads_back_to_its_cell(self, delimiter, encoding, end):
        head = ["Headline", "Publication", "By-line", "Publish_Date", "URL", "Full Text", "ID"]
        row = [
            "Shut; closed",
            "Quay Letters",
            "Ada, L.",
            "4 March 2024",
            "https://quay.example",
            STORY + ' A "café".',
            "n.7",
        ]
        data = written(head, row, delimiter=delimiter, encoding=encoding, end=end)
        account = only(rows(data))
        assert account.text == row[5]
        assert (account.title, account.outlet, account.author) == ("Shut; closed", "Quay Letters", "Ada, L.")
        assert (account.published, account.url, account.id) == ("2024-03-04", "https://quay.example", "n.7")
        part = part_of(account, data)
        assert bytes_for(account, "café", part).decode(account.original.encoding) == "café"
        assert every_run_reads_back(account, part)

    def test_the_columns_may_be_given(self):
        data = "a,b,c\nShut,Body one.,x\n"
        account = only(rows(data, Columns(text="b", title="a")))
        assert (account.text, account.title, account.outlet) == ("Body one.", "Shut", None)
        assert only(rows("a~b\nShut~Body, one.", Columns(text="b", delimiter="~"))).text == "Body, one."
        assert only(rows("b;a\nBody, one.;Shut", Columns(text="b"))).text == "Body, one."
        with pytest.raises(InputError, match="has no column “d”; it has “a”"):
            rows(data, Columns(text="d"))
        with pytest.raises(InputError, match="one character"):
            Columns(delimiter=",,")

    def test_the_text_s_column_is_asked_for_where_it_cannot_be_told(self):
        with pytest.raises(InputError, match="no column that is plainly the text; it has “foo”, “bar”"):
            rows("foo,bar\n1,2\n")

    def test_a_page_in_a_cell_is_read_as_one(self):
        data = written(["outlet", "html"], ["Quay Letters", PAGE])
        account = only(rows(data))
        assert account.text.startswith("Swing bridge to close for repairs\n\nThe harbour council")
        assert account.outlet == "Quay Letters"
        assert every_run_reads_back(account, part_of(account, data))

    def test_bad_rows_are_errors_by_row_and_stop_no_other(self):
        data = "title,text,date\r\na,One two.,2024\r\nb,too short\r\n\r\n"
        data += 'c,Three four.,2024,x\nd,,2024\re,"Five\nsix.",2024,,\n'
        found = rows(data)
        assert shapes(found) == "aeeea"
        assert [str(item).split(" ")[0] for item in found if isinstance(item, InputError)] == [
            "t.csv:3:",
            "t.csv:5:",
            "t.csv:6:",
        ]
        assert isinstance(found[-1], Account)
        assert found[-1].text == "Five\nsix."

    @pytest.mark.parametrize("bad", ['b,"never closed,x\n', 'b,"He said "no",\nand left",x\n', 'b,"a" b,x\n'])
    def test_a_quote_that_is_not_doubled_spoils_its_row_alone(self, bad):
        found = rows(f'title,text,date\na,One two.,x\n{bad}c,Three four.,x\nd,"Five, six.",x\n')
        assert shapes(found) == "aeaa"
        assert "quote" in str(found[1])
        assert str(found[1]).startswith("t.csv:3:")

    def test_a_file_of_open_quotes_is_given_up_soon(self):
        began = time.process_time()
        found = rows("title,text\n" + 'a,"b\n' * 200_000)
        assert isinstance(found[-1], InputError)
        assert time.process_time() - began < 20

    def test_tabs_part_cells_that_know_no_quotes(self):
        found = rows('title\ttext\n"Shut\tThe 5" pipe.\nb\t"Go," he said.\n')
        assert [item.text for item in found if isinstance(item, Account)] == ['The 5" pipe.', '"Go," he said.']

    def test_a_large_cell_is_read_and_a_huge_one_refused(self):
        big = 'Words of a long text, most of them without any quotes, and "more" of them.\r\n' * 65_000
        data = written(["title", "text"], ["a", big], ["b", "x" * 10_500_000], ["c", "Small one."])
        found = rows(data)
        assert shapes(found) == "aea"
        first = found[0]
        assert isinstance(first, Account)
        assert len(first.text) == len(big) - 65_000
        assert read_back(first, Span(4_800_000, 4_800_100), part_of(first, data)) == first.text[4_800_000:4_800_100]
        assert "10 MB" in str(found[1])

    def test_an_encoding_that_is_not_utf_8_is_noted(self):
        data = "title,text\nCafé,The café is shut.\n".encode("cp1252")
        account = only(rows(data))
        assert account.text == "The café is shut."
        assert account.original.encoding == "cp1252"
        assert bytes_for(account, "café", part_of(account, data)) == b"caf\xe9"

    @pytest.mark.parametrize(
        ("data", "word"),
        [(b"", "empty"), (b"\n\n", "empty"), (b"PK\x03\x04", "ZIP"), (b"a\0b,c", "binary"), (b"%PDF-1.4", "PDF"),
         (b'"title,text\n', "quote"), (b"x," * 3_000 + b"text\n", "no column")],
    )  # fmt: skip
    def test_what_is_no_table_is_refused(self, data, word):
        with pytest.raises(InputError, match=word):
            rows(data)

    def test_a_heading_alone_is_an_error(self):
        assert "no rows" in str(rows("title,text\n")[0])

    def test_a_line_for_spreadsheets_is_passed_over(self):
        assert only(rows("sep=;\r\ntitle;text\r\na;One, two.")).text == "One, two."

    @settings(deadline=None, max_examples=150)
    @given(
        st.lists(st.text(st.sampled_from('ab é,;"\n\t|😀'), max_size=20), min_size=1, max_size=4),
        st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["utf-8", "utf-16"]), st.data(),
    )  # fmt: skip
    def test_every_span_leads_back(self, texts, delimiter, end, encoding, data):
        texts = [f"x{text}y" for text in texts]
        raw = written(["title", "text", "id"], *(["t", text, f"n{at}"] for at, text in enumerate(texts)),
                      delimiter=delimiter, end=end, encoding=encoding)  # fmt: skip
        found = rows(raw)
        assert [item.text for item in found if isinstance(item, Account)] == texts
        account = data.draw(st.sampled_from(found))
        part = part_of(account, raw)
        start = data.draw(st.integers(0, len(account.text) - 1))
        span = Span(start, data.draw(st.integers(start + 1, len(account.text))))
        place = bytes_of(account, span)
        assert place is not None
        told = part[place[0] : place[1]].decode(account.original.encoding)
        assert told.replace('""', '"') == account.text[span.start : span.end]
        assert read_back(account, span, part) == account.text[span.start : span.end]

    @settings(deadline=None, max_examples=150)
    @given(st.text(st.sampled_from('ab,"\n\r\t;')), st.integers(1, 9))
    def test_any_table_is_read_to_its_end_in_chunks_of_any_size(self, body, size):
        class Slow(io.BytesIO):
            def read(self, _count=-1):
                return super().read(size)

        whole = f"title,text\n{body}\nlast,The last one.\n".encode()
        slow = list(accounts_of_table("t.csv", Slow(whole)))
        assert [str(item) for item in slow] == [str(item) for item in rows(whole)] or size < len("title,text\n")


class TestObjects:
    def test_members_are_mapped_or_guessed(self):
        row = {"maintext": STORY, "Headline": "Shut", "authors": ["Ada L.", "Bo E."],
               "date_publish": "2024-03-04 10:00:00", "source": {"name": "Quay Letters"}, "storyId": 7}  # fmt: skip
        line = json.dumps(row).encode()
        account = only(list(accounts_of_objects("a.jsonl", io.BytesIO(b"\xef\xbb\xbf" + line + b"\r\n"))))
        assert (account.text, account.title, account.author, account.outlet) == (
            STORY,
            "Shut",
            "Ada L., Bo E.",
            "Quay Letters",
        )
        assert (account.published, account.id, account.original.offset) == ("2024-03-04T10:00:00", "7", 3)
        assert every_run_reads_back(account, line)
        mapped = Columns(text="Headline", title="maintext")
        assert only(list(accounts_of_objects("a.jsonl", io.BytesIO(line), mapped))).text == "Shut"

    def test_a_page_is_read_where_there_is_no_text(self):
        line = json.dumps({"raw_html": PAGE}).encode()
        account = only(list(accounts_of_objects("a.jsonl", io.BytesIO(line))))
        assert account.outlet == "The Tidewater Post"
        assert every_run_reads_back(account, line)

    def test_bad_lines_are_errors_by_line(self):
        lines = [
            b"{",
            b"",
            b'{"body": "One two."}',
            b'{"body": ""}',
            b'{"x": 1}',
            b'{"body": "\xff"}',
            b'{"body": "Three."}',
        ]
        found = list(accounts_of_objects("a.jsonl", io.BytesIO(b"\n".join(lines))))
        assert shapes(found) == "eaeeea"
        assert [str(item).split(" ")[0] for item in found if isinstance(item, InputError)] == [
            f"a.jsonl:{number}:" for number in (1, 4, 5, 6)
        ]
        assert len(list(accounts_of_objects("a.jsonl", io.BytesIO(b"x\n" * 99)))) == 21
        assert shapes(list(accounts_of_objects("a.jsonl", io.BytesIO(b"\n")))) == "e"


OLD = """


                               1 of 2 DOCUMENTS


                             The Tidewater Post

                            March 4, 2024 Monday
                              Late Edition - Final

Swing bridge to close
for repairs

BYLINE: By Ada Lindqvist; Bo Ek contributed

SECTION: NEWS; Pg. A1

LENGTH: 62 words

DATELINE: TIDEWATER

 The harbour council voted on Monday to close the old
swing bridge.

 Correction: an earlier date was wrong.

URL: https://tidewater.example/1

SUBJECT: BRIDGES (90%); PORTS & HARBORS (72%)

LOAD-DATE: March 5, 2024

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper


                     Copyright 2024 The Tidewater Company
                             All Rights Reserved


                               2 of 2 DOCUMENTS


                               Quay Letters

                            March 6, 2024 Wednesday

HEADLINE: Bridge shut

LENGTH: 9 words

BODY:
Bridge shut for good, say those who know it.

                     Copyright 2024 Quay Letters Ltd.
"""
NEXIS = """Swing bridge to close
The Tidewater Post
March 4, 2024 Monday

Copyright 2024 The Tidewater Company All Rights Reserved
Section: NEWS; Pg. A1
Length: 62 words
Byline: Ada Lindqvist
Highlight: It will take
a year.
Body

The harbour council voted on Monday.

Load-Date: March 5, 2024

End of Document

Empty one
Quay Letters
March 6, 2024
Length: 0 words
Body


End of Document

Bridge shut
Quay Letters
March 6, 2024 Wednesday 10:30 AM GMT

Length: 9 words

Shut for good, say those who know it.

Classification

Language: ENGLISH

End of Document
"""


class TestLexis:
    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_an_older_export(self, end, encoding):
        data = OLD.replace("\n", end).encode(encoding)
        first, second = accounts_of_lexis("l.txt", data)
        assert isinstance(first, Account)
        assert isinstance(second, Account)
        assert first.text == (
            "The harbour council voted on Monday to close the old\nswing bridge.\n\n"
            " Correction: an earlier date was wrong."
        )
        assert (first.title, first.outlet, first.author, first.published, first.url) == (
            "Swing bridge to close for repairs", "The Tidewater Post", "Ada Lindqvist", "2024-03-04", "https://tidewater.example/1",
        )  # fmt: skip
        assert second.text == "Bridge shut for good, say those who know it."
        assert (second.title, second.outlet) == ("Bridge shut", "Quay Letters")
        for account in (first, second):
            assert every_run_reads_back(account, part_of(account, data))
        assert part_of(second, data).decode(second.original.encoding).startswith("Quay Letters")

    def test_an_export_of_nexis_uni(self):
        found = list(accounts_of_lexis("l.txt", NEXIS.encode()))
        assert shapes(found) == "aea"
        assert str(found[1]).startswith("l.txt:2: has no text")
        first, last = found[0], found[2]
        assert isinstance(first, Account)
        assert isinstance(last, Account)
        assert first.text == "The harbour council voted on Monday."
        assert (first.title, first.outlet, first.author) == (
            "Swing bridge to close",
            "The Tidewater Post",
            "Ada Lindqvist",
        )
        assert last.text == "Shut for good, say those who know it."
        assert (last.title, last.published) == ("Bridge shut", "2024-03-06")
        assert every_run_reads_back(last, part_of(last, NEXIS.encode()))

    def test_the_first_bytes_tell(self):
        assert is_lexis(OLD.encode())
        assert is_lexis(NEXIS.encode())
        assert not is_lexis(STORY.encode())
        with pytest.raises(InputError, match="no document"):
            list(accounts_of_lexis("l.txt", STORY.encode()))


FACTIVA = """
SE  News
HD  Swing bridge to close
for repairs
BY  By Ada Lindqvist
WC  62 words
PD  4 March 2024
ET  18:30
SN  The Tidewater Post
SC  TIDEP
LA  English
CY  (c) 2024 Copyright

LP
The harbour council voted on Monday.

TD
IN TIDEWATER the ferry will run.

RE your letter: no.

CO  tdwp : Tidewater Post
IN  i79 : Transport
RE usa : United States
AN  Document TIDEP00020240304ek340001m

HD  No text
SN  Quay Letters
AN  Document QUAYL00020240304ek340001m

HD	Bridge shut
WC	9 words
PD	6 March 2024
SN	Quay Letters
LP	Shut for good, say those who know it.
"""


class TestFactiva:
    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    def test_an_export(self, end):
        data = FACTIVA.replace("\n", end).encode("utf-8-sig")
        found = list(accounts_of_factiva("f.txt", data))
        assert shapes(found) == "aea"
        assert str(found[1]).startswith("f.txt:2: has no text")
        first, last = found[0], found[2]
        assert isinstance(first, Account)
        assert isinstance(last, Account)
        assert (
            first.text
            == "The harbour council voted on Monday.\n\nIN TIDEWATER the ferry will run.\n\nRE your letter: no."
        )
        assert (first.title, first.outlet, first.author) == (
            "Swing bridge to close for repairs", "The Tidewater Post", "Ada Lindqvist",
        )  # fmt: skip
        assert (first.published, first.id) == ("2024-03-04T18:30", "TIDEP00020240304ek340001m")
        assert last.text == "Shut for good, say those who know it."
        for account in (first, last):
            assert every_run_reads_back(account, part_of(account, data))
        assert part_of(last, data).startswith(b"HD\tBridge")

    def test_the_first_bytes_tell(self):
        assert is_factiva(FACTIVA.encode())
        assert not is_factiva(STORY.encode())
        with pytest.raises(InputError, match="no document"):
            list(accounts_of_factiva("f.txt", STORY.encode()))

    @pytest.mark.parametrize(
        "part", ["HD  x\n", "LP\n", "IN  a\n", "AN\n", " of 3 DOCUMENTS\n", "Length: 1\n\n", "End of Document\n"]
    )
    def test_hostile_exports_are_read_in_linear_time(self, part):
        data = ("HD  a\n1 of 9 DOCUMENTS\n" + part * (200_000 // len(part))).encode()
        began = time.process_time()
        for read in (accounts_of_factiva, accounts_of_lexis):
            list(read("f.txt", data))
        assert time.process_time() - began < 10
