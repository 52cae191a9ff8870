"""Runners on one machine: this process, or spawned ones (never forked: a session of ONNX Runtime does not survive)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
U = TypeVar("U")

# One thread each: two single-threaded processes beat one with two threads, and results never depend on the number.
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def in_this_process(stage: Callable[[T], U], items: Iterable[T]) -> Iterator[U]:
    """Map `stage` over items one by one, lazily."""
    return map(stage, items)


def in_processes(stage: Callable[[T], U], items: Sequence[T], processes: int) -> Iterator[U]:
    """Map `stage` over items in spawned processes, results in the order of the items.

    `stage` must be importable by name (a module's function). A script that calls this needs Python's usual
    `if __name__ == "__main__":` guard.
    """
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    if processes < 2 or len(items) < 2:
        yield from in_this_process(stage, items)
        return
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    try:
        with ProcessPoolExecutor(min(processes, len(items)), mp_context=get_context("spawn")) as pool:
            yield from pool.map(stage, items)
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
