"""Fetches of one page: which accounts are versions of one, in what order, and how they count in a comparison."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from tellings.comparing import compare
from tellings.comparing.copies import counted
from tellings.comparing.pages import address_of, versions
from tellings.comparing.relations import relation
from tellings.comparing.table import build, in_order
from tellings.records import Account, Reading
from tests.comparing.accounts import account, reading

FIRST = "The crane on the north quay fell on Monday at noon. In the end 12 people were hurt by its chain on the quay."
LATER = FIRST.replace("12", "14") + " Edda Kroll said nobody had looked at the bolts since the spring of last year."
OTHER = "A ferry sank off Tern Point in the storm on Sunday, and the lifeboat crew rowed out to it at nine."
PAGE = "https://quay.example/news/crane"


def at(name: str, text: str, url: str | None = PAGE, **more: str | None) -> Account:
    return replace(account(name, text), url=url, kind="article", **more)


def named(accounts: list[Account]) -> list[list[str]]:
    return [[accounts[n].id for n in group] for group in versions(accounts)]


class TestAddresses:
    @pytest.mark.parametrize(
        "other",
        [
            "http://quay.example/news/crane",
            "https://www.quay.example/news/crane/",
            "https://QUAY.example/news/crane?utm_source=letter&fbclid=x#comments",
            "https://m.quay.example/news/crane/amp",
            "https://amp.quay.example/news/crane?outputType=amp",
            "https://quay.example/news/crane/index.html",
        ],
    )
    def test_what_does_not_count(self, other: str):
        assert address_of(other) == address_of(PAGE)

    @pytest.mark.parametrize(
        "other",
        [
            "https://quay.example/news/crane-2",
            "https://quay.example/news/crane?id=2",
            "https://tern.example/news/crane",
            "https://quay.example/news/crane#!/story/2",
        ],
    )
    def test_what_does(self, other: str):
        assert address_of(other) != address_of(PAGE)

    def test_a_host_of_two_parts_keeps_its_first(self):
        assert address_of("https://m.example/a") == "m.example/a"


class TestVersions:
    def test_two_fetches_of_one_page_are_versions_and_the_last_changed_one_is_the_latest(self):
        accounts = [at("b", LATER, updated="2024-03-05"), at("x", OTHER, "https://quay.example/ferry"), at("a", FIRST)]
        assert named(accounts) == [["a", "b"]]

    def test_when_each_was_fetched_says_more_than_their_own_dates(self):
        early = at("early", FIRST, updated="2024-03-09", fetched="2024-03-04T10:00:00Z")
        late = at("late", LATER, updated="2024-03-04", fetched="2024-03-04T12:00:00+01:00")
        assert named([late, early]) == [["early", "late"]]

    def test_other_words_under_one_address_are_no_version(self):
        assert named([at("a", FIRST), at("b", OTHER)]) == []

    def test_a_text_written_anew_under_its_title_is_one(self):
        assert named([at("a", FIRST, title="Crane falls"), at("b", OTHER, title="Crane  Falls")]) == [["a", "b"]]

    def test_the_first_page_of_a_site_is_no_account_s_address(self):
        assert named([at("a", FIRST, "https://quay.example/"), at("b", LATER, "https://quay.example")]) == []

    def test_without_an_address_nothing_is_said(self):
        assert named([at("a", FIRST, None), at("b", LATER, None)]) == []

    def test_posts_of_one_thread_are_no_versions_and_two_fetches_of_one_post_are(self):
        posts = [
            replace(at(name, text, url), kind="post")
            for name, text, url in (
                ("a", FIRST, f"{PAGE}#p1"), ("b", LATER, f"{PAGE}#p2"), ("c", LATER, f"{PAGE}#p1"), ("d", FIRST, PAGE),
            )
        ]  # fmt: skip
        assert named(posts) == [["a", "c"]]

    def test_an_address_of_very_many_texts_is_no_page_s(self):
        many = [at(f"n{n}", " ".join(f"word{n}x{m}" for m in range(30))) for n in range(80)]
        assert named([*many, at("a", FIRST), at("b", LATER)]) == []

    def test_the_order_they_come_in_does_not_matter(self):
        accounts = [at("a", FIRST), at("b", LATER, updated="2024-03-05"), at("c", FIRST + " So.", updated="2024-03-06")]
        assert {str(named(list(order))) for order in permutations(accounts)} == {str([["a", "b", "c"]])}


class TestCounting:
    def test_earlier_versions_count_with_the_latest(self):
        assert counted([FIRST, OTHER, LATER], [(0, 2)]) == (2, 1, 2)

    def test_what_copies_an_earlier_version_counts_with_the_latest_too(self):
        assert counted([FIRST, "Wholly other words by now, and not one run of five of them is left here.", FIRST],
                       [(0, 1)]) == (1, 1, 1)  # fmt: skip

    def test_versions_of_a_copy_count_with_what_it_copies(self):
        assert counted([FIRST, OTHER, FIRST + " It did.", FIRST + " It was so."], [(2, 3)]) == (0, 1, 0, 0)


def told(name: str, text: str, updated: str | None, outlet: str) -> Reading:
    made = reading(name, text, published="2024-03-04", outlet=outlet)
    return replace(made, account=replace(made.account, url=f"https://{outlet}.example/crane", updated=updated))


class TestComparing:
    early = told("early", FIRST, "2024-03-04T08:00", "quay")
    late = told("late", LATER, "2024-03-05T08:00", "quay")
    other = told("other", "The crane on the north quay fell on Monday. It was old.", None, "tern")

    def test_the_later_one_stands_and_the_earlier_is_noted(self):
        found = compare([self.late, self.early, self.other])
        (one,) = found.copies
        assert (one.account, one.of, one.kind) == ("early", "late", "version")
        notes = {account.id: [note.message for note in account.notes] for account in found.accounts}
        assert notes["early"] == [
            "is an earlier version of late.txt, which stands for it; the two are counted as one account"
        ]
        assert notes["late"] == []

    def test_where_no_date_says_which_is_later_that_is_said(self):
        twice = [told("early", FIRST, None, "quay"), told("late", LATER, None, "quay")]
        found = compare([*twice, self.other])
        assert "their dates do not say" in " ".join(n.message for a in found.accounts for n in a.notes)

    def test_what_a_later_version_tells_otherwise_is_an_update(self):
        kinds = {"agree": 0.05, "narrower": 0.05, "differ": 0.1, "update": 0.1, "conflict": 0.7}
        fewer = told("fewer", "Of the crew of the crane 12 people were killed.", "2024-03-04", "quay")
        more = told("more", "Of the crew of the crane 9 people were killed.", "2024-03-05", "quay")
        table = build(in_order([fewer, more]))
        apart = build(
            in_order([fewer, told("more", "Of the crew of the crane 9 people were killed.", "2024-03-05", "tern")])
        )
        assert (table.versions, apart.versions) == (((0, 1),), ())
        assert relation(table, 0, 1, 0.9, kinds).kind == "update"
        assert relation(apart, 0, 1, 0.9, kinds).kind == "conflict"

    def test_a_copy_by_another_outlet_stays_a_copy(self):
        echo = told("zecho", LATER, None, "echo")
        kinds = {one.account: (one.of, one.kind) for one in compare([self.early, self.late, echo]).copies}
        assert kinds == {"early": ("late", "version"), "zecho": ("late", "copy")}
