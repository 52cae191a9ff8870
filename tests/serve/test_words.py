"""The words of the application stand in one file, and nowhere else."""

from __future__ import annotations

import re
from importlib.resources import files

from tellings.serve.words import WORDS

TEMPLATES = {one.name: one.read_text("utf-8") for one in files("tellings.serve").joinpath("templates").iterdir()}


def test_every_word_is_there_and_is_used():
    used = {name for page in TEMPLATES.values() for name in re.findall(r"\bw\.(\w+)", page)}

    assert used == set(WORDS)
    assert not [name for name in used if hasattr(WORDS, name)], "a template would get the method, not the word"


def test_no_template_has_words_of_its_own():
    for name, page in TEMPLATES.items():
        bare = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]*>|&\w+;", " ", page, flags=re.S)
        assert re.findall(r"[A-Za-z]{2,}", bare) in ([], ["OpenAPI"]), name
