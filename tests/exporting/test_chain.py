"""The chain closes in every format: what is exported as words is what stands at its span of the account's text."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings

from tellings.exporting import tables
from tellings.exporting.annotations import annotation_page, reattached
from tellings.exporting.claims import claims
from tellings.exporting.lines import compared
from tellings.exporting.marks import of_comparison
from tellings.exporting.prov import prov
from tellings.exporting.records import Marked
from tests.exporting.marked import MADE, marked
from tests.show.comparisons import crowd, harbour_all_layers


def spans_of(one: Marked) -> list[tuple[int, int]]:
    return sorted((span.start, span.end) for mark in one.marks for span in mark.spans)


def selectors(value: Any) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Every pair of a quote and a position in a page of annotations."""
    if isinstance(value, dict):
        if "selector" in value:
            yield tuple(value["selector"])
        for each in value.values():
            yield from selectors(each)
    elif isinstance(value, list):
        for each in value:
            yield from selectors(each)


@given(marked())
def test_annotations(one: Marked):
    text, page = one.account.text, json.loads("".join(annotation_page([one], MADE)))

    for quote, place in selectors(page):
        assert text[place["start"] : place["end"]] == quote["exact"]
        before, after = quote.get("prefix", ""), quote.get("suffix", "")
        assert text[: place["start"]].endswith(before)
        assert text[place["end"] :].startswith(after)
    source = f"urn:tellings:account:{one.account.sha256}"
    found = reattached(json.dumps(page), {source: text}).values()
    assert sorted(tuple(span) for spans in found for span in spans or []) == spans_of(one)


@given(marked())
def test_provenance(one: Marked):
    graph = json.loads("".join(prov([one], MADE)))["@graph"]
    words = [part for entry in graph for part in entry.get("tellings:span", ())]

    said = sorted((s.start, s.end) for mark in one.marks if mark.kind == "attribution" for s in mark.spans)
    assert sorted((part["tellings:start"], part["tellings:end"]) for part in words) == said
    assert all(one.account.text[p["tellings:start"] : p["tellings:end"]] == p["prov:value"] for p in words)


@given(marked())
def test_columns(one: Marked):
    found = []
    for name, columns in tables.columns([one]).items():
        if name == "accounts":
            continue
        for start, end, words in zip(columns["start"], columns["end"], columns["text"], strict=True):
            assert isinstance(start, int)
            assert isinstance(end, int)
            assert one.account.text[start:end] == words
            found.append((start, end))
    assert sorted(found) == spans_of(one)


@settings(max_examples=25, deadline=None)
@given(marked())
def test_files_of_tables(one: Marked):
    from pyarrow import parquet

    text, wanted = one.account.text, tables.columns([one])
    with TemporaryDirectory() as folder:
        tables.write_parquet([one], Path(folder))
        tables.write_csv([one], Path(folder))
        for name, columns in wanted.items():
            assert parquet.read_table(Path(folder) / f"{name}.parquet").to_pydict() == columns
            written = (Path(folder) / f"{name}.csv").read_bytes().decode()
            rows = list(csv.DictReader(io.StringIO(written, newline="")))
            assert len(rows) == len(columns["account"])
            for row in rows if name != "accounts" else ():
                words = text[int(row["start"]) : int(row["end"])]
                assert row["text"] in {words, "'" + words}


def test_claims_and_lines_of_a_comparison():
    for comparison in (harbour_all_layers(), crowd(9)):
        texts = {f"urn:tellings:account:{one.sha256}": one.text for one in comparison.accounts}
        uses = [
            use
            for entry in json.loads("".join(claims(comparison)))["@graph"]
            for use in entry.get("appearance", ())
        ]  # fmt: skip
        assert len(uses) == sum(len(claim.appearances) for claim in comparison.claims)
        assert all(
            texts[use["isPartOf"]["@id"]][use["tellings:start"] : use["tellings:end"]] == use["text"] for use in uses
        )
        by_id = {one.id: one.text for one in comparison.accounts}
        entries = [json.loads(line) for line in compared(comparison)]
        shown = [use for one in entries if "claim" in one for use in one["claim"]["appearances"]]
        assert all(by_id[use["account"]][use["start"] : use["end"]] == use["text"] for use in shown)
        assert len(shown) == len(uses)


def test_everything_of_a_comparison_is_marked():
    comparison = harbour_all_layers()
    kinds = [mark.kind for one in of_comparison(comparison) for mark in one.marks]

    assert kinds.count("statement") == sum(len(claim.appearances) for claim in comparison.claims)
    assert kinds.count("label") == sum(len(name.labels) for name in comparison.names) > 0
    assert kinds.count("figure") == len(comparison.figures) > 0
    assert kinds.count("wording") == len(comparison.wording) > 0
    assert kinds.count("attribution") == sum(len(source.attributions) for source in comparison.sources) > 0
