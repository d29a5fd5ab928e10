from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from lxml import html

from briefbook.model import Facts
from briefbook.reading.statements import find_statements


def stated(head: str, body: str = "<p>Text</p>", lang: str = "") -> Facts:
    page = f"<html lang='{lang}'><head>{head}</head><body>{body}</body></html>"
    return find_statements(html.document_fromstring(page))[1]


def meta(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{content}">'


def json_ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


ARTICLE = """{"@type": ["NewsArticle", "Thing"], "headline": "Ferry &amp; quay",
    "datePublished": "2026-03-03T08:15:00+01:00", "author": %s, "publisher": {"@id": "#org"}}"""
GRAPH = json_ld(
    '{"@graph": [{"@type": "WebPage", "headline": "No"}, %s, {"@id": "#org", "name": "Mud Post"}]}'
    % (
        ARTICLE
        % '[{"@type": "Person", "name": "Mina Hart"}, {"@type":"Organization","name":"Desk"}]'
    )
)


def test_json_ld_speaks_first() -> None:
    facts = stated(
        meta("author", "Somebody Else") + '<meta property="og:title" content="Other">' + GRAPH
    )
    assert facts.title and facts.authors and facts.outlet and facts.published
    assert (facts.title.value, facts.title.rule) == ("Ferry & quay", "html: JSON-LD")
    assert facts.authors.value == ("Mina Hart",)
    assert facts.outlet.value == "Mud Post"
    assert facts.published.value == datetime(2026, 3, 3, 8, 15, tzinfo=timezone(timedelta(hours=1)))


def test_every_fact_has_its_line() -> None:
    page = html.document_fromstring(
        f"<html lang=en><head>{GRAPH}<link rel=canonical href='https://a.example/b'></head></html>"
    )
    lines, facts = find_statements(page)
    assert lines == (
        "Ferry & quay",
        "Mina Hart",
        "2026-03-03T08:15:00+01:00",
        "Mud Post",
        "https://a.example/b",
        "en",
    )
    found: list[Any] = [
        facts.title, facts.authors, facts.published, facts.outlet, facts.url, facts.language
    ]  # fmt: skip
    assert [fact.line for fact in found] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        ('<meta property="og:title" content=" The \n quay ">', "title", "The quay"),
        (
            '<meta property="og:site_name" content="Mud Post">'
            '<meta property="og:title" content="The quay | Mud Post">',
            "title",
            "The quay",
        ),
        ("<title>The quay is wet</title>", "title", "The quay is wet"),
        (meta("author", "By Mina Hart and Liv Aune"), "authors", ("Mina Hart", "Liv Aune")),
        (meta("author", "https://a.example/mina") + meta("dc.creator", "Liv Aune"), "authors",
         ("Liv Aune",)),
        ('<meta property="article:published_time" content="2026-03-03T08:15:00Z">', "published",
         datetime(2026, 3, 3, 8, 15, tzinfo=UTC)),
        (meta("date", "2026-03-03 08:15"), "published", date(2026, 3, 3)),
        (meta("pubdate", "2026/03/03"), "published", date(2026, 3, 3)),
        ('<meta property="og:url" content="https://a.example/b">', "url", "https://a.example/b"),
        (json_ld("[" * 9_000) + meta("author", "Mina Hart"), "authors", ("Mina Hart",)),
        (json_ld('{"@type": "Article", "author": "Mina Hart", "headline": 7}'), "authors",
         ("Mina Hart",)),
    ],
)  # fmt: skip
def test_reads_what_is_plainly_said(head: str, field: str, value: object) -> None:
    found = getattr(stated(head), field)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(
    ("head", "field"),
    [
        (meta("date", "March 3, 2026"), "published"),
        (meta("date", "2026-02-30"), "published"),
        (meta("author", "@minahart"), "authors"),
        ("<link rel=canonical href='javascript:alert(1)'>", "url"),
        ("<link rel=canonical href='/b'>", "url"),
        ('<meta property="og:title" content="%s">' % ("x" * 500), "title"),
        (json_ld('{"@type": "Article", "author": {"name": {"a": 1}}}') + "", "outlet"),
        (json_ld('{"@type": "Recipe", "datePublished": "2026-03-03"}'), "published"),
        (json_ld('[{"mainEntity": 4}, 5, null, {"@type": null}'), "title"),
    ],
)
def test_passes_over_what_says_nothing_sure(head: str, field: str) -> None:
    assert getattr(stated(head), field) is None


def test_the_title_element_is_asked_only_where_the_page_has_no_headline() -> None:
    assert stated("<title>The quay - Mud Post</title>", "<h1>The quay</h1>").title is None


def test_characters_that_are_no_text_are_left_out() -> None:
    facts = stated('<meta property="og:title" content="abc&#x202e;def&#7;">')
    assert facts.title is not None
    assert facts.title.value == "abcdef"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("The quay is wet - Mud Post", "The quay is wet"),
        ("Mud Post: The quay is wet", "The quay is wet"),
        ("Nothing seen - Mud Post", "Nothing seen - Mud Post"),
        ("Ports - Mud Post", "Ports - Mud Post"),
    ],
)
def test_of_a_title_what_can_be_seen_alone_is_the_headline(title: str, expected: str) -> None:
    page = html.document_fromstring(
        f"<html><head><title>{title}</title></head><body>x</body></html>"
    )
    facts = find_statements(page, ["Home", "The quay is wet"])[1]
    assert facts.title is not None
    assert facts.title.value == expected
