"""What is kept of the links of a file says the same as reading the file does."""

import pytest

from briefbook.checking.links import check_page, read_addresses
from briefbook.checking.pagelinks import read_links, read_names
from briefbook.checking.pointing import is_dead, read_pointing

BASE = "https://harbour.example/news"
SITE: dict[str, set[str] | None] = {
    "index.html": {"top"},
    "a/index.html": {"x", "y"},
    "feed.xml": None,
    "about/index.html": set(),
}
PAGES = [
    '<a href="../">up</a>',
    '<a href="../b/">dead</a><a href="../b/">again</a>',
    '<a href="#x">here</a><p id="x">',
    '<a href="#z">nowhere</a><p id="x"><p id="x">',
    '<p id="x"><b id="x"></b>',
    '<a href="/news/about/">whole</a><a href="/elsewhere/">beside</a>',
    f'<a href="{BASE}/c/">named</a><a href="{BASE}">top</a><a href="{BASE}x/">beside</a>',
    "<script>if (a < b) \"<a href='../q/'>\"</script><a href=../r/>loose</a>",
    '<title>one <b> two</title><a href="../a/#y">fine</a><a href="../a/#w">not</a>',
    '<style></style><a href="https://[broken/">x</a>',
    '<meta http-equiv="refresh" content="0; url=../gone/"><img src="card.png">',
    '<a href="../a%20b/">space</a>\0<a href="../feed.xml#x">feed</a>',
    '<a href="..">bare</a><a href="../../../out/">out</a><a href="">self</a>',
]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_read_alike_with_and_without_lines(page: str) -> None:
    links = read_links(page.encode())
    addresses, ids, has_twins = read_names(page.encode())
    assert addresses == {address for address, _ in links.links}
    assert (ids, has_twins) == (set(links.ids), bool(links.twice))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("path", ["a/index.html", "index.html", "404.html"])
@pytest.mark.parametrize("base", ["", BASE, "https://harbour.example"])
def test_a_page_has_dead_links_where_checking_it_says_so(path: str, page: str, base: str) -> None:
    links = read_links(page.encode())
    pointing = read_pointing(path, page.encode(), base)

    def wrong(base_url: str) -> bool:
        return bool(check_page(path, links, SITE.__contains__, ids_of, base_url))

    relative = pointing.has_twins or any(map(dead, pointing.relative))
    assert relative == wrong("")
    assert (relative or any(map(dead, pointing.other))) == wrong(base)


@pytest.mark.parametrize("path", ["feed.xml", "a/feed.json", "robots.txt"])
def test_a_feed_has_dead_addresses_where_checking_it_says_so(path: str) -> None:
    for text in (f'"{BASE}/a/"', f'"{BASE}/b/"', f"<id>{BASE}/b/</id>", f"{BASE}/a/#w &lt;"):
        wrong = check_page(
            path, read_addresses(path, text.encode(), BASE), SITE.__contains__, ids_of, BASE
        )
        assert any(map(dead, read_pointing(path, text.encode(), BASE).other)) == bool(wrong)


def ids_of(path: str) -> frozenset[str] | None:
    ids = SITE.get(path)
    return None if ids is None else frozenset(ids)


def dead(target: tuple[str, str]) -> bool:
    return is_dead(target, SITE.__contains__, ids_of)
