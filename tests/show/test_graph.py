"""The origin graph: who rests on whom."""

import re

from tellings.comparing import compare
from tellings.show.page.graph import MOST, graph, made_of
from tellings.show.view import view
from tests.comparing.accounts import reading

ONE = "Ada Finch said the gate was open. The Courier said it rained."
OTHER = "Ada Finch said the gate was open. Two guards said it was shut."


def drawn(*texts: str) -> str:
    return str(graph(view(compare([reading(name, text) for name, text in zip("abcdefgh", texts, strict=False)]))))


def test_a_source_of_two_accounts_is_one_node_that_stands_first():
    made = made_of(view(compare([reading("a", ONE), reading("b", OTHER)])))
    assert made.sources[0].name == "Ada Finch"
    assert made.sources[0].accounts == {"a", "b"}
    assert {one for one, other in made.direct if other == f"s {made.sources[0].key}"} == {"a a", "a b"}


def test_every_name_drawn_is_the_accounts_own_or_its_fullest():
    found = drawn(ONE, OTHER)
    texts = dict(zip("ab", (ONE, OTHER), strict=True))
    spans = re.findall(r'data-account="(\w)" data-start="(\d+)" data-end="(\d+)"[^>]*>([^<]+)<', found)
    assert spans
    assert all(texts[account][int(start) : int(end)] == words for account, start, end, words in spans)


def test_a_pronoun_is_no_node_and_nothing_is_drawn_without_a_source():
    assert "He" not in re.findall(r">([^<]+)</text>", drawn("It rained. He said it leaks.", "It rained all day."))
    assert drawn("It rained.", "It rained all day.") == ""


def test_many_sources_are_counted_below():
    names = [f"Ada {first}{second}or" for first in ("Ba", "Do", "Fe", "Gu", "Hi", "Ka") for second in "lmnrtvz"]
    text = " ".join(f"{name} said it leaks {n} times." for n, name in enumerate(names))
    made = made_of(view(compare([reading("a", text), reading("b", "It rained.")])))
    assert len(made.sources) == MOST
    assert made.left == len(names) - MOST
