"""What a page says of itself: its data, its dates, and what of them is believed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tellings.ingest.html import account_of_page

if TYPE_CHECKING:
    from tellings.records import Account

WORDS = (
    "The harbour council voted on Monday to close the old swing bridge for repairs, after a survey found rust and"
    " cracks in its main bearing, and the ferry will run every ten minutes until it opens again."
)
FIRST, LATER = "2024-03-04", "2024-05-20"


def account(*, head: str = "", under: str = "", data: dict[str, object] | None = None, foot: str = "") -> Account:
    told = f'<script type="application/ld+json">{json.dumps(data)}</script>' if data is not None else ""
    page = (
        f"<html><head>{head}{told}<title>Bridge to close for repairs</title></head><body><article>"
        f"<h1>Bridge to close for repairs</h1>{under}<p>{WORDS}</p>"
        f"<p>{WORDS.replace('ferry', 'bus')}</p></article>{foot}</body></html>"
    )
    return account_of_page("bridge.html", page.encode(), "0123456789abcdef")


def story(**said: object) -> dict[str, object]:
    return {"@type": "NewsArticle", "headline": "Bridge to close for repairs", **said}


class TestDates:
    def dates(self, **parts: object) -> tuple[str | None, str | None]:
        found = account(**parts)  # type: ignore[arg-type]
        return found.published, found.updated

    def test_the_article_s_own_data_come_first(self):
        site = {"@type": "WebSite", "datePublished": "2019-01-01"}
        data = {"@graph": [site, story(datePublished=FIRST, dateModified=LATER)]}
        assert self.dates(data=data) == (FIRST, LATER)

    def test_an_earlier_date_beside_the_title_is_the_one_of_publication(self):
        assert self.dates(data=story(datePublished=LATER), under="<p>4 March 2024</p>") == (FIRST, None)

    def test_a_day_s_difference_is_a_time_zone_s(self):
        assert self.dates(data=story(datePublished="2024-03-05"), under="<p>4 March 2024</p>") == ("2024-03-05", None)

    @pytest.mark.parametrize("label", ["Updated 20 May 2024", "Last reviewed: May 20, 2024"])
    def test_a_date_said_to_be_one_of_change_is_that(self, label: str):
        under = f"<p>4 March 2024</p><p>{label}</p>"
        assert self.dates(under=under) == (FIRST, LATER)

    @pytest.mark.parametrize(
        "parts",
        [
            {"under": "<div>By Ada Lindqvist</div><div>March 4, 2024</div>"},
            {"under": '<span itemprop="datePublished" content="2024-03-04"></span>'},
            {"under": '<time class="entry-date" datetime="2024-03-04">lately</time>'},
            {"head": '<link rel="canonical" href="https://tidewater.example/2024/03/04/bridge">'},
            {"head": '<meta name="parsely-pub-date" content="2024-03-04">'},
            {"foot": "<footer><p>Published on 4 March 2024</p></footer>"},
            {"foot": '<script>var page = {"datePublished": "2024-03-04"}</script>'},
        ],
        ids=["beside", "microdata", "time", "address", "meta", "labelled", "script"],
    )
    def test_what_names_a_date_of_publication(self, parts: dict[str, str]):
        assert self.dates(**parts) == (FIRST, None)

    def test_a_date_of_change_alone_stands_for_both_and_is_noted(self):
        found = account(under="<p>Updated 20 May 2024</p>")
        assert (found.published, found.updated) == (LATER, LATER)
        assert [note.code for note in found.notes] == ["no date"]

    def test_a_date_inside_the_story_is_none_of_the_page_s(self):
        long = WORDS.replace("on Monday", "on 4 March 2023, a Saturday,")
        assert self.dates(under=f"<p>{long}</p>") == (None, None)


class TestData:
    def test_outlet_author_and_address(self):
        found = account(
            data=story(
                author=[{"name": "Ada Lindqvist"}, {"name": "Tom Ferrer"}], publisher={"name": "The Tidewater Post"}
            ),
            head='<link rel="canonical" href="https://tidewater.example/bridge">',
        )
        assert (found.author, found.outlet) == ("Ada Lindqvist; Tom Ferrer", "The Tidewater Post")
        assert found.url == "https://tidewater.example/bridge"

    @pytest.mark.parametrize(
        "byline",
        [
            '<a rel="author">Ada Lindqvist</a>',
            '<p class="byline">By Ada Lindqvist</p>',
            '<i itemprop="author">Ada Lindqvist</i>',
        ],
    )
    def test_an_author_named_by_marks_alone(self, byline: str):
        assert account(under=byline).author == "Ada Lindqvist"

    def test_what_is_no_name_is_no_author(self):
        assert account(under='<p class="author">More posts by our newsroom</p>').author is None

    def test_broken_data_say_nothing(self):
        assert account(head='<script type="application/ld+json">{"@type": "NewsArticle", </script>').published is None

    def test_deep_data_say_nothing(self):
        deep = '{"a":' * 50_000
        assert account(head=f'<script type="application/ld+json">{deep}</script>').published is None

    @pytest.mark.parametrize(("free", "noted"), [(False, True), ("False", True), (True, False)])
    def test_a_page_for_subscribers_only_is_noted(self, free: object, noted: bool):
        found = account(data=story(isAccessibleForFree=free, datePublished=FIRST))
        assert ("cut off" in [note.code for note in found.notes]) is noted
