"""Words of a text, and which of them say little."""

import re
import unicodedata
from functools import cache
from itertools import chain, islice, pairwise

from briefbook.text.expressions import compiled


@cache
def _word() -> re.Pattern[str]:
    # Accents and vowel signs that stand as characters of their own belong to the letter before
    # them.
    marks = "".join(c for c in map(chr, range(0x300, 0x3100)) if unicodedata.category(c)[0] == "M")
    # No letter is given back once it is taken: no shorter piece could be a word here. Groups have
    # no such sign behind them, which Python before 3.11.5 reads wrongly; here they never fail
    # anyway.
    letters = rf"[^\W_]++(?:[{marks}]++[^\W_]*+)*"
    return re.compile(rf"{letters}(?:[’'\-.&]{letters})*")


# The same for a text without accents, where it is quicker.
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+(?:['\-.&][A-Za-z0-9]+)*")

# What stands beyond ASCII in most English texts: no letter, and no part of a word.
_SIGNS = "“”‘–—…•€£"

# Scripts without spaces between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese): two of their
# characters are about a word.
_UNSPACED_RANGES = "\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff\u1780-\u17ff\u1000-\u109f"
_KATAKANA = re.compile("[\u30a0-\u30ff]")
_HIRAGANA = re.compile("[\u3040-\u309f]")


_UNSPACED = f"[{_UNSPACED_RANGES}]"
_SCRIPT_RUN = (
    f"[\u30a0-\u30ff]+|[\u3040-\u309f]+|[\u3400-\u9fff\u0e00-\u0eff\u1780-\u17ff\u1000-\u109f]+|"
    f"[^{_UNSPACED_RANGES}]+"
)
_WORD_OR_PAIR = rf"[{_UNSPACED_RANGES}]{{1,2}}|[^\s{_UNSPACED_RANGES}]+"
# No word has more characters; a longer run without spaces counts as several.
_LONGEST_WORD = 40
# Words that carry no subject, in the languages an English-reading editor meets most.
STOP_WORDS = frozenset(
    """a about above according across add added adding after again against ago all almost along
    already also although always am amid among an and another any are around as at away back be
    became because become been before began behind being below between both but by call called came
    can cannot come could day days did do does doing done down due during each early either end
    even ever every far few first five following for former four from full further gave get give
    given go going good got had has have having he held her here herself him himself his how
    however if in including instead into is it its itself just keep kept known last late later
    least less let like likely little long made make makes making many may me mean might month
    months more most much must my near nearly need never new next no nor not now number of off
    often old on once one only onto or other others our out over own part per put rather recent
    recently reported right said same saw say says second see seen set several she should show
    since six so some soon still such take taken than that the their them then there these they
    thing things third this those though three through thus time to today together told too took
    toward towards two under until up upon us use used using very want was way we week weeks well
    were what when where whether which while who whole whom whose why will with within without
    would year years yet you your
    der die das den dem des ein eine einer einem einen und oder aber nicht mit von für auf ist sind
    war waren wird werden zu zum zur im in am an als auch bei nach aus um über vor sich es er sie
    wir ihr dass wie noch nur hat haben kann durch
    le la les un une des du de et ou mais ne pas avec pour sur est sont était dans par que qui ce
    cette ces il elle ils elles nous vous se son sa ses leur plus au aux en
    el los las una unos unas y o pero no con por para es son fue en que se su sus lo como más al
    il lo gli i uno e ma non con per su è sono nel della dei delle che si come più da
    o os as um uma e ou mas não com por para em no na do da dos das que se seu sua como
    mais""".split()
)

# Small words that sentences are built with; a line without any is a label, a list or a name.
FUNCTION_WORDS = frozenset(
    """the of to and in is was that for with on as by at from it be are has have had this which but
    not he she they his her their its an a or were will been who would there what we you i my your
    our der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an
    werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war
    haben nur oder aber vor zur bis mehr durch man sein wurde sei ich wir ihr le la les de des du
    et en un une est que qui dans pour pas sur au par avec ce il sont plus se ne elle el los las
    del y con no para lo su como más al pero di che e per non si della è sono dei nel da o os um
    uma do em com não por na mais dos het een van dat op te niet met voor zijn ook aan er maar w z
    się nie że jest jak po co za od przez dla i was""".split()
)


def words(text: str) -> list[str]:
    """Return the words of a text in order, as they stand; hyphens and apostrophes join."""
    return _ASCII_WORD.findall(text) if text.isascii() else _word().findall(text)


def folded(text: str) -> str:
    """Return a text for comparing: case, accents' composition and punctuation do not count."""
    return " ".join(folded_words(text))


def folded_words(text: str) -> list[str]:
    """Return the words of a text in order, each for comparing."""
    if not text.isascii():
        plain = text.replace("’", "'")
        for sign in _SIGNS:
            plain = plain.replace(sign, " ")
        if not plain.isascii():
            # Most words are plain letters in such a text too.
            return [w.lower() if w.isascii() and w.isalnum() else fold_word(w) for w in words(text)]
        text = plain
    found = _ASCII_WORD.findall(text.lower())
    return [word.removesuffix("'s") for word in found] if "'" in text else found


def fold_word(word: str) -> str:
    """Return a word for comparing: composed, without case, one apostrophe, no possessive."""
    if word.isascii():  # most words, and every text is folded several times over
        return word.lower().removesuffix("'s")
    plain = unicodedata.normalize("NFKC", word).casefold().replace("’", "'")
    return plain.removesuffix("'s")


def telling_words(text: str) -> list[str]:
    """Return the folded words that say what a text is about, in order, repeats kept."""
    return [word for word in folded_words(text) if word not in STOP_WORDS and len(word) > 1]


def all_parts(words_of: list[str]) -> list[str]:
    """Return what words say, each in its parts where nothing divides the words in it."""
    # Asked once for all: where no word has such a character, each is its own one part.
    if not compiled(_UNSPACED).search(" ".join(words_of)):
        return words_of
    return list(chain.from_iterable(map(parts_without_spaces, words_of)))


def parts_without_spaces(word: str) -> list[str]:
    """Return what a run of letters says where nothing divides its words; others stay whole.

    Japanese is divided by its scripts: words in katakana stay whole, endings and particles in
    hiragana say nothing. Of other characters each pair is a part, as is a lone one.
    """
    if not compiled(_UNSPACED).search(word):
        return [word]
    parts: list[str] = []
    for run in compiled(_SCRIPT_RUN).findall(word):
        if _HIRAGANA.match(run):
            continue
        if _KATAKANA.match(run) or not compiled(_UNSPACED).match(run) or len(run) == 1:
            parts.append(run)
        else:
            parts += [a + b for a, b in pairwise(run)]
    return parts


def word_runs(text: str, length: int) -> frozenset[tuple[str, ...]]:
    """Return every run of so many folded words, to compare two texts by; a shorter text is one.

    Where nothing divides words, each character is one, or a clause would be.
    """
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    found = words(compiled(_UNSPACED).sub(r" \g<0> ", plain))
    last = max(len(found) - length, 0) if found else -1
    return frozenset(tuple(found[n : n + length]) for n in range(last + 1))


def count_words(text: str) -> int:
    """Count words as a reader would: by white space, or by length where nothing divides them."""
    unspaced = 0 if text.isascii() else len(compiled(_UNSPACED).findall(text))
    return max(len(text.split()) + unspaced // 2, len(text) // _LONGEST_WORD)


def is_within_word(text: str, at: int) -> bool:
    """Tell whether a text would be cut inside a word at an offset."""
    beside = text[max(0, at - 1) : at + 1]
    return 0 < at < len(text) and beside.isalnum() and not compiled(_UNSPACED).search(beside)


def first_words(text: str, most: int) -> str:
    """Return the start of a text, at most so many words, no word cut, verbatim."""
    words_of = islice(compiled(_WORD_OR_PAIR).finditer(text), most)
    return text[: max((word.end() for word in words_of), default=0)].strip()


def shortened(text: str, most: int = 80) -> str:
    """Return a text of at most so many characters, of a longer one the start and an ellipsis."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def collapsed(text: str) -> str:
    """Return a text with each run of white space as one space and none at the ends."""
    return " ".join(text.split())
