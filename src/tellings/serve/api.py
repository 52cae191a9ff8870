"""The HTTP interface: every operation with what it asks and answers, and what it does."""

from __future__ import annotations

from asyncio import Event, get_running_loop, wrap_future
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import msgspec

from tellings.errors import TellingsError
from tellings.library.records import Query, Story
from tellings.serve import jobs
from tellings.serve import records as r
from tellings.serve.declared import LINES, Answer, Call, NothingAsked, Operation, Reply
from tellings.serve.problems import RefusedError, of_error, refused
from tellings.serve.reading_in import kept, nothing_in, pasted, taken
from tellings.serve.schemas import ACCOUNT, COMPARISON, READING, VERSIONS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from tellings.records import Account
    from tellings.serve.comparisons import Making
    from tellings.serve.jobs import Compared
    from tellings.serve.served import Served

_encode = msgspec.json.encode


async def accounts(call: Call[r.AccountsAsked, None]) -> Reply:
    """A part of the accounts."""
    asked = call.asked
    where = Query(outlet=asked.outlet, since=asked.since, until=asked.until)
    library = call.served.library
    found = await call.served.ask(library.accounts, where, after=asked.offset, most=asked.limit + 1)
    return _page(call, r.AccountsPage, found)


async def add(call: Call[NothingAsked, r.AddGiven]) -> Reply:
    """Accounts, read and kept."""
    given = call.body or r.AddGiven()
    found = await taken(call.served, (*call.files, *pasted(given.accounts)), given.links)
    return Reply(_encode(await kept(call.served, found, story=given.story)), 201)


async def account(call: Call[r.AccountAsked, None]) -> Reply:
    """One account."""
    found = await call.served.ask(call.served.library.account, call.asked.id)
    data = msgspec.to_builtins(found)
    del data["original"]
    return Reply(_encode(data))


async def reading(call: Call[r.AccountAsked, None]) -> Reply:
    """One account's reading, read anew."""
    found = await call.served.ask(call.served.library.account, call.asked.id)
    return Reply(await wrap_future(call.served.work.submit(jobs.read_json, found)))


async def versions(call: Call[r.VersionsAsked, None]) -> Reply:
    """Two accounts laid over each other."""
    from tellings.show.versions import versions_json

    both = await call.served.ask(call.served.accounts_named, [call.asked.id, call.asked.later])
    if len(both) < 2:
        raise refused(422, "an account is no later version of itself", "name two accounts")
    found = await wrap_future(call.served.work.submit(jobs.laid_over, *both))
    return Reply(versions_json(found).encode())


async def stories(call: Call[r.PageAsked, None]) -> Reply:
    """A part of the stories."""
    found = await call.served.ask(call.served.library.stories)
    return _page(call, r.StoriesPage, found[call.asked.offset :])


async def make_story(call: Call[NothingAsked, r.StoryGiven]) -> Reply:
    """A new story of some accounts."""
    number = await call.served.ask(call.served.library.assign, call.body.accounts, by="the interface")
    return Reply(_encode(r.StoryMade(number)), 201)


async def into_story(call: Call[r.StoryAsked, r.StoryGiven]) -> Reply:
    """Accounts put into a story."""
    assign = call.served.library.assign
    number = await call.served.ask(assign, call.body.accounts, call.asked.id, by="the interface")
    return Reply(_encode(r.StoryMade(number)))


async def story(call: Call[r.StoryAsked, None]) -> Reply:
    """One story."""
    return Reply(_encode(await call.served.ask(call.served.library.story, call.asked.id)))


async def story_comparison(call: Call[r.StoryAsked, None]) -> Reply:
    """A story's comparison, made when it is first asked for."""
    names = (await call.served.ask(call.served.story, call.asked.id)).accounts
    key = await call.served.ask(call.served.key_of, names)
    found = await call.served.ask(call.served.comparisons.found, key)
    if found is not None and LINES not in call.accepts:
        return Reply(found.json, headers=_where(key))
    return await _comparison(call, await call.served.ask(call.served.accounts_named, names))


async def compare(call: Call[NothingAsked, r.CompareGiven]) -> Reply:
    """A comparison of what is given."""
    given = call.body or r.CompareGiven()
    stored = await call.served.ask(call.served.accounts_named, given.stored)
    found = await taken(call.served, (*call.files, *pasted(given.accounts)))
    if found.refused:
        raise RefusedError(nothing_in(found, "not everything that was given can be used"))
    return await _comparison(call, [*stored, *found.accounts])


async def comparison(call: Call[r.ComparisonAsked, None]) -> Reply:
    """One that was made before."""
    found = await call.served.ask(call.served.comparisons.found, call.asked.key)
    if found is None:
        raise refused(404, "there is no such comparison, or none any more", "compare the accounts again")
    return Reply(found.json)


async def sources(call: Call[r.SourcesAsked, None]) -> Reply:
    """A part of the sources."""
    found = await call.served.ask(call.served.library.sources, _query(call.asked, speaker=True))
    return _page(call, r.SourcesPage, found[call.asked.offset :])


async def search(call: Call[r.SearchAsked, None]) -> Reply:
    """What a search finds."""
    found = await found_by(call.served, call.asked)
    return _page(call, r.FoundPage, found[call.asked.offset :])


async def found_by(served: Served, asked: r.SearchAsked) -> Sequence[Any]:
    """What a search finds, one more than is asked for: so it is known whether there is more."""
    from dataclasses import replace

    query = replace(_query(asked, speaker=True), words=asked.words, meaning=asked.meaning, kind=asked.kind)

    def vector(words: str) -> Any:  # noqa: ANN401 - an array, as the library takes it
        return served.quick.submit(jobs.vector_of, words).result()

    return await served.ask(served.library.search, query, vector_of=vector)


def _query(asked: Any, *, speaker: bool = False) -> Query:  # noqa: ANN401 - parameters with these fields
    more = {"speaker": asked.speaker, "source_type": asked.source_type} if speaker else {}
    most = asked.offset + asked.limit + 1
    return Query(outlet=asked.outlet, since=asked.since, until=asked.until, limit=most, **more)


def _page(call: Call[Any, None], of: Any, found: Sequence[Any]) -> Reply:  # noqa: ANN401 - a type of page
    """A page of what was found (one more than fits tells that there is a next), with links in body and header."""
    limit, offset = call.asked.limit, call.asked.offset
    following = _link(call, offset + limit) if len(found) > limit else None
    before = _link(call, max(0, offset - limit)) if offset else None
    named = [(following, "next"), (before, "prev")]
    header = ", ".join(f'<{link}>; rel="{name}"' for link, name in named if link)
    data = _encode(of(tuple(found[:limit]), following, before))
    return Reply(data, headers={"Link": header} if header else {})


def _link(call: Call[Any, None], offset: int) -> str:
    """The same request from another place on."""
    given = msgspec.to_builtins(call.asked) | {"offset": offset}
    return f"{call.path}?{urlencode({key: value for key, value in given.items() if value is not None})}"


async def _comparison(call: Call[Any, Any], given: Sequence[Account]) -> Reply:
    """A comparison when it is made; as lines of progress where these are accepted."""
    most = call.served.settings.most
    if not 2 <= len(given) <= most:
        raise refused(422, f"{len(given)} accounts are given", f"give 2 to {most} accounts of one event")
    comparisons = call.served.comparisons
    key = await call.served.ask(comparisons.key, given)
    found = await call.served.ask(comparisons.found, key)
    if LINES in call.accepts:
        making = None if found else comparisons.begin(given, key)[1]
        return Reply(lines=_lines(call.served, found, making))
    if found is None:
        found = await wrap_future(comparisons.begin(given, key)[1].future)
    return Reply(found.json, headers=_where(key))


def _where(key: str) -> dict[str, str]:
    """Where a comparison is found again."""
    return {"Content-Location": f"/api/comparisons/{key}"}


async def _lines(served: Served, found: Compared | None, making: Making | None) -> AsyncIterator[bytes]:
    """Where the making stands, a line at each step; then the comparison, or the problem, as the last line."""
    if making is not None:
        moved, loop = Event(), get_running_loop()

        def tell(_: object = None) -> None:
            with suppress(RuntimeError):  # whoever listened is gone, and the loop with them
                loop.call_soon_threadsafe(moved.set)

        making.listeners.append(tell)
        making.future.add_done_callback(tell)
        while not making.future.done():
            yield _encode(r.Progress(making.what, making.done, making.of)) + b"\n"
            await moved.wait()
            moved.clear()
        try:
            found = making.future.result()
        except TellingsError as error:
            yield _encode({"problem": of_error(error, library=served.library.name)}) + b"\n"
            return
    if found is not None:
        yield b'{"comparison":' + found.json.strip() + b"}\n"


_NOT_THERE = Answer(404, None, "There is none of that name.")
OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "POST", "/api/compare", "compare", "Compare the accounts of one story.", compare,
        (Answer(200, COMPARISON, "The comparison (the JSON contract)."),
         Answer(200, None, "Lines of progress, then one of the comparison or the problem.", LINES), _NOT_THERE),
        body=r.CompareGiven, files=True,
    ),
    Operation(
        "GET", "/api/comparisons/{key}", "comparison", "A comparison that was made before.", comparison,
        (Answer(200, COMPARISON, "The comparison."), _NOT_THERE), asked=r.ComparisonAsked,
    ),
    Operation(
        "GET", "/api/accounts", "accounts", "The accounts of the library, by date.", accounts,
        (Answer(200, r.AccountsPage, "A part of the accounts."),), asked=r.AccountsAsked,
    ),
    Operation(
        "POST", "/api/accounts", "addAccounts", "Read accounts and keep them.", add,
        (Answer(201, r.AddedAccounts, "What came of it."), _NOT_THERE), body=r.AddGiven, files=True, right="write",
    ),
    Operation(
        "GET", "/api/accounts/{id}", "account", "One account with its text.", account,
        (Answer(200, ACCOUNT, "The account."), _NOT_THERE), asked=r.AccountAsked,
    ),
    Operation(
        "GET", "/api/accounts/{id}/versions/{later}", "versions", "A later version laid over an earlier one.", versions,
        (Answer(200, VERSIONS, "What became of each statement."), _NOT_THERE), asked=r.VersionsAsked,
    ),
    Operation(
        "GET", "/api/readings/{id}", "reading", "Everything that is read in one account.", reading,
        (Answer(200, READING, "The reading."), _NOT_THERE), asked=r.AccountAsked,
    ),
    Operation(
        "GET", "/api/stories", "stories", "The stories, the one changed last first.", stories,
        (Answer(200, r.StoriesPage, "A part of the stories."),), asked=r.PageAsked,
    ),
    Operation(
        "POST", "/api/stories", "makeStory", "Make a story of accounts.", make_story,
        (Answer(201, r.StoryMade, "The story."), _NOT_THERE), body=r.StoryGiven, right="write",
    ),
    Operation(
        "GET", "/api/stories/{id}", "story", "One story: its accounts, and what became of it.", story,
        (Answer(200, Story, "The story."), _NOT_THERE), asked=r.StoryAsked,
    ),
    Operation(
        "POST", "/api/stories/{id}/accounts", "intoStory", "Put accounts into a story.", into_story,
        (Answer(200, r.StoryMade, "The story."), _NOT_THERE), asked=r.StoryAsked, body=r.StoryGiven, right="write",
    ),
    Operation(
        "GET", "/api/stories/{id}/comparison", "storyComparison", "The comparison of a story's accounts.",
        story_comparison,
        (Answer(200, COMPARISON, "The comparison."),
         Answer(200, None, "Lines of progress, then one of the comparison or the problem.", LINES), _NOT_THERE),
        asked=r.StoryAsked,
    ),
    Operation(
        "GET", "/api/search", "search", "Who says what: by words, speaker, source type, meaning.", search,
        (Answer(200, r.FoundPage, "A part of what was found."),), asked=r.SearchAsked,
    ),
    Operation(
        "GET", "/api/sources", "sources", "Who is given words, in how many accounts.", sources,
        (Answer(200, r.SourcesPage, "A part of the sources."),), asked=r.SourcesAsked,
    ),
)  # fmt: skip
"""Everything there is under /api."""
