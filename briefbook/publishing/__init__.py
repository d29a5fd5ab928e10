"""Publishing: Publication -> OutputFile -> disk.

`public_entry` decides what of an entry may be shown, `make_site` makes all files, `make_shard` and
`make_search` the index of the finished pages, `write_site` puts them on the disk; `bundled` is
where the templates that come along lie, `languages` whose words serve a language. Other rooms use
nothing else.
"""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from briefbook.model import OutputFile, Publication
from briefbook.problems import Problem, ProblemError, in_order
from briefbook.publishing import urls
from briefbook.publishing.folders import bundled, read_assets, read_words, unmerged
from briefbook.publishing.planned import Planned
from briefbook.publishing.public import is_full, public_entry, shown_body
from briefbook.publishing.search import make_search, make_shard, shards_of
from briefbook.publishing.urls import entry as entry_address
from briefbook.publishing.urls import published_entries, published_stories
from briefbook.publishing.words import languages
from briefbook.publishing.write import WriteReport, read_written, refuse_project, write_site

__all__ = [
    "WriteReport",
    "bundled",
    "entry_address",
    "is_full",
    "languages",
    "make_search",
    "make_shard",
    "make_site",
    "public_entry",
    "published_entries",
    "published_stories",
    "read_written",
    "refuse_project",
    "shards_of",
    "shown_body",
    "twin_file",
    "write_site",
]


def make_site(
    publication: Publication,
    templates: Path | None,
    timed: Callable[[str], AbstractContextManager[None]] = lambda stage: nullcontext(),
) -> tuple[tuple[OutputFile, ...], tuple[Problem, ...], tuple[str, ...]]:
    """Return the files of a site in order of writing, the problems, and the public addresses.

    Args:
        publication: All that may be shown.
        templates: The site's own templates, which win over the bundled ones; None or a folder that
            is not there: it has none.
        timed: Put around the making of each file, told of which kind it is.

    Returns:
        Files, pages before the lists and feeds that point to them; problems by place; and all
        addresses of pages and feeds that were made and are for everybody, sorted.
    """
    # Loaded with the first site that is made: it takes longer than all else about a small one.
    from jinja2 import TemplateError

    from briefbook.publishing.body import BodyRenderer
    from briefbook.publishing.planning import plan
    from briefbook.publishing.templates import make_environment, template_problem
    from briefbook.publishing.vanished import answers
    from briefbook.publishing.views import Press, contents_of

    words, misworded = read_words(publication.site, templates)
    without, unmerged_ones = unmerged(templates)
    with timed("planning"):
        press = Press(
            contents=contents_of(publication),
            bodies=BodyRenderer(publication.site, words),
            environment=make_environment(publication.site, templates, words, without),
            words=words,
        )
        planned = plan(press, publication, read_assets(templates, without))
        answering, dead = answers(press, publication, planned)
    everything = (*answering, *planned)
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
            with timed(urls.kind(each.address)):
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
