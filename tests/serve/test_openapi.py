"""The OpenAPI document and the behaviour are one: every operation is asked as it says, and as it does not allow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable

from tellings.fetching import Settings as Fetching
from tellings.serve import Settings, application, openapi
from tellings.serve.api import OPERATIONS
from tellings.serve.declared import Operation
from tests.serve.conftest import by_hand, fill
from tests.serve.fakes import STORY, Here, listening

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
checks = pytest.importorskip("schemathesis.checks")

_EXAMPLES = 6


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An application on a real port, the same for all operations: what one leaves behind the next must bear."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        by_hand(monkeypatch)
        settings_ = Settings(str(tmp_path_factory.mktemp("serve") / "news.db"), fetching=Fetching(delay=0.0))
        with listening(application(settings_, work=Here())) as where:
            with httpx2.Client(base_url=where) as client:
                fill(client)
            yield where


@pytest.mark.parametrize("mode", ["positive", "negative"])
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_every_answer_is_as_documented(address: str, operation: Operation, mode: str):
    described = schemathesis.openapi.from_url(f"{address}/openapi.json")
    found = described[operation.path][operation.method]

    @given(case=found.as_strategy(generation_mode=schemathesis.GenerationMode(mode)))
    @settings(max_examples=_EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    def asked(case: Any) -> None:
        # Left out: a body that fits its schema may still be no English text, so not all that is valid is accepted.
        case.call_and_validate(excluded_checks=[checks.positive_data_acceptance])

    with suppress(Unsatisfiable):  # an operation without parameters cannot be asked wrongly
        asked()


def test_every_operation_is_documented_and_each_name_leads_somewhere():
    found = openapi.document(OPERATIONS, version="1", tokens=False)

    assert found["openapi"] == "3.1.0"
    assert {(path, method) for path, methods in found["paths"].items() for method in methods} == {
        (one.path, one.method.lower()) for one in OPERATIONS
    }
    named = set(_references(found))
    assert named
    assert {name.removeprefix("#/components/schemas/") for name in named} <= set(found["components"]["schemas"])


def _references(of: Any) -> list[str]:
    if isinstance(of, dict):
        own = [of["$ref"]] if isinstance(of.get("$ref"), str) else []
        return own + [one for value in of.values() for one in _references(value)]
    return [one for value in of for one in _references(value)] if isinstance(of, list | tuple) else []


def test_what_is_there_is_as_documented(client: Any):
    """What chance hardly asks for: accounts, stories and comparisons that are there."""
    jsonschema = pytest.importorskip("jsonschema")
    document = client.get("/openapi.json").json()
    account = client.get("/api/accounts").json()["items"][0]["account"]
    made = client.post("/api/compare", json={"accounts": list(STORY)})
    asked = {
        "/api/accounts": "/api/accounts",
        "/api/accounts/{id}": f"/api/accounts/{account}",
        "/api/readings/{id}": f"/api/readings/{account}",
        "/api/stories": "/api/stories",
        "/api/stories/{id}": "/api/stories/1",
        "/api/stories/{id}/comparison": "/api/stories/1/comparison",
        "/api/comparisons/{key}": made.headers["content-location"],
        "/api/search": "/api/search?words=harbour",
        "/api/sources": "/api/sources",
    }
    for path, at in asked.items():
        content = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
        schema = {**content["schema"], "components": document["components"]}
        answer = client.get(at)
        assert answer.status_code == 200
        jsonschema.validate(answer.json(), schema)
