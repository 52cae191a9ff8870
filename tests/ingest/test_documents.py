"""PDF, Word and Markdown documents: their text, what they say of themselves, and the way back."""

from __future__ import annotations

import io
import time
import zipfile
import zlib
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.errors import InputError
from tellings.ingest import bytes_of, read_back
from tellings.ingest.documents import accounts_of_docx, accounts_of_markdown, accounts_of_pdf
from tellings.ingest.pdf import paragraphs
from tellings.records import Account, Span
from tests.ingest.inputs import STORY, bytes_for, every_run_reads_back

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FIRST, SECOND = STORY.split("\n\n")


def only(found) -> Account:
    (account,) = found
    assert isinstance(account, Account), account
    return account


def para(*runs: str, style: str = "") -> str:
    head = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{head}{''.join(run if run.startswith('<') else f'<w:r><w:t>{run}</w:t></w:r>' for run in runs)}</w:p>"


def document(body: str, head: str = "") -> bytes:
    first = f'<?xml version="1.0" encoding="UTF-8"?>\r\n{head}<w:document xmlns:w="{SPACE}">'
    return f"{first}<w:body>{body}</w:body></w:document>".encode()


def docx(xml: bytes, **more: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", xml)
        for name, data in more.items():
            archive.writestr(name, data)
    return out.getvalue()


def word(body: str) -> tuple[Account, bytes]:
    xml = document(body)
    return only(accounts_of_docx("story.docx", docx(xml))), xml


class TestWord:
    def test_paragraphs_lead_back_to_the_document_s_xml(self):
        body = para("Bridge to close", style="Title") + para("By Ada Lindqvist") + para("March 4, 2024") + para(FIRST)
        account, xml = word(body + para(SECOND.replace("“", "&#8220;"), " Ends &amp; out."))
        assert account.text == f"Bridge to close\n\n{FIRST}\n\n{SECOND} Ends & out."
        assert (account.title, account.author, account.published) == ("Bridge to close", "Ada Lindqvist", "2024-03-04")
        assert account.original.size == len(xml)
        assert bytes_for(account, "“We", xml) == b"&#8220;We"
        assert bytes_for(account, "again. Ends &", xml) == b"again.</w:t></w:r><w:r><w:t> Ends &amp;"
        assert every_run_reads_back(account, xml)

    @pytest.mark.parametrize(
        ("inside", "text"),
        [
            ("<w:r><w:t>one</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t></w:r>", "one two\nthree"),
            ("<w:r><w:t>kept </w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
             "<w:ins><w:r><w:t>new</w:t></w:r></w:ins>", "kept new"),
            ("<w:r><w:t>seen</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r>", "seen"),
            ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>seen</w:t></w:r>', "seen"),
            ("<w:r><w:instrText>HYPERLINK</w:instrText></w:r><w:hyperlink><w:r><w:t>linked</w:t></w:r></w:hyperlink>",
             "linked"),
            ("<w:r><w:t>twenty</w:t><w:noBreakHyphen/><w:t>two</w:t></w:r>", "twenty-two"),
            ("<w:r><w:t>out</w:t><w:drawing><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent>"
             "</w:drawing></w:r>", "box\n\nout"),
            ('<m:t xmlns:m="x">no</m:t><w:r><w:t>yes</w:t></w:r>', "yes"),
        ],
    )  # fmt: skip
    def test_what_the_page_shows_is_the_text(self, inside, text):
        account, xml = word(f"<w:p>{inside}</w:p>")
        assert account.text == text
        assert every_run_reads_back(account, xml)
        assert ("unplaced" in [note.code for note in account.notes]) == ("-" in text)

    def test_a_table_s_row_is_a_paragraph(self):
        cells = "".join(f"<w:tc>{para(cell)}</w:tc>" for cell in ("Shops", "2", "north quay"))
        account, _ = word(f"{para('Before')}<w:tbl><w:tr>{cells}</w:tr><w:tr><w:tc>{para('x')}</w:tc></w:tr></w:tbl>")
        assert account.text == "Before\n\nShops 2 north quay\n\nx"

    @pytest.mark.parametrize(
        ("head", "word"),
        [
            ('<!DOCTYPE a [<!ENTITY x "y">]>', "entities"),
            ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "entities"),
            (
                "<!DOCTYPE a [" + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9)) + "]>",
                "entities",
            ),
        ],
    )
    def test_entities_are_refused(self, head, word):
        with pytest.raises(InputError, match=word):
            list(accounts_of_docx("a.docx", docx(document(para("&x;"), head))))

    def test_bombs_and_broken_files_are_refused(self):
        for data, words in (
            (docx(document(para(" " * 30_000_000))), "bombs"),
            (docx(document("<w:p>" * 600)), "deeper"),
            (docx(b"<w:document"), "broken XML"),
            (docx(document("")), "is empty"),
            (docx(document(para("x")))[:-40], "broken ZIP"),
            (b"PK\x03\x04", "broken ZIP"),
        ):
            with pytest.raises(InputError, match=words):
                list(accounts_of_docx("a.docx", data))
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("xl/workbook.xml", "<a/>")
        with pytest.raises(InputError, match="no Word document"):
            list(accounts_of_docx("a.docx", out.getvalue()))

    def test_names_that_lead_out_are_of_no_use(self):
        account = only(accounts_of_docx("a.docx", docx(document(para(FIRST)), **{"../../etc/x": b"y"})))
        assert account.text == FIRST

    @settings(deadline=None, max_examples=150)
    @given(
        st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=9), max_size=4), max_size=4),
        st.data(),
    )
    def test_every_span_leads_back(self, paragraphs, data):
        def told(run: str) -> str:
            return "".join(f"&#x{ord(c):x};" if ord(c) % 7 == 0 and c.isalnum() else escape(c) for c in run)

        clean = [[run.replace("\ufffe", "").replace("\uffff", "") for run in runs] for runs in paragraphs]
        account, xml = word(
            para("In the end it was so;") + "".join(para(*map(told, filter(None, runs))) for runs in clean)
        )
        start = data.draw(st.integers(0, len(account.text) - 1))
        span = Span(start, data.draw(st.integers(start + 1, len(account.text))))
        assert read_back(account, span, xml) == account.text[span.start : span.end]
        if account.text[span.start : span.end].strip():
            assert bytes_of(account, span) is not None


MARKDOWN = """---
title: "Bridge to close"
authors:
  - Ada Lindqvist
  - Bo Ek
date: 2024-03-04
tags: [a, b]
source: Quay Letters # the weekly
---

# Bridge *to* close

The **harbour council** voted on [Monday](https://x.example "t") to close the
old swing bridge\\*.[^1]

> “We cannot wait,” said the _harbour master_, with a snake_case_name and 5 * 3 * 2.

![a picture](pic.png)

## What is next ##

- The `ferry --fast` will run <b>often</b>.
- See <https://quay.example>.

```
code *stays*
```
[^1]: A note.
[ref]: https://x.example
"""


def markdown(text: str | bytes) -> Account:
    return only(accounts_of_markdown("story.md", text.encode() if isinstance(text, str) else text))


class TestMarkdown:
    def test_marks_are_cut_and_the_rest_leads_back(self):
        account = markdown(MARKDOWN)
        data = MARKDOWN.encode()
        assert account.text == (
            "Bridge to close\n\nThe harbour council voted on Monday to close the\nold swing bridge*.\n\n"
            "“We cannot wait,” said the harbour master, with a snake_case_name and 5 * 3 * 2.\n\nWhat is next\n\n"
            "- The ferry --fast will run often.\n- See https://quay.example.\n\ncode *stays*"
        )
        assert (account.title, account.outlet, account.author) == (
            "Bridge to close",
            "Quay Letters",
            "Ada Lindqvist, Bo Ek",
        )
        assert account.published == "2024-03-04"
        assert bytes_for(account, "harbour council voted", data) == b"harbour council** voted"
        assert every_run_reads_back(account, data)

    @pytest.mark.parametrize(
        ("text", "title", "told"),
        [
            ("---\nauthors:\n- \n  - \ntitle: Shut\n---\nBody.", "Shut", "Body."),
            ("+++\ntitle = 'Shut'\ndate = 2024-03-04\n+++\nBody.", "Shut", "Body."),
            ("# Shut\nBody.", "Shut", "Shut\n\nBody."),
            ("Shut\n=====\nBody.", "Shut", "Shut\n\nBody."),
            ("\ufeff---\ntitle: Shut\n---\r\nBody\r\nmore.", "Shut", "Body\nmore."),
            ("---\nno end of it\nBody.", None, "no end of it\nBody."),
            ("Body.\n\n***\n\nMore **un", None, "Body.\n\nMore **un"),
            ("[![alt](a.png)](b) Body.", None, " Body."),
            ("Body `un", None, "Body `un"),
        ],
    )
    def test_small_documents(self, text, title, told):
        account = markdown(text)
        assert (account.title, account.text) == (title, told)
        assert every_run_reads_back(account, text.encode())

    @pytest.mark.parametrize(
        "part", ["[", "*", "`", "<a ", "![", "[a](", "_a", "> ", "\\", "**a ", "[^", "<!--", "|-", "# "]
    )
    def test_hostile_marks_are_read_in_linear_time(self, part):
        began = time.process_time()
        markdown("Words " + part * (300_000 // len(part)))
        assert time.process_time() - began < 5

    @settings(deadline=None, max_examples=200)
    @given(st.text(st.sampled_from("ab é*_`[]()<>!#>\\~|-\n\r\t&“"), max_size=60), st.data())
    def test_every_span_leads_back(self, text, data):
        raw = f"The {text}".encode()
        account = markdown(raw)
        start = data.draw(st.integers(0, len(account.text) - 1))
        span = Span(start, data.draw(st.integers(start + 1, len(account.text))))
        assert read_back(account, span, raw) == account.text[span.start : span.end]
        if account.text[span.start : span.end].strip():
            assert bytes_of(account, span) is not None


def pdf(*pages: list[str], packed=False, title="", stream: bytes | None = None, forms: tuple[bytes, ...] = ()) -> bytes:
    """Write a PDF by hand: a page a list of lines, in Helvetica; its forms are objects from number 6 on."""
    drawable = b"/XObject<</X1 6 0 R>>" if forms else b""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for number, lines in enumerate(pages):
        drawn = b"BT /F1 10 Tf 14 TL 50 780 Td " + b" ".join(
            b"(%s) Tj T*" % line.replace("(", "\\(").replace(")", "\\)").encode("cp1252") for line in lines
        ) + b" ET"  # fmt: skip
        drawn = stream if stream is not None else drawn
        extra, drawn = (b"/Filter/FlateDecode", zlib.compress(drawn)) if packed else (b"", drawn)
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 842]/Contents %d 0 R/Resources<<%s/Font<</F1 3 0 R>>>>>>"
            % (5 + 2 * number, drawable),
            b"<</Length %d%s>>stream\n%s\nendstream" % (len(drawn), extra, drawn),
        ]
    objects += forms
    objects.append(f"<</Title({title})/Author(Printer)/CreationDate(D:20240304)>>".encode())
    out, places = b"%PDF-1.4\n", []
    for number, found in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, found)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, rows)
    trailer = b"trailer<</Size %d/Root 1 0 R/Info %d 0 R>>\n" % (size, size - 1)
    return out + table + trailer + b"startxref\n%d\n%%%%EOF" % len(out)


LINES = [
    "Swing bridge to close", "", "The harbour council voted on Monday to close the old swing bridge for re-",
    "pairs, after a survey found rust and cracks in its main bearing, which is", "older than the quay.", "",
    "“We cannot wait for another winter,” said the harbour master.",
]  # fmt: skip


class TestPDF:
    def setup_method(self):
        pytest.importorskip("pypdf")

    def read(self, data: bytes) -> Account:
        return only(accounts_of_pdf("story.pdf", data))

    @pytest.mark.parametrize("packed", [False, True])
    def test_the_text_layer_is_read_and_told_by_page(self, packed):
        account = self.read(
            pdf(LINES, ["The ferry will run", "every ten minutes."], packed=packed, title="Swing bridge to close")
        )
        assert account.text == (
            "Swing bridge to close\n\nThe harbour council voted on Monday to close the old swing bridge for repairs, "
            "after a survey found rust and cracks in its main bearing, which is older than the quay.\n\n“We cannot "
            "wait for another winter,” said the harbour master.\n\nThe ferry will run every ten minutes."
        )
        assert (account.title, account.author, account.published) == ("Swing bridge to close", None, None)
        assert account.original.runs == ()
        note = next(note for note in account.notes if note.code == "unplaced")
        first = account.text.index("The ferry") - 2
        assert note.message.endswith(f"page 1: 0-{first}, page 2: {first + 2}-{len(account.text)}")
        assert bytes_of(account, Span(0, 5)) is None

    def test_running_heads_and_feet_are_left_out(self):
        pages = [
            ["The Tidewater Post", f"Story number {word} goes here.", f"Page {n} of 3"]
            for n, word in enumerate(["one", "two", "three"], 1)
        ]
        assert self.read(pdf(*pages)).text == "\n\n".join(
            f"Story number {word} goes here." for word in ("one", "two", "three")
        )

    def test_a_pdf_without_a_text_layer_says_so(self):
        with pytest.raises(InputError, match="without a text layer"):
            self.read(pdf([], stream=b"0 0 m 10 10 l S"))

    def test_a_locked_pdf_says_so(self):
        pypdf = pytest.importorskip("pypdf")
        for password, opens in (("secret", False), ("", True)):
            writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(LINES)))
            writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
            out = io.BytesIO()
            writer.write(out)
            if opens:
                assert self.read(out.getvalue()).text.startswith("Swing bridge")
            else:
                with pytest.raises(InputError, match="locked"):
                    self.read(out.getvalue())

    @pytest.mark.parametrize(
        "data", [b"", b"%PDF-1.4\n", b"%PDF-1.4\n" + b"1 0 obj<<" * 9999, pdf(LINES)[:200], b"not a pdf"]
    )
    def test_a_broken_pdf_is_an_error(self, data):
        with pytest.raises(InputError, match=r"broken PDF|text layer"):
            self.read(data)

    def test_bombs_are_refused(self):
        with pytest.raises(InputError, match="draws more"):
            self.read(pdf([], stream=b"BT (x) Tj ET " * 900_000, packed=True))
        with pytest.raises(InputError, match=r"pages|broken"):
            self.read(pdf(*[["x"]] * 301))

    def test_forms_that_draw_forms_are_refused(self):
        form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<<%s>>/Length %d>>stream\n%s\nendstream"
        drawn = b"/X#31 Do " * 10
        inner = form % (b"/Font<</F1 3 0 R>>", 30, b"BT /F1 10 Tf (boom) Tj ET     ")
        forms = [form % (b"/XObject<</X1 %d 0 R>>" % (7 + level), len(drawn), drawn) for level in range(7)]
        for count, refused in ((1, False), (7, True)):
            whole = pdf([], stream=drawn, forms=(*forms[:count], inner))
            if refused:
                with pytest.raises(InputError, match="draws more"):
                    self.read(whole)
            else:
                assert self.read(whole).text.count("boom") == 100

    def test_flipped_bytes_give_an_error_or_an_account(self):
        whole = pdf(LINES, packed=True)
        for at in range(0, len(whole), 37):
            data = bytearray(whole)
            data[at] ^= 0x15
            try:
                self.read(bytes(data))
            except InputError:
                continue

    @pytest.mark.parametrize(
        ("page", "found"),
        [
            ("one line.\n\ntwo lines", ["one line.", "two lines"]),
            (
                "a long line of words that goes\non here.\nA new one.",
                ["a long line of words that goes on here.", "A new one."],
            ),
            ("the well-known Mid-\nAtlantic case", ["the well-known Mid-Atlantic case"]),
            ("", []),
        ],
    )
    def test_lines_are_joined_into_paragraphs(self, page, found):
        assert paragraphs(page) == found
