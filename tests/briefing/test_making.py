from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefbook.briefing import (
    Drafting,
    LoadedEntry,
    issue_entry,
    load_entry,
    make_entry,
    move_entry,
    refile_entry,
    update_entry,
)
from briefbook.briefing.merge import hash_value
from briefbook.briefing.mint import mint_id
from briefbook.model import Article, Found, Header, Issued, Name, Publish, Slip, SourceFile, Status
from briefbook.problems import ProblemError

Parse = Callable[..., tuple[SourceFile, Article]]

NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)


def make(parse: Parse, *args: str, **facts: object) -> LoadedEntry:
    return make_entry(
        *parse(*args, **facts), parser=3, added=NOW, story="iraq-arms", taken_slugs=()
    )


def edit(loaded: LoadedEntry, was: str, now: str) -> LoadedEntry:
    assert was in loaded.text
    return load_entry(loaded.text.replace(was, now, 1), loaded.path)[0]


def update(
    loaded: LoadedEntry, parse: Parse, body: str = "New words.", **facts: object
) -> LoadedEntry | None:
    return update_entry(loaded, *parse(body, **({"sha256": "b" * 64} | facts)), parser=3)


def wrote(loaded: LoadedEntry) -> str:
    assert loaded.entry.parsed is not None
    return ", ".join(f"{key}: {value}" for key, value in loaded.entry.parsed.wrote.items())


def test_writes_a_new_entry_an_editor_can_read(parse: Parse) -> None:
    slip = Slip(line=7, text="date range 'April 22 to 2025' cannot be right")
    made = make(parse, slips=(slip,), url=Found("https://a.example/x?y=1", 5, "credit"))
    assert made.path == "briefings/south-koreas-arms-deal.md"
    assert (
        made.text
        == f"""\
---
id: {mint_id("a" * 64)}
slug: south-koreas-arms-deal
title: "South Korea’s arms deal"
outlet: "Gulf Desk"
authors: ["Kim Min-ji"]
published: 2025-04-23
date_basis: "line 2: 'April 23, 2025'"
added: 2026-11-21T18:00:00Z
url: "https://a.example/x?y=1"
summary: "Seoul sells arms."
key_points:
  - "Seoul sells arms."
  - "Baghdad buys them."
people: ["Kim Min-ji"]
places: ["Seoul", "Baghdad"]
story: iraq-arms
status: published
review:
  - "line 7: date range 'April 22 to 2025' cannot be right"
parsed: {{source: sources/a.txt, sha256: {"a" * 64}, parser: 3, wrote: {{{wrote(made)}}}}}
---
Seoul sells arms.

Baghdad buys them.
"""
    )
    assert made.entry.edited == ()
    assert set(made.entry.parsed.wrote if made.entry.parsed else ()) == {
        "title",
        "outlet",
        "authors",
        "published",
        "date_basis",
        "url",
        "summary",
        "key_points",
        "people",
        "places",
        "story",
        "body",
    }


def test_takes_over_what_the_header_pins(parse: Parse) -> None:
    made = make(parse, header=Header(topics=("korea-iraq",), publish=Publish.FULL))
    assert made.entry.topics == ("korea-iraq",)
    assert made.entry.publish is Publish.FULL
    changed = update(made, parse, header=Header(topics=("chips",)))
    assert changed is not None
    assert (changed.entry.topics, changed.entry.publish) == (("chips",), None)


@pytest.mark.parametrize(
    ("found", "basis", "written"),
    [
        pytest.param(
            Found(date(2025, 4, 23), 3, "header", "2025-04-23"),
            "header line 3: '2025-04-23'",
            "published: 2025-04-23\n",
            id="in the header",
        ),
        pytest.param(
            Found(datetime(2025, 4, 23, 9, tzinfo=timezone(timedelta(hours=9))), 2, "byline"),
            "line 2",
            "published: 2025-04-23T09:00:00+09:00\n",
            id="a moment",
        ),
        pytest.param(
            Found(datetime(2025, 4, 23, 9), None, "the address", "2025/04/23"),  # noqa: DTZ001
            "the address: '2025/04/23'",
            "published: 2025-04-23\n",
            id="a moment nobody can place",
        ),
    ],
)
def test_says_where_a_date_comes_from(
    parse: Parse, found: Found[date], basis: str, written: str
) -> None:
    made = make(parse, published=found)
    assert made.entry.date_basis == basis
    assert written in made.text


def test_stands_in_the_first_words_for_a_missing_headline(parse: Parse) -> None:
    assert make(parse, title=None).entry.title == "Seoul sells arms."


def test_a_first_block_is_no_title_as_a_whole(parse: Parse) -> None:
    source, article = parse("one two  three " * 10, title=None)
    made = make(lambda: (source, replace(article, summary=())))
    assert made.entry.title == ("one two  three " * 7).removesuffix("  three ")


def test_leaves_out_what_would_be_refused_when_read(parse: Parse) -> None:
    made = make(
        parse,
        url=Found("javascript:alert(1)", 1, "credit"),
        language=Found("e n", 1, "guess"),
    )
    assert (made.entry.url, made.entry.language) == (None, None)


def test_refuses_a_source_of_which_nothing_was_kept(parse: Parse) -> None:
    with pytest.raises(ProblemError) as refused:
        make(parse, "", title=None)
    assert str(refused.value) == (
        "sources/a.txt: error: nothing of this text was kept, so no entry can be made of it\n"
        "    fix: look at it with 'briefbook explain', or paste the text again"
    )


def test_names_the_source_whose_text_cannot_stand_in_an_entry(parse: Parse) -> None:
    with pytest.raises(ProblemError) as refused:
        make(parse, "a\n<<<<<<< HEAD\nb")
    assert str(refused.value).startswith(
        "sources/a.txt: error: its text cannot stand in an entry: a mark of git was left over "
        "here when a conflict was mended: <<<<<<< HEAD\n"
    )


def test_never_takes_a_slug_an_id_or_a_file_that_is_taken(parse: Parse) -> None:
    made = make_entry(
        *parse(title="Deal"),
        parser=3,
        added=NOW,
        story=None,
        taken_slugs={"deal"},
        taken_ids={mint_id("a" * 64)},
        taken_paths=("briefings/deal-2.md",),
    )
    assert (made.entry.slug, made.path) == ("deal-2", "briefings/deal-2-2.md")
    assert made.entry.id == mint_id("a" * 64, {mint_id("a" * 64)})


def test_the_same_source_makes_the_same_bytes(parse: Parse) -> None:
    assert make(parse).text == make(parse).text


def test_follows_the_source_where_the_editor_changed_nothing(parse: Parse) -> None:
    made = make(parse)
    updated = update(made, parse, title="New headline", outlet=None)
    assert updated is not None
    assert (updated.entry.title, updated.entry.body) == ("New headline", "New words.")
    assert updated.entry.outlet is None
    assert updated.entry.review == ()
    assert (updated.entry.slug, updated.entry.id) == (made.entry.slug, made.entry.id)
    assert (updated.entry.story, updated.entry.added) == ("iraq-arms", NOW)
    assert updated.entry.edited == ()


def test_keeps_the_editors_title_when_the_source_changes(parse: Parse) -> None:
    edited = edit(make(parse), '"South Korea’s arms deal"', "'My ''own'' title'  # better")
    assert edited.entry.edited == ("title",)
    updated = update(edited, parse, title="New headline")
    assert updated is not None
    assert "\ntitle: 'My ''own'' title'  # better\n" in updated.text
    assert updated.entry.body == "New words."
    assert updated.entry.review == ('title: the source now says "New headline"',)
    assert updated.entry.edited == ("title",)


def test_keeps_the_editors_body_and_says_that_the_source_has_changed(parse: Parse) -> None:
    edited = edit(make(parse), "\nBaghdad buys them.\n", "\nBaghdad buys a few.  \nMine.\n\n\n")
    assert edited.entry.edited == ("body",)
    updated = update(edited, parse)
    assert updated is not None
    assert updated.text.endswith("---\nSeoul sells arms.\n\nBaghdad buys a few.  \nMine.\n\n\n")
    assert updated.entry.review == (
        "body: the source has changed below the editor's edits: 3 lines differ",
    )


def test_keeps_away_what_the_editor_deleted(parse: Parse) -> None:
    edited = edit(make(parse), 'outlet: "Gulf Desk"\n', "")
    updated = update(edited, parse)
    assert updated is not None
    assert updated.entry.outlet is None
    assert "outlet" in updated.entry.edited


def test_a_dismissed_note_stays_away(parse: Parse) -> None:
    slip = Slip(line=None, text="no outlet is named")
    made = make(parse, slips=(slip,))
    hashed = hash_value("no outlet is named")
    edited = edit(made, "parsed:", f'reviewed: ["{hashed}"]\nparsed:')
    updated = update(edited, parse, slips=(slip,))
    assert updated is not None
    assert updated.entry.review == ()
    assert "review:" not in updated.text


def test_a_reparse_that_says_the_same_writes_nothing(parse: Parse) -> None:
    made = make(parse)
    assert update(made, parse, "Seoul sells arms.\n\nBaghdad buys them.", sha256="a" * 64) is None


def test_keeps_an_editors_windows_line_ends(parse: Parse) -> None:
    made = make(parse)
    windows = load_entry(made.text.replace("\n", "\r\n"), made.path)[0]
    assert windows.entry.edited == ()
    updated = update(windows, parse, "One.\n\nTwo.")
    assert updated is not None
    assert updated.text.endswith("---\r\nOne.\r\n\r\nTwo.\r\n")
    assert updated.text.count("\n") == updated.text.count("\r\n")


def test_filing_anew_changes_the_story_and_nothing_else(parse: Parse) -> None:
    made = make(parse)
    moved = refile_entry(made, "other-story", leads_on=False)
    hashes = (hash_value("iraq-arms"), hash_value("other-story"))
    expected = made.text.replace("story: iraq-arms", "story: other-story").replace(*hashes)
    assert moved.text == expected
    assert moved.entry.edited == ()


def test_an_entry_remembers_each_story_it_left_once(parse: Parse) -> None:
    there = refile_entry(make(parse), "other-story", leads_on=True)
    assert there.entry.former_stories == ("iraq-arms",)
    back = refile_entry(there, "iraq-arms", leads_on=True)
    again = refile_entry(back, "third-story", leads_on=True)
    assert again.entry.former_stories == ("iraq-arms", "other-story")
    assert "status: published\nformer_stories: [iraq-arms, other-story]\nparsed:" in again.text


def test_what_the_source_says_anew_leaves_the_story(parse: Parse) -> None:
    made = make(parse)
    updated = update(made, parse)
    assert updated is not None
    assert updated.entry.story == "iraq-arms"
    assert "story" not in updated.entry.edited


def test_a_moved_source_changes_nothing_but_its_path(parse: Parse) -> None:
    made = make(parse)
    moved = move_entry(made, "sources/new folder/b.txt")
    assert moved.text == made.text.replace(
        "source: sources/a.txt", 'source: "sources/new folder/b.txt"'
    )


def test_never_writes_the_editors_own_work(parse: Parse) -> None:
    own = load_entry("---\ntitle: x\nadded: 2026-11-21\n---\n", "briefings/a.md")[0]
    with pytest.raises(ValueError, match="is the editor's own work and is never written"):
        update_entry(own, *parse(), parser=3)


_text = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30)
_line = _text.map(lambda text: " ".join(text.split()))


@settings(deadline=None, max_examples=50)
@given(_line, _text, st.lists(_line, max_size=3), st.lists(_line, max_size=3))
def test_whatever_a_text_says_it_is_read_as_it_was_written(
    parse: Parse, title: str, outlet: str, lines: list[str], later: list[str]
) -> None:
    made = make(parse, "\n\n".join(["First.", *lines]), title=title, outlet=outlet)
    assert made.entry.edited == ()
    updated = update(made, parse, "\n\n".join(["Second.", *later]), title=outlet, outlet=title)
    assert updated is not None
    assert updated.entry.edited == ()
    assert updated.entry.review == ()


_own_lines = st.lists(
    st.text(alphabet="abc #:'[]{}é한", max_size=12).map(lambda text: f"# {text}".rstrip()),
    max_size=4,
)


@settings(deadline=None, max_examples=50)
@given(
    comments=_own_lines,
    places=st.lists(st.integers(0, 11), min_size=4, max_size=4),
    own=st.none() | _line.map(lambda text: f"My own words. {text}"),
    crlf=st.booleans(),
    later=st.lists(_line, max_size=3),
)
def test_nothing_an_editor_typed_is_ever_lost(
    parse: Parse,
    comments: list[str],
    places: list[int],
    own: str | None,
    crlf: bool,
    later: list[str],
) -> None:
    lines = make(parse).text.split("\n")
    # Above a key, below the opening ---, and never among the lines of key_points.
    free = [n for n, line in enumerate(lines) if n and line and not line.startswith((" ", "---"))]
    for place, comment in zip(sorted(places, reverse=True), comments, strict=False):
        lines.insert(free[place], comment)
    text = "\n".join(lines).replace("\nstatus: published\n", "\nmine: {a: 1}\nstatus: draft\n")
    if own is not None:
        text += f"\n{own}\n"
    text = text.replace("\n", "\r\n") if crlf else text
    edited = load_entry(text, "briefings/a.md")[0]
    assert edited.entry.edited == (("body",) if own is not None else ())
    updated = update(edited, parse, "\n\n".join(["Second.", *later]), title=None, outlet=None)
    assert updated is not None
    kept = updated.text.replace("\r\n", "\n").partition("\n---\n")[0].split("\n")
    assert [line for line in kept if line.startswith("#")] == [
        line for line in lines if line.startswith("#")
    ]
    assert "mine: {a: 1}" in kept
    assert "status: draft" in kept
    assert own is None or own in updated.text
    assert ("\r" in updated.text) is crlf
    again = update(updated, parse, "\n\n".join(["Second.", *later]), title=None, outlet=None)
    assert again is None


def test_two_spellings_of_one_name_stand_once_in_the_one_that_came_first(parse: Parse) -> None:
    source, article = parse()
    names = [("U.S.", "place"), ("Iraq", "place"), ("United States", "place"), ("US", "place")]
    article = replace(article, names=tuple(Name(text, kind) for text, kind in names))
    made = make_entry(source, article, parser=3, added=NOW, story=None, taken_slugs=())
    assert made.entry.places == ("U.S.", "Iraq")


SAID = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(title=SAID, summary=SAID, figures=st.lists(SAID, max_size=3))
@settings(max_examples=60)
def test_what_is_issued_is_written_alike_whether_or_not_all_is_read_again(
    title: str, summary: str, figures: list[str]
) -> None:
    issued = Issued(
        slug="quay",
        story="quay-opens",
        status=Status.PUBLISHED,
        title=title,
        published=datetime(2026, 5, 1, 9, tzinfo=timezone(timedelta(hours=9))),
        summary=summary,
        figures=tuple(figures),
        body="0123456789ab",
        corrections=0,
        updated=None,
    )
    made, _ = load_entry(ISSUED_BEFORE, "briefings/quay.md")
    lines = "\n".join(["---", *ISSUED_BEFORE.splitlines()[1:2], "status: draft"])
    others = [
        ISSUED_BEFORE.replace("\n", "\r\n"),
        ISSUED_BEFORE.replace("}}\n", "}}  # by the program\n", 1),
        ISSUED_BEFORE.replace("title:", "note: |\n  parsed: {source: x}\ntitle:", 1),
        lines + ISSUED_BEFORE.removeprefix("\n".join(ISSUED_BEFORE.splitlines()[:2])),
    ]
    for loaded in (made, *(load_entry(text, "briefings/quay.md")[0] for text in others)):
        try:
            quickly: object = issue_entry(loaded, issued, {}, Drafting())
        except ProblemError as refused:
            quickly = refused.problems
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("briefbook.briefing.making._with_parsed", lambda *_: None)
            try:
                slowly: object = issue_entry(loaded, issued, {}, Drafting())
            except ProblemError as refused:
                slowly = refused.problems
        assert quickly == slowly


ISSUED_BEFORE = (
    "---\n"
    "id: urn:uuid:6c84fb90-12c4-51f0-9b5a-3e1f0d7a7f11\n"
    "slug: quay\n"
    'title: "The quay opens"\n'
    "added: 2026-05-01T10:00:00Z\n"
    f"parsed: {{source: sources/quay.txt, sha256: {'a' * 64}, parser: 3, "
    "wrote: {title: 0123456789ab}}\n"
    "---\n"
    "The quay has opened.\n"
)
