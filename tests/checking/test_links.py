import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook.checking.links import _target, check_page, check_site
from briefbook.checking.pagelinks import Links, read_links

BASE = "https://a.example/repo"


def site(**pages: str) -> dict[str, bytes]:
    return {path.replace("__", "/"): text.encode() for path, text in pages.items()} | {
        "index.html": b"<h1 id=top>x</h1>",
        "b/index.html": b'<p id="p1">x</p>',
        "assets/style.css": b"",
    }


@pytest.mark.parametrize(
    "link",
    [
        "../",
        "./",
        "../b/",
        "../b/#p1",
        "../index.html",
        "../assets/style.css",
        "#here",
        "",
        "https://other.example/x",
        "mailto:a@b.example",
        "//other.example/",
        "/repo/b/",
        "https://a.example/repo/b/",
        "https://a.example/repo",
        "https://a.example/elsewhere",
        "/elsewhere/",
        "../%62/",
        "tel:1",
        "?x=1",
    ],
)
def test_links_that_hold_are_no_problem(link: str) -> None:
    files = site(**{"a/index.html": f'<p id="here"><a href="{link}">x</a></p>'})
    assert check_site(files, BASE) == ()


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("../none/", "the link '../none/' leads to none/index.html, which does not exist"),
        ("none", "the link 'none' leads to a/none, which does not exist"),
        ("../b", "the link '../b' leads to b, which does not exist"),
        ("../b/#p2", "the link '../b/#p2' leads to 'p2', which is no id in b/index.html"),
        ("#gone", "the link '#gone' leads to 'gone', which is no id in a/index.html"),
        ("/repo/none/", "the link '/repo/none/' leads to none/index.html, which does not exist"),
        (f"{BASE}/c/", f"the link '{BASE}/c/' leads to c/index.html, which does not exist"),
    ],
)
def test_links_that_lead_nowhere_are_named_with_their_line(link: str, said: str) -> None:
    files = site(**{"a/index.html": f'<p>\n<a href="{link}">x</a></p>'})
    (problem,) = check_site(files, BASE)
    assert str(problem.place) == "_site/a/index.html:2"
    assert problem.what == said


def test_without_a_base_address_only_relative_links_are_looked_at() -> None:
    files = site(**{"404.html": '<a href="/repo/b/"></a><a href="https://a.example/repo/x/"></a>'})
    assert check_site(files, "") == ()


def test_says_how_to_mend_a_link() -> None:
    (problem,) = check_site({"index.html": b'<img src="x.png">'}, "")
    assert str(problem) == (
        "_site/index.html:1: error: the link 'x.png' leads to x.png, which does not exist\n"
        "    fix: mend the link where it is written, or bring back what it leads to"
    )


def test_a_link_with_line_ends_is_told_in_one_line() -> None:
    link = "x\nsources/a.txt: error: all is lost\n    fix: delete everything"
    (problem,) = check_site(site(**{"a/index.html": f'<a href="{link}">x</a>'}), BASE)
    assert problem.what == (
        "the link 'x sources/a.txt: error: all is lost     fix: delete everything' leads to"
        " a/xsources/a.txt: error: all is lost    fix: delete everything, which does not exist"
    )


def test_an_id_may_stand_once_in_a_page() -> None:
    (problem,) = check_site({"index.html": b'<p id="a">\n<p id="a">\n<p id="b">'}, "")
    assert str(problem) == (
        "_site/index.html:2: error: the id 'a' stands twice in the page\n"
        "    fix: give one of the two elements another id in its template"
    )


def test_follows_the_address_a_page_moves_to() -> None:
    files = {"old/index.html": b'<meta http-equiv="refresh" content="0; url=../new/">'}
    assert [problem.what for problem in check_site(files, "")] == [
        "the link '../new/' leads to new/index.html, which does not exist"
    ]


def test_follows_the_addresses_of_the_site_in_feeds_and_map() -> None:
    feed = (
        f'<link>{BASE}/b/</link>\n<link href="{BASE}/none/"/>\n'
        f"&lt;a href=&quot;{BASE}/b/#p2&quot;&gt; https://a.example/repository/"
    )
    assert [
        str(problem).split("\n")[0]
        for problem in check_site(site(feed__xml="") | {"feed.xml": feed.encode()}, BASE)
        if "feed" in problem.place.path
    ] == [
        f"_site/feed.xml:2: error: the link '{BASE}/none/' leads to none/index.html, which does"
        " not exist",
        f"_site/feed.xml:3: error: the link '{BASE}/b/#p2' leads to 'p2', which is no id in"
        " b/index.html",
    ]


def named(path: str, content: str) -> list[str]:
    files = site() | {path: content.encode()}
    return [f"{problem.place}: {problem.what}" for problem in check_site(files, BASE)]


def test_follows_the_addresses_of_the_list_of_feeds() -> None:
    listed = f'<opml>\n<outline xmlUrl="{BASE}/none/feed.xml" htmlUrl="{BASE}/b/"/>'
    assert named("feeds.opml", listed) == [
        f"_site/feeds.opml:2: the link '{BASE}/none/feed.xml' leads to none/feed.xml, which does"
        " not exist"
    ]


def test_follows_the_addresses_in_json_but_not_those_in_its_texts() -> None:
    told = f'{{\n"page": "{BASE}/b/",\n"story": "{BASE}/s/",\n"note": "not {BASE}/x/ \\"y\\""}}'
    assert named("b/index.json", told) == [
        f"_site/b/index.json:3: the link '{BASE}/s/' leads to s/index.html, which does not exist"
    ]


def test_follows_what_a_page_tells_those_who_show_links_to_it() -> None:
    told = "".join(
        f'<meta property="og:{what}" content="{BASE}/{where}">\n'
        for what, where in (("url", "b/"), ("image", "no.png"), ("title", "none/"))
    )
    assert named("c/index.html", told) == [
        f"_site/c/index.html:2: the link '{BASE}/no.png' leads to no.png, which does not exist"
    ]


@pytest.mark.parametrize(
    "page",
    ["<a href='x", "<a href=></a>", "<<<>>>", "<!--", "<a href='http://['>", "<![CDATA[", "\xff"],
)
def test_broken_markup_is_read_as_far_as_it_goes(page: str) -> None:
    check_site({"index.html": page.encode("latin-1")}, BASE)


def test_the_links_of_one_page_are_checked_against_what_is_known_of_the_others() -> None:
    page = read_links(
        b'<p id="a">\n<a href="../b/#p1"><a href="../b/#p2"><a href="../c/"><a id="a">'
    )
    problems = check_page(
        "a/index.html",
        page,
        {"a/index.html", "b/index.html"}.__contains__,
        {"b/index.html": ("p1",)}.get,
        "",
    )
    assert [f"{problem.place}: {problem.what}" for problem in problems] == [
        "_site/a/index.html:2: the id 'a' stands twice in the page",
        "_site/a/index.html:2: the link '../b/#p2' leads to 'p2', which is no id in b/index.html",
        "_site/a/index.html:2: the link '../c/' leads to c/index.html, which does not exist",
    ]


FOLDERS = st.sampled_from(["a", "a/b", "a/b/c", ".a", "..", "a/../b", "a//b", "/a", "../a"])
PIECES = st.sampled_from(
    "../ ../../ .. . / // a b %2e %2F # ? : ; [ ] @ https: https://a.example \t &".split(" ")
)


@given(FOLDERS, st.lists(PIECES).map("".join), st.sampled_from(["", "https://a.example", BASE]))
def test_a_way_up_leads_to_the_top_from_every_folder(folder: str, link: str, base: str) -> None:
    path = f"{folder}/index.html"
    seen: list[str] = []

    def has_path(to: str) -> bool:
        seen.append(to)
        return True

    check_page(path, Links(links=((link, 1),)), has_path, lambda to: None, base)
    target = _target(folder, link, base)  # what the folder itself says, without a way round
    if target is None:
        assert seen == []
    elif target[0] is not None:
        assert seen == [target[0]]
