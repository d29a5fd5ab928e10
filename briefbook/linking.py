"""Linking: which files of a site have links that lead nowhere, from what is kept of their links.

A file is read when it is made anew. All others are looked at by their kept links, and only when
something vanished they may have pointed to; files with dead links are looked at in each build.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from briefbook.asking import Question
from briefbook.checking.links import check_page, read_addresses
from briefbook.checking.pagelinks import read_links
from briefbook.checking.pointing import Pointing, is_dead, read_pointing
from briefbook.checking.written import Where
from briefbook.problems import Problem, in_order
from briefbook.publishing import address_of, is_site_map, path_of
from briefbook.remembering import Memory

if TYPE_CHECKING:
    from briefbook.publishing import Publisher

# Addresses of files with dead relative links, and of those with other dead ones.
Dead = tuple[tuple[str, ...], tuple[str, ...]]


class Linking:
    """The links of a site, build after build."""

    def __init__(self, memory: Memory, publisher: "Publisher", base_url: Callable[[], str]) -> None:
        self._memory = memory
        self._publisher = publisher
        self._base_url = memory.question("base url", lambda _: base_url())
        self._pointing = memory.question("links", self._read)
        self._dead: Question[Dead | None] = memory.told("dead links")

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
        before = {each: memory.before(self._pointing, each) for each in looked_at}
        has_lost_ids = any(
            was and was.ids and not set(was.ids) <= {*(self._pointing(each).ids or ())}
            for each, was in before.items()
        )
        # Whoever pointed there does so no more, and may be anybody.
        if removed or has_lost_ids or not unmade.isdisjoint(before):
            looked_at.update(self._publisher.files.members(""))
        known = memory.before(self._dead, "") or ((), ())
        looked_at.update(a for each in known for a in each if self._publisher.planned(a))
        found = self._look(looked_at - unmade, self._stands(unmade))
        memory.tell(self._dead, "", found)
        return found

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
        made = self._publisher.made(address)
        # The map names addresses that are planned, and is not made where one of them could not be.
        if made is None or made.content is None or is_site_map(address):
            return Pointing()
        return read_pointing(path_of(address), made.content, self._base_url(""))

    def _look(self, addresses: Iterable[str], stands: Callable[[str], bool]) -> Dead:
        relative, other = [], []
        ids_of = cache(self._ids_of)
        for address in sorted(addresses):
            points = self._points(address)
            if points.has_twins or any(is_dead(to, stands, ids_of) for to in points.relative):
                relative.append(address)
            if any(is_dead(to, stands, ids_of) for to in points.other):
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

    def _ids_of(self, path: str) -> frozenset[str] | None:
        ids = self._points(address_of(path)).ids
        return None if ids is None else frozenset(ids)
