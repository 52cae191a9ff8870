import numpy as np
import pytest

from tellings.comparing.candidates import FLOOR, candidates
from tellings.comparing.features import features
from tellings.comparing.table import build, in_order
from tellings.records import Reading
from tests.comparing.accounts import reading

ONE = "The old bridge at Marrow Ford closed on Monday. A crane lifted 12 beams. Ada Finch said the deck is not safe."
OTHER = "Marrow Ford lost its bridge on Monday. A crane lifted 14 beams. Bram Holt said the deck is safe."
APART = "A bakery opened near the deck. Its owner baked 12 loaves on Monday."


def seen(readings: list[Reading]) -> dict[tuple[str, str], np.ndarray]:
    """The feature values of each candidate pair, by the words of its statements."""
    table = build(in_order(readings))
    pairs = candidates(table)
    _, values = features(table, pairs.a, pairs.b, pairs.similar)
    texts = [(table.text(int(a)), table.text(int(b))) for a, b in zip(pairs.a, pairs.b, strict=True)]
    return dict(zip(texts, values, strict=True))


def value(one: str, other: str, name: str) -> float:
    """One feature of the first statements of two accounts."""
    table = build((reading("a", one), reading("b", other)))
    pairs = candidates(table)
    names, values = features(table, pairs.a, pairs.b, pairs.similar)
    return float(values[0][names.index(name)])


def test_another_account_changes_no_feature_of_the_others():
    two = [reading("a", ONE), reading("c", OTHER)]
    alone, amid = seen(two), seen([*two, reading("b", APART)])
    assert alone.keys() <= amid.keys()
    assert all(np.array_equal(amid[pair], alone[pair]) for pair in alone)


def test_the_order_of_readings_changes_nothing():
    readings = [reading("a", ONE), reading("b", OTHER), reading("c", APART)]
    forwards, backwards = seen(readings), seen(readings[::-1])
    assert forwards.keys() == backwards.keys()
    assert all(np.array_equal(forwards[pair], backwards[pair]) for pair in forwards)


@pytest.mark.parametrize(
    ("one", "other", "name", "expected"),
    [
        ("The crane lifted 12 beams.", "The crane lifted 12 beams.", "cosine", 1.0),
        ("The crane lifted 12 beams.", "The crane lifted 14 beams.", "figure differs", 1.0),
        ("The crane lifted 12 beams.", "The crane lifted 12 beams.", "figure differs", 0.0),
        ("The deck is not safe.", "The deck is safe.", "negated one", 1.0),
        ("The deck is not safe.", "The deck is not safe.", "negated both", 1.0),
        ("The crane came on Monday.", "The crane came on Tuesday.", "dates apart", None),
        ("The crane came today.", "The crane came today.", "length ratio", 1.0),
    ],
)
def test_what_a_feature_sees(one: str, other: str, name: str, expected: float | None):
    found = value(one, other, name)
    assert found == pytest.approx(expected, abs=1e-3) if expected is not None else found > 0


def test_words_that_every_statement_repeats_weigh_little():
    common = value(
        "The bridge was opened. The bridge was closed. A bridge rusted away.", "The bridge has rung.", "stems top"
    )
    rare = value("The bridge was opened. The tram was closed. A lamp rusted away.", "The bridge has rung.", "stems top")
    assert 0 < common < rare


def test_statements_far_apart_and_fragments_are_no_candidates():
    table = build((reading("a", "The crane lifted beams."), reading("b", "Some loaves rose.")))
    assert len(candidates(table).a) == 0
    short = build((reading("a", "Beams fell."), reading("b", "Beams fell.")))
    assert len(candidates(short).a) == 0
    near = build((reading("a", "The crane lifted beams."), reading("b", "The crane lifted loaves.")))
    pairs = candidates(near)
    assert pairs.similar.cosine[0] >= FLOOR


def test_accounts_without_statements_have_no_pairs():
    table = build((reading("a", " "), reading("b", "It rained."), reading("c", " ")))
    pairs = candidates(table)
    names, values = features(table, pairs.a, pairs.b, pairs.similar)
    assert values.shape == (0, len(names))
