"""Which attributions tell, how, and the chains they make."""

from dataclasses import replace

import pytest

from tellings.comparing.reporting import sort_of, tells
from tellings.comparing.speakers import speakers
from tellings.comparing.table import build
from tellings.comparing.voices import chain, heard_through, nested
from tellings.records import Attribution, Entity, Mention, Reading, SourceType, Span
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


def test_a_link_whose_source_is_left_out_is_none_inside_anothers_words():
    text = "Ada said it was reported that the gate was open"
    found = attributed(
        text, ("Ada", "said", "it was reported that the gate was open"), ("", "was reported", "the gate was open")
    )
    assert links(found) == ["Ada"]


def test_what_names_its_own_teller_is_no_telling_of_its_own():
    text = "Ada praised what Bo called a sound gate"
    found = attributed(
        text, ("Ada", "praised", "what Bo called a sound gate"), ("Bo", "called", "what Bo called a sound gate")
    )
    assert links(found) == ["Ada"]


def test_what_has_not_been_told_is_no_link():
    text = "Ada has not said why the gate was open"
    assert links(attributed(text, ("Ada", "has not said", "why the gate was open"))) == []


class TestCarried:
    """Sources named a sentence or two before that an account still rests on."""

    def test_what_was_told_to_the_police_stands_in_the_papers_named_before(self):
        text = "Court papers say the gate was open. Bo told detectives he left at ten."
        assert self.links(text, ("Court papers", "say", "the gate was open"), "document") == ["Court papers", "Bo"]

    def test_what_was_told_to_the_account_does_not(self):
        text = "Court papers say the gate was open. Bo told the crowd he left at ten."
        assert self.links(text, ("Court papers", "say", "the gate was open"), "document") == ["Bo"]

    def test_what_was_reportedly_said_stands_in_the_report_named_before(self):
        text = "The Courier wrote the gate was open. Bo reportedly told friends he left at ten."
        assert self.links(text, ("The Courier", "wrote", "the gate was open"), "outlet") == ["The Courier", "Bo"]

    def test_a_report_long_before_does_not_hold(self):
        text = "The Courier wrote the gate was open. It rained. It froze. It thawed. Bo reportedly told all he left."
        assert self.links(text, ("The Courier", "wrote", "the gate was open"), "outlet") == ["Bo"]

    def links(self, text: str, before: tuple[str, str, str], kind: SourceType) -> list[str]:
        cue = "reportedly told" if "reportedly" in text else "told"
        found = attributed(text, before, ("Bo", cue, text[text.rindex("he ") : -1]))
        first, second = found.attributions
        return links(replace(found, attributions=(replace(first, source_type=kind), replace(second, parent=None))))


def test_he_outside_a_quotation_is_nobody_whom_it_names():
    text = "Ada Finch rose. Holt sat. “Holt is late,” he said."
    found = attributed(text, ("he", "said", "“Holt is late,”"), quoted=True)
    himself = found.attributions[0]
    known = Entity("PER", Span(text.index("Holt"), text.index("Holt") + 4), (len(found.mentions),))
    named = replace(
        found,
        attributions=(replace(himself, entity=len(found.entities), source_type="named person"),),
        entities=(*found.entities, known),
        mentions=(*found.mentions, Mention(known.name, "PER", 1.0, len(found.entities))),
    )
    (speaker,) = speakers(named)
    assert speaker is not None
    assert text[slice(*speaker.span)] == "he"


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
