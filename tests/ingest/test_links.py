"""Lists of feeds and sitemaps: links for those who fetch, and none that leads elsewhere than the web."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.errors import InputError
from tellings.ingest.feeds import feeds_of_opml, links_of_sitemap
from tellings.ingest.links import Link

MAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'


def test_the_feeds_of_a_list_with_folders():
    data = b"""<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
    <outline text="Local"><outline text="Quay &amp; Letters" type="rss" xmlUrl="https://quay.example/feed?a=1&amp;b=2"/>
    <outline title="Post" xmlUrl='https://post.example/atom'></outline></outline>
    <outline text="bad" xmlUrl="file:///etc/passwd"/><outline text="none"/></body></opml>"""
    assert feeds_of_opml(data) == (
        Link("https://quay.example/feed?a=1&b=2", "Quay & Letters", None, "feed"),
        Link("https://post.example/atom", "Post", None, "feed"),
    )


def test_the_pages_of_a_sitemap():
    data = f"""<urlset {MAP}><url><loc>https://quay.example/a</loc><lastmod>2024-03-04</lastmod></url>
    <url><loc> https://quay.example/b </loc></url><url><loc>javascript:x</loc></url></urlset>"""
    assert links_of_sitemap(data.encode()) == (
        Link("https://quay.example/a", None, "2024-03-04"),
        Link("https://quay.example/b"),
    )


def test_a_news_sitemap_has_titles_and_dates():
    data = f"""<urlset {MAP}><url><loc>https://quay.example/a</loc><lastmod>2024-03-09</lastmod><n:news><n:publication>
    <n:name>Quay</n:name></n:publication><n:publication_date>2024-03-04T18:30:00+01:00</n:publication_date>
    <n:title>Bridge &amp; ferry</n:title></n:news></url></urlset>"""
    assert links_of_sitemap(data.encode()) == (
        Link("https://quay.example/a", "Bridge & ferry", "2024-03-04T18:30:00+01:00"),
    )


def test_an_index_names_sitemaps():
    data = f"<sitemapindex {MAP}><sitemap><loc>https://quay.example/s.xml.gz</loc></sitemap></sitemapindex>"
    assert links_of_sitemap(data.encode()) == (Link("https://quay.example/s.xml.gz", None, None, "sitemap"),)


def test_a_sitemap_of_lines():
    assert links_of_sitemap(b"\xef\xbb\xbfhttps://quay.example/a\r\nhttps://quay.example/b\nno\n") == (
        Link("https://quay.example/a"),
        Link("https://quay.example/b"),
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<rss/>",
        b"\x1f\x8b\x08",
        b"words",
        b"<!DOCTYPE x [<!ENTITY a 'b'>]><urlset/>",
        b"<urlset>" + b"<a>" * 1_000,
    ],
)
@pytest.mark.parametrize("links", [feeds_of_opml, links_of_sitemap])
def test_what_is_no_such_file_is_an_error(data: bytes, links: object):
    assert callable(links)
    with pytest.raises(InputError):
        links(data)


def test_more_links_than_a_file_may_have():
    with pytest.raises(InputError, match="200,000"):
        links_of_sitemap(b"https://quay.example/a\n" * 200_001)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_web_links_or_an_error(raw: bytes):
    for data in (raw, b"<urlset><url><loc>" + raw, b"<opml><outline xmlUrl='" + raw + b"'/>"):
        for links in (links_of_sitemap, feeds_of_opml):
            try:
                found = links(data)
            except InputError:
                continue
            assert all(link.url.startswith(("http://", "https://")) for link in found)
