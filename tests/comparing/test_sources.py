from dataclasses import replace

from tellings.comparing import origins as come
from tellings.comparing.outlets import with_outlets
from tellings.comparing.sources import sources
from tellings.comparing.speakers import Speaker, same_speaker
from tellings.comparing.table import Table, build, in_order
from tellings.records import Attribution, Origin, Reading, SourceType, Span
from tests.comparing.accounts import reading


def origins(made: Table, rows: tuple[int, ...]) -> tuple[Origin, ...]:
    """The origins of one claim."""
    (found,) = come.origins(made, [rows])
    return found


def table(*readings: Reading) -> Table:
    return build(in_order(list(readings)))


def speaker(*keys: str, surname: str | None = None, kind: SourceType | None = None) -> Speaker:
    return Speaker(Span(0, 1), frozenset(keys), surname, kind)


def test_a_source_is_named_by_its_fullest_naming():
    found = sources(
        table(reading("a", "Ada Finch said it leaks. Later Finch said it stopped. The clerk said nothing."))
    )
    assert [(one.name, one.type, len(one.attributions)) for one in found] == [
        ("Ada Finch", "named person", 2),
        ("The clerk", "role", 1),
    ]


def test_every_account_has_its_own_sources():
    found = sources(table(reading("a", "Ada Finch said it leaks."), reading("b", "Ada Finch said it leaks.")))
    assert [(one.account, one.name) for one in found] == [("a", "Ada Finch"), ("b", "Ada Finch")]


def test_words_that_only_lead_on_are_no_part_of_a_name():
    made = reading("a", "The clerk who said it leaks was late.")
    (first,) = made.attributions or (None,)
    assert first is not None
    named = replace(made, attributions=(replace(first, source=(Span(0, 13),)),))
    assert [one.name for one in sources(table(named))] == ["The clerk"]


def test_a_pronoun_goes_to_the_last_named_source():
    found = sources(table(reading("a", "Ada Finch said it leaks. She said it will be mended.")))
    assert [(one.name, len(one.attributions)) for one in found] == [("Ada Finch", 2)]


def test_a_pronoun_far_from_any_source_stays_itself():
    far = "It rained. It snowed. It thawed. The river rose. "
    found = sources(table(reading("a", f"Ada Finch said it leaks. {far}She said it will be mended.")))
    assert [one.name for one in found] == ["Ada Finch", "She"]


def test_the_outlet_of_an_account_is_an_outlet_wherever_it_is_a_source():
    first, second = reading("a", "The Courier said two guards left."), reading("b", "It rained all day.")
    known = replace(second, account=replace(second.account, outlet="Courier"))
    before = replace(first.attributions[0], source_type="named person")
    made = with_outlets([replace(first, attributions=(before, *first.attributions[1:])), known])
    assert made[0].attributions[0].source_type == "outlet"
    assert with_outlets([second, first])[1].attributions == first.attributions


def test_who_a_source_came_through():
    made = reading("a", "The Courier said two guards said the gate was open.")
    inner = Attribution((Span(17, 27),), (Span(28, 32),), (Span(33, 51),), "indirect", "anonymous", 0, 1.0)
    found = sources(table(replace(made, attributions=(*made.attributions, inner))))
    assert [(one.name, one.via) for one in found] == [("The Courier", None), ("two guards", "The Courier")]


def test_persons_are_one_by_surname_unless_first_names_differ():
    full = speaker("ada", "finch", surname="finch")
    assert same_speaker(full, speaker("finch", surname="finch"))
    assert same_speaker(full, speaker("a", "finch", surname="finch"))
    assert not same_speaker(full, speaker("bram", "finch", surname="finch"))
    assert not same_speaker(full, speaker("holt", surname="holt"))
    assert not same_speaker(full, speaker("finch"))


def test_groups_are_one_where_one_name_holds_the_other():
    assert same_speaker(speaker("polic"), speaker("marrow", "polic"))
    assert not same_speaker(speaker("harbour", "polic"), speaker("fire", "servic"))
    assert not same_speaker(speaker("people"), speaker("people", "close"))


def test_one_source_in_two_accounts_is_one_origin():
    made = table(reading("a", "Ada Finch said the deck is rotten."), reading("b", "Ada Finch said the deck is rotten."))
    (origin,) = origins(made, (0, 1))
    assert (origin.name, origin.type, origin.appearances) == ("Ada Finch", "named person", (0, 1))


def test_own_reporting_of_two_accounts_is_two_origins():
    made = table(reading("a", "The deck of the bridge is rotten."), reading("b", "The bridge has a deck that rots."))
    assert [(one.type, one.name) for one in origins(made, (0, 1))] == [("own reporting", None)] * 2


def test_a_near_copy_is_no_second_origin():
    words = "The deck of the old bridge at Marrow Ford is rotten through and through"
    made = table(reading("a", f"{words}."), reading("b", f"{words}, really."))
    assert len(origins(made, (0, 1))) == 1


def test_an_account_named_as_source_is_the_origin():
    made = table(
        reading("a", "The deck of the bridge is rotten.", outlet="Harbour Courier"),
        reading("b", "Harbour Courier said the deck is rotten."),
    )
    (origin,) = origins(made, (0, 1))
    assert origin.name == "Harbour Courier"


def test_the_id_of_an_origin_does_not_rest_on_other_accounts():
    first, second = reading("b", "Ada Finch said the deck is rotten."), reading("c", "Finch Ada said it rained.")
    alone = origins(table(first, second), (0,))
    assert origins(table(reading("a", "It rained."), first, second), (1,)) == alone


def test_who_tells_what_he_said_himself_came_through_nobody():
    made = reading("a", "Ada Finch said Ada Finch said the gate was open.")
    inner = Attribution((Span(15, 24),), (Span(25, 29),), (Span(30, 47),), "indirect", "named person", 0, 1.0)
    found = sources(table(replace(made, attributions=(*made.attributions[:1], inner))))
    assert [(one.name, one.via) for one in found] == [("Ada Finch", None)]


def test_a_person_and_a_body_that_are_both_named_are_two_origins_whatever_they_tell():
    def counted(kind: SourceType) -> int:
        first = reading("a", "Ada Finch said the roof fell.")
        second = reading("b", "The clerk said the roof fell at noon.")
        second = replace(second, attributions=(replace(second.attributions[0], source_type=kind),))
        found = table(first, second)
        return len(origins(found, (0, 1)))

    assert counted("organisation") == 2


def test_two_named_persons_are_two_origins_unless_they_are_given_the_same_words():
    made = table(reading("a", "Ada Finch said the roof fell."), reading("b", "Bram Holt said the beams were old."))
    assert len(origins(made, (0, 1))) == 2


def test_an_outlet_is_nobody_who_did_not_speak_through_it():
    first, second = reading("a", "Harbour Courier said nine fell."), reading("b", "The porter said nine fell.")
    first = replace(first, attributions=(replace(first.attributions[0], source_type="outlet", entity=None),))
    assert len(origins(table(first, second), (0, 1))) == 2


def test_unnamed_sources_of_two_accounts_are_never_said_to_be_one():
    first, second = reading("a", "Two guards said the roof fell."), reading("b", "Some clerks said the roof fell.")
    made = [
        replace(one, attributions=(replace(one.attributions[0], source_type="anonymous"),)) for one in (first, second)
    ]
    assert len(origins(table(*made), (0, 1))) == 2
