"""Outlets: which name on a page is that of who published it.

In: the page and its headline. Out: a name, or None. Names in copyright lines, behind the headline,
at the top and the foot of the page, beside words such as "newsletter" and in addresses are
candidates, one for each name however often it stands; signs with weights (`weights/outlet.tsv`)
choose. A name counts for more where several such places agree on it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import combinations

from briefbook.parsing.bylines import is_byline
from briefbook.parsing.choice import choose, load
from briefbook.parsing.cues import words_of
from briefbook.parsing.lines import TextLine, kept_of_text
from briefbook.parsing.page import Page, has_cue
from briefbook.text.words import STOP_WORDS, collapsed, fold_word, folded

# The head of a page and its foot are this many lines long.
_HEAD = 14
_FOOT = 30
_MOST_WORDS = 8
_LONGEST = 72
_LINE_WORDS = 40
_HOST = re.compile(
    r"(?<![\w.-])(?:https?://)?(?:www\.|[\w.+-]+@)?((?:[a-z0-9-]{2,63}\.)+[a-z]{2,10})\b", re.I
)
# Of the hosts on a page the commonest are looked for as words; shorter labels are words anyway.
_MOST_HOSTS = 5
_SHORTEST_LABEL = 5
# So many places with a host's words say no more than a few.
_ENOUGH = 8
# Letters that hosts write without their accents.
_ACCENTS = str.maketrans("áàâãéèêëíîïóôõúûñç", "aaaaeeeeiiiooouunc")
# The name of an outlet has at most this many words where a host spells it.
_HOST_WORDS = 4
_RIGHTS = re.compile(r"©|\(c\)|copyright|℗|&copy;", re.I)
_RIGHTS_SIGNS = ("©", "℗", "(c)", "(C)", "&copy;")
_AROUND_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright|by|bei|:|,|-|–|—|\||·|•|\.|(?:19|20)\d\d|\s)+", re.I
)
_YEARS = re.compile(r"\b(?:19|20)\d\d(?:\s*[-–/]\s*(?:(?:19|20)?\d\d|heute|present|today))?\b")
_END_OF_RIGHTS = re.compile(r"(?:[.](?=\s|$)(?<!\be\.V\.)|[|,;·•(]|\s[-–—]\s|\s/\s)")
_PARTS = re.compile(r"(?<!\s)\s+(?:[|»›>·•/]|[-–—])\s+")
_NOISE = re.compile(r"\b(?:com|org|net|www|the|online)\b|[^\w]")
_LETTER = re.compile(r"[^\W\d_]")
# Names that several lines start or end with have at most this many words.
_EDGE_WORDS = 3
# A name that so many different lines start or end with may be the outlet's.
_LEAST_EDGES = 3
# A picture's owner is named without a year and a word on rights.
_PICTURE = "rights no year, only a sign"
# A source with at most so many lines around its text is a paste, not a page.
_PASTE = 14
_MENUS = frozenset(("head", "foot", "beside", "host", "edge", "path"))
_PATH_WORDS = 2
# In these places a paste says who published it, in at most so many words.
_PLAIN_FORMS = frozenset(("rights", "behind the headline", "about"))
_PLAIN_WORDS = 5
# Menus come back on every page of an outlet: so many names are remembered.
_KEPT_NAMES = 4096
# Signs of places that agree are told of pairs of these.
_PAIRED = frozenset(("rights", "first line", "head", "foot", "beside", "subject", "host's words"))


@dataclass(slots=True)
class Candidate:
    """A name that could be the outlet's."""

    name: str  # as it first stands
    place: int  # index of the line it first stands on
    forms: dict[str, int] = field(default_factory=dict)  # how it stands there, and how often
    rank: int = 99  # the better the place it stands in, the lower
    signs: tuple[str, ...] = ()

    @property
    def rule(self) -> str:
        """Where it stands."""
        return _FORMS[self.rank]


# Where a name stands, the plainest first: where it is shown as found.
_FORMS = (
    "rights",
    "behind the headline",
    "host's words",
    "first line",
    "head",
    "foot",
    "about",
    "beside",
    "rights, company",
    "subject",
    "line again",
    "path start",
    "path",
    "edge",
    "host",
)


def find_outlet(page: Page, headline: str) -> Candidate | None:
    """Return the outlet, or None where no name is surely it.

    Args:
        page: The page.
        headline: The headline, "" where there is none.
    """
    found = outlet_candidates(page, headline)
    chosen = choose(load("outlet"), [one.signs for one in found], list(range(len(found))))
    if chosen:
        return found[chosen.place]
    around = len(page.lines) - (page.end - page.start)
    return _plainly_said(found) if around <= _PASTE else None


def _plainly_said(found: Sequence[Candidate]) -> Candidate | None:
    """Return the one name that a paste plainly says, None where it says several.

    A paste lacks most of the places that agree on a page; a copyright line, a newsletter's or what
    stands behind the headline is enough there.
    """
    named = [
        one
        for one in found
        if not _PLAIN_FORMS.isdisjoint(one.forms)
        and (one.name[0].isupper() or "." in one.name)
        and len(one.name.split()) <= _PLAIN_WORDS
        and not any(map(_is_company, one.name.split()))
        and _PICTURE not in one.signs
    ]
    if not named:
        # A path may start with a section; the name of an outlet has two words.
        paths = [one for one in found if "path start" in one.forms]
        return next((one for one in paths if len(one.name.split()) >= _PATH_WORDS), None)
    best, *rest = sorted(named, key=lambda one: (-sum(one.forms.values()), one.rank))
    said = squashed(best.name)
    agree = all(squashed(one.name) in said or said in squashed(one.name) for one in rest)
    return best if agree or sum(best.forms.values()) > sum(rest[0].forms.values()) else None


def outlet_candidates(page: Page, headline: str) -> list[Candidate]:
    """Return the names that could be it, with their signs, in order."""
    title = folded(headline)
    by_key: dict[str, Candidate] = {}
    named = list(_hosts(page))
    edges = _edges(page)
    networks = words_of("network")
    mentions = (*_mentions(page, title), *_host_mentions(page, named), *_edge_mentions(edges))
    for i, form, said in mentions:
        name, key, plain = _read(said)
        if key and key not in networks and plain != title:
            one = by_key.setdefault(key, Candidate(name, i))
            one.forms[form] = one.forms.get(form, 0) + 1
            if _FORMS.index(form) < one.rank:
                one.rank, one.place, one.name = _FORMS.index(form), i, name
    hosts = {squashed(_label(host)) for _, host in named}
    # What stands once where menus stand too is hardly ever a name.
    by_key = {
        key: one
        for key, one in by_key.items()
        if one.forms.keys() - _MENUS or sum(one.forms.values()) > 1 or key in hosts
    }
    found = list(by_key.values())
    all_keys = "\n".join(by_key)
    for key, one in by_key.items():
        one.signs = tuple(_signs(page, one, key, hosts, all_keys, edges))
    _compare(found, edges)
    return found


def _compare(found: Sequence[Candidate], edges: dict[str, list[tuple[int, str]]]) -> None:
    """Add signs that say how a name does beside the others of the page."""
    if not found:
        return
    owners = sum("rights" in one.forms for one in found)
    measures = {
        "forms": [len(one.forms) for one in found],
        "mentions": [sum(one.forms.values()) for one in found],
        "edges": [len(edges.get(folded(one.name), ())) for one in found],
    }
    for n, one in enumerate(found):
        more = [f"most {name}" for name, all_ in measures.items() if all_[n] == max(all_) > 1]
        if "rights" in one.forms:
            more.append(f"owners {min(3, owners)}")
        one.signs = (*one.signs, *more)


def squashed(name: str) -> str:
    """Return a name for comparing: "The Mudflat Post" and "mudflatpost.com" are one."""
    return _NOISE.sub("", name.casefold())


def _label(host: str) -> str:
    return host.rsplit(".", 1)[0].split(".")[-1].casefold()


# --------------------------------------------------------------------------- where names stand


def _mentions(page: Page, title: str) -> Iterator[tuple[int, str, str]]:
    """Yield line, form and words of every place a name of an outlet may stand."""
    for i, line in enumerate(page.lines):
        outside = i < page.start or i >= page.end
        if line.words <= _LINE_WORDS:
            if _may_say_rights(line):
                yield from ((i, form, said) for form, said in _of_rights(line.text))
            for cue in line.cues:
                rights = "©" in cue.phrase or "copyright" in cue.phrase
                if cue.section == "outlet" and not rights:
                    yield i, "about", cue.rest
            if title and title in line.folded and line.folded != title:
                yield from ((i, "behind the headline", part) for part in _behind(line, title))
        if outside and (said := _subject(line)):
            yield i, "subject", said
        if not line.prose and line.words <= _MOST_WORDS:
            yield from ((i, form, said) for form, said in _of_short(page, i, outside=outside))


@kept_of_text
def _may_say_rights(line: TextLine) -> bool:
    """Tell whether a line may be a copyright line, without a pattern for the many that are not."""
    signed = any(map(line.text.__contains__, _RIGHTS_SIGNS))
    return signed or "copyright" in line.folded


def _behind(line: TextLine, title: str) -> Iterator[str]:
    """Yield the parts of a line behind the headline in it; before it stands a path."""
    seen = False
    for part in _PARTS.split(line.text):
        own = folded(part)
        if seen and own not in title:
            yield part
        seen = seen or own in title or title in own


def _of_short(page: Page, i: int, *, outside: bool) -> Iterator[tuple[str, str]]:
    """Yield form and words of the names a short line may be or hold."""
    line = page.lines[i]
    if outside and (said := _beside(line)):
        yield "beside", said
    if has_cue(line, "furniture", "end"):
        return
    if i < _HEAD and (outside or i < 2):
        yield "first line" if i < 2 else "head", line.text
        parts = _PARTS.split(line.text)
        if len(parts) > 1:
            yield "path start", parts[0]
            yield "path", parts[-1]
    elif i >= len(page.lines) - _FOOT and outside:
        yield "foot", line.text
    elif outside and len(page.places[line.folded]) > 1:
        yield "line again", line.text


def _of_rights(text: str) -> Iterator[tuple[str, str]]:
    """Yield what a copyright line may name: what stands behind the sign and years, or before."""
    at = _RIGHTS.search(text)
    if at is None:
        return
    behind = _YEARS.sub(" ", text[at.end() :])
    around = _AROUND_RIGHTS.match(behind)
    said = [behind[around.end() if around else 0 :]]
    if at.start() > 2:
        said.append(text[: at.start()])
    for words in said:
        name = _owner(words)
        yield "rights", name
        if (shorter := _without_company(name)) and shorter != name:
            yield "rights, company", shorter


def _owner(words: str) -> str:
    """Return the name a copyright line starts with."""
    end = _END_OF_RIGHTS.search(words)
    kept: list[str] = []
    for word in (words[: end.start()] if end else words).split()[: 2 * _MOST_WORDS]:
        if kept and fold_word(word) in words_of("rights"):
            break
        kept.append(word)
    return " ".join(kept)


def _without_company(name: str) -> str:
    """Return a name without the words behind it that only say that it is a company's."""
    words = name.split()
    first = next((n for n, word in enumerate(words) if n and _is_company(word)), len(words))
    return " ".join(words[:first]).rstrip(",")


def _is_company(word: str) -> bool:
    return fold_word(word.rstrip(".,")) in words_of("company")


@kept_of_text
def _beside(line: TextLine) -> str:
    """Return the name in a short line such as "Mudflat Post on Facebook", "" for others."""
    words = line.text.split()
    plain = [fold_word(word) for word in words]
    first, last = 0, len(words)
    told = False
    beside = _beside_words()
    if beside.isdisjoint(plain):  # most lines
        return ""
    while first < last and (plain[first] in beside or plain[first] in STOP_WORDS):
        told |= plain[first] in beside
        first += 1
    while last > first and (plain[last - 1] in beside or plain[last - 1] in STOP_WORDS):
        told |= plain[last - 1] in beside
        last -= 1
    if first and told and words[first - 1].casefold() == "the" and first < last:
        first -= 1
    return " ".join(words[first:last]) if told else ""


@cache
def _beside_words() -> frozenset[str]:
    return words_of("beside") | words_of("network")


@kept_of_text
def _subject(line: TextLine) -> str:
    """Return whom a line such as "Mudflat Post is the paper of …" is about, "" for others."""
    words = line.text[:120].split()
    if not words or not words[0][:1].isupper():
        return ""
    for n, word in enumerate(words[1 : _HOST_WORDS + 2], 1):
        if word in words_of("is"):
            said = words[:n]
            return " ".join(said) if said[-1][0].isupper() or len(said) == 1 else ""
    return ""


def _edges(page: Page) -> dict[str, list[tuple[int, str]]]:
    """Return the words that short lines outside the text start or end with, and these lines."""
    edges: dict[str, list[tuple[int, str]]] = {}
    seen: set[str] = set()
    for i in (*range(page.start), *range(page.end, len(page.lines))):
        line = page.lines[i]
        if not 1 < line.words <= _MOST_WORDS or line.folded in seen:
            continue
        seen.add(line.folded)
        words, plain = line.text.split(), line.folded.split()
        if len(words) != len(plain):
            continue
        for n in range(1, min(_EDGE_WORDS + 1, len(words))):
            for own, part in ((words[:n], plain[:n]), (words[-n:], plain[-n:])):
                if own[0][0].isupper() and part[0] not in STOP_WORDS:
                    edges.setdefault(" ".join(part), []).append((i, " ".join(own)))
    return edges


def _edge_mentions(edges: dict[str, list[tuple[int, str]]]) -> Iterator[tuple[int, str, str]]:
    for places in edges.values():
        if len(places) >= _LEAST_EDGES:
            yield places[0][0], "edge", places[0][1]


def _hosts(page: Page) -> Iterator[tuple[int, str]]:
    for i, line in enumerate(page.lines):
        text = line.text
        if "." in text and ("www." in text or "@" in text or line.words < 8 or "://" in text):
            for match in _HOST.finditer(text[:400]):
                label = _label(match[1])
                if label not in words_of("network") and len(label) > 2:
                    yield i, match[1]


def _host_mentions(page: Page, named: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str, str]]:
    """Yield the hosts of addresses on the page, and where their words stand in other lines."""
    for i, host in named:
        yield i, "host", host
    for host, _ in Counter(host for _, host in named).most_common(_MOST_HOSTS):
        yield from ((i, "host's words", said) for i, said in _words_of_host(page, host))


def _words_of_host(page: Page, host: str) -> Iterator[tuple[int, str]]:
    """Yield the words of the page that make a host: "Mudflat Post" for mudflatpost.example."""
    label = squashed(_label(host))
    if len(label) < _SHORTEST_LABEL:
        return
    seen = 0
    for i, plain in enumerate(page.squashed):
        if label in plain and seen < _ENOUGH and (said := _spelled(page.lines[i].text, label)):
            yield i, said
            seen += 1


def _spelled(text: str, label: str) -> str:
    """Return the words of a line that make a host's label, "" where none do."""
    words = text[:400].split()
    for first in range(len(words)):
        made = ""
        for last in range(first, min(first + _HOST_WORDS, len(words))):
            made += squashed(words[last]).translate(_ACCENTS)
            if made == label and words[first][:1].isalpha():
                return " ".join(words[first : last + 1])
            if not label.startswith(made):
                break
    return ""


def _plain(said: str) -> str:
    """Return a name without marks around it, "" for what can be none."""
    if len(said) > 2 * _LONGEST:
        return ""
    name = collapsed(_YEARS.sub(" ", said)).strip(' .,:;|-–—©®™«»<>*#"“”„!?[]()')
    good = (
        name and len(name) <= _LONGEST and len(name.split()) <= _MOST_WORDS and _LETTER.search(name)
    )
    return name if good else ""


@lru_cache(_KEPT_NAMES)
def _read(said: str) -> tuple[str, str, str]:
    """Return the name that words say, how it is compared and folded; "" for what can be none."""
    name = _plain(said)
    return ("", "", "") if is_byline(name) else (name, squashed(name), folded(name))


# --------------------------------------------------------------------------- signs


def _signs(
    page: Page,
    one: Candidate,
    key: str,
    hosts: Iterable[str],
    all_keys: str,
    edges: dict[str, list[tuple[int, str]]],
) -> Iterator[str]:
    """Yield what speaks for a name and against it."""
    for form, times in one.forms.items():
        yield form
        if times > 1:
            yield f"{form}, again"
    for first, second in combinations(sorted(_PAIRED.intersection(one.forms)), 2):
        yield f"{first} and {second}"
    if len(one.forms) == 1:
        yield f"only {one.rule}"
    yield f"forms {min(4, len(one.forms))}"
    plain = folded(one.name)
    yield f"lines start or end with it {min(4, len(edges.get(plain, ())))}"
    yield from _place_signs(page, one, plain)
    if key in hosts:
        yield "a host agrees"
        yield f"a host agrees, {next(f for f in _FORMS if f in one.forms)}"
    elif any(len(host) > 4 and (host in key or key in host) for host in hosts):
        yield "a host holds it"
    if len(key) > 4 and all_keys.count(key) > 1:
        yield "part of another"
    yield from _name_signs(one.name)


def _place_signs(page: Page, one: Candidate, plain: str) -> Iterator[str]:
    """Yield where the name stands, and where else."""
    line = page.lines[one.place]
    yield f"place {one.place if one.place < 3 else '3-' if one.place < _HEAD else 'far'}"
    if "first line" in one.forms or "head" in one.forms:
        if line.cues:
            yield f"head cue {line.cues[0].section}"
        yield f"head, below {page.kinds[one.place + 1 : one.place + 2]}"
    places = page.places.get(plain, ())
    yield f"lines of its own {min(3, len(places))}"
    times = page.everything.count(plain) if len(plain) > 2 else 0
    often = str(times) if times < 4 else "4-6" if times < 7 else "7-12" if times < 13 else "13-"
    yield f"said {often}"
    yield f"said {often}, {one.rule}"
    if places and places[0] < page.start and places[-1] >= page.end:
        yield "above and below the text"
    inside = page.everything.count(plain, page.offsets[page.start], page.offsets[page.end])
    if inside:
        yield "in the text"
        if inside == times:
            yield "only in the text"
    if has_cue(line, "furniture", "box", "end") and "rights" not in one.forms:
        yield "furniture"
    if one.rule in ("rights", "rights, company"):
        yield from _rights_signs(page, one)


def _rights_signs(page: Page, one: Candidate) -> Iterator[str]:
    """Yield what a copyright line looks like: a picture's has no year and stands anywhere."""
    line = page.lines[one.place]
    left = len(page.lines) - one.place
    where = "text" if page.start <= one.place < page.end else "head" if left > _FOOT else "foot"
    year = "with a year" if _YEARS.search(line.text) else "no year"
    yield f"rights in the {where}, {year}"
    if left <= 3:
        yield "rights in the last lines"
    if _RIGHTS.match(line.text):
        yield "rights first"
    said = not words_of("rights").isdisjoint(line.folded.split())
    yield f"rights {year}, {'said to be' if said else 'only a sign'}"


@lru_cache(_KEPT_NAMES)
def _name_signs(name: str) -> tuple[str, ...]:
    """Return what the name looks like."""
    return tuple(_looks(name))


def _looks(name: str) -> Iterator[str]:
    words = name.split()
    yield f"words {len(words)}"
    if not name[0].isupper():
        yield "starts small"
    if name.isupper() and len(name) > 5:
        yield "capitals"
    if sum(word[0].isupper() for word in words) == len(words):
        yield "every word a capital"
    if "." in name:
        yield "a host name"
    if any(map(str.isdigit, name)):
        yield "digits"
    if any(map(_is_company, words)):
        yield "a company"
    if words and fold_word(words[0]) in STOP_WORDS:
        yield "a stop word first"
    if fold_word(words[-1]) in STOP_WORDS:
        yield "a stop word last"
    for word in {fold_word(word) for word in (words[0], words[-1])}:
        yield f"word {word}"
