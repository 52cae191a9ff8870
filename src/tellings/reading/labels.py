"""The label sets of the heads, in the order of their scores."""

PARTS = ("O", "B", "I")
MENTION_TAGS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-MISC", "I-MISC")
UPOS = (
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM",
    "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X",
)  # fmt: skip
LINKS = ("neither", "source", "content")

CUE = slice(0, 3)
SOURCE = slice(3, 6)
CONTENT = slice(6, 9)
MENTION = slice(9, 9 + len(MENTION_TAGS))
PART_OF_SPEECH = slice(MENTION.stop, MENTION.stop + len(UPOS))
SCORES = PART_OF_SPEECH.stop  # scores a piece
