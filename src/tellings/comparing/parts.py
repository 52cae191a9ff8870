"""Pages of one article, given as accounts of their own: they are counted as one account, the first page's."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tellings.pagemarks import mark_of, title_without_page
from tellings.records import GOES_ON, STARTS_BEFORE, Note

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tellings.records import Account

_AS_ONE = "; its pages are counted as one account"
PAGE = "is page {number} of the article that begins in {name}" + _AS_ONE


def parts(accounts: Sequence[Account], versions: Sequence[Sequence[int]] = ()) -> tuple[tuple[int, ...], ...]:
    """The groups of accounts that are pages of one article, each by number in the order of its pages.

    Pages have one address but for the number of the page, one title but for it, and outlets and days that do not
    differ. Of a page's `versions` (groups by number, the latest last) only the latest is among them. Whether two are of
    one article rests on these two alone.
    """
    earlier = {n for group in versions for n in group[:-1]}
    found: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for number, account in enumerate(accounts):
        mark = mark_of(account.url) if account.kind == "article" and account.title else None
        if mark and number not in earlier:
            found[(mark.base, title_without_page(account.title or ""))].setdefault(mark.number, number)
    groups = [tuple(pages[page] for page in sorted(pages)) for pages in found.values() if len(pages) > 1]
    return tuple(sorted(group for group in groups if _of_one([accounts[n] for n in group])))


def _of_one(pages: Sequence[Account]) -> bool:
    """Whether no two pages differ in their outlet or in the day they were published."""
    outlets = {page.outlet.casefold() for page in pages if page.outlet}
    return len(outlets) < 2 and len({page.published[:10] for page in pages if page.published}) < 2


def still_missing(account: Account, others: Iterable[Account]) -> tuple[Note, ...]:
    """An account's notes, but those that miss a page which is among the other pages of its article."""
    mark = mark_of(account.url)
    given = {found.number for other in others if (found := mark_of(other.url))}
    there = {GOES_ON.format(number=number) for number in given}
    if mark and mark.number - 1 in given:
        there.add(STARTS_BEFORE.format(number=mark.number))
    return tuple(note for note in account.notes if note.code != "cut off" or note.message not in there)


def is_page_note(note: Note) -> bool:
    """Whether a comparison said by it that an account is a page of another's article."""
    return note.code == "other" and note.message.startswith("is page ") and note.message.endswith(_AS_ONE)
