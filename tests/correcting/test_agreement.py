import pytest

from tellings.correcting.agreement import agreement, alpha
from tellings.correcting.anchors import anchor_of
from tellings.records import Span
from tests.correcting.made import says

TEXT = "abcdefghijklmnopqrstuvwxyz"
AT = [anchor_of(TEXT, Span(n, n + 1)) for n in range(26)]


def test_alpha_is_that_of_the_worked_example_of_two_observers():
    """Krippendorff 2011, section A: ten units, binary; alpha is 0.095."""
    one = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    other = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert alpha(list(zip(one, other, strict=True))) == pytest.approx(0.095, abs=0.0005)


@pytest.mark.parametrize(("pairs", "expected"), [([], None), ([(1, 1)] * 3, None), ([(1, 1), (2, 2)], 1.0)])
def test_where_alpha_is_not_defined(pairs: list[tuple[int, int]], expected: float | None):
    assert alpha(pairs) == expected


def test_units_are_what_both_spoke_of_with_the_last_word_of_each():
    given = [
        says(1, "same claim", AT[0], AT[1]),
        says(2, "different claim", AT[1], AT[0], author="Otis"),
        says(3, "same claim", AT[0], AT[1], author="Otis"),
        says(4, "same claim", AT[2], AT[3]),
        says(5, "different claim", AT[2], AT[3], author="Otis"),
        says(6, "same claim", AT[4], AT[5]),
        says(7, "same claim", AT[6], AT[7], author="Vera"),
        says(8, "same claim", AT[8], AT[9], withdrawn="2030-05-02T00:00:00Z"),
    ]
    found = {one.about: one for one in agreement(given, "Ines", "Otis")}

    claims = found["claim"]
    assert (claims.both, claims.only_a, claims.only_b, claims.same, claims.raw) == (2, 1, 0, 1, 0.5)
    assert found["entity"].both == 0
    assert found["entity"].raw is None


def test_a_relation_is_a_word_on_the_claim_and_on_the_relation():
    given = [says(1, "relation", AT[0], AT[1], "agree"), says(2, "relation", AT[0], AT[1], "conflict", author="Otis")]
    found = {one.about: (one.both, one.same) for one in agreement(given, "Ines", "Otis")}
    assert found == {"entity": (0, 0), "claim": (1, 1), "relation": (1, 0), "speaker": (0, 0), "label": (0, 0)}
