"""Coverage-guided fuzzing of one form's parser (atheris): `python -m tests.fuzz.run mail -max_total_time=60`.

What comes after the form is libFuzzer's. A finding is written to `crash-...` in the working folder; give that file
instead of options to see it again. `make fuzz` goes through all the forms.
"""

from __future__ import annotations

import logging
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["tellings.ingest"], enable_loader_override=False):
    from tests.fuzz.holds import taken
    from tests.fuzz.hostile import hostile
    from tests.fuzz.seeds import SHAPES

_FIRST = 200
"""Hostile documents that a run begins with, besides the good ones."""


def main() -> None:
    """Fuzz the form named, or all one after the other where none is."""
    form, *options = sys.argv[1:]
    shape = SHAPES[form]
    logging.disable()
    with tempfile.TemporaryDirectory() as folder:
        for number, data in enumerate((*shape.seeds, *(hostile(form, n) for n in range(_FIRST)))):
            Path(folder, str(number)).write_bytes(data)
        words = Path(folder, "marks.dict")
        words.write_text("".join(f'"{_escaped(mark)}"\n' for mark in shape.marks), encoding="ascii")
        corpus = Path(folder, "corpus")
        corpus.mkdir()
        for file in Path(folder).iterdir():
            if file.is_file() and file != words:
                file.rename(corpus / file.name)
        atheris.Setup(
            [sys.argv[0], f"-dict={words}", "-max_len=40000", "-timeout=20", *options, str(corpus)],
            lambda data: taken(shape.name, shape.packed(data)),
        )
        atheris.Fuzz()


def _escaped(mark: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in mark)


if __name__ == "__main__":
    main()
