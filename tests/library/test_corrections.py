"""What holds for corrections in a library, whichever store it is in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text, update

from tellings.correcting.lines import from_lines, to_lines
from tellings.correcting.records import Correction
from tellings.errors import LibraryError
from tellings.library import Query, open_library, schema
from tellings.library.opened import Library
from tellings.library.records import Added
from tellings.records import Reading
from tests.correcting.made import at, says
from tests.library.bridges import read, vectors
from tests.show.readings import BRIDGE

URL = "https://bridge.example/1"


def version(name: str, words: str, **head: str) -> Reading:
    """The page of the bridge with another text, in which the plain reader finds nothing."""
    one = read(name, url=URL, **head)
    bare = dict.fromkeys(("mentions", "entities", "attributions", "statements", "figures", "times", "wording"), ())
    layers = {**bare, "sentences": (), "quotations": (), "words": (), "vectors": vectors(0)}
    return replace(one, account=replace(one.account, text=words), **layers)


@pytest.fixture
def said() -> list[Correction]:
    one = read()
    return [
        says(1, "speaker", at(one, "nobody looked after it"), at(one, "Edda Kroll"), note="she said so"),
        says(2, "same entity", at(one, "The builder"), at(one, "Harrow Works"), author="Otis"),
        says(3, "label", at(one, "shameful"), value="none"),
        says(4, "different claim", at(one, "Who pays?"), at(one, "Bridge closed"), withdrawn="2030-05-02T00:00:00Z"),
    ]


def test_corrections_come_back_as_they_were_made(library: Library, said: list[Correction]):
    assert library.correct(said) == Added(new=4)
    assert library.corrections(withdrawn=True) == said
    assert library.corrections() == said[:3]
    assert library.corrections(texts=[said[0].at.sha256]) == said[:3]
    assert library.corrections(texts=["0" * 64]) == []


def test_the_same_corrections_twice_are_kept_once(library: Library, said: list[Correction]):
    library.correct(said[:2])
    assert library.correct([*said, *said]) == Added(new=2, known=2)
    assert library.corrections(withdrawn=True) == said


def test_one_that_was_withdrawn_elsewhere_is_withdrawn_here_and_stays_so(library: Library, said: list[Correction]):
    standing = replace(said[3], withdrawn=None)
    library.correct([standing])
    library.correct([said[3]])
    library.correct([standing])
    assert library.corrections() == []
    assert library.corrections(withdrawn=True) == [said[3]]


def test_what_is_exported_makes_an_empty_library_equal(library: Library, said: list[Correction], tmp_path: Path):
    library.correct(said)
    lines = list(to_lines(library.corrections(withdrawn=True)))
    with open_library(tmp_path / "other.db") as other:
        other.correct([one for one in from_lines(lines, "made.jsonl") if isinstance(one, Correction)])
        assert other.corrections(withdrawn=True) == said
        assert list(to_lines(other.corrections(withdrawn=True))) == lines


def test_undone_is_withdrawn_not_deleted(library: Library, said: list[Correction]):
    library.correct(said)
    gone = library.withdraw(said[0].key[:6], at="2030-05-03T00:00:00Z")
    assert gone == said[0]
    assert said[0] not in library.corrections()
    assert replace(said[0], withdrawn="2030-05-03T00:00:00Z") in library.corrections(withdrawn=True)


@pytest.mark.parametrize(
    ("key", "problem"), [("k-nothing", "has no correction"), ("k-", "several corrections"), ("", "several corrections")]
)
def test_a_key_of_none_or_of_several_is_refused(library: Library, said: list[Correction], key: str, problem: str):
    library.correct(said)
    with pytest.raises(LibraryError, match=problem):
        library.withdraw(key, at="2030-05-03T00:00:00Z")
    assert library.corrections() == said[:3]


def test_what_is_withdrawn_cannot_be_again(library: Library, said: list[Correction]):
    library.correct(said)
    with pytest.raises(LibraryError, match="already"):
        library.withdraw(said[3].key, at="2030-05-03T00:00:00Z")


def test_a_reading_that_is_added_holds_what_was_put_right(library: Library):
    one = read()
    whose = at(one, "at least 40 bolts were missing")
    library.correct([says(1, "speaker", whose, at(one, "Harrow Works"))])
    library.add([one], model="m")
    (found,) = library.search(Query(words="bolts", speaker="Harrow"))
    assert found.text == "at least 40 bolts were missing"
    assert library.search(Query(words="bolts", speaker="council")) == []
    assert library.check() == []


def test_corrections_of_texts_that_are_not_here_are_listed(library: Library, said: list[Correction]):
    library.correct(said)
    assert [one.status for one in library.standing()] == ["not here"] * 3
    library.add([read()], model="m")
    assert [one.status for one in library.standing()] == ["applied"] * 3
    assert all(one.proposed is None for one in library.standing())


def test_for_a_later_version_of_the_page_it_is_proposed_and_not_applied(library: Library, said: list[Correction]):
    later = "Corrected at noon. " + BRIDGE.replace("shameful", "long")
    library.add([read(url=URL), version("later", later)], model="m")
    library.correct(said)
    speaker, merged, label = library.standing()
    assert [one.status for one in (speaker, merged, label)] == ["applied"] * 3
    assert speaker.proposed is not None
    moved, named = speaker.proposed
    assert later[moved.start : moved.end] == "nobody looked after it"
    assert named is not None
    assert later[named.start : named.end] == "Edda Kroll"
    assert merged.proposed is not None
    assert label.proposed is None  # the word is gone
    taken = says(9, "speaker", moved, named)
    library.correct([taken])
    assert [one.proposed is None for one in library.standing()] == [True, False, True, True]


def test_the_words_of_a_text_that_is_gone_are_looked_for_in_those_here(library: Library, said: list[Correction]):
    library.add([version("later", "Corrected at noon. " + BRIDGE)], model="m")
    library.correct(said)
    assert [one.status for one in library.standing()] == ["moved"] * 3
    library.add([version("latest", "Corrected at one. " + BRIDGE)], model="m")
    assert [one.status for one in library.standing()] == ["not here"] * 3  # two places: which is meant cannot be told


def test_disagreement_is_listed(library: Library):
    one = read()
    library.add([one], model="m")
    first = says(1, "same claim", at(one, "Who pays?"), at(one, "Bridge closed"))
    later = says(2, "different claim", at(one, "Who pays?"), at(one, "Bridge closed"), author="Otis")
    library.correct([first, later])
    assert [(each.status, each.keys) for each in library.standing()] == [("overruled", (later.key,)), ("applied", ())]


def test_a_library_is_whole_with_corrections_and_says_where_their_words_are_not(
    library: Library, said: list[Correction]
):
    library.add([read()], model="m")
    library.correct(said)
    assert library.check() == []
    with library.writing() as connection:
        table = schema.corrections
        connection.execute(update(table).where(table.c.key == said[0].key).values(exact="somebody looked after"))
        connection.execute(update(table).where(table.c.key == said[1].key).values(other_end=99_999))
    assert {fault.about for fault in library.check()} == {said[0].key, said[1].key}
    assert [one.status for one in library.standing()] == ["does not fit", "does not fit", "applied"]


def test_a_correction_made_before_words_were_kept_still_holds(library: Library, said: list[Correction]):
    library.add([read()], model="m")
    with library.writing() as connection:
        connection.execute(
            text("""INSERT INTO corrections (key, sha256, start, "end", kind, value, author, made)
                    VALUES ('k-1', :digest, 0, 6, 'label', 'none', 'Ines', '2030-05-01T00:00:00Z')"""),
            {"digest": said[0].at.sha256},
        )  # fmt: skip
    (one,) = library.standing()
    assert (one.status, one.correction.at.exact) == ("applied", "")
    assert library.check() == []
