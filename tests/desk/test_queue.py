"""The queue: what wants an editor, and nothing else."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from briefbook.desk.pages import desk_page
from briefbook.desk.queue import QueueItem, Reason, make_queue
from briefbook.desk.state import DeskState
from briefbook.problems import Place, error
from tests.desk.opened import Desk, opened, page_text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

WHOLE = """\
-- sources/ferry.txt --
---
outlet: Harbour Post
---
Night ferry returns to the northern harbour

By Nora Quill | March 3, 2026

The night ferry will sail again from the harbour in May, its owner said on Tuesday at the quay.

Dredging of the harbour ends in April, so the ferry can reach its old quay at every tide.
"""
SLUG = "night-ferry-returns-to-the-northern-harbour"
ENTRY = f"briefings/{SLUG}.md"


@pytest.fixture
def ferry(site: "MakeSite") -> "Folder":
    return site(WHOLE)


def queue(desk: Desk) -> tuple[QueueItem, ...]:
    return make_queue(desk.state.prepared, desk.state.problems, desk.state.now)


def reasons(desk: Desk) -> list[tuple[str, list[str]]]:
    return [(item.path, [reason.value for reason in item.reasons]) for item in queue(desk)]


def test_an_entry_without_a_fault_wants_nobody(ferry: "Folder") -> None:
    desk = opened(ferry)
    assert reasons(desk) == []
    assert "Nothing wants an editor" in page_text(desk.page())


def test_an_entry_stands_once_with_all_its_reasons_the_most_urgent_first(site: "MakeSite") -> None:
    desk = opened(
        site(
            "-- sources/a.txt --\nthe old crane was painted on a windy morning and nobody could "
            "say who had asked for it, though the office keeps a list of all such things.\n"
        )
    )
    path = "briefings/the-old-crane-was-painted-on-a-windy-morning-and-nobody.md"
    assert reasons(desk) == [(path, ["note", "no-title", "no-outlet", "no-date", "unfiled"])]
    assert [why.text for why in queue(desk)[0].whys] == [
        "no headline was found above the text",
        "The source has no headline: the title is a sentence of the text",
        "No outlet is known",
        "No date of publication is known",
        "It stands under no topic",
    ]
    assert desk.page().count(path) == 1


def test_mistakes_come_first_with_place_and_fix(ferry: "Folder") -> None:
    ferry.write("sources/bad.md", "---\npublished: 2026-02-31\n---\nA text of one line.\n")
    ferry.write(
        "sources/open.txt",
        "Rain stops the barley harvest\n\nBarley stood wet in every field of the valley.\n",
    )
    desk = opened(ferry)
    first = queue(desk)[0]
    assert (first.path, first.urgent) == ("sources/bad.md", Reason.MISTAKE)
    said = page_text(desk.page())
    assert (
        "sources/bad.md:2 there is no such date as '2026-02-31' To mend it: correct the date"
        in said
    )
    assert said.index("Mistakes 1 sources/bad.md") < said.index("Rain stops the barley harvest")


def test_a_file_with_merge_conflicts_is_named_as_that(ferry: "Folder") -> None:
    opened(ferry)
    text = ferry.read(ENTRY)
    ferry.write(
        ENTRY, text.replace("status:", "<<<<<<< ours\nstatus:") + "=======\n>>>>>>> theirs\n"
    )
    assert (ENTRY, ["conflict"]) in reasons(opened(ferry))


def test_what_the_source_now_says_against_the_editor_is_told(ferry: "Folder") -> None:
    opened(ferry)
    ferry.edit(ENTRY, 'outlet: "Harbour Post"', 'outlet: "The Post"')
    ferry.edit("sources/ferry.txt", "outlet: Harbour Post", "outlet: Harbour Mail")
    desk = opened(ferry)
    assert reasons(desk) == [(ENTRY, ["disputed"])]
    assert "outlet: the source now says “Harbour Mail”".replace("“", '"').replace("”", '"') in (
        queue(desk)[0].whys[0].text
    )


def test_a_guess_at_the_division_is_a_reason_of_its_own(ferry: "Folder") -> None:
    opened(ferry)
    note = "line 7: what belongs to the article here is a guess: look at kept 7"
    ferry.edit(ENTRY, "status: published\n", f'status: published\nreview: ["{note}"]\n')
    assert reasons(opened(ferry)) == [(ENTRY, ["guess"])]


def test_a_draft_waits_and_what_is_hidden_or_withdrawn_does_not(ferry: "Folder") -> None:
    opened(ferry)
    ferry.edit(ENTRY, 'outlet: "Harbour Post"\n', "")
    for status, expected in (
        ("draft", ["no-outlet", "draft"]),
        ("hidden", []),
        ("withdrawn", ["warning"]),  # it does not say why yet
    ):
        text = ferry.read(ENTRY)
        was = next(line for line in text.splitlines() if line.startswith("status:"))
        ferry.edit(ENTRY, was, f"status: {status}")
        found = dict(reasons(opened(ferry)))
        assert found.get(ENTRY, []) == expected, status


def test_what_is_said_to_stay_so_is_not_asked_again(ferry: "Folder") -> None:
    opened(ferry)
    ferry.edit(ENTRY, 'outlet: "Harbour Post"\n', "")
    ferry.edit(ENTRY, "status: published\n", 'status: published\nreviewed: ["no outlet"]\n')
    assert reasons(opened(ferry)) == []


def test_a_source_without_an_entry_is_listed(ferry: "Folder") -> None:
    ferry.write("sources/empty.txt", "Also Read: Five harbours worth a detour\n\nLeave a Reply\n")
    found = dict(reasons(opened(ferry)))
    assert "no-entry" in found["sources/empty.txt"]


def test_a_reason_shows_only_what_has_it_and_counts(site: "MakeSite") -> None:
    desk = opened(
        site(
            "-- sources/a.txt --\nRain stops the barley harvest\n\nBarley stood wet in fields.\n"
            "-- sources/b.txt --\nA quiet day in the old town hall\n\nApril 3, 2026\n\n"
            "Nothing was decided in the hall, and nobody had asked for it.\n"
        )
    )
    said = page_text(desk.page("/_desk/?reason=no-date"))
    assert "No outlet 2" in said
    assert "No date 1" in said
    assert "Rain stops the barley harvest No date" not in said
    assert said.count("briefings/rain-stops-the-barley-harvest.md") == 1
    assert "briefings/a-quiet-day-in-the-old-town-hall.md" not in said


def test_the_queue_stands_where_no_site_could_be_made(tmp_path: "Path") -> None:
    wrong = error(Place("site.yaml", 1), "'title' is missing", "add a line title: …")
    state = DeskState(root=tmp_path, prepared=None, problems=(wrong,), now=datetime.now(UTC))
    html = desk_page(state, "/_desk/", {}, "t")
    assert html is not None
    assert "site.yaml:1 'title' is missing To mend it: add a line title: …" in page_text(html)
    assert desk_page(state, "/_desk/entries/x/", {}, "t") is None


def test_nothing_of_the_desk_is_in_the_site(ferry: "Folder") -> None:
    opened(ferry)
    tree = ferry.tree("_site")
    assert [path for path in tree if "desk" in path] == []
    assert [path for path, content in tree.items() if b"_desk" in content] == []
