"""Rules of robots.txt as RFC 9309 reads them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.fetching.robots import parse_robots


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("Disallow: /a", "/a", False),
        ("Disallow: /a", "/ab/c", False),
        ("Disallow: /a", "/b/a", True),
        ("Disallow: /a/", "/a", True),
        ("Disallow:", "/a", True),
        ("Disallow: /", "/robots.txt", True),
        ("Disallow: /\nAllow: /news", "/news/x", True),
        ("Allow: /news\nDisallow: /", "/other", False),
        ("Allow: /a\nDisallow: /a", "/a", True),  # a tie
        ("Allow: /a\nDisallow: /a*", "/ab", False),  # the longer rule wins
        ("Disallow: /*.pdf$", "/x/y.pdf", False),
        ("Disallow: /*.pdf$", "/x/y.pdf?z", True),
        ("Disallow: /a$", "/a", False),
        ("Disallow: /a$", "/ab", True),
        ("Disallow: /*/b/*/d", "/a/b/c/d", False),
        ("Disallow: /a*b*$", "/axbx", False),
        ("Disallow: *q=", "/x?q=1", False),
        ("Disallow: /ab*b$", "/ab", True),  # a piece is not used twice
        ("Disallow: /~me", "/%7Eme", False),
        ("Disallow: /%7eme", "/~me", False),
        ("Disallow: /é", "/%C3%A9", False),
        ("Disallow: /a%2Fb", "/a/b", True),
        ("Disallow: /a%2fb", "/a%2Fb", False),
        ("DISALLOW : /a # why", "/a", False),
        ("disallow:/a", "/a", False),
        ("Disallow: a", "/a", True),
        ("Disallow /a", "/a", True),
        ("Noindex: /a\nDisallow: /a", "/a", False),
    ],
)
def test_rules(rules: str, path: str, allowed: bool) -> None:
    robots = parse_robots(f"User-agent: *\n{rules}\n".encode(), "Tellings")
    assert robots.allows(path) == allowed


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("User-agent: tellings\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: TELLINGS/2.0 (any)\nAllow: /", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Tellings\n", True),  # its own group has no rules
        ("User-agent: *\nDisallow: /\n\nUser-agent: tellingsbot\nAllow: /", False),
        ("User-agent: other\nUser-agent: Tellings\nDisallow: /", False),
        ("User-agent: Tellings\nSitemap: /s\nUser-agent: other\nDisallow: /", False),
        ("User-agent: Tellings\nDisallow: /b\nUser-agent: x\nAllow: /\nUser-agent: Tellings\nDisallow: /a", False),
        ("User-agent: other\nDisallow: /", True),
        ("Disallow: /\nUser-agent: *\nDisallow: /b", True),  # before any group
        ("\ufeffUser-agent: *\rDisallow: /\r", False),
        ("", True),
        ("<html>Disallow: /", True),
    ],
)
def test_groups(text: str, allowed: bool) -> None:
    assert parse_robots(text.encode(), "Tellings").allows("/a") == allowed


@pytest.mark.parametrize(
    ("value", "delay"), [("5", 5.0), ("0.5", 0.5), ("-1", 0.0), ("inf", 0.0), ("1e9", 0.0), ("٣", 0.0)]
)
def test_crawl_delay(value: str, delay: float) -> None:
    assert parse_robots(f"User-agent: *\nCrawl-delay: {value}\n".encode(), "Tellings").delay == delay


@given(st.binary(max_size=300), st.text("/ab%2F*$?=", max_size=20))
def test_any_bytes_are_rules(data: bytes, path: str) -> None:
    parse_robots(b"User-agent: *\nDisallow: " + data, "Tellings").allows("/" + path)


@given(st.text("/ab", max_size=8), st.text("/ab*", max_size=6), st.booleans())
def test_stars_match_as_an_expression_does(path: str, pattern: str, to_end: bool) -> None:
    import re

    path, pattern = "/" + path, "/" + pattern
    rule = f"User-agent: *\nDisallow: {pattern}{'$' * to_end}\n".encode()
    expected = re.match(re.escape(pattern).replace(r"\*", ".*") + (r"\Z" if to_end else ""), path)
    assert parse_robots(rule, "Tellings").allows(path) == (expected is None)


@pytest.mark.parametrize(
    "data",
    [
        b"User-agent: *\nDisallow: /" + b"a*" * 200_000 + b"b\n",
        b"User-agent: *\n" + b"".join(b"Disallow: /*a%d\n" % n for n in range(10_000)),
        b"".join(b"User-agent: b%d\n" % n for n in range(20_000)) + b"User-agent: *\n" + b"Disallow: /x\n" * 9_000,
        b"User-agent: *\n" + b" " * 400_000 + b"Disallow: /",
        b"\n" * 500_000,
    ],
)
def test_hostile_files_are_read_in_time(data: bytes) -> None:
    started = time.monotonic()
    parse_robots(data, "Tellings").allows("/" + "a" * 3000)
    assert time.monotonic() - started < 5
