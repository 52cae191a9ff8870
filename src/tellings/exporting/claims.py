"""schema.org Claim with its appearances (JSON-LD). No ClaimReview: Tellings never says who is right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tellings.exporting.jsonld import VOCABULARY, Json, account_id, listed, web_address

if TYPE_CHECKING:
    from tellings.records import Account, Appearance, Claim, Comparison, Relation

CONTEXT = "https://schema.org"
_KINDS = {"article": "NewsArticle", "post": "SocialMediaPosting", "thread": "DiscussionForumPosting"}
_SPEAKERS = {"named person": "Person", "organisation": "Organization", "outlet": "Organization"}


def claims(comparison: Comparison) -> Iterator[str]:
    """The accounts as creative works and every claim with its appearances, each a quotation that is part of one.

    `firstAppearance` is the appearance in the account published first, where every account tells when it was.

    Raises:
        SpanError: a shown text is not its account's `text[start:end]`.

    """
    from tellings.show.contract import check

    check(comparison)
    head: dict[str, Json] = {"@context": [CONTEXT, dict(VOCABULARY)]}
    accounts = {account.id: account for account in comparison.accounts}
    yield from listed(head, "@graph", _graph(comparison, accounts))


def _graph(comparison: Comparison, accounts: dict[str, Account]) -> Iterator[dict[str, Json]]:
    for account in comparison.accounts:
        yield _work(account)
    for claim in comparison.claims:
        yield _claim(claim, accounts)


def _work(account: Account) -> dict[str, Json]:
    found: dict[str, Json] = {"@id": account_id(account), "@type": _KINDS.get(account.kind, "CreativeWork")}
    found["identifier"] = account.id
    given = {"name": account.title, "url": web_address(account), "datePublished": account.published}
    given["dateModified"] = account.updated
    found |= {name: value for name, value in given.items() if value is not None}
    if account.author is not None:
        found["author"] = {"@type": "Person", "name": account.author}
    if account.outlet is not None:
        found["publisher"] = {"@type": "Organization", "name": account.outlet}
    return found


def _claim(claim: Claim, accounts: dict[str, Account]) -> dict[str, Json]:
    name = f"urn:tellings:claim:{claim.id}"
    shown: list[Json] = [
        _appearance(f"{name}:{number}", use, accounts[use.account]) for number, use in enumerate(claim.appearances)
    ]
    found: dict[str, Json] = {
        "@id": name, "@type": "Claim", "tellings:standing": claim.standing, "tellings:score": claim.score,
        "tellings:origins": len(claim.origins), "appearance": shown,
    }  # fmt: skip
    first = _first(claim, accounts)
    if first is not None:
        found["firstAppearance"] = {"@id": f"{name}:{first}"}
    if claim.relations:
        found["tellings:relation"] = [_relation(name, one) for one in claim.relations]
    return found


def _appearance(name: str, use: Appearance, account: Account) -> dict[str, Json]:
    found: dict[str, Json] = {
        "@id": name, "@type": "Quotation", "text": use.text, "isPartOf": {"@id": account_id(account)},
        "tellings:start": use.start, "tellings:end": use.end, "tellings:polarity": use.polarity,
        "tellings:certainty": use.certainty,
    }  # fmt: skip
    if use.kind is not None:
        found["tellings:kind"] = use.kind
    speaker = next((step for step in reversed(use.voice) if step.name is not None), None)
    if speaker is not None:
        kind = _SPEAKERS.get(speaker.type or "", "Thing")
        typed: dict[str, Json] = {} if speaker.type is None else {"tellings:sourceType": speaker.type}
        found["creator"] = {"@type": kind, "name": speaker.name, **typed}
    return found


def _first(claim: Claim, accounts: dict[str, Account]) -> int | None:
    days = [accounts[use.account].published for use in claim.appearances]
    known = [day for day in days if day is not None]
    if len(known) < len(days) or not known:
        return None
    earliest = min(known)
    # a day without a time may be before or after one with a time on it
    first = [number for number, day in enumerate(days) if day is not None and day[:10] == earliest[:10]]
    whole = {len(days[number] or "") for number in first} == {len(earliest)} and len({days[n] for n in first}) > 1
    chosen = [number for number in first if days[number] == earliest] if whole else first
    return chosen[0] if len({claim.appearances[number].account for number in chosen}) == 1 else None


def _relation(name: str, one: Relation) -> dict[str, Json]:
    return {
        "tellings:kind": one.kind, "tellings:score": one.score,
        "tellings:a": {"@id": f"{name}:{one.a}"}, "tellings:b": {"@id": f"{name}:{one.b}"},
    }  # fmt: skip
