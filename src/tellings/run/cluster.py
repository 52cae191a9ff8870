"""A runner on a cluster: Ray Core actors, each of which keeps what it loaded, as a worker process does."""

from __future__ import annotations

import logging
import os
import pickle
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Self, TypeVar

from tellings.errors import TellingsError
from tellings.run.frames import packed
from tellings.run.queue import Queue, Task
from tellings.run.records import Failure
from tellings.run.worker import done

T = TypeVar("T")
U = TypeVar("U")

LOCAL = "local"
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class Actor:
    """What runs in an actor; messages are those of a worker process, so that results are the same bytes.

    `folder` is the one that the paths of items count from.
    """

    def __init__(self, folder: str) -> None:
        os.chdir(folder)

    def answer(self, message: bytes) -> bytes:
        """Do one stage on one item."""
        stage, item = pickle.loads(message)
        return done(stage, item)

    def process(self) -> int:
        """The number of the process it runs in."""
        return os.getpid()


class Cluster:
    """A runner in `count` actors of the cluster at an address; `local` starts one on this machine.

    Each actor takes one core. Tellings must be installed on every node, and the files that items name be there.
    An actor that dies, or whose node leaves, is replaced, and its item begun again, once.

    Raises:
        TellingsError: when Ray is not installed or the cluster cannot be reached.

    """

    def __init__(self, address: str, count: int) -> None:
        try:
            import ray
        except ImportError:
            problem = "needs Ray, which is not installed"
            raise TellingsError("--cluster", problem, "install tellings with its extra `cluster`") from None
        self._ray = ray
        self._count = max(1, count)
        self._own = address == LOCAL
        try:
            self._connect(address)
        except (ConnectionError, RuntimeError, ValueError) as error:
            problem = f"cannot be reached ({' '.join(str(error).split())[:200]})"
            raise TellingsError(f"the cluster {address}", problem, "check the address, or start it") from error
        self._idle: list[Any] = []

    def _connect(self, address: str) -> None:
        here = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))} if self._own else {}
        self._ray.init(
            address=address,
            num_cpus=self._count if self._own else None,
            include_dashboard=False if self._own else None,
            log_to_driver=False,
            logging_level=logging.ERROR,
            runtime_env={"env_vars": {**_ONE_THREAD, **here}},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._ray.shutdown()

    def map(self, stage: Callable[[T], U], items: Iterable[T]) -> Iterator[U | Failure[T]]:
        """Yield what `stage` gives for each item, in order; see `Runner`."""
        queue, busy = Queue(items, self._count), dict[Any, tuple[Any, Task[T]]]()
        try:
            self._hand_out(stage, queue, busy)
            while busy:
                (ref, *_), _ = self._ray.wait(list(busy), num_returns=1)
                self._hear(ref, *busy.pop(ref), queue)
                self._hand_out(stage, queue, busy)
                for result in queue.ready():
                    yield result
                    self._hand_out(stage, queue, busy)
        finally:
            for actor, _ in busy.values():
                self._ray.kill(actor)

    def _hand_out(self, stage: Callable[[T], U], queue: Queue[T], busy: dict[Any, tuple[Any, Task[T]]]) -> None:
        while len(busy) < self._count:
            task = queue.next()
            if task is None:
                return
            actor = self._idle.pop() if self._idle else self._actor()
            busy[actor.answer.remote(packed((stage, task.item)))] = (actor, task)

    def _actor(self) -> Any:  # noqa: ANN401 - Ray ships no types
        made: Any = self._ray.remote(Actor).options(num_cpus=1)
        return made.remote(str(Path.cwd()))

    def _hear(self, ref: Any, actor: Any, task: Task[T], queue: Queue[T]) -> None:  # noqa: ANN401 - Ray ships no types
        try:
            kind, what = pickle.loads(self._ray.get(ref))
        except self._ray.exceptions.RayError as error:
            queue.died(task, type(error).__name__)
            return
        if kind == "memory":
            self._ray.kill(actor)
            queue.failed(task, "memory", "takes more memory than there is")
        else:
            self._idle.append(actor)
            queue.done(task, kind, what)
