"""Pages that are not what was asked for: cookie walls, log-ins, checks for robots, and scripts yet to make the page.

Only a page with few words is taken for one of these: articles stand on pages with banners, log-in boxes and a line for
browsers without scripts too. Linear in the length of the page.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tellings.fetching.records import MB, Head, Refusal
from tellings.records import Note

FEW = 120
"""Words outside scripts that a wall has at most. Of 350 article pages (development part of the Web Content Extraction
Benchmark) the one with the fewest has 222, though 54 of them show a sign of a wall somewhere."""
SOME = 300
"""Up to so many words a sign of a wall is noted, and the page is read."""
BARE = 15
"""With fewer words than that, a page with scripts has yet to be made by them."""
LARGEST = 2 * MB
"""Bytes of a page that is looked at; no wall is larger."""
TELLING = 40
"""With so many words in stretches of LONG and more that do not speak of walls, a page tells something all the same."""
LONG = 12

_HIDDEN = re.compile(r"<(script|style|noscript|template|svg|iframe|select|title|textarea)\b", re.IGNORECASE)
_ENDS = {
    name: re.compile(rf"</{name}\b", re.IGNORECASE)
    for name in ("script", "style", "noscript", "template", "svg", "iframe", "select", "title", "textarea")
}
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_PASSWORD = re.compile(r"<input\b[^<>]{0,500}\btype\s*=\s*[\"']?password\b", re.IGNORECASE)
_REFRESH = re.compile(r"<meta\b[^<>]{0,200}\bhttp-equiv\s*=\s*[\"']?refresh\b[^<>]{0,400}\burl\s*=", re.IGNORECASE)
_PAGE = re.compile(r"\s*(?:<!--|<\?xml|<!doctype html|<html|<head|<body|<script|<meta)", re.IGNORECASE)

_ROBOT = re.compile(
    r"(?:verify(?:ing)? (?:that )?you(?: a|')re (?:a )?(?:human|not a (?:robot|bot))|are you (?:a )?(?:human|robot)\b"
    r"|(?:if|that) you(?: a|')re (?:a )?(?:human|real person)|prove you are human|not a robot"
    r"|checking (?:if the site connection is secure|your browser)|performing (?:a )?security (?:verification|check)"
    r"|(?:complete|solve) the (?:captcha|challenge)|unusual (?:traffic|activity) from your|press (?:and|&) hold"
    r"|sorry, you have been blocked|you don't have permission|automated (?:access|requests|traffic)"
    r"|pardon our interruption)"
)
_SCRIPT = re.compile(
    r"(?:(?:enable|turn on|activate|allow) (?:\S+ ){0,2}javascript|javascript "
    r"(?:is |must be |to be |has been |seems to be )"
    r"(?:disabled|enabled|required|turned off|switched off|not enabled|not available)"
    r"|(?:needs?|requires?) javascript|without javascript|script-enabled browser)"
)
_COOKIES = re.compile(
    r"(?:(?:accept|allow|agree to|reject|manage|consent to|refuse) (?:\S+ ){0,3}cookies|before you continue"
    r"|(?:accept|reject|agree to) (?:and continue|all)|we (?:value|care about|respect) your privacy"
    r"|cookies (?:are disabled|must be enabled|to continue)|enable cookies|your consent settings"
    r"|your privacy (?:choices|settings)|we (?:and our (?:\S+ ){0,3}(?:partners|vendors)|use cookies)"
    r"|manage (?:my |your )?(?:choices|preferences|consent))"
)
_LOGIN = re.compile(
    r"(?:\b(?:log|sign)[ -]?in to (?:continue|your account|read|view|access)|please (?:log|sign) in"
    r"|you (?:must|need to) (?:log|sign|be (?:logged|signed)) ?in|forgot(?:ten)? (?:your )?password)"
)
_ABOUT_WALLS = re.compile(
    r"cookie|consent|privacy|partners|vendors|personal data|javascript|browser|password|log ?in|sign ?in|subscri"
    r"|account|robot|human|captcha|blocked"
)
_OPEN = "open it in a browser, save the page as .html and give that"


class Told(NamedTuple):
    """What a page tells a reader: its words, those for browsers without scripts, and what its tags show.

    `many` counts the words, `telling` those in long stretches that do not speak of walls.
    """

    words: str
    without_scripts: str
    many: int
    telling: int
    scripts: int
    password: bool
    leads_on: bool


def look(head: Head, body: bytes) -> tuple[Note, ...]:
    """Return a note where a page may be a wall before what was asked for.

    Raises Refusal where it plainly is one. Only pages are looked at, and judged by what they say: an address with
    "login" or "consent" in it may be that of an article.
    """
    kind = head.content_type or "text/html"
    if len(body) > LARGEST:
        return ()
    source = body.decode("utf-8", "replace")
    if kind not in ("text/html", "application/xhtml+xml") or not _PAGE.match(source[:2000].lstrip("\ufeff")):
        return ()
    told = told_by(source)
    wall = wall_in(told) if told.many <= SOME else None
    if wall is None:
        return ()
    if told.many <= FEW and told.telling < TELLING:
        raise Refusal(f"is {wall}, not the article", _OPEN)
    return (Note("other", f"the page may be {wall}, with little of the article or none"),)


def wall_in(told: Told) -> str | None:
    """Return what a page with few words is, in plain words, None where nothing shows that it is a wall."""
    if _ROBOT.search(told.words):
        return "a check for robots"
    if _SCRIPT.search(told.words) or (told.many <= FEW and _SCRIPT.search(told.without_scripts)):
        return "a page that scripts have yet to make"
    if _COOKIES.search(told.words):
        return "a cookie wall"
    if told.password or _LOGIN.search(told.words):
        return "a log-in page"
    if told.many < BARE and told.leads_on:
        return "a page that only leads on to another"
    return "a page that scripts have yet to make" if told.many < BARE and told.scripts else None


def told_by(source: str) -> Told:
    """Return what a page's source tells, by its tags alone."""
    shown: list[str] = []
    unscripted: list[str] = []
    scripts = at = 0
    source = _COMMENT.sub(" ", source)
    while start := _HIDDEN.search(source, at):
        shown.append(source[at : start.start()])
        name = start[1].lower()
        end = _ENDS[name].search(source, start.end())
        stop = end.start() if end else len(source)
        scripts += name == "script"
        if name == "noscript":
            unscripted.append(source[source.find(">", start.end()) + 1 : stop])
        at = end.end() if end else stop
    shown.append(source[at:])
    words = " ".join(shown)
    stretches = [_plain(stretch) for stretch in _TAG.split(words)]
    long = [len(stretch.split()) for stretch in stretches if not _ABOUT_WALLS.search(stretch)]
    return Told(
        words=_plain(words),
        without_scripts=_plain(" ".join(unscripted)),
        many=sum(1 for _ in _WORD.finditer(_TAG.sub(" ", words))),
        telling=sum(many for many in long if many >= LONG),
        scripts=scripts,
        password=_has(_PASSWORD, source),
        leads_on=_has(_REFRESH, source),
    )


def _has(pattern: re.Pattern[str], source: str) -> bool:
    return pattern.search(source) is not None


def _plain(source: str) -> str:
    """Return the words between tags, in lower case and with one blank between them."""
    return " ".join(_TAG.sub(" ", source).replace("’", "'").lower().split())
