"""Abbreviations: words whose full stop may end no sentence, as `sentences.py` asks for them.

All are without the last stop and for comparing, except where a capital makes the difference: "Ill."
is a state, "ill." is how a sentence ends.
"""

# Titles and the like: what they belong to follows, so they never end a sentence.
TITLES = frozenset(
    """adj adm amb assoc asst atty brig bros capt cdr cmdr col comdr cpl cpt det dir dr drs
    fr gen gens gov govs hon ing insp lt maj mlle mme mr mrs ms msgr ph.d prof profs pvt rep reps
    res rev sen sens sgt spc sra sres srta sta ste supt vs
    abs abt bsp bspw bzw ca dipl evtl frl geb gegr ggf hr hrn inkl jh abb mio mrd nat rd sog stellv
    str tel usw vgl z.b zzgl
    av c.-à-d env mgr sig sigg dott dott.ssa avv on.le
    ej exmo ud uds srs dña aprox gral lic
    bijv dhr mevr mw zgn ul im np tzn tj mln mld tys woj św godz
    проф акад ген ул им стр рис см напр обл
    د أ.د م آ""".split()
)
# A number follows these; before a word they end a sentence: "No. 7", "The answer is no."
NUMBERED = frozenset(
    "art arts chap fig figs no nos nr núm op pag pp pág págs ps sec vol vols".split()
)
# So they are only where they start with a capital, or are all capitals.
CAPITAL_TITLES = frozenset("MM Mt Ft Pte Eng".split())
# Months: a day follows.
MONTHS = frozenset("jan feb mar apr jun jul aug sep sept oct nov dec okt dez mrz janv févr".split())
# "am 3. Mai": where a day's number has a stop, the name of its month follows.
MONTHS_AFTER_DAY = frozenset(
    """januar jänner februar märz april mai juni juli august september oktober november
    dezember desember""".split()
)
# "im 19. Jahrhundert": behind these a number with a stop counts what follows.
BEFORE_ORDINAL = frozenset(
    """am im der das dem des den vom zum zur beim ab seit einem einer eines jedes jeder seinem
    seinen ihrem ihren""".split()
)
# These end a sentence now and then; the next word decides.
MAYBE = frozenset(
    """a.m p.m ave blvd co corp inc ltd llc plc jr sr st est dept univ etc al approx e.g i.e cf usa
    u.s u.k u.n e.u d.c u.s.a ee.uu ee uu ecc enz руб тыс млн млрд др""".split()
)
# States of America, as agencies write them behind the name of a town.
STATES = frozenset(
    """Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont
    Neb Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo W.Va""".split()
)
# Words that open a sentence far more often than they belong to a name.
OPENERS = frozenset(
    """a after all also although an and any as at before both but by despite during each even
    every few for from he her here his how however i if in instead it its last later many
    meanwhile more most much my nearly neither next no nor not now of officials on once one only
    or other our over she since so some still such that the their then there these they this those
    though through to two under until we what when where whether which while who why with yet you
    your der die das ein eine er sie es im am und aber wenn le la les un une il elle el los las en
    o os um uma он она они оно это но""".split()
)
# After "M." these belong to a name: "M. Le Goff". Elsewhere they open a French sentence.
PARTICLES = frozenset("le la les de du des".split())
# What a sentence opens with whose capital was lost; any other small letter goes on with the
# sentence, whose stop is then a break of a line or an abbreviation nobody knows.
SLIP_OPENERS = frozenset("he she it they we this that these those there the but however".split())
