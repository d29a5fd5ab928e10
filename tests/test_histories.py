"""An incremental build makes what a clean one makes, byte for byte, whatever happened before."""

import os
import shutil
from pathlib import Path

import pytest

from briefbook import material
from briefbook.build import Built, build, preview
from briefbook.keeping import Kept
from briefbook.options import Options
from briefbook.problems import NothingBuiltError
from briefbook.publishing import sitemap
from briefbook.remembering import FOLDER
from briefbook.working import Workers
from tests.histories import History
from tests.indexing import index_words
from tests.tried import many

# As many as BRIEFBOOK_HISTORIES says, others by BRIEFBOOK_FIRST_HISTORY=1000.
HISTORIES = int(os.environ.get("BRIEFBOOK_HISTORIES") or many(short=8, long=500))
FIRST = int(os.environ.get("BRIEFBOOK_FIRST_HISTORY", "0"))
STEPS = 6


def contents(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and FOLDER not in path.relative_to(root).parts
    }


def said(built: Built | NothingBuiltError) -> list[object]:
    """Return what an editor is told of a build."""
    if isinstance(built, NothingBuiltError):
        return [*map(str, built.problems)]
    made = built.prepared
    told = [*built.problems, *made.waiting]
    counts = (made.published, made.stories, made.fresh, made.faulty, len(built.report.paths))
    return [*map(str, told), *counts, made.unfiled, made.unfiled_words]


def attempt(root: Path, options: Options, jobs: int = 1) -> Built | NothingBuiltError:
    try:
        with Workers(jobs) as workers:
            return build(root, options, workers=workers)
    except NothingBuiltError as refused:
        return refused


@pytest.mark.parametrize("seed", range(FIRST, FIRST + HISTORIES))
def test_an_incremental_build_makes_what_a_clean_one_makes(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    if seed % 4:  # else a site is so small that any change may concern all of it
        monkeypatch.setattr(material, "MOST", 2)
    compare_builds(tmp_path, seed)


@pytest.mark.parametrize("seed", range(FIRST, FIRST + max(1, HISTORIES // 4)))
@pytest.mark.parametrize(
    "limits",
    [
        pytest.param(sitemap.Limits(file=29, part=3), id="now one file, now many"),
        pytest.param(sitemap.Limits(file=2, part=1), id="as small as can be"),
    ],
)
def test_a_site_map_in_parts_is_that_of_a_clean_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limits: sitemap.Limits, seed: int
) -> None:
    monkeypatch.setattr(sitemap, "LIMITS", limits)
    compare_builds(tmp_path, seed)


@pytest.mark.parametrize("seed", range(FIRST, FIRST + max(1, HISTORIES // 4)))
def test_a_search_index_is_that_of_a_clean_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    index_words(monkeypatch)
    compare_builds(tmp_path, seed, was="search: false", now="search: true")


def compare_builds(tmp_path: Path, seed: int, *, was: str = "", now: str = "") -> None:
    """Edit a site at random, and compare each build with one that begins with nothing."""
    history = History(tmp_path / "kept", seed)
    settings = history.root / "site.yaml"
    settings.write_text(settings.read_text().replace(was, now) if was else settings.read_text())
    done = ["the first build"]
    for step in range(STEPS):
        clean = tmp_path / "clean"
        shutil.rmtree(clean, ignore_errors=True)
        shutil.copytree(tmp_path / "kept", clean, ignore=shutil.ignore_patterns(FOLDER))
        jobs = 2 if (seed + step) % 30 == 29 else 1
        kept = attempt(history.root, history.options(history.root))
        made = attempt(clean, history.options(clean), jobs)
        assert contents(clean) == contents(history.root), f"{seed}: {done}"
        assert said(made) == said(kept), f"{seed}: {done}"
        done.append(history.step())


def seen(root: Path, options: Options, kept: Kept) -> object:
    """Return all that the pages of `serve` are made of."""
    try:
        shown = preview(root, options, kept)
    except NothingBuiltError as refused:
        return [*map(str, refused.problems)]
    made = shown.prepared
    files = {file.path: file.content for file in made.files}
    return files, [*map(str, shown.problems)], dict(made.public), made.fresh, made.stories


@pytest.mark.parametrize("seed", range(FIRST, FIRST + max(1, HISTORIES // 4)))
def test_a_preview_of_many_edits_is_that_of_the_last(tmp_path: Path, seed: int) -> None:
    history = History(tmp_path / "kept", seed)
    kept, done = Kept(), ["the first preview"]
    for _ in range(STEPS):
        clean = tmp_path / "clean"
        shutil.rmtree(clean, ignore_errors=True)
        shutil.copytree(tmp_path / "kept", clean, ignore=shutil.ignore_patterns(FOLDER))
        options = Options(now=history.now)
        shown = seen(history.root, options, kept)
        assert shown == seen(clean, options, Kept()), f"{seed}: {done}"
        assert contents(clean) == contents(history.root), f"{seed}: {done}"
        done.append(history.step())
