"""Plain text files: head, title, byline, line ends and encodings."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tellings.errors import InputError
from tellings.ingest import bytes_of, read_back
from tellings.ingest.text import account_of_text
from tellings.records import Account, Span
from tests.ingest.inputs import STORY, bytes_for, one, written

if TYPE_CHECKING:
    from pathlib import Path


def account(text: str | bytes) -> Account:
    data = text.encode("utf-8") if isinstance(text, str) else text
    return account_of_text("bridge.txt", data, "0123456789abcdef")


def codes(found: Account) -> list[str]:
    return [note.code for note in found.notes]


class TestHead:
    def test_a_key_value_head_gives_the_facts_and_is_no_part_of_the_text(self):
        found = account(
            "Title: Bridge to close\nOutlet: The Tidewater Post\nAUTHOR: Ada Lindqvist\nDate: 4 March 2024\n"
            "Updated: 2024-03-05 07:00\nURL: https://tidewater.example/b\nSection: Local\n\n" + STORY
        )
        assert found.text == STORY
        assert (found.title, found.outlet, found.author) == (
            "Bridge to close",
            "The Tidewater Post",
            "Ada Lindqvist",
        )
        assert (found.published, found.updated) == ("2024-03-04", "2024-03-05T07:00")
        assert found.url == "https://tidewater.example/b"
        assert found.kind == "article"

    def test_a_head_of_unknown_keys_is_text(self):
        found = account("Breaking: the bridge is shut\n\n" + STORY)
        assert found.text.startswith("Breaking: the bridge is shut\n\nThe harbour")
        assert found.outlet is None

    def test_a_colon_line_without_a_blank_line_after_it_is_text(self):
        assert account("Source: the council\nand others said so.\n" + STORY).text.startswith("Source: the council")

    def test_a_date_that_cannot_be_read_is_not_invented(self):
        found = account("Title: Bridge to close\nDate: last Monday\n\n" + STORY)
        assert found.published is None
        assert "last Monday" in found.notes[0].message

    def test_a_mail_head_makes_a_newsletter(self):
        found = account(
            'From: "Quay Letters" <quay@letters.example>\nSubject: The bridge\n'
            "Date: Mon, 4 Mar 2024 18:30:00 +0100\n\n" + STORY
        )
        assert (found.kind, found.author, found.title) == ("newsletter", "Quay Letters", "The bridge")
        assert found.published == "2024-03-04T18:30:00+01:00"


class TestTitle:
    def test_a_short_first_line_before_a_blank_line_is_title_and_text(self):
        found = account("Bridge to close for repairs\n\n" + STORY)
        assert found.title == "Bridge to close for repairs"
        assert found.text == "Bridge to close for repairs\n\n" + STORY

    @pytest.mark.parametrize(
        "first",
        ["The bridge is to close.", "The bridge is to close.”", "He said:", "word " * 40],
        ids=["full stop", "full stop in quotes", "colon", "too long"],
    )
    def test_a_sentence_or_a_long_line_is_no_title(self, first: str):
        found = account(f"{first}\n\n{STORY}")
        assert found.title is None
        assert found.text.startswith(first.strip())

    def test_a_line_without_a_blank_line_after_it_is_no_title(self):
        assert account("Bridge to close\n" + STORY).title is None

    def test_a_text_of_one_line_has_no_title(self):
        found = account("Bridge to close for repairs\n\n")
        assert (found.title, found.text) == (None, "Bridge to close for repairs")

    def test_a_byline_after_the_title_gives_the_author_and_is_left_out(self):
        found = account("Bridge to close\n\nBy Ada Lindqvist\n\nMarch 4, 2024\n\n" + STORY)
        assert (found.author, found.published) == ("Ada Lindqvist", "2024-03-04")
        assert found.text == "Bridge to close\n\n" + STORY


class TestFurniture:
    def test_a_scraped_line_gives_the_date_and_is_left_out(self):
        found = account(" date 2024-03-04 Facebook Twitter Youtube\n\n⚓ SHUT! Bridge to close\n\n" + STORY)
        assert found.published == "2024-03-04"
        assert found.title == "⚓ SHUT! Bridge to close"
        assert found.text == "⚓ SHUT! Bridge to close\n\n" + STORY

    def test_a_date_in_another_form_counts_too(self):
        found = account("Published: March 4, 2024 at 6:30 pm | Share | Print\n" + STORY)
        assert found.published == "2024-03-04T18:30"
        assert found.text == STORY

    def test_a_line_with_any_other_word_is_text(self):
        found = account("Storms on 2024-03-04 closed Facebook street\n\n" + STORY)
        assert found.published is None
        assert found.text.startswith("Storms on")

    def test_no_date_anywhere_is_noted_and_none_is_taken_from_the_body(self):
        found = account("It began on 2024-03-04, the council said.\n" + STORY)
        assert found.published is None
        assert codes(found) == ["no date"]


class TestByline:
    @pytest.mark.parametrize(
        ("byline", "outlet"),
        [
            ("{Harbour Desk - Saltmarsh Online}", "Saltmarsh Online"),
            ("(SMO World Headquarters – Saltmarsh)", "SMO"),
            ("(The Tidewater Post)", "The Tidewater Post"),
            ("[Tidewater News Staff]", "Tidewater News"),
        ],
    )
    def test_a_bracketed_last_line_names_the_outlet_and_is_left_out(self, byline: str, outlet: str):
        found = account(f"{STORY}\n\n{byline}\n")
        assert found.outlet == outlet
        assert found.text == STORY

    @pytest.mark.parametrize("last", ["(The bridge is shown above.)", "(continued)", "(Photo by our reader)"])
    def test_other_bracketed_lines_stay(self, last: str):
        found = account(f"{STORY}\n\n{last}")
        assert found.outlet is None
        assert found.text.endswith(last)

    def test_an_outlet_in_the_head_wins(self):
        found = account(f"Outlet: Quay Letters\n\n{STORY}\n\n(The Tidewater Post)")
        assert found.outlet == "Quay Letters"


class TestKind:
    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            (STORY, "text"),
            ("Dear reader,\n\n" + STORY, "newsletter"),
            ("Ada wrote:\n" + STORY + "\nBo wrote:\nI do not think that it will last.", "thread"),
            ("Posted by u/ada\n" + STORY, "post"),
            ("Bridge to close\n\n" + STORY, "article"),
        ],
    )
    def test_plain_signs_alone_make_a_kind(self, text: str, kind: str):
        assert account(text).kind == kind


class TestNotes:
    @pytest.mark.parametrize(
        "end",
        [
            "\n\nSubscribe to continue reading this article.",
            "\n\nTo keep reading, please sign in.",
            "\n\nThis article is only available to subscribers.",
            " The mayor added that ...",
            " The mayor added [+1450 chars]",
        ],
    )
    def test_a_text_that_breaks_off_is_noted(self, end: str):
        assert "cut off" in codes(account(STORY + end))

    @pytest.mark.parametrize("end", ["", " Readers may subscribe at the counter.", " “I …” he began, and stopped."])
    def test_a_whole_text_is_not(self, end: str):
        assert "cut off" not in codes(account(STORY + end))

    def test_a_few_words_are_noted_as_short(self):
        assert "short" in codes(account("The bridge is shut."))
        assert "short" not in codes(account(STORY))


class TestLineEnds:
    @pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
    def test_every_line_end_becomes_a_line_feed_and_leads_to_its_byte(self, end: str):
        data = f"The bridge is shut.{end}So is the quay.{end}".encode()
        found = account(data)
        assert found.text == "The bridge is shut.\nSo is the quay."
        assert bytes_for(found, "shut.\nSo", data) == f"shut.{end}So".encode()
        assert bytes_for(found, "\n", data) == end[-1:].encode()

    def test_head_and_title_are_found_behind_any_line_end(self):
        found = account("Title: Shut\r\nOutlet: Quay Letters\r\n\r\n" + STORY.replace("\n", "\r\n"))
        assert (found.title, found.text) == ("Shut", STORY)


class TestEncodings:
    @pytest.mark.parametrize(
        ("mark", "encoding"),
        [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
    )
    def test_a_byte_order_mark_says_the_encoding_and_is_no_part_of_the_text(self, mark: bytes, encoding: str):
        data = mark + STORY.encode(encoding)
        found = account(data)
        assert (found.text, found.original.encoding) == (STORY, encoding)
        assert bytes_for(found, "“We", data).decode(encoding) == "“We"
        assert "encoding" not in codes(found)

    def test_windows_1252_is_read_and_noted(self):
        data = STORY.encode("cp1252")
        found = account(data)
        assert found.text == STORY
        assert "encoding" in codes(found)
        assert bytes_for(found, "“We", data) == b"\x93We"

    def test_a_few_broken_bytes_are_shown_noted_and_lead_to_themselves(self):
        data = STORY.encode("utf-8").replace(b"harbour master", b"harb\xe2ur master")
        found = account(data)
        assert "harb\ufffdur master" in found.text
        assert bytes_for(found, "\ufffd", data) == b"\xe2"
        assert bytes_for(found, "“We cannot", data) == "“We cannot".encode()
        assert "1 byte is not UTF-8" in found.notes[0].message

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"\x00\x01\x02\x03" * 50, "binary"),
            (b"%PDF-1.7 and so on", "PDF"),
            (b"\xff\xfea\x00b\x00c", "UTF-16"),
            (bytes(range(129, 160)) * 20, "no encoding"),
            (b"\x01\x02 words \x03\x04 words \x05", "binary"),
        ],
    )
    def test_what_is_no_text_is_refused_in_plain_words(self, data: bytes, words: str):
        with pytest.raises(InputError) as caught:
            account(data)
        assert caught.value.about == "bridge.txt"
        assert words in caught.value.problem
        assert caught.value.advice


class TestFiles:
    def test_id_path_and_digest_come_from_the_file_alone(self, tmp_path: Path):
        found = one(written(tmp_path, "Old Bridge (2).txt", STORY))
        assert found.id == f"old-bridge-2-{found.sha256[:8]}"
        assert found.original.path == str(tmp_path / "Old Bridge (2).txt")
        assert found.original.size == len(STORY.encode())


LINES = st.lists(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8)
    | st.sampled_from(["\n", "\r\n", "\r", "\t", ":", "é", "😀", "(News)"]),
    max_size=20,
).map("".join)


class TestProperties:
    @settings(deadline=None, max_examples=200)
    @given(LINES, st.sampled_from(["", "Title: A\n\n", "A title\n\n", "date 2024-03-04\n"]), st.data())
    def test_every_span_leads_to_the_bytes_that_say_it(self, words: str, head: str, data: st.DataObject):
        for encoding, mark in (("utf-8", b""), ("utf-16-le", codecs.BOM_UTF16_LE)):
            original = mark + f"{head}Begin{words}".encode(encoding)
            found = account(original)
            assert "\r" not in found.text
            start = data.draw(st.integers(0, len(found.text)))
            end = data.draw(st.integers(start, len(found.text)))
            told = found.text[start:end]
            assert read_back(found, Span(start, end), original) == told
            place = bytes_of(found, Span(start, end))
            if place and told.strip() == told:
                read = original[place[0] : place[1]].decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
                # Between a title and its body the original may have more blank lines than the account.
                assert read.split() == told.split()

    @settings(deadline=None, max_examples=100)
    @given(st.binary(max_size=200))
    def test_any_bytes_give_an_account_that_reads_back_or_an_input_error(self, noise: bytes):
        original = STORY.encode("utf-8") + noise
        try:
            found = account(original)
        except InputError:
            assume(False)
        assert read_back(found, Span(0, len(found.text)), original) == found.text
