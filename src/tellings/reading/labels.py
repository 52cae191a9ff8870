"""The label sets of the heads, in the order of their scores."""

from tellings.records import StatementKind

PARTS = ("O", "B", "I")
MENTION_TAGS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-MISC", "I-MISC")
UPOS = (
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM",
    "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X",
)  # fmt: skip
LINKS = ("neither", "source", "content")
# Universal Dependencies with the subtypes that both treebanks have; what is not here is learnt as its universal part.
RELATIONS = (
    "acl", "acl:relcl", "advcl", "advcl:relcl", "advmod", "amod", "appos", "aux", "aux:pass", "case", "cc",
    "cc:preconj", "ccomp", "compound", "compound:prt", "conj", "cop", "csubj", "csubj:pass", "dep", "det",
    "det:predet", "discourse", "dislocated", "expl", "fixed", "flat", "goeswith", "iobj", "list", "mark", "nmod",
    "nmod:desc", "nmod:poss", "nmod:unmarked", "nsubj", "nsubj:outer", "nsubj:pass", "nummod", "obj", "obl",
    "obl:agent", "obl:unmarked", "orphan", "parataxis", "punct", "reparandum", "root", "vocative", "xcomp",
)  # fmt: skip
SENTENCE_TAGS = ("inside", "begins")
NOMINAL_TAGS = ("none", "PER", "ORG", "LOC")  # of the head word of a nominal mention
LOADED_TAGS = ("plain", "loaded")
KINDS: tuple[StatementKind, ...] = ("event", "state", "evaluation", "forecast", "demand", "question")
# Choubey et al. 2020, "Discourse as a Function of Event": the role of a sentence in a news text
ROLES = (
    "Main", "Main_Consequence", "Cause_Specific", "Cause_General", "Distant_Historical", "Distant_Anecdotal",
    "Distant_Evaluation", "Distant_Expectations_Consequences", "NA",
)  # fmt: skip

CUE = slice(0, 3)
SOURCE = slice(3, 6)
CONTENT = slice(6, 9)
MENTION = slice(9, 9 + len(MENTION_TAGS))
PART_OF_SPEECH = slice(MENTION.stop, MENTION.stop + len(UPOS))
SENTENCE = slice(PART_OF_SPEECH.stop, PART_OF_SPEECH.stop + len(SENTENCE_TAGS))
NOMINAL = slice(SENTENCE.stop, SENTENCE.stop + len(NOMINAL_TAGS))
LOADED = slice(NOMINAL.stop, NOMINAL.stop + len(LOADED_TAGS))
KIND = slice(LOADED.stop, LOADED.stop + len(KINDS))  # of a statement: the mean over its pieces
ROLE = slice(KIND.stop, KIND.stop + len(ROLES))  # of a sentence: the mean over its pieces
SCORES = ROLE.stop  # scores a piece
