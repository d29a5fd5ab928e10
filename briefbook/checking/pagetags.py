"""Page tags: a plain page -> what it points to and what can be pointed to in it, fast.

In: the bytes of a page. Out: its targets and ids, or None where its markup is not plain, which is
left to `read_links`. The tags of a page are mostly those of others, and lead to the same places
from all pages that stand equally deep: there each distinct one is looked at once.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefbook.checking.links import NO_WAY, spot_of, targets_of
from briefbook.checking.pagelinks import tell_tag

# A file inside the output folder and the id in it, which may be "".
Target = tuple[str, str]

# Where all `<` of a page begin one of these, none of them holds another `<`.
_TAG = re.compile(rb"<[^>]*>")
# Distinct tags that are remembered of pages that stand equally deep.
_TAGS = 5_000
_WEB = ("https://", "http://")
# Attributes that neither point anywhere nor name what has them, and plain paths of pages.
_SILENT = rb'(?: (?:class|rel|lang|dir|data-[a-z-]+)="[^"&]*")*'
_FOLDER = rb"((?:[a-z0-9][a-z0-9_-]*/)*)"
_INDEX = "index.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a page points to, and what can be pointed to in it."""

    relative: set[Target]  # by relative links
    named: set[Target]  # further ones, by links that name the address of the site
    ids: set[str]
    has_twins: bool  # some id stands twice


@dataclass(frozen=True, slots=True)
class _Said:
    """What a tag says."""

    targets: tuple[Target, ...] = ()  # of relative links
    named_targets: tuple[Target, ...] = ()  # of links that name the address of the site
    fragments: tuple[str, ...] = ()  # of links into the page itself
    relative: tuple[str, ...] = ()  # other addresses that may be relative ones
    named: tuple[str, ...] = ()  # other addresses that may name that of the site
    identity: str | None = None
    must_follow: bytes = b""  # the one tag that may; b"": any may


_NOTHING = _Said()


def told_by(path: str, addresses: Iterable[str], ids: Sequence[str], base_url: str) -> Told:
    """Return what a page tells that has these addresses and ids."""
    unlike = set(addresses)
    # What leads up from the page leads to the same place wherever the site stands.
    outward = [address for address in unlike if not address.startswith("../")]
    relative = targets_of(path, unlike, "")
    return Told(
        relative=relative,
        named=targets_of(path, outward, base_url) - relative if base_url else set(),
        ids=set(ids),
        has_twins=len(set(ids)) < len(ids),
    )


def told_by_tags(path: str, content: bytes, base_url: str) -> Told | None:
    """Return what a page tells; None: its markup is not plain.

    Exact, as `read_links` is without the parser: where each `<` begins a tag that `tell_tag` knows,
    and none stands in what is text, the parser finds the same tags.
    """
    return _kin(spot_of(path)[2], base_url).read(path, content)


class _Kin:
    """Pages that stand equally deep, and what their tags say."""

    def __init__(self, up: str, base_url: str) -> None:
        self._up = up
        self._base_url = base_url
        self._base = base_url.rstrip("/")
        self._usual = _usual_tags(self._base)
        self._silent: set[bytes] = set()  # tags that say nothing
        self._said: dict[bytes, _Said] = {}  # by the others

    def read(self, path: str, content: bytes) -> Told | None:
        """Return what a page tells; None: its markup is not plain."""
        if content.rfind(b"<") > content.rfind(b">"):
            return None  # each that is not closed would be looked for to the end
        tags: list[bytes] = _TAG.findall(content)
        if len(tags) != content.count(b"<") or b"\0" in content:
            return None
        if len(self._silent) + len(self._said) > _TAGS:
            self._silent.clear()
            self._said.clear()
        silent, known = self._silent, self._said
        here: dict[bytes, _Said | None] = {}  # what they say on this page
        said: list[_Said] = []
        of_text: list[tuple[bytes, bytes]] = []
        for tag in [tag for tag in tags if tag not in silent]:
            says = known.get(tag) or here.get(tag)
            if says is None:
                says = here[tag] = self._read_usual(tag, path) or self._learn(tag, path)
            if says is None:
                return None
            if says.must_follow:
                of_text.append((tag, says.must_follow))
            said.append(says)
        return self._joined(path, said) if _are_followed(tags, of_text) else None

    def _joined(self, path: str, said: Sequence[_Said]) -> Told:
        ids = [says.identity for says in said if says.identity is not None]
        relative = {target for says in said for target in says.targets}
        whole = {target for says in said for target in says.named_targets}
        fragments = {each for says in said for each in says.fragments}
        own, _, _ = spot_of(path)
        relative |= {(own, fragment) for fragment in fragments}
        relative |= targets_of(path, {each for says in said for each in says.relative}, "")
        named = {each for says in said for each in says.named}
        return Told(
            relative=relative,
            named=(whole | targets_of(path, named, self._base_url)) - relative,
            ids=set(ids),
            has_twins=len(set(ids)) < len(ids),
        )

    def _read_usual(self, tag: bytes, path: str) -> _Said | None:
        """Return what a tag says that has one of the usual forms; None: it has another.

        Nothing in these can be read otherwise, and to learn it takes ten times as long, which is
        for nothing where a tag stands in one page alone.
        """
        match = self._usual.fullmatch(tag)
        if match is None:
            return None
        up, below, fragment, own = match.groups()
        if own is not None:
            return _Said(named_targets=((own.decode() + _INDEX, ""),))
        if up is None:
            return _NOTHING
        above = _above(path, len(up) // len("../")) if self._up != NO_WAY else None
        if above is None:
            return None
        target = above + below.decode() + _INDEX, (fragment or b"").decode()
        said = _Said(targets=(target,))
        if len(up) == len(self._up):
            self._said[tag] = said  # all these pages lead there
        return said

    def _learn(self, tag: bytes, path: str) -> _Said | None:
        """Return what a tag says; None: it is not plain."""
        # What stands between signs of ASCII is decoded alone as it is within a page.
        found = tell_tag(tag.decode("utf-8", errors="replace"))
        if found is None:
            return None
        told, must_follow = found
        if told is None and not must_follow:
            self._silent.add(tag)
            return _NOTHING
        addresses, identity = told or ((), None)
        said = self._said[tag] = self._sorted(addresses, identity, must_follow.encode(), path)
        return said

    def _sorted(
        self, addresses: Iterable[str], identity: str | None, must_follow: bytes, path: str
    ) -> _Said:
        """Tell addresses apart by what they have to be resolved against."""
        targets: list[str] = []
        fragments: list[str] = []
        relative: list[str] = []
        named: list[str] = []
        for address in addresses:
            if address.startswith(self._up):
                targets.append(address)
            elif address.startswith("#"):
                fragments.append(address)
            elif address.startswith("../"):
                relative.append(address)
            elif not _is_of_the_web(address):
                relative.append(address)
                named.append(address)
            elif address.startswith(self._base):
                named.append(address)
        own = targets_of(path, fragments, "")
        return _Said(
            targets=tuple(targets_of(path, targets, "")),
            fragments=tuple(fragment for _, fragment in own),
            relative=tuple(relative),
            named=tuple(named) if self._base_url else (),
            identity=identity,
            must_follow=must_follow,
        )


def _usual_tags(base: str) -> re.Pattern[bytes]:
    """Return an expression of tags that most often stand in one page alone.

    They are what a page says of itself, unless it could lead on to another page, which begins with
    a digit; links to other sites; links to pages; and the address of a page.
    """
    site = re.escape(base.encode()) if base else rb"[^\s\S]"
    link = rb"<a" + _SILENT + rb' href="'
    end = rb'"' + _SILENT + rb">"
    return re.compile(
        rb'<meta (?:name|property)="(?!og:url"|og:image")[a-z:_]+" content="[A-Za-z][^"&]*">|'
        + (link + rb"(?!" + site + rb")https?://[A-Za-z0-9./_-]+" + end + rb"|")
        + (link + rb"((?:\.\./)+)" + _FOLDER + rb"(?:#([a-z0-9-]+))?" + end + rb"|")
        + (rb'<(?:link rel="canonical" href|meta property="og:url" content)="' + site)
        + (rb"/" + _FOLDER + rb'">')
    )


def _above(path: str, levels: int) -> str | None:
    """Return the folder that stands so many levels above a page; None: none does."""
    folders = spot_of(path)[1].split("/")
    there = len(folders) - levels
    return "".join(f"{each}/" for each in folders[:there]) if there >= 0 else None


@lru_cache(maxsize=8)
def _kin(up: str, base_url: str) -> _Kin:
    return _Kin(up, base_url)


def _are_followed(tags: Sequence[bytes], of_text: Iterable[tuple[bytes, bytes]]) -> bool:
    """Tell whether tags, in the order they stand in, are followed by those that must."""
    after = 0
    for tag, must_follow in of_text:
        after = tags.index(tag, after) + 1
        if tags[after : after + 1] != [must_follow]:
            return False
    return True


def _is_of_the_web(address: str) -> bool:
    """Tell whether an address surely is a whole one, which can be taken apart."""
    is_plain = address.isascii() and "[" not in address and "]" not in address
    return is_plain and address.startswith(_WEB)
