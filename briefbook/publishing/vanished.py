"""Addresses that were published and have nothing behind them now -> what answers there.

In: all addresses ever published, and what is planned now. Out: a page or an empty feed for each
that is not among it, and an error with its fix where it should be. An answer that says "withdrawn"
is right only where an editor said so: in an entry, or in site.yaml.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

from briefbook.model import Publication
from briefbook.problems import Place, Problem, error, warning
from briefbook.publishing import urls
from briefbook.publishing.parts import is_made
from briefbook.publishing.planned import Planned
from briefbook.publishing.planning import answer
from briefbook.publishing.views import Press

_PUBLISHED = Place("published.txt")
_NEVER = "if it was never public, delete the line from published.txt"


def answers(
    press: Press, publication: Publication, planned: Iterable[Planned]
) -> tuple[list[Planned], list[Problem]]:
    """Return what answers at addresses that were published once and have nothing now."""
    alive = {each.address for each in planned}
    told = _told_by_entries(publication)
    answering: list[Planned] = []
    problems: list[Problem] = []
    gone: list[str] = []
    for address in publication.addresses:
        if address in alive:
            continue
        if not urls.is_safe(address) or not (urls.is_page(address) or urls.is_feed(address)):
            problems.append(
                warning(
                    _PUBLISHED,
                    f"{address!r} is no address of a page or feed",
                    "take the line out, or write it like /briefings/some-slug/",
                )
            )
            continue
        is_resting = told.get(address, _rests(address, publication))
        answering.append(answer(press, address, is_resting=is_resting))
        if not is_resting and address not in told and not _is_unwanted(address, publication):
            gone.append(address)
    return answering, [*problems, *vanished(gone, publication)]


def _told_by_entries(publication: Publication) -> dict[str, bool]:
    """Return the addresses of which an entry says what became of them, and whether it comes back.

    Nothing is amiss there, or what is amiss was said of the entry.
    """
    told = {urls.story(each.story): False for each in publication.withdrawn if each.story}
    for each in publication.kept_back:
        for address in (*map(urls.entry, each.slugs), *map(urls.story, each.stories)):
            told[address] = told.get(address, False) or each.comes_back
    return told


def _is_unwanted(address: str, publication: Publication) -> bool:
    """Tell whether site.yaml says that there is no such page or feed."""
    return not is_made(publication.site, address)


def _rests(address: str, publication: Publication) -> bool:
    """Tell whether an address only waits for a mistake in an entry to be mended.

    The entry's own address does; of lists, stories and the like it cannot be told, so while any
    entry is left out none of them is called withdrawn.
    """
    if not publication.faulty:
        return False
    entries = {urls.entry(slug) for slug in publication.faulty}
    return address in entries or not address.startswith(urls.ENTRIES)


# --------------------------------------------------------------------------- what is amiss


def vanished(addresses: Sequence[str], publication: Publication) -> Iterator[Problem]:
    """Yield an error for each address that answers nothing but that it is gone.

    Args:
        addresses: Those where a page or an empty feed says so, sorted.
        publication: What is published now.
    """
    moved = _perhaps_moved(addresses, publication)
    for address, below in _tops(addresses):
        yield error(_PUBLISHED, _what(address, below), _fix(address, moved))


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
