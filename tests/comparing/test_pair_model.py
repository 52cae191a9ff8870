"""The pair model's batches: what it is given of two statements, and that a pair's scores rest on the pair alone."""

from dataclasses import dataclass, replace

import numpy as np

from tellings.comparing.pair_model import (
    AROUND_FIRST,
    BATCH,
    FIRST,
    NEITHER,
    SECOND,
    SIDE,
    OnnxPairModel,
    ranges,
    side_by_side,
    views,
)
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
    """Gives the number of pieces of either side, the first log odds, and the sum of their states."""

    shapes: list[tuple[int, ...]]

    def run(self, _outputs: None, given: dict[str, np.ndarray]) -> list[np.ndarray]:
        self.shapes.append(given["states"].shape)
        sides = [(given["side"] == side).sum(1) for side in (FIRST, SECOND)]
        return [np.stack([*sides, given["odds"], given["states"].sum((1, 2))], axis=1).astype(np.float32)]


def rows(*pieces: tuple[int, int]) -> np.ndarray:
    return np.array(pieces, dtype=np.int64)


def test_a_statement_is_seen_with_the_rest_of_its_sentence():
    seen = views(rows((12, 15)), rows((10, 18)), rows((0, 0)))
    assert seen.at[0, : seen.length[0]].tolist() == [10, 11, 12, 13, 14, 15, 16, 17]
    assert seen.at[0][seen.told[0]].tolist() == [12, 13, 14]


def test_a_speaker_named_elsewhere_stands_before_the_sentence():
    seen = views(rows((12, 15), (12, 15)), rows((10, 18), (10, 18)), rows((3, 5), (16, 18)))
    assert seen.length.tolist() == [10, 8]
    assert seen.at[0, :3].tolist() == [3, 4, 10]
    assert not seen.told[0, :2].any()


def test_a_long_sentence_is_cut_around_its_statement():
    seen = views(rows((200, 210), (200, 300)), rows((100, 400), (200, 300)), rows((0, 0), (0, 0)))
    assert seen.length.tolist() == [SIDE, SIDE]
    assert (seen.at[0, 0], seen.at[0, -1]) == (173, 236)
    assert seen.told.sum(axis=1).tolist() == [10, SIDE]


def test_the_pieces_of_two_statements_stand_side_by_side():
    found = table()
    assert found.pieces[0].tolist() == [0, 3]
    seen = views(*ranges(found))
    states, side = side_by_side(found, seen, (np.array([0]), np.array([2])), (2, 8))
    assert side[0].tolist() == [FIRST] * 3 + [SECOND] * 3 + [NEITHER] * 2
    assert side[1].tolist() == [NEITHER] * 8
    assert states[0, :, 1].tolist() == [3, 6, 6, 3, 6, 6, 0, 0]


def test_what_stands_around_a_statement_has_its_own_mark():
    found = table()
    seen = views(rows((0, 2), (3, 4)), rows((0, 3), (3, 4)), rows((0, 0), (0, 0)))
    _, side = side_by_side(found, seen, (np.array([0]), np.array([1])), (1, 8))
    assert side[0].tolist() == [FIRST] * 2 + [AROUND_FIRST] + [SECOND] + [NEITHER] * 4


def test_a_pair_gets_the_same_logits_whatever_is_asked_beside_it():
    found, session = table(), Session([])
    model = OnnxPairModel(session)
    a = np.array([0, 1, 0, 1] * 10)
    b = np.array([2, 3, 3, 2] * 10)
    odds = np.arange(len(a), dtype=np.float32)
    together = model.logits(found, a, b, odds)
    assert together[:4, 0].tolist() == [3, SIDE, 3, SIDE]
    assert together[:, 2].tolist() == odds.tolist()
    for n in range(4):
        assert np.array_equal(model.logits(found, a[n : n + 1], b[n : n + 1], odds[n : n + 1])[0], together[n])
    assert {shape[0] for shape in session.shapes} == {BATCH}


def test_no_pairs_no_logits():
    nothing = np.zeros(0, dtype=np.int64)
    assert len(OnnxPairModel(Session([])).logits(table(), nothing, nothing, np.zeros(0, np.float32))) == 0
