"""Acts: the entry's file before and after, whole; and what is refused."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from briefbook.briefing import hash_value
from briefbook.desk.acts import act
from briefbook.problems import Place, error
from briefbook.text.hashes import line_hash
from tests.desk.opened import Desk, opened

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

SOURCE = "sources/ferry.txt"
LINES = """\
Home / Harbour / Second ferry for the northern harbour

Second ferry for the northern harbour

By Mina Hart | March 3, 2026

A second ferry will serve the northern harbour from May, the port authority said on Tuesday.

From April 22 to 2025 the quay is closed to all but residents and the fire brigade.

Also Read: Five harbours worth a detour
"""
SLUG = "second-ferry-for-the-northern-harbour"
ENTRY = f"briefings/{SLUG}.md"
NOTE = "line 9: the date range “April 22 to 2025” cannot be right"


@pytest.fixture
def desk(site: "MakeSite") -> Desk:
    """The desk of a site with one entry."""
    return opened(site(f"-- {SOURCE} --\n{LINES}"))


def same_but(before: str, was: str, now: str) -> str:
    """Return a file with one place changed, which must be there once."""
    assert before.count(was) == 1, was
    return before.replace(was, now)


# --------------------------------------------------------------------------- fields


@pytest.mark.parametrize(
    ("field", "value", "was", "now", "said"),
    [
        (
            "outlet",
            "Gulf Desk",
            "\nauthors:",
            '\noutlet: "Gulf Desk"\nauthors:',
            "outlet set to “Gulf Desk”; it was not there",
        ),
        (
            "title",
            'Second ferry: "at last" #2',
            'title: "Second ferry for the northern harbour"',
            'title: "Second ferry: \\"at last\\" #2"',
            'title set to “Second ferry: "at last" #2”; '
            "it was “Second ferry for the northern harbour”",
        ),
        (
            "published",
            "2026-03-04T08:30:00+09:00",
            "published: 2026-03-03",
            "published: 2026-03-04T08:30:00+09:00",
            "published set to “2026-03-04T08:30:00+09:00”; it was “2026-03-03”",
        ),
        (
            "authors",
            "Mina Hart\r\nJo Ling, Jr.\r\n",
            'authors: ["Mina Hart"]',
            'authors: ["Mina Hart", "Jo Ling, Jr."]',
            "authors set to “Mina Hart, Jo Ling, Jr.”; it was “Mina Hart”",
        ),
        (
            "url",
            "https://post.example/a",
            "\nsummary:",
            "\nurl: https://post.example/a\nsummary:",
            "url set to “https://post.example/a”; it was not there",
        ),
        (
            "language",
            "en-GB",
            "language: en",
            "language: en-GB",
            "language set to “en-GB”; it was “en”",
        ),
        (
            "status",
            "draft",
            "status: published",
            "status: draft",
            "status set to “draft”; it was “published”",
        ),
        (
            "published",
            " ",
            "published: 2026-03-03\n",
            "",
            "published taken away; it was “2026-03-03”",
        ),
    ],
)
def test_a_field_is_set_and_put_back_and_nothing_else_changes(
    desk: Desk, field: str, value: str, was: str, now: str, said: str
) -> None:
    before = desk.folder.read(ENTRY)
    outcome = desk.act(SLUG, "set", field=field, value=value)
    assert outcome.problems == ()
    assert outcome.done == f"{ENTRY}: {said}"
    assert desk.folder.read(ENTRY) == same_but(before, was, now)
    assert desk.undo(SLUG, outcome).problems == ()
    assert desk.folder.read(ENTRY) == before


def test_topics_are_pinned_and_filed_by_the_program_again(desk: Desk) -> None:
    before = desk.folder.read(ENTRY)
    pinned = desk.act(SLUG, "set", field="topics", **{"topic-farming": "on", "topic-port": "on"})
    assert pinned.done == f"{ENTRY}: topics set to “farming, port”; it was not there"
    assert desk.folder.read(ENTRY) == same_but(
        before, "\nstory:", "\ntopics: [farming, port]\nstory:"
    )
    assert "pinned by you" in desk.page(f"/_desk/entries/{SLUG}/").lower()
    none = desk.act(SLUG, "set", field="topics")
    assert none.done == f"{ENTRY}: topics set to none; it was “farming, port”"
    assert desk.folder.read(ENTRY) == same_but(before, "\nstory:", "\ntopics: []\nstory:")
    desk.undo(SLUG, none)
    assert desk.folder.read(ENTRY) == same_but(
        before, "\nstory:", "\ntopics: [farming, port]\nstory:"
    )
    desk.act(SLUG, "unpin")
    assert desk.folder.read(ENTRY) == before


@pytest.mark.parametrize(
    ("field", "value", "line", "what", "fix"),
    [
        ("title", "", 4, "'title' is missing", 'add a line title: "…"'),
        (
            "published",
            "2026-02-31",
            6,
            "there is no such date as '2026-02-31'",
            "correct the date",
        ),
        (
            "published",
            "soon",
            6,
            "'soon' is not a date as 'published' needs it",
            "write published: 2026-11-21 or published: 2026-11-21T18:00:00+09:00",
        ),
        (
            "url",
            "javascript:alert(1)",
            1,
            "'javascript:alert(1)' is not a web address",
            "write url: https://… in full, or leave it out",
        ),
        (
            "language",
            "e",
            9,
            "'e' is not a language tag",
            "write one such as en or pt-BR",
        ),
        (
            "status",
            "drfat",
            14,
            "unknown status 'drfat'",
            "did you mean 'draft'? It is one of draft, published, withdrawn, hidden",
        ),
    ],
)
def test_what_check_would_refuse_is_refused_in_its_words_and_not_written(
    desk: Desk, field: str, value: str, line: int, what: str, fix: str
) -> None:
    times = desk.folder.times()
    outcome = act(
        desk.state,
        {"act": "set", "entry": SLUG, "stamp": desk.stamp(SLUG), "field": field, "value": value},
    )
    assert outcome.problems == (error(Place(ENTRY, line), what, fix),)
    assert outcome.done == ""
    assert desk.folder.times() == times


def test_an_unknown_topic_is_refused_with_a_suggestion(desk: Desk) -> None:
    before = desk.folder.read(ENTRY)
    outcome = desk.act(SLUG, "set", field="topics", **{"topic-prt": "on"})
    assert [str(problem) for problem in outcome.problems] == [
        f"{ENTRY}:1: error: unknown topic 'prt'\n"
        "    fix: did you mean 'port'? If it is new, add it under topics: in site.yaml"
    ]
    assert desk.folder.read(ENTRY) == before


def test_a_field_is_handed_back_and_follows_its_source_again(desk: Desk) -> None:
    before = desk.folder.read(ENTRY)
    desk.act(SLUG, "set", field="title", value="A boat")
    outcome = desk.act(SLUG, "hand-back", field="title")
    assert outcome.done == (
        f"{ENTRY}: title set to “Second ferry for the northern harbour”, as the source says; "
        "it was “A boat”"
    )
    assert desk.folder.read(ENTRY) == before
    desk.folder.edit(
        SOURCE,
        "\nSecond ferry for the northern harbour\n",
        "\nSecond ferry for the whole northern harbour\n",
    )
    desk.build()
    assert 'title: "Second ferry for the whole northern harbour"' in desk.folder.read(ENTRY)


# --------------------------------------------------------------------------- notes


def test_a_note_is_dismissed_and_brought_back(desk: Desk) -> None:
    before = desk.folder.read(ENTRY)
    outcome = desk.act(SLUG, "dismiss", note=NOTE)
    assert outcome.done == f"{ENTRY}: dismissed “{NOTE}”; it stands under reviewed: now"
    assert desk.folder.read(ENTRY) == same_but(
        before, f'review:\n  - "{NOTE}"\n', f'reviewed: ["{NOTE}"]\n'
    )
    desk.undo(SLUG, outcome)
    assert desk.folder.read(ENTRY) == before


def test_a_note_that_was_dismissed_by_its_hash_is_brought_back_in_words(desk: Desk) -> None:
    before = desk.folder.read(ENTRY)
    desk.folder.edit(ENTRY, f'review:\n  - "{NOTE}"\n', f"reviewed: [{hash_value(NOTE)}]\n")
    desk.build()
    desk.act(SLUG, "bring-back", note=hash_value(NOTE))
    assert desk.folder.read(ENTRY) == before


def test_what_an_act_takes_away_is_told_whole(desk: Desk) -> None:
    mine = "The quay is closed. " * 600
    summary = next(line for line in desk.folder.read(ENTRY).split("\n") if "summary:" in line[:9])
    desk.folder.edit(ENTRY, summary, f'summary: "{mine.strip()}"')
    desk.build()
    outcome = desk.act(SLUG, "hand-back", field="summary")
    assert f"it was “{mine.strip()}”" in outcome.done
    long = desk.act(SLUG, "set", field="title", value=mine)
    back = desk.act(SLUG, "set", field="title", value="A boat")
    assert "?" in long.go_to
    assert back.go_to == f"/_desk/entries/{SLUG}/"
    assert f"it was “{mine.strip()}”" in back.done


def test_a_dismissed_note_stays_dismissed_when_the_source_changes(desk: Desk) -> None:
    desk.act(SLUG, "dismiss", note=NOTE)
    desk.folder.edit(SOURCE, "the fire brigade.", "the fire brigade of the town.")
    desk.build()
    assert "review:" not in desk.folder.read(ENTRY)
    assert "of the town" in desk.folder.read(ENTRY)


def test_that_there_is_no_outlet_can_stay_so(desk: Desk) -> None:
    assert "It stays so" in desk.page(f"/_desk/entries/{SLUG}/")
    desk.act(SLUG, "dismiss", note="no outlet")
    desk.act(SLUG, "dismiss", note=NOTE)
    assert "Nothing wants an editor" in desk.page()


def test_what_the_source_now_says_is_accepted(desk: Desk) -> None:
    desk.act(SLUG, "set", field="title", value="A boat")
    desk.folder.edit(
        SOURCE,
        "\nSecond ferry for the northern harbour\n",
        "\nSecond ferry for the whole northern harbour\n",
    )
    desk.build()
    before = desk.folder.read(ENTRY)
    note = 'title: the source now says "Second ferry for the whole northern harbour"'
    escaped = note.replace('"', '\\"')
    assert escaped in before
    desk.act(SLUG, "hand-back", field="title")
    after = desk.folder.read(ENTRY)
    assert escaped not in after
    assert 'title: "Second ferry for the whole northern harbour"\n' in after
    assert NOTE in after
    desk.build()
    assert desk.folder.read(ENTRY) == after


# --------------------------------------------------------------------------- lines

ALSO = "Also Read: Five harbours worth a detour"
QUAY = "From April 22 to 2025 the quay is closed to all but residents and the fire brigade."


def test_a_dropped_line_is_kept_and_left_to_the_program_again(desk: Desk) -> None:
    before = desk.folder.read(ENTRY)
    outcome = desk.act(SLUG, "line", line=f"11 keep {line_hash(ALSO)}")
    assert outcome.done == f"{ENTRY}: line 11 of {SOURCE} is kept"
    after = desk.folder.read(ENTRY)
    assert after.endswith(f"{QUAY}\n\n{ALSO}\n")
    assert f"overrides:\n  - {{line: 11, keep: {line_hash(ALSO)}}}\n" in after
    desk.undo(SLUG, outcome)
    assert desk.folder.read(ENTRY) == before


def test_a_kept_line_is_dropped_and_stays_dropped_in_another_version(desk: Desk) -> None:
    desk.act(SLUG, "line", line=f"9 drop {line_hash(QUAY)}")
    assert QUAY not in desk.folder.read(ENTRY)
    desk.folder.edit(SOURCE, "By Mina Hart", "By Mina Hart and Jo Ling")
    desk.build()
    assert 'authors: ["Mina Hart", "Jo Ling"]' in desk.folder.read(ENTRY)
    assert QUAY not in desk.folder.read(ENTRY)


def test_a_byline_is_kept_as_text_and_is_a_byline_again(desk: Desk) -> None:
    before = desk.folder.read(ENTRY)
    byline = "By Mina Hart | March 3, 2026"
    outcome = desk.act(SLUG, "line", line=f"5 keep {line_hash(byline)}")
    assert f"{byline}\n\nA second ferry" in desk.folder.read(ENTRY)
    desk.undo(SLUG, outcome)
    assert desk.folder.read(ENTRY) == before


def test_a_word_on_a_line_is_shown_as_a_patch_of_an_edited_body(desk: Desk) -> None:
    desk.folder.edit(ENTRY, "---\nA second ferry will serve", "---\nA second ferry is to serve")
    desk.build()
    before = desk.folder.read(ENTRY)
    line = before.split("\n").index(QUAY) + 1
    html = desk.page(f"/_desk/entries/{SLUG}/?line=11&do=keep")
    assert f"<b>{ENTRY}:{line - 1}</b>" in html
    assert f"<ins>+ {ALSO}</ins>" in html
    assert desk.folder.read(ENTRY) == before
    outcome = desk.act(SLUG, "patch", line=f"11 keep {line_hash(ALSO)}")
    assert outcome.done == f"{ENTRY}: line 11 of {SOURCE} is kept; the text is patched"
    after = desk.folder.read(ENTRY)
    assert after.partition("\n---\n")[2] == before.partition("\n---\n")[2] + f"\n{ALSO}\n"
    assert f"overrides:\n  - {{line: 11, keep: {line_hash(ALSO)}}}\n" in after
    assert "below the editor's edits" not in after
    desk.build()
    assert desk.folder.read(ENTRY) == after
    desk.undo(SLUG, outcome)
    assert desk.folder.read(ENTRY) == before


# --------------------------------------------------------------------------- what is refused


def test_a_file_that_was_changed_meanwhile_is_left_as_it_is(desk: Desk) -> None:
    stamp = desk.stamp(SLUG)
    desk.folder.edit(ENTRY, "status: published", "status: draft")
    mine = desk.folder.read(ENTRY)
    form = {"act": "set", "entry": SLUG, "stamp": stamp, "field": "title", "value": "A boat"}
    what = "the file was changed while the program was working, and is left as it is"
    assert act(desk.state, form).problems == (
        error(Place(ENTRY), what, "run the same command again"),
    )
    desk.build()
    what = "the entry was changed after this page was made, and is left as it is"
    fix = "look at the entry as it is now, and do it again"
    assert act(desk.state, form).problems == (error(Place(ENTRY), what, fix),)
    assert desk.folder.read(ENTRY) == mine


def test_the_editors_own_work_is_never_written_but_told_what_to_put_there(site: "MakeSite") -> None:
    own = "---\ntitle: A note of my own\npublished: 2026-03-03\n---\nThe quay is closed.\n"
    desk = opened(site(f"-- briefings/own.md --\n{own}"))
    outcome = desk.act("own", "set", field="outlet", value="Gulf Desk")
    what = "this entry is your own work, which the program never writes"
    fix = 'put this into its front matter yourself: outlet: "Gulf Desk"'
    assert outcome.problems == (error(Place("briefings/own.md"), what, fix),)
    assert desk.act("own", "set", field="url", value="nonsense").problems[0].what == (
        "'nonsense' is not a web address"
    )
    assert desk.folder.read("briefings/own.md") == own


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"act": "set", "entry": "../../etc"},
        {"act": "burn", "entry": SLUG},
        {"act": "set", "entry": SLUG, "field": "parsed", "value": "x"},
        {"act": "set", "entry": SLUG, "field": "slug", "value": "x"},
        {"act": "hand-back", "entry": SLUG, "field": "id"},
        {"act": "hand-back", "entry": SLUG, "field": "__class__"},
        {"act": "dismiss", "entry": SLUG},
        {"act": "bring-back", "entry": SLUG, "note": "never"},
        {"act": "line", "entry": SLUG},
        {"act": "line", "entry": SLUG, "line": "7 keep 00000000"},
        {"act": "line", "entry": SLUG, "line": "7 burn " + line_hash("x")},
    ],
)
def test_a_form_nobody_made_changes_nothing(desk: Desk, form: dict[str, str]) -> None:
    tree = desk.folder.tree()
    outcome = act(desk.state, {"stamp": desk.stamp(SLUG), **form})
    assert len(outcome.problems) == 1
    assert outcome.done == ""
    assert desk.folder.tree() == tree


def test_no_act_writes_a_source(desk: Desk) -> None:
    sources = desk.folder.tree("sources")
    desk.act(SLUG, "set", field="title", value="A boat")
    desk.act(SLUG, "dismiss", note=NOTE)
    desk.act(SLUG, "line", line=f"11 keep {line_hash('Also Read: Five harbours worth a detour')}")
    assert desk.folder.tree("sources") == sources
