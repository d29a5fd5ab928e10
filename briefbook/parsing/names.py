"""Names: the people, organisations and places a text names.

In: plain text. Out: names in order of how telling they are. A first version: capitalised runs,
cue words around them and small lists; short forms ("Ahn") go to the full name ("Ahn Gyu-back").
"""

import re
from collections import Counter
from functools import cache
from itertools import dropwhile
from pathlib import Path

from briefbook.model import Name
from briefbook.text.sentences import split
from briefbook.text.words import STOP_WORDS, fold_word

_FOLDER = Path(__file__).parent / "gazetteers"
_CAPITAL = r"(?:[^\W\d_a-zß-öø-ÿ][\w’\-]*(?:\.[A-Z])*)"
_LINK = r"(?:of|the|and|de|da|del|der|van|von|al|bin|la|le|el|du)"
_PART = rf"(?:[A-Z]\.(?=\s+[A-Z])|{_CAPITAL})"  # an initial or a word
_RUN = re.compile(rf"(?:[A-Z]\.){{2,}}|{_PART}(?:(?:\s+{_LINK}){{0,2}}\s+{_PART})*")
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
_POSSESSIVE = re.compile(r"[’']s?$")
_TITLE_BEFORE = re.compile(
    r"\b(?:minister|president|premier|chancellor|secretary(?:-general)?|general|gen|admiral|adm|"
    r"colonel|col|lt|captain|dr|prof|professor|mr|mrs|ms|sen|senator|rep|ambassador|spokesman|"
    r"spokeswoman|spokesperson|chief|director|analyst|sir|judge|king|queen|prince|pope|ceo|"
    r"chairman|chairwoman|envoy|lawmaker|governor|mayor)\.?\s*$",
    re.I,
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
_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|from|near|to|outside|across|toward|towards|between)\s+$", re.I
)
# Names that stand once in a sentence's first word only may be ordinary words.
_SHORTEST = 2


def find_names(text: str) -> tuple[Name, ...]:
    """Return the names of a text, the most telling first, each once.

    A name that stands more often and earlier is more telling.
    """
    votes: dict[str, Counter[str]] = {}
    first: dict[str, int] = {}
    at = 0
    for sentence in split(text):
        for run, kind in _runs(sentence):
            votes.setdefault(run, Counter())[kind] += 1
            first.setdefault(run, at)
            at += 1
    full = _full_forms(votes)
    alone = {run for run in votes if " " not in run}
    kinds: dict[str, Counter[str]] = {}
    weight: Counter[str] = Counter()
    for run, counted in votes.items():
        name = full.get(run, run)
        kinds.setdefault(name, Counter()).update(counted)
        weight[name] += sum(counted.values())
        first[name] = min(first[name], first[run])
    names = [
        Name(name, kind)
        for name in sorted(kinds, key=lambda n: (-weight[n], first[n], n))
        if (kind := _kind(name, kinds[name], recurs=name.split()[-1] in alone))
    ]
    return tuple(names)


def _runs(sentence: str) -> list[tuple[str, str]]:
    """Return the capitalised runs of a sentence with the kind their surroundings speak for."""
    found: list[tuple[str, str]] = []
    for match in _RUN.finditer(sentence):
        before = sentence[max(0, match.start() - 40) : match.start()]
        after = sentence[match.end() : match.end() + 30]
        pieces = _pieces(match[0], starts=not before.strip("\"'“‘( "))
        found.extend((run, _context_kind(run, before, after)) for run in pieces)
    return found


def _pieces(run: str, *, starts: bool) -> list[str]:
    """Divide a run at "and", take offices and the sentence's first small word off."""
    pieces = []
    # "Norway and the Hague", "South Korea's Hanwha Aerospace": two names each.
    for part in re.split(r"\s+and\s+(?:the\s+)?|[’']s\s+", run):
        tokens = _POSSESSIVE.sub("", part.strip()).split()
        tokens = list(dropwhile(_opens_no_name, tokens))
        office = [t for t in tokens if fold_word(t.strip(".")) in _OFFICE]
        is_body = bool(tokens) and fold_word(tokens[-1]) in _ORGANISATION
        if office and tokens[-1] not in office and not is_body:
            tokens = tokens[max(i for i, t in enumerate(tokens) if t in office) + 1 :]
        while tokens and fold_word(tokens[-1]) in STOP_WORDS:
            tokens.pop()
        name = " ".join(tokens)
        if _ACRONYM.fullmatch(name):
            name += "."  # the last stop of "U.S." may be the sentence's too
        plain_opener = starts and len(tokens) == 1 and not name.isupper()
        if len(name) >= _SHORTEST and not (plain_opener and not _listed(name)):
            pieces.append(name)
        starts = False
    return pieces


def _opens_no_name(token: str) -> bool:
    return (folded := fold_word(token)) in STOP_WORDS or folded in ("mr", "mrs", "ms", "dr")


def _context_kind(run: str, before: str, after: str) -> str:
    last = fold_word(run.split()[-1])
    if listed := _listed(run):
        return listed
    if last in _ORGANISATION or any(fold_word(w) in _ORGANISATION for w in run.split()):
        return "organisation"
    if _TITLE_BEFORE.search(before) or (_SPEAKS_AFTER.match(after) and len(run.split()) > 1):
        return "person"
    if run.isupper() and run.isalpha() and len(run) <= 6:
        return "organisation"
    if fold_word(run.split()[0]) in _gazetteer("given"):
        return "person"
    parts = [fold_word(part) for part in run.split()]
    if len(parts) > 1 and (parts[-1] in _PLACE_WORDS or parts[0] in ("lake", "mount", "island")):
        return "place"
    if _PLACE_BEFORE.search(before):
        return "place?"
    return "?"


def _listed(name: str) -> str:
    word = fold_word(name).removesuffix(".")
    if word in _gazetteer("places"):
        return "place"
    return "organisation" if word in _gazetteer("organisations") else ""


@cache
def _gazetteer(which: str) -> frozenset[str]:
    lines = (_FOLDER / f"{which}.txt").read_text("utf-8").split("\n")
    names = (line.strip() for line in lines if line.strip() and line[:2] != "//")
    # The last stop of "U.S." may be the sentence's, so it does not count.
    return frozenset(fold_word(name).removesuffix(".") for name in names)


def _full_forms(votes: dict[str, Counter[str]]) -> dict[str, str]:
    """Map short forms to the one longer name of a person that holds them."""
    full: dict[str, str] = {}
    people = [run for run, kinds in votes.items() if len(run.split()) > 1 and kinds["person"]]
    for run in votes:
        if len(run.split()) > 1 or _listed(run):
            continue
        longer = [name for name in people if run in (name.split()[0], name.split()[-1])]
        if len(longer) == 1:
            full[run] = longer[0]
    return full


def _kind(name: str, votes: Counter[str], *, recurs: bool) -> str:
    """Return the kind most votes speak for, "" where there is no name to be sure of.

    Args:
        name: The name.
        votes: The kinds its surroundings speak for.
        recurs: Its last word also stands alone, as the names of people do.
    """
    for kind in ("organisation", "place", "person"):
        if votes[kind] and votes[kind] == max(
            votes[k] for k in ("organisation", "place", "person")
        ):
            return kind
    parts = name.split()
    if any(fold_word(part) in _CALENDAR for part in parts):
        return ""
    if len(parts) == 1:
        is_adjective = bool(_ADJECTIVE.fullmatch(name))
        return "place" if votes["place?"] and not is_adjective and not name.isupper() else ""
    if any(part.islower() for part in parts):
        return "organisation" if "of" in parts else ""
    is_plain = len(parts) <= 3 and all(map(_PERSONAL.fullmatch, parts))
    is_person = recurs or _KOREAN.search(name)
    return "person" if is_plain and is_person and not any(map(_ADJECTIVE.fullmatch, parts)) else ""
