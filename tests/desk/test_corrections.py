"""Acts on what readers are told: corrections confirmed and dismissed, withdrawals, appearances."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from briefbook.build import preview
from briefbook.desk.acts import act
from briefbook.keeping import Kept
from briefbook.options import Options
from briefbook.problems import Place, error
from tests.desk.opened import Desk, opened, page_text

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

SLUG = "second-ferry-for-the-northern-harbour"
ENTRY = f"briefings/{SLUG}.md"
SITE = """\
-- sources/ferry.txt --
---
outlet: Harbour Post
---
Second ferry for the northern harbour

By Mina Hart | March 3, 2026

A second ferry will serve the harbour from May, the port said on Tuesday. The ship carries 80 cars.
"""
DRAFT = (
    "  - {date: 2026-11-22, kind: correction, field: published, was: 2026-03-03, "
    'now: 2026-03-04, why: "", draft: true}\n'
)
BEFORE = datetime(2026, 11, 19, 9, tzinfo=UTC)


@pytest.fixture
def folder(site: "MakeSite") -> "Folder":
    """A site with one entry, which is published."""
    folder = site(SITE)
    assert folder.build().code == 0
    return folder


@pytest.fixture
def drafted(folder: "Folder") -> Desk:
    """The desk of a site with a correction that a build has drafted."""
    folder.edit(ENTRY, "published: 2026-03-03", "published: 2026-03-04")
    folder.build()
    return opened(folder)


def same_but(before: str, was: str, now: str) -> str:
    """Return a file with one place changed, which must be there once."""
    assert before.count(was) == 1, was
    return before.replace(was, now)


def item(text: str) -> str:
    """Return the line of the one correction of an entry."""
    (line,) = (line for line in text.splitlines(keepends=True) if line.startswith("  - {date:"))
    return line


# --------------------------------------------------------------------------- drafted corrections


def test_a_drafted_correction_is_confirmed_with_its_reason_and_the_act_undone(
    drafted: Desk,
) -> None:
    before = drafted.folder.read(ENTRY)
    outcome = drafted.act(SLUG, "confirm", correction="0", why=" The port\r\nnamed  another day. ")
    assert outcome.done == (
        f"{ENTRY}: the correction “2026-03-03” to “2026-03-04” is confirmed; "
        "readers are told it from the next build on"
    )
    now = item(before).replace('why: ""', 'why: "The port named another day."')
    now = now.replace("draft: true", "draft: false")
    assert drafted.folder.read(ENTRY) == same_but(before, item(before), now)
    assert drafted.undo(SLUG, outcome).done == (
        f"{ENTRY}: the correction “2026-03-03” to “2026-03-04” is a draft again"
    )
    assert drafted.folder.read(ENTRY) == before


def test_what_is_confirmed_is_told_to_readers_by_the_next_build(drafted: Desk) -> None:
    drafted.act(SLUG, "confirm", correction="0", kind="update", why="The port named another day.")
    folder = drafted.folder
    assert "kind: update" in item(folder.read(ENTRY))
    assert folder.build(now="2026-11-22T18:00:00Z").code == 0
    for page in (f"/briefings/{SLUG}/", "/corrections/"):
        assert "The port named another day." in folder.page(page)
    assert "The port named another day." in folder.read("_site/corrections/feed.xml")
    assert "\nupdated: 2026-11-22T18:00:00Z\n" in folder.read(ENTRY)


def test_a_drafted_correction_is_dismissed_and_brought_back(drafted: Desk) -> None:
    before = drafted.folder.read(ENTRY)
    outcome = drafted.act(SLUG, "dismiss-correction", correction="0")
    assert outcome.done == (
        f"{ENTRY}: the drafted correction “2026-03-03” to “2026-03-04” is dismissed"
    )
    assert drafted.folder.read(ENTRY) == same_but(before, f"corrections:\n{item(before)}", "")
    back = drafted.undo(SLUG, outcome)
    assert drafted.folder.read(ENTRY) == before
    drafted.undo(SLUG, back)
    drafted.folder.build()
    assert "corrections:" not in drafted.folder.read(ENTRY)


def test_other_corrections_and_their_comments_stay_where_one_is_confirmed(drafted: Desk) -> None:
    mine = "  - {date: 2026-11-01, was: 'ninety', now: 'eighty'}  # as the port says\n"
    text = drafted.folder.read(ENTRY)
    drafted.folder.edit(ENTRY, "corrections:\n", f"corrections:\n{mine}")
    drafted.build()
    drafted.act(SLUG, "confirm", correction="1", why="So it is.")
    assert mine in drafted.folder.read(ENTRY)
    drafted.act(SLUG, "unconfirm", correction="1")
    drafted.act(SLUG, "dismiss-correction", correction="1")
    expected = same_but(text, item(text), mine)
    assert drafted.folder.read(ENTRY) == expected


def test_a_draft_is_one_reason_in_the_queue_whoever_tells_of_it(folder: "Folder") -> None:
    desk = opened(folder)
    folder.edit(ENTRY, "published: 2026-03-03", "published: 2026-03-04")
    folder.build()
    desk.build()
    text = page_text(desk.page())
    line = folder.read(ENTRY).splitlines().index(item(folder.read(ENTRY)).rstrip("\n")) + 1
    assert (
        f"Corrections that wait for a yes 1 Second ferry for the northern harbour Harbour Post "
        f"· 2026-03-04 · {ENTRY} Correction {ENTRY}:{line} Drafted: was “2026-03-03”, now "
        f"“2026-03-04” To mend it: confirm or dismiss it on its page"
    ) in text
    assert "Warning" not in text


def test_the_record_shows_what_was_and_what_is_before_it_is_confirmed(drafted: Desk) -> None:
    said = page_text(drafted.page(f"/_desk/entries/{SLUG}/"))
    assert "Corrections that wait for a yes" in said
    assert "The date 2026-11-22, line" in said
    assert "was 2026-03-03 → now 2026-03-04" in said


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("confirm", {}),
        ("confirm", {"correction": "1"}),
        ("confirm", {"correction": "-1"}),
        ("confirm", {"correction": "²"}),
        ("confirm", {"correction": "0", "kind": "retraction"}),
        ("confirm", {"correction": "0", "kind": "<b>"}),
        ("unconfirm", {"correction": "0"}),
        ("dismiss-correction", {"correction": "x"}),
        ("redraft", {"date": "soon", "kind": "correction", "was": "a"}),
        ("redraft", {"date": "2026-11-22", "kind": "retraction", "was": "a"}),
        ("confirm", {"correction": "0", "why": "half \ud800"}),
        ("restore", {"status": "draft"}),
        ("say-why", {"why": "So it is."}),
        ("withdraw", {"why": " \n "}),
        ("unpublish", {}),
        ("set", {"field": "publish_after", "value": "soon"}),
        ("set", {"field": "publish_after", "value": "2026-02-31"}),
    ],
)
def test_a_form_nobody_made_changes_nothing(drafted: Desk, name: str, more: dict[str, str]) -> None:
    tree = drafted.folder.tree()
    form = {"act": name, "entry": SLUG, "stamp": drafted.stamp(SLUG), **more}
    outcome = act(drafted.state, form)
    assert len(outcome.problems) == 1
    assert outcome.done == ""
    assert drafted.folder.tree() == tree


# --------------------------------------------------------------------------- withdrawn


def test_a_briefing_is_withdrawn_with_its_reason_and_the_act_undone(folder: "Folder") -> None:
    desk = opened(folder)
    before = folder.read(ENTRY)
    outcome = desk.act(SLUG, "withdraw", why='The port took "it" back.')
    assert outcome.done == (
        f'{ENTRY}: withdrawn, with the retraction “The port took "it" back.”; '
        "status was “published”"
    )
    retraction = '  - {date: 2026-11-22, kind: retraction, why: "The port took \\"it\\" back."}\n'
    after = same_but(
        before, "status: published\n", f"status: withdrawn\ncorrections:\n{retraction}"
    )
    assert folder.read(ENTRY) == after
    assert desk.undo(SLUG, outcome).done == (
        f"{ENTRY}: status set to “published” and the retraction taken out"
    )
    assert folder.read(ENTRY) == before


def test_the_page_of_what_was_withdrawn_says_why_and_the_build_adds_nothing(
    folder: "Folder",
) -> None:
    desk = opened(folder)
    desk.act(SLUG, "withdraw", why="The port took it back.")
    assert folder.build(now="2026-11-22T18:00:00Z").code == 0
    assert "The port took it back." in folder.page(f"/briefings/{SLUG}/")
    assert folder.read(ENTRY).count("kind: retraction") == 1


def test_a_withdrawal_that_a_build_found_gets_its_reason_on_the_desk(folder: "Folder") -> None:
    folder.edit(ENTRY, "status: published", "status: withdrawn")
    folder.build()
    desk = opened(folder)
    before = folder.read(ENTRY)
    outcome = desk.act(SLUG, "say-why", why="It was last year's.")
    assert outcome.done == f"{ENTRY}: the retraction says why: “It was last year's.”; it said “”"
    assert folder.read(ENTRY) == same_but(before, 'why: ""', 'why: "It was last year\'s."')
    desk.undo(SLUG, outcome)
    assert folder.read(ENTRY) == before


def test_a_briefing_is_not_withdrawn_without_a_word(folder: "Folder") -> None:
    desk = opened(folder)
    outcome = desk.act(SLUG, "withdraw", why="  ")
    line = folder.read(ENTRY).splitlines().index("status: published") + 1
    fix = "say why in one sentence: whoever comes to its page is told it"
    what = "a briefing is not withdrawn without a word"
    assert outcome.problems == (error(Place(ENTRY, line), what, fix),)


def test_the_editors_own_work_is_told_how_it_is_withdrawn(site: "MakeSite") -> None:
    own = "---\ntitle: A note of my own\npublished: 2026-03-03\n---\nThe quay is closed.\n"
    desk = opened(site(f"-- briefings/own.md --\n{own}"))
    outcome = desk.act("own", "withdraw", why="It was wrong.")
    assert [problem.fix for problem in outcome.problems] == [
        "put this into its front matter yourself: status: withdrawn and the line corrections: "
        '[{date: 2026-11-22, kind: retraction, why: "It was wrong."}]'
    ]
    assert desk.folder.read("briefings/own.md") == own


# --------------------------------------------------------------------------- when it appears


@pytest.mark.parametrize(
    ("value", "written", "shown"),
    [
        ("2026-11-24", "2026-11-24", "2026-11-24"),
        ("2026-11-24T06:00", "2026-11-24T06:00:00+09:00", "2026-11-24T06:00:00+09:00"),
        ("2026-11-23T21:00Z", "2026-11-23T21:00:00Z", "2026-11-24T06:00:00+09:00"),
    ],
)
def test_an_entry_is_scheduled_and_the_act_undone(
    site: "MakeSite", value: str, written: str, shown: str
) -> None:
    desk = opened(site(SITE))
    before = desk.folder.read(ENTRY)
    outcome = desk.act(SLUG, "set", field="publish_after", value=value)
    assert outcome.problems == ()
    after = same_but(
        before, "status: published\n", f"status: published\npublish_after: {written}\n"
    )
    assert desk.folder.read(ENTRY) == after
    html = desk.page(f"/_desk/entries/{SLUG}/")
    assert f'name="value" value="{shown}"' in html
    assert '<span class="status">scheduled</span>' in html
    assert "<option selected>published</option>" in html
    assert "It is published at the first build after 2026-11-24" in page_text(html)
    desk.undo(SLUG, outcome)
    assert desk.folder.read(ENTRY) == before


def test_the_status_of_a_scheduled_entry_is_set_and_put_back(site: "MakeSite") -> None:
    desk = opened(site(SITE))
    desk.act(SLUG, "set", field="publish_after", value="2026-11-24")
    before = desk.folder.read(ENTRY)
    outcome = desk.act(SLUG, "set", field="status", value="draft")
    assert outcome.done == f"{ENTRY}: status set to “draft”; it was “published”"
    assert desk.undo(SLUG, outcome).problems == ()
    assert desk.folder.read(ENTRY) == before


def test_a_draft_of_an_earlier_day_counts_for_the_day_it_is_published(site: "MakeSite") -> None:
    folder = site(SITE)
    preview(folder.root, Options(now=BEFORE), Kept())  # it counts as published nowhere
    folder.edit(ENTRY, "status: published", "status: draft")
    desk = opened(folder)
    before = folder.read(ENTRY)
    outcome = desk.act(SLUG, "set", field="status", value="published")
    assert outcome.done == (
        f"{ENTRY}: status set to “published”; it was “draft”. It was made on 2026-11-19: "
        "publish_after is set to “2026-11-22”, so that it counts for today"
    )
    assert folder.read(ENTRY) == same_but(
        before, "status: draft\n", "status: published\npublish_after: 2026-11-22\n"
    )
    assert '<span class="status">published</span>' in desk.page(f"/_desk/entries/{SLUG}/")
    desk.undo(SLUG, outcome)
    assert folder.read(ENTRY) == before


def test_what_was_published_before_keeps_its_day(site: "MakeSite") -> None:
    folder = site(SITE)
    folder.build(now=BEFORE.isoformat())
    folder.edit(ENTRY, "status: published", "status: draft")
    desk = opened(folder)
    desk.act(SLUG, "set", field="status", value="published")
    assert "publish_after" not in folder.read(ENTRY)


def test_a_draft_of_today_needs_no_word_on_its_day(site: "MakeSite") -> None:
    desk = opened(site(SITE))
    before = desk.folder.read(ENTRY)
    desk.act(SLUG, "set", field="status", value="draft")
    desk.act(SLUG, "set", field="status", value="published")
    assert desk.folder.read(ENTRY) == before
