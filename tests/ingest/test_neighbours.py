"""Pages of an article of several pages: what is missing before and after the one at hand."""

from __future__ import annotations

import pytest

from tellings.ingest.html import account_of_page
from tellings.records import GOES_ON, STARTS_BEFORE
from tests.ingest import threads_made as made

STORY = "https://quay.example/news/crane"


def notes(address: str, *links: str) -> list[str]:
    head = "".join((f'<link rel="canonical" href="{address}">', *links))
    page = made.html(f"<article><h1>The crane</h1>{made.ARTICLE}</article>", head=head)
    found = account_of_page("crane.html", page.encode(), "0123456789abcdef")
    return [note.message for note in found.notes if note.code == "cut off"]


def test_a_first_page_alone_goes_on():
    assert notes(STORY, f'<link rel="next" href="{STORY}?page=2">') == [GOES_ON.format(number=2)]


def test_a_relative_link_counts():
    assert notes(f"{STORY}/", '<link rel="next" href="2/">') == [GOES_ON.format(number=2)]


def test_a_last_page_alone_starts_before():
    assert notes(f"{STORY}/3/", f'<a rel="prev" href="{STORY}/2/">Back</a>') == [STARTS_BEFORE.format(number=3)]


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="next" href="https://quay.example/news/ferry">',
        '<link rel="next" href="https://quay.example/news/ferry?page=2">',
        f'<link rel="next" href="{STORY}?page=7">',
        '<link rel="next" href="https://[broken">',
        f'<link rel="alternate" href="{STORY}?page=2">',
    ],
)
def test_the_next_post_of_a_blog_is_no_page(link: str):
    assert notes(STORY, link) == []


def test_a_page_in_the_middle_misses_what_is_before_and_after_it():
    links = f'<link rel="prev" href="{STORY}"><link rel="next" href="{STORY}/3/">'
    assert notes(f"{STORY}/2/", links) == [STARTS_BEFORE.format(number=2), GOES_ON.format(number=3)]
