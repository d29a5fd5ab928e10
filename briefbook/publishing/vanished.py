"""Addresses that were published and have nothing behind them now -> what is wrong, and the fix.

In: those addresses. Out: an error for each, what stands below it counted with it. An answer that
says "withdrawn" is right only where an editor said so: in an entry, or in site.yaml.
"""

from collections.abc import Collection, Iterator, Sequence

from briefbook.model import Publication
from briefbook.problems import Place, Problem, error
from briefbook.publishing import urls

_PUBLISHED = Place("published.txt")
_NEVER = "if it was never public, delete the line from published.txt"


def vanished(addresses: Sequence[str], publication: Publication) -> Iterator[Problem]:
    """Yield an error for each address that answers nothing but that it is gone.

    Args:
        addresses: Those where a page or an empty feed says so, sorted.
        publication: What is published now.
    """
    told = _told(publication)
    missing = [address for address in addresses if address not in told]
    moved = _perhaps_moved(missing, publication)
    for address, below in _tops(missing):
        yield error(_PUBLISHED, _what(address, below), _fix(address, moved))


def _told(publication: Publication) -> frozenset[str]:
    """Return the addresses of which an editor said that what stood there is gone."""
    told = {urls.story(each.story) for each in publication.withdrawn if each.story}
    if not publication.site.search:
        told.add(urls.SEARCH)
    return frozenset(told)


def _tops(addresses: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Yield the addresses that are below no other, and how many are below each.

    Sorted as they are, what is below a page follows it at once.
    """
    top, below = "", 0
    for address in addresses:
        if top and urls.is_page(top) and top != urls.HOME and address.startswith(top):
            below += 1
            continue
        if top:
            yield top, below
        top, below = address, 0
    if top:
        yield top, below


def _perhaps_moved(missing: Collection[str], publication: Publication) -> str:
    """Return the slug of the one entry whose address is new, where the one of one is missing."""
    gone = [address for address in missing if address.startswith(urls.ENTRIES)]
    known = frozenset(publication.addresses)
    new = [each.slug for each in publication.entries if urls.entry(each.slug) not in known]
    return new[0] if len(gone) == len(new) == 1 else ""


def _what(address: str, below: int) -> str:
    if not urls.is_page(address):
        return f"{address} was published and is no feed now, so it answers as an empty one"
    more = f", nor at {below} {'address' if below == 1 else 'addresses'} below it" if below else ""
    return (
        f"{address} was published and nothing stands there now{more}, so a page says that it was"
        " withdrawn"
    )


def _fix(address: str, moved: str) -> str:
    top, _, slug = address.strip("/").partition("/")
    if f"/{top}/" == urls.ENTRIES:
        where = "the entry that replaces it"
        if moved:
            where = f"the entry '{moved}', if that is where it went"
        return (
            "put its file back into briefings/ and write `status: withdrawn` in it, or write"
            f" `aliases: [{slug}]` in {where}; {_NEVER}"
        )
    if f"/{top}/" == urls.STORIES:
        return f"write `former_stories: [{slug}]` in the entries that were filed there; {_NEVER}"
    if f"/{top}/" == urls.TOPICS and slug:
        slug = slug.partition("/")[0]
        return (
            f"write `aliases: [{slug}]` under the topic in site.yaml that has its entries now, or"
            f" put the topic back; {_NEVER}"
        )
    return f"bring back what stood there; {_NEVER}"
