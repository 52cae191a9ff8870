"""Feeds: RSS, Atom and JSON Feed, each item led back to its bytes; broken and hostile ones."""

from __future__ import annotations

import itertools
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.errors import InputError
from tellings.ingest.feeds import accounts_of_feed, is_feed, links_of_feed, original_in_feed
from tellings.ingest.links import Link
from tellings.records import Account
from tests.ingest.inputs import bytes_for
from tests.ingest.mails import BRIDGE, FERRY, leads_back, note_of

SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:atom="http://www.w3.org/2005/Atom"'
)
HEAD = (
    '<title>Quay &amp; Letters</title><atom:link rel="self" href="https://quay.example/feed"/>'
    "<link>https://quay.example/</link><image><title>Logo</title><link>https://quay.example/logo</link></image>"
)


def rss(*items: str, head: str = HEAD, before: str = '<?xml version="1.0" encoding="utf-8"?>\n') -> bytes:
    told = "".join(f"<item>{item}</item>\n" for item in items)
    return f'{before}<rss version="2.0" {SPACES}><channel>{head}{told}</channel></rss>'.encode()


def atom(*entries: str) -> bytes:
    told = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>The Tidewater Post</title>{told}</feed>'.encode()


def json_feed(*items: object) -> bytes:
    told = {"version": "https://jsonfeed.org/version/1.1", "title": "Quay Letters", "items": items}
    return json.dumps(told).encode()


def accounts(data: bytes) -> list[Account]:
    """Return a feed's accounts, all of which are expected to be good and to lead back to their bytes."""
    found = list(accounts_of_feed("feed.xml", data))
    good = [item for item in found if isinstance(item, Account)]
    assert good == found, found
    for account in good:
        leads_back(account, original_in_feed(data, account))
    return good


def errors(data: bytes) -> list[InputError]:
    return [item for item in accounts_of_feed("feed.xml", data) if isinstance(item, InputError)]


class TestRss:
    def test_an_item_and_what_it_says_of_itself(self):
        data = rss(
            "<title>Bridge &#8217;closes&#8217;</title><link>https://quay.example/b</link><dc:creator>Ada Lindqvist"
            "</dc:creator><pubDate>Mon, 04 Mar 2024 18:30:00 +0100</pubDate><description>Short.</description>"
            f"<content:encoded><![CDATA[<p>{BRIDGE}</p>\n<p>It&rsquo;s <b>so</b>.<br>So.</p>]]></content:encoded>"
        )
        (found,) = accounts(data)
        assert found.text == f"{BRIDGE}\n\nIt’s so.\nSo."
        assert (found.title, found.outlet, found.author) == ("Bridge ’closes’", "Quay & Letters", "Ada Lindqvist")
        assert (found.published, found.url) == ("2024-03-04T18:30:00+01:00", "https://quay.example/b")
        assert (found.kind, found.notes) == ("article", ())
        assert found.id.startswith("bridge-closes-")
        original = data[found.original.offset : found.original.offset + found.original.size]
        assert original.startswith(b"<item>")
        assert original.endswith(b"</item>")
        assert bytes_for(found, "It’s so", original) == b"It&rsquo;s <b>so"

    @pytest.mark.parametrize(
        "content",
        [
            f"<description>&lt;p&gt;{BRIDGE} {{}}&lt;/p&gt;</description>",
            f"<description><![CDATA[<p>{BRIDGE} {{}}</p>]]></description>",
            f"<description><p>{BRIDGE} {{}}</p></description>",
            f"<description>&#60;p&#62;{BRIDGE} {{}}&#60;/p&#62;</description>",
        ],
    )
    @pytest.mark.parametrize("words", ["plain", "caf\xe9 “so”", "one < two", "a\u00a0b"])
    def test_however_it_is_escaped_it_leads_back(self, content: str, words: str):
        told = words.replace("<", "&lt;") if "CDATA" in content or "<p>" in content else words.replace("<", "&amp;lt;")
        (found,) = accounts(rss(content.format(told)))
        assert " ".join(found.text.split()) == " ".join(f"{BRIDGE} {words}".split())

    def test_what_is_escaped_twice_has_its_content_as_original(self):
        data = rss(f"<title>x</title><description>&lt;p&gt;It&amp;#8217;s so. {BRIDGE}&lt;/p&gt;</description>")
        (found,) = accounts(data)
        assert found.text.startswith("It’s so.")
        original = original_in_feed(data, found)
        assert original == f"<p>It&#8217;s so. {BRIDGE}</p>".encode()
        assert data[found.original.offset :].startswith(b"&lt;p&gt;It")

    def test_a_blank_that_is_escaped_twice_needs_no_other_original(self):
        data = rss(f"<description>&lt;p&gt;It&amp;nbsp;is. {BRIDGE}&lt;/p&gt;</description>")
        (found,) = accounts(data)
        assert found.text.startswith("It is.")
        assert data[found.original.offset :].startswith(b"<item>")

    def test_a_summary_alone_is_noted_as_cut_off(self):
        (found,) = accounts(rss(f"<description>{FERRY}</description>"))
        assert note_of(found, "cut off").startswith("only the feed's summary")

    def test_a_long_description_is_the_whole(self):
        (found,) = accounts(rss(f"<description>{FERRY} {BRIDGE} {FERRY} {BRIDGE} {FERRY}</description>"))
        assert not note_of(found, "cut off")

    def test_a_title_alone_is_noted_as_cut_off(self):
        (found,) = accounts(rss("<title>Bridge closes</title>"))
        assert found.text == "Bridge closes"
        assert note_of(found, "cut off").startswith("only the title")

    def test_what_feeds_put_under_items_is_left_out(self):
        foot = "<p>The post <a href='x'>Bridge</a> appeared first on <a href='y'>Quay</a>.</p>"
        (found,) = accounts(rss(f"<content:encoded><![CDATA[<p>{BRIDGE}</p>{foot}]]></content:encoded>"))
        assert found.text == BRIDGE

    def test_a_link_to_read_on_is_left_out_and_noted(self):
        more = "<a href='https://quay.example/b'>Read more</a>"
        (found,) = accounts(rss(f"<content:encoded><![CDATA[<p>{BRIDGE}</p>{more}]]></content:encoded>"))
        assert found.text == BRIDGE
        assert "link to read on" in note_of(found, "cut off")

    def test_a_feed_of_many_outlets_names_that_of_each_item(self):
        (found,) = accounts(
            rss(f"<source url='https://t.example'>Tidewater</source><description>{BRIDGE}</description>")
        )
        assert found.outlet == "Tidewater"

    @pytest.mark.parametrize(
        ("link", "url"),
        [
            ("<link>/b</link>", "https://quay.example/b"),
            ("<guid>https://quay.example/g</guid>", "https://quay.example/g"),
            ("<guid isPermaLink='false'>https://quay.example/g</guid>", None),
            ("<link>javascript:alert(1)</link>", None),
            ("<link>file:///etc/passwd</link>", None),
            ("<link>https://[broken</link>", None),
            ("<link>https://quay.example/a b</link>", None),
            ("<link><![CDATA[https://quay.example/?a=1&b=2]]></link>", "https://quay.example/?a=1&b=2"),
        ],
    )
    def test_links_are_web_addresses_or_none(self, link: str, url: str | None):
        (found,) = accounts(rss(f"{link}<description>{BRIDGE}</description>"))
        assert found.url == url

    def test_an_author_in_brackets_behind_an_address(self):
        (found,) = accounts(
            rss(f"<author>ada@quay.example (Ada Lindqvist)</author><description>{BRIDGE}</description>")
        )
        assert found.author == "Ada Lindqvist"

    def test_rss_1_0(self):
        data = (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
            'xmlns:d="http://purl.org/dc/elements/1.1/"><channel><title>Quay</title></channel>'
            "<item rdf:about='x'><title>Shut</title><d:date>2024-03-04</d:date>"
            f"<description>{BRIDGE}</description></item>"
            "</rdf:RDF>"
        )
        (found,) = accounts(data.encode())
        assert (found.title, found.outlet, found.published) == ("Shut", "Quay", "2024-03-04")

    def test_rss_0_91_with_its_public_dtd_which_nobody_fetches(self):
        dtd = '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://dtd.example/rss-0.91.dtd">'
        (found,) = accounts(rss(f"<description>{BRIDGE}</description>", before=dtd))
        assert found.text == BRIDGE

    @pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "utf-16", "utf-8"])
    def test_charsets(self, charset: str):
        told = rss(f"<description>caf\xe9 {BRIDGE}</description>", before=f'<?xml version="1.0" encoding="{charset}"?>')
        (found,) = accounts(told.decode().encode(charset))
        assert found.text.startswith("café")

    def test_a_charset_that_is_wrong_is_noted(self):
        (found,) = accounts(
            rss(f"<description>caf\xe9 {BRIDGE}</description>", before='<?xml version="1.0" encoding="latin1"?>')
        )
        assert found.text.startswith("café")


class TestAtom:
    def test_an_entry_and_what_it_says_of_itself(self):
        (found,) = accounts(
            atom(
                '<title type="html">A &amp;amp; B</title><link rel="enclosure" href="https://quay.example/mp3"/>'
                '<link href="https://quay.example/b"/><author><name>Ada Lindqvist</name><email>x</email></author>'
                "<published>2024-03-04T18:30:00Z</published><updated>2024-03-05T07:00:00Z</updated>"
                f'<summary>Short.</summary><content type="html">&lt;p&gt;{BRIDGE}&lt;/p&gt;</content>'
            )
        )
        assert (found.title, found.outlet, found.author) == ("A & B", "The Tidewater Post", "Ada Lindqvist")
        assert (found.published, found.updated) == ("2024-03-04T18:30:00Z", "2024-03-05T07:00:00Z")
        assert (found.url, found.text) == ("https://quay.example/b", BRIDGE)

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{BRIDGE} &amp; <b>so</b>'
             "</div></content>",
             f"{BRIDGE} & so"),
            (f"<content>a &lt; b, {BRIDGE}</content>", f"a < b, {BRIDGE}"),
            (f'<content type="text">&lt;p&gt; {BRIDGE}</content>', f"<p> {BRIDGE}"),
            (f'<content type="image/png" src="x"/><summary>{BRIDGE}</summary>', BRIDGE),
            (f'<content type="application/octet-stream">aGk=</content><summary>{BRIDGE}</summary>', BRIDGE),
        ],
    )  # fmt: skip
    def test_kinds_of_content(self, content: str, words: str):
        (found,) = accounts(atom(content))
        assert found.text == words

    def test_prefixes_of_the_feeds_own(self):
        data = (
            f'<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:summary>{BRIDGE}</a:summary></a:entry></a:feed>'
        )
        (found,) = accounts(data.encode())
        assert found.text == BRIDGE


class TestJson:
    def test_an_item_and_what_it_says_of_itself(self):
        data = json_feed(
            {"id": "1", "title": "Shut", "url": "https://quay.example/b", "authors": [{"name": "Ada Lindqvist"}],
             "date_published": "2024-03-04T18:30:00Z", "content_html": f"<p>{BRIDGE}</p>\n<p>“So” &rsquo; \\ \"</p>"},
            {"id": "2", "content_text": FERRY},
        )  # fmt: skip
        first, second = accounts(data)
        assert first.text == f'{BRIDGE}\n\n“So” ’ \\ "'
        assert (first.title, first.author, first.outlet) == ("Shut", "Ada Lindqvist", "Quay Letters")
        assert (first.url, first.published) == ("https://quay.example/b", "2024-03-04T18:30:00Z")
        assert (second.text, second.title) == (FERRY, None)
        assert data[second.original.offset :].startswith(b'{"id": "2"')

    def test_a_summary_alone_is_noted_as_cut_off(self):
        (found,) = accounts(json_feed({"summary": BRIDGE}))
        assert "summary" in note_of(found, "cut off")

    def test_a_bad_item_is_an_error_in_its_place(self):
        found = list(accounts_of_feed("f.json", json_feed({"id": 1}, {"content_text": BRIDGE})))
        assert isinstance(found[0], InputError)
        assert found[0].about == "f.json:1"
        assert isinstance(found[1], Account)

    @pytest.mark.parametrize(
        "data",
        [b"{", b"[]", b"{}", b'{"items": []}', b'{"version": "https://jsonfeed.org/version/1", "items": 3}',
         json_feed(), json_feed(1, "x", None), b'{"version": ' + b"[" * 100_000, b"{\x00\xff"],
    )  # fmt: skip
    def test_what_is_no_json_feed(self, data: bytes):
        assert len(errors(data)) == 1

    def test_a_byte_order_mark(self):
        data = b"\xef\xbb\xbf" + json_feed({"content_text": BRIDGE})
        (found,) = accounts(data)
        assert data[found.original.offset :].startswith(b"{")


BOMB = (
    '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">'
    '<!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;">]>'
)
EXTERNAL = '<!DOCTYPE rss [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>'


class TestHostile:
    @pytest.mark.parametrize("dtd", [BOMB, EXTERNAL, '<!DOCTYPE x [<!ENTITY % p SYSTEM "https://e.example/x">%p;]>'])
    def test_entities_of_a_feeds_own_are_refused(self, dtd: str):
        data = rss(f"<description>&xxe;&lol3; {BRIDGE}</description>", before=f'<?xml version="1.0"?>{dtd}')
        (error,) = errors(data)
        assert "declares entities" in error.problem
        assert error.about == "feed.xml"

    def test_what_only_begins_like_an_entity_stays_as_it_is(self):
        (found,) = accounts(rss(f"<description>&lt;p&gt;a &gtmp; b {BRIDGE}</description>"))
        assert found.text.startswith("a >mp; b")

    def test_an_entity_nobody_knows_stays_as_it_is(self):
        (found,) = accounts(rss(f"<description>&xxe; {BRIDGE}</description>"))
        assert found.text.startswith("&xxe; The harbour")

    def test_scripts_are_no_words(self):
        evil = "<script>alert('x')</script><img src=x onerror=alert(1)><iframe src='https://e.example'>in</iframe>"
        for content in (f"<![CDATA[{evil}<p>{BRIDGE}</p>]]>", evil.replace("<", "&lt;") + BRIDGE):
            (found,) = accounts(rss(f"<description>{content}</description>"))
            assert found.text == BRIDGE

    @pytest.mark.parametrize(
        "broken",
        [
            "<description>A & B < C. {}",
            "<description>{}</description></p></b>",
            "<description><![CDATA[{}",
            "<title>x<description>{}</description>",
            "<description>{}</description><link><link><link>",
            "<!-- <item> --><description>{}</description>",
        ],
    )
    def test_broken_feeds_are_read_as_far_as_they_go(self, broken: str):
        (found,) = accounts(rss(broken.format(BRIDGE)))
        assert BRIDGE in found.text

    def test_a_feed_cut_off_in_an_item(self):
        data = rss(f"<description>{BRIDGE}</description>", f"<description>{FERRY}</description>")
        first, second = accounts(data[: data.index(b"harbour master")])
        assert first.text == BRIDGE
        assert FERRY.startswith(second.text)

    @pytest.mark.parametrize(
        "data", [b"", b" \n", b"<html><body>x</body></html>", b"<rss></rss>", b"\x00" * 50, b"text", b"<"]
    )
    def test_what_is_no_feed(self, data: bytes):
        assert len(errors(data)) == 1
        if data != b"<rss></rss>":
            with pytest.raises(InputError):
                links_of_feed(data)

    def test_nested_too_deep(self):
        assert "nested" in errors(rss("<a>" * 100_000))[0].problem

    def test_a_hundred_thousand_items_are_read_in_bounded_time(self):
        item = "<title>Bridge {0} shut</title><link>https://quay.example/{0}</link>"
        data = rss(*(item.format(number) for number in range(100_000)))
        start = time.process_time()
        links = links_of_feed(data)
        assert (len(links), links[-1].url) == (100_000, "https://quay.example/99999")
        assert (
            sum(isinstance(found, Account) for found in itertools.islice(accounts_of_feed("f", data), 5_000)) == 5_000
        )
        assert time.process_time() - start < 60

    def test_more_items_than_a_feed_may_have(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr("tellings.ingest.feeds._MOST_ITEMS", 1_000)
        *_, last = accounts_of_feed("f", rss(head="<item/>" * 1_001))
        assert isinstance(last, InputError)
        assert "more than 1,000 items" in last.problem

    def test_more_bytes_than_a_feed_may_have(self):
        assert "64 MB" in errors(b"<rss>" + b" " * (64 * 1024 * 1024))[0].problem

    @pytest.mark.parametrize(
        "content",
        ["<a " * 200_000, "<a '" * 200_000, '<a b="' * 100_000, "<![CDATA[" * 100_000, "<!--" * 100_000,
         "&amp;" * 50_000, "<?x " * 100_000, "<!x " * 20_000, "]]>" * 100_000, "&lt;" * 50_000,
         "<b/>" * 40_000, "</x>" * 100_000,
         "<![CDATA[x]]>" * 30_000, "xmlns:a='b' " * 10_000],
        ids=range(14),
    )  # fmt: skip
    def test_the_time_is_bounded_whatever_the_markup(self, content: str):
        start = time.process_time()
        list(
            accounts_of_feed("f", rss(f"<description>{content}</description>", f"<description>{BRIDGE}</description>"))
        )
        assert time.process_time() - start < 10


class TestFirstBytes:
    @pytest.mark.parametrize(
        ("data", "told"),
        [
            (rss(), True), (atom(), True), (json_feed(), True), (b"\xef\xbb\xbf" + rss(before=""), True),
            (rss().decode().encode("utf-16"), True), (rss(before="<!-- x -->\n"), True), (rss(before=BOMB), True),
            (b"<rdf:RDF>", True), (b"<html><body><rss>", False), (b"A story of <rss> feeds", False), (b"", False),
            (b'{"text": "x"}', False), (b"<urlset>", False),
        ],
    )  # fmt: skip
    def test_a_feed_is_told_by_them(self, data: bytes, told: bool):
        assert is_feed(data[:4096]) is told


class TestLinks:
    def test_links_of_every_form(self):
        page = Link("https://quay.example/b", "Shut", "2024-03-04")
        told = "<title>Shut</title><link>https://quay.example/b</link><pubDate>2024-03-04</pubDate>"
        assert links_of_feed(rss(told, "<title>no link</title>")) == (page,)
        told = '<title>Shut</title><link href="https://quay.example/b"/><updated>2024-03-04</updated>'
        assert links_of_feed(atom(told)) == (page._replace(updated="2024-03-04"),)
        item = {"title": "Shut", "external_url": "https://quay.example/b", "date_published": "2024-03-04"}
        assert links_of_feed(json_feed(item, {"url": "javascript:x"})) == (page,)


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=200)


class TestEveryFeed:
    @settings(max_examples=150, deadline=None)
    @given(WORDS, st.integers(0, 4))
    def test_whatever_is_told_leads_back(self, words: str, way: int):
        escaped = words.replace("&", "&amp;").replace("<", "&lt;")
        data = (
            rss(f"<description>{escaped} {BRIDGE}</description>"),
            rss(f"<description><![CDATA[{words} {BRIDGE}]]></description>"),
            rss(f"<content:encoded>{words} {BRIDGE}</content:encoded>"),
            atom(f'<content type="html">{escaped.replace("&", "&amp;")} {BRIDGE}</content>'),
            json_feed({"content_html": f"{words} {BRIDGE}"}),
        )[way]
        for item in accounts_of_feed("f", data):
            if isinstance(item, Account):
                leads_back(item, original_in_feed(data, item))

    @settings(max_examples=150, deadline=None)
    @given(st.binary(max_size=400))
    def test_any_bytes_give_accounts_or_errors(self, raw: bytes):
        for data in (raw, b"<rss><channel><item>" + raw, b"<feed><entry><content>" + raw, b'{"version": "' + raw):
            assert all(isinstance(item, (Account, InputError)) for item in accounts_of_feed("f", data))
