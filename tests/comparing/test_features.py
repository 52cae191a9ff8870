import numpy as np
import pytest

from tellings.comparing.candidates import candidates
from tellings.comparing.features import best, features
from tellings.comparing.table import build, in_order
from tellings.records import Reading
from tests.comparing.accounts import reading

ONE = "The old bridge at Marrow Ford closed on Monday. A crane lifted 12 beams. Ada Finch said the deck is not safe."
OTHER = "Marrow Ford lost its bridge on Monday. A crane lifted 14 beams. Bram Holt said the deck is safe."
NAMES = [f"{one}{two}" for one in ("Ba", "Do", "Fe", "Gu", "Hi", "Ka") for two in ("rin", "lam", "sot", "ven", "mup")]
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
    first = np.flatnonzero((pairs.a == 0) & (pairs.b == table.first[1]))[0]
    return float(values[first][names.index(name)])


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


def test_a_fragment_of_two_words_is_no_candidate():
    table = build((reading("a", "Beams fell."), reading("b", "Two beams fell.")))
    assert len(candidates(table).a) == 0
    assert len(candidates(build((reading("a", "Two beams fell."), reading("b", "Two beams fell.")))).a) == 1


def test_of_many_statements_those_near_or_with_rare_words_in_common_are_candidates():
    many = " ".join(f"{name} baked loaves for sale." for name in NAMES)
    table = build((reading("a", f"{many} Zora rowed home."), reading("b", f"{many} Zora slept late.")))
    pairs = set(zip(*(side.tolist() for side in (candidates(table).a, candidates(table).b)), strict=True))
    rows = len(NAMES) + 1
    assert (len(NAMES), rows + len(NAMES)) in pairs  # only the name in common
    assert all((n, rows + n) in pairs for n in range(len(NAMES)))
    across = sum(table.account[a] != table.account[b] for a, b in pairs)
    assert across < rows * rows


def test_only_the_best_so_many_of_either_row_are_kept():
    a, b = np.array([0, 0, 0, 1, 2]), np.array([3, 4, 5, 3, 3])
    value = np.array([0.1, 0.9, 0.9, 0.5, 0.7], dtype=np.float32)
    assert best(a, b, value, 1).tolist() == [False, True, True, True, True]
    assert best(a, b, value, 9).all()


def test_accounts_without_statements_have_no_pairs():
    table = build((reading("a", " "), reading("b", "It rained."), reading("c", " ")))
    pairs = candidates(table)
    names, values = features(table, pairs.a, pairs.b, pairs.similar)
    assert values.shape == (0, len(names))
