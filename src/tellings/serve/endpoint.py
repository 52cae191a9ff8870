"""A declared operation as a handler of requests: parameters and body checked, the reply with its headers."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from tellings.serve.declared import JSON, LINES, Call, Operation, Reply
from tellings.serve.jobs import Given
from tellings.serve.problems import refused
from tellings.serve.reading_in import plain_name

if TYPE_CHECKING:
    from starlette.requests import Request

    from tellings.serve.served import Served
    from tellings.serve.settings import Right

_MULTIPART = "multipart/form-data"
_FILES = 100


def route_of(operation: Operation) -> Route:
    """The route of an operation."""

    async def handle(request: Request) -> Response:
        need(request, operation.right)
        body, files = await _body(operation, request)
        call = Call(
            served_of(request), asked_of(operation, request), body, files, request.headers.get("accept", ""),
            request.url.path,
        )  # fmt: skip
        return answered(request, await operation.run(call))

    return Route(operation.path, handle, methods=[operation.method], name=operation.name)


def served_of(request: Request) -> Served:
    """What the application serves."""
    found: Served = request.app.state.served
    return found


def need(request: Request, right: Right) -> None:
    """Refuse a request whose token does not let its bearer do this.

    Raises:
        RefusedError: 401 without any right, 403 with the right to read alone.

    """
    has: Right | None = request.scope.get("right")
    if has is None:
        headers = {"WWW_Authenticate": "Bearer"}
        raise refused(401, "this server wants a token", "send it as Authorization: Bearer TOKEN, or sign in", **headers)
    if right == "write" and has != "write":
        raise refused(403, "this token lets its bearer read, not write", "use a token that may write")


def asked_of(operation: Operation, request: Request) -> Any:  # noqa: ANN401 - of the type that the operation declares
    """The parameters of a request as the record that its operation declares.

    Raises:
        RefusedError: for one that is missing, unknown, given twice, or not what it must be.

    """
    given: dict[str, str] = {}
    for key, value in request.query_params.multi_items():
        if key in given:
            raise refused(422, f"the parameter {key!r} is given twice", "give it once")
        if key in operation.path_names:
            raise refused(422, f"the parameter {key!r} stands in the path", "leave it out of the query")
        given[key] = value
    path = {key: str(value) for key, value in request.path_params.items()}
    try:
        return msgspec.convert(given | path, operation.asked, strict=False)
    except msgspec.ValidationError as error:
        raise refused(422, f"a parameter is not what it must be: {error}", "see /docs") from error


async def _body(operation: Operation, request: Request) -> tuple[Any, tuple[Given, ...]]:
    if operation.method == "GET" or (operation.body is None and not operation.files):
        return None, ()
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == _MULTIPART and operation.files:
        return None, await files_of(request)
    if kind != JSON or operation.body is None:
        wanted = " or ".join([JSON, *([_MULTIPART] if operation.files else [])])
        raise refused(415, f"the body is of the type {kind or 'nothing'!r}", f"send {wanted}")
    try:
        return msgspec.json.decode(await request.body(), type=operation.body), ()
    except msgspec.ValidationError as error:
        raise refused(422, f"the body is not what it must be: {error}", "see /docs") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise refused(400, "the body is no JSON", "send JSON in UTF-8") from error


async def files_of(request: Request) -> tuple[Given, ...]:
    """The files of a form.

    Raises:
        RefusedError: for what is no form, or one with too many parts.

    """
    try:
        async with request.form(max_files=_FILES, max_fields=_FILES) as form:
            files = [one for _, one in form.multi_items() if isinstance(one, UploadFile)]
            return tuple([Given(plain_name(one.filename), await one.read()) for one in files if one.filename])
    except MultiPartException as error:
        raise refused(400, f"the form cannot be read: {error.message}", "send multipart/form-data") from error


def answered(request: Request, reply: Reply) -> Response:
    """A reply with its ETag; 304 without a body where the asker has it already."""
    if reply.lines is not None:
        return StreamingResponse(reply.lines, reply.status, media_type=LINES)
    headers = dict(reply.headers)
    if request.method in {"GET", "HEAD"} and reply.status == 200:
        tag = f'"{hashlib.sha256(reply.data).hexdigest()[:32]}"'
        headers["ETag"] = tag
        if has_it(request.headers.get("if-none-match", ""), tag):
            return Response(status_code=304, headers=headers)
    return Response(reply.data, reply.status, headers, media_type=reply.media)


def has_it(header: str, tag: str) -> bool:
    """Whether an If-None-Match names a tag; weak ones count, as RFC 9110 has it."""
    return header.strip() == "*" or tag in [one.strip().removeprefix("W/") for one in header.split(",")]
