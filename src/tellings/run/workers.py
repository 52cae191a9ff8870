"""Processes beside this one that each work on one item at a time, within limits.

A worker is started anew (never forked: a session of ONNX Runtime does not survive that, and threads do not) by Python's
own executable and asked over a pipe, not by `multiprocessing`: so a script that calls Tellings needs no
`if __name__ == "__main__":` guard, and its main module is not run again in each worker. A worker has one item at a
time; one that dies has therefore died of that item, and another takes its place.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from io import RawIOBase
from selectors import EVENT_READ, DefaultSelector
from typing import Generic, Literal, Self, TypeVar, cast

from tellings.errors import TellingsError
from tellings.run.frames import packed, receive, send
from tellings.run.queue import Queue, Task
from tellings.run.records import Failure, Limits

T = TypeVar("T")
U = TypeVar("U")

# One thread each: two single-threaded processes beat one with two threads, and results never depend on the number.
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from tellings.run.worker import main; main()"
_STILLBORN = 3  # workers in a row that died before they were ready: another will not fare better


class Processes:
    """A runner in `count` worker processes, started when first needed and kept until the runner is closed."""

    def __init__(self, count: int, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._count = max(1, count)
        self._idle: list[_Worker] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        while self._idle:
            self._idle.pop().end()

    def map(self, stage: Callable[[T], U], items: Iterable[T]) -> Iterator[U | Failure[T]]:
        """Yield what `stage` gives for each item, in order; see `Runner`.

        An item whose worker dies by itself is given to a second one, for it may have been killed from outside.

        Raises:
            TellingsError: what the stage raises, or when no worker can be started.

        """
        mapping = _Mapping(self, stage, Queue(items, self._count))
        try:
            yield from mapping.run()
        finally:
            mapping.stop()

    def taken(self) -> _Worker:
        """A worker for an item: an idle one, or a new one."""
        return self._idle.pop() if self._idle else _Worker(self._limits)

    def back(self, worker: _Worker) -> None:
        """Keep a worker for the next item."""
        self._idle.append(worker)

    @property
    def count(self) -> int:
        """How many workers there may be."""
        return self._count

    @property
    def limits(self) -> Limits:
        """What an item may take."""
        return self._limits


class _Worker:
    """One process and its pipes."""

    def __init__(self, limits: Limits) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START, json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            env={**os.environ, **_ONE_THREAD},
        )
        self.ready = False
        self.tell(packed(limits))

    @property
    def answers(self) -> RawIOBase:
        """Where its answers come from."""
        return cast(RawIOBase, self._process.stdout)

    def tell(self, data: bytes) -> None:
        """Send a message; if the worker is gone, that shows when its answer is read."""
        with contextlib.suppress(OSError):
            send(cast(RawIOBase, self._process.stdin), data)

    def end(self) -> int:
        """End the process and return how it ended: its exit code, or minus the signal it died of."""
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                cast(RawIOBase, pipe).close()
        if self._process.poll() is None:
            self._process.kill()
        return self._process.wait()

    def died(self) -> int:
        """How a process that closed its pipe ended; it is given a moment to do so."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
        return self.end()


@dataclass(slots=True)
class _Mapping(Generic[T, U]):
    """One call of `map`: who works on what."""

    runner: Processes
    stage: Callable[[T], U]
    queue: Queue[T]
    busy: dict[_Worker, Task[T]] = field(default_factory=dict)
    stillborn: int = 0

    def run(self) -> Iterator[U | Failure[T]]:
        self._hand_out()
        while self.busy:
            self._collect()
            self._hand_out()
            for result in self.queue.ready():
                yield result
                self._hand_out()

    def stop(self) -> None:
        """End the workers that are still at work: nobody wants what they do."""
        for worker in self.busy:
            worker.end()
        self.busy.clear()

    def _hand_out(self) -> None:
        while len(self.busy) < self.runner.count:
            task = self.queue.next()
            if task is None:
                return
            message = packed((self.stage, task.item))
            worker = self.runner.taken()
            task.due = self._due()
            worker.tell(message)
            self.busy[worker] = task

    def _due(self) -> float:
        wall = self.runner.limits.wall
        return float("inf") if wall is None else time.monotonic() + wall

    def _collect(self) -> None:
        """Wait for an answer, a death, or the end of somebody's time."""
        with DefaultSelector() as selector:
            for worker in self.busy:
                selector.register(worker.answers, EVENT_READ, worker)
            due = min(task.due for task in self.busy.values())
            left = None if due == float("inf") else max(0.0, due - time.monotonic())
            heard = [cast(_Worker, key.data) for key, _ in selector.select(left)]
        for worker in heard:
            self._hear(worker)
        if not heard:
            self._end_late()

    def _hear(self, worker: _Worker) -> None:
        try:
            kind, what = receive(worker.answers)
        except (EOFError, OSError):
            self._mourn(worker, self.busy.pop(worker))
            return
        if kind == "ready":
            worker.ready, self.stillborn = True, 0
            self.busy[worker].due = self._due()  # its start does not count
            return
        task = self.busy.pop(worker)
        if kind == "memory":
            worker.end()
            self._too_much(task, "memory")
        else:
            self.runner.back(worker)
            self.queue.done(task, kind, what)

    def _mourn(self, worker: _Worker, task: Task[T]) -> None:
        """Put down what a worker died of."""
        code = worker.died()
        if code == -getattr(signal, "SIGXCPU", 0):
            self._too_much(task, "time")
        elif worker.ready:
            self.queue.died(task, _ending(code))
        else:
            self.stillborn += 1
            if self.stillborn >= _STILLBORN:
                problem = f"does not start ({_ending(code)})"
                raise TellingsError("a worker process", problem, "see what it says above, or use one process")
            self.queue.unbegun(task)

    def _end_late(self) -> None:
        now = time.monotonic()
        for worker in [worker for worker, task in self.busy.items() if task.due <= now]:
            task = self.busy.pop(worker)
            worker.end()
            self._too_much(task, "time")

    def _too_much(self, task: Task[T], cause: Literal["time", "memory"]) -> None:
        limits = self.runner.limits
        if cause == "time":
            problem = f"takes longer than the {limits.seconds:g} seconds it may" if limits.seconds else "takes too long"
        elif limits.memory:
            problem = f"takes more than the {limits.memory >> 20} MB of memory it may"
        else:
            problem = "takes more memory than there is"
        self.queue.failed(task, cause, problem)


def _ending(code: int) -> str:
    """How a process ended, in words."""
    if code >= 0:
        return f"exit code {code}"
    with contextlib.suppress(ValueError):
        return signal.Signals(-code).name
    return f"signal {-code}"
