"""The examples of `docs/exporting.md` are what is written, and formats have the shapes that their standards say."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tellings.errors import InputError
from tellings.exporting import tables
from tellings.exporting.annotations import annotation_page, reattached
from tellings.exporting.claims import claims
from tellings.exporting.lines import compared
from tellings.exporting.marks import made_by, of_comparison
from tellings.exporting.prov import prov
from tests.exporting.story import COAST, FERRY, comparison

DOCS = (Path(__file__).parents[2] / "docs" / "exporting.md").read_text(encoding="utf-8")


def block(name: str) -> str:
    """The first block of code after the heading of that name."""
    found = re.search(rf"^## {re.escape(name)}\n.*?^```\w*\n(.*?)^```", DOCS, re.DOTALL | re.MULTILINE)
    assert found, name
    return found.group(1)


def page() -> dict[str, Any]:
    return json.loads("".join(annotation_page(of_comparison(comparison()), made_by(comparison()))))


def graph() -> list[dict[str, Any]]:
    return json.loads("".join(prov(of_comparison(comparison()), made_by(comparison()))))["@graph"]


def test_the_documented_annotation_is_written():
    assert json.loads(block("Web Annotation")) == page()["items"][0]


def test_the_documented_claim_is_written():
    written = json.loads("".join(claims(comparison())))
    assert json.loads(block("Claims")) == written["@graph"][-1]


def test_the_documented_provenance_is_written():
    assert json.loads(block("Provenance")) == graph()[3]


def test_the_documented_table_and_lines_are_written(tmp_path: Path):
    tables.write_csv(of_comparison(comparison()), tmp_path)
    assert block("Tables") == (tmp_path / "attributions.csv").read_bytes().decode().replace("\r\n", "\n")
    assert block("JSON lines").strip() in "".join(compared(comparison()))


def test_the_documented_frame_can_be_had():
    pandas = pytest.importorskip("pandas")
    names: dict[str, Any] = {"story": comparison()}
    exec(block("Data frames"), names)
    assert isinstance(names["frame"], pandas.DataFrame)
    assert list(names["frame"]["text"]) == ["Six people were hurt", "Eight people were hurt"]


def test_annotations_have_the_shape_of_the_standard():
    """Web Annotation Data Model, sections 3 and 4: what must be there, and of which form."""
    whole = page()
    assert whole["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert whole["type"] == "AnnotationPage"
    assert len({item["id"] for item in whole["items"]}) == len(whole["items"]) == 5
    for item in whole["items"]:
        assert item["type"] == "Annotation"
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        for target in targets:
            assert target["type"] == "SpecificResource"
            assert re.match(r"https?://|urn:", target["source"])
            assert [one["type"] for one in target["selector"]] == ["TextQuoteSelector", "TextPositionSelector"]
    assert {item["target"]["source"] for item in whole["items"]} > {"https://gull.example/ferry"}


def test_annotations_are_found_again_or_are_orphans():
    whole = json.dumps(page())
    coast = next(item["target"]["source"] for item in page()["items"] if item["target"]["source"].startswith("urn"))
    texts = {"https://gull.example/ferry": "Update. " + FERRY, coast: COAST.replace("a nurse", "a doctor")}

    found = [spans for spans in reattached(whole, texts).values() if spans]
    placed = [texts["https://gull.example/ferry"][start:end] for spans in found for start, end in spans]
    assert placed == ["Six people were hurt", "Six people were hurt", "Six"]
    assert all(spans is not None for spans in reattached(whole, texts | {coast: COAST}).values())
    assert all(spans is None for spans in reattached(whole, {}).values())
    for bad in ("[]", "{}", '{"items": [{"id": 1}]}', "no json"):
        with pytest.raises(InputError, match="no page of annotations"):
            reattached(bad, texts)


def test_claims_have_appearances_and_never_a_review():
    """schema.org: appearance and firstAppearance of a Claim are creative works."""
    written = "".join(claims(comparison()))
    whole = json.loads(written)
    claim = whole["@graph"][-1]

    assert whole["@context"][0] == "https://schema.org"
    assert claim["@type"] == "Claim"
    assert claim["firstAppearance"] == {"@id": claim["appearance"][0]["@id"]}
    works = {one["@id"] for one in whole["@graph"] if one["@type"] in {"NewsArticle", "CreativeWork"}}
    assert {use["isPartOf"]["@id"] for use in claim["appearance"]} == works
    assert "Review" not in written
    assert "Rating" not in written


def test_everything_that_provenance_names_is_in_it():
    """PROV-O: what a property leads to is described in the graph."""
    entries = graph()
    known = {entry["@id"] for entry in entries}
    for entry in entries:
        for name, value in entry.items():
            if name.startswith("prov:") and name != "prov:value":
                led = value if isinstance(value, list) else [value]
                assert {one["@id"] for one in led} <= known
    assert {entry.get("tellings:version") for entry in entries} == {None, "0.1.0"}


def test_the_same_comparison_gives_the_same_bytes():
    one, two = comparison(), comparison()
    assert list(claims(one)) == list(claims(two))
    assert list(annotation_page(of_comparison(one), made_by(one))) == list(
        annotation_page(of_comparison(two), made_by(two))
    )
    assert list(prov(of_comparison(one), made_by(one))) == list(prov(of_comparison(two), made_by(two)))
