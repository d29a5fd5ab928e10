"""The verb theme: what a site overrides, what changed in the program since, and copies."""

import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from briefbook import __version__
from briefbook.publishing import bundled
from briefbook.theming.upstream import shipped_names

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

ENTRY = "templates/pages/entry.html"
PRISTINE = f"templates/.upstream/briefbook-{__version__}/pages/entry.html"


def themed(folder: "Folder") -> str:
    result = folder.run("theme")
    assert (result.err, result.code) == ("", 0)
    return result.out


def made_older(folder: "Folder", name: str, was: str, now: str) -> None:
    """Let the site have its copy from an older version, in which one place was different."""
    upstream = folder.root / "templates/.upstream"
    shutil.move(upstream / f"briefbook-{__version__}", upstream / "briefbook-0.0.9")
    for path in (f"templates/.upstream/briefbook-0.0.9/{name}", f"templates/{name}"):
        text = folder.read(path)
        assert was in text
        folder.write(path, text.replace(was, now, 1))


def test_a_site_without_templates_overrides_nothing(site: "MakeSite") -> None:
    expected = "Everything comes from the program; there is nothing of yours in templates/\n"
    assert themed(site("")) == expected
    assert themed(site("-- templates/README.md --\nMy notes.\n")) == expected


def test_a_copy_is_as_the_program_has_it_and_is_remembered(site: "MakeSite") -> None:
    folder = site("")
    result = folder.run("theme", "copy", "pages/entry.html")
    assert (result.out, result.err, result.code) == (f"{ENTRY} is yours to change\n", "", 0)
    shipped = (bundled() / "pages/entry.html").read_text("utf-8")
    assert folder.read(ENTRY) == folder.read(PRISTINE) == shipped
    assert themed(folder) == f"{ENTRY}  says nothing else than the program's own: delete it\n"


def test_what_is_remembered_publishes_nothing(site: "MakeSite") -> None:
    folder = site("-- sources/a.txt --\nBarley falls\n\nBarley fell.\n")
    folder.build()
    before = folder.tree("_site")
    for name in ("pages/entry.html", "assets/style.css", "words/en.yaml"):
        folder.run("theme", "copy", name)
    assert folder.build("--strict").code == 0
    assert folder.tree("_site") == before


def test_a_changed_copy_is_yours(site: "MakeSite") -> None:
    folder = site("")
    folder.run("theme", "copy", "templates/pages/entry.html")
    folder.write(ENTRY, folder.read(ENTRY) + "<p>Mine.</p>\n")
    said = f"yours, beside that of {__version__}, which has not changed since"
    assert themed(folder) == f"{ENTRY}  {said}\n"


def test_what_changed_in_the_program_since_is_told_and_shown(site: "MakeSite") -> None:
    folder = site("")
    folder.run("theme", "copy", "pages/entry.html")
    made_older(folder, "pages/entry.html", '<article class="entry"', '<article class="report"')
    said = "a copy of that of 0.0.9, unchanged, and the program's own is newer: delete it"
    assert themed(folder) == f"{ENTRY}  {said}\n"
    folder.write(ENTRY, folder.read(ENTRY) + "<p>Mine.</p>\n")
    said = "yours, beside that of 0.0.9, which has changed since"
    assert themed(folder) == f"{ENTRY}  {said}: `briefbook theme diff pages/entry.html`\n"
    lines = folder.run("theme", "diff", "pages/entry.html").out.splitlines()
    now = f"the program's own, {__version__}"
    assert lines[:3] == ["What you have otherwise:", f"--- {now}", "+++ yours"]
    assert "+<p>Mine.</p>" in lines
    changed = lines[lines.index("What changed in the program since your copy:") :]
    assert changed[1:3] == ["--- the program's own, 0.0.9", f"+++ {now}"]
    assert any(line.startswith('-<article class="report"') for line in changed)
    assert any(line.startswith('+<article class="entry"') for line in changed)
    assert "+<p>Mine.</p>" not in changed


def test_keep_takes_what_changed_as_seen_and_leaves_yours_alone(site: "MakeSite") -> None:
    folder = site("")
    folder.run("theme", "copy", "pages/entry.html")
    made_older(folder, "pages/entry.html", '<article class="entry"', '<article class="report"')
    folder.write(ENTRY, "<p>Mine.</p>\n")
    result = folder.run("theme", "keep", "pages/entry.html")
    assert (result.out, result.code) == (f"{ENTRY} stays as it is\n", 0)
    assert folder.read(ENTRY) == "<p>Mine.</p>\n"
    assert sorted(folder.tree("templates")) == [
        f".upstream/briefbook-{__version__}/pages/entry.html",
        "pages/entry.html",
    ]
    assert f"yours, beside that of {__version__}, which has not changed since" in themed(folder)


def test_an_override_of_unknown_age_is_told(site: "MakeSite") -> None:
    folder = site(f"-- {ENTRY} --\n<p>Mine.</p>\n")
    said = "yours; nobody knows which version it was copied from"
    assert themed(folder) == f"{ENTRY}  {said}: `briefbook theme diff pages/entry.html`\n"
    said = folder.run("theme", "diff", "pages/entry.html").out
    assert "+<p>Mine.</p>\n" in said
    assert said.endswith(
        "Nobody knows which version it was copied from. When you have seen this:\n"
        "  briefbook theme keep pages/entry.html\n"
    )


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("pages/entri.html", "pages/entry.html"),
        ("pages/Entry.html", "pages/entry.html"),
        ("entry.html", "pages/entry.html"),
        ("pages/source_card.html", "parts/source_card.html"),
        ("assets/styles.css", "assets/style.css"),
        ("words/EN.yaml", "words/en.yaml"),
    ],
)
def test_a_misspelt_name_overrides_nothing_and_is_suggested(
    site: "MakeSite", name: str, meant: str
) -> None:
    folder = site(f"-- templates/{name} --\nx: y\n")
    said = f"overrides nothing and is not used: did you mean {meant}?"
    assert themed(folder) == f"templates/{name}  {said}\n"


def test_files_the_program_has_not_are_yours_where_something_uses_them(site: "MakeSite") -> None:
    folder = site(
        '-- templates/parts/mine.html --\nHello.\n-- templates/pages/x.html --\n{{ "\n'
        "-- templates/parts/other.html --\nHello.\n-- templates/assets/logo.svg --\n<svg/>\n"
        "-- templates/words/nb.yaml --\ntopics: Emner\n"
        '-- templates/pages/about.html --\n{% include "parts/mine.html" %}\n'
    )
    states = dict(line.split("  ", 1) for line in themed(folder).splitlines())
    added = "yours; the program has no such file"
    unused = "overrides nothing and is not used"
    assert {name: said.strip() for name, said in states.items() if "about" not in name} == {
        "templates/assets/logo.svg": added,
        "templates/pages/x.html": unused,
        "templates/parts/mine.html": added,
        "templates/parts/other.html": unused,
        "templates/words/nb.yaml": added,
    }


def test_a_copy_of_what_the_program_has_no_more_is_told(site: "MakeSite") -> None:
    folder = site(
        "-- templates/pages/gallery.html --\nMine.\n"
        "-- templates/.upstream/briefbook-0.0.9/pages/gallery.html --\nOld.\n"
    )
    said = "not used: a copy of 0.0.9, and the program has no such file any more"
    assert themed(folder) == f"templates/pages/gallery.html  {said}\n"


def test_of_a_words_file_only_the_lines_count_that_it_has(site: "MakeSite") -> None:
    folder = site("-- templates/words/en.yaml --\ntopics: Themes\nmine: My own.\n")
    assert themed(folder) == "templates/words/en.yaml  yours, line by line\n"
    lines = folder.run("theme", "diff", "words/en.yaml").out.splitlines()
    assert [line for line in lines if line[:1] in "+-" and line[1:2] not in "+-"] == [
        "-topics: Topics",
        "+mine: My own.",
        "+topics: Themes",
    ]
    folder.run("theme", "keep", "words/en.yaml")
    made_older(folder, "words/en.yaml", "topics: T", "topics: The t")
    folder.write("templates/words/en.yaml", "topics: Themes\n")
    assert "which has changed since" in themed(folder)
    folder.write("templates/words/en.yaml", "archive: Old news\n")
    assert "which has not changed since" in themed(folder)
    folder.write("templates/words/en.yaml", "archive: Archive\n")
    assert "says nothing else than the program's own: delete it" in themed(folder)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("copy", "pages/entri.html"),
            "pages/entri.html: error: no such file comes with the program\n"
            "    fix: did you mean pages/entry.html? `briefbook theme --all` lists the files that"
            " come with it\n",
        ),
        (
            ("copy", "../../site.yaml"),
            "../../site.yaml: error: no such file comes with the program\n"
            "    fix: `briefbook theme --all` lists the files that come with it\n",
        ),
        (
            ("diff", "base.html"),
            "templates/base.html: error: the site has no such file, so the program's own is used\n"
            "    fix: get a copy: `briefbook theme copy base.html`\n",
        ),
        (
            ("copy", "pages/about.html"),
            "templates/pages/about.html: error: the site has this file already, and it stays as it"
            " is\n    fix: `briefbook theme diff pages/about.html` shows how it differs from the"
            " program's own\n",
        ),
    ],
    ids=["misspelt", "outside", "not there", "there already"],
)
def test_what_cannot_be_done_is_told_and_nothing_is_written(
    site: "MakeSite", arguments: tuple[str, str], said: str
) -> None:
    folder = site("-- templates/pages/about.html --\nMine.\n")
    before = folder.tree()
    result = folder.run("theme", *arguments)
    assert (result.err, result.code) == (said, 2)
    assert folder.tree() == before


@pytest.mark.parametrize(
    "arguments", [("copy",), ("paint", "base.html"), ("--all", "copy", "base.html")], ids=" ".join
)
def test_wrong_usage_exits_2(site: "MakeSite", arguments: tuple[str, ...]) -> None:
    assert site("").run("theme", *arguments).code == 2


def test_all_files_that_come_along_are_listed_and_can_be_copied(site: "MakeSite") -> None:
    folder = site("-- sources/a.txt --\nBarley falls\n\nBarley fell.\n")
    listed = folder.run("theme", "--all").out.split()
    assert listed == list(shipped_names())
    assert {"base.html", "assets/style.css", "words/ko.yaml"} <= set(listed)
    for name in listed:
        assert folder.run("theme", "copy", name).code == 0
    assert folder.build("--strict").code == 0


def test_the_programs_own_folder_is_no_theme(site: "MakeSite") -> None:
    folder = site("")
    (folder.root / "templates").symlink_to(bundled(), target_is_directory=True)
    result = folder.run("theme", "copy", "base.html")
    assert (result.err, result.code) == (
        "templates: error: these are the templates of the program itself\n"
        "    fix: name the folder of a site with --root\n",
        2,
    )


def test_what_is_no_text_is_only_said_to_differ(site: "MakeSite") -> None:
    folder = site("")
    folder.write("templates/assets/icon.svg", b"\xff\x00\x1b[31m")
    result = folder.run("theme", "diff", "assets/icon.svg")
    assert f"the program's own, {__version__} and yours differ, and are no text\n" in result.out


def test_nothing_in_a_template_commands_the_terminal(site: "MakeSite") -> None:
    folder = site("")
    folder.write("templates/base.html", "\x1b[31mred\n")
    assert "\x1b" not in folder.run("theme", "diff", "base.html").out
