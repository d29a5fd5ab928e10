"""Made names: people, towns, clubs, companies and bodies, drawn from the lists or put together.

Half of the people and a part of the rest are in no list, so that a text made with them teaches what
stands around a name and not the lists alone.
"""

from random import Random

from briefbook.parsing.naming.knowledge import known

LISTS = (
    "family", "more", "given", "large city", "city", "team", "company", "organisation", "ordinary",
    "people",
)  # fmt: skip
SYLLABLES = """ba be bo
    da de di do fa ga go ha ka ke ki ko la le li lo ma me mi mo na ne ni no pa pe
    po ra re ri ro sa se si so ta te ti to va ve vi vo za zo lin mar sen tor vik han ber gor kal
    mel""".split()
SURNAMES = """son sen ov ev ski sky ic vic ez es er mann berg ström ini etti ard eau dze shvili ian
    yan poulos akis oglu kar wala nen ström quist ton ley man kov enko uk ek ak as is""".split()
TOWNS = ["", "burg", "ville", "grad", "pur", "stad", "ovo", "ham"]
CLUBS = "FC Sporting Dynamo Real Racing Union Olympic".split()
TRADES = """Industries Holdings Group Bank Systems Energy Motors Airlines Insurance Securities
    Electronics Foods Mining Oil Steel Telecom Partners Textiles Shipping Chemicals""".split()
LEGAL = ["Inc", "Corp", "Ltd", "Co", "Plc", "Inc.", "Co.", "AG", "SA", "NV", ""]
PARTICLES = "de van von al bin da De Van".split()
BODIES = (
    "{} Party", "Ministry of {}", "{} Department", "{} Ministry", "National {} Council",
    "{} Association", "University of {town}", "{town} University", "{} Front",
    "Bank of {country}", "{} Committee", "{town} Stock Exchange", "Central Bank of {country}",
    "{country} {} Federation", "Institute for {} Studies",
)  # fmt: skip
SUBJECTS = """Labour Defence Trade People's Liberation Agriculture Justice Health Energy Democratic
    Unity Progress Transport Liberal Islamic Workers Peasant Football Athletics Tourism""".split()
COUNTRIES = """Argentina Australia Austria Belarus Belgium Brazil Britain Bulgaria Burundi Canada
    Chile China Colombia Croatia Czech_Republic Denmark Ecuador Egypt England Ethiopia Finland
    France Georgia Germany Ghana Greece Hungary Iceland India Indonesia Iran Iraq Ireland Israel
    Italy Jamaica Japan Jordan Kenya Kuwait Latvia Lebanon Malaysia Mexico Morocco Netherlands
    New_Zealand Nigeria Norway Pakistan Paraguay Peru Poland Portugal Romania Russia Rwanda
    Saudi_Arabia Scotland Slovakia Slovenia South_Africa South_Korea Spain Sudan Sweden Switzerland
    Syria Thailand Tunisia Turkey U.S. Uganda Ukraine Uruguay Uzbekistan Yugoslavia Zaire Zambia
    Zimbabwe""".split()
SMALL = frozenset("of the and for de la al".split())
SHORT = 4  # letters of an acronym


class Maker:
    """Draws names; the same seed draws the same."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.lists = {
            which: sorted(name for name in known(which) if name.isascii() and len(name) > 2)
            for which in LISTS
        }

    def number(self, least: int, most: int) -> int:
        return self.chance.randint(least, most)

    def one(self, *of: str) -> str:
        return self.chance.choice(of)

    def pick(self, which: str) -> str:
        return proper(self.chance.choice(self.lists[which]))

    def surname(self) -> str:
        if self.chance.random() < 0.5:
            return self.pick("family" if self.chance.random() < 0.8 else "more").split()[-1]
        made = "".join(self.one(*SYLLABLES) for _ in range(self.chance.choice([1, 1, 2])))
        return (made + self.one(*SURNAMES)).capitalize()

    def given(self) -> str:
        if self.chance.random() < 0.7:
            return self.pick("given").split()[0]
        return (self.one(*SYLLABLES) + self.one(*SYLLABLES)).capitalize()

    def person(self) -> tuple[str, str]:
        """Return a full name and its short form."""
        surname, way = self.surname(), self.chance.random()
        if way < 0.08:
            return f"{self.given()[0]}. {surname}", surname
        if way < 0.14:
            return f"{self.given()} {self.given()[0]}. {surname}", surname
        if way < 0.2:
            return f"{self.given()} {self.one(*PARTICLES)} {surname}", surname
        return f"{self.given()} {surname}", surname

    def full(self) -> str:
        return self.person()[0]

    def town(self) -> str:
        way = self.chance.random()
        if way < 0.8:
            return self.pick("large city" if way < 0.5 else "city")
        return (self.one(*SYLLABLES) + self.one(*SYLLABLES) + self.one(*TOWNS)).capitalize()

    def country(self) -> str:
        return self.one(*COUNTRIES).replace("_", " ")

    def club(self) -> str:
        way = self.chance.random()
        if way < 0.7:
            return self.pick("team")
        return self.town() if way < 0.85 else f"{self.one(*CLUBS)} {self.town()}"

    def company(self) -> str:
        if self.chance.random() < 0.35:
            return self.pick("company")
        first = self.one(self.surname(), self.town(), self.surname(), self.pick("ordinary"))
        return f"{first} {self.one(*TRADES)} {self.one(*LEGAL)}".strip()

    def body(self) -> str:
        if self.chance.random() < 0.5:
            return self.pick("organisation")
        found = self.one(*BODIES).replace("{town}", self.town())
        return found.replace("{country}", self.country()).replace("{}", self.one(*SUBJECTS))


def proper(name: str) -> str:
    """Return a folded name with capitals; which short ones are acronyms is a guess."""
    if name in ("u.s.", "u.k.", "u.n."):
        return name.upper()
    if len(name) <= SHORT and " " not in name and name in known("organisation"):
        return name.upper()
    return " ".join(w if w in SMALL else w[:1].upper() + w[1:] for w in name.split())
