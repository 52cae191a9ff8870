"""Corpus texts read: whole readings, or only what the heads see where one of them is scored by itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Protocol, TypeVar

from tellings.errors import CorpusError
from tellings.records import Account, Original, Reading

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tellings.evaluate.stories import GoldStory
    from tellings.reading.model import Model
    from tellings.reading.states import Encoded


class Text(Protocol):
    """What every text of a corpus has."""

    @property
    def id(self) -> str:
        """Its name in the corpus."""

    @property
    def text(self) -> str:
        """Its words."""


T = TypeVar("T", bound=Text)


def readings(texts: Iterable[T], model: Model) -> Iterator[tuple[T, Reading]]:
    """Texts with their readings; corpus texts go straight to the reader, past the checks that inputs meet."""
    from tellings.reading import read

    for text in texts:
        yield text, next(read([account(text)], model=model))


def account(text: Text) -> Account:
    """A corpus text as an account."""
    raw = text.text.encode()
    sha256 = hashlib.sha256(raw).hexdigest()
    return Account(text.id, text.text, sha256, Original(text.id, sha256, len(raw), "utf-8"))


def encoded(text: str, model: Model) -> Encoded:
    """A text after the encoder's pass, before any layer is decided."""
    from tellings.reading.layout import layout
    from tellings.reading.states import Encoded, states
    from tellings.reading.windows import windows

    cut = layout(text)
    scored = [(window, model.run(cut.tokens, window)) for window in windows(cut.tokens, cut.sentence_of)]
    return Encoded(cut, states(scored), model)


def of_stories(
    folder: Path, model: Model, labelled: Callable[[GoldStory], object]
) -> list[tuple[GoldStory, list[Reading]]]:
    """The gold's development stories that have some labels, each with the readings of its accounts.

    Raises:
        CorpusError: when the gold or the texts of a story are missing, or no story has the labels.

    """
    from tellings.evaluate import stories
    from tellings.reading import read

    kept = [story for story in stories.load(folder, dev=True) if labelled(story)]
    if not kept:
        raise CorpusError(str(folder), "has no story that is labelled so", "set TELLINGS_GOLD to the whole gold")
    return [(story, list(read([telling.account for telling in story.tellings], model=model))) for story in kept]
