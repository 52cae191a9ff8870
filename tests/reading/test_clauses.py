"""Which stretches of a sentence tell one thing each; the parses are written by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.reading.clauses import clauses, syntax
from tellings.records import Span, Word
from tests.reading.parses import parsed, texts

COORDINATED = (
    "Lind/PROPN/2/nsubj regretted/VERB/0/root it/PRON/2/obj ,/PUNCT/6/punct had/AUX/6/aux repaid/VERB/2/conj "
    "the/DET/8/det fee/NOUN/6/obj and/CCONJ/12/cc would/AUX/12/aux not/PART/12/advmod run/VERB/2/conj "
    "again/ADV/12/advmod ./PUNCT/2/punct"
)
TWO_SUBJECTS = (
    "The/DET/2/det roof/NOUN/3/nsubj fell/VERB/0/root in/ADV/3/advmod ,/PUNCT/9/punct but/CCONJ/9/cc "
    "nobody/PRON/9/nsubj "
    "was/AUX/9/aux:pass hurt/VERB/3/conj ./PUNCT/3/punct"
)
BARE_VERBS = (
    "Two/NUM/2/nummod men/NOUN/4/nsubj:pass were/AUX/4/aux:pass arrested/VERB/0/root and/CCONJ/6/cc "
    "charged/VERB/4/conj "
    "./PUNCT/4/punct"
)
SHORT_CONJUNCT = (
    "Lind/PROPN/2/nsubj left/VERB/0/root the/DET/4/det hall/NOUN/2/obj and/CCONJ/7/cc was/AUX/7/aux crying/VERB/2/conj "
    "./PUNCT/2/punct"
)
ALTERNATIVE = (
    "Lind/PROPN/4/nsubj did/AUX/4/aux not/PART/4/advmod repay/VERB/0/root the/DET/6/det fee/NOUN/4/obj or/CCONJ/8/cc "
    "leave/VERB/4/conj the/DET/10/det town/NOUN/8/obj ./PUNCT/4/punct"
)
CONTENT = (
    "On/ADP/2/case Friday/PROPN/5/obl the/DET/4/det council/NOUN/5/nsubj told/VERB/0/root a/DET/7/det crowd/NOUN/5/obj "
    "at/ADP/11/case the/DET/11/det old/ADJ/11/amod hall/NOUN/5/obl that/SCONJ/16/mark its/PRON/14/nmod:poss "
    "roof/NOUN/16/nsubj was/AUX/16/cop weak/ADJ/5/ccomp for/ADP/18/case years/NOUN/16/obl ./PUNCT/5/punct"
)
SHORT_GOVERNOR = (
    "The/DET/2/det report/NOUN/3/nsubj found/VERB/0/root that/SCONJ/8/mark the/DET/6/det roof/NOUN/8/nsubj "
    "had/AUX/8/aux "
    "rusted/VERB/3/ccomp for/ADP/11/case ten/NUM/11/nummod years/NOUN/8/obl ./PUNCT/3/punct"
)
SAID_LAST = (
    "The/DET/2/det wall/NOUN/4/nsubj had/AUX/4/aux cracked/VERB/12/ccomp and/CCONJ/9/cc the/DET/7/det "
    "roof/NOUN/9/nsubj "
    "was/AUX/9/cop weak/ADJ/4/conj ,/PUNCT/9/punct she/PRON/12/nsubj said/VERB/0/root ./PUNCT/12/punct"
)
BECAUSE = (
    "The/DET/2/det hall/NOUN/4/nsubj:pass was/AUX/4/aux:pass closed/VERB/0/root on/ADP/6/case Friday/PROPN/4/obl "
    "because/SCONJ/11/mark its/PRON/9/nmod:poss roof/NOUN/11/nsubj had/AUX/11/aux fallen/VERB/4/advcl in/ADV/11/advmod "
    "./PUNCT/4/punct"
)
ALTHOUGH = (
    "Although/SCONJ/5/mark the/DET/3/det hall/NOUN/5/nsubj was/AUX/5/cop old/ADJ/9/advcl ,/PUNCT/5/punct the/DET/8/det "
    "council/NOUN/9/nsubj refused/VERB/0/root any/DET/11/det repair/NOUN/9/obj ./PUNCT/9/punct"
)
IF = (
    "If/SCONJ/4/mark the/DET/3/det roof/NOUN/4/nsubj falls/VERB/9/advcl again/ADV/4/advmod ,/PUNCT/4/punct "
    "the/DET/8/det "
    "hall/NOUN/9/nsubj closes/VERB/0/root for/ADP/11/case good/ADJ/9/obl ./PUNCT/9/punct"
)
EVERY_TIME = (
    "The/DET/2/det roof/NOUN/3/nsubj leaks/VERB/0/root every/DET/5/det time/NOUN/3/obl:unmarked heavy/ADJ/7/amod "
    "rain/NOUN/8/nsubj falls/VERB/3/advcl ./PUNCT/3/punct"
)
WHICH = (
    "The/DET/2/det council/NOUN/3/nsubj closed/VERB/0/root the/DET/5/det hall/NOUN/3/obj ,/PUNCT/11/punct "
    "which/PRON/11/nsubj:pass "
    "had/AUX/11/aux been/AUX/11/aux:pass barely/ADV/11/advmod built/VERB/5/acl:relcl in/ADP/14/case two/NUM/14/nummod "
    "years/NOUN/11/obl ./PUNCT/3/punct"
)
RESTRICTIVE = (
    "The/DET/2/det council/NOUN/3/nsubj closed/VERB/0/root the/DET/5/det hall/NOUN/3/obj that/PRON/8/nsubj:pass "
    "had/AUX/8/aux "
    "opened/VERB/5/acl:relcl in/ADP/12/case very/ADV/11/advmod cold/ADJ/12/amod weather/NOUN/8/obl ./PUNCT/3/punct"
)
IN_THE_MIDDLE = (
    "The/DET/2/det mayor/NOUN/10/nsubj ,/PUNCT/5/punct who/PRON/5/nsubj took/VERB/2/acl:relcl office/NOUN/5/obj "
    "two/NUM/8/nummod "
    "years/NOUN/9/obl:unmarked ago/ADV/5/advmod resigned/VERB/0/root on/ADP/12/case Friday/PROPN/10/obl "
    ",/PUNCT/16/punct "
    "and/CCONJ/16/cc nobody/PRON/16/nsubj followed/VERB/10/conj ./PUNCT/10/punct"
)
PARTICIPLE = (
    "A/DET/2/det roof/NOUN/3/nsubj fell/VERB/0/root in/ADV/3/advmod ,/PUNCT/6/punct killing/VERB/3/advcl "
    "nine/NUM/8/nummod "
    "people/NOUN/6/obj near/ADP/11/case the/DET/11/det stage/NOUN/6/obl ./PUNCT/3/punct"
)
SHORT_PARTICIPLE = (
    "Standing/VERB/8/advcl in/ADP/4/case the/DET/4/det rain/NOUN/1/obl ,/PUNCT/1/punct the/DET/7/det "
    "mayor/NOUN/8/nsubj "
    "thanked/VERB/0/root them/PRON/8/obj ./PUNCT/8/punct"
)
WANTED = (
    "Lind/PROPN/2/nsubj wanted/VERB/0/root to/PART/4/mark repay/VERB/2/xcomp the/DET/6/det fee/NOUN/4/obj "
    "and/CCONJ/8/cc "
    "leave/VERB/4/conj the/DET/10/det old/ADJ/11/amod town/NOUN/8/obj ./PUNCT/2/punct"
)
SEMICOLON = (
    "The/DET/2/det hall/NOUN/3/nsubj closed/VERB/0/root ;/PUNCT/8/punct the/DET/6/det council/NOUN/8/nsubj "
    "never/ADV/8/advmod "
    "met/VERB/3/parataxis again/ADV/8/advmod ./PUNCT/3/punct"
)
QUOTED = (
    "“/PUNCT/3/punct It/PRON/3/nsubj fell/VERB/0/root at/ADP/5/case noon/NOUN/3/obl ,/PUNCT/3/punct ”/PUNCT/3/punct "
    "and/CCONJ/11/cc “/PUNCT/11/punct nobody/PRON/11/nsubj knew/VERB/3/conj why/ADV/11/advmod ./PUNCT/3/punct "
    "”/PUNCT/3/punct"
)
QUESTION = (
    "Why/ADV/4/advmod did/AUX/4/aux Lind/PROPN/4/nsubj leave/VERB/0/root the/DET/6/det town/NOUN/4/obj and/CCONJ/9/cc "
    "who/PRON/9/nsubj paid/VERB/4/conj the/DET/11/det fee/NOUN/9/obj ?/PUNCT/4/punct"
)
FRAGMENT = "Nine/NUM/2/nummod people/NOUN/0/root under/ADP/5/case the/DET/5/det roof/NOUN/2/nmod"

EXPECTED = {
    COORDINATED: ["Lind regretted it", "had repaid the fee", "would not run again."],
    TWO_SUBJECTS: ["The roof fell in", "nobody was hurt."],
    BARE_VERBS: ["Two men were arrested and charged."],
    SHORT_CONJUNCT: ["Lind left the hall and was crying."],
    ALTERNATIVE: ["Lind did not repay the fee or leave the town."],
    CONTENT: ["On Friday the council told a crowd at the old hall", "that its roof was weak for years."],
    SHORT_GOVERNOR: ["The report found that the roof had rusted for ten years."],
    SAID_LAST: ["The wall had cracked", "the roof was weak, she said."],
    BECAUSE: ["The hall was closed on Friday", "because its roof had fallen in."],
    ALTHOUGH: ["Although the hall was old, the council refused any repair."],
    IF: ["If the roof falls again, the hall closes for good."],
    EVERY_TIME: ["The roof leaks every time heavy rain falls."],
    WHICH: ["The council closed the hall", "which had been barely built in two years."],
    RESTRICTIVE: ["The council closed the hall that had opened in very cold weather."],
    IN_THE_MIDDLE: ["The mayor, who took office two years ago resigned on Friday", "nobody followed."],
    PARTICIPLE: ["A roof fell in", "killing nine people near the stage."],
    SHORT_PARTICIPLE: ["Standing in the rain, the mayor thanked them."],
    WANTED: ["Lind wanted to repay the fee and leave the old town."],
    SEMICOLON: ["The hall closed", "the council never met again."],
    QUOTED: ["“It fell at noon,”", "“nobody knew why.”"],
    QUESTION: ["Why did Lind leave the town and who paid the fee?"],
    FRAGMENT: ["Nine people under the roof"],
}


@pytest.mark.parametrize("sentence", EXPECTED)
def test_a_sentence_is_cut_into_what_tells_one_thing(sentence):
    assert texts(sentence) == EXPECTED[sentence]


def test_a_clause_that_tells_too_little_stays_with_what_it_hangs_on():
    text, words = parsed(SAID_LAST)
    (_, last) = clauses(syntax(text, words), Span(0, len(text)))
    assert text[words[last.head].span.start : words[last.head].span.end] == "weak"  # and not "said"


def test_a_cut_after_a_word_that_leads_on_is_not_made():
    wrong = (
        "The/DET/2/det hall/NOUN/3/nsubj fell/VERB/0/root before/SCONJ/8/mark the/DET/3/det market/NOUN/8/nsubj "
        "was/AUX/8/cop "
        "due/ADJ/3/advcl to/PART/10/mark open/VERB/8/xcomp ./PUNCT/3/punct"
    )
    assert texts(wrong) == ["The hall fell before the market was due to open."]
    after = wrong.replace("the/DET/3/det", "the/DET/6/det")
    assert texts(after) == ["The hall fell", "before the market was due to open."]


def test_a_stretch_without_words_has_no_clause():
    assert clauses(syntax("", ()), Span(0, 0)) == ()


FORMS = [
    "roof",
    "fell",
    "and",
    "but",
    "or",
    ",",
    "“",
    "”",
    '"',
    "—",
    "(",
    ")",
    "not",
    "may",
    "who",
    "said",
    "to",
    "if",
    "?",
    ".",
]
UPOS = ["NOUN", "VERB", "PUNCT", "CCONJ", "PRON", "AUX", "PART", "PROPN", "ADV"]
RELATIONS = [
    "nsubj", "obj", "conj", "cc", "punct", "ccomp", "xcomp", "advcl", "acl", "acl:relcl", "parataxis", "appos", "mark",
    "aux", "cop", "obl", "det", "flat", "csubj",
]  # fmt: skip


@st.composite
def trees(draw, most=14):
    """A text of one line and a random tree over its words, some of them glued to the one before."""
    count = draw(st.integers(1, most))
    order = draw(st.permutations(range(count)))
    heads: list[int | None] = [None] * count
    for place in range(1, count):
        heads[order[place]] = order[draw(st.integers(0, place - 1))]
    text, words = "", []
    for i in range(count):
        form = draw(st.sampled_from(FORMS))
        text += " " if text and draw(st.booleans()) else ""
        span = Span(len(text), len(text) + len(form))
        text += form
        relation = "root" if heads[i] is None else draw(st.sampled_from(RELATIONS))
        words.append(Word(span, draw(st.sampled_from(UPOS)), heads[i], relation))
    return text, tuple(words)


@given(trees())
def test_clauses_lie_in_their_stretch_in_order_and_hold_every_word_that_says_something(tree):
    text, words = tree
    found = clauses(syntax(text, words), Span(0, len(text)))
    before = 0
    for clause in found:
        assert before <= clause.span.start <= clause.span.end <= len(text)
        assert clause.first <= clause.head < clause.last
        before = clause.span.end
    for word in words:
        joins = word.upos == "CCONJ" and word.relation == "cc"
        if text[word.span.start : word.span.end].isalpha() and not joins:
            inside = [c for c in found if c.span.start <= word.span.start and word.span.end <= c.span.end]
            assert len(inside) == 1
