"""Readings as one self-contained web page: no request leaves it, and it has no script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tellings.show.page import resource, style_digest
from tellings.show.page.html import Html, el, join, link
from tellings.show.page.parts import ours
from tellings.show.reading.check import check_drawn
from tellings.show.reading.layers import LAYERS, Layer
from tellings.show.reading.legend import FIRST, legend, switches, whose
from tellings.show.reading.lists import lists, parses
from tellings.show.reading.text import text
from tellings.show.signs import plural
from tellings.show.view import letter, name_of, plain_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tellings.records import Account
    from tellings.show.reading.drawn import Drawn


def render_page(shown: Sequence[Drawn], layers: Sequence[Layer] | None = None, *, made_with: str = "") -> str:
    """Give readings as one HTML page that asks nothing of the network; accounts stand in the order given.

    Layers that are named are on the page and marked; without, all are on it and a few are marked. Every element with
    `data-account`, `data-start` and `data-end` holds that account's `text[start:end]` (code points, half-open) and
    nothing else. `made_with` is said at the end: the version and the model.

    Raises:
        SpanError: a shown text is not its account's `text[start:end]`.

    """
    for drawn in shown:
        check_drawn(drawn)
    chosen = tuple(layer for layer in LAYERS if layers is None or layer in layers)
    marked = FIRST if layers is None else chosen
    letters = [letter(number) for number in range(len(shown))]
    body = [
        el("a", "To the first account", href="#account-A", class_="skip"),
        _mast(shown, letters, chosen, marked),
        el("main", *(_account(drawn, name, chosen) for drawn, name in zip(shown, letters, strict=True))),
        _about(shown, letters, made_with),
    ]
    return f"<!DOCTYPE html>\n{el('html', _head(shown, chosen), el('body', *body), lang='en')}\n"


def _head(shown: Sequence[Drawn], layers: Sequence[Layer]) -> Html:
    titles = [drawn.account.title for drawn in shown if drawn.account.title]
    title = " ".join([f"A reading of {plural(len(shown), 'account')}", *titles[:1]])
    style = _styles(layers)
    policy = f"default-src 'none'; style-src '{style_digest(style)}'; base-uri 'none'; form-action 'none'"
    return el(
        "head",
        el("meta", charset="utf-8"),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{policy}">'),
        el("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name_="referrer", content="no-referrer"),
        el("title", " ".join(title.split())),
        el("style", Html(style)),
    )


def _styles(layers: Sequence[Layer]) -> str:
    """The page of a comparison has the same type and colours; to them come the marks, and a rule a switch."""
    from importlib.resources import files

    own = files("tellings.show.reading").joinpath("reading.css").read_text(encoding="utf-8")
    hidden = [f"body:has(#show-{layer}:not(:checked)) .l-{layer} {{ display: none }}" for layer in layers]
    return resource("page.css") + own + "\n".join(hidden) + "\n"


def _mast(shown: Sequence[Drawn], letters: Sequence[str], layers: Sequence[Layer], marked: Sequence[Layer]) -> Html:
    kicker = el("p", el("b", "Tellings"), ours(f" a reading of {plural(len(shown), 'account')}"), class_="kicker")
    links = [
        el(
            "a",
            el("b", name, class_="letter"),
            " ",
            el("span", name_of(drawn.account), class_="w"),
            href=f"#account-{name}",
        )
        for drawn, name in zip(shown, letters, strict=True)
    ]
    index = el("nav", *links, aria_label="Accounts") if len(links) > 1 else Html("")
    return join(
        [
            el("header", el("h1", kicker), index, class_="mast"),
            switches(shown, layers, marked),
            legend(layers),
        ]
    )


def _account(drawn: Drawn, name: str, layers: Sequence[Layer]) -> Html:
    account = drawn.account
    parts = [_top(account, name), el("div", text(drawn, layers, name), lists(drawn, layers, name), class_="sheet")]
    if "words" in layers and drawn.words:
        parts.append(parses(drawn))
    return el("article", *parts, class_="reading", id=f"account-{name}")


def _top(account: Account, name: str) -> Html:
    facts: list[Html] = [ours(plain_date(account.published))]
    if account.updated is not None:
        facts.append(ours(f"updated {plain_date(account.updated)}"))
    facts.append(ours(plural(len(account.text.split()), "word")))
    url = link(account.url, "source page")
    byline = [el("span", account.author, class_="w")] if account.author else []
    where = el("span", name_of(account), class_="outlet w")
    line = el(
        "p",
        el("b", name, class_="letter"),
        " ",
        where,
        " ",
        el("span", join([*byline, *facts, *([url] if url else [])], " · "), class_="facts"),
    )
    title = el("h2", account.title, class_="title w") if account.title else Html("")
    notes = [el("p", f"Note: {note.message}", class_="warn") for note in account.notes]
    return el("header", line, title, *notes)


def _about(shown: Sequence[Drawn], letters: Sequence[str], made_with: str) -> Html:
    rows = [
        el(
            "tr",
            el("td", name),
            el("td", drawn.account.original.path or drawn.account.id),
            el("td", el("code", drawn.account.sha256)),
        )
        for drawn, name in zip(shown, letters, strict=True)
    ]
    heads = el("tr", *(el("th", head, scope="col") for head in ("", "Input", "SHA-256 of its bytes")))
    inputs = el("table", el("thead", heads), el("tbody", *rows), class_="inputs")
    made = el("p", f"Made with {made_with}.", class_="note") if made_with else Html("")
    return el("section", el("h2", "About this page"), whose(), made, inputs, id="about", class_="part")
