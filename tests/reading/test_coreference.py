"""Which mentions are one: features of a pair, candidates, and how links become entities."""

from dataclasses import dataclass

import numpy as np
import pytest

from tellings.reading import pairs
from tellings.reading.coreference import Found, clusters
from tellings.reading.layout import layout
from tellings.reading.model import PairWeights, pair_scores
from tellings.reading.pairs import NAME, NOMINAL, PRONOUN, candidates, pair_features, shape
from tellings.reading.states import Encoded, States, states
from tellings.reading.windows import windows
from tellings.records import Span
from tests.reading.fakes import HandMadeModel

TEXT = "Ana Lind met Bo Berg. Lind left. He slept. The chief said she slept too."


@dataclass(frozen=True)
class Linking(HandMadeModel):
    """Likes some candidates better than none: `tables` sets single weights as (feature, bucket, weight)."""

    tables: tuple[tuple[int, int, float], ...] = ()

    @property
    def pair(self):
        made = [np.zeros((size, 1), dtype=np.float32) for size in pairs.SIZES]
        for feature, bucket, weight in self.tables:
            made[feature][bucket] = weight
        return PairWeights(tuple(made), np.ones(1, dtype=np.float32), 0.0, np.zeros(2, dtype=np.float32), 1.0)


def found_in(text, *mentions):
    """Mentions given as (words, form, group), each sought after the one before."""
    found, at = [], 0
    for words, form, group in mentions:
        at = text.index(words, at)
        found.append(Found(Span(at, at + len(words)), None if form == "pronoun" else "PER", form, 1.0, group))
        at += len(words)
    return found


def clustered(text, model, *mentions):
    cut = layout(text)
    seen = states([(w, model.run(cut.tokens, w)) for w in windows(cut.tokens, cut.sentence_of)])
    return clusters(Encoded(cut, seen, model), found_in(text, *mentions))


def test_names_of_one_group_are_one_entity_and_others_are_apart():
    given = [("Ana Lind", "name", 0), ("Bo Berg", "name", 1), ("Lind", "name", 0)]
    assert clustered(TEXT, HandMadeModel(), *given) == [0, 1, 0]


def test_a_pronoun_goes_to_its_best_candidate():
    model = Linking(tables=((1, 2, 5.0),))  # one mention between
    given = [("Ana Lind", "name", 0), ("Bo Berg", "name", 1), ("Lind", "name", 0), ("He", "pronoun", None)]
    assert clustered(TEXT, model, *given) == [0, 1, 0, 1]


def test_a_pronoun_whose_candidates_are_all_worse_than_none_stays_alone():
    given = [("Ana Lind", "name", 0), ("He", "pronoun", None)]
    assert clustered(TEXT, Linking(), *given) == [0, 1]


def test_entities_are_numbered_by_their_first_mention_however_many_there_are():
    text = " ".join(f"Ana{n} left." for n in range(300))
    given = [(f"Ana{n}", "name", n % 150) for n in range(300)]
    assert clustered(text, HandMadeModel(), *given) == [n % 150 for n in range(300)]


def test_no_mention_gives_no_entity():
    assert clustered(TEXT, HandMadeModel()) == []


@pytest.mark.parametrize(
    ("one", "other", "bucket"),
    [
        (("the fire chief", NOMINAL), ("a chief", NOMINAL), 2),  # the last word
        (("Ana Lind", NAME), ("Ana Berg", NAME), 1),  # some
        (("Ana Lind", NAME), ("Ana Lind's", NAME), 3),  # all
        (("Ana Lind", NAME), ("Bo Berg", NAME), 0),
        (("Ana Lind", NAME), ("she", PRONOUN), 4),  # nothing to compare
    ],
)
def test_words_in_common(one, other, bucket):
    shapes = [shape(words, form, 0, 0, quoted=False) for words, form in (one, other)]
    assert pair_features(shapes)[1, 0, 3] == pair_features(shapes)[0, 1, 3] == bucket


def test_a_pronoun_s_kind_is_what_its_word_tells():
    assert shape("She", PRONOUN, 3, 0, quoted=False).kind == pairs.KINDS.index("PER")
    assert shape("its", PRONOUN, 0, 0, quoted=False).kind == pairs.KINDS.index("other")


def test_features_stay_within_their_tables():
    shapes = [
        shape(words, form, n % 4, 3 * n, quoted=n % 2 == 0)
        for n, (words, form) in enumerate(
            [("Lind", NAME), ("he", PRONOUN), ("those", PRONOUN), ("the chief", NOMINAL)] * 20
        )
    ]
    features = pair_features(shapes)
    assert features.shape == (80, 80, len(pairs.SIZES))
    assert (features >= 0).all()
    assert (features < np.asarray(pairs.SIZES)).all()


def test_only_a_pronoun_may_look_ahead_and_only_to_a_name_in_its_sentence():
    shapes = [
        shape("he", PRONOUN, 0, 0, quoted=False),
        shape("Lind", NAME, 0, 0, quoted=False),
        shape("the chief", NOMINAL, 0, 0, quoted=False),
        shape("Berg", NAME, 0, 1, quoted=False),
    ]
    assert candidates(shapes)[0].tolist() == [False, True, False, False]
    assert candidates(shapes)[1].tolist() == [True, False, False, False]


def test_pair_scores_add_what_each_feature_says():
    weights = PairWeights(
        (np.asarray([[0.0], [2.0]], dtype=np.float32),),
        np.asarray([3.0], dtype=np.float32),
        0.5,
        np.asarray([1.0, 0.0], dtype=np.float32),
        -1.0,
    )
    one, other = np.asarray([[1.0, 2.0]], dtype=np.float32), np.asarray([[0.5, 4.0]], dtype=np.float32)
    scores, first = pair_scores(weights, one, other, np.asarray([[[1]]]))
    assert scores.tolist() == [[3.0 * (1.0 + 0.5 + 2.0 * 4.0 + 2.0) + 0.5]]
    assert first.tolist() == [0.0]


def test_states_join_the_cores_of_all_windows():
    text = "The roof of the hall fell in. " * 120
    cut, model = layout(text), HandMadeModel()
    seen = states([(w, model.run(cut.tokens, w)) for w in windows(cut.tokens, cut.sentence_of)])
    assert len(seen.labels) == len(cut.tokens)
    assert isinstance(states([]), States)
