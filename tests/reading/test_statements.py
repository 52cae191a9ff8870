"""Where a sentence is cut into statements, and where it is not."""

from tellings.reading.layout import layout
from tellings.reading.statements import statements
from tellings.records import Attribution, Span


def at(text, words):
    start = text.index(words)
    return Span(start, start + len(words))


def attribution(text, source, cue, *content, score=0.9):
    return Attribution(
        tuple(at(text, s) for s in source),
        (at(text, cue),),
        tuple(at(text, c) for c in content),
        "indirect",
        None,
        None,
        score,
    )


def told(text, *attributions):
    return [(text[s.span.start : s.span.end], s.voice) for s in statements(layout(text), attributions, ())]


def test_what_a_source_says_and_what_the_account_adds_are_apart():
    text = "Standing in the rain at noon, the mayor said that the hall was safe."
    assert told(text, attribution(text, ["the mayor"], "said", "that the hall was safe")) == [
        ("Standing in the rain at noon, the mayor said", ()),
        ("that the hall was safe", (0,)),
    ]


def test_who_speaks_is_no_statement_of_its_own():
    text = "The hall was safe all year, the mayor said."
    assert told(text, attribution(text, ["the mayor"], "said", "The hall was safe all year")) == [
        ("The hall was safe all year", (0,))
    ]


def test_a_content_cut_by_its_own_cue_is_one_statement():
    text = "The chief reportedly made a private call on Friday."
    assert told(text, attribution(text, [], "reportedly", "The chief", "made a private call on Friday")) == [
        ("The chief reportedly made a private call on Friday", (0,))
    ]


def test_two_halves_of_a_quotation_that_can_stand_alone_are_two():
    text = "“It fell all at once,” she said, “and nobody of us knew why.”"
    quote = attribution(text, ["she"], "said", "“It fell all at once,”", "“and nobody of us knew why.”")
    assert told(text, quote) == [("“It fell all at once,”", (0,)), ("“and nobody of us knew why.”", (0,))]


def test_voices_inside_voices_are_a_chain_from_the_account_inwards():
    text = "The report says the chief warned that the roof was weak."
    outer = attribution(text, ["The report"], "says", "the chief warned that the roof was weak")
    inner = attribution(text, ["the chief"], "warned", "that the roof was weak")
    assert ("that the roof was weak", (0, 1)) in told(text, outer, inner)


def test_a_content_of_a_word_or_a_doubtful_one_cuts_nothing():
    text = "The mayor called it nonsense on Friday evening."
    assert told(text, attribution(text, ["The mayor"], "called", "nonsense")) == [(text, ())]
    assert told(text, attribution(text, ["The mayor"], "called", "it nonsense on Friday", score=0.1)) == [(text, ())]
