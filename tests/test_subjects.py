"""Names and outlets from the editor's side: what she writes in her entries makes their pages."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

ENTRIES = """\
-- briefings/one.md --
---
title: The first ferry
added: 2026-11-20T09:00:00Z
outlet: Tide Post
people: [Ada Quist, Olav Zell]
places: [Ulvik]
---
It sails.
-- briefings/two.md --
---
title: The second ferry
added: 2026-11-21T09:00:00Z
outlet: TIDE POST
people: [Ada QUIST]
---
It sails too.
-- briefings/three.md --
---
title: A third ferry
added: 2026-11-21T10:00:00Z
status: hidden
outlet: Hidden Herald
people: [Olav ZELL]
places: [Ulvik]
---
It never sailed.
"""
ADA = "/people/ada-quist/"


@pytest.fixture
def ferries(site: "MakeSite") -> "Folder":
    folder = site(ENTRIES)
    result = folder.build()
    assert (result.err, result.code) == ("", 0)
    return folder


def subjects(folder: "Folder") -> list[str]:
    kinds = ("/people/", "/organisations/", "/places/", "/outlets/")
    return [a for a in folder.published() if a.startswith(kinds) and a not in kinds]


def test_two_entries_make_a_page_and_a_hidden_one_counts_for_nothing(ferries: "Folder") -> None:
    assert subjects(ferries) == ["/outlets/tide-post/", ADA]
    everything = b"".join(ferries.tree("_site").values())
    assert b"ZELL" not in everything
    assert b"Hidden Herald" not in everything


def test_what_the_editor_writes_makes_the_pages(ferries: "Folder") -> None:
    ferries.edit("briefings/two.md", "[Ada QUIST]", "[Olav Zell]")
    assert ferries.build().code == 0
    assert subjects(ferries) == ["/outlets/tide-post/", ADA, "/people/olav-zell/"]
    # What was published once answers.
    assert "1 briefing<" in ferries.page(ADA)
    ferries.edit("briefings/one.md", "[Ada Quist, Olav Zell]", "[Olav Zell]")
    result = ferries.build("--strict")
    assert (result.err, result.code) == ("", 0)
    assert "No briefing here names this person at present." in ferries.page(ADA)


def test_a_draft_moves_and_publishes_nothing(ferries: "Folder") -> None:
    before = ferries.read("published.txt")
    ferries.edit("briefings/three.md", "status: hidden", "status: draft")
    assert ferries.build("--drafts").code == 0
    assert "A third ferry" in ferries.page("/people/olav-zell/")
    assert ferries.read("published.txt") == before
    assert ferries.build().code == 0
    assert ferries.read("published.txt") == before
    assert b"ZELL" not in b"".join(ferries.tree("_site").values())


def test_an_alias_joins_two_outlets_and_the_old_address_leads_on(ferries: "Folder") -> None:
    ferries.edit("briefings/two.md", "TIDE POST", "tidepost.example")
    ferries.build()
    assert subjects(ferries)[:2] == ["/outlets/tide-post/", "/outlets/tidepost-example/"]
    settings = ferries.read("site.yaml")
    outlets = "outlets:\n  - {name: Tide Post, aliases: [tidepost.example]}\n"
    ferries.write("site.yaml", settings + outlets)
    result = ferries.build("--strict")
    assert (result.err, result.code) == ("", 0)
    assert "2 briefings" in ferries.page("/outlets/tide-post/")
    assert "url=../tide-post/" in ferries.page("/outlets/tidepost-example/")


def test_one_more_entry_changes_old_entries_by_its_own_names_only(ferries: "Folder") -> None:
    ferries.build()
    before = ferries.tree("_site/briefings")
    ferries.write(
        "briefings/four.md",
        "---\ntitle: A fourth ferry\nadded: 2026-11-23T09:00:00Z\npeople: [Olav Zell]\n---\nNew.\n",
    )
    assert ferries.build().code == 0
    after = ferries.tree("_site/briefings")
    changed = [path for path in before if after[path] != before[path]]
    # The first names him too, the second has a new neighbour.
    assert changed == ["one/index.html", "two/index.html"]
    now, then = after["one/index.html"].decode(), before["one/index.html"].decode()
    linked = '<a href="../../people/olav-zell/"><bdi lang="en">Olav Zell</bdi></a>'
    assert now.replace(linked, '<bdi lang="en">Olav Zell</bdi>') == then


def test_an_outlet_setting_with_mistakes_builds_nothing_and_says_all(ferries: "Folder") -> None:
    ferries.write(
        "site.yaml",
        "title: x\noutlets:\n  - {name: Tide Post, hom: x}\n  - {name: TIDE POST, home: ftp://x}\n",
    )
    result = ferries.build()
    assert result.code == 2
    for what in ("unknown key 'hom'", "called 'TIDE POST', on lines 3 and 4", "not a web address"):
        assert what in result.err
