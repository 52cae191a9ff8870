"""Two readings to the differences between two versions of one account. Pure, and linear in the length of the texts."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import TYPE_CHECKING, NamedTuple, get_args

from tellings.comparing.copies import runs, share
from tellings.comparing.pages import address_of
from tellings.diffing.changes import Layers, changes, corrects, layers
from tellings.diffing.pairs import in_order, paired
from tellings.diffing.units import Unit, units
from tellings.diffing.versions import Difference, HeadChange, HeadField, Order, Version, Versions
from tellings.records import Excerpt

if TYPE_CHECKING:
    from tellings.records import Account, Reading

_NOTICE = re.compile(
    r"(?i)\b(?:corrections?\s*(?:[:,(–—-]|to this|appended|\d)|clarifications?\s*[:(–—-]|corrected\s*:|"
    r"editor[’']s note|(?:an?|the) (?:earlier|previous|prior|original|initial) (?:version|headline) "
    r"(?:of|said|stated|misstated|gave|had)|updated?\s*(?:[:(–—-]|(?:on|at)\s+\S*\d)|(?:story|article|report|post|piece|headline|page|text)"
    r" (?:has been|was|is being) (?:updated|corrected|amended|changed|edited|clarified|revised)|"
    r"we (?:regret|apologi[sz]e for) the error)"
)
"""Words by which a text says that it was changed."""


def differences(before: Reading, after: Reading) -> Versions:
    """Lay a later version of an account over an earlier one: what is kept, altered, moved, added and removed.

    The first reading is taken for the earlier version, whatever the dates say (`order` tells whether they agree). That
    the two are versions of one is the caller's to know (`same_page`, or the user's word); of two texts with nothing in
    common everything is removed and added.
    """
    mine, its = units(before), units(after)
    sides = layers(before), layers(after)
    pairs = paired(mine, its)
    # Of two statements that changed places the one that is the same in both, else the longer one, stayed where it was.
    weights = {a: len(mine[a].words) * (1.0 if mine[a].keys == its[b].keys else 0.5) for a, b in pairs.items()}
    steady = dict(in_order(pairs, weights))
    notices = _notices(before.account, after.account)
    said = bool(notices) or redated(before.account, after.account)
    found: list[tuple[tuple[int, int, int], Difference]] = []
    at = -1
    for a, unit in enumerate(mine):
        if a in pairs:
            at = pairs[a] if a in steady else at
            difference = _kept_or_altered(sides, unit, its[pairs[a]], moved=a not in steady, said=said)
            found.append(((pairs[a], 0, a), difference))
        else:
            found.append(((at, 1, a), Difference("removed", _excerpt(before.account, unit), None)))
    for b in sorted(set(range(len(its))) - set(pairs.values())):
        found.append(((b, 0, 0), Difference("added", None, _excerpt(after.account, its[b]))))
    found.sort(key=lambda one: one[0])
    return Versions(
        *_versions(before.account, after.account),
        _order(before.account, after.account),
        _heads(before.account, after.account),
        tuple(difference for _, difference in found),
        notices,
    )


def redated(before: Account, after: Account) -> bool:
    """Whether the later version gives another date of change: it says that it was changed, if not what."""
    return after.updated is not None and after.updated != before.updated


def same_page(one: Account, other: Account) -> bool:
    """Whether two accounts give the same address; its scheme, `www.`, fragment and trackers do not count."""
    address = address_of(one.url)
    return address is not None and address == address_of(other.url)


def _kept_or_altered(sides: tuple[Layers, Layers], one: Unit, other: Unit, *, moved: bool, said: bool) -> Difference:
    found = changes(sides[0], one, sides[1], other)
    before, after = _excerpt(sides[0].reading.account, one), _excerpt(sides[1].reading.account, other)
    silent = not said and any(corrects(change) for change in found)
    return Difference("altered" if found else "kept", before, after, found, moved, silent)


def _excerpt(account: Account, unit: Unit) -> Excerpt:
    return Excerpt(account.id, *unit.span, account.text[slice(*unit.span)])


def _versions(before: Account, after: Account) -> tuple[Version, Version]:
    mine, its = runs(before.text), runs(after.text)
    same = before.text == after.text
    return (
        Version(before, 1.0 if same else round(share(mine, its), 4)),
        Version(after, 1.0 if same else round(share(its, mine), 4)),
    )


def _order(before: Account, after: Account) -> Order:
    """Whether the accounts' dates say that the second is later: to the second where both give a time, else by days."""
    first, second = _dated(before), _dated(after)
    if first is None or second is None:
        return "as given"
    if first.has_time and second.has_time and (first.when.tzinfo is None) == (second.when.tzinfo is None):
        early, late = first.when, second.when
    else:
        early, late = (datetime.combine(one.when.date(), time()) for one in (first, second))
    if early == late:
        return "as given"
    return "by their dates" if early < late else "against their dates"


class _Dated(NamedTuple):
    when: datetime
    has_time: bool


def _dated(account: Account) -> _Dated | None:
    """When a version was last changed, as far as it says; None for a month or a year alone."""
    told = account.updated or account.published or ""
    try:
        return _Dated(datetime.fromisoformat(told), "T" in told)
    except ValueError:
        return None


def _heads(before: Account, after: Account) -> tuple[HeadChange, ...]:
    pairs: list[tuple[HeadField, str | None, str | None]] = [
        (field, getattr(before, field), getattr(after, field)) for field in get_args(HeadField)
    ]
    return tuple(HeadChange(field, a, b) for field, a, b in pairs if a != b)


def _notices(before: Account, after: Account) -> tuple[Excerpt, ...]:
    """The sentences or lines of the later version, not in the earlier one, that say it was changed."""
    known = " ".join(before.text.split())
    found: list[Excerpt] = []
    at = 0
    for match in _NOTICE.finditer(after.text):
        if match.start() < at or len(found) == _MOST_NOTICES:
            continue
        start, end = _line(after.text, match.start(), match.end())
        at = end
        if " ".join(after.text[start:end].split()) in known:
            continue
        found.append(Excerpt(after.id, start, end, after.text[start:end]))
    return tuple(found)


_REACH = 400
_MOST_NOTICES = 50


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """The line around a stretch, cut to what is near it at the ends of sentences."""
    near = max(0, start - _REACH)
    line, stop = text.rfind("\n", near, start), text.rfind(". ", near, start)
    first = max(near, line + 1, stop + 2 if stop >= 0 else 0)
    stops = [
        place for place in (text.find("\n", end, end + _REACH), text.find(". ", end, end + _REACH) + 1) if place > 0
    ]
    return first, min([*stops, len(text), end + _REACH])
