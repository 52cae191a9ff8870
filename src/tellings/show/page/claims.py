"""The claims: each with its appearances, how they stand to each other and why, and where they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tellings.show.page.html import Html, el, join
from tellings.show.page.parts import (
    FEW,
    counted,
    gaps_id,
    letter,
    mark_id,
    marked,
    ours,
    q,
    sign,
    speaker,
    told_id,
    voice,
)
from tellings.show.sides import (
    Come,
    Parting,
    Telling,
    agreeing,
    origins,
    partings,
    tellings,
    versions,
)
from tellings.show.signs import LEFT_OUT, MAKES, RELATIONS, STANDINGS, TOLD, plural
from tellings.show.view import View, count_of_origins, name_of, references, told_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tellings.records import Account, Claim, Excerpt

_RELATIONS = 6
"""Relations shown at once; the others of a claim are folded."""
_MOST = 60
"""Claims of one standing that are open; more are folded."""
_OPEN = 40
"""Claims told by one up to which they stand open; more are folded, by account."""


def claims(v: View) -> Html:
    """Build the list of claims, by standing."""
    parts = []
    for standing, of in STANDINGS.items():
        chosen = [claim for claim in v.claims if claim.standing == standing]
        if chosen and standing != "single":
            title = el("h3", sign(of), f" {of.word.capitalize()} ", ours(plural(len(chosen), "claim"), "count"))
            note = el("p", f"{of.meaning[0].upper()}{of.meaning[1:]}.", class_="note")
            body = [_claim(v, claim) for claim in chosen]
            shown = [title, note, *body[:_MOST]]
            if body[_MOST:]:
                left = el("summary", counted(len(body) - _MOST, "more claim"))
                shown.append(el("details", left, *body[_MOST:], class_="rest"))
            parts.append(el("section", *shown, class_=f"s-{standing}", id=f"list-{standing}"))
    return join([*parts, _singles(v)])


def _claim(v: View, claim: Claim) -> Html:
    number = v.numbers[claim.id]
    of = STANDINGS[claim.standing]
    title = el(
        "h4",
        el("a", str(number), href=f"#c{number}", class_="number"),
        el("span", sign(of), f" {of.word}", class_="standing"),
        ours(told_by(v, claim)),
    )
    body = [title, _appearances(v, claim), _relations(v, claim), _origins(v, claim), _gaps(v, claim), _sure(claim)]
    return el(
        "article",
        *body,
        class_=f"claim s-{claim.standing}",
        id=f"c{number}",
        data_claim=number,
    )


def _sure(claim: Claim) -> Html:
    """Say on demand how sure it is; opening it shows the scores of the relations too."""
    told = f"score {claim.score:.2f} that they tell one thing"
    return el("details", el("summary", "how sure"), told, class_="sure")


def _appearances(v: View, claim: Claim) -> Html:
    why = [words for relation in claim.relations for words in relation.why if relation.kind == MAKES[claim.standing]]
    seen: set[str] = set()
    return el("ol", *(_telling(v, claim, telling, why, seen) for telling in tellings(v, claim)), class_="told-by")


def _telling(v: View, claim: Claim, telling: Telling, why: Sequence[Excerpt], seen: set[str]) -> Html:
    """Build one line: the letters of all that tell it in these words, the version, the voice, the words."""
    names, numerals = references(v, claim), versions(v, claim)
    letters = []
    for n in telling.numbers:
        account = claim.appearances[n].account
        place = told_id(v, claim, account) if account not in seen else None
        seen.add(account)
        title = name_of(v.account(account)) if len(v.accounts) <= FEW else None
        href = f"#{mark_id(v, claim, account)}"
        letters.append(el("a", names[n], class_="letter", href=href, id=place, title=title))
    version = " ".join(dict.fromkeys(numerals[n] for n in telling.numbers)) if numerals else ""
    shown = claim.appearances[telling.numbers[0]]
    return el(
        "li",
        el("span", join(letters, " "), class_="letters"),
        el("i", version, class_="version") if version else "",
        el("p", voice(shown), " ", marked(shown, why)),
    )


def _relations(v: View, claim: Claim) -> Html:
    names = references(v, claim)
    found = partings(v, claim)
    items = [_parting(one, names) for one in found[:_RELATIONS]]
    agree = RELATIONS["agree"]
    for group in agreeing(claim):
        joined = f" {agree.sign} ".join(names[n] for n in group)
        items.append(el("li", el("b", joined), f" {agree.word}", class_="r-agree"))
    shown = el("ul", *items, class_="relations") if items else Html("")
    left = found[_RELATIONS:]
    if not left:
        return shown
    head = el("summary", ours(plural(len(left), "more relation")))
    folded = el("details", head, el("ul", *(_parting(one, names) for one in left), class_="relations"))
    return join([shown, folded])


def _parting(one: Parting, names: Sequence[str]) -> Html:
    of = RELATIONS[one.kind]
    a, b = (", ".join(names[n] for n in side) for side in (one.left, one.right))
    why = join([_reason(side) for side in one.why if side], " / ")
    score = f"{one.low:.2f}" if one.low == one.high else f"{one.low:.2f} to {one.high:.2f}"
    surely = el("span", f" (score {score})", class_="score")
    body = [el("b", a, " ", sign(of), " ", b), f" {of.word}", ": " if why else "", why, surely]
    return el("li", *body, class_=f"r-{one.kind}")


def _reason(side: Sequence[Excerpt]) -> Html:
    return join([q(words) for words in side], ", ")


def _origins(v: View, claim: Claim) -> Html:
    """Name the origins where there are several, unless all of it is the accounts' own reporting."""
    if len(claim.origins) < 2 or all(one.type == "own reporting" for one in claim.origins):
        return Html("")
    items = [_origin(v, claim, come) for come in origins(claim)]
    return el("p", ours(f"{count_of_origins(claim)}: "), join(items, "; "), class_="origins ours")


def _origin(v: View, claim: Claim, come: Come) -> Html:
    accounts = dict.fromkeys(claim.appearances[n].account for n in come.appearances)
    letters = join([letter(v, account) for account in accounts], " ")
    who = ours(come.type or LEFT_OUT) if come.name is None else speaker(come.name, come.type)
    return join([who, " ", letters])


def _gaps(v: View, claim: Claim) -> Html:
    """Say who does not tell it, where gaps were looked for."""
    gaps = [gap for gap in v.comparison.gaps if gap.claim == claim.id and gap.value != "told"]
    items = [
        join([letter(v, gap.account), " ", sign(TOLD[gap.value]), f" {TOLD[gap.value].word} ({gap.why})"])
        for gap in sorted(gaps, key=lambda gap: v.letters[gap.account])
    ]
    return el("p", join(items, "; "), class_="missing ours", id=gaps_id(v, claim)) if items else Html("")


def _singles(v: View) -> Html:
    of = STANDINGS["single"]
    chosen = [claim for claim in v.claims if claim.standing == "single"]
    if not chosen:
        return Html("")
    title = el("h3", sign(of), f" {of.word.capitalize()} alone ", ours(plural(len(chosen), "claim"), "count"))
    parts = [_singles_of(v, account, chosen) for account in v.accounts]
    return el("section", title, *parts, class_="s-single", id="told-by-one")


def _singles_of(v: View, account: Account, chosen: Sequence[Claim]) -> Html:
    own = [claim for claim in chosen if claim.appearances[0].account == account.id]
    if not own:
        return Html("")
    own.sort(key=lambda claim: claim.appearances[0].start)
    head = el("summary", letter(v, account.id), " ", name_of(account), " ", ours(plural(len(own), "claim"), "count"))
    items = [_single(v, claim) for claim in own]
    return el(
        "details",
        head,
        el("ol", *items, class_="singles"),
        id=f"single-{v.letters[account.id]}",
        open=len(chosen) <= _OPEN,
    )


def _single(v: View, claim: Claim) -> Html:
    number = v.numbers[claim.id]
    appearance = claim.appearances[0]
    where = el("a", str(number), href=f"#{mark_id(v, claim, appearance.account)}", class_="number")
    line = el("p", voice(appearance), " ", q(appearance))
    return el("li", where, line, class_="claim s-single", id=f"c{number}", data_claim=number)
