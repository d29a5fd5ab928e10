"""Do here what a workflow does on GitHub: its `run:` steps, in order, in a clone.

    python scripts/run_workflow.py .github/workflows/publish.yml
    python scripts/run_workflow.py .github/workflows/intake.yml --root ../my-site

The clone's `origin` is a bare copy, so that pushes go there and nowhere else. Actions are not run:
each has the outputs that `ACTIONS` gives it. `gh` is a stand-in that keeps its pull requests in a
folder, and `python -m pip` one that only says what it was asked for. Expressions are looked up;
one that this script does not know is an error, as is a name that nothing has set.
"""

import argparse
import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
# What each action gives the steps after it.
ACTIONS: dict[str, dict[str, str]] = {
    "actions/cache": {"cache-hit": ""},
    "actions/checkout": {},
    "actions/configure-pages": {"base_url": "https://editor.example/site"},
    "actions/deploy-pages": {"page_url": "https://editor.example/site/"},
    "actions/setup-python": {"python-version": "3.13"},
    "actions/upload-pages-artifact": {"artifact_id": "1"},
}
SHELL = ("bash", "--noprofile", "--norc", "-eo", "pipefail")
_EXPRESSION = re.compile(r"\$\{\{\s*(.+?)\s*\}\}")
_HASH_FILES = re.compile(r"hashFiles\((.+)\)")
_COMPARISON = re.compile(r"(\S+)\s*(==|!=)\s*'([^']*)'")

GH = """\
import json, os, shutil, sys
from pathlib import Path

state = Path(os.environ["FAKE_GH"])
asked = sys.argv[1:]
with (state / "calls").open("a") as calls:
    calls.write(json.dumps(asked) + "\\n")
pulls = json.loads((state / "pulls.json").read_text()) if (state / "pulls.json").exists() else []
options = dict(zip(asked, asked[1:]))
if asked[:2] == ["auth", "setup-git"]:
    assert os.environ["GH_TOKEN"]
elif asked[:2] == ["pr", "list"]:
    for pull in [one for one in pulls if one["base"] == options["--base"] and one["open"]][:1]:
        print(pull["number"], pull["head"])
elif asked[:2] in (["pr", "create"], ["pr", "edit"]):
    body = Path(options["--body-file"]).read_text("utf-8")
    if asked[1] == "edit":
        pull = next(one for one in pulls if str(one["number"]) == asked[2])
    else:
        pull = {"number": len(pulls) + 1, "open": True}
        pull |= {key: options["--" + key] for key in ("base", "head", "title")}
        pulls.append(pull)
    pull["body"] = body
    (state / "pulls.json").write_text(json.dumps(pulls))
else:
    sys.exit(f"gh: not known here: {asked}")
"""
PYTHON = """\
import os, sys
if sys.argv[1:3] == ["-m", "pip"]:
    print("asked for:", *sys.argv[3:])
else:
    os.execv({python!r}, [{python!r}, *sys.argv[1:]])
"""
BRIEFBOOK = """\
import sys
sys.path.insert(0, {root!r})
from briefbook.cli import main
main(sys.argv[1:])
"""


class WorkflowError(Exception):
    """A workflow says what this script does not know, or one of its steps failed."""


@dataclass(kw_only=True)
class Ground:
    """Where workflows run: a repository to push to, stand-ins, and what they were asked."""

    origin: Path  # a bare repository
    folder: Path  # for clones and the files of runs
    branch: str = "main"
    event: str = "push"
    runs: int = 0
    said: list[str] = field(default_factory=list)  # the output of each step

    @property
    def pulls(self) -> list[dict[str, Any]]:
        """The pull requests, with number, base, head, title, body and open."""
        file = self.folder / "gh/pulls.json"
        return json.loads(file.read_text("utf-8")) if file.exists() else []

    @property
    def calls(self) -> list[list[str]]:
        """What `gh` was asked, in order."""
        file = self.folder / "gh/calls"
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def make_ground(
    repository: Path, folder: Path, *, briefbook: Sequence[str] | None = None
) -> Ground:
    """Return ground for workflows of a repository, whose committed state is copied.

    Args:
        repository: Its folder.
        folder: An empty folder to work in.
        briefbook: The command of the program; None: that of this checkout.
    """
    (folder / "gh").mkdir(parents=True)
    tools = folder / "tools"
    tools.mkdir()
    python = sys.executable
    _tool(tools, "gh", [python, "-c", GH])
    _tool(tools, "python", [python, "-c", PYTHON.format(python=python)])
    _tool(tools, "briefbook", briefbook or [python, "-c", BRIEFBOOK.format(root=str(ROOT))])
    origin = folder / "origin.git"
    _git(folder, "clone", "--quiet", "--bare", str(repository), str(origin))
    branch = _git(origin, "symbolic-ref", "--short", "HEAD").strip()
    return Ground(origin=origin, folder=folder, branch=branch)


def _tool(tools: Path, name: str, command: Sequence[str]) -> None:
    file = tools / name
    file.write_text(f'#!/bin/sh\nexec {shlex.join(command)} "$@"\n')
    file.chmod(0o755)


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise WorkflowError(f"git {shlex.join(arguments)}: {done.stderr}")
    return done.stdout


# --------------------------------------------------------------------------- a run


def run_workflow(workflow: str, ground: Ground) -> Path:
    """Run all jobs of a workflow in a new clone of the branch, and return the clone.

    Raises:
        WorkflowError: A step failed, or the workflow says what this script does not know.
    """
    ground.runs += 1
    clone = ground.folder / f"run-{ground.runs}"
    _git(ground.folder, "clone", "--quiet", str(ground.origin), str(clone))
    # Strings alone, and `on` is no truth value.
    said = yaml.load((clone / workflow).read_text("utf-8"), Loader=yaml.BaseLoader)
    for name in _in_order(said["jobs"]):
        _Job(ground, clone, said, said["jobs"][name]).run()
    return clone


def starts(workflow: Mapping[str, Any], event: str, branch: str, paths: Sequence[str]) -> bool:
    """Tell whether a workflow starts at an event; of a push, with the paths that it changes."""
    trigger = workflow["on"].get(event, None)
    if trigger is None or event != "push":
        return trigger is not None
    ignored = trigger.get("paths-ignore", ())
    wanted = trigger.get("paths")
    relevant = [path for path in paths if not any(fnmatch(path, one) for one in ignored)]
    if wanted is not None:
        relevant = [path for path in relevant if any(fnmatch(path, one) for one in wanted)]
    return any(fnmatch(branch, one) for one in trigger.get("branches", "*")) and bool(relevant)


def _in_order(jobs: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of jobs, each after those it needs."""
    done: list[str] = []
    while len(done) < len(jobs):
        ready = [n for n, job in jobs.items() if n not in done and _needs(job) <= set(done)]
        if not ready:
            raise WorkflowError("jobs need each other in a circle")
        done += ready
        yield from ready


def _needs(job: Mapping[str, Any]) -> set[str]:
    needs = job.get("needs", [])
    return {needs} if isinstance(needs, str) else set(needs)


class _Job:
    """One job: its steps, and what they have set."""

    def __init__(
        self, ground: Ground, clone: Path, workflow: Mapping[str, Any], job: Mapping[str, Any]
    ) -> None:
        self._ground, self._clone, self._workflow, self._job = ground, clone, workflow, job
        self._temp = Path(tempfile.mkdtemp(dir=ground.folder, prefix="temp-"))
        self._outputs: dict[str, dict[str, str]] = {}
        self._github = {
            "token": "a-token",
            "ref_name": ground.branch,
            "event_name": ground.event,
            "sha": _git(clone, "rev-parse", "HEAD").strip(),
            "run_id": str(1000 + ground.runs),
            "run_attempt": "1",
            "repository": "editor/site",
        }

    def run(self) -> None:
        for step in self._job["steps"]:
            if not self._is_wanted(step.get("if")):
                continue
            outputs = self._use(step) if "uses" in step else self._execute(step)
            if "id" in step:
                self._outputs[step["id"]] = outputs
        environment = self._job.get("environment")
        if isinstance(environment, dict):
            self._filled(environment["url"])

    def _use(self, step: Mapping[str, Any]) -> dict[str, str]:
        action = step["uses"].partition("@")[0]
        if action not in ACTIONS:
            raise WorkflowError(f"nobody knows here what {action} does")
        given = {key: self._filled(value) for key, value in step.get("with", {}).items()}
        if (
            action == "actions/upload-pages-artifact"
            and not (self._clone / given["path"] / "index.html").is_file()
        ):
            raise WorkflowError(f"there is no site in {given['path']}")
        return dict(ACTIONS[action])

    def _execute(self, step: Mapping[str, Any]) -> dict[str, str]:
        script, output = self._temp / "step.sh", self._temp / "output"
        script.write_text(step["run"], encoding="utf-8")
        output.write_text("")
        done = subprocess.run(
            [*SHELL, str(script)],
            cwd=self._clone,
            env=self._environment(step, output),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        said = f"== {step.get('name', step['run'])}\n{done.stdout}{done.stderr}"
        self._ground.said.append(said)
        if done.returncode:
            raise WorkflowError(f"{said}== exit {done.returncode}")
        return dict(line.split("=", 1) for line in output.read_text("utf-8").splitlines())

    def _environment(self, step: Mapping[str, Any], output: Path) -> dict[str, str]:
        set_ = {**self._workflow.get("env", {}), **self._job.get("env", {}), **step.get("env", {})}
        path = f"{self._ground.folder / 'tools'}{os.pathsep}{os.environ['PATH']}"
        return {
            "PATH": path,
            "HOME": str(self._temp),
            "LANG": "C.UTF-8",
            "CI": "true",
            "FAKE_GH": str(self._ground.folder / "gh"),
            "RUNNER_TEMP": str(self._temp),
            "GITHUB_ACTIONS": "true",
            "GITHUB_OUTPUT": str(output),
            **{f"GITHUB_{k.upper()}": v for k, v in self._github.items() if k != "token"},
            **{key: self._filled(value) for key, value in set_.items()},
        }

    # ----------------------------------------------------------------- expressions

    def _is_wanted(self, condition: str | None) -> bool:
        if condition is None:
            return True
        compared = _COMPARISON.fullmatch(condition)
        if compared is None:
            raise WorkflowError(f"nobody knows here what '{condition}' means")
        return (self._value(compared[1]) == compared[3]) is (compared[2] == "==")

    def _filled(self, text: str) -> str:
        return _EXPRESSION.sub(lambda found: self._value(found[1]), text)

    def _value(self, expression: str) -> str:
        if hashed := _HASH_FILES.fullmatch(expression):
            patterns = re.findall(r"'([^']+)'", hashed[1])
            files = sorted({file for one in patterns for file in self._clone.glob(one)})
            content = b"".join(file.read_bytes() for file in files if file.is_file())
            return hashlib.sha256(content).hexdigest()
        match expression.split("."):
            case ["github", name] if name in self._github:
                return self._github[name]
            case ["steps", step, "outputs", name] if name in self._outputs.get(step, {}):
                return self._outputs[step][name]
        raise WorkflowError(f"nothing has set '{expression}'")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("workflow", help="from the folder of the site")
    parser.add_argument("--root", type=Path, default=ROOT, help="a repository; default this one")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ground = make_ground(given.root.resolve(), Path(folder) / "ground")
        try:
            run_workflow(given.workflow, ground)
        except WorkflowError as failed:
            sys.exit(str(failed))
        print("\n".join(ground.said))
        for pull in ground.pulls:
            print(f"== pull request {pull['number']}: {pull['title']}\n{pull['body']}")


if __name__ == "__main__":
    main()
