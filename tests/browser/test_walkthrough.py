"""What an editor does with a fresh clone, from the first text to a mended conflict.

Acts on the desk are clicks; what is done in files and by commands is done so while the browser
looks. Each step is known by the change of the files, exactly.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.walking import (
    Walk,
    clone,
    count_entries,
    hosting,
    problems_of,
    serving,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    Put = Callable[[str, str, str], str]

pytestmark = pytest.mark.browser

DAY = "2026-11-25"  # of NOW, in the time zone of the sample site
LATER = "2026-11-29T18:00:00Z"


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory, chromium: "Browser") -> Iterator[Walk]:
    """A fresh clone that is served, and a window on it."""
    root = clone(tmp_path_factory.mktemp("walk") / "clone")
    window = chromium.new_context(viewport={"width": 1280, "height": 900})
    page, reader = window.new_page(), window.new_page()
    page.set_default_timeout(20_000)
    with serving(root) as address:
        walk = Walk(root, address, page, reader, count_entries(page, address))
        yield walk
        window.close()
    if where := os.environ.get("BRIEFBOOK_WALK"):
        told = (f"{point}\n\n" + "\n".join(walk.told[point]) for point in sorted(walk.told))
        Path(where).write_text("\n\n".join(told) + "\n", "utf-8")


@pytest.fixture
def walk(walked: Walk) -> Iterator[Walk]:
    """The walk; after each part of it the clone is fresh again."""
    start = walked.git("rev-parse", "HEAD").strip()
    yield walked
    walked.page.goto("about:blank")
    walked.git("reset", "-q", "--hard", start)
    walked.git("clean", "-f", "-d", "-q", "sources", "briefings")
    walked.settle()


def put(walk: Walk, name: str, headline: str, text: str) -> tuple[str, str]:
    """Put a text into `sources/` and wait till the browser shows it; return slug and entry."""
    slug = headline.lower().replace(" ", "-")
    walk.write(f"sources/{name}.txt", f"{headline}\n\nBy Ana Reyes | March 3, 2026\n\n{text}")
    walk.wait(f"briefings/{slug}/", headline)
    return slug, f"briefings/{slug}.md"


# --------------------------------------------------------------------------- 2 the desk

FIELDS = "2 The desk: fields and notes"
LINES = "2 The desk: lines of the source"


def test_every_field_is_set_on_the_desk_and_put_back(walk: Walk) -> None:
    slug, entry = put(
        walk,
        "train",
        "Night train to the coast returns",
        "A night train will run to the coast again from June, its owner said on Tuesday.\n",
    )
    before = walk.read(entry)
    walk.desk(slug)
    fields = [
        ("Outlet", "Coast Herald", ['+outlet: "Coast Herald"']),
        (
            "Title",
            "The night train is back",
            [
                '-title: "Night train to the coast returns"',
                '+title: "The night train is back"',
            ],
        ),
        ("Published", "2026-03-04", ["-published: 2026-03-03", "+published: 2026-03-04"]),
        (
            "Authors",
            "Ana Reyes\nJo Ling",
            ['-authors: ["Ana Reyes"]', '+authors: ["Ana Reyes", "Jo Ling"]'],
        ),
        ("Original", "https://coast.example/train", ["+url: https://coast.example/train"]),
        ("Language", "en-GB", ["-language: en", "+language: en-GB"]),
        ("Publish after", "2026-11-27", ["+publish_after: 2026-11-27"]),
    ]
    for label, value, diff in fields:
        with walk.step(FIELDS, f"{label}: {value!r}, then undone") as step:
            step.says(walk.fill(label, value, f"Set {label}"))
        assert step.diff == diff
        walk.press("Undo: put back what was there")
        assert walk.read(entry) == before
    with walk.step(FIELDS, "Published: a day that does not exist is refused") as step:
        walk.page.get_by_label("Published", exact=True).fill("2026-02-31")
        walk.page.get_by_role("button", name="Set Published").click()
        refused = step.says(walk.page.get_by_role("alert").first.inner_text())
    assert "there is no such date as '2026-02-31'" in refused
    assert step.changes == {}
    walk.desk(slug)
    with walk.step(FIELDS, "A topic is pinned, then left to the program again") as step:
        walk.page.get_by_label("Korea–NATO").check()
        step.says(walk.press("Pin these topics"))
    assert step.diff == ["+topics: [korea-nato]"]
    walk.press("Let the program file it")
    with walk.step(FIELDS, "Status draft, then published again") as step:
        walk.page.get_by_label("Status").select_option("draft")
        step.says(walk.press("Set status"))
    assert step.diff == ["-status: published", "+status: draft"]
    walk.page.get_by_label("Status").select_option("published")
    walk.press("Set status")
    assert walk.read(entry) == before
    with walk.step(FIELDS, "That it has no outlet stays so") as step:
        step.says(walk.press("It stays so with no outlet"))
    assert step.diff == ['+reviewed: ["no outlet"]']
    walk.press("Bring back the note no outlet")
    assert walk.read(entry) == before


def test_notes_are_dismissed_and_what_the_source_says_is_accepted(walk: Walk) -> None:
    slug, entry = put(
        walk,
        "garden",
        "Museum opens a garden on its roof",
        "The museum will open a garden above the old hall, its keeper said on Friday.\n\n"
        "From April 22 to 2025 the stairs are closed to all but the gardeners.\n",
    )
    before = walk.read(entry)
    walk.desk(slug)
    with walk.step(FIELDS, "A note is dismissed, then brought back") as step:
        step.says(walk.press("Dismiss the note line 7"))
    note = "line 7: the date range “April 22 to 2025” cannot be right"
    assert step.diff == ["-review:", f'-  - "{note}"', f'+reviewed: ["{note}"]']
    walk.press("Undo: bring the note back")
    assert walk.read(entry) == before
    walk.edit(entry, 'title: "Museum', 'title: "The museum')
    walk.edit("sources/garden.txt", "Museum opens a garden", "Museum opens a new garden")
    walk.wait(f"_desk/entries/{slug}/", "title: the source now says")
    with walk.step(FIELDS, "What the source now says of the title is accepted") as step:
        step.says(walk.press("Accept what the source says of title"))
    assert step.diff == [
        '-title: "The museum opens a garden on its roof"',
        '+title: "Museum opens a new garden on its roof"',
        '-  - "title: the source now says \\"Museum opens a new garden on its roof\\""',
    ]
    with walk.step(FIELDS, "A title is set and handed back to the source") as step:
        walk.fill("Title", "A roof of roses", "Set Title")
        step.says(walk.press("Take it as Title"))
    assert step.changes == {}


def test_lines_are_kept_and_dropped_and_an_edited_text_is_patched(walk: Walk) -> None:
    more = "Also Read: Five roofs worth a climb"
    slug, entry = put(
        walk,
        "tools",
        "Library lends tools to its readers",
        "Readers of the library can take home a saw, a drill or a ladder from Monday.\n\n"
        f"The tools were given by a workshop that closed.\n\n{more}\n",
    )
    before = walk.read(entry)
    walk.desk(slug)
    with walk.step(LINES, "A dropped line is kept") as step:
        step.says(walk.press("Keep this line 9"))
    assert step.diff[-2:] == ["+", f"+{more}"]
    assert step.diff[0] == "+overrides:"
    assert step.diff[1].startswith("+  - {line: 9, keep: ")
    kept = walk.read(entry)
    with walk.step(LINES, "A kept line is dropped") as step:
        step.says(walk.press("Drop this line 7"))
    assert "-The tools were given by a workshop that closed." in step.diff
    walk.press("Undo 7")
    assert walk.read(entry) == kept
    walk.press("Undo 9")
    assert walk.read(entry) == before
    with walk.step(LINES, "The text is edited in the file; the open page follows") as step:
        walk.open(f"briefings/{slug}/")
        walk.edit(entry, "---\nReaders of the library can", "---\nFrom Monday readers can")
        walk.page.locator("main", has_text="From Monday readers can").wait_for()
        walk.wait(f"_desk/entries/{slug}/", "The editor's: you changed it.")
    edited = walk.read(entry)
    with walk.step(LINES, "The same line is kept as a patch of the edited text") as step:
        walk.page.get_by_role("link", name="Keep this line 9").click()
        step.says(walk.page.locator(".diff").inner_text())
        assert walk.read(entry) == edited
        step.says(walk.press("Apply to the text"))
    assert step.diff[-2:] == ["+", f"+{more}"]
    assert "---\nFrom Monday readers can" in walk.read(entry)
    walk.press("Undo: patch the text back")
    assert walk.read(entry) == edited


# --------------------------------------------------------------------------- 3 add

ADD = "3 add"
BAKERS = """\
Bakers agree on shorter nights

By Mina Hart | March 3, 2026

The bakers of the old town have agreed to start their ovens at four, an hour later than before.
Their guild said on Monday that bread would still be warm at seven.
"""
PAGE = """\
<!doctype html><html lang="en"><head><title>Swans return to the canal</title></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>Swans return to the canal</h1><p>By Jo Ling</p>
<p>Swans have come back to the canal after eleven winters, and forty of them were counted at the
lock on Sunday by the people who look after the water there.</p>
<p>The keeper of the lock said that he had last seen so many when his daughter learnt to walk, and
that the new reeds along both banks may be what has brought them back.</p>
<p>The town will leave the reeds as they are till the young birds have flown, its gardener said.</p>
</article><footer>All rights reserved</footer></body></html>
"""


def test_texts_are_added_from_a_file_standard_input_and_an_address(
    walk: Walk, tmp_path: Path
) -> None:
    file = tmp_path / "bakers.txt"
    file.write_text(BAKERS)
    made = ["briefings/bakers-agree-on-shorter-nights.md", "sources/bakers.txt"]
    with walk.step(ADD, "add bakers.txt --outlet 'Town Crier'") as step:
        step.says(walk.run("add", str(file), "--outlet", "Town Crier"))
    assert list(step.changes) == made
    assert '+outlet: "Town Crier"' in step.changes[made[0]]
    assert walk.read(made[1]).endswith(BAKERS)
    walk.wait("briefings/bakers-agree-on-shorter-nights/", "start their ovens at four")
    with walk.step(ADD, "The same text again is refused") as step:
        again = step.says(walk.run("add", str(file), "--outlet", "Town Crier", code=1))
    assert "sources/bakers.txt" in again
    assert step.changes == {}
    lighthouse = "Lighthouse gets a new lamp\n\nThe lamp was lit on Sunday and is seen for miles.\n"
    with walk.step(ADD, "add - (standard input)") as step:
        step.says(walk.run("add", "-", given=lighthouse))
    assert list(step.changes) == [
        "briefings/lighthouse-gets-a-new-lamp.md",
        "sources/lighthouse-gets-a-new-lamp.txt",
    ]
    walk.wait("briefings/lighthouse-gets-a-new-lamp/", "The lamp was lit on Sunday")
    (tmp_path / "swans.html").write_text(PAGE)
    with hosting(tmp_path) as address, walk.step(ADD, "add http://…/swans.html") as step:
        step.says(walk.run("add", f"{address}swans.html").replace(address, "http://…/"))
    assert "briefings/swans-return-to-the-canal.md" in step.changes
    walk.wait("briefings/swans-return-to-the-canal/", "forty of them were counted")
    walk.open("briefings/bakers-agree-on-shorter-nights/")
    file.write_text(BAKERS.replace("at four, an hour", "at five, two hours"))
    with walk.step(ADD, "add --replace: the outlet has changed its text") as step:
        step.says(walk.run("add", str(file), "--outlet", "Town Crier", "--replace"))
    walk.page.locator("main", has_text="start their ovens at five").wait_for()
    entry = step.changes[made[0]]
    assert not any(line[1:].startswith(("id:", "slug:", "story:", "added:")) for line in entry)
    assert any(path.startswith("sources/.former/") for path in step.changes)


# --------------------------------------------------------------------------- 4 check

CHECK = "4 check"


def test_check_finds_mends_and_annotates(walk: Walk) -> None:
    slug, entry = put(
        walk,
        "kites",
        "Kites fill the sky above the dunes",
        "Four hundred kites flew above the dunes on Sunday, the most in ten years.\n",
    )
    walk.edit(entry, "status: published", "status: publishd")
    overlay = walk.page.locator("#briefbook-desk .mistakes")
    with walk.step(CHECK, "A slip in the status lies over the open page") as step:
        overlay.wait_for()
        step.says(overlay.inner_text())
    assert f"{entry}:" in overlay.inner_text()
    assert "unknown status 'publishd'" in overlay.inner_text()
    with walk.step(CHECK, "check") as step:
        said = step.says(walk.run("check", code=1))
    assert "error: unknown status 'publishd'" in said
    assert step.changes == {}
    with walk.step(CHECK, "check --format github") as step:
        step.says(walk.run("check", "--format", "github", code=1))
    assert f"::error file={entry},line=" in step.said[0]
    with walk.step(CHECK, "check --fix") as step:
        step.says(walk.run("check", "--fix"))
    assert step.diff == ["-status: publishd", "+status: published"]
    overlay.wait_for(state="hidden")
    assert "Kites fill the sky" in walk.page.locator("h1").first.inner_text()
    assert walk.page.url.endswith(f"/briefings/{slug}/")


# --------------------------------------------------------------------------- 5 states

STATES = "5 States"


def test_an_entry_is_a_draft_scheduled_published_withdrawn_and_hidden(walk: Walk) -> None:
    text = "A choir of two hundred will sing in the square on the first Sunday of May.\n"
    slug, entry = put(walk, "choir", "Choir sings in the square", text)
    page = f"briefings/{slug}/"
    with walk.step(STATES, "hidden: nobody sees it") as step:
        walk.desk(slug).get_by_label("Status").select_option("hidden")
        step.says(walk.press("Set status"))
    assert step.diff == ["-status: published", "+status: hidden"]
    assert walk.page.goto(walk.address + page).status == 404  # type: ignore[union-attr] # it answers
    walk.edit(entry, "status: hidden", "status: draft")
    with walk.step(STATES, "draft: shown here, marked, and published nowhere") as step:
        said = walk.wait(page, "This briefing is not published")
        step.says(next(line for line in said.splitlines() if "not published" in line))
        walk.run("build")
    assert not (walk.root / "_site" / page).exists()
    with walk.step(STATES, "scheduled: published, with publish_after") as step:
        walk.wait(f"_desk/entries/{slug}/", "A draft: it is not published")
        walk.fill("Publish after", "2026-11-28T06:00", "Set Publish after")
        walk.page.get_by_label("Status").select_option("published")
        walk.press("Set status")
        step.says(walk.page.locator(".wants").inner_text())
    assert step.diff == [
        "-status: draft",
        "+status: published",
        "+publish_after: 2026-11-28T06:00:00+09:00",
    ]
    with hosting(walk.root / "_site") as site:
        with walk.step(STATES, "build before that moment") as step:
            step.says(walk.run("build"))
        assert walk.reader.goto(site + page).status == 404  # type: ignore[union-attr] # it answers
        with walk.step(STATES, "build after that moment: it appears") as step:
            walk.run("build", now=LATER)
        walk.reader.goto(site + page)
        assert "Choir sings in the square" in walk.reader.locator("h1").first.inner_text()
        assert f"+/{page}" in step.changes["published.txt"]
        waiting = walk.desk(slug).get_by_text("It is published at the first build after")
        waiting.wait_for()
        walk.edit(entry, "publish_after: 2026-11-28T06:00:00+09:00\n", "")
        waiting.wait_for(state="hidden")
        with walk.step(STATES, "withdrawn on the desk, with the reason") as step:
            walk.page.get_by_text("Withdraw this briefing").click()
            step.says(
                walk.fill(
                    "Why it is withdrawn, for readers", "The choir has called it off.", "Withdraw"
                )
            )
        retraction = 'kind: retraction, why: "The choir has called it off."'
        assert step.diff == [
            "-status: published",
            "+status: withdrawn",
            "+corrections:",
            f"+  - {{date: {DAY}, {retraction}}}",
        ]
        walk.run("build", now=LATER)
        walk.reader.goto(site + page)
        said = walk.reader.locator("main").inner_text()
        assert "The choir has called it off." in said
        assert "two hundred" not in said
        feed = walk.reader.goto(site + "feed.xml")
        assert feed is not None
        assert "The choir has called it off." in feed.text()


# --------------------------------------------------------------------------- 6 corrections

CORRECTIONS = "6 Corrections"


def test_a_correction_is_drafted_confirmed_shown_and_another_dismissed(walk: Walk) -> None:
    slug, entry = put(
        walk,
        "bridge",
        "Old bridge carries buses again",
        "The old bridge is open to buses since Monday, the town said.\n\n"
        "It carries 80 buses a day in both directions.\n",
    )
    walk.run("build")
    walk.edit("sources/bridge.txt", "80 buses", "90 buses")
    walk.wait(f"briefings/{slug}/", "90 buses")
    with walk.step(CORRECTIONS, "The source changes, and build drafts a correction") as step:
        said = step.says(walk.run("build"))
    assert "so a correction is drafted under corrections:" in said
    draft = 'kind: correction, field: figures, was: "80 buses", now: "90 buses"'
    line = f'+  - {{date: {DAY}, {draft}, why: "", draft: true}}'
    assert line in step.changes[entry]
    queue = walk.wait("_desk/", "Corrections that wait for a yes")
    assert "was “80 buses”, now “90 buses”" in queue
    drafted = walk.read(entry)
    walk.wait(f"_desk/entries/{slug}/", "Corrections that wait for a yes")
    with walk.step(CORRECTIONS, "Dismissed on the desk, then brought back") as step:
        step.says(walk.press("Dismiss the change of a number in the text"))
        assert "corrections:" not in walk.read(entry)
        step.says(walk.press("Undo: bring the draft back"))
    assert walk.read(entry) == drafted
    with walk.step(CORRECTIONS, "Confirmed on the desk, with the reason") as step:
        why = "The town has counted again."
        step.says(walk.fill("Why, for readers", why, "Confirm the change"))
    confirmed = line.replace('why: ""', f'why: "{why}"').replace("draft: true", "draft: false")
    assert step.diff == [line.replace("+", "-", 1), confirmed]
    with hosting(walk.root / "_site") as site:
        with walk.step(CORRECTIONS, "build: on its page, under corrections, in the feed") as step:
            walk.run("build", now=LATER)
        for path in (f"briefings/{slug}/", "corrections/"):
            walk.reader.goto(site + path)
            assert why in walk.reader.locator("main").inner_text()
        feed = walk.reader.goto(site + "corrections/feed.xml")
        assert feed is not None
        assert why in feed.text()


# --------------------------------------------------------------------------- 7 renames

RENAMES = "7 Renames and aliases"


def test_what_is_renamed_leads_on_and_what_is_deleted_is_told(walk: Walk) -> None:
    slug, entry = put(
        walk,
        "tram",
        "Tram line reaches the hills at last",
        "The tram runs up to the hills every ten minutes from Sunday, its drivers said.\n",
    )
    story = next(line for line in walk.read(entry).splitlines() if line.startswith("story:"))
    text = "The trams run all night from Sunday on.\n"
    _, second = put(walk, "trams", "Trams run all night", text)
    assert f"\n{story}\n" in walk.read(second)  # two reports of one event
    walk.run("build")
    identity = next(line for line in walk.read(entry).splitlines() if line.startswith("id:"))
    with walk.step(RENAMES, "slug and story are changed in the files, then build") as step:
        walk.edit(entry, f"\nslug: {slug}\n", "\nslug: hill-tram\n")
        for each in (entry, second):
            walk.edit(each, f"\n{story}\n", "\nstory: trams\n")
        walk.run("build")
    former = f"+former_stories: [{story.removeprefix('story: ')}]"
    assert step.changes[second] == [f"-{story}", "+story: trams", former]
    assert [line for line in step.changes[entry] if line.startswith("+")] == [
        "+slug: hill-tram",
        "+story: trams",
        f"+aliases: [{slug}]",
        former,
    ]
    topics = "  - slug: korea-nato\n"
    with walk.step(RENAMES, "A topic is renamed in site.yaml, then build") as step:
        walk.edit("site.yaml", topics, "  - slug: korea-alliance\n    aliases: [korea-nato]\n")
        walk.run("build")
    with hosting(walk.root / "_site") as site:
        for old, new in (
            (f"briefings/{slug}/", "briefings/hill-tram/"),
            (f"stories/{story.removeprefix('story: ')}/", "stories/trams/"),
            ("topics/korea-nato/", "topics/korea-alliance/"),
        ):
            walk.reader.goto(site + old)
            walk.reader.wait_for_url(f"{site}{new}")
        feed = walk.reader.goto(site + "feed.xml")
        assert feed is not None
        assert identity.removeprefix("id: ") in feed.text()
    walk.run("check")
    with walk.step(RENAMES, "The entry and its source are deleted, then build") as step:
        (walk.root / entry).unlink()
        (walk.root / "sources/tram.txt").unlink()
        step.says(problems_of(walk.run("build", code=1)))
    assert "/briefings/hill-tram/" in step.said[0]


# --------------------------------------------------------------------------- 8 merge conflicts

CONFLICTS = "8 Merge conflicts"


def test_a_merge_conflict_is_named_not_published_and_mended(walk: Walk) -> None:
    slug, entry = put(
        walk,
        "market",
        "Market moves under the arches",
        "The market moves under the arches in May, the traders agreed on Thursday.\n",
    )
    walk.git("add", entry, "sources/market.txt")
    walk.git("commit", "-q", "-m", "Add the market", "--", entry, "sources/market.txt")
    main = walk.git("branch", "--show-current").strip()
    walk.git("checkout", "-q", "-b", "colleague")
    walk.edit(entry, 'title: "Market moves', 'title: "Market is to move')
    walk.git("commit", "-q", "-m", "Theirs", "--", entry)
    walk.git("checkout", "-q", main)
    walk.edit(entry, 'title: "Market moves', 'title: "The market moves')
    walk.git("commit", "-q", "-m", "Ours", "--", entry)
    walk.wait(f"briefings/{slug}/", "The market moves under the arches")
    overlay = walk.page.locator("#briefbook-desk .mistakes")
    with walk.step(CONFLICTS, "git merge colleague") as step:
        step.says(walk.git("merge", "colleague", code=1))
        overlay.get_by_text("git could not merge two versions of this").wait_for()
        step.says(overlay.inner_text())
    assert f"{entry}:" in overlay.inner_text()
    assert "'HEAD'" in overlay.inner_text()
    assert "'colleague'" in overlay.inner_text()
    with walk.step(CONFLICTS, "build leaves it out") as step:
        said = step.says(problems_of(walk.run("build", code=1)))
    assert "git could not merge" in said
    site = walk.root / "_site"
    texts = [file.read_text() for file in site.rglob("*.html")]
    assert not any("is to move under the arches" in text or "<<<<<<<" in text for text in texts)
    with walk.step(CONFLICTS, "Mended: one of the two is kept, the marks are deleted") as step:
        lines = walk.read(entry).splitlines(keepends=True)
        first, middle, last = (
            next(n for n, line in enumerate(lines) if line.startswith(mark))
            for mark in ("<<<<<<<", "=======", ">>>>>>>")
        )
        walk.write(entry, "".join(lines[:first] + lines[middle + 1 : last] + lines[last + 1 :]))
        overlay.wait_for(state="hidden")
        walk.page.locator("main h1", has_text="Market is to move under the arches").wait_for()
    walk.git("commit", "-q", "-m", "Merge the market", "-a")
    walk.run("build")
