from collections.abc import Callable
from dataclasses import replace
from datetime import date
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook.model import Site
from briefbook.problems import ProblemError
from briefbook.publishing import urls


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (lambda: urls.entry("a"), "/briefings/a/"),
        (lambda: urls.topic("a"), "/topics/a/"),
        (lambda: urls.topic_month("a", date(2026, 3, 1)), "/topics/a/2026/03/"),
        (lambda: urls.archive_month(date(2026, 11, 1)), "/archive/2026/11/"),
        (lambda: urls.story("a"), "/stories/a/"),
        (lambda: urls.feed(urls.topic("a"), urls.RSS), "/topics/a/feed.xml"),
        (lambda: urls.feed(urls.HOME, urls.ATOM), "/feed.atom"),
        (lambda: urls.edition(date(2026, 3, 1)), "/editions/2026-03-01/"),
        (lambda: urls.twin(urls.entry("a")), "/briefings/a/index.json"),
        (lambda: urls.card(urls.story("a")), "/stories/a/card.png"),
        (lambda: urls.subject("person", "a"), "/people/a/"),
        (lambda: urls.subject("organisation", "a"), "/organisations/a/"),
        (lambda: urls.subject("place", "a"), "/places/a/"),
        (lambda: urls.subject("outlet", "a"), "/outlets/a/"),
        (lambda: urls.asset("x.css"), "/assets/x.css"),
        (lambda: urls.map_part("2026-11"), "/sitemap-2026-11.xml"),
        (lambda: urls.map_part("pages", "a", ""), "/sitemap-pages-a.xml"),
        (lambda: urls.map_part("pages", "a", "2"), "/sitemap-pages-a-2.xml"),
    ],
)
def test_the_address_map_is_the_one_of_the_design(made: Callable[[], str], expected: str) -> None:
    assert made() == expected


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        ("/", "/", "./"),
        ("/", "/topics/", "topics/"),
        ("/briefings/a/", "/", "../../"),
        ("/briefings/a/", "/briefings/b/", "../b/"),
        ("/briefings/a/", "/briefings/a/", "./"),
        ("/topics/a/2026/11/", "/topics/a/", "../../"),
        ("/topics/", "/topics/a/feed.xml", "a/feed.xml"),
        ("/stories/a/", "/stories/a/#differences", "./#differences"),
        ("/", "/#top", "./#top"),
        ("/a/b/", "/a", "../../a"),
        ("/a/b/c/", "/a/b", "../../b"),
        ("/topics/a/", "/people/b/", "../../people/b/"),
        ("/404.html", "/topics/", "topics/"),
    ],
)
def test_links_inside_the_site_are_relative(here: str, there: str, expected: str) -> None:
    assert urls.relative(here, there) == expected


def test_absolute_addresses_stand_under_the_base_address(site: Site) -> None:
    assert urls.absolute(site, "/feed.xml") == "https://harbour.example/news/feed.xml"
    assert urls.base_path(site) == "/news"
    assert urls.base_path(replace(site, base_url="https://harbour.example")) == ""
    slashed = replace(site, base_url="https://harbour.example/news/")
    assert urls.absolute(slashed, "/feed.xml") == "https://harbour.example/news/feed.xml"
    assert urls.base_path(slashed) == "/news"
    capital = replace(site, base_url="https://harbour.example/X")
    assert urls.base_path(capital) == "/X"
    assert urls.absolute(capital, "/feed.xml") == "https://harbour.example/X/feed.xml"


def test_a_page_is_the_index_of_its_folder() -> None:
    assert urls.output_path("/") == "index.html"
    assert urls.output_path("/briefings/a/") == "briefings/a/index.html"
    assert urls.output_path("/feed.atom") == "feed.atom"


@pytest.mark.parametrize(
    ("file", "address"),
    [
        ("index.html", "/"),
        ("briefings/a/index.html", "/briefings/a/"),
        ("feed.atom", "/feed.atom"),
        ("briefings/a/index.json", "/briefings/a/index.json"),
        ("assets/my-index.html", "/assets/my-index.html"),
    ],
)
def test_a_file_stands_at_its_address(file: str, address: str) -> None:
    assert urls.address_of(file) == address
    assert urls.path_of(address) == file
    assert urls.is_page(address) is file.endswith("/index.html") or file == "index.html"


PUBLISHED = (
    *(
        "/briefings/a/",
        "/briefings/b-2/",
        "/stories/c/",
        "/stories/c/2026/11/",
        "/topics/briefings/",
    ),
)


def test_tells_which_entries_and_stories_stand_at_addresses() -> None:
    assert urls.published_entries(PUBLISHED) == {"a": "/briefings/a/", "b-2": "/briefings/b-2/"}
    assert urls.published_stories(PUBLISHED) == {"c"}


@pytest.mark.parametrize(
    ("address", "subject"),
    [
        ("/people/liv-aune/", ("person", "liv-aune")),
        ("/organisations/a/", ("organisation", "a")),
        ("/places/skarnes/", ("place", "skarnes")),
        ("/outlets/fjord-news/", ("outlet", "fjord-news")),
        ("/topics/a/", None),
        ("/people/", None),
        ("/people/a/index.json", None),
        ("/people/a--b/", None),
    ],
)
def test_tells_whose_page_an_address_is(address: str, subject: tuple[str, str] | None) -> None:
    assert urls.subject_at(address) == subject


@pytest.mark.parametrize(
    ("address", "month"),
    [
        ("/archive/2026/11/", ("/archive/", date(2026, 11, 1))),
        ("/topics/the-port/2025/02/", ("/topics/the-port/", date(2025, 2, 1))),
        ("/archive/0001/01/", ("/archive/", date(1, 1, 1))),
        ("/archive/0000/01/", ("/archive/", date(1, 1, 1))),  # no year of the calendar
        ("/archive/2026/13/", None),
        ("/archive/2026/00/", None),
        ("/topics/a/", None),
        ("/people/a/2026/11/", None),
    ],
)
def test_tells_which_month_an_address_is_of(address: str, month: tuple[str, date] | None) -> None:
    assert urls.month_at(address) == month


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("/editions/2026-11-21/", date(2026, 11, 21)),
        ("/editions/2026-02-30/", None),
        ("/editions/", None),
        ("/editions/2026-11-21/feed.xml", None),
    ],
)
def test_tells_of_which_day_an_edition_is(address: str, day: date | None) -> None:
    assert urls.edition_at(address) == day


@pytest.mark.parametrize(
    ("address", "folder", "slug"),
    [
        ("/topics/a/", "/topics/", "a"),
        ("/topics/", "/topics/", None),
        ("/topics/a/2026/", "/topics/", None),
        ("/topics/a", "/topics/", None),
        ("/stories/a/", "/topics/", None),
    ],
)
def test_tells_the_slug_right_below_a_folder(address: str, folder: str, slug: str | None) -> None:
    assert urls.slug_at(address, folder) == slug


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/", "pages: home"),
        ("/briefings/a/", "pages: briefings"),
        ("/topics/a/2026/11/", "pages: topics"),
        ("/feed.xml", "feeds"),
        ("/topics/a/feed.atom", "feeds"),
        ("/editions/feed.json", "feeds"),
        ("/briefings/a/index.json", "twins"),
        ("/briefings/a/card.png", "cards"),
        ("/assets/style.css", "other files"),
        ("/404.html", "other files"),
    ],
)
def test_says_of_what_kind_a_file_is(address: str, kind: str) -> None:
    assert urls.kind(address) == kind
    assert urls.is_feed(address) is (kind == "feeds")


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("/sitemap-2026-11.xml", ("2026-11", "", "")),
        ("/sitemap-pages-a.xml", ("pages", "a", "")),
        ("/sitemap-2026-11-0f-12.xml", ("2026-11", "0f", "12")),
        ("/sitemap-2026-11-0f-0.xml", None),
        ("/sitemap.xml", None),
        ("/sitemap-people.xml", None),
    ],
)
def test_tells_which_part_of_the_site_map_stands_at_an_address(
    address: str, parts: tuple[str, str, str] | None
) -> None:
    assert urls.map_part_at(address) == parts
    assert urls.is_site_map(address) is (parts is not None or address == "/sitemap.xml")
    assert parts is None or urls.map_part(*parts) == address


@pytest.mark.parametrize(
    "address",
    ["/../x/", "/a//b/", "//evil.example/", "a/", "/a\\b/", "/.ssh/", "/a\x00/", "/c:/x/", "/é/"],
)
def test_refuses_what_could_leave_the_output_folder(address: str) -> None:
    assert not urls.is_safe(address)
    with pytest.raises(ProblemError) as refused:
        urls.output_path(address)
    assert str(refused.value.problems[0]) == (
        f"_site: error: the address {address!r} is no plain path\n"
        "    fix: use only a-z, 0-9 and - in slug: and aliases:"
    )


def test_reports_all_collisions_with_everyone_who_wants_the_address() -> None:
    wanted = [
        ("/briefings/a/", "entry a"),
        ("/briefings/b/", "entry b"),
        ("/briefings/A/", "entry A"),
        ("/briefings/b/", "alias of entry c"),
        ("/briefings/d/", "entry d"),
    ]
    assert [str(problem) for problem in urls.collisions(wanted)] == [
        "_site/briefings/a/: error: entry a and entry A want the same address /briefings/a/\n"
        "    fix: change slug: or aliases: of all but one; until then only the first has a page",
        "_site/briefings/b/: error: entry b and alias of entry c want the same address"
        " /briefings/b/\n"
        "    fix: change slug: or aliases: of all but one; until then only the first has a page",
    ]


@pytest.mark.parametrize(
    ("url", "is_web"),
    [
        ("https://a.example/x", True),
        ("HTTP://a.example", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//a.example", False),
        ("http://[", False),
        ("", False),
    ],
)
def test_only_web_addresses_become_links(url: str, is_web: bool) -> None:
    assert urls.is_web(url) is is_web
    assert isinstance(urls.host(url), str)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.a.example/x", "a.example"),
        ("https://News.A.example:8080/", "news.a.example"),
        ("a.example", "a.example"),
        ("http://[", "http://["),
    ],
)
def test_names_the_host_of_an_original(url: str, host: str) -> None:
    assert urls.host(url) == host


PATHS = st.lists(st.sampled_from(("a", "ab", "b", "2026")), max_size=4).map("/".join)


@given(PATHS, PATHS, st.sampled_from(("/", "/feed.xml", "/#part")))
def test_a_relative_link_leads_to_its_path_from_anywhere(here: str, there: str, end: str) -> None:
    page, path = f"/{here}/".replace("//", "/"), f"/{there}{end}".replace("//", "/")
    root = "https://harbour.example"
    assert urljoin(root + page, urls.relative(page, path)) == root + path
