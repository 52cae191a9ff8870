"""About this page: what it was made from, with what, and what its signs mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tellings.show.page.html import Html, el, join
from tellings.show.page.parts import sign
from tellings.show.signs import MORE, OTHERWISE, RELATIONS, STANDINGS, TOLD, VERSION
from tellings.show.view import judged

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tellings.records import Manifest
    from tellings.show.signs import Sign
    from tellings.show.view import View

_WHOSE = (
    "Words in this type are the accounts' own, character for character.",
    "Words in this type are the interface's: labels, signs and counts. Nothing here says who is right.",
)


def about(v: View) -> Html:
    """Build the last section."""
    whose = el("p", el("span", _WHOSE[0], class_="w"), " ", _WHOSE[1])
    return join([whose, el("div", _signs(), _made(v.comparison.manifest), class_="two"), _inputs(v)])


def _signs() -> Html:
    groups: list[tuple[str, Iterable[tuple[str, Sign]]]] = [
        ("A claim is", ((f"s-{name}", of) for name, of in STANDINGS.items())),
        ("Two accounts stand so", ((f"r-{name}", of) for name, of in RELATIONS.items())),
        (
            "In the table",
            (("", of) for of in (TOLD["told"], MORE, VERSION, OTHERWISE, TOLD["not told"], TOLD["cannot tell"])),
        ),
    ]
    parts = [el("h3", "Signs", id="signs")]
    for title, signs in groups:
        rows = [
            el("tr", el("td", sign(of)), el("td", of.word), el("td", of.meaning), class_=name or None)
            for name, of in signs
        ]
        parts.append(el("table", el("caption", title), el("tbody", *rows), class_="signs"))
    return el("div", *parts)


def _made(manifest: Manifest) -> Html:
    facts = [
        ("Tellings", manifest.version),
        ("Model", manifest.model),
        ("Layers", ", ".join(manifest.layers)),
    ]
    facts += [(setting.name, setting.value) for setting in manifest.settings]
    rows = [el("tr", el("th", name, scope="row"), el("td", value)) for name, value in facts]
    judge = judged(manifest)
    note = "" if judge is None else el("p", f"{judge[0].upper()}{judge[1:]}.", class_="note")
    return el("div", el("h3", "Made with"), el("table", el("tbody", *rows), class_="facts-table"), note)


def _inputs(v: View) -> Html:
    """Build the inputs as the user named them; each account by its own digest where the manifest names none."""
    named = [(entry.path, entry.sha256) for entry in v.comparison.manifest.inputs]
    own = [(account.original.path or account.id, account.sha256) for account in v.accounts]
    rows = [el("tr", el("td", path), el("td", el("code", digest))) for path, digest in named or own]
    heads = el("thead", el("tr", el("th", "Input", scope="col"), el("th", "SHA-256 of its bytes", scope="col")))
    return join([el("h3", "Inputs"), el("table", heads, el("tbody", *rows), class_="inputs")])
