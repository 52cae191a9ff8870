"""Stories as people put them together: copies, a single sentence, an account of something else, any order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.comparing import compare
from tellings.comparing.copies import counted
from tellings.comparing.notes import FOREIGN
from tellings.records import Claim, Comparison, Copy, Note, Reading
from tellings.show import check, render_page, render_terminal, to_json
from tests.comparing.accounts import reading

WIRE = (
    "The ferry Halcyon ran aground off Tern Point on Sunday evening. Four people were hurt. "
    "Mara Quill said the lamp on the point had been dark for a week. “We called the harbour office twice about it,” "
    "Mara Quill said. An official said the crew had no chart."
)
LOCAL = (
    "The ferry Halcyon ran aground near Tern Point late on Sunday evening. Four passengers were hurt. "
    "“We called the harbour office twice about it,” Mara Quill said. Divers will look at the hull tomorrow morning."
)
LETTER = (
    "On Sunday evening our ferry, the Halcyon, ran aground off Tern Point. My aunt makes candles for the chapel. "
    "Divers are to look at the hull tomorrow morning, they say."
)
BAKERY = "A bakery opened on Quay Street. Its owner sells rye loaves. Queues formed at noon. The oven came by ship."
SENTENCE = "The Halcyon ran aground off Tern Point on Sunday evening, and four people were hurt."

wire = reading("wire", WIRE, published="2031-03-02", outlet="Wire")
local = reading("local", LOCAL, published="2031-03-03", outlet="Local")
letter = reading("letter", LETTER, published="2031-03-04", outlet="Letter")
copy = reading("wire-again", WIRE, published="2031-03-02", outlet="Reprint")
bakery = reading("bakery", BAKERY, published="2031-03-03", outlet="Loaf")


def told_by(claim: Claim) -> set[str]:
    return {one.account for one in claim.appearances}


def notes(found: Comparison) -> dict[str, list[str]]:
    return {account.id: [note.code for note in account.notes] for account in found.accounts}


def without(found: Comparison, name: str) -> tuple[Claim, ...]:
    return tuple(claim for claim in found.claims if name not in told_by(claim))


class TestCopies:
    """Two copies of one account are one voice."""

    def test_all_quotes_of_a_copy_are_identical(self):
        found = compare([wire, copy])
        assert [quote.kind for quote in found.quotes] == ["identical"]

    def test_every_claim_of_a_copy_has_one_origin_however_short_or_unnamed(self):
        unnamed = [
            replace(one, attributions=tuple(replace(said, source_type="anonymous") for said in one.attributions))
            for one in (wire, copy)
        ]
        for pair in ([wire, copy], unnamed):
            found = compare(pair)
            assert {len(told_by(claim)) for claim in found.claims} == {2}
            assert {claim.standing for claim in found.claims} == {"agreed"}
            assert [claim for claim in found.claims if len(claim.origins) > 1] == []

    def test_the_later_one_is_noted_and_named_with_the_one_it_is_counted_with(self):
        late = replace(copy, account=replace(copy.account, published="2031-03-05"))
        found = compare([late, wire, local])
        assert found.copies == (Copy("wire-again", "wire", 1.0),)
        assert notes(found) == {"wire": [], "local": [], "wire-again": ["copy"]}
        assert "100 % of it stands word for word in Wire" in found.accounts[2].notes[0].message

    def test_of_one_outlets_two_versions_the_note_names_the_file(self):
        found = compare([replace(copy, account=replace(copy.account, outlet="Wire")), wire])
        assert "word for word in wire.txt;" in found.accounts[1].notes[0].message

    def test_a_copy_makes_no_claim_surer(self):
        alone = {told.text: claim.score for claim in compare([wire, local]).claims for told in claim.appearances}
        for claim in compare([wire, local, copy]).claims:
            if "local" in told_by(claim):
                assert {alone[told.text] for told in claim.appearances} == {claim.score}

    def test_what_only_copies_tell_stands_after_what_two_tell(self):
        other = reading("other", "The lifeboat crew rowed out from Tern Point at nine.", published="2031-03-02")
        third = reading("third", "The lifeboat crew rowed out from Tern Point about nine.", published="2031-03-03")
        agreed = [told_by(one) for one in compare([wire, copy, other, third]).claims if one.standing == "agreed"]
        assert agreed[0] == {"other", "third"}
        assert agreed[1:]
        assert all(tellers == {"wire", "wire-again"} for tellers in agreed[1:])

    def test_copies_are_one_of_most_others(self):
        assert compare([wire, copy, letter]).gaps == ()
        gaps = compare([wire, copy, local, letter]).gaps
        assert {gap.why for gap in gaps if gap.value != "cannot tell"} == {"told by 2 of 2 others"}

    def test_the_renderers_count_copies_beside(self):
        found = compare([wire, local, copy])
        for shown in (render_terminal(found), render_page(found)):
            assert "told by 2 of 2 and 1 copy, " in shown
            assert "of it stands word for word in Wire" in " ".join(shown.split())
            assert "told by 2 of 3" not in shown

    def test_notes_are_made_anew_where_accounts_of_a_comparison_are_compared_again(self):
        noted = {one.id: one for one in compare([wire, copy, local, bakery]).accounts}
        assert [len(noted[name].notes) for name in ("wire-again", "bakery")] == [1, 1]
        again = [replace(one, account=noted[one.account.id]) for one in (copy, bakery)]
        assert notes(compare(again)) == {"wire-again": [], "bakery": []}


class TestWhatIsACopy:
    """Accounts are copies by runs of words, whatever the marks and the case."""

    def test_a_changed_word_a_new_end_and_other_marks_still_make_a_copy(self):
        edited = WIRE.replace("“", '"').replace("”", '"').replace("dark", "out") + " More follows."
        assert counted([WIRE, edited]) == (0, 0)

    def test_an_account_that_quotes_another_is_no_copy(self):
        assert counted([WIRE, LETTER + WIRE[:150]]) == (0, 1)

    def test_a_part_counts_with_the_whole_wherever_it_stands(self):
        whole = f"{WIRE} {BAKERY} {LETTER}"
        assert counted([WIRE, whole]) == (1, 1)
        assert counted([whole, WIRE]) == (0, 0)

    def test_two_that_hold_one_wire_are_two(self):
        first, second = (f"{WIRE} {' '.join(f'{own} saw gull {n}.' for n in range(40))}" for own in ("Ida", "Bo"))
        assert counted([WIRE, first, second]) == (1, 1, 2)

    def test_a_copy_of_a_part_counts_with_the_whole(self):
        whole = f"{WIRE} {BAKERY} {LETTER}"
        assert counted([WIRE, WIRE, whole]) == (2, 2, 2)

    def test_a_few_words_may_be_written_alike_by_two(self):
        assert counted(["Four people were hurt on Sunday.", "Four people were hurt on Sunday."]) == (0, 1)
        assert counted(["", ""]) == (0, 1)

    texts = st.lists(st.sampled_from([WIRE, LOCAL, LETTER, f"{WIRE} {LETTER}", WIRE[30:], ""]), max_size=6)

    @given(texts, st.integers(0, 6))
    def test_who_counts_is_no_copy_and_others_change_nothing(self, texts: list[str], place: int):
        found = counted(texts)
        assert [found[home] for home in found] == list(found)
        amid = counted([*texts[:place], BAKERY, *texts[place:]])
        at = min(place, len(texts))
        assert [home - (home > at) for n, home in enumerate(amid) if n != at] == list(found)
        assert amid[at] == at


class TestOneSentence:
    """An account may be a single sentence, or nothing that tells anything."""

    def test_its_sentence_is_compared_like_any_other(self):
        found = compare([wire, local, reading("post", SENTENCE)])
        check(found)
        assert any(told_by(claim) == {"wire", "local", "post"} for claim in found.claims)
        assert notes(found)["post"] == []

    def test_two_single_sentences_are_a_story(self):
        found = compare([reading("a", SENTENCE), reading("b", SENTENCE.replace("four", "five"))])
        assert [told_by(claim) for claim in found.claims] == [{"a", "b"}]
        assert "told by" in render_terminal(found)
        assert "told by" in render_page(found)

    @pytest.mark.parametrize("text", ["Aground.", "…", " "])
    def test_an_account_that_tells_nothing_harms_nothing(self, text: str):
        found = compare([wire, local, reading("stub", text)])
        check(found)
        assert without(found, "stub") == compare([wire, local]).claims
        assert notes(found)["stub"] == []


class TestAnotherStory:
    """An account of something else is said to look so, and shares nothing."""

    def test_its_claims_stay_single_and_it_is_noted(self):
        found = compare([wire, local, letter, bakery])
        own = [claim for claim in found.claims if "bakery" in told_by(claim)]
        assert [claim.standing for claim in own] == ["single"] * 4
        assert {name: codes for name, codes in notes(found).items() if codes} == {"bakery": ["other"]}
        assert Note("other", FOREIGN) in next(one for one in found.accounts if one.id == "bakery").notes

    def test_the_note_is_shown_in_the_terminal_on_the_page_and_in_json(self):
        found = compare([wire, local, bakery])
        for shown in (render_terminal(found), render_page(found), to_json(found)):
            assert "it may tell another story" in " ".join(shown.split())

    def test_it_is_not_noted_where_nobody_shares_anything(self):
        assert notes(compare([wire, bakery])) == {"wire": [], "bakery": []}

    def test_what_copies_share_is_nothing_shared(self):
        assert notes(compare([wire, copy, bakery]))["bakery"] == []

    def test_copies_of_another_story_are_both_noted(self):
        second = reading("second", BAKERY, published="2031-03-05")
        found = notes(compare([wire, local, bakery, second]))
        assert found == {"wire": [], "local": [], "bakery": ["other"], "second": ["copy", "other"]}

    def test_two_stories_of_two_accounts_each_are_left_to_the_reader(self):
        other = reading("other", BAKERY.replace("noon", "midday").replace("Its owner sells", "The baker has"))
        other = replace(other, account=replace(other.account, published="2031-03-04"))
        found = compare([wire, local, bakery, other])
        assert not any("other" in codes for codes in notes(found).values())


class TestStability:
    """What is found among some accounts hangs on neither their order nor on who stands beside them."""

    def test_an_unrelated_account_changes_no_claim_and_no_quote_of_the_others(self):
        story = [wire, local, letter, copy]
        for published in ("2031-01-01", "2031-03-03", "2032-01-01", None):
            stranger = replace(bakery, account=replace(bakery.account, published=published))
            alone, amid = compare(story), compare([*story, stranger])
            assert without(amid, "bakery") == alone.claims
            assert (amid.quotes, amid.copies) == (alone.quotes, alone.copies)
            assert [one for one in amid.accounts if one.id != "bakery"] == list(alone.accounts)

    def test_the_order_of_the_accounts_changes_nothing(self):
        story = [wire, local, copy, bakery]
        once = to_json(compare(story))
        assert {to_json(compare(order)) for order in permutations(story)} == {once}

    @settings(max_examples=12)
    @given(st.permutations([wire, local, letter, copy, bakery]), st.integers(2, 5))
    def test_nor_does_it_among_any_of_them(self, order: Sequence[Reading], size: int):
        some = order[:size]
        assert compare(some) == compare(sorted(some, key=lambda one: one.account.id))


class TestCircles:
    """Accounts that give each other as their source."""

    def circular(self, *outlets_and_texts: tuple[str, str]) -> list[str]:
        readings = [reading(f"account {n}", text, outlet=outlet) for n, (outlet, text) in enumerate(outlets_and_texts)]
        return [note.message for one in compare(readings).accounts for note in one.notes if note.code == "circular"]

    def test_two_accounts_that_cite_each_other_are_told(self):
        found = self.circular(
            ("Reuters", "The gate was open. The BBC said it was open all night."),
            ("BBC", "The gate was open. Reuters said it was open."),
            ("CNN", "The gate was open. Reuters said it was open."),
        )
        assert found == [
            "gives BBC as a source, which in turn rests on this account",
            "gives Reuters as a source, which in turn rests on this account",
        ]

    def test_one_that_cites_another_is_no_circle(self):
        assert self.circular(("Reuters", "The gate was open."), ("BBC", "Reuters said the gate was open.")) == []
