"""What goes wrong, as answers: problem+json (RFC 9457) for programs, a plain page for people."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import msgspec

from tellings.errors import (
    InputError,
    LibraryError,
    NothingToCompareError,
    NotThereError,
    ServingError,
    TellingsError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

MEDIA = "application/problem+json"


class Refused(msgspec.Struct, frozen=True):
    """An input that could not be used: which, why, and what to do."""

    about: str
    problem: str
    advice: str


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """A request that was not done (RFC 9457): in `detail` what is wrong, in `advice` what to do.

    `inputs` are those that could not be used, where that is why.
    """

    title: str
    status: int
    detail: str
    advice: str = ""
    inputs: tuple[Refused, ...] = ()


class RefusedError(Exception):
    """A request that is not done; `headers` go with the answer."""

    def __init__(self, problem: Problem, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.headers = dict(headers or {})


def problem(status: int, detail: str, advice: str = "", inputs: tuple[Refused, ...] = ()) -> Problem:
    """A problem under the usual title of its status."""
    return Problem(HTTPStatus(status).phrase, int(status), detail, advice, inputs)


def refused(status: int, detail: str, advice: str = "", **headers: str) -> RefusedError:
    """An error that becomes the answer; `Retry_After` is written `Retry-After`."""
    return RefusedError(
        problem(status, detail, advice), {key.replace("_", "-"): value for key, value in headers.items()}
    )


def of_error(error: TellingsError, *, library: str | None = None) -> Problem:
    """What an error is as an answer; `library` is what errors call the library."""
    return problem(_status(error, library), f"{_about(error, library)} {error.problem}", error.advice)


def _status(error: TellingsError, library: str | None) -> int:
    if isinstance(error, NotThereError):
        return 404
    if isinstance(error, ServingError):
        return 503
    if isinstance(error, LibraryError) and error.about == library:
        return 503
    if isinstance(error, InputError | LibraryError | NothingToCompareError):
        return 422
    return 500


def _about(error: TellingsError, library: str | None) -> str:
    """What an error is about; where the library lies is nobody's business."""
    return "the library" if error.about == library else error.about
