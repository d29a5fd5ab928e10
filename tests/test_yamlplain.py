"""The quick way to read what the program wrote says what the other one says, or nothing."""

import re
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefbook import yamlplain
from briefbook.briefing.writing import KEY_ORDER, key_lines
from briefbook.yamlnodes import ListNode, MappingNode, Node, ScalarNode
from briefbook.yamlplain import read_plain
from briefbook.yamltree import read_any_tree

ENTRY = """\
id: urn:uuid:5b2c4f3e-5d0b-5b8e-9c57-8f3f2a1f7c11
slug: ferry-returns
title: "The ferry \\"Aurora\\" returns – after 80 days \\\\o/"
authors: ["Ida Berg", "한지우"]
published: 2026-11-21
added: 2026-11-21T18:00:00Z
url: https://example.org/a=b%20c
key_points:
  - "It leaves at 9."
  - "\\U0001f6a2\\u00e9\\x41\\n"
topics: []
corrections:
  - {date: 2026-11-22, kind: update, was: "8", now: "9", why: ""}
parsed: {source: sources/a.txt, parser: 3, wrote: {title: 51ab03c2, body: e81f2a60}, issued: {}}
"""

lines = st.sampled_from(ENTRY.splitlines(keepends=True))
signs = st.text(st.sampled_from("ab1:-_ ,[]{}\"\\'#&*!|>%@\n\t~x4eé\u2028\x85"), max_size=12)


def kinds(node: Node) -> object:
    """Return the types of a tree, as two named tuples of equal fields are equal."""
    if isinstance(node, ListNode):
        return [kinds(item) for item in node.items]
    if isinstance(node, MappingNode):
        return [(type(key), kinds(value)) for key, value in node.pairs]
    return ScalarNode


def assert_same_or_nothing(text: str) -> None:
    quick = read_plain(text, 2)
    if quick is not None:
        tree, problems = read_any_tree(text, "a.md", first_line=2)
        assert (tree, problems) == (quick, ())
        assert tree is not None
        assert kinds(tree) == kinds(quick)


def test_quotes_hold_whatever_can_be_seen() -> None:
    shown = r" !#-\[\]-~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff"
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    assert re.findall(f"[{yamlplain._SHOWN}]", every) == re.findall(f"[{shown}]", every)


def test_reads_all_that_an_entry_of_ours_says() -> None:
    assert read_plain(ENTRY, 2) is not None
    assert_same_or_nothing(ENTRY)


@given(
    st.dictionaries(
        st.sampled_from(KEY_ORDER),
        st.text()
        | st.lists(st.text(), max_size=4).map(tuple)
        | st.integers(0)
        | st.dictionaries(st.sampled_from(KEY_ORDER), st.text(), max_size=3),
        min_size=1,
    )
)
def test_reads_all_that_the_program_writes_but_a_list_or_group_of_nothing(
    values: dict[str, str | int | tuple[str, ...] | dict[str, str]],
) -> None:
    text = "".join(f"{line}\n" for key in values for line in key_lines(key, values[key]))
    assert_same_or_nothing(text)


@given(st.lists(lines, max_size=6), signs, st.lists(lines, max_size=3), st.integers(0, 400))
@example(["slug: a\n"], "slug: b\n", [], 8)
@example(["slug: a\n"], "b: [a, ]\n", [], 8)
@example(["slug: a\n"], "b: {c: d, }\n", [], 8)
@example(["slug: a\n"], "b: {c: d, c: e}\n", [], 8)
@example(["slug: a\n"], 'b: ["c"d]\n', [], 8)
@example(["slug: a\n"], "b:\n  - c: d\n", [], 8)
@example(["slug: a\n"], "  b\n", [], 8)
@example([], "- a\n", [], 0)
@example([], 'b: "\\ud83d\\ude00"\n', [], 0)
@example([], 'b: "\\U00110000"\n', [], 0)
def test_says_nothing_of_what_it_does_not_read_as_yaml_does(
    above: list[str], inside: str, below: list[str], at: int
) -> None:
    text = "".join(above)
    assert_same_or_nothing(text[:at] + inside + text[at:] + "".join(below))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "title: 'single quotes'\n",
        "title: # a comment\n",
        "title:\n",
        "title: two words\n",
        "title: a\n\nslug: b\n",
        "title: a\r\n",
        "title: a",
        'title: "a\n  b"\n',
        "title: |\n  a\n",
        "title: &a b\n",
        "topics: [[[[[[[[[[[a]]]]]]]]]]]\n",
        "topics: [a,b]\n",
    ],
)
def test_leaves_to_the_other_way_what_an_editor_may_write(text: str) -> None:
    assert read_plain(text, 2) is None
