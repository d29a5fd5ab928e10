"""Languages and scripts: which language a text is in, which way it runs."""

import re
from collections import Counter

from briefbook.text.expressions import compiled

# A few of the commonest words of each language that are no words of its neighbours here.
_MARKS = {
    "en": "the and of to is that was for with said has are",
    "de": "der die das und nicht ist mit von den auch sich wird",
    "fr": "les des est une dans pour pas qui sur avec été cette",
    "es": "los las una por con para del según más fue pero está",
    "it": "della che di per sono nel gli anche più dei alla è",
    "pt": "não uma dos com para mais foi são pelo também ao da",
    "nl": "het een van zijn niet met voor aan ook wordt dat naar",
    "pl": "nie się jest na że przez oraz dla jak został również w",
}
_LANGUAGE_OF: dict[bytes, list[str]] = {}  # by a word in UTF-8
for _language, _words in _MARKS.items():
    for _word in _words.encode().split():
        _LANGUAGE_OF.setdefault(_word, []).append(_language)

_WORD = re.compile(r"[^\W\d_]+")
# A byte that is no letter of ASCII, nor part of a character beyond it, divides words.
_DIVIDED = bytes(b if b > 0x7F or chr(b).isalpha() else ord(" ") for b in range(0x100))
_SCRIPTS = (
    ("ko", r"[\uac00-\ud7af\u1100-\u11ff]"),
    ("ja", r"[\u3040-\u30ff]"),
    ("zh", r"[\u4e00-\u9fff]"),
    ("ar", r"[\u0600-\u06ff]"),
    ("he", r"[\u0590-\u05ff]"),
    ("ru", r"[\u0400-\u04ff]"),
)
# No text without one of these is of one of those scripts, and most have none.
_OTHER_LETTER = r"[\u0400-\u06ff\u1100-\u11ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]"
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "sd", "ug", "dv"})
# Letters of languages that write in another's script and are none of its first language.
_FURTHER = {
    "ar": (("ur", re.compile(r"[ٹڈڑںھے]")), ("fa", re.compile(r"[پچژگکی]"))),
}
# Such letters are at least this share: Urdu and Persian have 0.1 and more, Arabic with foreign
# names below 0.01.
_FURTHER_SHARE = 0.03
# Enough text to know a language by, in characters; more would only cost time.
_SAMPLE = 20_000
# At least this share of letters in a script makes the text one of that script.
_SCRIPT_SHARE = 0.2


def language_of(text: str) -> str | None:
    """Return the language of a text as a two-letter code, or None where it stays open."""
    sample = text[:_SAMPLE]
    if not sample.isascii() and compiled(_OTHER_LETTER).search(sample):
        letters = sum(map(str.isalpha, sample))
        for language, script in _SCRIPTS:
            if letters and len(compiled(script).findall(sample)) >= _SCRIPT_SHARE * letters:
                return _further(language, sample, letters)
    votes = _votes(sample)
    if not votes:
        return None
    (best, count), *rest = votes.most_common(2)
    return best if count >= 2 and (not rest or count > rest[0][1]) else None


def _further(language: str, sample: str, letters: int) -> str:
    """Return the language that writes in the script of this one with letters of its own."""
    return next(
        (
            other
            for other, own in _FURTHER.get(language, ())
            if len(own.findall(sample)) >= _FURTHER_SHARE * letters
        ),
        language,
    )


def _votes(text: str) -> Counter[str]:
    """Count the words of a text that are one of the commonest of a language.

    Bytes are divided several times faster than letters are told from signs. What has characters
    beyond ASCII is looked at closer, as signs may stand beside its letters.
    """
    divided = text.casefold().encode("utf-8", "surrogatepass").translate(_DIVIDED).split()
    counts = Counter(divided)
    found = [(word, counts[word]) for word in _LANGUAGE_OF.keys() & counts.keys()]
    for run in counts if not text.isascii() else ():
        if not run.isascii() and run not in _LANGUAGE_OF:
            inside = _WORD.findall(run.decode("utf-8", "surrogatepass"))
            found += [(word.encode(), counts[run]) for word in inside]
    votes: Counter[str] = Counter()  # sums: whatever the order, they are the same
    for word, count in found:
        for language in _LANGUAGE_OF.get(word, ()):
            votes[language] += count
    return votes


def direction(language: str | None) -> str:
    """Return "rtl" or "ltr" for a language tag; None is taken for left to right."""
    return "rtl" if language and language.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr"
