"""Compare the readings of one story: what they tell alike, where they part, and on whose word each statement rests.

readings -> table of statements -> candidate pairs -> score_pairs -> clusters -> claims with relations and origins
         -> quotations collated, sources, figures, timeline, gaps              -> Comparison
"""

from tellings.comparing.stage import Settings, compare

__all__ = ["Settings", "compare"]
