"""Which addresses and links may be asked, however they are written."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.fetching import fetch, is_link
from tellings.fetching.addresses import is_public, literal
from tellings.fetching.links import Link, follow, parse_link
from tellings.fetching.records import Refusal
from tests.fetching.conftest import problem


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254",
        "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1",
        "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "::8.8.8.8",
        "64:ff9b::10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::",
        "2002:808:808::1", "3fff::1", "fc00::1", "fd12:3456::1", "fe80::1", "fec0::1", "ff02::1", "5f00::1",
    ],
)  # fmt: skip
def test_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "8.8.8.8", "100.63.255.255", "172.32.0.1", "223.255.255.255", "2606:4700::1", "2a00:1450::1",
     "::ffff:8.8.8.8", "64:ff9b::808:808"],
)  # fmt: skip
def test_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@given(st.ip_addresses(v=4))
def test_nothing_the_standard_library_calls_private_is_public(address: ipaddress.IPv4Address) -> None:
    special = (
        address.is_private or address.is_loopback or address.is_link_local or address.is_multicast
        or address.is_reserved or address.is_unspecified
    )  # fmt: skip
    assert not (special and is_public(address))


@given(st.ip_addresses(v=4))
def test_an_address_inside_another_is_judged_by_itself(address: ipaddress.IPv4Address) -> None:
    for inside in (f"::ffff:{address}", f"64:ff9b::{address}"):
        assert is_public(ipaddress.ip_address(inside)) == is_public(address)
    for inside in (f"::{address}", f"2002:{int(address) >> 16:x}:{int(address) & 0xFFFF:x}::1"):
        assert not is_public(ipaddress.ip_address(inside))


@given(st.ip_addresses(v=6))
def test_public_ipv6_is_global_unicast(address: ipaddress.IPv6Address) -> None:
    if is_public(address) and not address.ipv4_mapped and address not in ipaddress.ip_network("64:ff9b::/96"):
        assert int(address) >> 125 == 1
        assert address.is_global


@st.composite
def odd_spellings(draw: st.DrawFn) -> str:
    """An IPv4 address as programs read it: parts left out, in octal or hexadecimal, as one number, full-width."""
    parts = list(draw(st.ip_addresses(v=4)).packed)
    kept = draw(st.integers(1, 4))
    last = int.from_bytes(bytes(parts[kept - 1 :]))
    spell = st.sampled_from(["{}", "0x{:x}", "0X{:X}", "0{:o}", "000{:o}"])
    text = ".".join(draw(spell).format(number) for number in (*parts[: kept - 1], last))
    text = draw(st.sampled_from([text, text + "."]))
    return "".join(chr(ord(letter) + 0xFEE0) for letter in text) if draw(st.booleans()) else text


@given(odd_spellings())
def test_odd_spellings_are_refused_or_read_as_what_they_are(host: str) -> None:
    try:
        link = parse_link(f"http://{host}/")
    except Refusal:
        return
    assert ipaddress.ip_address(link.host)  # never taken for a name that a resolver would read in its own way
    assert literal(link.host) is not None


@given(st.text(max_size=60), st.sampled_from(["http://", "https://", "http://news.example", ""]))
def test_any_text_is_a_link_or_refused(text: str, start: str) -> None:
    try:
        link = parse_link(start + text)
    except Refusal:
        return
    assert link.url.isascii()
    assert link.url.isprintable()
    assert " " not in link.url
    assert "@" not in link.authority
    assert parse_link(link.url) == link


@given(st.text(max_size=60))
def test_any_location_leads_to_a_link_or_is_refused(location: str) -> None:
    try:
        link = follow(Link("https", "news.example", 443, "/a/b?c"), location)
    except Refusal:
        return
    assert link.scheme == "https"
    assert link.url.isascii()
    assert link.url.isprintable()


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("HTTP://News.Example", "http://news.example/"),
        ("https://news.example.:443/a?b#c", "https://news.example/a?b"),
        ("http://news.example:8080/%7Ea/é?q=ü&r=[1]", "http://news.example:8080/%7Ea/%C3%A9?q=%C3%BC&r=[1]"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://[2606:4700:0::1]/x", "http://[2606:4700::1]/x"),
        ("http://8.8.8.8/", "http://8.8.8.8/"),
        ("http://news.example/?a#b?c", "http://news.example/?a"),
    ],
)
def test_parts_of_a_link(link: str, url: str) -> None:
    assert parse_link(link).url == url


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ("ftp://news.example/", "is no http or https link"),
        ("file:///etc/passwd", "is no http or https link"),
        ("news.example/story", "is no http or https link"),
        ("http://", "has no host"),
        ("http:///story", "has no host"),
        ("http://me:secret@news.example/", "has a name or password in it"),
        ("http://me@news.example/", "has a name or password in it"),
        ("http://@news.example/", "has a name or password in it"),
        ("http://news.example\\@evil.example/", "has spaces, line ends or backslashes"),
        ("http://news.example/\r\nHost: evil", "has spaces, line ends or backslashes"),
        ("http://news.example/a b", "has spaces, line ends or backslashes"),
        ("http://news.example/\x00", "has spaces, line ends or backslashes"),
        ("\thttp://news.example/", "has spaces, line ends or backslashes"),
        ("http://news.example:99999/", "is no link that can be read"),
        ("http://news.example:x/", "is no link that can be read"),
        ("http://news.example:22/", "has a port on which no web server listens"),
        ("http://[::1", "is no link that can be read"),
        ("http://[fe80::1%25eth0]/", "has an address in it that is none"),
        ("http://[v1.x]/", "has an address in it that is none"),
        ("http://[1::2::3]/", "is"),
        ("http://news.example[::1]/", "is"),
        ("http://[::1]news.example/", "is"),
        ("http://localhost/", "its host is one of this machine"),
        ("http://LOCALHOST./", "its host is one of this machine"),
        ("http://a.localhost/", "its host is one of this machine"),
        ("http://localhost.localdomain/", "its host is one of this machine"),
        ("http://printer.local/", "its host is one of this machine"),
        ("http://metadata.internal/", "its host is one of this machine"),
        ("http://2130706433/", "has a number for a host"),
        ("http://0x7f000001/", "has a number for a host"),
        ("http://0177.0.0.1/", "has a number for a host"),
        ("http://127.1/", "has a number for a host"),
        ("http://1.2.3.4.5/", "has a number for a host"),
        ("http://x.08/", "has a number for a host"),
        ("http://news..example/", "has no host that can be asked"),
        ("http://-news.example/", "has no host that can be asked"),
        ("http://news%2eexample/", "has no host that can be asked"),
        ("http://" + "a" * 64 + ".example/", "has no host that can be asked"),
        ("http://" + "ü" * 64 + ".example/", "has no host that can be asked"),
        ("http://" + "a." * 200 + "example/", "has no host that can be asked"),
        ("http://news.example/" + "a" * 5000, "is longer than 4096 characters"),
    ],
)
def test_links_that_are_refused(link: str, told: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_link(link)
    assert told in refused.value.problem


def test_a_password_is_not_shown() -> None:
    (found,) = fetch(["http://me:secret@news.example/a@b"])
    assert problem(found).startswith("has a name or password in it")
    assert str(found).startswith("http://…@news.example/a@b: ")


def test_https_is_not_left_for_http() -> None:
    start = Link("https", "news.example", 443, "/a")
    assert follow(start, "/b").url == "https://news.example/b"
    assert follow(start, "//other.example/b c").url == "https://other.example/b%20c"
    with pytest.raises(Refusal, match="leaves https for http"):
        follow(start, "http://news.example/b")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("http://x", True), ("HTTPS://x", True), ("http:/x", False), ("story.txt", False), ("-", False), ("", False),
        ("ftp://x", False), ("a/http://x", False),
    ],
)  # fmt: skip
def test_is_link(name: str, told: bool) -> None:
    assert is_link(name) == told
