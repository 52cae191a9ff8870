"""Pages from templates: every word of others is escaped, every word of ours comes from `words`."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import cache
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from tellings.serve.guard import POLICY
from tellings.serve.words import WORDS

if TYPE_CHECKING:
    from jinja2 import Environment
    from starlette.requests import Request

    from tellings.serve.problems import Problem

HTML = "text/html; charset=utf-8"


@cache
def environment() -> Environment:
    """The templates of this package; a name that is not there is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    found = Environment(
        loader=PackageLoader("tellings.serve"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    from tellings.serve import shown

    found.globals |= {"w": WORDS, "shown": shown}
    found.filters |= {"plural": shown.plural, "day": shown.day, "apath": shown.address}
    return found


def page(request: Request, template: str, *, status: int = 200, **given: Any) -> Response:  # noqa: ANN401 - template values
    """A page of the application."""
    served = request.app.state.served
    html = environment().get_template(template).render(
        here=request.url.path,
        form_token=served.form_token,
        may_write=request.scope.get("right") == "write",
        with_tokens=served.settings.tokens is not None,
        **given,
    )  # fmt: skip
    return Response(html, status, media_type=HTML)


def problem_page(request: Request, problem: Problem) -> Response:
    """A page that says what is wrong; without a right, one to sign in on."""
    return page(request, "problem.html", status=problem.status, problem=problem)


def policy(*, style: str, script: str) -> str:
    """The usual policy that lets one style and one script in besides, by their digests."""
    allowed = POLICY.replace("style-src 'self'", f"style-src 'self' '{_digest(style)}'")
    return allowed.replace("script-src 'self'", f"script-src 'self' '{_digest(script)}'")


def _digest(text: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
