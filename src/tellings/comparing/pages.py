"""Fetches of one page: accounts that give the same address and plainly tell the same are versions of one account."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import UTC, datetime
from heapq import nsmallest
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit
from zlib import crc32

from tellings.comparing.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tellings.records import Account

_TRACKING = re.compile(
    r"(?i)utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|ref|ref_src|cmp|cmpid|ns_\w+|smid|ocid|xtor|ito|"
    r"guccounter|guce_\w+|_ga|s_kwcid|soc_src|soc_trk|amp|outputtype"
)
"""What newsletters, networks and advertisers put behind an address, and what asks for a page's light form."""
_HOST = re.compile(r"(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)")
_LIGHT = re.compile(r"(?i)(?:/amp|/index\.(?:html?|php))?/*$")
_RUN, _SKETCH, _ALIKE = 5, 64, 2
"""Words in a row that are looked for, how many of a text's runs are kept, and how many two versions share at least:
two texts of 3 % of their runs in common do so mostly, two stories of one event hardly ever. The address is the proof;
this only keeps apart what a wrong address puts together."""
_MOST_GROUPS = 50
"""Different texts under one address, above which it is no page's (a column of one site's address)."""


class Page(NamedTuple):
    """An account as versions are told by: its address, its title, and 64 of its runs of five words (MinHash)."""

    address: str
    title: str
    sketch: tuple[int, ...]


def address_of(url: str | None) -> str | None:
    """Return an address as it is compared: without scheme, `www.`, trackers, a light form's marks and the fragment.

    None where there is none. A broken address is like itself alone.
    """
    if not url or not url.strip():
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url
    asked = urlencode(sorted(pair for pair in parse_qsl(parts.query) if not _TRACKING.fullmatch(pair[0])))
    path = _LIGHT.sub("", parts.path)
    inside = f"#{parts.fragment}" if parts.fragment[:1] in ("!", "/") else ""
    return f"{_HOST.sub('', parts.netloc.lower(), count=1)}{path}{'?' if asked else ''}{asked}{inside}"


def page_of(account: Account) -> Page | None:
    """What an account's versions are found by; None where it has no address of its own.

    A post's address is that of its thread's page with its own fragment, or none. The first page of a site is no
    account's.
    """
    address = address_of(account.url)
    if address is None or ("/" not in address and "?" not in address):
        return None
    if account.kind in ("post", "thread"):
        mark = (account.url or "").partition("#")[2]
        if not mark:
            return None
        address = f"{address}#{mark}"
    keys = [word.key for word in words(account.text)]
    runs = {crc32(" ".join(keys[n : n + _RUN]).encode()) for n in range(max(1, len(keys) - _RUN + 1))}
    return Page(address, " ".join((account.title or "").lower().split()), tuple(nsmallest(_SKETCH, runs)))


def alike(one: Page, other: Page) -> bool:
    """Whether two accounts of one address tell the same: the same title, or runs of words in common."""
    if one.title and one.title == other.title:
        return True
    least = sorted({*one.sketch, *other.sketch})[:_SKETCH]
    return len({*least} & {*one.sketch} & {*other.sketch}) >= min(_ALIKE, len(least))


def versions(accounts: Sequence[Account]) -> tuple[tuple[int, ...], ...]:
    """The groups of accounts that are versions of one, each by number from the earliest to the latest.

    Which are versions does not depend on the order or on what else is there.
    """
    by_address: dict[str, list[int]] = defaultdict(list)
    for number, account in enumerate(accounts):
        address = address_of(account.url)
        if address is not None:
            by_address[address].append(number)
    found: list[tuple[int, ...]] = []
    for numbers in by_address.values():
        if len(numbers) > 1:
            pages = [(n, page) for n in numbers if (page := page_of(accounts[n])) is not None]
            found += [in_time(accounts, group) for group in _grouped(pages) if len(group) > 1]
    return tuple(sorted(found))


def _grouped(pages: Iterable[tuple[int, Page]]) -> list[list[int]]:
    groups: list[tuple[list[int], list[Page]]] = []
    for number, page in pages:
        mine = [group for group in groups if any(page.address == p.address and alike(page, p) for p in group[1])]
        groups = [group for group in groups if group not in mine]
        members = [n for group in mine for n in group[0]]
        groups.append(([*members, number], [*(p for group in mine for p in group[1]), page]))
        if len(groups) > _MOST_GROUPS:
            return []
    return [members for members, _ in groups]


def in_time(accounts: Sequence[Account], numbers: Sequence[int]) -> tuple[int, ...]:
    """Versions from the earliest to the latest: by when they were fetched where all say so, else by their own dates."""
    fetched = [moment(accounts[n].fetched) for n in numbers]
    if all(fetched):
        return tuple(n for _, n in sorted(zip(fetched, numbers, strict=True)))
    own = [(moment(accounts[n].updated or accounts[n].published), moment(accounts[n].fetched)) for n in numbers]
    return tuple(n for *_, n in sorted((*dates, n) for dates, n in zip(own, numbers, strict=True)))


def dated(accounts: Sequence[Account]) -> bool:
    """Whether it can be told which of two versions is the later: no two dates that count are the same."""
    first, second = ((moment(one.updated or one.published), moment(one.fetched)) for one in (accounts[0], accounts[1]))
    if first[1] and second[1]:
        return first[1] != second[1]
    return bool(first[0] and second[0]) and first[0] != second[0]


def moment(told: str | None) -> float:
    """A date as seconds (without a zone as UTC, a month or a year alone as its beginning); 0 where there is none."""
    if not told:
        return 0.0
    whole = f"{told}-01" if re.fullmatch(r"\d{4}-\d\d", told) else f"{told}-01-01" if len(told) == 4 else told
    try:
        when = datetime.fromisoformat(whole)
    except ValueError:
        return 0.0
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()
