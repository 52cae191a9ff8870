"""The HTTP interface as a program meets it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tellings.records import Comparison
from tellings.show import from_json
from tests.serve.fakes import ECHO, STORY, WIRE


def name_of(client: Any, outlet: str) -> str:
    (one,) = [one for one in client.get("/api/accounts").json()["items"] if one["outlet"] == outlet]
    return str(one["account"])


def test_accounts_are_read_and_kept_once(client: Any):
    again = client.post("/api/accounts", json={"accounts": list(STORY)})

    assert again.status_code == 201
    assert (again.json()["new"], again.json()["known"], len(again.json()["accounts"])) == (0, 2, 2)
    one = client.get(f"/api/accounts/{name_of(client, 'The Wire')}").json()
    assert (one["text"], one["title"], one["published"]) == (WIRE, "Harbour fire", "2026-03-11T07:10")
    assert "original" not in one


def test_files_of_several_forms_are_taken_and_a_bad_one_is_named(client: Any):
    page = b"<html><body><article><p>" + WIRE.encode() * 3 + b"</p></article></body></html>"
    files = [
        ("files", ("dir/page.html", page)),
        ("files", ("x.bin", b"\x00\x01\x02")),
        ("files", ("t.txt", b"Lind came.")),
    ]
    added = client.post("/api/accounts", files=files)

    assert added.json()["new"] == 2
    (refused,) = added.json()["refused"]
    assert refused["about"] == "x.bin"
    with client.app._app.state.served.library as library:
        (kept,) = [one for one in added.json()["accounts"] if "page" in one]
        assert library.original(library.account(kept)) == page


def test_nothing_that_can_be_used_is_said_with_the_reasons(client: Any):
    answer = client.post("/api/accounts", files=[("files", ("x.bin", b"\x00\x01\x02"))])

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["inputs"][0]["about"] == "x.bin"


def test_lists_come_in_parts_that_lead_to_each_other(client: Any):
    first = client.get("/api/accounts?limit=1&since=2026")
    assert [one["outlet"] for one in first.json()["items"]] == ["The Wire"]
    assert first.json()["previous"] is None
    assert first.headers["link"] == f'<{first.json()["next"]}>; rel="next"'

    second = client.get(first.json()["next"])
    assert [one["outlet"] for one in second.json()["items"]] == ["Brackhaven Echo"]
    assert second.json()["next"] is None
    assert client.get(second.json()["previous"]).json() == first.json()


@pytest.mark.parametrize("path", ["/api/accounts", "/api/stories/1", "/openapi.json", "/api/stories/1/comparison"])
def test_what_is_there_already_is_not_sent_again(client: Any, path: str):
    tag = client.get(path).headers["etag"]

    again = client.get(path, headers={"if-none-match": f'"other", W/{tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(path, headers={"if-none-match": '"other"'}).status_code == 200


def test_search_finds_who_said_what(client: Any):
    found = client.get("/api/search?speaker=lind&words=alarm&outlet=echo").json()["items"]

    assert [one["text"] for one in found] == ["The alarm never rang."]
    assert ECHO[found[0]["start"] : found[0]["end"]] == found[0]["text"]
    assert client.get("/api/search?meaning=a fire").status_code == 200
    assert [one["name"] for one in client.get("/api/sources").json()["items"]] == ["Lind"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/search", 422),
        ("/api/search?words=...", 422),
        ("/api/search?words=a&limit=0", 422),
        ("/api/search?words=a&words=b", 422),
        ("/api/search?since=friday&words=a", 422),
        ("/api/search?word=a", 422),
        ("/api/accounts/nobody", 404),
        ("/api/accounts/nobody?id=somebody", 422),
        ("/api/readings/nobody", 404),
        ("/api/stories/99", 404),
        ("/api/stories/x", 422),
        ("/api/comparisons/" + "0" * 40, 404),
        ("/api/nothing", 404),
    ],
)
def test_what_cannot_be_is_a_problem_with_its_reason(client: Any, path: str, status: int):
    answer = client.get(path)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert answer.json()["detail"]


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"content": b"{"}, 400),
        ({"content": b"\xff"}, 400),
        ({"json": {"accounts": [{"text": 7}]}}, 422),
        ({"json": {"accounts": [], "more": 1}}, 422),
        ({"json": {"accounts": [dict(STORY[0])]}}, 422),
        ({"json": {"stored": ["nobody", "else"]}}, 404),
        ({"content": b"x", "headers": {"content-type": "text/plain"}}, 415),
        ({"content": b"x", "headers": {"content-type": "multipart/form-data; boundary=x"}}, 400),
    ],
)
def test_bodies_that_cannot_be(client: Any, given: dict[str, Any], status: int):
    given.setdefault("headers", {"content-type": "application/json"})
    answer = client.post("/api/compare", **given)

    assert (answer.status_code, answer.json()["status"]) == (status, status)


def test_a_comparison_is_the_contract_and_is_found_again(client: Any):
    made = client.post("/api/compare", json={"accounts": list(STORY)})

    assert isinstance(from_json(made.content), Comparison)
    assert client.get(made.headers["content-location"]).content == made.content
    stored = [one["account"] for one in client.get("/api/accounts").json()["items"]]
    assert client.post("/api/compare", json={"stored": stored}).json()["claims"] == made.json()["claims"]
    assert client.get("/api/stories/1/comparison").json()["claims"] == made.json()["claims"]


def test_progress_comes_as_lines_and_the_comparison_last(client: Any):
    with client.stream(
        "POST", "/api/compare", json={"accounts": list(STORY)}, headers={"accept": "application/x-ndjson"}
    ) as s:
        lines = [json.loads(line) for line in s.iter_lines()]

    assert s.headers["content-type"] == "application/x-ndjson"
    assert all(set(line) == {"what", "done", "of"} for line in lines[:-1])
    assert len(lines[-1]["comparison"]["accounts"]) == 2


def test_what_fails_on_the_way_is_the_last_line_and_harms_no_other(client: Any):
    bad = [dict(STORY[0]), {"text": "Words that make the reader stumble."}]
    with client.stream("POST", "/api/compare", json={"accounts": bad}, headers={"accept": "application/x-ndjson"}) as s:
        last = json.loads(list(s.iter_lines())[-1])

    assert "stumble" in last["problem"]["detail"]
    assert client.post("/api/compare", json={"accounts": bad}).status_code == 422
    assert client.post("/api/compare", json={"accounts": list(STORY)}).status_code == 200


def test_a_reading_and_two_versions(client: Any):
    wire, echo = name_of(client, "The Wire"), name_of(client, "Brackhaven Echo")

    assert client.get(f"/api/readings/{wire}").json()["attributions"][0]["source"][0]["text"] == "Lind"
    laid = client.get(f"/api/accounts/{wire}/versions/{echo}").json()
    assert laid["before"]["account"]["id"] == wire
    assert client.get(f"/api/accounts/{wire}/versions/{wire}").status_code == 422


def test_a_method_that_is_not_there_names_those_that_are(client: Any):
    answer = client.request("DELETE", "/api/stories")

    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]


def test_the_same_key_whatever_the_order(client: Any):
    one = client.post("/api/compare", json={"accounts": list(STORY)}).headers["content-location"]
    names = [one["account"] for one in client.get("/api/accounts").json()["items"]]
    there = client.post("/api/compare", json={"stored": names}).headers["content-location"]
    back = client.post("/api/compare", json={"stored": names[::-1]}).headers["content-location"]

    assert there == back
    assert one.startswith("/api/comparisons/")
