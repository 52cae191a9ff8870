"""What names tell of `he` and `she`."""

import pytest

from tellings.reading.gender import of_name, of_pronoun


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Anna Lind spoke.", "Anna Lind", "she"),
        ("Robert Berg spoke.", "Robert Berg", "he"),
        ("Mrs. Berg spoke.", "Berg", "she"),
        ("Mr. Lind spoke.", "Lind", "he"),
        ("Ms Robert Lind spoke.", "Robert Lind", "she"),  # her title is surer than a first name
        ("Berg spoke.", "Berg", None),
        ("Grace spoke.", "Grace", None),  # one word may be a surname
        ("Velm Ostarr spoke.", "Velm Ostarr", None),
        ("The Berg Company", "Berg Company", None),
    ],
)
def test_titles_and_first_names_tell(text, name, expected):
    start = text.index(name)
    assert of_name(text, start, start + len(name)) == expected


def test_pronouns_tell():
    assert of_pronoun("His") == "he"
    assert of_pronoun("herself") == "she"
    assert of_pronoun("they") is None
