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
        (urls.entry("a"), "/briefings/a/"),
        (urls.topic("a"), "/topics/a/"),
        (urls.topic_month("a", date(2026, 3, 1)), "/topics/a/2026/03/"),
        (urls.archive_month(date(2026, 11, 1)), "/archive/2026/11/"),
        (urls.story("a"), "/stories/a/"),
        (urls.feed(urls.topic("a"), urls.RSS), "/topics/a/feed.xml"),
        (urls.feed(urls.HOME, urls.ATOM), "/feed.atom"),
    ],
)
def test_the_address_map_is_the_one_of_the_design(made: str, expected: str) -> None:
    assert made == expected


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
    ],
)
def test_links_inside_the_site_are_relative(here: str, there: str, expected: str) -> None:
    assert urls.relative(here, there) == expected


def test_absolute_addresses_stand_under_the_base_address(site: Site) -> None:
    assert urls.absolute(site, "/feed.xml") == "https://harbour.example/news/feed.xml"
    assert urls.base_path(site) == "/news"
    assert urls.base_path(replace(site, base_url="https://harbour.example")) == ""


def test_a_page_is_the_index_of_its_folder() -> None:
    assert urls.output_path("/") == "index.html"
    assert urls.output_path("/briefings/a/") == "briefings/a/index.html"
    assert urls.output_path("/feed.atom") == "feed.atom"


@pytest.mark.parametrize(
    "address",
    ["/../x/", "/a//b/", "//evil.example/", "a/", "/a\\b/", "/.ssh/", "/a\x00/", "/c:/x/", "/é/"],
)
def test_refuses_what_could_leave_the_output_folder(address: str) -> None:
    assert not urls.is_safe(address)
    with pytest.raises(ProblemError, match="is no plain path"):
        urls.output_path(address)


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


PATHS = st.lists(st.sampled_from(("a", "ab", "b", "2026")), max_size=4).map("/".join)


@given(PATHS, PATHS, st.sampled_from(("/", "/feed.xml", "/#part")))
def test_a_relative_link_leads_to_its_path_from_anywhere(here: str, there: str, end: str) -> None:
    page, path = f"/{here}/".replace("//", "/"), f"/{there}{end}".replace("//", "/")
    root = "https://harbour.example"
    assert urljoin(root + page, urls.relative(page, path)) == root + path
