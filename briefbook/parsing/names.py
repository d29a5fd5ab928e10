"""Names: the people, organisations and places a text names.

In: plain text. Out: names in order of how telling they are. A first version: capitalised runs,
cue words around them and small lists; short forms ("Ahn") go to the full name ("Ahn Gyu-back").
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from briefbook.model import Name
from briefbook.text.sentences import split
from briefbook.text.words import STOP_WORDS, fold_word

_FOLDER = Path(__file__).parent / "gazetteers"
_INITIAL = r"[^\W\d_a-zß-öø-ÿ]"  # a capital; letters without case count as such
_REST = r"[\w’\-]*(?:\.[A-Z])*"  # of a word
_LINK = r"(?:of|the|and|de|da|del|der|van|von|al|bin|la|le|el|du)"
_PART = rf"(?:[A-Z]\.(?=\s+[A-Z])|{_INITIAL}{_REST})"  # the initial of a name or a word
# "U.S.", or names one behind the other. The first letter comes first, as one class, so that the
# search leaps from one to the next.
_RUN = re.compile(
    rf"{_INITIAL}(?:(?<=[A-Z])\.(?:[A-Z]\.)+"
    rf"|(?:(?<=[A-Z])\.(?=\s+[A-Z])|{_REST})(?:(?:\s+{_LINK}){{0,2}}\s+{_PART})*)"
)
_ACRONYM = re.compile(r"(?:[A-Z]\.)+[A-Z]")
# What each word of an unknown person's name looks like: a word of small letters but the first, or
# an initial. "KUH-1 Surion" and "K2 Black Panther" do not.
_PERSONAL = re.compile(r"(?:[^\W\d_][^\W\d_A-Z]+(?:[’-][^\W\d_]+)*|[A-Z]\.)")
_KOREAN = re.compile(r"\b[A-Z][a-z]+-[a-z]+\b")
# "Korean", "Polish", "Japanese": of a place, but no place.
_ADJECTIVE = re.compile(r"[^\W\d_]+(?:ian|ean|ish|ese|can|man)s?")
_CALENDAR = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december christmas easter""".split()
)
_PLACE_WORDS = frozenset(
    """city county township river lake mountain mountains mount island islands street avenue road
    bay park valley sea ocean strait peninsula province district airport harbour harbor port bridge
    coast desert creek canal village""".split()
)
# "Norway and the Hague", "South Korea's Hanwha Aerospace": two names each.
_BETWEEN = re.compile(r"\s+and\s+(?:the\s+)?|[’']s\s+")
_POSSESSIVES = ("’s", "'s", "’", "'")
_TITLES = frozenset(
    """minister president premier chancellor secretary general gen admiral adm colonel col lt
    captain dr prof professor mr mrs ms sen senator rep ambassador spokesman spokeswoman
    spokesperson chief director analyst sir judge king queen prince pope ceo chairman chairwoman
    envoy lawmaker governor mayor""".split()
)
_SPEAKS_AFTER = re.compile(r"^,?\s*(?:said|says|told|added|warned|who|wrote|argued|visited)\b")
_ORGANISATION = frozenset(
    """ministry department agency administration institute university company corporation corp inc
    ltd group council commission committee bank party army navy force forces alliance union
    association organisation organization office bureau court parliament congress senate assembly
    aerospace industries systems electronics industry industries heavy rotem headquarters command
    center centre foundation federation times post news journal press house treasury board
    authority program programme conference club airlines motors hynix nations treaty""".split()
)
_OFFICE = frozenset(
    """minister president premier chancellor secretary secretary-general general admiral colonel
    captain professor senator ambassador spokesman spokeswoman chief director analyst judge king
    queen prince prime foreign defense defence vice deputy former acting mr mrs ms dr sir lt gen
    col adm sen rep chairman chairwoman state interior finance trade""".split()
)
_BEFORE_PLACES = frozenset("in at from near to outside across toward towards between".split())
_WORD_AT_END = re.compile(r"\w+$")
# Offsets: what tells the kind of a name stands so near before it and after it.
_BEFORE, _AFTER = 40, 30
# What may open a run and is no part of a name.
_OPENERS = STOP_WORDS | {"mr", "mrs", "ms", "dr"}
_PLACE_OPENERS = ("lake", "mount", "island")
# Names that stand once in a sentence's first word only may be ordinary words.
_SHORTEST = 2
_LONGEST_ACRONYM = 6
# Of as many votes the first counts.
_KINDS = ("organisation", "place", "person")


class _Run(NamedTuple):
    """A run of capital words that may be a name, and what it says by itself, wherever it stands."""

    text: str
    words: int
    sure: str  # its kind, for sure; "" where its surroundings may tell
    likely: str  # its kind where its surroundings do not tell


def find_names(text: str) -> tuple[Name, ...]:
    """Return the names of a text, the most telling first, each once.

    A name that stands more often and earlier is more telling.
    """
    votes: dict[str, dict[str, int]] = {}  # in the order of the text
    known: dict[tuple[str, bool], list[_Run]] = {}
    for sentence in split(text):
        for run, kind in _runs(sentence, known):
            of_run = votes.setdefault(run, {})
            of_run[kind] = of_run.get(kind, 0) + 1
    full = _full_forms(votes)
    alone = {run for run in votes if " " not in run}
    kinds: dict[str, dict[str, int]] = {}
    first: dict[str, int] = {}
    for at, (run, counted) in enumerate(votes.items()):
        name = full.get(run, run)
        of_name = kinds.setdefault(name, {})
        first.setdefault(name, at)
        for kind, count in counted.items():
            of_name[kind] = of_name.get(kind, 0) + count
    names = [
        Name(name, kind)
        for name in sorted(kinds, key=lambda n: (-sum(kinds[n].values()), first[n]))
        if (kind := _kind(name, kinds[name], recurs=name.split()[-1] in alone))
    ]
    return tuple(names)


def _runs(sentence: str, known: dict[tuple[str, bool], list[_Run]]) -> Iterator[tuple[str, str]]:
    """Yield the capitalised runs of a sentence with the kind their surroundings speak for.

    Args:
        sentence: The sentence.
        known: What was found in the runs of this text before, as names come again; added to.
    """
    for match in _RUN.finditer(sentence):
        start, end = match.span()
        before = sentence[max(0, start - _BEFORE) : start]
        key = (match[0], not before.strip("\"'“‘( "))
        runs = known.get(key)
        if runs is None:
            runs = known[key] = [_look_at(piece) for piece in _pieces(match[0], starts=key[1])]
        for run in runs:
            yield run.text, run.sure or _context_kind(run, before, sentence[end : end + _AFTER])


def _pieces(run: str, *, starts: bool) -> list[str]:
    """Divide a run at "and", take offices and the sentence's first small word off."""
    pieces = []
    for part in _BETWEEN.split(run) if "and" in run or "’" in run or "'" in run else (run,):
        name = _piece(part)
        plain_opener = starts and " " not in name and not name.isupper()
        if len(name) >= _SHORTEST and not (plain_opener and not _listed(name)):
            pieces.append(name)
        starts = False
    return pieces


def _piece(part: str) -> str:
    """Return a part of a run without what stands around the name, "" where nothing is left."""
    if part.isalpha():  # one word, as most are
        return "" if fold_word(part) in _OPENERS else part
    part = part.strip()
    for ending in _POSSESSIVES:
        if part.endswith(ending):
            part = part.removesuffix(ending)
            break
    tokens = part.split()
    folded = [fold_word(token) for token in tokens]
    start, end = 0, len(tokens)
    while start < end and folded[start] in _OPENERS:
        start += 1
    offices = [i for i in range(start, end) if folded[i] in _OFFICE]
    if offices and offices[-1] != end - 1 and folded[end - 1] not in _ORGANISATION:
        start = offices[-1] + 1
    while end > start and folded[end - 1] in STOP_WORDS:
        end -= 1
    name = " ".join(tokens[start:end])
    # The last stop of "U.S." may be the sentence's too.
    return f"{name}." if "." in name and _ACRONYM.fullmatch(name) else name


def _look_at(name: str) -> _Run:
    """Say what a name shows by itself."""
    whole = fold_word(name)
    parts = whole.split() if name.isascii() else [fold_word(part) for part in name.split()]
    sure = _listed_as(whole) or ("" if _ORGANISATION.isdisjoint(parts) else "organisation")
    likely = ""
    if name.isupper() and name.isalpha() and len(name) <= _LONGEST_ACRONYM:
        likely = "organisation"
    elif parts[0] in _gazetteer("given"):
        likely = "person"
    elif len(parts) > 1 and (parts[-1] in _PLACE_WORDS or parts[0] in _PLACE_OPENERS):
        likely = "place"
    return _Run(name, len(parts), sure, likely)


def _context_kind(run: _Run, before: str, after: str) -> str:
    """Return the kind that a name's surroundings speak for, where it is not known by itself."""
    above = before.rstrip()
    unstopped = above.removesuffix(".")
    word = unstopped[unstopped.rfind(" ") + 1 :]
    if not word.isalnum():
        found = _WORD_AT_END.search(word)
        word = found[0] if found else ""
    word = word.lower()
    if word in _TITLES or (run.words > 1 and _SPEAKS_AFTER.match(after)):
        return "person"
    if run.likely:
        return run.likely
    is_divided = unstopped == above != before
    return "place?" if is_divided and word in _BEFORE_PLACES else "?"


def _listed(name: str) -> str:
    return _listed_as(fold_word(name))


def _listed_as(folded: str) -> str:
    """Return the kind a list gives a name, which is folded, "" where none has it."""
    word = folded.removesuffix(".")
    if word in _gazetteer("places"):
        return "place"
    return "organisation" if word in _gazetteer("organisations") else ""


@cache
def _gazetteer(which: str) -> frozenset[str]:
    lines = (_FOLDER / f"{which}.txt").read_text("utf-8").split("\n")
    names = (line.strip() for line in lines if line.strip() and line[:2] != "//")
    # The last stop of "U.S." may be the sentence's, so it does not count.
    return frozenset(fold_word(name).removesuffix(".") for name in names)


def _full_forms(votes: Mapping[str, Mapping[str, int]]) -> dict[str, str]:
    """Map short forms to the one longer name of a person that holds them."""
    holding: dict[str, list[str]] = {}
    for name, kinds in votes.items():
        if " " in name and "person" in kinds:
            parts = name.split()
            for part in {parts[0], parts[-1]}:
                holding.setdefault(part, []).append(name)
    return {
        part: names[0]
        for part, names in holding.items()
        if len(names) == 1 and part in votes and not _listed(part)
    }


def _kind(name: str, votes: Mapping[str, int], *, recurs: bool) -> str:
    """Return the kind most votes speak for, "" where there is no name to be sure of.

    Args:
        name: The name.
        votes: The kinds its surroundings speak for.
        recurs: Its last word also stands alone, as the names of people do.
    """
    counts = [votes.get(kind, 0) for kind in _KINDS]
    if most := max(counts):
        return _KINDS[counts.index(most)]
    parts = name.split()
    if len(parts) == 1 and ("place?" not in votes or name.isupper() or _ADJECTIVE.fullmatch(name)):
        return ""
    if not _CALENDAR.isdisjoint(map(fold_word, parts)):
        return ""
    if len(parts) == 1:
        return "place"
    if any(part.islower() for part in parts):
        return "organisation" if "of" in parts else ""
    is_plain = len(parts) <= 3 and all(map(_PERSONAL.fullmatch, parts))
    is_person = recurs or _KOREAN.search(name)
    return "person" if is_plain and is_person and not any(map(_ADJECTIVE.fullmatch, parts)) else ""
