"""Which outlet a name means, and whose text an account is."""

from dataclasses import replace

import pytest

from tellings.comparing.origins import origins
from tellings.comparing.outlets import known_besides, parsed, shipped, with_outlets
from tellings.comparing.table import build, in_order
from tellings.errors import InputError
from tellings.records import Reading, Span
from tests.comparing.accounts import reading


def meant(text: str, name: str, outlet: str | None = None) -> str | None:
    start = text.rindex(name)
    return shipped().meant(reading("a", text, outlet=outlet), Span(start, start + len(name)))


@pytest.mark.parametrize(
    ("text", "name", "outlet", "expected"),
    [
        ("AP said the gate was open.", "AP", None, "Associated Press"),
        ("The BBC said the gate was open.", "The BBC", None, "BBC"),
        ("The Los Angeles Times saw it first. It rained. The Times said so.", "The Times", None, "Los Angeles Times"),
        ("The Times said so. The Seattle Times had it first.", "The Times", None, "Seattle Times"),
        ("The Times said so.", "The Times", "New York Times", "New York Times"),
        ("The Times said so.", "The Times", None, None),
        ("Two tellings of the post said so.", "the post", None, None),
        ("The Sun said so.", "The Sun", "Baltimore Sun", "Baltimore Sun"),
        ("Ada Finch said so.", "Ada Finch", None, None),
    ],
)
def test_which_outlet_a_name_means(text, name, outlet, expected):
    assert meant(text, name, outlet) == expected


def test_a_name_that_is_a_word_is_an_outlet_only_as_the_whole_source():
    found = reading("a", "The Post said the gate was open. The Post of guards said so.")
    (made,) = with_outlets([replace(found, account=replace(found.account, outlet="Washington Post"))])
    assert made.attributions[0].source_type == "outlet"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LONDON (Reuters) - The gate was open.", "Reuters"),
        ("MARROW FORD (AP) The gate was open.", "Associated Press"),
        ("The gate was open. It rained all day long. (AFP)", "Agence France-Presse"),
        ("Ada Finch (Tern) said the gate was open.", None),
        ("The gate (CNN) was open.", None),
    ],
)
def test_the_agency_whose_text_it_is(text, expected):
    assert shipped().agency(reading("a", text)) == expected


def counted(*readings: Reading) -> int:
    """The origins of the last statements of some accounts."""
    table = build(with_outlets(in_order(list(readings))))
    (found,) = origins(table, [tuple(int(table.first[n + 1]) - 1 for n in range(len(readings)))])
    return len(found)


def test_two_accounts_of_one_agencys_text_are_one_origin():
    first = reading("a", "LONDON (Reuters) - It rained. The old gate stood open on Monday.")
    assert counted(first, reading("b", "TERN (Reuters) - It snowed. A gate was found open on Monday.")) == 1
    assert counted(first, reading("b", "TERN (AP) - It snowed. A gate was found open on Monday.")) == 2


def test_who_cites_an_outlet_by_its_short_name_rests_on_that_account():
    own = reading("a", "The old gate stood open on Monday.", outlet="The Associated Press")
    assert counted(own, reading("b", "The AP said the gate stood open.")) == 1


def test_more_outlets_from_a_file(tmp_path):
    file = tmp_path / "more.tsv"
    file.write_text("# ours\nTern Point Courier\tpaper\tCourier; TPC\n", encoding="utf-8")
    known = known_besides(file)
    assert known.meant(reading("a", "TPC said so."), Span(0, 3)) == "Tern Point Courier"
    assert known.named("Reuters")
    assert not shipped().named("TPC")


@pytest.mark.parametrize("line", ["Courier", "Courier\tnewspaper\tTPC"])
def test_a_line_without_a_kind_is_named(line):
    with pytest.raises(InputError, match=r"more\.tsv, line 2"):
        parsed(["", line], "more.tsv")


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match=r"none\.tsv"):
        known_besides(tmp_path / "none.tsv")
