"""A process beside: it answers, and outlives what goes wrong."""

from __future__ import annotations

import pytest

from tellings.errors import InputError, ServingError
from tellings.serve.work import Beside
from tests.serve import jobs


def test_work_is_done_told_and_refused_and_what_kills_the_process_is_its_own_error():
    told: list[tuple[str, int, int]] = []
    work = Beside(time=20, waiting=8)
    try:
        assert work.submit(jobs.doubled, 21, tell=lambda *how: told.append(how)).result() == 42
        assert told == [("doubling", 0, 1)]
        with pytest.raises(InputError, match="is bad"):
            work.submit(jobs.refuses).result()
        with pytest.raises(ServingError, match="nobody foresaw"):
            work.submit(jobs.stumbles).result()
        after = work.submit(jobs.dies), work.submit(jobs.doubled, 2)
        with pytest.raises(ServingError, match="broke off"):
            after[0].result()
        assert after[1].result() == 4
    finally:
        work.close()


def test_work_that_takes_too_long_is_stopped_and_too_much_waiting_is_refused():
    work = Beside(time=0.3, waiting=2)
    try:
        long = work.submit(jobs.sleeps), work.submit(jobs.sleeps)
        with pytest.raises(ServingError, match="2 pieces of work waiting"):
            work.submit(jobs.doubled, 1)
        for one in long:
            with pytest.raises(ServingError, match="took more than"):
                one.result()
    finally:
        work.close()
