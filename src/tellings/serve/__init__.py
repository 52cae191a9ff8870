"""The web application and the HTTP interface over a library (needs the extra `serve`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tellings.serve.settings import Settings, Tokens

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from tellings.serve.work import Work

__all__ = ["Settings", "Tokens", "application"]


def application(settings: Settings, *, work: Work | None = None) -> ASGIApp:
    """The application as an ASGI server runs it; the library is opened when the server starts.

    Raises:
        ServingError: when the packages that it needs are not installed.

    """
    from tellings.errors import ServingError

    try:
        from tellings.serve.app import application as made
    except ImportError as error:
        advice = "install it: pip install 'tellings[serve]'"
        raise ServingError("serving", f"needs {error.name}, which is not installed", advice) from error
    return made(settings, work=work)
