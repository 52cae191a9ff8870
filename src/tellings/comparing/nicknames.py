"""First names that may be one person's: equal, an initial, or a short form in common use."""

from __future__ import annotations

_SHORT = """
alexander alex al|alexandra alex sandra|alfred al fred|andrew andy drew|anthony tony|antonio tony|barbara barb
benjamin ben|bernard bernie|catherine cathy kate|charles charlie chuck|christine chris|christopher chris|daniel dan
danny|david dave|deborah deb debbie|donald don|dorothy dot|edward ed eddie ted|edwin ed|elizabeth liz beth betsy betty
ezekiel zeke|frances fran|francis frank|frederick fred|gerald jerry gerry|gregory greg|harold hal harry|henry hank
herbert herb|isaac ike|jacob jake|james jim jimmy jamie|jeffrey jeff|jennifer jen jenny|jeremiah jerry|jerome jerry
john jack johnny|jonathan jon|joseph joe joey|joshua josh|judith judy|katherine kate kathy katie|kathleen kathy
kenneth ken|kimberly kim|lawrence larry|leonard len leo|louis lou|margaret maggie meg peggy|martin marty|matthew matt
maxwell max|melissa mel|michael mike mick|michelle shelly|mitchell mitch|nathaniel nate nathan|nicholas nick|oliver
ollie|pamela pam|patricia pat patty|patrick pat|peter pete|philip phil|phillip phil|randall randy|raymond ray
rebecca becky|richard rick dick rich|robert bob rob bobby|ronald ron|rudolph rudy|russell russ|samantha sam|samuel sam
sandra sandy|stanley stan|stephen steve|steven steve|susan sue|suzanne sue|terrence terry|theodore ted teddy|thomas tom
tommy|timothy tim|valerie val|victor vic|vincent vince|walter walt|william will bill billy|zachary zach
"""


def _read(listed: str) -> dict[str, frozenset[str]]:
    """For each short form the names it stands for; lines and bars part the families of names."""
    families: dict[str, set[str]] = {}
    for line in listed.replace("\n", "|").split("|"):
        full, *short = line.split() or [""]
        for name in short:
            families.setdefault(name, set()).add(full)
    return {name: frozenset(full) for name, full in families.items()}


_FULL = _read(_SHORT)


def same_first(one: str, other: str) -> bool:
    """Whether two first names, in lower case, may be one person's."""
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) == 1:
        return longer[:1] == shorter
    return longer in _FULL.get(shorter, ()) or shorter in _FULL.get(longer, ())
