"""How many were killed and how many were injured, as one account tells it.

Every word for a fate ("killed", "wounded", "was shot", "the death of") is followed to those it befell: the number
standing at them, else one for a singular, the sum of a list, two for "both". An account tells its toll first and
details after, so what its first sentences say counts. Those shot but not told dead are injured: "five people were
shot, one fatally" is one killed and four injured.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tellings.comparing.fate_words import SINGLE, Fate, is_elsewhere
from tellings.comparing.fates import Parse, Told
from tellings.records import Span

if TYPE_CHECKING:
    from tellings.records import Reading

LEAD = 3
"""How many sentences are of the incident itself, whatever others they name: the headline and two more."""
NEAR = 1
"""How many sentences after one that has no number for somebody, a headline mostly, a number counts for it."""
FAR = 8
"""How many sentences after the first of those hurt the dead may come; later ones are of another incident.

Of 3, 5, 8, 12, 20 and none, on 418 articles kept for development (training/RESULTS.md).
"""


@dataclass(frozen=True, slots=True)
class Toll:
    """Killed and injured, each None where the account does not tell of anybody killed or injured at all."""

    killed: int | None
    injured: int | None
    killed_words: Span | None = None
    injured_words: Span | None = None


def toll(reading: Reading) -> Toll:
    """The toll of one account by its own words."""
    parse = Parse(reading)
    found: dict[Fate, list[Told]] = {"killed": [], "injured": [], "shot": []}
    for fate, told in _evidence(parse):
        found[fate].append(told)
    found["killed"] = [told for told in found["killed"] if not told.weak] or found["killed"]
    hurt = [told for told in found["injured"] if told.explicit or not _is_among(told, found["killed"], reading)]
    if not (found["killed"] or hurt or found["shot"]):
        found["shot"] = list(parse.wounded())
    alive = min((told.sentence for told in (*hurt, *found["shot"])), default=None)
    killed = _lead(found["killed"])
    if killed and alive is not None and killed.sentence > alive + FAR:
        killed = None
    if killed:
        hurt += [told for told in found["shot"] if _is_apart(told, killed, found["killed"], reading)]
    return _toll(killed, _lead(hurt), _lead(found["shot"]))


def _is_apart(one: Told, killed: Told, dead: Sequence[Told], reading: Reading) -> bool:
    """Whether somebody shot is told beside the killed and is none of them: "kills a man, shoots his daughter"."""
    if one.sentence != killed.sentence or one.explicit or one.weak or _is_among(one, dead, reading):
        return False
    name = reading.account.text[slice(*one.span)].lower()
    return name not in SINGLE and all(other.span.start != one.span.start for other in dead)


def _is_among(one: Told, dead: Sequence[Told], reading: Reading) -> bool:
    """Whether somebody hurt is one of those told dead: the same entity, or the same name."""
    text = reading.account.text
    name = text[slice(*one.span)]
    if name[:1].isupper() and any(text[slice(*other.span)] == name for other in dead):
        return True
    return one.whom is not None and any(other.whom == one.whom for other in dead)


def _toll(killed: Told | None, injured: Told | None, shot: Told | None) -> Toll:
    dead = killed.count if killed else 0
    hurt, words = _hurt(dead, injured, shot, bool(killed))
    if killed is None and injured is None and shot is None:
        return Toll(None, None)
    return Toll(dead, hurt, killed.span if killed else None, words)


def _hurt(dead: int, injured: Told | None, shot: Told | None, fatal: bool) -> tuple[int, Span | None]:
    """The injured: those told so, or those shot less the dead, whichever are more."""
    told = injured.count if injured else 0
    rest = max(0, shot.count - dead) if shot and (shot.explicit or not fatal) else 0
    chosen = shot if rest > told else injured
    return max(told, rest), chosen.span if chosen else None


def _lead(told: Sequence[Told]) -> Told | None:
    """What the first sentence says that has any; "others" come to those written beside them.

    Where that one has no number for somebody and the next has one, the number counts. The first alone does best
    otherwise: of 1, 2, 3, 4 and 6, on articles kept for development.
    """
    chosen: Told | None = None
    for place in sorted({one.sentence for one in told})[:2]:
        there = [one for one in told if one.sentence == place]
        best = max(there, key=lambda one: (one.written, one.explicit, one.count, -one.span.start))
        if any(one.others for one in there):
            best = replace(best, count=sum(one.count for one in there if one.written))
        if chosen is None or (not chosen.explicit and best.explicit and best.sentence <= chosen.sentence + NEAR):
            chosen = best
    return chosen


def _evidence(parse: Parse) -> Iterator[tuple[Fate, Told]]:
    """What is told of the account's own incident, not of others that come after its lead."""
    own: list[tuple[Fate, Told]] = [("killed", told) for told in parse.by_own_hand()]
    for fate, told in (*parse.numbered(), *parse.ordered(), *parse.manifold(), *parse.befallen(), *own):
        if not is_elsewhere(parse.sentence(told), lead=told.sentence < LEAD):
            yield fate, told
