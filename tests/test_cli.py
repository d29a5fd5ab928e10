"""Verbs, options and exit codes, as they are typed; and the installed wheel."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefbook import __version__
from briefbook.briefing import hash_value
from briefbook.cli import VERBS

if TYPE_CHECKING:
    from tests.conftest import Folder, Result

    MakeSite = Callable[[str], Folder]
    Command = Callable[..., Result]

ROOT = Path(__file__).parents[1]
FERRY = """\
-- sources/ferry.txt --
Night ferry returns to the northern route

The night ferry will sail again from 3 May, its owner said on Tuesday.

Tickets cost 18 crowns and go on sale at the end of the month.
"""
ENTRY = "briefings/night-ferry-returns-to-the-northern-route.md"


def test_without_a_verb_the_site_is_built(
    site: "MakeSite", command: "Command", monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = site(FERRY)
    monkeypatch.chdir(folder.root)
    result = command()
    assert result.code == 0
    assert folder.entries() == [ENTRY]
    assert "The site is in _site; open _site/index.html" in result.out


def test_options_without_a_verb_are_those_of_build(site: "MakeSite", command: "Command") -> None:
    folder = site(FERRY)
    assert command("--root", str(folder.root), "--strict").code == 0
    assert folder.entries() == [ENTRY]


def test_the_summary_counts_what_was_done(site: "MakeSite") -> None:
    folder = site(FERRY)
    lines = [" ".join(line.split()) for line in folder.build().out.splitlines()]
    assert lines[:4] == [
        "entries published 1",
        "entries new 1",
        "entries brought up to date 0",
        "stories 1",
    ]
    folder.edit("sources/ferry.txt", "the end of the month", "the start of the month")
    lines = [" ".join(line.split()) for line in folder.build().out.splitlines()]
    assert lines[1:3] == ["entries new 0", "entries brought up to date 1"]


def test_version_is_said(command: "Command") -> None:
    result = command("--version")
    assert (result.out, result.code) == (f"briefbook {__version__}\n", 0)


@pytest.mark.parametrize("help_option", ["-h", "--help"])
def test_help_names_every_verb(command: "Command", help_option: str) -> None:
    result = command(help_option)
    assert result.code == 0
    assert all(verb in result.out for verb in VERBS)


@pytest.mark.parametrize(
    "arguments",
    [
        ("publish",),
        ("build", "--unknown"),
        ("build", "extra"),
        ("build", "--now", "yesterday"),
        ("build", "--now", "2026-13-01"),
        ("build", "--now", "0001-01-01T00:00:00+14:00"),
        ("build", "--base-url", "javascript:alert(1)"),
        ("build", "--base-url", "harbour.example"),
        ("build", "--base-url", "https://harbour.example/?a=b"),
        ("build", "--root"),
        ("check", "--frozen"),
        ("explain",),
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_2_and_writes_nothing(
    site: "MakeSite",
    command: "Command",
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
) -> None:
    folder = site(FERRY)
    monkeypatch.chdir(folder.root)
    before = folder.tree()
    result = command(*arguments)
    assert result.code == 2
    assert result.err
    assert "Traceback" not in result.err
    assert folder.tree() == before


def test_a_wrong_source_date_epoch_is_wrong_usage(
    site: "MakeSite", monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = site(FERRY)
    before = folder.tree()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "noon")
    result = folder.run("build")
    assert result.code == 2
    assert "SOURCE_DATE_EPOCH" in result.err
    assert folder.tree() == before


def test_what_entries_without_a_topic_share_is_told_and_is_no_mistake(site: "MakeSite") -> None:
    titles = ["Shipyard of Skarnes lays a keel", "Keel cracks at Skarnes shipyard", "Bakery burns"]
    titles += ["Skarnes shipyard mends its keel", "Harbour ferry leaves the quay"]
    sources = [f"-- sources/{n}.txt --\n{title}\n\nNo more.\n" for n, title in enumerate(titles)]
    folder = site("".join(sources))
    for verb in ("check", "build"):
        result = folder.run(verb, "--strict")
        assert (result.err, result.code) == ("", 0)
        assert "4 entries have no topic:\n  three of them share: " in result.out


def test_check_writes_nothing_before_a_build(site: "MakeSite") -> None:
    folder = site(FERRY)
    before = folder.tree()
    result = folder.check()
    assert (result.out, result.err, result.code) == ("nothing to complain about\n", "", 0)
    assert folder.tree() == before
    assert sorted(path.name for path in folder.root.iterdir()) == ["site.yaml", "sources"]


def test_check_writes_nothing_when_there_is_much_to_do(site: "MakeSite") -> None:
    folder = site(FERRY + "-- sources/new.txt --\nBarley falls\n\nBarley fell.\n\nIt was cheap.\n")
    folder.build()
    folder.write("sources/later.txt", "Herons return\n\nHerons are back.\n\nThey nest.\n")
    folder.edit("sources/ferry.txt", "18 crowns", "19 crowns")
    folder.delete("_site/index.html")
    folder.write("sources/bad.txt", b"\x00")
    before, times = folder.tree(), folder.times()
    assert folder.check().code == 1
    assert folder.tree() == before
    assert folder.times() == times


def test_check_finds_a_sentence_the_program_claims_and_the_source_does_not_have(
    site: "MakeSite",
) -> None:
    folder = site(FERRY)
    folder.build()
    front, _, body = folder.read(ENTRY).partition("\n---\n")
    invented = body.replace("18 crowns", "81 crowns")
    folder.write(ENTRY, f"{front}\n---\n{invented}")
    assert folder.check("--strict").code == 0, "an edit is the editor's right"
    wrote = (hash_value(body.strip()), hash_value(invented.strip()))
    folder.write(ENTRY, f"{front.replace(*wrote)}\n---\n{invented}")
    result = folder.check()
    assert result.err.startswith(
        f"{ENTRY}: error: body: “Tickets cost 81 crowns and go on sale at the end of the month.”"
        " does not stand in the source, though the entry says that the program wrote it\n    fix: "
    )
    assert result.code == 1


def test_check_finds_a_link_that_leads_nowhere(site: "MakeSite") -> None:
    folder = site("-- briefings/a.md --\n---\ntitle: A\nadded: 2026-01-01\n---\nSee [b](../b/).\n")
    result = folder.check()
    assert result.code == 1
    assert (
        "error: the link '../b/' leads to briefings/b/index.html, which does not exist\n"
        "    fix: mend the link where it is written, or bring back what it leads to\n"
    ) in result.err
    assert result.err.count("error:") == 1


def test_check_reads_the_feeds(site: "MakeSite") -> None:
    folder = site(FERRY)
    folder.write(
        "templates/parts/feed_item.html", '<p><a href="../x/">{{ page.entry.title }}</a>\n'
    )
    result = folder.check()
    assert result.code == 1
    assert (
        "_site/feed.xml: error: item 1 has the link '../x/', which leads nowhere outside the site\n"
    ) in result.err


def test_the_front_door_of_a_clone_builds(site: "MakeSite") -> None:
    folder = site(FERRY)
    done = subprocess.run(
        [sys.executable, str(ROOT / "build_site.py")],
        cwd=folder.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert folder.entries() == [ENTRY]


def test_json_is_printed_in_any_locale(site: "MakeSite") -> None:
    folder = site(FERRY)
    done = subprocess.run(
        [sys.executable, str(ROOT / "build_site.py"), "explain", "sources/ferry.txt", "--json"],
        cwd=folder.root,
        env=os.environ | {"LC_ALL": "C", "LANG": "C"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built without network."""
    pytest.importorskip("hatchling.build", reason="hatchling, the build backend, is not installed")
    folder = tmp_path_factory.mktemp("wheel")
    code = "import sys, hatchling.build as b; print(b.build_wheel(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return folder / done.stdout.split()[-1]


def test_the_wheel_carries_all_that_is_read_at_run_time(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    templates = {
        f"briefbook/templates/{file.relative_to(ROOT / 'templates').as_posix()}"
        for file in (ROOT / "templates").rglob("*")
        if file.is_file()
    }
    package = {
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "briefbook").rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert templates | package <= names
    assert "briefbook/grouping/background.tsv" in names
    assert "briefbook/parsing/cues/en.txt" in names
    assert "briefbook/parsing/gazetteers/countries.txt" in names
    assert "briefbook/founding/newsite/workflows/publish.yml" in names
    assert "briefbook/py.typed" in names
    assert not any(name.startswith(("tests/", "sources/", "briefings/")) for name in names)


@pytest.mark.search
def test_the_installed_wheel_builds_a_site(wheel: Path, site: "MakeSite", tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)
    folder, copy = site(FERRY), tmp_path / "copy"
    folder.build()
    for path, content in folder.tree().items():
        if path.startswith(("sources", "site.yaml")):
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            (copy / path).write_bytes(content)
    code = (
        "import briefbook.cli as c, sys; print(c.__file__, file=sys.stderr); c.main(sys.argv[1:])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "build", "--root", str(copy), "--now", "2026-11-21T18:00:00Z"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, f"{installed / 'briefbook/cli/__init__.py'}\n")
    assert type(folder)(copy).tree() == folder.tree()


def test_the_wheel_has_the_version_that_the_program_says(wheel: Path) -> None:
    assert wheel.name == f"briefbook-{__version__}-py3-none-any.whl"


@pytest.fixture
def environment(wheel: Path, tmp_path: Path) -> Path:
    """The programs of an environment with the wheel and, in place of a download, its libraries."""
    pytest.importorskip("pip", reason="pip is not installed")
    folder = tmp_path / "environment"
    venv.create(folder, with_pip=False)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    pip = (sys.executable, "-m", "pip", "--python", str(programs / "python"))
    offline = ("--disable-pip-version-check", "--no-index", "--no-deps")
    subprocess.run([*pip, "install", "--quiet", *offline, str(wheel)], check=True)
    (packages,) = folder.rglob("site-packages")
    libraries = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages / "libraries.pth").write_text("\n".join(sorted(libraries)))
    return programs


@pytest.mark.search
def test_the_wheel_in_an_empty_environment_makes_and_builds_a_new_site(
    environment: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    without = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}

    def run(*command: str) -> str:
        done = subprocess.run(
            [str(environment / command[0]), *command[1:]],
            cwd=elsewhere,
            env=without,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    where = run("python", "-c", "import briefbook; print(briefbook.__file__)").strip()
    assert Path(where).is_relative_to(environment.parent)
    run("briefbook", "new-site", "x", "--title", "Harbour News")
    assert run("briefbook", "check", "--root", "x", "--strict") == "nothing to complain about\n"
    run("briefbook", "build", "--root", "x", "--strict")
    site = elsewhere / "x/_site"
    assert "Harbour News" in (site / "index.html").read_text("utf-8")
    assert (site / "pagefind/pagefind.js").is_file()

    def times() -> dict[Path, int]:
        files = (file for file in (elsewhere / "x").rglob("*") if ".briefbook" not in file.parts)
        return {file: file.stat().st_mtime_ns for file in files}

    before = times()
    run("briefbook", "build", "--root", "x", "--frozen", "--strict")
    assert times() == before
    run("briefbook", "theme", "copy", "pages/entry.html", "--root", "x")
