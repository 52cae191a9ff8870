"""The OpenAPI 3.1 document, made of the declared operations and the schemas of their records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from tellings.serve.declared import JSON, LINES
from tellings.serve.problems import MEDIA, Problem
from tellings.serve.schemas import Schema, fields_of, schemas_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tellings.serve.declared import Answer, Operation

_PROBLEMS = {
    400: "The body cannot be read.",
    401: "There is no token, or none that is known.",
    403: "The token does not allow it, or another site's page asks.",
    413: "The request is larger than this server takes.",
    415: "The body is of no type that is taken here.",
    421: "The request names a host that this server is not.",
    422: "Something that was given is not what it must be, or cannot be used.",
    503: "Too much waits, it took too long, or the library cannot be used now.",
}
_WITH_BODY = (400, 413, 415)


def document(operations: Sequence[Operation], *, version: str, tokens: bool) -> Schema:
    """The document; `tokens` says that this server wants them."""
    types: list[Any] = [Problem]
    types += [one.body for one in operations if one.body is not None]
    types += [answer.of for one in operations for answer in one.answers if _is_type(answer.of)]
    unique = list(dict.fromkeys(types))
    told, components = schemas_of(unique)
    schemas = dict(zip(unique, told, strict=True))
    paths: dict[str, Any] = {}
    for one in operations:
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one, schemas)
    found: Schema = {
        "openapi": "3.1.0",
        "info": {"title": "Tellings", "version": version, "description": _ABOUT},
        "paths": paths,
        "components": {"schemas": components},
    }
    if tokens:
        found["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        found["security"] = [{"token": []}]
    return found


_ABOUT = "Several accounts of one event: what they agree on, where they part, on whose word. Offsets are Unicode code \
points, half-open."


def _operation(one: Operation, schemas: dict[Any, Schema]) -> Schema:
    found: Schema = {"operationId": one.name, "summary": one.summary, "responses": _responses(one, schemas)}
    parameters = [
        {"name": name, "in": "path" if name in one.path_names else "query", "required": needed, "schema": schema}
        for name, needed, schema in fields_of(one.asked)
    ]
    if parameters:
        found["parameters"] = parameters
    if one.body is not None or one.files:
        found["requestBody"] = {"required": True, "content": _bodies(one, schemas)}
    return found


def _bodies(one: Operation, schemas: dict[Any, Schema]) -> Schema:
    found: Schema = {}
    if one.body is not None:
        found[JSON] = {"schema": schemas[one.body]}
    if one.files:
        files = {"type": "array", "items": {"type": "string", "format": "binary"}, "minItems": 1, "maxItems": 100}
        form = {"type": "object", "properties": {"files": files}, "required": ["files"]}
        found["multipart/form-data"] = {"schema": form}
    return found


def _responses(one: Operation, schemas: dict[Any, Schema]) -> Schema:
    found: Schema = {}
    for answer in one.answers:
        entry = found.setdefault(str(answer.status), {"description": answer.what, "content": {}})
        entry["content"] |= _content(answer, schemas)
        if one.method == "GET" and answer.status == 200:
            entry["headers"] = {"ETag": {"schema": {"type": "string"}, "description": "For If-None-Match."}}
            found["304"] = {"description": "The asker has it already (If-None-Match)."}
    for status, what in _PROBLEMS.items():
        if status in _WITH_BODY and one.body is None and not one.files:
            continue
        found.setdefault(str(status), {"description": what, "content": {MEDIA: {"schema": schemas[Problem]}}})
    return dict(sorted(found.items()))


def _content(answer: Answer, schemas: dict[Any, Schema]) -> Schema:
    if answer.status >= 400:
        return {MEDIA: {"schema": schemas[Problem]}}
    if answer.media == LINES:
        return {LINES: {"schema": {"type": "string", "description": answer.what}}}
    return {answer.media: {"schema": schemas[answer.of] if _is_type(answer.of) else answer.of}}


def _is_type(of: Any) -> bool:  # noqa: ANN401 - a type or a schema
    return of is not None and not isinstance(of, dict)


def as_json(found: Schema) -> bytes:
    """The document as JSON."""
    return msgspec.json.format(msgspec.json.encode(found), indent=2)
