"""The page of a story of forty accounts, a fourth of them copies, and its smaller parts."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tellings.show import render_page
from tellings.show.page.compact import compact
from tellings.show.page.html import Html, el, excerpt
from tellings.show.view import view

from .comparisons import STONES, account, forty, harbour, harbour_all_layers, words
from .parsed import Page, parse


@pytest.fixture(scope="module")
def html() -> str:
    return render_page(forty())


@pytest.fixture(scope="module")
def shown(html: str) -> Page:
    return parse(html)


def squeezed(text: str) -> str:
    return " ".join(text.split())


class TestForty:
    def test_every_traced_element_holds_the_accounts_own_words(self, shown: Page):
        story = forty()
        texts = {view(story).letters[a.id]: a.text for a in story.accounts}

        for element in shown.traced():
            letter, start, end = element.at()
            assert element.text == texts[letter][start:end]

    def test_ids_are_given_once_and_every_link_on_the_page_leads_somewhere(self, shown: Page):
        ids = [e.get("id") for e in shown.elements if e.get("id")]
        links = {e.get("href")[1:] for e in shown.named("a") if e.get("href").startswith("#")}

        assert len(ids) == len(set(ids))
        assert links <= set(ids)

    def test_the_head_has_a_line_an_account_and_folds_the_titles(self, shown: Page):
        chips = [e for e in shown.named("li") if e.parents[-1] == "ol" and e.parents[-2] == "header"]

        assert len(chips) == 40
        assert squeezed(chips[2].text) == "C Skarrow Paper 2 2026-05-01 10:00"
        assert squeezed(chips[3].text) == "D Skarrow Paper 3 2026-05-01 11:00 copy of C 92 %"
        assert "Titles, authors and notes of all 40" in shown.named("summary")[0].text

    def test_copies_share_a_column_of_the_matrix(self, shown: Page):
        heads = [e.text for e in shown.named("th") if e.get("scope") == "col" and e.parents[-4:-3] == ("div",)]
        columns = heads[: heads.index("Claim", 1)] if "Claim" in heads[1:] else heads

        assert "C+1 copies: D" in columns
        assert len([head for head in columns if re.match(r"[A-Z]+(\+|$)", head)]) == 30

    def test_what_all_agree_on_is_folded_after_the_first_rows(self, shown: Page):
        rows = [e for e in shown.elements if e.name == "tr" and e.get("data-claim")]

        assert len(rows) == STONES + 3
        assert sum("more" in row.get("class") for row in rows) == STONES + 1 - 8
        assert f"show {STONES + 1 - 8} more of them" in shown.with_class("unfold-row")[0].text

    def test_verbs_stand_by_account_on_one_scale(self, shown: Page):
        (table,) = shown.with_class("verbs")

        assert "BSkarrow Paper 1" in squeezed(table.text).replace("B Skarrow", "BSkarrow")
        assert "claimed" in table.text

    def test_the_timeline_is_drawn_with_every_account_and_told_in_a_table(self, shown: Page):
        (drawing,) = shown.with_class("tracks")

        assert drawing.get("role") == "img"
        assert drawing.get("aria-label") == "When 1 claim happened, above, and when each account told them, below"
        assert {"A", "AN"} <= {e.text for e in shown.named("text") if "letter" in e.get("class")}
        assert "2026-04-26" in shown.by_id("timeline").text

    def test_versions_of_a_quotation_in_the_same_words_share_a_line(self, shown: Page):
        assert len(shown.with_class("version-text")) == 2  # one for each quotation, the second among copies alone

    def test_a_quotation_that_only_an_account_and_its_copy_have_is_folded(self, shown: Page):
        assert "1 quotation that only an account and its copies have" in squeezed(shown.by_id("quotes").text)

    def test_it_is_not_heavy(self, html: str):
        assert len(html.encode()) < 1_000_000


def test_with_few_accounts_every_title_stands_in_the_head_and_each_has_a_column():
    story = harbour()
    page = parse(render_page(replace(story, copies=())))

    assert not page.with_class("chips")
    assert len(page.with_class("titles")) == 1
    assert not page.with_class("unfold")


def test_any_two_accounts_can_be_set_against_each_other():
    page = parse(render_page(harbour()))
    choices = [e.get("id") for e in page.named("input") if e.get("type") == "radio"]
    chosen = [e.get("id") for e in page.named("input") if "checked" in e.attributes and e.get("type") == "radio"]

    assert choices == ["left-A", "left-B", "left-C", "right-A", "right-B", "right-C"]
    assert chosen == ["left-A", "right-B"]


def test_the_margin_has_the_signs_of_what_a_paragraph_tells():
    page = parse(render_page(harbour()))
    paragraphs = {e.text[:18]: e.get("data-signs") for e in page.named("p") if e.get("data-at")}

    assert paragraphs["A fire destroyed t"] == "> ="
    assert paragraphs["The alarm worked, "] == "!"
    assert paragraphs["What burned was fu"] == "o"


def test_the_first_of_several_days_before_the_window_stands_in_the_margin():
    story = harbour_all_layers()
    early = replace(story.timeline[0], value="1931-01-01", until="1931-12-31")
    page = parse(render_page(replace(story, timeline=(early,))))

    assert "before" in [e.text for e in page.named("text")]


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31", "no date", "2026"])
def test_a_date_that_cannot_be_drawn_draws_nothing(published: str):
    story = harbour_all_layers()
    dated = tuple(replace(a, published=published) for a in story.accounts)

    page = parse(render_page(replace(story, accounts=dated)))

    assert not page.with_class("tracks")
    assert page.with_class("timeline")


class TestCompact:
    def test_traces_name_the_account_by_its_letter(self):
        where = account('b"ad & <id>', "The pier fell.")

        shown = compact(excerpt(words(where, "pier")), {where.id: "A"})

        assert shown == '<span data-at="A 4 8" class=w>pier</span>'

    def test_words_that_look_like_attributes_stay_words(self):
        text = ' data-account="a" data-start="1" data-end="2" class="x"'

        assert parse(compact(el("p", text, title=text), {})).named("p")[0].text == text
        assert parse(compact(el("p", text, title=text), {})).named("p")[0].get("title") == text

    @pytest.mark.parametrize("value", ["a b", "a>b", "", "a=b", "a`b", "a'b"])
    def test_a_value_that_needs_quotation_marks_keeps_them(self, value: str):
        assert parse(compact(Html(el("p", id=value)), {})).named("p")[0].attributes == {"id": value}
