"""Work for the processor, done in a process beside, so that whoever reads meanwhile is answered at once.

The process is spawned, never forked (a session of ONNX Runtime does not survive that). One piece of work at a time; one
that takes too long, or kills the process, is an error about itself, and the next has a new process.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from time import monotonic
from typing import TYPE_CHECKING, Protocol, TypeVar

from tellings.errors import ServingError, TellingsError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

T = TypeVar("T")
Tell = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, of how much."""

_log = logging.getLogger("tellings.serve")
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_NICE = 5  # the work gives way to answering


def untold(what: str, done: int, of: int) -> None:
    """Tell nobody."""


class Work(Protocol):
    """Where work is done."""

    def submit(self, job: Callable[..., T], *given: object, tell: Tell = untold) -> Future[T]:
        """Have a job done: a function of a module, called with what is given and `tell`.

        Raises:
            ServingError: when too much waits already.

        """

    def close(self) -> None:
        """Stop, whatever is being done."""


class Beside:
    """One process beside this one, begun when it is first needed; `time` seconds are the most for one job."""

    def __init__(self, *, time: float, waiting: int) -> None:
        self._time = time
        self._most = waiting
        self._count = 0
        self._lock = threading.Lock()
        self._line = ThreadPoolExecutor(1, thread_name_prefix="tellings-work")
        self._process: BaseProcess | None = None
        self._end: Connection | None = None

    def submit(self, job: Callable[..., T], *given: object, tell: Tell = untold) -> Future[T]:
        """As in Work."""
        with self._lock:
            if self._count >= self._most:
                raise ServingError("the server", f"has {self._count} pieces of work waiting", "try again in a minute")
            self._count += 1
        future = self._line.submit(self._done, job, given, tell)
        future.add_done_callback(lambda _: self._one_less())
        return future

    def close(self) -> None:
        """As in Work."""
        self._line.shutdown(wait=False, cancel_futures=True)
        self._stop()

    def _one_less(self) -> None:
        with self._lock:
            self._count -= 1

    def _done(self, job: Callable[..., T], given: tuple[object, ...], tell: Tell) -> T:
        end, until = self._begun(), monotonic() + self._time
        try:
            end.send((job, given))
            while end.poll(max(0.0, until - monotonic())):
                kind, value = end.recv()
                if kind == "told":
                    tell(*value)
                elif kind == "done":
                    result: T = value
                    return result
                else:
                    raise value
        except (EOFError, OSError) as error:
            self._stop()
            advice = "try again with fewer or smaller accounts"
            raise ServingError("the work", "broke off in the middle", advice) from error
        self._stop()
        raise ServingError("the work", f"took more than {self._time:.0f} seconds", "give fewer or smaller accounts")

    def _begun(self) -> Connection:
        if self._end is None or self._process is None or not self._process.is_alive():
            context = get_context("spawn")
            self._end, other = context.Pipe()
            self._process = context.Process(target=_serve, args=(other,), daemon=True, name="tellings-work")
            self._process.start()
            other.close()
        return self._end

    def _stop(self) -> None:
        process, end = self._process, self._end
        self._process = self._end = None
        if process is not None:
            process.kill()
            process.join(5)
        if end is not None:
            end.close()


def _serve(end: Connection) -> None:
    """What the process does: job after job, until nobody is there to give one."""
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        os.nice(_NICE)

    def tell(what: str, done: int, of: int) -> None:
        end.send(("told", (what, done, of)))

    with suppress(EOFError, OSError):
        while True:
            job, given = end.recv()
            try:
                found = ("done", job(*given, tell=tell))
            except TellingsError as error:
                found = ("failed", error)
            except Exception:  # whatever it is, it is about this job alone
                _log.exception("a piece of work failed")
                found = ("failed", ServingError("the work", "failed in a way nobody foresaw", "report it as a fault"))
            end.send(found)
