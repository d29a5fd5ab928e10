from html.parser import HTMLParser

import markdown
import pytest
from hypothesis import example
from hypothesis import given as given_by_hypothesis
from hypothesis import strategies as st

from briefbook.text.markdown import (
    _HEADING,
    _ITEM,
    _MARKS,
    _MAY_BE_TOKEN,
    _QUOTE,
    _RULE,
    _TABLE_RULE,
    _TOKEN,
    escape,
    escape_cell,
    plain,
    read_blocks,
)

# Everything an editor could see, marks of Markdown much more often than chance has them.
printable = st.text(st.characters(categories=("L", "M", "N", "P", "S"), include_characters=" "))
marks = st.text(st.sampled_from("\\`*_{}[]()<>#+-.!|~=:&;\"' 1aA\t".replace("\t", "")))
lines = st.one_of(printable, marks, st.builds("{}{}{}".format, marks, printable, marks))


class _Shown(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def shown(body: str) -> tuple[list[str], str]:
    """Return the tags and the text that a browser gets from a body."""
    parser = _Shown()
    parser.feed(markdown.markdown(body, extensions=["tables"]))
    parser.close()
    return parser.tags, parser.text


@given_by_hypothesis(lines)
@example("2025. was a good year")
@example("#1 in the list")
@example("<script>alert(1)</script>")
@example("[a](javascript:alert(1))")
@example("![a](b)")
@example("[id]: https://port.example")
@example("&lt; &amp;copy; &#8211;")
@example("&#65 and &copy")
@example("* * *")
@example("- - -")
@example("___")
@example("===")
@example("| a | b |")
@example("a\\")
@example("a_b_c _d_ __e__")
@example("`code` ``")
@example("> no quote")
@example("<https://port.example>")
def test_escaped_text_is_shown_as_it_stands(text: str) -> None:
    tags, seen = shown(escape(text))
    assert seen == text.strip()
    assert tags == (["p"] if text.strip() else [])


@given_by_hypothesis(lines)
def test_plain_is_the_inverse_of_escape(text: str) -> None:
    assert plain(escape(text)) == text.strip()


@given_by_hypothesis(lines, lines)
def test_escaped_cells_are_shown_as_they_stand(first: str, second: str) -> None:
    body = f"| {escape_cell(first)} | {escape_cell(second)} |\n| --- | --- |\n| x | y |"
    tags, seen = shown(body)
    assert tags == ["table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td"]
    assert seen.replace("\n", "") == f"{first.strip()}{second.strip()}xy"


@given_by_hypothesis(lines.filter(lambda text: bool(text.strip())))
@example("-|")
@example("- - -")
def test_an_escaped_line_is_one_paragraph_when_read_again(text: str) -> None:
    (block,) = read_blocks(escape(text))
    assert (block.kind, block.text) == ("paragraph", text.strip())


@given_by_hypothesis(st.text())
def test_reading_any_body_never_fails(body: str) -> None:
    for block in read_blocks(body):
        assert block.text.strip()
        assert 1 <= block.line <= body.count("\n") + 1


@pytest.mark.cases("markdown-plain")
def test_takes_the_marks_off(given: str, expected: str) -> None:
    assert plain(given) == expected


@pytest.mark.cases("markdown-blocks")
def test_tells_the_blocks_of_a_body(given: str, expected: str) -> None:
    found = [f"{b.line} {b.kind}: {b.text.replace(chr(10), '/')}" for b in read_blocks(given)]
    assert "\n".join(found) == expected


@given_by_hypothesis(marks | printable)
def test_what_is_taken_for_a_plain_line_at_once_has_no_marks(line: str) -> None:
    if not _MAY_BE_TOKEN.search(line):
        assert _TOKEN.search(line) is None
    first = line.lstrip()[:1]
    if first and first not in _MARKS and not first.isdecimal():
        for pattern in (_HEADING, _RULE, _QUOTE, _ITEM, _TABLE_RULE):
            assert pattern.match(line) is None
