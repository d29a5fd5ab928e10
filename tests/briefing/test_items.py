"""Items of a list in front matter: the editor's stay as they are written."""

import pytest

from briefbook.briefing.items import Group, change_items

OLD: Group = {
    "date": "2026-11-01",
    "kind": "correction",
    "was": "8",
    "now": "9",
    "why": "Typed wrongly",
}
DRAFT: Group = {"date": "2026-11-21", "was": "80 cars", "now": "90 cars", "why": "", "draft": True}
ADDED: Group = {
    "kind": "correction",
    "field": "title",
    "was": 'The "quay"',
    "now": "A: b",
    "draft": True,
}
LINE = '{kind: correction, field: title, was: "The \\"quay\\"", now: "A: b", draft: true}'

BLOCK = """\
---
title: "T"  # mine
corrections:  # all of them
    # the first
    - date: 2026-11-1   # a Sunday
      was: >
        8
      now: '9'
    - {date: 2026-11-21, was: 80 cars, now: "90 cars", why: "", draft: true}
    # the last
status: published
---
Body.
"""


def test_an_added_item_stands_below_the_others_in_their_form() -> None:
    now = change_items(BLOCK, "corrections", [OLD, DRAFT], {}, [ADDED])
    assert now == BLOCK.replace("draft: true}\n", f"draft: true}}\n    - {LINE}\n")


def test_windows_line_ends_stay() -> None:
    text = BLOCK.replace("\n", "\r\n")
    now = change_items(text, "corrections", [OLD, DRAFT], {}, [ADDED])
    assert now == text.replace("draft: true}\r\n", f"draft: true}}\r\n    - {LINE}\r\n")


def test_one_value_of_one_item_is_changed_alone() -> None:
    now = change_items(BLOCK, "corrections", [OLD, DRAFT], {1: {"now": "95 cars"}})
    assert now == BLOCK.replace('"90 cars"', '"95 cars"')


def test_an_item_that_goes_takes_its_line_only() -> None:
    now = change_items(BLOCK, "corrections", [OLD, DRAFT], {1: None})
    assert now == "".join(line for line in BLOCK.splitlines(keepends=True) if "80 cars" not in line)


def test_the_last_item_that_goes_takes_the_key_and_leaves_the_comment() -> None:
    text = "---\ntitle: T\ncorrections:\n  - {was: a, now: b} # why\nstatus: draft\n---\nBody.\n"
    now = change_items(text, "corrections", [{"was": "a", "now": "b"}], {0: None})
    assert now == "---\ntitle: T\n# why\nstatus: draft\n---\nBody.\n"


@pytest.mark.parametrize(
    ("line", "now"),
    [
        ("", 'corrections:\n  - {was: "x"}\n'),
        ("corrections: []\n", 'corrections:\n  - {was: "x"}\n'),
        ("corrections: [{was: a}]\n", 'corrections: [{was: a}, {was: "x"}]\n'),
        ("corrections:\n- was: a\n", 'corrections:\n- was: a\n- {was: "x"}\n'),
        ("corrections: {was: a}\n", 'corrections:\n  - {was: "a"}\n  - {was: "x"}\n'),
    ],
    ids=["no key", "empty", "in brackets", "not indented", "a lone group"],
)
def test_an_item_is_added_whatever_form_the_list_has(line: str, now: str) -> None:
    was: list[Group] = [{"was": "a"}] if "was: a" in line else []
    text = change_items(
        f"---\ntitle: T\n{line}---\nBody.\n", "corrections", was, {}, [{"was": "x"}]
    )
    assert text == f"---\ntitle: T\n{now}---\nBody.\n"


def test_a_value_in_a_block_text_makes_the_list_be_written_anew() -> None:
    now = change_items(BLOCK, "corrections", [OLD, DRAFT], {0: {"was": "7"}})
    assert (
        '  - {date: "2026-11-01", kind: correction, was: "7", now: "9", why: "Typed wrongly"}\n'
        in now
    )
    assert all(comment in now for comment in ("# all of them", "# the first", "# a Sunday"))
