"""Items that hang, blow up or kill their worker are one failure each; the rest goes on, in order."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.errors import InputError
from tellings.run import Failure, Here, Limits, Processes
from tests.run import stages

TIGHT = Limits(seconds=0.5, memory=1 << 30)


@pytest.fixture(scope="module")
def two() -> Iterator[Processes]:
    with Processes(2, TIGHT) as runner:
        yield runner


def told(found: list[str | Failure[str]]) -> list[str]:
    return [f"{one.item} {one.cause}" if isinstance(one, Failure) else one for one in found]


def test_results_come_in_the_order_of_the_items(two: Processes):
    words = [f"word {i}" for i in range(200)]

    assert list(two.map(stages.shout, words)) == [word.upper() for word in words]


@settings(max_examples=15)
@given(words=st.lists(st.sampled_from(["a", "b", "bug", "print", "deep"]), max_size=12))
def test_processes_give_what_this_process_gives(two: Processes, words: list[str]):
    with Here() as here:
        assert told(list(two.map(stages.shout, words))) == told(list(here.map(stages.shout, words)))


@pytest.mark.parametrize(
    ("word", "cause", "problem"),
    [
        ("spin", "time", "takes longer than the 0.5 seconds it may"),
        ("sleep", "time", "takes longer than the 0.5 seconds it may"),
        ("eat", "memory", "takes more than the 1024 MB of memory it may"),
        ("abort", "death", "ends the process that works on it (SIGABRT)"),
        ("leave", "death", "ends the process that works on it (exit code 7)"),
        ("exit", "error", "SystemExit: 3"),
        ("bug", "error", "KeyError: 'bug'"),
        ("deep", "error", "RecursionError: maximum recursion depth exceeded"),
    ],
)
def test_an_item_that_ends_badly_is_one_failure_and_the_rest_goes_on(
    two: Processes, word: str, cause: str, problem: str
):
    found = list(two.map(stages.shout, ["one", "two", word, "three", "four"]))

    assert told(found) == ["ONE", "TWO", f"{word} {cause}", "THREE", "FOUR"]
    failure = found[2]
    assert isinstance(failure, Failure)
    assert failure.problem == problem


def test_an_error_of_the_stage_has_its_traceback(two: Processes):
    (failure,) = two.map(stages.shout, ["bug"])

    assert isinstance(failure, Failure)
    assert "in shout" in failure.traceback


def test_only_the_item_that_killed_its_worker_fails_amid_many(two: Processes):
    words = [f"word {i}" for i in range(60)]
    words[17] = words[18] = words[40] = "abort"

    found = list(two.map(stages.shout, words))

    assert [i for i, one in enumerate(found) if isinstance(one, Failure)] == [17, 18, 40]


def test_an_item_whose_worker_is_killed_from_outside_is_done_again(two: Processes, tmp_path: Path):
    assert list(two.map(stages.killed_once, [str(tmp_path / "mark")])) == ["done"]


def test_workers_are_used_again(two: Processes):
    first, second = set(two.map(stages.process, range(20))), set(two.map(stages.process, range(20)))

    assert len(first | second) <= 2
    assert os.getpid() not in first


def test_an_idle_worker_that_was_killed_is_replaced():
    with Processes(1) as runner:
        (worker,) = runner.map(stages.process, [0])
        os.kill(worker, 9)
        (other,) = runner.map(stages.process, [0])

    assert other != worker


def test_a_foreseen_error_is_raised_in_its_place(two: Processes):
    found = two.map(stages.refuse, ["one", "two", "bad", "three"])

    assert [next(found), next(found)] == ["one", "two"]
    with pytest.raises(InputError, match="bad: is bad; take another"):
        next(found)


def test_an_error_given_as_a_value_stays_one(two: Processes):
    found = list(two.map(stages.refused, ["one", "bad"]))

    assert found[0] == "one"
    assert isinstance(found[1], InputError)
    assert found[1].about == "bad"


def test_items_are_taken_a_few_ahead_only(two: Processes):
    taken = count()
    found = two.map(stages.shout, (f"word {next(taken)}" for _ in range(10_000)))

    assert len(list(islice(found, 5))) == 5
    found.close()  # type: ignore[attr-defined]
    assert next(taken) < 40


def test_messages_larger_than_any_pipe_pass(two: Processes):
    assert [len(one) for one in two.map(stages.large, [20_000_000, 0, 1])] == [20_000_000, 0, 1]


def test_a_result_that_cannot_be_sent_is_a_failure(two: Processes):
    (failure,) = two.map(stages.unsendable, [1])

    assert isinstance(failure, Failure)
    assert failure.cause == "error"


def test_a_worker_has_one_thread(two: Processes):
    assert list(two.map(stages.threads, [1])) == ["1"]


def test_workers_end_with_the_runner():
    with Processes(1) as runner:
        (worker,) = runner.map(stages.process, [0])

    assert gone(worker)


def test_workers_end_when_the_process_that_asks_is_killed():
    script = (
        "import os, sys; from tellings.run import Processes; from tests.run import stages\n"
        "runner = Processes(1)\n"
        "print(*runner.map(stages.process, [0]), flush=True)\n"
        "next(runner.map(stages.shout, ['sleep']))\n"
    )
    asker = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert asker.stdout is not None
    worker = int(asker.stdout.readline())
    asker.kill()
    asker.wait()
    asker.stdout.close()

    assert gone(worker)


def test_a_script_without_a_guard_may_use_processes(tmp_path: Path):
    script = tmp_path / "script.py"
    script.write_text(
        "from tellings.run import Processes\nfrom tests.run import stages\n"
        "with Processes(2) as runner:\n    print(*runner.map(stages.shout, ['a', 'b']))\n"
    )

    here = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run([sys.executable, script], env=here, capture_output=True, text=True, check=True, timeout=60)

    assert done.stdout == "A B\n"


def gone(process: int, seconds: float = 10) -> bool:
    """Whether a process ends within some seconds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        status = Path(f"/proc/{process}/stat")
        if not status.exists() or status.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False
