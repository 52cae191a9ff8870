"""What each account calls whom, and loaded wording, as lines of a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tellings.show.labels import Group, grouped
from tellings.show.lines import Line, rest, section
from tellings.show.plain import clean, first_of, quoted
from tellings.show.signs import CUT, OWN_VOICE, plural
from tellings.show.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tellings.records import LabelUse, Name, Wording

_NAMES, _LABELS, _WORDING, _LABEL, _WORDS = 6, 6, 3, 60, 120
"""Names, labels of one account and voice, loaded stretches of one account; characters of a label, of other words."""


def names(v: View) -> Iterator[Line]:
    """Give the names, those whom most accounts tell first, then acts that accounts call by different words."""
    named = [name for name in v.comparison.names if name.type != "ACT"]
    acts = [name for name in v.comparison.names if name.type == "ACT"]
    for told, head, one in ((named, "WHO IS CALLED WHAT", "name"), (acts, "WHAT ACTS ARE CALLED", "act")):
        if not told:
            continue
        yield from section(head)
        shown, left = first_of(told, _NAMES)
        for name in shown:
            yield Line(2, "", clean(name.entity), style="head")
            yield from _accounts(v, name)
        yield from rest(2, left, one)


def _accounts(v: View, name: Name) -> Iterator[Line]:
    room = max(len(letter) for letter in v.letters.values())
    for account in v.accounts:
        own, others = ([x for x in name.labels if (x.account, x.voice) == (account.id, which)] for which in _VOICES)
        sides = [f"{OWN_VOICE}: {_side(own)}"] if own else []
        sides += [f"quoted: {_side(others)}"] if others else []
        if sides:
            yield Line(4, v.letters[account.id], "; ".join(sides), room=room)


_VOICES = ("own", "quoted")


def _side(labels: Sequence[LabelUse]) -> str:
    shown, left = first_of(grouped(labels), _LABELS)
    return ", ".join(_label(group) for group in shown) + (f" {CUT}" if left else "")


def _label(group: Group) -> str:
    times = f" ×{group.times}" if group.times > 1 else ""
    return f"{quoted(group.first.text, _LABEL)}{times}"


def wording(v: View) -> Iterator[Line]:
    """Give the loaded wording of each account."""
    if not v.comparison.wording:
        return
    yield from section(f"LOADED WORDING: {plural(len(v.comparison.wording), 'place')}")
    room = max(len(letter) for letter in v.letters.values())
    for account in v.accounts:
        own = [use for use in v.comparison.wording if use.account == account.id]
        own.sort(key=lambda use: (not _elsewhere(v, use), use.start))
        shown, left = first_of(own, _WORDING)
        for index, use in enumerate(shown):
            yield Line(2, v.letters[account.id] if index == 0 else "", _use(v, use), room=room)
        yield from rest(2, left, "loaded word", room)


def _use(v: View, use: Wording) -> str:
    others = "".join(f"; {letter} has {quoted(text, _WORDS)}" for letter, text in _elsewhere(v, use)[:1])
    return f"{quoted(use.text, _LABEL)} ({use.voice} voice){others}"


def _elsewhere(v: View, use: Wording) -> list[tuple[str, str]]:
    """Other accounts' words where they tell the same, with the account's letter."""
    claim = v.numbers.get(use.claim or "")
    if claim is None:
        return []
    told = v.claims[claim - 1].appearances
    return [(v.letters[one.account], one.text) for one in told if one.account != use.account]
