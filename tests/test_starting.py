"""What a command does not need it does not load: most of a small build would be waiting for it."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import briefbook
from tests.conftest import Folder

ROOT = Path(__file__).parents[1]


def loaded(code: str) -> set[str]:
    """Return the modules that a Python of its own has loaded after some code."""
    whole = f"import sys\n{code}\nprint(*sorted(sys.modules), sep='\\n', file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", whole], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


def test_the_command_line_loads_no_room_before_it_knows_the_verb() -> None:
    ours = {name for name in loaded("import briefbook.cli") if name.startswith("briefbook")}
    assert ours == {"briefbook", "briefbook.cli", "briefbook.doors"}


def test_the_version_is_said_without_any_verb() -> None:
    code = "from briefbook.cli import main\ntry: main(['--version'])\nexcept SystemExit: pass"
    ours = {name for name in loaded(code) if name.startswith("briefbook")}
    assert ours == {"briefbook", "briefbook.cli", "briefbook.cli.top", "briefbook.doors"}


def test_a_build_is_understood_before_anything_is_loaded_that_builds() -> None:
    modules = loaded("from briefbook.cli import app_of; app_of(['build'])")
    assert "briefbook.cli.building" in modules
    wanted = {"briefbook.build", "briefbook.desk", "briefbook.publishing", "briefbook.parsing"}
    others = {"babel", "jinja2", "lxml", "markdown", "nh3", "PIL", "rich", "slugify"}
    assert modules & (wanted | others | {"feedgen", "watchfiles", "yaml"}) == set()


def test_what_builds_is_loaded_without_what_makes_pages() -> None:
    modules = loaded("import briefbook.build")
    assert "briefbook.publishing" in modules
    making = {"babel", "feedgen", "jinja2", "lxml", "markdown", "nh3", "PIL"}
    assert modules & (making | {"briefbook.publishing.pages", "rich", "slugify"}) == set()


def test_the_settings_are_read_without_what_makes_pages(site: Callable[[str], Folder]) -> None:
    root = str(site("").root)
    modules = loaded(
        "from pathlib import Path\nfrom briefbook.config import read_site\n"
        f"read_site(Path({root!r}))"
    )
    assert modules & {"babel", "jinja2", "briefbook.parsing", "briefbook.publishing"} == set()


def test_a_build_loads_nothing_of_other_verbs_and_of_terminals(
    site: Callable[[str], Folder],
) -> None:
    root = str(site("").root)
    modules = loaded(
        "from briefbook.cli import main\n"
        f"try: main(['build', '--root', {root!r}])\n"
        "except SystemExit as left: assert not left.code, left.code"
    )
    assert "briefbook.build" in modules
    verbs = {
        f"briefbook.{name}" for name in ("adding", "desk", "explaining", "renewing", "theming")
    }
    assert modules & (verbs | {"http.server", "rich", "trafilatura", "watchfiles"}) == set()


@pytest.mark.parametrize("name", briefbook.__all__)
def test_a_library_call_is_there_once_it_is_asked_for(name: str) -> None:
    assert name in dir(briefbook)
    assert getattr(briefbook, name).__name__ == name


def test_the_package_loads_nothing_until_something_is_asked_for() -> None:
    ours = {m for m in loaded("import briefbook") if m.startswith("briefbook.")}
    assert ours == {"briefbook.doors"}
    with pytest.raises(AttributeError, match="module 'briefbook' has no attribute 'parse_texts'"):
        _ = briefbook.parse_texts  # type: ignore[attr-defined] # as it says


def test_a_build_before_which_nothing_has_changed_waits_for_no_import() -> None:
    ours = {name for name in loaded("import briefbook.cli.again") if name.startswith("briefbook")}
    light = {"cli", "cli.again", "codemark", "doors", "packing"}
    assert ours == {"briefbook", *(f"briefbook.{name}" for name in light)}
    assert not {"typer", "yaml", "jinja2"} & set(loaded("import briefbook.cli.again"))


ENTRY = """
-- briefings/ferry.md --
---
title: The ferry runs again
id: urn:uuid:d3d9232b-3497-5aa0-9d85-6bf5c286ca95
slug: ferry
added: 2026-05-04T09:00:00Z
language: en
topics: [port]
---
The ferry runs again from Monday.
"""


def test_a_build_after_one_edit_loads_only_what_that_needs(site: Callable[[str], Folder]) -> None:
    folder = site(ENTRY)
    build = (
        "from briefbook.cli import main\n"
        f"try: main(['build', '--root', {str(folder.root)!r}])\n"
        "except SystemExit as left: assert not left.code, left.code"
    )
    loaded(build)
    text = folder.read("briefings/ferry.md").replace("Monday", "Tuesday")
    (folder.root / "briefings/ferry.md").write_text(text, "utf-8")
    modules = loaded(build)
    assert "from Tuesday" in folder.read("_site/briefings/ferry/index.html")
    assert {m for m in modules if m.startswith("briefbook.parsing.")} == set()
    grouping = {m for m in modules if m.startswith("briefbook.grouping.")}
    assert grouping == {"briefbook.grouping.named", "briefbook.grouping.related"}
    assert modules & {"babel", "difflib", "markdown", "pydantic", "rich", "typer"} == set()
    making = {f"briefbook.briefing.{name}" for name in ("acting", "advice", "drafts", "making")}
    assert modules & making == set()
