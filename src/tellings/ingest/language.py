"""Whether a text is in English: by its common words, and by a trained identifier where those are missing."""

from __future__ import annotations

import re

# Words that make up a quarter of English running text and are rare in its neighbours' languages (so not
#  "in", "is", "was", "of", "had", "an", "on", which are Dutch, German, French or Spanish words too).
_COMMON = frozenset(
    re.findall(
        r"\S+",
        "the and that with for this from have has are were they their which said would there been who "
        "his her not but what about will its after than when you your she could more because it to we by "
        "at",
    )
)
_ENOUGH = 0.06
_LETTERS = 200
_DIFFERENT = 20
_LOOKED_AT = 20_000
_AT_FIRST, _SURELY = 4_000, 0.15
"""Of so many characters so large a share of common words is English whatever follows: running text has a quarter."""
_NAMES = {
    "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese", "nl": "Dutch",
    "pl": "Polish", "ru": "Russian", "uk": "Ukrainian", "sv": "Swedish", "da": "Danish", "no": "Norwegian",
    "fi": "Finnish", "tr": "Turkish", "ar": "Arabic", "he": "Hebrew", "zh": "Chinese", "ja": "Japanese",
    "ko": "Korean", "cs": "Czech", "el": "Greek", "hu": "Hungarian", "ro": "Romanian",
}  # fmt: skip


def other_language(text: str) -> str | None:
    """Name the language of a text that is clearly not English; None for English and where it cannot be told.

    Texts of fewer than 200 letters, or of a few words over and over, cannot be told. Where common English
    words make up 6 % of the first words, nothing is loaded; else py3langid (Lui & Baldwin 2012, langid.py)
    says which language it is.
    """
    if len(text) > _AT_FIRST:
        first = re.findall(r"[^\W\d_]+", text[:_AT_FIRST].lower())
        if sum(word in _COMMON for word in first) >= max(_DIFFERENT, _SURELY * len(first)):
            return None
    start = text[:_LOOKED_AT]
    if sum(map(str.isalpha, start)) < _LETTERS:
        return None
    words = re.findall(r"[^\W\d_]+", start.lower())
    if len(set(words)) < _DIFFERENT and start.isascii():
        return None
    if sum(word in _COMMON for word in words) >= _ENOUGH * len(words):
        return None
    import py3langid

    code = str(py3langid.classify(start)[0])
    return None if code == "en" else _NAMES.get(code, f"the language with the code {code}")
