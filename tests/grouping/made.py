"""Invented accounts of invented events."""

from dataclasses import replace

from tellings.ingest import account_from_text

FIRE = (
    "A fire in the Harlow mill at Tessendale killed two weavers on Monday night, the brigade said. Captai"
    "n Ines Varga said the blaze began in the carding room and was out by dawn. The mill, built in 1891, "
    "employs ninety people."
)
FIRE_AGAIN = (
    "Two weavers died when the Harlow mill in Tessendale burned on Monday. The carding room caught light "
    "first, said Captain Ines Varga of the brigade. Ninety people work at the mill."
)
VOTE = (
    "The council of Port Quillan voted by nine to four for a tram to the harbour. Mayor Osric Dunn had as"
    "ked for the vote for six years. Work on the tram begins in spring and will cost forty million crowns"
    "."
)
VOTE_AGAIN = (
    "Port Quillan will have its tram to the harbour: the council agreed by nine votes to four. For Mayor "
    "Osric Dunn it ends six years of asking. The line costs forty million crowns."
)
LOST = "Keepers at the Aldmoor aviary are looking for a barn owl named Pim that left through an open hatch."


def account(text, name, *, published="2031-04-05", outlet=None):
    made = account_from_text(text or "none", id=name)
    return replace(made, text=text, published=published, outlet=outlet)


def told():
    """Five accounts of three events."""
    texts = {"fire-1": FIRE, "vote-1": VOTE, "fire-2": FIRE_AGAIN, "lost-1": LOST, "vote-2": VOTE_AGAIN}
    return [account(text, name) for name, text in texts.items()]
