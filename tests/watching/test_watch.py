"""Feeds of a real server on this machine: what is asked for, what is kept, what is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from sqlalchemy import select

from tellings.errors import InputError
from tellings.fetching import Settings
from tellings.ingest.links import Link
from tellings.library import open_library, schema
from tellings.library.opened import Library
from tellings.watching import AccountNews, ConflictNews, News, StoryNews, Tools, VersionNews, Watch
from tests.fetching.server import Clock, Site, for_ever, moved, said, serving, slowly
from tests.show.readings import empty
from tests.watching.sites import Newsroom, page
from tests.watching.tools import TOOLS

LOCAL = Settings(allow_loopback=True, delay=1.0)
MINUTE, HOUR = 60.0, 3600.0


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


@pytest.fixture
def room(site: Site) -> Newsroom:
    return Newsroom(site)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_library(tmp_path / "news.db") as opened:
        yield opened


@dataclass
class Desk:
    """Somebody who watches, with a clock that goes on by sleeping."""

    library: Library
    feeds: list[str]
    settings: Settings = LOCAL
    clock: Clock = field(default_factory=Clock)
    news: list[News] = field(default_factory=list)
    problems: list[InputError] = field(default_factory=list)
    tools: Tools = TOOLS
    pause: float = 0.0

    def __post_init__(self) -> None:
        self.watch = Watch(
            self.library, [Link(url) for url in self.feeds], self.tools,
            tell=self.news.append, problem=self.problems.append, settings=self.settings, time=self.clock.time,
        )  # fmt: skip

    def round(self, after: float = 0.0) -> list[News]:
        """One round, so many seconds later; what was said in it."""
        self.clock.at += after
        before = len(self.news)
        self.pause = self.watch.once()
        return self.news[before:]

    def feed(self) -> dict[str, object]:
        with self.library.reading() as connection:
            return dict(connection.execute(select(schema.feeds)).mappings().one())


@pytest.fixture
def desk(library: Library, room: Newsroom) -> Desk:
    room.renew()
    return Desk(library, [room.site.url("/feed")])


def kinds(news: list[News]) -> list[str]:
    return [one.kind for one in news]


def test_a_story_begins_and_gains_an_account(desk: Desk, room: Newsroom):
    room.publish("/mill", page("mill"))
    room.publish("/tram", page("tram"))
    begun = desk.round()
    assert [(one.kind, one.title) for one in begun if isinstance(one, StoryNews)] == [
        ("story", "What happened: mill"),
        ("story", "What happened: tram"),
    ]

    room.publish("/mill-2", page("mill", "A third weaver is missing.", title="Mill fire"))
    (gained,) = desk.round(16 * MINUTE)
    assert isinstance(gained, AccountNews)
    assert (gained.story, gained.title, gained.accounts, gained.moved) == (1, "Mill fire", 2, False)
    assert "words" in (gained.why or "")
    assert desk.round(HOUR * 30) == []
    assert desk.library.check() == []


def test_what_did_not_change_is_asked_for_on_condition_and_not_read_again(desk: Desk, room: Newsroom):
    room.publish("/mill", page("mill"))
    desk.round()
    room.site.asked.clear()
    desk.round(16 * MINUTE)

    (again,) = [one for one in room.site.asked if one.path == "/feed"]
    assert "if-none-match" in again.headers
    assert "/mill" not in room.site.paths


def test_a_feed_is_not_asked_before_its_time(desk: Desk, room: Newsroom):
    room.head = "<ttl>120</ttl><skipHours><hour>14</hour><hour>15</hour></skipHours>"
    room.publish("/mill", page("mill"))
    desk.round()  # at 12:00; two hours later it may not, before 16:00

    for after, asked in ((HOUR, 0), (HOUR, 0), (HOUR, 0), (HOUR + MINUTE, 1)):
        room.site.asked.clear()
        desk.round(after)
        assert room.site.paths.count("/feed") == asked
    assert str(desk.feed()["next"]).startswith("2026-03-02T18:0")


def test_a_page_that_changes_is_a_version_with_what_changed(desk: Desk, room: Newsroom):
    room.publish("/mill", page("mill", "Nobody else was hurt."))
    desk.round()
    room.publish("/mill", page("mill", "Five firemen were hurt."), title="News, updated")
    (told,) = desk.round(16 * MINUTE)

    assert isinstance(told, VersionNews)
    assert (told.version, told.story) == (2, 1)
    assert [one.text for one in told.added] == ["Five firemen were hurt."]
    assert [one.text for one in told.removed] == ["Nobody else was hurt."]


def test_a_page_is_looked_at_again_within_a_day_though_its_feed_says_nothing(desk: Desk, room: Newsroom):
    room.publish("/mill", page("mill"))
    desk.round()
    room.site.pages["/mill"] = said(page("mill", "The brigade has left."))

    assert desk.round(30 * MINUTE) == []
    assert kinds(desk.round(31 * MINUTE)) == ["version"]


def test_a_page_with_other_bytes_and_the_same_words_is_no_version(desk: Desk, room: Newsroom):
    room.publish("/mill", page("mill"))
    desk.round()
    room.site.pages["/mill"] = said(page("mill").replace(b"<body>", b"<body><!-- 17 read this -->"))

    assert desk.round(2 * HOUR) == []
    assert len(desk.library.accounts()) == 1


def test_conflicts_are_told_once(desk: Desk, room: Newsroom):
    room.publish("/mill", page("mill", "Four weavers died."))
    room.publish("/mill-2", page("mill", "Nine weavers died.", title="Mill fire"))
    news = desk.round()
    assert kinds(news) == ["story", "account", "conflict"]
    (conflict,) = [one for one in news if isinstance(one, ConflictNews)]
    assert {conflict.a.text, conflict.b.text} == {"Four weavers died.", "Nine weavers died."}

    room.publish("/mill-3", page("mill", "Nobody knows more.", title="Mill fire again"))
    assert kinds(desk.round(16 * MINUTE)) == ["account"]
    room.publish("/mill", page("mill", "Four weavers died.", "The mill is shut."), title="News, updated")
    assert kinds(desk.round(16 * MINUTE)) == ["version"]


def test_conflicts_of_figures_are_told_with_what_they_count(desk: Desk, room: Newsroom):
    room.publish("/mill", page("mill", "In all 40 looms burned."))
    room.publish("/mill-2", page("mill", "Of the looms 60 burned.", title="Mill fire"))
    (conflict,) = [one for one in desk.round() if isinstance(one, ConflictNews)]
    assert (conflict.what, conflict.score, conflict.a.text, conflict.b.text) == ("figures", None, "40 looms", "60")

    assert "Of the looms 60 burned." in desk.library.account(conflict.b.account).text


@pytest.mark.parametrize(
    ("answer", "problem", "pause"),
    [
        (said(b"no", "404 Not Found"), "is not there", 30 * MINUTE),
        (said(b"no", "500 Oops"), "has a fault", 30 * MINUTE),
        (said(b"", "429 Too Many", retry_after="7200"), "come back later", 2 * HOUR),
        (said(b"", "429 Too Many"), "is asked too often", 30 * MINUTE),
        (said(b"<rss", content_type="text/xml"), "no feed", 30 * MINUTE),
        (said(b"<html><body>hello</body></html>"), "no feed", 30 * MINUTE),
        (said(b"", length=1 << 40), "is larger than the 10 MB", 30 * MINUTE),
        (moved("/feed"), "leads on more than", 30 * MINUTE),
        (moved("http://10.0.0.7/feed"), "", 30 * MINUTE),
        (moved("file:///etc/passwd"), "", 30 * MINUTE),
    ],
)
def test_a_feed_that_fails_is_asked_later_and_later(
    desk: Desk, room: Newsroom, answer: bytes, problem: str, pause: float
):
    room.site.pages["/feed"] = answer
    desk.round()
    assert problem in str(desk.problems[0])
    assert desk.pause == pytest.approx(pause, abs=2 * MINUTE)
    desk.round(desk.pause)
    assert desk.pause >= pause or "come back" in problem
    room.publish("/mill", page("mill"))
    assert kinds(desk.round(5 * HOUR)) == ["story"]
    assert desk.feed()["failures"] == 0


def test_a_slow_feed_and_one_without_end_hold_up_the_others_no_longer_than_they_may(library: Library, site: Site):
    site.pages["/slow"] = slowly([b"HTTP/1.1 200 OK\r\n\r\n"] + [b"<rss>"] * 50, 0.1)
    site.pages["/huge"] = for_ever(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<rss>", b"<a>" * 20_000)
    good = Newsroom(site, "/good")
    good.publish("/mill", page("mill"))
    few = replace(LOCAL, total_time=0.6, limit=1 << 20)
    desk = Desk(library, [site.url(path) for path in ("/slow", "/huge", "/good")], few)

    assert kinds(desk.round()) == ["story"]
    assert len(desk.problems) == 2


def test_a_feed_that_is_gone_is_never_asked_again(desk: Desk, room: Newsroom):
    room.site.pages["/feed"] = said(b"", "410 Gone")
    desk.round()
    room.site.asked.clear()
    desk.round(24 * 30 * HOUR)
    assert room.site.asked == []
    assert "no longer there" in str(desk.problems[0])


def test_a_feed_that_moved_for_good_is_asked_at_its_new_place_until_that_fails(desk: Desk, room: Newsroom):
    room.site.pages["/new"] = room.site.pages["/feed"]
    room.site.pages["/feed"] = moved("/new", "301 Moved Permanently")
    desk.round()
    room.site.asked.clear()
    desk.round(16 * MINUTE)
    assert [path for path in room.site.paths if path != "/robots.txt"] == ["/new"]

    room.site.pages["/new"] = said(b"no", "404 Not Found")
    desk.round(16 * MINUTE)
    room.site.asked.clear()
    desk.round(HOUR)
    assert "/feed" in room.site.paths


def test_a_feed_that_moved_for_now_is_asked_at_its_own_place(desk: Desk, room: Newsroom):
    room.site.pages["/new"] = room.site.pages["/feed"]
    room.site.pages["/feed"] = moved("/new")
    desk.round()
    room.site.asked.clear()
    desk.round(16 * MINUTE)
    assert "/feed" in room.site.paths


def test_links_to_private_addresses_and_other_schemes_are_not_followed(desk: Desk, room: Newsroom):
    room.items = [
        (link, "x") for link in ("http://192.168.1.1/admin", "file:///etc/passwd", "http://[::ffff:10.0.0.1]/")
    ]
    room.renew()
    assert desk.round() == []
    assert len(desk.problems) == 2  # the file is no link of the web and not even noted
    assert desk.library.accounts() == []
    desk.problems.clear()
    desk.round(24 * HOUR)
    assert desk.problems == []


def test_without_leave_for_this_machine_not_even_the_feed_is_asked(library: Library, room: Newsroom):
    room.renew()
    desk = Desk(library, [room.site.url("/feed")], Settings())
    desk.round()
    assert room.site.asked == []
    assert desk.problems


def test_a_page_that_fails_for_now_is_asked_again_and_one_that_is_refused_is_not(desk: Desk, room: Newsroom):
    room.publish("/mill", page("mill"))
    room.publish("/tram", page("tram"))
    room.site.pages["/mill"] = said(b"", "503 Busy")
    room.site.pages["/tram"] = said(b"no", "403 Forbidden")
    assert desk.round() == []
    room.site.pages["/mill"] = said(page("mill"))
    room.site.asked.clear()

    assert kinds(desk.round(HOUR)) == ["story"]
    assert "/tram" not in room.site.paths


def test_one_page_named_by_two_feeds_is_visited_once(library: Library, site: Site):
    one, other = Newsroom(site, "/one"), Newsroom(site, "/other")
    one.publish("/mill", page("mill"))
    other.publish("/mill", page("mill"), title="The same page")
    desk = Desk(library, [site.url("/one"), site.url("/other")])

    assert kinds(desk.round()) == ["story"]
    assert site.paths.count("/mill") == 1


def test_a_host_is_asked_at_its_pace(desk: Desk, room: Newsroom):
    for number in range(3):
        room.publish(f"/mill-{number}", page("mill", f"Part {number}."))
    desk.round()
    assert [one for one in desk.clock.slept if one > 0.5] == pytest.approx([1.0] * 4, abs=0.5)


def test_feeds_off_the_list_are_left_alone(desk: Desk, room: Newsroom, library: Library):
    room.publish("/mill", page("mill"))
    other = Desk(library, [room.site.url("/another")])
    other.round()
    assert room.site.paths == ["/robots.txt", "/another"]
    assert desk.round() != []


def test_a_feed_may_name_more_pages_than_are_taken(desk: Desk, room: Newsroom, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tellings.watching.watch.MOST_LINKS", 2)
    for number in range(3):
        room.publish(f"/mill-{number}", page("mill", f"Part {number}."))
    desk.round()
    assert "names 3 pages" in str(desk.problems[0])
    assert {one.url for one in desk.library.accounts()} == {room.site.url("/mill-1"), room.site.url("/mill-2")}


def test_what_is_added_by_others_is_news_and_what_was_there_before_is_not(library: Library, room: Newsroom):
    from tests.library.events import told

    room.renew()
    library.add([told(1, 0)], model="m")
    desk = Desk(library, [room.site.url("/feed")])
    assert desk.round() == []
    library.add([told(1, 1)], model="m")
    assert [one.account for one in desk.round() if isinstance(one, AccountNews)] == ["event-1-1"]


def test_news_that_was_not_said_to_its_end_is_said_again(library: Library, room: Newsroom):
    room.publish("/mill", page("mill"))
    desk = Desk(library, [room.site.url("/feed")])
    desk.watch = Watch(
        library, [Link(room.site.url("/feed"))], TOOLS, tell=lambda _: 1 // 0, problem=desk.problems.append,
        settings=LOCAL, time=desk.clock.time,
    )  # fmt: skip
    with pytest.raises(ZeroDivisionError):
        desk.round()
    again = Desk(library, [room.site.url("/feed")])
    assert kinds(again.round()) == ["story"]


def test_the_original_is_kept(desk: Desk, room: Newsroom):
    room.publish("/mill", page("mill"))
    desk.round()
    (one,) = desk.library.accounts()
    account = desk.library.account(one.account)
    assert desk.library.original(account) == page("mill")
    assert account.fetched is not None
    assert account.url == room.site.url("/mill")
    assert empty(account).account == account
