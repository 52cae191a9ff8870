"""How long quotations take to collate: `python benchmarks/collating.py [ACCOUNTS] [EACH]`, 400 accounts of 25 each.

Invented utterances of common and made words, told again whole, clipped or with a word changed; one stands in every
account. Prints seconds and how many utterances were joined.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.comparing.accounts import reading

from tellings.comparing.quotes import quotes
from tellings.comparing.table import build, in_order

COMMON = (
    "the",
    "of",
    "and",
    "to",
    "in",
    "that",
    "is",
    "it",
    "for",
    "was",
    "we",
    "on",
    "they",
    "with",
    "as",
    "at",
    "be",
)
SHORTEST, LONGEST = 6, 30  # words of an utterance


def main() -> None:
    """Make the accounts, collate, print."""
    accounts, each = (int(value) for value in (*sys.argv[1:], "400", "25")[:2])
    rng = random.Random(3)
    made = [_word(rng) for _ in range(4000)]
    pool = [_utterance(rng, made) for _ in range(accounts * each // 4)]
    texts = [
        " ".join(f"“{_version(rng, made, rng.choice(pool) if n else pool[0])},” Ada Finch said." for n in range(each))
        for _ in range(accounts)
    ]
    table = build(in_order([reading(f"a{n:04}", text) for n, text in enumerate(texts)]))
    count = sum(len(one.quotations) for one in table.readings)
    began = time.perf_counter()
    found = quotes(table)
    took = time.perf_counter() - began
    print(f"{accounts} accounts, {count} quotations: {took:.1f} s, {len(found)} shared utterances")


def _word(rng: random.Random) -> str:
    return "".join(rng.choice("bdfgklmnprst") + rng.choice("aeiou") for _ in range(rng.randint(1, 4)))


def _utterance(rng: random.Random, made: list[str]) -> str:
    count = rng.randint(SHORTEST, LONGEST)
    return " ".join(rng.choice(COMMON) if rng.random() < 0.45 else rng.choice(made) for _ in range(count))


def _version(rng: random.Random, made: list[str], utterance: str) -> str:
    words, chance = utterance.split(), rng.random()
    if chance < 0.2:
        words = words[: max(4, len(words) // 2)]
    elif chance < 0.4:
        words[rng.randrange(len(words))] = rng.choice(made)
    return " ".join(words).capitalize()


if __name__ == "__main__":
    main()
