"""The application over a small library, with the model made by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from tellings.serve import Settings, application
from tests.reading.fakes import HandMadeModel
from tests.serve.fakes import STORY, Here, any_vector, compared_by_hand, listening

Client = Callable[..., Any]


@pytest.fixture(autouse=True)
def made_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    by_hand(monkeypatch)


def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """The model, a comparison, and stories made by hand: no account joins one by itself."""
    monkeypatch.setattr("tellings.library.grouped.Grouping.add", lambda *_: None)
    monkeypatch.setattr("tellings.reading.model.load", lambda: HandMadeModel({"Lind": "PER", "Brackhaven": "LOC"}))
    monkeypatch.setattr("tellings.reading.model.model_name", lambda: "hand-made")
    monkeypatch.setattr("tellings.library.rows.codes", lambda rows: np.zeros((len(rows), 32), np.uint8))
    monkeypatch.setattr("tellings.serve.comparisons.compared", compared_by_hand)
    monkeypatch.setattr("tellings.serve.jobs.vector_of", any_vector)


@pytest.fixture
def visiting(tmp_path: Path) -> Callable[..., Any]:
    """A client of an application over an empty library, its settings changed as is said."""

    @contextmanager
    def visit(**changed: Any) -> Iterator[TestClient]:
        settings = Settings(str(tmp_path / "news.db"), **changed)
        with TestClient(application(settings, work=Here()), base_url="http://localhost") as client:
            yield client

    return visit


@pytest.fixture
def client(visiting: Callable[..., Any]) -> Iterator[TestClient]:
    """A client over a library with the two accounts of an invented fire, in a story."""
    with visiting() as found:
        fill(found)
        yield found


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """The same, on a real port."""
    import httpx2

    with listening(application(Settings(str(tmp_path / "news.db")), work=Here())) as where:
        with httpx2.Client(base_url=where) as found:
            fill(found)
        yield where


def fill(client: Any) -> None:
    added = client.post("/api/accounts", json={"accounts": list(STORY)})
    assert added.status_code == 201, added.text
    assert client.post("/api/stories", json={"accounts": added.json()["accounts"]}).json() == {"story": 1}
