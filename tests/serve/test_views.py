"""The views as answers: forms, words of others that must stay words, and where things lead."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest

from tests.serve.fakes import STORY, WIRE

HOSTILE = "</title><script>document.title='owned'</script><img src=x onerror=alert(1)>\"'&{{7000*7}}"


class Seen(HTMLParser):
    """The elements of a page that could do something, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.risky: list[str] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        handlers = [name for name in given if name.startswith("on")]
        links = [given.get(name) or "" for name in ("href", "src", "action", "formaction")]
        odd = [one for one in links if one.split(":")[0].lower() in {"javascript", "data", "vbscript"}]
        own = given.get("src", "").startswith("/static/") if given.get("src") else tag != "img"
        if handlers or odd or tag in {"img", "iframe", "object", "embed", "base"} or not own:
            self.risky.append(f"{tag} {attrs}")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def form_token(client: Any) -> str:
    page = client.get("/compare").text
    return str(page.partition('name="form_token" value="')[2].partition('"')[0])


def paths(client: Any) -> list[str]:
    accounts = [one["account"] for one in client.get("/api/accounts").json()["items"]]
    return [
        "/stories", "/stories/1", "/stories/1/about", "/accounts", "/search", "/search?words=harbour", "/sources",
        "/people?name=Lind", "/outlets?name=The+Wire", "/add", "/compare", "/docs", "/sign-in",
        f"/accounts/{accounts[0]}", f"/accounts/{accounts[0]}?start=4&end=18",
        f"/accounts/{accounts[0]}/versions/{accounts[1]}",
    ]  # fmt: skip


def test_every_view_is_there(client: Any):
    client.get("/api/stories/1/comparison")
    for path in paths(client):
        assert client.get(path).status_code == 200, path


def test_the_words_of_others_stay_words_in_every_view(visiting: Any):
    """In every field that a text brings, in every search, in every name that an address holds."""
    with visiting() as client:
        hostile = {
            "title": HOSTILE, "outlet": HOSTILE, "author": HOSTILE, "published": HOSTILE,
            "url": "javascript:alert(1)//https://x.example", "text": f"{WIRE}\n\nLind said: “{HOSTILE}” It burned.",
        }  # fmt: skip
        given = [hostile, {**hostile, "text": f"{HOSTILE} {WIRE}"}]
        added = client.post("/api/accounts", json={"accounts": given}).json()["accounts"]
        client.post("/api/stories", json={"accounts": added})
        client.post("/api/stories/1/accounts", json={"accounts": added})
        client.get("/api/stories/1/comparison")
        searched = [f"/{view}" for view in ("search", "accounts", "sources", "people", "outlets")]
        asked = [client.get(path, params={name: HOSTILE}) for path in searched for name in ("words", "outlet", "name")]
        asked += [client.get(path) for path in paths(client)]
        asked += [client.get(f"/accounts/{HOSTILE.replace('/', '%2F')}"), client.get(f"/{HOSTILE}")]
        for answer in asked:
            seen = Seen(answer.text)
            assert not seen.risky, answer.url
            assert "49000" not in "".join(seen.words).replace(HOSTILE, ""), answer.url
        shown = "".join(Seen(client.get(f"/accounts/{added[0]}").text).words)
        assert HOSTILE in shown


def test_what_is_marked_is_the_accounts_words(client: Any):
    (wire,) = [one["account"] for one in client.get("/api/accounts?outlet=wire").json()["items"]]
    page = client.get(f"/accounts/{wire}?start=4&end=18").text

    at = page.index('id="here"')
    assert page[at:].partition(">")[2].startswith(WIRE[4:18])
    for words in ("We saw no alarm.", "Lind"):
        start = WIRE.index(words)
        assert f'data-start="{start}" data-end="{start + len(words)}"' in page


def test_adding_by_form(client: Any):
    form = {
        "form_token": form_token(client), "text": "A crane fell into the dock.\r\nLind said: “It was old.”",
        "outlet": "Quay Letter", "story": "1", "links": "not a link",
    }  # fmt: skip
    answer = client.post("/add", data=form, files=[("files", ("a.txt", STORY[0]["text"].encode()))])

    assert answer.status_code == 201
    assert "not a link" in answer.text
    (letter,) = client.get("/api/accounts?outlet=quay").json()["items"]
    assert letter["story"] == 1
    assert (
        client.get(f"/api/accounts/{letter['account']}").json()["text"].startswith("A crane fell into the dock.\nLind")
    )
    assert len(client.get("/api/stories/1").json()["accounts"]) == 4


@pytest.mark.parametrize("path", ["/add", "/compare", "/chosen", "/sign-in", "/sign-out"])
def test_a_form_from_elsewhere_is_refused(client: Any, path: str):
    assert client.post(path, data={"form_token": "guessed", "text": "x"}).status_code == 403
    assert client.post(path, data={"text": "x"}).status_code == 403


def test_pasted_accounts_are_compared_and_the_page_waits(client: Any):
    form = {"form_token": form_token(client)}
    for number, one in enumerate(STORY, 1):
        form |= {f"text{number}": one["text"], f"outlet{number}": one["outlet"]}
    answer = client.post("/compare", data=form, follow_redirects=False)

    assert answer.status_code == 303
    for _ in range(200):
        page = client.get(answer.headers["location"])
        if page.status_code == 200:
            break
        assert (page.status_code, page.headers["refresh"]) == (202, "1")
    assert "Brackhaven Echo" in page.text
    assert len(client.get("/api/accounts").json()["items"]) == 2


def test_a_comparison_that_fails_says_why(client: Any):
    bad = {"form_token": form_token(client), "text1": WIRE, "text2": "Words that make the reader stumble."}
    where = client.post("/compare", data=bad, follow_redirects=False).headers["location"]
    while (page := client.get(where)).status_code == 202:
        pass
    assert page.status_code == 422
    assert "stumble" in page.text
    assert client.post("/compare", data={"form_token": bad["form_token"], "text1": WIRE}).status_code == 422


def test_chosen_accounts_are_compared_or_put_into_a_story(client: Any):
    names = [one["account"] for one in client.get("/api/accounts").json()["items"]]
    token = form_token(client)

    compared = client.post(
        "/chosen", data={"form_token": token, "account": names, "what": "compare"}, follow_redirects=False
    )
    assert compared.headers["location"].startswith("/comparisons/")
    put = client.post(
        "/chosen", data={"form_token": token, "account": names[:1], "what": "story"}, follow_redirects=False
    )
    assert put.headers["location"] == "/stories/2/about"
    for wrong in ({"what": "compare"}, {"what": "story"}, {"what": "story", "account": names, "story": "x"}):
        assert client.post("/chosen", data={"form_token": token, **wrong}).status_code == 422


def test_a_person_and_an_outlet_by_what_accounts_say(client: Any):
    person = client.get("/people?name=lind").text
    assert "The alarm never rang." in person
    assert "We saw no alarm." in person
    assert "Brackhaven Echo" in person

    outlet = client.get("/outlets?name=The+Wire").text
    assert "Harbour fire" in outlet
    assert "Fourteen hurt" not in outlet


def test_with_htmx_a_search_gives_its_results_alone(client: Any):
    part = client.get("/search?words=harbour", headers={"hx-request": "true"}).text
    whole = client.get("/search?words=harbour").text

    assert "<html" not in part
    assert part.strip() in whole


def test_lists_of_the_views_have_parts(client: Any):
    page = client.get("/accounts?limit=1").text
    assert 'rel="next"' in page
    assert client.get("/accounts?limit=1&offset=1").text.count('rel="prev"') == 1
    assert client.get("/search?words=the&limit=0").status_code == 422


def test_a_story_of_one_account_says_so(client: Any):
    one = client.get("/api/accounts").json()["items"][0]["account"]
    client.post("/api/stories", json={"accounts": [one]})

    assert "needs two accounts" in client.get("/stories/2").text
