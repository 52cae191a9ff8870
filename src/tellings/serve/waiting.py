"""A comparison as a page of the application; while it is being made, a page that asks again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from tellings.serve import pages
from tellings.serve.endpoint import served_of
from tellings.serve.problems import RefusedError, of_error, refused

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from tellings.serve.comparisons import Making
    from tellings.serve.jobs import Compared
    from tellings.serve.told import StoryHead

_AGAIN = 1
"""Seconds after which a waiting page asks again."""


async def comparison_of(request: Request, story: StoryHead) -> Response:
    """The comparison of a story's accounts; begun where it was not made before."""
    served = served_of(request)
    key = await served.ask(served.key_of, story.accounts)
    found = await served.ask(served.comparisons.found, key)
    if found is not None:
        return _shown(request, found, story)
    there = served.comparisons.making(key)
    if there is not None and there.problem is not None and "again" not in request.query_params:
        raise RefusedError(of_error(there.problem, library=served.library.name))
    accounts = await served.ask(served.accounts_named, story.accounts)
    return _waits(request, served.comparisons.begin(accounts, key)[1])


async def made_comparison(request: Request, key: str) -> Response:
    """The comparison of a key, made or being made.

    Raises:
        RefusedError: for one that was never begun, or could not be made.

    """
    served = served_of(request)
    found = await served.ask(served.comparisons.found, key)
    if found is not None:
        return _shown(request, found, None)
    there = served.comparisons.making(key)
    if there is None:
        raise refused(404, "there is no such comparison, or none any more", "compare the accounts again")
    if there.problem is not None:
        raise RefusedError(of_error(there.problem, library=served.library.name))
    return _waits(request, there)


def _shown(request: Request, found: Compared, story: StoryHead | None) -> Response:
    style, script, body = (Markup(one) for one in (found.style, found.script, found.body))
    answer = pages.page(
        request, "comparison.html", title=found.title, story=story, style=style, script=script, body=body
    )
    answer.headers["Content-Security-Policy"] = pages.policy(style=found.style, script=found.script)
    return answer


def _waits(request: Request, making: Making) -> Response:
    answer = pages.page(request, "waiting.html", status=202, making=making)
    answer.headers["Refresh"] = str(_AGAIN)
    return answer
