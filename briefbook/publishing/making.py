"""Making: what a site consists of, as questions about addresses.

In: what publishing is given. Out: for each address what is planned there, its content, and what is
amiss. The words and templates of the site are read when the first page is made.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from itertools import chain

from jinja2 import TemplateError

from briefbook.asking import Asks, Groups, Question, Row, joined, parted
from briefbook.model import Site
from briefbook.problems import Problem, ProblemError, in_order
from briefbook.publishing import pages, sitemap, urls, vanished
from briefbook.publishing.channels import Items
from briefbook.publishing.contents import EVERYTHING, Contents, Given, contents_of
from briefbook.publishing.feed_items import correction_items, entry_item
from briefbook.publishing.pages import Around
from briefbook.publishing.parts import is_made
from briefbook.publishing.planned import Made, Planned
from briefbook.publishing.planning import Plan, make_file, plan_file
from briefbook.publishing.press import Outfit, Press, printer_of
from briefbook.publishing.sitemap import Cut
from briefbook.publishing.subjects import Subjects, subjects_of
from briefbook.publishing.templates import template_problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """What makes a site."""

    contents: Contents
    subjects: Subjects
    planned: Question[Planned | None]  # about an address
    made: Question[Made | None]  # the same
    map_cut: Question[Cut]  # about "": into which files the site map is cut
    files: Groups  # all addresses, in order of writing
    unmade: Groups  # addresses whose content could not be made
    amiss: Groups  # addresses with something amiss, under EVERYTHING
    gone: Groups  # addresses that answer nothing but that they are gone


@dataclass(frozen=True, slots=True)
class ToPrint:
    """The page of an entry that anybody can print, whatever process it is."""

    outfit: Outfit
    page: Around

    @property
    def address(self) -> str:
        """Where it will stand."""
        return urls.entry(self.page.entry.slug)


def publisher_of(
    asks: Asks,
    given: Given,
    *,
    press: Callable[[Contents], Press],
    templates: Question[str],
    assets: Question[bytes | None],
) -> Publisher:
    """Return what makes a site.

    Args:
        asks: Keeps the answers.
        given: What is known of entries and stories.
        press: Makes the press, once.
        templates: About "": what tells the templates and words from any others.
        assets: About a name: the file in `templates/assets/`.
    """
    contents = contents_of(asks, given)
    made_press: dict[str, tuple[Site, Press]] = {}  # by what its templates are told by

    def the_press() -> Press:
        mark, site = templates(""), given.site("")
        known = made_press.get(mark)
        if known is None or known[0] != site:
            made_press.clear()
            known = made_press[mark] = site, press(contents)
        return known[1]

    def entry(slug: str) -> object:
        templates("")
        return entry_item(the_press(), slug)

    def corrections(slug: str) -> object:
        templates("")
        return tuple(correction_items(the_press(), contents.entry(slug)))

    def planned(address: str) -> Planned | None:
        if not urls.is_safe(address):
            return _plan_unsafe(contents, address)
        is_wanted = is_made(given.site(""), address)
        found = plan_file(plan, address) if is_wanted else None
        return found or vanished.plan_answer(contents, address)

    def near(address: str) -> tuple[Made | ToPrint | None]:
        templates("")
        given.site("")
        stands = plan.planned(address)
        if stands is None:
            return (None,)

        def content() -> str | bytes | Around:
            urls.output_path(address)
            if stands.made_from == vanished.MADE_FROM:
                return vanished.make_answer(the_press(), address)
            return make_file(plan, address)

        found = _tried(content)
        return (ToPrint(the_press().outfit, found) if isinstance(found, Around) else found,)

    mapped = asks.family("mapped")  # addresses and when they changed, under leaves of the site map

    def map_cut(_: str) -> Cut:
        return sitemap.cut(mapped.counts(), sitemap.LIMITS)

    def map_rows(about: str) -> tuple[str, ...]:
        leaves = map(mapped.members, sitemap.leaves(*parted(about)))
        return tuple(sorted(chain.from_iterable(leaves)))

    plan = Plan(
        contents=contents,
        subjects=subjects_of(asks, contents),
        items=Items(
            entry=asks.question("feed item", entry),  # type: ignore[arg-type]
            corrections=asks.question("correction items", corrections),  # type: ignore[arg-type]
        ),
        press=the_press,
        assets=assets,
        map_cut=asks.question("map cut", map_cut),
        map_rows=asks.question("map rows", map_rows, is_large=True),
        planned=asks.question("planned", planned),
    )
    return Publisher(
        contents=contents,
        subjects=plan.subjects,
        planned=plan.planned,
        map_cut=plan.map_cut,
        made=asks.far_question("made", near, finished, is_large=True),
        files=asks.family("files"),
        unmade=asks.family("unmade"),
        amiss=asks.family("amiss"),
        gone=asks.family("gone"),
    )


def finished(what: Made | ToPrint | None) -> Made | None:
    """Return what stands at an address, after printing what is to be printed still.

    A pure function of values that can be sent to another process.
    """
    if not isinstance(what, ToPrint):
        return what
    printer = printer_of(what.outfit)
    printed = _tried(lambda: pages.entry(printer, what.page))
    assert isinstance(printed, Made)
    return printed


def _tried(make: Callable[[], str | bytes | Around]) -> Made | Around:
    """Return what is made, or what was wrong."""
    try:
        content = make()
    except ProblemError as fault:
        return Made(content=None, problems=fault.problems)
    except TemplateError as fault:
        return Made(content=None, problems=(template_problem(fault),))
    if isinstance(content, Around):
        return content
    return Made(content=content.encode() if isinstance(content, str) else content)


def _plan_unsafe(contents: Contents, address: str) -> Planned | None:
    """Plan the page of an entry whose slug would lead elsewhere, so that it is told."""
    slug = address.removeprefix(urls.ENTRIES).removesuffix("/")
    if urls.is_page(address) and contents.given.entry(slug):
        return Planned(made_from=f"entry {slug}", is_public=False)
    return None


def address_rows(publisher: Publisher, address: str) -> tuple[Row, ...]:
    """Return in which lists an address stands."""
    planned = publisher.planned(address)
    if planned is None:
        is_amiss = vanished.no_address(publisher.contents, address)
        return (("amiss", EVERYTHING, address, address),) if is_amiss else ()
    rows = [("files", EVERYTHING, f"{int(planned.turn)}{address}", address)]
    if planned.is_mapped:
        about = joined(address, sitemap.stamp(planned.changed))
        rows.append(("mapped", sitemap.leaf(planned.month, address), address, about))
    if planned.is_gone:
        rows.append(("gone", EVERYTHING, address, address))
    if planned.rivals:
        rows.append(("amiss", EVERYTHING, address, address))
    return tuple(rows)


def made_rows(publisher: Publisher, address: str) -> tuple[Row, ...]:
    """Return where an address stands whose content could not be made."""
    made = publisher.made(address)
    return (("unmade", EVERYTHING, address, address),) if made and made.problems else ()


def problems_of(publisher: Publisher, fresh: Collection[str]) -> tuple[Problem, ...]:
    """Return all that is amiss with the addresses of a site, and with what stands there.

    Args:
        publisher: Knows what stands where.
        fresh: The public addresses that are not in published.txt yet.
    """
    contents = publisher.contents
    found = [*vanished.vanished(contents, publisher.gone.members(EVERYTHING), fresh)]
    for address in publisher.amiss.members(EVERYTHING):
        found += problems_at(publisher, address)
    for address in publisher.unmade.members(EVERYTHING):
        if made := publisher.made(address):
            found += made.problems
    return in_order(found)


def press_of(contents: Contents, templates: Mapping[str, bytes], mark: str) -> Press:
    """Return the press of a site.

    Args:
        contents: What its pages ask for.
        templates: The site's own templates by name, which win over the bundled ones.
        mark: What tells these templates and words from any others.
    """
    outfit = Outfit(site=contents.site, templates=templates, mark=mark)
    return Press(contents=contents, outfit=outfit, printer=printer_of(outfit))


def problems_at(publisher: Publisher, address: str) -> tuple[Problem, ...]:
    """Return what is amiss with an address, beside what is wrong with its content."""
    planned = publisher.planned(address)
    if planned is None:
        return vanished.no_address(publisher.contents, address)
    claims = (planned.made_from, *planned.rivals)
    return urls.collisions((address, claim) for claim in claims)
