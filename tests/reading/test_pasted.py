"""Texts of others set into an account: whose they are, how they stand in each other, and what is told inside them."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.reading.pasted import pasted_in, with_pasted
from tellings.records import Attribution, Span

MAIL = """They sent this round, make of it what you will.

-----Original Message-----
From: Edda Kroll <edda@quay.example>
Sent: Monday, 4 March 2024 10:11
Subject: The crane

The crane was never looked at. Bram Oster wrote:
> Nobody asked us to look
> at the crane at all.

So much for that."""


def told(text: str) -> list[tuple[str | None, str | None, str, int | None]]:
    """Who, by what cue, tells what, inside which other."""
    return [
        (
            part.source and text[slice(*part.source)],
            part.cue and text[slice(*part.cue)],
            text[slice(*part.content)],
            part.inside,
        )
        for part in pasted_in(text)
    ]


class TestTexts:
    def test_a_pasted_mail_with_a_quoted_one_inside_it(self):
        (mail, quoted) = told(MAIL)
        assert (mail[0], mail[1], mail[3]) == ("Edda Kroll", None, None)
        assert mail[2].startswith("The crane was never looked at.")
        assert mail[2].endswith("So much for that.")
        assert quoted == ("Bram Oster", "wrote", "Nobody asked us to look\n> at the crane at all.", 0)

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Ada wrote:\n> It fell on Monday.\nNo, on Sunday.", ("Ada", "wrote", "It fell on Monday.", None)),
            ('[quote="Ada"]It fell on Monday.[/quote]\nNo.', ("Ada", None, "It fell on Monday.", None)),
            ("> It fell on Monday.\nNo, on Sunday.", (None, None, "It fell on Monday.", None)),
            (
                "So they say.\n\nIt fell on Monday.\nRegards,\nEdda Kroll\n"
                "(Taken from an email sent to me by the League.)\nHm.",
                ("Edda Kroll", None, "So they say.\n\nIt fell on Monday.\nRegards,", None),
            ),
            (
                "It was shut at noon.\n\nThe quay is shut until the spring.\n\n"
                "— Harbour Office (@quayharbour) March 4, 2024\n\nNobody was hurt.",
                ("Harbour Office", "—", "The quay is shut until the spring.", None),
            ),
            (
                "It fell.\n\nThe quay is shut. pic.example/1 — Harbour Office (@quay.example) 4 March 2024",
                ("Harbour Office", "—", "The quay is shut. pic.example/1", None),
            ),
        ],
    )
    def test_each_with_its_writer_and_nothing_but_its_words(self, text: str, expected: tuple[str | None, ...]):
        assert told(text) == [expected]

    @pytest.mark.parametrize(
        "text",
        [
            "The quay is shut.\n\n— Harbour Office, the spokesman said",
            "The quay is shut, said the office (@quayharbour) on Monday.",
            "The quay - a long one - is shut, as Ada Kroll (@ada) told us at length in an interview on the quay.",
            "Dear members,\nThe quay is shut.\nYours sincerely,\nEdda Kroll",
            "> So.\nNo.",
        ],
    )
    def test_what_is_none(self, text: str):
        assert told(text) == []

    def test_quotations_in_quotations_keep_their_order(self):
        text = (
            "Ada wrote:\n> Bram wrote:\n> > Cleo wrote:\n> > > It fell on Monday.\n> > No, on Sunday.\n"
            "> Who knows that?\nI do."
        )
        found = told(text)
        assert [(one[0], one[3]) for one in found] == [("Ada", None), ("Bram", 0), ("Cleo", 1)]
        assert found[2][2] == "It fell on Monday."


def said(text: str, source: str, cue: str, content: str, parent: int | None = None) -> Attribution:
    def at(words: str) -> tuple[Span, ...]:
        start = text.index(words)
        return (Span(start, start + len(words)),)

    return Attribution(at(source), at(cue), at(content), "indirect", None, parent, 0.9)


class TestAttributions:
    TEXT = (
        "Ada Kroll said it was old.\n\nBram wrote:\n> It fell, the mayor said on Monday,\n> and nobody knew.\n"
        "So it is told."
    )

    def test_the_text_is_its_writer_s_and_what_is_told_in_it_stands_inside(self):
        outer = said(self.TEXT, "Ada Kroll", "said", "it was old")
        inner = said(self.TEXT, "the mayor", "said on Monday", "It fell")
        first, second, third = with_pasted(self.TEXT, [outer, inner])
        assert (first.parent, second.parent, third.parent) == (None, 2, None)
        assert (third.manner, self.TEXT[slice(*third.source[0])]) == ("direct", "Bram")

    def test_what_the_lead_in_was_read_as_is_left_out(self):
        lead = said(self.TEXT, "Bram", "wrote", "It fell")
        kept = said(self.TEXT, "Ada Kroll", "said", "it was old")
        assert [self.TEXT[slice(*one.source[0])] for one in with_pasted(self.TEXT, [lead, kept])] == [
            "Ada Kroll",
            "Bram",
        ]

    def test_parents_are_numbered_anew_where_one_is_left_out(self):
        text = self.TEXT + " The office said the judge knew it."
        lead = said(text, "Bram", "wrote", "It fell")
        office = said(text, "The office", "said", "the judge knew it")
        judge = said(text, "the judge", "knew", "it", parent=1)
        found = with_pasted(text, [lead, office, judge])
        assert [one.parent for one in found] == [None, 0, None]

    def test_a_text_without_others_is_left_as_it_is(self):
        one = said("Ada Kroll said it was old.", "Ada Kroll", "said", "it was old")
        assert with_pasted("Ada Kroll said it was old.", [one]) == (one,)

    @settings(max_examples=200, deadline=None)
    @given(st.lists(st.sampled_from([
        "> It fell on Monday.", ">> And broke in two parts.", "Ada wrote:", "[quote=Bram]It was old then.", "[/quote]",
        "From: Edda Kroll", "Subject: Crane", "Dear members,", "Regards,", "Edda Kroll", "-----", "", "It is so.",
        "-----Original Message-----", "The quay is shut. — Ada (@ada) March 4, 2024", "(Taken from a letter by Ada.)",
    ]), max_size=14))  # fmt: skip
    def test_any_mixture_gives_spans_of_the_text_in_an_outer_one_or_none(self, lines: list[str]):
        text = "\n".join(lines)
        found = pasted_in(text)
        for number, part in enumerate(found):
            assert 0 <= part.content.start < part.content.end <= len(text)
            if part.inside is not None:
                outer = found[part.inside]
                assert part.inside < number
                assert outer.content.start <= part.content.start
                assert part.content.end <= outer.content.end
        for one, other in pairwise(sorted(p.content for p in found if p.inside is None)):
            assert one.end <= other.start

    @pytest.mark.parametrize(
        "text",
        [
            "> " * 20_000 + "It fell on Monday.",
            "> It fell on Monday.\nSo.\n" * 5_000,
            "[quote]" * 20_000,
            "From: Ada\nSubject: b\n\nIt fell on Monday.\n-----\n" * 3_000,
            "— a (@a) 2024 " * 10_000,
            "—" * 100_000,
        ],
    )
    def test_hostile_texts_take_little_time(self, text: str):
        began = time.process_time()
        pasted_in(text)
        assert time.process_time() - began < 4
