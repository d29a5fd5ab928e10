"""Same input, same bytes: no clock, chance, place or order of files leaks into the output."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

ROOT = Path(__file__).parents[1]
NOW = "2026-11-21T18:00:00Z"


@pytest.fixture
def samples(site: "MakeSite") -> "Folder":
    """The samples of this repository, not built yet."""
    folder = site("")
    shutil.copy(ROOT / "site.yaml", folder.root / "site.yaml")
    shutil.copytree(ROOT / "sources", folder.root / "sources", dirs_exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the built samples lie, once a test has built them."""
    return tmp_path_factory.mktemp("built") / "site"


@pytest.fixture
def built(samples: "Folder", shelf: Path) -> "Folder":
    """The samples of this repository, built once; each test gets a copy with the same times."""
    if shelf.exists():
        shutil.rmtree(samples.root)
        shutil.copytree(shelf, samples.root)
    else:
        assert samples.build().code == 0
        shutil.copytree(samples.root, shelf)
    return samples


def build_elsewhere(folder: "Folder", where: Path, environment: dict[str, str]) -> dict[str, bytes]:
    """Build a copy of a site in a process of its own and return all its files."""
    shutil.copytree(folder.root, where)
    subprocess.run(
        [sys.executable, str(ROOT / "build_site.py"), "--root", str(where), "--now", NOW],
        check=True,
        capture_output=True,
        cwd=where.parent,
        env=os.environ | environment,
    )
    return type(folder)(where).tree()


def test_two_builds_in_other_worlds_give_the_same_bytes(samples: "Folder", tmp_path: Path) -> None:
    here = build_elsewhere(
        samples,
        tmp_path / "a",
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Seoul", "LANG": "C", "LC_ALL": "C"},
    )
    there = build_elsewhere(
        samples,
        tmp_path / "another folder" / "with a longer name",
        {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "LANG": "de_DE.UTF-8", "COLUMNS": "40"},
    )
    assert sum(path.startswith("briefings/") for path in here) == 16
    assert there.keys() == here.keys()
    assert [path for path in here if there[path] != here[path]] == []


def test_a_second_build_changes_no_file(built: "Folder") -> None:
    files, times = built.tree(), built.times()
    again = built.build()
    assert again.code == 0
    assert built.tree() == files
    touched = {path for path, when in built.times().items() if when != times[path]}
    assert touched == set()
    assert built.build(now="2031-01-01T00:00:00Z").code == 0
    assert built.tree() == files
    touched = {path for path, when in built.times().items() if when != times[path]}
    assert touched == set()


def test_the_site_built_anew_is_the_same(built: "Folder") -> None:
    files = built.tree()
    shutil.rmtree(built.root / "_site")
    built.build(now="2031-01-01T00:00:00Z")
    assert built.tree() == files


def test_a_touched_source_changes_nothing(built: "Folder") -> None:
    files = built.tree()
    for source in (built.root / "sources").rglob("*.txt"):
        os.utime(source, (1, 1))
    built.build()
    assert built.tree() == files


def test_without_sources_the_entries_make_the_same_site_but_for_records(built: "Folder") -> None:
    entries = built.tree("briefings")
    shutil.rmtree(built.root / "sources")
    assert built.build().code == 0
    assert built.tree("briefings") == entries


def test_an_incremental_build_equals_a_clean_one(samples: "Folder") -> None:
    later = samples.root / "sources/memory-rule-hits-stacked-chips.txt"
    content = later.read_bytes()
    later.unlink()
    samples.build(now="2026-11-20T00:00:00Z")
    later.write_bytes(content)
    samples.build(now="2026-11-21T00:00:00Z")
    incremental = samples.tree()
    shutil.rmtree(samples.root / "_site")
    samples.build(now="2026-11-22T00:00:00Z")
    assert samples.tree() == incremental


def test_now_comes_from_source_date_epoch(
    site: "MakeSite", monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = site("-- sources/a.txt --\nThe ferry sails\n\nThe ferry sails on.\n\nIt is late.\n")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    assert folder.run("build").code == 0
    (path,) = folder.entries()
    assert "added: 2026-01-01T00:00:00Z\n" in folder.read(path)


def test_the_committed_entries_belong_to_the_committed_sources(site: "MakeSite") -> None:
    folder = site("")
    for name in ("site.yaml", "published.txt"):
        shutil.copy(ROOT / name, folder.root / name)
    for name in ("sources", "briefings"):
        shutil.copytree(ROOT / name, folder.root / name, dirs_exist_ok=True)
    before = folder.tree()
    result = folder.build("--strict", "--frozen")
    assert (result.err, result.code) == ("", 0)
    folder.build("--strict")
    after = {path: content for path, content in folder.tree().items() if path in before}
    assert after == before
