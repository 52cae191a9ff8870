"""Web pages: the article, its facts, and every placed character led back to the page's bytes."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.errors import InputError, SpanError
from tellings.ingest import bytes_of, read_back
from tellings.ingest.forms import accounts_of_bytes
from tellings.ingest.html import account_of_page
from tellings.ingest.page import chunks_in, scan, squeeze
from tellings.ingest.place import Place, pieces_of, place
from tellings.ingest.title import find_title
from tellings.records import Account, Span
from tests.ingest.inputs import PAGE, bytes_for, every_run_reads_back, one, words_in, written

if TYPE_CHECKING:
    from pathlib import Path

SECOND = (
    "The ferry will run every ten minutes until the bridge opens again, and the council will pay the fares of all"
    " who live on the north side of the water."
)


def account(page: str | bytes) -> Account:
    data = page.encode("utf-8") if isinstance(page, str) else page
    return account_of_page("bridge.html", data, "0123456789abcdef")


def page_of(*paragraphs: str, head: str = "", title: str = "Bridge to close for repairs") -> str:
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in (*paragraphs, SECOND, SECOND.replace("ferry", "small bus")))
    return (
        f"<html><head>{head}<title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"
    )


class TestArticle:
    def test_blocks_are_parted_by_blank_lines_and_the_title_comes_first(self):
        found = account(PAGE)
        assert found.text.split("\n\n") == [
            "Swing bridge to close for repairs",
            "The harbour council voted on Monday to close the old swing bridge for repairs, after a survey found rust"
            " & cracks in its main bearing.",
            "“We cannot wait for another winter,” said the harbour master, who has asked for the work since spring."
            " Two shops on the north quay will have to move.",
            SECOND,
        ]

    def test_the_page_says_its_facts(self):
        found = account(PAGE)
        assert found.title == "Swing bridge to close for repairs"
        assert (found.outlet, found.author) == ("The Tidewater Post", "Ada Lindqvist")
        assert (found.published, found.updated) == ("2024-03-04T18:30:00+01:00", "2024-03-05T07:00:00+01:00")
        assert found.url == "https://tidewater.example/bridge"
        assert (found.kind, found.notes) == ("article", ())

    def test_words_lead_to_their_bytes_through_tags_entities_and_white_space(self):
        data = PAGE.encode("utf-8")
        found = account(PAGE)
        assert bytes_for(found, "Monday", data) == b"Monday"
        assert bytes_for(found, "on Monday to", data) == b"on <b>Monday</b> to"
        assert bytes_for(found, "rust & cracks", data) == b"rust &amp; cracks"
        assert bytes_for(found, "for repairs\n", data) == b"for&nbsp;repairs"
        assert bytes_for(found, "“We cannot", data) == b"&ldquo;We cannot"
        assert bytes_for(found, "since spring. Two", data) == b"since spring.<!-- an advertisement --> Two"
        assert bytes_for(found, "bearing.\n\n“We", data) == b"bearing.</p>\n<p>&ldquo;We"
        assert every_run_reads_back(found, data)

    def test_plain_stretches_are_one_run(self):
        data = PAGE.encode("utf-8")
        found = account(PAGE)
        span = words_in(found, "after a survey found rust")
        assert any(run.start <= span.start and span.end <= run.end for run in found.original.runs)
        assert bytes_for(found, "a survey", data) == b"a survey"

    def test_a_page_without_an_article_is_an_error(self):
        with pytest.raises(InputError, match="no article"):
            account("<html><body><nav><a href='/'>Home</a> <a href='/news'>News</a></nav></body></html>")

    def list_of_links(self, texts: list[str]) -> str:
        """Return a page that the strict reading takes for a menu."""
        items = "".join(f'<li><a href="/{number}">{text}</a></li>' for number, text in enumerate(texts))
        return f'<html><body><div class="bottom"><ul>{items}</ul></div></body></html>'

    def test_a_page_of_headlines_is_no_article(self):
        lines = [
            f"Harbour council closes bridge number {number} for long repairs before the winter" for number in range(20)
        ]
        with pytest.raises(InputError, match="no article"):
            account(self.list_of_links(lines))

    def test_an_article_that_only_a_loose_reading_finds_is_noted(self):
        found = account(self.list_of_links([SECOND.replace("ferry", f"ferry number {number}") for number in range(8)]))
        assert SECOND.replace("ferry", "ferry number 7") in found.text
        assert "loose" in next(note.message for note in found.notes if note.code == "other")

    def test_an_article_in_another_language_is_an_error(self):
        words = (
            "Der Rat der Stadt hat am Montag beschlossen, die alte Brücke zu schließen, und die Fähre fährt weiter. "
        )
        with pytest.raises(InputError, match="German"):
            account(f"<html><body><article><p>{words * 3}</p><p>{words * 2}</p></article></body></html>")

    def test_a_date_of_change_stands_for_one_of_publication_and_is_noted(self):
        meta = '<meta property="article:modified_time" content="2024-03-05T07:00:00Z">'
        found = account(page_of("The harbour council voted on Monday.", head=meta))
        assert (found.published, found.updated) == ("2024-03-05T07:00:00Z", "2024-03-05T07:00:00Z")
        assert [(note.code, "changed" in note.message) for note in found.notes] == [("no date", True)]

    def test_dates_in_a_page_s_data_count(self):
        data = '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-03-04"}</script>'
        assert account(page_of("The harbour council voted on Monday.", head=data)).published == "2024-03-04"

    def test_a_wall_after_the_article_is_noted(self):
        wall = "<aside>Subscribe now to continue reading this story.</aside></body>"
        assert "cut off" in [note.code for note in account(PAGE.replace("<footer>", wall + "<footer>")).notes]

    def test_a_block_that_is_not_on_the_page_is_kept_and_noted(self):
        # The extraction drops the reading aid between two short parts, too short to be placed each by itself.
        found = account(page_of("in <ruby>a<rt>b</rt></ruby> c"))
        assert bytes_of(found, words_in(found, "in a c")) is None
        with pytest.raises(SpanError):
            read_back(found, words_in(found, "in a c"), b"")
        note = next(note for note in found.notes if note.code == "unplaced")
        start, end = map(int, note.message.rsplit(" ", 1)[1].split("-"))
        assert found.text[start:end].strip() == "in a c"

    @pytest.mark.parametrize("odd", ["&#1;", "\x01", "&#xFFFF;", "&#x110000;", "&#xD800;", "&#x0;", "&#173;"])
    def test_a_character_that_is_none_does_not_lose_the_page(self, odd: str):
        data = page_of(f"The harbour council {odd} voted on Monday to close the bridge.").encode()
        found = account(data)
        assert "voted on Monday to close the bridge." in found.text
        assert bytes_for(found, "Monday", data) == b"Monday"
        assert every_run_reads_back(found, data)

    @pytest.mark.parametrize("reference", ["&#8212;", "&#x2014;", "&#150;", "&mdash;"])
    def test_a_character_reference_is_its_character(self, reference: str):
        data = page_of(f"The bridge {reference} the old one {reference} will close.").encode()
        found = account(data)
        dash = "–" if reference == "&#150;" else "—"
        assert f"The bridge {dash} the old one" in found.text
        assert bytes_for(found, dash, data) == reference.encode()


class TestCharsets:
    @pytest.mark.parametrize(
        ("encoding", "declared"),
        [("utf-8", ""), ("utf-8", "utf-8"), ("cp1252", "iso-8859-1"), ("cp1252", ""), ("iso-8859-2", "iso-8859-2")],
    )
    def test_a_page_is_read_in_its_charset(self, encoding: str, declared: str):
        word = "Škoda" if declared == "iso-8859-2" else "café naïve"
        meta = f'<meta charset="{declared}">' if declared else ""
        data = page_of(f"The {word} by the quay will stay open, the council said.", head=meta).encode(encoding)
        found = account(data)
        assert word in found.text
        assert bytes_for(found, word, data) == word.encode(encoding)
        assert every_run_reads_back(found, data)

    def test_a_wrong_declaration_does_not_spoil_utf_8(self):
        page = page_of("The café will stay open, the council said.", head='<meta charset="latin1">')
        assert "café" in account(page).text

    def read(self, data: bytes, charset: str) -> Account:
        (found,) = accounts_of_bytes("page", "bridge.html", data, charset=charset)
        assert isinstance(found, Account)
        assert every_run_reads_back(found, data)
        return found

    def test_the_server_s_word_comes_before_the_page_s_own(self):
        page = page_of("The Škoda by the quay will stay, the council said.", head='<meta charset="windows-1252">')
        assert "Škoda" in self.read(page.encode("iso-8859-2"), "iso-8859-2").text

    def test_a_server_that_lies_is_passed_over_and_noted(self):
        page = page_of("The café by the quay will stay, the council said.", head='<meta charset="windows-1252">')
        found = self.read(page.encode("cp1252"), "euc-jp")
        assert "café" in found.text
        assert "euc-jp" in next(note.message for note in found.notes if note.code == "encoding")

    def test_an_unknown_charset_is_passed_over(self):
        page = page_of("The café will stay open, the council said.", head='<meta charset="rot13">')
        assert "café" in account(page).text


_BITS = (
    "ab", "&", ";", ".", "<", ">", "x1#", " ", "  ", "\n", "\u00a0", "\u200b", "\u00ad", "\x07", "<p>", "<b>",
    "&amp;", "&nbsp;", "&amp", "&notit;", "&#160;", "&#8203;", "&#0;", "&#x2014;", "&#99999999999;", "&copy",
    "&NotEqualTilde;", "&unknown;",
)  # fmt: skip


class TestScan:
    @pytest.mark.parametrize(
        ("source", "stream"),
        [
            ("<p>one <b>two</b></p>", "onetwo"),
            ("a<script>var b = '<p>c</p>';</script>d", "ad"),
            ("a<STYLE>b{}</style >c", "ac"),
            ("a<!-- <p>b</p> -->c", "ac"),
            ("a<!-- b", "a"),
            ("a<script>b", "a"),
            ("a<!DOCTYPE html>b<?php c ?>d", "abd"),
            ('<a title="x > y">z</a>', "z"),
            ('<a title="x>y', "y"),
            ("1 < 2 <3", "1<2<3"),
            ("x<", "x<"),
            ("x<a", "x"),
            ("&lt;p&gt; &amp; &copy &unknown; & &#8212;&#x2014;", "<p>&©&unknown;&——"),
            ("soft\u00adhy&shy;phen zero\u200bwidth", "softhyphenzerowidth"),
            ("a&nbsp;b\u00a0c&#160;d", "abcd"),
            ("a&nbspy &copyright &notit;", "ay©right¬it;"),
        ],
    )
    def test_the_stream_has_what_a_reader_sees_without_white_space(self, source: str, stream: str):
        assert scan(source).stream == stream

    @given(st.lists(st.sampled_from(_BITS), max_size=12).map("".join))
    def test_the_words_of_each_text_are_its_part_of_the_stream(self, source: str):
        page = scan(source)
        for text in page.texts:
            told = page.stream[text.at : text.end]
            assert "".join(word.text for word in page.words_of(text.at, text.end)) == told
            assert "".join(chunk.text.replace(" ", "") for chunk in chunks_in(source, text)) == told
            assert [word.at for word in chunks_in(source, text)][:1] == [text.at]

    def test_words_lead_to_their_source(self):
        page = scan("<p>caf&eacute; au  lait</p>")
        assert [(word.text, page.source[word.first : word.last]) for word in page.words] == [
            ("caf", "caf"),
            ("é", "&eacute;"),
            ("au", "au"),
            ("lait", "lait"),
        ]

    @pytest.mark.parametrize(
        ("source", "gaps"),
        [
            ("a<b>b</b>", ["", ""]),
            ("a b", ["", " "]),
            ("a&nbspy", ["", " "]),
            ("a&copyy", ["", "", ""]),
            ("a<br>b", ["", "\n"]),
            ("<p>a</p><p>b</p>", ["\n", "\n"]),
            ("<td>a</td><td>b</td>", [" ", " "]),
        ],
    )
    def test_what_parts_two_words_is_kept(self, source: str, gaps: list[str]):
        assert [word.gap for word in scan(source).words] == gaps

    def test_headings_are_stretches_of_the_stream(self):
        page = scan("x<h1>One <i>two</i></h1><h2></h2><h2>Three</h2><h1>open")
        assert [(rank, page.stream[start:end]) for rank, start, end in page.headings] == [(1, "Onetwo"), (2, "Three")]

    @pytest.mark.parametrize(
        "part", ['<a "', "<a", "<!--", "<script>", "<p ", "</", "<a '\"", "<title>", "<?", "&#", "<a b='"]
    )
    def test_hostile_markup_takes_no_more_than_linear_time(self, part: str):
        import time

        def seconds(count: int) -> float:
            source = part * count
            begin = time.process_time()
            scan(source)
            return time.process_time() - begin

        seconds(100)
        small, large = min(seconds(2_000) for _ in range(3)), min(seconds(32_000) for _ in range(2))
        assert large < 100 * max(small, 0.002)

    def test_more_tags_or_words_than_an_article_has_are_refused(self):
        with pytest.raises(ValueError, match="50,000 tags"):
            scan("<p>" * 50_001)
        with pytest.raises(ValueError, match="300,000 words"):
            scan("a " * 300_001)


class TestPlace:
    def texts(self, source: str, *blocks: str) -> list[str]:
        page = scan(source)
        return ["".join(piece.text for piece in pieces_of(page, spot)) for spot in place(page, blocks)]

    def test_the_page_says_where_the_blanks_are(self):
        assert self.texts("<p>one\n  two<br>three<b>four</b></p>", "onetwo three four") == ["one two\nthreefour"]

    def test_a_repeated_block_goes_between_its_neighbours(self):
        source = "<p>Share</p><p>The first paragraph.</p><p>Share</p><p>The second one.</p><p>Share</p>"
        page = scan(source)
        spots = place(page, ["The first paragraph.", "Share", "The second one."])
        starts = [spot.parts[0][0] for spot in spots]
        assert starts == sorted(starts)

    def test_a_short_teaser_elsewhere_does_not_draw_its_block_away(self):
        source = "<nav>Bridge shut</nav><p>It is said that the bridge</p><p>was shut at noon today</p>"
        assert self.texts(source, "It is said that the bridge", "was shut at noon today")[1] == "was shut at noon today"

    def test_what_the_extraction_left_out_is_left_out(self):
        source = "<p>Stress was reported in many towns [<a>12</a>-<a>14</a>], and in <sup>3</sup>the ports too.</p>"
        assert self.texts(source, "Stress was reported in many towns [-], and in the ports too.") == [
            "Stress was reported in many towns [-], and in the ports too."
        ]

    def test_many_blocks_that_are_not_there_take_bounded_time(self):
        import time

        page = scan("".join(f"<p>word {number} of the page</p>" for number in range(20_000)))
        begin = time.process_time()
        assert not any(spot.parts for spot in place(page, [f"other words {number}" for number in range(20_000)]))
        assert time.process_time() - begin < 10

    def test_words_that_are_not_there_have_no_place(self):
        page = scan("<p>one two three</p>")
        assert place(page, ["four five six seven", ""]) == [Place(()), Place(())]

    @settings(deadline=None, max_examples=200)
    @given(st.lists(st.text(st.sampled_from("ab &<é\n"), min_size=1, max_size=8), min_size=1, max_size=8))
    def test_every_paragraph_of_a_page_is_placed_and_says_what_its_source_says(self, paragraphs: list[str]):
        source = "".join(f"<div>{html.escape(text)}</div><i></i>" for text in paragraphs)
        page = scan(source)
        for text, spot in zip(paragraphs, place(page, paragraphs), strict=True):
            pieces = list(pieces_of(page, spot))
            assert squeeze("".join(piece.text for piece in pieces)) == squeeze(text)
            for piece in pieces:
                if piece.first >= 0 and not piece.text.isspace():
                    assert html.unescape(source[piece.first : piece.last]) == piece.text


class TestTitle:
    def find(self, source: str, title: str | None, outlet: str | None = None, *blocks: str) -> tuple[str | None, bool]:
        name, spot = find_title(scan(source), title, outlet, blocks)
        return name, spot is not None

    def test_a_heading_inside_the_page_s_title_is_the_title(self):
        assert self.find("<h1>Bridge to close</h1>", "Bridge to close | Post") == ("Bridge to close", True)

    def test_a_second_level_heading_will_do_where_no_first_level_one_has_it(self):
        assert self.find("<h1>Local</h1><h2>Bridge to close</h2>", "Bridge to close") == ("Bridge to close", True)

    def test_the_only_heading_is_the_title_even_in_other_words(self):
        assert self.find("<h1>The bridge closes soon</h1>", "Swing bridge: dates") == ("The bridge closes soon", True)

    def test_the_outlet_s_own_heading_is_not(self):
        found = self.find("<h1>The Tidewater Post</h1>", "Bridge to close - The Tidewater Post", "The Tidewater Post")
        assert found == ("Bridge to close", False)

    def test_a_text_that_begins_with_its_title_does_not_get_it_twice(self):
        assert self.find("<h1>Bridge to close</h1>", "Bridge to close", None, "Bridge to close", "It is old.") == (
            "Bridge to close",
            False,
        )

    def test_no_title_is_none(self):
        assert self.find("<p>Words</p>", None) == (None, False)


WORDS = st.text(st.sampled_from("abc é😀&<>\"'\u00a0\n\t"), min_size=1, max_size=30)


class TestProperties:
    @settings(deadline=None, max_examples=40)
    @given(st.lists(WORDS, min_size=1, max_size=4), st.sampled_from(["utf-8", "cp1252"]), st.data())
    def test_every_placed_span_leads_to_bytes_that_say_it(self, texts: list[str], encoding: str, data: st.DataObject):
        paragraphs = [
            f"The council said {html.escape(text)} and <em>voted</em> on the bridge &mdash; the old one."
            for text in texts
        ]
        original = page_of(*paragraphs).encode(encoding, "xmlcharrefreplace")
        found = account(original)
        assert every_run_reads_back(found, original)
        start = data.draw(st.integers(0, len(found.text)))
        end = data.draw(st.integers(start, len(found.text)))
        if bytes_of(found, Span(start, end)):
            assert read_back(found, Span(start, end), original) == found.text[start:end]


class TestHostile:
    @pytest.mark.parametrize(
        "page",
        [
            "<div>" * 30_000 + PAGE,
            "<blockquote>" * 2_000 + PAGE,
            PAGE.replace("<article>", "<b>" * 20_000 + "<article>"),
            PAGE + "<p>&a;" * 100,
        ],
        ids=["deep", "deep quotes", "deep inline", "unknown entities"],
    )
    def test_a_deep_or_broken_page_gives_an_account_or_a_plain_error(self, tmp_path: Path, page: str):
        from tellings.ingest import ingest

        path = written(tmp_path, "deep.html", page)
        (found,) = ingest([path])
        assert isinstance(found, (Account, InputError))
        if isinstance(found, InputError):
            assert found.about == str(path)

    @pytest.mark.parametrize("form", ["<div>", "<b>", "<p><i>x</i>"])
    def test_a_hundred_thousand_nested_tags_are_one_plain_error(self, tmp_path: Path, form: str):
        from tellings.ingest import ingest

        (found,) = ingest([written(tmp_path, "deep.html", form * 100_000)])
        assert isinstance(found, InputError)
        assert "tags" in str(found)

    def test_a_page_of_200_mb_is_refused_unread(self, tmp_path: Path):
        from tellings.ingest import ingest

        path = tmp_path / "large.html"
        with path.open("wb") as file:
            file.truncate(200 * 1024 * 1024)
        (found,) = ingest([path])
        assert isinstance(found, InputError)
        assert "200 MB" in str(found)

    def test_nul_bytes_are_no_page(self):
        with pytest.raises(InputError, match="binary"):
            account(PAGE.encode().replace(b"Monday", b"Mon\0day"))

    def test_entities_of_the_page_s_own_are_never_expanded_or_fetched(self, tmp_path: Path):
        secret = written(tmp_path, "secret.txt", "the words of another file")
        bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
        doctype = f'<!DOCTYPE html [<!ENTITY e0 "ha">{bomb}<!ENTITY file SYSTEM "{secret.as_uri()}">]>'
        page = PAGE.replace("<!DOCTYPE html>", doctype).replace("spring.<!--", "spring. &e11; &file; <!--")
        found = one(written(tmp_path, "bomb.html", page))
        assert "words of another file" not in found.text
        assert len(found.text) < 1000
