"""Heads: the words inside a run of capital words that say what it is and where it is divided."""

# Offices and titles: a name may follow.
TITLES = frozenset(
    """minister president premier chancellor secretary secretary-general general gen gen. admiral
    adm adm. colonel col col. lieutenant lt lt. captain capt capt. major maj maj. sergeant sgt sgt.
    corporal cpl. brigadier brig. marshal commander cmdr. dr dr. doctor prof prof. professor mr mr.
    mrs mrs. ms ms. miss sen sen. senator rep rep. reps. representative congressman congresswoman
    ambassador spokesman spokeswoman spokesperson chief director analyst sir dame judge justice king
    queen prince princess pope emperor empress sultan sheikh sheik shaikh ayatollah imam mullah ceo
    chairman chairwoman chairperson envoy lawmaker governor gov gov. mayor lord lady count baron
    duke earl rev rev. reverend father sister archbishop bishop cardinal rabbi coach manager
    captain midfielder striker goalkeeper defender forward umpire referee economist leader speaker
    treasurer commissioner fr fr. famer superintendent inspector detective constable officer
    lieutenant-colonel
    lieutenant-general major-general brigadier-general vice-president vice-chairman ex-president
    attorney prosecutor counsel deputy dictator tsar czar crown taoiseach saint singer actor actress
    author lieut. messrs messrs. mme mlle mme. monsieur herr frau señor don sra. sr. hon. hon
    administrator executive undersecretary chiefs presidents ministers premiers sens. generals
    private pte pvt. pfc. lance lcpl. astronaut cosmonaut engineer coroner sheriff
    präsident kanzler bundeskanzler bundespräsident ministerpräsident außenminister finanzminister
    verteidigungsminister innenminister président présidente presidente presidenta ministro ministra
    ministre canciller chancelier président-directeur президент министр""".split()
)
# Before an office they belong to it.
OF_OFFICES = frozenset(
    """prime foreign defense defence vice deputy former acting interior finance trade state chief
    assistant associate senior junior first second lord crown grand high executive majority minority
    staff attorney solicitor press home transport health education agriculture economy environment
    energy justice labour labor treasury commerce information culture planning industry oil housing
    managing general lieutenant major brigadier rear air field police army navy military national
    party opposition special permanent under co- joint group team squadron wing flight chief
    public external internal economic social budget sports tourism security homeland veterans
    parliamentary federal provincial regional city county district local ruling presidential
    supreme retired outgoing incoming then- ex- holy royal""".split()
)
# "Secretary of State", "Chief of Staff": what an office is over, before the name.
PORTFOLIOS = OF_OFFICES | frozenset(
    "staff affairs war treasury relations exchequer defense state interior justice".split()
)
# "X of Y" is one name.
OF_HEADS = frozenset(
    """bank university college institute school academy house houses department departments ministry
    office bureau board council commission committee court chamber federation confederation union
    association league society organisation organization congress parliament assembly church diocese
    archdiocese cathedral museum library gallery center centre hospital ministry republic kingdom
    state states commonwealth province district city town borough county isle island islands gulf
    bay cape strait straits sea lake mouth port bridge tower castle palace temple mount mountains
    valley horn ivory coast army party front movement farmers workers hall duchy
    principality emirate sultanate caliphate governorate
    alliance brotherhood order knights daughters sons friends doctors institute faculty
    conference chiefs community authority agency administration service fund group company
    partnership exchange chamber ministers arab palestine national museum conservatory
    royal academy cross sisters rolling queen school secretariat directorate police""".split()
)
# "X for Y" is one name.
FOR_HEADS = frozenset(
    """center centre institute organisation organization association campaign council foundation
    party alliance society agency fund office commission committee coalition movement department
    ministry bureau action citizens doctors united americans campaign network trust union group
    front forum observatory mission people conference academy museum college bank""".split()
)
# Behind "and" they close a name that stands on both sides: "Securities and Exchange Commission".
AND_TAILS = frozenset(
    """co co. company sons brothers commission administration agency partners associates inc inc.
    ltd ltd. corp corp. services service department ministry board bureau association institute
    university college museum council limited poor's spencer gamble young wesson johnson union
    committee railway railroad authority society foundation party""".split()
)
# "Ministry of Trade and Industry": the list goes on within such a name.
AND_HEADS = frozenset(
    """ministry department institute office bureau center centre council committee commission school
    academy college faculty organisation organization chamber agency directorate museum
    administration association minister""".split()
)
ORGANISATION_TAILS = frozenset(
    """ministry department agency administration institute university company companies corporation
    corp corp. inc inc. ltd ltd. plc llc co co. group council commission committee bank banks party
    army navy force forces alliance union association organisation organization office bureau court
    parliament congress senate assembly aerospace industries systems electronics industry
    headquarters command foundation federation times post news journal press treasury board
    authority club airlines airways motors nations holdings partners brothers bros bros. associates
    services service securities insurance college school academy church hospital museum society
    league front movement brigade brigades regiment battalion division corps fleet squadron
    records pictures studios studio entertainment media network networks television tv radio
    channel broadcasting communications telecom technologies technology software laboratories labs
    pharmaceuticals chemicals chemical energy petroleum oil gas steel mining resources power
    electric foods brewery breweries stores store trust fund capital management investments
    investment financial finance bancorp trading exports international enterprises enterprise
    consulting consultants solutions international confederation chamber secretariat
    consortium cooperative syndicate institution institutions clinic orchestra philharmonic
    choir band ensemble theatre theater ballet opera gazette herald tribune telegraph chronicle
    observer examiner globe daily weekly magazine review police guard guards militia legion
    command taskforce team rovers wanderers athletic albion hotspur villa rangers united city
    town fc f.c. sc cf ac bc rfc afc giants tigers lions bears eagles hawks bulls devils kings
    knights warriors raiders sox railway railroad railways railroads ag sa spa gmbh nv ab oy as
    kk ltda fraternity sorority sisters family crew gang cartel network embassy consulate cabinet
    government duma knesset newsroom newsdesk bourse exchange works works. utilities mills
    homes hotels restaurants motor cars trucks aviation air shipping lines line freight express
    conference congregation convention coalition caucus order lodge seminary diocese""".split()
)
PLACE_TAILS = frozenset(
    """city county township river lake mountain mountains mount island islands street avenue road
    bay park valley sea ocean strait peninsula province district airport harbour harbor port bridge
    coast desert creek canal village hill hills highway square beach cape forest falls springs
    heights gardens garden parish borough state territory region republic stadium arena palace
    castle tower plaza boulevard lane drive railway station junction gate field fields reservoir
    dam glacier basin plateau plain plains archipelago atoll reef gulf channel pass canyon gorge
    cemetery monument memorial zoo prison jail camp fort barracks base cathedral abbey mosque
    temple synagogue shrine hotel inn mall centre center hall house lodge manor mansion estate
    farm ranch spring pond swamp marsh wood woods point head ness end east west north south
    crossing terminal turnpike freeway motorway expressway speedway circuit course mill""".split()
)
PLACE_FIRSTS = frozenset(
    """lake mount mt mt. fort ft. port san santa st st. saint los las el la le new north south east
    west northern southern eastern western central upper lower cape gulf bay isle island river
    camp rio cerro puerto villa ciudad monte sierra punta glen loch greater old mid downtown
    al el- ras wadi tel tell beit kfar kafr deir bab umm abu nizhny novo inner outer""".split()
)
# Of events, works, laws, wars, prizes and products: no names that are looked for.
OTHER_TAILS = frozenset(
    """cup championship championships open games olympics tournament trophy tour marathon prix race
    derby war wars battle siege revolution rebellion uprising campaign crisis massacre award awards
    prize medal medals act bill law treaty agreement accord accords pact protocol resolution
    amendment convention constitution code plan programme program project operation mission
    festival day week month year season series episode show film movie album song single symphony
    novel book edition report index average series test championship bowl classic masters
    invitational challenge championships cups stakes handicap division conference-final semifinal
    final finals round period age era dynasty renaissance movement-era style language languages
    religion theory theorem law effect syndrome disease virus hurricane storm typhoon earthquake
    eruption crash disaster scandal affair hearings trial trials election elections primary caucuses
    convention summit talks process standard system class missile rocket aircraft fighter jet tank
    submarine helicopter rifle gun engine model version edition mark series boeing airbus bible
    gospel psalm psalms letter letters speech address diaries memoirs tales stories trilogy saga
    night love life heart man woman boy girl world""".split()
)
# "Seoul-based", "British-born": it is told of another.
HYPHEN_TAILS = frozenset(
    """based led backed born run held controlled owned style speaking brokered sponsored made built
    bound like wide area occupied dominated funded supported trained educated listed style era
    mediated imposed related friendly ruled linked allied inspired level day old year month week
    time turned designed only produced type class themed affiliated certified free""".split()
)
# A possessive inside a name.
POSSESSIVES = frozenset(
    """moody's lloyd's mcdonald's christie's sotheby's sainsbury's levi's macy's wendy's kellogg's
    domino's denny's bloomingdale's barnardo's jane's people's women's men's children's workers'
    farmers' teachers' veterans' writers' players' poor's king's queen's st. prince's lord's
    newell's patrick's john's peter's paul's mary's andrew's james's george's sotheby’s moody’s
    people’s women’s men’s children’s mcdonald’s lloyd’s students' employees' soldiers' world's
    pizza's hershey's o'hare jehovah's""".split()
)
# Government bodies keep their name without their nation: "Iraqi | Foreign Ministry".
OF_NATIONS = frozenset("ministry parliament embassy consulate cabinet government".split())
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
MONTHS = frozenset(
    """january february march april may june july august september october november december jan
    jan. feb feb. mar mar. apr apr. jun jun. jul jul. aug aug. sep sep. sept sept. oct oct. nov nov.
    dec dec.""".split()
)
PERSON_TAILS = frozenset("jr jr. sr sr. ii iii iv".split())
# Between the parts of a person's or place's name.
PARTICLES = frozenset(
    "de da del della der den van von al bin bint ibn la le el du di y ben ter dos das des e".split()
)
# One of a people, before a name: "Briton Alan Ware". An adjective is one only before a given name.
ONE_OF_PEOPLE = frozenset(
    """briton frenchman dutchman englishman irishman scotsman welshman spaniard swede dane pole scot
    finn turk serb croat slovak kurd arab israeli iraqi pakistani texan minnesotan californian
    queenslander londoner virginian ohioan tasmanian floridian georgian hawaiian alaskan""".split()
)
