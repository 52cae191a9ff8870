"""What holds for every request and every answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import tellings.cli
from tellings.errors import ServingError
from tellings.serve.settings import Tokens, hosts_of, is_loopback, tokens_in

READ, WRITE = "r" * 24, "w" * 24
TOKENS = Tokens((READ,), (WRITE,))


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


@pytest.mark.parametrize("path", ["/stories", "/api/stories", "/static/app.js", "/nothing", "/api/nothing", "/docs"])
def test_every_answer_is_safe_to_show(client: Any, path: str):
    headers = client.get(path).headers

    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in headers


def test_a_comparison_lets_in_its_own_style_and_script_by_their_digests(client: Any):
    client.get("/api/stories/1/comparison")
    answer = client.get("/stories/1")

    policy = answer.headers["content-security-policy"]
    assert policy.count("'sha256-") == 2
    assert "unsafe" not in policy


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", ""])
def test_another_hosts_name_is_refused(client: Any, host: str):
    answer = client.get("/api/stories", headers={"host": host})

    assert answer.status_code == 421
    assert answer.json()["status"] == 421


@pytest.mark.parametrize("host", ["localhost:8000", "LOCALHOST", "127.0.0.1:8", "[::1]:8000"])
def test_this_machines_names_are_taken(client: Any, host: str):
    assert client.get("/api/stories", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_another_sites_page_may_not_write(client: Any, headers: dict[str, str]):
    assert client.post("/api/stories", json={"accounts": ["x"]}, headers=headers).status_code == 403
    own = {"origin": "http://localhost", "sec-fetch-site": "same-origin"}
    assert client.post("/api/stories", json={"accounts": ["x"]}, headers=own).status_code == 404


def test_a_body_may_not_be_larger_than_is_said(visiting: Any):
    with visiting(upload=2000) as client:
        assert client.post("/api/compare", content=b"x" * 3000).status_code == 413
        parts = (b"x" * 500 for _ in range(6))  # without a length in the head
        answer = client.post("/api/compare", content=parts, headers={"content-type": "application/json"})
        assert answer.status_code == 413
        assert client.get("/api/stories").status_code == 200


def test_tokens_let_in_and_no_further(visiting: Any):
    with visiting(tokens=TOKENS) as client:
        assert client.get("/api/stories").status_code == 401
        assert client.get("/api/stories").headers["www-authenticate"] == "Bearer"
        assert client.get("/openapi.json").status_code == 401
        assert client.get("/api/stories", headers=bearer("x" * 24)).status_code == 401
        assert client.get("/api/stories", headers=bearer(READ)).status_code == 200
        body = {"accounts": ["x"]}
        assert client.post("/api/stories", json=body, headers=bearer(READ)).status_code == 403
        assert client.post("/api/stories", json=body, headers=bearer(WRITE)).status_code == 404
        document = client.get("/openapi.json", headers=bearer(READ)).json()
        assert document["security"] == [{"token": []}]


def test_signing_in_by_a_token_in_a_cookie(visiting: Any):
    with visiting(tokens=TOKENS) as client:
        asked = client.get("/stories")
        assert asked.status_code == 401
        form = {"form_token": _token(asked.text), "token": "x" * 24}
        assert client.post("/sign-in", data=form).status_code == 403
        answer = client.post("/sign-in", data=form | {"token": READ}, follow_redirects=False)
        assert answer.status_code == 303
        assert "HttpOnly" in answer.headers["set-cookie"]
        assert "SameSite=strict" in answer.headers["set-cookie"]
        assert client.get("/stories").status_code == 200
        assert client.get("/add").status_code == 403
        client.post("/sign-out", data={"form_token": form["form_token"]})
        assert client.get("/stories").status_code == 401


def _token(page: str) -> str:
    return page.partition('name="form_token" value="')[2].partition('"')[0]


def test_a_file_of_tokens(tmp_path: Path):
    file = tmp_path / "tokens"
    file.write_text(f"# ours\nread {READ}\n\nwrite {WRITE}\n", encoding="utf-8")
    assert tokens_in(file) == TOKENS
    assert (TOKENS.right_of(READ), TOKENS.right_of(WRITE), TOKENS.right_of("")) == ("read", "write", None)


@pytest.mark.parametrize(
    "text", ["", f"read {READ}", "write short\n", f"admin {READ}", f"read {READ} {WRITE}", "read " + "é" * 30]
)
def test_a_file_that_is_none_of_tokens(tmp_path: Path, text: str):
    file = tmp_path / "tokens"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ServingError):
        tokens_in(file)


def test_beyond_this_machine_without_tokens_nothing_starts(tmp_path: Path):
    done = CliRunner().invoke(
        tellings.cli._group, ["serve", "--host", "0.0.0.0", "--library", str(tmp_path / "news.db")]
    )
    assert "can be reached by other machines" in str(done.exception)


def test_which_addresses_are_this_machine():
    assert all(map(is_loopback, ["localhost", "127.0.0.1", "127.8.0.1", "::1"]))
    assert not any(map(is_loopback, ["0.0.0.0", "::", "192.168.1.2", "example.org"]))
    assert {"192.168.1.2", "desk.example", "localhost"} <= hosts_of("192.168.1.2", ("Desk.example",))
