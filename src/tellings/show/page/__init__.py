"""A comparison as one self-contained web page: no request leaves it, and it works without script."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from importlib.resources import files
from typing import TYPE_CHECKING

from tellings.show.contract import check
from tellings.show.page import called, tables
from tellings.show.page import figures as figured
from tellings.show.page.about import about
from tellings.show.page.accounts import accounts, rules
from tellings.show.page.claims import claims
from tellings.show.page.compact import compact
from tellings.show.page.head import head
from tellings.show.page.html import Html, el
from tellings.show.page.matrix import WIDE, columns, matrix
from tellings.show.page.parts import section
from tellings.show.page.quotes import quotes
from tellings.show.page.timeline import timeline
from tellings.show.signs import STANDINGS, plural
from tellings.show.view import View, view

if TYPE_CHECKING:
    from collections.abc import Callable

    from tellings.records import Comparison

_LAYERS: tuple[tuple[str, str, str, str, Callable[[View], Html]], ...] = (
    (
        "sources",
        "who-says-so",
        "Who says so",
        "Every source of every account, and the words given to it.",
        tables.sources,
    ),
    (
        "quotes",
        "quotes",
        "Quotes",
        "One utterance, as each account has it: struck words it leaves out (clipped), marked words it has otherwise "
        "(altered); paraphrased is told in other words, other speaker is given to somebody else.",
        quotes,
    ),
    (
        "figures",
        "figures",
        "Figures",
        "A dot is the figure, a hollow dot one that is about so much, a line what its bound leaves open.",
        figured.figures,
    ),
    ("names", "names", "Names", "What each account calls whom, in its own voice and in quoted voices.", called.names),
    ("wording", "wording", "Wording", "Loaded words, in whose voice, and other accounts' words.", called.wording),
    ("timeline", "timeline", "Timeline", "When it happened, by the accounts' words.", timeline),
    ("gaps", "left-out", "Left out", "What most others tell and an account does not.", tables.gaps),
)


def render_page(comparison: Comparison) -> str:
    """Give a comparison as one HTML page that asks nothing of the network.

    Every element with `data-at="LETTER START END"` holds `text[start:end]` (code points, half-open) of the account of
    that letter (its article has the id `account-LETTER`) and nothing else.

    Raises:
        SpanError: a shown text is not its account's `text[start:end]`.

    """
    check(comparison)
    v = view(comparison)
    parts = _parts(v)
    sections = [("claims", "Claims"), *((name, title) for name, title, _ in parts)]
    body = [
        el("a", "To the claims", href="#claims", class_="skip"),
        head(v, sections),
        el("main", _desk(v), *(html for _, _, html in parts)),
    ]
    style, script = _styles(v), resource("page.js")
    shown = compact(el("body", *body), v.letters)
    return f"<!DOCTYPE html>\n{el('html', _head(v, style, script), shown, lang='en')}\n"


def _parts(v: View) -> list[tuple[str, str, Html]]:
    """Build the sections after the claims: id, title and HTML of each whose layer was computed."""
    side = section("side-by-side", "Side by side", accounts(v), note="Marked words lead to the claim of their number.")
    parts = [("side-by-side", "Side by side", side)]
    for layer, name, title, note, build in _LAYERS:
        if v.has(layer):
            found = getattr(v.comparison, layer)
            body = build(v) if found else el("p", "None found.", class_="note")
            parts.append((name, title, section(name, title, body, note=note if found else "")))
    title = "About this page"
    return [*parts, ("about", title, section("about", title, about(v)))]


def _desk(v: View) -> Html:
    table = el("section", el("h2", "Who tells what"), matrix(v), id="matrix", class_="part")
    listed = el("section", el("h2", "Claims"), claims(v), id="claims", class_="part")
    return el("div", table, listed, class_="desk wide" if len(columns(v)) > WIDE else "desk")


def _head(v: View, style: str, script: str) -> Html:
    titles = [account.title for account in v.accounts if account.title]
    title = f"{plural(len(v.accounts), 'account')}: {titles[0]}" if titles else plural(len(v.accounts), "account")
    policy = (
        f"default-src 'none'; style-src '{style_digest(style)}'; script-src '{style_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return el(
        "head",
        el("meta", charset="utf-8"),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{policy}">'),
        el("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name_="referrer", content="no-referrer"),
        el("title", " ".join(title.split())),
        el("style", Html(style)),
        Html(f"<script>{script}</script>"),
    )


def _styles(v: View) -> str:
    """Add the rules that make the switches work without script: what is switched off is not displayed."""
    # An account's marks are words first: a standing that is switched off loses its mark, not its words.
    off = [f"body:has(#show-{name}:not(:checked)) .s-{name}:not(label, .m) {{ display: none }}" for name in STANDINGS]
    return resource("page.css") + "\n".join([*off, *rules(v)]) + "\n"


def style_digest(text: str) -> str:
    """The digest by which a Content-Security-Policy lets one style or script in."""
    return "sha256-" + b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def resource(name: str) -> str:
    """A file of this package."""
    return files("tellings.show.page").joinpath(name).read_text(encoding="utf-8")


__all__ = ["render_page"]
