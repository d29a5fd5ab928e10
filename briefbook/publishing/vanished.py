"""Addresses that were published and have nothing behind them now -> what answers there.

In: all addresses ever published, and what is planned now. Out: a page or an empty feed for each
that is not among it, and an error with its fix where it should be. An answer that says "withdrawn"
is right only where an editor said so: in an entry, or in site.yaml.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from briefbook.problems import Place, Problem, error, warning
from briefbook.publishing import channels, pages, urls
from briefbook.publishing.contents import EVERYTHING, Contents
from briefbook.publishing.parts import is_made
from briefbook.publishing.planned import Planned, Turn
from briefbook.publishing.press import Press

MADE_FROM = "published.txt"
_PUBLISHED = Place(MADE_FROM)
_NEVER = "if it was never public, delete the line from published.txt"


def plan_answer(contents: Contents, address: str) -> Planned | None:
    """Return what answers at an address with nothing behind it; None: it was never published."""
    if not contents.was_published(address) or not _may_answer(address):
        return None
    comes_back = contents.given.kept_back(address)
    is_resting = _rests(contents, address) if comes_back is None else comes_back
    is_told = comes_back is not None or _is_unwanted(contents, address)
    return Planned(made_from=MADE_FROM, turn=Turn.PARTS, is_gone=not is_resting and not is_told)


def make_answer(press: Press, address: str) -> str | bytes:
    """Return a page that says what became of an address, or an empty feed."""
    if urls.is_feed(address):
        return channels.empty(press, address)
    comes_back = press.contents.given.kept_back(address)
    is_resting = _rests(press.contents, address) if comes_back is None else comes_back
    return pages.gone(press, address, is_resting=is_resting)


def no_address(contents: Contents, address: str) -> tuple[Problem, ...]:
    """Return a warning where a published address is none at which anything could answer."""
    if not contents.was_published(address) or _may_answer(address):
        return ()
    what = f"{address!r} is no address of a page or feed"
    return (warning(_PUBLISHED, what, "take the line out, or write it like /briefings/some-slug/"),)


def _may_answer(address: str) -> bool:
    return urls.is_safe(address) and (urls.is_page(address) or urls.is_feed(address))


def _is_unwanted(contents: Contents, address: str) -> bool:
    """Tell whether site.yaml says that there is no such page or feed."""
    return not is_made(contents.site, address)


def _rests(contents: Contents, address: str) -> bool:
    """Tell whether an address only waits for a mistake in an entry to be mended.

    The entry's own address does; of lists, stories and the like it cannot be told, so while any
    entry is left out none of them is called withdrawn.
    """
    faulty = contents.given.faulty
    slug = urls.slug_at(address, urls.ENTRIES)
    return bool(faulty(slug)) if slug else bool(faulty(""))


# --------------------------------------------------------------------------- what is amiss


def vanished(
    contents: Contents, addresses: Sequence[str], fresh: Collection[str]
) -> Iterator[Problem]:
    """Yield an error for each address that answers nothing but that it is gone.

    Args:
        contents: What is published now.
        addresses: Those where a page or an empty feed says so, sorted.
        fresh: The public addresses that are not in published.txt yet.
    """
    moved = _perhaps_moved(contents, addresses, fresh)
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


def _perhaps_moved(contents: Contents, missing: Collection[str], fresh: Collection[str]) -> str:
    """Return the slug of the one entry whose address is new, where the one of one is missing."""
    gone = [address for address in missing if address.startswith(urls.ENTRIES)]
    if len(gone) != 1:
        return ""
    slugs = (urls.slug_at(address, urls.ENTRIES) for address in fresh)
    shown = (slug for slug in slugs if slug and contents.is_shown(slug))
    new = [*contents.unlisted.newest(EVERYTHING, 2), *islice(shown, 2)]
    return new[0] if len(new) == 1 else ""


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
