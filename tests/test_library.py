"""The calls of the library, as DESIGN.md section 7 and the README document them."""

import dataclasses
import inspect
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import briefbook

ADAPTER = Path(__file__).parents[2] / "shared" / "measure" / "adapter.py"
REQUIRED = inspect.Parameter.empty


def parameters(call: Any) -> list[tuple[str, Any]]:
    return [(p.name, p.default) for p in inspect.signature(call).parameters.values()]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("parse_text", [("text", REQUIRED)]),
        ("summarise", [("text", REQUIRED), ("title", ""), ("sentences", 1)]),
        ("find_names", [("text", REQUIRED)]),
        ("file_stories", [("items", REQUIRED)]),
        ("file_topics", [("items", REQUIRED), ("specs", REQUIRED)]),
        ("differences", [("items", REQUIRED)]),
    ],
)
def test_calls_have_their_signatures_and_are_exported(
    name: str, expected: list[tuple[str, Any]]
) -> None:
    assert name in briefbook.__all__
    assert parameters(getattr(briefbook, name)) == expected


@pytest.mark.parametrize(
    ("name", "required", "optional"),
    [
        ("Item", ["key", "title", "text", "published"], ["outlet", "origin", "story"]),
        ("TopicSpec", ["slug", "words"], ["examples", "require", "exclude"]),
        ("Name", ["text", "kind"], ["short_for"]),
        ("Claim", ["key", "value", "sentence"], []),
        ("Line", ["number", "text", "fate", "rule"], ["block", "otherwise"]),
    ],
)
def test_types_have_their_fields_in_order(
    name: str, required: list[str], optional: list[str]
) -> None:
    found = parameters(getattr(briefbook, name))
    assert name in briefbook.__all__
    assert [field for field, _ in found] == required + optional
    assert [field for field, default in found if default is not REQUIRED][-len(optional) :] == (
        optional
    )


def test_items_and_topics_take_their_fields_by_place_and_cannot_be_changed() -> None:
    item = briefbook.Item("a", "Title", "Text", None)
    spec = briefbook.TopicSpec("port", ("harbour",), (item,))
    assert (item.outlet, item.origin, item.story) == (None, None, None)
    assert (spec.require, spec.exclude) == ((), ())
    with pytest.raises(dataclasses.FrozenInstanceError):
        item.key = "b"  # type: ignore[misc]  # the very thing that must fail


def test_an_article_has_its_documented_properties() -> None:
    article = briefbook.parse_text(
        "Skarnes port buys a dredger\n\nBy Ina Brandt | May 4, 2026\n\n"
        "The port of Skarnes bought a dredger on Monday.The price was not known.\n\n"
        "Source: Tidewater Agency\n\n© 2026 Mudflat Post. All rights reserved.\n"
    )
    assert article.title == "Skarnes port buys a dredger"
    assert article.authors == ("Ina Brandt",)
    assert article.outlet == "Mudflat Post"
    assert article.origin == "Tidewater Agency"
    assert article.published == date(2026, 5, 4)
    assert (
        article.body == "The port of Skarnes bought a dredger on Monday. The price was not known."
    )
    assert article.plain_body == (
        "The port of Skarnes bought a dredger on Monday.The price was not known."
    )
    assert [(line.number, str(line.fate), line.block) for line in article.lines] == [
        (1, "metadata", None),
        (3, "metadata", None),
        (5, "body", "paragraph"),
        (7, "metadata", None),
        (9, "dropped", None),
    ]


ONE = {
    "id": "one",
    "title": "Skarnes port buys a dredger",
    "date": "2026-05-04",
    "text": "The port of Skarnes bought a dredger for 41 million kroner on Monday. It rained.",
    "sentences": 1,
}
TWO = {
    "id": "two",
    "title": "Dredger for Skarnes port",
    "date": "2026-05-05",
    "text": "The port of Skarnes bought a dredger for 44 million kroner on Monday. Liv Aune paid.",
    "sentences": 1,
}
TOPIC = {"type": "topic", "topic": "ports", "keywords": ["dredger", "port"], "examples": []}
ARTICLES = [{**row, "key": row["id"]} for row in (ONE, TWO)]


@pytest.mark.skipif(not ADAPTER.exists(), reason="the measuring kit is not beside the repository")
@pytest.mark.parametrize(
    ("task", "rows", "expected"),
    [
        pytest.param("parsing", [ONE, TWO], ["id", "body", "title", "author", "outlet", "date"]),
        pytest.param("structure", [ONE, TWO], ["id", "lines"]),
        pytest.param("stories", [ONE, TWO], ["id", "story"]),
        pytest.param("topics", [TOPIC, {**ONE, "type": "item"}, {**TWO, "type": "item"}],
                     ["id", "topic"]),
        pytest.param("summaries", [ONE, TWO], ["id", "summary"]),
        pytest.param("entities", [ONE, TWO], ["id", "entities"]),
        pytest.param("differences", [{"id": "one", "articles": ARTICLES},
                                     {"id": "two", "articles": ARTICLES[::-1]}], ["id", "rows"]),
    ],
)  # fmt: skip
def test_the_measuring_kit_runs(task: str, rows: list[object], expected: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, ADAPTER, task],
        input="\n".join(map(json.dumps, rows)),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["one", "two"]
    assert all(list(answer) == expected for answer in answers)
