"""Small pieces that several sections of the page use: letters, signs, voices, marked words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tellings.show.page.html import Html, el, excerpt, join, stretch
from tellings.show.plain import opens_quoted
from tellings.show.signs import LEFT_OUT, OWN_VOICE, plural
from tellings.show.view import View, name_of, segments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tellings.records import Appearance, Claim, Voice
    from tellings.show.page.html import Words
    from tellings.show.signs import Sign


FEW = 8
"""Accounts up to which each has a column of the matrix, its title in the head and its outlet beside each letter."""


def ours(text: str, class_: str = "ours") -> Html:
    """Set words of the interface."""
    return el("span", text, class_=class_)


def sign(of: Sign) -> Html:
    """Give a sign; the word always stands beside it, so it is not read out."""
    return el("span", of.sign, class_="sign", aria_hidden="true")


def letter(v: View, account: str, href: str | None = None) -> Html:
    """Give the letter of an account, a link where there is a place to go to.

    Its outlet stands beside it as a title; with more than a few accounts only in the head, as there are thousands of
    letters, and the script shows it.
    """
    name = name_of(v.account(account)) if len(v.accounts) <= FEW else None
    if href is None:
        return el("b", v.letters[account], class_="letter", title=name)
    return el("a", v.letters[account], class_="letter", href=href, title=name)


def mark_id(v: View, claim: Claim, account: str) -> str:
    """Give the id of the place in the account's text where it first tells a claim."""
    return f"t{v.numbers[claim.id]}-{v.letters[account]}"


def told_id(v: View, claim: Claim, account: str) -> str:
    """Give the id of the account's line in the claim."""
    return f"c{v.numbers[claim.id]}-{v.letters[account]}"


def gaps_id(v: View, claim: Claim) -> str:
    """Give the id of the line of the claim that says who does not tell it."""
    return f"c{v.numbers[claim.id]}-not"


def voice(appearance: Appearance) -> Html:
    """Give the chain from the first speaker outwards, as words of the account with our kinds between."""
    if not appearance.voice:
        return el("span", OWN_VOICE, class_="voice ours")
    steps = [_step(appearance.account, step) for step in reversed(appearance.voice)]
    doubt = ours(", hedged") if appearance.certainty == "hedged" else Html("")
    return el("span", join(steps, ", via "), doubt, class_="voice ours")


def _step(account: str, step: Voice) -> Html:
    kind = ours(f" ({step.type or 'kind not known'})", "kind")
    if step.name is None:
        return join([LEFT_OUT, kind])
    if step.span is None:
        return join([el("span", step.name, class_="w"), kind])
    return join([stretch("span", account, step.span.start, step.span.end, step.name, class_="w"), kind])


def marked(words: Words, marks: Sequence[Words]) -> Html:
    """Show words of an account with those of the marks inside them marked; overlapping marks are one mark."""
    spans = [(mark.start, mark.end) for mark in marks if mark.account == words.account]
    pieces = [
        stretch("mark", words.account, piece.start, piece.end, _cut(words, piece.start, piece.end))
        if piece.marks
        else _cut(words, piece.start, piece.end)
        for piece in segments(words.start, words.end, spans)
    ]
    return stretch("q", words.account, words.start, words.end, *pieces, class_=q_class(words.text))


def q(words: Words) -> Html:
    """Quote words of an account."""
    return excerpt(words, "q", class_=q_class(words.text))


def q_class(text: str) -> str | None:
    """Words that begin with a quotation mark of their own get none of ours from the style sheet."""
    return "bare" if opens_quoted(text) else None


def _cut(words: Words, start: int, end: int) -> str:
    return words.text[start - words.start : end - words.start]


def section(name: str, title: str, *body: str, note: str = "") -> Html:
    """Build a section of the page with its heading and a line of ours about it."""
    head = el("h2", title)
    return el("section", head, el("p", note, class_="note") if note else "", *body, id=name, class_="part")


def speaker(name: str | None, kind: str | None, words: Words | None = None) -> Html:
    """Give a speaker with the kind of speaker, traced to the text where there is a place."""
    shown = excerpt(words) if words is not None else el("span", name, class_="w") if name else ours(LEFT_OUT)
    return join([shown, ours(f" ({kind or 'kind not known'})", "kind")])


def counted(number: int, one: str, many: str | None = None) -> Html:
    """Give a number with its unit."""
    return ours(plural(number, one, many), "count")
