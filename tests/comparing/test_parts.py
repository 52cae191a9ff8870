"""Pages of one article, given as accounts of their own: what is one article, and how it counts in a comparison."""

from __future__ import annotations

from dataclasses import replace

from tellings.comparing import compare
from tellings.comparing.parts import parts
from tellings.comparing.table import build, in_order
from tellings.records import GOES_ON, STARTS_BEFORE, Account, Note, Reading
from tests.comparing.accounts import account, reading

ONE = "The crane on the north quay fell on Monday at noon. In the end 12 people were hurt by its chain on the quay."
TWO = "Edda Kroll said nobody had looked at the bolts since the spring of last year. The council meets on Thursday."
THREE = "A new crane was planned for the year after next. The money for it went into the swing bridge in the end."
STORY = "https://quay.example/news/crane"


def page(name: str, url: str | None, title: str = "The crane fell", **more: str | None) -> Account:
    return replace(account(name, ONE), url=url, title=title, kind="article", **more)


def grouped(*pages: Account) -> list[list[str]]:
    return [[pages[n].id for n in group] for group in parts(pages)]


class TestWhatIsOneArticle:
    def test_its_pages_in_their_order_whatever_the_order_given(self):
        pages = [page("c", f"{STORY}?page=3"), page("a", STORY), page("b", f"{STORY}/2", "The crane fell - page 2")]
        assert grouped(*pages) == [["a", "b", "c"]]
        assert grouped(*pages[::-1]) == [["a", "b", "c"]]

    def test_a_page_in_the_middle_may_be_missing(self):
        assert grouped(page("a", STORY), page("c", f"{STORY}?page=3")) == [["a", "c"]]

    def test_another_title_outlet_day_or_address_is_another_article(self):
        first = page("a", STORY, outlet="Quay News", published="2024-03-04")
        second = page("b", f"{STORY}?page=2", outlet="Quay News", published="2024-03-04T10:00")
        assert grouped(first, second) == [["a", "b"]]
        for other in (
            replace(second, title="The ferry sank"),
            replace(second, outlet="Tern Post"),
            replace(second, published="2024-03-05"),
            replace(second, url="https://quay.example/news/ferry?page=2"),
            replace(second, url=None),
            replace(second, kind="post"),
        ):
            assert grouped(first, other) == []

    def test_two_fetches_of_one_page_are_no_two_pages(self):
        assert grouped(page("a", STORY), page("b", STORY)) == []


def told(name: str, text: str, number: int, *notes: str) -> Reading:
    made = reading(name, text, published="2024-03-04", outlet="quay")
    missing = tuple(Note("cut off", message) for message in notes)
    url = STORY if number == 1 else f"{STORY}?page={number}"
    return replace(made, account=replace(made.account, url=url, title="The crane fell", kind="article", notes=missing))


class TestComparing:
    first = told("first", ONE, 1, GOES_ON.format(number=2))
    second = told("second", TWO, 2, STARTS_BEFORE.format(number=2), GOES_ON.format(number=3))
    third = told("third", THREE, 3, STARTS_BEFORE.format(number=3))
    others = (
        reading("tern", "The crane on the north quay fell on Monday. It was an old one.", outlet="tern"),
        reading("gull", "The council meets on Thursday. The gulls were on the quay again.", outlet="gull"),
    )

    def test_pages_are_counted_as_one_account_and_are_no_copies(self):
        table = build(in_order([self.first, self.second, self.third]))
        assert len(set(table.counted)) == 1
        assert compare([self.first, self.second, *self.others]).copies == compare(self.others).copies

    def notes(self, *given: Reading) -> dict[str, list[str]]:
        found = compare([*given, *self.others])
        return {one.id: [note.message for note in one.notes if "page" in note.message] for one in found.accounts}

    def test_each_page_but_the_first_is_noted_and_none_is_missed_that_is_given(self):
        notes = self.notes(self.first, self.second, self.third)
        assert notes["first"] == []
        assert notes["second"] == [
            "is page 2 of the article that begins in first.txt; its pages are counted as one account"
        ]

    def test_a_missing_page_is_missed(self):
        assert self.notes(self.first)["first"] == [GOES_ON.format(number=2)]
        assert STARTS_BEFORE.format(number=3) in self.notes(self.first, self.third)["third"]

    def test_notes_of_an_earlier_comparison_are_made_anew(self):
        again = [
            replace(one, account=account)
            for one in (self.first, self.second)
            for account in compare([self.first, self.second, *self.others]).accounts
            if account.id == one.account.id
        ]
        assert len(self.notes(*again)["second"]) == 2  # which page it is, and that a third is not here

    def test_what_any_page_tells_the_article_tells(self):
        found = compare([self.first, self.second, *self.others])
        assert {gap.account for gap in found.gaps} & {"second"} == set()
        assert {gap.value for gap in found.gaps if gap.account == "first"} <= {"told", "cannot tell"}
