"""Mails: parts, charsets, newsletters and their items, and every bad and hostile one, with the way back to bytes."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.errors import InputError
from tellings.ingest.mail import accounts_of_mail, is_mail, original_in_mail
from tellings.records import Account
from tests.ingest.mails import BRIDGE, FERRY, HEAD, accounts, errors, leads_back, mail, multipart, note_of, part

PAGE = f"<html><body><p>{BRIDGE}</p><p>It&rsquo;s so &amp; no&nbsp;other.</p></body></html>"
LIST = HEAD.replace("Ada Lindqvist <ada@", '"Quay Letters" <list@') + "List-Unsubscribe: <https://quay.example/u>\n"


class TestFacts:
    def test_the_head_gives_the_facts(self):
        (found,) = accounts(mail(BRIDGE))
        assert (found.title, found.author, found.outlet) == ("The bridge", "Ada Lindqvist", None)
        assert (found.published, found.id, found.kind) == ("2024-03-04T18:30:00+01:00", "abc.1-quay.example", "post")
        assert found.text == BRIDGE

    def test_a_newsletters_sender_is_its_outlet(self):
        (found,) = accounts(mail(BRIDGE, base=LIST))
        assert (found.outlet, found.author, found.kind) == ("Quay Letters", None, "newsletter")

    @pytest.mark.parametrize(
        ("sender", "author", "outlet"),
        [
            ("Ada Lindqvist from Quay Letters", "Ada Lindqvist", "Quay Letters"),
            ("Ada Lindqvist via Quay Letters", "Ada Lindqvist", "Quay Letters"),
            ("Letters from a Quay", None, "Letters from a Quay"),
            ("The Morning News from Quay", None, "The Morning News from Quay"),
        ],
    )
    def test_a_newsletters_sender_may_name_author_and_outlet(self, sender: str, author: str | None, outlet: str):
        (found,) = accounts(mail(BRIDGE, base=LIST.replace("Quay Letters", sender)))
        assert (found.author, found.outlet) == (author, outlet)

    @pytest.mark.parametrize(
        ("header", "name"),
        [
            ("=?utf-8?q?Ada_L=C3=B6f?= <ada@quay.example>", "Ada Löf"),
            ("=?iso-8859-1?b?QWRhIEz2Zg==?= <ada@quay.example>", "Ada Löf"),
            ("ada@quay.example", "ada@quay.example"),
            ("Ada Lindqvist", "Ada Lindqvist"),
            ("ada@quay.example (Ada Lindqvist)", "Ada Lindqvist"),
            ('"Lindqvist, Ada" <ada@quay.example>, Bo <bo@quay.example>', "Lindqvist, Ada"),
            ("<<<>>>@,,;", None),
        ],
    )
    def test_senders_as_mails_write_them(self, header: str, name: str | None):
        (found,) = accounts(mail(BRIDGE, base=HEAD.replace("Ada Lindqvist <ada@quay.example>", header)))
        assert name is None or found.author == name

    @pytest.mark.parametrize(
        ("date", "value"),
        [
            ("Mon, 04 Mar 2024 18:30:00 +0100 (CET)", "2024-03-04T18:30:00+01:00"),
            ("4 Mar 24 18:30:00 GMT", "2024-03-04T18:30:00+00:00"),
            ("Mon, 4 Mar 2024 18:30:00 -0000", "2024-03-04T18:30:00Z"),
            ("yesterday", None),
            ("99 Foo 2024 99:99:99 +9999", None),
        ],
    )
    def test_dates_as_mails_write_them(self, date: str, value: str | None):
        (found,) = accounts(mail(BRIDGE, base=HEAD.replace("Mon, 4 Mar 2024 18:30:00 +0100", date)))
        assert found.published == value
        assert value or date in note_of(found, "no date")

    def test_no_date_at_all(self):
        (found,) = accounts(mail(BRIDGE, base="From: ada@quay.example\n"))
        assert (found.published, found.title) == (None, None)
        assert note_of(found, "no date") == "does not say when it was published"
        assert found.id.startswith("a-")

    def test_a_head_of_folded_lines(self):
        (found,) = accounts(mail(BRIDGE, base=HEAD.replace("The bridge", "The\r\n bridge\n\tcloses")))
        assert found.title == "The bridge closes"

    def test_a_header_cannot_bring_in_another(self):
        injected = "=?utf-8?q?Shut=0D=0AFrom:_Bo_Ek_<bo@quay.example>=0D=0A=0D=0ANot_so?="
        (found,) = accounts(mail(BRIDGE, base=HEAD.replace("The bridge", injected)))
        assert (found.title, found.author) == ("Shut From: Bo Ek <bo@quay.example> Not so", "Ada Lindqvist")
        assert "\n" not in (found.title or "")

    def test_the_first_of_two_headers_counts(self):
        (found,) = accounts(mail(BRIDGE, "From: Bo Ek <bo@quay.example>\n"))
        assert found.author == "Ada Lindqvist"

    def test_an_id_that_could_break_a_page_is_made_plain(self):
        (found,) = accounts(mail(BRIDGE, base=HEAD.replace("abc.1@quay.example", '../"><b>x</b>@\x01')))
        assert found.id == "b-x-b"


class TestFirstBytes:
    @pytest.mark.parametrize(
        ("data", "told"),
        [
            (mail(BRIDGE), True),
            (b"Received: from x\r\nFrom: a@quay.example\r\n\r\n", True),
            (b"From: Ada\nSubject: The bridge\nDate: 2024-03-04\n\nA text somebody wrote.", False),
            (b"Title: The bridge\n\nA text.", False),
            (BRIDGE.encode(), False),
            (b"", False),
        ],
    )
    def test_a_mail_is_told_by_them(self, data: bytes, told: bool):
        assert is_mail(data[:4096]) is told

    def test_a_post_to_a_list_is_a_post(self):
        head = "List-Post: <mailto:quay@lists.example>\nList-Id: Quay <quay.lists.example>\n"
        (found,) = accounts(mail(f"{BRIDGE}\n\nTo unsubscribe write to us.", head))
        assert (found.kind, found.author) == ("post", "Ada Lindqvist")


class TestParts:
    @pytest.mark.parametrize("encoding", ["", "7bit", "8bit", "base64", "quoted-printable"])
    @pytest.mark.parametrize("kind", ["text/plain", "text/html"])
    def test_every_encoding_leads_back(self, encoding: str, kind: str):
        body = PAGE if kind == "text/html" else f"{BRIDGE}\r\n\r\nIt’s so & no other."
        data = multipart(part(body, f"{kind}; charset=utf-8", encoding))
        (found,) = accounts(data)
        assert found.text.split("\n\n")[0] == BRIDGE
        assert found.text.split("\n\n")[1] in ("It’s so & no other.", "It’s so & no\xa0other.")

    def test_a_part_that_is_not_encoded_leads_to_the_file(self):
        data = multipart(part(BRIDGE))
        (found,) = accounts(data)
        assert data[found.original.offset : found.original.offset + found.original.size] == BRIDGE.encode()

    @pytest.mark.parametrize(
        ("charset", "raw", "words", "noted"),
        [
            ("utf-8", "café “so”".encode(), "café “so”", ""),
            ("iso-8859-1", "café “so”".encode("cp1252"), "café “so”", ""),
            ("windows-1251", "café мост".replace("é", "").encode("cp1251"), "caf мост", ""),
            ("iso-8859-1", "café “so”".encode(), "café “so”", "is UTF-8"),
            ("us-ascii", "café".encode(), "café", "is UTF-8"),
            ("utf-8", "café".encode("cp1252"), "café", "Windows-1252"),
            ("no-such", "café".encode(), "café", ""),
            ("utf-7", "café".encode(), "café", ""),
            ("utf-16", "\ufeffcafé".encode("utf-16-le"), "café", ""),
            ("shift_jis", "café".encode(), "café", "is UTF-8"),
        ],
    )
    def test_charsets_right_and_wrong(self, charset: str, raw: bytes, words: str, noted: str):
        wide = charset == "utf-16"
        body = raw + BRIDGE.encode("utf-16-le") if wide else raw + b" " + BRIDGE.encode()
        (found,) = accounts(multipart(part(body, f"text/plain; charset={charset}", "base64" if wide else "")))
        assert found.text.startswith(words)
        assert noted in note_of(found, "encoding")

    def test_plain_is_taken_where_it_is_real(self):
        (found,) = accounts(multipart(part(BRIDGE), part(PAGE, "text/html"), kind="alternative"))
        assert found.text == BRIDGE

    @pytest.mark.parametrize("plain", ["See this in your browser.", "", PAGE])
    def test_html_is_taken_where_plain_is_a_stub(self, plain: str):
        (found,) = accounts(multipart(part(plain), part(PAGE, "text/html"), kind="alternative"))
        assert found.text == f"{BRIDGE}\n\nIt’s so & no other."

    def test_scripts_styles_and_hidden_parts_have_no_words(self):
        page = f"<style>p {{}}</style><div style='display:none'>Preheader <div>in</div></div><p>{BRIDGE}</p>"
        page += '<script>document.write("<p>evil</p>")</script><!-- <p>no</p> --><img src="https://t.example/p.gif">'
        (found,) = accounts(multipart(part(page, "text/html")))
        assert found.text == BRIDGE

    def test_a_hidden_part_that_never_ends_hides_nothing(self):
        (found,) = accounts(multipart(part(f'<div style="display:none"><p>{BRIDGE}</p>', "text/html")))
        assert found.text == BRIDGE

    def test_references_without_their_semicolons_lead_back(self):
        (found,) = accounts(multipart(part(f"<p>One&nbsptwo &ampthree&copy &shyfour {BRIDGE}</p>", "text/html")))
        assert found.text == f"One two &three© four {BRIDGE}"

    def test_flowed_lines_are_joined_again(self):
        body = "The council voted to \nclose the bridge. \n So they say. \r\nAnd so \non.\n\nFrom the quay.\n"
        (found,) = accounts(multipart(part(body, "text/plain; format=flowed")))
        assert found.text == "The council voted to close the bridge. So they say. And so on.\n\nFrom the quay."

    def test_flowed_lines_whose_blanks_go(self):
        (found,) = accounts(multipart(part("The brid \nge is shut.", "text/plain; format=flowed; delsp=yes")))
        assert found.text == "The bridge is shut."

    def test_wrapped_lines_are_joined_again_and_short_ones_are_not(self):
        wrapped = (
            "The harbour council voted on Monday to close the old swing bridge for\n"
            "repairs, after a survey found rust and cracks in its main bearing, and\n"
            "two shops on the north quay will have to move before the winter.\n\n"
            "Roses are red\nViolets are blue\n\n- one\n- two\n"
        )
        (found,) = accounts(mail(wrapped))
        assert found.text.split("\n\n") == [BRIDGE, "Roses are red\nViolets are blue", "- one\n- two"]

    def test_a_mail_inside_is_an_account_of_its_own(self):
        inner = b"Content-Type: message/rfc822\n\n" + mail(FERRY, base=HEAD.replace("abc.1", "in.2"))
        outer, found = accounts(multipart(part(BRIDGE), inner))
        assert (outer.text, found.text) == (BRIDGE, FERRY)
        assert "told apart" in note_of(outer, "other")
        assert note_of(found, "other") == "stood inside the mail abc.1-quay.example"
        assert found.id == "in.2-quay.example"

    def test_a_signed_mail_and_its_digest_of_others(self):
        (found,) = accounts(multipart(part(BRIDGE), part("x", "application/pgp-signature"), kind="signed"))
        assert found.text == BRIDGE
        digest = multipart(b"\n" + mail(BRIDGE), b"\n" + mail(FERRY, base=HEAD.replace("abc.1", "d.2")), kind="digest")
        assert [item.text for item in accounts(digest)] == [BRIDGE, FERRY]

    def test_an_encrypted_mail_is_an_error(self):
        (error,) = errors(multipart(part("x", "application/pgp-encrypted"), kind="encrypted"))
        assert error.problem == "is encrypted"

    def test_attachments_are_not_opened_and_their_names_are_no_paths(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.chdir(tmp_path)
        name = 'Content-Disposition: attachment; filename="../../etc/passwd"\n'
        data = multipart(part(BRIDGE), part("root:x:0", "text/plain", head=name), part("x", 'image/png; name="/etc/x"'))
        (found,) = accounts(data)
        assert found.text == BRIDGE
        assert note_of(found, "other") == "2 attachments were not opened"
        assert "passwd" not in repr(found)
        assert list(tmp_path.rglob("*")) == []

    def test_a_bad_part_is_an_error_in_its_place(self):
        data = multipart(
            part(bytes(range(256)) * 4, "text/plain"), part("x", "text/plain", head="", encoding="x-uue"), part(BRIDGE)
        )
        found = list(accounts_of_mail("a.eml", data))
        assert [type(item) for item in found] == [InputError, InputError, Account]
        assert [item.about for item in found if isinstance(item, InputError)] == ["a.eml:1", "a.eml:2"]

    def test_another_language_is_an_error(self):
        german = "Der Rat der Stadt hat am Montag beschlossen, die alte Brücke für den Winter zu schließen. " * 4
        assert "German" in errors(mail(german))[0].problem


class TestFurniture:
    @pytest.mark.parametrize(
        "foot",
        [
            "-- \nAda Lindqvist\nQuay Street 1\n+00 000",
            "Sent from my phone",
            "Unsubscribe\nQuay Letters, Quay Street 1",
            "You are receiving this because you signed up at https://quay.example/u?id=1.\n\nQuay Street 1",
            "View this email in your browser",
            "https://click.quay.example/t/12345?u=67890",
            "Read more: https://quay.example/bridge",
            "_______________________________________________\nQuay mailing list\nhttps://quay.example/listinfo",
            "© 2024 Quay Letters. All rights reserved.",
            "[image: Logo]",
        ],
    )
    def test_signatures_footers_and_tracking_lines_are_left_out(self, foot: str):
        (found,) = accounts(mail(f"{BRIDGE}\n\n{FERRY}\n\n{foot}\n"))
        assert found.text == f"{BRIDGE}\n\n{FERRY}"

    def test_links_in_brackets_behind_words_are_left_out(self):
        (found,) = accounts(mail(f"The council <https://t.example/1?x=2> voted (https://t.example/3). {BRIDGE}"))
        assert found.text == f"The council voted. {BRIDGE}"

    def test_a_telling_may_speak_of_unsubscribing(self):
        story = f"The council told “all who want to unsubscribe from its letters” to write. {BRIDGE}"
        (found,) = accounts(mail("\n\n".join([FERRY] * 5 + [story] + [FERRY] * 20)))
        assert story in found.text

    def test_a_rule_of_two_dashes_before_a_whole_text_is_no_signature(self):
        (found,) = accounts(mail(f"{FERRY}\n--\n" + "\n\n".join([BRIDGE] * 9)))
        assert found.text.count(BRIDGE) == 9


def issue(*items: tuple[str, str], rule: str = "<hr>") -> bytes:
    body = "<h1>Quay Letters</h1><p>Good morning.</p>" + "".join(
        f"{rule}<h2>{title}</h2><p>{words}</p><p>{words}</p>" for title, words in items
    )
    page = (
        f"<html><body><p><a href='https://q.example'>View in browser</a></p>{body}<hr><p>Unsubscribe</p></body></html>"
    )
    return multipart(part(page, "text/html; charset=utf-8", "quoted-printable"), head=LIST)


class TestIssues:
    def test_separate_articles_are_accounts_of_their_own(self):
        first, second = accounts(issue(("Bridge closes", BRIDGE), ("<a href='https://q.example/f'>Ferry</a>", FERRY)))
        assert (first.id, second.id) == ("abc.1-quay.example:1", "abc.1-quay.example:2")
        assert (first.title, second.title, second.url) == ("Bridge closes", "Ferry", "https://q.example/f")
        assert first.text == f"Bridge closes\n\n{BRIDGE}\n\n{BRIDGE}"
        assert (first.outlet, first.kind) == ("Quay Letters", "newsletter")
        assert note_of(first, "other").startswith("is item 1 of 2 of an issue")

    def test_subheadings_of_one_article_are_no_items(self):
        (found,) = accounts(issue(("Bridge closes", BRIDGE), ("Ferry", FERRY), rule=""))
        assert found.id == "abc.1-quay.example"
        assert "Good morning." in found.text

    def test_short_items_stay_together(self):
        (found,) = accounts(issue(("Bridge closes", BRIDGE), ("Ferry", "It runs."), ("Quay", "It is wet.")))
        assert "It runs." in found.text

    def test_items_of_a_plain_issue(self):
        rule = "\n\n" + "-" * 40 + "\n\n"
        body = f"Good morning.{rule}Bridge closes\n\n{BRIDGE}\n\n{BRIDGE}{rule}Ferry runs\n\n{FERRY}\n\n{FERRY}\n"
        found = accounts(mail(body, base=LIST))
        assert [item.title for item in found] == ["Bridge closes", "Ferry runs"]

    def test_linked_headings_without_rules(self):
        linked = [(f"<a href='https://q.example/{n}'>Item {n}</a>", BRIDGE) for n in range(3)]
        found = accounts(issue(*linked, rule=""))
        assert [item.url for item in found] == [f"https://q.example/{n}" for n in range(3)]

    def test_bold_linked_lines_of_a_table_are_headings(self):
        cells = "".join(
            f"<tr><td><a href='https://q.example/{n}'><b>The quay in {n}</b></a></td></tr>"
            f"<tr><td>{BRIDGE}<br>{FERRY}</td></tr>"
            for n in ("March", "April")
        )
        page = f"<table><tr><td>QUAY LETTERS</td></tr>{cells}<tr><td><b>Unsubscribe</b></td></tr></table>"
        found = accounts(multipart(part(page, "text/html"), head=LIST))
        assert [item.title for item in found] == ["The quay in March", "The quay in April"]

    def test_a_link_to_read_on_says_that_the_rest_is_missing(self):
        page = f"<p>{BRIDGE}</p><p><a href='https://q.example/1'>Continue reading</a></p>"
        (found,) = accounts(multipart(part(page, "text/html"), head=LIST))
        assert found.text == BRIDGE
        assert "link to read on" in note_of(found, "cut off")

    def test_a_posts_rules_make_no_items(self):
        body = f"One\n\n{BRIDGE} {BRIDGE}\n\n-----\n\nTwo\n\n{FERRY} {FERRY}\n"
        assert len(accounts(mail(body))) == 1


def levels(count: int) -> bytes:
    """Return a mail whose parts are nested so deep."""
    opened = b"".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n".encode() for n in range(count))
    return HEAD.encode() + opened + b"Content-Type: text/plain\n\n" + BRIDGE.encode()


class TestHostile:
    def test_a_thousand_levels_are_an_error(self):
        assert "nested more than" in errors(levels(1_000))[0].problem

    def test_a_thousand_mails_inside_each_other_are_an_error(self):
        inside = b"From: a@quay.example\nContent-Type: message/rfc822\n\n" * 1_000 + mail(BRIDGE)
        assert "nested more than" in errors(inside)[0].problem

    def test_ten_levels_are_read(self):
        (found,) = accounts(levels(10))
        assert found.text == BRIDGE

    def test_a_boundary_that_never_closes_is_noted(self):
        (found,) = accounts(multipart(part(BRIDGE), closed=False))
        assert found.text == BRIDGE
        assert "closing boundary" in note_of(found, "cut off")

    def test_a_boundary_that_never_comes(self):
        data = mail(BRIDGE, 'Content-Type: multipart/mixed; boundary="none"\n')
        (found,) = accounts(data)
        assert found.text == BRIDGE

    def test_one_boundary_that_begins_like_another(self):
        inner = multipart(part(BRIDGE), boundary="b1b", head="")
        (found,) = accounts(multipart(inner, boundary="b1"))
        assert found.text == BRIDGE

    def test_too_many_parts(self):
        found = list(accounts_of_mail("a.eml", multipart(*[part("x" * 30)] * 2_000)))
        assert any(isinstance(item, InputError) and "more than 500 parts" in item.problem for item in found)

    @pytest.mark.parametrize("line", [b"X-Filler: " + b"x" * 100 + b"\n", b" folded\n", b"no header at all\n"])
    def test_a_head_of_fifty_megabytes_is_an_error_at_once(self, line: bytes):
        start = time.process_time()
        (error,) = errors(HEAD.encode() + line * (50 * 1024 * 1024 // len(line)) + b"\n" + BRIDGE.encode())
        assert "head of more than 256 KB" in error.problem
        assert time.process_time() - start < 2

    def test_more_bytes_than_a_mail_may_have(self):
        (error,) = errors(HEAD.encode() + b"\n" + b"x" * (64 * 1024 * 1024))
        assert "64 MB" in error.problem

    def test_a_text_of_more_than_ten_megabytes(self):
        assert "10 MB" in errors(mail("word " * 2_200_000))[0].problem

    @pytest.mark.parametrize(
        "data",
        [b"", b"\n", b"\n\n", b"no mail at all", b"\x00" * 100, b"%PDF-1.4\n\n", b"From: x", b"From: x\n\n", b":\n\nx"],
    )
    def test_what_is_no_mail_is_an_error(self, data: bytes):
        assert len(errors(data)) == 1

    @pytest.mark.parametrize(
        "body",
        [
            ">" * 500_000,
            "> " * 250_000,
            "-" * 500_000,
            "- " * 250_000,
            "a" + " " * 500_000 + "b",
            "<http://x" * 50_000,
            "On Monday\n" * 50_000,
            "x wrote:\n> y\n" * 10_000,
            "From: x\nSent: y\nTo: z\n" * 10_000,
            "\n".join(">" * (n % 60) + f" {n} words" for n in range(20_000)),
            "\r" * 500_000,
            "-----Original Message-----\n" * 10_000,
            "[" * 300_000,
        ],
        ids=range(13),
    )
    def test_the_time_is_bounded_whatever_the_lines(self, body: str):
        start = time.process_time()
        list(accounts_of_mail("a.eml", mail(body, "In-Reply-To: <x>\n")))
        assert time.process_time() - start < 10

    @pytest.mark.parametrize(
        "markup",
        ["<div>" * 100_000, "<a " * 200_000, "<a <" * 200_000 + ">x y", "<!--" * 100_000, "&amp;" * 100_000,
         "<p>x<blockquote type=cite>" * 9_000, "x<a href=" + "'" * 300_000, "<script>" * 100_000,
         "<p style='display:none'>" * 9_000 + "x y z"],
        ids=range(9),
    )  # fmt: skip
    def test_the_time_is_bounded_whatever_the_tags(self, markup: str):
        start = time.process_time()
        list(accounts_of_mail("a.eml", mail(markup, "Content-Type: text/html\n")))
        assert time.process_time() - start < 10

    @pytest.mark.parametrize(
        "value", ["(" * 4_000, '"' * 4_000, "<" * 4_000, "=?utf-8?q?" * 400, "a," * 2_000, "\\" * 4_000]
    )
    def test_headers_that_bother_a_reader_of_them(self, value: str):
        head = "".join(f"{name}: {value}\n" for name in ("From", "Subject", "Date", "Message-ID", "Content-Type"))
        start = time.process_time()
        list(accounts_of_mail("a.eml", mail(BRIDGE, base=head)))
        assert time.process_time() - start < 5


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=300)


class TestEveryMail:
    @settings(max_examples=60, deadline=None)
    @given(
        WORDS, st.sampled_from(["", "base64", "quoted-printable"]), st.sampled_from(["plain", "html"]), st.booleans()
    )
    def test_whatever_is_told_leads_back(self, words: str, encoding: str, kind: str, reply: bool):
        head = HEAD + ("In-Reply-To: <x>\n" if reply else "")
        data = multipart(part(words + "\n" + BRIDGE, f"text/{kind}; charset=utf-8", encoding), head=head)
        for item in accounts_of_mail("a.eml", data):
            if isinstance(item, Account):
                leads_back(item, original_in_mail(data, item))

    @settings(max_examples=100, deadline=None)
    @given(st.binary(max_size=600))
    def test_any_bytes_give_accounts_or_errors(self, raw: bytes):
        for data in (raw, HEAD.encode() + raw, multipart(raw, part(raw)), mail(raw)):
            assert all(isinstance(item, (Account, InputError)) for item in accounts_of_mail("a.eml", data))

    @settings(max_examples=60, deadline=None)
    @given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=80))
    def test_any_headers_give_facts_in_one_line(self, name: str, subject: str, date: str):
        head = f"From: {name}\nSubject: {subject}\nDate: {date}\n"
        data = (head + "\n").encode("utf-8", "replace") + BRIDGE.encode()
        for item in accounts_of_mail("a.eml", data):
            told = () if isinstance(item, InputError) else (item.title, item.author, item.outlet)
            assert all(len(words.splitlines()) == 1 for words in told if words)
