"""Feeds read, the pages they name taken in, one after the other: each step is kept before the next begins.

What stops it stops it between two steps: a feed that was read is known with all it named, a page with the account that
came of it. So a run that goes on does nothing twice and leaves nothing out; only what was being said at that very
moment may be said again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec

from tellings.errors import InputError
from tellings.fetching import Settings, Time
from tellings.fetching.addresses import Resolve, system_resolve
from tellings.fetching.manners import Hosts
from tellings.fetching.polling import Polled, poll
from tellings.ingest import of_fetched
from tellings.ingest.feedpace import pace_of_feed
from tellings.ingest.feeds import links_of_feed
from tellings.library import feeds as kept
from tellings.library.records import Feed, FeedLink, Item
from tellings.run import Here
from tellings.watching import moments
from tellings.watching.telling import Teller

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tellings.ingest.feeds import Link
    from tellings.library.opened import Library
    from tellings.records import Account
    from tellings.run import Runner
    from tellings.watching.records import News, Tools

MOST_LINKS = 1_000
"""Pages of one feed that are noted at a visit, the first it names: more is an archive, not news."""
_LONGEST = 4_000
_LEAST_PAUSE = 60.0  # seconds between two rounds

OnProblem = Callable[[InputError], None]


class Watch:
    """Some feeds watched for a library. `tell` is given what is new of its stories, `problem` what could not be had.

    `time` and `resolve` are the clock and the way from names to addresses, `runner` parses pages. Only the feeds given
    and the pages they name are asked for. `every` (seconds) lies at least between two visits to a feed.
    """

    def __init__(  # noqa: PLR0913 - what watching needs from outside
        self,
        library: Library,
        feeds: Sequence[Link],
        tools: Tools,
        *,
        tell: Callable[[News], None],
        problem: OnProblem,
        every: float = 900.0,
        settings: Settings | None = None,
        time: Time | None = None,
        resolve: Resolve = system_resolve,
        runner: Runner | None = None,
        originals: bool = True,
    ) -> None:
        self._library, self._tools, self._problem = library, tools, problem
        self._every, self._settings, self._time = every, settings or Settings(), time or Time()
        self._resolve, self._runner, self._originals = resolve, runner or Here(), originals
        self._urls = list(dict.fromkeys(feed.url for feed in feeds))
        self._teller = Teller(library, tools, tell, self._now)
        with library.writing() as connection:
            kept.register(connection, [(feed.url, feed.title) for feed in feeds])
        self._teller.begin()

    def run(self) -> None:
        """Watch without end."""
        while True:
            self._time.sleep(self.once())

    def once(self) -> float:
        """Read what is due, say what is new; gives the seconds until something will be due."""
        self._teller.tell()  # what a run that was stopped left unsaid
        hosts = Hosts(self._settings, self._time, self._resolve)
        for feed in self._feeds():
            if feed.next is None or feed.next <= self._now():
                self._read(hosts, feed)
        numbers, last = [feed.id for feed in self._feeds()], 0
        while (link := self._due(numbers, last)) is not None:
            last = link.number
            self._visit(hosts, link)
        self._teller.tell()
        return self._pause(numbers)

    def _pause(self, numbers: Sequence[int]) -> float:
        with self._library.reading() as connection:
            soonest = kept.soonest(connection, numbers)
        if not soonest:
            return moments.DAY if soonest is None else _LEAST_PAUSE
        return max(_LEAST_PAUSE, (moments.read(soonest) - self._time.now()).total_seconds())

    def _now(self) -> str:
        return moments.written(self._time.now())

    def _feeds(self) -> list[Feed]:
        with self._library.reading() as connection:
            return kept.feeds(connection, self._urls)

    def _due(self, numbers: Sequence[int], after: int) -> FeedLink | None:
        with self._library.reading() as connection:
            return kept.next_link(connection, numbers, self._now(), after=after)

    def _read(self, hosts: Hosts, feed: Feed) -> None:
        """Visit a feed and keep what came of it."""
        polled = poll(hosts, feed.moved or feed.url, etag=feed.etag, modified=feed.modified, page=False)
        items: list[Item] = []
        if polled.kind == "new" and polled.fetched is not None:
            try:
                items = self._items(feed, polled.fetched.body)
            except InputError as error:
                polled = Polled("later", polled.when, problem=error.problem)
        if polled.problem is not None:
            self._problem(InputError(feed.url, polled.problem, _advice(polled)))
        with self._library.writing() as connection:
            self._note(connection, feed, polled)
            kept.named(connection, feed.id, items, moments.written(polled.when))

    def _items(self, feed: Feed, data: bytes) -> list[Item]:
        """The pages of a feed, the oldest first, as feeds begin with the newest."""
        links = links_of_feed(data, feed.url)
        if len(links) > MOST_LINKS:
            problem = f"names {len(links):,} pages, of which the first {MOST_LINKS:,} are taken"
            self._problem(InputError(feed.url, problem, "give the others to `tellings add`"))
        return [Item(one.url, _digest(one)) for one in reversed(links[:MOST_LINKS]) if len(one.url) <= _LONGEST]

    def _note(self, connection: Connection, feed: Feed, polled: Polled) -> None:
        """Write what is known of a feed, and when it is visited next."""
        now = polled.when
        if polled.kind == "gone":
            kept.note_feed(
                connection, feed.id, visited=moments.written(now), next=kept.NEVER, problem=polled.problem, moved=None
            )
            return
        if polled.problem is not None:
            failures = feed.failures + 1
            then = moments.feed_later(now, self._every, failures, polled.wait)
            kept.note_feed(
                connection, feed.id, visited=moments.written(now), next=then, failures=failures,
                problem=polled.problem, moved=None,
            )  # fmt: skip
            return
        head = polled.fetched.head if polled.fetched else None
        pace = msgspec.json.encode(pace_of_feed(polled.fetched.body)).decode() if polled.fetched else feed.pace
        kept.note_feed(
            connection, feed.id, visited=moments.written(now), next=moments.feed_next(now, self._every, pace),
            failures=0, problem=None, pace=pace, moved=polled.moved or feed.moved,
            etag=head.etag if head else feed.etag, modified=head.last_modified if head else feed.modified,
        )  # fmt: skip

    def _visit(self, hosts: Hosts, link: FeedLink) -> None:
        """Visit a page, and keep the accounts that are new in one step with what is known of the page."""
        polled = poll(hosts, link.url, etag=link.etag, modified=link.modified, page=True)
        found = list(of_fetched(polled.fetched, None, self._runner)) if polled.fetched else []
        accounts = [one for one in found if not isinstance(one, InputError)]
        problems = [one for one in found if isinstance(one, InputError)]
        if polled.problem is not None:
            problems = [InputError(link.url, polled.problem, _advice(polled))]
        for one in problems:
            self._problem(one)
        with self._library.reading() as connection:
            new = [one for one in accounts if kept.number_of(connection, one) is None]
        body = polled.fetched.body if polled.fetched else b""

        def note(connection: Connection) -> None:
            self._note_page(connection, link, polled, accounts, problems[0].problem if problems else None)

        if not new:
            with self._library.writing() as connection:
                note(connection)
            return
        self._library.add(
            [self._tools.read(one) for one in new], model=self._tools.model, on_refused=self._problem, also=note,
            originals=(lambda one: _original(one, body)) if self._originals else None,
        )  # fmt: skip

    def _note_page(
        self, connection: Connection, link: FeedLink, polled: Polled, accounts: Sequence[Account], problem: str | None
    ) -> None:
        now = polled.when
        if polled.kind == "later":
            failures = link.failures + 1
            then = moments.page_later(now, self._every, failures, polled.wait)
            kept.note_link(connection, link.number, failures=failures, next=then, problem=problem)
            return
        if polled.kind in ("refused", "gone"):
            kept.note_link(connection, link.number, next=None, problem=problem)
            return
        number = kept.number_of(connection, accounts[0]) if accounts else link.account
        visits, head = link.visits + 1, polled.fetched.head if polled.fetched else None
        then = moments.page_next(now, visits, [one.published for one in accounts])
        kept.note_link(
            connection, link.number, account=number, visits=visits, failures=0, problem=problem, next=then,
            etag=head.etag if head else link.etag, modified=head.last_modified if head else link.modified,
        )  # fmt: skip


def _digest(link: Link) -> str:
    told = "\n".join(one or "" for one in (link.title, link.published, link.updated))
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:16]


def _original(account: Account, body: bytes) -> bytes | None:
    """The bytes of an account's original where they are a stretch of the page that came."""
    one = account.original
    data = body[one.offset : one.offset + one.size]
    return data if hashlib.sha256(data).hexdigest() == one.sha256 else None


def _advice(polled: Polled) -> str:
    return {
        "later": "it is asked again later",
        "gone": "take it off the list",
        "refused": "see whether it opens in a browser",
    }[polled.kind]
