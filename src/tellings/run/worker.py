"""What runs in a worker process: takes a stage and an item, answers what came of it, until nobody asks any more."""

from __future__ import annotations

import math
import os
import select
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from io import FileIO
from typing import Any

from tellings.errors import TellingsError
from tellings.run.frames import packed, receive, send
from tellings.run.records import Limits

_MEMORY = packed(("memory", None))


def main() -> None:
    """Answer the process that started this one, over standard input and what was standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; the process that started this one ends it
    asked, answers = FileIO(os.dup(0), "rb"), FileIO(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)  # what a library prints is talk, not an answer
    _end_with_asker(asked.fileno())
    try:
        limits: Limits = receive(asked)
        _hold(limits)
        send(answers, packed(("ready", None)))
        while True:
            stage, item = receive(asked)
            _allow(limits.seconds)
            answer = done(stage, item)
            del stage, item
            send(answers, answer)
            if answer == _MEMORY:  # what is left after that is no place to work in
                return
    except (EOFError, OSError):  # nobody asks, or nobody reads, any more
        return


def done(stage: Callable[[Any], Any], item: Any) -> bytes:  # noqa: ANN401 - a runner does not know what it carries
    """What came of one item, as a message.

    That is ("given", result), ("raised", a TellingsError), ("error", (one line, traceback)) or ("memory", None).
    """
    try:
        return packed(("given", stage(item)))
    except TellingsError as error:
        return packed(("raised", error))
    except MemoryError:
        return _MEMORY
    except (Exception, SystemExit) as error:  # whatever a parser comes upon is about its item alone
        return packed(("error", (told(error), traceback.format_exc())))


def told(error: BaseException) -> str:
    """An unforeseen error in one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:200].rstrip(": ")


def _end_with_asker(pipe: int) -> None:
    """End this process as soon as the one that asks is gone, even in the middle of an item of minutes."""
    if not hasattr(select, "poll"):
        return

    def wait() -> None:
        gone = select.poll()
        gone.register(pipe, select.POLLHUP)
        gone.poll()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _hold(limits: Limits) -> None:
    """Bound this process's memory and let it leave no core behind; where the system has no such bounds, nothing."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if limits.memory is not None:
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))


def _allow(seconds: float | None) -> None:
    """Have the system end this process after so much more processor time (in whole seconds, rounded up)."""
    if seconds is None or sys.platform == "win32":
        return
    import resource

    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time() + seconds), hard))
