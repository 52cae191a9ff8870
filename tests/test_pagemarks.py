from __future__ import annotations

import pytest

from tellings.pagemarks import mark_of, title_without_page

STORY = "https://www.quay.example/news/2024/03/04/crane"


@pytest.mark.parametrize(
    "other",
    [
        "?page=2",
        "/?page=2&ref=1",
        "/2/",
        "/2",
        "/page/2/",
        "/page-2",
        "-2.html",
        "_2.html",
        "-page-2.html",
        "-p2.html",
        "?paged=2#top",
    ],
)
def test_a_second_page_has_the_address_of_the_first_and_its_number(other: str):
    first = mark_of(STORY + "?ref=1" * ("ref" in other))
    second = mark_of(STORY + other)
    assert first is not None
    assert second is not None
    assert (first.base, first.number, second.number) == (second.base, 1, 2)


@pytest.mark.parametrize(
    "one",
    [
        "https://quay.example/2024/03/4",
        "https://quay.example/12",
        "https://quay.example/news/crane-2024",
        "https://quay.example/?p=2",
        "https://quay.example/news/crane?page=0",
        "https://quay.example/news/crane?page=two",
    ],
)
def test_days_years_and_the_numbers_of_articles_are_no_pages(one: str):
    mark = mark_of(one)
    assert mark is not None
    assert mark.number == 1


@pytest.mark.parametrize("url", [None, "", "crane", "mailto:a@b", "https://[broken", "urn:x:2"])
def test_without_an_address_there_is_no_page(url: str | None):
    assert mark_of(url) is None


@pytest.mark.parametrize("title", ["The crane fell", "The crane fell - Page 2", "The Crane Fell (page 2 of 3)"])
def test_a_title_stands_without_the_number_of_its_page(title: str):
    assert title_without_page(title) == "the crane fell"
