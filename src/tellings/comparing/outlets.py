"""Outlets named in accounts: which outlet a name means, which sources are outlets, and whose text an account is.

The names come from a table in the package, `outlets.tsv`; a user may give more in the same form.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal, get_args

from tellings.comparing.words import words
from tellings.errors import InputError
from tellings.records import Attribution, Reading, Span

Kind = Literal["agency", "paper", "broadcaster", "magazine", "site"]
Key = tuple[str, ...]

_WIRE = re.compile(r"\(([A-Z][\w.&-]*(?: [A-Z][\w.&-]*){0,3})\)")
"""A name in brackets, as it stands in a dateline: "LONDON (Reuters) -"."""
_DATELINE = 160
"""Code points of a text (after its title) that a dateline stands in, and of its end that an agency's name does."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet: its full name, what it is, and its other names."""

    name: str
    kind: Kind
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outlets:
    """The outlets by the words of each of their names, without "the"; a short name may mean several."""

    by_name: Mapping[Key, tuple[Outlet, ...]]

    def named(self, name: str) -> tuple[Outlet, ...]:
        """The outlets that have a name; none where it is not written as a name."""
        if not any(sign.isupper() for sign in name):
            return ()
        return self.by_name.get(_key(name), ())

    def meant(self, reading: Reading, span: Span) -> str | None:
        """The full name of the outlet that a stretch of an account means, None where it means none or cannot be told.

        Of several the one that the account names in full, the last time before, then after; then the account's own.
        """
        text = reading.account.text
        found = self.named(text[span.start : span.end])
        if len(found) < 2:
            return found[0].name if found else None
        key = _key(text[span.start : span.end])
        fuller = [outlet.name for outlet in found if _key(outlet.name) != key]
        full = {name: [match.start() for match in re.finditer(re.escape(name), text)] for name in fuller}
        before = {name: max([at for at in places if at <= span.start], default=-1) for name, places in full.items()}
        before = {name: at for name, at in before.items() if at >= 0}
        if before:
            return max(before, key=lambda name: before[name])
        after = {name: places[0] for name, places in full.items() if places}
        if after:
            return min(after, key=lambda name: after[name])
        own = {outlet.name for outlet in self.named(reading.account.outlet or "")}
        return next((outlet.name for outlet in found if outlet.name in own), None) or next(
            (outlet.name for outlet in found if _key(outlet.name) == key), None
        )

    def own(self, reading: Reading) -> str | None:
        """The full name of the account's own outlet, its own words where the table has none."""
        outlet = reading.account.outlet
        found = self.named(outlet) if outlet else ()
        return found[0].name if len(found) == 1 else outlet

    def agency(self, reading: Reading) -> str | None:
        """The agency whose text an account is, by its dateline, its last words, or because it is the agency's own."""
        text = reading.account.text
        start = len(reading.account.title or "")
        ends = (text[start : start + _DATELINE], text[-_DATELINE:])
        names = [match.group(1) for end in ends for match in _WIRE.finditer(end)]
        for name in [*names, reading.account.outlet or ""]:
            found = self.named(name)
            if len(found) == 1 and found[0].kind == "agency":
                return found[0].name
        return None


def parsed(lines: Iterable[str], where: str) -> tuple[Outlet, ...]:
    """Outlets from lines as in `outlets.tsv`; empty lines and those after "#" are passed over.

    Raises:
        InputError: a line has no kind, or none of the kinds there are.

    """
    found = []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        name, kind, *others = [part.strip() for part in line.rstrip("\n").split("\t")] + [""]
        if kind not in get_args(Kind):
            known = ", ".join(get_args(Kind))
            raise InputError(f"{where}, line {number}", f"{kind or 'nothing'!r} is no kind of outlet", f"use {known}")
        names = tuple(one.strip() for one in ";".join(others).split(";") if one.strip())
        found.append(Outlet(name, kind, names))  # type: ignore[arg-type] # it is one of the kinds
    return tuple(found)


def table(outlets: Iterable[Outlet]) -> Outlets:
    """The outlets by name."""
    found: dict[Key, list[Outlet]] = defaultdict(list)
    for outlet in outlets:
        for name in (outlet.name, *outlet.others):
            if outlet not in found[_key(name)]:
                found[_key(name)].append(outlet)
    return Outlets({key: tuple(those) for key, those in found.items()})


@cache
def shipped() -> Outlets:
    """The outlets of the package's own table."""
    lines = files("tellings.comparing").joinpath("outlets.tsv").read_text(encoding="utf-8").splitlines()
    return table(parsed(lines, "outlets.tsv"))


def known_besides(path: Path) -> Outlets:
    """The shipped outlets and those of a user's file, whose own come first.

    Raises:
        InputError: the file cannot be read, or a line of it is no outlet.

    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise InputError(str(path), f"the outlets cannot be read ({problem})", "give a UTF-8 text file") from problem
    own = parsed(lines, str(path))
    names = {_key(outlet.name) for outlet in own}
    every = {outlet: None for those in shipped().by_name.values() for outlet in those if _key(outlet.name) not in names}
    return table([*own, *every])


def with_outlets(readings: Sequence[Reading], known: Outlets | None = None) -> tuple[Reading, ...]:
    """Readings whose sources are typed outlets where they are named as one of the table or of the comparison."""
    known = known or shipped()
    own = {_key(reading.account.outlet) for reading in readings if reading.account.outlet} - {()}
    return tuple(
        replace(reading, attributions=tuple(_typed(reading, one, own, known) for one in reading.attributions))
        for reading in readings
    )


def _typed(reading: Reading, attribution: Attribution, own: set[Key], known: Outlets) -> Attribution:
    if len(attribution.source) != 1:
        return attribution
    span = attribution.source[0]
    if _key(reading.account.text[span.start : span.end]) in own or known.meant(reading, span):
        return replace(attribution, source_type="outlet")
    return attribution


def _key(name: str | None) -> Key:
    found = tuple(word.key for word in words(name or ""))
    return found[1:] if found[:1] == ("the",) else found
