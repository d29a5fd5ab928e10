"""`refile`: stories are found again, what an editor filed by hand stays, no address dies."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from briefbook.briefing import hash_value, load_entry

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

# Two reports of one event, one of another, far from it.
TEXTS = """\
-- sources/a-ferry.txt --
Night ferry returns to the northern route

May 1, 2026

The night ferry Aurora will sail again from 3 May between Ostby and Vesterhavn, Nordlin said.

Tickets for the night ferry Aurora cost 18 crowns and go on sale at the end of the month in Ostby.
-- sources/b-ferry.txt --
Nordlin brings night ferry Aurora back to Vesterhavn

May 2, 2026

Nordlin lets the night ferry Aurora sail between Ostby and Vesterhavn again from 3 May.

The night ferry carries 90 cars, and tickets cost 18 crowns in Ostby.
-- sources/c-barley.txt --
Barley prices fall at every market

June 20, 2026

Barley fell to 9 crowns a sack on Monday after a wet spring, traders at the grain markets said.

Nobody there expects a better harvest.
"""
FERRY = "briefings/night-ferry-returns-to-the-northern-route.md"
AURORA = "briefings/nordlin-brings-night-ferry-aurora-back-to-vesterhavn.md"
BARLEY = "briefings/barley-prices-fall-at-every-market.md"
GRAIN = """\
Traders at the grain markets see barley at 9 crowns a sack

June 21, 2026

Barley fell to 9 crowns a sack after a wet spring, traders at the grain markets said on Monday.

A better harvest is expected by nobody there.
"""
KEY = {
    path: path.removeprefix("briefings/").removesuffix(".md") for path in (FERRY, AURORA, BARLEY)
}


@pytest.fixture
def three(site: "MakeSite") -> "Folder":
    """A site with three entries, not built yet but with its entries made."""
    folder = site(TEXTS)
    assert folder.build().code == 0
    assert stories(folder) == {FERRY: KEY[FERRY], AURORA: KEY[FERRY], BARLEY: KEY[BARLEY]}
    return folder


def stories(folder: "Folder") -> dict[str, str | None]:
    entries = {path: load_entry(folder.read(path), path)[0].entry for path in folder.entries()}
    order = sorted(entries, key=lambda path: entries[path].arrival)
    return {path: entries[path].story for path in order}


def misfile(folder: "Folder", path: str, story: str) -> None:
    """Let an entry look as an older grouping filed it."""
    text = folder.read(path)
    was = load_entry(text, path)[0].entry.story
    assert was is not None
    text = text.replace(f"\nstory: {was}\n", f"\nstory: {story}\n")
    text, count = re.subn(rf'\bstory: "?{hash_value(was)}"?', f'story: "{hash_value(story)}"', text)
    assert count == 1
    folder.write(path, text)


def test_where_all_is_found_again_nothing_changes(three: "Folder") -> None:
    before, times = three.tree(), three.times()
    result = three.run("refile", "--write")
    assert (result.out, result.err, result.code) == ("0 of 3 entries would change\n", "", 0)
    assert (three.tree(), three.times()) == (before, times)


def test_what_would_change_is_shown_and_nothing_is_written(three: "Folder") -> None:
    misfile(three, AURORA, "old-boats")
    before, times = three.tree(), three.times()
    result = three.run("refile")
    assert result.out == (
        f"{AURORA}  Nordlin brings night ferry Aurora back to Vesterhavn\n"
        "story           - old-boats\n"
        f"                + {KEY[FERRY]}\n"
        "\n"
        f"- old-boats  goes into {KEY[FERRY]}; it never had a page\n"
        "\n"
        "1 of 3 entries would change; the same command with --write writes them\n"
    )
    assert (result.err, result.code) == ("", 0)
    assert (three.tree(), three.times()) == (before, times)


def test_what_was_shown_is_written_and_a_second_time_changes_nothing(three: "Folder") -> None:
    before = three.tree()
    misfile(three, AURORA, "old-boats")
    result = three.run("refile", "--write")
    assert result.out.endswith("1 of 3 entries changed; `briefbook build` publishes them\n")
    assert three.tree() == before
    assert three.run("refile", "--write").out == "0 of 3 entries would change\n"
    assert three.tree() == before


def test_the_address_of_a_joined_story_leads_to_the_other(three: "Folder") -> None:
    for path in (FERRY, AURORA):
        misfile(three, path, "old-boats")
    misfile(three, AURORA, "two-boats")
    three.write("published.txt", three.read("published.txt") + "/stories/two-boats/\n")
    result = three.run("refile", "--write")
    assert "- two-boats  goes into old-boats; its address leads there\n" in result.out
    assert stories(three) == {FERRY: "old-boats", AURORA: "old-boats", BARLEY: KEY[BARLEY]}
    assert "\nformer_stories: [two-boats]\n" in three.read(AURORA)
    assert "former_stories" not in three.read(FERRY)
    three.build()
    page = three.page("/stories/two-boats/")
    assert "This story has moved" in page
    assert '<meta http-equiv="refresh" content="0; url=../old-boats/">' in page


def test_the_address_of_a_divided_story_lists_where_its_reports_are(three: "Folder") -> None:
    three.write("sources/d-barley.txt", GRAIN)
    three.build()
    (grain,) = set(three.entries()) - KEY.keys()
    three.edit(FERRY, f"story: {KEY[FERRY]}", f"story: boats\nformer_stories: [{KEY[FERRY]}]")
    three.edit(BARLEY, f"story: {KEY[BARLEY]}", f"story: grain\nformer_stories: [{KEY[BARLEY]}]")
    for path in (AURORA, grain):
        misfile(three, path, "wet-spring")
    three.build()
    assert "/stories/wet-spring/" in three.published()
    result = three.run("refile", "--write")
    assert "- wet-spring  is divided; its address leads to boats, grain\n" in result.out
    assert "2 entries keep the story that you gave\n" in result.out
    assert three.run("refile").out.endswith("0 of 4 entries would change\n")
    assert three.build().err == ""
    page = three.page("/stories/wet-spring/")
    assert "This story was divided" in page
    main = page.partition("<main")[2].partition("</main>")[0]
    assert re.findall(r'href="([^"]*)"', main) == ["../boats/", "../grain/"]
    assert three.check("--strict").out == "nothing to complain about\n"


def test_a_part_of_a_divided_story_keeps_its_address(site: "MakeSite") -> None:
    folder = site(TEXTS)
    folder.build()
    for path in (FERRY, AURORA, BARLEY):
        misfile(folder, path, "everything")
    folder.write("published.txt", "")
    folder.build()
    result = folder.run("refile", "--write")
    assert f"+ {KEY[BARLEY]}  a new story of 1 entry\n" in result.out
    assert stories(folder) == {FERRY: "everything", AURORA: "everything", BARLEY: KEY[BARLEY]}
    assert "\nformer_stories: [everything]\n" in folder.read(BARLEY)
    folder.build()
    page = folder.page("/stories/everything/")
    assert "Nordlin brings" in page
    assert "Barley" not in page
    assert folder.check("--strict").out == "nothing to complain about\n"


def test_a_story_an_editor_gave_stays_and_others_are_found_beside_it(three: "Folder") -> None:
    three.edit(FERRY, f"story: {KEY[FERRY]}", "story: boats   # as we call it")
    result = three.run("refile", "--write")
    assert "1 entry keeps the story that you gave\n" in result.out
    assert stories(three) == {FERRY: "boats", AURORA: "boats", BARLEY: KEY[BARLEY]}
    assert "story: boats   # as we call it\n" in three.read(FERRY)
    assert f"\nformer_stories: [{KEY[FERRY]}]\n" in three.read(AURORA)
    assert three.build().code == 0
    assert "url=../boats/" in three.page(f"/stories/{KEY[FERRY]}/")
    assert three.run("refile", "--write").out.endswith("0 of 3 entries would change\n")
    assert three.check("--strict").code == 0


def test_a_story_the_editor_deleted_stays_deleted(three: "Folder") -> None:
    three.edit(BARLEY, f"story: {KEY[BARLEY]}\n", "")
    before = three.tree("briefings")
    assert three.run("refile", "--write").out == "0 of 3 entries would change\n"
    assert three.tree("briefings") == before


def test_a_handwritten_entry_is_never_written(three: "Folder") -> None:
    mine = (
        "---\ntitle: Nordlin brings night ferry Aurora back to Vesterhavn\nadded: 2026-05-03\n---\n"
        "The night ferry Aurora of Nordlin sails between Ostby and Vesterhavn from 3 May.\n"
    )
    three.write("briefings/mine.md", mine)
    three.run("refile", "--write")
    assert three.read("briefings/mine.md") == mine


def test_no_entry_is_filed_under_a_handwritten_one_without_a_story(three: "Folder") -> None:
    mine = (
        "---\ntitle: Nordlin brings night ferry Aurora back to Vesterhavn\nadded: 2026-05-03\n---\n"
        "The night ferry Aurora of Nordlin sails between Ostby and Vesterhavn from 3 May.\n"
    )
    three.write("briefings/mine.md", mine)
    misfile(three, FERRY, "old-boats")
    misfile(three, AURORA, "two-boats")
    three.run("refile", "--write")
    assert stories(three)[FERRY] == stories(three)[AURORA] == "old-boats"


def test_a_hidden_entry_keeps_its_story_and_takes_no_other_in(three: "Folder") -> None:
    three.edit(FERRY, "status: published", "status: hidden")
    misfile(three, AURORA, "two-boats")
    before = three.tree("briefings")
    assert three.run("refile", "--write").out == "0 of 3 entries would change\n"
    assert three.tree("briefings") == before


def test_nothing_but_story_and_memory_of_an_entry_changes(three: "Folder") -> None:
    three.edit(AURORA, "status: published", "# ours\nstatus: published\nmood: calm")
    before = three.read(AURORA)
    misfile(three, AURORA, "old-boats")
    three.run("refile", "--write")
    assert three.read(AURORA) == before


def test_a_faulty_entry_is_told_and_left_out(three: "Folder") -> None:
    misfile(three, AURORA, "old-boats")
    three.edit(BARLEY, "status: published", "status: publishd")
    faulty = three.read(BARLEY)
    result = three.run("refile", "--write")
    assert result.err.startswith(f"{BARLEY}:")
    assert result.code == 1
    assert f"story: {KEY[FERRY]}\n" in three.read(AURORA)
    assert three.read(BARLEY) == faulty


def test_a_broken_site_yaml_exits_2(three: "Folder") -> None:
    three.write("site.yaml", "titel: x\n")
    result = three.run("refile", "--write")
    assert (result.out, result.code) == ("", 2)
    assert "site.yaml" in result.err


def test_an_entry_that_was_in_no_story_gets_one(three: "Folder") -> None:
    text = three.read(BARLEY).replace(f"story: {KEY[BARLEY]}\n", "")
    text = re.sub(r', story: "?[0-9a-f]{8}"?', "", text)
    three.write(BARLEY, text)
    result = three.run("refile", "--write")
    assert f"story           + {KEY[BARLEY]}\n" in result.out
    assert stories(three)[BARLEY] == KEY[BARLEY]
