"""The workflows of this repository and of a new site, run here step by step as on GitHub."""

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from briefbook.founding import SHIPPED

if TYPE_CHECKING:
    from tests.conftest import Folder, Result

    Command = Callable[..., Result]

ROOT = Path(__file__).parents[1]
OURS = ROOT / ".github/workflows"
PUBLISH, INTAKE = ".github/workflows/publish.yml", ".github/workflows/intake.yml"
WORKFLOWS = sorted([*OURS.glob("*.yml"), *(SHIPPED / "workflows").glob("*.yml")])
ENTRY = "briefings/second-ferry-for-the-northern-islands.md"
BARLEY = "Barley falls at Harrow market\n\nBarley fell by 2 crowns on Monday.\n\nLeave a Reply\n"
HERONS = "Herons return to the lower marsh\n\nForty herons came back in March.\n"

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


running = _load(ROOT / "scripts/run_workflow.py")


def said(file: Path) -> Any:
    return yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=Editor", "-c", "user.email=editor@example.org")
    done = subprocess.run(
        ["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.fixture
def folder(command: "Command", tmp_path: Path, site: Callable[[str], "Folder"]) -> "Folder":
    """A new site, built, and committed to the branch main."""
    made = site("")
    made.delete("site.yaml")
    assert command("new-site", str(made.root)).code == 0
    made.write("site.yaml", made.read("site.yaml") + "search: false\n")  # saves seconds a build
    assert made.build().code == 0
    git(made.root, "init", "--quiet", "--initial-branch=main")
    commit(made)
    return made


def commit(folder: "Folder") -> None:
    git(folder.root, "add", "--all")
    git(folder.root, "commit", "--quiet", "--message", "Say more")


def push(folder: "Folder", ground: Any) -> None:
    commit(folder)
    git(folder.root, "push", "--quiet", str(ground.origin), "main")


def on_branch(ground: Any, branch: str, path: str) -> str:
    return git(ground.origin, "show", f"{branch}:{path}")


@pytest.fixture
def ground(folder: "Folder", tmp_path: Path) -> Any:
    """Where the workflows of the new site run."""
    return running.make_ground(folder.root, tmp_path / "ground")


# --------------------------------------------------------------------------- what they say


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_workflow_grants_little_and_trusts_no_text(file: Path) -> None:
    workflow = said(file)
    assert workflow["permissions"] in ("", {}, {"contents": "read"})
    for name, job in workflow["jobs"].items():
        assert "permissions" in job or workflow["permissions"], name
        assert "timeout-minutes" in job, name
        for step in job["steps"]:
            if "uses" in step:
                assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"])
            if step.get("uses", "").startswith("actions/checkout"):
                assert step["with"]["persist-credentials"] == "false"
            assert "${{" not in step.get("run", ""), "expressions go through env"


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_an_action_has_one_hash_and_its_version_beside_it(file: Path) -> None:
    pins = re.findall(r"uses: (\S+) # v\d+\.\d+\.\d+$", file.read_text("utf-8"), re.MULTILINE)
    assert len(pins) == file.read_text("utf-8").count("uses:")
    everywhere = {
        pin for other in WORKFLOWS for pin in re.findall(r"uses: (\S+)", other.read_text("utf-8"))
    }
    assert len(everywhere) == len({pin.partition("@")[0] for pin in everywhere})


@pytest.mark.parametrize("name", ["intake.yml", "publish.yml"])
def test_this_repository_differs_from_a_new_site_only_in_what_is_installed(name: str) -> None:
    theirs = (SHIPPED / "workflows" / name).read_text("utf-8")
    for was, now in (
        ("hashFiles('requirements.txt')", "hashFiles('pyproject.toml', 'briefbook/**')"),
        ("cache-dependency-path: requirements.txt", "cache-dependency-path: pyproject.toml"),
        ("-r requirements.txt", "--editable ."),
    ):
        theirs = theirs.replace(was, now)
    assert (OURS / name).read_text("utf-8") == theirs


@pytest.mark.parametrize(
    ("event", "branch", "paths", "started"),
    [
        ("push", "main", ["sources/a.txt"], {"intake"}),
        ("push", "main", ["sources/deep/er/a.txt", "briefings/a.md"], {"intake", "publish"}),
        ("push", "main", ["briefings/a.md", "published.txt"], {"publish"}),
        ("push", "main", ["templates/assets/style.css"], {"publish"}),
        ("push", "intake-1001-1", ["sources/a.txt", "briefings/a.md"], set()),
        ("schedule", "main", [], {"publish"}),
        ("workflow_dispatch", "main", [], {"intake", "publish"}),
        ("pull_request", "main", ["briefings/a.md"], set()),
    ],
)
def test_what_starts_which(event: str, branch: str, paths: list[str], started: set[str]) -> None:
    """Sources alone wait for their entries; what intake proposes starts nothing by itself."""
    assert started == {
        name
        for name in ("intake", "publish")
        if running.starts(said(SHIPPED / f"workflows/{name}.yml"), event, branch, paths)
    }


def test_the_daily_run_is_off_the_full_hour() -> None:
    (trigger,) = said(SHIPPED / "workflows/publish.yml")["on"]["schedule"]
    minute, hour, *days = trigger["cron"].split()
    assert int(minute) not in (0, 30)
    assert (hour.isdigit(), days) == (True, ["*", "*", "*"])


def test_a_deployment_that_runs_is_finished() -> None:
    for name in ("intake", "publish"):
        concurrency = said(SHIPPED / f"workflows/{name}.yml")["concurrency"]
        assert concurrency["cancel-in-progress"] == "false"


# --------------------------------------------------------------------------- publish


def test_publish_builds_the_site_for_the_address_that_github_says(ground: Any) -> None:
    clone = running.run_workflow(PUBLISH, ground)
    feed = (clone / "_site/feed.xml").read_text("utf-8")
    assert "https://editor.example/site/briefings/second-ferry-for-the-northern-islands/" in feed
    assert 'href="/site/assets/style.css' in (clone / "_site/404.html").read_text("utf-8")
    assert git(clone, "status", "--porcelain") == ""
    assert "asked for: install --disable-pip-version-check -r requirements.txt" in ground.said[0]


def test_publish_refuses_a_text_without_an_entry(folder: "Folder", ground: Any) -> None:
    folder.write("sources/barley.txt", BARLEY)
    push(folder, ground)
    with pytest.raises(running.WorkflowError, match=r"sources/barley\.txt") as failed:
        running.run_workflow(PUBLISH, ground)
    assert "exit 1" in str(failed.value)
    assert "briefbook build" in str(failed.value)


def test_publish_of_this_repository_builds_the_sample_site(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in (".github", "sources", "briefings", "site.yaml", "published.txt"):
        where = ROOT / name
        (shutil.copytree if where.is_dir() else shutil.copy)(where, copy / name)
    git(copy, "init", "--quiet", "--initial-branch=main")
    git(copy, "add", "--all")
    git(copy, "commit", "--quiet", "--message", "Copy")
    ground = running.make_ground(copy, tmp_path / "ground")
    clone = running.run_workflow(PUBLISH, ground)
    assert (clone / "_site/pagefind/pagefind.js").is_file(), "\n".join(ground.said)


# --------------------------------------------------------------------------- intake


def test_intake_proposes_the_entry_of_a_new_text_with_a_report(
    folder: "Folder", ground: Any
) -> None:
    before = git(ground.origin, "rev-parse", "main")
    folder.write("sources/barley.txt", BARLEY)
    push(folder, ground)
    running.run_workflow(INTAKE, ground)
    (pull,) = ground.pulls
    assert (pull["base"], pull["head"], pull["title"]) == (
        *("main", "intake-1001-1"),
        "Entries of new texts",
    )
    assert pull["body"].startswith("One text became an entry. ")
    entry = "briefings/barley-falls-at-harrow-market.md"
    assert f"### `sources/barley.txt` → `{entry}`" in pull["body"]
    assert "Leave a Reply" in pull["body"]
    assert "Barley fell by 2 crowns" in on_branch(ground, pull["head"], entry)
    assert "/briefings/barley-falls-at-harrow-market/\n" in on_branch(
        ground, pull["head"], "published.txt"
    )
    changed = git(ground.origin, "diff", "--name-only", "main", pull["head"]).split()
    assert changed == [entry, "published.txt"]
    assert git(ground.origin, "rev-parse", "main~1") == before


def test_intake_goes_on_with_the_open_pull_request_and_keeps_what_was_corrected_there(
    folder: "Folder", ground: Any, tmp_path: Path
) -> None:
    folder.write("sources/barley.txt", BARLEY)
    push(folder, ground)
    running.run_workflow(INTAKE, ground)
    head = ground.pulls[0]["head"]
    entry = "briefings/barley-falls-at-harrow-market.md"

    git(tmp_path, "clone", "--quiet", "--branch", head, str(ground.origin), "editor")
    mine = (tmp_path / "editor" / entry).read_text("utf-8")
    (tmp_path / "editor" / entry).write_text(mine.replace("Barley falls at", "Barley sinks at"))
    git(tmp_path / "editor", "commit", "--quiet", "--all", "--message", "A better headline")
    git(tmp_path / "editor", "push", "--quiet")

    folder.write("sources/herons.txt", HERONS)
    push(folder, ground)
    running.run_workflow(INTAKE, ground)
    (pull,) = ground.pulls
    assert pull["head"] == head
    assert pull["body"].startswith("2 texts became entries. ")
    assert 'title: "Barley sinks at Harrow market"' in on_branch(ground, head, entry)
    addresses = on_branch(ground, head, "published.txt").splitlines()[1:]
    assert addresses == sorted(addresses)
    assert [call[:2] for call in ground.calls if call[:2] != ["pr", "list"]] == [
        ["auth", "setup-git"],
        ["pr", "create"],
        ["auth", "setup-git"],
        ["pr", "edit"],
    ]


def test_what_intake_proposes_can_be_merged_and_published(folder: "Folder", ground: Any) -> None:
    folder.write("sources/barley.txt", BARLEY)
    push(folder, ground)
    running.run_workflow(INTAKE, ground)
    head = ground.pulls[0]["head"]
    git(ground.origin, "update-ref", "refs/heads/main", head)
    clone = running.run_workflow(PUBLISH, ground)
    assert (clone / "_site/briefings/barley-falls-at-harrow-market/index.html").is_file()


def test_intake_does_nothing_where_nothing_new_came(ground: Any) -> None:
    branches = git(ground.origin, "branch", "--list")
    running.run_workflow(INTAKE, ground)
    assert ground.pulls == []
    assert [call[:2] for call in ground.calls] == [["pr", "list"]]
    assert git(ground.origin, "branch", "--list") == branches


def test_intake_proposes_the_good_texts_and_then_fails_on_the_bad(
    folder: "Folder", ground: Any
) -> None:
    folder.write("sources/barley.txt", BARLEY)
    folder.write("sources/bad.txt", b"\x00\x01")
    push(folder, ground)
    with pytest.raises(running.WorkflowError, match=r"::error file=sources/bad\.txt"):
        running.run_workflow(INTAKE, ground)
    assert "sources/barley.txt" in ground.pulls[0]["body"]


def test_no_file_name_reaches_the_shell(folder: "Folder", ground: Any) -> None:
    name = "$(touch pwned) `touch pwned`; touch pwned & \"x\" 'y' -rf ${{ github.token }}.txt"
    folder.write(f"sources/{name}", BARLEY)
    folder.write("sources/--help.txt", HERONS)
    push(folder, ground)
    clone = running.run_workflow(INTAKE, ground)
    assert not list(ground.folder.rglob("pwned"))
    body = ground.pulls[0]["body"]
    assert body.startswith("2 texts became entries. ")
    assert "a-token" not in body
    assert git(clone, "status", "--porcelain") == ""


# --------------------------------------------------------------------------- the script itself


@pytest.mark.parametrize(
    ("was", "now", "what"),
    [
        ("briefbook build --frozen", "briefbook bild --frozen", "exit 2"),
        ("steps.pages.outputs", "steps.page.outputs", "nothing has set 'steps.page.outputs"),
        ("path: _site", "path: site", "there is no site in site"),
        ("actions/cache@", "actions/cash@", "nobody knows here what actions/cash does"),
        ("needs: build", "needs: bild", "jobs need each other in a circle"),
        ('"$BASE_URL"', '"$BASE"', "'' is no plain web address"),
    ],
)
def test_a_broken_step_fails(
    folder: "Folder", tmp_path: Path, was: str, now: str, what: str
) -> None:
    folder.edit(PUBLISH, was, now)
    commit(folder)
    ground = running.make_ground(folder.root, tmp_path / "ground")
    with pytest.raises(running.WorkflowError, match=re.escape(what)):
        running.run_workflow(PUBLISH, ground)


# --------------------------------------------------------------------------- any address


@pytest.mark.parametrize(
    "base_url",
    ["https://editor.example", "https://editor.example/repo", "https://news.editor.example/"],
    ids=["at the top", "below a path", "a domain of its own"],
)
def test_the_site_works_at_any_address(folder: "Folder", base_url: str) -> None:
    assert folder.build("--base-url", base_url, "--strict").code == 0
    site = folder.tree("_site")
    top = base_url.rstrip("/")
    path = re.sub(r"^https://[^/]+", "", top)
    for name, content in site.items():
        text = content.decode("utf-8", "replace")
        if name.endswith(".html"):
            links = re.findall(r'(?:href|src)="([^"#?]+)', text)
            rooted = [link for link in links if link.startswith("/")]
            if name == "404.html":
                assert rooted
                assert all(_is_there(link.removeprefix(path), site) for link in rooted), name
                assert all(link.startswith(f"{path}/") for link in rooted)
            else:
                assert rooted == [], name
        for address in re.findall(rf"{re.escape(top)}(/[^\s\"'<>#?\\\\]*)", text):
            assert _is_there(address, site), (name, address)
    assert f"{top}/feed.xml" in site["feeds.opml"].decode()
    assert f"<loc>{top}/</loc>" in site["sitemap.xml"].decode()


def _is_there(address: str, site: dict[str, bytes]) -> bool:
    file = address.removeprefix("/")
    return file in site or f"{file}index.html" in site
