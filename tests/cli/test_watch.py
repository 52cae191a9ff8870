"""`tellings watch` as a person meets it, and `compare` of a story of a library."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import tellings.cli
import tellings.fetching
from tellings.fetching import Settings
from tests.fetching.server import Site, serving
from tests.watching.sites import Newsroom, page
from tests.watching.tools import TOOLS


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Site]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tellings.cli.watch.tools", lambda: TOOLS)
    monkeypatch.setattr("tellings.fetching.Settings", lambda: Settings(allow_loopback=True, delay=0.0))
    with serving() as found:
        listed = f'<opml version="2.0"><body><outline text="Quay" xmlUrl="{found.url("/feed")}"/></body></opml>'
        Path("feeds.opml").write_text(listed, encoding="utf-8")
        yield found


def run(*arguments: str) -> Result:
    return CliRunner().invoke(tellings.cli._group, arguments)


def test_once_says_what_is_new_and_the_second_time_nothing(site: Site):
    room = Newsroom(site)
    room.publish("/mill", page("mill"))
    room.publish("/mill-2", page("mill", "A third weaver is missing.", title="Mill fire"))

    done = run("watch", "feeds.opml", "--once")
    assert done.exit_code == 0, done.output
    first, second, _ = done.stdout.splitlines()
    assert first.startswith("story 1 begins:")
    assert second.startswith("story 1 has gained an account (2 accounts now):")
    assert run("watch", "feeds.opml", "--once").stdout == ""


def test_json_is_an_object_a_line(site: Site):
    Newsroom(site).publish("/mill", page("mill"))
    (line,) = run("watch", "feeds.opml", "--once", "--json").stdout.splitlines()
    told = json.loads(line)
    assert (told["kind"], told["story"], told["url"]) == ("story", 1, site.url("/mill"))


@pytest.mark.parametrize("every", ["5s", "0m", "often", "15", ""])
def test_how_often_is_a_minute_at_least(site: Site, every: str):
    done = run("watch", "feeds.opml", "--once", "--every", every)
    assert done.exit_code == 2
    assert site.asked == []


@pytest.mark.parametrize(
    ("data", "problem"), [("<opml><body/></opml>", "names no feed"), ("hello", "no list of feeds")]
)
def test_a_list_without_feeds_is_an_error(site: Site, data: str, problem: str):
    Path("feeds.opml").write_text(data, encoding="utf-8")
    assert problem in str(run("watch", "feeds.opml", "--once").exception)
    assert "cannot be read" in str(run("watch", "none.opml", "--once").exception)
    assert site.asked == []


def test_a_story_of_a_library_is_compared_by_its_accounts(site: Site):
    from tellings.cli.compare import accounts_kept

    room = Newsroom(site)
    for name, event in (("/mill", "mill"), ("/mill-2", "mill"), ("/tram", "tram")):
        room.publish(name, page(event, f"Told at {name}.", title=f"Title {name}"))
    run("watch", "feeds.opml", "--once", "--library", "kept.db")

    assert [one.title for one in accounts_kept("kept.db", 1)] == ["Title /mill-2", "Title /mill"]
    for wrong in (["--library", "kept.db"], ["x.txt", "--library", "kept.db", "--story", "1"], []):
        assert run("compare", *wrong).exit_code == 2
    assert run("compare", "--library", "kept.db", "--story", "first").exit_code == 2
    assert "has no story 7" in str(run("compare", "--library", "kept.db", "--story", "7").exception)
