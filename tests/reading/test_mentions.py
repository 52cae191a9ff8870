"""Names whole, and entities of one name."""

import numpy as np
import pytest

from tellings.ingest import account_from_text
from tellings.reading import labels, pairs, read
from tellings.reading.layout import layout
from tellings.reading.mentions import name_groups, name_words, phrase_start, runs, same_name, whole_name
from tellings.reading.model import PairWeights
from tellings.records import Span, Word
from tests.reading.fakes import SURE, HandMadeModel, piece_ids


def whole(text, first, last):
    span = whole_name(layout(text), first, last)
    return None if span is None else text[span.start : span.end]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Ana O'Neil left.", (0, 2), "Ana O'Neil"),
        ("Musa al-Hadi left.", (3, 4), "al-Hadi"),
        ("The U.S. said", (1, 4), "U.S."),
        ("Harbour Corp. said", (0, 2), "Harbour Corp."),
        ("He met Lind. Then", (2, 3), "Lind"),
        ("Lind's house", (0, 3), "Lind"),
        ("“Lind”", (0, 2), "Lind"),
        ("Ana-Maria", (0, 1), "Ana-Maria"),
        ("...", (0, 2), None),
    ],
)
def test_a_name_is_whole_without_signs_around_it(text, words, expected):
    assert whole(text, *words) == expected


def test_runs_begin_anew_where_beginning_beats_going_on():
    outside, begin, inside = [0.9, 0.05, 0.05], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8]
    shares = np.zeros((5, 9), dtype=np.float32)
    for word, (o, b, i) in enumerate([begin, inside, begin, outside, inside]):
        shares[word, [0, 1, 2]] = o, b, i
    assert runs(shares) == [(0, 2), (2, 3), (4, 5)]


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Ana Lind", "Lind", True),
        ("Mayor Ana Lind", "Ana Lind", True),
        ("Ana Lind", "Ana", True),
        ("Ana Lind", "Bo Lind", False),
        ("Lind's", "Lind", True),
        ("Ana Lind", "Ana Berg", False),
    ],
)
def test_persons_of_one_name(a, b, same):
    assert same_name(("PER", name_words(a)), ("PER", name_words(b))) is same


def test_organisations_go_by_their_initials_and_types_are_kept_apart():
    board = ("ORG", name_words("Harbour Safety Board"))
    assert same_name(board, ("ORG", name_words("HSB")))
    assert not same_name(board, ("PER", name_words("HSB")))


def test_names_of_one_person_are_one_group_the_fullest_first():
    text = "Lind met Bo Berg. Ana Lind left."
    names = ["Lind", "Bo Berg", "Ana Lind"]
    found = [(Span(text.index(n), text.index(n) + len(n)), "PER", 1.0) for n in names]
    groups = name_groups(text, found)
    assert groups[0] == groups[2] != groups[1]


class LinkingModel(HandMadeModel):
    """Links every phrase and pronoun to the candidate right before it, whatever it is."""

    @property
    def pair(self):
        tables = [np.zeros((size, 1), dtype=np.float32) for size in pairs.SIZES]
        tables[1][1] = 5.0  # no mention between
        return PairWeights(tuple(tables), np.ones(1, dtype=np.float32), 0.0, np.zeros(2, dtype=np.float32), 1.0)


class NounModel(LinkingModel):
    """Takes every word of `nouns` for a phrase's head that means a person, and `she` for a pronoun."""

    nouns = ("chief",)

    def run(self, tokens, window):
        scores = super().run(tokens, window)
        ids = tokens.ids[window.first : window.last]
        labelled = scores.labels
        labelled[:, labels.PART_OF_SPEECH.start + labels.UPOS.index("PROPN")] = SURE / 2
        for word, kind in (("she", "PRON"), ("chief", "NOUN"), ("the", "DET"), ("tired", "ADJ")):
            labelled[np.isin(ids, piece_ids(word)), labels.PART_OF_SPEECH.start + labels.UPOS.index(kind)] = SURE
        labelled[:, labels.NOMINAL.start] = SURE / 2
        labelled[np.isin(ids, piece_ids("chief")), labels.NOMINAL.start + 1] = SURE
        return scores


def read_mentions(text, model):
    reading = next(read([account_from_text(text)], model=model))
    return reading, [(text[m.span.start : m.span.end], m.form, m.entity) for m in reading.mentions]


def test_phrases_and_pronouns_go_to_the_entity_they_mean():
    text = "Lind left the hall. The chief was tired, and she slept."
    reading, found = read_mentions(text, NounModel({"Lind": "PER"}))
    assert found == [("Lind", "name", 0), ("chief", "nominal", 0), ("she", "pronoun", 0)]
    assert [(e.type, text[e.name.start : e.name.end], e.mentions) for e in reading.entities] == [
        ("PER", "Lind", (0, 1, 2))
    ]


def test_a_pronoun_that_stands_for_nobody_is_no_mention():
    assert read_mentions("She left the hall.", NounModel())[1] == []


def test_an_entity_without_a_name_is_called_by_its_first_phrase():
    text = "A chief left. She slept."
    reading, found = read_mentions(text, NounModel())
    assert found == [("chief", "nominal", 0), ("She", "pronoun", 0)]
    (entity,) = reading.entities
    assert text[entity.name.start : entity.name.end] == "chief"


def words_of(rows):
    """Words of `form/UPOS/head/relation` rows, heads counted from 1, 0 the root."""
    text, words = "", []
    for row in rows.split():
        form, upos, head, relation = row.split("/")
        start = len(text) + bool(text)
        text += " " * bool(text) + form
        words.append(Word(Span(start, len(text)), upos, int(head) - 1 if head != "0" else None, relation))
    return text, words


@pytest.mark.parametrize(
    ("rows", "head", "expected"),
    [
        ("the/DET/3/det old/ADJ/3/amod chief/NOUN/0/root", 2, "the old chief"),
        ("of/ADP/2/case men/NOUN/0/root", 1, "men"),
        ("Lind/PROPN/3/nmod:poss 's/PART/1/case spokesman/NOUN/0/root", 2, "Lind 's spokesman"),
        ("said/VERB/0/root chief/NOUN/1/nsubj of/ADP/4/case police/NOUN/2/nmod", 1, "chief"),
        ("is/AUX/3/cop a/DET/3/det teacher/NOUN/0/root", 2, "a teacher"),
    ],
)
def test_a_phrase_runs_from_its_first_word_to_its_head(rows, head, expected):
    text, words = words_of(rows)
    start = phrase_start(words, head)
    assert text[start : words[head].span.end] == expected
