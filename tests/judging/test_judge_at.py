import warnings
from pathlib import Path

import pytest

from tellings.comparing.judge import Answer
from tellings.errors import JudgeError, TellingsError
from tellings.judging import JudgeWarning, judge_at
from tellings.judging.folder import FolderJudge
from tellings.judging.server import KEY, ServerJudge
from tests.judging.onnxfile import write_judge
from tests.judging.questions import questions
from tests.judging.servers import Said, all_of, serving


def test_a_url_is_a_server_and_anything_else_a_folder(tmp_path: Path):
    write_judge(tmp_path, {"same": [1.0]}, {})
    assert isinstance(judge_at("http://localhost:1#m", None), ServerJudge)
    assert isinstance(judge_at("HTTPS://localhost:1#m", None), ServerJudge)
    assert isinstance(judge_at(str(tmp_path), None), FolderJudge)
    with pytest.raises(JudgeError, match="is no folder"):
        judge_at("ftp://localhost", None)


def test_a_servers_answers_are_kept_and_then_the_server_is_not_needed(tmp_path: Path):
    with serving(all_of("differ")) as server:
        where = f"{server.url}#m"
        first = judge_at(where, tmp_path).answers(questions(3))
        assert len(server.chats) == 1
        assert judge_at(where, tmp_path).answers(questions(3)) == first
        assert len(server.chats) == 1
        judge_at(where, None).answers(questions(3))
        assert len(server.chats) == 2
    assert judge_at(where, tmp_path).answers(questions(3)) == first == [Answer("differ", 0.9)] * 3


def test_another_model_is_asked_anew(tmp_path: Path):
    with serving(all_of("differ")) as server:
        judge_at(f"{server.url}#m", tmp_path).answers(questions(1))
        judge_at(f"{server.url}#n", tmp_path).answers(questions(1))
        assert [one.json["model"] for one in server.chats] == ["m", "n"]


def test_a_folders_answers_are_kept_too(tmp_path: Path):
    write_judge(tmp_path / "judge", {"same": [1.0]}, {})
    judge_at(str(tmp_path / "judge"), tmp_path / "cache").answers(questions(2))
    assert len(list((tmp_path / "cache").rglob("*.json"))) == 2


def test_the_key_of_the_environment_is_sent(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(KEY, "s3cret")
    with serving(all_of("agree")) as server:
        judge_at(server.url, None).answers(questions(1))
    assert {one.headers["Authorization"] for one in server.asked} == {"Bearer s3cret"}


def test_what_is_left_open_becomes_a_warning_or_is_told():
    with serving(lambda _: Said((), status=503)) as server:
        with pytest.warns(JudgeWarning, match="status 503"):
            judge_at(f"{server.url}#m", None).answers(questions(1))
        told: list[TellingsError] = []
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            judge_at(f"{server.url}#m", None, on_problem=told.append).answers(questions(1))
    assert len(told) == 1
