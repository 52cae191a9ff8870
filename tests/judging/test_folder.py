import math
from pathlib import Path

import numpy as np
import pytest

from tellings.comparing.judge import VERDICTS, Answer, Question
from tellings.errors import JudgeError
from tellings.judging.folder import FILES, Labels, answer_of, folder_judge, labels_of
from tests.judging.onnxfile import write_judge
from tests.judging.questions import told

SIX = {str(n): verdict for n, verdict in enumerate(VERDICTS)}
SINGLE = {"same": [8.0], "other": [-8.0], "nan": [math.nan]}


def asked(folder: Path, *pairs: tuple[str, str]) -> list[Answer | None]:
    return list(folder_judge(folder).answers([Question(told(a), told(b)) for a, b in pairs]))


def scores(*values: float) -> np.ndarray:
    return np.array(values)


# ---------------------------------------------------------------- a model that runs


def test_a_single_score_is_the_probability_that_both_tell_the_same(tmp_path: Path):
    write_judge(tmp_path, SINGLE, {"id2label": {"0": "LABEL_0"}})
    likely, unlikely = asked(tmp_path, ("same same", "same"), ("other", "other"))
    # five, six pieces with the marks: three of 8 in six are 4, two of -8 in five are -3.2
    assert likely == Answer("agree", round(1 / (1 + math.exp(-4)), 4))
    assert unlikely == Answer("unrelated", round(1 / (1 + math.exp(-3.2)), 4))


def test_a_model_with_the_kinds_as_labels(tmp_path: Path):
    columns = {"same": [0, 0, 0, 30, 0, 0], "other": [0, 0, 0, 0, 0, 30]}
    write_judge(tmp_path, columns, {"id2label": SIX})
    update, unrelated = asked(tmp_path, ("same", "same"), ("other", "other"))
    assert update is not None
    assert unrelated is not None
    assert (update.kind, unrelated.kind) == ("update", "unrelated")
    assert update.score > 0.99


def test_what_is_no_number_is_no_answer(tmp_path: Path):
    write_judge(tmp_path, SINGLE, {})
    first, second = asked(tmp_path, ("nan", "same"), ("same", "same"))
    assert first is None
    assert second is not None


def test_very_long_and_empty_statements_can_be_judged(tmp_path: Path):
    write_judge(tmp_path, SINGLE, {"max_position_embeddings": 64})
    assert len(folder_judge(tmp_path).tokenizer.encode("same " * 5000, "other " * 5000).ids) == 64
    assert None not in asked(tmp_path, ("same " * 5000, "same"), ("", "same"))


def test_the_order_of_the_two_does_not_matter(tmp_path: Path):
    write_judge(tmp_path, SINGLE, {})
    one, other = asked(tmp_path, ("same one", "other two two"), ("other two two", "same one"))
    assert one == other


def test_the_name_follows_what_is_in_the_folder(tmp_path: Path):
    write_judge(tmp_path / "mine", SINGLE, {})
    first = folder_judge(tmp_path / "mine").name
    assert first.startswith("mine-")
    assert folder_judge(tmp_path / "mine").name == first
    write_judge(tmp_path / "mine", {"same": [7.0]}, {})
    assert folder_judge(tmp_path / "mine").name != first


# ---------------------------------------------------------------- folders that are none


def refused(folder: Path) -> str:
    with pytest.raises(JudgeError) as error:
        folder_judge(folder)
    assert str(error.value).startswith(f"{folder}: ")
    assert "; " in str(error.value)
    return str(error.value)


def test_no_folder(tmp_path: Path):
    assert "is no folder" in refused(tmp_path / "nowhere")


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(tmp_path: Path, name: str):
    write_judge(tmp_path, SINGLE, {})
    (tmp_path / name).unlink()
    assert f"has no {name}; " in refused(tmp_path)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("content", [b"", b"\x00\xff rubbish", b"[1]", b'{"a": 1}'])
def test_a_damaged_file_is_an_error(tmp_path: Path, name: str, content: bytes):
    write_judge(tmp_path, SINGLE, {})
    if name == "config.json" and content == b'{"a": 1}':
        content = b'{"id2label": ["x", "y"]}'
    (tmp_path / name).write_bytes(content)
    assert "cannot be used" in refused(tmp_path)


def test_labels_and_scores_must_be_as_many(tmp_path: Path):
    write_judge(tmp_path, {"same": [1.0, 2.0]}, {"id2label": SIX})
    assert "names 6 labels, and the model gives 2 scores" in refused(tmp_path)
    write_judge(tmp_path, {"same": [1.0, 2.0]}, {})
    assert "the model gives 2 scores" in refused(tmp_path)


def test_an_unknown_label_is_named(tmp_path: Path):
    write_judge(tmp_path, {"same": [1.0, 2.0]}, {"id2label": {"0": "positive", "1": "unrelated"}})
    message = refused(tmp_path)
    assert "'positive'" in message
    assert "entailment" in message


# ---------------------------------------------------------------- labels


def test_labels_by_number_whatever_their_order_and_case():
    found = labels_of({"2": "CONTRADICTION", "0": "Entailment", "1": "neutral "})
    assert found == Labels(("narrower", "unrelated", "conflict"), directed=True)
    assert labels_of(SIX) == Labels(VERDICTS, directed=False)


@pytest.mark.parametrize("id2label", [{}, {"0": "LABEL_0"}])
def test_one_label_or_none_is_a_single_score(id2label: dict[str, str]):
    assert labels_of(id2label) == Labels((), directed=False)


@pytest.mark.parametrize(
    "id2label",
    [
        {"0": "agree", "1": "differ"},
        {"0": "unrelated", "1": "neutral"},
        {"0": "unrelated", "2": "agree"},
        {"0": "LABEL_0", "1": "LABEL_1"},
    ],
)
def test_labels_that_cannot_tell_related_from_unrelated_are_refused(id2label: dict[str, str]):
    with pytest.raises(ValueError, match="label"):
        labels_of(id2label)


def test_the_kinds_together_are_the_probability_of_the_same():
    labels = Labels(("agree", "narrower", "unrelated"), directed=False)
    raw = np.log([0.3, 0.4, 0.3])
    assert answer_of(labels, raw, raw) == Answer("narrower", 0.7)
    raw = np.log([0.2, 0.2, 0.6])
    assert answer_of(labels, raw, raw) == Answer("unrelated", 0.6)


def test_both_orders_count_alike_for_kinds():
    labels = Labels(("agree", "unrelated"), directed=False)
    assert answer_of(labels, np.log([0.9, 0.1]), np.log([0.3, 0.7])) == Answer("agree", 0.6)


def test_what_follows_one_way_is_narrower():
    labels = Labels(("narrower", "unrelated", "conflict"), directed=True)
    there, back = np.log([0.8, 0.15, 0.05]), np.log([0.01, 0.98, 0.01])
    assert answer_of(labels, there, back) == answer_of(labels, back, there) == Answer("narrower", 0.85)


def test_labels_that_mean_one_kind_are_added():
    labels = labels_of({"0": "neutral", "1": "unrelated", "2": "agree"})
    raw = np.log([0.3, 0.3, 0.4])
    assert answer_of(labels, raw, raw) == Answer("unrelated", 0.6)


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_scores_that_are_no_numbers_give_no_answer(bad: float):
    assert answer_of(Labels((), directed=False), scores(bad), scores(1.0)) is None
    assert answer_of(Labels((), directed=False), scores(1.0), scores(bad)) is None


def test_huge_scores_do_not_overflow():
    single, pair = Labels((), directed=False), Labels(("agree", "unrelated"), directed=False)
    with np.errstate(all="raise", under="ignore"):
        assert answer_of(single, scores(-1e300), scores(-1e300)) == Answer("unrelated", 1.0)
        assert answer_of(pair, scores(1e300, 0.0), scores(1e300, 0.0)) == Answer("agree", 1.0)


def test_the_configuration_is_the_exporters(tmp_path: Path):
    config = {"architectures": ["BertForSequenceClassification"], "id2label": SIX, "label2id": {}, "pad_token_id": 0}
    write_judge(tmp_path, {"same": [1.0] * 6}, config)
    assert folder_judge(tmp_path).labels.verdicts == VERDICTS
