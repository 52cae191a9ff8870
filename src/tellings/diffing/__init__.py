"""Two versions of one account laid over each other, statement by statement."""

from tellings.diffing.stage import differences, redated, same_page
from tellings.diffing.versions import Difference, HeadChange, Version, Versions, WordChange

__all__ = ["Difference", "HeadChange", "Version", "Versions", "WordChange", "differences", "redated", "same_page"]
