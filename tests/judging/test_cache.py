from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from tellings.comparing.judge import Answer, Question
from tellings.judging.cache import AT_ONCE, Kept, digest_of, usual_folder
from tests.judging.questions import question, questions, told

UPDATE = Answer("update", 0.75)


@dataclass
class Counting:
    """A judge that always says the same, and counts."""

    name: str = "counting"
    answer: Answer | None = UPDATE
    asked: list[list[Question]] = field(default_factory=list)

    def answers(self, questions: Sequence[Question]) -> Sequence[Answer | None]:
        self.asked.append(list(questions))
        return [self.answer] * len(questions)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_an_answer_is_asked_for_once(tmp_path: Path):
    first, second = Counting(), Counting(answer=Answer("agree", 0.1))
    assert Kept(first, tmp_path).answers(questions(3)) == [UPDATE] * 3
    assert Kept(second, tmp_path).answers(questions(3)) == [UPDATE] * 3
    assert second.asked == []


def test_only_what_is_not_kept_is_asked(tmp_path: Path):
    Kept(Counting(), tmp_path).answers([question(1)])
    second = Counting(answer=Answer("agree", 0.6))
    found = Kept(second, tmp_path).answers([question(0), question(1), question(2)])
    assert found == [Answer("agree", 0.6), UPDATE, Answer("agree", 0.6)]
    assert second.asked == [[question(0), question(2)]]


def test_answers_are_kept_as_they_come(tmp_path: Path):
    class Failing(Counting):
        def answers(self, questions: Sequence[Question]) -> Sequence[Answer | None]:
            if self.asked:
                raise KeyboardInterrupt
            return super().answers(questions)

    with pytest.raises(KeyboardInterrupt):
        Kept(Failing(), tmp_path).answers(questions(AT_ONCE + 1))
    assert len(files(tmp_path)) == AT_ONCE


def test_no_answer_is_not_kept(tmp_path: Path):
    assert Kept(Counting(answer=None), tmp_path).answers(questions(1)) == [None]
    assert files(tmp_path) == []
    assert Kept(Counting(), tmp_path).answers(questions(1)) == [UPDATE]


def test_no_word_of_an_account_is_kept(tmp_path: Path):
    Kept(Counting(), tmp_path).answers([Question(told("barges sank", speaker="Bram Holt"), told("it rained"))])
    (file,) = files(tmp_path)
    assert file.read_text() == '{"kind": "update", "score": 0.75}\n'
    assert set(file.name.removesuffix(".json")) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\x00",
        b"[]",
        b'{"kind": "agree"}',
        b'{"kind": "sure", "score": 0.5}',
        b'{"kind": "agree", "score": 2}',
        b'{"kind": "agree", "score": -0.1}',
        b'{"kind": "agree", "score": NaN}',
        b'{"kind": "agree", "score": "0.5"}',
        b"[" * 100_000,
    ],
)
def test_a_damaged_file_is_as_good_as_none_and_is_replaced(tmp_path: Path, content: bytes):
    Kept(Counting(), tmp_path).answers(questions(1))
    (file,) = files(tmp_path)
    file.write_bytes(content)
    assert Kept(Counting(answer=Answer("agree", 0.5)), tmp_path).answers(questions(1)) == [Answer("agree", 0.5)]
    assert Kept(Counting(), tmp_path).answers(questions(1)) == [Answer("agree", 0.5)]


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path):
    (tmp_path / "file").write_text("no folder")
    assert Kept(Counting(), tmp_path / "file" / "judge").answers(questions(1)) == [UPDATE]


def test_the_order_of_the_two_does_not_matter():
    one = question()
    assert digest_of("m", one) == digest_of("m", Question(one.b, one.a))


@pytest.mark.parametrize("field_", ["text", "sentence", "speaker", "outlet", "published"])
def test_everything_a_judge_sees_matters(field_: str):
    one = question()
    other = Question(replace(one.a, **{field_: "otherwise"}), one.b)
    assert digest_of("m", one) != digest_of("m", other)


def test_the_judge_and_how_it_is_asked_matter():
    assert len({digest_of("m", question()), digest_of("n", question()), digest_of("m", question(), "please")}) == 3


def test_where_answers_are_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("HOME", str(tmp_path))
    home = tmp_path / ".cache" / "tellings" / "judge"
    assert usual_folder({"XDG_CACHE_HOME": "/caches"}) == Path("/caches/tellings/judge")
    assert [usual_folder({}), usual_folder({"XDG_CACHE_HOME": "not/absolute"})] == [home, home]
