"""A library without the texts: spans, hashes and links, to be put back onto the texts by whoever has them.

What is taken out: texts, titles, notes, originals, and every name that is words of a text. What is left leads to them
by the digest of the text and a span. Texts are known again by their digest alone: a text that changed is another one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from tellings.errors import InputError
from tellings.exporting.records import (
    Head,
    Kept,
    KeptAccount,
    KeptAttribution,
    KeptCorrection,
    KeptEntity,
    KeptSource,
)
from tellings.records import Account, Span

_WORDS = ("exact", "prefix", "suffix")  # of the text, in whatever column of a correction ends so


def digest(text: str) -> str:
    """SHA-256 of a text's UTF-8 bytes."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def bare(records: Callable[[], Iterable[Kept]]) -> Iterator[Kept]:
    """The records of a library without texts; they are gone through twice, as names are looked up in the texts."""
    places = _places(records())
    for record in records():
        if isinstance(record, Head):
            yield replace(record, texts=False)
        elif isinstance(record, KeptSource):
            yield replace(record, name=None, place=places.get(record.id))
        elif isinstance(record, KeptAccount):
            yield _bare_account(record)
        elif isinstance(record, KeptCorrection):
            kept = {name: None if name.endswith(_WORDS) else value for name, value in record.row.items()}
            yield KeptCorrection(kept)
        else:
            yield record


def _places(records: Iterable[Kept]) -> dict[int, tuple[str, int, int]]:
    """Where each source's name stands: in the first text of which it is a source and that has it."""
    names: dict[int, str] = {}
    found: dict[int, tuple[str, int, int]] = {}
    for record in records:
        if isinstance(record, KeptSource) and record.name is not None:
            names[record.id] = record.name
        elif isinstance(record, KeptAccount):
            for number in {said.source for said in record.attributions} - found.keys():
                if number is not None and (at := record.account.text.find(names[number])) >= 0:
                    found[number] = (record.text_sha256, at, at + len(names[number]))
    return found


def _bare_account(one: KeptAccount) -> KeptAccount:
    text = one.account.text
    return replace(
        one,
        account=replace(one.account, text="", title=None, notes=()),
        attributions=tuple(replace(said, sha256=_said_digest(said, text)) for said in one.attributions),
        entities=tuple(_bare_entity(entity, text) for entity in one.entities),
        original=None,
    )


def _said_digest(said: KeptAttribution, text: str) -> str:
    """The digest of the words said, by which the same quotation is known in two bundles."""
    return digest(text[said.start : said.end])


def _bare_entity(entity: KeptEntity, text: str) -> KeptEntity:
    name = entity.name or ""
    at = text.find(name)
    return replace(entity, name=None, named=Span(at, at + len(name)))


OnMissing = Callable[[InputError], None]


def attached(records: Iterable[Kept], texts: Mapping[str, Account], *, missing: OnMissing) -> Iterator[Kept]:
    """The records with their texts again, found by their digest; accounts whose text is not there are left out.

    `texts` are accounts by the digest of their text (`digest`); titles and notes come from them. `missing` is told of
    each account left out. A source whose name stands in a missing text alone has no name any more.
    """
    for record in records:
        if isinstance(record, Head):
            yield replace(record, texts=True)
        elif isinstance(record, KeptSource):
            yield _named(record, texts)
        elif isinstance(record, KeptAccount):
            account = texts.get(record.text_sha256)
            if account is None or len(account.text) != record.text_length:
                about = record.account.url or record.account.original.path or record.account.id
                missing(InputError(about, "has no text among those given", "add the file it was read from to --texts"))
                continue
            yield _dressed(record, account)
        elif isinstance(record, KeptCorrection):
            yield _said_again(record, texts)
        else:
            yield record


def _named(source: KeptSource, texts: Mapping[str, Account]) -> KeptSource:
    if source.place is None:
        return source
    text, start, end = source.place
    account = texts.get(text)
    return replace(source, name=None if account is None else account.text[start:end], place=None)


def _dressed(one: KeptAccount, found: Account) -> KeptAccount:
    text = found.text
    return replace(
        one,
        account=replace(one.account, text=text, title=found.title, notes=found.notes),
        attributions=tuple(replace(said, sha256=None) for said in one.attributions),
        entities=tuple(
            replace(entity, name=text[entity.named.start : entity.named.end], named=None) if entity.named else entity
            for entity in one.entities
        ),
    )


def _said_again(record: KeptCorrection, texts: Mapping[str, Account]) -> KeptCorrection:
    """The words that a correction keeps of its span and around it."""
    from tellings.correcting.anchors import AROUND

    row = dict(record.row)
    for before in ("", "other_"):
        account = texts.get(str(row.get(before + "sha256")))
        start, end = row.get(before + "start"), row.get(before + "end")
        if before + "exact" in row and account is not None and isinstance(start, int) and isinstance(end, int):
            row[before + "exact"] = account.text[start:end]
            row[before + "prefix"] = account.text[max(0, start - AROUND) : start]
            row[before + "suffix"] = account.text[end : end + AROUND]
    return KeptCorrection(row)
