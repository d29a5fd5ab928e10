from dataclasses import replace
from datetime import UTC, datetime

import pytest

from briefbook.briefing import LoadedEntry, check_written, hash_value, make_entry
from briefbook.briefing.merge import PARSER_FIELDS
from briefbook.model import Article, Entry, SourceFile
from briefbook.parsing import parse
from briefbook.reading import make_source

PARSER = 7
TEXT = """\
Ferry runs twice a day from June

By Ana Reyes, Harbour Post
May 3, 2026

The ferry to Skarnes will run twice a day from June. The harbour board said so on Friday.
"""


def made(text: str = TEXT) -> tuple[LoadedEntry, SourceFile, Article]:
    source = make_source(text.encode(), "sources/ferry.txt")
    article = parse(source)
    added = datetime(2026, 5, 4, tzinfo=UTC)
    entry = make_entry(
        source, article, parser=PARSER, added=added, story="ferry-2026", taken_slugs=()
    )
    return entry, source, article


def forged(entry: Entry, **wrote: str | None) -> Entry:
    """Return an entry that says something else of what the program wrote."""
    assert entry.parsed is not None
    hashes = {key: value for key, value in {**entry.parsed.wrote, **wrote}.items() if value}
    return replace(entry, parsed=replace(entry.parsed, wrote=hashes))


def said(entry: Entry, source: SourceFile, article: Article, **more: object) -> list[str]:
    found = check_written(entry, source, article, parser=PARSER, **more)  # type: ignore[arg-type]
    return [problem.what.partition(":")[0] for problem in found]


def test_what_the_program_wrote_is_what_it_makes_of_the_source() -> None:
    loaded, source, article = made()
    assert check_written(loaded.entry, source, article, parser=PARSER) == ()


def test_says_which_field_is_none_of_the_programs_and_what_to_do() -> None:
    loaded, source, article = made()
    entry = forged(loaded.entry, title=hash_value("Ferry sinks"))
    (problem,) = check_written(entry, source, article, parser=PARSER)
    assert str(problem) == (
        "briefings/ferry-runs-twice-a-day-from-june.md: error: title: this is not what the program"
        " makes of the source, though the entry says that the program wrote it\n"
        "    fix: put back what the program wrote ('briefbook explain' shows it), or delete the"
        " hash of the field in `parsed:` to make it yours"
    )


@pytest.mark.parametrize("field", [each for each in PARSER_FIELDS if each not in {"story"}])
def test_every_field_of_the_parser_is_looked_at(field: str) -> None:
    loaded, source, article = made(f"{TEXT}\nSee https://harbour.example/ferry for all of it.\n")
    known = {field} if field == "language" and article.language is None else set()
    assert (
        set(said(forged(loaded.entry, **{field: "00000000"}), source, article)) == {field} - known
    )


def test_the_language_of_the_site_is_none_that_the_parser_must_know() -> None:
    source = make_source(TEXT.encode(), "sources/ferry.txt")
    article = parse(source)
    silent = replace(article, facts=replace(article.facts, language=None))
    loaded = make_entry(
        source,
        silent,
        parser=PARSER,
        added=datetime(2026, 5, 4, tzinfo=UTC),
        story=None,
        taken_slugs=(),
        language="de",
    )
    assert loaded.entry.language == "de"
    assert said(loaded.entry, source, silent) == []


def test_a_field_that_is_said_to_be_empty_is_none_of_the_programs_either() -> None:
    loaded, source, article = made()
    assert said(forged(loaded.entry, summary=None), source, article) == ["summary"]


def test_what_an_editor_changed_and_what_is_reported_already_is_passed_over() -> None:
    loaded, source, article = made()
    entry = forged(loaded.entry, title="00000000", body="00000000", outlet="00000000")
    assert said(entry, source, article) == ["title", "outlet", "body"]
    entry = replace(entry, edited=("title",))
    assert said(entry, source, article, but={"body"}) == ["outlet"]


def test_what_another_parser_or_another_text_gave_may_be_something_else() -> None:
    loaded, source, article = made()
    entry = forged(loaded.entry, title="00000000")
    assert check_written(entry, source, article, parser=PARSER + 1) == ()
    assert said(entry, replace(source, sha256="0" * 64), article) == []
    assert said(replace(entry, parsed=None), source, article) == []
    assert said(entry, source, article) == ["title"]


def test_a_source_of_which_nothing_was_kept_gives_its_own_problem() -> None:
    loaded, source, article = made()
    nothing = replace(
        article, blocks=(), body="", summary=(), facts=replace(article.facts, title=None)
    )
    assert said(loaded.entry, source, nothing) == [
        "nothing of this text was kept, so no entry can be made of it"
    ]
