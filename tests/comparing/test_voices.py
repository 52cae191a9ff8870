"""Which attributions tell, how, and the chains they make."""

from dataclasses import replace

import pytest

from tellings.comparing.reporting import sort_of, tells
from tellings.comparing.speakers import speakers
from tellings.comparing.table import build
from tellings.comparing.voices import chain, heard_through, nested
from tellings.records import Attribution, Reading, Span
from tests.comparing.accounts import reading


def attributed(text: str, *parts: tuple[str, str, str], quoted: bool = False) -> Reading:
    """A reading with attributions of (source, cue, content), each inside the one before it."""

    def span(words: str) -> tuple[Span, ...]:
        return (Span(text.index(words), text.index(words) + len(words)),) if words else ()

    made = tuple(
        Attribution(*(span(part) for part in one), "direct" if quoted else "indirect", None, n - 1 if n else None, 1.0)
        for n, one in enumerate(parts)
    )
    return replace(reading("a", text), attributions=made)


@pytest.mark.parametrize(
    ("cue", "sort"),
    [
        ("said", "neutral"),
        ("according to", "neutral"),
        ("claims", "doubting"),
        ("allegedly", "doubting"),
        ("admitted", "committing"),
        ("lashed out", "coloured"),
        ("boasted and said", "coloured"),
        ("wants", None),
        ("is expected", None),
    ],
)
def test_the_sort_of_a_cue(cue, sort):
    found = attributed(f"Ada {cue} the gate is open", ("Ada", cue, "the gate is open"))
    assert sort_of(found, found.attributions[0]) == sort


def test_what_somebody_wants_is_not_told_unless_it_is_given_in_very_words():
    text = "Ada wants the gate open"
    parts = ("Ada", "wants", "the gate open")
    plain, quoted = attributed(text, parts), attributed(text, parts, quoted=True)
    assert not tells(plain, plain.attributions[0])
    assert tells(quoted, quoted.attributions[0])


def links(found: Reading) -> list[str]:
    said = speakers(found)
    numbers = chain(found, said, nested(found, len(found.attributions) - 1))
    return [found.account.text[said[n].span.start : said[n].span.end] if said[n] else "-" for n in numbers]


def test_a_chain_of_three():
    text = "The report says Ada said Bo told the crew the gate was open"
    found = attributed(
        text,
        ("The report", "says", "Ada said Bo told the crew the gate was open"),
        ("Ada", "said", "Bo told the crew the gate was open"),
        ("Bo", "told the crew", "the gate was open"),
    )
    assert links(found) == ["The report", "Ada", "Bo"]


def test_thinking_makes_no_link_and_i_is_who_speaks():
    text = "Ada said I told Bo that he wants the gate open"
    found = attributed(
        text,
        ("Ada", "said", "I told Bo that he wants the gate open"),
        ("I", "told", "that he wants the gate open"),
        ("he", "wants", "the gate open"),
    )
    assert links(found) == ["Ada"]


def test_a_link_whose_source_is_left_out_stays_a_link():
    text = "Ada said it was reported that the gate was open"
    found = attributed(
        text, ("Ada", "said", "it was reported that the gate was open"), ("", "was reported", "the gate was open")
    )
    assert links(found) == ["Ada", "-"]


def test_an_unnamed_source_came_through_the_outlet_it_spoke_to():
    text = "Two people told the BBC the gate was open"
    found = attributed(text, ("Two people", "told", "the gate was open"))
    at = text.index("the BBC")

    def through(kind):
        spoke = replace(found.attributions[0], via=Span(at, at + 7), source_type=kind)
        outlet = heard_through(build((replace(found, attributions=(spoke,)),)), 0, 0)
        return outlet and (text[slice(*outlet.span)], outlet.type)

    assert through("anonymous") == ("the BBC", "outlet")
    assert through("named person") is None
