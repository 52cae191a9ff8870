"""Blocks of a page that are no words of its article: what asks to share, subscribe, go back or read on.

Short blocks that say nothing else, by what they say; a list of ours, read off pages of the WCXB corpus's development
part and off the web's customs. A block that goes on telling is never furniture.
"""

from __future__ import annotations

import re

_LONGEST = 25
"""Words of a block that may be furniture."""
_ALONE = re.compile(
    r"""(?:
    (?:back|return)\ to\ (?:the\ )?(?:blogs?|top|news|home|articles?|list|overview|all\ \w+)
    |(?:jump|skip|go)\ (?:to\ )?(?:the\ )?(?:main\ )?(?:content|navigation|list|comments|top)
    |table\ of\ contents|(?:in\ this|on\ this)\ (?:article|page|story)
    |(?:(?:share|tweet|pin|print|email|save|copy\ link|comments?|tags?|topics?|trending|advertisement|sponsored|ad|
        share\ (?:this|your)(?:\ (?:article|story|post|page))?|pin\ for\ later|send\ (?:us\ )?a\ tip)[\s|/·,&]*)+
    |(?:leave|post|add|write)\ a\ (?:comment|reply)|\d+\ comments?|view\ comments
    |(?:related|recommended|popular|more|latest|similar|top|most\ read)\ (?:articles?|stories|posts?|news|reading|
        content|topics|searches|companies|coverage|videos?|links)(?::.*)?
    |(?:more|read\ more|see\ more|see\ also|read\ next|up\ next|you\ (?:might|may)\ also\ like)
        (?:\ (?:from|on|about|in)\ .{1,60})?(?:\s*:.*)?
    |(?:next|previous|prev|older|newer)\ (?:article|post|story|entry|page)s?(?:\s*:.*)?
    |(?:continue|keep)\ reading.{0,60}|read\ the\ (?:full|whole)\ (?:article|story).{0,60}
    |(?:sign\ up|subscribe|register|join)(?:\ (?:now|here|today|free|us|in|up))?
    |follow\ us(?:\ on\ .{1,80})?|find\ us\ on\ .{1,60}
    |blog(?:\ index)?|home|menu|search(?:\.\.\.)?|close|loading\W*|download(?:\ pdf)?|listen(?:\ to\ this\ article)?
    |(?:all\ )?rights\ reserved.{0,60}|(?:copyright|©).{0,100}
    |(?:terms|privacy|cookie)s?(?:\ (?:of\ (?:use|service)|policy|settings|&\ conditions|and\ conditions))?
    )[\s.:!>»→…✕×|]*""",
    re.IGNORECASE | re.VERBOSE,
)
"""Furniture where it is all that a block says."""
_ASKING = re.compile(
    r"""\b(?:
    (?:sign\ up|subscribe|register)\ (?:for|to|here|now|today)\b.{0,80}
    |(?:get|have|receive)\b.{1,60}\b(?:delivered\ (?:straight\ |directly\ )?to\ )?your\ inbox
    |(?:join|our|free|weekly|daily)\ (?:\w+\ ){0,3}newsletters?
    |follow\ us\ on\b|(?:like|find|join)\ us\ on\ (?:facebook|twitter|instagram|x)\b
    |download\ (?:our|the)\ (?:\w+\ ){0,2}app\b
    |(?:as\ an\ amazon\ associate|affiliate\ (?:links?|marketer|commission)|may\ earn\ (?:us\ )?a\ commission)
    |(?:agree|consent)\ to\ (?:our|the)\ (?:terms|privacy)
    |this\ story\ is\ funded\ by\ readers|support\ our\ (?:journalism|work)\ (?:by|with|today)
    |have\ a\ (?:news\ )?tip\?|got\ a\ (?:news\ )?tip\?
    )""",
    re.IGNORECASE | re.VERBOSE,
)
"""Furniture where a short block asks for it."""


_LONGEST_PLEA = 60
_PLEA = re.compile(
    r"""\b(?:
    we\ (?:and\ our\ partners\ )?use\ cookies\b
    |(?:by|if\ you)\ (?:clicking|continu\w+)\b.{1,60}\b(?:cookies|privacy\ policy)
    |consider\ (?:supporting|donating|subscribing|becoming\ a\ (?:member|subscriber))\b
    |(?:may|might|can)\ (?:earn|receive|get)\ (?:us\ )?(?:an?|some)\ (?:small\ |affiliate\ |referral\ )*
        (?:commission|fee|compensation)
    |(?:copyright|©)\ (?:©\ )?(?:19|20)\d\d\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
"""Furniture where a whole paragraph asks for it or owns up to it."""


_SIGNS = (
    "sign up", "subscribe", "register", "inbox", "newsletter", "us on", "download", "amazon", "affiliate", "commission",
    "agree to", "consent to", "funded by", "support our", "tip?", "cookies", "privacy policy", "consider ",
    "compensation", " fee", "copyright", "©",
)  # fmt: skip
"""Words of which some stand in all that asks or owns up; most blocks have none and need no closer look."""


def is_furniture(block: str) -> bool:
    """Whether a block of a page (one paragraph, heading or list item) is none of its article's words.

    Linear in the length of the block; long blocks are never furniture.
    """
    words = block.split()
    if len(words) > _LONGEST_PLEA:
        return False
    plain = " ".join(words)
    short = len(words) <= _LONGEST
    if short and _ALONE.fullmatch(plain):
        return True
    told = plain.lower()
    if not any(sign in told for sign in _SIGNS):
        return False
    return bool((short and _ASKING.search(plain)) or _PLEA.search(plain))
