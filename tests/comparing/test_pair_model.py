"""The pair model's batches: what it is given of two statements, and that a pair's scores rest on the pair alone."""

from dataclasses import dataclass, replace

import numpy as np

from tellings.comparing.pair_model import BATCH, FIRST, LONGEST, NEITHER, SECOND, OnnxPairModel, side_by_side
from tellings.comparing.table import Table, build, in_order
from tellings.records import Pieces, Reading
from tests.comparing.accounts import reading

WIDTH = 3
TEXT = "The bridge closed. " + "The mayor praised the crew and the crane and " + "the old wall and " * 20 + "the lamps."


def with_pieces(one: Reading) -> Reading:
    """A word is a piece; its state is its place, its length and one."""
    text = one.account.text
    starts = [n for n in range(len(text)) if text[n].isalpha() and (n == 0 or not text[n - 1].isalpha())]
    spans = np.array([(start, start + len(text[start:].split()[0].strip("."))) for start in starts], dtype=np.int32)
    states = np.stack([np.arange(len(spans)), spans[:, 1] - spans[:, 0], np.ones(len(spans))], axis=1)
    return replace(one, pieces=Pieces(spans, states.astype(np.float16)))


def table() -> Table:
    return build(in_order([with_pieces(reading(name, TEXT)) for name in "ab"]))


@dataclass(frozen=True)
class Session:
    """Gives the number of pieces of either side, the sum of the first feature, and the sum of their states."""

    shapes: list[tuple[int, ...]]

    def run(self, _outputs: None, given: dict[str, np.ndarray]) -> list[np.ndarray]:
        self.shapes.append(given["states"].shape)
        sides = [(given["side"] == side).sum(1) for side in (FIRST, SECOND)]
        return [np.stack([*sides, given["features"][:, 0], given["states"].sum((1, 2))], axis=1).astype(np.float32)]


def test_the_pieces_of_two_statements_stand_side_by_side():
    found = table()
    assert found.pieces[0].tolist() == [0, 3]
    states, side = side_by_side(found, np.array([0]), np.array([2]), rows=2, length=8)
    assert side[0].tolist() == [FIRST] * 3 + [SECOND] * 3 + [NEITHER] * 2
    assert side[1].tolist() == [NEITHER] * 8
    assert states[0, :, 1].tolist() == [3, 6, 6, 3, 6, 6, 0, 0]


def test_a_long_statement_is_cut():
    found = table()
    _, side = side_by_side(found, np.array([1]), np.array([2]), rows=1, length=LONGEST + 8)
    assert (side == FIRST).sum() == LONGEST


def test_a_pair_gets_the_same_logits_whatever_is_asked_beside_it():
    found, session = table(), Session([])
    model = OnnxPairModel(session)
    a = np.array([0, 1, 0, 1] * 10)
    b = np.array([2, 3, 3, 2] * 10)
    values = np.arange(len(a), dtype=np.float32)[:, None]
    together = model.logits(found, a, b, values)
    assert together[:4, 0].tolist() == [3, LONGEST, 3, LONGEST]
    for n in range(4):
        assert np.array_equal(model.logits(found, a[n : n + 1], b[n : n + 1], values[n : n + 1])[0], together[n])
    assert {shape[0] for shape in session.shapes} == {BATCH}


def test_no_pairs_no_logits():
    nothing = np.zeros(0, dtype=np.int64)
    assert len(OnnxPairModel(Session([])).logits(table(), nothing, nothing, np.zeros((0, 1), np.float32))) == 0
