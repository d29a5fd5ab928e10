"""`explain --markdown`: the report on texts that stands in a pull request."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from markdown import markdown

from briefbook.explaining.explain import explain_all
from briefbook.explaining.reporting import LONGEST, report

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

FERRY = """\
-- sources/ferry.txt --
Home / Harbour / Night ferry returns

Night ferry returns to the northern route

By Mina Hart | May 2, 2026

The night ferry will sail again from 3 May, its owner said on Tuesday.

Tickets cost 18 crowns and go on sale at the end of the month.

Also Read: Five harbours worth a detour
"""
ENTRY = "briefings/night-ferry-returns-to-the-northern-route.md"


def told(folder: "Folder", *files: str) -> str:
    result = folder.run("explain", "--markdown", *(str(folder.root / file) for file in files))
    assert (result.err, result.code) == ("", 0)
    return result.out


def fences(text: str) -> list[str]:
    """Return the content of the fenced blocks, as Markdown tells them apart."""
    return [
        found[2]
        for found in re.finditer(r"^(`{3,})text\n(.*?)^\1$", text, re.MULTILINE | re.DOTALL)
    ]


def outside(text: str) -> str:
    return re.sub(r"^(`{3,})text\n.*?^\1$", "", text, flags=re.MULTILINE | re.DOTALL)


def test_it_says_what_was_kept_dropped_and_flagged(site: "MakeSite") -> None:
    folder = site(FERRY)
    folder.build()
    lines = told(folder, "sources/ferry.txt").splitlines()
    assert lines[0] == (
        "One text became an entry. Look at what is flagged and at what was dropped; correct the"
        " entry in `briefings/`, and what you change stays."
    )
    assert lines[2] == f"### `sources/ferry.txt` → `{ENTRY}`"
    assert lines[4] == "6 lines: 2 body, 2 metadata, 2 dropped. Nothing is flagged."
    assert (
        "title: Night ferry returns to the northern route  (line 3: the body bears it out best)"
        in lines
    )
    dropped = lines[lines.index("**Dropped**, by rule") :]
    assert dropped[2:7] == [
        "```text",
        "breadcrumb:",
        "  1: Home / Harbour / Night ferry returns",
        "furniture: also read:",
        "  11: Also Read: Five harbours worth a detour",
    ]
    assert "9: Tickets cost 18 crowns and go on sale at the end of the month." in lines


def test_what_is_flagged_is_counted_and_comes_first(site: "MakeSite") -> None:
    folder = site(FERRY.replace("Tuesday.", "Tuesday, from April 22 to 2025."))
    said = told(folder, "sources/ferry.txt")
    assert "**1 flagged.**" in said
    assert said.index("**Flagged**") < said.index("**What is known of it**")
    assert "April 22 to 2025" in fences(said)[0]


def test_every_line_of_a_text_stands_in_the_report(site: "MakeSite") -> None:
    folder = site(FERRY)
    said = "".join(fences(told(folder, "sources/ferry.txt")))
    for line in folder.read("sources/ferry.txt").splitlines():
        assert line in said


def test_an_entry_stands_for_its_source_and_one_without_is_passed_over(site: "MakeSite") -> None:
    own = "-- briefings/own.md --\n---\ntitle: Mine\nadded: 2026-01-01\n---\nMy words.\n"
    folder = site(FERRY + own)
    folder.build()
    by_source = told(folder, "sources/ferry.txt")
    assert told(folder, ENTRY, "briefings/own.md", "sources/ferry.txt") == by_source
    assert told(folder, "briefings/own.md").startswith("No text became an entry. ")


def test_an_entry_whose_source_is_gone_is_passed_over(site: "MakeSite") -> None:
    folder = site(FERRY)
    folder.build()
    folder.delete("sources/ferry.txt")
    assert told(folder, ENTRY).startswith("No text became an entry. ")


HOSTILE = [
    "Thanks to @octocat and @org/team, see #1 and GH-2 for more of this.",
    "```",
    "~~~~~~",
    "`````text of a fence that is longer than the others",
    "</details><script>alert(1)</script><!-- it goes on in here",
    "![picture](https://tracker.example/x.png) and [a link](javascript:alert(1)) in prose.",
    "# A heading of the text that is none of the report's own",
    "::error file=a::not an annotation, only a line of the text",
    "A bell \x07, an escape \x1b[31m and a right-to-left \u202e override in one line.",
    "fixes #3, closes #4: these words close issues where they stand in a body.",
]


def test_nothing_in_a_text_breaks_out_of_its_block(site: "MakeSite") -> None:
    paragraphs = "\n\n".join(HOSTILE)
    folder = site(
        f"-- sources/a.txt --\nNight ferry @returns `soon` #5\n\n{paragraphs}\n\nIt sails.\n"
    )
    said = told(folder, "sources/a.txt")
    ours = outside(said)
    assert not re.search(r"@\w|#\d|GH-|script|tracker|javascript|::error|<!--", ours)
    assert ours.count("<details>") == ours.count("</details>") == 1
    assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e]", said)
    shown = "".join(fences(said))
    assert "@octocat and @org/team, see #1" in shown
    assert "</details><script>alert(1)</script><!-- it goes on in here" in shown


def test_a_fence_in_a_text_closes_nothing_as_a_renderer_sees_it(site: "MakeSite") -> None:
    folder = site(
        "-- sources/a.txt --\nBarley falls\n\nBarley fell.\n\n````\n\n<b>bold</b> prose.\n"
    )
    html = markdown(told(folder, "sources/a.txt"), extensions=["fenced_code", "md_in_html"])
    assert "<b>" not in html


@pytest.mark.parametrize("name", ["`x` @me.txt", "```.txt", "a#1 <b>.txt", "[x](y).txt"])
def test_a_file_name_is_only_a_name(site: "MakeSite", name: str) -> None:
    folder = site(f"-- sources/{name} --\nBarley falls\n\nBarley fell.\n")
    (heading,) = re.findall("^### (.+)$", told(folder, f"sources/{name}"), re.MULTILINE)
    ticks, inner = re.fullmatch(r"(`+) ?(.+?) ?\1", heading).groups()  # type: ignore[union-attr] # it matches, or the test fails
    assert inner == f"sources/{name}"
    assert ticks not in inner


def body_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize("word", ["harbour", "항구", "😀"])
def test_a_report_has_at_most_what_a_body_may_have(site: "MakeSite", word: str) -> None:
    line = f"The {word} was full of ships on Tuesday, said the {word} master. " * 20
    prose = "\n\n".join(f"{n} {line}" for n in range(60))
    folder = site(
        "".join(f"-- sources/{n}.txt --\nBarley {n} falls\n\n{prose}\n" for n in range(3))
    )
    said = told(folder, *(f"sources/{n}.txt" for n in range(3)))
    assert LONGEST - 2_000 < body_length(said) <= LONGEST
    assert said.count("\n### ") == 3
    assert re.search(r"^… and \d+ more lines$", said, re.MULTILINE)
    assert said.endswith(
        "\nThis is not all, for length. `briefbook explain FILE` shows all of a text.\n"
    )
    assert said.count("<details>") == said.count("</details>")
    assert not re.search("^`{3,}", outside(said), re.MULTILINE)


@pytest.mark.parametrize("longest", [500, 700, 900, 1100, 1500, 2000, 3000])
def test_texts_that_are_not_listed_are_counted(site: "MakeSite", longest: int) -> None:
    folder = site(
        "".join(FERRY.replace("ferry.txt", f"{n}.txt").replace("18", str(n)) for n in range(20, 26))
    )
    found = explain_all(folder.root, sorted((folder.root / "sources").iterdir()))
    said = report(found, longest)
    assert body_length(said) <= longest
    listed = said.count("\n### ")
    more = re.search(r"(\d+) more texts? (?:is|are) not listed\.", said)
    assert listed + (int(more[1]) if more else 0) == 6
    assert "This is not all, for length." in said


def test_several_files_and_other_shapes_exclude_each_other(
    site: "MakeSite", tmp_path: Path
) -> None:
    folder = site(FERRY + "-- sources/b.txt --\nBarley falls\n\nBarley fell.\n")
    files = (str(folder.root / "sources/ferry.txt"), str(folder.root / "sources/b.txt"))
    for options in ((), ("--json",), ("--markdown", "--json"), ("--markdown", "--fate", "body")):
        assert folder.run("explain", *options, *files).code == 2, options
    assert folder.run("explain", "--markdown", *files).code == 0


def test_a_text_that_cannot_be_read_is_told(site: "MakeSite") -> None:
    folder = site(FERRY)
    result = folder.run("explain", "--markdown", "sources/none.txt")
    assert result.code == 1
    assert "sources/none.txt: error: there is no such file\n" in result.err
    assert result.out == ""
