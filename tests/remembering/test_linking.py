"""A link is found dead when what it leads to vanishes, though its own page is as it was."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from briefbook import material
from briefbook.build import build
from briefbook.options import Options
from briefbook.problems import Problem
from tests.conftest import FERRY, Folder

NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
POINTING = "briefings/boat-1.md"


def entry(title: str, body: str, *lines: str) -> str:
    front = "\n".join((f"title: {title}", "added: 2026-11-01T01:00:00Z", *lines))
    return f"---\n{front}\n---\n{body}\n"


@pytest.fixture
def harbour(site: Callable[[str], Folder]) -> Folder:
    folder = site("")
    folder.write("briefings/boat-7.md", entry("Boat 7", "It has a keel.\n\nIt is of oak."))
    for number in (3, 4, 5, 6, 8, 9):
        folder.write(f"briefings/boat-{number}.md", entry(f"Boat {number}", "It was mended."))
    return folder


def dead_links(folder: Folder, *, drafts: bool = False) -> list[Problem]:
    made = build(folder.root, Options(now=NOW, drafts=drafts))
    return [problem for problem in made.problems if problem.place.path == POINTING]


def test_a_link_to_a_paragraph_that_is_gone(harbour: Folder) -> None:
    harbour.write(POINTING, entry("Boat 1", "Its keel is [of oak](../boat-7/#p2) too."))
    assert [dead_links(harbour) for _ in range(2)] == [[], []]
    harbour.edit("briefings/boat-7.md", "\n\nIt is of oak.", "")
    (first,), (second,) = dead_links(harbour), dead_links(harbour)
    assert first == second
    assert "../boat-7/#p2" in first.what
    harbour.edit("briefings/boat-7.md", "a keel.", "a keel.\n\nIt is of pine.")
    assert dead_links(harbour) == []


def test_a_link_to_a_page_that_is_gone(harbour: Folder) -> None:
    harbour.write("briefings/boat-95.md", entry("Boat 95", "It leaks.", "status: draft"))
    harbour.write(POINTING, entry("Boat 1", "Not so [boat 95](../boat-95/)."))
    assert [dead_links(harbour, drafts=True) for _ in range(2)] == [[], []]
    (first,), (second,) = dead_links(harbour), dead_links(harbour)
    assert first == second
    assert "../boat-95/" in first.what
    assert dead_links(harbour, drafts=True) == []


def test_the_line_of_a_dead_link_in_a_note_that_moves_with_what_the_build_writes(
    harbour: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(material, "MOST", 2)
    harbour.write("sources/ferry.txt", FERRY)
    build(harbour.root, Options(now=NOW))
    (entry,) = (path for path in harbour.entries() if "ferry" in path)
    harbour.edit(entry, "\npublished: 2026-05-03", "\npublished: 2026-05-02")
    harbour.edit(entry, "---\nid:", '---\naliases: [old]\nnote: "[x](../y/)"\nid:')
    made = build(harbour.root, Options(now=NOW))
    (line,) = (p.place.line for p in made.problems if "../y/" in p.what)
    assert line is not None
    assert "corrections:" in harbour.read(entry)
    assert harbour.read(entry).split("\n")[line - 1].startswith("note:")
