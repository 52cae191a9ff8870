"""Tables as data frames."""

from __future__ import annotations

import importlib
import sys
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from tellings.errors import FrameError, SpanError
from tellings.records import Comparison
from tellings.show.frames import FRAMES, frame

from .comparisons import harbour_all_layers

pandas = pytest.importorskip("pandas")
STORY = harbour_all_layers()
TEXTS = {account.id: account.text for account in STORY.accounts}


@pytest.mark.parametrize("name", FRAMES)
def test_every_frame_has_its_columns_and_only_words_that_are_there(name: Any):
    made = frame(STORY, name)

    assert list(made.columns) == list(FRAMES[name][0])
    assert len(made) > 0
    if "start" in made.columns:
        assert all(TEXTS[row.account][row.start : row.end] == row.text for row in made.itertuples())


@pytest.mark.parametrize("name", FRAMES)
def test_a_comparison_has_a_method_for_each(name: str):
    made = getattr(STORY, f"{name}_frame")()

    pandas.testing.assert_frame_equal(made, frame(STORY, name))


def test_the_claims_can_be_counted_by_standing():
    claims = STORY.claims_frame()

    assert claims.groupby("standing")["claim"].nunique().to_dict() == {
        "agreed": 1, "differs": 1, "disputed": 1, "narrower": 1, "single": 4, "updated": 1,
    }  # fmt: skip


def test_figures_keep_their_numbers():
    figures = STORY.figures_frame()

    assert figures.loc[figures["text"] == "Fourteen people", ["low", "high", "bound"]].values.tolist() == [
        [14.0, 14.0, "exactly"]
    ]


def test_without_pandas_polars_makes_it(monkeypatch: pytest.MonkeyPatch):
    def table(rows: list[object], **settings: object) -> SimpleNamespace:
        return SimpleNamespace(rows=rows, **settings)

    monkeypatch.setitem(sys.modules, "pandas", None)
    monkeypatch.setitem(sys.modules, "polars", SimpleNamespace(DataFrame=table))

    made = frame(STORY, "gaps")

    assert made.schema == list(FRAMES["gaps"][0])
    assert made.orient == "row"
    assert len(made.rows) == len(STORY.gaps)


def test_without_either_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    monkeypatch.setitem(sys.modules, "polars", None)

    with pytest.raises(FrameError, match="pandas and polars: not installed; install pandas or polars"):
        STORY.claims_frame()
    with pytest.raises(FrameError, match="polars: not installed; install polars"):
        frame(STORY, "claims", library="polars")


def test_a_frame_never_shows_words_no_account_has():
    broken: Comparison = replace(STORY, accounts=(replace(STORY.accounts[0], text="Gone."), *STORY.accounts[1:]))

    with pytest.raises(SpanError):
        frame(broken, "claims")


def test_neither_library_is_loaded_before_a_frame_is_asked_for():
    assert "pandas" not in vars(importlib.import_module("tellings.show.frames"))
