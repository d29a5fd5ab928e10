from collections.abc import Callable
from datetime import date

import pytest

from briefbook.model import Found, Header, SourceFile
from briefbook.parsing import parse as parse_source
from briefbook.parsing import split_lines

from .conftest import Parsed

Parse = Callable[[str], Parsed]


@pytest.mark.cases("facts")
def test_reads_who_wrote_and_published_it_when_and_after_whom(
    parse: Parse, given: str, expected: str
) -> None:
    facts = parse(given).article.facts
    lines = []
    if facts.authors:
        lines.append(f"authors: {', '.join(facts.authors.value)} (line {facts.authors.line})")
    if facts.outlet:
        lines.append(f"outlet: {facts.outlet.value} (line {facts.outlet.line})")
    if facts.origin:
        lines.append(f"origin: {facts.origin.value} (line {facts.origin.line})")
    if facts.published:
        lines.append(
            f"published: {facts.published.value.isoformat()} (line {facts.published.line})"
        )
    assert "\n".join(lines) == expected


@pytest.mark.cases("facts")
def test_quotes_the_words_that_say_it(parse: Parse, given: str, expected: str) -> None:
    article = parse(given).article
    lines = {line.number: " ".join(line.text.split()) for line in article.lines}
    for found in (article.facts.authors, article.facts.outlet, article.facts.origin):
        assert found is None or found.quote.strip() in lines[found.line or 0]
    published = article.facts.published
    assert published is None or published.quote in lines[published.line or 0]


def test_what_the_header_says_wins_over_the_text() -> None:
    text = (
        "The quay is closed for the whole winter\n\nBy Ina Brandt\n\n2 May 2026\n\n"
        "The quay is closed until the ice is gone, the harbour master said on Monday.\n\n"
        "He did not say who pays for the ferries that have to go elsewhere until then.\n"
    )
    header = Header(
        url="https://mudflat.example/quay",
        outlet="Mudflat Post",
        authors=("Ann Other",),
        published=date(2026, 5, 3),
        language="en-GB",
        origin="Tidewater Agency",
        lines={"url": 2, "outlet": 3, "authors": 4, "published": 5, "language": 6, "origin": 7},
    )
    source = SourceFile(
        path="sources/quay.txt",
        header=header,
        lines=split_lines(text),
        first_line=9,
        encoding="utf-8",
        sha256="0" * 64,
    )
    facts = parse_source(source).facts
    assert facts.url == Found("https://mudflat.example/quay", 2, "header")
    assert facts.outlet == Found("Mudflat Post", 3, "header")
    assert facts.authors == Found(("Ann Other",), 4, "header")
    assert facts.published == Found(date(2026, 5, 3), 5, "header", "2026-05-03")
    assert facts.language == Found("en-GB", 6, "header")
    assert facts.origin == Found("Tidewater Agency", 7, "header")
    assert facts.title is not None
    assert (facts.title.value, facts.title.line) == ("The quay is closed for the whole winter", 9)
