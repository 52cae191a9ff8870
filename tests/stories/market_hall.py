"""What a careful reader finds in the example story (examples/): the expected results, beside the accounts.

Accounts by the first word of their file: wire, tabloid, local, newsletter (its id is the-slipway).
"""

ACCOUNTS = ["wire", "tabloid", "local", "the-slipway"]  # by time of publication

# utterance (a stretch of it), the accounts that quote it, kind
QUOTES = [
    ("Another half an hour", {"wire", "local"}, "identical"),
    ("gambled with our lives", {"tabloid", "local"}, "identical"),
    ("Had we known", {"wire", "local", "the-slipway"}, "clipped"),
]
LEFT_OUT = "that same day"  # of "Had we known ...", by the newsletter
ALTERED = {("crack", "bang"), ("north end", "roof")}  # the fishmonger's words, by the newsletter

# told by these accounts in one claim: a stretch of each appearance
SHARED = [
    {"wire": "2.4 million", "tabloid": "3 million", "local": "2.4 million", "the-slipway": "2.4 million"},
    {"wire": "40 firefighters", "tabloid": "40 firefighters", "local": "Forty firefighters"},
    {"wire": "three times", "tabloid": "three times", "local": "three times", "the-slipway": "three times"},
]
WHY = ({"2.4 million", "3 million"}, "differ")  # the first of SHARED: the words the relation rests on

ALONE = [("local", "26 pupils"), ("the-slipway", "Friday the 13th")]

# account, a stretch of the source's name, type
SOURCES = [
    ("wire", "Quennard", "named person"),
    ("wire", "Maskell", "named person"),
    ("wire", "council official", "anonymous"),  # who asked not to be named
    ("tabloid", "Maskell", "named person"),
    ("local", "Varrell", "named person"),
    ("local", "Hospital", "organisation"),
    ("the-slipway", "Tidewire", "outlet"),
]
