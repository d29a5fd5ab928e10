import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook import publishing
from briefbook.asking import joined
from briefbook.model import Publication, PublicEntry, Site, Status
from briefbook.publishing import urls
from briefbook.publishing.sitemap import (
    LIMITS,
    Cut,
    Limits,
    cut,
    leaf,
    leaves,
    robots,
    run_of,
    sitemap,
    stamp,
)
from tests.publication import make_site

ADDED = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def test_dates_are_true_or_absent(site: Site) -> None:
    made = sitemap(site, [("/a/", stamp(None)), ("/b/", stamp(ADDED))]).decode()
    ElementTree.fromstring(made)
    assert "<url><loc>https://harbour.example/news/a/</loc></url>\n" in made
    assert "/b/</loc><lastmod>2026-11-21T09:00:00Z</lastmod></url>" in made


def test_lists_have_the_date_of_their_newest_entry(
    make_entry: Callable[..., PublicEntry], make_publication: Callable[..., Publication]
) -> None:
    entries = (
        make_entry("a", updated=ADDED + timedelta(days=3), aliases=("old",)),
        make_entry("b", added=ADDED + timedelta(days=1), topics=()),
        make_entry("c", status=Status.WITHDRAWN),
        make_entry("d", status=Status.DRAFT, added=ADDED + timedelta(days=9)),
    )
    files, _, _ = make_site(make_publication(*entries), None)
    made = next(file.content for file in files if file.path == "sitemap.xml").decode()
    found = dict(re.findall(r"news(/[^<]*)</loc><lastmod>([^T]+)T", made))
    assert found == {
        "/": "2026-11-24",
        "/archive/": "2026-11-24",
        "/archive/2026/11/": "2026-11-24",
        "/briefings/a/": "2026-11-24",
        "/briefings/b/": "2026-11-22",
        "/editions/": "2026-11-24",
        "/editions/2026-11-21/": "2026-11-24",
        "/editions/2026-11-22/": "2026-11-22",
        "/organisations/": "2026-11-24",
        "/organisations/port-authority/": "2026-11-24",
        "/outlets/": "2026-11-24",
        "/outlets/port-times/": "2026-11-24",
        "/people/": "2026-11-24",
        "/people/ann-kim/": "2026-11-24",
        "/places/": "2026-11-24",
        "/places/busan/": "2026-11-24",
        "/topics/": "2026-11-24",
        "/topics/port/": "2026-11-24",
        "/topics/port/2026/11/": "2026-11-24",
    }
    assert "old" not in made


def test_robots_names_the_map(site: Site) -> None:
    assert robots(site).decode() == (
        "User-agent: *\nAllow: /\n\nSitemap: https://harbour.example/news/sitemap.xml\n"
    )


# --------------------------------------------------------------------------- parts

NAMES = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
Placed = Mapping[str, str]  # months by address


def pieces(placed: Placed) -> dict[str, list[str]]:
    """Return the addresses of a map by the smallest piece each stands in."""
    found: dict[str, list[str]] = {}
    for address, month in sorted(placed.items()):
        found.setdefault(leaf(month, address), []).append(address)
    return found


def parts(placed: Placed, limits: Limits) -> dict[str, list[str]]:
    """Return the addresses of a map by the part each stands in."""
    held = pieces(placed)
    found = {}
    for part in cut(sorted((key, len(held[key])) for key in held), limits).parts:
        about = urls.map_part_at(part)
        assert about is not None
        chapter, digits, run = about
        rows = sorted(a for key in leaves(chapter, digits) for a in held.get(key, ()))
        found[part] = [*run_of(rows, run, limits)]
    return found


def many(months: int, count: int) -> dict[str, str]:
    """Return addresses of some months, so many of each, and as many of none."""
    listed = ["", *(f"2026-{number:02}" for number in range(1, months + 1))]
    return {f"/x/{month}-{each}/": month for month in listed for each in range(count)}


maps = st.dictionaries(
    st.text("abc/", min_size=1, max_size=8).map("/{}".format),
    st.sampled_from(["", "", "2026-10", "2026-11"]),
    max_size=80,
)
limits_of_maps = st.builds(
    lambda file, part: Limits(file=file, part=min(file, part)),
    st.integers(1, 40),
    st.integers(1, 40),
)


@given(maps, limits_of_maps)
def test_each_address_is_in_one_part_and_no_part_has_too_many(
    placed: Placed, limits: Limits
) -> None:
    found = parts(placed, limits)
    if len(placed) <= limits.file:
        assert found == {}
    else:
        assert Counter(a for part in found.values() for a in part) == Counter(list(placed))
        assert all(0 < len(part) <= limits.file for part in found.values())


def test_as_many_as_one_file_may_have_are_in_one() -> None:
    placed = [("", LIMITS.file - 10), ("2026-11", 10)]
    keys = [(leaf(month, "/x/"), size) for month, size in placed]
    assert cut(keys, LIMITS) == Cut(chapters=("2026-11", "pages"), parts=())
    one_more = [*keys, (leaf("2026-10", "/y/"), 1)]
    assert cut(one_more, LIMITS) == Cut(
        chapters=("2026-10", "2026-11", "pages"),
        parts=("/sitemap-2026-10.xml", "/sitemap-2026-11.xml", "/sitemap-pages-38.xml"),
    )


def test_one_more_address_changes_no_other_part() -> None:
    limits = Limits(file=100, part=40)
    before = parts(many(3, 39), limits)
    assert [*before] == [f"/sitemap-{each}.xml" for each in "2026-01 2026-02 2026-03 pages".split()]
    after = parts({**many(3, 39), "/y/": "2026-02"}, limits)
    assert [part for part in after if after[part] != before.get(part)] == ["/sitemap-2026-02.xml"]


def test_a_month_of_too_many_is_cut_alone() -> None:
    limits = Limits(file=100, part=40)
    before = parts(many(3, 39), limits)
    after = parts({**many(3, 39), "/y/": "2026-02", "/z/": "2026-02"}, limits)
    cut_up = {part for part in after if after[part] != before.get(part)}
    assert len(cut_up) > 1
    assert cut_up <= {f"/sitemap-2026-02-{digit}.xml" for digit in "0123456789abcdef"}
    assert before.keys() - after.keys() == {"/sitemap-2026-02.xml"}


def test_what_cannot_be_cut_by_its_hash_is_cut_in_order() -> None:
    placed = {f"/{number}/": "2026-11" for number in range(100)}
    found = parts(placed, Limits(file=3, part=2))
    runs = [part for part in found if part.startswith("/sitemap-2026-11-0")]
    assert runs == [f"/sitemap-2026-11-0-{number}.xml" for number in range(1, len(runs) + 1)]
    assert [address for run in runs for address in found[run]] == sorted(
        address for address in placed if leaf("2026-11", address) == joined("2026-11", "0")
    )


def locations(content: bytes, tag: str) -> dict[str, str | None]:
    """Return what an XML file of this kind names, with the dates."""
    root = ElementTree.fromstring(content)
    assert root.tag == NAMES + {"url": "urlset", "sitemap": "sitemapindex"}[tag]
    top = "https://harbour.example/news"
    found = [
        ((each.findtext(f"{NAMES}loc") or "").removeprefix(top), each.findtext(f"{NAMES}lastmod"))
        for each in root.findall(NAMES + tag)
    ]
    assert len(found) == len(dict(found)) == len(root)
    return dict(found)


def test_the_parts_name_what_one_file_would(
    make_entry: Callable[..., PublicEntry],
    make_publication: Callable[..., Publication],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    entries = [make_entry(f"e-{day}", added=ADDED - timedelta(days=day)) for day in range(0, 90, 3)]
    publication = make_publication(*entries)
    whole, _, _ = make_site(publication, None)
    monkeypatch.setattr(publishing.sitemap, "LIMITS", Limits(file=30, part=8))
    made, problems, public = make_site(publication, None)
    assert problems == ()
    files = {f"/{file.path}": file.content for file in made}
    named = locations(files["/sitemap.xml"], "sitemap")
    assert [*named] == sorted(address for address in files if address.startswith("/sitemap-"))
    assert set(named.values()) == {None}
    assert {"/sitemap-2026-08.xml", "/sitemap-2026-09-0.xml", "/sitemap-pages-2.xml"} <= {*named}
    found: dict[str, str | None] = {}
    for address in named:
        held = locations(files[address], "url")
        assert 0 < len(held) <= 30
        assert found.keys().isdisjoint(held)
        found |= held
    (one,) = (file.content for file in whole if file.path == "sitemap.xml")
    assert found == locations(one, "url")
    assert found["/briefings/e-0/"] == "2026-11-21T09:00:00Z"
    # Readers hold on to none of them.
    assert not any(address.startswith("/sitemap") for address in public)
    # A killed build leaves no index of parts that are not there.
    assert [*files][-1] == "/sitemap.xml"
