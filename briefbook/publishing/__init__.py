"""Publishing: Publication -> OutputFile -> disk.

`public_entry` decides what of an entry may be shown, `make_site` makes all files, `make_search` the
index of the finished pages, `write_site` puts them on the disk; `bundled` is where the templates
that come along lie, `languages` whose words serve a language. Other rooms use nothing else.
"""

from collections.abc import Iterable
from pathlib import Path

from jinja2 import TemplateError

from briefbook.model import OutputFile, Publication
from briefbook.problems import Place, Problem, ProblemError, in_order, warning
from briefbook.publishing import urls
from briefbook.publishing.body import BodyRenderer
from briefbook.publishing.planned import Planned
from briefbook.publishing.planning import answer, plan
from briefbook.publishing.public import is_full, public_entry, shown_body
from briefbook.publishing.search import indexed_pages, make_search
from briefbook.publishing.templates import (
    bundled,
    make_environment,
    read_assets,
    read_words,
    template_problem,
    unmerged,
)
from briefbook.publishing.urls import entry as entry_address
from briefbook.publishing.urls import published_entries, published_stories
from briefbook.publishing.vanished import vanished
from briefbook.publishing.views import Press, contents_of
from briefbook.publishing.words import languages
from briefbook.publishing.write import WriteReport, read_written, refuse_project, write_site

__all__ = [
    "WriteReport",
    "bundled",
    "entry_address",
    "indexed_pages",
    "is_full",
    "languages",
    "make_search",
    "make_site",
    "public_entry",
    "published_entries",
    "published_stories",
    "read_written",
    "refuse_project",
    "shown_body",
    "twin_file",
    "write_site",
]

_PUBLISHED = Place("published.txt")


def make_site(
    publication: Publication, templates: Path | None
) -> tuple[tuple[OutputFile, ...], tuple[Problem, ...], tuple[str, ...]]:
    """Return the files of a site in order of writing, the problems, and the public addresses.

    Args:
        publication: All that may be shown.
        templates: The site's own templates, which win over the bundled ones; None or a folder that
            is not there: it has none.

    Returns:
        Files, pages before the lists and feeds that point to them; problems by place; and all
        addresses of pages and feeds that were made and are for everybody, sorted.
    """
    words, misworded = read_words(publication.site, templates)
    without, unmerged_ones = unmerged(templates)
    press = Press(
        contents=contents_of(publication),
        bodies=BodyRenderer(publication.site, words),
        environment=make_environment(publication.site, templates, words, without),
        words=words,
    )
    planned = plan(press, publication, read_assets(templates, without))
    answers, dead = _answers(press, publication, planned)
    everything = (*answers, *planned)
    problems = [
        *misworded,
        *unmerged_ones,
        *dead,
        *urls.collisions((each.address, each.made_from) for each in everything),
    ]
    files: list[OutputFile] = []
    addresses: list[str] = []
    for each in _first_claims(everything):
        try:
            files.append(_made(each))
        except ProblemError as fault:
            problems += fault.problems
        except TemplateError as fault:
            problems.append(template_problem(fault, press.environment))
        else:
            if each.is_public:
                addresses.append(each.address)
    return tuple(files), in_order(problems), tuple(sorted(addresses))


def twin_file(slug: str) -> str:
    """Return the file inside the output folder that says for programs what an entry says."""
    return urls.output_path(urls.twin(urls.entry(slug)))


def _made(planned: Planned) -> OutputFile:
    path = urls.output_path(planned.address)
    content = planned.make()
    return OutputFile(
        path=path,
        content=content.encode() if isinstance(content, str) else content,
        made_from=planned.made_from,
    )


def _first_claims(planned: Iterable[Planned]) -> Iterable[Planned]:
    """Return what is first to want its address; file systems fold case."""
    first: dict[str, Planned] = {}
    for each in planned:
        first.setdefault(each.address.casefold(), each)
    return first.values()


def _answers(
    press: Press, publication: Publication, planned: Iterable[Planned]
) -> tuple[list[Planned], list[Problem]]:
    """Return what answers at addresses that were published once and have nothing now."""
    alive = {each.address for each in planned}
    told = _told_by_entries(publication)
    answers: list[Planned] = []
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
        answers.append(answer(press, address, is_resting=is_resting))
        if not is_resting and address not in told:
            gone.append(address)
    return answers, [*problems, *vanished(gone, publication)]


def _told_by_entries(publication: Publication) -> dict[str, bool]:
    """Return the addresses of which an entry says what became of them, and whether it comes back.

    Nothing is amiss there, or what is amiss was said of the entry.
    """
    told = {urls.story(each.story): False for each in publication.withdrawn if each.story}
    for each in publication.kept_back:
        for address in (*map(urls.entry, each.slugs), *map(urls.story, each.stories)):
            told[address] = told.get(address, False) or each.comes_back
    return told


def _rests(address: str, publication: Publication) -> bool:
    """Tell whether an address only waits for a mistake in an entry to be mended.

    The entry's own address does; of lists, stories and the like it cannot be told, so while any
    entry is left out none of them is called withdrawn.
    """
    if not publication.faulty:
        return False
    entries = {urls.entry(slug) for slug in publication.faulty}
    return address in entries or not address.startswith(urls.ENTRIES)
