"""When a page was published and changed: by its data, by the date beside its title, by what else is at hand.

Order and limits were set on the 290 dated articles of WCXB's development part (`benchmarks/RESULTS.md`, Pages).
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from tellings.ingest.dates import find_date, parse_date
from tellings.ingest.page import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tellings.ingest.page import Page
    from tellings.ingest.pagedata import Stated

_BEFORE, _AFTER = 100, 700
"""Characters of a page's stream before and after its title where a date is the article's own."""
_LONGEST = 120
_LEAST_TITLE = 12
_LABEL = re.compile(
    r"(?i)(?:(?:this|page|article|story|post|was|first|originally|last|content)\s+){0,4}"
    r"(?:published|posted|updated|modified|reviewed|edited)(?:\s+(?:on|at))?\s*:?\s*"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CHANGED = re.compile(r"(?i)\b(?:updat|modif|revis|review|edited|refresh|as of)")
_NAMED = re.compile(
    r"(?i)(?:^|[\s_-])(?:entry-date|published|post-date|posted-on|publish(?:ed)?-?(?:date|time)|pub-?date)(?:$|[\s_-])"
)
_IN_URL = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?:[/-]|$)")
_APART = 1
"""Days by which a date beside the title may be earlier than the data say and mean the same: another time zone."""


class Dates(NamedTuple):
    """When a page was published and changed, as ISO 8601; `only_changed` says that both are the date of change."""

    published: str | None
    updated: str | None
    only_changed: bool = False


def dates_of(stated: Stated, page: Page, tree: Any) -> Dates:  # noqa: ANN401 - lxml ships no types
    """Weigh what a page tells of its dates.

    The data's date of publication stands unless the page itself shows an earlier one beside its title: data are made
    anew when a site moves or is published again. A later one beside the title is a date of change. Without either, an
    element or an address that names a date of publication counts, then htmldate (Barbaresi 2020) on the rest. Where
    there is a date of change alone, that is given as both.
    """
    shown = list(_beside_title(page, stated.titles)) or list(_labelled(page))
    first = next((day for day, changed in shown if not changed), None)
    updated = stated.updated or next((day for day, changed in shown if changed), None)
    published = stated.published
    if published is None or (first and _days(first, published) > _APART):
        published = first or published
    published = published or _named(tree) or _of_url(stated.url)
    if published is None and updated is None:
        published = _first_time(tree) or _searched(tree, stated.url)
    if published is None or (stated.published is None and published != first and _same_day(published, updated)):
        return Dates(updated or published, updated, only_changed=updated is not None)
    return Dates(published, updated)


def _beside_title(page: Page, titles: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """The dates in short texts near the title, and whether each is said to be one of change."""
    for start, end in _title_spots(page, titles):
        before = ""
        for told in _short_texts(page, max(0, start - _BEFORE), end + _AFTER):
            if _YEAR.search(told) and (found := find_date(told)):
                label = told[: found[1]] if found[1] > 2 else before[-30:]
                yield found[0], bool(_CHANGED.search(label))
            before = told


def _title_spots(page: Page, titles: Sequence[str]) -> list[tuple[int, int]]:
    """Where the title stands in the stream: first-level headings, else its own words, else another heading."""
    spots = [spot[1:] for spot in page.headings if spot[0] == 1][:2]
    for title in titles[:2] if not spots else ():
        told = squeeze(re.split(r"\s+[|–—-]\s+", title)[0])
        at = page.stream.find(told) if len(told) >= _LEAST_TITLE else -1
        if at >= 0:
            return [(at, at + len(told))]
    return spots or [spot[1:] for spot in page.headings[:1]]


def _labelled(page: Page) -> Iterator[tuple[str, bool]]:
    """The first date of a page that its own words call one of publication or of change."""
    for told in _short_texts(page, 0, len(page.stream)):
        label = _LABEL.match(told) if _YEAR.search(told) else None
        found = find_date(told[label.end() :]) if label else None
        if label and found and found[1] <= 2:
            yield found[0], bool(_CHANGED.search(label[0]))
            return


def _short_texts(page: Page, start: int, end: int) -> Iterator[str]:
    for text in page.texts_of(start, end):
        if text.end - text.at <= _LONGEST:
            yield " ".join(page.source[text.first : text.last].split())


def _named(tree: Any) -> str | None:  # noqa: ANN401 - lxml ships no types
    """The first date in a `time` element that is named as one of publication."""
    for one in tree.iter("time"):
        if _NAMED.search(one.get("class") or "") and (one.get("itemprop") or "") != "dateModified":
            found = parse_date(one.get("datetime") or "") or parse_date(" ".join(one.text_content().split()))
            if found:
                return found
    return None


def _first_time(tree: Any) -> str | None:  # noqa: ANN401 - lxml ships no types
    """The date of a page's first `time` element, where a program can read it."""
    return next((parse_date(one.get("datetime") or "") for one in tree.iter("time")), None)


def _of_url(url: str | None) -> str | None:
    match = _IN_URL.search(url or "")
    return parse_date(f"{match[1]}-{match[2]:0>2}-{match[3]:0>2}") if match else None


def _searched(tree: Any, url: str | None) -> str | None:  # noqa: ANN401 - lxml ships no types
    from htmldate import find_date as search

    try:
        found = search(tree, original_date=True, extensive_search=False, url=url)
    except (ValueError, TypeError, AttributeError, OverflowError):  # what hostile dates have set off in it
        return None
    return parse_date(found) if isinstance(found, str) else None


def _days(earlier: str, later: str) -> int:
    """By how many days one date is before another; 0 where either has no day."""
    try:
        return (date.fromisoformat(later[:10]) - date.fromisoformat(earlier[:10])).days
    except ValueError:
        return 0


def _same_day(one: str | None, other: str | None) -> bool:
    return bool(one and other and one[:10] == other[:10])
