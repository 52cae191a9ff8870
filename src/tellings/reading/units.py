"""Units: the singular of what is counted, and one name for each measure and currency."""

from __future__ import annotations

_IRREGULAR = {
    "people": "people", "person": "people", "persons": "people", "men": "man", "women": "woman", "children": "child",
    "feet": "foot", "teeth": "tooth", "mice": "mouse", "wives": "wife", "lives": "life", "knives": "knife",
    "policemen": "policeman", "policewomen": "policewoman", "gunmen": "gunman", "congressmen": "congressman",
    "congresswomen": "congresswoman", "firemen": "fireman", "servicemen": "serviceman", "halves": "half",
    "series": "series", "species": "species", "police": "police", "leaves": "leaf", "thieves": "thief",
    "criteria": "criterion", "buses": "bus", "gases": "gas", "viruses": "virus", "crises": "crisis",
    "movies": "movie", "ties": "tie", "cookies": "cookie", "rookies": "rookie", "calories": "calorie",
}  # fmt: skip
_MEASURES = {
    "km": "kilometer", "kms": "kilometer", "kilometre": "kilometer", "metre": "meter", "m": "meter",
    "centimetre": "centimeter", "cm": "centimeter", "mi": "mile", "ft": "foot", "kg": "kilogram", "kgs": "kilogram",
    "kilo": "kilogram", "lb": "pound", "lbs": "pound", "oz": "ounce", "hr": "hour", "hrs": "hour", "min": "minute",
    "mins": "minute", "sec": "second", "yr": "year", "yrs": "year", "yard": "yard", "tonne": "ton", "g": "gram",
    "dollar": "$", "buck": "$", "cent": "cent", "euro": "€", "°": "degree", "litre": "liter",
}  # fmt: skip


def wordset(words: str) -> frozenset[str]:
    """Words listed with spaces between them."""
    return frozenset(words.split())


def unit_of(word: str) -> str:
    """The unit of a word: lower case, singular, one name for each measure and currency ("feet" -> "foot")."""
    one = singular(word.lower().strip(".’'"))
    return _MEASURES.get(one, one)


def singular(word: str) -> str:
    """The singular of a noun in lower case, by its ending."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word in _MEASURES or len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    return word[:-1]
