"""What each account calls whom, in its own voice and in a quoted voice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tellings.comparing import compare
from tellings.comparing.labels import labels
from tellings.comparing.names import names
from tellings.comparing.table import build, in_order
from tellings.records import Name, Reading
from tellings.show.contract import check
from tests.comparing.accounts import reading
from tests.comparing.parsed import parsed, said

TITLE = """\
Embattled ADJ 2 amod
mayor NOUN 3 nmod:desc
Ana PROPN 5 nsubj
Lind PROPN 3 flat
resigned VERB 0 root
. PUNCT 5 punct"""
APPOSED = """\
Ana PROPN 8 nsubj
Lind PROPN 1 flat
, PUNCT 6 punct
a DET 6 det
former ADJ 6 amod
mayor NOUN 1 appos
, PUNCT 1 punct
resigned VERB 0 root
. PUNCT 8 punct"""
BEFORE = """\
The DET 3 det
former ADJ 3 amod
governor NOUN 7 nsubj
, PUNCT 5 punct
Ana PROPN 3 appos
Lind PROPN 5 flat
resigned VERB 0 root
. PUNCT 7 punct"""
PREDICATE = """\
Ana PROPN 6 nsubj
Lind PROPN 1 flat
is AUX 6 cop
a DET 6 det
fierce ADJ 6 amod
progressive NOUN 0 root
. PUNCT 6 punct"""
DENIED = """\
Ana PROPN 6 nsubj
Lind PROPN 1 flat
is AUX 6 cop
not PART 6 advmod
a DET 6 det
crook NOUN 0 root
. PUNCT 6 punct"""
ASKED = """\
Is AUX 5 cop
Ana PROPN 5 nsubj
Lind PROPN 2 flat
a DET 5 det
crook NOUN 0 root
? PUNCT 5 punct"""
CALLED = """\
Critics NOUN 2 nsubj
called VERB 0 root
Lind PROPN 5 nsubj
a DET 5 det
coward NOUN 2 ccomp
. PUNCT 2 punct"""
OF = """\
A DET 2 det
critic NOUN 6 nsubj
of ADP 5 case
mayor NOUN 5 nmod:desc
Lind PROPN 2 nmod
spoke VERB 0 root
. PUNCT 6 punct"""
STAFF = """\
Chief NOUN 4 nmod:desc
of ADP 3 case
staff NOUN 1 nmod
Lind PROPN 5 nsubj
spoke VERB 0 root
. PUNCT 5 punct"""
TWINS = """\
Socialist ADJ 2 amod
frontrunner NOUN 5 nsubj
Ana PROPN 5 nsubj
Lind PROPN 3 flat
came VERB 0 root
. PUNCT 5 punct"""
CAST = """\
Critics NOUN 2 nsubj
{verb} VERB 0 root
Lind PROPN 2 obj
as ADP 6 case
a DET 6 det
rebel NOUN 2 obl
. PUNCT 2 punct"""
QUALITY = """\
Lind PROPN 4 nsubj
is AUX 4 cop
quite ADV 4 advmod
{word} ADJ 0 root
. PUNCT 4 punct"""
LIND, BARE = ("Ana Lind", "name", "PER", 0), ("Lind", "name", "PER", 0)


@pytest.mark.parametrize(
    ("text", "parse", "meant", "wanted"),
    [
        ("Embattled mayor Ana Lind resigned.", TITLE, [LIND], {("Embattled mayor", "title"), ("Ana Lind", "name")}),
        (
            "Ana Lind, a former mayor, resigned.",
            APPOSED,
            [LIND],
            {("a former mayor", "apposition"), ("Ana Lind", "name")},
        ),
        (
            "The former governor, Ana Lind resigned.",
            BEFORE,
            [("The former governor", "nominal", "PER", 1), LIND],
            {("The former governor", "apposition"), ("Ana Lind", "name")},
        ),
        (
            "Ana Lind is a fierce progressive.",
            PREDICATE,
            [LIND],
            {("a fierce progressive", "predicate"), ("fierce", "modifier"), ("Ana Lind", "name")},
        ),
        ("Ana Lind is not a crook.", DENIED, [LIND], {("Ana Lind", "name")}),
        ("Is Ana Lind a crook?", ASKED, [LIND], {("Ana Lind", "name")}),
        ("Critics called Lind a coward.", CALLED, [BARE], {("Lind", "name"), ("a coward", "predicate")}),
        ("A critic of mayor Lind spoke.", OF, [BARE], {("Lind", "name"), ("mayor", "title")}),
        (
            "Socialist frontrunner Ana Lind came.",
            TWINS,
            [LIND],
            {("Socialist frontrunner", "title"), ("Ana Lind", "name")},
        ),
        (
            "Critics cast Lind as a rebel.",
            CAST.format(verb="cast"),
            [BARE],
            {("Lind", "name"), ("a rebel", "predicate")},
        ),
        ("Critics used Lind as a rebel.", CAST.format(verb="used"), [BARE], {("Lind", "name")}),
        (
            "Lind is quite charming.",
            QUALITY.format(word="charming"),
            [BARE],
            {("Lind", "name"), ("quite charming", "predicate")},
        ),
        ("Lind is quite tired.", QUALITY.format(word="tired"), [BARE], {("Lind", "name")}),
        ("Chief of staff Lind spoke.", STAFF, [BARE], {("Lind", "name"), ("Chief of staff", "title")}),
    ],
)  # fmt: skip
def test_the_labels_of_a_sentence(text: str, parse: str, meant: list, wanted: set):
    made = parsed("a", text, parse, *meant)
    found = {(text[use.span.start : use.span.end], use.kind) for use in labels(made) if use.entity == meant[-1][3]}
    assert found == wanted


def told(*readings: Reading) -> dict[str, Name]:
    return {name.entity: name for name in names(build(in_order(list(readings))))}


def test_a_name_of_two_accounts_is_told_with_the_labels_of_both():
    one = parsed("a", "Embattled mayor Ana Lind resigned.", TITLE, LIND)
    other = parsed("b", "Ana Lind, a former mayor, resigned.", APPOSED, LIND)
    (found,) = told(one, other).values()
    assert (found.entity, found.type) == ("Ana Lind", "PER")
    assert {(x.account, x.text, x.kind, x.voice) for x in found.labels} == {
        ("a", "Embattled mayor", "title", "own"),
        ("a", "Ana Lind", "name", "own"),
        ("b", "Ana Lind", "name", "own"),
        ("b", "a former mayor", "apposition", "own"),
    }


def test_who_is_said_to_be_something_is_so_in_the_speakers_voice():
    text = "Ana Lind is a fierce progressive. Bo Moss said so."
    one = parsed("a", text, PREDICATE, LIND, ("Bo Moss", "name", "PER", 1))
    one = replace(one, attributions=(said(text, "Bo Moss", "said", "Ana Lind is a fierce progressive"),))
    other = parsed("b", "Ana Lind, a former mayor, resigned.", APPOSED, LIND)
    labels_of = {(x.account, x.text): x for x in told(one, other)["Ana Lind"].labels}
    assert labels_of["a", "a fierce progressive"].voice == "quoted"
    assert labels_of["a", "a fierce progressive"].speaker.text == "Bo Moss"
    assert labels_of["b", "a former mayor"].voice == "own"
    assert labels_of["b", "a former mayor"].speaker is None


def test_whom_a_verb_of_calling_has_for_its_object_is_called_so_by_its_subject():
    one = parsed("a", "Critics called Lind a coward.", CALLED, ("Lind", "name", "PER", 0))
    other = parsed("b", "Ana Lind, a former mayor, resigned.", APPOSED, LIND)
    (coward,) = [x for x in told(one, other)["Ana Lind"].labels if x.text == "a coward"]
    assert (coward.voice, coward.speaker.text) == ("quoted", "Critics")


def test_the_object_of_a_verb_of_saying_is_no_part_of_what_was_said():
    text = "Critics called Lind a coward."
    one = parsed("a", text, CALLED, BARE)
    one = replace(one, attributions=(said(text, "Critics", "called", "Lind"),))
    other = parsed("b", "Ana Lind, a former mayor, resigned.", APPOSED, LIND)
    (lind,) = [x for x in told(one, other)["Ana Lind"].labels if x.account == "a" and x.kind == "name"]
    assert lind.voice == "own"


def test_words_between_marks_are_quoted_and_a_title_is_the_accounts_own():
    text = "Lind denies it\n\n“Ada Lind was a friend,” Bo Moss said."
    one = reading("a", text)
    one = replace(one, account=replace(one.account, title="Lind denies it"))
    one = replace(one, attributions=(said(text, "Bo Moss", "said", text[:30]),))
    other = reading("b", "Ada Lind left. Bo Moss stayed.")
    voices = {(x.account, x.start): x.voice for x in told(one, other)["Ada Lind"].labels}
    assert voices["a", 0] == "own"
    assert voices["a", text.index("Ada")] == "quoted"


def test_who_only_one_account_names_in_passing_is_left_out():
    assert "Carla Orrel" not in told(reading("a", "Ada Lind met Carla Orrel."), reading("b", "Ada Lind was late."))


def test_the_main_ones_of_one_account_are_told():
    often = " ".join("Carla Orrel ran. Orrel fell." for _ in range(3))
    assert "Carla Orrel" in told(reading("a", often), reading("b", "Ada Lind was late."))


def test_two_of_a_surname_stay_two():
    one = reading("a", "Ada Lind ran.")
    other = reading("b", "Bo Lind ran.")
    third, fourth = reading("c", "Ada Lind fell."), reading("d", "Bo Lind fell.")
    assert set(told(one, other, third, fourth)) == {"Ada Lind", "Bo Lind"}


def test_the_order_of_accounts_changes_nothing_and_the_contract_holds():
    texts = {"a": "Ada Finch met Bo Moss.", "b": "Finch met Moss. Ada Finch left.", "c": "Bo Moss saw Ada Finch."}
    readings = [reading(name, text) for name, text in texts.items()]
    made = compare(readings)
    check(made)
    assert made.names == compare(readings[::-1]).names
    assert [name.entity for name in made.names] == ["Ada Finch", "Bo Moss"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "…", "a"])
def test_empty_accounts_have_no_names(text: str):
    made = compare([reading("a", text), reading("b", text + "!"), reading("c", "")])
    assert made.names == ()
    assert made.wording == ()
