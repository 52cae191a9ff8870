"""The origin graph drawn: accounts left, outlets and others it came through in the middle, sources right.

A source that several accounts have is one node; the ones that most accounts rest on stand first. What does not fit is
counted below, so that the drawing stays readable with forty accounts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tellings.show.page.html import Html, el, join, stretch
from tellings.show.page.parts import ours
from tellings.show.signs import plural
from tellings.show.view import View, name_of

if TYPE_CHECKING:
    from tellings.records import Excerpt, Source

MOST = 26
"""Nodes of a column at most."""
_ROW, _TOP, _WIDTH = 24, 28, 920
_LEFT, _MIDDLE, _RIGHT = 150, 370, 660
"""Where the lines leave the accounts, and where the outlets and the sources begin, in pixels."""
_PRONOUNS = {
    "i", "me", "my", "we", "us", "our", "you", "your", "he", "him", "his", "she", "her", "it", "they", "them", "their",
    "who", "this", "that", "one",
}  # fmt: skip
_LETTERS = 34
"""Code points of a name that are shown."""


@dataclass(frozen=True, slots=True)
class Node:
    """An outlet or a source: its key, its name with its place if that is known, whether it is named, its accounts."""

    key: str
    name: str
    words: Excerpt | None
    unnamed: bool
    accounts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Graph:
    """The nodes of each column and the lines: (account, node) and (account, outlet, source), with their places."""

    accounts: tuple[str, ...]
    outlets: tuple[Node, ...]
    sources: tuple[Node, ...]
    direct: Counter[tuple[str, str]]
    through: Counter[tuple[str, str]]
    left: int


def graph(v: View) -> Html:
    """Draw who rests on whom."""
    made = made_of(v)
    if not made.sources and not made.outlets:
        return Html("")
    rows = max(len(made.accounts), len(made.outlets), len(made.sources))
    height = _TOP + rows * _ROW + 8
    place = {f"a {key}": n for n, key in enumerate(made.accounts)}
    place |= {f"o {node.key}": n for n, node in enumerate(made.outlets)}
    place |= {f"s {node.key}": n for n, node in enumerate(made.sources)}

    def at(key: str) -> float:
        size = {"a": len(made.accounts), "o": len(made.outlets), "s": len(made.sources)}[key[0]]
        return _TOP + (place[key] + 0.5 + (rows - size) / 2) * _ROW

    lines = [*_lines(made.direct, at, _LEFT), *_lines(made.through, at, _MIDDLE + 190)]
    nodes = [_account(v, key, at(f"a {key}")) for key in made.accounts]
    nodes += [_named(node, at(f"o {node.key}"), _MIDDLE, "outlet") for node in made.outlets]
    nodes += [_named(node, at(f"s {node.key}"), _RIGHT, "source") for node in made.sources]
    heads = [
        el("text", name, x=x, y=14, class_="ours")
        for name, x in (("Accounts", 0), ("Came through", _MIDDLE), ("Sources", _RIGHT))
    ]
    drawing = el(
        "svg", *heads, *lines, *nodes, viewBox=f"0 0 {_WIDTH} {height}", width=_WIDTH, height=height,
        class_="graph", role="img", aria_label="Accounts left, whom they have it through in the middle, sources right",
    )  # fmt: skip
    rest = [el("p", ours(f"and {plural(made.left, 'source')} more, in the table"), class_="note")] if made.left else []
    return join([el("div", drawing, class_="scroll", tabindex="0"), *rest])


def made_of(v: View) -> Graph:
    """The nodes and lines of a comparison, what most accounts rest on first."""
    outlets: dict[str, list[Source]] = {}
    others: dict[str, list[Source]] = {}
    for source in filter(_tells, v.comparison.sources):
        if source.type == "outlet":
            outlets.setdefault(_key(source.name), []).append(source)
        else:
            others.setdefault(source.id, []).append(source)
    direct: Counter[tuple[str, str]] = Counter()
    through: Counter[tuple[str, str]] = Counter()
    shown = [_node(key, those) for key, those in others.items()]
    shown.sort(key=lambda node: (-len(node.accounts), -_told(others[node.key]), node.key))
    kept = {node.key for node in shown[:MOST]}
    cited = {key: _node(key, those) for key, those in outlets.items()}
    for key, those in outlets.items():
        for source in those:
            direct[f"a {source.account}", f"o {key}"] += len(source.attributions)
    for source in (source for key in kept for source in others[key]):
        if source.via is None:
            direct[f"a {source.account}", f"s {source.id}"] += len(source.attributions)
            continue
        outlet = _key(source.via)
        known = cited.get(outlet) or Node(outlet, source.via, None, False, frozenset())
        cited[outlet] = replace(known, accounts=known.accounts | {source.account})
        through[f"o {outlet}", f"s {source.id}"] += len(source.attributions)
        direct[f"a {source.account}", f"o {outlet}"] += 1
    middle = sorted(cited.values(), key=lambda node: (-len(node.accounts), node.key))[:MOST]
    there = {f"o {node.key}" for node in middle} | {f"s {key}" for key in kept}
    return Graph(
        tuple(account.id for account in v.accounts),
        tuple(middle),
        tuple(shown[:MOST]),
        Counter({pair: n for pair, n in direct.items() if pair[1] in there}),
        Counter({pair: n for pair, n in through.items() if set(pair) <= there}),
        max(0, len(shown) - MOST),
    )


def _tells(source: Source) -> bool:
    """Whether a source is somebody - no bare pronoun - who says something."""
    if not source.name or source.name.lower() in _PRONOUNS:
        return False
    return any(one.sort is not None or one.manner == "direct" for one in source.attributions)


def _node(key: str, those: list[Source]) -> Node:
    named = [part for source in those for one in source.attributions for part in one.source if part.text == source.name]
    words = max(named, key=lambda part: len(part.text), default=None)
    name = max((source.name or "" for source in those), key=len)
    unnamed = all(source.type in {"anonymous", "role", "collective", None} for source in those)
    return Node(key, name, words, unnamed, frozenset(source.account for source in those))


def _told(those: Iterable[Source]) -> int:
    return sum(len(source.attributions) for source in those)


def _key(name: str | None) -> str:
    return (name or "").lower().removeprefix("the ").strip()


def _lines(pairs: Counter[tuple[str, str]], at: object, start: int) -> list[Html]:
    found = []
    for (one, other), count in sorted(pairs.items()):
        x1 = start
        x2 = (_MIDDLE if other[0] == "o" else _RIGHT) - 6
        y1, y2 = at(one), at(other)  # type: ignore[operator] # a function of the key
        middle = (x1 + x2) / 2
        path = f"M{x1} {y1:g} C{middle:g} {y1:g} {middle:g} {y2:g} {x2} {y2:g}"
        found.append(el("path", d=path, stroke_width=min(6, 1 + count // 2), class_="line"))
    return found


def _account(v: View, key: str, y: float) -> Html:
    name = name_of(v.account(key))
    shown = name if len(name) <= _LETTERS // 2 else f"{name[: _LETTERS // 2 - 1].rstrip()}…"
    return el(
        "g",
        el("title", name),
        el("text", el("tspan", v.letters[key], class_="letter"), f" {shown}", x=0, y=f"{y + 4:g}"),
    )


def _named(node: Node, y: float, x: int, class_: str) -> Html:
    if node.words is None:
        label = el("text", _cut(node.name), x=x, y=f"{y + 4:g}", class_="w")
    else:
        end = node.words.start + len(_cut(node.words.text))
        words = node.words.text[: end - node.words.start]
        label = stretch("text", node.words.account, node.words.start, end, words, x=x, y=f"{y + 4:g}", class_="w")
    box = el("rect", x=x - 5, y=f"{y - 9:g}", width=10 + 7 * _LETTERS, height=19, rx=3, class_="unnamed-box")
    return el("g", *([box] if node.unnamed else []), label, class_=class_)


def _cut(text: str) -> str:
    """As much of a name as fits, whole words."""
    if len(text) <= _LETTERS:
        return text
    cut = text[:_LETTERS]
    return cut[: cut.rfind(" ")] if " " in cut.strip() else cut
