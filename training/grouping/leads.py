"""Readings of the beginnings of labelled accounts, kept in a file, so that the encoder runs once: an hour on one core.

python -m training.grouping.leads OUT.bin
"""

from __future__ import annotations

import argparse
import struct
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tellings import coding
from tellings.evaluate.corpora import corpora_folder
from tellings.evaluate.grouped import SETS, grouped
from tellings.grouping import lead
from tellings.reading import read
from tellings.records import Reading


def kept(path: Path) -> Iterator[Reading]:
    """The readings of a file, which may still be being written."""
    with path.open("rb") as file:
        while len(head := file.read(4)) == 4:
            size = struct.unpack("<I", head)[0]
            data = file.read(size)
            if len(data) < size:
                return
            if size:
                yield coding.decode(data, about=str(path))


def main() -> None:
    """Read and write, going on where a run before stopped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    out = parser.parse_args().out
    known = {reading.account.id for reading in kept(out)} if out.exists() else set()
    with out.open("ab") as file:
        for name in reversed(SETS):
            for one in grouped(corpora_folder(), name):
                if one.account.id not in known:
                    cut = replace(lead(one.account), sha256="")
                    data = coding.encode(next(read([cut])), with_pieces=False)
                    file.write(struct.pack("<I", len(data)) + data)


if __name__ == "__main__":
    main()
