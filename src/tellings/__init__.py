"""Tellings: read several accounts of one event side by side.

>>> import tellings
>>> story = tellings.compare(["examples/wire.txt", "examples/local.txt"])
>>> for claim in story.claims[:3]:
...     print(claim.standing, [(a.account, a.text) for a in claim.appearances])
>>> html = story.to_html()
>>> reading = next(tellings.read("examples/wire.txt"))
>>> reading.attributions[0].source
"""

from tellings.api import InputWarning, compare, read
from tellings.errors import InputError, NothingToCompareError, TellingsError
from tellings.ingest.columns import Columns
from tellings.records import Account, Comparison, Reading, Span

__all__ = [
    "Account",
    "Columns",
    "Comparison",
    "InputError",
    "InputWarning",
    "NothingToCompareError",
    "Reading",
    "Span",
    "TellingsError",
    "compare",
    "read",
]
