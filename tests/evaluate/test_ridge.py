"""The small linear classifier: what it answers of rows it has not seen."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.evaluate.ridge import predicted


def made(seed, rows=60):
    """Rows whose class is told by the sign of their first number, the other numbers being noise."""
    values = np.random.default_rng(seed).standard_normal((rows, 4))
    return values, np.eye(2)[(values[:, 0] > 0).astype(int)]


def test_what_the_numbers_tell_is_learnt_across_folds():
    values, targets = made(1, rows=300)
    found = predicted(values, targets, np.arange(300) % 5)
    assert (found.argmax(axis=1) == targets.argmax(axis=1)).mean() > 0.9


@given(st.integers(0, 50))
def test_a_fold_is_answered_without_its_own_classes(seed):
    values, targets = made(seed)
    folds = np.arange(60) % 5
    turned = np.where(folds[:, None] == 2, targets[:, ::-1], targets)
    own = folds == 2
    assert predicted(values, targets, folds)[own] == pytest.approx(predicted(values, turned, folds)[own])


def test_the_scale_of_a_number_does_not_matter():
    values, targets = made(3)
    folds = np.arange(60) % 3
    scaled = values * np.array([1000.0, 0.01, 1.0, 1.0]) + 5
    assert predicted(scaled, targets, folds) == pytest.approx(predicted(values, targets, folds))


def test_a_number_that_never_changes_and_a_fold_alone_do_no_harm():
    values, targets = made(4)
    assert np.isfinite(predicted(np.zeros_like(values), targets, np.arange(60) % 3)).all()
    assert predicted(values, targets, np.zeros(60, dtype=np.int64))[0] == pytest.approx(targets.mean(axis=0))
