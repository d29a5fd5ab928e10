"""Phrases that made-up articles are put together from. All people, places and bodies are invented.

In braces stands what `writing.py` fills in: what an event has of its own ({person}, {place},
{body}, {thing}, {first}, {second}, {day}), a word of the field ({noun}, {matter}), or any word of
the language ({word}), as often as it stands in news.
"""

GIVEN = """Mira Olav Tessa Ivo Ranja Bruno Selma Anton Petra Niko Yara Felix Dora Milan Greta Hugo
    Lena Oskar Vera Jonas Alma Viktor Nadia Emil Runa Tomas Irene Pavel Sofia Arvid Mona Kasper Elsa
    Rasmus Talia Edvin Noor Stefan Livia Maren""".split()
SYLLABLES = """bal kor den lin mor sha vent tur rian gan hol pes stra wick ow dra mel fos quin
    zar lund ver tal bre ska nor fel gul hav jor kes lar mun nep ost pol rud sel tam
    ulv vin wes""".split()
SURNAME_ENDS = "sen er ov mann ley quist ard ini en ell ström aux".split()
TOWN_ENDS = "burg haven ford mouth stad wick holm by field port".split()
BODIES = (
    "{town} Port Authority",
    "{town} City Council",
    "University of {town}",
    "Ministry of {office}",
    "{office} Commission",
    "{name} Industries",
    "{name} Holdings",
    "{town} Institute for {office} Studies",
    "National {office} Agency",
    "{name} Shipping",
    "{town} Chamber of Commerce",
    "Bank of {town}",
)
OFFICES = """Transport Energy Fisheries Health Trade Water Housing Labour Justice Education Defence
    Agriculture Communications Mining Forestry Tourism""".split()
OUTLETS = """Tidewater_Post Northern_Ledger Quay_Courier Granite_Herald Lantern_Weekly
    Saltmarsh_Gazette Meridian_Observer Copper_Hill_Times Estuary_Dispatch Old_Bridge_Journal
    Harrow_Street_Review Lowland_Sentinel Beacon_Daily Inland_Register Capital_Notebook
    Signal_Tribune""".split()
AGENCIES = (("Norvik Press Agency", "NPA"), ("Continental News Wire", "CNW"))

# What events are about, beside words of their own.
THINGS = """plant line centre project station contract fund inquiry works depot reform order scheme
    programme terminal deal""".split()

# Fields: slug, title, words that speak for it, matters of talk.
FIELDS: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("ports", "Ports and shipping", ("harbour", "dredging", "container", "quay", "tonnage"),
     ("draught", "berths", "cargo handling", "tug crews", "harbour dues", "sand and silt")),
    ("energy", "Energy", ("turbine", "megawatts", "grid", "reactor", "pipeline"),
     ("grid fees", "spare capacity", "peak load", "cable routes", "turbine blades")),
    ("rail", "Rail", ("railway", "locomotive", "sleeper train", "signalling", "platform"),
     ("timetables", "signalling", "rolling stock", "track access", "platform lengths")),
    ("health", "Health", ("hospital", "vaccine", "surgeons", "clinic", "infection"),
     ("waiting times", "night shifts", "dosage", "ward closures", "nursing places")),
    ("courts", "Courts", ("verdict", "prosecutors", "appeal", "defendant", "tribunal"),
     ("evidence", "witness statements", "costs", "jurisdiction", "the charge sheet")),
    ("farming", "Farming", ("barley", "orchard", "harvest", "dairy", "fertiliser"),
     ("rainfall", "fodder prices", "soil tests", "storage silos", "crop insurance")),
    ("defence", "Defence", ("frigate", "howitzer", "brigade", "radar", "missile"),
     ("delivery slots", "spare parts", "crew training", "range tests", "licence terms")),
    ("schools", "Schools", ("pupils", "classroom", "teachers", "curriculum", "exams"),
     ("class sizes", "lesson plans", "school meals", "marking rules", "bus routes")),
    ("housing", "Housing", ("tenants", "landlord", "apartments", "mortgage", "rents"),
     ("fire doors", "rents in arrears", "ground rent", "permits", "lift repairs")),
    ("water", "Water", ("reservoir", "drought", "aqueduct", "sewage", "flooding"),
     ("meter readings", "leakage", "river levels", "pump stations", "filter beds")),
    ("chips", "Chips", ("wafers", "semiconductor", "lithography", "foundry", "memory chips"),
     ("yields", "tool deliveries", "licences", "test capacity", "stacked memory")),
    ("mining", "Mining", ("copper", "lithium", "smelter", "ore", "tailings"),
     ("royalties", "ore grades", "dust limits", "blasting hours", "the water licence")),
)  # fmt: skip

HEADLINES = (
    "{body} agrees terms for {place} {thing}",
    "{place} {thing} to cost {first} million crowns",
    "{person} defends plan for {place} {thing}",
    "{thing} in {place} put back by {second} months",
    "{body} halts work on {place} {thing} over {matter}",
    "{second} months on, {place} waits for its {thing}",
    "{place} {thing}: {body} names a date",
)
LEADS = (
    "The {body} agreed on {day} to go ahead with the {thing} at {place}, which will cost {first}"
    " million crowns and take {second} months to complete.",
    "Work on the {thing} in {place} will stop for {second} months, the {body} said on {day}, after"
    " a dispute over {matter} that has already added {first} million crowns to the bill.",
    "A contract worth {first} million crowns for the {thing} at {place} was signed on {day}, ending"
    " {second} months of talks between the {body} and its suppliers.",
)
FACTS = (
    "{person}, who leads the {body}, said that {first} million crowns had been set aside and that"
    " no further money would be asked for.",
    "The {thing} employs {third} people, and {body} expects that number to stay as it is.",
    "According to the {body}, {third} residents of {place} sent in objections before the deadline.",
    "“We have looked at {matter} for {second} months and we are not going to look for"
    " longer,” {person} told reporters in {place}.",
    "{other} of the {second_body} called the figure of {first} million crowns too low and asked for"
    " an account of every order above {third} crowns.",
    "In {place} the first stage of the {thing} is to open within {second} months.",
    "The {second_body} will check the work twice a year and publish what it finds about {matter}.",
    "“Nobody in {place} asked for this,” said {other}, who spoke for the {second_body}.",
)
FILLERS = (
    "The question of {matter} has occupied the region since the {word} of the last decade, when"
    " a first {word} was drawn up and put aside.",
    "Officials who took part in the talks describe a {word} atmosphere and a long argument about"
    " {matter}, {word} and {word}.",
    "Nothing in the papers seen so far says how {matter} are to be paid for once the {word} ends.",
    "A report on {noun} published in spring counted more than {number} cases and blamed"
    " {word} rather than {word}.",
    "Suppliers of {noun} have raised prices twice this year, and smaller firms speak of a {word}"
    " that leaves them little room.",
    "That would be the third change to the rules on {noun} in {number} years.",
    "Experts are divided: some expect {matter} to improve, others point to the {word} of"
    " {word} and to what happened elsewhere.",
    "Neighbouring districts watch closely, because what is decided about {noun} here will be"
    " copied there within a year or two.",
    "The budget for {noun} was cut by {number} percent in the previous year and has not"
    " recovered since.",
    "Unions want a say on {matter}; employers answer that the {word} cannot carry another {word}.",
    "For most people the {word} matters less than whether the {noun} works on Monday morning.",
    "Two earlier attempts failed, one over {matter} and one because the {word} ran out of money.",
    "Whether the {word} will hold is uncertain, and a decision on the {word} is not expected"
    " before autumn.",
    "Local traders, who depend on {noun}, said they had been told little and expected {word}.",
    "The law gives the parties {number} days to object, after which the {word} becomes binding.",
    "An engineer with long experience of {noun} said the {word} was sound but the {word} too"
    " short by half.",
    "Figures from the statistics office show {number} percent more {noun} than five years ago,"
    " though the {word} has hardly changed.",
    "Until then the old arrangement stays in force, with all that it means for {matter}.",
    "Much depends on the {word}, on {word} and on the patience of those who live beside it.",
    "Insurers have begun to ask for a {word} before they cover {noun} at all.",
)
# The bare bones of a sentence, most of whose words any event may have. Phrases alone would make all
# articles look alike to what compares them.
BONES = (
    "The {word} {own} of the {word} {word}, {word} {word} and {own} {word} the {word} {word} in"
    " {word} of {own}.",
    "A {word} {own} {word} that {word} {word} would {word} the {own} {word} before {word}"
    " {word} {word}.",
    "In {word} {word} the {own} {word} {word} and {word}, while {word} {own} {word} a {word}"
    " {word}.",
    "{word} {word} {own} {word} the {word} {word}, but the {own} {word} {word} {word} {word}.",
    "When {word} {own} {word} {word}, {word} {word} {word} the {word} of {own} and its {word}.",
)
HEADINGS = (
    "What was agreed",
    "The money",
    "How it came to this",
    "A long argument",
    "What happens next",
    "Who pays",
    "Voices from the region",
    "The small print",
)
