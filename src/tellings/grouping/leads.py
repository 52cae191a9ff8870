"""The beginning of an account: what is read for grouping."""

from __future__ import annotations

import re
from dataclasses import replace

from tellings.records import Account

WORDS = 250
_MORE = 60  # words after which it is cut wherever it stands


def lead(account: Account) -> Account:
    """The account cut after some 250 words, at a sentence's end where there is one soon."""
    for n, match in enumerate(re.finditer(r"\S+", account.text), 1):
        ended = n >= WORDS and account.text[match.end() - 1] in '.!?"”'
        if ended or n >= WORDS + _MORE:
            return replace(account, text=account.text[: match.end()])
    return account
