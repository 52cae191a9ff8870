"""What holds for every request, whatever it asks: whose host it names, how large it is, who asks, where from.

And for every answer: the headers that keep a browser from doing anything with it but show it.
"""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders

from tellings.serve.problems import RefusedError, refused

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from tellings.serve.settings import Right, Settings

COOKIE = "tellings_token"
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with none at all browsers would hide whose page sends a form
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "private, no-cache",
}
_SAFE = {"GET", "HEAD", "OPTIONS"}
_ADVICE = "ask it by the name it was started with"


class Guard:
    """The outermost layer; `answer` makes an answer of a refusal."""

    def __init__(
        self, app: ASGIApp, settings: Settings, answer: Callable[[Scope, RefusedError], Awaitable[ASGIApp]]
    ) -> None:
        self._app = app
        self._settings = settings
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request (or the beginning and end of the server, which pass)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    told.setdefault(name, value)
            await send(message)

        scope["right"] = self._right(headers)
        try:
            self._checked(scope["method"], headers)
        except RefusedError as error:
            await (await self._answer(scope, error))(scope, receive, guarded)
            return
        await self._app(scope, self._limited(receive), guarded)

    def _checked(self, method: str, headers: Headers) -> None:
        host = _name_of(headers.get("host", ""))
        if len(headers.getlist("host")) != 1 or host not in self._settings.hosts:
            raise refused(421, "the request names a host that this server is not", _ADVICE)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self._settings.upload:
            raise self._too_large()
        if method not in _SAFE and not _from_here(headers):
            raise refused(403, "another site's page asks for this", "ask for it from a page of this server")

    def _limited(self, receive: Receive) -> Receive:
        """The body of a request, which may not be longer than it may be, whatever its head says."""
        got = 0

        async def limited() -> Message:
            nonlocal got
            message = await receive()
            got += len(message.get("body", b""))
            if got > self._settings.upload:
                raise self._too_large()
            return message

        return limited

    def _too_large(self) -> RefusedError:
        most = self._settings.upload // 1024 // 1024
        return refused(413, f"the request is larger than the {most} MB that this server takes", "send less at once")

    def _right(self, headers: Headers) -> Right | None:
        tokens = self._settings.tokens
        if tokens is None:
            return "write"
        kind, _, token = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            return tokens.right_of(token.strip())
        return tokens.right_of(_cookie(headers.get("cookie", "")))


def _name_of(host: str) -> str:
    """A host without its port, in lower case."""
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdecimal() and (host.count(":") == 1 or name.endswith("]")) else host).lower()


def _from_here(headers: Headers) -> bool:
    """Whether a browser says that a page of this server asks; programs say nothing, and are believed."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in {"same-origin", "none"}:
        return False
    return origin is None or urlsplit(origin).netloc.lower() == headers.get("host", "").lower()


def _cookie(header: str) -> str:
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found is not None else ""
