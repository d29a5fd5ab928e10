"""What is kept of the links of a file says the same as reading the file does."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook.checking.links import addresses_in, check_page, read_addresses
from briefbook.checking.pagelinks import _joined, _read_any, read_links
from briefbook.checking.pagetags import Told, told_by, told_by_tags
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


PATHS = ["a/index.html", "index.html", "404.html", "a/b/index.html", "./odd/x.html"]
BASES = ["", BASE, "https://harbour.example", BASE + "/"]
ADDRESSES = (
    "../|../../|../../../|../../c/d/|../c/#y|../../#y|../../a-b/c_d/#1|../../a/b|../-a/|../../../x/"
    "|../a/#y|../../#top|#x|#%78|#|?q=1|x.png|./|..|a%20b/|mailto:a@b.example|../\u00e4/|\u00e4:"
    "|https://[x/|https://harbour.example|https://harbour.example/news|https://harbour.example/new"
    "|https://harbour.example/news/c/|https://harbour.example/|https://harbour.example/news/c/#z"
    "|https://harbour.example/news#w|http://other.example/|http://other.example/a_b|5; url=../a/"
    "|HTTPS://harbour.example/news/|/news/about/|/out/|//harbour.example/news/"
).split("|")
ELEMENTS = (
    '<a href="{}">|<a class="x" id="one" href="{}">|<img src="{}">|<p id="{}">|<p id="x">|</p>|<br>'
    '|<meta http-equiv="refresh" content="0; url={}">|<meta property="og:url" content="{}">|<b>'
    '|<link rel="canonical" href="{}">|<a href="{}" rel="x" class="y">|<a href="{}" rel="x" id="z">'
    '|<meta name="x" content="a {}">|<a class="y" href="{}" href="../../z/">'
    '|<meta name="x" content="{}">|<meta property="og:urls" content="x{}">'
    "|<title>|</title>|<script src=\"{}\">|</script>|<a href='{}'>|<!-- {} -->|text|\\0|<|<a href>"
).split("|")

FEED_PIECES = (
    "/a/|/b/?x|&amp;|&lt;|&lt|&#104;|&copy;|&#39;|&#x41;|&|<id>|</id>| |\n|\u2028|\\|text|https://"
    "|amp;|'|\""
).split("|")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("base", BASES)
def test_a_page_says_the_same_by_its_tags_and_by_the_parser(
    path: str, page: str, base: str
) -> None:
    by_tags = told_by_tags(path, page.encode(), base)
    assert by_tags in (None, by_the_parser(path, page.encode(), base))


@given(
    st.lists(
        st.tuples(st.sampled_from(ELEMENTS), st.sampled_from(ADDRESSES)).map(
            lambda two: two[0].format(two[1])
        )
    ).map("".join),
    st.sampled_from(PATHS),
    st.sampled_from(BASES),
)
def test_any_page_says_the_same_by_its_tags_and_by_the_parser(
    page: str, path: str, base: str
) -> None:
    content = page.replace("\\0", "\0").encode("latin-1")  # most of it is no UTF-8 then
    by_tags = told_by_tags(path, content, base)
    assert by_tags in (None, by_the_parser(path, content, base))


def test_a_page_of_ours_needs_no_parser() -> None:
    page = b'<!doctype html>\n<title>A</title><p id="x"><a href="../about/#y">1 &amp; 2</a><br/>'
    assert told_by_tags("a/index.html", page, BASE) == Told(
        relative={("about/index.html", "y")}, named=set(), ids={"x"}, has_twins=False
    )


def test_a_page_of_signs_that_no_tag_ends_takes_no_longer_than_others() -> None:
    started = time.process_time()
    assert told_by_tags("a/index.html", b"<p>" + b"<" * 300_000, BASE) is None
    assert time.process_time() - started < 1


def by_the_parser(path: str, content: bytes, base: str) -> Told:
    page = _joined(_read_any(content.decode("utf-8", errors="replace")))
    ids = [*page.ids, *(identity for identity, _ in page.twice)]
    return told_by(path, [address for address, _ in page.links], ids, base)


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


@given(
    st.lists(st.sampled_from((BASE, *FEED_PIECES))).map("".join),
    st.sampled_from(["feed.xml", "feeds.opml", "a/feed.json", "robots.txt"]),
    st.sampled_from([BASE, "", "https://harbour.example/a&b", "https://harbour.example/it's"]),
)
def test_any_feed_names_the_same_addresses_with_and_without_lines(
    text: str, path: str, base: str
) -> None:
    links = read_addresses(path, text.encode(), base).links
    assert addresses_in(path, text.encode(), base) == {address for address, _ in links}


def ids_of(path: str) -> frozenset[str] | None:
    ids = SITE.get(path)
    return None if ids is None else frozenset(ids)


def dead(target: tuple[str, str]) -> bool:
    return is_dead(target, SITE.__contains__, ids_of)
