"""Threads, chats and digests as they are copied or exported from other programs: who wrote what, when, and no more."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.ingest import read_back
from tellings.ingest.thread_chat import messages_of
from tellings.ingest.thread_texts import posts_of_text
from tellings.records import Account, Span

SAW = "I was standing by the chandler's when the crane came down. Nobody was under it at that time."
BOLTS = "My brother works there and he says the bolts were never looked at since the spring."
BLANK = " "
RUST = "I think they are covering it up. We all saw the rust on that thing last year."


def posts(text: str) -> list[Account]:
    data = text.encode()
    found = posts_of_text("thread.txt", data, sha256(data).hexdigest()) or []
    accounts = [one for one in found if isinstance(one, Account)]
    for one in accounts:
        part = data[one.original.offset : one.original.offset + one.original.size]
        assert read_back(one, Span(0, len(one.text)), part) == one.text
    return accounts


def told(text: str) -> list[tuple[str | None, str | None, str]]:
    return [(one.author, one.published, one.text) for one in posts(text)]


def notes(text: str) -> list[list[str]]:
    return [[note.message for note in one.notes if note.code == "no date"] for one in posts(text)]


TELEGRAM = f"""[04.03.2024 10:00] Ada Kroll: {SAW}
[04.03.2024 11:02] Bram Oster: {BOLTS}
He told me so.
[04.03.2024 12:30] Cleo Tern: {RUST}
"""
WHATSAPP = f"""04/03/2024, 10:00 - Messages and calls are end-to-end encrypted. Nobody outside can read them.
04/03/2024, 10:00 - Ada Kroll: {SAW}
04/03/2024, 11:02 - Bram Oster: {BOLTS}
He told me so.
04/03/2024, 11:03 - Bram Oster: <Media omitted>
04/03/2024, 12:30 - Cleo Tern: {RUST}
"""
IRC = f"""[10:00] <ada> {SAW}
[10:02] <bram> {BOLTS}
He told me so.
[10:03] <cleo> {RUST}
"""


class TestChats:
    def test_a_message_is_a_post_with_who_and_when(self):
        assert told(TELEGRAM) == [
            ("Ada Kroll", "2024-03-04T10:00", SAW),
            ("Bram Oster", "2024-03-04T11:02", f"{BOLTS}\nHe told me so."),
            ("Cleo Tern", "2024-03-04T12:30", RUST),
        ]

    def test_day_and_month_in_an_order_nobody_knows_are_no_date_and_the_program_s_own_lines_no_post(self):
        assert [one[:2] for one in told(WHATSAPP)] == [("Ada Kroll", None), ("Bram Oster", None), ("Cleo Tern", None)]
        assert "“04/03/2024, 10:00”" in notes(WHATSAPP)[0][0]

    def test_a_clock_alone_is_no_date(self):
        assert [one[:2] for one in told(IRC)] == [("ada", None), ("bram", None), ("cleo", None)]

    @pytest.mark.parametrize(
        "text",
        [
            f"[10:00] ada: {SAW}\n[10:02] ada: {BOLTS}\n",  # one writer is no talk
            "10:00 - 11:00: The opening\n11:00 - 12:00: The bolts\n12:00 - 13:00: Lunch\n",
            f"{SAW}\n\n[10:00] Ada: {BOLTS}\n\n[10:02] Bram: {RUST}\n",
            "",
        ],
    )
    def test_what_is_no_chat(self, text: str):
        assert messages_of(text.split("\n")) == []

    @settings(max_examples=200, deadline=None)
    @given(st.lists(st.sampled_from([
        "[04.03.2024 10:00] Ada: It fell.", "10:00 - Bram: So it did.", "[10:01] <cleo> It did.", "", "It fell.", "[",
        "[10:00]", "04/03/2024, 10:00 - ", "10:00 AM - Ada: <Media omitted>",
    ]), max_size=12))  # fmt: skip
    def test_messages_follow_each_other_in_any_mixture(self, lines: list[str]):
        at = 0
        for one in messages_of(lines):
            assert at <= one.first < one.end <= len(lines)
            assert one.at <= len(lines[one.first])
            at = one.end


REDDIT = f"""r/harbour
Posted by u/quaywatcher 5 hours ago
Crane fell on the north quay
{SAW}

4 Comments

u/ropewalk
· 4h ago
{BOLTS}

Upvote 12 Downvote Reply

u/quaywatcher OP
· 3h ago
{RUST}

Upvote 5 Downvote Reply
"""
DISCOURSE = f"""quaywatcher | 2024-03-04 10:00:00 UTC | #1

{SAW}

-------------------------

ropewalk | 2024-03-04 11:02:10 UTC | #2

{BOLTS}

-------------------------
"""
VBULLETIN = f"""03-04-2024, 10:00 AM
quaywatcher
Senior Member
{BLANK}
Join Date: Jan 2010
Posts: 1,204

{SAW}

03-04-2024, 11:02 AM
ropewalk
Junior Member
{BLANK}
Join Date: Feb 2020
Posts: 12

{BOLTS}
"""
PHPBB = f"""Crane fell on the north quay
by quaywatcher » Mon Mar 04, 2024 10:00 am

{SAW}

Re: Crane fell on the north quay
by ropewalk » Mon Mar 04, 2024 11:02 am

{BOLTS}
"""
DISQUS = f"""2 Comments  Quay News  Login

ropewalk
5 hours ago
{BOLTS}
2 0 Reply Share ›

quaywatcher  ropewalk
4 hours ago
{RUST}
1 0 Reply Share ›
"""
SLACK = f"""Ada Kroll  10:00 AM
{SAW}

Bram Oster  11:02 AM
{BOLTS}
"""
DIGEST = f"""Harbour-talk digest, Vol 12, Issue 3

   1. Crane on the north quay (Ada Kroll)

----------------------------------------------------------------------

Message: 1
Date: Mon, 4 Mar 2024 10:00:00 +0000
From: Ada Kroll <ada@quay.example>
To: harbour-talk@quay.example
Subject: [Harbour-talk] Crane on the north quay
Message-ID: <1@quay.example>

{SAW}

------------------------------

Message: 2
Date: Mon, 4 Mar 2024 11:02:00 +0000
From: Bram Oster <bram@quay.example>
Subject: Re: [Harbour-talk] Crane on the north quay

{BOLTS}
"""


class TestThreads:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (DISCOURSE, [("quaywatcher", "2024-03-04T10:00:00Z"), ("ropewalk", "2024-03-04T11:02:10Z")]),
            (VBULLETIN, [("quaywatcher", None), ("ropewalk", None)]),
            (PHPBB, [("quaywatcher", "2024-03-04T10:00"), ("ropewalk", "2024-03-04T11:02")]),
            (DISQUS, [("ropewalk", None), ("quaywatcher", None)]),
            (SLACK, [("Ada Kroll", None), ("Bram Oster", None)]),
        ],
        ids=["Discourse", "vBulletin", "phpBB", "Disqus", "Slack"],
    )
    def test_who_and_when(self, text: str, expected: list[tuple[str, str | None]]):
        assert [one[:2] for one in told(text)] == expected

    def test_what_is_pressed_below_a_post_is_none_of_its_words(self):
        assert [one[2] for one in told(DISQUS)] == [BOLTS, RUST]
        assert [one[2] for one in told(REDDIT)[1:]] == [BOLTS, RUST]

    def test_the_first_post_of_a_thread_may_be_marked_in_another_way(self):
        assert [one[0] for one in told(REDDIT)] == ["quaywatcher", "ropewalk", "quaywatcher"]
        assert "“5 hours ago”" in notes(REDDIT)[0][0]

    def test_what_a_program_prints_of_a_writer_is_none_of_his_words(self):
        assert [one[2] for one in told(VBULLETIN)] == [SAW, BOLTS]

    def test_the_mails_of_a_digest(self):
        found = posts(DIGEST)
        assert [(one.author, one.published, one.title) for one in found] == [
            ("Ada Kroll", "2024-03-04T10:00:00+00:00", "[Harbour-talk] Crane on the north quay"),
            ("Bram Oster", "2024-03-04T11:02:00+00:00", "Re: [Harbour-talk] Crane on the north quay"),
        ]
        assert [one.text for one in found] == [SAW, BOLTS]

    @pytest.mark.parametrize(
        "text",
        [
            "The harbour office opened 5 hours ago.\n\nNobody came, it said 3 hours ago.\n",
            "Programme of the day\n\nThe opening 10:00 AM\nThe chair speaks.\n\nThe bolts 11:00 AM\nA talk.\n",
            f"{SAW}\n\nUpdated 2 hours ago\n\n{BOLTS}\n",
        ],
    )
    def test_times_in_a_text_are_no_marks(self, text: str):
        assert posts(text) == []
