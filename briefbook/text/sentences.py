"""Split text into sentences, each verbatim.

In: plain text. Out: the sentences in order, white space around them gone, nothing else changed.
Refuses nothing: text without full stops is one sentence a line. A full stop ends a sentence
unless the word before it is a known abbreviation or initial; where that stays open, as after
"U.S.", the next word decides.
"""

import re

# Titles and the like: the name they belong to follows, so they never end a sentence.
_TITLES = frozenset(
    """adj adm amb assoc asst atty brig bros capt cdr cmdr col comdr cpl cpt det dir dr drs
    fig figs fr gen gens gov govs hon ing insp lt maj mlle mme mr mrs ms msgr no nos nr op
    ph.d pp prof profs rep reps res rev sen sens sgt spc sr sra sres st sta ste supt vol vols
    vs bzw bspw bsp ca dipl evtl frl ggf hr hrn inkl mio mrd nat stellv str tel usw vgl z.b zzgl
    av env etc. sig sigg dott avv ej ud uds sra núm aprox art arts""".split()
)
# Months: a day follows.
_MONTHS = frozenset("jan feb mar apr jun jul aug sep sept oct nov dec okt dez mrz".split())
# "am 3. Mai": where a day's number has a stop, the name of its month follows.
_MONTHS_AFTER_DAY = frozenset(
    """januar jänner februar märz april mai juni juli august september oktober november
    dezember desember""".split()
)
# These end a sentence now and then; the next word decides.
_MAYBE = frozenset(
    """a.m p.m co corp inc ltd llc plc jr sr est dept univ etc al approx e.g i.e cf usa
    u.s u.k u.n e.u d.c u.s.a""".split()
)
# Words that open a sentence far more often than they belong to a name.
_OPENERS = frozenset(
    """a after all also although an and any as at before both but by despite during each even
    every few for from he her here his how however i if in instead it its last later many
    meanwhile more most much my nearly neither next no nor not now of officials on once one only
    or other our over she since so some still such that the their then there these they this those
    though through to two under until we what when where whether which while who why with yet you
    your der die das ein eine er sie es im am und aber wenn le la les un une il elle el los las en
    o os um uma""".split()
)
_OPENING = "\"'“‘«„‚([{¿¡"
_BEFORE_WORD = _OPENING + "-–—/"
_CLOSING = "\"'”’»)]}"
# Full stops of Hindi, Urdu, Armenian, Ethiopic, Burmese and Khmer.
_OTHER_STOPS = "।॥۔։።။។"
# A run of stops with the closing marks that belong to it, then white space or the end; East
# Asian stops need no white space. A run is tried once only, from its first stop, or a line of
# stops would take the square of its length. All stops come first, in one class, so that the search
# leaps from one to the next.
_STOP = re.compile(
    rf"[.!?…؟。！？｡{_OTHER_STOPS}](?:"
    rf"(?<=[.!?…؟])(?<![.!?…؟].)[.!?…؟]*+[{re.escape(_CLOSING)}]*+(?=\s|$)"
    r"|(?<=[。！？｡])[。！？｡]*[」』”’）]*"
    rf"|(?<=[{_OTHER_STOPS}])[{re.escape(_CLOSING)}]*+(?=\s|$))"
)
# Behind what was said, this goes on: «「わからない。」と話した», "he does not know", he said.
_GOES_ON = re.compile(r"[と、，を]|って|など")
_DOTTED = re.compile(r"(?:\w\.)+\w")
_DAY = re.compile(r"\d{1,2}")
_NEXT_WORD = re.compile(rf"\s+([{re.escape(_OPENING)}]*)(\S+)")
_LINE = re.compile(r"[^\n\r]+")
# Longest look back for the word before a stop; words are shorter, hostile lines are not.
_LOOK_BACK = 40


def split(text: str) -> tuple[str, ...]:
    """Return the sentences of a text, in order, each exactly as it stands."""
    return tuple(text[start:end] for start, end in spans(text))


def spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return start and end of each sentence, as offsets in characters.

    A line break always ends a sentence: a block of text never spans lines here.
    """
    found: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        start = line.start()
        for stop in _STOP.finditer(text, line.start(), line.end()):
            if _ends_sentence(text, stop.start(), stop.end(), line.end()):
                found.append(_trimmed(text, start, stop.end()))
                start = stop.end()
        found.append(_trimmed(text, start, line.end()))
    return tuple(span for span in found if span[0] < span[1])


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _ends_sentence(text: str, at: int, end: int, limit: int) -> bool:
    """Tell whether the stop at `at`..`end` ends a sentence."""
    if text[end - 1] in "」』" and _GOES_ON.match(text, end, limit):
        return False
    if end >= limit or text[at] in "。！？｡؟" or text[at] in _OTHER_STOPS:
        return True
    # The next word is read from a bounded piece: slicing the whole rest would be quadratic.
    after = _NEXT_WORD.match(text, end, min(limit, end + 2 * _LOOK_BACK))
    if after is None:
        return True
    opening, next_word = after.groups()
    # Scripts without capitals, such as Korean, have no small letters either.
    upper = bool(opening) or not next_word[0].islower()
    if text[at] in "!?":
        # «"Why?" she asked» goes on; so does a title with a question mark before a small letter.
        return upper
    if text[at] == "…" or text.startswith("..", at):
        return upper
    return _full_stop_ends(text, at, next_word, upper)


def _word_before(text: str, at: int) -> str:
    """Return the word that ends at an offset, for comparing, "" where white space stands there."""
    before = text[max(0, at - _LOOK_BACK) : at]
    if not before or before[-1].isspace():
        return ""
    return before.rsplit(None, 1)[-1].lstrip(_BEFORE_WORD).casefold()


def _full_stop_ends(text: str, at: int, next_word: str, upper: bool) -> bool:
    word = _word_before(text, at)
    if word in _TITLES:
        return False
    if word in _MONTHS:
        return not next_word[0].isdigit() and next_word.strip(",.").casefold() in _OPENERS
    is_initial = len(word) == 1 and word != word.upper()
    if is_initial or word in _MAYBE or ("." in word and _DOTTED.fullmatch(word)):
        # "J. Kim", "U.S.": no end, unless the sentence plainly goes on with an opener.
        return upper and next_word.strip(",;:’'").casefold() in _OPENERS
    if len(word) <= 2 and _DAY.fullmatch(word):
        return upper and next_word.rstrip(",;:").casefold() not in _MONTHS_AFTER_DAY
    if not upper:
        # "security. this reliance": a slip of the writer, when the word is no short abbreviation.
        return len(word) >= 4 and "." not in word and word.isalpha()
    return True
