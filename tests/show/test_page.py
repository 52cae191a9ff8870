"""The page as HTML: every word traced, nothing asked of the network, hostile words kept as words."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.errors import SpanError
from tellings.records import (
    Account,
    Change,
    Comparison,
    Copy,
    Excerpt,
    FigureUse,
    Gap,
    LabelUse,
    Name,
    Note,
    Quantity,
    QuantityPair,
    Quote,
    QuoteAppearance,
    Setting,
    Source,
    SourceAttribution,
    Span,
    TimelineEntry,
    Voice,
    Wording,
)
from tellings.show import render_page
from tellings.show.view import view

from .comparisons import account, claim, crowd, harbour, harbour_all_layers, manifest, relation, told, words
from .parsed import Element, Page, parse

HOSTILE = "<script>alert(1)</script> \"><img src=x onerror=alert(2)> </style> </title> &lt; &amp; ' `"


def page_of(story: Comparison) -> Page:
    return parse(render_page(story))


def assert_traced(story: Comparison, page: Page) -> None:
    texts = {
        letter: next(a.text for a in story.accounts if a.id == name) for name, letter in view(story).letters.items()
    }
    for element in page.traced():
        letter, start, end = element.at()
        assert element.text == texts[letter][start:end]


def squeezed(text: str) -> str:
    return " ".join(text.split())


def hostile() -> Comparison:
    """Every string an outsider writes is an attack; the manifest's are too."""
    where = account(
        HOSTILE,
        f"It {HOSTILE} sank.",
        path=HOSTILE,
        title=HOSTILE,
        outlet=HOSTILE,
        author=HOSTILE,
        published=HOSTILE,
        updated=HOSTILE,
        url=f"javascript:alert(3)//{HOSTILE}",
    )
    where = replace(where, notes=(Note("other", HOSTILE),))
    mark = words(where, HOSTILE)
    appearance = told(where, where.text)
    source = SourceAttribution((mark,), (mark,), (mark,), "direct", None)
    version = QuoteAppearance(where.id, mark.start, mark.end, mark.text, mark)
    return replace(
        harbour(),
        accounts=(where,),
        claims=(
            claim(HOSTILE, "disputed", (appearance, appearance), (relation(0, 1, "conflict", mark),)),
            claim("one", "single", (appearance,)),
        ),
        quotes=(Quote(HOSTILE, "altered", (version, version), (Change(0, 1, "altered", mark, mark),)),),
        sources=(Source(where.id, HOSTILE, None, HOSTILE, HOSTILE, (source,)),),
        figures=(FigureUse(where.id, mark.start, mark.end, HOSTILE, 1.0, 2.0, HOSTILE, "about", None),),
        gaps=(Gap(HOSTILE, where.id, "not told", HOSTILE),),
        manifest=replace(manifest((where,), HOSTILE), settings=(Setting(HOSTILE, HOSTILE),), model=HOSTILE),
    )


STORIES = [harbour(), harbour_all_layers(), crowd(6), hostile()]


@pytest.mark.parametrize("story", STORIES)
def test_every_traced_element_holds_the_accounts_own_words(story: Comparison):
    page = page_of(story)

    assert page.traced()
    assert_traced(story, page)


@pytest.mark.parametrize("story", STORIES)
def test_ids_are_given_once_and_every_link_on_the_page_leads_somewhere(story: Comparison):
    page = page_of(story)
    ids = [element.get("id") for element in page.elements if element.get("id")]

    assert len(ids) == len(set(ids))
    links = {element.get("href")[1:] for element in page.named("a") if element.get("href").startswith("#")}
    assert links
    assert links <= set(ids)


@pytest.mark.parametrize("story", STORIES)
def test_the_page_asks_nothing_of_the_network(story: Comparison):
    page = page_of(story)
    (style,) = page.named("style")

    assert {"img", "link", "iframe", "object", "embed", "base", "form", "video", "audio"}.isdisjoint(
        element.name for element in page.elements
    )
    assert not any({"src", "srcset", "action", "style"} & set(element.attributes) for element in page.elements)
    assert "url(" not in style.text
    assert "@import" not in style.text


@pytest.mark.parametrize("story", STORIES)
def test_the_policy_allows_the_styles_and_the_script_of_the_page_and_nothing_else(story: Comparison):
    page = page_of(story)
    policy = next(e.get("content") for e in page.named("meta") if "Policy" in e.get("http-equiv"))
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))

    assert rules["default-src"] == "'none'"
    for name, element in (("style-src", "style"), ("script-src", "script")):
        (text,) = (entry.text for entry in page.named(element))
        digest = b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode()
        assert rules[name] == f"'sha256-{digest}'"


def test_hostile_words_stay_words():
    page = page_of(hostile())

    assert len(page.named("script")) == 1
    assert not page.named("img")
    assert not any(name.startswith("on") for element in page.elements for name in element.attributes)
    assert HOSTILE in page.by_id("account-A").text
    assert page.named("title")[0].text == f"1 account: {HOSTILE}"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//x.example", ""]
)
def test_an_address_that_is_no_web_page_is_no_link(address: str):
    story = harbour()
    changed = replace(story, accounts=(replace(story.accounts[0], url=address), *story.accounts[1:]))

    outside = [e.get("href") for e in page_of(changed).named("a") if not e.get("href").startswith("#")]

    assert set(outside) == {"https://echo.example/fire"}


def test_a_link_to_a_source_page_takes_nothing_along():
    page = page_of(harbour())
    outside = [element for element in page.named("a") if element.get("href").startswith("https:")]

    assert outside
    assert all(element.get("rel") == "noopener noreferrer" for element in outside)


def test_the_whole_text_of_every_account_is_there_to_be_read():
    story = harbour()
    page = page_of(story)

    for entry, name in zip(story.accounts, "ABC", strict=True):
        paragraphs = [e.text for e in page.elements if e.name == "p" and e.get("data-at").startswith(f"{name} ")]
        assert squeezed(" ".join(paragraphs)) == squeezed(entry.text)
        assert squeezed(entry.text.splitlines()[0]) in squeezed(page.by_id(f"account-{name}").text)


def rows_of(page: Page) -> list[Element]:
    return [e for e in page.elements if e.name == "tr" and e.get("data-claim")]


def cells_of(page: Page, claim: int) -> list[str]:
    """What the cells of a row say to a reader who does not see them; a cell without a word does not tell it."""
    (row,) = (e for e in rows_of(page) if e.get("data-claim") == str(claim))
    first = page.elements.index(row)
    last = next(n for n, e in enumerate(page.elements) if n > first and e.name in ("tr", "tbody"))
    cells = page.elements[first:last]
    said = []
    for place, element in enumerate(cells):
        if element.name == "td":
            inside = cells[place + 1] if place + 1 < len(cells) else element
            said.append(inside.get("aria-label") if inside.name == "a" else "not told")
    return said


def test_the_rows_of_the_matrix_stand_by_standing_and_are_named_by_a_sentence():
    page = page_of(harbour())
    bodies = [
        e.get("class") for e in page.named("tbody") if e.parents[-2:] == ("div", "table") and "s-" in e.get("class")
    ]

    assert bodies == ["s-disputed", "s-differs", "s-updated", "s-narrower", "s-agreed", "s-single"]
    assert "Two warehouses burned down in the harbour on Tuesday night" in rows_of(page)[4].text


def test_a_row_of_what_is_disputed_names_the_words_that_part():
    assert "worked / never sounded" in rows_of(page_of(harbour()))[0].text


def test_the_matrix_tells_versions_more_not_told_and_cannot_tell_apart():
    story = harbour()
    page = page_of(replace(story, gaps=(*story.gaps, Gap("gone", "letter", "told", ""))))

    assert cells_of(page, 1) == ["told, version i", "told, version ii", "told, version i"]
    assert cells_of(page, 4) == ["told, with more", "told", "told"]
    assert cells_of(page, 2)[2] == "not told"
    doubtful = replace(story, gaps=(Gap("crew", "letter", "cannot tell", "the input is cut off"),))
    assert cells_of(page_of(doubtful), 2)[2] == "cannot tell"


def test_where_versions_cannot_be_kept_apart_a_cell_shows_who_tells_it_otherwise():
    story = harbour()
    alarm = next(entry for entry in story.claims if entry.id == "alarm")
    chained = replace(alarm, relations=(*alarm.relations, relation(0, 1, "narrower")))
    page = page_of(replace(story, claims=(chained,), quotes=(), figures=(), gaps=()))

    assert cells_of(page, 1) == ["told otherwise: conflict"] * 3


def test_what_only_one_tells_is_folded_into_one_row_that_counts_it():
    (row,) = page_of(harbour()).with_class("fold")

    assert row.text == "o4 claims told by one alone211"


def test_a_claim_shows_voice_words_relation_reason_and_origins():
    shown = squeezed(page_of(harbour()).by_id("c1").text)

    assert "! disputed" in shown
    assert "told by 3 of 3, 2 origins" in shown
    assert "B ii a dock worker who did not want to be named (anonymous) The alarm never sounded" in shown.replace(
        "Bii", "B ii "
    )
    assert "A, C ! B conflict: worked / never sounded (score 0.93 to 0.97)" in shown
    assert "how sure" in shown
    assert "2 origins: the harbour company (organisation) A C; a dock worker" in shown


def test_words_that_bring_their_quotation_marks_get_none_of_ours():
    where = account("a", "“Calm,” they said.")
    story = Comparison((where,), (claim("c", "single", (told(where, "“Calm,”"),)),), *((),) * 7, manifest((where,)))  # type: ignore[arg-type] # empty layers

    (shown,) = (e for e in page_of(story).named("q"))
    assert shown.get("class") == "bare"
    assert page_of(harbour()).named("q")[0].get("class") == ""


def test_a_chain_of_voices_runs_from_the_first_speaker_outwards():
    shown = squeezed(page_of(harbour()).by_id("c4").text)

    assert "The fire chief, Ana Lind (named person), via the Wire (outlet)" in shown


def test_the_words_a_relation_rests_on_are_marked_inside_the_claim():
    page = page_of(harbour())
    marks = [e.text for e in page.named("mark") if "article" in e.parents and "q" in e.parents]

    assert {"worked", "never sounded", "at least nine", "Fourteen", "saw no alarm"} <= set(marks)


def test_overlapping_claims_are_both_marked_in_the_text():
    page = page_of(harbour())
    several = page.with_class("several")

    assert [(e.text, e.get("data-claims"), e.get("data-ref")) for e in several] == [
        ("injuring at least nine people", "3 5", "3, 5")
    ]


def test_a_claim_leads_to_its_words_in_the_text_and_back():
    page = page_of(harbour())
    there = page.elements.index(page.by_id("t1-B"))

    mark = page.elements[there + 1]
    assert (mark.text, mark.get("href")) == ("The alarm never sounded", "#c1")


def test_a_quote_shows_left_out_words_struck_and_altered_words_marked():
    page = page_of(harbour())
    (quote,) = page.with_class("quote")

    assert [squeezed(e.text) for e in page.named("del")] == ["We saw no alarm and"]
    assert [e.text for e in page.with_class("altered")] == ["we heard no alarm", "heard none"]
    assert "Ana Lind, altered" in quote.text


def test_words_left_out_in_the_middle_stand_where_they_were():
    full = account("full", "“The hall was old, damp and loved,” he said.")
    short = account("short", "“The hall was old and loved,” he said.")
    versions = tuple(
        QuoteAppearance(e.account, e.start, e.end, e.text, None)
        for e in (words(full, "The hall was old, damp and loved"), words(short, "The hall was old and loved"))
    )
    change = Change(0, 1, "left out", words(full, ", damp"), None)
    story = Comparison(
        (full, short),
        (),
        (Quote(None, "clipped", versions, (change,)),),
        *((),) * 6,  # type: ignore[arg-type] # six empty layers
        manifest((full, short), "quotes"),
    )

    lines = [e.text for e in page_of(story).with_class("version-text")]

    assert lines == ["The hall was old, damp and loved", "The hall was old, damp and loved"]
    assert page_of(story).named("del")[0].text.strip() == ", damp"


def test_words_that_a_fuller_version_adds_are_struck_in_the_first():
    short = account("short", "“It fell,” she said.", published="2026-01-01")
    full = account("full", "“It fell at dawn,” she said.", published="2026-01-02")
    versions = tuple(
        QuoteAppearance(e.account, e.start, e.end, e.text, None)
        for e in (words(short, "It fell"), words(full, "It fell at dawn"))
    )
    change = Change(0, 1, "left out", None, words(full, "at dawn"))
    story = Comparison(
        (short, full),
        (),
        (Quote(None, "clipped", versions, (change,)),),
        *((),) * 6,  # type: ignore[arg-type] # six empty layers
        manifest((short, full), "quotes"),
    )

    assert [squeezed(e.text) for e in page_of(story).with_class("version-text")] == ["It fell at dawn"] * 2


def test_sources_stand_by_account_with_kind_cues_and_who_they_came_through():
    text = squeezed(page_of(harbour()).by_id("who-says-so").text)

    assert "fire chief Ana Lindnamed person–" in text
    assert "The fire chief, Ana Lindnamed personthe Wire" in text
    assert "source left outorganisation" in text
    assert "according to" in text


def test_figures_of_one_claim_stand_together_with_their_bounds():
    page = page_of(harbour())
    text = squeezed(page.by_id("figures").text)

    assert "Aat least nine people–at least 9 people3own voice" in text
    assert "BFourteen people–14 people3own voice" in text
    assert len(page.with_class("number-line")) == 5
    assert len(page.with_class("about")) == 1


def test_quantities_come_first_with_what_their_comparison_says():
    story = harbour()
    uses = tuple(use for use in story.figures if use.unit == "people")[:2]
    pair = QuantityPair(0, 1, "conflicting", "9 and 14 of people")
    section = page_of(replace(story, quantities=(Quantity(uses[0].claim, uses, (pair,)),))).by_id("figures")
    text = squeezed(section.text)
    assert "! conflicting: 9 and 14 of people" in text
    assert text.index("conflicting") < text.index("Aat least nine people")
    assert text.count("Aat least nine people") == 1


def test_the_timeline_says_what_happened_when_and_who_told_it_first():
    text = squeezed(page_of(harbour_all_layers()).by_id("timeline").text)
    assert "When it happenedClaimBy the wordsFirst told" in text


def test_a_figure_that_only_one_account_has_is_folded_away():
    story = replace(harbour(), figures=harbour().figures[:1])
    section = page_of(story).by_id("figures")

    assert "1 figure that only one account has" in squeezed(section.text)


def test_gaps_have_their_sign_word_and_reason():
    text = squeezed(page_of(harbour()).by_id("left-out").text)

    assert "C· not told2 Sixty firefighters were at workother accounts tell it" in text
    assert "C? cannot tell6 The fire broke out at 9 p.m.the input gives no date" in text


def test_layers_that_were_not_computed_have_no_section():
    bare = page_of(harbour())
    full = page_of(harbour_all_layers())

    for name in ("names", "wording", "timeline"):
        assert name not in {element.get("id") for element in bare.elements}
        assert full.by_id(name).text


def test_a_layer_that_was_computed_and_found_nothing_says_so():
    story = replace(harbour(), quotes=())

    assert "None found." in page_of(story).by_id("quotes").text


def test_about_names_inputs_with_hashes_model_settings_and_signs():
    story = harbour()
    text = page_of(story).by_id("about").text

    for entry in story.manifest.inputs:
        assert entry.path in text
        assert entry.sha256 in text
    for part in ("0.1.0", "encoder-1 (test)", "threshold", "they cannot both be right"):
        assert part in text


def test_an_account_stands_among_the_inputs_even_where_the_manifest_names_none():
    story = harbour()
    text = page_of(replace(story, manifest=replace(story.manifest, inputs=()))).by_id("about").text

    assert all(entry.sha256 in text for entry in story.accounts)


def test_only_the_words_that_give_a_claim_its_standing_are_marked():
    story = harbour()
    alarm = next(entry for entry in story.claims if entry.id == "alarm")
    more = relation(0, 1, "narrower", words(story.accounts[0], "The alarm"))
    other = tuple(entry for entry in story.claims if entry.id != "alarm")
    changed = replace(story, claims=(replace(alarm, relations=(*alarm.relations, more)), *other))

    marks = [e.text for e in page_of(changed).named("mark") if "q" in e.parents]

    assert "worked" in marks
    assert "The alarm" not in marks


def test_every_standing_shown_is_a_sign_and_a_word_besides_a_colour():
    page = page_of(harbour())
    standings = {squeezed(e.text) for e in page.with_class("standing") if "article" in e.parents and "h4" in e.parents}

    assert standings == {"! disputed", "~ differ", "> updated", "< narrower", "= agreed"}


def test_the_switches_of_standings_and_accounts_have_their_rules():
    page = page_of(harbour())
    style = page.named("style")[0].text

    for element in page.named("input"):
        if element.get("id").startswith("show-"):
            assert f"#{element.get('id')}:not(:checked)" in style
        if element.get("type") == "radio":
            assert f"body:has(#pair:checked):has(#{element.get('id')}:checked)" in style


def test_many_claims_told_by_one_are_folded_and_few_are_open():
    few = [e for e in page_of(harbour()).named("details") if e.get("id").startswith("single-")]
    many = [e for e in page_of(crowd(6)).named("details") if e.get("id").startswith("single-")]

    assert len(few) == 3
    assert all("open" in e.attributes for e in few)
    assert len(many) == 6
    assert not any("open" in e.attributes for e in many)


def test_the_same_comparison_gives_the_same_bytes_in_any_order():
    story = harbour()
    turned = replace(
        story,
        accounts=story.accounts[::-1],
        claims=story.claims[::-1],
        sources=story.sources,
        gaps=story.gaps[::-1],
    )

    assert render_page(turned) == render_page(story)


def test_words_that_are_not_there_are_refused():
    story = harbour()

    with pytest.raises(SpanError):
        render_page(replace(story, accounts=(replace(story.accounts[0], text="Gone."), *story.accounts[1:])))


# A text that may hold anything but halves of surrogate pairs, with stretches of it told in claims.
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80)


@st.composite
def comparisons(draw: st.DrawFn) -> Comparison:
    accounts = tuple(
        account(f"n{n}", draw(texts), title=draw(texts), outlet=draw(texts)) for n in range(draw(st.integers(1, 3)))
    )
    claims = []
    for number in range(draw(st.integers(0, 5))):
        spots = [draw(stretches(where)) for where in accounts[: draw(st.integers(1, len(accounts)))]]
        appearances = tuple(
            replace(told(where, where.text), start=spot.start, end=spot.end, text=spot.text)
            for where, spot in zip(accounts, spots, strict=False)
        )
        standing = draw(st.sampled_from(["agreed", "disputed", "differs", "narrower", "updated"]))
        relations = (relation(0, 1, "conflict", *spots[:2]),) if len(spots) > 1 else ()
        claims.append(claim(f"c{number}", standing if relations else "single", appearances, relations))
    return Comparison(accounts, tuple(claims), *((),) * 7, manifest(accounts))  # type: ignore[arg-type] # empty layers


@st.composite
def stretches(draw: st.DrawFn, where: Account) -> Excerpt:
    start = draw(st.integers(0, len(where.text) - 1))
    end = draw(st.integers(start + 1, len(where.text)))
    return Excerpt(where.id, start, end, where.text[start:end])


ATTACKS = [
    HOSTILE,
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    'https://x.example/" onclick=alert(1) x="',
    "https://x.example/?a='><svg onload=alert(1)>",
    "--></script><script>alert(1)</script><!--",
    "</textarea></select></svg><iframe srcdoc=x>",
    ' data-account="a" data-start="0" data-end="3" onclick="alert(1)"',
    "{{7*7}} ${7*7} <%= 7*7 %>",
    "\u202e\u2066<b>\x00\x1b[31m&#60;script&#62;",
]
anything = st.sampled_from(ATTACKS) | texts


@st.composite
def attacked(draw: st.DrawFn) -> Comparison:
    """A story with every layer in which every string that an outsider writes may be an attack."""
    named = {name: draw(anything) for name in ("title", "outlet", "author", "published", "updated", "url")}
    where = account(
        draw(anything), f"So it is: {draw(anything)} And {draw(anything)} sank.", path=draw(anything), **named
    )
    where = replace(where, notes=(Note("other", draw(anything)),))
    other = account("other", where.text, title=draw(anything), published="2026-01-01")
    mark, same = draw(stretches(where)), draw(stretches(other))
    voiced = replace(told(where, where.text), voice=(Voice(mark.text, None, Span(mark.start, mark.end)),))
    one = claim("one", "disputed", (voiced, told(other, other.text)), (relation(0, 1, "conflict", mark, same),))
    source = SourceAttribution(
        (mark,), (mark,), (mark,), "direct", None, draw(st.sampled_from(["neutral", "doubting"]))
    )
    version = QuoteAppearance(where.id, mark.start, mark.end, mark.text, mark)
    second = QuoteAppearance(other.id, same.start, same.end, same.text, None)
    use = FigureUse(where.id, mark.start, mark.end, mark.text, 1.0, 2.0, draw(anything), "about", "one", "own", mark)
    told_name = LabelUse(where.id, mark.start, mark.end, mark.text, "quoted", "title", mark)
    return Comparison(
        (where, other),
        (one,),
        (Quote(mark.text, "altered", (version, second), (Change(0, 1, "altered", mark, same),)),),
        (Source(where.id, mark.text, "outlet", draw(anything), mark.text, (source,), draw(anything)),),
        (Name(mark.text, (told_name,)),),
        (Wording(where.id, mark.start, mark.end, mark.text, 0.5, "own", "one"),),
        (use,),
        (TimelineEntry("one", where.id, mark.start, mark.end, mark.text, "2026-01-01"),),
        (Gap("one", "other", "not told", draw(anything)),),
        replace(
            manifest((where, other), "claims"),
            model=draw(anything),
            settings=(Setting(draw(anything), draw(anything)),),
        ),
        (Copy(where.id, other.id, 0.5),),
        (
            Quantity(
                "one", (use, replace(use, low=3.0, high=3.0)), (QuantityPair(0, 1, "conflicting", draw(anything)),)
            ),
        ),
    )


@settings(max_examples=50, deadline=None)
@given(attacked())
def test_no_string_of_an_outsider_becomes_markup_a_handler_or_an_address_that_runs(story: Comparison):
    page = page_of(story)

    assert_traced(story, page)
    assert len(page.named("script")) == 1
    assert {element.name for element in page.elements} <= ELEMENTS
    assert not any(name.startswith("on") for element in page.elements for name in element.attributes)
    addresses = [e.get("href") for e in page.elements if "href" in e.attributes]
    assert all(address.lower().startswith(("#", "https://", "http://")) for address in addresses)


ELEMENTS = set(
    """
    html head meta title style script body header main nav section article div span p a b i q ol ul li h1 h2 h3 h4
    table caption thead tbody tr th td details summary label input fieldset legend mark del small code br svg g path
    line circle rect text tspan
    """.split()  # noqa: SIM905 - a list of names reads better without marks
)
"""What the page is built of."""


@settings(max_examples=150, deadline=None)
@given(comparisons())
def test_whatever_the_accounts_say_every_shown_word_is_theirs(story: Comparison):
    page = page_of(story)

    assert_traced(story, page)
    assert len(page.named("script")) == 1
