"""Judges outside: a model in a folder or a server, as comparing asks them about doubtful pairs.

All I/O of judging is here: files of a model, requests to a server the user named, answers kept from one run to the
next. Nothing is loaded or sent unless the user names a judge.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from tellings.errors import JudgeError

if TYPE_CHECKING:
    from tellings.comparing.judge import Judge

OnProblem: TypeAlias = Callable[[JudgeError], None]


class JudgeWarning(UserWarning):
    """A judge left questions open; the message names it and says why."""


def judge_at(where: str, cache: Path | None, *, on_problem: OnProblem | None = None) -> Judge:
    """The judge at a place: the URL of a chat server (http, https), otherwise a folder with an ONNX model.

    Its answers are kept in the folder `cache` and taken from there, unless that is None. `on_problem` is told when a
    server leaves questions open (by default it becomes a JudgeWarning); the comparison goes on without those.

    Raises:
        JudgeError: there is no such folder or it is damaged; the URL is none, or no server there names its model.

    """
    from tellings.judging.cache import Kept

    if where.lower().startswith(("http://", "https://")):
        from tellings.judging.server import INSTRUCTIONS, key, server_judge

        server = server_judge(where, key=key(), on_problem=on_problem or _warn)
        return Kept(server, cache, INSTRUCTIONS) if cache else server
    from tellings.judging.folder import folder_judge

    judge = folder_judge(Path(where))
    return Kept(judge, cache) if cache else judge


def _warn(problem: JudgeError) -> None:
    warnings.warn(str(problem), JudgeWarning, stacklevel=2)


__all__ = ["JudgeWarning", "OnProblem", "judge_at"]
