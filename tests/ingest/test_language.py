"""Which language a text is in, where that can be told."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tellings.ingest.language import other_language
from tests.ingest.inputs import STORY

GERMAN = "Der Rat der Stadt hat am Montag beschlossen, die alte Brücke für den Winter zu schließen. " * 4


def test_english_is_told_by_its_words_without_a_model():
    code = (
        "import sys\nfrom tellings.ingest.language import other_language\nfrom tests.ingest.inputs import STORY\n"
        "print(other_language(STORY * 3), 'py3langid' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["None", "False"]


def test_another_language_is_named():
    assert other_language(GERMAN) == "German"


def test_a_foreign_quotation_in_an_english_text_is_no_matter():
    assert other_language(STORY + GERMAN[:180] + STORY) is None


@pytest.mark.parametrize("text", ["", "Guten Morgen!", "12 34 " * 500, "Hafen Brücke " * 100, "Tor " * 500])
def test_a_little_text_or_the_same_words_over_and_over_cannot_be_told(text: str):
    assert text == "Hafen Brücke " * 100 or other_language(text) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [("东京的桥梁将于周一关闭进行维修，" * 20, "Chinese"), ("Мост закрыли на ремонт до весны, " * 20, "Russian")],
)
def test_other_scripts_are_told(text: str, language: str):
    assert other_language(text) == language


def test_english_headlines_without_small_words_are_english():
    lines = [
        "Harbour bridge closes amid repair delays", "Ferry captains demand higher winter wages",
        "Council approves quay parking fees", "Divers discover rusted bearings beneath bridge",
        "North shore shopkeepers fear empty streets", "Mayor promises temporary footbridge soon",
    ]  # fmt: skip
    assert other_language("\n".join(lines)) is None
