"""Pointing: the places of a site that a file points to, and those in it that can be pointed to.

In: a file of the site. Out: a small `Pointing`, which is kept: whether all links of a file lead
somewhere is asked in each build, but a file is read again only when it changed. Lines are not kept;
where a link is dead, `check_page` reads the file once more and tells where it stands.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from briefbook.checking.links import addresses_in, targets_of
from briefbook.checking.pagelinks import read_links
from briefbook.checking.pagetags import Target, Told, told_by, told_by_tags

_PAGE = ".html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointing:
    """What a file points to, each once and sorted, and what can be pointed to in it."""

    relative: tuple[Target, ...] = ()
    other: tuple[Target, ...] = ()  # further ones, by links that name the address of the site
    ids: tuple[str, ...] | None = None  # sorted; None: it is no page
    has_twins: bool = False  # some id stands twice


def read_pointing(path: str, content: bytes, base_url: str) -> Pointing:
    """Return what a file points to; `base_url` is where the site will stand."""
    if not path.endswith(_PAGE):
        addresses = addresses_in(path, content, base_url)
        return Pointing(other=_sorted(targets_of(path, addresses, base_url)))
    told = told_by_tags(path, content, base_url) or _told_by_links(path, content, base_url)
    return Pointing(
        relative=_sorted(told.relative),
        other=_sorted(told.named),
        ids=tuple(sorted(told.ids)),
        has_twins=told.has_twins,
    )


def _told_by_links(path: str, content: bytes, base_url: str) -> Told:
    """Return what any page tells."""
    page = read_links(content)
    ids = (*page.ids, *(identity for identity, _ in page.twice))
    return told_by(path, (address for address, _ in page.links), ids, base_url)


def is_dead(
    target: Target,
    has_path: Callable[[str], bool],
    ids_of: Callable[[str], Collection[str] | None],
) -> bool:
    """Tell whether a link leads nowhere, as `check_page` does."""
    to, fragment = target
    if not has_path(to):
        return True
    ids = ids_of(to) if fragment else None
    return ids is not None and fragment not in ids


def _sorted(targets: Iterable[Target]) -> tuple[Target, ...]:
    return tuple(sorted(targets))
