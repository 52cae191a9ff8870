"""The JSON contract: its shape, its way back, and what it refuses."""

from __future__ import annotations

import json
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.errors import SpanError
from tellings.records import (
    Account,
    Appearance,
    Claim,
    Comparison,
    Copy,
    Excerpt,
    Name,
    Origin,
    Quantity,
    QuantityPair,
    Span,
    Voice,
)
from tellings.show import check, from_json, schema, to_json

from .comparisons import account, claim, crowd, harbour, harbour_all_layers, manifest, relation, told


def names_of(record: type) -> list[str]:
    return [entry.name for entry in fields(record)]


def with_first_claim(**changes: object) -> Comparison:
    story = harbour()
    return replace(story, claims=(replace(story.claims[1], **changes), story.claims[0], *story.claims[2:]))


@pytest.mark.parametrize("story", [harbour(), harbour_all_layers(), crowd(5)])
def test_what_is_written_reads_back_the_same(story: Comparison):
    written = to_json(story)

    assert to_json(from_json(written)) == written
    assert from_json(written.encode("utf-8")).claims == story.claims


def test_keys_stand_in_the_order_of_the_records():
    data = json.loads(to_json(harbour()))

    assert list(data) == [name for name in names_of(Comparison) if name != "corrections"]  # nobody made any
    assert list(data["accounts"][0]) == [name for name in names_of(Account) if name != "original"]
    assert list(data["claims"][0]) == names_of(Claim)
    assert list(data["claims"][0]["appearances"][0]) == names_of(Appearance)


def test_nothing_is_sorted_by_the_writer():
    data = json.loads(to_json(harbour()))

    assert [entry["id"] for entry in data["claims"]] == [entry.id for entry in harbour().claims]
    assert [entry["id"] for entry in data["accounts"]] == ["wire", "echo", "letter"]


def test_a_voice_has_its_name_type_and_span():
    story = harbour()
    lind = json.loads(to_json(story))["claims"][4]["appearances"][0]["voice"][0]

    start, end = lind["span"]
    assert story.accounts[0].text[start:end] == lind["name"] == "fire chief Ana Lind"
    assert lind["type"] == "named person"


def test_text_is_utf_8_on_one_line_with_a_newline_at_the_end():
    text = "Zoë said “no” 🚢."
    accounts = (account("a", text), account("b", text))
    story = Comparison(accounts, (), (), (), (), (), (), (), (), manifest(accounts))

    written = to_json(story)

    assert written.endswith("}\n")
    assert written.count("\n") == 1
    assert "“no” 🚢" in written


def test_indent_changes_the_layout_only():
    assert json.loads(to_json(harbour(), indent=2)) == json.loads(to_json(harbour()))
    assert to_json(harbour(), indent=2).startswith('{\n  "accounts": [\n')


def test_the_schema_describes_the_contract_and_not_the_originals():
    made = schema()

    assert made["$ref"] == "#/$defs/Comparison"
    assert set(made["$defs"]["Comparison"]["properties"]) == set(names_of(Comparison))
    assert "original" not in made["$defs"]["Account"]["properties"]
    assert "original" not in made["$defs"]["Account"]["required"]
    assert "Original" not in made["$defs"]


@pytest.mark.parametrize(
    "text",
    ["", "[]", "null", "{}", '{"accounts": []}', '{"accounts": [{"id": 1}], "manifest": {"inputs": []}}'],
)
def test_what_is_not_the_contract_is_refused_by_name(text: str):
    with pytest.raises(SpanError, match=r"story\.json: not the JSON of a comparison"):
        from_json(text, about="story.json")


def test_a_comparison_edited_by_hand_is_refused():
    written = to_json(harbour()).replace('"text":"The alarm worked"', '"text":"The alarm failed"')

    with pytest.raises(SpanError, match="are not there"):
        from_json(written)


def test_words_shifted_by_one_are_refused():
    first = harbour().claims[1].appearances[0]
    shifted = replace(first, start=first.start + 1, end=first.end + 1)

    with pytest.raises(SpanError, match=r"wire\.txt: the words shown for characters \d+ to \d+ are"):
        check(with_first_claim(appearances=(shifted,), relations=(), origins=()))


@pytest.mark.parametrize(("start", "end"), [(-5, -1), (5, 3), (0, 10_000)])
def test_offsets_outside_the_text_are_refused(start: int, end: int):
    story = harbour()
    first = story.claims[1].appearances[0]
    text = story.accounts[0].text[start:end]
    bad = replace(first, start=start, end=end, text=text)

    with pytest.raises(SpanError, match="are not there"):
        check(with_first_claim(appearances=(bad,), relations=(), origins=()))


def test_words_of_an_unknown_account_are_refused():
    why = Excerpt("nobody", 0, 3, "The")

    with pytest.raises(SpanError, match="nobody: words are shown of an account that is not"):
        check(with_first_claim(relations=(relation(0, 1, "differ", why),)))


def test_a_speaker_who_is_not_where_the_voice_says_is_refused():
    first = harbour().claims[1].appearances[0]
    wrong = replace(first, voice=(Voice("Ana Lind", "named person", Span(0, 8)),))

    with pytest.raises(SpanError, match="are not there"):
        check(with_first_claim(appearances=(wrong,), relations=(), origins=()))


def test_a_name_that_no_account_has_is_refused():
    origin = Origin("o", "named person", "Nobody Known", (0,))

    with pytest.raises(SpanError, match="Nobody Known: a name is shown that no account has"):
        check(with_first_claim(origins=(origin,)))
    with pytest.raises(SpanError, match="Nobody Known"):
        check(replace(harbour(), names=(Name("Nobody Known", ()),)))


def test_an_outlet_named_in_the_head_is_a_name_an_account_has():
    check(with_first_claim(origins=(Origin("o", "outlet", "Brackhaven Echo", (0,)),)))


@pytest.mark.parametrize("number", [3, -1])
def test_a_relation_to_an_appearance_that_is_not_there_is_refused(number: int):
    with pytest.raises(SpanError, match="hurt: the claim numbers an appearance that it does not have"):
        check(with_first_claim(relations=(relation(0, number, "agree"),)))
    with pytest.raises(SpanError, match="hurt"):
        check(with_first_claim(origins=(Origin("o", "own reporting", None, (number,)),)))


def test_a_claim_named_that_is_not_there_is_refused():
    story = harbour_all_layers()
    for part in ("figures", "timeline", "gaps"):
        lost = replace(getattr(story, part)[0], claim="lost")
        with pytest.raises(SpanError, match="lost: a claim is named that is not in the comparison"):
            check(replace(story, **{part: (lost,)}))
    check(replace(story, figures=(replace(story.figures[0], claim=None),)))


def test_a_copy_is_counted_with_an_account_that_is_there_and_no_copy():
    check(replace(harbour(), copies=(Copy("letter", "wire", 0.9), Copy("echo", "wire", 0.8))))
    for wrong in ((Copy("letter", "nobody", 0.9),), (Copy("letter", "echo", 0.9), Copy("echo", "wire", 0.8))):
        with pytest.raises(SpanError, match="letter: the account cannot be counted with"):
            check(replace(harbour(), copies=wrong))


readable = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


@given(readable, st.data())
def test_any_stretch_of_any_text_survives_the_way_through_json(text: str, data: st.DataObject):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    where = account("a", text)
    appearance = replace(told(where, text), start=start, end=end, text=text[start:end])
    story = Comparison((where,), (claim("c", "single", (appearance,)),), (), (), (), (), (), (), (), manifest((where,)))

    read = from_json(to_json(story))

    shown = read.claims[0].appearances[0]
    assert shown.text == read.accounts[0].text[shown.start : shown.end] == text[start:end]


def test_a_quantity_numbers_only_its_own_figures():
    story = harbour_all_layers()
    use = story.figures[0]
    whole = Quantity(use.claim, (use, use), (QuantityPair(0, 1, "compatible", "one value"),))
    kept = replace(story, quantities=(whole,))
    assert from_json(to_json(kept)).quantities == (whole,)
    broken = replace(whole, pairs=(QuantityPair(0, 2, "compatible", "one value"),))
    with pytest.raises(SpanError, match="numbers a figure"):
        to_json(replace(story, quantities=(broken,)))
