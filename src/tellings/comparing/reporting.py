"""Verbs of reporting: whether a cue tells that something was said at all, and how the account colours the saying.

Four sorts, after Caldas-Coulthard (1994, "On reporting reporting"): neutral (said), doubting (claimed), committing
(revealed: the account takes it for true), coloured (lashed out). The lists are ours; they hold stems.
"""

from __future__ import annotations

from typing import get_args

from tellings.comparing.words import listed, stem, words
from tellings.records import Attribution, CueSort, Reading


def _stems(listing: str) -> frozenset[str]:
    return frozenset(stem(word) for word in listed(listing))


_SORTS: dict[CueSort, frozenset[str]] = {
    "neutral": _stems(
        """per said say says saying saith told tell tells telling according wrote write writes writing written added add
        adds adding asked ask asks asking statement announced announce announces announcing announcement reported
        report reports reporting tweeted tweet tweets tweeting twitter described describe describes describing called
        call calls calling noted note notes noting quoted quote quotes quoting read reads posted post posts testified
        testify testifies testimony replied reply replies responded respond responds response explained explain
        explains explaining continued continue continues concluded concludes indicated indicate indicates recalled
        recall recalls discussed discuss discusses discussing mentioned mention cited cite cites citing spoke speak
        speaks speaking declared declare declares declaring stated state states stating informed inform informing
        proposed propose predicted predict predicts warned warn warns warning urged urge urges urging agreed agree
        suggested suggest suggests suggesting recommended recommend argued argue argues arguing answered answer
        observed observe remarked remark commented comment comments expressed express expressing voiced voicing
        promised promise promises promising pledged pledge offered offer requested request demanded demand demands
        demanding advised advise advises repeated repeat reiterated reiterate emphasized emphasize stressed stress
        estimated estimate estimates issued issue released shows show showed showing found find finds
        detailed outlined listed published publish identified identify named declined refused reminded
        relayed texted emailed interviewed
        instructed letter memo shared summarized elaborated clarified cautioned interview message caption
        questioned question wondered urges rebutted countered thanked praised credited congratulated apologized
        apologised quipped joked compared characterized referred refer referring accused accuse accuses accusing
        blamed blame criticized criticised criticizing condemned defended dismissed rejected disputed denied deny
        denies denying disagreed challenged endorsed confirmed confirm confirms confirming words
        threatened threaten threatening threat vowed vow vows vowing invited announced ordered ruled
        assured assure assures assuring briefed briefs swore swear swears sworn confided lied
        speculated speculate speculates speculating hinted hint hints implied implies opined mused theorized theorised
        pleaded begged
        insistence assertion denial accusation promise pledge complaint"""
    ),
    "doubting": _stems(
        """claimed claim claims claiming alleged allege alleges alleging allegedly allegation purported purportedly
        contended contend contends maintained maintain maintains insisted insist insists insisting asserted assert
        asserts asserting asserting professed rumored rumoured reportedly supposedly reputed"""
    ),
    "committing": _stems(
        """revealed reveal reveals revealing admitted admit admits admitting acknowledged acknowledge acknowledges
        acknowledging conceded concede concedes disclosed disclose discloses confessed confess exposed proved proves
        discovered uncovered established learned pointed recognized underscored highlighted demonstrated
        determined determines"""
    ),
    "coloured": _stems(
        """lashed gloated gloat slammed slam slams blasted blast blasts ripped rip rips boasted boast boasts bragged
        brag brags fumed fume ranted rant rants sneered mocked mock railed raged whined complained complain derided
        deride touted tout crowed snapped barked scoffed trumpeted hailed hail decried decry tore hit fired thundered
        bemoaned lamented gushed raved raves pontificated spewed parroted bashed excoriated castigated lambasted
        skewered jabbed taunted teased cried shouted yelled screamed swiped torched warred doubled"""
    ),
}
_ORDER: tuple[CueSort, ...] = ("coloured", "committing", "doubting", "neutral")
if set(_ORDER) != set(get_args(CueSort)):  # pragma: no cover - the type and the lists are changed together
    raise TypeError("every sort of cue needs its list")


def sort_of(reading: Reading, attribution: Attribution) -> CueSort | None:
    """The sort of an attribution's cue by its strongest word, None where no word of it tells of saying."""
    text = reading.account.text
    found = {word.stem for span in attribution.cue for word in words(text, span)}
    return next((sort for sort in _ORDER if found & _SORTS[sort]), None)


def tells(reading: Reading, attribution: Attribution) -> bool:
    """Whether an attribution is of something said: by its cue, a bare colon, or very words at the account's level."""
    if _denied(reading, attribution):
        return False
    if sort_of(reading, attribution) is not None or not attribution.cue:
        return True  # without a cue are texts of others set in: at any level somebody wrote them
    if attribution.manner != "indirect" and attribution.parent is None:
        return True
    return any(":" in reading.account.text[span.start : span.end] for span in attribution.cue)


_NOT = frozenset({"not", "n't", "never", "yet"})


def _denied(reading: Reading, attribution: Attribution) -> bool:
    """Whether the cue says that it was not told: "has not identified", "have yet to say"."""
    text = reading.account.text
    keys = [word.key for span in attribution.cue for word in words(text, span)]
    return any(key in _NOT or key.endswith(("n't", "n’t")) for key in keys)
