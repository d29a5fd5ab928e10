"""Outlets: which name on a page is that of who published it.

In: the page and its headline. Out: a name, or None. Names in copyright lines, behind the headline,
at the top and the foot of the page and beside the names of social networks are candidates, one for
each name however often it stands; signs with weights (`weights/outlet.tsv`) choose. A name counts
for more where several such places, or the host of an address on the page, agree on it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from briefbook.parsing.choice import choose, load
from briefbook.parsing.page import Page, has_cue
from briefbook.text.words import collapsed, folded

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
# Networks, tools and shops that other pages name.
_NETWORKS = frozenset(
    """facebook twitter instagram youtube linkedin pinterest xing whatsapp telegram google gmail
    wordpress blogger blogspot tumblr flickr vimeo reddit apple amazon paypal disqus gmx wikipedia
    wikimedia creativecommons github medium spotify soundcloud bitly tiktok snapchat feedburner
    threads mastodon bluesky""".split()
)
_RIGHTS = re.compile(r"(?:©|\(c\)|copyright|℗|&copy;)", re.I)
_AROUND_RIGHTS = re.compile(r"(?:©|\(c\)|copyright|by|bei|:|,|-|–|\||·|•|(?:19|20)\d\d|\s)+", re.I)
_YEARS = re.compile(r"\b(?:19|20)\d\d(?:\s*[-–/]\s*(?:(?:19|20)?\d\d|heute|present|today))?\b")
_END_OF_RIGHTS = re.compile(
    r"\s*(?:[.](?=\s|$)(?<!\be\.V\.)|[|,;·•(]|\s[-–—]\s|\ball rights|\balle rechte|"
    r"\btous droits|\btodos los|\btutti i|\btodos os|"
    r"\bwszelkie|\bimpressum|\bdatenschutz|\bprivacy|\bterms|\bproudly|\bpowered|\btheme|"
    r"\bis |\bist ).*$",
    re.I,
)
_PARTS = re.compile(r"\s+(?:[|»›>·•]|[-–—])\s+")
_NOISE = re.compile(r"\b(?:com|org|net|www|the|online)\b|[^\w]")
# Who owns an outlet is seldom called as it is.
_COMPANY = re.compile(
    r"\b(?:gmbh|ag|inc|ltd|llc|limited|holdings?|company|communications|corp|corporation|verlag|"
    r"kg|s\.a|media|group|gruppe|mediengruppe|images?|getty|foto|shutterstock|dpa|afp|reuters)\b",
    re.I,
)
_WORDLESS = re.compile(r"[^\W\d_]")


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
    "host's words",
    "rights",
    "behind the headline",
    "first line",
    "head",
    "foot",
    "about",
    "path",
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
    return found[chosen.place] if chosen else None


def outlet_candidates(page: Page, headline: str) -> list[Candidate]:
    """Return the names that could be it, with their signs, in order."""
    title = folded(headline)
    by_key: dict[str, Candidate] = {}
    named = list(_hosts(page))
    for i, form, said in (*_mentions(page, title), *_host_mentions(page, named)):
        name = _plain(said)
        key = squashed(name)
        if key and key not in _NETWORKS and folded(name) != title:
            one = by_key.setdefault(key, Candidate(name, i))
            one.forms[form] = one.forms.get(form, 0) + 1
            if _FORMS.index(form) < one.rank:
                one.rank, one.place, one.name = _FORMS.index(form), i, name
    hosts = {squashed(host.rsplit(".", 1)[0].split(".")[-1]) for _, host in named}
    found = list(by_key.values())
    all_keys = "\n".join(by_key)
    for key, one in by_key.items():
        one.signs = tuple(_signs(page, one, key, hosts, all_keys))
    return found


def squashed(name: str) -> str:
    """Return a name for comparing: "The Mudflat Post" and "mudflatpost.com" are one."""
    return _NOISE.sub("", name.casefold())


def _mentions(page: Page, title: str) -> Iterator[tuple[int, str, str]]:
    """Yield line, form and words of every place a name of an outlet may stand."""
    last = len(page.lines) - _FOOT
    for i, line in enumerate(page.lines):
        if line.words > _LINE_WORDS:
            continue
        text = line.text.strip()
        outside = i < page.start or i >= page.end
        if _RIGHTS.search(text):
            yield from ((i, "rights", said) for said in _of_rights(text))
        for cue in line.cues:
            if cue.section == "outlet" and "©" not in cue.phrase and "copyright" not in cue.phrase:
                yield i, "about", cue.rest
        if title and title in line.folded and line.folded != title:
            yield from (
                (i, "behind the headline", part)
                for part in _PARTS.split(text)
                if folded(part) not in title
            )
        if line.prose:
            continue
        if line.words > _MOST_WORDS:
            continue
        if has_cue(line, "furniture", "end"):
            continue
        if i < _HEAD and (outside or i < 2):
            yield i, "first line" if i < 2 else "head", text
            parts = _PARTS.split(text)
            if len(parts) > 1:
                yield i, "path", parts[0]
                yield i, "path", parts[-1]
        elif i >= last and outside:
            yield i, "foot", text


def _host_mentions(page: Page, named: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str, str]]:
    """Yield the hosts of addresses on the page, and where their words stand in other lines."""
    for i, host in named:
        yield i, "host", host
    for host, _ in Counter(host for _, host in named).most_common(_MOST_HOSTS):
        yield from ((i, "host's words", said) for i, said in _words_of_host(page, host))


def _words_of_host(page: Page, host: str) -> Iterator[tuple[int, str]]:
    """Yield the words of the page that make a host: "Mudflat Post" for mudflatpost.example."""
    label = squashed(host.rsplit(".", 1)[0].split(".")[-1])
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


def _of_rights(text: str) -> Iterator[str]:
    """Yield what a copyright line may name: what stands behind the sign and years, or before."""
    at = _RIGHTS.search(text)
    if at is None:
        return
    behind = _YEARS.sub(" ", text[at.end() :])
    around = _AROUND_RIGHTS.match(behind)
    yield _END_OF_RIGHTS.sub("", behind[around.end() if around else 0 :])
    if at.start() > 2:
        yield _END_OF_RIGHTS.sub("", text[: at.start()])


def _hosts(page: Page) -> Iterator[tuple[int, str]]:
    for i, line in enumerate(page.lines):
        if "." in line.text and (
            "www." in line.text or "@" in line.text or line.words < 8 or "://" in line.text
        ):
            for match in _HOST.finditer(line.text[:400]):
                label = match[1].rsplit(".", 1)[0].split(".")[-1].casefold()
                if label not in _NETWORKS and len(label) > 2:
                    yield i, match[1]


def _plain(said: str) -> str:
    """Return a name without marks around it, "" for what can be none."""
    name = collapsed(_YEARS.sub(" ", said)).strip(' .,:;|-–—©»«>*#"“”')
    good = (
        name
        and len(name) <= _LONGEST
        and len(name.split()) <= _MOST_WORDS
        and _WORDLESS.search(name)
    )
    return name if good else ""


def _signs(page: Page, one: Candidate, key: str, hosts: set[str], all_keys: str) -> Iterator[str]:
    """Yield what speaks for a name and against it."""
    for form, times in one.forms.items():
        yield form
        if times > 1:
            yield f"{form}, again"
    yield f"forms {min(4, len(one.forms))}"
    yield f"words {len(one.name.split())}"
    line = page.lines[one.place]
    yield f"place {one.place if one.place < 3 else '3-' if one.place < _HEAD else 'far'}"
    if "first line" in one.forms or "head" in one.forms:
        if line.cues:
            yield f"head cue {line.cues[0].section}"
        yield f"head, below {page.kinds[one.place + 1 : one.place + 2]}"
    plain = folded(one.name)
    places = page.places.get(plain, ())
    yield f"lines of its own {min(3, len(places))}"
    times = page.everything.count(plain) if len(plain) > 2 else 0
    yield f"said {min(5, times)}"
    if places and places[0] < page.start and places[-1] >= page.end:
        yield "above and below the text"
    if any(plain in other.folded for other in page.lines[page.start : page.end] if other.prose):
        yield "in the prose"
    if key in hosts:
        yield "a host agrees"
        yield f"a host agrees, {next(f for f in _FORMS if f in one.forms)}"
    elif any(len(host) > 4 and (host in key or key in host) for host in hosts):
        yield "a host holds it"
    if len(key) > 4 and all_keys.count(key) > 1:
        yield "part of another"
    if has_cue(line, "furniture", "box", "end") and "rights" not in one.forms:
        yield "furniture"
    if not one.name[0].isupper():
        yield "starts small"
    if one.name.isupper() and len(one.name) > 5:
        yield "capitals"
    if "." in one.name:
        yield "a host name"
    if any(map(str.isdigit, one.name)):
        yield "digits"
    if _COMPANY.search(one.name):
        yield "a company"
