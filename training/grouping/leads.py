"""Sketches of labelled accounts whose beginnings were read, kept in a file, so that the encoder runs once: an hour.

python -m training.grouping.leads OUT.sketches

`TELLINGS_SKETCHES=OUT.sketches tellings evaluate grouping` scores GVA and AllSides from it as they are read.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import replace
from pathlib import Path

from tellings.evaluate.corpora import corpora_folder
from tellings.evaluate.grouped import SETS, grouped
from tellings.grouping import lead, sketch
from tellings.grouping.storing import store, stored
from tellings.reading import read

_EVERY = 50  # accounts after which what was read is safe on the disk


def main() -> None:
    """Read and write, going on where a run before stopped; mixed, so that a part read is like the whole."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    out = parser.parse_args().out
    known = {one.id for one in stored(out)} if out.exists() else set()
    wanted = [one.account for name in SETS for one in grouped(corpora_folder(), name)]
    left = {one.id: one for one in wanted if one.id not in known}
    order = list(left.values())
    random.Random(3).shuffle(order)
    with out.open("ab") as file:
        for n, reading in enumerate(read(replace(lead(one), sha256="") for one in order)):
            store(sketch(reading, account=left[reading.account.id]), file)
            if n % _EVERY == 0:
                file.flush()


if __name__ == "__main__":
    main()
