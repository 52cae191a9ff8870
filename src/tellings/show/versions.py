"""Two versions of one account as text for a terminal, and as JSON."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tellings.diffing import redated
from tellings.errors import SpanError
from tellings.show.lines import Line
from tellings.show.plain import clean, quoted
from tellings.show.signs import CUT, plural
from tellings.show.terminal import account_line, laid_out, wants_color

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tellings.diffing import Difference, Versions, WordChange
    from tellings.records import Account, Excerpt

_WORDS, _CHANGED = 280, 120
"""Characters of a statement and of changed words before they are cut."""
_ORDERS = {
    "by their dates": "the second is the later one by their dates",
    "as given": "the second is taken for the later one, as given: their dates do not say",
    "against their dates": "the second is taken for the later one, as given, but by their dates it is the earlier",
}
_STRANGE = 0.05
"""The share of five-word runs in common below which two texts are said to be hardly versions of one."""
_ADVICE = "report this as a fault of Tellings"


def render_versions(versions: Versions, *, width: int | None = None, color: bool | None = None) -> str:
    """Give what became of each statement as text for a terminal, lines no wider than `width` columns.

    A is the earlier version, B the later. What is kept is counted; all else is listed. Without `width` the terminal's
    own (80 when piped); without `color` colours are used on a terminal unless NO_COLOR is set.

    Raises:
        SpanError: a shown text is not its version's `text[start:end]`.

    """
    check_versions(versions)
    columns = shutil.get_terminal_size((80, 24)).columns if width is None else width
    lines = [line for part in (_head, _silent, _altered, _alone, _moved) for line in part(versions)]
    if any(CUT in line.body for line in lines):
        lines += [Line(), Line(body=f"{CUT} marks what is cut for room: --json gives all", style="ours")]
    return laid_out(lines, columns, wants_color() if color is None else color)


def versions_json(versions: Versions, *, indent: int | None = None) -> str:
    """Give what became of each statement as JSON: keys in the records' order, one newline at the end.

    Accounts are given without their `original`. `indent` is the number of spaces a level, None for one line.

    Raises:
        SpanError: a shown text is not its version's `text[start:end]`.

    """
    import msgspec

    check_versions(versions)
    data = msgspec.to_builtins(versions)
    for side in ("before", "after"):
        del data[side]["account"]["original"]
    encoded = msgspec.json.encode(data)
    if indent is not None:
        encoded = msgspec.json.format(encoded, indent=indent)
    return encoded.decode("utf-8") + "\n"


def check_versions(versions: Versions) -> None:
    """Refuse to show words that no version has where they are said to stand.

    Raises:
        SpanError: naming the input of the version and the place.

    """
    before, after = versions.before.account, versions.after.account
    for one in versions.differences:
        _check(before, one.before)
        _check(after, one.after)
        for change in one.changes:
            _check(before, change.before)
            _check(after, change.after)
    for notice in versions.notices:
        _check(after, notice)


def _check(account: Account, words: Excerpt | None) -> None:
    if words is None:
        return
    inside = 0 <= words.start <= words.end <= len(account.text)
    if words.account != account.id or not inside or account.text[words.start : words.end] != words.text:
        problem = f"the words shown for characters {words.start} to {words.end} are not there"
        raise SpanError(account.original.path or account.id, problem, _ADVICE)


def _head(versions: Versions) -> Iterator[Line]:
    yield Line(body=f"2 versions; {_ORDERS[versions.order]}", style="head")
    for mark, version in (("A", versions.before), ("B", versions.after)):
        yield Line(2, mark, account_line(version.account))
        for note in version.account.notes:
            yield Line(2, "", f"note: {clean(note.message)}", style="ours", room=1)
    if max(versions.before.shared, versions.after.shared) < _STRANGE:
        told = "they have hardly any words in common, and may be no versions of one account"
        yield Line(2, "", f"note: {told}", style="ours", room=1)
    for change in versions.heads:
        sides = (f"{mark} {_told(value)}" for mark, value in (("A", change.before), ("B", change.after)))
        yield Line(2, "", f"{change.field}: {', '.join(sides)}", style="differ", room=1)
    yield Line()
    yield Line(body=_counts(versions), style="head")
    if not versions.notices and redated(versions.before.account, versions.after.account):
        yield Line(2, "B", "says by its date that it was changed, not what was", style="ours")
    for notice in versions.notices:
        yield Line(2, "B", f"says of its changes: {quoted(notice.text, _WORDS)}")


def _told(value: str | None) -> str:
    return "does not say" if value is None else quoted(value, _CHANGED)


def _counts(versions: Versions) -> str:
    counts = dict.fromkeys(("kept", "altered", "added", "removed"), 0)
    for one in versions.differences:
        counts[one.kind] += 1
    moved = sum(one.moved for one in versions.differences)
    silent = sum(one.silent for one in versions.differences)
    parts = [f"{count} {kind}" for kind, count in counts.items()]
    return ", ".join([*parts, f"{moved} moved", f"{silent} silently corrected"])


def _section(title: str, found: Sequence[Difference], style: str = "head") -> Iterator[Line]:
    if found:
        yield Line()
        yield Line(body=f"{title}: {plural(len(found), 'statement')}", style=style)


def _silent(versions: Versions) -> Iterator[Line]:
    found = [one for one in versions.differences if one.silent]
    yield from _section("! SILENTLY CORRECTED, as nothing new in B says that anything was", found, "conflict")
    for one in found:
        yield from _both(one)


def _altered(versions: Versions) -> Iterator[Line]:
    found = [one for one in versions.differences if one.kind == "altered" and not one.silent]
    yield from _section("~ ALTERED", found, "differ")
    for one in found:
        yield from _both(one)


def _both(one: Difference) -> Iterator[Line]:
    yield Line()
    for mark, words in (("A", one.before), ("B", one.after)):
        if words:
            moved = "moved: " if one.moved and mark == "B" else ""
            yield Line(2, mark, moved + quoted(words.text, _WORDS))
    for change in one.changes:
        if change.kind != "marks":
            yield Line(2, "", _change(change), style="differ", room=1)
    if all(change.kind == "marks" for change in one.changes):
        yield Line(2, "", "punctuation or capitals alone", style="ours", room=1)


def _change(change: WordChange) -> str:
    if change.before is None and change.after is not None:
        return f"{change.kind}, put in: B {quoted(change.after.text, _CHANGED)}"
    if change.after is None and change.before is not None:
        return f"{change.kind}, left out: A {quoted(change.before.text, _CHANGED)}"
    sides = (f"{mark} {quoted(s.text, _CHANGED)}" for mark, s in (("A", change.before), ("B", change.after)) if s)
    return f"{change.kind}: {', '.join(sides)}"


def _alone(versions: Versions) -> Iterator[Line]:
    for title, kind, mark in (("+ ADDED", "added", "B"), ("- REMOVED", "removed", "A")):
        found = [one for one in versions.differences if one.kind == kind]
        yield from _section(title, found)
        for one in found:
            words = one.after or one.before
            if words:
                yield Line(2, mark, quoted(words.text, _WORDS))


def _moved(versions: Versions) -> Iterator[Line]:
    found = [one for one in versions.differences if one.moved and one.kind == "kept"]
    yield from _section("> MOVED, in the same words", found)
    for one in found:
        if one.after:
            yield Line(2, "B", quoted(one.after.text, _WORDS))
