"""The pair model's data and loss, on arrays made by hand."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from training.claims.cross import Pace, Recipe, Run, save  # noqa: E402
from training.claims.judge import TINY, Judge, Shape, SmallEncoder, Targets, loss_of  # noqa: E402
from training.claims.matches import figures  # noqa: E402
from training.claims.packed import CLS, SEP, SIDE, Joiner, _cut, load, width  # noqa: E402

COLON = 1024
SHAPE = Shape(kinds=5, binary=3)


@pytest.fixture
def file(tmp_path):
    """Three stories of two accounts with two rows each; the first row of each tells the same claim; one is dev."""
    path = tmp_path / "pairs.npz"
    rows = np.arange(12)
    ranges = np.stack([rows * 10, rows * 10 + 6], axis=1)
    pairs = np.array([(s * 4 + a, s * 4 + b) for s in (0, 1, 2) for a in (0, 1) for b in (2, 3)])
    kind = np.where((pairs[:, 0] % 4 == 0) & (pairs[:, 1] % 4 == 2), 1, -1)
    np.savez(
        path,
        kinds=np.array(["agree", "narrower", "differ", "update", "conflict"]),
        tasks=np.array(["entailment", "aligned", "strengthens", "weakens"]),
        colon=np.array([COLON]),
        story=np.array(["basil/b01", "basil/b02", "gva/v01"]),
        dev=np.array([False, False, True]),
        pieces=np.arange(2000, 2130).astype(np.uint16),
        row_story=rows // 4,
        row_account=rows % 4 // 2,
        row_statement=ranges + np.array([1, -1]),
        row_sentence=ranges,
        row_speaker=np.zeros((12, 2)),
        row_place=np.stack([rows, rows], axis=1),
        gold_place=np.array([(0, 2), (1, 2), (4, 6), (8, 10)]),
        gold_kind=np.array([1, 0, 1, 1]),
        gold_story=np.array([0, 0, 1, 2]),
        pair_a=pairs[:, 0],
        pair_b=pairs[:, 1],
        pair_kind=kind,
        pair_group=np.where(kind >= 0, pairs[:, 0] // 4, -1),
        pair_cosine=np.linspace(0.9, 0.2, 12).astype(np.float16),
        helper_pieces=np.arange(3000, 3030).astype(np.uint16),
        helper_text=np.array([0, 10, 20, 30]),
        helper_a=np.array([0, 1, 2, 0]),
        helper_b=np.array([1, 2, 0, 2]),
        helper_task=np.array([0, 1, 2, 3]),
        helper_label=np.array([3, 0.5, 1, 0]),
    )
    return path


def test_a_long_sentence_is_cut_around_its_statement():
    pieces = np.arange(500, dtype=np.int32)
    ids, marks, length = _cut(pieces, *(np.array([r]) for r in ((200, 210), (100, 300), (0, 0))), colon=COLON)
    assert length[0] == SIDE
    assert list(ids[0]) == list(range(173, 237))
    assert list(ids[0][marks[0] == 2]) == list(range(200, 210))


def test_a_speaker_named_elsewhere_stands_before_the_sentence():
    pieces = np.arange(500, dtype=np.int32)
    ranges = (np.array([[20, 23]] * 2), np.array([[20, 25]] * 2), np.array([[3, 5], [23, 25]]))
    ids, marks, length = _cut(pieces, *ranges, colon=COLON)
    assert list(ids[0][:8]) == [3, 4, COLON, 20, 21, 22, 23, 24]
    assert list(marks[0][:9]) == [1, 1, 1, 2, 2, 2, 1, 1, 0]
    assert list(length) == [8, 5]


def test_two_rows_become_one_input(file):
    data = load(file)
    joiner = Joiner.of(data.rows, torch.device("cpu"))
    wide = width(data.rows.length[[0]] + data.rows.length[[2]])
    ids, features, mask = joiner.join(torch.tensor([0]), torch.tensor([2]), wide)
    assert wide == 16
    assert ids[0].tolist() == [CLS, *range(2000, 2006), SEP, *range(2020, 2026), SEP, 0]
    assert features[0].tolist() == [0, 1, 2, 2, 2, 2, 1, 0, 3, 4, 4, 4, 4, 3, 0, 0]
    assert mask[0].tolist() == [1] * 15 + [0]


def test_figures_count_gold_pairs_and_take_the_best_statement(file):
    data = load(file)
    scores = np.array([0.9, 0.1, 0.2, 0.1, 0.1, 0.1, 0.1, 0.1, 0.3, 0.4, 0.1, 0.1], dtype=np.float32)
    kinds = np.eye(5, dtype=np.float32)[np.ones(12, dtype=int)]
    found = figures(data, np.array([True, False, False]), scores, kinds)
    assert found["gold pairs"] == 2
    assert found["best f1"] == 1.0
    assert found["average precision"] == 1.0
    assert figures(data, np.array([False, False, True]), scores, kinds)["best f1"] == pytest.approx(2 / 3, abs=1e-4)


def test_each_pair_counts_for_its_own_task_alone():
    scores = torch.zeros(4, SHAPE.columns, requires_grad=True)
    wanted = Targets(
        torch.tensor([-1, 0, 1, 3]), torch.tensor([1.0, 3.0, 0.0, 1.0]), torch.eye(5)[:4], torch.tensor([1.0, 0, 0, 0])
    )
    loss_of(scores, wanted, SHAPE).backward()
    touched = [set(torch.nonzero(row).flatten().tolist()) for row in scores.grad]
    assert touched == [{0, 1, 2, 3, 4, 5}, {6, 7, 8}, {9}, {11}]
    assert scores.grad[1, 6] > 0 > scores.grad[1, 7]  # not entailed: neutral or contradicted


def test_a_run_scores_every_pair_and_writes_its_files(file, tmp_path):
    pace = Pace(batch=4, rate=1e-3, head_rate=1e-3, rounds=2, folds=2)
    recipe = Recipe(judge=pace, student=pace, scored=4)
    run = Run(load(file), recipe, tmp_path / "out", seconds=3)
    run.teach(Judge(SmallEncoder(TINY), SHAPE))
    run.learn(Judge(SmallEncoder(TINY), SHAPE))
    with np.load(tmp_path / "out/scores.npz") as scores:
        assert not any(np.isnan(scores[name]).any() for name in scores.files)
    assert (tmp_path / "out/metrics.json").is_file()


def test_a_students_words_are_not_written(tmp_path):
    save(Judge(SmallEncoder(TINY), SHAPE), tmp_path)
    with np.load(tmp_path / "student_1.npz") as weights:
        assert not [name for name in weights.files if "word_embeddings" in name]
        assert weights["mix.weight"].dtype == np.float16
