import os
from pathlib import Path

import pytest

from briefbook.briefing import (
    read_addresses,
    read_entries,
    write_addresses,
    write_entry,
)
from briefbook.problems import ProblemError
from briefbook.saving import unfinished_name

ENTRY = "---\ntitle: x\nadded: 2026-11-21\n---\nBody.\n"
A = "briefings/a.md"


def put(root: Path, path: str, content: str | bytes) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)


def text_of(root: Path, path: str) -> str:
    return (root / path).read_bytes().decode()


def test_reads_entries_and_leaves_out_what_is_faulty(tmp_path: Path) -> None:
    put(tmp_path, A, "\ufeff" + ENTRY.replace("\n", "\r\n"))
    put(tmp_path, "briefings/deep/b.md", ENTRY)
    put(tmp_path, "briefings/c.md", "No front matter\n")
    put(tmp_path, "briefings/d.md", b"---\ntitle: \xff\n---\n")
    put(tmp_path, "briefings/notes.txt", "x")
    put(tmp_path, f"briefings/{unfinished_name('a.md')}", "x")
    (tmp_path / "briefings/e.md").symlink_to("../site.yaml")
    put(tmp_path, "site.yaml", ENTRY)
    briefings, problems = read_entries(tmp_path)
    assert [loaded.path for loaded in briefings.entries] == [A, "briefings/deep/b.md"]
    assert briefings.entries[0].text == "\ufeff" + ENTRY.replace("\n", "\r\n")
    assert briefings.entries[0].entry.body == "Body."
    assert [faulty.path for faulty in briefings.faulty] == [
        "briefings/c.md",
        "briefings/d.md",
        "briefings/e.md",
    ]
    assert "briefings/notes.txt" in briefings.paths
    assert [str(problem) for problem in problems] == [
        "briefings/c.md:1: error: this file does not start with front matter\n"
        '    fix: start it with a line ---, then "title: …", then another line ---',
        "briefings/d.md:2: error: this is not UTF-8 text\n    fix: save the file as UTF-8",
        "briefings/e.md: error: this is a link that leaves briefings/\n"
        "    fix: put the file itself here",
        "briefings/notes.txt: warning: this file is not read: its name does not end in .md\n"
        "    fix: rename it, or move it out of briefings/",
    ]


def test_reads_nothing_where_there_is_no_folder(tmp_path: Path) -> None:
    briefings, problems = read_entries(tmp_path)
    assert (briefings.entries, problems) == ((), ())


def test_writes_a_new_file_and_makes_its_folder(tmp_path: Path) -> None:
    write_entry(tmp_path, A, "one\r\ntwo\n", was=None)
    assert text_of(tmp_path, A) == "one\r\ntwo\n"
    assert [path.name for path in (tmp_path / "briefings").iterdir()] == ["a.md"]


def test_keeps_the_mode_of_a_file_and_a_link_to_it(tmp_path: Path) -> None:
    put(tmp_path, "briefings/real.md", "old")
    (tmp_path / "briefings/real.md").chmod(0o640)
    (tmp_path / A).symlink_to("real.md")
    write_entry(tmp_path, A, "new", was="old")
    assert (tmp_path / A).is_symlink()
    assert text_of(tmp_path, "briefings/real.md") == "new"
    if os.name != "nt":
        assert (tmp_path / "briefings/real.md").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("was", [None, "what was read"], ids=["new", "known"])
def test_leaves_a_file_that_someone_has_just_saved(tmp_path: Path, was: str | None) -> None:
    put(tmp_path, A, "the editor's new words")
    with pytest.raises(ProblemError) as refused:
        write_entry(tmp_path, A, "ours", was=was)
    assert str(refused.value) == (
        "briefings/a.md: error: the file was changed while the program was working, "
        "and is left as it is\n    fix: run the same command again"
    )
    assert text_of(tmp_path, A) == "the editor's new words"


def test_does_not_bring_back_a_file_that_someone_has_just_deleted(tmp_path: Path) -> None:
    with pytest.raises(ProblemError, match="was changed while the program was working"):
        write_entry(tmp_path, A, "ours", was="what was read")
    assert not (tmp_path / A).exists()


def test_mends_what_a_killed_build_left_behind(tmp_path: Path) -> None:
    put(tmp_path, f"briefings/{unfinished_name('a.md')}", "half")
    write_entry(tmp_path, A, "whole", was=None)
    assert [path.name for path in (tmp_path / "briefings").iterdir()] == ["a.md"]


def test_says_so_when_a_file_cannot_be_written(tmp_path: Path) -> None:
    put(tmp_path, "briefings", "a file where the folder should be")
    with pytest.raises(ProblemError) as refused:
        write_entry(tmp_path, A, "x", was=None)
    assert str(refused.value) == (
        "briefings/a.md: error: it cannot be written: File exists\n"
        "    fix: check the disk and who may write there"
    )


def test_reads_addresses_sorted_with_notes_and_blank_lines(tmp_path: Path) -> None:
    put(tmp_path, "published.txt", "# all of them\r\n/b/\r\n\r\n/a/\r\n/b/\r\n")
    assert read_addresses(tmp_path) == (("/a/", "/b/"), ())


def test_there_may_be_no_list_of_addresses_yet(tmp_path: Path) -> None:
    assert read_addresses(tmp_path) == ((), ())


def test_names_each_line_that_is_no_address_and_keeps_it(tmp_path: Path) -> None:
    bad = "# note\n/a/\n<<< HEAD\nb/\n//evil.example/\n/a?b\n"
    put(tmp_path, "published.txt", bad)
    addresses, problems = read_addresses(tmp_path)
    assert addresses == ("/a/",)
    assert [(problem.place.line, problem.what) for problem in problems] == [
        (3, "'<<< HEAD' is not an address of this site"),
        (4, "'b/' is not an address of this site"),
        (5, "'//evil.example/' is not an address of this site"),
        (6, "'/a?b' is not an address of this site"),
    ]
    assert write_addresses(tmp_path, ["/c/"])
    assert text_of(tmp_path, "published.txt") == (
        "# note\n<<< HEAD\nb/\n//evil.example/\n/a?b\n/a/\n/c/\n"
    )


@pytest.mark.parametrize(
    "address",
    """/ /briefings/a-b/ /topics/x/2026/11/ /editions/2026-11-21/ /feed.xml /topics/x/feed.atom
    /feed.json /feeds.opml /briefings/a/index.json /sitemap.xml /404.html""".split(),
)
def test_knows_the_addresses_of_the_map(tmp_path: Path, address: str) -> None:
    put(tmp_path, "published.txt", f"{address}\n")
    assert read_addresses(tmp_path) == ((address,), ())


@pytest.mark.parametrize(
    "line",
    """/feed.xml/ /feed.xml/x/ /index.html /briefings/A/ /briefings/a /a/../b/ /a//b/ /a.html
    /topics/x/feeds.opml /assets/style.css /%2e/""".split(),
)
def test_refuses_what_could_stand_in_the_way_of_a_page(tmp_path: Path, line: str) -> None:
    put(tmp_path, "published.txt", f"{line}\n")
    addresses, (problem,) = read_addresses(tmp_path)
    assert addresses == ()
    assert problem.place.line == 1


def test_adds_addresses_and_never_takes_one_away(tmp_path: Path) -> None:
    assert write_addresses(tmp_path, ["/b/", "/a/"])
    assert text_of(tmp_path, "published.txt") == "/a/\n/b/\n"
    put(tmp_path, "published.txt", "# note\n/z/\n")
    assert write_addresses(tmp_path, ["/"])
    assert text_of(tmp_path, "published.txt") == "# note\n/\n/z/\n"


def test_does_not_touch_the_list_when_there_is_nothing_to_add(tmp_path: Path) -> None:
    put(tmp_path, "published.txt", "/a/\r\n/b/\r\n")
    before = (tmp_path / "published.txt").stat().st_mtime_ns
    assert not write_addresses(tmp_path, ["/a/"])
    assert (tmp_path / "published.txt").stat().st_mtime_ns == before
    assert text_of(tmp_path, "published.txt") == "/a/\r\n/b/\r\n"


@pytest.mark.parametrize(
    "merged",
    ["/b/\n/a/\n", "/a/\n/b/\n/a/\n", "/a/\n\n/b/\n", "/a/\n/b/", "\ufeff/b/\r\n/a/\r\n"],
    ids=["unsorted", "twice", "a blank line", "no line end", "Windows"],
)
def test_puts_right_what_a_merge_has_left(tmp_path: Path, merged: str) -> None:
    put(tmp_path, "published.txt", merged)
    assert read_addresses(tmp_path) == (("/a/", "/b/"), ())
    assert write_addresses(tmp_path, ["/a/"])
    assert text_of(tmp_path, "published.txt") == "/a/\n/b/\n"
    assert not write_addresses(tmp_path, ["/a/"])


def test_a_line_that_is_to_be_mended_stays_on_its_line(tmp_path: Path) -> None:
    put(tmp_path, "published.txt", "/b/\nbad\n/a/\n")
    assert not write_addresses(tmp_path, ["/a/"])
    assert text_of(tmp_path, "published.txt") == "/b/\nbad\n/a/\n"


def test_no_empty_list_is_made(tmp_path: Path) -> None:
    assert not write_addresses(tmp_path, [])
    assert not (tmp_path / "published.txt").exists()
