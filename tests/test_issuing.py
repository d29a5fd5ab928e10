"""What was published is remembered, and what changes of it is drafted as a correction."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefbook import files
from briefbook.briefing import Outcome, gather, hash_value, load_entry
from briefbook.briefing import folder as briefings
from briefbook.build import prepare, write_entries
from briefbook.issuing import issue_entries
from briefbook.model import Site
from briefbook.options import Options
from briefbook.parsing import PARSER

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

FERRY = """\
-- sources/ferry.txt --
Night ferry returns to the northern route

May 1, 2026

The night ferry will sail again from 3 May, its owner said on Tuesday.

Tickets cost 18 crowns and go on sale at the end of the month.

The ship carries 80 cars and was built in the south.
"""
SLUG = "night-ferry-returns-to-the-northern-route"
SOURCE = "sources/ferry.txt"
ENTRY = f"briefings/{SLUG}.md"
PAGE = f"/briefings/{SLUG}/"
LATER = "2026-11-22T18:00:00Z"  # the 23rd in the time zone of the site
LATEST = "2026-11-24T09:00:00Z"
HOW = "to publish it, say why in `why:` and delete `draft: true`; to dismiss it, delete the item"
OLD_TITLE, NEW_TITLE = "Night ferry returns to the northern route", "Night boat returns"
DRAFT = (
    f'  - {{date: 2026-11-23, kind: correction, field: title, was: "{OLD_TITLE}", '
    f'now: "{NEW_TITLE}", why: "", draft: true}}\n'
)


@pytest.fixture
def ferry(site: "MakeSite") -> "Folder":
    """A site with one entry, built once."""
    folder = site(FERRY)
    assert folder.build().code == 0
    return folder


def front(folder: "Folder", path: str = ENTRY) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(folder.read(path).split("\n---\n")[0])
    return loaded


def issued(folder: "Folder", path: str = ENTRY) -> dict[str, Any]:
    found: dict[str, Any] = front(folder, path)["parsed"]["issued"]
    return found


def body_of(folder: "Folder") -> str:
    return folder.read(ENTRY).split("\n---\n")[1].strip()


def without_memory(text: str) -> str:
    return re.sub(r"(?m)^parsed: .*\n", "", text)


def retitle(folder: "Folder") -> None:
    folder.edit(ENTRY, f'title: "{OLD_TITLE}"', f'title: "{NEW_TITLE}"')


def feed_ids(folder: "Folder", where: str = "/") -> list[str]:
    return [item["id"] for item in json.loads(folder.read(f"_site{where}feed.json"))["items"]]


def confirm(folder: "Folder") -> None:
    folder.edit(ENTRY, 'why: "", draft: true', 'why: "The ship is small"')


# --------------------------------------------------------------------------- remembering


def test_a_new_entry_remembers_what_was_published_of_it(ferry: "Folder") -> None:
    assert issued(ferry) == {
        "slug": SLUG,
        "story": SLUG,
        "title": OLD_TITLE,
        "published": "2026-05-01",
        "summary": "The night ferry will sail again from 3 May, its owner said on Tuesday.",
        "figures": ["3 May", "18 crowns", "80 cars"],
        "body": hash_value((body_of(ferry), "whole")),
    }
    files = ferry.times()
    ferry.build()
    assert ferry.times() == files


def test_an_entry_of_before_gets_it_at_the_next_build_and_nothing_else(ferry: "Folder") -> None:
    whole = ferry.read(ENTRY)
    ferry.write(ENTRY, re.sub(r", issued: \{.*\}\}", "}", whole))
    assert "issued" not in ferry.read(ENTRY)
    result = ferry.build(now=LATER)
    assert (result.err, result.code) == ("", 0)
    assert "note:" not in result.out
    assert ferry.read(ENTRY) == whole


@pytest.mark.parametrize("verb", ["check", "build --frozen"])
def test_what_writes_no_entry_remembers_nothing(ferry: "Folder", verb: str) -> None:
    bare = re.sub(r", issued: \{.*\}\}", "}", ferry.read(ENTRY))
    ferry.write(ENTRY, bare)
    ferry.run(*verb.split())
    assert ferry.read(ENTRY) == bare


@pytest.mark.parametrize("status", ["draft", "hidden"])
def test_what_was_never_published_is_not_remembered(ferry: "Folder", status: str) -> None:
    ferry.write(ENTRY, re.sub(r", issued: \{.*\}\}", "}", ferry.read(ENTRY)))
    ferry.edit(ENTRY, "status: published", f"status: {status}")
    before = ferry.read(ENTRY)
    ferry.write("published.txt", "")
    ferry.build()
    assert ferry.read(ENTRY) == before
    retitle(ferry)
    ferry.build()
    ferry.edit(ENTRY, f"status: {status}", "status: published")
    ferry.build()
    assert "corrections" not in front(ferry)
    assert issued(ferry)["title"] == NEW_TITLE


def test_an_editors_own_work_is_never_written(site: "MakeSite") -> None:
    own = "---\ntitle: The quay\nadded: 2026-11-01\n---\nIt has 12 berths.\n"
    folder = site(f"-- briefings/quay.md --\n{own}")
    folder.build()
    changed = own.replace("The quay", "A pier").replace("12", "13")
    folder.write("briefings/quay.md", changed)
    result = folder.build()
    assert "note:" not in result.out
    assert folder.read("briefings/quay.md") == changed


def test_a_word_replaced_in_the_whole_file_is_still_noticed(ferry: "Folder") -> None:
    ferry.write(ENTRY, ferry.read(ENTRY).replace("80 cars", "90 cars").replace("ferry", "boat"))
    ferry.build()
    told = {each["field"]: (each["was"], each["now"]) for each in front(ferry)["corrections"]}
    assert told["figures"] == ("80 cars", "90 cars")
    assert told["title"] == (OLD_TITLE, OLD_TITLE.replace("ferry", "boat"))


def test_a_damaged_memory_is_named(ferry: "Folder") -> None:
    text = re.sub(r", issued: \{.*\}\}", ", issued: {slug: x}}", ferry.read(ENTRY))
    ferry.write(ENTRY, text)
    line = text.split("\nparsed:")[0].count("\n") + 2
    result = ferry.build()
    assert result.err == (
        f"{ENTRY}:{line}: error: 'issued' is damaged: it needs slug and title\n"
        "    fix: take it out of 'parsed'; `build` writes it again\n"
    )


def test_what_is_only_looked_at_is_not_remembered_as_published(site: "MakeSite") -> None:
    folder = site(FERRY)
    now = datetime(2026, 11, 21, 18, tzinfo=UTC)
    looked_at = prepare(folder.root, Options(now=now, preview=True))
    assert write_entries(folder.root, looked_at.updates) == []
    assert "issued" not in folder.read(ENTRY)
    retitle(folder)
    assert prepare(folder.root, Options(now=now, preview=True)).updates.rewritten == ()
    result = folder.build()
    assert "note:" not in result.out
    assert issued(folder)["title"] == NEW_TITLE
    folder.edit(ENTRY, f"slug: {SLUG}", "slug: night-boat")
    looked_at = prepare(folder.root, Options(now=now, preview=True))
    assert looked_at.updates.rewritten == ()
    assert f"briefings/{SLUG}/index.html" in {file.path for file in looked_at.files}


# --------------------------------------------------------------------------- drafts


def test_a_changed_headline_is_drafted_once(ferry: "Folder") -> None:
    before = ferry.read(ENTRY)
    retitle(ferry)
    result = ferry.build(now=LATER)
    assert (result.err, result.code) == ("", 0)
    assert result.out.startswith(
        f"{ENTRY}:4: note: the title said '{OLD_TITLE}' and says '{NEW_TITLE}' now, so a correction"
        f" is drafted under corrections:\n    fix: {HOW}\n"
    )
    expected = before.replace(f'title: "{OLD_TITLE}"', f'title: "{NEW_TITLE}"').replace(
        "parsed: ", f"corrections:\n{DRAFT}parsed: "
    )
    assert without_memory(ferry.read(ENTRY)) == without_memory(expected)
    assert issued(ferry)["title"] == NEW_TITLE

    files = ferry.times()
    again = ferry.build("--strict", now=LATEST)
    assert (again.code, "note:" in again.out) == (0, False)
    assert ferry.times() == files


def test_a_draft_is_shown_nowhere(ferry: "Folder") -> None:
    retitle(ferry)
    ferry.build("--drafts", now=LATER)
    site = ferry.tree("_site")
    texts = {path: text for path, text in site.items() if not path.startswith("pagefind/")}
    assert [path for path, text in texts.items() if OLD_TITLE.encode() in text] == []
    assert feed_ids(ferry, "/corrections/") == []


def test_check_lists_the_drafts_that_wait_and_is_content(ferry: "Folder") -> None:
    retitle(ferry)
    told = ferry.check("--strict")
    assert f"{ENTRY}:4: note: the title said '{OLD_TITLE}' and says '{NEW_TITLE}' now" in told.out
    ferry.build(now=LATER)
    line = ferry.read(ENTRY).split("\n").index(DRAFT.strip("\n")) + 1
    result = ferry.check("--strict")
    assert result.out.startswith(
        f"{ENTRY}:{line}: note: this drafted correction waits: was '{OLD_TITLE}', now"
        f" '{NEW_TITLE}'\n    fix: {HOW}\n"
    )
    assert (result.err, result.code) == ("", 0)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (f'"{OLD_TITLE}"', f'"{OLD_TITLE.upper()}!"'),
        (f'"{OLD_TITLE}"', '"Night  ferry returns, to the “northern” route"'),
        ("80 cars and", "eighty cars and"),
        ("18 crowns and go", "18 crowns, and can be had"),
        ("The ship carries 80 cars and was built in the south.", ""),
        ("in the south.", "in the south.\n\nIt has 40 cabins and 3 decks."),
        ("published: 2026-05-01\n", "published: 2026-05-01T10:00:00+09:00\n"),
    ],
    ids=["case", "marks", "a numeral", "wording", "less", "more", "an hour"],
)
def test_what_was_not_wrong_is_not_drafted(ferry: "Folder", was: str, now: str) -> None:
    if was in body_of(ferry):
        edit_body(ferry, was, now)
    else:
        ferry.edit(ENTRY, was, now)
    result = ferry.build(now=LATER)
    assert "note:" not in result.out
    assert "corrections" not in front(ferry)
    files = ferry.times()
    ferry.build(now=LATER)
    assert ferry.times() == files


def test_the_date_the_bottom_line_and_numbers_are_drafted_too(ferry: "Folder") -> None:
    text = ferry.read(ENTRY)
    text = text.replace("published: 2026-05-01", "published: 2026-05-02")
    text = text.replace("sail again from 3 May", "sail again from 5 May")
    text = text.replace("18 crowns", "19 crowns").replace("80 cars", "ninety cars")
    ferry.write(ENTRY, text)
    ferry.build(now=LATER)
    told = [(c["field"], c["was"], c["now"]) for c in front(ferry)["corrections"]]
    line = "The night ferry will sail again from {} May, its owner said on Tuesday."
    assert told == [
        ("published", "2026-05-01", "2026-05-02"),
        ("summary", line.format(3), line.format(5)),
        ("figures", "18 crowns; 80 cars", "19 crowns; ninety cars"),
    ]


def test_a_date_that_is_taken_away_is_drafted_and_a_new_one_is_not(ferry: "Folder") -> None:
    ferry.edit(ENTRY, "published: 2026-05-01\n", "")
    ferry.build(now=LATER)
    (draft,) = front(ferry)["corrections"]
    assert (draft["was"], draft["now"]) == ("2026-05-01", "")
    ferry.write(ENTRY, re.sub(r"corrections:\n.*\n", "published: 2026-05-03\n", ferry.read(ENTRY)))
    ferry.build(now=LATER)
    assert "corrections" not in front(ferry)


def test_numbers_that_an_extract_does_not_show_are_not_drafted(site: "MakeSite") -> None:
    long = " ".join(f"Berth {word} was dredged again." for word in ["north", "south"] * 15)
    folder = site(f"{FERRY}\n{long}\n\nThe yard has 700 workers.\n")
    folder.edit("site.yaml", "publish: full", "publish: extract")
    folder.build()
    text = folder.read(ENTRY)
    folder.write(ENTRY, text.replace("700 workers", "800 workers"))
    assert "note:" not in folder.build().out
    folder.write(ENTRY, folder.read(ENTRY).replace("18 crowns", "19 crowns"))
    folder.build()
    (draft,) = front(folder)["corrections"]
    assert (draft["was"], draft["now"]) == ("18 crowns", "19 crowns")


def test_another_edit_changes_the_draft_that_still_stands(ferry: "Folder") -> None:
    retitle(ferry)
    ferry.write(ENTRY, ferry.read(ENTRY).replace("80 cars", "90 cars"))
    ferry.build(now=LATER)
    ferry.edit(ENTRY, f'title: "{NEW_TITLE}"', 'title: "Boats return"')
    edit_body(ferry, "90 cars", "95 cars")
    edit_body(ferry, "18 crowns", "19 crowns")
    ferry.build(now=LATEST)
    told = [(str(c["date"]), c["was"], c["now"]) for c in front(ferry)["corrections"]]
    assert told == [
        ("2026-11-23", OLD_TITLE, "Boats return"),
        ("2026-11-23", "80 cars; 18 crowns", "95 cars; 19 crowns"),
    ]


def edit_body(folder: "Folder", was: str, now: str) -> None:
    top, fence, body = folder.read(ENTRY).rpartition("\n---\n")
    assert was in body
    folder.write(ENTRY, top + fence + body.replace(was, now))


def test_a_draft_goes_when_everything_is_again_as_it_was_published(ferry: "Folder") -> None:
    before = ferry.tree()
    retitle(ferry)
    edit_body(ferry, "80 cars", "90 cars")
    ferry.build(now=LATER)
    assert len(front(ferry)["corrections"]) == 2
    ferry.edit(ENTRY, f'title: "{NEW_TITLE}"', f'title: "{OLD_TITLE}"')
    edit_body(ferry, "90 cars", "80 cars")
    ferry.build(now=LATEST)
    assert ferry.tree() == before


def test_a_draft_with_the_editors_reason_is_not_taken_away(ferry: "Folder") -> None:
    retitle(ferry)
    edit_body(ferry, "80 cars", "90 cars")
    ferry.build(now=LATER)
    ferry.write(ENTRY, ferry.read(ENTRY).replace('why: ""', 'why: "Misread."'))
    ferry.edit(ENTRY, f'title: "{NEW_TITLE}"', f'title: "{OLD_TITLE}"')
    edit_body(ferry, "90 cars", "80 cars")
    ferry.build(now=LATEST)
    assert [each["why"] for each in front(ferry)["corrections"]] == ["Misread.", "Misread."]


def test_a_draft_that_its_editor_has_reworded_is_not_worded_anew(ferry: "Folder") -> None:
    retitle(ferry)
    ferry.build(now=LATER)
    ferry.edit(ENTRY, f'now: "{NEW_TITLE}"', 'now: "Another ferry altogether"')
    ferry.edit(ENTRY, f'title: "{NEW_TITLE}"', 'title: "Day ferry"')
    ferry.build(now=LATEST)
    now = [each["now"] for each in front(ferry)["corrections"]]
    assert now == ["Another ferry altogether", "Day ferry"]


def test_a_dismissed_draft_does_not_come_back(ferry: "Folder") -> None:
    retitle(ferry)
    ferry.build(now=LATER)
    ferry.edit(ENTRY, f"corrections:\n{DRAFT}", "")
    before = ferry.read(ENTRY)
    assert "note:" not in ferry.build(now=LATEST).out
    assert ferry.read(ENTRY) == before


def test_a_confirmed_draft_is_one_new_item_and_moves_no_other(ferry: "Folder") -> None:
    ferry.edit(
        ENTRY,
        "status:",
        'corrections: [{date: 2026-11-23, was: "Wednesday", now: "Tuesday"}]\nstatus:',
    )
    ferry.build(now=LATER)
    first = feed_ids(ferry)
    assert len(first) == 2
    retitle(ferry)
    ferry.write(ENTRY, ferry.read(ENTRY).replace("80 cars", "90 cars"))
    ferry.build(now=LATER)
    assert feed_ids(ferry) == first
    text = ferry.read(ENTRY)
    assert text.count("draft: true") == 2
    # The title's is confirmed; the number's waits, and is dismissed afterwards.
    ferry.write(ENTRY, text.replace('why: "", draft: true', 'why: "Small"', 1))
    ferry.build(now=LATEST)
    second = feed_ids(ferry)
    assert len(second) == 3
    assert set(first) < set(second)
    assert feed_ids(ferry, "/corrections/") == [i for i in second if i != front(ferry)["id"]]
    assert OLD_TITLE in ferry.page(PAGE)
    assert OLD_TITLE in ferry.page("/corrections/")
    ferry.write(ENTRY, re.sub(r", \{date: [^{]*draft: true\}", "", ferry.read(ENTRY)))
    assert "draft" not in ferry.read(ENTRY)
    ferry.build(now=LATEST)
    assert feed_ids(ferry) == second


def test_what_a_confirmed_correction_tells_is_not_drafted_again_after_a_merge(
    ferry: "Folder",
) -> None:
    """One editor keeps what the other wrote, and of the line `parsed:` her own version."""
    before = next(line for line in ferry.read(ENTRY).split("\n") if line.startswith("parsed:"))
    ferry.edit(ENTRY, f'title: "{OLD_TITLE}"', f'title: "{NEW_TITLE}"')
    ferry.write(ENTRY, ferry.read(ENTRY).replace("80 cars", "90 cars"))
    ferry.build(now=LATER)
    ferry.write(ENTRY, ferry.read(ENTRY).replace('why: "", draft: true', 'why: "A slip."'))
    ferry.build(now=LATEST)
    there = ferry.read("_site/corrections/feed.xml").count("<item>")
    merged = re.sub(r"(?m)^parsed:.*$", lambda _: before, ferry.read(ENTRY))
    ferry.write(ENTRY, merged)
    assert "draft" not in ferry.build(now=LATEST).out
    assert "draft: true" not in ferry.read(ENTRY)
    assert ferry.read("_site/corrections/feed.xml").count("<item>") == there == 2
    front, line, body = ferry.read(ENTRY).partition("\n---\n")
    ferry.write(ENTRY, front + line + body.replace("90 cars", "95 cars"))
    ferry.build(now=LATEST)
    assert ferry.read(ENTRY).count("draft: true") == 1


def test_a_second_correction_of_a_field_on_one_day_is_an_item_of_its_own(ferry: "Folder") -> None:
    retitle(ferry)
    ferry.build(now=LATER)
    confirm(ferry)
    ferry.build(now=LATER)
    first = feed_ids(ferry)
    ferry.edit(ENTRY, f'title: "{NEW_TITLE}"', 'title: "Boats return"')
    ferry.build(now=LATER)
    assert feed_ids(ferry) == first
    ferry.edit(ENTRY, "draft: true", "draft: false")
    ferry.build(now=LATER)
    assert len(feed_ids(ferry)) == 3
    assert set(first) < set(feed_ids(ferry))


def test_updated_is_when_a_correction_was_confirmed(ferry: "Folder") -> None:
    retitle(ferry)
    ferry.build(now=LATER)
    assert "updated" not in front(ferry)
    confirm(ferry)
    ferry.build(now=LATEST)
    assert "added: 2026-11-21T18:00:00Z\nupdated: 2026-11-24T09:00:00Z\n" in ferry.read(ENTRY)
    files = ferry.times()
    ferry.build(now="2026-11-30T00:00:00Z")
    assert ferry.times() == files


def test_updated_never_lies_before_the_entry_or_the_correction_before(ferry: "Folder") -> None:
    retitle(ferry)
    ferry.build(now=LATER)
    confirm(ferry)
    early = ferry.build(now="2026-11-20T09:00:00Z")
    assert "updated: 2026-11-21T18:00:00Z\n" in ferry.read(ENTRY)
    assert "updated" not in early.err
    ferry.edit(ENTRY, f'title: "{NEW_TITLE}"', 'title: "Night boats return"')
    ferry.build(now=LATEST)
    confirm(ferry)
    ferry.build(now=LATEST)
    assert "updated: 2026-11-24T09:00:00Z\n" in ferry.read(ENTRY)
    ferry.edit(ENTRY, 'title: "Night boats return"', 'title: "Night boats"')
    ferry.build(now=LATER)
    confirm(ferry)
    ferry.build(now=LATER)
    assert "updated: 2026-11-24T09:00:00Z\n" in ferry.read(ENTRY)
    assert ferry.check().err == ""


def test_updated_stays_the_editors(ferry: "Folder") -> None:
    ferry.edit(ENTRY, "language: en\n", "updated: 2026-11-22\nlanguage: en\n")
    retitle(ferry)
    ferry.build(now=LATER)
    confirm(ferry)
    ferry.build(now=LATEST)
    assert "updated: 2026-11-22\n" in ferry.read(ENTRY)


def test_a_comment_and_the_words_of_the_editor_stay(ferry: "Folder") -> None:
    mine = (
        "corrections:   # newest last\n"
        "    - date: 2026-11-1  # a Sunday\n"
        "      was: 'Wednesday'\n"
        "      now: Tuesday\n"
    )
    ferry.edit(ENTRY, "status:", f"{mine}status:")
    retitle(ferry)
    ferry.build(now=LATER)
    assert f"{mine}  {DRAFT}status:" in ferry.read(ENTRY)


# --------------------------------------------------------------------------- source and parser


def test_a_changed_source_is_drafted(ferry: "Folder") -> None:
    ferry.edit(SOURCE, "80 cars", "90 cars")
    result = ferry.build(now=LATER)
    assert "the text said '80 cars' and says '90 cars' now" in result.out
    (draft,) = front(ferry)["corrections"]
    assert (draft["was"], draft["now"]) == ("80 cars", "90 cars")
    files = ferry.times()
    ferry.build(now=LATER)
    assert ferry.times() == files


def age(folder: "Folder", title: str) -> None:
    """Let an entry look as an older parser wrote and published it, which read another title."""
    folder.edit(ENTRY, f'title: "{OLD_TITLE}"', f'title: "{title}"')
    folder.edit(ENTRY, "wrote: {title: ", "wrote: {origin: ")
    folder.write(ENTRY, re.sub(r", issued: \{.*\}\}", "}", folder.read(ENTRY)))
    folder.build()
    folder.edit(ENTRY, f"parser: {PARSER}", "parser: 1")
    folder.write(
        ENTRY,
        re.sub(
            r"wrote: \{origin: \w+", f'wrote: {{title: "{hash_value(title)}"', folder.read(ENTRY)
        ),
    )


def test_a_better_parser_drafts_nothing(ferry: "Folder") -> None:
    age(ferry, "May 1, 2026")
    assert ferry.run("reparse", "--write").code == 0
    assert issued(ferry)["title"] == OLD_TITLE
    files = ferry.times()
    result = ferry.build(now=LATER)
    assert "note:" not in result.out
    assert ferry.times()[ENTRY] == files[ENTRY]


def test_of_a_changed_source_and_a_better_parser_the_source_is_drafted(ferry: "Folder") -> None:
    age(ferry, "May 1, 2026")
    ferry.edit(SOURCE, "80 cars", "90 cars")
    ferry.build(now=LATER)
    assert front(ferry)["title"] == OLD_TITLE
    assert [draft["field"] for draft in front(ferry)["corrections"]] == ["figures"]
    assert issued(ferry)["title"] == OLD_TITLE


def test_an_edit_that_waits_is_drafted_after_parsing_again(ferry: "Folder") -> None:
    age(ferry, "May 1, 2026")
    ferry.edit(ENTRY, "published: 2026-05-01", "published: 2026-05-04")
    ferry.run("reparse", "--write")
    ferry.build(now=LATER)
    (draft,) = front(ferry)["corrections"]
    assert (draft["field"], draft["was"], draft["now"]) == ("published", "2026-05-01", "2026-05-04")


# --------------------------------------------------------------------------- withdrawal


def test_a_withdrawal_gets_its_retraction_once(ferry: "Folder") -> None:
    ferry.edit(ENTRY, "status: published", "status: withdrawn")
    result = ferry.build(now=LATER)
    line = ferry.read(ENTRY).split("\n").index("status: withdrawn") + 1
    assert result.out.startswith(
        f"{ENTRY}:{line}: note: this briefing is withdrawn, so its retraction is added under"
        " corrections:\n    fix: say there why, in `why:`, for those who had read it\n"
    )
    assert 'corrections:\n  - {date: 2026-11-23, kind: retraction, why: ""}\n' in ferry.read(ENTRY)
    assert "updated: 2026-11-22T18:00:00Z\n" in ferry.read(ENTRY)
    files = ferry.times()
    ferry.build(now=LATEST)
    assert ferry.times() == files


def test_the_editors_own_retraction_is_enough(ferry: "Folder") -> None:
    mine = 'corrections: [{date: 2026-11-22, kind: retraction, why: "Wrong ship"}]\n'
    ferry.edit(ENTRY, "status: published\n", f"status: withdrawn\n{mine}")
    assert "note:" not in ferry.build(now=LATER).out
    assert mine in ferry.read(ENTRY)


def test_a_withdrawn_entry_that_comes_back_is_published_silently(ferry: "Folder") -> None:
    ferry.edit(ENTRY, "status: published", "status: withdrawn")
    ferry.build(now=LATER)
    ferry.edit(ENTRY, "status: withdrawn", "status: published")
    assert "note:" not in ferry.build(now=LATEST).out
    assert "status" not in issued(ferry)


# --------------------------------------------------------------------------- any edits in any order

WRITTEN = f"""\
---
id: urn:uuid:6cba6473-1209-5f2a-a87d-e11f8a9d9b24
slug: night-ferry
title: "{OLD_TITLE}"   # mine
published: 2026-05-01
added: 2026-11-21T18:00:00Z
summary: 'The night ferry will sail again from 3 May.'
story: night-ferry
status: published
parsed: {{source: sources/a.txt, sha256: {"0" * 64}, parser: 3, wrote: {{}}}}
---
The night ferry will sail again from 3 May. Tickets cost 18 crowns.

The ship carries 80 cars.
"""
ITEM = r"  - (?:.*\n)(?:    .*\n)*"
EDITS: dict[str, Callable[[str, int], str]] = {
    "title": lambda text, n: re.sub(r"(?m)^title: .*", f'title: "Ferry, part {n % 3}"', text),
    "date": lambda text, n: re.sub(r"(?m)^published: .*", f"published: 2026-05-0{n % 4 + 1}", text),
    "cars": lambda text, n: re.sub(r"carries \d+", f"carries {80 + n % 3}", text),
    "crowns": lambda text, n: re.sub(r"(?m)^(The.*) \d+ crowns", rf"\1 {18 + n % 2} crowns", text),
    "bottom line": lambda text, n: re.sub(r"again from \d May\.'", f"again from {n} May.'", text),
    "slug": lambda text, n: re.sub(r"(?m)^slug: .*", f"slug: night-ferry-{n}", text),
    "status": lambda text, n: re.sub(
        r"(?m)^status: .*", f"status: {('published', 'withdrawn', 'draft')[n % 3]}", text
    ),
    "confirm": lambda text, n: text.replace(', why: "", draft: true}', ', why: "It was wrong"}', 1),
    "dismiss": lambda text, n: re.sub(r"(?m)^  - .*draft: true}\n", "", text, count=1),
    "by hand": lambda text, n: re.sub(
        r"(?m)^corrections:\n", f"corrections:\n  - date: 2026-11-2{n}\n    was: 'x'\n", text
    ),
}


def issue(text: str) -> str:
    """Return an entry file as a build leaves it."""
    loaded = load_entry(text, "briefings/a.md")[0]
    shelf = gather([Outcome(found=loaded, problems=())])[0]
    now = datetime(2026, 11, 22, 18, tzinfo=UTC)
    found = issue_entries(
        [loaded], shelf, ("/stories/night-ferry/",), now=now, site=Site(title="S")
    )
    return found.changed[0][1].text if found.changed else text


def editors(text: str) -> list[str]:
    """Return the lines that are the editor's alone."""
    text = re.sub(rf"(?m)^corrections:\n(?:{ITEM})*|^(?:aliases|updated|parsed): .*\n", "", text)
    return text.split("\n")


@given(st.lists(st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 9)), max_size=9))
def test_whatever_is_edited_a_second_build_changes_nothing_and_nothing_is_lost(
    edits: list[tuple[str, int]],
) -> None:
    text = issue(WRITTEN)
    for name, n in edits:
        edited = EDITS[name](text, n).replace("corrections:\nparsed", "parsed")
        issued = issue(edited)
        assert issue(issued) == issued
        assert editors(issued) == editors(edited)
        confirmed = [line for line in edited.split("\n") if "It was wrong" in line or "'x'" in line]
        assert [line for line in issued.split("\n") if line in confirmed] == confirmed
        text = issued


# --------------------------------------------------------------------------- many


def test_an_entry_that_has_not_changed_is_not_even_read(
    site: "MakeSite", monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = site("")
    for n in range(60):
        folder.write(f"sources/{n}.txt", f"Ferry {n} returns\n\nShip {n} carries {n + 2} cars.\n")
    folder.build()
    read: list[str] = []

    def counted(root: object, path: str, *, limit: int) -> bytes:
        read.append(path)
        return files.read_file(root, path, limit=limit)  # type: ignore[arg-type]

    monkeypatch.setattr(briefings, "read_file", counted)
    written = folder.times()
    folder.build()
    entries = [path for path in read if path.startswith("briefings/")]
    assert entries == []
    assert folder.times() == written
