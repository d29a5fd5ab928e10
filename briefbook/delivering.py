"""Delivering: what of a composed site is another thing now -> the output folder.

What was written in each output folder is noted in the build state. A build looks at what it made
anew, and at files that do not stand as they were noted; contents of all others are not even loaded.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

from briefbook.composing import Composition
from briefbook.publishing import (
    SEARCH_FOLDER,
    Noted,
    OutputFolder,
    SearchIndex,
    WriteReport,
    address_of,
    output_path,
    path_of,
)
from briefbook.remembering import Store
from briefbook.sitefiles import Composed

# Facts of the build state: how many builds it has seen, and at which one a folder was written.
_BUILDS = "builds"
_WRITTEN_AT = "written at "


class Delivery:
    """One build's way to an output folder: first `write`, then `end` with what comes last."""

    def __init__(
        self, composition: Composition, composed: Composed, output: Path, store: Store
    ) -> None:
        """Begin.

        Args:
            composition: Has all files of the site.
            composed: What of them is another thing since the build before.
            output: The folder; made if it is not there.
            store: What was noted of it; what stands there now is noted, and kept with the next
                commit.

        Raises:
            ProblemError: The folder is a project, or no folder.
        """
        self._composition = composition
        self._composed = composed
        self._store = store
        self._folder = OutputFolder(output)
        self._name = str(output.resolve())
        self._noted = {path: Noted(*known) for path, *known in store.outputs(self._name)}
        self._paths: set[str] = set()

    def write(self, watch: Callable[[Sequence[str]], Iterable[str]] = iter) -> None:
        """Write the files of the site that are others, or do not stand as they were left.

        Args:
            watch: Put around the addresses meanwhile, for a progress bar.
        """
        composition = self._composition
        addresses = self._addresses()
        self._folder.begin(self._paths)
        for address in watch(addresses):
            content = composition.content(address)
            assert content is not None  # or it would be among the unmade
            self._folder.put(path_of(address), content)  # what was made stands at a safe address

    def end(self, index: SearchIndex) -> WriteReport:
        """Write the search index, remove what is no longer made, and note what stands there."""
        paths = self._paths.union(index.paths)
        self._folder.begin(paths)
        for path in self._unlike(index):
            self._folder.put(path, index.content(path))
        report = self._folder.end(paths)
        _note(self._store, self._name, self._noted.keys() - paths, self._folder)
        return report

    def _is_known(self) -> bool:
        """Tell whether the folder was written by the build before, and by no other since."""
        store = self._store
        return bool(self._noted) and store.fact(_WRITTEN_AT + self._name) == store.fact(_BUILDS)

    def _unlike(self, index: SearchIndex) -> list[str]:
        """Return the files of the index that have to be looked at.

        What never has another content and stands as it was left, whatever build that was, is left.
        """
        known = index.paths if index.is_same and self._is_known() else index.lasting
        stands = {path: self._noted[path] for path in known if path in self._noted}
        for path in self._folder.touched(stands):
            del stands[path]
        return [path for path in index.paths if path not in stands]

    def _addresses(self) -> list[str]:
        """Return where files have to be looked at, in order of writing, and learn of all."""
        composition = self._composition
        unmade = {*composition.unmade()}
        if self._is_known():
            gone = unmade.union(self._composed.removed)
            site = {path: known for path, known in self._noted.items() if _is_of_site(path, gone)}
            other = {*self._composed.written, *map(address_of, self._folder.touched(site))}
            addresses = composition.in_order(other - unmade)
            self._paths = {*site, *map(output_path, addresses)}
        else:
            # Nothing is known of the folder, or other builds came between.
            addresses = [each for each in composition.addresses() if each not in unmade]
            self._paths = {*map(output_path, addresses)}
        return addresses


def _is_of_site(path: str, gone: Collection[str]) -> bool:
    """Tell whether a file that was written still belongs there; the index tells of its own."""
    return address_of(path) not in gone and not path.startswith(SEARCH_FOLDER)


def _note(store: Store, name: str, gone: Iterable[str], folder: OutputFolder) -> None:
    """Note what stands in an output folder at the end of this build."""
    store.change_outputs(name, gone, ((path, *known) for path, known in folder.noted.items()))
    before = store.fact(_BUILDS)
    builds = (before if isinstance(before, int) else 0) + 1
    store.set_fact(_BUILDS, builds)
    store.set_fact(_WRITTEN_AT + name, builds)
