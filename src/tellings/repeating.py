"""A comparison made again from what its manifest names, and what of it is the same: proof that a result repeats."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tellings.errors import InputError
from tellings.manifests import COLUMNS, columns_said

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tellings.api import OnProblem
    from tellings.comparing.judge import Judge
    from tellings.ingest import Columns
    from tellings.records import Account, Comparison, Manifest


@dataclass(frozen=True, slots=True)
class Part:
    """How a part of a comparison came out again: how many of its items are equal, and how many stand on one side."""

    name: str
    equal: int
    only_before: int
    only_now: int

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not self.only_before and not self.only_now

    def __str__(self) -> str:
        if self.same:
            return f"{self.name}: the same ({self.equal})"
        return f"{self.name}: differ ({self.equal} equal, {self.only_before} only before, {self.only_now} only now)"


def repeated(
    before: Comparison,
    *,
    on_problem: OnProblem,
    outlets: Path | None = None,
    judge: Judge | None = None,
    processes: int = 1,
) -> Comparison:
    """Make a comparison again from the files its manifest names, relative to the working folder.

    Files are held to their digests: an account that has changed or is gone is given to `on_problem` and left out, and
    so is one that came from a link, which is never fetched anew. What else a file holds is not compared.

    Raises:
        NothingToCompareError: when fewer than two of the accounts are left.
        ModelError, JudgeError, InputError: as `compare` raises them.

    """
    from tellings.api import compare
    from tellings.show.only import SETTING, chosen, only

    settings = {setting.name: setting.value for setting in before.manifest.settings}
    columns = columns_said(settings.get(COLUMNS))
    found = _accounts(before.manifest, columns, processes, on_problem)
    after = compare(found, on_problem=on_problem, outlets=outlets, judge=judge, processes=processes, columns=columns)
    return only(after, chosen(settings[SETTING].split(","))) if SETTING in settings else after


def unlike(before: Comparison, after: Comparison) -> tuple[Part, ...]:
    """Hold two comparisons against each other, part by part, the manifest's own parts first."""
    old, new = _items(before), _items(after)
    return tuple(
        Part(name, (old[name] & new[name]).total(), (old[name] - new[name]).total(), (new[name] - old[name]).total())
        for name in old
    )


def _items(comparison: Comparison) -> dict[str, Counter[bytes]]:
    """The items of each part as JSON, which is what is promised to be the same."""
    import msgspec

    told = msgspec.json.decode(comparison.to_json())
    manifest = told.pop("manifest")
    parts = {name: manifest[name] for name in ("version", "model", "settings", "inputs")} | told
    return {
        name: Counter(msgspec.json.encode(item) for item in (value if isinstance(value, list) else [value]))
        for name, value in parts.items()
    }


def _accounts(manifest: Manifest, columns: Columns | None, processes: int, on_problem: OnProblem) -> list[Account]:
    """The accounts of a manifest that are as they were, in the order of its paths."""
    wanted = {one.sha256: one.path for one in manifest.inputs}
    found = {account.sha256: account for account in _taken(manifest, columns, processes, on_problem)}
    for sha256, path in wanted.items():
        if sha256 not in found:
            on_problem(InputError(path, "is not as it was when it was compared", "give the file of then"))
    return [found[sha256] for sha256 in wanted if sha256 in found]


def _taken(manifest: Manifest, columns: Columns | None, processes: int, on_problem: OnProblem) -> Iterator[Account]:
    from tellings.ingest import guard, ingest
    from tellings.ingest.files import is_link

    paths = sorted({one.path for one in manifest.inputs})
    for link in (path for path in paths if is_link(path) or path == "-"):
        on_problem(InputError(link, "has no file to be taken in again", "save what was compared as files beforehand"))
    files = [path for path in paths if not is_link(path) and path != "-"]
    known = {one.sha256 for one in manifest.inputs}
    with guard(files, processes) as runner:
        for one in ingest(files, columns=columns, runner=runner):
            if isinstance(one, InputError):
                on_problem(one)
            elif one.sha256 in known:
                yield one
