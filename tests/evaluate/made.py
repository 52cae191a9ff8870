"""Invented miniature corpora, each in its corpus's own form, and readings made by hand."""

from __future__ import annotations

import gzip
import json

import numpy as np

from tellings.records import Account, Attribution, Entity, Mention, Original, Pieces, Reading, Span

GUM = """
# newdoc id = GUM_news_hall
# newpar
# sent_id = GUM_news_hall-1
# text = Ana Lind didn't see the fire.
1 Ana PROPN 5 nsubj Entity=(1-person-new-nnnnn-cf1-1-coref
2 Lind PROPN 1 flat Entity=1)
3-4 didn't _ _ _ _
3 did AUX 5 aux _
4 n't PART 5 advmod _
5 see VERB 0 root _
6 the DET 7 det Entity=(2-event-new-nnnnn-cf2-2-sgl
7 fire NOUN 5 obj Entity=2)
8 . PUNCT 5 punct _

# sent_id = GUM_news_hall-2
# text = She slept.
1 She PRON 2 nsubj Entity=(1-person-giv:act-nnnnn-cf1-1-ana)
2 slept VERB 0 root _
3 . PUNCT 2 punct _

# newpar
# newpar_block = p (1 s)
# sent_id = GUM_news_hall-3
# text = The mayor of Harbour praised her brother.
1 The DET 2 det Entity=(3-person-new-nnnnn-cf1-2-sgl
2 mayor NOUN 5 nsubj _
3 of ADP 4 case _
4 Harbour PROPN 2 nmod:poss Entity=(4-place-new-nnnnn-cf2-1-sgl)3)
5 praised VERB 0 root _
6 her PRON 7 nmod:poss Entity=(5-person-new-nnnnn-cf3-2-sgl(1-person-giv:act-nnnnn-cf1-1-ana)
7 brother NOUN 5 obj Entity=5)
8 . PUNCT 5 punct _

# newdoc id = GUM_bio_berg
# newpar
# sent_id = GUM_bio_berg-1
# text = Bo Berg cooks.
1 Bo PROPN 3 nsubj Entity=(1-person-new-nnnnn-cf1-1-sgl
2 Berg PROPN 1 flat Entity=1)
3 cooks VERB 0 root _
4 . PUNCT 3 punct _
"""
HALL = "Ana Lind didn't see the fire. She slept.\n\nThe mayor of Harbour praised her brother."

# a contraction whose letters do not part is a German one here: English cutters know none of those
EWT = """
# newdoc id = weblog-one
# sent_id = weblog-one-0001
# newpar id = weblog-one-p0001
# text = Zum Fest?
1-2 Zum _ _ _ _
1 Zu ADP 0 root _
2 dem DET 3 det _
3 Fest NOUN 1 dep _
3.1 is AUX _ _ _
4 ? PUNCT 1 punct _

# sent_id = weblog-two-0001
# text = Never.
1 Never ADV 0 root _
2 . PUNCT 1 punct _
"""

POLNEAR = [
    {
        "id": "hall",
        "first": True,
        "text": 'Lind said the hall burned. "Nobody was hurt," she said.',
        "attributions": [
            {"source": [[0, 4]], "cue": [[5, 9]], "content": [[10, 25]]},
            {"source": [[46, 49]], "cue": [[50, 54]], "content": [[27, 45]]},
        ],
    },
    {"id": "hall", "first": False, "text": "Another annotator's.", "attributions": []},
]

RELATIONS = [
    {
        "id": "GUM_news_hall",
        "genre": "news",
        "text": "Police say Lind told them that the hall burned.",
        "attributions": [
            {"type": "attribution-positive", "satellite": [[0, 10]], "nucleus": [[11, 47]]},
            {"type": "attribution-negative", "satellite": [[11, 25]], "nucleus": [[26, 47]]},
        ],
    },
    {
        "id": "GUM_court_hall",
        "genre": "court",
        "text": "I say it burned.",
        "attributions": [{"type": "attribution-positive", "satellite": [[0, 5]], "nucleus": [[6, 16]]}],
    },
]

UNER = [
    {
        "id": "uner-a-0001",
        "text": "Ana Lind left.",
        "tokens": ["Ana", "Lind", "left", "."],
        "tags": ["B-PER", "I-PER", "O", "O"],
    },
    {
        "id": "uner-a-0002",
        "text": "She saw Harbour.",
        "tokens": ["She", "saw", "Harbour", "."],
        "tags": ["O", "O", "B-LOC", "O"],
    },
    {"id": "uner-b-0001", "text": "No.", "tokens": ["No", "."], "tags": ["O", "O"]},
]

GAP = [
    {
        "id": "gap-1", "text": "Ana met Eva before she left.", "pronoun": "she", "pronoun_offset": 19,
        "a": "Ana", "a_offset": 0, "a_coref": True, "b": "Eva", "b_offset": 8, "b_coref": False,
    },
    {
        "id": "gap-2", "text": "Bo saw that Ib thanked him.", "pronoun": "him", "pronoun_offset": 23,
        "a": "Bo", "a_offset": 0, "a_coref": True, "b": "Ib", "b_offset": 12, "b_coref": False,
    },
]  # fmt: skip

NEWS = [
    {
        "id": "n-1",
        "sentences": [
            {"id": "S1", "text": "The hall burned. ", "label": "Main"},
            {"id": "S2", "text": " ", "label": "NA"},
            {"id": "S3", "text": "It was a disgrace.", "label": "Distant_Evaluation"},
        ],
    },
    {"id": "n-2", "sentences": []},
]

BABE = [
    {"id": "b-1", "text": "The vile plan passed.", "label": "Biased", "topic": "taxes"},
    {"id": "b-2", "text": "The plan passed.", "label": "Non-biased", "topic": "taxes"},
    {"id": "b-3", "text": "Perhaps.", "label": "No agreement", "topic": "sport"},
]

# of these ids the hash keeps ptc-11 for measuring
PTC = [
    {"id": "ptc-1", "text": "A vile plan. The plan is vile.", "techniques": [
        {"start": 2, "end": 6, "technique": "Loaded_Language"},
        {"start": 25, "end": 29, "technique": "Name_Calling,Labeling"},
    ]},
    {"id": "ptc-11", "text": "Vile people met. They left.", "techniques": [
        {"start": 0, "end": 11, "technique": "Loaded_Language"}, {"start": 17, "end": 26, "technique": "Doubt"},
    ]},
]  # fmt: skip

_ECBPLUS = [
    ("2_1ecb", "The hall burned. Lind slept.", {"11": (9, 15, "BURN"), "12": (22, 27, None)}),
    ("2_2ecb", "Police said the hall burned down.", {"11": (21, 32, "BURN"), "12": (7, 11, None)}),
    ("2_1ecbplus", "A mill burned.", {"11": (7, 13, "MILL")}),
    ("3_1ecb", "Berg won.", {"11": (5, 8, "WIN")}),
]
ECBPLUS = [
    {
        "id": name,
        "topic": int(name[0]),
        "subtopic": name,
        "text": text,
        "sentences": [[0, len(text)]],
        "tokens": [],
        "mentions": [
            *({"id": n, "tag": "ACTION_OCCURRENCE", "spans": [[a, b]]} for n, (a, b, _) in events.items()),
            {"id": "19", "tag": "HUMAN_PART", "spans": [[0, 3]]},
        ],
        "instances": [],
        "relations": [
            {"type": "CROSS_DOC_COREF", "source": [n], "target": ["40"], "note": chain}
            for n, (_, _, chain) in events.items()
            if chain
        ],
    }
    for name, text, events in _ECBPLUS
]

_CLAIMS = [
    ("The hall burned.", "Fire took the hall.", "hall", 1, 0),
    ("The hall burned.", "Police said the hall did not burn.", "hall", 0, 1),
    ("The tax rose.", "Lind slept.", "tax", 0, 0),
    ("The tax rose.", "The tax rose by a tenth.", "tax", 1, 0),
    ("Berg won.", "Berg won the vote.", "vote", 1, 0),
]
CLAIMDIFF = {
    stance: [
        {"id": f"c-{n}", "a": claim[0], "b": claim[1], "topic": claim[2], "label": claim[3 + k]}
        for n, claim in enumerate(_CLAIMS)
    ]
    for k, stance in enumerate("sw")
}

_TIMED = "It shut on Monday. It opened in 1998, after two days."
TIMED = [
    {
        "id": f"timed-{n}",
        "dct": "1999-03-04",
        "text": _TIMED,
        "timex3": [
            {"id": "t2", "start": 32, "end": 36, "text": "1998", "type": "DATE", "value": "1998", "mod": None},
            {"id": "t1", "start": 11, "end": 17, "text": "Monday", "type": "DATE", "value": "1999-03-01", "mod": None},
            {"id": "t3", "start": 44, "end": 52, "text": "two days", "type": "DURATION", "value": "P2D", "mod": None},
        ],
        "events": [],
    }
    for n in range(4)
]

PHRASES = [
    {"id": f"p-{event}-{doc}-{n}", "event": event, "doc": f"{event}_{doc}", "concept": concept, "mention": mention,
     "paragraph_begin": n, "paragraph_end": n}
    for event in (0, 4)
    for doc in ("L", "R")
    for n, (concept, mention) in enumerate(
        [("NOR\\Lind", "Mayor Ada Lind"), ("NOR\\Lind", "Lind"), ("NOR\\Holt", "Bram Holt"), ("NOR", "Norland")]
    )
]  # fmt: skip
FILES = {
    "gum/dev.conllu": GUM,
    "gum/train.conllu.gz": GUM,
    "gum/rst_attribution_dev.jsonl": RELATIONS,
    "gum/rst_attribution_train.jsonl": RELATIONS,
    "ud_ewt/en_ewt-ud-dev.conllu": EWT,
    "polnear/dev.jsonl": POLNEAR,
    "ner/uner_english_ewt_dev.jsonl": UNER,
    "coref/gap_validation.jsonl": GAP,
    "newsdiscourse/validation.jsonl": NEWS,
    "wording/babe_sg2.jsonl": BABE,
    "wording/ptc_train.jsonl": PTC,
    "times/tempeval3_timebank.jsonl": TIMED[:2],
    "times/tempeval3_aquaint.jsonl": TIMED[2:],
    "stories/ecbplus/topics_1_35.jsonl.gz": ECBPLUS,
    "stories/ecbplus/annotated_sentences_1_35.jsonl": [{"doc": record["id"], "sentence": 0} for record in ECBPLUS],
    "stories/newswcl50r/mentions_events_0_4.jsonl": PHRASES,
    "pairs/claimdiff_s_train.jsonl": CLAIMDIFF["s"],
    "pairs/claimdiff_w_train.jsonl": CLAIMDIFF["w"],
}


def write(folder, name):
    """One of FILES, written where it lies in a corpora folder; its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    made = FILES[name]
    text = conllu(made) if isinstance(made, str) else "".join(json.dumps(record) + "\n" for record in made)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def conllu(short):
    """CoNLL-U of rows that tell only number, form, part of speech, governor, relation and MISC."""
    lines = []
    for line in short.strip().split("\n"):
        if not line or line.startswith("#"):
            lines.append(line)
        else:
            number, form, upos, head, relation, misc = line.split(" ")
            lines.append("\t".join([number, form, "_", upos, "_", "_", head, relation, "_", misc]))
    return "\n".join(lines) + "\n\n"


def span(text, words, nth=0):
    """Where words stand in a text, the `nth` time."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


def attribution(text, source, cue, content, **more):
    """An attribution whose parts are given by their words, each part in one piece."""
    parts = [(span(text, words),) if words else () for words in (source, cue, content)]
    return Attribution(*parts, **({"manner": "indirect", "source_type": None, "parent": None, "score": 1.0} | more))


def reading(text, **layers):
    """A reading of a text with some layers; mentions are given as (words, form, type, entity number, nth time)."""
    mentions = tuple(
        Mention(span(text, words, nth), kind, 1.0, entity, form)
        for words, form, kind, entity, nth in layers.pop("mentions", ())
    )
    numbers = sorted({m.entity for m in mentions})
    assert numbers == list(range(len(numbers)))
    entities = tuple(
        Entity(members[0][1].type, members[0][1].span, tuple(i for i, _ in members))
        for members in ([(i, m) for i, m in enumerate(mentions) if m.entity == n] for n in numbers)
    )
    empty = dict.fromkeys(("sentences", "quotations", "words", "attributions", "figures", "statements", "wording"), ())
    account = Account("a", text, "0", Original("a", "0", len(text.encode()), "utf-8"))
    return Reading(
        account=account,
        mentions=mentions,
        entities=entities,
        vectors=np.zeros((0, 384), dtype=np.float32),
        pieces=Pieces(np.zeros((0, 2), dtype=np.int32), np.zeros((0, 384), dtype=np.float16)),
        **(empty | layers),
    )
