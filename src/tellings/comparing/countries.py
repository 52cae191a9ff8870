"""Countries: their names as `spellings.known_as` has them, what is theirs ("French"), and where they are governed.

General knowledge, written down by us: a line a country, its name, its adjectives and its seat, in lower case without
accents. A country whose adjective or seat means something else as often is left without it.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

_LISTED = """
afghanistan|afghan|kabul;albania|albanian|tirana;algeria|algerian|algiers;angola|angolan|luanda
argentina|argentine,argentinian|buenos aires;armenia|armenian|yerevan;australia|australian|canberra
austria|austrian|vienna;azerbaijan|azerbaijani,azeri|baku;bahrain|bahraini|manama;bangladesh|bangladeshi|dhaka
belarus|belarusian|minsk;belgium|belgian|;bolivia|bolivian|la paz;bosnia|bosnian|sarajevo;brazil|brazilian|brasilia
bulgaria|bulgarian|sofia;cambodia|cambodian|phnom penh;cameroon|cameroonian|yaounde;canada|canadian|ottawa
chad|chadian|;chile|chilean|santiago;china|chinese|beijing;colombia|colombian|bogota;congo|congolese|kinshasa
croatia|croatian|zagreb;cuba|cuban|havana;cyprus|cypriot|nicosia;czech republic|czech|prague
denmark|danish|copenhagen;ecuador|ecuadorian|quito;egypt|egyptian|cairo;el salvador|salvadoran|san salvador
eritrea|eritrean|asmara;estonia|estonian|tallinn;ethiopia|ethiopian|addis ababa;finland|finnish|helsinki
france|french|paris;germany|german|berlin;ghana|ghanaian|accra;greece|greek|athens;guatemala|guatemalan|guatemala city
haiti|haitian|port au prince;honduras|honduran|tegucigalpa;hungary|hungarian|budapest;iceland|icelandic|reykjavik
india|indian|new delhi;indonesia|indonesian|jakarta;iran|iranian|tehran;iraq|iraqi|baghdad;ireland|irish|dublin
israel|israeli|;italy|italian|rome;jamaica|jamaican|kingston;japan|japanese|tokyo;jordan|jordanian|amman
kazakhstan|kazakh|astana;kenya|kenyan|nairobi;kosovo|kosovar|pristina;kuwait|kuwaiti|kuwait city
laos|laotian|vientiane;latvia|latvian|riga;lebanon|lebanese|beirut;libya|libyan|tripoli;lithuania|lithuanian|vilnius
malaysia|malaysian|kuala lumpur;mali|malian|bamako;malta|maltese|valletta;mexico|mexican|mexico city
moldova|moldovan|chisinau;mongolia|mongolian|ulaanbaatar;montenegro|montenegrin|podgorica;morocco|moroccan|rabat
mozambique|mozambican|maputo;myanmar|burmese|naypyidaw;nepal|nepali,nepalese|kathmandu;netherlands|dutch|the hague
new zealand||wellington;nicaragua|nicaraguan|managua;niger||niamey;nigeria|nigerian|abuja
north korea|north korean|pyongyang;norway|norwegian|oslo;oman|omani|muscat;pakistan|pakistani|islamabad
panama|panamanian|panama city;paraguay|paraguayan|asuncion;peru|peruvian|lima;philippines|philippine,filipino|manila
poland|polish|warsaw;portugal|portuguese|lisbon;qatar|qatari|doha;romania|romanian|bucharest;russia|russian|moscow
rwanda|rwandan|kigali;saudi arabia|saudi|riyadh;senegal|senegalese|dakar;serbia|serbian|belgrade
sierra leone||freetown;singapore|singaporean|;slovakia|slovak|bratislava;slovenia|slovenian|ljubljana
somalia|somali|mogadishu;south africa|south african|pretoria;south korea|south korean|seoul
south sudan|south sudanese|juba;spain|spanish|madrid;sri lanka|sri lankan|colombo;sudan|sudanese|khartoum
sweden|swedish|stockholm;switzerland|swiss|bern;syria|syrian|damascus;taiwan|taiwanese|taipei
tajikistan|tajik|dushanbe;tanzania|tanzanian|;thailand|thai|bangkok;tunisia|tunisian|tunis;turkey|turkish|ankara
turkmenistan|turkmen|ashgabat;uganda|ugandan|kampala;ukraine|ukrainian|kyiv,kiev
united arab emirates|emirati|abu dhabi;united kingdom|british|london;united states|american|washington
uruguay|uruguayan|montevideo;uzbekistan|uzbek|tashkent;venezuela|venezuelan|caracas;vietnam|vietnamese|hanoi
yemen|yemeni|sanaa;zambia|zambian|lusaka;zimbabwe|zimbabwean|harare
"""


class Countries(NamedTuple):
    """The countries' names, and to which of them an adjective and a seat of government lead."""

    names: frozenset[str]
    by_adjective: dict[str, str]
    by_seat: dict[str, str]


@cache
def countries() -> Countries:
    """The table, read once."""
    rows = [row.split("|") for row in _LISTED.strip().replace("\n", ";").split(";")]
    adjectives = {word: name for name, listed, _ in rows for word in listed.split(",") if word}
    seats = {word: name for name, _, listed in rows for word in listed.split(",") if word}
    return Countries(frozenset(name for name, _, _ in rows), adjectives, seats)
