"""`explain`: each line with fate and rule, each field with value, line and rule, and the filing."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Folder, Result

    MakeSite = Callable[[str], Folder]
    Command = Callable[..., Result]

TEXT = """\
---
outlet: Port Times
published: 2026-05-01
---
Night ferry returns to the northern route

By Nora Quill

The night ferry will sail again from 3 May, its owner said.The harbour is ready.

Also Read: Walnut bread in five easy steps

- Tickets cost 18 crowns.
- Children sail for half the price.

Leave a Reply
"""
FERRY = f"-- sources/ferry.txt --\n{TEXT}"


def explained(folder: "Folder", *more: str) -> Any:
    result = folder.run("explain", *(more or (str(folder.root / "sources/ferry.txt"),)), "--json")
    assert (result.err, result.code) == ("", 0)
    return json.loads(result.out)


def test_every_line_that_is_not_blank_has_one_fate_and_a_rule(site: "MakeSite") -> None:
    lines = explained(site(FERRY))["lines"]
    physical = TEXT.split("\n")
    assert [line["number"] for line in lines] == [5, 7, 9, 11, 13, 14, 16]
    assert all(line.keys() == {"number", "text", "fate", "rule", "block"} for line in lines)
    assert all(line["text"] == physical[line["number"] - 1] for line in lines)
    assert all(line["rule"] for line in lines)
    assert [(line["number"], line["fate"], line["block"]) for line in lines] == [
        (5, "metadata", None),
        (7, "metadata", None),
        (9, "body", "paragraph"),
        (11, "dropped", None),
        (13, "body", "item"),
        (14, "body", "item"),
        (16, "dropped", None),
    ]


def test_every_field_has_value_line_and_rule(site: "MakeSite") -> None:
    fields = explained(site(FERRY))["fields"]
    assert all(field.keys() == {"value", "line", "rule"} for field in fields.values())
    said = {name: (field["value"], field["line"]) for name, field in fields.items()}
    assert said["title"] == ("Night ferry returns to the northern route", 5)
    assert said["authors"] == (["Nora Quill"], 7)
    assert said["outlet"] == ("Port Times", 2)
    assert said["published"] == ("2026-05-01", 3)
    assert "header" in fields["outlet"]["rule"]


def test_repairs_topics_and_story_are_told(site: "MakeSite") -> None:
    found = explained(site(FERRY))
    (repair,) = found["repairs"]
    start = TEXT.split("\n")[8].index(".The") + 1
    assert (repair["line"], repair["start"], repair["was"], repair["now"]) == (9, start, "", " ")
    assert set(found["topics"]["port"]) == {"ferry", "harbour"}
    assert found["story"] == "night-ferry-returns-to-the-northern-route"


def test_for_people_each_line_stands_with_fate_and_rule(site: "MakeSite") -> None:
    folder = site(FERRY)
    out = folder.run("explain", str(folder.root / "sources/ferry.txt")).out
    lines = out.splitlines()
    at = lines.index("11 dropped   Also Read: Walnut bread in five easy steps")
    assert lines[at + 1].strip().startswith("└ dropped: ")
    assert "title: Night ferry returns to the northern route" in lines
    assert "    line 5: " in out
    assert "    port: " in out


def test_a_file_can_be_named_from_the_folder_of_the_site(site: "MakeSite") -> None:
    folder = site(FERRY)
    assert explained(folder, "sources/ferry.txt")["source"] == "sources/ferry.txt"


def test_a_file_outside_the_site_is_explained_as_the_site_would_take_it(
    site: "MakeSite", tmp_path: Path
) -> None:
    folder = site("")
    outside = tmp_path / "pasted.txt"
    outside.write_text(TEXT, "utf-8")
    found = explained(folder, str(outside))
    assert found["source"] == str(outside)
    assert "port" in found["topics"]
    assert folder.tree().keys() == {"site.yaml"}


def test_what_explain_says_is_what_build_does(site: "MakeSite") -> None:
    folder = site(FERRY)
    before = explained(folder)
    folder.build()
    (path,) = folder.entries()
    entry = folder.read(path)
    assert f"\nstory: {before['story']}\n" in entry
    assert f'\ntitle: "{before["fields"]["title"]["value"]}"\n' in entry
    assert explained(folder) == before


def test_a_story_that_is_joined_is_named_with_its_titles(site: "MakeSite") -> None:
    folder = site(FERRY)
    folder.build()
    folder.write("sources/again.txt", TEXT.replace("Nora Quill", "Jon Reed"))
    out = folder.run("explain", "sources/again.txt").out
    assert "    night-ferry-returns-to-the-northern-route\n" in out
    assert "    with “Night ferry returns to the northern route”\n" in out


def test_pins_are_told_as_pins(site: "MakeSite") -> None:
    folder = site(FERRY)
    folder.build()
    (path,) = folder.entries()
    folder.edit(path, "status: published", "status: published\ntopics: [farming]")
    assert explained(folder)["topics"] == {"farming": [f"pinned in {path}"]}
    folder.edit("sources/ferry.txt", "outlet: Port Times", "topics: [farming]")
    assert explained(folder)["topics"] == {"farming": ["pinned in the header"]}


def test_explain_writes_nothing(site: "MakeSite") -> None:
    folder = site(FERRY)
    before = folder.tree()
    folder.run("explain", "sources/ferry.txt")
    assert folder.tree() == before


@pytest.mark.parametrize(
    ("content", "report"),
    [
        (
            b"\x00",
            "sources/bad.txt: error: this does not look like text: it has NUL bytes\n"
            "    fix: if it is a text, open it in an editor and save it as UTF-8\n",
        ),
        (b" \n", "sources/bad.txt: error: the file is empty\n    fix: paste a text into it\n"),
        (
            b"---\noutlett: x\n---\nText.\n",
            "sources/bad.txt:2: error: unknown key 'outlett'\n    fix: did you mean 'outlet'? The"
            " keys are url, outlet, authors, published, retrieved, language, origin, topics,"
            " publish\n",
        ),
    ],
    ids=["binary", "empty", "header"],
)
@pytest.mark.parametrize("how", [(), ("--json",)], ids=["text", "json"])
def test_a_broken_file_is_reported(
    site: "MakeSite", content: bytes, report: str, how: tuple[str, ...]
) -> None:
    folder = site("")
    folder.write("sources/bad.txt", content)
    result = folder.run("explain", "sources/bad.txt", *how)
    assert (result.out, result.err, result.code) == ("", report, 1)


def test_a_file_that_is_not_there_is_reported(site: "MakeSite", tmp_path: Path) -> None:
    result = site("").run("explain", str(tmp_path / "nothing.txt"))
    assert result.err == (
        f"{tmp_path}/nothing.txt: error: there is no such file\n"
        "    fix: check its name and the folder\n"
    )
    assert result.code == 1


@pytest.mark.parametrize("where", ["sources/page.html", "page.html"])
def test_a_web_page_is_refused_wherever_it_lies(site: "MakeSite", where: str) -> None:
    folder = site("")
    folder.write(where, "<p>The quay is wet.")
    result = folder.run("explain", str(folder.root / where))
    assert "HTML sources are not read yet" in result.err
    assert result.code == 1


def test_a_broken_site_yaml_exits_2(site: "MakeSite") -> None:
    folder = site(FERRY + "-- site.yaml --\ntitle: [\n")
    result = folder.run("explain", "sources/ferry.txt")
    assert result.code == 2
    assert result.err.startswith("site.yaml:2: error: this is not valid YAML")


def test_a_text_that_names_an_unknown_topic_is_reported_as_build_does(site: "MakeSite") -> None:
    folder = site(FERRY.replace("outlet: Port Times", "topics: [prot]"))
    result = folder.run("explain", "sources/ferry.txt")
    assert result.err == (
        "sources/ferry.txt:2: error: unknown topic 'prot'\n"
        "    fix: did you mean 'port'? If it is new, add it under topics: in site.yaml\n"
    )
    assert result.code == 1


@pytest.mark.parametrize("change", ["", "status: publishd"], ids=["sound", "faulty"])
def test_an_entry_is_no_source_but_names_its_own(site: "MakeSite", change: str) -> None:
    folder = site(FERRY)
    folder.build()
    (entry,) = folder.entries()
    if change:
        folder.edit(entry, "status: published", change)
    result = folder.run("explain", str(folder.root / entry))
    assert result.err == (
        f"{entry}: error: this is an entry; its source is sources/ferry.txt\n"
        "    fix: run `briefbook explain sources/ferry.txt`\n"
    )
    assert result.code == 1


def test_an_entry_of_the_editors_own_has_nothing_to_explain(site: "MakeSite") -> None:
    folder = site("-- briefings/own.md --\n---\ntitle: Mine\nadded: 2026-11-21\n---\nText.\n")
    result = folder.run("explain", "briefings/own.md")
    assert "briefings/own.md: error: this is an entry without a source\n" in result.err
    assert result.code == 1
