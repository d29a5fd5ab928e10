"""What must be true of whatever is read from a source, an entry's file or `site.yaml`."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import timedelta, timezone

from briefbook.adding.sourceheader import values_of, with_header
from briefbook.briefing import load_entry
from briefbook.briefing.entry import merged_fields
from briefbook.briefing.frontmatter import new_entry_text, replace, split
from briefbook.config import SITE_FILE, parse_site
from briefbook.model import Site, SourceFile
from briefbook.problems import Problem, ProblemError, Severity
from briefbook.reading import make_source, read_header, split_lines
from briefbook.yamltree import read_any_tree, read_tree

SEOUL = timezone(timedelta(hours=9))
ENTRY = "briefings/a.md"
SOURCE = "sources/a.txt"


def check_site(text: str) -> None:
    """`site.yaml` is a site, or mistakes each with its place."""
    site, problems = parse_site(text)
    assert (site is None) == bool(problems)
    _check_places(problems, SITE_FILE, text)
    if site is not None:
        assert site.title
        assert None not in {getattr(site, field.name) for field in fields(Site)[:-1]}
    _check_tree(text)


def _check_tree(text: str) -> None:
    """The quick way of reading YAML says what the thorough one does."""
    quick, thorough = read_tree(text, "a.yaml"), read_any_tree(text, "a.yaml")
    assert quick == thorough


def _check_places(problems: Iterable[Problem], path: str, text: str) -> None:
    lines = len(split_lines(text)) + 1
    for problem in problems:
        assert problem.place.path == path, problem
        assert problem.place.line is None or 1 <= problem.place.line <= lines, problem
        assert problem.what and problem.fix


def check_header(text: str) -> None:
    """A header is read, or its mistakes are told; what is written of it is read back equal."""
    lines = split_lines(text)
    try:
        header, taken, problems = read_header(lines, SOURCE, SEOUL)
    except ProblemError as refused:
        _check_places(refused.problems, SOURCE, text)
        return
    assert 0 <= taken <= len(lines)
    assert taken != 1
    _check_places(problems, SOURCE, text)
    if not taken:
        assert not problems and header == type(header)()
        return
    assert lines[0].rstrip() == lines[taken - 1].rstrip() == "---"
    _check_tree("\n".join(lines[1 : taken - 1]) + "\n")


def check_source(text: str) -> None:
    """Bytes of a source are read, or refused with a place; a header put above them says its say."""
    content = text.encode("utf-8", "surrogateescape")
    try:
        source = make_source(content, SOURCE, zone=SEOUL)
    except ProblemError as refused:
        assert all(problem.place.path == SOURCE for problem in refused.problems)
        return
    values = values_of(source.header)
    if not values:
        values = {"outlet": "Harbour Post", "authors": ("Ana Reyes", "O’Hara")}
    again = make_source(with_header(content, source, values), SOURCE, zone=SEOUL)
    assert values_of(again.header) == values
    assert again.lines == source.lines
    _check_set(content, source)


def _check_set(content: bytes, source: SourceFile) -> None:
    given = {"origin": "Coast Wire: “no” #1", "url": "https://a.example/?b=c&d"}
    made = with_header(content, source, given)
    again = make_source(made, SOURCE, zone=SEOUL)
    assert values_of(again.header) == values_of(source.header) | given
    assert again.lines == source.lines


def check_entry(text: str) -> None:
    """An entry is read exactly, or refused; rewriting a value leaves all others as they are."""
    try:
        loaded, problems = load_entry(text, ENTRY, zone=SEOUL)
    except ProblemError as refused:
        _check_places(refused.problems, ENTRY, text)
        assert any(problem.severity is Severity.ERROR for problem in refused.problems)
        _check_mends(refused.problems, text)
        return
    assert loaded.text == text
    _check_places(problems, ENTRY, text)
    _check_mends(problems, text)
    assert all(problem.severity is not Severity.ERROR for problem in problems)
    assert replace(text, {}, path=ENTRY) == text
    note = "The editor's “word”: no #2\nand \ta\\second"
    now = replace(text, {"note": note, "places": ("Port Ellery",)}, path=ENTRY)
    assert split(now, ENTRY).body == split(text, ENTRY).body
    again, _ = load_entry(now, ENTRY, zone=SEOUL)
    assert again.entry.note == note.strip()
    mine, theirs = merged_fields(again.entry), merged_fields(loaded.entry)
    assert mine == theirs | {"places": ("Port Ellery",)}
    values = {**mine, "title": again.entry.title}
    values.pop("body", None)
    written = new_entry_text(values | {"id": again.entry.id, "added": again.entry.added}, "A.")
    anew, _ = load_entry(written, ENTRY, zone=SEOUL)
    assert merged_fields(anew.entry) == {**values, "body": "A."}


def _check_mends(problems: Iterable[Problem], text: str) -> None:
    """What a problem would change can be made, and takes that problem away."""
    problems = tuple(problems)
    if any("stands twice" in problem.what for problem in problems):
        return  # the other of the two says the same
    for problem in problems:
        mend = problem.mend
        if mend is not None:
            assert mend.text == text
            now = text[: mend.edit.start] + mend.edit.now + text[mend.edit.end :]
            assert problem.what not in _said(now), mend


def _said(text: str) -> list[str]:
    try:
        return [problem.what for problem in load_entry(text, ENTRY, zone=SEOUL)[1]]
    except ProblemError as refused:
        return [problem.what for problem in refused.problems]
