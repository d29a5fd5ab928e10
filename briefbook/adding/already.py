"""A text that is offered -> what of it is there already.

Pure. The same text is there when its characters are, but for white space and the header. The same
article is there when its address is, or when the same outlet has one that says nearly the same. A
copy that another outlet carries is an article of its own: that is how origins are counted.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from briefbook.briefing import Briefings, Likeness, LoadedEntry, find_like
from briefbook.filing import source_item
from briefbook.model import Article, Entry, Site, SourceFile
from briefbook.text.spellings import Spellings
from briefbook.text.weburls import address_key
from briefbook.text.words import collapsed, folded

# Two reports of one event share up to about 0.1 of their runs of words, a thorough revision half
# (`briefing/likeness.py`). Under one headline or address less is enough.
_REVISED = 0.6
_UNDER_ONE_HEADLINE = 0.3
_UNDER_ONE_ADDRESS = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is there of a text."""

    why: str  # what is the same, such as "this is the same text"
    source: SourceFile | None  # None: the text of the entry is not there any more
    loaded: LoadedEntry | None  # None: no entry was made of it yet
    is_same: bool = False  # the very same text, but for white space and its header

    @property
    def outlet(self) -> str | None:
        """Who published it, as the entry says, or the header of a text without one."""
        if self.loaded:
            return self.loaded.entry.outlet
        return self.source.header.outlet if self.source else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A text that is offered, read and parsed."""

    source: SourceFile
    article: Article

    @property
    def text(self) -> SourceFile:
        """What was kept of it, mended, for comparing with the bodies of entries."""
        lines = tuple(source_item(self.source, self.article).text.split("\n"))
        return replace(self.source, lines=lines)


def find_known(
    offer: Offer,
    sources: Mapping[str, SourceFile],
    owned: Mapping[str, LoadedEntry],
    briefings: Briefings,
    site: Site,
) -> Known | None:
    """Return what is there of a text, the likest first; None where it is new.

    Args:
        offer: The text.
        sources: All that are there, by path.
        owned: The entries that were made of them, by the path of the source.
        briefings: All entries there are.
        site: What `site.yaml` says.
    """
    spellings = Spellings(outlet.spellings for outlet in site.outlets)
    homes = {loaded.path: sources[path] for path, loaded in owned.items()}
    articles = _same_articles(offer, briefings.entries, homes, spellings)
    found = (*_same_texts(offer, sources, owned), *articles)
    return next((known for known in found if _may_be_one(offer, known, spellings)), None)


def _same_texts(
    offer: Offer, sources: Mapping[str, SourceFile], owned: Mapping[str, LoadedEntry]
) -> Iterator[Known]:
    text = _plain(offer.source)
    for source in sources.values():
        if _plain(source) != text:
            continue
        exactly = "" if source.lines == offer.source.lines else ", but for white space"
        yield Known(
            why=f"this is the same text{exactly}",
            source=source,
            loaded=owned.get(source.path),
            is_same=True,
        )


def _same_articles(
    offer: Offer,
    entries: Sequence[LoadedEntry],
    homes: Mapping[str, SourceFile],
    spellings: Spellings,
) -> Iterator[Known]:
    likeness = find_like(offer.text, entries)
    shares = {one.loaded.path: one for one in likeness}
    here = address_key(offer.article.url or "")
    others = [loaded for loaded in entries if loaded.path not in shares]
    for loaded in (*(one.loaded for one in likeness), *others):
        home = homes.get(loaded.path)
        parsed = loaded.entry.parsed
        if home is None and parsed and parsed.sha256 == offer.source.sha256:
            continue  # its text was taken away, and comes back
        one = shares.get(loaded.path, Likeness(loaded, 0.0, 0.0))
        if why := _same_article(offer, loaded.entry, one, here, spellings):
            yield Known(why=why, source=home, loaded=loaded)


def _same_article(
    offer: Offer, entry: Entry, one: Likeness, here: str, spellings: Spellings
) -> str:
    """Say why a text and an entry are one article; "" where they are not."""
    article, share = offer.article, max(one.kept, one.held)
    days = _days(article.published, entry.published)
    is_on_one_day = len(days) < 2 or days[0] == days[1]
    if (
        here
        and here == address_key(entry.url or "")
        and (is_on_one_day or share >= _UNDER_ONE_ADDRESS)
    ):
        return f"the article at {entry.url} is there already"
    is_of_one = _are_one_outlet(article.outlet, entry.outlet, spellings)
    whose = f" from {entry.outlet}" if is_of_one else ""
    # Where an outlet is not known, one may have taken a part of the other's text.
    if (share if is_of_one else min(one.kept, one.held)) >= _REVISED:
        return f"nearly the same text{whose} is there already"
    has_one_headline = folded(article.title or "") == folded(entry.title)
    if has_one_headline and is_on_one_day and share >= _UNDER_ONE_HEADLINE:
        return f"an article{whose} with this headline is there already"
    return ""


def _are_one_outlet(one: str | None, other: str | None, spellings: Spellings) -> bool:
    return bool(one and other) and spellings.key(one or "") == spellings.key(other or "")


def _may_be_one(offer: Offer, known: Known, spellings: Spellings) -> bool:
    """Tell whether nothing says that another outlet carries the text."""
    here, there = offer.article.outlet, known.outlet
    return not here or not there or spellings.key(here) == spellings.key(there)


def _days(*moments: date | datetime | None) -> list[date]:
    return [
        moment.date() if isinstance(moment, datetime) else moment for moment in moments if moment
    ]


def _plain(source: SourceFile) -> str:
    return collapsed("\n".join(source.lines))
