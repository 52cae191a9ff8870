"""Invented documents of every form, from which hostile ones are made, and what means something to each parser."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Callable
from typing import NamedTuple

from tests.ingest.inputs import PAGE, STORY
from tests.ingest.mails import BRIDGE, FERRY, HEAD, mail, multipart, part
from tests.ingest.test_documents import LINES, MARKDOWN, document, docx, para, pdf
from tests.ingest.test_feeds import atom, json_feed, rss
from tests.ingest.test_tables import FACTIVA, NEXIS, OLD
from tests.ingest.test_thread_json import BOLTS, SAW, comment, listing, telegram
from tests.ingest.test_warc import answer, package, record
from tests.ingest.test_wire import ITEM, message, news
from tests.ingest.threads_made import ARTICLE, html, joined, phpbb, reddit, wordpress


class Shape(NamedTuple):
    """A form of input: the name a file of it has, documents of it, and stretches that mean something in it.

    What is packed is packed after it was made hostile, so that more than its packing is tried.
    """

    name: str
    seeds: tuple[bytes, ...]
    marks: tuple[bytes, ...]
    packed: Callable[[bytes], bytes] = bytes


_WORDS = (
    b"\xef\xbb\xbf",
    b"\0",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\xf0\x9f\x98\x80",
    b"\r",
    b"\r\n\r\n",
    b" " * 40,
    b"\x1b[31m",
)
_TAGS = (b"<p>", b"</p>", b"<div", b"<table><tr>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"&#0;", b"&#x110000;", b"&amp;lt;",
         b"<script>", b"<br/>", b"&nbsp;", b"<?xml?>", b'="', b"<svg>", b"<template>", b"<a href='")  # fmt: skip
_WHOLE = (
    b"<b>So.</b>",
    b"&#13;",
    b"&#x1F600;",
    b"&quot;",
    b"<br/>",
    b"<!-- x -->",
    b"<![CDATA[ <i>a & b</i> ]]>",
    b"\xc2\xa0",
    b"\xf0\x9f\x98\x80",
    b"&amp;#8217;",
    b"&lt;p&gt;So.&lt;/p&gt;",
    b"&amp;amp;lt;",
    b"\xe2\x80\xae",
    b"<p><i>a</i>b</p>",
    b"\r\n",
    b" \n ",
    b"<?x y?>",
)
_JSON = (
    b'{"',
    b'"}',
    b"[",
    b"]",
    b"[" * 60,
    b"\\ud83d",
    b"\\u0000",
    b'\\"',
    b"1e999",
    b"-0",
    b"null",
    b"NaN",
    b'""',
    b"9" * 40,
)
_MIME = (b"\n--b1\n", b"\n--b1--\n", b"\n\n", b"Content-Type: text/html\n", b"Content-Transfer-Encoding: base64\n",
         b"Content-Type: message/rfc822\n\n", b"Content-Type: multipart/mixed; boundary=b1\n", b"=?utf-8?q?=ff?=", b"\nFrom x\n",
         b"charset=utf-7", b"charset=punycode", b"=\n", b"=3D", b"\n> ", b"-----Original Message-----\n", b"\nFrom: ")  # fmt: skip
_BOX = (b"\nFrom a@b.example Mon Mar  4 18:30:00 2024\n", b"\n>From ", *_MIME)
_ARCHIVE = (b"WARC/1.0\r\n", b"\r\n\r\n", b"Content-Length: 99999999999999999999\r\n", b"Content-Length: -1\r\n", b"HTTP/1.1 200 OK\r\n",
            b"Transfer-Encoding: chunked\r\n", b"Content-Encoding: gzip\r\n", b"fffffffffffff\r\n", b"WARC-Type: revisit\r\n")  # fmt: skip
_WORD = (b"<w:p>", b"</w:p>", b"<w:tbl>", b"<!DOCTYPE a [<!ENTITY x 'y'>]>", *_TAGS)
_PDF = (b"endobj", b"stream\n", b"endstream", b"/Kids[2 0 R]", b"1 0 R", b"<<", b">>", b"[", b"(", b"BT ", b" ET", b"/Filter/LZWDecode",
        b"/Length 99999999", b"xref\n", b"trailer<<", b"/Prev 0", b"-1 Td ", b"1e38 Tf ")  # fmt: skip
_ROWS = (b'"', b'""', b",", b";", b"\t", b"\n", b"\r", b",,,,", b"\\", b"'", b"|")
_LEXIS = (
    b"1 of 2 DOCUMENTS\n",
    b"LENGTH: 3 words\n",
    b"BODY:\n",
    b"End of Document\n",
    b"Copyright 2024 ",
    b"\n\n",
    b"LOAD-DATE: ",
)
_FACTIVA = (b"\nHD  ", b"\nLP\n", b"\nTD\n", b"\nAN  ", b"\nPD  ", b"\nSN ", b"\n\n", b"\nWC  3 words")
_TALK = (
    b"\nada wrote:\n",
    b"\n> > ",
    b"[10:02] <ada> ",
    b"\nPosted by ada on 5 November 2025\n",
    b"\n10:04 ada: ",
    b"\nTitle: x\n",
    b"\n---\n",
)
_DOWN = (
    b"---\n",
    b"```\n",
    b"\n# ",
    b"[a](",
    b"](",
    b"**",
    b"\n> ",
    b"\n- ",
    b"|",
    b"![",
    b"<b>",
    b"\\",
    b"[^1]: ",
    b"* * *\n",
    b"`",
)

_TABLE = f'title,text,published\r\n"The ""old"" bridge","{STORY}",2024-03-04\r\nFerry,{FERRY!r},5 March 2024\r\n'
_LINES = "".join(
    json.dumps(one, ensure_ascii=ascii_only) + "\n"
    for one, ascii_only in (
        ({"title": "Bridge", "text": STORY, "published": "2024-03-04", "outlet": "The Tidewater Post"}, False),
        ({"id": "x", "text": f"“{FERRY}” 😀", "url": "https://quay.example/"}, True),
        ({"html": PAGE, "outlet": "Quay Letters"}, False),
    )
)
_TEXT = f"Title: Swing bridge\nOutlet: Quay Letters\nDate: 4 March 2024\n\n{STORY}\n"
_CHAT = "\n\n".join(f"ada wrote:\n> {SAW}\n> > {BOLTS}\n\n{FERRY}" for _ in range(3))
_LIVE = f"[10:02] <ada> {SAW}\n[10:04] <bo> {BOLTS}\n[10:05] <ada> {FERRY}\n"
_POSTS = html(*(engine(n, "ada", f"<p>{SAW}</p>") for n, engine in enumerate((phpbb, phpbb, phpbb))))
_COMMENTS = html(ARTICLE, joined([wordpress(1, "ada", SAW, wordpress(2, "bo", BOLTS)), wordpress(3, "cy", FERRY)]))
_TALKS = html(
    joined([reddit(1, "ada", f"<p>{SAW}</p>", reddit(2, "bo", f"<p>{BOLTS}</p>")), reddit(3, "cy", "<p>So.</p>")])
)
_FORWARD = (
    f"{FERRY}\n\n-----Original Message-----\nFrom: Bo\nSent: 4 March 2024\nSubject: ferry\n\n> {BRIDGE}\n>> {STORY}\n"
)
_ITEM = (
    f"<title>Bridge</title><link>https://quay.example/1</link><description><![CDATA[<p>{BRIDGE}</p>]]></description>"
)
_GIVEN = record(answer(PAGE.encode())) + record(answer(gzip.compress(PAGE.encode()), "Content-Encoding: gzip"), 2)
_CHUNKED = record(
    answer(b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE.encode()), PAGE.encode()), "Transfer-Encoding: chunked"), 3
)
_NESTED = mail("", base=HEAD + "Content-Type: message/rfc822\n") + mail(BRIDGE)

SHAPES: dict[str, Shape] = {
    "text": Shape("a.txt", (_TEXT.encode(), STORY.encode("utf-16"), STORY.encode("cp1252")), (*_WORDS, *_TALK)),
    "talk": Shape("a.txt", (_CHAT.encode(), _LIVE.encode()), (*_WORDS, *_TALK)),
    "page": Shape("a.html", (PAGE.encode(), PAGE.replace("utf-8", "utf-16").encode("utf-16")), (*_WORDS, *_TAGS)),
    "thread": Shape("a.html", tuple(one.encode() for one in (_POSTS, _COMMENTS, _TALKS)), (*_WORDS, *_TAGS)),
    "lines": Shape("a.jsonl", (_LINES.encode(),), (*_WORDS, *_JSON, b"\n")),
    "table": Shape("a.csv", (_TABLE.encode(), _TABLE.replace(",", "\t").encode("utf-16")), (*_WORDS, *_ROWS)),
    "mail": Shape(
        "a.eml",
        (
            mail(_FORWARD),
            mail(base64.encodebytes(BRIDGE.encode()), "Content-Transfer-Encoding: base64\nContent-Type: text/plain\n"),
            multipart(part(BRIDGE, encoding="quoted-printable"), part(PAGE, "text/html", "base64"), kind="alternative"),
            multipart(part(BRIDGE), part(mail(FERRY), "message/rfc822"), kind="digest"),
            _NESTED,
        ),
        (*_WORDS, *_MIME, *_TAGS),
    ),
    "mails": Shape(
        "a.mbox",
        (
            b"".join(
                b"From a@b.example Mon Mar  4 18:30:00 2024\n" + mail(one) + b"\n"
                for one in (BRIDGE, f">From {FERRY}", _FORWARD)
            ),
        ),
        (*_WORDS, *_BOX),
    ),
    "feed": Shape("a.rss", (rss(_ITEM, _ITEM.replace("Bridge", "Ferry")), atom(_ITEM)), (*_WORDS, *_TAGS)),
    "whole-feed": Shape("a.rss", (rss(_ITEM, _ITEM.replace("Bridge", "Ferry")), atom(_ITEM)), _WHOLE),
    "json-feed": Shape(
        "a.rss",
        (
            json_feed(
                {"id": "1", "url": "https://a.example", "content_html": f"<p>{BRIDGE}</p>"},
                {"id": "2", "content_text": FERRY},
            ),
        ),
        (*_WORDS, *_JSON),
    ),
    "warc": Shape("a.warc", (_GIVEN, _CHUNKED + _GIVEN), (*_WORDS, *_ARCHIVE)),
    "packed-warc": Shape(
        "a.warc.gz", (gzip.compress(_GIVEN), gzip.compress(_CHUNKED) + gzip.compress(_GIVEN)), _ARCHIVE
    ),
    "packed-wacz": Shape(
        "a.wacz", (_GIVEN,), _ARCHIVE, lambda data: package({"archive/a.warc": data, "datapackage.json": b"{}"})
    ),
    "gzip-warc": Shape("a.warc.gz", (_GIVEN, _CHUNKED + _GIVEN), (*_WORDS, *_ARCHIVE), gzip.compress),
    "wacz": Shape(
        "a.wacz", (package({"archive/a.warc.gz": gzip.compress(_GIVEN), "datapackage.json": b"{}"}),), _ARCHIVE
    ),
    "ninjs": Shape(
        "a.json",
        (json.dumps(ITEM).encode(), json.dumps([ITEM, {**ITEM, "uri": "2"}], indent=1).encode()),
        (*_WORDS, *_JSON),
    ),
    "newsml": Shape("a.xml", (message(news(), news(number=2)), news().encode()), (*_WORDS, *_TAGS)),
    "whole-newsml": Shape("a.xml", (message(news(), news(number=2)), news().encode()), _WHOLE),
    "word": Shape("a.docx", (docx(document(para("Bridge", style="Title") + para(STORY))),), _WORD),
    "word-xml": Shape("a.docx", (document(para("Bridge", style="Title") + para(STORY)),), _WORD, docx),
    "whole-word": Shape(
        "a.docx",
        (document(para("Bridge", style="Title") + para(STORY)),),
        (*_WHOLE, b"<w:p/>", b"<w:br/>", b"<w:r><w:t>x</w:t></w:r>"),
        docx,
    ),
    "pdf": Shape("a.pdf", (pdf(LINES), pdf(LINES, LINES, packed=True)), _PDF),
    "markdown": Shape(
        "a.md", (MARKDOWN.encode(), f"# Bridge\n\n{STORY}\n\n> {FERRY}\n".encode()), (*_WORDS, *_DOWN, *_TAGS)
    ),
    "lexis": Shape("a.txt", (OLD.encode(), NEXIS.encode()), (*_WORDS, *_LEXIS)),
    "factiva": Shape("a.txt", (FACTIVA.encode(),), (*_WORDS, *_FACTIVA)),
    "posts": Shape(
        "a.json",
        (
            listing(comment("ada", BOLTS, comment("bo", SAW))),
            telegram(
                {
                    "id": 1,
                    "type": "message",
                    "date": "2024-03-04T10:00:00",
                    "from": "Ada",
                    "text": [SAW, {"type": "bold", "text": "So."}],
                }
            ),
        ),
        (*_WORDS, *_JSON),
    ),
}
"""Every form that is taken in; those named "whole" are mostly kept well-formed, so that more than the XML is tried."""


if __name__ == "__main__":
    print(*SHAPES)  # noqa: T201 - `make fuzz` goes through them
