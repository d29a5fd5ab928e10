"""Delivering: what of a composed site is another thing now -> the output folder.

What was written in each output folder is noted in the build state. A build looks at what it made
anew, and at files that do not stand as they were noted; contents of all others are not even loaded.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

from briefbook.composing import Composed, Composition
from briefbook.model import OutputFile
from briefbook.publishing import (
    SEARCH_FOLDER,
    Noted,
    OutputFolder,
    WriteReport,
    address_of,
    output_path,
)
from briefbook.remembering import Store

# Facts of the build state: how many builds it has seen, and at which one a folder was written.
_BUILDS = "builds"
_WRITTEN_AT = "written at "


def deliver(
    composition: Composition,
    composed: Composed,
    index: Sequence[OutputFile],
    output: Path,
    store: Store,
    watch: Callable[[Sequence[str]], Iterable[str]] = iter,
) -> WriteReport:
    """Make the output folder hold the files of a site and nothing else of ours.

    Args:
        composition: Has all files.
        composed: What of them is another thing since the build before.
        index: The files of the search index, which are written last.
        output: The folder; made if it is not there.
        store: What was noted of it; what stands there now is noted, and kept with the next commit.
        watch: Put around the addresses while their files are written, for a progress bar.

    Raises:
        ProblemError: The folder is a project, or no folder.
    """
    folder = OutputFolder(output)
    name = str(output.resolve())
    noted = {path: Noted(*known) for path, *known in store.outputs(name)}
    found = {file.path: file.content for file in index}
    unmade = {*composition.unmade()}
    if noted and store.fact(_WRITTEN_AT + name) == store.fact(_BUILDS):
        gone = unmade.union(composed.removed)
        site = {path: noted[path] for path in noted if _is_of_site(path, gone)}
        other = {*composed.written, *map(address_of, folder.touched(site))}
        addresses = composition.in_order(other - unmade)
        stands = {*site, *map(output_path, addresses)}
    else:
        # Nothing is known of the folder, or other builds came between.
        addresses = [address for address in composition.addresses() if address not in unmade]
        stands = {*map(output_path, addresses)}
    folder.begin(stands | found.keys())
    for address in watch(addresses):
        content = composition.content(address)
        assert content is not None  # or it would be among the unmade
        folder.put(output_path(address), content)
    for path, content in found.items():
        folder.put(path, content)
    report = folder.end(stands | found.keys())
    _note(store, name, noted.keys() - report.paths, folder)
    return report


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
