"""`compare --judge` as a person meets it: real processes, a server on this machine, the shipped model."""

import json

import pytest

from tests.cli.test_commands import STORY, tellings
from tests.judging.servers import Said, all_of, serving

TWO = STORY[:2]


@pytest.fixture
def settings(tmp_path):
    """The settings of a comparison's JSON, and what was said on standard error."""

    def run(*arguments):
        done = tellings("compare", "--json", *TWO, *arguments, XDG_CACHE_HOME=str(tmp_path))
        assert done.returncode == 0, done.stderr.decode()
        found = {one["name"]: one["value"] for one in json.loads(done.stdout)["manifest"]["settings"]}
        return found, done.stderr.decode()

    return run


def test_a_judge_is_asked_and_its_answers_are_kept(settings, tmp_path):
    with serving(all_of("unrelated")) as server:
        found, said = settings("--judge", f"{server.url}#tiny")
        pairs = sum(len(one.pairs) for one in server.chats)
        assert pairs > 0
        assert found["judge"] == f"tiny at {server.url}"
        assert found["judge answered"] == f"{pairs} of {pairs}"
        assert said == ""
        requests = len(server.asked)
        assert settings("--judge", f"{server.url}#tiny") == (found, said)
        assert len(server.asked) == requests
    assert len(list((tmp_path / "tellings" / "judge").rglob("*.json"))) == pairs


def test_a_failing_judge_is_named_and_the_comparison_goes_on(settings, tmp_path):
    with serving(lambda _: Said((), status=500)) as server:
        found, said = settings("--judge", f"{server.url}#tiny")
    assert found["judge answered"].startswith("0 of ")
    assert f"tellings: {server.url}: " in said
    assert "status 500" in said
    assert "Traceback" not in said
    assert not (tmp_path / "tellings").exists()


@pytest.mark.parametrize("where", ["no-such-folder", "http://127.0.0.1:1", "http://"])
def test_a_judge_that_cannot_be_asked_is_one_line_and_exit_code_one(where):
    done = tellings("compare", *TWO, "--judge", where)
    assert done.returncode == 1
    assert done.stdout == b""
    assert len(done.stderr.decode().splitlines()) == 1
    assert "; " in done.stderr.decode()
