"""What an extract, a withdrawal, a draft or a hidden entry keeps back, it keeps back everywhere."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

SETTINGS = """\
-- site.yaml --
title: Harbour Brief
base_url: https://harbour.example/news
topics:
  - {slug: port, title: The port, words: [harbour, dredging, ferry, quay]}
"""
# The last paragraph stands far beyond 75 words, and no digest takes it.
FILLER = """\
The harbour authority will dredge the eastern basin first, then the channel to the old quay.
Two dredging ships came from the north, each with a crew of forty. The harbour stays open while
they work. The ferry to the islands will use the northern quay until April, and its timetable is
printed anew. Pilots meet the dredging ships at the harbour mouth every morning before the ferry
leaves, and the harbour master decides who goes first.""".replace("\n", " ")
LONG = f"""\
Dredging of the harbour begins on Monday

By Ann Marrow

The dredging of the harbour began on Monday, the port authority said.

{FILLER}

The mud goes to a field behind the harbour, where the authority wants to build a second quay.

Herons nest beside the old lighthouse and nobody counts them.

The dredging contract is worth 250 million crowns, the harbour master said on Monday.

Also Read: Walnut bread in five easy steps

Leave a Reply

A stranger wrote that pelicans are better.
"""
HERONS = b"Herons nest beside the old lighthouse"
PAGE = "/briefings/dredging-of-the-harbour-begins-on-monday/"
ENTRY = "briefings/dredging-of-the-harbour-begins-on-monday.md"


@pytest.fixture
def extract(site: "MakeSite") -> "Folder":
    """A site that shows extracts, not built yet."""
    return site(f"{SETTINGS}-- sources/a.txt --\n{LONG}")


def in_site(folder: "Folder", text: bytes) -> list[str]:
    return [path for path, content in folder.tree("_site").items() if text in content]


def test_extract_is_the_default_and_keeps_back_what_lies_beyond(extract: "Folder") -> None:
    assert extract.build().code == 0
    assert HERONS in extract.tree()[ENTRY]
    assert in_site(extract, HERONS) == []
    assert in_site(extract, b"The dredging of the harbour began on Monday, the port") != []


def test_a_dropped_line_stands_nowhere(extract: "Folder") -> None:
    extract.build()
    for dropped in (b"Walnut bread", b"pelicans", b"Leave a Reply"):
        assert in_site(extract, dropped) == []
    extract.edit("site.yaml", "title: Harbour Brief", "title: Harbour Brief\npublish: full")
    extract.build()
    for dropped in (b"Walnut bread", b"pelicans"):
        assert in_site(extract, dropped) == []


def test_full_shows_all(extract: "Folder") -> None:
    extract.edit("site.yaml", "title: Harbour Brief", "title: Harbour Brief\npublish: full")
    extract.build()
    assert set(in_site(extract, HERONS)) >= {PAGE[1:] + "index.html", "feed.xml", "feed.atom"}


def test_one_entry_can_be_full_or_an_extract(extract: "Folder") -> None:
    extract.build()
    extract.edit(ENTRY, "status: published", "status: published\npublish: full")
    extract.build()
    assert in_site(extract, HERONS) != []
    extract.edit("site.yaml", "title: Harbour Brief", "title: Harbour Brief\npublish: full")
    extract.edit(ENTRY, "publish: full", "publish: extract")
    extract.build()
    assert in_site(extract, HERONS) == []


def test_a_source_header_can_say_full(site: "MakeSite") -> None:
    folder = site(f"{SETTINGS}-- sources/a.txt --\n---\npublish: full\n---\n{LONG}")
    folder.build()
    assert in_site(folder, HERONS) != []


def test_own_outlets_are_always_full(site: "MakeSite") -> None:
    settings = SETTINGS.replace("title: H", "own_outlets: [port times]\ntitle: H", 1)
    folder = site(f"{settings}-- sources/a.txt --\n---\noutlet: Port Times\n---\n{LONG}")
    folder.build()
    assert in_site(folder, HERONS) != []


def test_where_reports_differ_no_sentence_beyond_an_extract_is_shown(site: "MakeSite") -> None:
    other = LONG.replace("250 million", "410 million").replace(
        "Herons nest beside the old lighthouse and nobody counts them.", "Nobody counts the mud."
    )
    sources = f"-- sources/a.txt --\n{LONG}-- sources/b.txt --\n{other}"
    folder = site(SETTINGS + sources)
    folder.build()
    (story,) = (address for address in folder.published() if address.startswith("/stories/"))
    for withheld in (b"The dredging contract is worth", b"250 million", b"410 million", b"crowns"):
        assert in_site(folder, withheld) == []
    folder.edit("site.yaml", "title: Harbour Brief", "title: Harbour Brief\npublish: full")
    folder.build()
    page = folder.page(story)
    for shown in ("The dredging contract is worth", "250 million", "410 million"):
        assert shown in page


def test_a_text_without_headline_and_full_stops_is_not_shown_as_its_title(
    site: "MakeSite",
) -> None:
    text = FILLER.replace(".", "").lower() + " and at the end herons nest beside the old lighthouse"
    folder = site(f"{SETTINGS}-- sources/a.txt --\n{text}\n")
    assert folder.build().code == 0
    (entry,) = folder.entries()
    assert "herons nest" in folder.read(entry).partition("\n---\n")[2]
    assert in_site(folder, b"herons nest") == []
    assert folder.check().code == 0


def test_of_a_withdrawn_entry_only_its_page_is_left(extract: "Folder") -> None:
    extract.edit("site.yaml", "title: Harbour Brief", "title: Harbour Brief\npublish: full")
    extract.build()
    extract.edit(
        ENTRY, "status: published", 'status: withdrawn\nnote: "We could not stand by this."'
    )
    assert extract.build().code == 0
    for text in (HERONS, b"port authority said", b"Ann Marrow", b"a second quay"):
        assert in_site(extract, text) == []
    page = extract.page(PAGE)
    assert "What stood at this address was withdrawn by the editor." in page
    assert "We could not stand by this." in page
    # Its twin and the list of corrections say that it was withdrawn; their feeds, too.
    told = in_site(extract, b"Dredging of the harbour begins")
    pages = [path for path in told if "feed." not in path]
    left = [PAGE[1:] + name for name in ("index.html", "index.json")]
    assert pages == [*left, "corrections/index.html"]


def test_an_alias_of_a_withdrawn_entry_answers(extract: "Folder") -> None:
    extract.build()
    extract.edit(ENTRY, "status: published", "status: withdrawn\naliases: [mud]")
    extract.build()
    assert PAGE.strip("/").rpartition("/")[2] in extract.page("/briefings/mud/")


@pytest.mark.parametrize("status", ["draft", "hidden"])
def test_a_draft_or_hidden_entry_appears_nowhere(site: "MakeSite", status: str) -> None:
    folder = site(
        f"-- briefings/a.md --\n---\ntitle: Herons\nadded: 2026-01-01\nstatus: {status}\n"
        "aliases: [birds]\nstory: herons-return\npeople: [Ida Crane]\n"
        "summary: Herons are back.\ntopics: [port]\n---\nHerons are back at the quay.\n"
        "-- briefings/b.md --\n---\ntitle: Mud\nadded: 2026-01-02\nstory: herons-return\n"
        "---\nMud is everywhere.\n"
    )
    assert folder.build().code == 0
    for text in (b"Herons", b"herons", b"birds", b"Ida Crane"):
        assert in_site(folder, text) == []
        assert text.decode() not in folder.read("published.txt")


def test_drafts_are_shown_marked_when_asked_and_never_published(site: "MakeSite") -> None:
    folder = site(
        "-- briefings/a.md --\n---\ntitle: Herons\nslug: herons\nadded: 2026-01-01\nstatus: draft\n"
        "aliases: [birds]\ntopics: [port]\n---\nHerons are back at the quay.\n"
        "-- briefings/b.md --\n---\ntitle: Owls\nadded: 2026-01-02\nstatus: hidden\n---\nOwls.\n"
    )
    assert folder.build("--drafts").code == 0
    page = folder.page("/briefings/herons/")
    assert "Herons are back" in page
    assert '<strong class="flag">Draft</strong>' in page
    assert in_site(folder, b"Owls") == []
    assert "herons" not in folder.read("published.txt")
    assert "birds" not in folder.read("published.txt")
    assert "2026/01" not in folder.read("published.txt")
    for path, content in folder.tree("_site").items():
        if path.endswith((".xml", ".atom")):
            assert b"Herons" not in content
    folder.build()
    assert in_site(folder, b"Herons") == []


def test_a_draft_changes_nothing_on_the_pages_of_others(site: "MakeSite") -> None:
    published = (
        "-- briefings/b.md --\n---\ntitle: Mud\nslug: mud\nadded: 2026-01-02\nstory: wet\n"
        "---\nMud is everywhere in the harbour.\n"
    )
    folder = site(published)
    folder.build()
    before = folder.tree("_site")
    folder.write(
        "briefings/a.md",
        "---\ntitle: Herons\nadded: 2026-01-01\nstatus: draft\nstory: wet\ntopics: [farming]\n---\n"
        "Herons are back at the harbour.\n",
    )
    folder.build()
    assert folder.tree("_site") == before
