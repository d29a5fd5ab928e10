from datetime import date

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from briefbook.briefing.frontmatter import new_entry_text, replace, split
from briefbook.briefing.writing import KEY_ORDER, Value, key_lines
from briefbook.problems import ProblemError

EDITED = """\
---
# my own notes
id: urn:uuid:1   # do not touch
title: 'It''s   here'  # checked
mine: {a: 1}

key_points:   # three at most
  - "One."

  # the second
  - Two.   # short

# about the note
note: |
  Keep
  this.

published: 2025-04-23
parsed: {source: a.txt}
---

Body # no comment
"""


@pytest.mark.parametrize(
    ("changes", "was", "now"),
    [
        pytest.param(
            {"title": "New"}, "'It''s   here'  # checked", '"New"  # checked', id="one text"
        ),
        pytest.param(
            {"published": date(2025, 5, 1)},
            "published: 2025-04-23",
            "published: 2025-05-01",
            id="a date",
        ),
        pytest.param(
            {"key_points": ("New.",)},
            'key_points:   # three at most\n  - "One."\n\n  # the second\n  - Two.   # short\n',
            '# three at most\n# the second\nkey_points:\n  - "New."   # short\n',
            id="a list with comments inside",
        ),
        pytest.param(
            {"key_points": None},
            'key_points:   # three at most\n  - "One."\n\n  # the second\n  - Two.   # short\n',
            "# three at most\n# the second\n# short\n",
            id="a key with comments taken away",
        ),
        pytest.param(
            {"note": "Short."}, "note: |\n  Keep\n  this.\n", 'note: "Short."\n', id="a block text"
        ),
        pytest.param(
            {"outlet": "Desk"},
            "# checked\n",
            '# checked\noutlet: "Desk"\n',
            id="a new key in its place",
        ),
        pytest.param(
            {"review": ("Look.",)},
            "  this.\n",
            '  this.\nreview:\n  - "Look."\n',
            id="a new key below those before it",
        ),
        pytest.param(
            {"other": "x"},
            "parsed:",
            'other: "x"\nparsed:',
            id="a new key of the editor's before parsed",
        ),
        pytest.param(
            {"title": None}, "title: 'It''s   here'  # checked\n", "# checked\n", id="gone"
        ),
        pytest.param({"absent": None}, "", "", id="nothing to take away"),
    ],
)
def test_replaces_only_the_characters_of_what_changes(
    changes: dict[str, Value | None], was: str, now: str
) -> None:
    result = replace(EDITED, changes)
    assert result == EDITED.replace(was, now, 1)


def test_keeps_windows_line_ends_and_the_byte_order_mark() -> None:
    text = "\ufeff---\r\ntitle: x\r\nparsed: {a: b}\r\n---\r\nOne.\r\n"
    result = replace(text, {"title": "y", "key_points": ("A.",)}, body="One.\n\nTwo.")
    assert result == (
        '\ufeff---\r\ntitle: "y"\r\nkey_points:\r\n  - "A."\r\nparsed: {a: b}\r\n---\r\n'
        "One.\r\n\r\nTwo.\r\n"
    )


def test_replacing_nothing_returns_the_same_text() -> None:
    assert replace(EDITED, {}) == EDITED


@pytest.mark.parametrize(
    ("front", "changes", "result"),
    [
        pytest.param("title:\n", {"title": "x"}, 'title: "x"\n', id="an empty value"),
        pytest.param("title:   # c\n", {"title": "x"}, 'title: "x"   # c\n', id="with a comment"),
        pytest.param('"title" : x\n', {"title": "y"}, '"title" : "y"\n', id="a quoted key"),
        pytest.param("", {"title": "x"}, 'title: "x"\n', id="no keys at all"),
        pytest.param("# c\n", {"title": "x"}, 'title: "x"\n# c\n', id="only a comment"),
        pytest.param("  title: x\n", {"slug": "a"}, "  slug: a\n  title: x\n", id="indented"),
        pytest.param(
            "note: |+\n  x\n\n\ntitle: x\n", {"note": "y"}, 'note: "y"\ntitle: x\n', id="kept lines"
        ),
        pytest.param(
            "note: |+\n  x\n\n# c\n",
            {"aliases": ("a",)},
            "note: |+\n  x\n\naliases: [a]\n# c\n",
            id="a key below kept lines",
        ),
        pytest.param("note: | # c\n  x\n", {"note": "y"}, '# c\nnote: "y"\n', id="block comment"),
        pytest.param(
            "people: [A, # c\n  B]\n", {"people": ("C",)}, '# c\npeople: ["C"]\n', id="in brackets"
        ),
        pytest.param(
            "review: [a]  # c\n", {"review": ("b",)}, 'review:\n  - "b"  # c\n', id="to lines"
        ),
        pytest.param(
            "review:\n- a\n- b\n", {"review": ("c",)}, 'review:\n  - "c"\n', id="flush dashes"
        ),
        pytest.param(
            "title: a\n  goes on\nslug: b\n",
            {"title": "c"},
            'title: "c"\nslug: b\n',
            id="two lines",
        ),
        pytest.param("? title\n: x\n", {"title": "c"}, '? title\n: "c"\n', id="question mark"),
        pytest.param(
            "title: a#b\nurl: 'x # y'  #z\n", {"url": None}, "title: a#b\n#z\n", id="no comment"
        ),
    ],
)
def test_rewrites_every_way_of_writing(
    front: str, changes: dict[str, Value | None], result: str
) -> None:
    assert replace(f"---\n{front}---\nBody\n", changes) == f"---\n{result}---\nBody\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            "No front matter\n",
            "a.md:1: error: this file does not start with front matter\n"
            '    fix: start it with a line ---, then "title: …", then another line ---',
            id="none",
        ),
        pytest.param(
            "---\ntitle: x\n",
            "a.md:1: error: the front matter that starts here has no end\n"
            "    fix: put a line with only --- between the front matter and the text",
            id="no end",
        ),
        pytest.param(
            "---\n{title: x}\n---\n",
            "a.md:2: error: the front matter is written in braces\n"
            "    fix: write each key on its own line",
            id="braces",
        ),
        pytest.param(
            "---\ntitle: x\ntitle: y\n---\n",
            "a.md:3: error: the key 'title' stands twice, on lines 2 and 3\n"
            "    fix: delete one of the two",
            id="a key twice",
        ),
    ],
)
def test_refuses_to_rewrite_what_it_cannot_read(text: str, message: str) -> None:
    with pytest.raises(ProblemError) as refused:
        replace(text, {"title": "z"}, path="a.md")
    assert str(refused.value) == message


def test_knows_where_the_body_starts() -> None:
    parts = split("---\r\ntitle: x\r\n--- \r\nBody\r\n---\r\n", "a.md")
    assert (parts.front, parts.body) == ("title: x\r\n", "Body\r\n---\r\n")
    assert (parts.body_line, parts.line_end) == (4, "\r\n")


def test_writes_a_new_entry_in_the_order_an_editor_knows() -> None:
    values: dict[str, Value] = {"parsed": {"parser": 1}, "mine": "x", "title": "T", "id": "a"}
    assert new_entry_text(values, "Body") == (
        '---\nid: a\ntitle: "T"\nmine: "x"\nparsed: {parser: 1}\n---\nBody\n'
    )


# ------------------------------------------------------------------- any file, any change

_texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20)
_comments = st.text(alphabet="abc #:'\"-[]{}é한", max_size=10)
_keys = st.sampled_from([*KEY_ORDER, "mine", "x-y", "Ä"])
_values: st.SearchStrategy[Value] = st.one_of(
    _texts, st.dates(), st.lists(_texts, max_size=3).map(tuple), st.integers(0, 10**6)
)


@st.composite
def _front_matters(draw: st.DrawFn) -> tuple[list[str], list[str], str]:
    """Draw the keys, the comments and the text of a front matter in an editor's manner."""
    keys = draw(st.lists(_keys, unique=True, max_size=6))
    comments: list[str] = []
    lines: list[str] = []

    def comment() -> str:
        if not draw(st.booleans()):
            return ""
        text = f"#{len(comments)}{draw(_comments)}".rstrip()
        comments.append(text)
        return text

    for key in keys:
        lines += [own] if (own := comment()) else []
        lines += draw(st.sampled_from([[], [""]]))
        style = draw(
            st.sampled_from(["ours", "flow", "block", "literal", "keep", "empty", "plain"])
        )
        behind = f"  {text}" if (text := comment()) else ""
        if style == "ours":
            lines += key_lines(key, draw(_values))
            lines[-1] += behind
        elif style == "flow":
            lines += [f"{key}: [a,{behind}", '  "b c" , {d: e}]']
        elif style == "block":
            lines += [f"{key}:{behind}", "- a", "", f"-  'b'{behind}"]
        elif style in ("literal", "keep"):
            sign = "|" if style == "literal" else ">+"
            lines += [f"{key}: {sign}{behind}", "  one # no comment", "", "   two", ""]
        elif style == "empty":
            lines.append(f"{key}:{behind}")
        else:
            lines += [f"{key}: plain text", f"   goes on{behind}"]
    return keys, comments, "".join(f"{line}\n" for line in lines)


def _loaded(text: str) -> dict[str, object]:
    return yaml.load(split(text, "").front, Loader=yaml.BaseLoader) or {}


@settings(deadline=None)
@given(
    _front_matters(),
    st.dictionaries(_keys, st.none() | _values, max_size=4),
    st.none() | _texts,
    st.sampled_from(["\n", "\r\n"]),
)
def test_any_rewrite_changes_what_it_should_and_nothing_else(
    front: tuple[list[str], list[str], str],
    changes: dict[str, Value | None],
    body: str | None,
    line_end: str,
) -> None:
    keys, comments, yaml_text = front
    text = f"---\n{yaml_text}---\nThe body\n".replace("\n", line_end)
    result = replace(text, changes, body=body)
    before, after = _loaded(text), _loaded(result)
    assert {key for key, value in changes.items() if value is None}.isdisjoint(after)
    assert {key: after[key] for key in before if key not in changes} == {
        key: value for key, value in before.items() if key not in changes
    }
    assert {key for key, value in changes.items() if value is not None} <= set(after)
    stay = [key for key in keys if changes.get(key, "") is not None]
    assert [key for key in after if key in stay] == stay
    for comment in comments:
        assert comment in result
    assert replace(result, changes, body=body) == result


@pytest.mark.parametrize("line", ["----", " ---", "a---", "--- a", "---a", "\t---"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_only_a_line_of_three_hyphens_ends_the_front_matter(line: str, end: str) -> None:
    parts = split(end.join(["---", "a: 1", line, "---\u00a0 ", "---", ""]), "a.md")
    assert parts.front == f"a: 1{end}{line}{end}"
    assert parts.body == f"---{end}"


@pytest.mark.parametrize(
    ("front", "left"),
    [
        ("slug: >+\n  one\n\nid: |\n  x\n\n", "slug: >+\n  one\n\n"),
        ("slug: |2+\n    one\n\nid: x\n\ntitle: z\n", "slug: |2+\n    one\n\ntitle: z\n"),
        ("slug: |+\n  one\nnote: y\n\nid: x\n\n", "slug: |+\n  one\n"),
        ("slug: |+\n  one\nid: x # mine\n\n", "slug: |+\n  one\n# mine\n\n"),
        ("aliases: []\nid: x\n\ntitle: z\n", "aliases: []\n\ntitle: z\n"),
    ],
)
def test_blank_lines_behind_a_key_that_goes_are_not_added_to_the_text_above(
    front: str, left: str
) -> None:
    changes = {"id": None, "note": None}
    assert replace(f"---\n{front}---\nThe body\n", changes) == f"---\n{left}---\nThe body\n"


def test_a_new_key_does_not_come_where_others_are_taken_away() -> None:
    text = "---\ntitle: |+\n  A\n\n\nslug: |+\n  a\n\n\ntopics: []\n\n\n---\nBody\n"
    changed = replace(text, {"mine": "b", "slug": None, "topics": None})
    assert changed == '---\ntitle: |+\n  A\n\n\nmine: "b"\n---\nBody\n'
