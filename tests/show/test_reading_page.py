"""The page of readings as HTML: the texts whole, marks of any overlap, hostile words kept as words."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.errors import SpanError
from tellings.records import (
    Attribution,
    Entity,
    Figure,
    Loaded,
    Mention,
    Note,
    Participant,
    Reading,
    Span,
    Statement,
    Word,
)
from tellings.show.reading import LAYERS, draw, render_page
from tellings.show.reading.arcs import MOST, over
from tellings.show.reading.text import LEVELS, Mark, levels, paragraphs, pieces

from .parsed import Element, Page, parse
from .readings import BRIDGE, account, bridge, empty, find

HOSTILE = "<script>alert(1)</script> \"><img src=x onerror=alert(2)> </style> </title> </svg> &lt; &amp; ' `"


def page_of(*readings: Reading, layers: Any = None) -> Page:
    return parse(render_page([draw(reading) for reading in readings], layers, made_with="Tellings 1"))


def hostile() -> Reading:
    """Every string an outsider or a model may bring is an attack."""
    where = account(
        "hostile",
        f"It {HOSTILE} sank.\n\n{HOSTILE}",
        path=HOSTILE,
        title=HOSTILE,
        outlet=HOSTILE,
        author=HOSTILE,
        published=HOSTILE,
        updated=HOSTILE,
        url=f"javascript:alert(3)//{HOSTILE}",
        notes=(Note("other", HOSTILE),),
    )
    span = find(where.text, HOSTILE)
    attack: Any = HOSTILE
    return empty(
        where,
        sentences=(Span(0, len(where.text)),),
        quotations=(span,),
        words=(Word(span, attack, None, attack), Word(span, "X", 0, attack)),
        mentions=(Mention(span, "PER", 0.5, 0),),
        entities=(Entity("PER", span, (0,)),),
        attributions=(Attribution((span,), (span,), (span,), attack, attack, None, 0.5, 0, span),),
        figures=(Figure(span, 1, 2, HOSTILE, attack),),
        statements=(
            Statement(span, 0, (0,), True, attack, "negated", "hedged", (0,), span, (Participant(span, attack, 0),)),
        ),
        wording=(Loaded(span, 0.5, quoted=True),),
    )


READINGS = [(bridge(),), (hostile(),), (bridge(), hostile(), empty(account("bare", "Nothing.")))]


def words_of(element: Element) -> tuple[int, int]:
    return int(element.get("data-start")), int(element.get("data-end"))


@pytest.mark.parametrize("readings", READINGS)
class TestAnyPage:
    def test_every_traced_element_holds_the_accounts_own_words(self, readings: tuple[Reading, ...]):
        page = page_of(*readings)
        texts = {reading.account.id: reading.account.text for reading in readings}

        assert page.traced()
        for element in page.traced():
            start, end = words_of(element)
            assert element.text == texts[element.get("data-account")][start:end]

    def test_the_paragraphs_are_the_whole_text(self, readings: tuple[Reading, ...]):
        page = page_of(*readings)

        for reading in readings:
            cut = [e for e in page.named("p") if e.get("data-account") == reading.account.id]
            assert "".join(element.text for element in cut) == reading.account.text

    def test_ids_are_given_once_and_every_link_on_the_page_leads_somewhere(self, readings: tuple[Reading, ...]):
        page = page_of(*readings)
        ids = [element.get("id") for element in page.elements if element.get("id")]
        links = {element.get("href")[1:] for element in page.named("a") if element.get("href").startswith("#")}

        assert len(ids) == len(set(ids))
        assert links
        assert links <= set(ids)

    def test_the_page_asks_nothing_of_the_network_and_has_no_script(self, readings: tuple[Reading, ...]):
        page = page_of(*readings)
        (style,) = page.named("style")

        asking = {
            "script",
            "img",
            "link",
            "iframe",
            "object",
            "embed",
            "base",
            "form",
            "video",
            "audio",
            "use",
            "image",
        }
        assert asking.isdisjoint(element.name for element in page.elements)
        assert not any({"src", "srcset", "action", "style"} & set(element.attributes) for element in page.elements)
        assert not any(name.startswith("on") for element in page.elements for name in element.attributes)
        assert "url(" not in style.text
        assert "@import" not in style.text

    def test_the_policy_allows_the_styles_of_the_page_and_nothing_else(self, readings: tuple[Reading, ...]):
        page = page_of(*readings)
        policy = next(e.get("content") for e in page.named("meta") if "Policy" in e.get("http-equiv"))
        rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
        digest = b64encode(hashlib.sha256(page.named("style")[0].text.encode("utf-8")).digest()).decode()

        assert rules == {
            "default-src": "'none'",
            "style-src": f"'sha256-{digest}'",
            "base-uri": "'none'",
            "form-action": "'none'",
        }

    def test_the_same_readings_give_the_same_bytes(self, readings: tuple[Reading, ...]):
        shown = [draw(reading) for reading in readings]

        assert render_page(shown) == render_page(shown)


def test_an_address_that_is_no_web_page_is_no_link():
    outside = [e.get("href") for e in page_of(bridge(), hostile()).named("a") if not e.get("href").startswith("#")]

    assert outside == ["https://courier.example/bridge"]


def test_a_switch_a_layer_some_of_them_on():
    boxes = page_of(bridge()).named("input")

    assert [box.get("id") for box in boxes] == [f"show-{layer}" for layer in LAYERS]
    on = [box.get("id") for box in boxes if "checked" in box.attributes]
    assert on == ["show-mentions", "show-attributions", "show-wording"]


def test_layers_that_are_named_are_alone_on_the_page_and_all_on():
    page = page_of(bridge(), layers=["figures", "words"])

    assert [box.get("id") for box in page.named("input")] == ["show-words", "show-figures"]
    assert all("checked" in box.attributes for box in page.named("input"))
    assert not page.with_class("l-mentions")
    assert not page.with_class("mention")


def test_each_layer_that_marks_words_is_explained_and_goes_with_its_switch():
    page = page_of(bridge())
    explained = {e.get("class").split()[-1] for e in page.with_class("legend")}

    assert explained == {f"l-{layer}" for layer in LAYERS if layer != "words"}
    for layer in LAYERS:
        assert f"body:has(#show-{layer}:not(:checked)) .l-{layer} {{ display: none }}" in page.named("style")[0].text


def in_text(page: Page, name: str) -> list[str]:
    """The words under marks of one look in the text, not in the legend."""
    return [e.text for e in page.with_class(name) if "article" in e.parents and e.get("title")]


def test_a_telling_inside_a_telling_has_a_line_of_its_own_below():
    page = page_of(bridge(), layers=["attributions"])

    assert "".join(in_text(page, "level1")) == "and nobody looked after it" + "at least 40 bolts were missing"
    assert "the firm was told by the council" in "".join(in_text(page, "level0"))


def test_source_and_cue_are_marked():
    page = page_of(bridge(), layers=["attributions"])

    assert in_text(page, "source") == [
        "mayor Edda Kroll",
        "Kroll",
        "She",
        "Two people familiar with the work",
        "the council",
    ]
    assert in_text(page, "cue") == ["said", "told", "called", "said", "was told by"]


def test_tags_are_no_text_and_lead_to_the_lists():
    page = page_of(bridge(), layers=["attributions", "mentions"])
    tags = [e for e in page.with_class("tag") if "article" in e.parents]

    assert all(tag.text == "" for tag in tags)
    first = next(tag for tag in tags if tag.get("data-tag") == "P3")
    assert (first.get("href"), first.get("aria-label")) == ("#A-mentions-3", "P3, name")
    assert "Edda Kroll (person), 3 mentions: Edda Kroll, Kroll, She pronoun" in page.by_id("A-mentions-3").text


def test_a_negated_or_hedged_statement_says_so_in_the_text():
    page = page_of(bridge(), layers=["statements"])

    shown = [e.get("data-tag") for e in page.with_class("tag") if "article" in e.parents]
    assert [tag for tag in shown if tag != "]"] == ["[s1", "[s2", "[s3 negated", "[s4", "[s5 hedged", "[s6"]


def test_loaded_wording_says_whose_voice_it_is():
    page = page_of(bridge(), layers=["wording"])

    assert [e.text for e in page.elements if e.get("title") == "loaded wording 1, a quoted voice"] == ["a scandal"]
    assert [e.text for e in page.elements if e.get("title") == "loaded wording 2, own voice"] == ["shameful"]


def test_lists_show_voice_parts_and_values():
    page = page_of(bridge())
    statement = " ".join(page.by_id("A-statements-4").text.split())

    assert "the council (organisation), via Two people familiar with the work (anonymous)" in statement
    assert statement.endswith("state; figure at least 40 bolts")
    assert page.by_id("A-figures-2").text == "f212 to 15 centimetres12 to 15 cm"
    assert page.by_id("A-attributions-3").text.startswith("a3She (kind not known, P3 Edda Kroll) called indirect: ")


def test_every_mention_of_an_entity_can_be_reached():
    page = page_of(bridge())
    links = {e.get("href") for e in page.named("a")}

    assert {f"#t-A-mentions-{number}" for number in range(1, 10)} <= links


def test_arcs_are_folded_a_sentence_at_a_time():
    page = page_of(bridge())
    folded = page.named("details")

    assert [" ".join(e.text.split()) for e in page.named("summary")] == [
        "§2 The bridge at Ostrel was closed on Monday, mayor Edda Kroll said. 14 words",
        "§4 She called the delay a scandal. 7 words",
        "§8 Who pays? 3 words",
    ]
    assert not any("open" in element.attributes for element in folded)
    drawn = [e for e in page.traced() if e.name == "text"]
    assert [e.text for e in drawn] == [word.text for word in draw(bridge()).words]


def test_shorter_arcs_lie_under_longer_ones():
    # Who(1) sees(0) the(3) dog(1): sees - dog over the - dog
    found = {arc.dependent: arc.level for arc in over([1, None, 3, 1], ["nsubj", "root", "det", "obj"])}

    assert found == {0: 1, 2: 1, 3: 2}


def test_arcs_that_cross_never_share_a_level():
    first, second = over([2, 3, None, 2], ["a", "b", "root", "c"])[1:]

    assert first.level != second.level


def test_a_sentence_with_too_many_words_is_not_drawn_but_named():
    text = "la " * (MOST + 1)
    words = tuple(Word(Span(3 * n, 3 * n + 2), "X", n - 1 if n else None, "dep") for n in range(MOST + 1))
    page = page_of(empty(account("a", text), sentences=(Span(0, len(text)),), words=words))

    assert not page.named("svg")
    assert "81 words are too many to draw" in page.by_id("account-A").text


def test_words_of_a_head_in_another_sentence_are_drawn_as_roots():
    text = "One. Two."
    words = (Word(Span(0, 3), "NUM", 1, "dep"), Word(Span(5, 8), "NUM", None, "root"))
    page = page_of(empty(account("a", text), sentences=(Span(0, 4), Span(5, 9)), words=words))

    assert len(page.named("svg")) == 2


def test_accounts_stand_in_the_order_given_and_can_be_reached():
    page = page_of(bridge(), empty(account("b", "Nothing.", outlet="The Other")))
    (index,) = page.named("nav")

    assert " ".join(index.text.split()) == "A Ostrel CourierB The Other"
    assert [e.get("id") for e in page.named("article")] == ["account-A", "account-B"]


def test_one_account_needs_no_index():
    assert not page_of(bridge()).named("nav")


def test_words_that_are_not_there_are_refused():
    drawn = draw(bridge())

    with pytest.raises(SpanError):
        render_page([drawn, replace(drawn, account=replace(drawn.account, text=BRIDGE[1:]))])


def attributed(*contents: tuple[int, int], parents: dict[int, int] | None = None) -> Reading:
    text = "x" * 100
    told = tuple(
        Attribution((), (), (Span(*content),), "direct", None, (parents or {}).get(n), 0.5)
        for n, content in enumerate(contents)
    )
    return empty(account("a", text), attributions=told)


@pytest.mark.parametrize(
    ("contents", "parents", "expected"),
    [
        ([(0, 10), (20, 30)], {}, [0, 0]),
        ([(0, 30), (5, 10), (15, 20)], {1: 0, 2: 0}, [0, 1, 1]),
        ([(0, 10), (5, 15)], {}, [0, 1]),  # overlap without nesting
        ([(5, 10), (0, 30)], {0: 1}, [1, 0]),  # the outer one numbered later
        ([(n, 90) for n in range(9)], {n: n - 1 for n in range(1, 9)}, [0, 1, 2, 3, 4, 4, 4, 4, 4]),
    ],
)
def test_underlines_are_stacked_by_nesting_and_overlap(contents: Any, parents: Any, expected: list[int]):
    found = levels(draw(attributed(*contents, parents=parents)))

    assert [found[n, 0] for n in range(len(contents))] == expected
    assert max(found.values()) < LEVELS


@given(st.text("ab \n\t\r", max_size=60))
def test_paragraphs_are_all_of_a_text(text: str):
    cuts = paragraphs(text)

    assert "".join(text[start:end] for start, end in cuts) == text
    assert all(text[start:end].strip() for start, end in cuts) or len(cuts) <= 1


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: (min(pair), max(pair))), max_size=8)


@given(SPANS, st.lists(st.integers(1, 29), max_size=3))
def test_pieces_cover_the_text_and_hold_the_marks_that_are_there(spans: list[tuple[int, int]], points: list[int]):
    edges = sorted({0, *points, 30})
    cuts = list(pairwise(edges))
    marks = [Mark(start, end, "mentions", "mention", str(n)) for n, (start, end) in enumerate(spans)]
    found = list(pieces(cuts, marks))

    assert [(found[0][1], found[-1][2])] == [(0, 30)]
    assert all(one[2] == other[1] for one, other in pairwise(found))
    full = [mark for mark in marks if mark.start < mark.end]
    for _, start, end, here in found:
        assert {mark.title for mark in here} == {m.title for m in full if m.start <= start and end <= m.end}
        assert not any(start < m.start < end or start < m.end < end for m in full)


def test_a_line_with_thousands_of_marks_is_a_page_all_the_same():
    text = "Kroll said so. " * 4000
    spans = [Span(m.start(), m.end()) for m in re.finditer("Kroll", text)]
    mentions = tuple(Mention(span, "PER", 1.0, 0) for span in spans)
    entity = Entity("PER", spans[0], tuple(range(len(spans))))
    page = render_page([draw(empty(account("a", text), mentions=mentions, entities=(entity,)))], ["mentions"])

    assert page.count('data-tag="P1"') == 4001  # one in the legend
