"""The README names everything a person can type, and every command helps itself."""

from pathlib import Path
from typing import Any

import pytest
import typer.main

import briefbook
from briefbook.briefing import KEY_ORDER
from briefbook.cli import VERBS, app
from briefbook.config import OUTLET_KEYS, SITE_KEYS, TOPIC_KEYS
from briefbook.model import CorrectionKind, Publish, Status
from briefbook.reading import HEADER_KEYS

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
CHANGELOG = (Path(__file__).parents[1] / "CHANGELOG.md").read_text("utf-8")
COMMANDS: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]
# Of typer itself, the same everywhere.
OWN_OPTIONS = ("--help", "-h")


def options(verb: str) -> list[str]:
    return [
        name
        for parameter in COMMANDS[verb].params
        for name in parameter.opts
        if name.startswith("-") and name not in OWN_OPTIONS
    ]


def section(title: str) -> str:
    """Return the part of the README below a heading, whatever the level."""
    lines = README.splitlines()
    found = [n for n, line in enumerate(lines) if line.lstrip("#").strip().strip("`") == title]
    assert found, f"the README has no section '{title}'"
    start = found[0]
    level = len(lines[start]) - len(lines[start].lstrip("#"))
    end = next(
        (
            n
            for n, line in enumerate(lines[start + 1 :], start + 1)
            if line.startswith("#") and len(line) - len(line.lstrip("#")) <= level
        ),
        len(lines),
    )
    return "\n".join(lines[start:end])


def test_the_verbs_are_the_commands() -> None:
    assert set(VERBS) == set(COMMANDS)


@pytest.mark.parametrize("verb", COMMANDS)
def test_every_verb_is_in_the_readme(verb: str) -> None:
    assert f"`{verb}" in README or f"`briefbook {verb}" in README


@pytest.mark.parametrize(
    ("verb", "option"), [(verb, option) for verb in COMMANDS for option in options(verb)]
)
def test_every_option_is_in_the_readme(verb: str, option: str) -> None:
    assert f"`{option}" in README, f"{option} of {verb}"


@pytest.mark.parametrize("verb", COMMANDS)
def test_every_verb_helps_with_an_example(verb: str) -> None:
    said = COMMANDS[verb].help or ""
    assert said.strip()
    assert f"Example: briefbook {verb}" in said


@pytest.mark.parametrize(
    ("verb", "parameter"),
    [(verb, one.name) for verb in COMMANDS for one in COMMANDS[verb].params],
)
def test_every_parameter_helps(verb: str, parameter: str) -> None:
    (said,) = (one.help for one in COMMANDS[verb].params if one.name == parameter)
    assert said


@pytest.mark.parametrize("key", [key for key, _ in (*SITE_KEYS, *OUTLET_KEYS, *TOPIC_KEYS)])
def test_every_key_of_site_yaml_is_in_its_section_of_the_readme(key: str) -> None:
    assert f"`{key}`" in section("site.yaml")


@pytest.mark.parametrize("key", [key for key, _ in HEADER_KEYS])
def test_every_key_of_a_source_header_is_in_its_section_of_the_readme(key: str) -> None:
    assert f"`{key}`" in section("Sources")


@pytest.mark.parametrize("key", KEY_ORDER)
def test_every_key_of_an_entry_is_in_its_section_of_the_readme(key: str) -> None:
    assert f"`{key}`" in section("Entries")


@pytest.mark.parametrize("word", [*Status, *CorrectionKind, *Publish])
def test_every_word_a_key_may_have_is_in_the_readme(word: str) -> None:
    assert f"`{word}`" in README


@pytest.mark.parametrize("name", briefbook.__all__)
def test_every_name_of_the_library_is_in_the_readme(name: str) -> None:
    assert name in README


def test_the_changelog_knows_the_version() -> None:
    assert "Unreleased" in CHANGELOG or briefbook.__version__ in CHANGELOG
