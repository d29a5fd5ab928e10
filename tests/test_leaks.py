"""What of an entry stands in which file of the site, for entries in every state.

Each entry has a word of its own in each of its parts: `fieldstate`, such as `bodydraft`. A build of
them all is searched for these words, file names and packed search index included.
"""

import gzip
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

NOW = "2026-11-21T18:00:00Z"
STATES = ("published", "draft", "scheduled", "hidden", "withdrawn", "withdrawnsilently", "early")
# How each stands in its file; the last one was withdrawn before it appeared.
IN_FILE = {
    "published": "status: published\npublish_after: 2026-11-20",
    "draft": "status: draft",
    "scheduled": "status: published\npublish_after: 2026-11-30",
    "hidden": "status: hidden",
    "withdrawn": "status: withdrawn",
    "withdrawnsilently": "status: withdrawn",
    "early": "status: withdrawn\npublish_after: 2026-11-30",
}
FIELDS = (
    *("title", "slug", "file", "outlet", "origin", "author", "host", "summary", "point", "person"),
    *("organisation", "place", "note", "alias", "former", "was", "now", "why", "retracted"),
    *("gone", "body", "story", "basis", "review", "own", "source", "dropped", "tagline"),
)
# What may be told of one that was withdrawn: its name, its addresses, the note, and why.
OF_WITHDRAWN = {"title", "slug", "alias", "former", "note", "why"}


def entry(state: str, *, retraction: bool = True) -> str:
    """Return an entry with a word of its own in each part."""
    word = {field: f"{field}{state}" for field in FIELDS}
    name = {field: word[field].capitalize() for field in FIELDS}
    kind = "retraction" if retraction else "update"
    return f"""\
---
slug: {word["slug"]}
title: "{name["title"]} at the quay"
outlet: "{name["outlet"]} Wire"
origin: "{name["origin"]} Agency"
authors: ["Ada {name["author"]}"]
published: 2026-11-19
date_basis: "line 2: '{word["basis"]}'"
added: 2026-11-19
updated: 2026-11-20
url: https://{word["host"]}.example/
summary: "The {word["summary"]} fell."
key_points: ["The {word["point"]} rose."]
people: ["Bea {name["person"]}", "Common Bell"]
organisations: ["{name["organisation"]} Trust"]
places: ["Port {name["place"]}"]
topics: [port]
story: {word["story"]}
{IN_FILE[state]}
note: "The editor says {word["note"]}."
aliases: [{word["alias"]}]
former_stories: [{word["former"]}]
corrections:
  - {{date: 2026-11-20, was: "{word["was"]}", now: "{word["now"]}", why: "{word["gone"]}"}}
  - {{date: 2026-11-21, kind: {kind}, was: "{word["retracted"]}", why: "{word["why"]}"}}
review: ["line 7: {word["review"]}"]
mine: "{word["own"]}"
---
The {word["body"]} is under water since the storm of Sunday night, and the summer boats are gone.
"""


def beside(state: str) -> str:
    """Return a public report of the same event, so that the story has something to show."""
    word = f"story{state}"
    return (
        f"---\ntitle: Beside {STATES.index(state)}\nadded: 2026-11-20\nstory: {word}\n"
        "people: [Common Bell]\n---\nThe boats were counted again on Monday by the harbour.\n"
    )


def source(state: str) -> str:
    """Return a text whose header schedules it, or one that its entry keeps back."""
    header = "---\npublish_after: 2026-11-30\n---\n" if state == "scheduled" else ""
    return (
        f"{header}Source{state} tells of the ferry\n\nBy Cleo Tagline{state}\n\n"
        f"The sourcebody{state} ferry sails again in May, its owner said on Tuesday.\n\n"
        "Tickets cost 18 crowns.\n\n"
        f"Also Read: Dropped{state} walks along the quay\n"
    )


@pytest.fixture
def everything(site: "MakeSite") -> "Folder":
    """A site with entries in all states, made of sources and by hand, built twice."""
    parts = [
        f"-- briefings/file{state}.md --\n{entry(state, retraction=state != 'withdrawnsilently')}"
        for state in STATES
    ]
    parts += [f"-- sources/file{state}.txt --\n{source(state)}" for state in STATES]
    settings = (
        "-- site.yaml --\ntitle: Harbour Brief\nbase_url: https://harbour.example/news\n"
        "publish: full\ntopics:\n  - {slug: port, title: The port, words: [harbour, ferry]}\n"
        "  - {slug: farming, title: Farming, words: [barley]}\n"
    )
    folder = site(settings + "".join(parts))
    folder.build(now="2026-11-01T00:00:00Z")
    for state in STATES:
        (path,) = (path for path in folder.entries() if f"/source{state}-" in path)
        if "publish_after" not in folder.read(path):
            folder.edit(path, "status: published", IN_FILE[state])
    folder.delete("published.txt")
    return folder


def files(folder: "Folder") -> Iterator[tuple[str, str]]:
    """Yield every file of the site with what it says, its own path first."""
    for path, content in folder.tree("_site").items():
        packed = content.startswith(b"\x1f\x8b")
        text = (gzip.decompress(content) if packed else content).decode("utf-8", "replace")
        yield path, f"{path}\n{text}".casefold()
    yield "published.txt", folder.read("published.txt")


def told(folder: "Folder") -> dict[str, dict[str, set[str]]]:
    """Return where each word stands: state -> field -> paths."""
    longest_first = "|".join(sorted(STATES, key=len, reverse=True))
    parts = "|".join((*FIELDS, "sourcebody"))
    word = re.compile(rf"({parts})({longest_first})(?![a-z])")
    found: dict[str, dict[str, set[str]]] = {state: {} for state in STATES}
    for path, text in files(folder):
        for field, state in word.findall(text):
            found[state].setdefault(field, set()).add(path)
    return found


@pytest.mark.search
@pytest.mark.filterwarnings("ignore")
def test_no_word_of_what_nobody_may_see_is_in_any_file(everything: "Folder") -> None:
    everything.build(now=NOW)
    found = told(everything)
    for state in ("draft", "scheduled", "hidden", "early"):
        assert found[state] == {}, state
    for state in ("withdrawn", "withdrawnsilently"):
        # Of what is withdrawn and was made of a source, its title and address.
        assert set(found[state]) <= {*OF_WITHDRAWN, "source"}, state
    assert set(found["withdrawn"]) == {*OF_WITHDRAWN, "source"}
    assert "why" not in found["withdrawnsilently"]
    shown = {"title", "slug", "outlet", "summary", "body", "person", "note", "now", "sourcebody"}
    assert shown <= set(found["published"])
    assert any(path.startswith("pagefind/") for path in found["published"]["body"])
    assert found["published"].keys().isdisjoint({"file", "review", "own", "dropped"})


def test_what_is_withdrawn_stands_on_its_page_and_where_that_is_told(everything: "Folder") -> None:
    everything.build(now=NOW)
    found = told(everything)["withdrawn"]
    feeds = {
        f"{of}feed.{kind}"
        for of in ("", "topics/port/", "corrections/")
        for kind in ("xml", "atom", "json")
    }
    page = {"briefings/slugwithdrawn/index.html", "briefings/slugwithdrawn/index.json"}
    moved = {
        "briefings/aliaswithdrawn/index.html",
        "stories/formerwithdrawn/index.html",
    }
    assert found["why"] == {*page, *feeds, "corrections/index.html"}
    assert found["note"] == page
    assert found["title"] == {*page, *moved, *feeds, "corrections/index.html"}


def test_reports_beside_them_change_nothing(everything: "Folder") -> None:
    """A story of one public report has no page, so that its name is told nowhere."""
    for state in STATES:
        everything.write(f"briefings/beside{state}.md", beside(state))
    everything.build(now=NOW)
    for state in ("draft", "scheduled", "hidden", "early"):
        assert told(everything)[state] == {}, state


def test_other_pages_are_the_same_without_them(everything: "Folder") -> None:
    everything.build(now=NOW)
    everything.delete("published.txt")
    with_them = everything.tree("_site")
    for state in ("draft", "scheduled", "hidden", "early"):
        for path in everything.entries():
            if re.search(rf"{state}(\.md|-)", path):
                everything.delete(path)
        everything.delete(f"sources/file{state}.txt")
    everything.build(now=NOW)
    assert everything.tree("_site") == with_them


def test_a_preview_shows_drafts_and_scheduled_ones_and_no_others(everything: "Folder") -> None:
    everything.build("--drafts", now=NOW)
    found = told(everything)
    for state in ("draft", "scheduled"):
        assert {"title", "body", "person", "note"} <= set(found[state])
        paths = set.union(*found[state].values())
        assert not [path for path in paths if "feed." in path or path.endswith(("xml", "txt"))]
    for state in ("hidden", "early"):
        assert found[state] == {}, state
    for path, text in files(everything):
        if re.fullmatch(r"briefings/(slug|source)(draft|scheduled).*html", path):
            assert '<meta name="robots" content="noindex">' in text, path
            assert re.search(r'<strong class="flag">(draft|scheduled for )', text), path


def test_what_was_looked_at_is_gone_with_the_next_build(everything: "Folder") -> None:
    everything.build("--drafts", now=NOW)
    everything.build(now=NOW)
    for state in ("draft", "scheduled", "hidden", "early"):
        assert told(everything)[state] == {}, state
