"""The files of a site: which there are, which have changed, and how they are made.

Joins publishing for `composing.py`, as questions of which the memory keeps the answers. Nothing is
written.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import starmap
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefbook import publishing
from briefbook.asking import Question, Row
from briefbook.linking import Linking
from briefbook.model import OutputFile, Site
from briefbook.problems import Problem, in_order
from briefbook.publishing import (
    entry_address,
    output_path,
    read_assets,
    read_own,
    read_words,
    templates_mark,
)
from briefbook.remembering import Memory, Touched
from briefbook.timings import Timed, untimed
from briefbook.working import Workforce, alone

if TYPE_CHECKING:
    from briefbook.publishing import Made, Publisher


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What was told anew in this build; of the first build all there is."""

    entries: frozenset[str]  # slugs
    addresses: frozenset[str]  # published ones
    fixed: frozenset[str]  # addresses that do not depend on entries
    # There are parts now that there were not: what could stand there was not looked at before.
    has_new_parts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """The files of the site, and what is amiss with them."""

    written: tuple[str, ...]  # addresses whose content is another than before, in order of writing
    removed: tuple[str, ...]  # addresses at which nothing stands any more
    problems: tuple[Problem, ...]
    fresh: tuple[str, ...]  # public addresses that are not in published.txt yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Composer:
    """Makes the files of a site."""

    memory: Memory
    publisher: "Publisher"
    entry_rows: Question[tuple[Row, ...]]
    story_rows: Question[tuple[Row, ...]]
    published_rows: Question[tuple[Row, ...]]
    slug_rows: Question[tuple[Row, ...]]
    owned_rows: Question[tuple[Row, ...]]
    subject_rows: Question[tuple[Row, ...]]
    address_rows: Question[tuple[Row, ...]]
    part_rows: Question[tuple[Row, ...]]  # about the address of a part of the site map
    made_rows: Question[tuple[Row, ...]]
    # About "": public addresses that were not in published.txt in the build before; None: nobody
    # knows of any.
    fresh: Question[tuple[str, ...] | None]


def composer_of(memory: Memory, publisher: "Publisher") -> Composer:
    """Return what makes the files of a site from what publishing was given."""
    contents, subjects = publisher.contents, publisher.subjects
    given = contents.given
    ask = partial(memory.question, is_large=True)  # what stands in groups is not asked for again
    return Composer(
        memory=memory,
        publisher=publisher,
        entry_rows=ask("entry rows", lambda slug: publishing.entry_rows(given, slug)),
        story_rows=ask("story rows", lambda key: publishing.story_rows(given, key)),
        published_rows=ask(
            "published rows", lambda address: publishing.published_rows(given, address)
        ),
        slug_rows=ask("slug rows", lambda about: publishing.slug_rows(contents, about)),
        owned_rows=ask("owned rows", lambda about: publishing.owned_rows(subjects, about)),
        subject_rows=ask("subject rows", lambda about: publishing.subject_rows(subjects, about)),
        address_rows=ask(
            "address rows", lambda address: publishing.address_rows(publisher, address)
        ),
        part_rows=ask("part rows", lambda address: publishing.address_rows(publisher, address)),
        made_rows=ask("made rows", lambda address: publishing.made_rows(publisher, address)),
        fresh=memory.told("fresh"),
    )


def plan_files(
    composer: Composer, changes: Changes, stories: Iterable[str], names: Iterable[str]
) -> set[str]:
    """Bring all lists of a site up to what is told, and return where other things may stand now.

    Args:
        composer: What makes them.
        changes: What was told anew.
        stories: Keys of the stories that have other entries now.
        names: Kind and key of the names that stand in other entries now.
    """
    memory = composer.memory
    touched: Touched = {"stories": set(stories), "mentions": set(names)}
    _touch(touched, memory.regroup(composer.entry_rows, changes.entries))
    subject_addresses = filter(publishing.subject_at, changes.addresses)  # others have no rows
    _touch(touched, memory.regroup(composer.published_rows, subject_addresses))
    _touch(touched, memory.regroup(composer.story_rows, touched["stories"]))
    memory.regroup(composer.slug_rows, touched["mentions"])
    memory.regroup(composer.owned_rows, touched["mentions"])
    subjects = touched["mentions"] | set(publishing.outlets_among(touched))
    _touch(touched, memory.regroup(composer.subject_rows, subjects))
    wanted = {*changes.fixed, *_addresses(touched)}
    wanted |= {a for slug in changes.entries for a in publishing.addresses_of("entry", slug)}
    if changes.has_new_parts:
        families = {family: memory.keys_of(family) for family in publishing.PLACED}
        wanted |= {*_addresses(families)}
    site = composer.publisher.contents.site
    addresses = {*changes.addresses, *(a for a in wanted if publishing.is_made(site, a))}
    # What was new in the build before is in published.txt now, and stands there already.
    addresses -= {*(memory.before(composer.fresh, "") or ())}
    # Where nothing stood something may stand now, such as drafts that are shown.
    addresses |= memory.suspects(composer.address_rows)
    memory.regroup(composer.address_rows, addresses)
    return addresses.union(_plan_map(composer))


def _plan_map(composer: Composer) -> tuple[str, ...]:
    """Bring the list of files up to the parts of the site map, and return where new ones stand.

    How it is cut depends on all that stands in it, so this comes last.
    """
    memory, map_cut = composer.memory, composer.publisher.map_cut
    parts = map_cut("").parts
    if not memory.has_changed(map_cut, ""):
        parts = ()
    memory.regroup(composer.part_rows, parts)
    return parts


def fresh_addresses(
    composer: Composer, addresses: Collection[str], was_published: Callable[[str], bool]
) -> tuple[str, ...]:
    """Return the public addresses that are not in published.txt yet, sorted.

    Only those can be among them that were in the build before, and those where another thing may
    stand now, or of which published.txt says another thing.

    Args:
        composer: Knows what stands where.
        addresses: What `plan_files` returned.
        was_published: Tells whether an address was ever published.
    """
    memory, planned = composer.memory, composer.publisher.planned
    known = {*(memory.before(composer.fresh, "") or ()), *addresses}
    new = (address for address in known if not was_published(address))
    fresh = tuple(sorted(a for a in new if (stands := planned(a)) and stands.is_public))
    memory.tell(composer.fresh, "", fresh)
    return fresh


def _addresses(touched: Mapping[str, Collection[str]]) -> Iterator[str]:
    """Yield the addresses at which something may stand because of groups."""
    for family, keys in touched.items():
        for key in keys:
            yield from publishing.addresses_of(family, key)


def _touch(touched: Touched, more: Touched) -> None:
    for family, keys in more.items():
        touched.setdefault(family, set()).update(keys)


_OF_ENTRIES = publishing.kind(entry_address("x"))


# CPU seconds that printing the page of an entry takes; measured on news of 400 words.
PRINTING_SECONDS = 0.001


def _printing_seconds(*_: object) -> float:
    """Estimate what printing the page of an entry takes."""
    return PRINTING_SECONDS


def _printed_here(
    print_page: Callable[..., "Made | None"], given: Sequence[tuple[Any, ...]]
) -> Iterator["Made | None"]:
    return starmap(print_page, given)


def make_files(
    composer: Composer,
    addresses: Collection[str],
    fresh: tuple[str, ...],
    timed: Timed = untimed,
    workers: Workforce = alone,
    linking: Linking | None = None,
) -> Composed:
    """Make the files of a site that are new, and those that may be others now.

    Args:
        composer: What makes them.
        addresses: Where other things may stand now; all addresses made before are known.
        fresh: The public addresses that are not in published.txt yet.
        timed: Put around the making of each, told of which kind it is.
        workers: Who prints the pages of entries; they can read the templates.
        linking: What will be asked for the links of all that is made; None: nobody will.
    """
    memory, publisher = composer.memory, composer.publisher
    ordered, removed = _in_turn(composer, addresses)
    looked_at: set[str] = set()
    faulty: list[str] = []

    def look_at(address: str) -> None:
        """Do all that the content is wanted for, which is large, while it is at hand."""
        made = publisher.made(address)
        if made and made.problems:
            faulty.append(address)  # of all others nothing need be kept
        if linking:
            linking.read(address)
        looked_at.add(address)

    kinds = {address: publishing.kind(address) for address in ordered}
    entries = [address for address, kind in kinds.items() if kind == _OF_ENTRIES]
    with timed(_OF_ENTRIES, len(entries)):
        print_all = linking.print_all(workers, _printing_seconds) if linking else _printed_here
        memory.ask_all(publisher.made, entries, print_all, look_at)
    for address, kind in kinds.items():
        if address not in looked_at:
            with timed(kind, int(kind != _OF_ENTRIES)):
                look_at(address)
    memory.regroup(composer.made_rows, faulty)
    return Composed(
        written=tuple(a for a in ordered if memory.has_changed(publisher.made, a)),
        removed=removed,
        problems=publishing.problems_of(publisher, fresh),
        fresh=fresh,
    )


def _in_turn(
    composer: Composer, addresses: Iterable[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return where something has to be made, in order of writing, and where nothing stands now."""
    memory, publisher = composer.memory, composer.publisher
    turns: list[tuple[int, str]] = []
    removed: list[str] = []
    for address in {*addresses, *memory.suspects(publisher.made)}:
        planned = publisher.planned(address)
        if planned is not None:
            turns.append((planned.turn, address))
        elif memory.before(publisher.made, address) is not None:
            removed.append(address)
    return tuple(address for _, address in sorted(turns)), tuple(sorted(removed))


@dataclass(frozen=True, slots=True)
class Dress:
    """What pages are dressed in."""

    templates: Mapping[str, bytes]  # the site's own by name, which win over the bundled ones
    mark: str  # what tells these templates from any others
    assets: Mapping[str, bytes]
    problems: tuple[Problem, ...]


def read_dress(site: Site, templates: Path | None) -> Dress:
    """Read the templates of a site, and say what is wrong with them."""
    own = read_own(templates)
    _, misworded = read_words(site, own.files)
    return Dress(
        templates=own.texts,
        mark=templates_mark(own),
        assets=read_assets(own),
        problems=in_order([*misworded, *own.problems]),
    )


def output_file(publisher: "Publisher", address: str) -> OutputFile | None:
    """Return the file that was made at an address; None where it could not be."""
    planned, made = publisher.planned(address), publisher.made(address)
    if planned is None or made is None or made.content is None:
        return None
    return OutputFile(path=output_path(address), content=made.content, made_from=planned.made_from)
