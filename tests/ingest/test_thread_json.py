"""Threads as services write them in JSON: a post an account, with the bytes of its own object."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.errors import InputError
from tellings.ingest import ingest, read_back
from tellings.ingest.threadjson import accounts_of_thread_json, is_thread_json
from tellings.records import Account, Span

SAW = "I was standing by the chandler's when the crane came down. Nobody was under it at that time."
BOLTS = "My brother works there and he says the bolts were never looked at since the spring."


def comment(name: str, body: str, *answers: object, when: float = 1709546400.0) -> dict[str, object]:
    replies = {"kind": "Listing", "data": {"children": list(answers)}} if answers else ""
    link = f"/r/harbour/comments/1abc/crane/{name}/"
    data = {"author": name, "body": body, "created_utc": when, "permalink": link, "replies": replies}
    return {"kind": "t1", "data": data}


def listing(*comments: object, selftext: str = SAW) -> bytes:
    post = {"title": "Crane fell", "selftext": selftext, "author": "quaywatcher", "created_utc": 1709546400.0}
    first = {"kind": "Listing", "data": {"children": [{"kind": "t3", "data": post}]}}
    return json.dumps([first, {"kind": "Listing", "data": {"children": list(comments)}}]).encode()


def telegram(*messages: dict[str, object]) -> bytes:
    told = {"name": "Harbour talk", "type": "private_group", "id": 1, "messages": list(messages)}
    return json.dumps(told, indent=1).encode()


def accounts(data: bytes) -> list[Account]:
    found = [one for one in accounts_of_thread_json("thread.json", data) if isinstance(one, Account)]
    for one in found:
        part = data[one.original.offset : one.original.offset + one.original.size]
        assert read_back(one, Span(0, len(one.text)), part) == one.text
    return found


class TestReddit:
    DATA = listing(comment("ropewalk", BOLTS, comment("ada", f"&gt; {BOLTS}\n\nWho told him that & when? Nobody did.")))

    def test_a_post_is_an_account_with_who_and_when_and_its_own_object(self):
        first, second, third = accounts(self.DATA)
        assert (first.author, first.title, first.text) == ("quaywatcher", "Crane fell", SAW)
        assert (second.author, second.published, second.kind) == ("ropewalk", "2024-03-04T10:00:00+00:00", "post")
        assert second.url == "https://www.reddit.com/r/harbour/comments/1abc/crane/ropewalk/"
        assert third.text == f"> {BOLTS}\n\nWho told him that & when? Nobody did."
        ends = second.original.offset + second.original.size
        assert ends <= third.original.offset  # an answer is no part of what it answers

    def test_what_is_quoted_is_noted(self):
        assert "are a quoted post of another voice" in " ".join(n.message for n in accounts(self.DATA)[2].notes)

    def test_what_was_deleted_is_no_post(self):
        assert [one.author for one in accounts(listing(comment("a", "[deleted]"), comment("b", BOLTS)))] == [
            "quaywatcher",
            "b",
        ]


class TestTelegram:
    def test_messages_of_plain_and_of_marked_words(self):
        parts = ["My brother works there and he says the ", {"type": "bold", "text": "bolts"}, " were never looked at."]
        found = accounts(
            telegram(
                {"id": 1, "type": "service", "date": "2024-03-04T09:00:00", "text": ""},
                {"id": 2, "type": "message", "date": "2024-03-04T10:00:00", "from": "Ada Kroll", "text": SAW},
                {"id": 3, "type": "message", "date": "2024-03-04T11:02:00", "from": "Bram Oster", "text": parts},
            )
        )
        assert [(one.author, one.published, one.text) for one in found] == [
            ("Ada Kroll", "2024-03-04T10:00:00", SAW),
            ("Bram Oster", "2024-03-04T11:02:00", "My brother works there and he says the bolts were never looked at."),
        ]


class TestForms:
    def test_the_first_bytes_tell_whatever_the_name(self, tmp_path: Path):
        (tmp_path / "a.json").write_bytes(TestReddit.DATA)
        assert len([one for one in ingest([tmp_path / "a.json"]) if isinstance(one, Account)]) == 3

    @pytest.mark.parametrize(
        "start", [b'{"text": "It fell."}', b'[{"kind": "t1"}]', b'{"type": "NewsArticle", "messages": []}', b"", b"[["]
    )
    def test_others_are_none(self, start: bytes):
        assert not is_thread_json(start)

    @pytest.mark.parametrize("data", [TestReddit.DATA[:-20], b'{"kind": "Listing", "data": ' + b"[" * 200_000])
    def test_broken_json_is_one_error(self, data: bytes):
        with pytest.raises(InputError, match="is broken JSON"):
            list(accounts_of_thread_json("t.json", data))

    def test_a_thread_without_posts_is_an_error(self):
        (error,) = accounts_of_thread_json("t.json", telegram())
        assert isinstance(error, InputError)

    def test_thousands_of_posts_and_answers_in_answers_take_little_time(self):
        deep: dict[str, object] = comment("last", BOLTS)
        for n in range(60):
            deep = comment(f"a{n}", BOLTS, deep)
        began = time.process_time()
        found = accounts(listing(deep, *(comment(f"b{n}", BOLTS) for n in range(2_000))))
        assert time.process_time() - began < 20
        assert len(found) > 2_001

    @settings(max_examples=50, deadline=None)
    @given(st.text(min_size=1, max_size=40))
    def test_any_words_lead_back(self, words: str):
        accounts(listing(comment("a", f"The crane fell on the quay. {words}")))
