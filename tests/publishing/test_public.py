from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from briefbook.model import (
    Correction,
    CorrectionKind,
    Entry,
    Fate,
    OutletSetting,
    Parsed,
    Publish,
    Record,
    Repair,
    ShownRepair,
    Site,
    Status,
    TracedSentence,
)
from briefbook.publishing.public import EXCERPT_WORDS, excerpt, public_entry

Stored = Callable[..., Entry]
MakeRecord = Callable[..., Record]

PARSED = Parsed(source="sources/a.txt", sha256="0", parser=1, wrote={})
LONG = " ".join(f"Sentence number {number} says so." for number in range(1, 101))


def test_shows_an_excerpt_unless_the_site_says_full(stored_entry: Stored, site: Site) -> None:
    entry = stored_entry(body=LONG, parsed=PARSED)
    assert public_entry(entry, topics=(), record=None, site=site).is_extract
    full = replace(site, publish=Publish.FULL)
    shown = public_entry(entry, topics=(), record=None, site=full)
    assert (shown.is_extract, shown.body) == (False, LONG)


def test_the_entry_wins_over_the_site(stored_entry: Stored, site: Site) -> None:
    entry = stored_entry(body=LONG, parsed=PARSED, publish=Publish.FULL)
    assert public_entry(entry, topics=(), record=None, site=site).body == LONG
    entry = replace(entry, publish=Publish.EXTRACT)
    full = replace(site, publish=Publish.FULL)
    assert public_entry(entry, topics=(), record=None, site=full).is_extract


@pytest.mark.parametrize("outlet", ["Port Times", "PORT  TIMES", "porttimes.example"])
def test_the_texts_of_own_outlets_are_full_by_any_of_their_names(
    outlet: str, stored_entry: Stored, site: Site
) -> None:
    own = replace(
        site,
        own_outlets=("port times",),
        outlets=(OutletSetting(name="Port Times", aliases=("porttimes.example",)),),
    )
    entry = stored_entry(body=LONG, parsed=PARSED, outlet=outlet)
    assert public_entry(entry, topics=(), record=None, site=own).body == LONG


def test_the_editors_own_work_is_full(stored_entry: Stored, site: Site) -> None:
    assert public_entry(stored_entry(body=LONG), topics=(), record=None, site=site).body == LONG


def test_a_withdrawn_entry_keeps_its_title_its_note_and_when_and_why_only(
    stored_entry: Stored, record_of: MakeRecord, site: Site
) -> None:
    slip = Correction(date=date(2026, 11, 21), was="Secret", now="Secret", why="Secret.")
    retraction = Correction(
        date=date(2026, 11, 22),
        kind=CorrectionKind.RETRACTION,
        was="Secret",
        why="The source was wrong.",
    )
    entry = stored_entry(
        status=Status.WITHDRAWN,
        outlet="Secret",
        origin="Secret",
        authors=("Secret",),
        published=date(2026, 11, 1),
        date_basis="line 2: 'Secret'",
        url="https://secret.example/",
        summary="Secret.",
        key_points=("Secret.",),
        people=("Secret",),
        organisations=("Secret",),
        places=("Secret",),
        body="Secret.",
        note="Withdrawn on request.",
        corrections=(slip, retraction),
    )
    record = record_of(TracedSentence("body", "Secret.", (1, 1)))
    shown = public_entry(entry, topics=("port",), record=record, site=site)
    assert "secret" not in repr(shown).casefold()
    assert (shown.title, shown.note) == (entry.title, "Withdrawn on request.")
    assert shown.told_corrections == (replace(retraction, was=""),)
    assert shown.topics == ("port",)


def test_refuses_a_hidden_entry(stored_entry: Stored, site: Site) -> None:
    entry = stored_entry(status=Status.HIDDEN)
    with pytest.raises(ValueError, match="hidden and has nothing to show"):
        public_entry(entry, topics=(), record=None, site=site)


def test_an_extract_brings_only_the_sentences_it_shows_and_no_repairs(
    stored_entry: Stored, record_of: MakeRecord, site: Site
) -> None:
    entry = stored_entry(body=LONG, parsed=PARSED)
    first, last = "Sentence number 1 says so.", "Sentence number 100 says so."
    repair = Repair(line=99, start=0, was="Secret", now="secret", rule="case")
    record = record_of(
        TracedSentence("title", entry.title, (1, 1)),
        TracedSentence("body", first, (2, 2)),
        TracedSentence("body", last, (99, 99)),
        lines=((Fate.BODY, ""),) * 99,
        texts=("Secret",) * 99,
        repairs=(repair,),
    )
    shown = public_entry(entry, topics=(), record=record, site=site)
    assert [sentence.text for sentence in shown.sentences] == [entry.title, first]
    assert shown.record is not None
    assert shown.record.repairs == ()


def test_the_record_counts_dropped_lines_by_rule_and_never_quotes_them(
    stored_entry: Stored, record_of: MakeRecord, site: Site
) -> None:
    record = record_of(
        TracedSentence("body", "The editor's.", None),
        lines=(
            (Fate.BODY, "kept"),
            (Fate.METADATA, "byline"),
            (Fate.DROPPED, "end cue: leave a reply"),
            (Fate.DROPPED, "end cue: leave a reply"),
            (Fate.DROPPED, "caption"),
        ),
    )
    shown = public_entry(stored_entry(), topics=(), record=record, site=site).record
    assert shown is not None
    assert (shown.lines, shown.kept, shown.metadata) == (5, 1, 1)
    assert shown.dropped == (("end cue: leave a reply", 2), ("caption", 1))
    assert shown.editors_sentences == 1
    assert "stranger" not in repr(shown)


def test_a_repair_is_shown_with_the_words_around_it(
    stored_entry: Stored, record_of: MakeRecord, site: Site
) -> None:
    record = record_of(
        lines=((Fate.BODY, "kept"),),
        texts=("They met for talks.The port opened.",),
        repairs=(Repair(line=1, start=19, was="", now=" ", rule="space missing"),),
    )
    shown = public_entry(stored_entry(), topics=(), record=record, site=site).record
    assert shown is not None
    assert shown.repairs == (ShownRepair(1, "talks.The", "talks. The", "space missing"),)


def test_an_entry_without_a_language_has_the_sites(stored_entry: Stored, site: Site) -> None:
    german = replace(site, language="de")
    assert public_entry(stored_entry(), topics=(), record=None, site=german).language == "de"


@pytest.mark.parametrize(
    ("body", "limit", "expected"),
    [
        pytest.param("One two. Three four.", 9, "One two. Three four.", id="all fits"),
        pytest.param("One two. Three four.", 3, "One two.", id="ends with a sentence"),
        pytest.param("One two three four.", 3, "One two three …", id="no sentence fits"),
        pytest.param("One two.\n\nThree four five.", 3, "One two.", id="keeps whole paragraphs"),
        pytest.param(
            "## Head\n\nOne two three.", 3, "## Head\n\nOne two …", id="heading, then words"
        ),
        pytest.param("One.\n\n## Head\n\nTwo three.", 2, "One.", id="no heading at the end"),
        pytest.param("*One* **two**. Three.", 2, "One two.", id="marks are not cut in half"),
        pytest.param("- one\n- two\n- three", 2, "- one\n- two", id="whole items"),
        pytest.param(
            "One.\n\n| a | b |\n|---|---|\n| c | d |", 3, "One.", id="half a table is no table"
        ),
        pytest.param("", 3, "", id="nothing"),
    ],
)
def test_an_excerpt_ends_where_a_reader_expects(body: str, limit: int, expected: str) -> None:
    assert excerpt(body, limit) == expected


@pytest.mark.parametrize(
    "body",
    ["国防部は水曜日に発表した" * 100, "x" * 10_000, "word " * 500, "- item\n" * 300],
    ids=["no spaces", "one long word", "no stops", "items"],
)
def test_no_text_is_shown_whole_as_an_excerpt(body: str) -> None:
    assert len(excerpt(body)) <= 45 * EXCERPT_WORDS
    assert len(excerpt(body)) < len(body)
