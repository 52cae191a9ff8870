"""The application's views: pages over the library that work without script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from tellings.library.records import Query
from tellings.records import SourceType, StatementKind
from tellings.serve import pages, told
from tellings.serve import records as r
from tellings.serve.api import found_by
from tellings.serve.endpoint import need, served_of
from tellings.serve.entering import ENTERING
from tellings.serve.problems import refused
from tellings.serve.waiting import comparison_of, made_comparison

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from tellings.library.records import Listed, SourceCount
    from tellings.records import Account
    from tellings.serve.served import Served

_SOURCES = 200


async def stories(request: Request) -> Response:
    """The stories, as they grow."""
    need(request, "read")
    asked = _asked(request, r.PageAsked)
    found = await served_of(request).ask(served_of(request).library.stories)
    part = found[asked.offset : asked.offset + asked.limit]
    return pages.page(
        request, "stories.html", stories=part, parts=_parts(request, asked, len(found) > asked.offset + asked.limit)
    )


async def story(request: Request) -> Response:
    """A story's comparison, or a page that waits for it."""
    need(request, "read")
    served, number = served_of(request), _number(request)
    one = await served.ask(served.story, number)
    if not 2 <= len(one.accounts) <= served.settings.most:
        return await story_about(request)
    return await comparison_of(request, one)


async def story_about(request: Request) -> Response:
    """A story's accounts and its past."""
    need(request, "read")
    served = served_of(request)
    one = await served.ask(served.library.story, _number(request))
    return pages.page(request, "story.html", story=one, most=served.settings.most)


async def comparison(request: Request) -> Response:
    """A comparison that was made of what somebody gave."""
    need(request, "read")
    return await made_comparison(request, str(request.path_params["key"]))


async def accounts(request: Request) -> Response:
    """The accounts."""
    need(request, "read")
    asked, served = _asked(request, r.AccountsAsked), served_of(request)
    where = Query(outlet=asked.outlet, since=asked.since, until=asked.until)
    found = await served.ask(served.library.accounts, where, after=asked.offset, most=asked.limit + 1)
    outlets = await served.ask(_read, served, told.outlets, 50)
    more = _parts(request, asked, len(found) > asked.limit)
    return pages.page(request, "accounts.html", accounts=found[: asked.limit], asked=asked, outlets=outlets, parts=more)


async def account(request: Request) -> Response:
    """An account: its text with everything marked."""
    need(request, "read")
    served, name = served_of(request), str(request.path_params["id"])
    one, marks, speakers, versions = await served.ask(_account, served, name)
    return pages.page(
        request, "account.html", account=one, marks=marks, speakers=speakers, versions=versions, wanted=_span(request)
    )


def _account(served: Served, name: str) -> tuple[Account, list[told.Mark], list[SourceCount], list[told.VersionOf]]:
    """An account with what its view shows, in one go: every wait for a thread is one more behind others."""
    one = served.library.account(name)
    with served.library.reading() as connection:
        return one, told.marks(connection, name), told.speakers(connection, name), told.versions_of(connection, name)


async def laid_over(request: Request) -> Response:
    """A later version laid over an earlier one."""
    from asyncio import wrap_future

    from tellings.serve import jobs

    need(request, "read")
    served = served_of(request)
    names = [str(request.path_params["id"]), str(request.path_params["later"])]
    both = await served.ask(served.accounts_named, names)
    if len(both) < 2:
        raise refused(422, "an account is no later version of itself", "choose two")
    found = await wrap_future(served.work.submit(jobs.laid_over, *both))
    return pages.page(request, "versions.html", versions=found)


async def search(request: Request) -> Response:
    """A search; with htmx its results alone."""
    need(request, "read")
    given = {key: value for key, value in request.query_params.items() if value}
    asked = _converted(given, r.SearchAsked)
    wants = any((asked.words, asked.meaning, asked.speaker, asked.source_type, asked.kind))
    found = await found_by(served_of(request), asked) if wants else ()
    shown = found[asked.offset : asked.offset + asked.limit]
    template = "found.html" if request.headers.get("hx-request") == "true" else "search.html"
    more = _parts(request, asked, len(found) > asked.offset + asked.limit)
    return pages.page(request, template, asked=asked, wants=wants, found=shown, types=_TYPES, kinds=_KINDS, parts=more)


async def sources(request: Request) -> Response:
    """Who is given words."""
    need(request, "read")
    asked, served = _asked(request, r.SourcesAsked), served_of(request)
    most = asked.offset + asked.limit + 1
    where = Query(
        outlet=asked.outlet, since=asked.since, until=asked.until, speaker=asked.speaker,
        source_type=asked.source_type, limit=most,
    )  # fmt: skip
    found = await served.ask(served.library.sources, where)
    more = _parts(request, asked, len(found) == most)
    part = found[asked.offset : asked.offset + asked.limit]
    return pages.page(request, "sources.html", sources=part, asked=asked, types=_TYPES, parts=more)


async def person(request: Request) -> Response:
    """Everything that is given to a person, and what accounts call them."""
    need(request, "read")
    served, name = served_of(request), _name(request)
    asked = r.SearchAsked(speaker=name, limit=100)
    found = await found_by(served, asked)
    labels = await served.ask(_read, served, told.called, name)
    return pages.page(request, "person.html", name=name, found=found[:100], more=len(found) > 100, called=labels)


async def outlet(request: Request) -> Response:
    """An outlet: whom it gives words to, and its accounts."""
    need(request, "read")
    served, name = served_of(request), _name(request)
    named = await served.ask(_read, served, told.outlet_sources, name, _SOURCES)
    types = await served.ask(_read, served, told.outlet_types, name)
    every: list[Listed] = await served.ask(served.library.accounts, Query(outlet=name))
    own = [one for one in every if one.outlet == name]
    return pages.page(request, "outlet.html", name=name, sources=named, types=types, accounts=own[-200:][::-1])


def _read(served: Served, function: Callable[..., Any], *given: object) -> Any:  # noqa: ANN401 - what the function gives
    with served.library.reading() as connection:
        return function(connection, *given)


def _asked(request: Request, of: type[Any]) -> Any:  # noqa: ANN401 - a record of that type
    return _converted({key: value for key, value in request.query_params.items() if value}, of)


def _converted(given: dict[str, str], of: type[Any]) -> Any:  # noqa: ANN401 - a record of that type
    try:
        return msgspec.convert(given, of, strict=False)
    except msgspec.ValidationError as error:
        raise refused(422, f"what was asked cannot be: {error}", "go back and change it") from error


def _number(request: Request) -> int:
    number = int(request.path_params["id"])
    if not 0 < number < 2**31:
        raise refused(404, "there is no story of that number", "see the stories")
    return number


def _name(request: Request) -> str:
    name = request.query_params.get("name", "").replace("\x00", " ").strip()
    if not name or len(name) > 500:
        raise refused(422, "there is no name in the address", "follow a link to a name")
    return name


def _span(request: Request) -> tuple[int, int] | None:
    """The stretch that an address names, if it does."""
    start, end = request.query_params.get("start", ""), request.query_params.get("end", "")
    if not (start.isdecimal() and end.isdecimal() and len(start) < 12 and len(end) < 12):
        return None
    return (int(start), int(end)) if int(start) < int(end) else None


def _parts(request: Request, asked: Any, more: bool) -> dict[str, str | None]:  # noqa: ANN401 - a record with limit and offset
    """The addresses of the next and the previous part of a list."""
    limit, offset = asked.limit, asked.offset
    following = str(request.url.include_query_params(offset=offset + limit).query) if more else None
    before = str(request.url.include_query_params(offset=max(0, offset - limit)).query) if offset else None
    return {"next": f"?{following}" if following else None, "previous": f"?{before}" if before else None}


def _choices(of: object) -> tuple[str, ...]:
    from typing import get_args

    return tuple(str(one) for one in get_args(of))


_TYPES, _KINDS = _choices(SourceType), _choices(StatementKind)


async def home(request: Request) -> Response:
    """The beginning: the stories."""
    need(request, "read")
    return RedirectResponse("/stories", 303)


async def page_style(request: Request) -> Response:
    """The style that the application shares with the page of a comparison."""
    from tellings.show.page import resource

    del request
    return Response(resource("page.css"), media_type="text/css", headers={"Cache-Control": "max-age=3600"})


VIEWS = (
    Route("/page.css", page_style),
    Route("/", home),
    Route("/stories", stories),
    Route("/stories/{id:int}", story, name="story_view"),
    Route("/stories/{id:int}/about", story_about),
    Route("/comparisons/{key}", comparison),
    Route("/accounts", accounts),
    Route("/accounts/{id}", account),
    Route("/accounts/{id}/versions/{later}", laid_over),
    Route("/search", search),
    Route("/sources", sources),
    Route("/people", person),
    Route("/outlets", outlet),
    *ENTERING,
)
