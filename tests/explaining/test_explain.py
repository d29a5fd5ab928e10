"""`explain`: each line with fate and rule, each field with value, line and rule, and the filing."""

import json
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import cell_len
from rich.console import Console

from briefbook.explaining.explain import explain
from briefbook.explaining.explanation import shown

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
KEYS = {"number", "text", "hash", "fate", "rule", "block"}


def explained(folder: "Folder", *more: str) -> Any:
    result = folder.run("explain", *(more or (str(folder.root / "sources/ferry.txt"),)), "--json")
    assert (result.err, result.code) == ("", 0)
    return json.loads(result.out)


def test_every_line_that_is_not_blank_has_one_fate_and_a_rule(site: "MakeSite") -> None:
    lines = explained(site(FERRY))["lines"]
    physical = TEXT.split("\n")
    assert [line["number"] for line in lines] == [5, 7, 9, 11, 13, 14, 16]
    assert all(line.keys() == KEYS for line in lines)
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
    lines = [line.split() for line in out.splitlines()]
    assert "sources/ferry.txt  7 lines: 3 b body, 2 m metadata, 2 d dropped\n" in out
    assert "11 d dropped furniture: also read Also Read: Walnut".split() == lines[5][:9]
    assert "5 m metadata headline → title Night ferry".split() == lines[2][:8]
    assert "title Night ferry returns to the northern route".split() in lines
    assert "\n           line 5: " in out
    assert "\n  port: ferry, harbour\n" in out


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
    assert "  night-ferry-returns-to-the-northern-route\n" in out
    assert "  with “Night ferry returns to the northern route”\n" in out
    assert "  like “Night ferry returns to the northern route”: " in out
    assert "; shared: " in out


def test_a_text_that_is_like_nothing_before_says_so(site: "MakeSite") -> None:
    (why,) = explained(site(FERRY))["why_story"]
    assert why == "nothing that came before shares a telling word with it"


def test_pins_are_told_as_pins(site: "MakeSite") -> None:
    folder = site(FERRY)
    folder.build()
    (path,) = folder.entries()
    folder.edit(path, "status: published", "status: published\ntopics: [farming]")
    assert explained(folder)["topics"] == {"farming": [f"pinned in {path}"]}
    folder.edit("sources/ferry.txt", "outlet: Port Times", "topics: [farming]")
    assert explained(folder)["topics"] == {"farming": ["pinned in the header"]}


def test_the_score_of_a_topic_and_what_it_needs_are_told(site: "MakeSite") -> None:
    folder = site(FERRY)
    port, farming = explained(folder)["topic_reasons"]
    assert (port["topic"], port["filed"]) == ("port", True)
    assert (farming["topic"], farming["filed"]) == ("farming", False)
    assert port["score"] >= port["needed"] > farming["score"]
    assert set(port["missing"]) == {"dredging", "quay"}
    out = folder.run("explain", "sources/ferry.txt").out
    assert f"score {port['score']:.2f}, at least {port['needed']:.2f} is needed; " in out
    assert f"; near to it in other news: {', '.join(port['near'])}\n" in out


def test_without_a_topic_the_nearest_is_told_and_what_was_missing(site: "MakeSite") -> None:
    folder = site("-- sources/bakery.txt --\nBakery burns down\n\nAn oven of the bakery burnt.\n")
    assert explained(folder, "sources/bakery.txt")["topics"] == {}
    out = folder.run("explain", "sources/bakery.txt").out
    assert "\n  none: no topic of site.yaml speaks for it\n" in out
    assert "\n  nearest: farming, score " in out
    assert "; not there: barley, orchard, tractor, harvest\n" in out


def test_an_unfiled_text_is_told_with_what_others_share_with_it(site: "MakeSite") -> None:
    titles = ("Shipyard of Skarnes lays a keel", "Keel cracks at Skarnes shipyard")
    sources = [f"-- sources/{n}.txt --\n{title}\n\nNo more.\n" for n, title in enumerate(titles)]
    folder = site("".join(sources))
    folder.build()
    folder.write("sources/new.txt", "Skarnes waits for a shipyard\n\nIts keel must wait.\n")
    assert set(explained(folder, "sources/new.txt")["unfiled_with"]) == {
        *("Skarnes", "shipyard", "keel")
    }
    out = folder.run("explain", "sources/new.txt").out
    assert "\n  three texts without a topic share: " in out


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
            " publish, publish_after\n",
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
def test_a_web_page_is_explained_wherever_it_lies(site: "MakeSite", where: str) -> None:
    folder = site("")
    folder.write(where, "<h1>Wet</h1><p>The quay is wet, and it will be wet until <b>May</b>.")
    result = folder.run("explain", str(folder.root / where))
    assert "paragraph html: main text The quay is wet, and it will be wet until May." in " ".join(
        result.out.split()
    )
    assert result.code == 0


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


@pytest.mark.parametrize("fate", ["body", "metadata", "dropped"])
def test_shows_only_the_lines_of_one_fate(site: "MakeSite", fate: str) -> None:
    folder = site(FERRY)
    wanted = [line for line in explained(folder)["lines"] if line["fate"] == fate]
    head, blank, *rows = folder.run("explain", "sources/ferry.txt", "--fate", fate).out.splitlines()
    assert [int(row.split()[0]) for row in rows] == [line["number"] for line in wanted]
    assert (blank, "7 lines: 3 b body" in head) == ("", True)
    only = explained(folder, "sources/ferry.txt", "--fate", fate)
    assert only["lines"] == wanted
    assert only["fields"]["title"]["line"] == 5


def test_a_fate_that_there_is_not_is_refused_with_those_there_are(site: "MakeSite") -> None:
    result = site(FERRY).run("explain", "sources/ferry.txt", "--fate", "lost")
    assert result.code == 2
    assert all(fate in result.err for fate in ("body", "metadata", "dropped"))


WIDE = """\
Night ferry returns to the northern route

In May the night ferry will sail again, its owner said on Monday.The harbour is ready for it.

関連記事: 夜のフェリーが北の航路に戻る

Related: 北の港で新しい夜のフェリーが来週の月曜日に運航を始めると港湾局が発表した

밤 배가 북쪽 항로로 돌아온다. 주인은 월요일에 배가 5월 3일부터 다시 다닌다고 말했다.

تعود العبارة الليلية إلى الطريق الشمالي في الثالث من مايو، كما قال صاحبها يوم الاثنين.

A fair ran from April 22 to 2025 and was visited by all who had anything to do with ferries.
"""


def drawn(folder: "Folder", width: int, **how: Any) -> str:
    """Return what a terminal of a width gets, its codes included."""
    file = folder.root / "sources/ferry.txt"
    out = StringIO()
    console = Console(
        file=out, width=width, force_terminal=True, soft_wrap=True, highlight=False, **how
    )
    for line in shown(explain(folder.root, file), console):
        console.print(line)
    return out.getvalue()


def rows_of(text: str) -> list[str]:
    """Return the rows of the lines of a text, without codes."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
    return plain.split("\n\n")[1].split("\n")


@pytest.mark.parametrize("width", [40, 60, 100, 200])
def test_on_a_terminal_no_row_is_wider_and_no_letter_moves_a_column(
    site: "MakeSite", width: int
) -> None:
    rows = rows_of(drawn(site(f"-- sources/ferry.txt --\n{WIDE}"), width))
    assert len(rows) == WIDE.count("\n\n") + 1
    assert all(cell_len(row) <= width for row in rows)
    assert all(re.match(r"[ \d]\d [bmd][ !] [a-z]{4,9} {1,6}\S", row) for row in rows)
    texts = dict(zip(rows, WIDE.split("\n\n"), strict=True))
    # Where a text starts with its own first letters, it starts in the same cell in every row.
    own = {cell_len(row[: row.rindex(text[:4])]) for row, text in texts.items() if text[:4] in row}
    assert len(own) == 1
    assert sum(text[:4] in row for row, text in texts.items()) >= len(rows) - 1


def test_on_a_terminal_long_lines_are_cut_and_in_a_pipe_whole(site: "MakeSite") -> None:
    folder = site(f"-- sources/ferry.txt --\n{WIDE}")
    rows = rows_of(drawn(folder, 60))
    assert sum(row.endswith("…") for row in rows) >= 4
    piped = folder.run("explain", "sources/ferry.txt").out
    assert "\x1b" not in piped
    assert all(line in piped.replace("[→␣]", "") for line in WIDE.splitlines())


def test_a_repair_stands_in_its_line_even_when_the_line_is_cut(site: "MakeSite") -> None:
    folder = site(f"-- sources/ferry.txt --\n{WIDE}")
    assert "Monday.[→␣]The" in folder.run("explain", "sources/ferry.txt").out
    assert any("Monday.[→␣]" in row and "…" in row for row in rows_of(drawn(folder, 80)))


def test_what_a_repair_took_out_is_named(site: "MakeSite") -> None:
    folder = site(
        "-- sources/ferry.txt --\nNight ferry\n\nThe fer\u200bry wonâ€™t sail on Monday.\n"
    )
    out = folder.run("explain", "sources/ferry.txt").out
    assert "The fer[U+200B→]ry won[â€™→’]t sail" in out
    assert "line 3: character that is no text: “The ferU+200Bry won" in out


def test_a_line_to_be_looked_at_has_a_sign(site: "MakeSite") -> None:
    out = site(f"-- sources/ferry.txt --\n{WIDE}").run("explain", "sources/ferry.txt").out
    assert "\n13 b! paragraph " in out
    assert out.count("!") == 1


def test_fates_are_coloured_and_dropped_lines_pale(
    site: "MakeSite", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    rows = drawn(site(FERRY), 120, color_system="standard").split("\n")
    dropped = next(row for row in rows if "Walnut" in row)
    assert "\x1b[31md" in dropped
    assert "\x1b[2mAlso Read: Walnut" in dropped
    assert any("\x1b[36mBy Nora Quill" in row for row in rows)
    assert any("\x1b[1;32mb" in row for row in rows)


def test_no_color_is_respected(site: "MakeSite", monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    out = drawn(site(FERRY), 120, color_system="standard")
    assert "dropped" in out
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]", out)
