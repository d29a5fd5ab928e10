import re
import sys
import time

import pytest

from briefbook import yamltree
from briefbook.yamlnodes import ListNode, MappingNode, ScalarNode
from briefbook.yamltree import DEEPEST, LONGEST, MOST_KEYS, read_tree


def test_refuses_exactly_what_yaml_does_not_allow() -> None:
    allowed = "\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff"  # c-printable
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    assert yamltree._UNREADABLE.findall(every) == re.findall(f"[^{allowed}]", every)


def test_knows_where_each_value_truly_ends() -> None:
    text = """\
title: "x"  # behind
people:
  - A

  # the second
  - B   # behind

# below
note: |
  text

  more

url: plain
  goes on
empty:
"""
    tree, problems = read_tree(text, "a.yaml")
    assert problems == ()
    assert tree is not None
    found = {key.text: text[value.start : value.end] for key, value in tree.pairs}
    assert found == {
        "title": '"x"',
        "people": "- A\n\n  # the second\n  - B",
        "note": "|\n  text\n\n  more",
        "url": "plain\n  goes on",
        "empty": "",
    }
    assert {key.text: value.line for key, value in tree.pairs} == {
        "title": 1,
        "people": 3,
        "note": 9,
        "url": 14,
        "empty": 16,
    }


def test_keeps_the_characters_of_a_value_and_how_they_are_quoted() -> None:
    tree, _ = read_tree("a: 1e3\nb: '1e3'\nc: [on]\nd: {e: f}\n", "a.yaml")
    assert tree is not None
    a, b, c, d = (value for _, value in tree.pairs)
    assert isinstance(a, ScalarNode)
    assert (a.text, a.plain) == ("1e3", True)
    assert isinstance(b, ScalarNode)
    assert (b.text, b.plain) == ("1e3", False)
    assert isinstance(c, ListNode)
    assert isinstance(d, MappingNode)
    assert d.flow


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        pytest.param(
            "a: 1\nb: c: d\n",
            2,
            "this is not valid YAML: mapping values are not allowed in this context",
            id="a second colon",
        ),
        pytest.param(
            'a: 1\nb: "x\nc: 2\n',
            2,
            "this is not valid YAML: found unexpected end of stream",
            id="a quote that is not closed",
        ),
        pytest.param(
            "a: 1\nb: @b\n",
            2,
            "this is not valid YAML: found character that cannot start any token",
            id="a sign that YAML keeps for itself",
        ),
        pytest.param("a: &x 1\n", 1, "YAML anchors (&) and aliases (*) are not read", id="anchor"),
        pytest.param("\na: *x\n", 2, "YAML anchors (&) and aliases (*) are not read", id="alias"),
        pytest.param("a: !!python/name:os.system\n", 1, "YAML tags (!) are not read", id="tag"),
        pytest.param("<<: {a: 1}\n", 1, "YAML merge keys (<<) are not read", id="merge key"),
        pytest.param("a: 1\n---\nb: 2\n", 2, "a second YAML document starts here", id="documents"),
        pytest.param("a: 1\nb: \x01\n", 2, "the character U+0001 is not allowed in YAML", id="^A"),
        pytest.param("\ufeffa: 1\n", 1, "the character U+FEFF is not allowed in YAML", id="mark"),
        pytest.param("- a\n- b\n", 1, "this must be lines of 'key: value', not a list", id="list"),
        pytest.param("hello\n", 1, "this must be lines of 'key: value', not a text", id="text"),
        pytest.param("[a]: b\n", 1, "a list stands where a key is expected", id="list as a key"),
        pytest.param("'': b\n", 1, "nothing stands where a key is expected", id="empty key"),
    ],
)
def test_says_where_and_why_a_text_cannot_be_read(text: str, line: int, what: str) -> None:
    tree, problems = read_tree(text, "a.yaml")
    assert tree is None
    assert [(problem.place.line, problem.what) for problem in problems] == [(line, what)]


def test_counts_lines_as_editors_do_not_as_yaml_does() -> None:
    tree, problems = read_tree('a: "x\x85\u2028y"\r\nb: 1\rc: 2\nd: e: f\n', "a.yaml", first_line=2)
    assert tree is None
    assert problems[0].place.line == 5


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: " + "[" * 100_000, id="brackets"),
        pytest.param("a: " + "{b: " * 100_000, id="braces"),
        pytest.param("- " * 50_000, id="dashes"),
        pytest.param("".join(f"{' ' * n}a:\n" for n in range(DEEPEST + 1)), id="indentation"),
    ],
)
def test_stops_at_once_where_lists_are_nested_too_deep(text: str) -> None:
    start = time.perf_counter()
    tree, problems = read_tree(text, "a.yaml")
    assert tree is None
    assert problems[0].what == f"nested deeper than {DEEPEST} levels"
    assert time.perf_counter() - start < 2


def test_reads_nothing_above_the_limit() -> None:
    tree, problems = read_tree("a: " + "b" * LONGEST, "a.yaml")
    assert tree is None
    assert [problem.what for problem in problems] == ["more than 512 KiB of YAML"]


def test_reads_no_group_with_more_keys_than_anybody_can_mean() -> None:
    text = "".join(f"key{n}: 1\n" for n in range(MOST_KEYS + 1))
    tree, problems = read_tree(text, "a.yaml")
    assert tree is None
    assert [(problem.place.line, problem.what) for problem in problems] == [
        (MOST_KEYS + 1, f"more than {MOST_KEYS} keys in one group")
    ]


def test_reports_a_key_that_stands_many_times_once() -> None:
    _, problems = read_tree("a: 1\n" * 1000, "a.yaml")
    assert [str(problem) for problem in problems] == [
        "a.yaml:2: error: the key 'a' stands twice, on lines 1 and 2\n"
        "    fix: delete one of the two"
    ]
