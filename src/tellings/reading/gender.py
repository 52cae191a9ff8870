"""Whether a person's name goes with `he` or with `she`, where its title or first name tells; else nothing is said.

First names that both have, and names not here, tell nothing. A wrong pronoun is the worse error, so the lists hold
common names only that go one way nearly always.
"""

from __future__ import annotations

from typing import Literal

Gender = Literal["he", "she"]

_HE = """
aaron abdul adam ahmed alan albert alejandro alfred allen alvin andre andrew anthony antonio arnold arthur austin
barack barry ben benjamin bernard bernie bill bob bobby boris brad bradley brandon brendan brett brian bruce bryan
caleb carl carlos cesar chad charles charlie christopher chuck clarence clark craig dale damian dan daniel darrell
darren dave david dean dennis derek derrick devin dick diego dmitry dominic don donald doug douglas dustin dwight
earl eddie edgar eduardo edward edwin eli elijah elliott eric erik ernest ethan eugene evan felix fernando francisco
frank franklin fred frederick gabriel gary gavin gene geoffrey george gerald gilbert glenn gordon graham grant greg
gregory guy hakeem harold harry harvey hassan hector henry herbert herman howard hugh ian ibrahim igor isaac ivan
jack jacob jake james jared jason javier jay jeb jeff jeffrey jerome jerry jesse jesus jim jimmy joe joel john
johnny jon jonathan jorge jose joseph josh joshua juan julian julio justin karl keith ken kenneth kevin kirk kurt
kyle lance larry lawrence leo leon leonard lewis liam lloyd logan louis lucas luis luke malcolm manuel marc marco
marcus mario mark martin marvin matt matthew maurice max maxwell michael miguel mike mitch mitt mohammad mohammed
morris moses muhammad nathan nathaniel neil nicholas nick nigel noah norman oliver omar orrin oscar otto owen pablo
patrick paul pedro perry pete peter phil philip phillip pierre rafael ralph ramon randy raul ray raymond rex ricardo
richard rick ricky rob robert roberto rodney roger roland ron ronald rory ross roy ruben rudy russell ryan salvador
sam samuel scott sean sergei sergio seth shane shawn simon spencer stanley stephen steve steven stuart ted terrence
theodore thomas tim timothy todd tom tommy tony travis trevor troy tyler vernon victor vincent vladimir wallace
walter warren wayne wesley will william xavier zachary
"""
_SHE = """
abigail adriana agnes aisha alexandra alexandria alice alicia alison allison alyssa amanda amber amelia amy ana
andrea angela angelica anita ann anna anne annie april ashley audrey barbara beatrice becky bella bernice beth betsy
betty beverly bonnie brenda bridget brittany caitlin camila carla carmen carol carolina caroline carolyn carrie
catherine cathy cecilia charlotte chelsea cheryl christina christine cindy claire clara claudia condoleezza connie
courtney crystal cynthia daisy danielle dawn deborah debra denise diana diane dianne dolores donna doris dorothy
edith eileen elaine eleanor elena elizabeth ella ellen emily emma erica erin esther eva evelyn fatima felicia fiona
florence frances gabriela gabrielle geraldine gina gladys gloria grace greta gwen hannah heather heidi helen hillary
holly irene isabel isabella ivanka jacqueline jane janet janice jasmine jeanette jeanne jennifer jessica jill joan
joanna josephine joyce juanita judith judy julia juliana julie june kamala karen kate katherine kathleen kathryn
kathy katie kayla kellyanne kimberly kirsten kristen kristin laura lauren leah lena leticia lillian linda lisa lois
lorena loretta lori lucia lucy lydia madeleine madison maggie marcia margaret margarita maria marie marilyn marjorie
marlene marsha martha mary maureen maxine megan melania melanie melissa mercedes meredith mia michelle mildred
miriam molly monica nancy naomi natalie natasha nicole nikki nina nora norma olga olivia pamela patricia patty paula
peggy penny phyllis priscilla rachel rebecca regina renee rhonda rita roberta rosa rosalind rose rosemary ruth
sabrina sally samantha sandra sara sarah serena sharon sheila shirley sofia sonia sophia stacey stephanie stella sue
susan suzanne sylvia tammy tanya teresa theresa tiffany tina ursula valerie vanessa vera veronica victoria virginia
vivian wanda wendy whitney yolanda yvette yvonne zoe
"""
_FIRST: dict[str, Gender] = {**dict.fromkeys(_HE.split(), "he"), **dict.fromkeys(_SHE.split(), "she")}
_TITLES: dict[str, Gender] = {
    **dict.fromkeys(("mr", "sir", "lord", "king", "prince", "congressman", "councilman", "chairman", "sheikh"), "he"),
    **dict.fromkeys(("mrs", "ms", "miss", "lady", "dame", "queen", "princess", "congresswoman", "councilwoman"), "she"),
}
_PRONOUNS: dict[str, Gender] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
}
BEFORE = 14  # code points before a name that its title stands in


def of_pronoun(word: str) -> Gender | None:
    """What a pronoun tells."""
    return _PRONOUNS.get(word.lower())


def of_name(text: str, start: int, end: int) -> Gender | None:
    """What the title before a name, or its first name, tells; a lone surname tells nothing."""
    before = text[max(0, start - BEFORE) : start].lower().replace(".", " ").split()
    words = text[start:end].lower().replace(".", " ").split()
    if not words:
        return None
    title = _TITLES.get(before[-1]) if before else None
    return title or _TITLES.get(words[0]) or (_FIRST.get(words[0]) if len(words) > 1 else None)
