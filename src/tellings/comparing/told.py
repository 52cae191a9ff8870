"""What became of each correction, for the comparison."""

from __future__ import annotations

from collections.abc import Sequence

from tellings.comparing.claims import Made
from tellings.comparing.table import Table
from tellings.correcting.anchors import fits, text_hash
from tellings.correcting.records import GROUP, Anchor, Outcome
from tellings.correcting.stage import Plan
from tellings.records import CorrectionTold, Excerpt


def corrections_told(table: Table, made: Sequence[Made], plan: Plan) -> tuple[CorrectionTold, ...]:
    """One record a correction that is not withdrawn, oldest first."""
    if not plan.outcomes:
        return ()
    account = {text_hash(one.account.text): n for n, one in reversed(list(enumerate(table.readings)))}
    rows = {(row.reading, row.record.span): n for n, row in enumerate(table.rows)}
    claims: dict[int, list[str]] = {}
    for one in made:
        for row in one.rows:
            claims.setdefault(row, []).append(one.claim.id)
    shaped: dict[str, tuple[str, ...]] = {}
    for held in plan.held:
        if GROUP[held.correction.kind] == "claim":
            nodes = [node for node in (held.at, held.other) if node]
            found = [rows.get((account[node.sha256], node.span)) for node in nodes]
            named = [name for row in found if row is not None for name in claims.get(row, ())]
            shaped[held.correction.key] = tuple(dict.fromkeys(named))
    return tuple(_told(table, one, account, shaped.get(one.correction.key, ())) for one in plan.outcomes)


def _told(table: Table, one: Outcome, account: dict[str, int], claims: tuple[str, ...]) -> CorrectionTold:
    said = one.correction
    return CorrectionTold(
        said.key,
        said.kind,
        said.value,
        said.author,
        said.made,
        said.note,
        one.status,
        one.why,
        _words(table, said.at, account),
        _words(table, said.other, account) if said.other else None,
        claims,
    )


def _words(table: Table, anchor: Anchor, account: dict[str, int]) -> Excerpt | None:
    if anchor.sha256 not in account:
        return None
    one = table.readings[account[anchor.sha256]].account
    if not fits(anchor, one.text):
        return None
    return Excerpt(one.id, anchor.start, anchor.end, one.text[anchor.start : anchor.end])
