"""Pieces of work for a process beside."""

from __future__ import annotations

import os
import time

from tellings.errors import InputError
from tellings.serve.work import Tell, untold


def doubled(number: int, *, tell: Tell = untold) -> int:
    tell("doubling", 0, 1)
    return 2 * number


def refuses(*, tell: Tell = untold) -> None:  # noqa: ARG001 - every job is given it
    raise InputError("x.txt", "is bad", "leave it out")


def stumbles(*, tell: Tell = untold) -> None:  # noqa: ARG001 - every job is given it
    raise ZeroDivisionError


def dies(*, tell: Tell = untold) -> None:  # noqa: ARG001 - every job is given it
    os._exit(3)


def sleeps(*, tell: Tell = untold) -> None:  # noqa: ARG001 - every job is given it
    time.sleep(60)
