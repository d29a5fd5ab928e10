"""Linking: which files of a site have links that lead nowhere, from what is kept of their links.

A file is read when it is made anew, the page of an entry by who prints it. All others are looked at
by their kept links, and only when something vanished they may have pointed to; files with dead
links are looked at in each build.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, cast

from briefbook.asking import Question
from briefbook.checking.links import check_page, read_addresses
from briefbook.checking.pagelinks import read_links
from briefbook.checking.pagetags import Target
from briefbook.checking.pointing import Pointing, is_dead, read_pointing
from briefbook.checking.written import Where
from briefbook.problems import Problem, in_order
from briefbook.publishing import Made, address_of, is_site_map, path_of
from briefbook.remembering import Memory
from briefbook.working import Workforce

if TYPE_CHECKING:
    from briefbook.publishing import Publisher, ToPrint

# Addresses of files with dead relative links, and of those with other dead ones.
Dead = tuple[tuple[str, ...], tuple[str, ...]]

_Given = tuple["Made | ToPrint | None"]
_Print = Callable[["Made | ToPrint | None"], Made | None]


class Linking:
    """The links of a site, build after build."""

    def __init__(self, memory: Memory, publisher: "Publisher", base_url: Callable[[], str]) -> None:
        self._memory = memory
        self._publisher = publisher
        self._base_url = memory.question("base url", lambda _: base_url())
        self._pointing = memory.question("links", self._read)
        self._dead: Question[Dead | None] = memory.told("dead links")
        self._ahead: dict[str, Pointing] = {}  # by address, of pages that were just printed

    def print_all(
        self, workers: Workforce, seconds: Callable[..., float]
    ) -> Callable[[_Print, Sequence[_Given]], Iterator[Made | None]]:
        """Return what prints many pages, and has each read where it is printed.

        Args:
            workers: Who prints.
            seconds: About how long a page takes; takes what a page is printed by, and of.
        """

        def each(print_page: _Print, given: Sequence[_Given]) -> Iterator[Made | None]:
            calls = [(print_page, what) for (what,) in given]
            printed = workers.map(_printed, calls, seconds)
            for (_, what), (made, pointing) in zip(calls, printed, strict=True):
                if pointing:
                    self._ahead[cast("ToPrint", what).address] = pointing
                yield made

        return each

    def read(self, address: str) -> None:
        """Read the links of a file that was just made, while its content is at hand."""
        self._pointing(address)
        self._ahead.pop(address, None)

    def dead(self, written: Sequence[str], removed: Sequence[str]) -> Dead:
        """Return the addresses of files with links that lead nowhere.

        Args:
            written: Where another content stands than in the build before, or none that could be
                made; all addresses if nothing is known of that build.
            removed: Where nothing stands any more.
        """
        memory = self._memory
        unmade = {*self._publisher.unmade.members("")}
        looked_at = {*written, *memory.suspects(self._pointing)}
        looked_at = {address for address in looked_at if self._publisher.planned(address)}
        if unmade.isdisjoint(looked_at):
            gone = [(path_of(address),) for address in removed]
            lost = [*gone, *self._lost_places(looked_at)]
            pointing = memory.keys_holding(self._pointing, lost)
            looked_at.update(address for address in pointing if self._publisher.planned(address))
        else:  # whoever points there may be anybody
            looked_at.update(self._publisher.files.members(""))
        known = memory.before(self._dead, "") or ((), ())
        looked_at.update(a for each in known for a in each if self._publisher.planned(a))
        found = self._look(looked_at - unmade, self._stands(unmade))
        memory.tell(self._dead, "", found)
        return found

    def _lost_places(self, addresses: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield path and id of what could be pointed to in the build before and cannot be now."""
        for address in addresses:
            was = self._memory.before(self._pointing, address)
            if was and was.ids:
                for identity in sorted({*was.ids}.difference(self._pointing(address).ids or ())):
                    yield path_of(address), identity

    def problems(
        self, addresses: Iterable[str], base_url: str, where: Where
    ) -> tuple[Problem, ...]:
        """Return what is wrong with the links of some files.

        Args:
            addresses: Those of the files, in order of writing.
            base_url: Where the site will stand; "": only relative links are told.
            where: Finds where a link of a page was written.
        """
        has_path = self._stands({*self._publisher.unmade.members("")})
        pages: list[Problem] = []
        others: list[Problem] = []
        for address in addresses:
            made, path = self._memory.peek(self._publisher.made, address), path_of(address)
            content = (made.content if made else None) or b""
            if path.endswith(".html"):
                links = read_links(content)
                pages += check_page(path, links, has_path, self._ids_of, base_url, where)
            else:
                links = read_addresses(path, content, base_url)
                others += check_page(path, links, has_path, self._ids_of, base_url)
        return in_order([*pages, *others])

    def _read(self, address: str) -> Pointing:
        made, base_url = self._publisher.made(address), self._base_url("")
        # The map names addresses that are planned, and is not made where one of them could not be.
        if made is None or made.content is None or is_site_map(address):
            return Pointing()
        ahead = self._ahead.get(address)
        return ahead or read_pointing(path_of(address), made.content, base_url)

    def _look(self, addresses: Iterable[str], stands: Callable[[str], bool]) -> Dead:
        relative, other = [], []
        known: set[Target] = set()
        dead: set[Target] = set()
        for address in sorted(addresses):
            points = self._points(address)
            new = {*points.relative, *points.other} - known
            known |= new
            dead.update(to for to in new if is_dead(to, stands, self._ids_of))
            if points.has_twins or not dead.isdisjoint(points.relative):
                relative.append(address)
            if not dead.isdisjoint(points.other):
                other.append(address)
        return tuple(relative), tuple(other)

    def _points(self, address: str) -> Pointing:
        return self._memory.peek(self._pointing, address) or self._pointing(address)

    def _stands(self, unmade: set[str]) -> Callable[[str], bool]:
        memory, planned = self._memory, self._publisher.planned

        @cache
        def stands(path: str) -> bool:
            address = address_of(path)
            if path_of(address) != path or address in unmade:
                return False
            # Asking for what nobody planned would keep an answer for each dead link.
            return memory.knows(planned, address) and planned(address) is not None

        return stands

    def _ids_of(self, path: str) -> Collection[str] | None:
        return self._points(address_of(path)).ids


def _printed(
    print_page: _Print, what: "Made | ToPrint | None"
) -> tuple[Made | None, Pointing | None]:
    """Return what was made, and where a page was printed what it points to."""
    made = print_page(what)
    if what is None or isinstance(what, Made) or made is None or made.content is None:
        return made, None
    base_url = what.outfit.site.base_url
    return made, read_pointing(path_of(what.address), made.content, base_url)
