"""Two versions in the terminal and as JSON; what was taken in likewise."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tellings.diffing import differences
from tellings.errors import InputError, SpanError
from tellings.records import Note, Run
from tellings.show.taken import placed, render_taken, taken_json
from tellings.show.versions import render_versions, versions_json
from tests.comparing.accounts import account, reading

BEFORE = "The crane on the quay fell on Monday. In the end 12 people were hurt. Nobody came. The quay is shut now."
AFTER = "The quay is shut now. The crane on the quay fell on Monday. In the end 14 people were hurt. A ferry sank here."


def laid(before: str = BEFORE, after: str = AFTER):
    return differences(reading("old", before), reading("new", after))


class TestVersions:
    def test_every_part_is_shown_with_whose_words_they_are(self):
        shown = render_versions(laid(), width=100, color=False)
        for line in (
            "2 versions; the second is taken for the later one, as given: their dates do not say",
            "2 kept, 1 altered, 1 added, 1 removed, 1 moved, 1 silently corrected",
            "! SILENTLY CORRECTED, as nothing new in B says that anything was: 1 statement",
            "  A  “In the end 12 people were hurt.”",
            "  B  “In the end 14 people were hurt.”",
            "     figure: A “12”, B “14”",
            "+ ADDED: 1 statement",
            "  B  “A ferry sank here.”",
            "- REMOVED: 1 statement",
            "  A  “Nobody came.”",
            "> MOVED, in the same words: 1 statement",
            "  B  “The quay is shut now.”",
        ):
            assert line in shown.splitlines()

    def test_versions_that_say_they_were_changed_are_not_called_silent(self):
        shown = render_versions(laid(after=f"{AFTER}\nCorrection: 14 were hurt."), width=80, color=False)
        assert "SILENTLY" not in shown.replace("0 silently", "")
        assert "~ ALTERED: 1 statement" in shown
        assert "B  says of its changes: “Correction: 14 were hurt.”" in shown

    def test_texts_that_share_nothing_are_said_to(self):
        assert "may be no versions of one" in " ".join(render_versions(laid(after="Bees sang."), width=80).split())

    def test_identical_versions(self):
        assert "4 kept, 0 altered, 0 added, 0 removed, 0 moved, 0 silently" in render_versions(
            laid(after=BEFORE), width=90
        )

    def test_an_outsider_writes_no_escape_sequence(self):
        shown = render_versions(laid(after="It \x1b[31mfell\x1b[0m and \u202eback."), width=80, color=False)
        assert "\x1b" not in shown
        assert "\u202e" not in shown

    @pytest.mark.parametrize("width", [1, 20, 40, 200])
    def test_lines_are_no_wider_than_asked_for(self, width: int):
        assert max(map(len, render_versions(laid(), width=width, color=False).splitlines())) <= max(width, 20)

    def test_json_has_all_of_it_without_the_way_to_the_bytes(self):
        found = json.loads(versions_json(laid()))
        assert list(found) == ["before", "after", "order", "heads", "differences", "notices"]
        assert "original" not in found["before"]["account"]
        altered = next(one for one in found["differences"] if one["kind"] == "altered")
        assert altered["silent"] is True
        assert altered["changes"][0]["after"]["text"] == "14"
        assert AFTER[slice(altered["after"]["start"], altered["after"]["end"])] == altered["after"]["text"]
        assert versions_json(laid(), indent=1).count("\n") > 50

    def test_words_that_stand_nowhere_are_refused(self):
        found = laid()
        moved = replace(found, after=replace(found.after, account=replace(found.after.account, text="Other.")))
        for show in (render_versions, versions_json):
            with pytest.raises(SpanError, match="are not there"):
                show(moved)


class TestTaken:
    def taken(self):
        one = account("crane", "Crane falls é", published="2025-11-03", outlet="Post")
        original = replace(one.original, runs=(Run(0, 5, 10, 15),), offset=7)
        return replace(
            one, original=original, title="Crane falls", kind="article", notes=(Note("short", "has 3 words"),)
        )

    def test_the_share_placed_counts_what_is_no_white_space(self):
        assert placed(self.taken()) == pytest.approx(5 / 11)
        assert placed(replace(self.taken(), text="")) == 1.0

    def test_an_account_in_lines(self):
        assert render_taken(self.taken(), width=100, color=False).splitlines() == [
            "crane",
            "  article, 3 words; 45.4 % placed on bytes 7 to 21 of crane.txt (utf-8)",
            "  title: “Crane falls”",
            "  outlet: Post",
            "  published: 2025-11-03",
            "  does not say: author",
            "  note: has 3 words",
            "  not placed: 7 characters in 1 stretch",
        ]

    def test_an_account_as_json(self):
        found = json.loads(taken_json(self.taken()))["account"]
        assert (found["id"], found["kind"], found["words"], found["placed"]) == ("crane", "article", 3, 0.4545)
        assert found["notes"] == [{"code": "short", "message": "has 3 words"}]
        assert "text" not in found

    def test_an_error_is_told_in_its_place(self):
        error = InputError("no.txt", "there is no such file", "check its name")
        assert (
            render_taken(error, width=80, color=False) == "left out no.txt\n  there is no such file; check its name\n"
        )
        assert json.loads(taken_json(error)) == {
            "error": {"about": "no.txt", "problem": "there is no such file", "advice": "check its name"}
        }
