"""Plain text threads: parted where marks part them, one `thread` where nothing does."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.errors import InputError
from tellings.ingest.nested import Nested, nested_voices, signature
from tellings.ingest.thread_signs import hands
from tellings.records import Account, Span
from tests.ingest.inputs import STORY
from tests.ingest.threads_made import WORDS, Posts, others, text, told

DAY = "5 November 2025"


def accounts(found: Posts) -> list[Account]:
    assert found is not None
    return [one for one in found if isinstance(one, Account)]


@pytest.mark.parametrize(
    ("thread", "expected"),
    [
        (
            f"Posted by Ada on {DAY} at 10:01\n\nIt fell.\n\nPosted by bram_77 on {DAY} at 10:05\n\nIt did not.\n",
            [("Ada", "2025-11-05T10:01", "It fell."), ("bram_77", "2025-11-05T10:05", "It did not.")],
        ),
        (
            "Posted by Ada\nIt fell.\nAnd broke.\n\nPosted by bram\nIt did not.",
            [("Ada", None, "It fell.\nAnd broke."), ("bram", None, "It did not.")],
        ),
        (
            "Posted: 5 Nov 2025 10:00 by Ada\nIt fell.\nPosted: 5 Nov 2025 10:03 by bram\nIt did not.",
            [("Ada", "2025-11-05T10:00", "It fell."), ("bram", "2025-11-05T10:03", "It did not.")],
        ),
        ("#1\nIt fell.\n\n#2\nIt did not.\n", [(None, None, "It fell."), (None, None, "It did not.")]),
        (
            "#1\nAda\n5 Nov 2025, 10:00\nIt fell.\n\n#2\nbram\n5 Nov 2025, 10:02\nIt did not.",
            [("Ada", "2025-11-05T10:00", "It fell."), ("bram", "2025-11-05T10:02", "It did not.")],
        ),
        (
            "#11 Ada, 5 Nov 2025\nIt fell.\n#12 bram, 6 Nov 2025\nIt did not.",
            [("Ada", "2025-11-05", "It fell."), ("bram", "2025-11-06", "It did not.")],
        ),
        ("Comment 1:\nIt fell.\n\nComment 2:\nIt did not.", [(None, None, "It fell."), (None, None, "It did not.")]),
        (
            "Ada wrote:\nIt fell.\n\nBram wrote:\nIt did not.",
            [("Ada", None, "It fell."), ("Bram", None, "It did not.")],
        ),
        ("Re: crane\nIt fell.\n\nRe: crane\nIt did not.", [(None, None, "It fell."), (None, None, "It did not.")]),
        (
            "Ada · Nov 5, 2025 at 10:11 AM\nIt fell.\n-------\nbram, Nov 5, 2025 at 10:13 AM\nIt did not.\n-------\n",
            [("Ada", "2025-11-05T10:11", "It fell."), ("bram", "2025-11-05T10:13", "It did not.")],
        ),
        (
            "Ada Kroll\n5 November 2025\n\nIt fell.\n\nBram\n6 November 2025\n\nIt did not.",
            [("Ada Kroll", "2025-11-05", "It fell."), ("Bram", "2025-11-06", "It did not.")],
        ),
        (
            "Ada [2025-11-05 10:00]\r\nIt fell.\r\n\r\nbram [2025-11-05 10:02]\r\nIt did\r\nnot.",
            [("Ada", "2025-11-05T10:00", "It fell."), ("bram", "2025-11-05T10:02", "It did\nnot.")],
        ),
    ],
)
def test_marks_part_the_posts(thread: str, expected: list[tuple[str | None, str | None, str]]):
    found = text(thread)
    assert told(found) == expected
    assert {one.kind for one in accounts(found)} == {"post"}


def test_what_stands_before_the_first_mark_is_the_title_or_a_post():
    marked = "Posted by Ada\nIt fell.\n\nPosted by bram\nIt did not."
    assert [one.title for one in accounts(text("The crane\n\n" + marked))] == ["The crane", "The crane"]

    first, *rest = accounts(text(f"{WORDS}\n\n{marked}"))
    assert (first.text, first.author, len(rest)) == (WORDS, None, 2)
    assert "not marked" in others(first)[0]


def test_a_subject_is_the_title_of_its_post():
    found = text(
        f"Posted by Ada on {DAY}\nRe: The crane\n\nIt fell.\n\nPosted by bram on {DAY}\nRe: The bolts\n\nRust."
    )
    assert [one.title for one in accounts(found)] == ["Re: The crane", "Re: The bolts"]


@pytest.mark.parametrize(
    "words",
    [
        STORY,
        "Crane falls\nBy Ada Lindqvist\nPosted on 5 November 2025\n\nThe crane fell down in the storm. It was old.",
        "March 3, 2025: Protest\nPeople came.\n\nMarch 4, 2025: Talks\nThey talked.",
        "3 March 2025\n\nPeople came.\n\n4 March 2025\n\nThey talked.",
        f"#1 Rust\n{WORDS}\n\n#2 The Wind\n{WORDS}",
        f"Date: 5 November 2025\n{WORDS}\n\nDate: 6 November 2025\n{WORDS}",
        f"{STORY}\n\n* * *\n\n{STORY}\n\n* * *\n\nIt is so.",
        "Q: What fell?\n\nA: I think you know. The crane.\n\nQ: I guess it did. Yes.\n\nA: yes. you know it.",
        "Ada wrote:\n> It fell.\n\nI do not think so.",
        "",
        "\n\n \n",
    ],
)
def test_other_texts_are_no_threads(words: str):
    assert text(words) is None


class TestUnparted:
    THREAD = (
        f"{WORDS} I think the council knew.\n\n\n\n\nYup. Do you remember the bridge? I guess nobody does.\n"
        "i don't see why you would ask that now.\n\nThey had no money, and you know it."
    )

    def test_boundaries_are_not_made_up(self):
        (found,) = accounts(text(self.THREAD))

        assert (found.kind, found.author, found.published) == ("thread", None, None)
        assert found.text == self.THREAD
        assert others(found)[0].startswith("cannot tell where one post ends")

    def test_a_pasted_letter_is_noted_in_it(self):
        letter = f"Friends, the quay is ours.\n{WORDS}\nYours,\nEdda Kroll\nHarbour League\n"
        (found,) = accounts(
            text(f"{letter}(Taken from a letter sent to me by the Harbour League.)\n\n\n\n\n{self.THREAD}")
        )

        assert (
            f"characters 0-{len(letter) - 1} are a letter of another voice, by Edda Kroll, Harbour League, sent by"
            in (others(found)[1])
        )

    def test_a_text_with_an_outlet_or_a_date_is_no_thread(self):
        assert text(f"Outlet: The Tidewater Post\n\n{self.THREAD}") is None

    @pytest.mark.parametrize("words", [STORY, WORDS, "", "\n", "I think you know. yes\n"])
    def test_few_signs_say_nothing(self, words: str):
        assert hands(words) == ()


class TestNested:
    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            ("It fell.\nNo.", []),
            ("> It fell.\n> And broke.\nNo.", [("quoted post", "> It fell.\n> And broke.", None, None)]),
            ("Ada wrote:\n> It fell.\n\n> So.\n\nNo.", [("quoted post", "> It fell.\n\n> So.", "Ada", None)]),
            (
                "On Wed, 5 Nov 2025 at 10:11, Ada Kroll <ada@quay.example> wrote:\n> It fell.\nNo.",
                [("quoted post", "> It fell.", "Ada Kroll", None)],
            ),
            ("Originally posted by Ada:\n> It fell.\nNo.", [("quoted post", "> It fell.", "Ada", None)]),
            (
                '[quote="Ada"]It [quote]all[/quote] fell.[/quote] No.',
                [("quoted post", '[quote="Ada"]It [quote]all[/quote] fell.[/quote]', "Ada", None)],
            ),
            ("Hm. [QUOTE=bram, post: 3]It fell.", [("quoted post", "[QUOTE=bram, post: 3]It fell.", "bram", None)]),
            (
                "See this.\n-----Original Message-----\nFrom: Edda Kroll <e@quay.example>\nSubject: Crane\n\nIt fell.",
                [
                    (
                        "e-mail",
                        "-----Original Message-----\nFrom: Edda Kroll <e@quay.example>\nSubject: Crane\n\nIt fell.",
                        "Edda Kroll",
                        None,
                    )
                ],
            ),
            (
                "See this.\n\nFrom: Edda Kroll\nDate: 5 Nov 2025\n\nIt fell.\n--------\nWell.",
                [("e-mail", "From: Edda Kroll\nDate: 5 Nov 2025\n\nIt fell.", "Edda Kroll", None)],
            ),
            (
                "It fell.\nAll of it.\nRegards,\nEdda Kroll\n(Taken from an email sent to me by the League.)\nHm.",
                [("e-mail", "It fell.\nAll of it.\nRegards,\nEdda Kroll", "Edda Kroll", "the League")],
            ),
            (
                "I just got this letter from the League:\nIt fell.\nBest wishes,\nEdda\n\nWhat now?",
                [("letter", "It fell.\nBest wishes,\nEdda", "Edda", "the League")],
            ),
            (
                "They wrote to us.\n----\nDear members,\nIt fell.\nYours sincerely,\nEdda Kroll\nChair\n----\nWell.",
                [("letter", "Dear members,\nIt fell.\nYours sincerely,\nEdda Kroll\nChair", "Edda Kroll, Chair", None)],
            ),
            (
                "They wrote:\n-----\nIt fell.\nIn sorrow,\nEdda Kroll\n-----\nWell.\n-----\nSo it is.\n-----",
                [("letter", "It fell.\nIn sorrow,\nEdda Kroll", "Edda Kroll", None)],
            ),
            ("Dear members,\nIt fell.\nYours sincerely,\nEdda Kroll", []),  # all of the text: the account's own
            (">> Read more about the crane\nIt fell.", []),
            ("He read the message from the League.\nIt fell.\nWell.", []),
            ("It fell.\nThis is a letter from the League.\nWell.", []),
            ("From: here it is a long way.\nIt fell.", []),
        ],
    )
    def test_each_is_told_with_its_edges_and_who_it_is_from(
        self, words: str, expected: list[tuple[str, str, str | None, str | None]]
    ):
        found = [
            (one.kind, words[one.span.start : one.span.end], one.author, one.sender) for one in nested_voices(words)
        ]
        assert found == expected

    def test_a_note_says_it_in_a_sentence(self):
        assert Nested("e-mail", Span(3, 9), "Ada", "the League").told() == (
            "characters 3-9 are an e-mail of another voice, by Ada, sent by the League"
        )
        assert (
            Nested("letter", Span(3, 9)).told() == "characters 3-9 are a letter of another voice, its author not named"
        )

    def test_a_sentence_is_no_signature(self):
        assert signature(["In short,", "We will not go there."]) is None
        assert signature(["Yours,", "", "Edda", "Chair of it", "", "More"]) == (4, "Edda, Chair of it")

    @settings(max_examples=200, deadline=None)
    @given(
        st.lists(
            st.sampled_from(
                [
                    "> a",
                    "[quote]",
                    "[/quote]",
                    "From: Ada",
                    "Subject: b",
                    "Dear all,",
                    "Yours,",
                    "Edda",
                    "-----",
                    "",
                    "It fell.",
                    "Taken from a letter sent by Ada.",
                    "-----Original Message-----",
                    "Ada wrote:",
                ]
            ),
            max_size=25,
        )
    )
    def test_voices_are_in_order_and_do_not_cross(self, lines: list[str]):
        words = "\n".join(lines)
        at = 0
        for one in nested_voices(words):
            assert at <= one.span.start < one.span.end <= len(words)
            assert words[slice(*one.span)].strip() == words[slice(*one.span)]
            at = one.span.end


class TestBadInput:
    def test_an_empty_post_is_an_error_in_its_place(self):
        found = text("#1\nIt fell.\n\n#2\n\n#3\nIt did not.")
        assert found is not None
        assert [isinstance(one, InputError) for one in found] == [False, True, False]
        assert "talk.txt:post 2: is empty" in str(found[1])

    def test_a_post_in_another_language_is_an_error_in_its_place(self):
        other = "Der Kran am Kai ist in der Nacht gefallen und niemand hat ihn gesehen, sagt der Rat der Stadt. "
        other += (
            "Wir wollen morgen eine neue Kette kaufen, weil die alte schon lange verrostet war und wir das wussten. "
        )
        other *= 3
        found = text(f"#1\n{WORDS}\n#2\n{other}\n#3\n{WORDS}")
        assert found is not None
        assert [isinstance(one, InputError) for one in found] == [False, True, False]

    def test_the_same_words_twice_are_two_posts(self):
        one, other = accounts(text("#1\nI agree.\n\n#2\nI agree.\n"))
        assert (one.text, one.id != other.id, one.sha256 != other.sha256) == (other.text, True, True)

    def test_binary_data_is_an_error(self):
        with pytest.raises(InputError, match="binary"):
            text(b"\0\1\2\3" * 100)

    def test_ten_thousand_posts_take_time_in_step_with_their_number(self):
        def taken(count: int) -> float:
            thread = "".join(f"Posted by user{n} on {DAY}\n\n{WORDS} {n}\n\n" for n in range(count))
            start = time.process_time()
            assert len(text(thread) or []) == count
            return time.process_time() - start

        few = min(taken(1000), taken(1000))
        assert taken(10_000) < 10 * few * 3 + 1

    @pytest.mark.parametrize(
        "line",
        [
            "> a\n",
            "From: a\n",
            "[quote]",
            "#1\n",
            "Dear all,\n",
            "-",
            "wrote: ",
            "Ada wrote:\n",
            "Taken from a letter by Ada\n",
            "Re: a\n",
            "\n",
            " ",
            "5 Nov 2025\n",
            "-----Original Message-----\n",
            "I think you\n",
            "“",
        ],
    )
    def test_a_hundred_thousand_of_anything_take_little_time(self, line: str):
        start = time.process_time()
        text(line * (100_000 // len(line)))
        assert time.process_time() - start < 20


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Posted by Ada on 5 May 2025", "#3", "Re: x", "é “so”", "> a", "----", "", "\r", "Ada", "It fell."]
        ),
        max_size=30,
    )
)
def test_every_post_of_any_lines_reads_back(lines: list[str]):
    text("\r\n".join(lines))  # text() checks what is placed
