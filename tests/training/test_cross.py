"""The pair model's data and loss, on arrays made by hand."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from training.claims import taught  # noqa: E402
from training.claims.cross import Pace, Recipe, Run  # noqa: E402
from training.claims.judge import TINY, Judge, Shape, SmallEncoder, Targets, loss_of  # noqa: E402
from training.claims.matches import figures  # noqa: E402
from training.claims.packed import CLS, SEP, SIDE, Joiner, _cut, load, width  # noqa: E402
from training.claims.pair_model import middle_states, start  # noqa: E402

SHAPE = Shape(kinds=5, binary=3)


@pytest.fixture
def file(tmp_path):
    """Four stories of two accounts with two rows each; the first row of each tells the same claim, where labelled."""
    path = tmp_path / "pairs.npz"
    rows = np.arange(16)
    ranges = np.stack([rows * 10, rows * 10 + 6], axis=1)
    pairs = np.array([(s * 4 + a, s * 4 + b) for s in (0, 1, 2, 3) for a in (0, 1) for b in (2, 3)])
    kind = np.where((pairs[:, 0] % 4 == 0) & (pairs[:, 1] % 4 == 2) & (pairs[:, 0] < 12), 1, -1)
    np.savez(
        path,
        kinds=np.array(["agree", "narrower", "differ", "update", "conflict"]),
        tasks=np.array(["entailment", "aligned", "strengthens", "weakens"]),
        story=np.array(["basil/b01", "basil/b03", "gva/v01", "gva/unlabelled1"]),
        uses=np.array(["train", "dev", "strange", "plain"]),
        use=np.array([0, 0, 1, 3]),
        pieces=np.arange(2000, 2170).astype(np.uint16),
        features=np.zeros(170, dtype=np.uint8),
        windows=np.array([[0, 90, 0, 80], [70, 170, 80, 170]]),
        row_story=rows // 4,
        row_account=rows % 4 // 2,
        row_statement=ranges + np.array([1, -1]),
        row_sentence=ranges,
        row_speaker=np.zeros((16, 2)),
        row_place=np.stack([rows[:12], rows[:12]], axis=1),
        gold_place=np.array([(0, 2), (1, 2), (4, 6), (8, 10)]),
        gold_kind=np.array([1, 0, 1, 1]),
        gold_story=np.array([0, 0, 1, 2]),
        pair_a=pairs[:, 0],
        pair_b=pairs[:, 1],
        pair_kind=kind,
        pair_group=np.where(kind >= 0, pairs[:, 0] // 4, -1),
        pair_number=np.tile(np.arange(4), 4),
        pair_odds=np.linspace(2, -4, 16).astype(np.float16),
        pair_cosine=np.linspace(0.9, 0.2, 16).astype(np.float16),
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
    at, ids, marks, length = _cut(pieces, *(np.array([r]) for r in ((200, 210), (100, 300), (0, 0))))
    assert length[0] == SIDE
    assert list(at[0]) == list(ids[0]) == list(range(173, 237))
    assert list(ids[0][marks[0] == 2]) == list(range(200, 210))


def test_a_speaker_named_elsewhere_stands_before_the_sentence():
    pieces = np.arange(500, dtype=np.int32)
    ranges = (np.array([[20, 23]] * 2), np.array([[20, 25]] * 2), np.array([[3, 5], [23, 25]]))
    _, ids, marks, length = _cut(pieces, *ranges)
    assert list(ids[0][:7]) == [3, 4, 20, 21, 22, 23, 24]
    assert list(marks[0][:8]) == [1, 1, 2, 2, 2, 1, 1, 0]
    assert list(length) == [7, 5]


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
    scores = np.array([0.9, 0.1, 0.2, 0.1, 0.1, 0.1, 0.1, 0.1, 0.3, 0.4, *[0.1] * 6], dtype=np.float32)
    kinds = np.eye(5, dtype=np.float32)[np.ones(16, dtype=int)]
    found = figures(data, np.array([True, False, False, False]), scores, kinds)
    assert found["gold pairs"] == 2
    assert found["best f1"] == 1.0
    assert found["average precision"] == 1.0
    assert figures(data, np.array([False, False, True, False]), scores, kinds)["best f1"] == pytest.approx(
        2 / 3, abs=1e-4
    )


def test_each_pair_counts_for_its_own_task_alone():
    scores = torch.zeros(4, SHAPE.columns, requires_grad=True)
    wanted = Targets(
        torch.tensor([-1, 0, 1, 3]), torch.tensor([1.0, 3.0, 0.0, 1.0]), torch.eye(5)[:4], torch.tensor([1.0, 0, 0, 0])
    )
    loss_of(scores, wanted, SHAPE).backward()
    touched = [set(torch.nonzero(row).flatten().tolist()) for row in scores.grad]
    assert touched == [{0, 1, 2, 3, 4, 5}, {6, 7, 8}, {9}, {11}]
    assert scores.grad[1, 6] > 0 > scores.grad[1, 7]  # not entailed: neutral or contradicted


@pytest.fixture
def judged(file, tmp_path):
    """What two judges that learnt hardly anything say of the pairs."""
    recipe = Recipe(judge=Pace(batch=4, rate=1e-3, head_rate=1e-3, rounds=2, folds=2), scored=4)
    run = Run(load(file), recipe, tmp_path / "out", seconds=3)
    run.teach(Judge(SmallEncoder(TINY), SHAPE))
    return tmp_path / "out/scores.npz"


def test_judges_score_every_pair_and_write_their_files(judged):
    with np.load(judged) as scores:
        assert not any(np.isnan(scores[name]).any() for name in scores.files)
    assert judged.with_name("metrics.json").is_file()


def test_labels_and_judges_teach_by_halves(file):
    data = load(file)
    same = np.full(16, 0.4, dtype=np.float32)
    told = taught.wanted(data, taught.Judged(same, np.full((16, 5), 0.2, dtype=np.float32)), labels=0.5)
    assert told.same[:4].tolist() == pytest.approx([0.7, 0.2, 0.2, 0.2])
    assert told.same[12:].tolist() == pytest.approx([0.4] * 4)  # nobody labelled these
    assert told.kinds[0].tolist() == pytest.approx([0.1, 0.6, 0.1, 0.1, 0.1])


def test_the_pair_model_is_taught_and_says_something_of_every_labelled_story(file, judged, tmp_path):
    with np.load(judged) as scores:
        said = taught.Judged(scores["judge_same"].astype(np.float32), scores["judge_kinds"].astype(np.float32))
    taught.Run(load(file), said, taught.Recipe(rounds=1, batch=8), tmp_path).learn(5)
    with np.load(tmp_path / "logits.npz") as found:
        assert np.isnan(found["logits"]).all(axis=1).tolist() == [False] * 12 + [True] * 4
    with np.load(tmp_path / "student.npz") as weights:
        assert weights["side.weight"].dtype == np.float16


def test_middle_states_are_those_of_each_pieces_own_window(file):
    text = load(file).text
    states = middle_states(text, torch.device("cpu"))
    cut = middle_states(
        type(text)(text.ids[:80], text.features[:80], text.windows[:1].clip(0, 80)), torch.device("cpu")
    )
    assert torch.isfinite(states.float()).all()
    assert not torch.allclose(states[60:80].float(), cut[60:].float(), atol=0.05)  # it saw what follows
    assert states.shape == (170, 384)


def test_an_exported_pair_model_says_what_it_said(tmp_path):
    onnxruntime = pytest.importorskip("onnxruntime")
    pytest.importorskip("onnxscript")
    from training.claims.pair_model import export

    torch.manual_seed(3)
    model = start().eval()
    export(model, tmp_path / "pairs.onnx")
    given = torch.randn(3, 20, 384), torch.tensor([[0] * 8 + [2, 2] + [1] * 6 + [3] * 2 + [4] * 2] * 3), torch.zeros(3)
    session = onnxruntime.InferenceSession(str(tmp_path / "pairs.onnx"))
    (found,) = session.run(None, dict(zip(("states", "side", "odds"), (one.numpy() for one in given), strict=True)))
    assert np.allclose(found, model(*given).detach().numpy(), atol=0.1)
