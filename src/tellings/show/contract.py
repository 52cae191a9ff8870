"""The JSON contract of a comparison, and the check that every shown word is a source's word."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from tellings.errors import SpanError
from tellings.records import Account, Appearance, Claim, Comparison, Original, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ADVICE = "report this as a fault of Tellings, or compare the accounts again if the JSON was edited"


def to_json(comparison: Comparison, *, indent: int | None = None) -> str:
    """Give the JSON contract of a comparison: UTF-8 text, keys in the records' order, one newline at the end.

    Offsets are code points, half-open. An account is given without its `original`; a span is `[start, end]`.
    `corrections` are left out where people made none.
    `indent` is the number of spaces a level, None for one line.

    Raises:
        SpanError: a shown text is not its account's `text[start:end]`.

    """
    import msgspec

    check(comparison)
    data = msgspec.to_builtins(comparison)
    for account in data["accounts"]:
        del account["original"]
    if not comparison.corrections:
        del data["corrections"]
    encoded = msgspec.json.encode(data)
    if indent is not None:
        encoded = msgspec.json.format(encoded, indent=indent)
    return encoded.decode("utf-8") + "\n"


def from_json(text: str | bytes, *, about: str = "JSON") -> Comparison:
    """Read a comparison back from its JSON contract.

    The contract carries no way back to bytes, so each account gets an `original` without runs, with the path
    that the manifest gives for its digest. `about` names the input in errors.

    Raises:
        SpanError: the text is not the contract, or a shown text is not its account's `text[start:end]`.

    """
    import msgspec

    try:
        data = msgspec.json.decode(text)
        paths = {entry["sha256"]: entry["path"] for entry in data["manifest"]["inputs"]}
        for account in data["accounts"]:
            account["original"] = _bare_original(account["sha256"], paths)
        comparison = msgspec.convert(data, Comparison)
    except (msgspec.MsgspecError, KeyError, TypeError, AttributeError) as error:
        raise SpanError(about, f"not the JSON of a comparison ({error})", "give what --json wrote") from error
    check(comparison)
    return comparison


def schema() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of the contract."""
    import msgspec

    (reference,), components = msgspec.json.schema_components([Comparison], ref_template="#/$defs/{name}")
    account = components["Account"]
    del account["properties"]["original"]
    account["required"].remove("original")
    for name in ("Original", "Run"):
        components.pop(name, None)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **reference, "$defs": components}


def check(comparison: Comparison) -> None:
    """Refuse a comparison that would show a word no account has.

    Every record with `account`, `start`, `end` and `text` must be that account's `text[start:end]`; so must
    every step of a voice that has a span. Names without a span must be words of an account or of its head
    (title, outlet, author), and numbered appearances, named claims and copied accounts must be there.

    Raises:
        SpanError: naming the input of the account and what is wrong.

    """
    accounts = {account.id: account for account in comparison.accounts}
    for record in _records(comparison):
        if hasattr(record, "text") and hasattr(record, "account"):
            _check_words(accounts, record.account, record.start, record.end, record.text)
        if isinstance(record, Appearance):
            for step in record.voice:
                if step.span is not None and step.name is not None:
                    _check_words(accounts, record.account, step.span.start, step.span.end, step.name)
        if isinstance(record, Claim):
            _check_numbers(record)
        if isinstance(record, Quantity):
            _check_quantity(record)
    _check_claims(comparison)
    _check_copies(comparison)
    _check_names(comparison)


def _bare_original(digest: str, paths: Mapping[str, str]) -> dict[str, Any]:
    return {"path": paths.get(digest, ""), "sha256": digest, "size": 0, "encoding": "utf-8"}


def _records(value: object) -> Iterator[Any]:
    """Walk a record and everything in it; originals hold offsets of bytes, not of text, and are left out."""
    if is_dataclass(value) and not isinstance(value, Original):
        yield value
        for entry in fields(value):
            yield from _records(getattr(value, entry.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _records(item)


def _check_words(accounts: Mapping[str, Account], name: str, start: int, end: int, text: str) -> None:
    account = accounts.get(name)
    if account is None:
        raise SpanError(name, "words are shown of an account that is not in the comparison", _ADVICE)
    if not 0 <= start <= end <= len(account.text) or account.text[start:end] != text:
        problem = f"the words shown for characters {start} to {end} are not there"
        raise SpanError(account.original.path or name, problem, _ADVICE)


def _check_numbers(claim: Claim) -> None:
    numbers = {n for relation in claim.relations for n in (relation.a, relation.b)}
    numbers |= {n for origin in claim.origins for n in origin.appearances}
    if not numbers <= set(range(len(claim.appearances))):
        raise SpanError(claim.id, "the claim numbers an appearance that it does not have", _ADVICE)


def _check_quantity(quantity: Quantity) -> None:
    """The figures that a pair numbers are there."""
    numbers = {n for pair in quantity.pairs for n in (pair.a, pair.b)}
    if not numbers <= set(range(len(quantity.uses))):
        raise SpanError(quantity.claim or "figures", "a quantity numbers a figure that it does not have", _ADVICE)


def _check_claims(comparison: Comparison) -> None:
    """Figures, wording, dates, gaps and corrections belong to claims that are there; the first two to none, too."""
    known = {claim.id for claim in comparison.claims}
    named = [use.claim for use in comparison.figures if use.claim is not None]
    named += [use.claim for use in comparison.wording if use.claim is not None]
    named += [entry.claim for entry in comparison.timeline]
    named += [quantity.claim for quantity in comparison.quantities if quantity.claim is not None]
    named += [gap.claim for gap in comparison.gaps]
    named += [claim for one in comparison.corrections for claim in one.claims]
    for claim in named:
        if claim not in known:
            raise SpanError(claim, "a claim is named that is not in the comparison", _ADVICE)


def _check_copies(comparison: Comparison) -> None:
    """A copy and the account it is counted with are there, and that one is no copy itself."""
    known = {account.id for account in comparison.accounts}
    copied = {one.account for one in comparison.copies}
    for one in comparison.copies:
        if not {one.account, one.of} <= known or one.of in copied:
            raise SpanError(one.account, f"the account cannot be counted with “{one.of}”", _ADVICE)


def _check_names(comparison: Comparison) -> None:
    """Names stand without a span: they must be words of an account, or of what its input says of itself."""
    heads = "\n".join(
        part
        for account in comparison.accounts
        for part in (account.title, account.outlet, account.author, account.text)
        if part is not None
    )
    for name in _bare_names(comparison):
        if name not in heads:
            raise SpanError(name, "a name is shown that no account has", _ADVICE)


def _bare_names(comparison: Comparison) -> Iterator[str]:
    for claim in comparison.claims:
        yield from (origin.name for origin in claim.origins if origin.name is not None)
        steps = (step for appearance in claim.appearances for step in appearance.voice)
        yield from (step.name for step in steps if step.name is not None and step.span is None)
    for source in comparison.sources:
        yield from (name for name in (source.name, source.via) if name is not None)
    yield from (quote.speaker for quote in comparison.quotes if quote.speaker is not None)
    yield from (name.entity for name in comparison.names)
