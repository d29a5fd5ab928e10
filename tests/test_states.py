"""What is withdrawn says so and why; what is hidden or a draft is nowhere to be found."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

PATH = "briefings/mud.md"
PAGE = "/briefings/mud/"
MUD = f"""\
-- {PATH} --
---
title: Mud at the outer quay
added: 2026-11-20T09:00:00Z
topics: [port]
status: published
summary: The outer quay is under mud.
---
The outer quay is under mud since the storm of Sunday.
"""
OWLS = """\
-- briefings/owls.md --
---
title: Owls in the orchard
added: 2026-11-20T10:00:00Z
topics: [farming]
---
Owls were counted in the orchard.
"""
WHY = "The quay was dry."
RETRACTION = f'corrections: [{{date: 2026-11-21, kind: retraction, why: "{WHY}"}}]'
NEVER = "delete its line in published.txt if it was never public"


@pytest.fixture
def quay(site: "MakeSite") -> "Folder":
    """A site with two entries, built once."""
    folder = site(MUD + OWLS)
    result = folder.build()
    assert (result.err, result.code) == ("", 0)
    return folder


def set_status(folder: "Folder", status: str, *more: str) -> None:
    folder.edit(PATH, "status: published", "\n".join((f"status: {status}", *more)))


def mentions(folder: "Folder", text: str) -> list[str]:
    return [path for path, content in folder.tree("_site").items() if text.encode() in content]


def test_what_is_withdrawn_before_it_appeared_was_never_there(site: "MakeSite") -> None:
    folder = site(MUD.replace("status: published", f"status: withdrawn\n{RETRACTION}"))
    folder.edit(PATH, "status:", "publish_after: 2026-12-01\nstatus:")
    result = folder.build()
    assert result.err == (
        f"{PATH}:5: warning: this was to appear at 2026-12-01 00:00 Asia/Seoul, but it is hidden"
        " or withdrawn before\n"
        "    fix: set `status: published`, or `hidden` and take `publish_after` out\n"
    )
    assert mentions(folder, "Mud") == []


# --------------------------------------------------------------------------- hidden and draft


def test_hiding_what_was_published_is_an_error(quay: "Folder") -> None:
    set_status(quay, "hidden")
    for result in (quay.check(), quay.build()):
        assert result.err == (
            f"{PATH}:5: error: this is hidden, but {PAGE} was published\n"
            f"    fix: set `status: withdrawn`, which says so to its readers; {NEVER}\n"
        )
        assert result.code == 1
    assert "What stood at this address was withdrawn" in quay.page(PAGE)
    assert mentions(quay, "Mud") == []
    assert mentions(quay, "under mud") == []


def test_making_a_draft_of_what_was_published_is_an_error(quay: "Folder") -> None:
    set_status(quay, "draft")
    for result in (quay.check(), quay.build()):
        assert result.err == (
            f"{PATH}:5: error: this is a draft, but {PAGE} was published; it is not available at"
            " present\n"
            "    fix: set `status: published`, or `withdrawn` to take it down for good;"
            f" {NEVER}\n"
        )
        assert result.code == 1
    page = quay.page(PAGE)
    assert "<h1>Not available now</h1>" in page
    assert '<meta name="robots" content="noindex">' in page
    assert mentions(quay, "Mud") == []
    assert mentions(quay, "under mud") == []


def test_its_story_waits_with_it(site: "MakeSite") -> None:
    entry = "---\ntitle: {0}\nadded: 2026-11-20\nstory: wet\nstatus: published\n---\n{0}.\n"
    folder = site(
        f"-- {PATH} --\n{entry.format('Mud')}-- briefings/b.md --\n{entry.format('Water')}"
    )
    folder.build()
    set_status(folder, "draft")
    folder.edit("briefings/b.md", "status: published", "status: hidden")
    result = folder.build()
    assert "stories" not in result.err
    assert "Not available now" in folder.page("/stories/wet/")


def test_an_alias_of_what_became_a_draft_is_known_too(quay: "Folder") -> None:
    quay.edit(PATH, "status: published", "slug: mud-again\naliases: [mud]\nstatus: published")
    assert quay.build().code == 0
    quay.edit(PATH, "status: published", "status: draft")
    assert f"this is a draft, but {PAGE.replace('mud', 'mud-again')} was published" in (
        quay.build().err
    )
    assert "Not available now" in quay.page(PAGE)
    assert "Not available now" in quay.page("/briefings/mud-again/")


def test_a_draft_whose_moment_has_passed_is_told(site: "MakeSite") -> None:
    folder = site(MUD.replace("status: published", "status: draft\npublish_after: 2026-11-20"))
    result = folder.build()
    assert result.err == (
        f"{PATH}:6: warning: this was to appear at 2026-11-20 00:00 Asia/Seoul, but it is still a"
        " draft\n    fix: set `status: published`, or take `publish_after` out\n"
    )
    assert result.code == 0
    folder.edit(PATH, "publish_after: 2026-11-20", "publish_after: 2026-12-20")
    assert folder.build().err == ""


def test_a_moment_of_what_is_hidden_means_nothing(site: "MakeSite") -> None:
    folder = site(MUD.replace("status: published", "status: hidden\npublish_after: 2026-12-20"))
    assert "but it is hidden or withdrawn before" in folder.check().err
    folder.edit(PATH, "publish_after: 2026-12-20", "publish_after: 2026-11-20")
    assert folder.check().err == ""


def test_drafts_and_scheduled_entries_are_marked_wherever_they_are_shown(
    site: "MakeSite",
) -> None:
    folder = site(
        MUD.replace("status: published", "status: draft\nstory: mud\npeople: [Ada Bell]")
        + OWLS.replace("topics: [farming]", "publish_after: 2026-12-01\nstory: mud")
    )
    folder.build("--drafts")
    alone = ("/briefings/mud/", "/briefings/owls/", "/stories/mud/", "/editions/2026-12-01/")
    for page in (*alone, "/archive/2026/11/", "/topics/port/2026/11/"):
        assert '<meta name="robots" content="noindex">' in folder.page(page), page
    for page in (*alone, "/", "/archive/2026/11/", "/topics/port/"):
        made = folder.page(page)
        assert '<strong class="flag">Draft</strong>' in made or "Scheduled" in made, page
