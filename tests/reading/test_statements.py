"""Where a sentence is cut into statements, and where it is not; of whom each tells what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.reading.layout import layout
from tellings.reading.statements import statements
from tellings.records import Attribution, Figure, Span
from tests.reading.parses import NO_STATES, at, mention, parsed, texts
from tests.reading.parses import told as told_of
from tests.reading.test_clauses import COORDINATED, IN_THE_MIDDLE, WHICH, trees


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
    """The words and voices of the statements of a text without a parse."""
    found = statements(layout(text), attributions, (), (), (), NO_STATES)
    return [(text[s.span.start : s.span.end], s.voice) for s in found]


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


def test_a_sentence_that_is_not_cut_is_a_statement_however_little_it_says():
    assert told("The roof:") == [("The roof", ())]


def test_a_content_of_a_word_or_a_doubtful_one_cuts_nothing():
    text = "The mayor called it nonsense on Friday evening."
    assert told(text, attribution(text, ["The mayor"], "called", "nonsense")) == [(text, ())]
    assert told(text, attribution(text, ["The mayor"], "called", "it nonsense on Friday", score=0.1)) == [(text, ())]


# ---------------------------------------------------------------- voices and clauses

SAID = (
    "Lind/PROPN/2/nsubj said/VERB/0/root she/PRON/4/nsubj regretted/VERB/2/ccomp it/PRON/4/obj ,/PUNCT/8/punct "
    "had/AUX/8/aux "
    "repaid/VERB/4/conj the/DET/10/det fee/NOUN/8/obj and/CCONJ/14/cc would/AUX/14/aux not/PART/14/advmod "
    "run/VERB/4/conj "
    "again/ADV/14/advmod ./PUNCT/2/punct"
)
CONTENT = "she regretted it, had repaid the fee and would not run again"


def test_a_content_is_cut_into_clauses_that_all_carry_its_voice():
    text, _ = parsed(SAID)
    found = told_of(SAID, attribution(text, ["Lind"], "said", CONTENT))
    assert [(text[s.span.start : s.span.end], s.voice, s.polarity) for s in found] == [
        ("she regretted it", (0,), "affirmed"),
        ("had repaid the fee", (0,), "affirmed"),
        ("would not run again", (0,), "negated"),
    ]


def test_a_clause_never_crosses_a_change_of_voice():
    text, _ = parsed(SAID)
    found = texts(SAID, attribution(text, ["Lind"], "said", "she regretted it, had repaid"))
    assert found == ["she regretted it, had repaid", "the fee and would not run again."]


def test_a_clause_that_only_names_who_speaks_is_no_statement():
    sentence = (
        "“/PUNCT/4/punct The/DET/3/det roof/NOUN/4/nsubj fell/VERB/0/root in/ADV/4/advmod ,/PUNCT/4/punct "
        "”/PUNCT/4/punct "
        "said/VERB/4/parataxis Anna/PROPN/8/nsubj Lind/PROPN/9/flat ,/PUNCT/14/punct who/PRON/14/nsubj had/AUX/14/aux "
        "sold/VERB/9/acl:relcl fish/NOUN/14/obj there/ADV/14/advmod for/ADP/18/case years/NOUN/14/obl ./PUNCT/4/punct"
    )
    text, _ = parsed(sentence)
    found = texts(sentence, attribution(text, ["Anna Lind"], "said", "“The roof fell in,”"))
    assert found == ["“The roof fell in,”", "who had sold fish there for years."]


def test_a_statement_knows_the_figures_and_marks_of_its_own_clause():
    sentence = (
        "Nine/NUM/2/nummod people/NOUN/3/nsubj came/VERB/0/root and/CCONJ/7/cc “/PUNCT/7/punct nobody/PRON/7/nsubj "
        "paid/VERB/3/conj 40/NUM/9/nummod crowns/NOUN/7/obj ”/PUNCT/7/punct"
    )
    text, words = parsed(sentence)
    nine = Figure(at(text, "Nine people"), 9, 9, "people", "exactly")
    forty = Figure(at(text, "40 crowns"), 40, 40, "crowns", "exactly")
    first, second = statements(layout(text), (), (nine, forty), words, (), NO_STATES)
    assert (first.figures, first.quoted) == ((0,), False)
    assert (second.figures, second.quoted) == ((1,), True)


# ---------------------------------------------------------------- predicate and participants


def words_of(text, span):
    return None if span is None else text[span.start : span.end]


PREDICATES = {
    "Lind/PROPN/4/nsubj would/AUX/4/aux not/PART/4/advmod run/VERB/0/root again/ADV/4/advmod": "would not run",
    "Lind/PROPN/4/nsubj did/AUX/4/aux n't/PART/4/advmod run/VERB/0/root": "didn't run",
    "Lind/PROPN/5/nsubj has/AUX/5/aux almost/ADV/4/advmod never/ADV/5/advmod paid/VERB/0/root": "has almost never paid",
    "Did/AUX/3/aux Lind/PROPN/3/nsubj run/VERB/0/root": "run",
    "Lind/PROPN/2/nsubj gave/VERB/0/root up/ADP/2/compound:prt the/DET/5/det seat/NOUN/2/obj": "gave up",
    "Lind/PROPN/2/nsubj gave/VERB/0/root the/DET/4/det seat/NOUN/2/obj up/ADP/2/compound:prt": "gave",
    "The/DET/2/det hall/NOUN/4/nsubj was/AUX/4/cop safe/ADJ/0/root last/ADJ/6/amod year/NOUN/4/obl": "was safe",
    "Lind/PROPN/6/nsubj was/AUX/6/cop not/PART/6/advmod the/DET/6/det first/ADJ/6/amod mayor/NOUN/0/root of/ADP/9/case "
    "the/DET/9/det town/NOUN/6/nmod": "was not the first mayor",
    "The/DET/2/det fire/NOUN/0/root in/ADP/4/case May/PROPN/2/nmod": None,
}


@pytest.mark.parametrize("sentence", PREDICATES)
def test_a_predicate_has_its_auxiliaries_and_a_copula_its_noun(sentence):
    text, _ = parsed(sentence)
    (statement,) = told_of(sentence)
    assert words_of(text, statement.predicate) == PREDICATES[sentence]


def roles(sentence, *mentions):
    """For each statement: role, words and entity of its participants."""
    text, _ = parsed(sentence)
    known = tuple(
        sorted((mention(text, words, entity, form) for words, entity, form in mentions), key=lambda m: m.span)
    )
    found = told_of(sentence, mentions=known)
    return [[(p.role, words_of(text, p.span), p.entity) for p in s.participants] for s in found]


def test_participants_are_phrases_without_preposition_relative_clause_and_apposition():
    sentence = (
        "The/DET/3/det old/ADJ/3/amod mayor/NOUN/8/nsubj:pass ,/PUNCT/5/punct Lind/PROPN/3/appos ,/PUNCT/5/punct "
        "was/AUX/8/aux:pass "
        "seen/VERB/0/root by/ADP/11/case two/NUM/11/nummod men/NOUN/8/obl:agent who/PRON/13/nsubj "
        "left/VERB/11/acl:relcl"
    )
    assert roles(sentence, ("The old mayor", 0, "nominal"), ("Lind", 0, "name"), ("two men", 1, "nominal")) == [
        [("subject", "The old mayor", 0), ("agent", "two men", 1)]
    ]


def test_objects_and_those_obliques_in_which_somebody_known_stands():
    sentence = (
        "Lind/PROPN/2/nsubj told/VERB/0/root Berg/PROPN/2/iobj the/DET/5/det news/NOUN/2/obj at/ADP/8/case "
        "the/DET/8/det "
        "council/NOUN/2/obl on/ADP/10/case Friday/PROPN/2/obl"
    )
    assert roles(sentence, ("Lind", 0, "name"), ("Berg", 1, "name"), ("the council", 2, "nominal")) == [
        [
            ("subject", "Lind", 0),
            ("indirect object", "Berg", 1),
            ("object", "the news", None),
            ("oblique", "the council", 2),
        ]
    ]


def test_a_coordinated_predicate_has_the_subject_of_the_first():
    assert roles(COORDINATED, ("Lind", 4, "name")) == [
        [("subject", "Lind", 4), ("object", "it", None)],
        [("subject", "Lind", 4), ("object", "the fee", None)],
        [("subject", "Lind", 4)],
    ]


def test_coordinated_phrases_are_participants_each():
    sentence = (
        "Anna/PROPN/6/nsubj Lind/PROPN/1/flat and/CCONJ/5/cc her/PRON/5/nmod:poss brother/NOUN/1/conj left/VERB/0/root"
    )
    assert roles(sentence, ("Anna Lind", 0, "name"), ("her", 0, "pronoun"), ("her brother", 1, "nominal")) == [
        [("subject", "Anna Lind", 0), ("subject", "her brother", 1)]
    ]


def test_an_open_complement_gives_its_object_and_takes_its_subject_from_outside():
    sentence = (
        "Lind/PROPN/2/nsubj agreed/VERB/0/root to/PART/4/mark repay/VERB/2/xcomp the/DET/6/det town/NOUN/4/obj "
        "./PUNCT/2/punct"
    )
    assert roles(sentence, ("Lind", 0, "name"), ("the town", 1, "nominal")) == [
        [("subject", "Lind", 0), ("object", "the town", 1)]
    ]
    text, _ = parsed(sentence)
    found = told_of(sentence, attribution(text, ["Lind"], "agreed", "to repay the town"))
    assert [(p.role, words_of(text, p.span)) for p in found[0].participants] == [
        ("subject", "Lind"),
        ("object", "the town"),
    ]


def test_who_is_asked_to_do_something_does_it():
    sentence = (
        "Lind/PROPN/2/nsubj asked/VERB/0/root Berg/PROPN/2/obj to/PART/5/mark leave/VERB/2/xcomp the/DET/7/det "
        "town/NOUN/5/obj"
    )
    text, _ = parsed(sentence)
    found = told_of(sentence, attribution(text, ["Lind"], "asked", "to leave the town"))
    assert [(p.role, words_of(text, p.span)) for p in found[-1].participants] == [
        ("subject", "Berg"),
        ("object", "the town"),
    ]


def test_a_relative_pronoun_means_what_its_clause_hangs_on():
    assert roles(WHICH, ("the hall", 3, "nominal"))[1] == [("subject", "which", 3)]


def test_a_clause_in_the_middle_leaves_predicate_and_participants_to_the_outer_one():
    text, _ = parsed(IN_THE_MIDDLE)
    first, _ = told_of(IN_THE_MIDDLE)
    assert words_of(text, first.predicate) == "resigned"
    assert [(p.role, words_of(text, p.span)) for p in first.participants] == [("subject", "The mayor")]


def test_of_an_outer_and_an_inner_subject_the_inner_one_is_taken():
    sentence = (
        "The/DET/2/det answer/NOUN/6/nsubj:outer is/AUX/6/cop that/SCONJ/6/mark Lind/PROPN/6/nsubj left/VERB/0/root"
    )
    assert roles(sentence) == [[("subject", "Lind", None)]]


# ---------------------------------------------------------------- any tree, any contents


@st.composite
def attributed(draw):
    """A text with a random tree, and contents over random stretches of it."""
    text, words = draw(trees())
    edges = st.integers(0, len(text))
    contents = draw(st.lists(st.tuples(edges, edges).filter(lambda pair: pair[0] < pair[1]), max_size=3))
    made = [Attribution((), (), (Span(*content),), "indirect", None, None, 0.9) for content in contents]
    return text, words, made


@given(attributed())
def test_statements_lie_in_their_sentence_and_do_not_overlap_and_no_voice_reaches_over_its_content(case):
    text, words, made = case
    cut = layout(text)
    before = 0
    for statement in statements(cut, made, (), words, (), NO_STATES):
        sentence = cut.sentences[statement.sentence]
        assert sentence.start <= statement.span.start < statement.span.end <= sentence.end
        assert before <= statement.span.start
        before = statement.span.end
        for number in statement.voice:
            (content,) = made[number].content
            assert content.start <= statement.span.start
            assert statement.span.end <= content.end


@given(trees())
def test_without_attributions_every_word_that_says_something_stands_in_one_statement(tree):
    text, words = tree
    found = statements(layout(text), (), (), words, (), NO_STATES)
    for word in words:
        joins = word.upos == "CCONJ" and word.relation == "cc"
        if text[word.span.start : word.span.end].isalpha() and not joins:
            inside = [s for s in found if s.span.start <= word.span.start and word.span.end <= s.span.end]
            assert len(inside) == 1
            assert inside[0].predicate is None or text[inside[0].predicate.start : inside[0].predicate.end].strip()
