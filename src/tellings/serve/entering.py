"""Forms: adding, comparing what is pasted, choosing accounts, signing in. Each is believed by its token alone."""

from __future__ import annotations

import hmac
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from tellings.serve import pages
from tellings.serve.endpoint import need, served_of
from tellings.serve.guard import COOKIE
from tellings.serve.jobs import Given
from tellings.serve.problems import RefusedError, refused
from tellings.serve.reading_in import kept, nothing_in, pasted, plain_name, taken
from tellings.serve.records import AccountGiven

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from starlette.requests import Request

    from tellings.records import Account

_PARTS = 200
_LINKS = 20
_HEADS = ("title", "outlet", "author", "published", "url")
_MONTH = 30 * 24 * 3600


@asynccontextmanager
async def form_of(request: Request) -> AsyncIterator[FormData]:
    """The form of a request, one that a page of this server gave out; its files are there as long as it is open.

    Raises:
        RefusedError: for any other.

    """
    try:
        form = await request.form(max_files=_PARTS, max_fields=_PARTS, max_part_size=served_of(request).settings.upload)
    except MultiPartException as error:
        raise refused(400, f"the form cannot be read: {error.message}", "go back and send it again") from error
    if not hmac.compare_digest(_text(form, "form_token").encode(), served_of(request).form_token.encode()):
        await form.close()
        raise refused(403, "this form was not given out by this server as it runs now", "open its page anew")
    try:
        yield form
    finally:
        await form.close()


async def add_page(request: Request) -> Response:
    """The form to add accounts."""
    need(request, "write")
    return pages.page(request, "add.html")


async def add(request: Request) -> Response:
    """Accounts from files, a pasted text and links, read and kept."""
    need(request, "write")
    async with form_of(request) as form:
        links = [line.strip() for line in _text(form, "links").splitlines() if line.strip()][:_LINKS]
        given = (*await _files(form), *pasted(_pasted(form, "")))
        story = _number(_text(form, "story"))
    found = await taken(served_of(request), given, links)
    done = await kept(served_of(request), found, story=story)
    return pages.page(request, "added.html", status=201, added=done)


async def compare_page(request: Request) -> Response:
    """The form to compare accounts that are not in the library."""
    need(request, "read")
    return pages.page(request, "compare.html")


async def compare(request: Request) -> Response:
    """The comparison of files and pasted texts: where it will be."""
    need(request, "read")
    served = served_of(request)
    async with form_of(request) as form:
        numbers = ("1", "2", "3", "4")
        given = (*await _files(form), *pasted(one for number in numbers for one in _pasted(form, number)))
    found = await taken(served, given)
    if found.refused:
        raise RefusedError(nothing_in(found, "not everything that was given can be used"))
    if not 2 <= len(found.accounts) <= served.settings.most:
        raise refused(422, "there are not two accounts", f"give 2 to {served.settings.most} accounts of one event")
    return await _to_comparison(request, found.accounts)


async def chosen(request: Request) -> Response:
    """Accounts that were chosen in the list: compared, or put into a story."""
    need(request, "read")
    served = served_of(request)
    async with form_of(request) as form:
        names = [str(one) for one in form.getlist("account")]
        what, number = _text(form, "what"), _number(_text(form, "story"))
    if what == "story":
        need(request, "write")
        if not names:
            raise refused(422, "no account was chosen", "choose one or more")
        made = await served.ask(served.library.assign, names, number, by="the application")
        return RedirectResponse(f"/stories/{made}/about", 303)
    if not 2 <= len(set(names)) <= served.settings.most:
        raise refused(422, "fewer than two accounts were chosen", "choose two or more")
    return await _to_comparison(request, await served.ask(served.accounts_named, names))


async def _to_comparison(request: Request, accounts: Sequence[Account]) -> Response:
    served = served_of(request)
    key = await served.ask(served.comparisons.key, accounts)
    if await served.ask(served.comparisons.found, key) is None:
        served.comparisons.begin(accounts, key)
    return RedirectResponse(f"/comparisons/{key}", 303)


async def sign_in_page(request: Request) -> Response:
    """The form for a token."""
    return pages.page(request, "sign_in.html", wrong=False)


async def sign_in(request: Request) -> Response:
    """A token put into a cookie that no script sees and no other site's page sends."""
    tokens = served_of(request).settings.tokens
    async with form_of(request) as form:
        token = _text(form, "token").strip()
    if tokens is None or tokens.right_of(token) is None:
        return pages.page(request, "sign_in.html", status=403, wrong=True)
    answer = RedirectResponse("/stories", 303)
    secure = request.url.scheme == "https"
    answer.set_cookie(COOKIE, token, max_age=_MONTH, httponly=True, samesite="strict", secure=secure)
    return answer


async def sign_out(request: Request) -> Response:
    """The cookie taken away."""
    async with form_of(request):
        answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(COOKIE)
    return answer


async def _files(form: FormData) -> tuple[Given, ...]:
    files = [one for one in form.getlist("files") if isinstance(one, UploadFile) and one.filename]
    return tuple([Given(plain_name(one.filename), await one.read()) for one in files])


def _pasted(form: FormData, number: str) -> tuple[AccountGiven, ...]:
    """An account of the fields of a form, none where it has no text."""
    text = _text(form, f"text{number}").replace("\r\n", "\n")
    if not text.strip():
        return ()
    heads = {name: _text(form, name + number).strip()[:2000] or None for name in _HEADS}
    return (AccountGiven(text=text, **heads),)


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""


def _number(text: str) -> int | None:
    if not text.strip():
        return None
    if not text.strip().isdecimal() or not 0 < int(text) < 2**31:
        raise refused(422, "the number of the story is no number", "give the number of a story, or none")
    return int(text)


ENTERING = (
    Route("/add", add_page, methods=["GET"]),
    Route("/add", add, methods=["POST"]),
    Route("/compare", compare_page, methods=["GET"]),
    Route("/compare", compare, methods=["POST"]),
    Route("/chosen", chosen, methods=["POST"]),
    Route("/sign-in", sign_in_page, methods=["GET"]),
    Route("/sign-in", sign_in, methods=["POST"]),
    Route("/sign-out", sign_out, methods=["POST"]),
)
