"""The lines of a source -> its YAML header, if it has one, and the line the text starts on.

A header stands between two `---` lines at the very top. Pasted texts start with `---` too, as a
rule above the headline, so the lines between must show that they are meant as a header:

- one of them is a key we know followed by a colon, exactly as we write it (`outlet:`); or
- they are a YAML mapping with a key that was probably meant to be one of ours (`author:`).

Anything else is text and loses nothing. A header that is meant as one and has mistakes is an error.
"""

import re
from collections.abc import Sequence
from datetime import UTC, tzinfo

from briefbook.model import Header, Publish
from briefbook.problems import Place, Problem, ProblemError, error, suggestion
from briefbook.yamlfields import Fields, read_fields

# The keys of a header and what each is for. The README is compared with this table.
HEADER_KEYS = (
    ("url", "The address of the original."),
    ("outlet", "Who published the text."),
    ("authors", "Who wrote it, as a list."),
    ("published", "When the outlet published it, such as 2026-11-21."),
    ("retrieved", "When you got it."),
    ("language", "The language of the text, such as en or pt-BR."),
    ("origin", "Whose text it first was, such as a news agency."),
    ("topics", "Slugs of the topics it belongs to, instead of those found by the program."),
    ("publish", "extract or full: how much of it may be shown."),
    ("publish_after", "When it may be published, such as 2026-11-24T06:00; nobody sees it before."),
)
_KEYS = tuple(key for key, _ in HEADER_KEYS)

_KEY_LINE = re.compile(r"([A-Za-z][\w-]*)[ \t]*:(?:[ \t]|$)")
_LONGEST = 200  # lines; a pair of rules in a text can be far apart


def read_header(
    lines: Sequence[str], path: str, zone: tzinfo = UTC
) -> tuple[Header, int, tuple[Problem, ...]]:
    """Read the header of a source.

    Args:
        lines: All physical lines of the file.
        path: The file, for problems.
        zone: The time zone of moments without an offset.

    Returns:
        The header (empty when there is none), how many physical lines it takes with its `---`
        lines, and every mistake in it.

    Raises:
        ProblemError: It is not closed.
    """
    if not lines or lines[0].rstrip() != "---":
        return Header(), 0, ()
    end = next((n for n, line in enumerate(lines[1:_LONGEST], 1) if line.rstrip() == "---"), None)
    if end is None:
        _refuse_unclosed(lines, path)
        return Header(), 0, ()
    block = lines[1:end]
    fields = read_fields("\n".join(block) + "\n", path, first_line=2)
    if not _is_meant(block, fields):
        return Header(), 0, ()
    fields = read_fields("\n".join(block) + "\n", path, first_line=2, known=_KEYS)
    return _header(fields, zone), end + 1, tuple(fields.problems)


def _is_meant(block: Sequence[str], fields: Fields) -> bool:
    if any((found := _KEY_LINE.match(line)) and found[1] in _KEYS for line in block):
        return True
    return any(suggestion(key, _KEYS) for key in fields.lines)


def _refuse_unclosed(lines: Sequence[str], path: str) -> None:
    first = next((line for line in lines[1:] if line.strip()), "")
    if (found := _KEY_LINE.match(first)) and found[1] in _KEYS:
        what = "the header that starts here has no end"
        fix = "put a line with only --- between the header and the text"
        raise ProblemError(error(Place(path, 1), what, fix))


def _header(fields: Fields, zone: tzinfo) -> Header:
    return Header(
        url=fields.url("url"),
        outlet=fields.text("outlet"),
        authors=fields.texts("authors"),
        published=fields.date("published", zone),
        retrieved=fields.date("retrieved", zone),
        language=fields.language("language"),
        origin=fields.text("origin"),
        topics=fields.slugs("topics"),
        publish=fields.choice("publish", Publish),
        publish_after=fields.moment_in("publish_after", zone),
        lines=dict(fields.lines),
    )
