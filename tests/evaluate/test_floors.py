"""The pinned floors hold for the shipped model, and pinning cannot lower one unseen."""

from pathlib import Path

import pytest

from tellings.errors import CorpusError, TellingsError
from tellings.evaluate import Evaluation, evaluate
from tellings.evaluate.corpora import corpora_folder
from tellings.evaluate.floors import Floors, below, load, pinned, save
from tellings.evaluate.scores import Score
from tellings.evaluate.stories import folder

PINNED = Path(__file__).parent / "floors.json"


def measured(value, corpus="corpus (abc)", **more):
    return Evaluation("attribution", corpus, {"whole": Score(value, 10, value, value), **more}, {}, {})


def test_a_score_under_its_floor_is_told():
    floors = Floors("corpus (abc)", {"whole": 0.7})
    assert below(floors, measured(0.7)) == []
    assert below(floors, measured(0.6)) == ["whole: 0.6000 is under the floor 0.7000"]


def test_a_score_that_is_no_longer_measured_is_told():
    assert below(Floors("corpus (abc)", {"part": 0.0, "whole": 0.7}), measured(0.7)) == ["part: is not measured"]


def test_another_corpus_is_not_scored_against_the_floors():
    (told,) = below(Floors("corpus (abc)", {"whole": 0.7}), measured(0.9, "corpus (other)"))
    assert "pin them anew" in told


def test_pinning_raises_floors_and_refuses_to_lower_them():
    before = Floors("corpus (abc)", {"whole": 0.7})
    assert pinned("attribution", before, measured(0.8)).least == {"whole": 0.8}
    with pytest.raises(TellingsError, match="would lower its floors"):
        pinned("attribution", before, measured(0.6))
    assert pinned("attribution", before, measured(0.6), lower=True).least == {"whole": 0.6}


def test_a_score_cannot_be_dropped_unseen_either():
    with pytest.raises(TellingsError, match="part"):
        pinned("attribution", Floors("corpus (abc)", {"part": 0.7}), measured(0.8))


def test_a_baseline_gets_no_floor():
    beside = measured(0.8, lexicon=Score(0.9, 10, pinned=False))
    assert pinned("wording", None, beside).least == {"whole": 0.8}


def test_floors_are_read_back_as_saved(tmp_path):
    floors = {"mentions": Floors("corpus (abc)", {"all": 0.8})}
    save(tmp_path / "floors.json", floors)
    assert load(tmp_path / "floors.json") == floors
    assert load(tmp_path / "none.json") == {}


@pytest.mark.corpora
@pytest.mark.parametrize("layer", sorted(load(PINNED)))
def test_the_shipped_model_holds_its_floors(layer):
    try:
        corpora_folder()
        if layer == "claims":
            folder("TELLINGS_GOLD", "gold")
    except CorpusError as missing:
        pytest.skip(f"what it is measured on is not here ({missing})")
    (result,) = evaluate(layer)
    assert below(load(PINNED)[layer], result) == []
