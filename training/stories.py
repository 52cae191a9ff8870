"""The gold stories, which `tellings.evaluate` measures on and `training` learns from."""

from tellings.evaluate.stories import (
    GoldClaim,
    GoldQuote,
    GoldSource,
    GoldStory,
    Sentence,
    Telling,
    folder,
    load,
)

__all__ = ["GoldClaim", "GoldQuote", "GoldSource", "GoldStory", "Sentence", "Telling", "folder", "load"]
