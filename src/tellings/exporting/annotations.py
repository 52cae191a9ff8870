"""W3C Web Annotation (JSON-LD): an annotation for each attribution, statement, label, name, figure, time, wording."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tellings.errors import InputError
from tellings.exporting.bundle import digest
from tellings.exporting.jsonld import VOCABULARY, Json, account_id, listed, web_address
from tellings.exporting.selectors import Quoted, placed, quoted
from tellings.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tellings.exporting.records import Made, Mark, Marked
    from tellings.records import Account

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def annotation_page(accounts: Iterable[Marked], made: Made) -> Iterator[str]:
    """An annotation page. A target is the account's link (or its digest) with a quote and a position selector.

    Positions are code points of the text that Tellings took from the page, whose SHA-256 `tellings:text` gives.
    """
    context: list[Json] = [CONTEXT, dict(VOCABULARY)]
    maker: dict[str, Json] = {"type": "Software", "name": f"Tellings {made.version}", "tellings:model": made.model}
    head: dict[str, Json] = {
        "@context": context, "id": "urn:tellings:annotations", "type": "AnnotationPage", "generator": maker,
    }  # fmt: skip
    yield from listed(head, "items", _items(accounts))


def _items(accounts: Iterable[Marked]) -> Iterator[dict[str, Json]]:
    for one in accounts:
        where = _Where(one.account)
        for number, mark in enumerate(one.marks, start=1):
            yield _annotation(where, mark, number)


class _Where:
    """An account as a target."""

    def __init__(self, account: Account) -> None:
        self.id = account_id(account)
        self._text = account.text
        self._source = web_address(account) or self.id
        self._digest = digest(account.text)

    def at(self, span: Span) -> dict[str, Json]:
        """A span of it."""
        one = quoted(self._text, span)
        quote: dict[str, Json] = {"type": "TextQuoteSelector", "exact": one.exact}
        quote |= {name: part for name, part in (("prefix", one.prefix), ("suffix", one.suffix)) if part}
        position: dict[str, Json] = {"type": "TextPositionSelector", "start": one.start, "end": one.end}
        return {
            "type": "SpecificResource", "source": self._source, "tellings:text": self._digest,
            "selector": [quote, position],
        }  # fmt: skip


def _annotation(where: _Where, mark: Mark, number: int) -> dict[str, Json]:
    targets: list[Json] = [where.at(span) for span in mark.spans]
    bodies: list[Json] = [{"type": "TextualBody", "purpose": "tagging", "value": mark.kind}]
    for name, spans in mark.parts:
        bodies += [{**where.at(span), "purpose": "linking", "tellings:part": name} for span in spans]
    return {
        "id": f"{where.id}:{number}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": bodies[0] if len(bodies) == 1 else bodies,
        **{f"tellings:{name}": value for name, value in mark.said},
        "target": targets[0] if len(targets) == 1 else targets,
    }


def reattached(
    page: str | bytes, texts: Mapping[str, str], *, about: str = "annotations"
) -> dict[str, list[Span] | None]:
    """Where the annotations of a page stand in texts by source (link, or the account's urn), by annotation.

    In a text with the digest an annotation was made of, at its position; in another where its words and their context
    stand exactly once. None for an orphan: a text that is not given, or words that cannot be placed for sure. An
    annotation of several stretches is an orphan where one of them is.

    Raises:
        InputError: for what is no page of annotations with quote and position selectors.

    """
    try:
        items = json.loads(page)["items"]
        digests = {source: digest(text) for source, text in texts.items()}
        return {item["id"]: _spans(item, texts, digests) for item in items}
    except (ValueError, KeyError, TypeError) as error:
        advice = "give what --format web-annotation wrote"
        raise InputError(about, f"is no page of annotations ({error})", advice) from error


def _spans(item: dict[str, Any], texts: Mapping[str, str], digests: Mapping[str, str]) -> list[Span] | None:
    targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
    found = []
    for target in targets:
        text = texts.get(target["source"])
        one = _quoted(target["selector"])
        if text is None:
            return None
        same = digests[target["source"]] == target.get("tellings:text")
        span = Span(one.start, one.end) if same else placed(one, text)
        if span is None or text[span.start : span.end] != one.exact:
            return None
        found.append(span)
    return found


def _quoted(selectors: list[dict[str, Any]]) -> Quoted:
    by = {one["type"]: one for one in selectors}
    quote, position = by["TextQuoteSelector"], by["TextPositionSelector"]
    ends = (int(position["start"]), int(position["end"]))
    return Quoted(quote["exact"], quote.get("prefix", ""), quote.get("suffix", ""), *ends)
