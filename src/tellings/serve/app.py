"""The application: the HTTP interface, the views, and what makes answers of errors."""

from __future__ import annotations

import logging
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from tellings.errors import TellingsError
from tellings.serve import openapi, pages, problems
from tellings.serve.api import OPERATIONS
from tellings.serve.declared import Reply
from tellings.serve.endpoint import answered, need, route_of, served_of
from tellings.serve.guard import Guard
from tellings.serve.problems import Problem, RefusedError
from tellings.serve.served import Served, served
from tellings.serve.views import VIEWS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import ASGIApp, Scope

    from tellings.serve.settings import Settings
    from tellings.serve.work import Work

_log = logging.getLogger("tellings.serve")


def application(settings: Settings, *, work: Work | None = None) -> ASGIApp:
    """The application over a library, to be run by any ASGI server; `work` does all work, processes unless given.

    The library is opened when the server starts.

    Raises:
        LibraryError: at the start, when the library cannot be opened.

    """

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        with served(settings, work=work) as opened:
            app.state.served = opened
            yield

    app = Starlette(
        routes=[
            *(route_of(operation) for operation in OPERATIONS),
            Route("/openapi.json", _document),
            Route("/docs", _reference),
            *VIEWS,
            Mount("/static", StaticFiles(packages=[("tellings.serve", "static")]), name="static"),
        ],
        lifespan=lifespan,
        exception_handlers={
            RefusedError: _refused,
            TellingsError: _foreseen,
            HTTPException: _unknown,
            Exception: _fault,
        },
    )

    async def answer(scope: Scope, error: RefusedError) -> ASGIApp:
        return _refused(Request({**scope, "app": app}), error)

    return Guard(app, settings, answer)


async def _document(request: Request) -> Response:
    need(request, "read")
    return answered(request, Reply(openapi.as_json(_described(served_of(request)))))


async def _reference(request: Request) -> Response:
    need(request, "read")
    return pages.page(request, "reference.html", document=_described(served_of(request)))


def _described(opened: Served) -> dict[str, object]:
    return openapi.document(OPERATIONS, version=version("tellings"), tokens=opened.settings.tokens is not None)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, RefusedError)
    return _problem(request, error.problem, error.headers)


def _foreseen(request: Request, error: Exception) -> Response:
    assert isinstance(error, TellingsError)
    found = problems.of_error(error, library=served_of(request).library.name)
    return _problem(request, found, {"Retry-After": "30"} if found.status == 503 else {})


def _unknown(request: Request, error: Exception) -> Response:
    """What Starlette itself finds: no such page, no such method, or a file that is not there."""
    assert isinstance(error, HTTPException)
    what = {404: "there is nothing at this address", 405: "this cannot be done at this address"}
    found = problems.problem(error.status_code, what.get(error.status_code, error.detail), "see /docs")
    return _problem(request, found, dict(error.headers or {}))


def _fault(request: Request, error: Exception) -> Response:
    """What nobody foresaw: said so, told to the log, and no word of it to whoever asks."""
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return _problem(request, problems.problem(500, "this is a fault of Tellings", "report it, please"), {})


def _problem(request: Request, found: Problem, headers: dict[str, str]) -> Response:
    if request.url.path.startswith(("/api", "/openapi")):
        import msgspec

        return Response(msgspec.json.encode(found), found.status, headers, media_type=problems.MEDIA)
    answer = pages.problem_page(request, found)
    answer.headers.update(headers)
    return answer
