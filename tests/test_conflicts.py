"""Two editors, one git: what could not be merged is named, never published, and nothing is lost."""

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import pytest

from briefbook.conflicts import find_conflicts, refuse_conflicts, refuse_marks
from briefbook.problems import ProblemError

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

SITE = """\
-- sources/ferry.txt --
Second ferry for the northern islands

By Mina Hart | March 3, 2026

A second ferry will serve the northern islands from May, the port authority said on Tuesday.

The ship carries eighty cars and makes the crossing in forty minutes, its captain said.
-- sources/barley.txt --
Barley harvest begins early in the south

By Jon Falk | March 4, 2026

The barley harvest has begun two weeks early in the southern valleys, growers said on Wednesday.

Warm nights in February made the difference, and prices at the mill fell by a tenth.
"""
FERRY = "briefings/second-ferry-for-the-northern-islands.md"
FERRY_PAGE = "/briefings/second-ferry-for-the-northern-islands/"
BARLEY_PAGE = "/briefings/barley-harvest-begins-early-in-the-south/"
TITLE = 'title: "Second ferry for the northern islands"'


def git(folder: "Folder", *arguments: str, fails: bool = False) -> str:
    done = subprocess.run(
        ["git", "-c", "user.name=Mina", "-c", "user.email=mina@harbour.example", *arguments],
        cwd=folder.root,
        env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode != 0) == fails, done.stdout + done.stderr
    return done.stdout


def keep(folder: "Folder", changes: Mapping[str, str], message: str) -> None:
    for path, text in changes.items():
        folder.write(path, text)
    git(folder, "add", ".")
    git(folder, "commit", "-m", message)


def merge(
    folder: "Folder", ours: Mapping[str, str], theirs: Mapping[str, str], *style: str
) -> None:
    """Let two editors write the same files, each on a branch, and merge them: it fails."""
    folder.write(".gitignore", "/_site/\n")
    git(folder, "init", "-b", "main")
    keep(folder, {}, "What both start from")
    git(folder, "checkout", "-b", "mina/headlines")
    keep(folder, theirs, "Her version")
    git(folder, "checkout", "main")
    keep(folder, ours, "My version")
    git(folder, *style, "merge", "mina/headlines", fails=True)


def line_of(folder: "Folder", path: str, start: str) -> int:
    lines = folder.read(path).splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.startswith(start))


def titled(folder: "Folder", title: str) -> dict[str, str]:
    return {FERRY: folder.read(FERRY).replace(TITLE, f'title: "{title}"')}


def test_an_entry_in_conflict_is_left_out_and_its_versions_are_named(site: "MakeSite") -> None:
    folder = site(SITE)
    folder.build()
    merge(folder, titled(folder, "A ferry more"), titled(folder, "Two ferries"))
    first = line_of(folder, FERRY, "<<<<<<<")
    result = folder.build()
    assert result.code == 1
    assert result.err == (
        f"{FERRY}:{first}: error: git could not merge two versions of this, 'HEAD' (line "
        f"{first + 1}) and 'mina/headlines' (line {first + 3})\n"
        "    fix: keep one of the two, or write one of both, and delete the lines <<<<<<<, ======= "
        "and >>>>>>>\n"
    )
    shown = folder.page(FERRY_PAGE)
    assert "A ferry more" not in shown
    assert "Two ferries" not in shown
    assert "cannot be shown at the moment" in shown
    assert "growers said on Wednesday" in folder.page(BARLEY_PAGE)
    assert FERRY_PAGE in folder.published()


@pytest.mark.parametrize(
    ("mine", "hers"),
    [
        ("aliases: [a-ferry]", "aliases: [two-ferries]"),
        ("aliases:\n  - a-ferry", "aliases:\n- two-ferries"),
    ],
    ids=["in brackets", "a line each"],
)
def test_former_addresses_of_an_entry_in_conflict_are_not_called_withdrawn(
    site: "MakeSite", mine: str, hers: str
) -> None:
    folder = site(SITE)
    folder.build()
    known = folder.read("published.txt")
    folder.write("published.txt", known + "/briefings/a-ferry/\n/briefings/two-ferries/\n")
    text = folder.read(FERRY)
    merge(
        folder,
        {FERRY: text.replace("status: published", f"status: published\n{mine}")},
        {FERRY: text.replace("status: published", f"status: published\n{hers}")},
    )
    result = folder.build()
    assert result.err.count("error:") == 1
    for address in ("/briefings/a-ferry/", "/briefings/two-ferries/", FERRY_PAGE):
        assert "cannot be shown at the moment" in folder.page(address)


def test_nothing_of_an_entry_in_conflict_is_written_and_no_second_one_made(
    site: "MakeSite",
) -> None:
    folder = site(SITE)
    folder.build()
    merge(folder, titled(folder, "A ferry more"), titled(folder, "Two ferries"))
    before = folder.tree("briefings")
    folder.edit("sources/ferry.txt", "eighty cars", "ninety cars")
    folder.build()
    assert folder.tree("briefings") == before


def test_an_entry_is_published_again_once_its_conflict_is_mended(site: "MakeSite") -> None:
    folder = site(SITE)
    folder.build()
    mine, hers = titled(folder, "A ferry more"), titled(folder, "Two ferries")
    merge(folder, mine, hers)
    folder.build()
    folder.write(FERRY, hers[FERRY])
    result = folder.build()
    assert result.code == 0
    assert "git could not merge" not in result.err
    assert "Two ferries" in folder.page(FERRY_PAGE)


def test_several_conflicts_of_a_file_are_counted(site: "MakeSite") -> None:
    folder = site(SITE)
    folder.build()
    text = folder.read(FERRY)
    versions = [
        text.replace(TITLE, f'title: "{word} ferry"').replace("eighty cars", f"{word} cars")
        for word in ("a", "b")
    ]
    merge(folder, {FERRY: versions[0]}, {FERRY: versions[1]})
    conflicts = find_conflicts(folder.read(FERRY))
    places = ", ".join(f"{each.first}–{each.last}" for each in conflicts)
    assert len(conflicts) > 1
    assert folder.check().err.startswith(
        f"{FERRY}:{conflicts[0].first}: error: git could not merge two versions of this, 'HEAD' "
        f"and 'mina/headlines', in {len(conflicts)} places: lines {places}\n"
        "    fix: in each place keep one of the two, or write one of both, and delete the lines "
        "<<<<<<<, ======= and >>>>>>>\n"
    )


def test_the_common_start_that_git_can_show_is_named_too(site: "MakeSite") -> None:
    folder = site(SITE)
    folder.build()
    mine, hers = titled(folder, "A ferry more"), titled(folder, "Two ferries")
    merge(folder, mine, hers, "-c", "merge.conflictStyle=diff3")
    (conflict,) = find_conflicts(folder.read(FERRY))
    assert conflict.base == conflict.first + 2
    assert "delete the lines <<<<<<<, ======= and >>>>>>>, and those from ||||||| to =======" in (
        folder.check().err
    )


def test_taking_both_versions_of_a_key_is_named(site: "MakeSite") -> None:
    folder = site(SITE)
    folder.build()
    merge(folder, titled(folder, "A ferry more"), titled(folder, "Two ferries"))
    marks = ("<<<<<<<", "=======", ">>>>>>>")
    lines = folder.read(FERRY).splitlines(keepends=True)
    folder.write(FERRY, "".join(line for line in lines if not line.startswith(marks)))
    second = line_of(folder, FERRY, 'title: "Two')
    result = folder.build()
    assert result.err == (
        f"{FERRY}:{second}: error: the key 'title' stands twice, on lines {second - 1} and "
        f"{second}\n    fix: delete one of the two\n"
    )
    assert "cannot be shown at the moment" in folder.page(FERRY_PAGE)


def test_a_mark_that_was_left_over_is_named(site: "MakeSite") -> None:
    folder = site(SITE)
    folder.build()
    folder.write(FERRY, folder.read(FERRY) + "\n>>>>>>> mina/headlines\n")
    number = line_of(folder, FERRY, ">>>>>>>")
    result = folder.build()
    assert result.err == (
        f"{FERRY}:{number}: error: a mark of git was left over here when a conflict was mended: "
        ">>>>>>> mina/headlines\n"
        "    fix: look whether the lines around it are what you want, and delete this one\n"
    )
    assert "mina/headlines" not in folder.page(FERRY_PAGE)


def test_settings_in_conflict_stop_the_build(site: "MakeSite") -> None:
    folder = site(SITE)
    folder.build()
    before = folder.tree("_site")
    settings = folder.read("site.yaml")
    merge(
        folder,
        {"site.yaml": settings.replace("Harbour Brief", "Harbour Day")},
        {"site.yaml": settings.replace("Harbour Brief", "Harbour Night")},
    )
    result = folder.build()
    assert result.code == 2
    assert result.err == (
        "site.yaml:1: error: git could not merge two versions of this, 'HEAD' (line 2) and "
        "'mina/headlines' (line 4)\n"
        "    fix: keep one of the two, or write one of both, and delete the lines <<<<<<<, ======= "
        "and >>>>>>>\n"
    )
    assert folder.tree("_site") == before


def test_of_a_list_of_addresses_in_conflict_both_versions_are_read(site: "MakeSite") -> None:
    folder = site(SITE)
    folder.build()
    known = folder.read("published.txt")
    mine, hers = "/topics/port/2027/01/", "/topics/port/2027/02/"
    merge(folder, {"published.txt": known + mine + "\n"}, {"published.txt": known + hers + "\n"})
    first = line_of(folder, "published.txt", "<<<<<<<")
    warned = (
        f"published.txt:{first}: warning: git could not merge two versions of this list; all "
        "addresses of both are read\n"
        "    fix: run `briefbook build`, which takes the marks of git out, and commit the file\n"
    )
    assert warned in folder.check().err
    assert folder.read("published.txt").count("<<<<<<<") == 1
    result = folder.build()
    assert warned in result.err
    assert folder.published() == sorted({*known.split(), mine, hers})
    assert "git could not merge" not in folder.build().err


def test_lists_of_addresses_are_merged_by_git_itself_where_it_was_told_so(
    site: "MakeSite",
) -> None:
    folder = site(SITE + "-- .gitattributes --\npublished.txt merge=union\n")
    folder.build()
    known = folder.read("published.txt")
    folder.write(".gitignore", "/_site/\n")
    git(folder, "init", "-b", "main")
    keep(folder, {}, "What both start from")
    git(folder, "checkout", "-b", "mina")
    keep(folder, {"published.txt": known + "/topics/port/2027/02/\n"}, "Her version")
    git(folder, "checkout", "main")
    keep(folder, {"published.txt": known + "/topics/port/2027/01/\n"}, "My version")
    git(folder, "merge", "mina")
    assert "git could not merge" not in folder.build().err
    assert {"/topics/port/2027/01/", "/topics/port/2027/02/"} <= set(folder.published())


def test_a_source_in_conflict_makes_no_entry_and_leaves_the_one_it_has(site: "MakeSite") -> None:
    folder = site(SITE)
    folder.build()
    entry, page = folder.read(FERRY), folder.page(FERRY_PAGE)
    text = folder.read("sources/ferry.txt")
    merge(
        folder,
        {"sources/ferry.txt": text.replace("eighty", "ninety")},
        {"sources/ferry.txt": text.replace("eighty", "seventy")},
    )
    result = folder.build()
    assert result.code == 1
    assert result.err == (
        "sources/ferry.txt:7: error: git could not merge two versions of this, 'HEAD' (line 8) and "
        "'mina/headlines' (line 10)\n"
        "    fix: keep one of the two, or write one of both, and delete the lines <<<<<<<, ======= "
        "and >>>>>>>; if the text shows them itself, put a space before each of these lines\n"
    )
    assert folder.read(FERRY) == entry
    assert len(folder.entries()) == 2
    shown = folder.page(FERRY_PAGE)
    assert "eighty cars" in page
    assert "eighty cars" in shown
    assert "seventy" not in shown


def test_a_new_source_in_conflict_makes_no_entry(site: "MakeSite") -> None:
    folder = site(SITE)
    folder.build()
    text = "Harbour wall to be raised\n\nThe wall will be raised by {} metres, the town said.\n"
    merge(
        folder,
        {"sources/wall.txt": text.format("two")},
        {"sources/wall.txt": text.format("three")},
    )
    assert folder.build().code == 1
    assert len(folder.entries()) == 2


ABOUT_GIT = """\
How two editors keep out of each other's way

By Mina Hart | March 5, 2026

Where two of us wrote the same line, git shows both, and we choose between them by hand.

 <<<<<<< HEAD
 The quay opens at eight.
 =======
 The quay opens at nine.
 >>>>>>> jon

Since we write one entry each, that has not happened for a month, and nobody misses it.
"""


def test_a_text_about_git_can_show_the_marks_with_a_space_before_them(site: "MakeSite") -> None:
    folder = site(f"{SITE}-- sources/git.txt --\n{ABOUT_GIT}")
    result = folder.build()
    assert (result.code, result.err) == (0, "")
    assert "&lt;&lt;&lt;&lt;&lt;&lt;&lt; HEAD" in folder.page(
        "/briefings/how-two-editors-keep-out-of-each-others-way/"
    )
    assert folder.build().err == ""


@pytest.mark.parametrize(
    "text",
    ["<<<<<<< HEAD is what git writes.", "Heading\n=======\n\n>>>>>>> deep quote", "<<<<<<< a\nb"],
    ids=["one mark", "heading and quote", "no end"],
)
def test_a_source_with_some_of_the_marks_is_a_text_like_any(text: str) -> None:
    refuse_conflicts(text, "sources/a.txt")


def test_a_template_in_conflict_gives_way_to_the_one_that_comes_along(site: "MakeSite") -> None:
    folder = site(SITE)
    folder.build()
    home, style = folder.page("/"), folder.read("_site/assets/style.css")
    merge(
        folder,
        {"templates/pages/home.html": "mine\n", "templates/assets/style.css": "p { top: 1px }\n"},
        {"templates/pages/home.html": "hers\n", "templates/assets/style.css": "p { top: 2px }\n"},
    )
    result = folder.build()
    assert result.code == 1
    assert [line.partition(":")[0] for line in result.err.splitlines() if "error" in line] == [
        "templates/assets/style.css",
        "templates/pages/home.html",
    ]
    assert folder.page("/") == home
    assert folder.read("_site/assets/style.css") == style


def test_words_in_conflict_give_way_to_those_that_come_along(site: "MakeSite") -> None:
    folder = site(SITE)
    folder.build()
    home = folder.page("/")
    merge(
        folder,
        {"templates/words/en.yaml": "topics: Fields\n"},
        {"templates/words/en.yaml": "topics: Subjects\n"},
    )
    result = folder.build()
    assert result.code == 1
    assert result.err == (
        "templates/words/en.yaml:1: error: git could not merge two versions of this, 'HEAD' "
        "(line 2) and 'mina/headlines' (line 4)\n"
        "    fix: keep one of the two, or write one of both, and delete the lines <<<<<<<, ======= "
        "and >>>>>>>\n"
    )
    assert folder.page("/") == home


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_conflicts_are_found_whatever_the_lines_end_with(end: str) -> None:
    text = end.join(["a", "<<<<<<< x", "=======", "b", "c", ">>>>>>> 1a2b3c4 (Mend it)", ""])
    with pytest.raises(ProblemError) as refused:
        refuse_marks(text, "briefings/a.md")
    assert str(refused.value).splitlines()[0] == (
        "briefings/a.md:2: error: git could not merge two versions of this, 'x' (nothing) and "
        "'1a2b3c4 (Mend it)' (lines 4–5)"
    )


def test_many_conflicts_and_long_names_make_one_short_message() -> None:
    text = f"<<<<<<< {'x' * 500}\n=======\n>>>>>>> y\n" * 1000
    with pytest.raises(ProblemError) as refused:
        refuse_marks(text, "briefings/a.md")
    said = str(refused.value)
    assert "in 1000 places: lines 1–3, 4–6, 7–9, 10–12, 13–15 and 995 more" in said
    assert len(said) < 400


@pytest.mark.parametrize(
    "text",
    ["Heading\n=======\n", "> a\n>>>>>>> b\n", ">>>>>>> he said it at noon\n", "|a|b|\n|||||||"],
    ids=["heading", "quote", "deep quote", "table"],
)
def test_what_only_looks_like_a_mark_is_none(text: str) -> None:
    refuse_marks(text, "briefings/a.md")
