"""Changes of real files are told, each kind an editor makes; and nothing else is."""

import contextlib
import queue
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from watchfiles import watch

from briefbook.desk import watching as watching_of_the_desk
from briefbook.desk.watching import Watching
from tests.desk.conftest import ENTRY, FERRY, PATIENCE, TITLE, Desk

Told = Callable[[], set[str]]
# Told last, so that a test knows when all before them has been told; each folder is watched apart.
LAST = (
    "published.txt",
    "sources/last.txt",
    "briefings/last.md",
    "templates/last.html",
    "shipped/last.html",
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site below a hidden folder, whose own name must not matter."""
    root = tmp_path / ".sites" / "harbour~"
    for folder in ("sources/deep", "briefings", "templates/pages", "_site", ".git", "shipped"):
        (root / folder).mkdir(parents=True)
    (root / "sources/old.txt").write_text("old")
    (root / "site.yaml").write_text("title: x")
    return root


@pytest.fixture
def until_last(root: Path) -> Iterator[Told]:
    """Watches, and returns all that was told until a last change is."""
    told: queue.Queue[frozenset[str]] = queue.Queue()
    watching = Watching(root, told.put, root / "shipped")
    watching.start()
    last = {path.replace("shipped", f"{root.as_posix()}/shipped") for path in LAST}

    def collect() -> set[str]:
        for path in LAST:
            (root / path).write_text("last")
        found: set[str] = set()
        while not last <= found:
            found |= told.get(timeout=PATIENCE)
        return found - last

    yield collect
    watching.end()


@pytest.mark.parametrize(
    "path",
    [
        "sources/new.txt",
        "sources/deep/new.md",
        "sources/old.txt",
        "briefings/new.md",
        "templates/base.html",
        "templates/pages/entry.html",
        "site.yaml",
    ],
)
def test_a_file_that_was_written_is_told(root: Path, until_last: Told, path: str) -> None:
    (root / path).write_text("new")
    assert until_last() == {path}


def test_the_templates_of_the_program_are_watched_too(root: Path, until_last: Told) -> None:
    (root / "shipped/base.html").write_text("new")
    assert until_last() == {f"{root.as_posix()}/shipped/base.html"}


def test_a_file_that_went_or_moved_is_told(root: Path, until_last: Told) -> None:
    (root / "sources/old.txt").rename(root / "sources/deep/moved.txt")
    assert until_last() == {"sources/old.txt", "sources/deep/moved.txt"}


def test_a_file_saved_by_way_of_another_is_told_by_its_name(root: Path, until_last: Told) -> None:
    for name in ("site.yaml", "sources/old.txt"):
        beside = (root / name).with_name(".4a1.tmp")
        beside.write_text("new")
        beside.replace(root / name)
    assert until_last() == {"site.yaml", "sources/old.txt"}


def test_a_new_folder_with_files_is_told(root: Path, until_last: Told) -> None:
    (root / "elsewhere/inner").mkdir(parents=True)
    (root / "elsewhere/inner/new.txt").write_text("new")
    (root / "elsewhere").rename(root / "sources/added")
    assert {path for path in until_last() if path.startswith("sources/added")}


@pytest.mark.parametrize(
    "path",
    [
        "sources/.old.txt.swp",
        "sources/.#old.txt",
        "sources/#old.txt#",
        "sources/old.txt~",
        "sources/old.txt.bak",
        "sources/OLD.TXT.BAK",
        "sources/4913",
        "sources/old.txt___jb_tmp___",
        "sources/download.txt.crdownload",
        "briefings/.briefbook-0123456789abcdef.new",
        "templates/.cache/x.html",
        ".site.yaml.swp",
        "notes.txt",
        "_site/index.html",
        ".git/index",
    ],
)
def test_what_is_no_input_is_not_told(root: Path, until_last: Told, path: str) -> None:
    (root / path).parent.mkdir(exist_ok=True)
    (root / path).write_text("new")
    assert until_last() == set()


def test_a_folder_that_comes_later_is_watched(root: Path) -> None:
    told: queue.Queue[frozenset[str]] = queue.Queue()
    watching = Watching(root, told.put)
    watching.start()
    shutil.rmtree(root / "briefings")
    (root / "briefings").mkdir()
    (root / "briefings/new.md").write_text("new")
    # What came before the folder was watched is told by the name of the folder.
    while not {"briefings", "briefings/new.md"} & told.get(timeout=PATIENCE):
        pass
    found: set[str] = set()
    for _ in range(100):  # the folder may be being looked for a second time
        (root / "briefings/newer.md").write_text("newer")
        with contextlib.suppress(queue.Empty):
            found |= told.get(timeout=0.5)
        if "briefings/newer.md" in found:
            break
    watching.end()
    assert "briefings/newer.md" in found


def test_nothing_is_missed_while_another_folder_comes_and_goes(root: Path) -> None:
    told: queue.Queue[frozenset[str]] = queue.Queue()
    watching = Watching(root, told.put)
    watching.start()
    shutil.rmtree(root / "templates")
    written = set()
    for number in range(80):
        written.add(f"sources/{number}.txt")
        (root / f"sources/{number}.txt").write_text("new")
        if number == 40:
            (root / "templates").mkdir()
        time.sleep(0.01)
    found: set[str] = set()
    with contextlib.suppress(queue.Empty):
        while not written | {"templates"} <= found:
            found |= told.get(timeout=PATIENCE)
    watching.end()
    assert written | {"templates"} <= found


def test_folders_that_are_links_are_watched_where_they_lead(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "site").mkdir()
    (tmp_path / "site/sources").symlink_to(tmp_path / "texts")
    told: queue.Queue[frozenset[str]] = queue.Queue()
    watching = Watching(tmp_path / "site", told.put)
    watching.start()
    (tmp_path / "texts/new.txt").write_text("new")
    assert told.get(timeout=PATIENCE) == {"sources/new.txt"}
    watching.end()


def test_a_site_without_any_folder_is_watched(tmp_path: Path) -> None:
    told: queue.Queue[frozenset[str]] = queue.Queue()
    watching = Watching(tmp_path, told.put)
    watching.start()
    (tmp_path / "site.yaml").write_text("title: x")
    assert told.get(timeout=PATIENCE) == {"site.yaml"}
    watching.end()


def test_where_the_system_watches_nothing_files_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHFILES_FORCE_POLLING", "1")
    (tmp_path / "sources").mkdir()
    told: queue.Queue[frozenset[str]] = queue.Queue()
    watching = Watching(tmp_path, told.put)
    watching.start()
    # Between two looks, whenever those come: each file modifies the folder that it stands in.
    for number in range(12):
        (tmp_path / f"sources/{number}.txt").write_text("new")
        time.sleep(0.1)
    written = {f"sources/{number}.txt" for number in range(12)}
    found: set[str] = set()
    while not written <= found:
        found |= told.get(timeout=PATIENCE)
    watching.end()
    assert found == written


@pytest.mark.parametrize("is_said", [True, False])
def test_a_folder_that_others_may_read_now_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_said: bool
) -> None:
    if not is_said:  # where files are looked at instead of watched, it never is

        def watch_times(*folder: Path, **how: Any) -> Iterator[set[object]]:
            yield from (set() for _ in watch(*folder, **how))

        monkeypatch.setattr(watching_of_the_desk, "watch", watch_times)
    (tmp_path / "sources").mkdir(mode=0o700)
    told: queue.Queue[frozenset[str]] = queue.Queue()
    watching = Watching(tmp_path, told.put)
    watching.start()
    (tmp_path / "sources").chmod(0o755)
    assert told.get(timeout=PATIENCE) == {"sources"}
    watching.end()


# --------------------------------------------------------------------------- with builds


def test_what_a_build_writes_leads_to_no_further_build(serving: Callable[..., Desk]) -> None:
    desk = serving()
    builds: list[str] = []
    session = desk.server.session
    build = session.build

    def counted_build() -> bool:
        builds.append("again")
        return build()

    session.build = counted_build  # type: ignore[method-assign] # as before
    desk.folder.write("sources/second.txt", FERRY.replace("ferry", "boat").replace("Ferry", "Boat"))
    assert len(desk.next_told().pages) > 1
    assert "briefings/boat-runs-twice-a-day-from-june.md" in desk.folder.entries()
    desk.folder.write("site.yaml", desk.folder.read("site.yaml").replace("Brief", "News"))
    desk.next_told()
    assert builds == ["again", "again"]


def test_what_was_saved_without_a_change_leads_to_no_build(serving: Callable[..., Desk]) -> None:
    desk = serving()
    session = desk.server.session
    for path in ("sources/ferry.txt", ENTRY):
        desk.folder.write(path, desk.folder.read(path))
        assert session.has_seen([path])
    desk.folder.edit(ENTRY, TITLE, 'title: "More ferries"')
    assert not session.has_seen(["sources/ferry.txt", ENTRY])
    assert not session.has_seen(["site.yaml"])
    assert not session.has_seen(["sources/none.txt"])


def test_an_edit_while_a_build_runs_leads_to_another(serving: Callable[..., Desk]) -> None:
    desk = serving()
    session = desk.server.session
    build = session.build

    def slow_build() -> bool:
        session.build = build  # type: ignore[method-assign] # the next one is as ever
        is_done = build()
        # As if the editor had saved after this build read the file and before its end.
        desk.folder.edit(ENTRY, 'title: "First"', 'title: "Second"')
        return is_done

    session.build = slow_build  # type: ignore[method-assign] # once
    desk.folder.edit(ENTRY, TITLE, 'title: "First"')
    desk.next_told()
    desk.next_told()
    assert "Second" in desk.get("/").text


def test_a_broken_site_yaml_leaves_the_last_good_site(serving: Callable[..., Desk]) -> None:
    desk = serving()
    before = desk.get("/").text
    desk.folder.edit("site.yaml", "title: Harbour Brief", "titel: Harbour Brief")
    told = desk.next_told()
    assert [str(problem.place) for problem in told.problems] == ["site.yaml:1", "site.yaml:1"]
    assert desk.get("/").text == before
    desk.folder.edit("site.yaml", "titel: Harbour Brief", "title: Harbour News")
    assert desk.next_told().problems == ()
    assert "Harbour News" in desk.get("/").text


def test_a_site_that_is_broken_from_the_start_is_shown_once_mended(
    serving: Callable[..., Desk],
) -> None:
    desk = serving("-- site.yaml --\ntitle: [\n")
    assert desk.get("/").status == 503
    with desk.events() as events:
        broken = next(events)
        assert broken["lead"] == (
            "Nothing can be built until site.yaml is mended. There is no site yet."
        )
        desk.folder.write("site.yaml", "title: X\nbase_url: https://x.example\n")
        assert next(events)["errors"] == []
    assert desk.get("/").status == 200


def test_a_broken_template_leaves_the_pages_it_made(serving: Callable[..., Desk]) -> None:
    desk = serving()
    page = "/briefings/ferry-runs-twice-a-day-from-june/"
    was = desk.get(page).content
    desk.folder.write("templates/pages/entry.html", "{% if %}")
    told = desk.next_told()
    assert [str(problem.place) for problem in told.problems] == ["templates/pages/entry.html:1"]
    assert desk.get(page).status == 200
    assert (
        desk.get(page).content.split(b'<script src="/_desk')[0]
        == was.split(b'<script src="/_desk')[0]
    )
    desk.folder.write("templates/pages/entry.html", "<p>Mended</p>")
    assert desk.next_told().problems == ()
    assert "<p>Mended</p>" in desk.get(page).text


def test_a_page_stays_while_its_entry_is_broken_and_goes_with_it(
    serving: Callable[..., Desk],
) -> None:
    desk = serving()
    page = "/briefings/ferry-runs-twice-a-day-from-june/"
    desk.folder.edit(ENTRY, TITLE, "title: [")
    assert len(desk.next_told().problems) == 1
    assert desk.get(page).status == 200
    desk.folder.edit(ENTRY, "title: [", TITLE)
    assert desk.next_told().problems == ()
    desk.folder.edit(ENTRY, "status: published", "status: hidden")
    desk.next_told()
    assert desk.get(page).status == 404


def test_a_fault_of_the_program_is_told_and_ends_nothing(
    serving: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = serving()
    with monkeypatch.context() as patch:

        def fails(*_: object) -> None:
            raise ZeroDivisionError("a bug")

        patch.setattr("briefbook.desk.session.preview", fails)
        desk.folder.edit("site.yaml", "Harbour Brief", "Harbour News")
        assert isinstance(desk.next_told().crash, ZeroDivisionError)
        assert "Harbour Brief" in desk.get("/").text
    desk.folder.edit("site.yaml", "Harbour News", "Harbour Times")
    assert desk.next_told().crash is None
    assert "Harbour Times" in desk.get("/").text
