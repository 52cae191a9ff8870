"""Operations of the HTTP interface as they are declared: what is asked and answered stands here once.

Answers are made by these declarations (`endpoint`), and so is the OpenAPI document (`openapi`): the two cannot part.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

import msgspec

if TYPE_CHECKING:
    from tellings.serve.jobs import Given
    from tellings.serve.served import Served
    from tellings.serve.settings import Right

JSON = "application/json"
LINES = "application/x-ndjson"
A = TypeVar("A")
B = TypeVar("B")


class NothingAsked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An operation without parameters."""


@dataclass(frozen=True, slots=True)
class Call(Generic[A, B]):
    """One request as a handler gets it: its parameters, its body (files as they came, or a record), what it accepts."""

    served: Served
    asked: A
    body: B
    files: tuple[Given, ...]
    accepts: str
    path: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What a handler answers: bytes, or lines that come bit by bit."""

    data: bytes = b""
    status: int = 200
    media: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)
    lines: AsyncIterator[bytes] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer there may be: its status, the type of its body (a schema where there is no type), and what it is."""

    status: int
    of: Any
    what: str
    media: str = JSON


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked for.

    `asked` has a field for each parameter; those named in `path` stand there, the others in the query. `body` is the
    type of a JSON body, `files` says that files may come instead (multipart). `right` is what its token must give.
    """

    method: Literal["GET", "POST"]
    path: str
    name: str
    summary: str
    run: Callable[[Call[Any, Any]], Awaitable[Reply]]
    answers: tuple[Answer, ...]
    asked: type[msgspec.Struct] = NothingAsked
    body: type[msgspec.Struct] | None = None
    files: bool = False
    right: Right = "read"

    @property
    def path_names(self) -> tuple[str, ...]:
        """The parameters that stand in the path."""
        parts = self.path.split("/")
        return tuple(part[1:-1].partition(":")[0] for part in parts if part.startswith("{"))
