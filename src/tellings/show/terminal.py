"""A comparison as text for a terminal: claims first, then quotes, sources, names, wording and what is left out."""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from io import StringIO
from typing import TYPE_CHECKING, Literal, TypeAlias

from tellings.show.called import names, wording
from tellings.show.contract import check
from tellings.show.lines import Line, rest, section
from tellings.show.numbers import figures, polls, timeline
from tellings.show.plain import clean, first_of, quoted
from tellings.show.sides import Parting, agreeing, origins, partings, telling_choice
from tellings.show.signs import CUT, LEFT_OUT, LOOSE, NEAR, OWN_VOICE, RELATIONS, STANDINGS, TOLD, plural
from tellings.show.view import (
    View,
    claims_shown,
    judged,
    name_of,
    plain_date,
    references,
    standing_counts,
    told_by,
    view,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tellings.records import Account, Appearance, Claim, Comparison, Gap, Quote, Source, Voice

Part: TypeAlias = Literal["claims", "quotes", "sources", "figures", "timeline", "labels", "wording", "gaps"]
"""A part of a comparison that can be asked for by itself."""
_WORDS, _NAME, _WHY = 280, 60, 70
"""Characters of an excerpt, a name and a reason before they are cut: 280 is four lines of 80 columns."""
_CLAIMS, _APPEARANCES, _RELATIONS, _LETTERS = 12, 6, 4, 3
_SINGLES, _QUOTES, _SOURCES, _GAPS, _VERBS = 3, 6, 8, 3, 4
"""How many of each are shown before the rest is counted: twelve accounts then stay under some ten screens."""


def render_terminal(
    comparison: Comparison, *, width: int | None = None, color: bool | None = None, parts: Sequence[Part] = ()
) -> str:
    """Give a comparison as text for a terminal, lines no wider than `width` columns.

    `parts` are those to show, in the order of PARTS; all where none is named.

    Without `width` the terminal's own (80 when piped); without `color` colours are used on a terminal unless
    NO_COLOR is set. Long words and lists are cut with the mark `[…]`, and the last line says how to see all.

    Raises:
        SpanError: a shown text is not its account's `text[start:end]`.

    """
    check(comparison)
    columns = shutil.get_terminal_size((80, 24)).columns if width is None else width
    colors = wants_color() if color is None else color
    v = view(comparison)
    wanted = [PARTS[name] for name in PARTS if not parts or name in parts]
    lines = [line for part in (_head, *wanted) for line in part(v)]
    if any(CUT in line.body or CUT in line.mark for line in lines):
        lines += [
            Line(),
            Line(body=f"{CUT} marks what is cut for room: -o page.html or --json gives all", style="ours"),
        ]
    return laid_out(lines, columns, colors)


def parts_named(names: Iterable[str]) -> tuple[Part, ...]:
    """Give the parts of these names, each once, in the order of PARTS.

    Raises:
        ValueError: with a plain sentence naming the parts, for a name that is none or for no name at all.

    """
    wanted = {name.strip().lower() for name in names} - {""}
    unknown = sorted(wanted - set(PARTS))
    if unknown or not wanted:
        told = f"{', '.join(unknown)}: no such part" if unknown else "no part is named"
        raise ValueError(f"{told}; choose from {', '.join(PARTS)}")
    return tuple(name for name in PARTS if name in wanted)


def wants_color() -> bool:
    """Whether standard output is a terminal that shows colours and nobody asked for none."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def laid_out(lines: list[Line], columns: int, colors: bool) -> str:
    """Lines wrapped to a width, as one string."""
    from rich.console import Console

    file = StringIO()
    # An empty environment: what is printed hangs on the arguments alone.
    console = Console(
        file=file,
        width=max(columns, 20),
        force_terminal=colors,
        color_system="standard" if colors else None,
        legacy_windows=False,
        _environ={},
    )
    for line in lines:
        console.print(line.renderable())
    return "".join(row.rstrip() + "\n" for row in file.getvalue().splitlines())


def _head(v: View) -> Iterator[Line]:
    yield Line(body=plural(len(v.accounts), "account"), style="head")
    for account in v.accounts:
        yield Line(2, v.letters[account.id], account_line(account))
        for note in account.notes:
            yield Line(2, "", f"note: {clean(note.message)}", style="ours", room=len(v.letters[account.id]))
    yield Line()
    yield Line(body=claims_shown(v), style="head")
    counts = standing_counts(v.claims)
    parts = [f"{sign.sign} {counts[name]} {sign.word}" for name, sign in STANDINGS.items() if counts[name]]
    yield Line(2, body="   ".join(parts))
    judge = judged(v.comparison.manifest)
    if judge is not None:
        yield Line(2, body=clean(judge), style="ours")


def account_line(account: Account) -> str:
    """Outlet, date, title and length of an account."""
    outlet = clean(name_of(account))
    title = f", {quoted(account.title, 160)}" if account.title else ""
    return f"{outlet}, {plain_date(account.published)}{title}, {plural(len(account.text.split()), 'word')}"


def _claims(v: View) -> Iterator[Line]:
    for standing, sign in STANDINGS.items():
        chosen = [claim for claim in v.claims if claim.standing == standing]
        if standing == "single" or not chosen:
            continue
        yield from section(f"{sign.sign} {sign.word.upper()}: {plural(len(chosen), 'claim')}", standing)
        shown, left = first_of(chosen, _CLAIMS)
        for claim in shown:
            yield Line()
            yield from _claim(v, claim)
        yield from rest(2, left, "claim")


def _claim(v: View, claim: Claim) -> Iterator[Line]:
    number = f"{v.numbers[claim.id]}."
    yield Line(0, number, told_by(v, claim), style="ours")
    names = references(v, claim)
    shown, left = telling_choice(v, claim, _APPEARANCES)
    marks = [_letters([names[n] for n in telling.numbers]) for telling in shown]
    room = max(len(mark) for mark in marks)
    for mark, telling in zip(marks, shown, strict=True):
        yield Line(2, mark, _appearance(claim.appearances[telling.numbers[0]]), room=room)
    yield from rest(2, left, "appearance", room)
    yield from _relations(v, claim, names, room)
    if len(claim.origins) > 1:
        yield Line(2, "", f"origins: {_origins(claim, names)}", style="ours", room=room)


def _appearance(appearance: Appearance) -> str:
    doubt = ", hedged" if appearance.certainty == "hedged" else ""
    return f"{_voice(appearance.voice)}{doubt}: {quoted(appearance.text, _WORDS)}"


def _voice(steps: tuple[Voice, ...]) -> str:
    """Give the chain from the first speaker outwards: who said it, through whom it came."""
    if not steps:
        return OWN_VOICE
    return ", via ".join(_speaker(step.name, step.type) for step in reversed(steps))


def _speaker(name: str | None, kind: str | None) -> str:
    shown = LEFT_OUT if name is None else clean(name)
    if len(shown) > _NAME:
        shown = quoted(shown, _NAME)
    return f"{shown} ({kind or 'kind not known'})"


def _relations(v: View, claim: Claim, names: tuple[str, ...], room: int) -> Iterator[Line]:
    shown, left = first_of(partings(v, claim), _RELATIONS)
    for parting in shown:
        sign = RELATIONS[parting.kind]
        a, b = (_letters([names[n] for n in side]) for side in (parting.left, parting.right))
        body = f"{a} {sign.sign} {b} {sign.word}{_why(parting)}"
        yield Line(2, "", body, style=parting.kind, room=room)
    yield from rest(2, left, "relation", room)
    for group in agreeing(claim):
        joined = " = ".join(names[n] for n in group)
        yield Line(2, "", f"{joined} {RELATIONS['agree'].word}", style="agree", room=room)


def _letters(names: Sequence[str]) -> str:
    shown, left = first_of(names, _LETTERS)
    return ", ".join(shown) + (f" {CUT}" if left else "")


def _why(parting: Parting) -> str:
    """Give the words a relation rests on, those of its first side before those of its second."""
    sides = [", ".join(quoted(words.text, _WHY) for words in side) for side in parting.why if side]
    return f": {' / '.join(sides)}" if sides else ""


def _origins(claim: Claim, names: tuple[str, ...]) -> str:
    parts = []
    for come in origins(claim):
        who = (come.type or LEFT_OUT) if come.name is None else _speaker(come.name, come.type)
        where = ", ".join(dict.fromkeys(names[n] for n in come.appearances))
        parts.append(f"{who} [{where}]")
    shown, left = first_of(parts, _APPEARANCES)
    return "; ".join(shown) + (f"; {CUT} {left} more" if left else "")


def _singles(v: View) -> Iterator[Line]:
    chosen = [claim for claim in v.claims if claim.standing == "single"]
    if not chosen:
        return
    sign = STANDINGS["single"]
    yield from section(f"{sign.sign} {sign.word.upper()}: {plural(len(chosen), 'claim')}")
    for account in v.accounts:
        own = [claim for claim in chosen if claim.appearances[0].account == account.id]
        own.sort(key=lambda claim: claim.appearances[0].start)
        shown, left = first_of(own, _SINGLES)
        for index, claim in enumerate(shown):
            mark = v.letters[account.id] if index == 0 else ""
            yield Line(2, mark, _appearance(claim.appearances[0]), room=len(v.letters[account.id]))
        yield from rest(2, left, "claim", len(v.letters[account.id]))


def _quotes(v: View) -> Iterator[Line]:
    quotes = v.comparison.quotes
    if not quotes:
        return
    yield from section(f"QUOTES that several accounts have: {len(quotes)}")
    shown, left = first_of(quotes, _QUOTES)
    for quote in shown:
        yield Line()
        yield from _quote(v, quote)
    yield from rest(2, left, "quote")


def _quote(v: View, quote: Quote) -> Iterator[Line]:
    letters = [v.letters[appearance.account] for appearance in quote.appearances]
    yield Line(body=f"{quote.kind}" + (f", {clean(quote.speaker)}" if quote.speaker else ""), style="ours")
    for mark, appearance in zip(letters, quote.appearances, strict=True):
        speaker = "" if appearance.speaker is None else f"{clean(appearance.speaker.text)}: "
        how = "in other words" if quote.kind == "paraphrased" else "without quotation marks"
        marks = "" if appearance.marked else f"{how}: "
        yield Line(2, mark, speaker + marks + quoted(appearance.text, _WORDS))
    for change in quote.changes:
        a, b = (quoted(side.text, _WHY) if side else None for side in (change.a_words, change.b_words))
        if a and b:
            how = "in another order" if change.kind == "reordered" else "altered"
            yield Line(2, "", f"{how}: {letters[change.a]} {a}, {letters[change.b]} {b}", style="differ", room=1)
        elif a or b:
            out = change.b if a else change.a
            yield Line(2, "", f"left out by {letters[out]}: {a or b}", style="ours", room=1)


def _sources(v: View) -> Iterator[Line]:
    if not v.comparison.sources:
        return
    yield from section("WHO SAYS SO")
    for account in v.accounts:
        own = [source for source in v.comparison.sources if source.account == account.id]
        own.sort(key=lambda source: -len(source.attributions))
        shown, left = first_of(own, _SOURCES)
        for index, source in enumerate(shown):
            mark = v.letters[account.id] if index == 0 else ""
            yield Line(2, mark, _source(source), room=len(v.letters[account.id]))
        yield from rest(2, left, "source", len(v.letters[account.id]))


def _source(source: Source) -> str:
    """A source with how often it is cited, and the verbs that do more than say."""
    via = f", via {clean(source.via)}" if source.via else ""
    count = plural(len(source.attributions), "attribution")
    verbs = Counter((part.text.lower(), one.sort) for one in source.attributions for part in one.cue)
    told = [f"{clean(verb)} ({sort})" for (verb, sort), _ in verbs.most_common() if sort not in {None, "neutral"}]
    shown, left = first_of(told, _VERBS)
    how = f"; {', '.join(shown)}{f' {CUT}' if left else ''}" if told else ""
    return f"{_speaker(source.name, source.type)}{via}: {count}{how}"


def _gaps(v: View) -> Iterator[Line]:
    gaps = [gap for gap in v.comparison.gaps if gap.value != "told"]
    if not gaps:
        return
    yield from section("LEFT OUT, of what most others tell")
    for account in v.accounts:
        room = len(v.letters[account.id])
        own = [gap for gap in gaps if gap.account == account.id]
        sure = sorted(
            (gap for gap in own if gap.why not in (NEAR, LOOSE)), key=lambda gap: (gap.value, v.numbers[gap.claim])
        )
        sure.sort(key=lambda gap: gap.value != "not told")
        shown, left = first_of(sure, _GAPS)
        bodies = [_gap(v, gap) for gap in shown]
        bodies += [f"{CUT} {plural(left, 'more claim')}"] if left else []
        for why in (NEAR, LOOSE):
            open_ = sum(gap.why == why for gap in own)
            bodies += [f"{TOLD['cannot tell'].word} ({why}): {plural(open_, 'claim')}"] if open_ else []
        for index, body in enumerate(bodies):
            yield Line(2, v.letters[account.id] if index == 0 else "", body, room=room)


def _gap(v: View, gap: Gap) -> str:
    words = quoted(v.titles[gap.claim].text, _WHY)
    return f"{TOLD[gap.value].word} ({clean(gap.why)}): {v.numbers[gap.claim]}. {words}"


def _figures(v: View) -> Iterator[Line]:
    yield from figures(v)
    yield from polls(v)


def _told(v: View) -> Iterator[Line]:
    yield from _claims(v)
    yield from _singles(v)


PARTS: dict[Part, Callable[[View], Iterator[Line]]] = {
    "claims": _told, "quotes": _quotes, "sources": _sources, "figures": _figures, "timeline": timeline, "labels": names,
    "wording": wording, "gaps": _gaps,
}  # fmt: skip
"""The parts of what is shown, in their order."""
