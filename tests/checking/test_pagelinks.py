"""What a page points to is read alike by looking at its tags and by Python's parser."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook.checking.pagelinks import Links, _joined, _read_any, _read_plain, read_links

PIECES = (
    '<a href="../about/">',
    '<a href="?a=1&amp;b=&#34;2">',
    '<A HREF="x">',
    "<a href='x\"y'>",
    "<a href=x>",
    '<a href="a>b">',
    '<a href="a<b">',
    '<a href="&copy=1">',
    '<a href = "x">',
    '<a href="x"href="y">',
    '<a\n  class="b"\n  href="x" href="y">',
    "<a href>",
    '<a/href="x">',
    '<img src=" a.png " alt="">',
    '<img src="a.png"/>',
    '<video poster="p.jpg" src="v">',
    '<blockquote cite="https://x.example/">',
    '<meta http-equiv="refresh" content="0; url=../b/">',
    '<meta property="og:url" content=" https://x.example/ ">',
    '<svg viewBox="0 0 1 1" xlink:href="#a">',
    '<p id="one">',
    '<p id="">',
    "<p id>",
    "</p>",
    "</p >",
    "</a href='x'>",
    "<!doctype html>",
    "<!-- said -->",
    '<!-- <a href="hidden"> -->',
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?php",
    "?>",
    "<script>",
    '<script src="s.js">',
    "<script/>",
    "</script>",
    "</script >",
    "<style>",
    "</style>",
    "<title>",
    "</title>",
    "<textarea>",
    "</textarea>",
    "<plaintext>",
    "<noscript>",
    "</noscript>",
    "if (a < b) {",
    '"<p>"',
    "<",
    ">",
    "</",
    "<>",
    "<3",
    "&amp;",
    "&lt",
    '"',
    "'",
    "\n",
    "\r\n",
    "\0",
    " ",
    "word",
)
SOUP = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3))).map("".join)


def by_the_parser(text: str) -> Links:
    return _joined(_read_any(text))


@given(SOUP)
def test_any_markup_is_read_as_the_parser_reads_it(text: str) -> None:
    content = text.encode("utf-8", errors="replace")
    assert read_links(content) == by_the_parser(content.decode())


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=3).map("".join))
def test_any_few_tags_are_read_as_the_parser_reads_them(text: str) -> None:
    assert read_links(text.encode()) == by_the_parser(text)


def test_a_plain_page_needs_no_parser() -> None:
    page = (
        '<!doctype html>\n<html lang="en"><head><title>A &amp; b</title>\n'
        '<meta property="og:url" content="https://x.example/a/"><script>let a = "b > c"</script>\n'
        '</head><body><p id="one">Text > text\n<a class="b" href="../?q=1&amp;r=2">x</a>\n'
        '<img src="a.png" alt=""/><p id="one"></body></html>\n'
    )
    assert _read_plain(page) is not None
    assert read_links(page.encode()) == Links(
        links=(("https://x.example/a/", 3), ("../?q=1&r=2", 5), ("a.png", 6)),
        ids=("one",),
        twice=(("one", 6),),
    )


@pytest.mark.parametrize(
    "page",
    [
        "<a href='x'>",
        '<a href="a>b">',
        '<script>"<a href=x>"</script>',
        '<script>if (a < b) "c"</script>',
        "<title>",
        '<a href="x',
        "a < b",
        '<a href="&copy">',
    ],
)
def test_what_is_not_plain_is_left_to_the_parser(page: str) -> None:
    assert _read_plain(page) is None
    assert read_links(page.encode()) == by_the_parser(page)


def test_what_a_page_points_to_can_be_kept() -> None:
    links = read_links(b'<p id="a"><a href="b">')
    assert pickle.loads(pickle.dumps(links)) == links
