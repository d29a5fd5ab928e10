"""README and docs/ name everything a person can type, and every command helps itself."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer.main

import briefbook
from briefbook.briefing import KEY_ORDER
from briefbook.cli import VERBS, app_of
from briefbook.config import OUTLET_KEYS, SITE_KEYS, TOPIC_KEYS
from briefbook.model import CorrectionKind, Part, Publish, Status
from briefbook.reading import HEADER_KEYS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
ENTRIES = (ROOT / "docs/entries.md").read_text("utf-8")
EDITING = (ROOT / "docs/editing.md").read_text("utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text("utf-8")
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
    for path in (ROOT / "README.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").glob("*.md")))
}
PICTURES = sorted(path.name for path in (ROOT / "docs/pictures").iterdir())
COMMANDS: dict[str, Any] = typer.main.get_command(app_of()).commands  # type: ignore[attr-defined]
# Of typer itself, the same everywhere.
OWN_OPTIONS = ("--help", "-h")


def options(verb: str) -> list[str]:
    return [
        name
        for parameter in COMMANDS[verb].params
        for name in parameter.opts
        if name.startswith("-") and name not in OWN_OPTIONS
    ]


def section(page: str, title: str) -> str:
    """Return the part of a page below a heading, whatever the level."""
    lines = page.splitlines()
    found = [n for n, line in enumerate(lines) if line.lstrip("#").strip().strip("`") == title]
    assert found, f"there is no section '{title}'"
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


def anchors(page: str) -> set[str]:
    """Return what a link into a page may say after `#`, as GitHub makes it of headings."""
    prose = re.sub(r"^```.*?^```$", "", page, flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", prose, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in headings}


def typed(page: str) -> list[str]:
    """Return every command of a page, in a block or in a sentence."""
    blocks = re.findall(r"^```sh\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    found = [line for block in blocks for line in block.splitlines()]
    found += re.findall(r"`(briefbook [^`]+)`", page.replace("\n", " "))
    found += [f"briefbook {one}" for one in spans(page) if one.split()[0] in VERBS]
    return [line for line in found if line.startswith("briefbook ")]


def spans(page: str) -> list[str]:
    return re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", page, flags=re.M | re.S))


# --------------------------------------------------------------------------- commands


def test_the_verbs_are_the_commands() -> None:
    assert set(VERBS) == set(COMMANDS)


@pytest.mark.parametrize("verb", COMMANDS)
def test_every_verb_is_in_the_readme(verb: str) -> None:
    assert f"`briefbook {verb}" in section(README, "Commands")


@pytest.mark.parametrize(
    ("verb", "option"), [(verb, option) for verb in COMMANDS for option in options(verb)]
)
def test_every_option_is_in_the_readme(verb: str, option: str) -> None:
    rows = section(README, "Commands").splitlines()
    assert any(f"`{option}" in row for row in rows if row.startswith("|")), f"{option} of {verb}"


@pytest.mark.parametrize(
    ("verb", "parameter"),
    [(verb, one.name) for verb in COMMANDS for one in COMMANDS[verb].params],
)
def test_every_parameter_helps(verb: str, parameter: str) -> None:
    (said,) = (one.help for one in COMMANDS[verb].params if one.name == parameter)
    assert said


@pytest.mark.parametrize(
    ("page", "line"), [(name, line) for name, page in PAGES.items() for line in typed(page)]
)
def test_every_command_named_in_the_docs_can_be_typed(page: str, line: str) -> None:
    words = shlex.split(re.split(r" <<| &&", line)[0])
    verb = words[1]
    if verb in ("VERB", "--root", "--version", "--help"):
        return
    assert verb in COMMANDS, f"{line} in {page}"
    known = {*options(verb), *OWN_OPTIONS}
    assert {word for word in words if word.startswith("--")} <= known, f"{line} in {page}"


# --------------------------------------------------------------------------- keys


@pytest.mark.parametrize("key", [key for key, _ in (*SITE_KEYS, *OUTLET_KEYS, *TOPIC_KEYS)])
def test_every_key_of_site_yaml_is_in_its_section_of_the_readme(key: str) -> None:
    assert f"`{key}`" in section(README, "site.yaml")


@pytest.mark.parametrize("key", [key for key, _ in HEADER_KEYS])
def test_every_key_of_a_source_header_is_in_its_section(key: str) -> None:
    assert f"`{key}`" in section(ENTRIES, "Sources")


@pytest.mark.parametrize("key", KEY_ORDER)
def test_every_key_of_an_entry_is_in_its_section(key: str) -> None:
    assert f"`{key}`" in section(ENTRIES, "Entries")


@pytest.mark.parametrize("word", [*Status, *CorrectionKind, *Publish, *Part])
def test_every_word_a_key_may_have_is_in_the_docs(word: str) -> None:
    assert f"`{word}`" in README + ENTRIES


@pytest.mark.parametrize("name", briefbook.__all__)
def test_every_name_of_the_library_is_in_the_readme(name: str) -> None:
    assert name in section(README, "As a library")


# --------------------------------------------------------------------------- the editing page


@pytest.mark.parametrize(
    "key", [found[1] for one in spans(EDITING) if (found := re.match(r"(\w+):(?: |$)", one))]
)
def test_every_key_named_for_editors_exists(key: str) -> None:
    assert key in {*KEY_ORDER, "why", "kind", *(key for key, _ in (*SITE_KEYS, *TOPIC_KEYS))}


@pytest.mark.parametrize(
    "status", [one.removeprefix("status: ") for one in spans(EDITING) if one.startswith("status: ")]
)
def test_every_state_named_for_editors_exists(status: str) -> None:
    assert status in list(Status)


DESK = "".join(
    path.read_text("utf-8")
    for path in (
        *sorted((ROOT / "briefbook/desk/templates").glob("*.html")),
        ROOT / "briefbook/desk/fields.py",  # the names of fields
    )
)
LABELS = [
    label
    for title in (
        "Correct what the program did",
        "Keep back, publish later, take down",
        "Correct what was published",
    )
    for label in re.findall(r"(?<!\*)\*([A-Z][^*]+)\*(?!\*)", section(EDITING, title))
]


@pytest.mark.parametrize("label", LABELS)
def test_every_button_of_the_desk_named_for_editors_exists(label: str) -> None:
    assert re.search(rf'(?:<button[^>]*>|class="button"[^>]*>|"){label}[<"]', DESK)


# --------------------------------------------------------------------------- links and pictures


@pytest.mark.parametrize(
    ("page", "link"),
    [
        (name, link)
        for name, page in PAGES.items()
        for link in re.findall(r"\]\(([^)\s]+)\)", page.replace("\n", " "))
        if not link.startswith("http") and link != "name"
    ],
)
def test_every_link_of_the_docs_leads_somewhere(page: str, link: str) -> None:
    path, _, anchor = link.partition("#")
    target = (ROOT / page).parent / path if path else ROOT / page
    assert target.is_file()
    if anchor:
        assert anchor in anchors(target.read_text("utf-8"))


@pytest.mark.parametrize("picture", PICTURES)
def test_every_picture_is_shown_with_words_for_it(picture: str) -> None:
    shown = [re.search(rf"!\[([^\]]+)\]\([\w/]*{picture}\)", page) for page in PAGES.values()]
    assert any(one and len(one[1]) > 40 for one in shown)


@pytest.mark.parametrize("picture", PICTURES)
def test_no_picture_is_heavy(picture: str) -> None:
    assert (ROOT / "docs/pictures" / picture).stat().st_size <= 120_000


@pytest.mark.parametrize("test", re.findall(r"`(tests/[\w/]+\.py)`", PAGES["SECURITY.md"]))
def test_every_test_that_security_names_is_there(test: str) -> None:
    assert (ROOT / test).is_file()


def test_the_changelog_knows_the_version() -> None:
    assert "Unreleased" in CHANGELOG or briefbook.__version__ in CHANGELOG
