"""A publication that is known whole, for tests of what is published."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from briefbook import publishing
from briefbook.asking import joined, ranked
from briefbook.grouping import key_of
from briefbook.model import OutputFile, Publication, Site, TopicSetting
from briefbook.problems import Problem, in_order
from briefbook.publishing import entry_address, output_path, story_address
from briefbook.remembering import Memory
from briefbook.sitefiles import (
    Changes,
    Composed,
    Dress,
    composer_of,
    fresh_addresses,
    make_files,
    output_file,
    plan_files,
    read_dress,
)

if TYPE_CHECKING:
    from briefbook.publishing import Contents, Given, Press, Publisher


def make_site(
    publication: Publication, templates: Path | None
) -> tuple[tuple[OutputFile, ...], tuple[Problem, ...], tuple[str, ...]]:
    """Return the files of a publication that is known whole.

    Args:
        publication: All that may be shown.
        templates: The site's own templates; None or a folder that is not there: it has none.

    Returns:
        Files in order of writing, the problems by place, and all addresses of pages and feeds that
        were made and are for everybody, sorted.
    """
    publisher, composed, problems = published(publication, templates)
    files = (output_file(publisher, address) for address in composed.written)
    made = tuple(file for file in files if file is not None)
    paths = {file.path for file in made}
    public = (a for a in composed.written if (p := publisher.planned(a)) and p.is_public)
    return made, problems, tuple(sorted(a for a in public if output_path(a) in paths))


def published(
    publication: Publication, templates: Path | None = None
) -> "tuple[Publisher, Composed, tuple[Problem, ...]]":
    """Return what answers at the addresses of a publication that is known whole."""
    memory = Memory()
    given, slugs, stories, names = _given(memory, publication)
    dress = read_dress(publication.site, templates)
    publisher = publisher_in(memory, given, dress)
    composer = composer_of(memory, publisher)
    fixed = frozenset(publishing.fixed_addresses(_with_topics(publication), dress.assets))
    changes = Changes(
        entries=frozenset(slugs), addresses=frozenset(publication.addresses), fixed=fixed
    )
    addresses = plan_files(composer, changes, stories, names)
    fresh = fresh_addresses(composer, addresses, frozenset(publication.addresses).__contains__)
    composed = make_files(composer, addresses, fresh)
    return publisher, composed, in_order([*dress.problems, *composed.problems])


def publisher_in(memory: Memory, given: "Given", dress: Dress) -> "Publisher":
    """Return what makes a site in some templates."""
    mark, assets = memory.told("templates"), memory.told("asset")
    memory.tell(mark, "", dress.mark)
    for name, content in dress.assets.items():
        memory.tell(assets, name, content)

    def press(contents: "Contents") -> "Press":
        return publishing.press_of(contents, dress.templates, dress.mark)

    return publishing.publisher_of(memory, given, press=press, templates=mark, assets=assets)


def _given(
    memory: Memory, publication: Publication
) -> "tuple[Given, list[str], list[str], list[str]]":
    """Tell a publication, and return the keys of its entries, stories and names."""
    told = {
        name: memory.told(name)
        for name in ("site", "public", "place", "story", "names", "named", "related")
    }
    published, kept, faulty = (memory.told(each) for each in ("published", "kept back", "faulty"))
    memory.tell(told["site"], "", _with_topics(publication))
    for number, entry in enumerate((*publication.entries, *publication.withdrawn)):
        memory.tell(told["public"], entry.slug, entry)
        place = ranked(entry.appeared.isoformat(), f"{number:06}")
        memory.tell(told["place"], entry.slug, place)
    names: dict[str, list[tuple[str, str, str]]] = {
        entry.slug: [] for entry in (*publication.entries, *publication.withdrawn)
    }
    abouts = []
    for name in publication.names:
        key = key_of(name.kind, name.name)
        abouts.append(joined(name.kind, key))
        memory.tell(told["named"], abouts[-1], name)
        for slug, spelling in name.mentions:
            names[slug].append((name.kind, key, spelling))
    for slug, found in names.items():
        memory.tell(told["names"], slug, tuple(found))
        memory.tell(told["related"], slug, tuple(publication.related.get(slug, ())))
    for story in publication.stories:
        memory.tell(told["story"], story.slug, story)
    for address in publication.addresses:
        memory.tell(published, address, True)
    for address, comes_back in _all_kept_back(publication).items():
        memory.tell(kept, address, comes_back)
    for slug in publication.faulty:
        memory.tell(faulty, slug, True)
    memory.tell(faulty, "", bool(publication.faulty))
    given = publishing.Given(
        site=told["site"],
        entry=told["public"],
        place=told["place"],
        story=told["story"],
        names=told["names"],
        named=told["named"],
        related=told["related"],
        published=published,
        kept_back=kept,
        faulty=faulty,
    )
    return given, list(names), [story.slug for story in publication.stories], abouts


def _with_topics(publication: Publication) -> Site:
    settings = {topic.slug: topic for topic in publication.site.topics}
    topics = tuple(
        settings.get(each.slug)
        or TopicSetting(slug=each.slug, title=each.title, description=each.description)
        for each in publication.topics
    )
    return replace(publication.site, topics=topics)


def _all_kept_back(publication: Publication) -> dict[str, bool]:
    told = {story_address(each.story): False for each in publication.withdrawn if each.story}
    for each in publication.kept_back:
        slugs, stories = map(entry_address, each.slugs), map(story_address, each.stories)
        for address in (*slugs, *stories):
            told[address] = told.get(address, False) or each.comes_back
    return told
