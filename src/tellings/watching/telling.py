"""What is new of a library's stories, put into words' places: which account, which conflict, which later version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from tellings.library import news
from tellings.library.news import Conflict, Gain
from tellings.records import Excerpt
from tellings.watching.records import AccountNews, ConflictNews, StoryNews, Stretch, VersionNews

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tellings.diffing import Difference
    from tellings.library.opened import Library
    from tellings.records import Account, Appearance, Comparison, FigureUse
    from tellings.watching.records import News, Tools

MOST_COMPARED = 12
"""Accounts of a story that is compared each time it changes; larger ones are left to `tellings compare`."""
_BESIDE = 40  # characters between a figure and what it counts that are shown with them


class Teller:
    """Says what is new of a library's stories since it last did, and remembers what it said once it is said."""

    def __init__(self, library: Library, tools: Tools, tell: Callable[[News], None], now: Callable[[], str]) -> None:
        self._library, self._tools, self._tell, self._now = library, tools, tell, now

    def begin(self) -> None:
        """What the library had before it was watched is no news."""
        with self._library.writing() as connection:
            news.begun(connection)

    def tell(self) -> None:
        """Say what is new, story by story, then remember that it was said."""
        with self._library.reading() as connection:
            gains, latest = news.gains(connection), news.latest(connection)
        if not gains:
            return
        conflicts: list[Conflict] = []
        for story in dict.fromkeys(one.story for one in gains):
            gained = [one for one in gains if one.story == story]
            for place, gain in enumerate(gained, 1):
                self._tell(self._gained(gain, left=len(gained) - place))
            for conflict, told in self._conflicts(story):
                conflicts.append(conflict)
                self._tell(told)
        with self._library.writing() as connection:
            news.remember(connection, conflicts, self._now())
            news.told(connection, latest)

    def _gained(self, gain: Gain, *, left: int) -> News:
        """What a gain is as news; `left` accounts more are told of the same story after it."""
        with self._library.reading() as connection:
            one = news.account_numbered(connection, gain.account)
            earlier = news.account_numbered(connection, gain.before) if gain.before is not None else None
            accounts = news.size(connection, gain.story)
        if earlier is not None and gain.new:
            return self._version(gain, earlier, one)
        about = (gain.story, one.id, one.title, one.outlet, one.published, one.url)
        if gain.begins and gain.new:
            return StoryNews(*about)
        return AccountNews(*about, accounts - left, gain.why, not gain.new)

    def _version(self, gain: Gain, earlier: Account, later: Account) -> VersionNews:
        found = self._tools.differences(earlier, later).differences
        altered = [one for one in found if one.kind == "altered" and one.before and one.after]
        return VersionNews(
            gain.story, later.id, earlier.id, gain.version, later.title, later.outlet, later.url,
            tuple(_stretch(later, one.after) for one in found if one.kind == "added" and one.after),
            tuple(_stretch(earlier, one.before) for one in found if one.kind == "removed" and one.before),
            tuple(_both(earlier, later, one) for one in altered if not one.silent),
            tuple(_both(earlier, later, one) for one in altered if one.silent),
        )  # fmt: skip

    def _conflicts(self, story: int) -> Iterator[tuple[Conflict, ConflictNews]]:
        """The conflicts of a story that were not told of before."""
        with self._library.reading() as connection:
            numbers = news.latest_versions(connection, story)
            if not 2 <= len(numbers) <= MOST_COMPARED:
                return
            accounts = [news.account_numbered(connection, one) for one in numbers]
        compared = self._tools.compare(accounts)
        if compared is None:
            return
        found = dict(_found(story, compared, accounts, numbers))
        with self._library.reading() as connection:
            fresh = news.new_conflicts(connection, found)
        yield from ((one, found[one]) for one in fresh)


def _found(
    story: int, compared: Comparison, accounts: Sequence[Account], numbers: Sequence[int]
) -> Iterator[tuple[Conflict, ConflictNews]]:
    """The conflicts of a comparison, of statements and of figures, each by its places."""
    by_id = {one.id: (number, one) for number, one in zip(numbers, accounts, strict=True)}
    for (one, other), what, score in _sides(compared, accounts):
        (x, a), (y, b) = sorted(((by_id[side.account], side) for side in (one, other)), key=lambda side: side[0][0])
        key = Conflict(x[0], a.start, a.end, y[0], b.start, b.end)
        yield key, ConflictNews(story, _stretch(x[1], a), _stretch(y[1], b), what, score)


_Sides = tuple[tuple["Excerpt", "Excerpt"], Literal["statements", "figures"], float | None]


def _sides(compared: Comparison, accounts: Sequence[Account]) -> Iterator[_Sides]:
    for claim in compared.claims:
        for relation in claim.relations:
            if relation.kind == "conflict":
                a, b = claim.appearances[relation.a], claim.appearances[relation.b]
                yield (_excerpt(a), _excerpt(b)), "statements", relation.score
    texts = {one.id: one.text for one in accounts}
    for quantity in compared.quantities:
        for pair in quantity.pairs:
            if pair.verdict == "conflicting":
                one, other = (_counted(quantity.uses[n], texts) for n in (pair.a, pair.b))
                yield (one, other), "figures", None


def _excerpt(one: Appearance) -> Excerpt:
    return Excerpt(one.account, one.start, one.end, one.text)


def _counted(one: FigureUse, texts: Mapping[str, str]) -> Excerpt:
    """A figure with what it counts, where that stands beside it."""
    start, end = one.start, one.end
    if one.counted is not None and max(one.counted.start - end, start - one.counted.end) <= _BESIDE:
        start, end = min(start, one.counted.start), max(end, one.counted.end)
    return Excerpt(one.account, start, end, texts[one.account][start:end])


def _stretch(account: Account, one: Excerpt) -> Stretch:
    return Stretch(account.id, account.outlet, one.start, one.end, one.text)


def _both(earlier: Account, later: Account, one: Difference) -> tuple[Stretch, Stretch]:
    if one.before is None or one.after is None:
        raise ValueError("an altered statement stands in both versions")
    return _stretch(earlier, one.before), _stretch(later, one.after)
