from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefbook.briefing.entry import load_entry
from briefbook.briefing.merge import hash_value
from briefbook.briefing.mint import mint_id
from briefbook.model import Correction, CorrectionKind, Entry, Parsed, Publish, Status
from briefbook.problems import Place, ProblemError

ID = "urn:uuid:5b2c4f3e-5d0b-5b8e-9c57-8f3f2a1f7c11"
KST = timezone(timedelta(hours=9))


def test_reads_everything_an_entry_can_say() -> None:
    wrote = f"{{title: {hash_value('on')}}}"
    text = f"""\
---
id: {ID}
slug: arms-deal
title: on
outlet: 1899
origin: Yonhap
authors: Kim Min-ji
published: 2025-04-23
date_basis: "line 2: 'April 23, 2025'"
added: 2026-11-21T18:00:00Z
updated: 2026-11-22 09:00
language: en
url: https://gulfdesk.example/a
summary: Seoul sells.
key_points:
  - One.
people: [Kim Min-ji]
organisations: [DAPA]
places: [Iraq]
topics: [korea-iraq]
publish: full
story: iqdex
status: draft
note: |
  First.

  Second.
aliases: [old-deal]
former_stories: [baghdad-arms]
corrections:
  - {{date: 2026-11-22, kind: retraction, was: a, now: b, why: c}}
review: [look]
reviewed: [0a1b2c3d]
mine: {{of: my own}}
parsed: {{source: sources/a.txt, sha256: {"0" * 64}, parser: 3, wrote: {wrote}}}
---

Body.

More.
"""
    loaded, warnings = load_entry(text, "briefings/a.md", zone=KST)
    assert warnings == ()
    assert (loaded.text, loaded.path, loaded.place("topics")) == (
        text,
        "briefings/a.md",
        Place("briefings/a.md", 20),
    )
    assert loaded.entry == Entry(
        place=Place("briefings/a.md"),
        id=ID,
        slug="arms-deal",
        title="on",
        added=datetime(2026, 11, 21, 18, tzinfo=UTC),
        body="Body.\n\nMore.",
        body_line=38,
        outlet="1899",
        origin="Yonhap",
        authors=("Kim Min-ji",),
        published=date(2025, 4, 23),
        date_basis="line 2: 'April 23, 2025'",
        updated=datetime(2026, 11, 22, tzinfo=UTC),
        language="en",
        url="https://gulfdesk.example/a",
        summary="Seoul sells.",
        key_points=("One.",),
        people=("Kim Min-ji",),
        organisations=("DAPA",),
        places=("Iraq",),
        topics=("korea-iraq",),
        publish=Publish.FULL,
        story="iqdex",
        status=Status.DRAFT,
        note="First.\n\nSecond.",
        aliases=("old-deal",),
        former_stories=("baghdad-arms",),
        corrections=(
            Correction(
                date=date(2026, 11, 22),
                kind=CorrectionKind.RETRACTION,
                was="a",
                now="b",
                why="c",
            ),
        ),
        review=("look",),
        reviewed=("0a1b2c3d",),
        parsed=Parsed(
            source="sources/a.txt", sha256="0" * 64, parser=3, wrote={"title": hash_value("on")}
        ),
        edited=(
            "outlet",
            "origin",
            "authors",
            "published",
            "date_basis",
            "language",
            "url",
            "summary",
            "key_points",
            "people",
            "organisations",
            "places",
            "story",
            "body",
        ),
    )


def test_fills_in_what_a_handwritten_entry_leaves_out() -> None:
    text = "---\ntitle: My own words\npublished: 2025-04-23\n---\nBody.\n"
    entry = load_entry(text, "briefings/notes/My Own – Words!.md", zone=KST)[0].entry
    assert entry.slug == "my-own-words"
    assert entry.id == mint_id("slug:my-own-words")
    assert entry.added == datetime(2025, 4, 22, 15, tzinfo=UTC)
    assert entry.parsed is None
    assert entry.edited == ()


def front(*lines: str) -> str:
    given = {line.split(":")[0] for line in lines}
    base = {"title": "title: x", "slug": "slug: x", "added": "added: 2026-11-21"}
    kept = (line for key, line in base.items() if key not in given)
    return "\n".join(["---", *lines, *kept, "---", "Body.", ""])


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param("title:", "'title' is missing", id="no title"),
        pytest.param("added:", "'added' is missing", id="no date"),
        pytest.param("added: soon", "'soon' is not a date as 'added' needs it", id="bad date"),
        pytest.param(
            "slug: ../x", "'../x' cannot be a part of an address, as 'slug' is", id="slug"
        ),
        pytest.param(
            "aliases: [ok, a/b]",
            "'a/b' cannot be a part of an address, as 'aliases' is",
            id="alias",
        ),
        pytest.param("story: A", "'A' cannot be a part of an address, as 'story' is", id="story"),
        pytest.param(
            "id: 42",
            "'id' must be a text such as urn:uuid:5b2c4f3e-5d0b-5b8e-9c57-8f3f2a1f7c11",
            id="id",
        ),
        pytest.param("status: publishd", "unknown status 'publishd'", id="status"),
        pytest.param("publish: all", "unknown publish 'all'", id="publish"),
        pytest.param("language: 'e n'", "'e n' is not a language tag", id="language"),
        pytest.param("url: javascript:x", "'javascript:x' is not a web address", id="url"),
        pytest.param("corrections: [{why: x}]", "a correction needs 'date'", id="correction"),
        pytest.param(
            "corrections: [{date: 2026-11-22, kind: fix}]", "unknown kind 'fix'", id="its kind"
        ),
        pytest.param(
            "corrections: [x]",
            "each item of 'corrections' must be a group of keys, not a text",
            id="a correction that is a text",
        ),
    ],
)
def test_refuses_a_wrong_value_and_names_its_line(line: str, message: str) -> None:
    with pytest.raises(ProblemError) as refused:
        load_entry(front(line), "briefings/a.md")
    assert [(problem.place.line, problem.what) for problem in refused.value.problems] == [
        (2, message)
    ]


def test_says_all_mistakes_of_an_entry_at_once() -> None:
    text = f"""\
---
slug: A
published: 2025-02-30
status: draf
tittle: x
parsed: {{source: sources/a.txt, sha256: {"0" * 64}, parser: 3, wrote: {{}}}}
---
"""
    with pytest.raises(ProblemError) as refused:
        load_entry(text, "briefings/a.md")
    assert str(refused.value) == (
        "briefings/a.md:3: error: there is no such date as '2025-02-30'\n"
        "    fix: correct the date\n"
        "briefings/a.md:2: error: 'title' is missing\n"
        '    fix: add a line title: "…"\n'
        "briefings/a.md:2: error: 'A' cannot be a part of an address, as 'slug' is\n"
        "    fix: use only a–z, 0–9 and single hyphens between them, at most 80 characters\n"
        "briefings/a.md:2: error: 'id' is missing\n"
        "    fix: put the line back: feed readers know the entry by it\n"
        "briefings/a.md:2: error: 'added' is missing\n"
        "    fix: add a line such as added: 2026-11-21\n"
        "briefings/a.md:4: error: unknown status 'draf'\n"
        "    fix: did you mean 'draft'? It is one of draft, published, withdrawn, hidden\n"
        "briefings/a.md:5: warning: the key 'tittle' means nothing here\n"
        "    fix: did you mean 'title'? If it is your own, you may leave it"
    )


def test_says_so_when_no_address_can_be_made_of_a_file_name() -> None:
    with pytest.raises(ProblemError) as refused:
        load_entry("---\ntitle: x\nadded: 2026-11-21\n---\n", "briefings/!!!.md")
    assert str(refused.value) == (
        "briefings/!!!.md:2: error: no address can be made of the file name\n"
        "    fix: add a line slug: …"
    )


def test_wants_back_the_address_of_an_entry_it_made() -> None:
    parsed = f"{{source: a, sha256: {'0' * 64}, parser: 1}}"
    text = f"---\ntitle: x\nadded: 2026-11-21\nid: {ID}\nparsed: {parsed}\n---\n"
    with pytest.raises(ProblemError) as refused:
        load_entry(text, "briefings/a.md")
    assert str(refused.value) == (
        "briefings/a.md:2: error: 'slug' is missing\n"
        "    fix: put the line back: it is the entry's address"
    )


@pytest.mark.parametrize(
    ("parsed", "what"),
    [
        ("yes", "'parsed' must be a group of keys, not a text"),
        ("{source: a}", "'parsed' is damaged: it needs source, sha256 and parser"),
        ("{source: a, sha256: xyz, parser: 1}", "'parsed' is damaged: it needs source, sha256"),
        ("{source: a, sha256: '', parser: 1}", "'parsed' is damaged: it needs source, sha256"),
    ],
)
def test_refuses_a_damaged_memory_rather_than_take_all_for_edits(parsed: str, what: str) -> None:
    with pytest.raises(ProblemError, match=what):
        load_entry(front(f"id: {ID}", f"parsed: {parsed}"), "briefings/a.md")


def test_mentions_a_misspelt_key_and_leaves_an_editors_own_in_peace() -> None:
    loaded, warnings = load_entry(
        front("tags: [a]", "image: x.png", "aliasses: [b]", "Author: x"), "briefings/a.md"
    )
    assert loaded.entry.title == "x"
    assert [str(problem) for problem in warnings] == [
        "briefings/a.md:4: warning: the key 'aliasses' means nothing here\n"
        "    fix: did you mean 'aliases'? If it is your own, you may leave it",
        "briefings/a.md:5: warning: the key 'Author' means nothing here\n"
        "    fix: did you mean 'authors'? If it is your own, you may leave it",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            front("outlet: x") + "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> c\n",
            "8: error: git could not merge two versions of this, 'HEAD' (line 9) and 'c' (line 11)",
            id="body",
        ),
        pytest.param(
            "---\n<<<<<<< HEAD\ntitle: a\n=======\ntitle: b\n>>>>>>> c\n---\n",
            "2: error: git could not merge two versions of this, 'HEAD' (line 3) and 'c' (line 5)",
            id="front",
        ),
        pytest.param(
            front() + "a\r\n=======\r\nb\r\n>>>>>>> c d\r\n",
            "10: error: a mark of git was left over here when a conflict was mended: >>>>>>> c d",
            id="half mended",
        ),
    ],
)
def test_never_publishes_both_sides_of_a_merge_conflict(text: str, said: str) -> None:
    with pytest.raises(ProblemError) as refused:
        load_entry(text, "briefings/a.md")
    assert str(refused.value).startswith(f"briefings/a.md:{said}\n")


def test_a_heading_underlined_and_a_deep_quote_are_no_conflict() -> None:
    text = front() + "Heading\n=======\n\n>>>>>>>deep\n"
    assert load_entry(text, "briefings/a.md")[0].entry.body.endswith(">>>>>>>deep")


@settings(deadline=None)
@given(st.text(alphabet='-:\n\r"[]{}abc titlesug\u2028=<>é&*!|', max_size=150))
def test_any_text_is_an_entry_or_a_problem(text: str) -> None:
    for whole in (text, f"---\n{text}\n---\n{text}", f"---\ntitle: x\n{text}\n---\n"):
        try:
            loaded, _ = load_entry(whole, "briefings/a.md")
        except ProblemError as refused:
            assert refused.problems
        else:
            assert loaded.entry.title


@pytest.mark.parametrize(
    "body",
    [
        "The ferry runs.\n",
        "The ferry runs.",
        "\n\nThe ferry runs.\n\nIt is full.\n\n\n",
        "The ferry runs.\r\n\r\nIt is full.\r\n",
        "title: Ferry\n",
        "Ferry\nFerry",
        "  \n",
        "",
    ],
)
def test_a_file_is_held_as_it_stands(body: str) -> None:
    text = f"---\ntitle: Ferry\nadded: 2026-11-01\n---\n{body}"
    loaded, _ = load_entry(text, "briefings/ferry.md")
    assert loaded.text == text
    assert replace(loaded, entry=replace(loaded.entry, status=Status.DRAFT)).text == text
