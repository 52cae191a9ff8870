"""What a person put right, applied after every reading; pure: corrections and readings in, readings and outcomes out.

Corrections stand off: each is keyed to the hash of a text and a span of it, never to a reading, so that it survives a
newer reader. What cannot be applied is listed with the reason.
"""

from tellings.correcting.anchors import anchor_of, text_hash
from tellings.correcting.records import Anchor, Correction, Kind, Outcome
from tellings.correcting.stage import Corrected, corrected, plan

__all__ = ["Anchor", "Corrected", "Correction", "Kind", "Outcome", "anchor_of", "corrected", "plan", "text_hash"]
