"""Whose words are whose: replies and forwards of every kind, marked and unmarked."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.ingest.forwarded import tellings_of
from tellings.ingest.plainrows import rows_of_text
from tellings.records import Account
from tests.ingest.mails import BRIDGE, FERRY, HEAD, accounts, mail, multipart, note_of, part

REPLY = HEAD.replace("The bridge", "Re: The bridge") + "In-Reply-To: <x.0@quay.example>\n"
QUOTED = "\n".join("> " + line for line in FERRY.split(". "))


def said(found: Account) -> tuple[str | None, str | None, str | None]:
    return found.author, found.published, found.title


class TestReplies:
    @pytest.mark.parametrize(
        ("line", "author", "date"),
        [
            ("On Mon, Mar 4, 2024 at 6:30 PM Bo Ek <bo@quay.example> wrote:", "Bo Ek", "2024-03-04T18:30"),
            ("On Mon, Mar 4, 2024 at 6:30 PM Bo Ek <bo@quay.example>\nwrote:", "Bo Ek", "2024-03-04T18:30"),
            ("On 4 March 2024, Bo Ek wrote:", "Bo Ek", "2024-03-04"),
            ("On 2024-03-04 18:30, Bo Ek wrote:", "Bo Ek", "2024-03-04T18:30"),
            ("On Mar 4, 2024, at 6:30 PM,\nBo Ek <bo@quay.example>\nwrote:", "Bo Ek", "2024-03-04T18:30"),
            ("On 03/04/2024 18:30, Bo Ek wrote:", "Bo Ek", None),
            ("Bo Ek <bo@quay.example> wrote:", "Bo Ek", None),
            ("Bo Ek writes:", "Bo Ek", None),
            ("On Monday bo@quay.example wrote:", "bo@quay.example", None),
        ],
    )
    def test_a_quoted_mail_is_an_account_of_its_own(self, line: str, author: str, date: str | None):
        own, quoted = accounts(mail(f"{BRIDGE}\n\n{line}\n\n{QUOTED}\n", base=REPLY))
        assert (own.text, quoted.text) == (BRIDGE, FERRY)
        assert (quoted.author, quoted.published) == (author, date)
        assert (own.id, quoted.id, quoted.kind) == ("abc.1-quay.example", "abc.1-quay.example:q1", "post")
        assert note_of(own, "other") == "1 mail quoted in it is left out of it and told apart"
        assert "stood as a quotation in the mail abc.1-quay.example of Ada Lindqvist" in note_of(quoted, "other")

    def test_answers_between_quoted_lines_stay_with_who_wrote_them(self):
        body = f"Bo Ek wrote:\n> {BRIDGE}\n\nSo it is.\n\n> {FERRY}\n\nThat too.\n"
        own, quoted = accounts(mail(body, base=REPLY))
        assert own.text == "So it is.\n\nThat too."
        assert quoted.text == f"{BRIDGE}\n\n{FERRY}"

    def test_quotations_inside_quotations(self):
        body = f"I see.\n\nBo Ek wrote:\n> {BRIDGE}\n>\n> On 2 March 2024, Cy Dahl wrote:\n>> {FERRY}\n>>> Deeper.\n"
        found = accounts(mail(body, base=REPLY))
        assert [(item.author, item.text) for item in found] == [
            ("Ada Lindqvist", "I see."), ("Bo Ek", BRIDGE), ("Cy Dahl", FERRY), (None, "Deeper.")
        ]  # fmt: skip
        assert "mail abc.1-quay.example:q1" in note_of(found[2], "other")
        assert "no line says who wrote it" in note_of(found[3], "other")

    def test_marked_lines_of_a_reply_without_a_line_that_says_whose(self):
        own, quoted = accounts(mail(f"{QUOTED}\n\n{BRIDGE}\n", base=REPLY))
        assert (own.text, quoted.text, quoted.author) == (BRIDGE, FERRY, None)

    def test_a_reply_without_own_words_gives_the_quoted_alone(self):
        (quoted,) = accounts(mail(f"{QUOTED}\n", base=REPLY))
        assert (quoted.id, quoted.author, quoted.text) == ("abc.1-quay.example:q1", None, FERRY)

    def test_marked_lines_of_a_mail_that_answers_none_are_kept_with_a_doubt(self):
        (found,) = accounts(mail(f"{BRIDGE}\n\n{QUOTED}\n"))
        assert found.text == f"{BRIDGE}\n\n{FERRY}"
        assert "cannot be told whose" in note_of(found, "other")

    def test_a_reply_without_marks_is_kept_with_a_doubt(self):
        body = f"{BRIDGE}\n\nOn 4 March 2024, Bo Ek wrote:\n\n{FERRY}\n"
        (found,) = accounts(mail(body, base=REPLY))
        assert FERRY in found.text
        assert "could not be told apart" in note_of(found, "other")

    def test_somebody_wrote_in_a_story_is_no_mark(self):
        (found,) = accounts(mail(f"{BRIDGE}\n\nThe harbour master wrote: {FERRY}\n"))
        assert not found.notes

    @pytest.mark.parametrize(
        "page",
        [
            f"<div>{BRIDGE}</div><div class='gmail_quote'><div class='gmail_attr'>On Mon, Mar 4, 2024 at 6:30 PM Bo Ek"
            f" &lt;<a href='mailto:x'>bo@quay.example</a>&gt; wrote:<br></div><blockquote class='gmail_quote'>{FERRY}"
            "</blockquote></div>",
            f"<p>{BRIDGE}</p><div>On Mar 4, 2024, at 6:30 PM, Bo Ek wrote:</div><blockquote type='cite'><p>{FERRY}</p>"
            "</blockquote>",
        ],
    )
    def test_quoting_blocks_of_pages(self, page: str):
        own, quoted = accounts(multipart(part(page, "text/html", "base64"), head=REPLY))
        assert (own.text, quoted.text) == (BRIDGE, FERRY)
        assert (quoted.author, quoted.published) == ("Bo Ek", "2024-03-04T18:30")

    def test_a_quotation_in_a_newsletters_page_stays(self):
        page = f"<p>{BRIDGE}</p><blockquote>{FERRY}</blockquote>"
        (found,) = accounts(multipart(part(page, "text/html")))
        assert found.text == f"{BRIDGE}\n\n{FERRY}"

    def test_a_boxs_escaped_from_is_no_quotation(self):
        rows = rows_of_text(">From the quay it went.\n", escaped=True)
        assert [(row.text, row.depth) for row in rows] == [("From the quay it went.", 0)]


FIELDS = (
    "From: Bo Ek <bo@quay.example>\nDate: Sun, 3 Mar 2024 09:00:00 +0100\nSubject: Ferry\nTo: Ada <ada@quay.example>"
)


class TestForwards:
    @pytest.mark.parametrize(
        "mark",
        [
            f"---------- Forwarded message ---------\n{FIELDS}",
            f"Begin forwarded message:\n\n{FIELDS}",
            f"-----Original Message-----\n{FIELDS}",
            f"________________________________\n{FIELDS}",
            FIELDS,
            FIELDS.replace("From:", "*From:*").replace("Date:", "*Sent:*"),
        ],
    )
    def test_a_forwarded_mail_is_an_account_of_its_own(self, mark: str):
        own, found = accounts(mail(f"{BRIDGE}\n\n{mark}\n\n{FERRY}\n"))
        assert (own.text, found.text) == (BRIDGE, FERRY)
        assert said(found) == ("Bo Ek", "2024-03-03T09:00:00+01:00", "Ferry")

    def test_a_forward_without_own_words_gives_the_forwarded_alone(self):
        (found,) = accounts(mail(f"Begin forwarded message:\n\n{FIELDS}\n\n{FERRY}\n"))
        assert said(found)[0] == "Bo Ek"
        assert "of Ada Lindqvist" in note_of(found, "other")

    def test_a_forward_with_an_end_mark(self):
        body = f"-----Original Message-----\n{FIELDS}\n\n{FERRY}\n\n-----End of forwarded message-----\n\n{BRIDGE}\n"
        own, found = accounts(mail(body))
        assert (own.text, found.text) == (BRIDGE, FERRY)

    def test_a_mark_without_a_head_does_not_say_who(self):
        own, found = accounts(mail(f"{BRIDGE}\n\n-----Original Message-----\n\n{FERRY}\n"))
        assert (own.text, found.text, found.author) == (BRIDGE, FERRY, None)

    def test_a_forward_in_a_page(self):
        told = [("From", "Bo Ek"), ("Sent", "Sunday, March 3, 2024 9:00 AM"), ("To", "Ada"), ("Subject", "Ferry")]
        fields = "<br>".join(f"<b>{name}:</b> {value}" for name, value in told)
        own, found = accounts(multipart(part(f"<p>{BRIDGE}</p><hr><p>{fields}</p><p>{FERRY}</p>", "text/html")))
        assert (own.text, found.text) == (BRIDGE, FERRY)
        assert said(found) == ("Bo Ek", "2024-03-03T09:00", "Ferry")

    def test_forwards_of_forwards(self):
        inner = f"Begin forwarded message:\n\n{FIELDS.replace('Bo Ek', 'Cy Dahl')}\n\n{FERRY}"
        found = accounts(mail(f"Look.\n\nBegin forwarded message:\n\n{FIELDS}\n\n{BRIDGE}\n\n{inner}\n"))
        assert [item.author for item in found] == ["Ada Lindqvist", "Bo Ek", "Cy Dahl"]

    def test_more_forwards_inside_each_other_than_anybody_sends(self):
        found = accounts(mail("".join(f"Begin forwarded message:\n\nFrom: N{n}\n\nWords {n}.\n\n" for n in range(40))))
        assert "more than twelve deep" not in "".join(note_of(item, "other") for item in found[:-1])
        assert "more than twelve deep" in note_of(found[-1], "other")
        assert "Words 39." in found[-1].text

    def test_a_story_that_names_a_sender_is_no_head(self):
        (found,) = accounts(mail(f"{BRIDGE}\n\nFrom: the quay\nTo: the market\n\n{FERRY}\n"))
        assert FERRY in found.text


LINES = st.lists(
    st.sampled_from(
        ["> a", ">> b", "c", "", "Bo Ek wrote:", "On 4 March 2024, Cy wrote:", "-----Original Message-----", "From: x",
         "Sent: y", "Subject: z", "-- ", "-----", "Begin forwarded message:", "-----End of forwarded message-----"]
    ),
    max_size=30,
)  # fmt: skip


class TestEveryMail:
    @settings(max_examples=200, deadline=None)
    @given(LINES, st.booleans())
    def test_no_words_are_lost_and_none_are_told_twice(self, lines: list[str], reply: bool):
        rows = rows_of_text("\n".join(lines))
        found = tellings_of(rows, reply=reply)
        told = [row.text for telling in found for row in telling.rows]
        told += [word for telling in found if telling.said for word in (telling.said.title or "").split()]  # folded
        for word in ("a", "b", "c"):
            assert told.count(word) == sum(row.text == word for row in rows)
