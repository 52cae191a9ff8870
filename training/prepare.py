"""Cut every corpus into training documents once: `python -m training.prepare out/documents.pickle`.

So that an accelerator need not wait for it.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from tellings.evaluate.corpora import corpora_folder
from training.documents import LOADERS, prepared, save


def main() -> None:
    """Read the command line and prepare."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("out", type=Path)
    given.add_argument("--corpora", type=Path)
    given.add_argument("--mentions", type=Path, help="what training.plain wrote")
    given.add_argument("--only", nargs="*", default=[*LOADERS, "plain"])
    args = given.parse_args()
    began = time.time()
    found = prepared(corpora_folder(args.corpora), args.only, args.mentions)
    save(found, args.out)
    spans = sum(len(document.spans) for document in found.train)
    print(len(found.train), "documents", json.dumps(found.pieces()), spans, "spans", round(time.time() - began), "s")


if __name__ == "__main__":
    main()
