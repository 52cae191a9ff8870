"""The directions that statement vectors are kept by: `python -m training.codes [ARTICLES]`.

PolNeAR's training articles (first annotator) are read with the shipped reader; nothing of them is kept but the
statements' vectors, and of these 64 directions by principal components, turned by iterative quantization (Gong and
Lazebnik 2011) until each carries as much. Prints recall of the ten nearest to exact cosine, for statements of the last
third of the articles, which the directions are not made of.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tellings.library.codes import CLOSER, Directions, coarse, codes, nearest

if TYPE_CHECKING:
    from numpy.typing import NDArray

CORPORA = Path(os.environ.get("TELLINGS_CORPORA", "../shared/corpora"))
OUT = Path(__file__).parents[1] / "src" / "tellings" / "weights" / "codes.npz"
NUMBERS, TURNS, SEED = 64, 50, 9
ASKED, WANTED = 300, 10


def vectors(count: int) -> list[NDArray[np.float32]]:
    """The vectors of the statements of so many articles, an array an article."""
    from tellings.evaluate.corpora import polnear
    from tellings.ingest import account_from_text
    from tellings.reading import read

    texts = [one.text for one in polnear(CORPORA / "polnear" / "train.jsonl.gz") if one.first]
    chosen = np.random.default_rng(SEED).permutation(len(texts))[:count]
    readings = read(account_from_text(texts[n]) for n in chosen)
    return [one.vectors[np.linalg.norm(one.vectors, axis=1) > 0.5] for one in readings]


def made(rows: NDArray[np.float32]) -> Directions:
    """Directions of some rows of vectors, rounded as they are kept."""
    mean = rows.mean(0)
    _, _, axes = np.linalg.svd(rows - mean, full_matrices=False)
    flat = (rows - mean) @ axes[:NUMBERS].T
    turn = np.linalg.qr(np.random.default_rng(SEED).standard_normal((NUMBERS, NUMBERS)))[0]
    for _ in range(TURNS):
        left, _, right = np.linalg.svd(np.sign(flat @ turn).T @ flat)
        turn = (left @ right).T
    onto = (axes[:NUMBERS].T @ turn).astype(np.float16).astype(np.float32)
    return Directions(mean.astype(np.float16).astype(np.float32), onto, float(((rows - mean) @ onto).std()))


def recall(rows: NDArray[np.float32], unseen: int) -> float:
    """The share of the ten nearest by exact cosine that the codes find, asked from rows after `unseen`."""
    asked = np.random.default_rng(SEED).choice(np.arange(unseen, len(rows)), min(ASKED, len(rows) - unseen), False)
    kept = codes(rows)
    rough = coarse(kept)
    found = 0
    for number in asked:
        exact = rows @ rows[number]
        exact[number] = -2
        best, _ = nearest(rows[number], kept, rough, WANTED + 1)
        near = [row for row in best if row != number][:WANTED]
        found += len(set(near) & set(np.argsort(-exact)[:WANTED]))
    return found / (WANTED * len(asked))


def main() -> None:
    """Make the file and say what is lost."""
    articles = vectors(int(sys.argv[1]) if len(sys.argv) > 1 else 250)
    seen = 2 * len(articles) // 3
    by = made(np.concatenate(articles[:seen]))
    np.savez_compressed(OUT, mean=by.mean.astype(np.float16), onto=by.onto.astype(np.float16), spread=by.spread)
    rows = np.concatenate(articles)
    unseen = sum(map(len, articles[:seen]))
    print(
        f"{len(rows)} statements; of the ten nearest by cosine {recall(rows, unseen):.3f} are found, asked from "
        f"{len(rows) - unseen} statements not seen; {CLOSER:.0%} looked at closely, at least 4096"
    )


if __name__ == "__main__":
    main()
