"""The address map: where everything stands, and how one place points to another.

In: slugs and dates. Out: site paths ("/briefings/x/"), which begin with a slash and, for a page,
end with one. No other module writes an address. Refuses what could leave the output folder.
"""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

from briefbook.model import Site
from briefbook.problems import Place, Problem, ProblemError, error

HOME = "/"
ENTRIES = "/briefings/"  # no page of its own: each entry stands below it
STORIES = "/stories/"  # the same
TOPICS = "/topics/"
EDITIONS = "/editions/"
CORRECTIONS = "/corrections/"
SUBSCRIBE = "/subscribe/"
SEARCH = "/search/"
ARCHIVE = "/archive/"
ABOUT = "/about/"
NOT_FOUND = "/404.html"
SITEMAP = "/sitemap.xml"
ROBOTS = "/robots.txt"
OPML = "/feeds.opml"
STYLE = "/assets/style.css"
SCRIPT = "/assets/site.js"
ICON = "/assets/icon.svg"
CARD = "/card.png"
SEARCH_SCRIPT = "/assets/search.js"
SEARCH_INDEX = "/pagefind/pagefind.js"

RSS = "feed.xml"
ATOM = "feed.atom"
JSON = "feed.json"
FEEDS = (RSS, ATOM, JSON)  # the formats of each feed

# What entries have in common, by kind, and where the pages about it stand.
PEOPLE = "/people/"
ORGANISATIONS = "/organisations/"
PLACES = "/places/"
OUTLETS = "/outlets/"
_MONTH = re.compile(
    r"(?P<list>/(?:topics/[a-z0-9-]+|archive)/)(?P<year>\d{4})/(?P<month>0[1-9]|1[0-2])/"
)
_EDITION = re.compile(r"/editions/(?P<day>\d{4}-\d\d-\d\d)/")
SUBJECTS = {"person": PEOPLE, "organisation": ORGANISATIONS, "place": PLACES, "outlet": OUTLETS}

# Parts of the site map: a month or `pages`, digits of a hash, and which file of those.
_MAP_PART = re.compile(r"/sitemap-(\d{4}-\d\d|pages)(?:-([0-9a-f]{1,2})(?:-([1-9]\d*))?)?\.xml")
_SUBJECT = re.compile(r"(?P<list>/[a-z]+/)(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)/")
_SEGMENT = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*")


def entry(slug: str) -> str:
    """Return the address of an entry, or of one of its former slugs."""
    return f"{ENTRIES}{slug}/"


def topic(slug: str) -> str:
    """Return the address of a topic."""
    return f"/topics/{slug}/"


def topic_month(slug: str, month: date) -> str:
    """Return the address of one month of a topic."""
    return f"/topics/{slug}/{month:%Y/%m}/"


def story(slug: str) -> str:
    """Return the address of a story."""
    return f"{STORIES}{slug}/"


def twin(of: str) -> str:
    """Return the address of what the page says, for programs."""
    return f"{of}index.json"


def card(of: str) -> str:
    """Return the address of the card of a page."""
    return f"{of}card.png"


def edition(day: date) -> str:
    """Return the address of what was added on one day."""
    return f"{EDITIONS}{day:%Y-%m-%d}/"


def published_entries(addresses: Iterable[str]) -> dict[str, str]:
    """Return the addresses of entries among these, by the slugs they are made of."""
    return {
        address.removeprefix(ENTRIES).rstrip("/"): address
        for address in addresses
        if address.startswith(ENTRIES)
    }


def published_stories(addresses: Iterable[str]) -> frozenset[str]:
    """Return the keys of the stories that stand at some of these addresses."""
    return frozenset(
        address.removeprefix(STORIES).partition("/")[0]
        for address in addresses
        if address.startswith(STORIES)
    )


def subject(kind: str, slug: str) -> str:
    """Return the address of a person, organisation, place or outlet."""
    return f"{SUBJECTS[kind]}{slug}/"


def subject_at(address: str) -> tuple[str, str] | None:
    """Return kind and slug of the subject whose page an address is; None where it is another."""
    found = _SUBJECT.fullmatch(address)
    if found is None:
        return None
    kinds = (kind for kind, folder in SUBJECTS.items() if folder == found["list"])
    return next(((kind, found["slug"]) for kind in kinds), None)


def month_at(address: str) -> tuple[str, date] | None:
    """Return the list and the month that an address is of; None where it is another."""
    found = _MONTH.fullmatch(address)
    if found is None:
        return None
    return found["list"], date(max(int(found["year"]), 1), int(found["month"]), 1)


def edition_at(address: str) -> date | None:
    """Return the day of an edition; None where the address is another."""
    found = _EDITION.fullmatch(address)
    try:
        return date.fromisoformat(found["day"]) if found else None
    except ValueError:
        return None  # no day of the calendar


def slug_at(address: str, folder: str) -> str | None:
    """Return the slug of a page right below a folder; None where the address is another."""
    slug = address.removeprefix(folder).removesuffix("/")
    is_there = address.startswith(folder) and address.endswith("/")
    return slug if is_there and slug and "/" not in slug else None


def archive_month(month: date) -> str:
    """Return the address of one month of the archive."""
    return f"/archive/{month:%Y/%m}/"


def feed(of: str, name: str) -> str:
    """Return the address of the feed of a page, such as "/topics/x/feed.xml"."""
    return of + name


def asset(name: str) -> str:
    """Return the address of a file in `templates/assets/`."""
    return f"/assets/{name}"


def is_feed(address: str) -> bool:
    """Tell whether an address is one of a feed."""
    return address.rpartition("/")[2] in FEEDS


def kind(address: str) -> str:
    """Say of what kind a file of the site is, such as "pages: topics" or "feeds"."""
    folder, _, name = address[1:].rpartition("/")
    if is_feed(address):
        return "feeds"
    if not is_page(address):
        return "twins" if name == "index.json" else "cards" if name == "card.png" else "other files"
    return f"pages: {folder.partition('/')[0] or 'home'}"


def is_page(address: str) -> bool:
    """Tell whether an address is one of a page in a folder of its own."""
    return address.endswith("/")


def base_path(site: Site) -> str:
    """Return the path of `base_url` without a slash at its end: "" or "/repo"."""
    return urlsplit(site.base_url).path.rstrip("/")


def absolute(site: Site, path: str) -> str:
    """Return the full address of a site path."""
    return site.base_url.rstrip("/") + path


def is_web(url: str) -> bool:
    """Tell whether an address of an original may become a link: http and https only."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.netloc)


def host(url: str) -> str:
    """Return the host of an address of an original, without "www."."""
    try:
        return (urlsplit(url).hostname or url).removeprefix("www.")
    except ValueError:
        return url


@lru_cache(maxsize=16)  # the links of one page are asked for in a row
def _way_up(path: str) -> tuple[str, str]:
    """Return the first folder of a page ("" where it is in none), and the steps to the top."""
    return path[: path.find("/", 1) + 1], "../" * (path.count("/") - 1)


def relative(from_path: str, to_path: str) -> str:
    """Return how the page at `from_path` points to `to_path`; a fragment stays."""
    folder, to_the_top = _way_up(from_path)
    if folder and to_path[:1] == "/" and not to_path.startswith(folder):
        # They share no folder: most links of a page lead to such places.
        return to_the_top + to_path[1:]
    here = from_path.split("/")[1:-1]
    there = to_path.split("/")[1:]
    shared = 0
    while shared < len(here) and shared < len(there) - 1 and here[shared] == there[shared]:
        shared += 1
    steps = "../" * (len(here) - shared) + "/".join(there[shared:])
    return steps if steps and not steps.startswith("#") else "./" + steps


def is_safe(address: str) -> bool:
    """Tell whether an address is a plain path that stays inside the output folder."""
    if not address.startswith("/"):
        return False
    segments = address[1:].split("/")
    if segments[-1] == "":
        segments.pop()
    return all(_SEGMENT.fullmatch(segment) for segment in segments)


def output_path(address: str) -> str:
    """Return the file of an address, from the output folder.

    Raises:
        ProblemError: The address could leave the folder.
    """
    if not is_safe(address):
        raise ProblemError(
            error(
                Place("_site"),
                f"the address {address!r} is no plain path",
                "use only a-z, 0-9 and - in slug: and aliases:",
            )
        )
    return path_of(address)


def path_of(address: str) -> str:
    """Return what `output_path` does, of an address that is known to be safe."""
    return address[1:] + "index.html" if is_page(address) else address[1:]


def map_part(*parts: str) -> str:
    """Return the address of a part of the site map, such as "/sitemap-2026-11.xml"."""
    return f"/sitemap-{'-'.join(filter(None, parts))}.xml"


def map_part_at(address: str) -> tuple[str, str, str] | None:
    """Return what `map_part` was given for a part of the site map; None: no part stands there."""
    found = _MAP_PART.fullmatch(address)
    return (found[1], found[2] or "", found[3] or "") if found else None


def is_site_map(address: str) -> bool:
    """Tell whether the map of the site, or a part of it, stands at an address."""
    return address == SITEMAP or map_part_at(address) is not None


def address_of(path: str) -> str:
    """Return the address of a file in the output folder."""
    if path == "index.html" or path.endswith("/index.html"):
        path = path[: -len("index.html")]
    return "/" + path


def collisions(wanted: Iterable[tuple[str, str]]) -> tuple[Problem, ...]:
    """Return one error for each address that more than one thing wants.

    Args:
        wanted: Address and what wants it, such as "entry x", in order of arrival. Addresses that
            differ in case only collide too, because file systems fold case.
    """
    by_address: dict[str, list[tuple[str, str]]] = {}
    for address, by in wanted:
        by_address.setdefault(address.casefold(), []).append((address, by))
    return tuple(
        error(
            Place("_site" + claims[0][0]),
            " and ".join(by for _, by in claims) + f" want the same address {claims[0][0]}",
            "change slug: or aliases: of all but one; until then only the first has a page",
        )
        for claims in by_address.values()
        if len(claims) > 1
    )
