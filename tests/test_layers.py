"""The house plan: which room may know which, and which modules may touch the world outside."""

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "briefbook"
ROOMS = ("reading", "parsing", "briefing", "grouping", "publishing", "checking")
# What lies under all rooms. `files`, `saving` and `yamlfields` are for those that handle what an
# editor writes.
GROUND = (
    "briefbook.asking",
    "briefbook.conflicts",
    "briefbook.doors",
    "briefbook.model",
    "briefbook.problems",
    "briefbook.text",
)
ALSO = {
    "reading": ("briefbook.files", "briefbook.saving", "briefbook.yamlfields"),
    "briefing": ("briefbook.files", "briefbook.saving", "briefbook.yamlfields"),
    "publishing": ("briefbook.files",),  # an editor's templates
}

# What stands above the build: a folder for each group of verbs that is more than building. The
# command line and the desk, which an editor meets, stand above these.
ABOVE = ("adding", "explaining", "founding", "renewing", "theming")
FACES = ("cli", "desk")

# The only modules that touch files, and why.
DISK = {
    "briefing/folder.py": "briefings/ and published.txt",
    "cli/__init__.py": "ends its own process at once, no files",
    "cli/again.py": "asks whether what a build reads and wrote is as it was",
    "cli/values.py": "reads the clock and the environment",
    "cli/serving.py": "asks whether a folder is there",
    "config.py": "site.yaml",
    "desk/live.py": "the script of live pages and its style",
    "desk/pages.py": "the style of the desk",
    "desk/session.py": "asks whether a file is as the last build left it",
    "desk/watching.py": "asks which folders are there",
    "explaining/explain.py": "asks whether a file is there",
    "founding/__init__.py": "the files of a new site",
    "files.py": "the careful way to read a disk",
    "saving.py": "the careful way to write on it",
    "grouping/similarity.py": "the shipped background table",
    "grouping/topicfields.py": "the shipped background table of topics",
    "grouping/topicterms.py": "the shipped background table of topics",
    "adding/offering.py": "asks whether a file lies in sources/ already",
    "locking.py": "the lock of a site, and who holds it",
    "parsing/bylines.py": "the shipped given names",
    "parsing/choice.py": "the shipped weights",
    "parsing/cues.py": "the shipped cue lists",
    "parsing/naming/knowledge.py": "the shipped gazetteers",
    "parsing/naming/weights.py": "the shipped weights",
    "parsing/sequence.py": "the shipped weights",
    "program.py": "its own modules, to tell which program runs",
    "publishing/folders.py": "the assets and words of templates/",
    "publishing/search_shard.py": "a folder of its own, through which Pagefind gives the index",
    "publishing/loading.py": "the templates: where a link leads",
    "publishing/templates.py": "the templates",
    "publishing/write.py": "_site/",
    "reading/folder.py": "sources/",
    "codemark.py": "the files of the program, and the names of the packages beside it",
    "remembering/store.py": "the build state",
    "adding/requesting.py": "opens addresses, no files",
    "swapping.py": "lets two files change places",
    "theming/__init__.py": "the shipped templates",
    "theming/upstream.py": "templates/ of a site, and the shipped ones",
    "worker.py": "ends its own process at once, no files",
}
CLOCK_AND_ENVIRONMENT = {
    "cli/again.py",
    "cli/values.py",
    "desk/connections.py",  # how long somebody is waited for; nothing of the site hangs on it
    "timings.py",  # what it measures is shown and decides nothing
}
# Chance, other programs and the network have no place here.
FORBIDDEN = ("random", "secrets", "subprocess", "socket", "http", "urllib.request", "requests")
# But for these, and why.
ALLOWED = {
    ("adding/clipboard.py", "subprocess"): "the tools of the system that read it",
    ("desk/connections.py", "socket"): "closes those that are open to the desk",
    ("desk/server.py", "http"): "answers on loopback, and asks nobody",
    ("desk/server.py", "http.server"): "the same",
    ("desk/server.py", "socket"): "the same",
    ("desk/session.py", "secrets"): "the token without which nothing is written",
    ("adding/fetching.py", "http.client"): "what can go wrong with a page of the web",
    ("adding/fetching.py", "socket"): "the same",
    ("adding/requesting.py", "http.client"): "one request for a page that an editor names",
    ("adding/requesting.py", "socket"): "the same",
    ("adding/requesting.py", "urllib.request"): "the same",
    ("publishing/search_shard.py", "subprocess"): "runs Pagefind, the indexer that came along",
    ("worker.py", "subprocess"): "this very program once more, to work beside it",
}

_DISK_CALLS = frozenset(
    """exists glob is_dir is_file is_symlink iterdir lstat mkdir open read_bytes read_text rglob
    rmdir scandir stat symlink_to touch unlink write_bytes write_text""".split()
)
MODULES = sorted(file.relative_to(PACKAGE).as_posix() for file in PACKAGE.rglob("*.py"))


@cache
def tree(module: str) -> ast.Module:
    return ast.parse((PACKAGE / module).read_text("utf-8"))


@cache
def nodes(module: str) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree(module)))


@cache
def imports(module: str) -> tuple[str, ...]:
    """Return what a module imports, "from a import b" as a.b where b is a module of ours."""
    return tuple(_imported(module))


def _imported(module: str) -> Iterator[str]:
    for node in nodes(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno}: imports are absolute here"
            assert node.module is not None
            package = importlib.import_module(node.module)
            for alias in node.names:
                # A door may offer a function of the same name as its module.
                is_offered = alias.name in getattr(package, "__all__", ())
                is_module = inspect.ismodule(getattr(package, alias.name, None))
                inner = f"{node.module}.{alias.name}"
                yield inner if is_module and not is_offered else node.module


def is_within(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_knows_only_itself_and_what_lies_under_all(room: str) -> None:
    allowed = (f"briefbook.{room}", *GROUND, *ALSO.get(room, ()))
    wrong = {
        (module, name)
        for module in MODULES
        if module.startswith(f"{room}/")
        for name in imports(module)
        if is_within(name, ("briefbook",)) and name != "briefbook" and not is_within(name, allowed)
    }
    assert wrong == set()


def test_every_folder_is_a_room_or_text_or_stands_above_the_build() -> None:
    folders = {module.partition("/")[0] for module in MODULES if "/" in module}
    assert folders == {*ROOMS, *ABOVE, *FACES, "remembering", "text"}


def test_text_knows_nothing_of_ours() -> None:
    wrong = {
        (module, name)
        for module in MODULES
        if module.startswith("text/")
        for name in imports(module)
        if is_within(name, ("briefbook",)) and not is_within(name, ("briefbook.text",))
    }
    assert wrong == set()


@pytest.mark.parametrize("module", ["asking.py", "conflicts.py", "model.py", "problems.py"])
def test_what_lies_under_all_knows_no_room(module: str) -> None:
    ours = {name for name in imports(module) if is_within(name, ("briefbook",))}
    assert ours <= {"briefbook.problems"}


def test_from_outside_a_room_is_entered_by_its_door() -> None:
    """But for checking, whose modules are doors of their own, and the desk, which may use all."""
    doors = tuple(f"briefbook.{room}" for room in (*ROOMS, *ABOVE) if room != "checking")
    wrong = {
        (module, name)
        for module in MODULES
        if not module.startswith("desk/")
        for name in imports(module)
        if is_within(name, doors)
        and name.count(".") > 1
        and name.split(".")[1] != module.partition("/")[0]
    }
    assert wrong == set()


def test_what_a_build_calls_knows_nothing_that_stands_above_it() -> None:
    above = tuple(f"briefbook.{folder}" for folder in (*ABOVE, *FACES))
    wrong = {
        (module, name)
        for module in MODULES
        if module.partition("/")[0] not in (*ABOVE, *FACES)
        for name in imports(module)
        if is_within(name, above)
    }
    assert wrong == set()


def test_only_the_command_line_prints() -> None:
    printing = {
        module
        for module in MODULES
        for node in nodes(module)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("print", "input")
    }
    outside = {module for module in MODULES if not module.startswith("cli/")}
    assert printing.isdisjoint(outside)
    assert not {m for m in outside if any(is_within(n, ("typer",)) for n in imports(m))}
    # These make the styled lines that the command line prints.
    styling = {m for m in outside if any(is_within(n, ("rich",)) for n in imports(m))}
    assert styling == {
        "adding/receipt.py",
        "explaining/explanation.py",
        "hanging.py",
        "renewing/comparison.py",
    }


def test_only_marked_modules_touch_files() -> None:
    touching = {
        module
        for module in MODULES
        for node in nodes(module)
        if isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Attribute) and node.func.attr in _DISK_CALLS)
            or (isinstance(node.func, ast.Name) and node.func.id == "open")
        )
    }
    assert touching <= DISK.keys()
    importing_os = {module for module in MODULES if "os" in imports(module)}
    assert importing_os <= DISK.keys()


def test_only_the_command_line_asks_clock_and_environment() -> None:
    asking = {
        module
        for module in MODULES
        for node in nodes(module)
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("now", "today", "utcnow", "getenv", "monotonic", "perf_counter")
        )
        or (isinstance(node, ast.Attribute) and node.attr == "environ")
    }
    assert asking == CLOCK_AND_ENVIRONMENT
    assert {m for m in MODULES if "time" in imports(m)} <= CLOCK_AND_ENVIRONMENT


def test_nothing_uses_chance_other_programs_or_the_network() -> None:
    found = {(m, name) for m in MODULES for name in imports(m) if is_within(name, FORBIDDEN)}
    assert found == ALLOWED.keys()


@pytest.mark.parametrize("module", MODULES)
def test_a_module_says_what_it_is(module: str) -> None:
    assert ast.get_docstring(tree(module))


def test_nothing_but_the_command_line_knows_the_desk() -> None:
    knowing = {m for m in MODULES if any(is_within(n, ("briefbook.desk",)) for n in imports(m))}
    assert {module.partition("/")[0] for module in knowing} == {"cli", "desk"}


def test_only_what_builds_and_the_desk_know_what_is_remembered() -> None:
    name = ("briefbook.remembering",)
    knowing = {module for module in MODULES if any(is_within(n, name) for n in imports(module))}
    outside = {module for module in knowing if not module.startswith("remembering/")}
    assert outside == {
        "build.py",
        "composing.py",
        "delivering.py",
        "desk/session.py",
        "entries.py",
        "filedreports.py",
        "keeping.py",
        "linking.py",
        "material.py",
        "searching.py",
        "sitefiles.py",
        "texts.py",
    }


@pytest.mark.parametrize("module", MODULES)
def test_no_group_of_an_expression_refuses_to_give_back(module: str) -> None:
    """Python before 3.11.5 reads these wrongly: "U.S." was a word with its full stop."""
    text = (PACKAGE / module).read_text("utf-8")
    assert not re.search(r"\)(?:[*+?]|\{[0-9,]+\})\+|\(\?>", text)
