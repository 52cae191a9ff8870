"""W3C PROV: where every attributed stretch comes from and what found it, in PROV-O terms as JSON-LD.

Accounts and contents of attributions are entities. A content `wasQuotedFrom` its account and `wasAttributedTo` its
source; where that is a document or an outlet, the account `hadPrimarySource` it. A copy `wasDerivedFrom`, a later
version `wasRevisionOf` another account. What was found `wasGeneratedBy` the reading or comparing by Tellings.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from tellings.exporting.bundle import digest
from tellings.exporting.jsonld import VOCABULARY, Json, account_id, listed, web_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tellings.exporting.records import Made, Mark, Marked, Value
    from tellings.records import Account

CONTEXT: dict[str, Json] = {
    "prov": "http://www.w3.org/ns/prov#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/", **VOCABULARY,
}  # fmt: skip
_PRIMARY = frozenset({"document", "outlet"})
_ACTIVITY, _AGENT = "urn:tellings:activity", "urn:tellings:agent"


def prov(accounts: Iterable[Marked], made: Made) -> Iterator[str]:
    """The graph; no time stands in it, so that the same accounts give the same bytes."""
    yield from listed({"@context": CONTEXT}, "@graph", _graph(accounts, made))


def _graph(accounts: Iterable[Marked], made: Made) -> Iterator[dict[str, Json]]:
    yield {
        "@id": _AGENT, "@type": "prov:SoftwareAgent", "rdfs:label": "Tellings", "tellings:version": made.version,
        "tellings:model": made.model,
    }  # fmt: skip
    seen: set[str] = set()
    ids: dict[str, str] = {}
    used: list[Json] = []
    for one in accounts:
        ids[one.account.id] = account_id(one.account)
        used.append({"@id": account_id(one.account)})
        yield from _account(one, ids, seen)
    yield {
        "@id": _ACTIVITY, "@type": "prov:Activity", "rdfs:label": made.activity,
        "prov:wasAssociatedWith": {"@id": _AGENT}, "prov:used": used,
    }  # fmt: skip


def _account(one: Marked, ids: dict[str, str], seen: set[str]) -> Iterator[dict[str, Json]]:
    """The account, what is attributed in it, and the agents not seen before."""
    account, quoted = one.account, [mark for mark in one.marks if mark.kind == "attribution"]
    primary = sorted({_agent_id(source) for mark in quoted for source in _primary(dict(mark.said))})
    agents = [("Organization", account.outlet), ("Person", account.author)]
    found: dict[str, Json] = {
        "@id": account_id(account), "@type": "prov:Entity", "tellings:account": account.id,
        "tellings:sha256": account.sha256, "tellings:text": digest(account.text),
    }  # fmt: skip
    given = {"rdfs:label": account.title, "schema:url": web_address(account), "schema:datePublished": account.published}
    found |= {name: value for name, value in given.items() if value is not None}
    by: list[Json] = [{"@id": _agent_id(name)} for _, name in agents if name is not None]
    if by:
        found["prov:wasAttributedTo"] = by
    if primary:
        found["prov:hadPrimarySource"] = [{"@id": name} for name in primary]
    if one.of is not None:
        found["prov:wasRevisionOf" if one.version else "prov:wasDerivedFrom"] = {"@id": ids.get(one.of, _urn(one.of))}
    yield found
    for kind, name in agents:
        if name is not None:
            yield from _agent(name, kind, None, seen)
    for number, mark in enumerate(quoted, start=1):
        yield from _content(account, mark, number, seen)


def _content(account: Account, mark: Mark, number: int, seen: set[str]) -> Iterator[dict[str, Json]]:
    said = dict(mark.said)
    text, spans = account.text, list(mark.spans)
    words: list[Json] = [
        {"tellings:start": span.start, "tellings:end": span.end, "prov:value": text[span.start : span.end]}
        for span in spans
    ]
    found: dict[str, Json] = {
        "@id": f"{account_id(account)}:said:{number}", "@type": "prov:Entity", "tellings:span": words,
        "tellings:manner": said.get("manner"), "prov:wasQuotedFrom": {"@id": account_id(account)},
        "prov:wasGeneratedBy": {"@id": _ACTIVITY},
    }  # fmt: skip
    speaker = said.get("speaker")
    if speaker is not None:
        found["prov:wasAttributedTo"] = {"@id": _agent_id(_owned(account, said))}
    yield found
    if speaker is not None:
        kind = said.get("source_type")
        yield from _agent(_owned(account, said), _TYPES.get(str(kind), "Agent"), str(kind) if kind else None, seen)
    for source in _primary(said):
        yield from _agent(source, "Entity", None, seen)


_TYPES = {"named person": "Person", "organisation": "Organization", "outlet": "Organization", "document": "Entity"}
_NAMED = frozenset({"named person", "organisation", "outlet", "document"})


def _owned(account: Account, said: dict[str, Value]) -> str:
    """A source by its name; one without a name is each account's own: whether two are one cannot be told."""
    name = str(said["speaker"])
    return name if said.get("source_type") in _NAMED else f"{name}\n{account.sha256}"


def _primary(said: dict[str, Value]) -> Iterator[str]:
    """The documents and outlets that an attribution goes back to."""
    if said.get("source_type") in _PRIMARY and "speaker" in said:
        yield str(said["speaker"])
    if "via" in said:
        yield str(said["via"])


def _agent(name: str, kind: str, source_type: str | None, seen: set[str]) -> Iterator[dict[str, Json]]:
    if name in seen:
        return
    seen.add(name)
    types: list[Json] = ["prov:Agent"] if kind == "Agent" else ["prov:Agent", f"prov:{kind}"]
    found: dict[str, Json] = {"@id": _agent_id(name), "@type": types, "rdfs:label": name.partition("\n")[0]}
    yield found | ({} if source_type is None else {"tellings:sourceType": source_type})


def _agent_id(name: str) -> str:
    return f"urn:tellings:source:{hashlib.sha256(name.encode()).hexdigest()[:20]}"


def _urn(account: str) -> str:
    return f"urn:tellings:account:{hashlib.sha256(account.encode()).hexdigest()[:20]}"
