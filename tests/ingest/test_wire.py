"""Wire copy: ninjs and NewsML-G2, right, broken and hostile, and the way back to their bytes."""

from __future__ import annotations

import json
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.errors import InputError
from tellings.ingest import bytes_of, read_back
from tellings.ingest.jsonvalues import text_at, values
from tellings.ingest.wire import accounts_of_newsml, accounts_of_ninjs, accounts_of_wire, is_newsml, is_ninjs
from tellings.records import Account, Span
from tests.ingest.inputs import STORY, bytes_for, every_run_reads_back

ITEM = {
    "uri": "urn:wire:2024:1", "type": "text", "headline": "Bridge to close", "byline": "By Ada Lindqvist",
    "firstcreated": "2024-03-04T18:30:00Z", "versioncreated": "2024-03-04T19:00:00+01:00",
    "infosource": [{"name": "Quay Wire"}], "body_text": STORY,
}  # fmt: skip
BODY = "".join(f"<p>{part.replace('“', '&ldquo;')}</p>" for part in STORY.split("\n\n"))
XML_BODY = """<p>The harbour council voted on <em>Monday</em> to close the old
      swing bridge &amp; its ramp for repairs.</p><p>The ferry will run every ten minutes.</p>"""


def ninjs(
    found: object, *, ascii_only: bool = False, indent: int | None = None
) -> tuple[list[Account | InputError], bytes]:
    data = json.dumps(found, ensure_ascii=ascii_only, indent=indent).encode()
    return list(accounts_of_ninjs("feed.json", data)), data


def part_of(account: Account, data: bytes) -> bytes:
    return data[account.original.offset :][: account.original.size]


def only(found: list[Account | InputError]) -> Account:
    (account,) = found
    assert isinstance(account, Account), account
    return account


class TestNinjs:
    def test_an_item_s_text_is_exactly_its_body(self):
        found, data = ninjs(ITEM, indent=2)
        account = only(found)
        assert account.text == STORY
        assert (account.id, account.title, account.outlet) == ("urn:wire:2024:1", "Bridge to close", "Quay Wire")
        assert (account.author, account.published, account.updated) == (
            "Ada Lindqvist", "2024-03-04T18:30:00Z", "2024-03-04T19:00:00+01:00",
        )  # fmt: skip
        assert part_of(account, data) == data
        assert bytes_for(account, "repairs.\n\n“We", data) == "repairs.\\n\\n“We".encode()

    def test_an_item_of_the_second_version(self):
        item = {
            "uri": "https://wire.example/2", "versioncreated": "2024-03-04T19:00:00Z", "by": "Ada Lindqvist",
            "headlines": [{"role": "short", "value": "Shut"}, {"role": "main", "value": "Bridge to close"}],
            "infosources": [{"name": "Quay Wire", "role": "x"}],
            "bodies": [{"role": "html", "contenttype": "text/html", "value": BODY},
                       {"role": "text", "contenttype": "text/plain", "charcount": 9, "value": STORY}],
        }  # fmt: skip
        account = only(ninjs(item)[0])
        assert (account.text, account.title, account.outlet) == (STORY, "Bridge to close", "Quay Wire")
        assert (account.published, account.updated, account.url) == (
            "2024-03-04T19:00:00Z", None, "https://wire.example/2",
        )  # fmt: skip

    @pytest.mark.parametrize("name", ["body_html", "body_xhtml"])
    def test_html_leads_back_through_both_escapes(self, name):
        item = {key: value for key, value in ITEM.items() if key != "body_text"}
        found, data = ninjs({**item, name: BODY})
        account = only(found)
        assert account.text == STORY
        assert bytes_for(account, "“We", data) == b"&ldquo;We"
        assert every_run_reads_back(account, data)

    def test_a_flash_of_a_few_words_is_read_whole(self):
        account = only(ninjs({"uri": "a", "body_html": "<p>URGENT: Bridge <b>closed</b> after crash</p>"})[0])
        assert account.text == "URGENT: Bridge closed after crash"

    def test_items_of_an_array_stand_where_they_say(self):
        second = {**ITEM, "uri": "b", "body_text": "Another text, with a “quote” in it."}
        found, data = ninjs([ITEM, {"type": "picture", "uri": "c"}, 7, {"uri": "d"}, second], indent=1)
        assert [isinstance(item, Account) for item in found] == [True, False, False, True]
        assert [str(item).split(" ")[0] for item in found if isinstance(item, InputError)] == [
            "feed.json:3:",
            "feed.json:4:",
        ]
        last = found[-1]
        assert isinstance(last, Account)
        assert json.loads(part_of(last, data)) == second
        assert every_run_reads_back(last, part_of(last, data))

    def test_what_an_agency_asks_is_noted(self):
        account = only(ninjs({**ITEM, "pubstatus": "canceled"})[0])
        assert any("should not be relied on" in note.message for note in account.notes)

    @pytest.mark.parametrize("data", [b"", b"{", b"[" * 200_000, b"\xff\xfe{}", b'{"a": 1} x'])
    def test_what_is_not_json_is_refused(self, data):
        with pytest.raises(InputError, match="broken JSON"):
            list(accounts_of_ninjs("feed.json", data))

    def test_the_first_bytes_tell(self):
        assert is_ninjs(json.dumps(ITEM).encode())
        assert not is_ninjs(b'{"text": "a"}')

    @settings(deadline=None, max_examples=100)
    @given(st.text(max_size=40), st.booleans(), st.booleans(), st.data())
    def test_every_span_leads_to_bytes_that_unescape_to_it(self, text, ascii_only, old, data):
        body = {"body_text": f"a{text}b"} if old else {"bodies": [{"contenttype": "text/plain", "value": f"a{text}b"}]}
        found, raw = ninjs([{"uri": "x"}, {"type": "text", "slugline": text, **body}], ascii_only=ascii_only)
        account = found[1]
        assert isinstance(account, Account)
        part = part_of(account, raw)
        assert account.text == f"a{text}b"
        start = data.draw(st.integers(0, len(account.text) - 1))
        span = Span(start, data.draw(st.integers(start + 1, len(account.text))))
        place = bytes_of(account, span)
        assert place is not None
        assert json.loads(b'"' + part[place[0] : place[1]] + b'"') == account.text[span.start : span.end]
        assert read_back(account, span, part) == account.text[span.start : span.end]

    @given(st.recursive(st.text(max_size=4) | st.integers() | st.none(), lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    )))  # fmt: skip
    def test_every_string_of_a_document_is_found(self, document):
        data = json.dumps(document).encode()
        for value in values(data, 3):
            found = document
            for step in value.path:
                found = found[step]
            assert json.loads(data[value.first : value.last]) == found
            if isinstance(found, str):
                assert text_at(data, value).text == found


def news(body: str = XML_BODY, *, content: str = "", number: int = 1, media: str = "ninat:text", more: str = "") -> str:
    content = content or (
        '<inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><head><title>x'
        "</title></head><body><body.head><hedline><hl1>Bridge to close</hl1></hedline></body.head>"
        f"<body.content>{body}</body.content></body></nitf></inlineXML>"
    )
    return (
        f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:wire.example:{number}" version="2">'
        f'<itemMeta><itemClass qcode="{media}"/><provider qcode="nprov:QW"><name>Quay &amp; Wire</name>'
        '<name xml:lang="de">Kai</name></provider><versionCreated>2024-03-05T07:00:00Z</versionCreated>'
        f"<firstCreated>2024-03-04T18:30:00Z</firstCreated>{more}</itemMeta><contentMeta><creator><name>Someone</name></creator>"
        "<by>By Ada Lindqvist</by><headline>Bridge to close</headline><headline>Shut</headline></contentMeta>"
        f"<contentSet>{content}</contentSet></newsItem>"
    )


def message(*items: str) -> bytes:
    return f"<newsMessage><header/><itemSet>{''.join(items)}</itemSet></newsMessage>".encode()


def newsml(data: bytes | str) -> list[Account | InputError]:
    return list(accounts_of_newsml("feed.xml", data.encode() if isinstance(data, str) else data))


class TestNewsML:
    def test_an_item_of_nitf(self):
        data = news().encode()
        account = only(newsml(data))
        assert account.text == (
            "The harbour council voted on Monday to close the old swing bridge & its ramp for repairs.\n\n"
            "The ferry will run every ten minutes."
        )
        assert (account.id, account.title, account.outlet) == (
            "urn:newsml:wire.example:1", "Bridge to close", "Quay & Wire",
        )  # fmt: skip
        assert (account.author, account.published, account.updated) == (
            "Ada Lindqvist", "2024-03-04T18:30:00Z", "2024-03-05T07:00:00Z",
        )  # fmt: skip
        assert bytes_for(account, "bridge & its", data) == b"bridge &amp; its"
        assert every_run_reads_back(account, data)

    def test_xhtml_plain_text_and_escaped_html(self):
        xhtml = (
            '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>'
            f"<script>no</script>{XML_BODY}</body></html></inlineXML>"
        )
        plain = '<inlineData contenttype="text/plain">One &lt;line&gt;\nof it.\n\nTwo.</inlineData>'
        page = BODY.replace("close", "close &amp; bolt")
        escaped = f'<inlineData contenttype="text/html">{escape(page)}</inlineData>'
        data = message(*(news(content=content) for content in (xhtml, plain, escaped)))
        first, second, third = newsml(data)
        assert isinstance(first, Account)
        assert first.text.startswith("The harbour council voted on Monday to close the old swing bridge & its")
        assert isinstance(second, Account)
        assert second.text == "One <line> of it.\n\nTwo."
        assert isinstance(third, Account)
        assert third.text.startswith("The harbour council voted on Monday to close & bolt the old")
        for account in (first, second, third):
            assert every_run_reads_back(account, part_of(account, data))

    def test_items_of_a_message_stand_where_they_say(self):
        data = b"\xef\xbb\xbf" + message(
            news(number=1), news(number=2, media="ninat:picture"), news("<p/>", number=3), news(number=4)
        )
        found = newsml(data)
        assert [isinstance(item, Account) for item in found] == [True, False, True]
        assert str(found[1]).startswith("feed.xml:3: has no text")
        last = found[2]
        assert isinstance(last, Account)
        part = part_of(last, data)
        assert (part[:10], part[-11:]) == (b"<newsItem ", b"</newsItem>")
        assert every_run_reads_back(last, part)

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "iso-8859-1", "windows-1252"])
    def test_other_encodings_lead_back_too(self, encoding):
        text = f'<?xml version="1.0" encoding="{encoding[:6] if "16" in encoding else encoding}"?>\r\n' + news(
            "<p>The café &#233; on the\r\nquay.</p>"
        )
        data = text.encode(encoding)
        account = only(newsml(data))
        assert account.text == "The café é on the quay."
        assert bytes_for(account, "café", part_of(account, data)).decode(account.original.encoding) == "café"
        assert every_run_reads_back(account, part_of(account, data))

    @pytest.mark.parametrize(
        ("status", "word"),
        [('<pubStatus qcode="stat:canceled"/>', "cancelled"), ("<embargoed>2024-03-06</embargoed>", "held until")],
    )
    def test_what_an_agency_asks_is_noted(self, status, word):
        assert any(word in note.message for note in only(newsml(news(more=status))).notes)

    @pytest.mark.parametrize(
        ("head", "word"),
        [
            ('<!DOCTYPE a [<!ENTITY x "y">]>', "entities"),
            ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "entities"),
            ('<!DOCTYPE a [<!ENTITY % p SYSTEM "http://evil.example/x.dtd"> %p;]>', "entities"),
            (
                "<!DOCTYPE a [" + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9)) + "]>",
                "entities",
            ),
            ('<!DOCTYPE newsItem SYSTEM "http://evil.example/x.dtd">', "entities"),
        ],
    )
    def test_entities_are_refused(self, head, word):
        with pytest.raises(InputError, match=word):
            newsml(head + news("<p>The secret is &x;</p>"))

    @pytest.mark.parametrize(
        ("data", "word"),
        [
            (b"", "broken XML"), (b"<newsItem>", "broken XML"), (b"<a>" * 100_000, "deeper"),
            (b"<rss/>", "no newsItem"),
            (b'<?xml version="1.0" encoding="x-none"?><a/>', "XML"), (b"<a>\xff</a>", "broken XML"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_read_is_refused(self, data, word):
        with pytest.raises(InputError, match=word):
            newsml(data)

    def test_the_first_bytes_tell_the_form(self):
        assert is_newsml(news().encode())
        assert is_newsml(message(news()).decode().encode("utf-16"))
        assert not is_newsml(b"<html><p>newsItem")
        assert only(list(accounts_of_wire("a", news().encode()))).text
        assert only(list(accounts_of_wire("a", json.dumps(ITEM).encode()))).text == STORY

    @settings(deadline=None, max_examples=150)
    @given(
        st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12), min_size=1, max_size=5),
        st.sampled_from(["utf-8", "utf-16"]), st.sampled_from(["", "\n", "\r\n", " "]), st.booleans(), st.data(),
    )  # fmt: skip
    def test_every_span_leads_back(self, parts, encoding, space, cdata, data):
        def told(part: str) -> str:
            if cdata and "]]" not in part and "\ufffe" not in part and "\uffff" not in part:
                return f"<![CDATA[{part}]]>"
            return "".join(f"&#{ord(c)};" if ord(c) % 5 == 0 and c.isalnum() else escape(c) for c in part)

        parts = [part.replace("\ufffe", "").replace("\uffff", "") for part in parts]
        raw = news(f"<p>The x{f'</p>{space}<p>y'.join(map(told, parts))}</p>").encode(encoding)
        account = only(newsml(raw))
        part = part_of(account, raw)
        assert "".join(account.text.split()) == "".join(("The x" + "y".join(parts)).split())
        start = data.draw(st.integers(0, len(account.text) - 1))
        span = Span(start, data.draw(st.integers(start + 1, len(account.text))))
        assert read_back(account, span, part) == account.text[span.start : span.end]
        if account.text[span.start : span.end].strip():
            assert bytes_of(account, span) is not None
