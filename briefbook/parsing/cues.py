"""Phrases of page furniture, from the data files in `cues/`, one file a language.

The files explain their own format. A phrase is compared with a line word by word: case and
punctuation do not count, a colon does, and `#` stands for any number.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

from briefbook.parsing.characters import divided, has_digit, in_latin, small_or_space

SECTIONS = ("end", "box", "furniture", "callout", "faq", "outlet", "origin")
# Single words that say what the date or the name next to them is.
WORD_SECTIONS = ("published", "updated", "author", "beside", "network", "company", "rights", "is")
_FOLDER = Path(__file__).parent / "cues"
_NUMBER = re.compile(r"\d[\d.,]*")
_PLAIN_NUMBER = re.compile(r"[0-9][0-9.,]*+")
_TOKEN_SIGNS = "#*:©"
_JOINS_NOTHING = re.compile(r"['&](?:(?<![^\W\d_].)|(?![^\W\d_]))")
_KEYS = small_or_space("#*:'&©")
_TOKEN = re.compile(r"#|\*|:|©|\d[\d.,]*|[^\W\d_]+(?:[’'&][^\W\d_]+)*")

# An open-ended phrase ("read more *") must not eat prose that happens to start like it. A line with
# a full stop at its end may have this many words; one without may have more; and a phrase of three
# words or more is plain enough for a long line.
_SHORT_LINE = 12
_UNSTOPPED_LINE = 25
_LONG_LINE = 45
_STOPPED = re.compile(r"[.!?…][\"'”’)]*\s*$")
# A phrase in the middle of a line ("* uses cookies *") may stand in a whole notice.
_LONGEST_NOTICE = 120
_LONG_START = 1000


@dataclass(frozen=True, slots=True)
class Cue:
    """One phrase that a line matched."""

    section: str  # one of SECTIONS
    phrase: str  # as the data file has it
    rest: str  # the words at the *, as the line has them, "" where there is none
    is_inside: bool = False  # the phrase may stand in the middle of a line: weak in a sentence


@dataclass(frozen=True, slots=True)
class _Pattern:
    section: str
    phrase: str
    tokens: tuple[str, ...]
    fixed: str  # the longest part without *: a line without it cannot match
    words: int  # fixed words
    open_start: bool
    open_end: bool


@dataclass(frozen=True, slots=True)
class _Table:
    whole: dict[str, list[_Pattern]]  # phrases without *, by the words of the line
    by_first: dict[str, list[_Pattern]]  # phrases that start with a word, by it
    by_word: dict[str, list[_Pattern]]  # phrases that start with *, by a word they must have
    words: frozenset[str]  # all of these words
    longest: int  # words of the longest phrase without *


def find_cues(line: str) -> tuple[Cue, ...]:
    """Return every cue a line matches, those of the earlier sections and longer ones first."""
    found = list(_matches(line))
    if len(found) > 1:
        # Of several in a section the longest says most.
        found.sort(key=lambda c: (SECTIONS.index(c.section), -len(c.phrase.rstrip(" :")), c.phrase))
    return tuple(found)


def _matches(line: str) -> Iterator[Cue]:
    line = line[:4000].replace("：", ":")  # the wide colon of East Asian texts
    # A long line is given up by its start.
    if len(line) > _LONG_START and len(_keys(line[:_LONG_START])) > _LONGEST_NOTICE:
        return
    keys = _keys(line)
    if not keys or len(keys) > _LONGEST_NOTICE:
        return
    table = _table()
    patterns: Sequence[_Pattern] = table.by_first.get(keys[0], ())
    if not table.words.isdisjoint(keys):
        anywhere = (table.by_word[key] for key in table.words.intersection(keys))
        patterns = tuple(chain(patterns, *anywhere))
    if not patterns and len(keys) > table.longest:
        return  # nearly all prose
    text = " ".join(keys) + " "
    for pattern in table.whole.get(text, ()):
        yield Cue(pattern.section, pattern.phrase, "")
    stopped = bool(patterns) and _STOPPED.search(line[-8:]) is not None
    for pattern in patterns:
        if pattern.fixed not in text or not _may_apply(pattern, len(keys), stopped=stopped):
            continue
        if match := _regex(pattern.tokens).match(text):
            rest = _rest(line, text, match)
            yield Cue(pattern.section, pattern.phrase, rest, pattern.open_start)


def _keys(line: str) -> list[str]:
    """Return the words of a line as phrases have them, any number as #.

    Where all is of Latin-1 that is done by replacing whatever divides words with spaces.
    """
    plain = in_latin(line)
    if plain is None:
        return _TOKEN.findall(_NUMBER.sub("#", line.casefold().replace("’", "'")))
    if has_digit(plain):
        plain = _PLAIN_NUMBER.sub("#", plain)
    if "'" in plain or "&" in plain:
        plain = _JOINS_NOTHING.sub(" ", plain)
    if "ß" in plain:
        plain = plain.replace("ß", "ss")
    for sign in _TOKEN_SIGNS:
        if sign in plain:
            plain = plain.replace(sign, f" {sign} ")
    return divided(plain, _KEYS)


def _may_apply(pattern: _Pattern, length: int, *, stopped: bool) -> bool:
    if pattern.open_start or not pattern.open_end:
        return True
    if length <= (_SHORT_LINE if stopped else _UNSTOPPED_LINE):
        return True
    return pattern.words >= 3 and length <= _LONG_LINE


def _rest(line: str, text: str, match: re.Match[str]) -> str:
    """Return the words of the line that stand at the last * of the phrase."""
    tokens = list(_TOKEN.finditer(line))
    start, end = match.span(match.re.groups)
    first = text.count(" ", 0, start)
    last = text.count(" ", 0, end)
    # Folding case divides a few Turkish words; what cannot be told is not told.
    is_told = first < last <= len(tokens)
    return line[tokens[first].start() : tokens[last - 1].end()] if is_told else ""


@cache
def _regex(tokens: tuple[str, ...]) -> re.Pattern[str]:
    """Compile a phrase when a line first may match it: most phrases are never asked for."""
    # One lazy group a *: tokens are divided by single spaces, so this stays linear.
    parts = [r"((?:[^ ]+ )*?)" if token == "*" else re.escape(token) + " " for token in tokens]
    return re.compile("".join(parts) + "$")


@cache
def _table() -> _Table:
    """Read all files once."""
    whole: dict[str, list[_Pattern]] = {}
    by_first: dict[str, list[_Pattern]] = {}
    by_word: dict[str, list[_Pattern]] = {}
    for section, phrase in _all_phrases():
        if section in WORD_SECTIONS:
            continue
        pattern = _pattern(section, phrase)
        if "*" not in pattern.tokens:
            whole.setdefault(" ".join(pattern.tokens) + " ", []).append(pattern)
        elif pattern.open_start:
            # The longest word is the rarest, nearly always.
            word = max(pattern.fixed.split(), key=len)
            by_word.setdefault(word, []).append(pattern)
        else:
            by_first.setdefault(pattern.tokens[0], []).append(pattern)
    longest = max(phrase.count(" ") for phrase in whole)
    return _Table(whole, by_first, by_word, frozenset(by_word), longest)


@cache
def words_of(section: str) -> frozenset[str]:
    """Return the words of one of WORD_SECTIONS, of all languages, folded."""
    return frozenset(phrase.casefold() for one, phrase in _all_phrases() if one == section)


@cache
def telling_words(section: str) -> tuple[str, ...]:
    """Return words, folded, of which each line has one that has a cue of a section.

    Of each phrase it is the longest word; one that has another in it is left out.
    """
    patterns = (_pattern(one, phrase) for one, phrase in _all_phrases() if one == section)
    found = {max(pattern.tokens, key=len) for pattern in patterns}
    return tuple(sorted(a for a in found if not any(b != a and b in a for b in found)))


@cache
def _all_phrases() -> tuple[tuple[str, str], ...]:
    """Return section and phrase of every line of the files, each once: languages share some."""
    found = (one for file in sorted(_FOLDER.glob("*.txt")) for one in _phrases(file))
    return tuple(dict.fromkeys(found))


def _phrases(file: Path) -> Iterator[tuple[str, str]]:
    section = ""
    for number, raw in enumerate(file.read_text("utf-8").split("\n"), 1):
        line = raw.strip()
        if line.startswith("["):
            section = line.strip("[]")
            if section not in (*SECTIONS, *WORD_SECTIONS):
                raise ValueError(f"{file.name}:{number}: unknown section {line}")
        elif line and not line.startswith("//"):
            yield section, line


def _pattern(section: str, phrase: str) -> _Pattern:
    tokens = tuple(_TOKEN.findall(phrase.casefold().replace("’", "'").replace("：", ":")))
    if not set(tokens) - {"*", ":"}:
        raise ValueError(f"the phrase '{phrase}' has no word and would match every line")
    return _Pattern(
        section=section,
        phrase=phrase.removesuffix(" *").removeprefix("* "),
        tokens=tokens,
        fixed=max(" ".join(tokens).split("*"), key=len).strip(),
        words=sum(token not in "*:" for token in tokens),
        open_start=tokens[0] == "*",
        open_end=tokens[-1] == "*",
    )
